// THE evaluator. One for checking and playing: play gives it known inputs and a simulated network,
// checking gives it Unknown inputs and a Decider.
//
// How a run goes, on an example: run/ makes a Vm with a Host and a ClientNetwork, calls
// import_main(); the compiler (compile.h) has turned each file into Code, the Vm executes it frame by
// frame (frames live on the heap, so generators, coroutines and tasks can be left and resumed). An
// `import httpx` asks the Library registry for an installer, which makes classes and native functions.
// `client.get(...)` calls a native function: it turns arguments into a trust::OutboundCall, announces
// it to the network and drives trust::ClientNetwork; what the network says becomes a return value or
// one of the library's exceptions.
//
// Native functions return a Value; Null means that an exception is being raised (Vm::failed()), as in
// CPython's C API. C++ exceptions do not exist here.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "program/arguments.h"
#include "program/decider.h"
#include "program/value.h"
#include "trust/application.h"
#include "trust/client_network.h"
#include "trust/host.h"
#include "trust/outbound_call.h"

namespace wh::program {

class Program;  // program.h: the compiled paste
struct Heap;
struct Frame;
class Scheduler;

// A module that a library model brings: `install` fills `module.globals`.
struct ModuleInstaller {
    std::string_view name;  // dotted: "urllib.request"
    void (*install)(Vm& vm, Module& module);
};
class ModuleSource {
  public:
    virtual ~ModuleSource() = default;
    // nullptr: no model of that module.
    [[nodiscard]] virtual const ModuleInstaller* find(std::string_view name) const = 0;
    // Text of a module that is written in Python itself (libraries/standard/*.py): it runs like the
    // paste's own code, but is not part of it: nothing in it counts as seen, its places are nobody's.
    [[nodiscard]] virtual std::string_view find_text(std::string_view name) const {
        static_cast<void>(name);
        return {};
    }
};

// A deadline of the running task that struck (asyncio.timeout, wait_for) or a cancellation: what
// natives return after raise_cancelled().
struct VmSettings {
    trust::Host host;
    bool checking = false;  // inputs are unknown; a Decider must be given
    std::int64_t steps_max = 0;  // 0: limits::kStepsMax
};

// Exceptions and types of builtins that C++ code names often. Filled by the Vm.
struct Builtins {
    Class *object = nullptr, *type = nullptr, *none_type = nullptr, *boolean = nullptr,
          *integer = nullptr, *real = nullptr, *str = nullptr, *bytes = nullptr,
          *bytearray = nullptr, *list = nullptr, *tuple = nullptr, *dict = nullptr, *set = nullptr,
          *frozenset = nullptr, *range = nullptr, *slice = nullptr, *function = nullptr,
          *native = nullptr, *method = nullptr, *module = nullptr, *property = nullptr,
          *staticmethod = nullptr, *classmethod = nullptr, *super = nullptr, *cell = nullptr,
          *iterator = nullptr, *generator = nullptr, *coroutine = nullptr,
          *async_generator = nullptr, *awaitable = nullptr, *task = nullptr, *future = nullptr,
          *unknown = nullptr, *ellipsis = nullptr, *not_implemented = nullptr;
    Class *base_exception = nullptr, *exception = nullptr, *type_error = nullptr,
          *value_error = nullptr, *key_error = nullptr, *index_error = nullptr,
          *attribute_error = nullptr, *name_error = nullptr, *runtime_error = nullptr,
          *os_error = nullptr, *timeout_error = nullptr, *connection_error = nullptr,
          *connection_refused_error = nullptr, *connection_reset_error = nullptr,
          *file_not_found_error = nullptr, *stop_iteration = nullptr,
          *stop_async_iteration = nullptr, *generator_exit = nullptr,
          *assertion_error = nullptr, *not_implemented_error = nullptr,
          *zero_division_error = nullptr, *unicode_error = nullptr, *import_error = nullptr,
          *module_not_found_error = nullptr, *recursion_error = nullptr,
          *keyboard_interrupt = nullptr, *system_exit = nullptr, *cancelled_error = nullptr,
          *base_exception_group = nullptr, *exception_group = nullptr;
};

class Vm {
  public:
    // All references must outlive the Vm. `decider` may be null in play.
    Vm(const Program& program, const ModuleSource& modules, trust::ClientNetwork& network,
       Decider* decider, VmSettings settings);
    ~Vm();
    Vm(const Vm&) = delete;
    Vm& operator=(const Vm&) = delete;
    struct Internals;  // frames, scheduler, heap, error state: vm/internals.h

