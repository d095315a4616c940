// The values that the evaluator computes with.
//
// A Value is a small tagged word plus a pointer to where it came from (trust::Origin). Everything
// bigger is an Object, owned by the Vm's heap until the run ends: runs are short and bounded
// (limits::kHeapBytesMax), so there is no collector and plain pointers are safe within a run.
// There is no RTTI: an Object says its kind, native payloads carry a type tag.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/span.h"
#include "trust/origin.h"

namespace wh::program {

class Vm;
class WebApplication;
struct Arguments;
struct Object;
struct Class;
struct Code;
class WebApplication;

enum class Tag : std::uint8_t {
    Null,  // C++ "nothing": not given, or an exception is being raised (Vm::failed())
    None,
    Bool,
    Int,
    Float,
    Ellipsis,
    NotImplemented,
    Object,
};

struct Value {
    Tag tag = Tag::Null;
    const trust::Origin* origin = nullptr;  // before the union: 16 bytes where pointers have 4
    union {
        bool boolean;
        std::int64_t integer;
        double real;
        Object* object;
    };

    Value() : integer(0) {}
    static Value none() { return with_tag(Tag::None); }
    static Value ellipsis() { return with_tag(Tag::Ellipsis); }
    static Value not_implemented() { return with_tag(Tag::NotImplemented); }
    static Value of(bool value) {
        Value made = with_tag(Tag::Bool);
        made.boolean = value;
        return made;
    }
    static Value of(std::int64_t value) {
        Value made = with_tag(Tag::Int);
        made.integer = value;
        return made;
    }
    static Value of(int value) { return of(static_cast<std::int64_t>(value)); }
    static Value of(double value) {
        Value made = with_tag(Tag::Float);
        made.real = value;
        return made;
    }
    static Value of(Object* value) {
        WH_CHECK(value != nullptr);
        Value made = with_tag(Tag::Object);
        made.object = value;
        return made;
    }
    [[nodiscard]] Value with_origin(const trust::Origin* from) const {
        Value copy = *this;
        copy.origin = from;
        return copy;
    }

    [[nodiscard]] bool is_null() const { return tag == Tag::Null; }
    [[nodiscard]] bool is_none() const { return tag == Tag::None; }
    [[nodiscard]] bool is_bool() const { return tag == Tag::Bool; }
    [[nodiscard]] bool is_int() const { return tag == Tag::Int; }  // bool is not included
    [[nodiscard]] bool is_float() const { return tag == Tag::Float; }
    [[nodiscard]] bool is_object() const { return tag == Tag::Object; }
    [[nodiscard]] bool is_true() const { return tag == Tag::Bool && boolean; }
    [[nodiscard]] bool is_false() const { return tag == Tag::Bool && !boolean; }
    explicit operator bool() const { return tag != Tag::Null; }  // "something, no exception"

  private:
    static Value with_tag(Tag tag) {
        Value made;
        made.tag = tag;
        return made;
    }
};

enum class ObjectKind : std::uint8_t {
    Str,
    Bytes,
    List,
    Tuple,
    Dict,
    Set,  // Set: also frozenset (frozen flag); Bytes: also bytearray
    Range,
    Slice,
    Function,
    BoundMethod,
    Native,  // Native: a function written in C++
    Property,
    StaticMethod,
    ClassMethod,
    Class,
    Module,
    Instance,  // of user classes and of native classes, exceptions too
    Cell,
    Iterator,
    Generator,  // Generator: generators, coroutines, async generators
    Awaitable,  // a native operation that can be awaited
    Task,
    Future,
    Super,
    Unknown,  // a value the core does not know; see Unknown below
};

struct Object {
    ObjectKind kind;
    Class* cls;
    Object(ObjectKind k, Class* c) : kind(k), cls(c) {}
    Object(const Object&) = delete;
    Object& operator=(const Object&) = delete;
    virtual ~Object() = default;
};

// Ordered name -> value map for globals, classes and instances (insertion order is kept).
class Namespace {
  public:
    [[nodiscard]] const Value* find(std::string_view name) const;
    Value* find(std::string_view name);
    void set(std::string_view name, Value value);
    bool erase(std::string_view name);
    void clear();
    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    struct Entry {
        std::string name;
        Value value;
    };
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
    // From now on every change is counted there: for those who remember what they found.
    void watch(std::uint32_t* changes) { changes_ = changes; }

