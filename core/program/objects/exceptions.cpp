// The builtin exceptions of Python 3.13 ("Built-in Exceptions" of the library reference):
// hierarchy, attributes and texts.
#include "program/objects/exceptions.h"

#include <algorithm>

#include "program/objects/support.h"

namespace wh::program {

namespace {

ExceptionInstance* self_of(const Arguments& arguments) {
    return as_exception(arguments.self);
}

bool no_keywords(Vm& vm, const Arguments& arguments) {
    if (arguments.keywords.empty()) return true;
    type_error(vm, cat(type_name(vm, arguments.self), "() takes no keyword arguments"));
    return false;
}

Value init(Vm& vm, Arguments& arguments) {
    ExceptionInstance* self = self_of(arguments);
    if (!self) return type_error(vm, "an exception is required");
    // A user's class may have taken keywords in its own __init__; its base takes none.
    if (!no_keywords(vm, arguments)) return {};
    self->args = arguments.positional;
    return Value::none();
}

Value text(Vm& vm, Arguments& arguments) {
    const ExceptionInstance* self = self_of(arguments);
    if (self->args.empty()) return vm.str("");
    if (self->args.size() == 1) return vm.str_of(self->args.front());
    std::string out;
    if (!vm.repr(vm.tuple(self->args), out)) return {};
    return vm.str(std::move(out));
}

Value representation(Vm& vm, Arguments& arguments) {
    const ExceptionInstance* self = self_of(arguments);
    std::string out = cat(self->cls->name, "(");
    for (std::size_t i = 0; i < self->args.size(); ++i) {
        std::string one;
        if (!vm.repr(self->args[i], one)) return {};
        out += cat(i ? ", " : "", one);
    }
    return vm.str(out + ")");
}

Value get_args(Vm& vm, Arguments& arguments) {
    return vm.tuple(self_of(arguments)->args);
}
Value set_args(Vm& vm, Arguments& arguments) {
    std::vector<Value> items;
    if (!vm.collect(argument(arguments, 0), items)) return {};
    self_of(arguments)->args = std::move(items);
    return Value::none();
}

Value or_none(const Value& value) {
    return value ? value : Value::none();
}
Value get_cause(Vm&, Arguments& arguments) {
    return or_none(self_of(arguments)->cause);
}
Value set_cause(Vm&, Arguments& arguments) {
    const Value given = argument(arguments, 0);
    self_of(arguments)->cause = given.is_none() ? Value() : given;
    self_of(arguments)->suppress_context = true;
    return Value::none();
}
Value get_context(Vm&, Arguments& arguments) {
    return or_none(self_of(arguments)->context);
}
Value set_context(Vm&, Arguments& arguments) {
    const Value given = argument(arguments, 0);
    self_of(arguments)->context = given.is_none() ? Value() : given;
    return Value::none();
}
Value get_suppress(Vm&, Arguments& arguments) {
    return Value::of(self_of(arguments)->suppress_context);
}
Value set_suppress(Vm& vm, Arguments& arguments) {
    bool on = false;
    if (!vm.truth(argument(arguments, 0), on)) return {};
    self_of(arguments)->suppress_context = on;
    return Value::none();
}
Value get_traceback(Vm&, Arguments&) {
    return Value::none();
}
Value set_traceback(Vm&, Arguments&) {
    return Value::none();
}
Value with_traceback(Vm&, Arguments& arguments) {
    return arguments.self;
}

Value add_note(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "add_note", 1, 1)) return {};
    Namespace& attributes = self_of(arguments)->attributes;
    if (!attributes.find("__notes__")) attributes.set("__notes__", vm.list());
    if (List* notes = as_list(*attributes.find("__notes__"))) {
        notes->items.push_back(argument(arguments, 0));
    }
    return Value::none();
}

Value key_error_text(Vm& vm, Arguments& arguments) {
    const ExceptionInstance* self = self_of(arguments);
    if (self->args.size() != 1) return text(vm, arguments);
    std::string out;
    if (!vm.repr(self->args.front(), out)) return {};
    return vm.str(std::move(out));
}

