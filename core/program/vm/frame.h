// One activation of a Code. Frames live on the heap: calls from bytecode never nest C++ frames, and
// generators keep theirs while they are left.
#pragma once

#include <vector>

#include "program/vm/internals.h"

namespace wh::program {

// What to do with what a frame leaves with.
enum class Entry : std::uint8_t {
    Native,       // give it to the C++ caller of Interpreter::run
    Call,         // push the result
    Init,         // __init__: push the new instance
    Send,         // resumed by Send
    ForIterator,  // resumed by ForIterator
};

struct Frame {
    struct Block {
        std::uint32_t handler;
        std::uint32_t height;   // of the stack
        std::uint32_t handled;  // of `handled`
    };
    const Code* code = nullptr;
    const Value* constants = nullptr;
    Function* function = nullptr;  // null: module
    Module* module = nullptr;      // globals
    Namespace* names = nullptr;    // class body and module: where names go; null in functions
    Frame* back = nullptr;
    Generator* generator = nullptr;
    std::uint32_t ip = 0;  // of the next instruction
    Entry entry = Entry::Native;
    Value constructing;        // Entry::Init
    std::vector<Value> stack;  // fast locals first
    std::vector<Cell*> cells;
    std::vector<Block> blocks;
    std::vector<Value> handled;  // exceptions being handled here, innermost last