    // -- running -----------------------------------------------------------------------------
    // Runs the main file as module `snippet`. Null: an exception (take_error()).
    Value import_main();
    // import NAME: library model, file of the paste, or (with a NotModelled entry) an opaque module.
    Value import_module(std::string_view dotted_name);
    // Calls anything callable and returns its result. A coroutine function returns its coroutine.
    Value call(const Value& callable, Arguments arguments);
    Value call(const Value& callable, std::initializer_list<Value> positional = {});
    Value call_method(const Value& self, std::string_view name,
                      std::initializer_list<Value> positional = {});
    // Drives the event loop until this awaitable is done (other tasks go on meanwhile). Works at top
    // level and, nested, inside native functions.
    Value await_now(const Value& awaitable);
    // If the value is awaitable, awaits it; otherwise returns it.
    Value await_if_needed(const Value& value);
    // Runs f() as if in a worker thread of its own: its time does not block the loop's other tasks.
    Value run_in_thread(const Value& callable, Arguments arguments);
    // Lets tasks go on until `until_us` or until all are idle.
    void run_pending(trust::TimeUs until_us);
    // -- for the checker (run/check): entry points with unknown inputs ----------------------------
    // The main module, also when its import failed half-way; Null before import_main().
    [[nodiscard]] Value main_module() const;
    // Gives the next walk this many steps and forgets a step bound that was hit.
    void grant_steps(std::int64_t steps);
    [[nodiscard]] std::int64_t steps_left() const;
    // Was any instruction of this code executed?
    [[nodiscard]] bool was_entered(const Code* code) const;
    // Which of Program::marks() were reached.
    [[nodiscard]] const std::vector<bool>& covered() const;
    // Calls a function (or class, or method of `self` if that is not Null) with an Unknown for every
    // parameter that has no default, awaits a coroutine, walks once through a generator.
    Value call_with_unknowns(const Value& callable, const Value& self);
    // True when a bound was hit (steps, heap, time ...): every operation fails from then on.
    [[nodiscard]] bool stopped() const;

    // -- exceptions --------------------------------------------------------------------------
    [[nodiscard]] bool failed() const;
    Value raise(Class* cls, std::string_view message);      // returns Null
    Value raise(const Value& exception);                    // sets context like Python; returns Null
    Value raise_from(const Value& exception, const Value& cause);
    Value take_error();                                     // the exception; clears it
    [[nodiscard]] Value error() const;                      // without clearing
    // An instance without raising: args = (message,).
    Value make_exception(Class* cls, std::string_view message);
    Value make_exception(Class* cls, std::vector<Value> args);
    [[nodiscard]] bool error_is(const Class* cls) const;
    // Class, str(), causes: as the reality lab's recorder.describe gives them (depth 6).
    trust::ExceptionRecord describe(const Value& exception);
    // Exceptions that passed through the pasted code, in order, since the last call.
    std::vector<trust::SeenException> take_seen();

    // -- making values -----------------------------------------------------------------------
    Value str(std::string&& text, const trust::Origin* origin = nullptr);
    Value str(std::string_view text, const trust::Origin* origin = nullptr);
    Value str(const char* text) { return str(std::string_view(text)); }
    Value str(const trust::SymbolicText& text);
    Value bytes(std::string data, const trust::Origin* origin = nullptr);
    Value list(std::vector<Value> items = {});
    Value tuple(std::vector<Value> items = {});
    Value dict();
    Value dict(std::initializer_list<std::pair<std::string_view, Value>> entries);
    Value native(std::string_view name, NativeFunction function, std::vector<Value> captured = {});
    Value instance(Class* cls, std::unique_ptr<NativeState> state = nullptr);
    Value bound(const Value& function, const Value& self);
    Value unknown(const trust::Origin* origin, std::string_view label, Class* shape = nullptr);
    // The decoded answer of an outbound call, in checking; `origin` has or is made of a Response.
    Value unknown_answer(const trust::Origin* origin, std::string_view label);
    // Notes it (with the current place if `span` is empty) and gives an Unknown.
    Value not_modelled(std::string_view what, Span span = {});
    template <class T, class... Args>
    T* make(Args&&... args) {  // any Object with (ObjectKind, Class*, ...) already bound by the caller
        auto made = std::make_unique<T>(std::forward<Args>(args)...);
        T* raw = made.get();
        adopt(std::move(made), sizeof(T));
        return raw;
    }
    // Accounts for memory that an object grew by; false: the heap bound is hit (failed()).
    bool charge(std::size_t bytes);
    // Accounts for work in C++ that no instruction counts: `units` items looked at, or kWorkTextBytes
    // of text each. false: the step bound is hit (failed()).
    bool work(std::size_t units);
    // A note that tells of a bound once, without ending the run.
    void note_bound(const char* code, std::string message);

    // -- classes and modules -------------------------------------------------------------------
    Class* make_class(Module& module, std::string_view name, std::vector<Class*> bases = {},
                      const ClassHooks* hooks = nullptr);
    void method(Class* cls, std::string_view name, NativeFunction function);
    void static_method(Class* cls, std::string_view name, NativeFunction function);
    void class_method(Class* cls, std::string_view name, NativeFunction function);
    void property(Class* cls, std::string_view name, NativeFunction getter,
                  NativeFunction setter = nullptr);
    void function(Module& module, std::string_view name, NativeFunction function);
    // A class of a module by name ("httpx", "ConnectError"); imports the module. Must exist.
    Class* class_in(std::string_view module, std::string_view name);
    [[nodiscard]] const Builtins& types() const { return types_; }
    [[nodiscard]] Class* class_of(const Value& value) const;
    [[nodiscard]] bool is_instance(const Value& value, const Class* cls) const;

