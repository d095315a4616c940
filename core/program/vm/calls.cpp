// Calls: what is callable, binding of arguments with CPython's words (Python/ceval.c, 3.13),
// frames.
#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "program/objects/operations.h"
#include "program/vm/frame.h"

namespace wh::program {

std::unique_ptr<Frame> make_frame(Vm& vm, const Code& code, Function* function, Module* module) {
    Vm::Internals& in = Interpreter::internals(vm);
    std::unique_ptr<Frame> frame;
    if (in.free_frames.empty()) {
        frame = std::make_unique<Frame>();
    } else {
        frame = std::move(in.free_frames.back());
        in.free_frames.pop_back();
    }
    frame->code = &code;
    frame->constants = Interpreter::constants_of(vm, code).data();
    frame->function = function;
    frame->module = module;
    frame->stack.assign(code.locals.size(), Value());
    for (std::uint32_t i = 0; i < code.own_cells; ++i) {
        frame->cells.push_back(vm.make<Cell>(ObjectKind::Cell, vm.types().cell));
    }
    if (function) {
        frame->cells.insert(frame->cells.end(), function->closure.begin(), function->closure.end());
    }
    return frame;
}

void recycle(Vm& vm, std::unique_ptr<Frame> frame) {
    constexpr std::size_t kPool = 32;
    Vm::Internals& in = Interpreter::internals(vm);
    if (in.free_frames.size() >= kPool) return;
    frame->names = nullptr;
    frame->back = nullptr;
    frame->generator = nullptr;
    frame->ip = 0;
    frame->stack.clear();
    frame->cells.clear();
    frame->blocks.clear();
    frame->handled.clear();
    in.free_frames.push_back(std::move(frame));
}

bool enter(Vm& vm, Frame& frame, Entry entry) {
    Vm::Internals& in = Interpreter::internals(vm);
    if (in.depth >= limits::kCallDepthMax) {
        vm.raise(vm.types().recursion_error, "maximum recursion depth exceeded");
        return false;
    }
    ++in.depth;
    if (!frame.code->is_library && frame.code->id < in.entered.size())
        in.entered[frame.code->id] = true;
    frame.back = in.frame;
    frame.entry = entry;
    in.frame = &frame;
    return true;
}

namespace {

std::string quoted_list(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) {
            text += names.size() == 2 ? " and " : (i + 1 == names.size() ? ", and " : ", ");
        }
        text += cat("'", names[i], "'");
    }
    return text;
}

bool missing(Vm& vm, const Function& function, const std::vector<std::string>& names,
             std::string_view kind) {
    vm.raise(vm.types().type_error,
             cat(function.qualname, "() missing ", names.size(), " required ", kind, " argument",
                 names.size() == 1 ? "" : "s", ": ", quoted_list(names)));
    return false;
}

bool too_many(Vm& vm, const Function& function, std::size_t given, std::size_t keyword_only_given) {
    const Code& code = *function.code;
    const std::size_t least = code.positional - function.defaults.size();
    const bool plural = function.defaults.empty() ? code.positional != 1 : true;
    const std::string takes = function.defaults.empty()
                                  ? cat(code.positional)
                                  : cat("from ", least, " to ", code.positional);
    std::string extra;
    if (keyword_only_given > 0) {
        extra = cat(" positional argument", given != 1 ? "s" : "", " (and ", keyword_only_given,
                    " keyword-only argument", keyword_only_given != 1 ? "s" : "", ")");
    }
    vm.raise(vm.types().type_error,
             cat(function.qualname, "() takes ", takes, " positional argument", plural ? "s" : "",
                 " but ", given, extra, given == 1 && keyword_only_given == 0 ? " was" : " were",
                 " given"));
    return false;
}

// The parameter that a keyword names; -1: none.
int parameter_index(const Code& code, std::string_view name, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
        if (code.locals[i] == name) return static_cast<int>(i);
    }
    return -1;
}