    void push(const Value& value) { stack.push_back(value); }
    Value pop() {
        const Value value = stack.back();
        stack.pop_back();
        return value;
    }
    Value& top(std::size_t n = 1) { return stack[stack.size() - n]; }
    void drop(std::size_t n) { stack.resize(stack.size() - n); }
    [[nodiscard]] Span span() const {
        return ip == 0 ? Span{code->file, code->span.begin, code->span.begin} : code->spans[ip - 1];
    }
};

// A frame from the pool, set up for `code`: locals and own cells are empty.
std::unique_ptr<Frame> make_frame(Vm& vm, const Code& code, Function* function, Module* module);
void recycle(Vm& vm, std::unique_ptr<Frame> frame);
// Makes it the innermost frame. false: RecursionError raised (the frame is not entered).
bool enter(Vm& vm, Frame& frame, Entry entry);

// Native awaitables once they are awaited: resumed by Send until they return. Their class is
// Builtins::awaitable.
struct Awaiter : Iterator {
    using Iterator::Iterator;
    virtual Resumed step(Vm& vm, const Value& sent) = 0;
    Value next(Vm& vm) override;
    bool is_operation = false;  // of an async generator (generators.cpp)
};
// Gives a value without waiting.
struct ReadyAwaiter : Awaiter {
    Value result;
    ReadyAwaiter(Vm& vm, const Value& gives)
        : Awaiter(ObjectKind::Iterator, vm.types().awaitable), result(gives) {}
    Resumed step(Vm&, const Value&) override { return {Left::Returned, result}; }
};
inline Awaiter* as_awaiter(Vm& vm, const Value& value) {
    Iterator* iterator = as_iterator(value);
    return iterator && iterator->cls == vm.types().awaitable ? static_cast<Awaiter*>(iterator)
                                                             : nullptr;
}
// Yielded to the task by an awaiter that waits for a point in time.
struct Sleeper : Awaiter {
    trust::TimeUs when = 0;
    Value result;
    bool slept = false;
    Sleeper(Vm& vm, trust::TimeUs until, const Value& gives)
        : Awaiter(ObjectKind::Iterator, vm.types().awaitable), when(until), result(gives) {}
    Resumed step(Vm& vm, const Value& sent) override;
};
Value future_awaiter(Vm& vm, Future& future);
Value awaitable_runner(Vm& vm, Awaitable& awaitable);

// What the beginning of a call came to.
enum class Called : std::uint8_t { Done, Entered, Failed };
// Begins a call of anything: natives are carried out (`result`), Python functions get a frame that
// is entered with `entry` (Call, or Init for classes; Native stays Native).
Called begin_call(Vm& vm, const Value& callable, Arguments& arguments, bool native_caller,
                  Value& result);
// What calling a class comes to after its metaclass: __new__, ClassHooks::construct, __init__.
Called construct(Vm& vm, Class& cls, Arguments& arguments, bool native_caller, Value& result);
// The nearest of `known` in CPython's measure, for "Did you mean"; empty: none.
std::string_view suggestion(std::string_view name, const std::vector<std::string>& known);
// Binds arguments to a Python function's parameters; false: TypeError raised.
bool bind_parameters(Vm& vm, Function& function, Arguments& arguments, Frame& frame);

// Makes `generator`'s frame the innermost one, ready to go on. With `thrown` not Null, the
// exception is pending afterwards and belongs to the now innermost frame (that of an inner
// generator, if this one waits for one). Done: it had ended before (returned None).
Called begin_resume(Vm& vm, Generator& generator, Entry entry, const Value& sent,
                    const Value& thrown);
// One step of anything that Send drives: generators are entered, others give `got`.
Called begin_send(Vm& vm, const Value& iterator, const Value& sent, Resumed& got,
                  Entry entry = Entry::Send, const Value& thrown = {});
// The same, carried out to the next suspension.
Resumed step_iterator(Vm& vm, const Value& iterator, const Value& sent, const Value& thrown = {});

// The iterator that `await value` drives. Null: TypeError raised.
Value awaiter_of(Vm& vm, const Value& value);
Value async_iterator_of(Vm& vm, const Value& iterable);
// An awaitable for the next item.
Value async_next_of(Vm& vm, const Value& iterator);
void syntax_error(Vm& vm, Frame& frame);

// import NAME from a frame: `names` None or a tuple of str. Null: raised.
Value import_from_frame(Vm& vm, Frame& frame, const std::string& name, const Value& names,
                        std::int64_t level);
Value import_name_of(Vm& vm, const Value& module, const std::string& name);
bool import_star(Vm& vm, Frame& frame, const Value& module);
// BuildClass: body function, list of bases, keywords (dict or Null) -> class.
Value build_class(Vm& vm, Function& body, const Value& bases, const Value& keywords,
                  const CallSite& site);

// The innermost exception being handled by the running frames; Null: none.
Value topmost_handled(Vm& vm);
// Notes the pending exception as seen by the paste (once per exception), in `frame`.
void note_seen(Vm& vm, Frame& frame);
// In checking, a statement of the paste itself that fails because something is not there, or is called
// in another way (a name of another version), does not hide what stands after it. What the code raises
// on purpose ends the module: an insecure default that is refused is none.
bool go_on_after(Vm& vm, Frame& frame);
// Are there too many interpreter loops in each other? Then RecursionError is raised.
bool nested_too_deeply(Vm& vm);
// Ends the run: `code` "step-limit", "heap-limit", "time-limit", "class-limit".
void stop(Vm& vm, const char* code, const char* message);

// Parts of instructions that are too long for the loop. Each returns false or Null when raised.
bool raise_statement(Vm& vm, Frame& frame, std::uint32_t count);
bool matches_exception(Vm& vm, const Value& exception, const Value& type, bool& out);
bool match_group(Vm& vm, Frame& frame);
bool raise_star(Vm& vm, Frame& frame);
Value make_group(Vm& vm, const Value& message, std::vector<Value> members);
Value group_like(Vm& vm, const Value& original, std::vector<Value> members);
bool with_enter(Vm& vm, Frame& frame, bool is_async);
bool with_exit(Vm& vm, Frame& frame, bool is_async, bool error);
Value load_name(Vm& vm, Frame& frame, const std::string& name);
bool delete_name(Vm& vm, Namespace& from, const std::string& name);  // false: raised
Value load_global(Vm& vm, Frame& frame, const std::string& name);
Value match_class(Vm& vm, const Value& subject, const Value& cls, std::uint32_t positional,
                  const Value& names);
Value match_keys(Vm& vm, const Value& subject, const Value& keys);
Value make_function(Vm& vm, Frame& frame, const Code& code);
bool merge_dict(Vm& vm, const Value& into, const Value& from, const Value* callee);
bool decorate(Vm& vm, Frame& frame, const CallSite& site, Called& called, Value& result);
Value unbound_local(Vm& vm, const Code& code, std::uint32_t local);
Value unbound_cell(Vm& vm, const Code& code, std::uint32_t cell);

}  // namespace wh::program