// -- OSError: (errno, strerror[, filename[, winerror[, filename2]]])
// ---------------------------------

struct ErrnoClass {
    int number;
    Class* Builtins::*cls;
    const char* name;  // of classes that Builtins has no member for
};
constexpr ErrnoClass kErrnoClasses[] = {
    {2, &Builtins::file_not_found_error, nullptr},
    {1, nullptr, "PermissionError"},
    {13, nullptr, "PermissionError"},
    {17, nullptr, "FileExistsError"},
    {20, nullptr, "NotADirectoryError"},
    {21, nullptr, "IsADirectoryError"},
    {32, nullptr, "BrokenPipeError"},
    {103, nullptr, "ConnectionAbortedError"},
    {104, &Builtins::connection_reset_error, nullptr},
    {110, &Builtins::timeout_error, nullptr},
    {111, &Builtins::connection_refused_error, nullptr},
    {11, nullptr, "BlockingIOError"},
    {4, nullptr, "InterruptedError"},
    {10, nullptr, "ChildProcessError"},
    {3, nullptr, "ProcessLookupError"},
};

Value os_error_init(Vm& vm, Arguments& arguments) {
    ExceptionInstance* self = self_of(arguments);
    if (!no_keywords(vm, arguments)) return {};
    self->args = arguments.positional;
    const std::size_t count = self->args.size();
    if (count < 2 || count > 5) return Value::none();
    self->attributes.set("errno", self->args[0]);
    self->attributes.set("strerror", self->args[1]);
    if (count >= 3) self->attributes.set("filename", self->args[2]);
    if (count == 5) self->attributes.set("filename2", self->args[4]);
    // The file names are no part of args (but of the text).
    if (count > 2) self->args.resize(2);
    if (self->cls == vm.types().os_error && self->args[0].is_int()) {
        for (const ErrnoClass& row : kErrnoClasses) {
            if (row.number != self->args[0].integer) continue;
            Class* cls = row.cls ? vm.types().*row.cls : as_class(builtin_object(vm, row.name));
            if (cls) self->cls = cls;
            break;
        }
    }
    return Value::none();
}

Value attribute_or_none(const ExceptionInstance& self, std::string_view name) {
    const Value* found = self.attributes.find(name);
    return found ? *found : Value::none();
}

Value os_error_text(Vm& vm, Arguments& arguments) {
    const ExceptionInstance* self = self_of(arguments);
    const Value number = attribute_or_none(*self, "errno");
    const Value what = attribute_or_none(*self, "strerror");
    if (number.is_none() && what.is_none()) return text(vm, arguments);
    std::string a, b, c;
    if (!vm.to_str(number, a) || !vm.to_str(what, b)) return {};
    std::string out = cat("[Errno ", a, "] ", b);
    const Value file = attribute_or_none(*self, "filename");
    if (!file.is_none()) {
        if (!vm.repr(file, c)) return {};
        out += cat(": ", c);
        const Value other = attribute_or_none(*self, "filename2");
        if (!other.is_none()) {
            std::string d;
            if (!vm.repr(other, d)) return {};
            out += cat(" -> ", d);
        }
    }
    return vm.str(std::move(out));
}

template <int kIndex>
Value os_error_get(Vm&, Arguments& arguments) {
    constexpr const char* kNames[] = {"errno", "strerror", "filename", "filename2"};
    return attribute_or_none(*self_of(arguments), kNames[kIndex]);
}
template <int kIndex>
Value os_error_set(Vm&, Arguments& arguments) {
    constexpr const char* kNames[] = {"errno", "strerror", "filename", "filename2"};
    self_of(arguments)->attributes.set(kNames[kIndex], argument(arguments, 0));
    return Value::none();
}

// -- small ones
// ----------------------------------------------------------------------------------------

Value stop_value(Vm&, Arguments& arguments) {
    const ExceptionInstance* self = self_of(arguments);
    if (const Value* own = self->attributes.find("value")) return *own;
    return self->args.empty() ? Value::none() : self->args.front();
}
Value exit_code(Vm& vm, Arguments& arguments) {
    const ExceptionInstance* self = self_of(arguments);
    if (self->args.empty()) return Value::none();
    return self->args.size() == 1 ? self->args.front() : vm.tuple(self->args);
}