bool unexpected_keyword(Vm& vm, const Function& function, const Arguments& arguments,
                        std::string_view name) {
    const Code& code = *function.code;
    std::string positional;
    for (const auto& [given, value] : arguments.keywords) {
        if (parameter_index(code, given, 0, code.positional_only) < 0) continue;
        positional += cat(positional.empty() ? "" : ", ", given);
    }
    if (!positional.empty()) {
        vm.raise(vm.types().type_error,
                 cat(function.qualname,
                     "() got some positional-only arguments passed as keyword arguments: '",
                     positional, "'"));
        return false;
    }
    std::vector<std::string> known;
    for (std::size_t i = code.positional_only; i < code.positional + code.keyword_only; ++i) {
        known.push_back(code.locals[i]);
    }
    const std::string_view near = suggestion(name, known);
    vm.raise(vm.types().type_error,
             cat(function.qualname, "() got an unexpected keyword argument '", name, "'",
                 near.empty() ? "" : ". Did you mean '", near, near.empty() ? "" : "'?"));
    return false;
}

}  // namespace

// The nearest of `known` in CPython's measure (Python/suggestions.c: weighted edit distance, at
// most a third of the characters moved); empty: none is near.
std::string_view suggestion(std::string_view name, const std::vector<std::string>& known) {
    constexpr std::size_t kMove = 2, kCase = 1;
    std::string_view best;
    std::size_t best_distance = static_cast<std::size_t>(-1);
    const auto substitution = [&](char a, char b) -> std::size_t {
        if (a == b) return 0;
        return ascii_lower(std::string_view(&a, 1)) == ascii_lower(std::string_view(&b, 1)) ? kCase
                                                                                            : kMove;
    };
    for (const std::string& candidate : known) {
        if (candidate == name || candidate.size() > 40 || name.size() > 40) continue;
        const std::size_t limit = (name.size() + candidate.size() + 3) * kMove / 6;
        std::vector<std::size_t> row(candidate.size() + 1);
        for (std::size_t j = 0; j < row.size(); ++j) row[j] = j * kMove;
        for (std::size_t i = 0; i < name.size(); ++i) {
            std::size_t diagonal = row[0];
            row[0] = (i + 1) * kMove;
            for (std::size_t j = 0; j < candidate.size(); ++j) {
                const std::size_t change = diagonal + substitution(name[i], candidate[j]);
                diagonal = row[j + 1];
                row[j + 1] = std::min({change, row[j] + kMove, row[j + 1] + kMove});
            }
        }
        if (row.back() <= limit && row.back() < best_distance) {
            best = candidate;
            best_distance = row.back();
        }
    }
    return best;
}

