// _asyncio: the part of asyncio (Python 3.13) that touches the scheduler; asyncio.py is the rest.
#include <vector>

#include "libraries/library.h"
#include "program/scheduler.h"

namespace wh::libraries {

namespace {

using program::as_future;
using program::Future;
using program::Scheduler;
using program::Task;
using trust::TimeUs;

constexpr double kUsPerSecond = 1e6;

bool seconds_of(Vm& vm, const Value& value, TimeUs& out) {
    if (value.is_int() || value.is_bool()) {
        out = (value.is_bool() ? (value.boolean ? 1 : 0) : value.integer) *
              static_cast<TimeUs>(kUsPerSecond);
        return true;
    }
    if (value.is_float()) {
        out = static_cast<TimeUs>(value.real * kUsPerSecond);
        return true;
    }
    if (program::as_unknown(value)) {
        out = 0;
        return true;
    }
    vm.raise(vm.types().type_error, "a number of seconds is required");
    return false;
}

Value sleep(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "sleep", "delay, result?", bound)) return {};
    TimeUs delay = 0;
    if (!seconds_of(vm, bound["delay"], delay)) return {};
    const Value result = bound.has("result") ? bound["result"] : Value::none();
    if (delay <= 0) return vm.scheduler().yield_once(result);
    return vm.scheduler().sleep_until(vm.clock() + delay, result);
}

Value create_task(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "create_task", "coro, *, name?, context?", bound)) return {};
    if (!vm.is_awaitable(bound["coro"])) {
        return vm.raise(vm.types().type_error, "a coroutine was expected");
    }
    Task* task =
        vm.scheduler().create_task(bound["coro"], std::string(program::text_of(bound["name"])));
    if (bound.has_value("context")) {
        task->context = vm.get_attribute(bound["context"], "_values");
        if (!task->context) return {};
    }
    return Value::of(task);
}

// The dict that holds the current task's context variables.
Value context(Vm& vm, Arguments&) {
    Value& mine = vm.scheduler().current().context;
    if (!mine) mine = vm.dict();
    return mine;
}

// Another one in its place; gives the one before.
Value exchange_context(Vm& vm, Arguments& arguments) {
    Value& mine = vm.scheduler().current().context;
    const Value before = mine ? mine : vm.dict();
    mine = arguments.positional.at(0);
    return before;
}

Value current_task(Vm& vm, Arguments&) { return Value::of(&vm.scheduler().current()); }

Value all_tasks(Vm& vm, Arguments&) {
    std::vector<Value> tasks;
    for (Task* task : vm.scheduler().tasks()) tasks.push_back(Value::of(task));
    const Value list = vm.list(std::move(tasks));
    return vm.call(Value::of(vm.types().set), {list});
}

Value ensure_future(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "ensure_future", "coro_or_future, *, loop?", bound)) return {};
    Future* future = vm.scheduler().ensure_future(bound["coro_or_future"]);
    return future ? Value::of(future) : Value();
}

Value shield(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "shield", "arg", bound)) return {};
    Future* inner = vm.scheduler().ensure_future(bound["arg"]);
    return inner ? Value::of(vm.scheduler().shield(*inner)) : Value();
}

Value run(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "run", "main, *, debug?, loop_factory?", bound)) return {};
    if (!vm.is_awaitable(bound["main"])) {
        return vm.raise(vm.types().value_error, "a coroutine was expected");
    }
    Scheduler& scheduler = vm.scheduler();
    if (vm.checking()) return vm.await_now(bound["main"]);
    Task* task = scheduler.create_task(bound["main"]);
    const Value result = vm.await_now(Value::of(task));
    // What still runs is cancelled (asyncio.runners, _cancel_all_tasks).
    const Value error = vm.failed() ? vm.take_error() : Value();
    bool any = false;
    for (Task* each : scheduler.tasks()) any = scheduler.cancel(*each) || any;
    if (any) vm.run_pending(vm.clock());
    return error ? vm.raise(error) : result;
}

// to_thread(func, *args, **kwargs): the work is done eagerly with a clock of its own.
struct ThreadCall : program::Awaitable {
    Value callable;
    Arguments arguments;
    using Awaitable::Awaitable;
    Value run(Vm& vm) override { return vm.run_in_thread(callable, arguments); }
};

Value in_thread(Vm& vm, const Value& callable, Arguments arguments) {
    auto* made = vm.make<ThreadCall>(program::ObjectKind::Awaitable, vm.types().awaitable);
    made->callable = callable;
    made->arguments = std::move(arguments);
    return Value::of(made);
}

Value to_thread(Vm& vm, Arguments& arguments) {
    if (arguments.positional.empty()) {
        return vm.raise(vm.types().type_error,
                        "to_thread() missing 1 required positional argument: 'func'");
    }
    Arguments rest = arguments;
    const Value callable = rest.positional.front();
    rest.positional.erase(rest.positional.begin());
    rest.self = Value();
    return in_thread(vm, callable, std::move(rest));
}

