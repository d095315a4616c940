// What vm/ and objects/ know of the Vm that its public header does not say.
//
// Who defines which members of Vm:
//   vm/       running; exceptions; making values; make_class, method, ... class_in; time, network,
//   host;
//             what is known about the run; call, call_method; is_coroutine_function; the default
//             ClassHooks; Generator, Task and Future with their methods (send, throw, close, cancel
//             ...)
//   objects/  operations with Python's meaning (get_attribute ... is_awaitable); class_of,
//   is_instance;
//             Namespace, Dict, Set, Arguments, Bound; create_builtins() with the builtin classes
//             (their ClassHooks::construct make `int("3")`, `list(x)`, `type(x)`, exceptions),
//             functions and methods.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/random.h"
#include "program/scheduler.h"
#include "program/vm.h"
#include "program/vm/code.h"

namespace wh::program {

struct Frame;
struct ObjectsState;

// Generators, coroutines and async generators: a frame that can be left and resumed.
struct Generator : Object {
    enum class Type : std::uint8_t { Generator, Coroutine, AsyncGenerator };
    Type type = Type::Generator;
    const Code* code = nullptr;
    std::string name, qualname;
    std::unique_ptr<Frame> frame;  // null: finished
    bool started = false;
    Value returned;  // by the last generator_next() that found the end: StopIteration.value
    bool running = false;
    bool closed = false;  // async generators: aclose() or the end was seen
    // Async generators: the operation that is going on, which says how leaving looks outside.
    enum class Operation : std::uint8_t { Next, Throw, Close };
    Operation operation = Operation::Next;
    using Object::Object;
    Generator(ObjectKind k, Class* c);
    ~Generator() override;
};
inline Generator* as_generator(const Value& value) {
    return static_cast<Generator*>(object_of(value, ObjectKind::Generator));
}

// How a generator, coroutine or awaitable left after it was resumed.
enum class Left : std::uint8_t { Yielded, Returned, Failed };
struct Resumed {
    Left left = Left::Failed;
    Value value;  // yielded or returned; Null if failed
};
// Resumes with a value (None at first) or, if `thrown` is not Null, by raising it where it waits.
Resumed resume(Vm& vm, Generator& generator, const Value& sent, const Value& thrown = {});
// What Vm::next does with a generator. Null: exhausted, or failed().
Value generator_next(Vm& vm, Generator& generator);

// objects/ defines it: fills Builtins and the namespace of module `builtins`. Called once, first.
void create_builtins(Vm& vm, Builtins& types, Module& builtins);
// vm/ defines them: methods of generators, coroutines, async generators, tasks and futures, on the
// classes that create_builtins made.
void install_generator_methods(Vm& vm);
void install_task_methods(Vm& vm);

// -- for builtins that look at the running program (vm/ defines them)
// ------------------------------ super(...) with two, one or no argument. Null: raised.
Value make_super(Vm& vm, Arguments& arguments);
// globals() and locals() of the innermost frame of the paste, as dicts (copies).
Value current_globals(Vm& vm);
Value current_locals(Vm& vm);
// The exception that is being handled; Null: none (vm/exceptions.cpp).
Value topmost_handled(Vm& vm);
// type(name, bases, dict) and the class statement: mro, hooks, __set_name__, __init_subclass__.
// Null: raised.
Value create_class(Vm& vm, std::string name, std::vector<Value> bases, Namespace attributes,
                   Arguments& keywords, Module* module, std::string qualname, Span span,
                   bool user_code);
// Makes the C3 order; false: TypeError raised.
bool compute_mro(Vm& vm, Class& cls);
// Runs the __init__ that a user's subclass of a builtin class defines (found before `builtin` in
// the mro); does nothing if there is none. For ClassHooks::construct of builtin classes. false:
// raised.
bool run_user_init(Vm& vm, const Value& object, const Class* builtin, Arguments& arguments);
// A new instance of `cls` without __init__: ExceptionInstance for exceptions (args set), else
// Instance.
Value allocate_instance(Vm& vm, Class& cls, const Arguments& arguments);
// What object.__new__ + __init__ do (no hooks). Null: raised.
Value construct_plain(Vm& vm, Class& cls, Arguments& arguments);
// exception.with_traceback, add_note etc. are objects/; the implicit __context__ is set by
// Vm::raise.

// Access for the two folders: the one friend of Vm.
struct Interpreter {
    static auto& internals(Vm& vm) { return *vm.internals_; }
    static Builtins& types(Vm& vm) { return vm.types_; }
    // Executes from the innermost frame (which was entered with Entry::Native) until it is left.
    // `thrown`: an exception is pending that must be handled first.
    static Resumed run(Vm& vm, bool thrown = false);
    static const std::vector<Value>& constants_of(Vm& vm, const Code& code);
    // At the outermost call from C++: the bound on virtual time counts from now.
    static void note_time(Vm& vm);
    static const ModuleSource& modules(Vm& vm) { return vm.modules_; }
    static VmSettings& settings(Vm& vm) { return vm.settings_; }
};

struct Vm::Internals {
    Internals(Vm& vm, std::uint64_t seed);
    ~Internals();
    Internals(const Internals&) = delete;
    Internals& operator=(const Internals&) = delete;
    std::vector<std::unique_ptr<Object>> heap;
    std::size_t heap_bytes = 0;
    std::int64_t steps_left = 0;
    std::size_t work_units = 0;  // not yet a whole step
    int iterator_depth = 0;      // nested Vm::next
    int call_nesting = 0;        // nested begin_call
    int depth = 0;               // Python frames
    int native_depth = 0;        // nested interpreter loops
    Frame* frame = nullptr;      // innermost
    Frame* spawner = nullptr;    // of the thread that runs: where it was started
    Value error;
    bool stopped = false;
    bool stopped_by_steps = false;
    Module* builtins = nullptr;
    std::map<std::string, Module*, std::less<>> modules;
    std::map<std::string, Class*, std::less<>> library_classes;  // Vm::class_in
    std::map<std::string, std::unique_ptr<NativeState>, std::less<>> library_state;
    trust::OriginPool origins;
    std::vector<trust::SeenException> seen;
    std::vector<std::vector<Value>> constants;  // by Code::id
    std::vector<std::vector<Value>> library_constants;
    std::vector<bool> covered;  // by index in Program::marks()
    std::vector<bool> entered;  // by Code::id
    std::vector<std::unique_ptr<Frame>> free_frames;
    ObjectsState* objects = nullptr;  // objects/support.h
    Scheduler scheduler;
    Random random;
    trust::TimeUs time_limit = trust::kNoDeadline;
};

}  // namespace wh::program