bool bind_parameters(Vm& vm, Function& function, Arguments& arguments, Frame& frame) {
    const Code& code = *function.code;
    std::vector<Value>& locals = frame.stack;
    const std::size_t positional = code.positional;
    const std::size_t named = positional + code.keyword_only;
    const std::size_t shift = arguments.self ? 1 : 0;
    const std::size_t given = arguments.positional.size() + shift;
    const auto argument = [&](std::size_t i) -> const Value& {
        return i < shift ? arguments.self : arguments.positional[i - shift];
    };
    for (std::size_t i = 0; i < given && i < positional; ++i) locals[i] = argument(i);
    if (code.has_star) {
        std::vector<Value> rest;
        for (std::size_t i = positional; i < given; ++i) rest.push_back(argument(i));
        locals[named] = vm.tuple(std::move(rest));
    }
    Dict* extra = nullptr;
    if (code.has_double_star) {
        const Value made = vm.dict();
        if (made.is_null()) return false;
        extra = as_dict(made);
        locals[named + (code.has_star ? 1 : 0)] = made;
    }
    std::size_t keyword_only_given = 0;
    for (const auto& [name, value] : arguments.keywords) {
        if (!vm.work(named / 8)) return false;
        const int index = parameter_index(code, name, code.positional_only, named);
        if (index < 0) {
            if (!extra) return unexpected_keyword(vm, function, arguments, name);
            if (!extra->set(vm, vm.str(name), value)) return false;
            continue;
        }
        const auto at = static_cast<std::size_t>(index);
        if (locals[at]) {
            vm.raise(vm.types().type_error,
                     cat(function.qualname, "() got multiple values for argument '", name, "'"));
            return false;
        }
        if (at >= positional) ++keyword_only_given;
        locals[at] = value;
    }
    if (given > positional && !code.has_star) {
        return too_many(vm, function, given, keyword_only_given);
    }
    std::vector<std::string> absent;
    const std::size_t first_default = positional - function.defaults.size();
    for (std::size_t i = given; i < positional; ++i) {
        if (locals[i]) continue;
        if (i >= first_default) {
            locals[i] = function.defaults[i - first_default];
        } else {
            absent.push_back(code.locals[i]);
        }
    }
    if (!absent.empty()) return missing(vm, function, absent, "positional");
    for (std::size_t i = positional; i < named; ++i) {
        if (locals[i]) continue;
        for (const auto& [name, value] : function.keyword_defaults) {
            if (name == code.locals[i]) locals[i] = value;
        }
        if (locals[i].is_null()) absent.push_back(code.locals[i]);
    }
    if (!absent.empty()) return missing(vm, function, absent, "keyword-only");
    for (const auto& [local, cell] : code.cell_parameters) {
        frame.cells[cell]->value = locals[local];
    }
    return true;
}

namespace {

Called call_function(Vm& vm, Function& function, Arguments& arguments, Entry entry, Value& result,
                     const Value& constructing = {}) {
    const Code& code = *function.code;
    std::unique_ptr<Frame> frame = make_frame(vm, code, &function, function.module);
    if (!bind_parameters(vm, function, arguments, *frame)) {
        recycle(vm, std::move(frame));
        return Called::Failed;
    }
    if (code.is_generator || code.is_coroutine || code.is_async_generator) {
        const Builtins& types = vm.types();
        using Type = Generator::Type;
        const Type type = code.is_generator   ? Type::Generator
                          : code.is_coroutine ? Type::Coroutine
                                              : Type::AsyncGenerator;
        Class* cls = code.is_generator   ? types.generator
                     : code.is_coroutine ? types.coroutine
                                         : types.async_generator;
        Generator* made = vm.make<Generator>(ObjectKind::Generator, cls);
        made->type = type;
        made->code = &code;
        made->name = function.name;
        made->qualname = function.qualname;
        vm.charge(sizeof(Frame) + frame->stack.capacity() * sizeof(Value));
        frame->generator = made;
        made->frame = std::move(frame);
        result = Value::of(made);
        return Called::Done;
    }
    frame->constructing = constructing;
    if (!enter(vm, *frame, entry)) {
        recycle(vm, std::move(frame));
        return Called::Failed;
    }
    frame.release();  // owned by the chain of frames until it is left
    return Called::Entered;
}

// What a native function may look through: the bytes of a text.
std::size_t text_size(const Value& value) {
    if (const Str* text = as_str(value)) return text->text.size();
    const Bytes* bytes = as_bytes(value);
    return bytes ? bytes->data.size() : 0;
}

Called call_native(Vm& vm, const Native& native, Arguments& arguments, Value& result) {
    arguments.captured = &native.captured;
    if (native.is_method && arguments.self.is_null() && !arguments.positional.empty()) {
        // Through the class: Base.method(self, ...).
        arguments.self = arguments.positional.front();
        arguments.positional.erase(arguments.positional.begin());
        if (native.owner && !vm.is_instance(arguments.self, native.owner)) {
            vm.raise(vm.types().type_error,
                     cat("descriptor '", native.name, "' requires a '", native.owner->name,
                         "' object but received a '", type_name(vm, arguments.self), "'"));
            return Called::Failed;
        }
    }
    if (native.is_method && arguments.self.is_null()) {
        vm.raise(vm.types().type_error,
                 cat("unbound method ", native.name, "() needs an argument"));
        return Called::Failed;
    }
    std::size_t bytes = text_size(arguments.self);
    for (const Value& each : arguments.positional) bytes += text_size(each);
    constexpr std::size_t kShort = 1024;  // what the step of the call pays for
    if (bytes > kShort && !vm.work(bytes / limits::kWorkTextBytes)) return Called::Failed;
    result = native.function(vm, arguments);
    Vm::Internals& in = Interpreter::internals(vm);
    if (vm.clock() > in.time_limit) {
        stop(vm, "time-limit", "the run was stopped: too much virtual time");
    }
    if (vm.failed()) {
        result = Value();
        return Called::Failed;
    }
    if (result.is_null()) {
        vm.raise(vm.types().runtime_error, cat("internal: ", native.name, "() gave nothing"));
        return Called::Failed;
    }
    return Called::Done;
}

Called call_class(Vm& vm, Class& cls, Arguments& arguments, bool native_caller, Value& result) {
    if (&cls == vm.types().super) {
        result = make_super(vm, arguments);
        return result ? Called::Done : Called::Failed;
    }
    if (cls.metaclass && cls.metaclass != vm.types().type) {
        const Value own = find_in_mro(vm, *cls.metaclass, "__call__");
        if (as_function(own)) {
            arguments.self = Value::of(&cls);
            return begin_call(vm, own, arguments, native_caller, result);
        }
    }
    return construct(vm, cls, arguments, native_caller, result);
}

}  // namespace