Value is_coroutine(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "iscoroutine", "obj", bound)) return {};
    return Value::of(vm.is_instance(bound["obj"], vm.types().coroutine));
}

Value is_coroutine_function(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "iscoroutinefunction", "func", bound)) return {};
    return Value::of(vm.is_coroutine_function(bound["func"]));
}

Value is_future(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "isfuture", "obj", bound)) return {};
    return Value::of(as_future(bound["obj"]) != nullptr);
}

Value now(Vm& vm, Arguments&) {
    return Value::of(static_cast<double>(vm.clock()) / kUsPerSecond);
}

Value push_deadline(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "_push_deadline", "when", bound)) return {};
    TimeUs when = trust::kNoDeadline;
    if (bound.has_value("when") && !seconds_of(vm, bound["when"], when)) return {};
    return Value::of(vm.scheduler().push_deadline(when));
}

Value move_deadline(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "_move_deadline", "id, when", bound)) return {};
    TimeUs when = trust::kNoDeadline;
    if (bound.has_value("when") && !seconds_of(vm, bound["when"], when)) return {};
    if (bound["id"].is_int()) {
        vm.scheduler().move_deadline(static_cast<int>(bound["id"].integer), when);
    }
    return Value::none();
}

Value pop_deadline(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "_pop_deadline", "id", bound)) return {};
    const bool struck = bound["id"].is_int() && bound["id"].integer != 0 &&
                        vm.scheduler().pop_deadline(static_cast<int>(bound["id"].integer));
    return Value::of(struck);
}

Value wait(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "_wait", "futures, until, timeout", bound)) return {};
    std::vector<Value> items;
    if (!vm.collect(bound["futures"], items)) return {};
    std::vector<Future*> futures;
    for (const Value& item : items) {
        Future* future = as_future(item);
        if (!future) {
            return vm.raise(vm.types().type_error,
                            "Passing coroutines is forbidden, use tasks explicitly.");
        }
        futures.push_back(future);
    }
    TimeUs until_us = trust::kNoDeadline;
    if (bound.has_value("timeout")) {
        if (!seconds_of(vm, bound["timeout"], until_us)) return {};
        until_us += vm.clock();
    }
    const std::string_view when = program::text_of(bound["until"]);
    const Scheduler::Until until = when == "FIRST_COMPLETED"   ? Scheduler::Until::First
                                   : when == "FIRST_EXCEPTION" ? Scheduler::Until::FirstException
                                                               : Scheduler::Until::All;
    return Value::of(vm.scheduler().wait(futures, until, until_us));
}

// gather(): cancelling the future that it gives cancels these.
Value set_cancels(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "_set_cancels", "future, others", bound)) return {};
    std::vector<Value> items;
    if (!vm.collect(bound["others"], items)) return {};
    Future* future = as_future(bound["future"]);
    if (!future) return vm.raise(vm.types().type_error, "a future is required");
    for (const Value& item : items) {
        if (Future* other = as_future(item)) future->cancels.push_back(other);
    }
    return Value::none();
}

Value cancel_asked(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "_cancel_asked", "future", bound)) return {};
    const Future* future = as_future(bound["future"]);
    return Value::of(future && future->cancel_asked);
}

// asyncio.Future() makes the scheduler's own kind of object.
class FutureHooks final : public program::ClassHooks {
  public:
    Value construct(Vm& vm, Class&, Arguments&) const override {
        return Value::of(vm.scheduler().create_future());
    }
};

// -- the event loop object: what applications ask of it ------------------------------------------

Value loop_time(Vm& vm, Arguments& arguments) { return now(vm, arguments); }

Value loop_run_in_executor(Vm& vm, Arguments& arguments) {
    if (arguments.positional.size() < 2) {
        return vm.raise(vm.types().type_error,
                        "run_in_executor() missing required positional arguments");
    }
    Arguments rest;
    rest.positional.assign(arguments.positional.begin() + 2, arguments.positional.end());
    const Value made = in_thread(vm, arguments.positional[1], std::move(rest));
    Future* future = vm.scheduler().ensure_future(made);
    return future ? Value::of(future) : Value();
}

Value loop_create_task(Vm& vm, Arguments& arguments) { return create_task(vm, arguments); }
Value loop_run_until_complete(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "run_until_complete", "future", bound)) return {};
    return vm.await_now(bound["future"]);
}
Value loop_create_future(Vm& vm, Arguments&) { return Value::of(vm.scheduler().create_future()); }
Value loop_nothing(Vm&, Arguments&) { return Value::none(); }
Value loop_false(Vm&, Arguments&) { return Value::of(false); }
Value loop_true(Vm&, Arguments&) { return Value::of(true); }

