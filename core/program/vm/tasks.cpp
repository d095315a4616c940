// Methods of asyncio.Task and asyncio.Future (CPython Lib/asyncio/futures.py, tasks.py).
#include "base/text.h"
#include "program/scheduler.h"
#include "program/vm/frame.h"

namespace wh::program {

namespace {

Future& future_of(const Arguments& arguments) {
    return *as_future(arguments.self);
}
Value first(const Arguments& arguments, std::string_view keyword = {}) {
    if (!arguments.positional.empty()) return arguments.positional[0];
    const Value* given = keyword.empty() ? nullptr : arguments.keyword(keyword);
    return given ? *given : Value();
}
Value invalid_state(Vm& vm, std::string message) {
    return vm.raise(vm.class_in("asyncio", "InvalidStateError"), std::move(message));
}

Value done(Vm&, Arguments& arguments) {
    return Value::of(future_of(arguments).done());
}
Value is_cancelled(Vm&, Arguments& arguments) {
    return Value::of(future_of(arguments).state == Future::State::Cancelled);
}

Value result(Vm& vm, Arguments& arguments) {
    Future& future = future_of(arguments);
    if (!future.done()) return invalid_state(vm, "Result is not set.");
    future.exception_read = true;
    if (future.state == Future::State::Done) return future.value;
    return vm.raise(future.value);
}

Value exception(Vm& vm, Arguments& arguments) {
    Future& future = future_of(arguments);
    if (!future.done()) return invalid_state(vm, "Exception is not set.");
    future.exception_read = true;
    if (future.state == Future::State::Cancelled) return vm.raise(future.value);
    return future.state == Future::State::Failed ? future.value : Value::none();
}

Value cancel(Vm& vm, Arguments& arguments) {
    return Value::of(vm.scheduler().cancel(future_of(arguments), first(arguments, "msg")));
}

Value add_done_callback(Vm& vm, Arguments& arguments) {
    const Value callable = first(arguments);
    if (callable.is_null()) return vm.raise(vm.types().type_error, "a callback is needed");
    vm.scheduler().add_callback(future_of(arguments), {nullptr, callable});
    return Value::none();
}

Value remove_done_callback(Vm&, Arguments& arguments) {
    const Value callable = first(arguments);
    const std::size_t removed =
        std::erase_if(future_of(arguments).callbacks, [&](const FutureCallback& each) {
            return !each.function && callable.is_object() && each.data.is_object() &&
                   each.data.object == callable.object;
        });
    return Value::of(static_cast<std::int64_t>(removed));
}

Value set_result(Vm& vm, Arguments& arguments) {
    Future& future = future_of(arguments);
    if (future.done()) return invalid_state(vm, "invalid state");
    vm.scheduler().set_result(future, first(arguments));
    return Value::none();
}

Value set_exception(Vm& vm, Arguments& arguments) {
    Future& future = future_of(arguments);
    if (future.done()) return invalid_state(vm, "invalid state");
    Value given = first(arguments);
    if (as_class(given)) given = vm.call(given);
    if (given.is_null()) return {};
    if (!as_exception(given)) {
        return vm.raise(vm.types().type_error, "invalid exception object");
    }
    vm.scheduler().set_exception(future, given);
    return Value::none();
}

Value self(Vm& vm, Arguments& arguments) {
    return future_awaiter(vm, future_of(arguments));
}

Value get_name(Vm& vm, Arguments& arguments) {
    return vm.str(as_task(arguments.self)->name);
}
Value set_name(Vm& vm, Arguments& arguments) {
    std::string name;
    if (!vm.to_str(first(arguments), name)) return {};
    as_task(arguments.self)->name = std::move(name);
    return Value::none();
}
Value get_coro(Vm&, Arguments& arguments) {
    return as_task(arguments.self)->awaitable;
}
Value cancelling(Vm&, Arguments& arguments) {
    return Value::of(as_task(arguments.self)->cancel_requests);
}
Value uncancel(Vm&, Arguments& arguments) {
    Task& task = *as_task(arguments.self);
    if (task.cancel_requests > 0 && --task.cancel_requests == 0) task.must_cancel = false;
    return Value::of(task.cancel_requests);
}

struct Method {
    std::string_view name;
    NativeFunction function;
};
constexpr Method kFutureMethods[] = {
    {"done", &done},
    {"cancelled", &is_cancelled},
    {"result", &result},
    {"exception", &exception},
    {"cancel", &cancel},
    {"add_done_callback", &add_done_callback},
    {"remove_done_callback", &remove_done_callback},
    {"__await__", &self},
    {"__iter__", &self},
};
constexpr Method kOnlyFutures[] = {
    {"set_result", &set_result},
    {"set_exception", &set_exception},
};
constexpr Method kOnlyTasks[] = {
    {"get_name", &get_name},     {"set_name", &set_name}, {"get_coro", &get_coro},
    {"cancelling", &cancelling}, {"uncancel", &uncancel},
};

}  // namespace

void install_task_methods(Vm& vm) {
    for (Class* cls : {vm.types().future, vm.types().task}) {
        for (const Method& each : kFutureMethods) vm.method(cls, each.name, each.function);
    }
    for (const Method& each : kOnlyFutures) vm.method(vm.types().future, each.name, each.function);
    for (const Method& each : kOnlyTasks) vm.method(vm.types().task, each.name, each.function);
}

}  // namespace wh::program