// ImportError(msg, *, name=, path=), NameError(msg, *, name=), AttributeError(msg, *, name=, obj=).
Value named_init(Vm&, Arguments& arguments) {
    ExceptionInstance* self = self_of(arguments);
    self->args = arguments.positional;
    for (const auto& [name, value] : arguments.keywords) self->attributes.set(name, value);
    return Value::none();
}
template <int kIndex>
Value named_get(Vm&, Arguments& arguments) {
    constexpr const char* kNames[] = {"name", "path", "obj"};
    return attribute_or_none(*self_of(arguments), kNames[kIndex]);
}
Value import_message(Vm&, Arguments& arguments) {
    const ExceptionInstance* self = self_of(arguments);
    return self->args.size() == 1 ? self->args.front() : Value::none();
}

// UnicodeDecodeError(encoding, object, start, end, reason)
template <int kIndex>
Value unicode_get(Vm&, Arguments& arguments) {
    const ExceptionInstance* self = self_of(arguments);
    return self->args.size() == 5 ? self->args[kIndex] : Value::none();
}
Value unicode_text(Vm& vm, Arguments& arguments) {
    const ExceptionInstance* self = self_of(arguments);
    if (self->args.size() != 5 || !self->args[2].is_int() || !self->args[3].is_int()) {
        return text(vm, arguments);
    }
    const std::int64_t start = self->args[2].integer;
    const std::int64_t end = self->args[3].integer;
    std::string encoding, reason;
    if (!vm.to_str(self->args[0], encoding) || !vm.to_str(self->args[4], reason)) return {};
    const Bytes* bytes = as_bytes(self->args[1]);
    if (end != start + 1) {
        return vm.str(cat("'", encoding,
                          bytes ? "' codec can't decode bytes in position "
                                : "' codec can't encode characters in position ",
                          start, "-", end - 1, ": ", reason));
    }
    if (bytes) {
        const auto at = static_cast<std::size_t>(start);
        const std::string byte = at < bytes->data.size() ? hex(bytes->data.substr(at, 1)) : "00";
        return vm.str(cat("'", encoding, "' codec can't decode byte 0x", byte, " in position ",
                          start, ": ", reason));
    }
    std::string what = "?";
    if (const Str* given = as_str(self->args[1])) {
        std::size_t offset = offset_of(*given, static_cast<std::size_t>(start));
        if (offset < given->text.size()) {
            const char32_t point = code_point_at(given->text, offset);
            constexpr char kDigits[] = "0123456789abcdef";
            const int width = point < 0x100 ? 2 : point < 0x10000 ? 4 : 8;
            what = width == 2 ? "\\x" : width == 4 ? "\\u" : "\\U";
            for (int i = width - 1; i >= 0; --i) what += kDigits[point >> (4 * i) & 15U];
        }
    }
    return vm.str(cat("'", encoding, "' codec can't encode character '", what, "' in position ",
                      start, ": ", reason));
}

// -- groups (PEP 654)
// ----------------------------------------------------------------------------------

Value group_init(Vm& vm, Arguments& arguments) {
    ExceptionInstance* self = self_of(arguments);
    if (!take(vm, arguments, self->cls->name, 2, 2)) return {};
    if (!as_str(argument(arguments, 0))) {
        return type_error(
            vm, cat("argument 1 must be str, not ", type_name(vm, argument(arguments, 0))));
    }
    std::vector<Value> members;
    if (!sequence_items(argument(arguments, 1))) {
        return type_error(vm, "second argument (exceptions) must be a sequence");
    }
    if (!vm.collect(argument(arguments, 1), members)) return {};
    if (members.empty()) {
        return value_error(vm, "second argument (exceptions) must be a non-empty sequence");
    }
    bool plain = true;
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (!as_exception(members[i])) {
            return value_error(
                vm, cat("Item ", i, " of second argument (exceptions) is not an exception"));
        }
        plain = plain && vm.is_instance(members[i], vm.types().exception);
    }
    if (plain && self->cls == vm.types().base_exception_group) {
        self->cls = vm.types().exception_group;
    }
    if (!plain && self->cls->derives_from(vm.types().exception)) {
        return type_error(vm, "Cannot nest BaseExceptions in an ExceptionGroup");
    }
    self->args = arguments.positional;
    self->group = std::move(members);
    return Value::none();
}