struct CallLater {
    static void run(Vm& vm, Future&, const Value& data) {
        const program::Tuple* call = program::as_tuple(data);
        if (!call) return;
        Arguments arguments;
        arguments.positional.assign(call->items.begin() + 1, call->items.end());
        vm.call(call->items.front(), std::move(arguments));
        if (vm.failed()) vm.take_error();
    }
};

Value schedule_call(Vm& vm, Arguments& arguments, std::size_t first, TimeUs when) {
    std::vector<Value> call(arguments.positional.begin() + static_cast<std::ptrdiff_t>(first),
                            arguments.positional.end());
    if (call.empty()) return vm.raise(vm.types().type_error, "a callback is required");
    Future* handle = vm.scheduler().create_future();
    vm.scheduler().call_at(when, {&CallLater::run, vm.tuple(std::move(call))}, handle);
    return Value::of(handle);
}

Value loop_call_later(Vm& vm, Arguments& arguments) {
    if (arguments.positional.size() < 2) {
        return vm.raise(vm.types().type_error, "call_later() needs a delay and a callback");
    }
    TimeUs delay = 0;
    if (!seconds_of(vm, arguments.positional[0], delay)) return {};
    return schedule_call(vm, arguments, 1, vm.clock() + delay);
}
Value loop_call_soon(Vm& vm, Arguments& arguments) {
    return schedule_call(vm, arguments, 0, vm.clock());
}

struct LoopState : program::NativeState {
    static constexpr char kType = 0;
    Value loop;
    LoopState() : NativeState(&kType) {}
};

Value get_loop(Vm& vm, Arguments&) {
    auto& state = vm.library_state<LoopState>("asyncio:loop");
    if (!state.loop) state.loop = vm.instance(vm.class_in("asyncio", "AbstractEventLoop"));
    return state.loop;
}

Value get_running_loop(Vm& vm, Arguments& arguments) {
    // In checking, functions are walked through without anybody who would run them.
    if (vm.checking() || vm.scheduler().loop_runs()) return get_loop(vm, arguments);
    return vm.raise(vm.types().runtime_error, "no running event loop");
}

void install_native(Vm& vm, Module& module) {
    struct Row {
        const char* name;
        program::NativeFunction function;
    };
    constexpr Row kFunctions[] = {
        {"_sleep", &sleep},
        {"create_task", &create_task},
        {"current_task", &current_task},
        {"all_tasks", &all_tasks},
        {"ensure_future", &ensure_future},
        {"shield", &shield},
        {"_context", &context},
        {"_exchange_context", &exchange_context},
        {"run", &run},
        {"_run_coroutine", &run},
        {"_to_thread", &to_thread},
        {"iscoroutine", &is_coroutine},
        {"iscoroutinefunction", &is_coroutine_function},
        {"isfuture", &is_future},
        {"_now", &now},
        {"_push_deadline", &push_deadline},
        {"_move_deadline", &move_deadline},
        {"_pop_deadline", &pop_deadline},
        {"_wait", &wait},
        {"_set_cancels", &set_cancels},
        {"_cancel_asked", &cancel_asked},
        {"get_event_loop", &get_loop},
        {"get_running_loop", &get_running_loop},
        {"new_event_loop", &get_loop},
        {"set_event_loop", &loop_nothing},
    };
    for (const Row& row : kFunctions) vm.function(module, row.name, row.function);
    Class* loop = vm.make_class(module, "_Loop");
    constexpr Row kLoop[] = {
        {"time", &loop_time},
        {"run_in_executor", &loop_run_in_executor},
        {"create_task", &loop_create_task},
        {"create_future", &loop_create_future},
        {"run_until_complete", &loop_run_until_complete},
        {"call_later", &loop_call_later},
        {"call_soon", &loop_call_soon},
        {"call_soon_threadsafe", &loop_call_soon},
        {"set_debug", &loop_nothing},
        {"set_exception_handler", &loop_nothing},
        {"add_signal_handler", &loop_nothing},
        {"close", &loop_nothing},
        {"stop", &loop_nothing},
        {"is_closed", &loop_false},
        {"is_running", &loop_true},
    };
    for (const Row& row : kLoop) vm.method(loop, row.name, row.function);
    module.globals.set("CancelledError", Value::of(vm.types().cancelled_error));
    static const FutureHooks hooks;
    vm.types().future->hooks = &hooks;
    module.globals.set("Future", Value::of(vm.types().future));
    module.globals.set("Task", Value::of(vm.types().task));
}

constexpr ModuleInstaller kModules[] = {{"_asyncio", &install_native}};

}  // namespace

const Library& library_asyncio_native() {
    static const Library library{
        "_asyncio", "3.13", "Tasks, futures and time limits on the scheduler", false, kModules, {}};
    return library;
}

}  // namespace wh::libraries
