// The event loop on virtual time. Order of what is due: time, then order of scheduling.
#include "program/scheduler.h"

#include <algorithm>

#include "base/text.h"
#include "program/objects/operations.h"
#include "program/vm/frame.h"

namespace wh::program {

using trust::TimeUs;

struct Scheduler::Entry {
    TimeUs when = 0;
    std::uint64_t sequence = 0;
    Task* task = nullptr;  // to be stepped, if it still waits with this number
    std::uint32_t wait = 0;
    bool strike = false;      // because a deadline is over
    FutureCallback callback;  // task == nullptr
    Future* argument = nullptr;
};

// A heap with the earliest entry on top.
struct Scheduler::Queue {
    std::vector<Entry> entries;
    static bool later(const Entry& a, const Entry& b) {
        return a.when != b.when ? a.when > b.when : a.sequence > b.sequence;
    }
    void push(Entry entry) {
        entries.push_back(std::move(entry));
        std::push_heap(entries.begin(), entries.end(), &later);
    }
    Entry pop() {
        std::pop_heap(entries.begin(), entries.end(), &later);
        Entry entry = std::move(entries.back());
        entries.pop_back();
        return entry;
    }
};

namespace {

struct FutureAwaiter : Awaiter {
    Future& future;
    bool yielded = false;
    FutureAwaiter(Vm& vm, Future& of)
        : Awaiter(ObjectKind::Iterator, vm.types().awaitable), future(of) {}
    Resumed step(Vm& vm, const Value&) override {
        if (!future.done()) {
            if (yielded) {
                vm.raise(vm.types().runtime_error, "await wasn't used with future");
                return {};
            }
            yielded = true;
            return {Left::Yielded, Value::of(&future)};
        }
        future.exception_read = true;
        if (future.state == Future::State::Done) return {Left::Returned, future.value};
        vm.raise(future.value);
        return {};
    }
};

// A native Awaitable: carried out at the first step; then the task sleeps for the time that it
// took.
struct AwaitableRunner : Awaiter {
    Awaitable& awaitable;
    Value error;
    bool slept = false;
    AwaitableRunner(Vm& vm, Awaitable& of)
        : Awaiter(ObjectKind::Iterator, vm.types().awaitable), awaitable(of) {}
    Resumed step(Vm& vm, const Value&) override {
        if (!slept) {
            slept = true;
            if (awaitable.started) {
                vm.raise(vm.types().runtime_error, "cannot reuse already awaited coroutine");
                return {};
            }
            awaitable.started = true;
            Task& task = vm.scheduler().current();
            vm.scheduler().occupy();
            const TimeUs before = task.clock;
            const bool outer = std::exchange(task.in_awaitable, true);
            awaitable.result = awaitable.run(vm);
            task.in_awaitable = outer;
            if (vm.stopped()) return {};
            if (vm.failed()) error = vm.take_error();
            if (task.clock > before) {
                const TimeUs due = std::exchange(task.clock, before);
                return {Left::Yielded, Value::of(vm.make<Sleeper>(vm, due, Value::none()))};
            }
        }
        if (error) {
            Interpreter::internals(vm).error = error;  // its context was set when it was raised
            return {};
        }
        return {Left::Returned, awaitable.result ? awaitable.result : Value::none()};
    }
};

}  // namespace

Resumed Sleeper::step(Vm& vm, const Value&) {
    (void)vm;
    if (slept) return {Left::Returned, result};
    slept = true;
    return {Left::Yielded, Value::of(this)};
}

Value future_awaiter(Vm& vm, Future& future) {
    return Value::of(vm.make<FutureAwaiter>(vm, future));
}
Value awaitable_runner(Vm& vm, Awaitable& awaitable) {
    return Value::of(vm.make<AwaitableRunner>(vm, awaitable));
}

Scheduler::Scheduler(Vm& vm) : vm_(vm), queue_(std::make_unique<Queue>()) {}
Scheduler::~Scheduler() = default;

void Scheduler::adopt_types() {
    main_ = vm_.make<Task>(ObjectKind::Task, vm_.types().task);
    main_->name = "main";
    main_->running = true;
    loop_ = vm_.make<Task>(ObjectKind::Task, vm_.types().task);
    loop_->running = true;
    current_ = main_;
}

// -- tasks and futures
// -------------------------------------------------------------------------------

Task* Scheduler::create_task(const Value& awaitable, std::string name) {
    Task* task = vm_.make<Task>(ObjectKind::Task, vm_.types().task);
    task->awaitable = awaitable;
    task->name = name.empty() ? cat("Task-", tasks_made_ + 1) : std::move(name);
    ++tasks_made_;
    task->clock = current_->clock;
    task->context = copy_context();
    tasks_.push_back(task);
    schedule(task->clock, *task, false);
    return task;
}

ContextScope::ContextScope(Vm& vm)
    : task_(vm.scheduler().current()), before_(task_.context) {
    task_.context = vm.scheduler().copy_context();
}
ContextScope::~ContextScope() { task_.context = before_; }

Value Scheduler::copy_context() {
    Dict* from = as_dict(current_->context);
    if (!from || from->live_count == 0) return {};
    const Value made = vm_.dict();
    if (Dict* to = as_dict(made)) static_cast<Table&>(*to) = *from;
    return made;
}

Future* Scheduler::create_future() {
    return vm_.make<Future>(ObjectKind::Future, vm_.types().future);
}

Value Scheduler::ready(const Value& result) {
    Future* future = create_future();
    future->state = Future::State::Done;
    future->value = result;
    future->done_at = current_->clock;
    return Value::of(future);
}

Future* Scheduler::ensure_future(const Value& awaitable) {
    if (Future* future = as_future(awaitable)) return future;
    if (!vm_.is_awaitable(awaitable) && !as_awaiter(vm_, awaitable)) {
        vm_.raise(vm_.types().type_error,
                  "An asyncio.Future, a coroutine or an awaitable is required");
        return nullptr;
    }
    return create_task(awaitable);
}

std::vector<Task*> Scheduler::tasks() const {
    std::vector<Task*> open;
    for (Task* task : tasks_) {
        if (!task->done()) open.push_back(task);
    }
    return open;
}

// -- finishing
// ---------------------------------------------------------------------------------------

void Scheduler::schedule(TimeUs when, Task& task, bool strike) {
    queue_->push({when, ++sequence_, &task, task.wait, strike, {}, nullptr});
}

void Scheduler::call_at(TimeUs when, FutureCallback callback, Future* argument) {
    queue_->push({when, ++sequence_, nullptr, 0, false, callback, argument});
}

void Scheduler::finish(Future& future, Future::State state, const Value& value) {
    if (future.done()) return;
    future.state = state;
    future.value = value;
    future.done_at = current_->clock;
    for (const FutureCallback& callback : std::exchange(future.callbacks, {})) {
        call_at(future.done_at, callback, &future);
    }
    if (future.kind == ObjectKind::Task) {
        std::erase(tasks_, static_cast<Task*>(&future));
    }
}

void Scheduler::set_result(Future& future, const Value& result) {
    finish(future, Future::State::Done, result);
}
void Scheduler::set_exception(Future& future, const Value& exception) {
    const ExceptionInstance* error = as_exception(exception);
    const bool cancelled = error && error->cls->derives_from(vm_.types().cancelled_error);
    finish(future, cancelled ? Future::State::Cancelled : Future::State::Failed, exception);
}

void Scheduler::add_callback(Future& future, FutureCallback callback) {
    if (future.done()) {
        call_at(current_->clock, callback, &future);
    } else {
        future.callbacks.push_back(callback);
    }
}

bool Scheduler::cancel(Future& future, const Value& message) {
    if (future.done()) return false;
    if (future.kind == ObjectKind::Task) {
        Task& task = static_cast<Task&>(future);
        ++task.cancel_requests;
        task.cancel_message = message;
        if (task.waiting_on && cancel(*task.waiting_on, message)) return true;
        task.must_cancel = true;
        if (!task.running || task.suspended) {
            ++task.wait;
            schedule(std::max(current_->clock, task.clock), task, false);
        }
        return true;
    }
    if (!future.cancels.empty()) {
        bool any = false;
        for (Future* inner : future.cancels) any |= cancel(*inner, message);
        if (any) future.cancel_asked = true;
        return any;
    }
    std::vector<Value> args;
    if (message && !message.is_none()) args.push_back(message);
    finish(future, Future::State::Cancelled,
           vm_.make_exception(vm_.types().cancelled_error, std::move(args)));
    return true;
}

// -- running
// -------------------------------------------------------------------------------------------

void Scheduler::occupy() {
    if (!current_->is_thread) loop_now_ = std::max(loop_now_, current_->clock);
}

// Marks the nearest deadlines as struck. False: none is due.
bool Scheduler::strike(Task& task) {
    bool any = false;
    for (Deadline& deadline : task.deadlines) {
        if (deadline.struck || deadline.when > task.clock) continue;
        deadline.struck = any = true;
    }
    return any;
}

void Scheduler::note_struck() {
    (void)strike(*current_);
}

TimeUs Scheduler::deadline() const {
    TimeUs nearest = trust::kNoDeadline;
    for (const Deadline& each : current_->deadlines) {
        if (!each.struck) nearest = std::min(nearest, each.when);
    }
    return nearest;
}

void Scheduler::wake(Vm& vm, Future& done, const Value& data) {
    Task& task = *as_task(data);
    Scheduler& scheduler = vm.scheduler();
    if (task.waiting_on != &done || task.done()) return;
    scheduler.step(task, false);
}

// `task` is to go on when what it yielded says so.
void Scheduler::suspend(Task& task, const Value& waits_for) {
    occupy();
    ++task.wait;
    task.waiting_on = nullptr;
    task.suspended = true;
    const TimeUs limit = deadline();
    if (Future* future = as_future(waits_for)) {
        task.waiting_on = future;
        add_callback(*future, {&Scheduler::wake, Value::of(&task)});
        if (task.must_cancel && cancel(*future, task.cancel_message)) task.must_cancel = false;
        if (limit != trust::kNoDeadline) schedule(std::max(limit, task.clock), task, true);
        return;
    }
    TimeUs when = task.clock;
    Awaiter* awaiter = as_awaiter(vm_, waits_for);
    if (awaiter && !task.must_cancel) when = std::max(when, static_cast<Sleeper*>(awaiter)->when);
    if (!awaiter && !waits_for.is_none()) {
        task.bad_yield = true;
    }
    if (limit < when) {
        schedule(std::max(limit, task.clock), task, true);
    } else {
        schedule(when, task, false);
    }
}

// The next thing that is due by `until_us`; false: there is none.
bool Scheduler::run_next(TimeUs until_us) {
    if (vm_.stopped() || queue_->entries.empty() || queue_->entries.front().when > until_us) {
        return false;
    }
    const Entry entry = queue_->pop();
    Vm::Internals& in = Interpreter::internals(vm_);
    if (entry.when > in.time_limit) {
        stop(vm_, "time-limit", "the run was stopped: too much virtual time");
        return false;
    }
    if (--in.steps_left < 0) {
        stop(vm_, "step-limit", "the run was stopped: too many steps");
        return false;
    }
    if (entry.task) {
        Task& task = *entry.task;
        if (task.done() || task.wait != entry.wait || (task.running && !task.suspended))
            return true;
        task.clock = std::max(task.clock, std::max(entry.when, loop_now_));
        if (entry.strike) {
            if (!strike(task)) return true;
            if (task.waiting_on && cancel(*task.waiting_on)) return true;
        }
        step(task, entry.strike);
        return true;
    }
    Task* const outer = std::exchange(current_, loop_);
    Frame* const frame = std::exchange(in.frame, nullptr);
    loop_->clock = std::max(entry.when, loop_now_);
    if (entry.callback.function) {
        entry.callback.function(vm_, *entry.argument, entry.callback.data);
    } else {
        Arguments arguments;
        if (entry.argument) arguments.positional.push_back(Value::of(entry.argument));
        vm_.call(entry.callback.data, std::move(arguments));
    }
    if (vm_.failed()) vm_.take_error();  // asyncio logs it and goes on
    in.frame = frame;
    current_ = outer;
    return true;
}

// Resumes a task that waits.
void Scheduler::step(Task& task, bool struck) {
    task.suspended = false;
    task.waiting_on = nullptr;
    ++task.wait;
    task.clock = std::max(task.clock, current_ == loop_ ? loop_->clock : loop_now_);
    if (task.running) {  // a native of it waits: wait_here goes on
        task.woken = true;
        task.must_cancel |= struck;
        return;
    }
    Vm::Internals& in = Interpreter::internals(vm_);
    Task* const outer = std::exchange(current_, &task);
    Frame* const frame = std::exchange(in.frame, nullptr);
    task.running = true;
    Value thrown;
    if (struck || task.must_cancel) {
        task.must_cancel = false;
        thrown = cancelled(task);
    } else if (std::exchange(task.bad_yield, false)) {
        thrown = vm_.make_exception(vm_.types().runtime_error, "Task got bad yield");
    }
    if (task.iterator.is_null()) task.iterator = awaiter_of(vm_, task.awaitable);
    Resumed got;
    if (task.iterator) got = step_iterator(vm_, task.iterator, Value::none(), thrown);
    task.running = false;
    if (!vm_.stopped()) {
        if (got.left == Left::Yielded) {
            suspend(task, got.value);
        } else {
            occupy();
            if (got.left == Left::Returned) {
                set_result(task, got.value);
            } else {
                set_exception(task, vm_.take_error());
            }
        }
    }
    in.frame = frame;
    current_ = outer;
}

Value Scheduler::cancelled(const Task& task) {
    std::vector<Value> args;
    if (task.cancel_message && !task.cancel_message.is_none()) args.push_back(task.cancel_message);
    return vm_.make_exception(vm_.types().cancelled_error, std::move(args));
}

// The current task waits inside a native: others go on meanwhile.
void Scheduler::wait_here(const Value& waits_for) {
    Task& task = *current_;
    task.woken = false;
    suspend(task, waits_for);
    while (!task.woken) {
        if (run_next(trust::kNoDeadline)) continue;
        if (!vm_.stopped())
            stop(vm_, "deadlock", "the program waits for something that never happens");
        break;
    }
    task.suspended = false;
    current_ = &task;
}

Value Scheduler::drive(const Value& awaitable) {
    Task& driver = *current_;
    ++driver.drives;
    const Value result = drive_on(awaitable);
    --driver.drives;
    return result;
}

Value Scheduler::drive_on(const Value& awaitable) {
    const Value iterator = awaiter_of(vm_, awaitable);
    if (iterator.is_null()) return {};
    Task& task = *current_;
    // The world may have moved the clock on since the last request: what was due meanwhile is done.
    if (Interpreter::internals(vm_).native_depth == 0) {
        while (run_next(task.clock)) {
        }
    }
    Value thrown;
    for (;;) {
        const Resumed got = step_iterator(vm_, iterator, Value::none(), thrown);
        if (got.left != Left::Yielded) occupy();
        if (got.left == Left::Returned) return got.value;
        if (got.left == Left::Failed) return {};
        wait_here(got.value);
        if (vm_.stopped()) return {};
        thrown = Value();
        if (std::exchange(task.must_cancel, false)) thrown = cancelled(task);
    }
}

Value Scheduler::run_in_thread(const Value& callable, Arguments arguments) {
    Task& caller = *current_;
    occupy();
    Task* thread = vm_.make<Task>(ObjectKind::Task, vm_.types().task);
    thread->is_thread = thread->running = true;
    thread->clock = caller.clock;
    thread->context = copy_context();
    current_ = thread;
    Vm::Internals& in = Interpreter::internals(vm_);
    // Python code in a thread starts with no exception being handled. For natives the frame stays:
    // it says where in the paste they were called.
    Frame* const frame = in.frame;
    Frame* const spawner = std::exchange(in.spawner, frame);
    if (!as_native(callable)) in.frame = nullptr;
    Value result = vm_.call(callable, std::move(arguments));
    in.frame = frame;
    in.spawner = spawner;
    current_ = &caller;
    if (vm_.stopped()) return {};
    const TimeUs due = thread->clock;
    if (due <= caller.clock) return result;
    if (caller.in_awaitable || caller.is_thread) {
        caller.clock = due;
        return result;
    }
    const Value error = vm_.failed() ? vm_.take_error() : Value();
    wait_here(Value::of(vm_.make<Sleeper>(vm_, due, Value::none())));
    if (vm_.stopped()) return {};
    if (std::exchange(caller.must_cancel, false)) return vm_.raise(cancelled(caller));
    if (error) {
        in.error = error;
        return {};
    }
    return result;
}

void Scheduler::run_pending(TimeUs until_us) {
    occupy();
    while (run_next(until_us)) {
    }
    if (until_us != trust::kNoDeadline) current_->clock = std::max(current_->clock, until_us);
}

// -- waiting
// -------------------------------------------------------------------------------------------

Value Scheduler::sleep_until(TimeUs when, const Value& result) {
    return Value::of(vm_.make<Sleeper>(vm_, when, result));
}

Value Scheduler::yield_once(const Value& result) {
    return sleep_until(0, result);
}

namespace {

struct WaitState : NativeState {
    static constexpr char kType = 0;
    WaitState() : NativeState(&kType) {}
    Future* outer = nullptr;
    std::vector<Future*> futures;
    Scheduler::Until until = Scheduler::Until::All;
};

void finish_wait(Vm& vm, Future&, const Value& data) {
    WaitState& state = *native_state<WaitState>(data);
    if (state.outer->done()) return;
    std::size_t done = 0;
    bool failed = false;
    for (const Future* each : state.futures) {
        if (each->done()) ++done;
        failed = failed || each->state == Future::State::Failed;
    }
    const bool enough = done == state.futures.size() ||
                        (state.until == Scheduler::Until::First && done > 0) ||
                        (state.until == Scheduler::Until::FirstException && failed);
    if (enough) vm.scheduler().set_result(*state.outer, Value::none());
}

void end_wait(Vm& vm, Future& outer, const Value&) {
    vm.scheduler().set_result(outer, Value::none());
}

void follow(Vm& vm, Future& inner, const Value& data) {
    Future& outer = *as_future(data);
    inner.exception_read = true;
    if (inner.state == Future::State::Done) {
        vm.scheduler().set_result(outer, inner.value);
    } else {
        vm.scheduler().set_exception(outer, inner.value);
    }
}

}  // namespace

Future* Scheduler::wait(const std::vector<Future*>& futures, Until until, TimeUs until_us) {
    auto made = std::make_unique<WaitState>();
    WaitState& state = *made;
    state.outer = create_future();
    state.futures = futures;
    state.until = until;
    const Value holder = vm_.instance(vm_.types().object, std::move(made));
    bool any_open = false;
    for (Future* each : futures) {
        any_open = any_open || !each->done();
        if (!each->done()) add_callback(*each, {&finish_wait, holder});
    }
    finish_wait(vm_, *state.outer, holder);
    if (!any_open) finish(*state.outer, Future::State::Done, Value::none());
    if (until_us != trust::kNoDeadline && !state.outer->done()) {
        call_at(until_us, {&end_wait, {}}, state.outer);
    }
    return state.outer;
}

Future* Scheduler::shield(Future& inner) {
    Future* outer = create_future();
    add_callback(inner, {&follow, Value::of(outer)});
    return outer;
}

// -- deadlines
// -----------------------------------------------------------------------------------------

int Scheduler::push_deadline(TimeUs when) {
    current_->deadlines.push_back({++deadline_id_, when, false});
    return deadline_id_;
}

void Scheduler::move_deadline(int id, TimeUs when) {
    for (Deadline& each : current_->deadlines) {
        if (each.id == id) each.when = when;
    }
}

bool Scheduler::pop_deadline(int id) {
    for (std::size_t i = 0; i < current_->deadlines.size(); ++i) {
        if (current_->deadlines[i].id != id) continue;
        const bool struck = current_->deadlines[i].struck;
        current_->deadlines.erase(current_->deadlines.begin() + static_cast<std::ptrdiff_t>(i));
        return struck;
    }
    return false;
}

}  // namespace wh::program