Value allocate_instance(Vm& vm, Class& cls, const Arguments& arguments) {
    if (!cls.is_exception) return vm.instance(&cls);
    ExceptionInstance* made = vm.make<ExceptionInstance>(ObjectKind::Instance, &cls);
    made->args = arguments.positional;
    return Value::of(made);
}

namespace {

bool is_abstract(Vm& vm, Value value) {
    if (const Property* property = as_property(value)) value = property->getter;
    if (const Object* wrapped = object_of(value, ObjectKind::ClassMethod)) {
        value = static_cast<const ClassMethod*>(wrapped)->function;
    } else if (const Object* plain = object_of(value, ObjectKind::StaticMethod)) {
        value = static_cast<const StaticMethod*>(plain)->function;
    }
    return as_function(value) && vm.find_attribute(value, "__isabstractmethod__").is_true();
}

// abc: object.__new__ refuses classes with abstract methods, if ABCMeta made them.
bool can_be_instantiated(Vm& vm, Class& cls) {
    if (cls.abstractness == 0) {
        bool of_abc = cls.metaclass && cls.metaclass->name == "ABCMeta";
        for (const Class* each : cls.mro) of_abc |= each->name == "ABC" && each->module == "abc";
        cls.abstractness = of_abc ? 2 : 1;
    }
    if (cls.abstractness == 1) return true;
    std::vector<std::string> open;
    for (const Class* each : cls.mro) {
        for (const Namespace::Entry& entry : each->attributes.entries()) {
            const Value found =
                is_abstract(vm, entry.value) ? find_in_mro(vm, cls, entry.name) : Value();
            if (!found || !is_abstract(vm, found)) continue;
            const std::string name = cat("'", entry.name, "'");
            if (std::find(open.begin(), open.end(), name) == open.end()) open.push_back(name);
        }
    }
    if (open.empty()) {
        cls.abstractness = 1;
        return true;
    }
    std::sort(open.begin(), open.end());
    vm.raise(vm.types().type_error, cat("Can't instantiate abstract class ", cls.name,
                                        " without an implementation for abstract method",
                                        open.size() == 1 ? " " : "s ", join(open, ", ")));
    return false;
}

}  // namespace

