// The event loop on virtual time: what an asyncio model is written with.
//
// Every task has a clock of its own. Natives carry their network operations out eagerly and move
// the clock of the task that runs them (trust/client_network.h); when the native is an Awaitable,
// the task then sleeps until its clock is due and others go on meanwhile. When it is not
// (requests.get in an `async def`), the loop is blocked: no other task starts before that clock.
// Order is by time, then by the order in which things were scheduled: the same in every run.
//
// There is always a current task: outside of every real one it is the main one, which stands for
// the code at top level (and whose clock is the one run/ sets before each request).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "program/vm.h"

namespace wh::program {

struct Future;

// Run (in order) when a future is done. `function` null: `data` is a Python callable, called with
// the future.
struct FutureCallback {
    void (*function)(Vm& vm, Future& done, const Value& data) = nullptr;
    Value data;
};

// asyncio.Future; awaiting it gives its result or raises its exception.
struct Future : Object {
    enum class State : std::uint8_t { Pending, Done, Failed, Cancelled };
    State state = State::Pending;
    Value value;  // result (Done) or exception (Failed, Cancelled)
    trust::TimeUs done_at = 0;
    std::vector<FutureCallback> callbacks;
    // Cancelling this future cancels these instead; it is then up to a callback to finish it
    // (gather).
    std::vector<Future*> cancels;
    bool cancel_asked = false;
    bool exception_read = false;
    using Object::Object;
    [[nodiscard]] bool done() const { return state != State::Pending; }
};

// A point in time at which a block of the task is cut off: asyncio.timeout(), wait_for.
struct Deadline {
    int id = 0;
    trust::TimeUs when = trust::kNoDeadline;
    bool struck = false;  // CancelledError was raised because of it
};

struct Task : Future {
    Value awaitable;  // what it runs: a coroutine or any awaitable
    std::string name;
    trust::TimeUs clock = 0;
    std::vector<Deadline> deadlines;
    int cancel_requests = 0;    // cancel() minus uncancel()
    bool in_awaitable = false;  // a native Awaitable is being carried out: its time does not block
    Value context;              // dict of the context variables set here; Null: none yet
    bool is_thread = false;     // a worker thread: its caller's deadlines do not reach it
    int drives = 0;  // loops that it runs itself (Scheduler::drive): in a thread, at top level
    // For the scheduler.
    Value iterator;  // what drives `awaitable`; Null before the first step
    Value cancel_message;
    bool suspended = false;
    bool bad_yield = false;
    Future* waiting_on = nullptr;
    bool must_cancel = false;
    bool running = false;
    bool woken = false;      // while a native of it waits (await_now)
    std::uint32_t wait = 0;  // number of its present suspension: older wake-ups are void
    using Future::Future;
};

inline Future* as_future(const Value& value) {  // tasks too
    if (!value.is_object()) return nullptr;
    const ObjectKind kind = value.object->kind;
    return kind == ObjectKind::Future || kind == ObjectKind::Task
               ? static_cast<Future*>(value.object)
               : nullptr;
}
inline Task* as_task(const Value& value) {
    return static_cast<Task*>(object_of(value, ObjectKind::Task));
}

// From here to the end of the scope the current task has a copy of its context: what is set in it is not
// seen afterwards, as if a task of its own had run.
class ContextScope {
  public:
    explicit ContextScope(Vm& vm);
    ~ContextScope();
    ContextScope(const ContextScope&) = delete;
    ContextScope& operator=(const ContextScope&) = delete;