  private:
    void count_change() {
        if (changes_) ++*changes_;
    }
    void rebuild();
    [[nodiscard]] std::size_t position(std::string_view name) const;  // size(): absent
    std::vector<Entry> entries_;
    // Open addressing, entry number + 1; only filled above a handful of entries.
    std::vector<std::uint32_t> slots_;
    std::uint32_t* changes_ = nullptr;
};

struct Str : Object {
    std::string text;   // UTF-8
    bool ascii = true;  // then index = byte offset
    std::vector<trust::TextPart>
        parts;  // origins of parts; empty: the Value's origin is for all of it
    using Object::Object;
};
struct Bytes : Object {
    std::string data;
    bool is_mutable = false;  // bytearray
    std::vector<trust::TextPart> parts;
    using Object::Object;
};
struct List : Object {
    std::vector<Value> items;
    using Object::Object;
};
struct Tuple : Object {
    std::vector<Value> items;
    using Object::Object;
};

// Insertion-ordered hash table with Python's equality: what dict and set share. Operations that may
// run user code (__eq__, __hash__) take the Vm and report failure (Vm::failed()).
struct Table {
    struct Entry {
        Value key;
        Value value;  // unused in sets
        std::uint64_t hash = 0;
        bool live = true;
    };
    std::vector<Entry> entries;  // dead ones are skipped; compacted when half are dead
    std::size_t live_count = 0;
    std::uint32_t version = 0;  // changes on insertion and removal: "changed size during iteration"

    Entry* find_entry(Vm& vm, const Value& key);   // nullptr: absent, or an exception
    Entry* find_entry_text(std::string_view key);  // for str keys: no user code
    Entry* insert(Vm& vm, const Value& key);       // finds or makes; nullptr: exception
    bool remove(Vm& vm, const Value& key);         // false: absent or exception
    void remove(Entry& entry);
    void clear();

  private:
    Entry* lookup(Vm& vm, const Value& key, std::uint64_t hash);
    void rebuild(std::size_t capacity);
    std::vector<std::uint32_t> slots_;  // open addressing, entry number + 1; empty while small
};

struct Dict : Object, Table {
    Value default_factory;  // collections.defaultdict; Null otherwise
    using Object::Object;