Value group_message(Vm& vm, Arguments& arguments) {
    const ExceptionInstance* self = self_of(arguments);
    return self->args.empty() ? vm.str("") : self->args.front();
}
Value group_members(Vm& vm, Arguments& arguments) {
    return vm.tuple(self_of(arguments)->group);
}

Value group_text(Vm& vm, Arguments& arguments) {
    const ExceptionInstance* self = self_of(arguments);
    const std::size_t count = self->group.size();
    return vm.str(cat(text_of(group_message(vm, arguments)), " (", count, " sub-exception",
                      count == 1 ? "" : "s", ")"));
}

Value derive_like(Vm& vm, const Value& group, std::vector<Value> members) {
    const ExceptionInstance* old = as_exception(group);
    const Value list = vm.list(std::move(members));
    const Value made = vm.call_method(group, "derive", {list});
    ExceptionInstance* fresh = as_exception(made);
    if (!fresh) return made;
    fresh->cause = old->cause;
    fresh->context = old->context;
    fresh->suppress_context = old->suppress_context;
    return made;
}

Value group_derive(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "derive", 1, 1)) return {};
    const Value message = group_message(vm, arguments);
    return vm.call(Value::of(vm.types().base_exception_group), {message, argument(arguments, 0)});
}

// Does the condition (a class, a tuple of classes, or a callable) hold for this exception?
bool fits(Vm& vm, const Value& condition, const Value& exception, bool& out) {
    if (as_class(condition) || as_tuple(condition)) {
        return is_instance_of(vm, exception, condition, out);
    }
    const Value answer = vm.call(condition, {exception});
    return answer && vm.truth(answer, out);
}

bool split_group(Vm& vm, const Value& group, const Value& condition, Value& match, Value& rest) {
    bool whole = false;
    if (!fits(vm, condition, group, whole)) return false;
    match = rest = Value::none();
    if (whole) {
        match = group;
        return true;
    }
    std::vector<Value> matching, others;
    for (const Value& each : std::vector<Value>(as_exception(group)->group)) {
        if (vm.is_instance(each, vm.types().base_exception_group)) {
            Value part, left;
            if (!split_group(vm, each, condition, part, left)) return false;
            if (!part.is_none()) matching.push_back(part);
            if (!left.is_none()) others.push_back(left);
            continue;
        }
        bool good = false;
        if (!fits(vm, condition, each, good)) return false;
        (good ? matching : others).push_back(each);
    }
    if (!matching.empty()) match = derive_like(vm, group, std::move(matching));
    if (match && !others.empty()) rest = derive_like(vm, group, std::move(others));
    return match && rest;
}

Value group_split(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "split", 1, 1)) return {};
    Value match, rest;
    if (!split_group(vm, arguments.self, argument(arguments, 0), match, rest)) return {};
    return vm.tuple({match, rest});
}
Value group_subgroup(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "subgroup", 1, 1)) return {};
    Value match, rest;
    if (!split_group(vm, arguments.self, argument(arguments, 0), match, rest)) return {};
    return match;
}

}  // namespace