  private:
    Task& task_;
    Value before_;
};

class Scheduler {
  public:
    explicit Scheduler(Vm& vm);
    ~Scheduler();
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    // -- tasks and futures ---------------------------------------------------------------------
    // Scheduled to start as soon as the current task waits. `awaitable`: coroutine or any
    // awaitable.
    Task* create_task(const Value& awaitable, std::string name = {});
    Future* create_future();
    // A coroutine becomes a task; futures and tasks stay; other awaitables are wrapped in a task.
    // Null: not awaitable (TypeError raised).
    Future* ensure_future(const Value& awaitable);
    [[nodiscard]] Task& current() { return *current_; }
    // A copy of the current task's context, for what starts from here (PEP 567). Null: nothing is set.
    Value copy_context();
    [[nodiscard]] bool in_task() const { return current_ != main_; }
    [[nodiscard]] Task& main() { return *main_; }
    // asyncio.get_running_loop() finds one: not at top level, nor in a thread without
    // asyncio.run().
    [[nodiscard]] bool loop_runs() const {
        return current_->drives > 0 || (current_ != main_ && !current_->is_thread);
    }
    // All tasks that are not done, oldest first.
    [[nodiscard]] std::vector<Task*> tasks() const;

    // -- finishing -----------------------------------------------------------------------------
    // These do nothing on a future that is done. Time of completion: the current task's clock.
    void set_result(Future& future, const Value& result);
    void set_exception(Future& future, const Value& exception);
    // As Task.cancel() / Future.cancel(): a task gets CancelledError where it waits. False: done
    // already.
    bool cancel(Future& future, const Value& message = {});
    // Scheduled at once if the future is done.
    void add_callback(Future& future, FutureCallback callback);
    void call_at(trust::TimeUs when, FutureCallback callback, Future* argument = nullptr);

    // -- waiting ---------------------------------------------------------------------------------
    // An awaitable that gives `result` when its time has come.
    Value sleep_until(trust::TimeUs when, const Value& result = Value::none());
    // An awaitable that lets others go first once (asyncio.sleep(0)).
    Value yield_once(const Value& result = Value::none());
    enum class Until : std::uint8_t { All, First, FirstException };
    // A future that is done (with None) when enough of `futures` are, or at `until_us`.
    Future* wait(const std::vector<Future*>& futures, Until until,
                 trust::TimeUs until_us = trust::kNoDeadline);
    // A future that follows `inner`, whose cancellation leaves `inner` alone (asyncio.shield).
    Future* shield(Future& inner);

    // -- deadlines of the current task
    // -------------------------------------------------------------
    int push_deadline(trust::TimeUs when);           // id > 0
    void move_deadline(int id, trust::TimeUs when);  // Timeout.reschedule
    // True if it struck: the owner then turns the CancelledError into TimeoutError.
    bool pop_deadline(int id);
    [[nodiscard]] trust::TimeUs deadline() const;

    // A future that is done already.
    Value ready(const Value& result);

    void adopt_types();  // once, when the builtin classes are there

    // -- for the evaluator
    // ------------------------------------------------------------------------- Runs an awaitable
    // to its end inside the current task (Vm::await_now).
    Value drive(const Value& awaitable);
    // f() on a clock of its own (Vm::run_in_thread).
    Value run_in_thread(const Value& callable, Arguments arguments);
    void run_pending(trust::TimeUs until_us);
    // The loop is busy until the current task's clock: called when a task waits.
    void occupy();
    // The current task gets CancelledError because a deadline struck.
    void note_struck();

  private:
    struct Entry;
    struct Queue;
    void schedule(trust::TimeUs when, Task& task, bool strike);
    void finish(Future& future, Future::State state, const Value& value);
    bool run_next(trust::TimeUs until_us);
    void step(Task& task, bool strike);
    void suspend(Task& task, const Value& waits_for);
    void wait_here(const Value& waits_for);
    Value drive_on(const Value& awaitable);
    [[nodiscard]] static bool strike(Task& task);
    Value cancelled(const Task& task);
    static void wake(Vm& vm, Future& done, const Value& data);

    Vm& vm_;
    Task* main_ = nullptr;
    Task* current_ = nullptr;
    Task* loop_ = nullptr;        // stands for the loop itself while callbacks run
    trust::TimeUs loop_now_ = 0;  // nothing starts on the loop before
    std::uint64_t sequence_ = 0;
    int deadline_id_ = 0;
    int tasks_made_ = 0;
    std::vector<Task*> tasks_;
    std::unique_ptr<Queue> queue_;
};

}  // namespace wh::program