    // -- operations with Python's meaning ------------------------------------------------------
    Value get_attribute(const Value& value, std::string_view name);        // Null: raised
    Value find_attribute(const Value& value, std::string_view name);       // Null: absent, not raised
    bool set_attribute(const Value& value, std::string_view name, const Value& to);
    bool delete_attribute(const Value& value, std::string_view name);
    Value get_item(const Value& value, const Value& key);
    bool set_item(const Value& value, const Value& key, const Value& to);
    bool delete_item(const Value& value, const Value& key);
    // false: exception. Unknown values are decided.
    bool truth(const Value& value, bool& out);
    bool equal(const Value& a, const Value& b, bool& out);
    bool less(const Value& a, const Value& b, bool& out);
    bool contains(const Value& container, const Value& item, bool& out);
    bool hash(const Value& value, std::uint64_t& out);
    bool length(const Value& value, std::int64_t& out);
    Value iterate(const Value& iterable);        // iter(): Null: raised
    Value next(const Value& iterator);           // Null: exhausted, or failed()
    // All items of an iterable; false: exception. Bounded by the step limit.
    bool collect(const Value& iterable, std::vector<Value>& out);
    bool to_str(const Value& value, std::string& out);    // str(value)
    Value str_of(const Value& value);                     // str(value), origins kept
    bool repr(const Value& value, std::string& out);
    Value format(const Value& value, std::string_view spec);  // format(value, spec), origins kept
    Value binary(std::string_view op, const Value& a, const Value& b);  // "+", "%", "//", "|" ...
    Value concat(std::initializer_list<Value> texts);     // of str values, origins kept
    [[nodiscard]] trust::SymbolicText symbolic(const Value& text) const;  // of a str, bytes or Unknown
    bool is_callable(const Value& value) const;
    bool is_awaitable(const Value& value) const;
    bool is_coroutine_function(const Value& value) const;  // sees through partial and __wrapped__

    // -- time, network, host ---------------------------------------------------------------------
    [[nodiscard]] trust::TimeUs& clock();          // of the running task; natives move it forward
    [[nodiscard]] trust::TimeUs deadline() const;  // of the running task (asyncio.timeout); kNoDeadline
    // After a network operation that ended at deadline(): raises CancelledError as asyncio does.
    [[nodiscard]] bool deadline_struck() const;
    Value raise_cancelled();
    [[nodiscard]] trust::ClientNetwork& network();
    [[nodiscard]] const trust::Host& host() const { return settings_.host; }
    [[nodiscard]] std::uint64_t random();          // from the host's seed
    [[nodiscard]] Scheduler& scheduler();
    [[nodiscard]] bool checking() const { return settings_.checking; }
    int decide(Span site, int choices, const std::string& text);

    // -- what is known about the run ------------------------------------------------------------
    // The innermost place in the pasted code that is being executed.
    [[nodiscard]] Span current_span() const;
    [[nodiscard]] std::string current_function() const;  // "<module>" at top level
    // The call expression of the pasted code that is being carried out, innermost: for libraries that
    // are written in Python, whose natives see only calls within the library. Null: none.
    [[nodiscard]] const CallSite* pasted_call_site() const;
    [[nodiscard]] trust::OriginPool& origins();
    // An origin made of others (nulls are dropped; one left: itself).
    const trust::Origin* derive(std::initializer_list<const trust::Origin*> from);
    [[nodiscard]] trust::Observations& observations() { return observations_; }
    [[nodiscard]] std::vector<NotModelled>& not_modelled_list() { return not_modelled_; }
    [[nodiscard]] std::vector<Diagnostic>& diagnostics() { return diagnostics_; }
    // A new id for an outbound call.
    int next_call_id() { return ++call_id_; }
    [[nodiscard]] const Program& program() const { return program_; }
    // Per-run data of a library model ("httpx:pool"): created once by `make_state`.
    template <class T>
    T& library_state(std::string_view key) {
        std::unique_ptr<NativeState>& slot = library_slot(key);
        if (!slot) slot = std::make_unique<T>();
        WH_CHECK(slot->type == &T::kType);
        return static_cast<T&>(*slot);
    }
    // What print() and logging wrote, for the trace; bounded.
    void print(std::string_view line);
    [[nodiscard]] const std::string& output() const { return output_; }

  private:
    friend struct Interpreter;   // vm/: executes frames
    friend class Scheduler;
    void adopt(std::unique_ptr<Object> object, std::size_t bytes);
    std::unique_ptr<NativeState>& library_slot(std::string_view key);

    const Program& program_;
    const ModuleSource& modules_;
    trust::ClientNetwork& network_;
    Decider* decider_;
    VmSettings settings_;
    Builtins types_;
    trust::Observations observations_;
    std::vector<NotModelled> not_modelled_;
    std::vector<Diagnostic> diagnostics_;
    std::string output_;
    int call_id_ = 0;
    std::unique_ptr<Internals> internals_;
};

}  // namespace wh::program