const MethodEntry kExceptionMethods[] = {
    {"__init__", &init},
    {"__str__", &text},
    {"__repr__", &representation},
    {"with_traceback", &with_traceback},
    {"add_note", &add_note},
    {"args", &get_args, MethodEntry::Getter, &set_args},
    {"__cause__", &get_cause, MethodEntry::Getter, &set_cause},
    {"__context__", &get_context, MethodEntry::Getter, &set_context},
    {"__suppress_context__", &get_suppress, MethodEntry::Getter, &set_suppress},
    {"__traceback__", &get_traceback, MethodEntry::Getter, &set_traceback},
    {nullptr, nullptr},
};
static const MethodEntry kKeyErrorMethods[] = {{"__str__", &key_error_text}, {nullptr, nullptr}};
const MethodEntry kOsErrorMethods[] = {
    {"__init__", &os_error_init},
    {"__str__", &os_error_text},
    {"errno", &os_error_get<0>, MethodEntry::Getter, &os_error_set<0>},
    {"strerror", &os_error_get<1>, MethodEntry::Getter, &os_error_set<1>},
    {"filename", &os_error_get<2>, MethodEntry::Getter, &os_error_set<2>},
    {"filename2", &os_error_get<3>, MethodEntry::Getter, &os_error_set<3>},
    {nullptr, nullptr},
};
const MethodEntry kStopIterationMethods[] = {{"value", &stop_value, MethodEntry::Getter},
                                             {nullptr, nullptr}};
const MethodEntry kSystemExitMethods[] = {{"code", &exit_code, MethodEntry::Getter},
                                          {nullptr, nullptr}};
const MethodEntry kImportErrorMethods[] = {
    {"__init__", &named_init},
    {"msg", &import_message, MethodEntry::Getter},
    {"name", &named_get<0>, MethodEntry::Getter},
    {"path", &named_get<1>, MethodEntry::Getter},
    {nullptr, nullptr},
};
const MethodEntry kNameErrorMethods[] = {
    {"__init__", &named_init},
    {"name", &named_get<0>, MethodEntry::Getter},
    {"obj", &named_get<2>, MethodEntry::Getter},
    {nullptr, nullptr},
};
const MethodEntry kUnicodeErrorMethods[] = {
    {"__str__", &unicode_text},
    {"encoding", &unicode_get<0>, MethodEntry::Getter},
    {"object", &unicode_get<1>, MethodEntry::Getter},
    {"start", &unicode_get<2>, MethodEntry::Getter},
    {"end", &unicode_get<3>, MethodEntry::Getter},
    {"reason", &unicode_get<4>, MethodEntry::Getter},
    {nullptr, nullptr},
};
const MethodEntry kGroupMethods[] = {
    {"__init__", &group_init},
    {"__str__", &group_text},
    {"message", &group_message, MethodEntry::Getter},
    {"exceptions", &group_members, MethodEntry::Getter},
    {"derive", &group_derive},
    {"split", &group_split},
    {"subgroup", &group_subgroup},
    {nullptr, nullptr},
};

// -- the hierarchy
// -------------------------------------------------------------------------------------