Called construct(Vm& vm, Class& cls, Arguments& arguments, bool native_caller, Value& result) {
    const Builtins& types = vm.types();
    Value made;
    if (cls.user_code && !can_be_instantiated(vm, cls)) return Called::Failed;
    Class* owner = nullptr;
    const Value maker = find_in_mro(vm, cls, "__new__", &owner);
    const StaticMethod* wrapped =
        static_cast<const StaticMethod*>(object_of(maker, ObjectKind::StaticMethod));
    const bool own_new = as_function(wrapped ? wrapped->function : maker) != nullptr;
    if (own_new) {
        Arguments for_new = arguments;
        for_new.self = Value::of(&cls);
        made = vm.call(wrapped ? wrapped->function : maker, std::move(for_new));
        if (made.is_null()) return Called::Failed;
        if (!vm.class_of(made)->derives_from(&cls)) {
            result = made;
            return Called::Done;
        }
    } else {
        if (cls.hooks) {
            result = cls.hooks->construct(vm, cls, arguments);
            if (result) return Called::Done;
            if (vm.failed()) return Called::Failed;
        }
        made = allocate_instance(vm, cls, arguments);
    }
    const Value init = find_in_mro(vm, cls, "__init__", &owner);
    if (init.is_null() || owner == types.object) {
        const bool any = !arguments.positional.empty() || !arguments.keywords.empty();
        if (any && !own_new && !cls.is_exception && !cls.derives_from(types.unknown)) {
            vm.raise(types.type_error, cat(cls.name, "() takes no arguments"));
            return Called::Failed;
        }
        result = made;
        return Called::Done;
    }
    arguments.self = made;
    if (Function* function = native_caller ? nullptr : as_function(init)) {
        return call_function(vm, *function, arguments, Entry::Init, result, made);
    }
    const Value done = vm.call(init, std::move(arguments));
    if (done.is_null()) return Called::Failed;
    if (!done.is_none() && as_function(init)) {
        vm.raise(types.type_error,
                 cat("__init__() should return None, not '", type_name(vm, done), "'"));
        return Called::Failed;
    }
    result = made;
    return Called::Done;
}

Value construct_plain(Vm& vm, Class& cls, Arguments& arguments) {
    const ClassHooks* hooks = cls.hooks;
    cls.hooks = nullptr;
    Value result;
    construct(vm, cls, arguments, true, result);
    cls.hooks = hooks;
    return result;
}

bool run_user_init(Vm& vm, const Value& object, const Class* builtin, Arguments& arguments) {
    Class* owner = nullptr;
    const Value init = find_in_mro(vm, *vm.class_of(object), "__init__", &owner);
    if (init.is_null() || !owner || owner == builtin || !as_function(init)) return true;
    arguments.self = object;
    return static_cast<bool>(vm.call(init, arguments));
}