    // nullptr: absent, or an exception (Vm::failed()).
    Value* find(Vm& vm, const Value& key);
    Value* find_text(std::string_view key);           // fast path for str keys, no user code
    bool set(Vm& vm, const Value& key, Value value);  // false: exception (unhashable)
    bool erase(Vm& vm, const Value& key);             // false: absent or exception
};
struct Set : Object, Table {
    bool frozen = false;
    using Object::Object;
    bool contains(Vm& vm, const Value& key);
    bool add(Vm& vm, const Value& key);
    bool erase(Vm& vm, const Value& key);
};
struct Range : Object {
    std::int64_t start = 0, stop = 0, step = 1;
    using Object::Object;
};
struct Slice : Object {
    Value lower, upper, step;
    using Object::Object;
};

using NativeFunction = Value (*)(Vm&, Arguments&);

struct Native : Object {
    std::string name;  // "get"; used in messages
    NativeFunction function = nullptr;
    std::vector<Value> captured;  // closure of the native function: Arguments::captured
    bool is_method = false;       // as a class attribute it binds its receiver
    Class* owner = nullptr;       // receivers must be of this class; null: anything
    Namespace attributes;
    using Object::Object;
};

struct Cell : Object {
    Value value;
    using Object::Object;
};

struct Module;
struct Function : Object {
    const Code* code = nullptr;
    std::string name, qualname;
    Module* module = nullptr;     // its globals
    std::vector<Value> defaults;  // of the last positional parameters
    std::vector<std::pair<std::string, Value>> keyword_defaults;
    std::vector<Cell*> closure;
    Dict* annotations = nullptr;  // may be null
    Namespace attributes;         // __wrapped__, __doc__, user's own
    Class* defined_in = nullptr;  // for zero-argument super()
    using Object::Object;
};
struct BoundMethod : Object {
    Value function;
    Value self;
    using Object::Object;
};
struct Property : Object {
    Value getter, setter, deleter;
    bool cached = false;  // functools.cached_property
    std::string name;
    using Object::Object;
};
struct StaticMethod : Object {
    Value function;
    using Object::Object;
};
struct ClassMethod : Object {
    Value function;
    using Object::Object;
};
struct Super : Object {
    Class* after = nullptr;
    Value self;
    using Object::Object;
};

struct Module : Object {
    std::string name;
    Namespace globals;
    bool user_code = false;
    bool initializing = false;  // a file of the paste whose code is still running: circular imports
    // For modules the core does not have: attribute access gives Unknown values.
    bool opaque = false;
    using Object::Object;
};

// What a class may do differently from plain Python classes; inherited by its subclasses. This is
// how native base classes (enum.Enum, pydantic.BaseModel, BaseSettings, NamedTuple, TypedDict,
// Exception) shape what is derived from them. Every default means "as usual".
class ClassHooks {
  public:
    virtual ~ClassHooks() = default;
    // After the class statement of a subclass; `keywords` are those of the class statement.
    // false: an exception is raised.
    virtual bool subclass_created(Vm& vm, Class& subclass, Arguments& keywords) const;
    // Called instead of __new__ + __init__. Null without failure: as usual.
    virtual Value construct(Vm& vm, Class& cls, Arguments& arguments) const;
    // Attribute of the class itself that is nowhere in its mro. Null without failure: none.
    virtual Value class_attribute(Vm& vm, Class& cls, std::string_view name) const;
    // `for x in Cls`, `Cls[...]`, `len(Cls)`, `x in Cls` (enums). Null without failure: as usual.
    virtual Value class_iterate(Vm& vm, Class& cls) const;
    virtual Value class_item(Vm& vm, Class& cls, Value key) const;
    // Attribute of an instance that is nowhere else. Null without failure: AttributeError.
    virtual Value instance_attribute(Vm& vm, Value self, std::string_view name) const;
    // Before an attribute of an instance is set. 0: as usual; 1: done; -1: exception.
    virtual int set_instance_attribute(Vm& vm, Value self, std::string_view name,
                                       Value value) const;
};

// One row of a builtin class's methods, made into attributes when they are first looked up.
struct MethodEntry {
    enum Kind : std::uint8_t { Method, Static, ClassMethod, Getter };
    const char* name;
    NativeFunction function;
    Kind kind = Method;
    NativeFunction setter = nullptr;  // Getter only
};

struct Class : Object {
    std::string name;
    std::string module;  // "httpx", "builtins", "snippet"
    std::string qualname;
    std::vector<Class*> bases;
    std::vector<Class*> mro;  // itself first (C3)
    Namespace attributes;
    const MethodEntry* methods = nullptr;  // of builtin classes; ended by a null name. Look
                                           // attributes up with find_in_mro (objects/operations.h)
    const ClassHooks* hooks = nullptr;  // inherited
    Class* metaclass = nullptr;
    Span span;  // of the class statement, if written in the paste
    bool user_code = false;
    bool is_exception = false;
    std::uint8_t abstractness = 0;  // abc: 0 not looked at yet, 1 can be instantiated, 2 cannot
    Value attached;  // library's own data about this class (e.g. pydantic's fields), inherited by
                     // lookup only
    using Object::Object;
    [[nodiscard]] bool derives_from(const Class* other) const {
        for (const Class* each : mro) {
            if (each == other) return true;
        }
        return false;
    }
};

// Native payload of an Instance. A subclass T has `static constexpr char kType = 0;` whose address
// is its tag: `NativeState(&kType)`.
struct NativeState {
    const char* type;
    explicit NativeState(const char* t) : type(t) {}
    NativeState(const NativeState&) = delete;
    NativeState& operator=(const NativeState&) = delete;
    virtual ~NativeState() = default;
    // The payload of a web application's object (FastAPI) is one.
    virtual WebApplication* web_application() { return nullptr; }
};

struct Instance : Object {
    Namespace attributes;
    std::unique_ptr<NativeState> native;  // may be null
    using Object::Object;
};

// Instance of BaseException or a subclass.
struct ExceptionInstance : Instance {
    std::vector<Value> args;
    Value cause;  // Null: none (__cause__ is None)
    Value context;
    bool suppress_context = false;
    std::vector<Value> group;                    // ExceptionGroup's members
    const ExceptionInstance* part_of = nullptr;  // made by splitting that group (except*)
    bool seen = false;                           // already reported as seen by the pasted code
    Span raised_at;
    using Instance::Instance;
};

// A native iterator (dict views, map, zip, enumerate ...).
struct Iterator : Object {
    using Object::Object;
    // The next value. Null without failure: exhausted.
    virtual Value next(Vm& vm) = 0;
};

// A native operation that is carried out when it is awaited for the first time: `run` may use the
// network and move the task's clock; afterwards the task sleeps until that clock is due.
struct Awaitable : Object {
    using Object::Object;
    bool started = false;
    Value result;
    // Null with Vm::failed(): exception.
    virtual Value run(Vm& vm) = 0;
};

// A value the core does not know: an input in checking, an import that is not modelled, a field
// that nobody defined. Attributes, items and calls of it are Unknown again, with derived origins.
// Its truth is a decision (decider.h). `shape` narrows it: an instance of a known class, or a
// str/int/bool/dict.
struct Unknown : Object {
    Class* shape = nullptr;  // may be null: anything
    std::string label;       // "user_id", "settings.debug", "acme_sdk.Client()"
    // A decoded answer of an outbound call, or a part of one: what is read of it is noted
    // (trust::ResponseRead). `path` leads to the part, as there.
    bool answer = false;
    std::vector<std::string> path;
    // A truth value that tells whether something is one of a few known values: 1 if it then is true,
    // -1 if it then is false, 0: it tells nothing of the kind.
    int narrows = 0;
    using Object::Object;
};

// Checked access: nullptr if the value is something else.
inline Object* object_of(const Value& value, ObjectKind kind) {
    return value.is_object() && value.object->kind == kind ? value.object : nullptr;
}
#define WH_ACCESSOR(function, Type)                                    \
    inline Type* function(const Value& value) {                        \
        return static_cast<Type*>(object_of(value, ObjectKind::Type)); \
    }
WH_ACCESSOR(as_str, Str)
WH_ACCESSOR(as_bytes, Bytes)
WH_ACCESSOR(as_list, List)
WH_ACCESSOR(as_tuple, Tuple)
WH_ACCESSOR(as_dict, Dict)
WH_ACCESSOR(as_set, Set)
WH_ACCESSOR(as_range, Range)
WH_ACCESSOR(as_slice, Slice)
WH_ACCESSOR(as_function, Function)
WH_ACCESSOR(as_bound_method, BoundMethod)
WH_ACCESSOR(as_native, Native)
WH_ACCESSOR(as_property, Property)
WH_ACCESSOR(as_class, Class)
WH_ACCESSOR(as_module, Module)
WH_ACCESSOR(as_instance, Instance)
WH_ACCESSOR(as_iterator, Iterator)
WH_ACCESSOR(as_awaitable, Awaitable)
WH_ACCESSOR(as_unknown, Unknown)
#undef WH_ACCESSOR

inline ExceptionInstance* as_exception(const Value& value) {
    Instance* instance = as_instance(value);
    return instance && instance->cls->is_exception ? static_cast<ExceptionInstance*>(instance)
                                                   : nullptr;
}
template <class T>
T* native_state(const Value& value) {
    Instance* instance = as_instance(value);
    if (!instance || !instance->native || instance->native->type != &T::kType) return nullptr;
    return static_cast<T*>(instance->native.get());
}
// The text of a str, or empty view.
inline std::string_view text_of(const Value& value) {
    const Str* str = as_str(value);
    return str ? std::string_view(str->text) : std::string_view();
}

}  // namespace wh::program