namespace {

struct Row {
    const char* name;
    const char* base;
    Class* Builtins::*member = nullptr;
    const MethodEntry* methods = nullptr;
};

constexpr Row kHierarchy[] = {
    {"BaseException", "object", &Builtins::base_exception, kExceptionMethods},
    {"BaseExceptionGroup", "BaseException", &Builtins::base_exception_group, kGroupMethods},
    {"GeneratorExit", "BaseException", &Builtins::generator_exit},
    {"KeyboardInterrupt", "BaseException", &Builtins::keyboard_interrupt},
    {"SystemExit", "BaseException", &Builtins::system_exit, kSystemExitMethods},
    {"Exception", "BaseException", &Builtins::exception},
    {"ArithmeticError", "Exception"},
    {"FloatingPointError", "ArithmeticError"},
    {"OverflowError", "ArithmeticError"},
    {"ZeroDivisionError", "ArithmeticError", &Builtins::zero_division_error},
    {"AssertionError", "Exception", &Builtins::assertion_error},
    {"AttributeError", "Exception", &Builtins::attribute_error, kNameErrorMethods},
    {"BufferError", "Exception"},
    {"EOFError", "Exception"},
    {"ImportError", "Exception", &Builtins::import_error, kImportErrorMethods},
    {"ModuleNotFoundError", "ImportError", &Builtins::module_not_found_error},
    {"LookupError", "Exception"},
    {"IndexError", "LookupError", &Builtins::index_error},
    {"KeyError", "LookupError", &Builtins::key_error, kKeyErrorMethods},
    {"MemoryError", "Exception"},
    {"NameError", "Exception", &Builtins::name_error, kNameErrorMethods},
    {"UnboundLocalError", "NameError"},
    {"OSError", "Exception", &Builtins::os_error, kOsErrorMethods},
    {"BlockingIOError", "OSError"},
    {"ChildProcessError", "OSError"},
    {"ConnectionError", "OSError", &Builtins::connection_error},
    {"BrokenPipeError", "ConnectionError"},
    {"ConnectionAbortedError", "ConnectionError"},
    {"ConnectionRefusedError", "ConnectionError", &Builtins::connection_refused_error},
    {"ConnectionResetError", "ConnectionError", &Builtins::connection_reset_error},
    {"FileExistsError", "OSError"},
    {"FileNotFoundError", "OSError", &Builtins::file_not_found_error},
    {"InterruptedError", "OSError"},
    {"IsADirectoryError", "OSError"},
    {"NotADirectoryError", "OSError"},
    {"PermissionError", "OSError"},
    {"ProcessLookupError", "OSError"},
    {"TimeoutError", "OSError", &Builtins::timeout_error},
    {"ReferenceError", "Exception"},
    {"RuntimeError", "Exception", &Builtins::runtime_error},
    {"NotImplementedError", "RuntimeError", &Builtins::not_implemented_error},
    {"PythonFinalizationError", "RuntimeError"},
    {"RecursionError", "RuntimeError", &Builtins::recursion_error},
    {"StopAsyncIteration", "Exception", &Builtins::stop_async_iteration},
    {"StopIteration", "Exception", &Builtins::stop_iteration, kStopIterationMethods},
    {"SyntaxError", "Exception"},
    {"IndentationError", "SyntaxError"},
    {"TabError", "IndentationError"},
    {"SystemError", "Exception"},
    {"TypeError", "Exception", &Builtins::type_error},
    {"ValueError", "Exception", &Builtins::value_error},
    {"UnicodeError", "ValueError", &Builtins::unicode_error},
    {"UnicodeDecodeError", "UnicodeError", nullptr, kUnicodeErrorMethods},
    {"UnicodeEncodeError", "UnicodeError", nullptr, kUnicodeErrorMethods},
    {"UnicodeTranslateError", "UnicodeError"},
    {"Warning", "Exception"},
    {"BytesWarning", "Warning"},
    {"DeprecationWarning", "Warning"},
    {"EncodingWarning", "Warning"},
    {"FutureWarning", "Warning"},
    {"ImportWarning", "Warning"},
    {"PendingDeprecationWarning", "Warning"},
    {"ResourceWarning", "Warning"},
    {"RuntimeWarning", "Warning"},
    {"SyntaxWarning", "Warning"},
    {"UnicodeWarning", "Warning"},
    {"UserWarning", "Warning"},
};

}  // namespace

void create_exception_classes(Vm& vm, Builtins& types, Module& builtins) {
    const auto named = [&](std::string_view name) {
        const Value* found = builtins.globals.find(name);
        return found ? as_class(*found) : types.object;
    };
    const auto make = [&](const char* name, std::vector<Class*> bases, const MethodEntry* methods) {
        Class* cls = vm.make_class(builtins, name, std::move(bases));
        cls->is_exception = true;
        cls->methods = methods;
        return cls;
    };
    for (const Row& row : kHierarchy) {
        Class* cls = make(row.name, {named(row.base)}, row.methods);
        if (row.member) types.*row.member = cls;
    }
    types.exception_group =
        make("ExceptionGroup", {types.base_exception_group, types.exception}, nullptr);
    // asyncio.CancelledError has no name in builtins.
    types.cancelled_error = make("CancelledError", {types.base_exception}, nullptr);
    types.cancelled_error->module = "asyncio.exceptions";
    builtins.globals.erase("CancelledError");
    builtins.globals.set("EnvironmentError", Value::of(types.os_error));
    builtins.globals.set("IOError", Value::of(types.os_error));
}

}  // namespace wh::program