Called begin_call(Vm& vm, const Value& callable, Arguments& arguments, bool native_caller,
                  Value& result) {
    const Entry entry = native_caller ? Entry::Native : Entry::Call;
    if (vm.stopped()) return Called::Failed;
    // A callable may lead to another one without end: `A.__call__ = A()`.
    int& nesting = Interpreter::internals(vm).call_nesting;
    struct Nested {
        int& count;
        explicit Nested(int& n) : count(++n) {}
        ~Nested() { --count; }
        Nested(const Nested&) = delete;
        Nested& operator=(const Nested&) = delete;
    } const nested(nesting);
    if (nesting > limits::kCallNestingMax) {
        vm.raise(vm.types().recursion_error, "maximum recursion depth exceeded");
        return Called::Failed;
    }
    if (!callable.is_object()) {
        vm.raise(vm.types().type_error,
                 cat("'", type_name(vm, callable), "' object is not callable"));
        return Called::Failed;
    }
    switch (callable.object->kind) {
        case ObjectKind::Function:
            return call_function(vm, *as_function(callable), arguments, entry, result);
        case ObjectKind::Native:
            return call_native(vm, *as_native(callable), arguments, result);
        case ObjectKind::BoundMethod: {
            const BoundMethod& method = *as_bound_method(callable);
            if (arguments.self) {
                arguments.positional.insert(arguments.positional.begin(), arguments.self);
            }
            arguments.self = method.self;
            return begin_call(vm, method.function, arguments, native_caller, result);
        }
        case ObjectKind::StaticMethod:
            return begin_call(vm, static_cast<StaticMethod*>(callable.object)->function, arguments,
                              native_caller, result);
        case ObjectKind::Class:
            if (arguments.self) {  // a class as a method of a class
                arguments.positional.insert(arguments.positional.begin(), arguments.self);
                arguments.self = Value();
            }
            return call_class(vm, *as_class(callable), arguments, native_caller, result);
        case ObjectKind::Unknown: {
            const Value argument = arguments.positional.empty() ? Value() : arguments.positional[0];
            const Unknown& called = *as_unknown(callable);
            result = derived_unknown(vm, cat(called.label, "()"), callable, argument);
            // answer.get("key"): the attribute kept that it is of an answer.
            if (called.answer && as_str(argument) && called.label.ends_with(".get")) {
                answer_part(vm, callable, result, text_of(argument));
            }
            const bool at_end = called.label.ends_with(".endswith");
            if (at_end || called.label.ends_with(".startswith")) {
                narrowing_by_affix(result, argument, at_end);
            }
            return result ? Called::Done : Called::Failed;
        }
        case ObjectKind::Str:
        case ObjectKind::Bytes:
        case ObjectKind::List:
        case ObjectKind::Tuple:
        case ObjectKind::Dict:
        case ObjectKind::Set:
        case ObjectKind::Range:
        case ObjectKind::Slice:
        case ObjectKind::Property:
        case ObjectKind::ClassMethod:
        case ObjectKind::Module:
        case ObjectKind::Instance:
        case ObjectKind::Cell:
        case ObjectKind::Iterator:
        case ObjectKind::Generator:
        case ObjectKind::Awaitable:
        case ObjectKind::Task:
        case ObjectKind::Future:
        case ObjectKind::Super:
            break;
    }
    if (arguments.self) {
        arguments.positional.insert(arguments.positional.begin(), arguments.self);
        arguments.self = Value();
    }
    const Value method = special_method(vm, callable, "__call__");
    if (method) return begin_call(vm, method, arguments, native_caller, result);
    if (!vm.failed()) {
        vm.raise(vm.types().type_error,
                 cat("'", type_name(vm, callable), "' object is not callable"));
    }
    return Called::Failed;
}

// -- Vm
// ------------------------------------------------------------------------------------------------

Value Vm::call(const Value& callable, Arguments arguments) {
    if (internals_->stopped) return {};
    if (!internals_->error.is_null()) return {};
    if (!work(limits::kWorkPerStep)) return {};  // as much as the instruction that calls
    Interpreter::note_time(*this);
    Value result;
    switch (begin_call(*this, callable, arguments, true, result)) {
        case Called::Done:
            return result;
        case Called::Entered:
            return Interpreter::run(*this).value;
        case Called::Failed:
            break;
    }
    return {};
}

Value Vm::call(const Value& callable, std::initializer_list<Value> positional) {
    Arguments arguments;
    arguments.positional = positional;
    return call(callable, std::move(arguments));
}

Value Vm::call_method(const Value& self, std::string_view name,
                      std::initializer_list<Value> positional) {
    Arguments arguments;
    arguments.positional = positional;
    Value function;
    if (!load_method(*this, self, name, function, arguments.self)) return {};
    return call(function, std::move(arguments));
}

bool Vm::is_coroutine_function(const Value& value) const {
    if (const Function* function = as_function(value)) return function->code->is_coroutine;
    if (const BoundMethod* method = as_bound_method(value)) {
        return is_coroutine_function(method->function);
    }
    if (const Native* native = as_native(value)) {
        return native->attributes.find("_is_coroutine_marker") != nullptr;
    }
    if (const Instance* instance = as_instance(value)) {  // functools.partial
        const Value* inner = instance->attributes.find("func");
        return inner && instance->cls->name == "partial" && is_coroutine_function(*inner);
    }
    return false;
}

}  // namespace wh::program
