// The builtin exceptions of Python 3.13 and what they have beside args.
#include "program/objects/builtin_classes.h"

namespace wh::program {

namespace {

ExceptionInstance& error_of(const Arguments& arguments) {
    return *as_exception(arguments.self);
}

Value or_none(const Value& value) {
    return value ? value : Value::none();
}

// The n-th argument, unless an attribute of that name was set.
Value field(const Arguments& arguments, std::string_view name, std::size_t index,
            std::size_t at_least = 0) {
    const ExceptionInstance& error = error_of(arguments);
    if (const Value* set = error.attributes.find(name)) return *set;
    return error.args.size() > index && error.args.size() >= at_least ? error.args[index]
                                                                      : Value::none();
}
template <const char* kName>
Value set_field(Vm&, Arguments& arguments) {
    error_of(arguments).attributes.set(kName, argument(arguments, 0));
    return Value::none();
}

Value exception_init(Vm&, Arguments& arguments) {
    error_of(arguments).args = arguments.positional;
    return Value::none();
}

Value get_args(Vm& vm, Arguments& arguments) {
    return vm.tuple(error_of(arguments).args);
}
Value set_args(Vm& vm, Arguments& arguments) {
    std::vector<Value> items;
    if (!vm.collect(argument(arguments, 0), items)) return {};
    error_of(arguments).args = std::move(items);
    return Value::none();
}
Value get_cause(Vm&, Arguments& arguments) {
    return or_none(error_of(arguments).cause);
}
Value set_cause(Vm&, Arguments& arguments) {
    const Value to = argument(arguments, 0);
    error_of(arguments).cause = to.is_none() ? Value() : to;
    error_of(arguments).suppress_context = true;
    return Value::none();
}
Value get_context(Vm&, Arguments& arguments) {
    return or_none(error_of(arguments).context);
}
Value set_context(Vm&, Arguments& arguments) {
    const Value to = argument(arguments, 0);
    error_of(arguments).context = to.is_none() ? Value() : to;
    return Value::none();
}
Value get_suppress(Vm&, Arguments& arguments) {
    return Value::of(error_of(arguments).suppress_context);
}
Value set_suppress(Vm& vm, Arguments& arguments) {
    return vm.truth(argument(arguments, 0), error_of(arguments).suppress_context) ? Value::none()
                                                                                  : Value();
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
    if (!as_str(arguments.positional[0]) && !as_unknown(arguments.positional[0])) {
        return type_error(
            vm, cat("note must be a str, not '", type_name(vm, arguments.positional[0]), "'"));
    }
    Namespace& attributes = error_of(arguments).attributes;
    if (!attributes.find("__notes__")) attributes.set("__notes__", vm.list());
    if (List* notes = as_list(*attributes.find("__notes__"))) {
        notes->items.push_back(arguments.positional[0]);
    }
    return Value::none();
}

// -- OSError
// ---------------------------------------------------------------------------------------

constexpr char kErrno[] = "errno", kStrerror[] = "strerror", kFilename[] = "filename",
               kFilename2[] = "filename2", kValue[] = "value", kCode[] = "code", kMsg[] = "msg",
               kName[] = "name", kPath[] = "path", kObj[] = "obj";

Value get_errno(Vm&, Arguments& a) {
    return field(a, kErrno, 0, 2);
}
Value get_strerror(Vm&, Arguments& a) {
    return field(a, kStrerror, 1, 2);
}
Value get_filename(Vm&, Arguments& a) {
    return field(a, kFilename, 2);
}
Value get_filename2(Vm&, Arguments& a) {
    return field(a, kFilename2, 4);
}
Value get_value(Vm&, Arguments& a) {
    return field(a, kValue, 0);
}
Value get_msg(Vm&, Arguments& a) {
    return field(a, kMsg, 0);
}
Value get_name(Vm&, Arguments& a) {
    return field(a, kName, 99);
}
Value get_path(Vm&, Arguments& a) {
    return field(a, kPath, 99);
}
Value get_obj(Vm&, Arguments& a) {
    return field(a, kObj, 99);
}
Value get_code(Vm& vm, Arguments& arguments) {
    const ExceptionInstance& error = error_of(arguments);
    return error.args.size() > 1 && !error.attributes.find(kCode) ? vm.tuple(error.args)
                                                                  : field(arguments, kCode, 0);
}
Value get_encoding(Vm&, Arguments& a) {
    return field(a, "encoding", 0);
}
Value get_object(Vm&, Arguments& a) {
    return field(a, "object", 1);
}
Value get_start(Vm&, Arguments& a) {
    return field(a, "start", 2);
}
Value get_end(Vm&, Arguments& a) {
    return field(a, "end", 3);
}
Value get_reason(Vm&, Arguments& a) {
    return field(a, "reason", 4);
}

// OSError(errno, strerror[, filename]): the file's name is not among args.
void adjust_os_error(ExceptionInstance& error) {
    if (error.args.size() < 3 || error.args.size() > 5) return;
    error.attributes.set(kFilename, error.args[2]);
    if (error.args.size() == 5) error.attributes.set(kFilename2, error.args[4]);
    error.args.resize(2);
}

Value os_error_init(Vm& vm, Arguments& arguments) {
    exception_init(vm, arguments);
    adjust_os_error(error_of(arguments));
    return Value::none();
}

// Which class OSError(number, ...) makes (library reference, "OS exceptions"; numbers of Linux).
const char* class_for_errno(std::int64_t number) {
    switch (number) {
        case 1:
        case 13:
            return "PermissionError";
        case 2:
            return "FileNotFoundError";
        case 3:
            return "ProcessLookupError";
        case 4:
            return "InterruptedError";
        case 10:
            return "ChildProcessError";
        case 11:
            return "BlockingIOError";
        case 17:
            return "FileExistsError";
        case 20:
            return "NotADirectoryError";
        case 21:
            return "IsADirectoryError";
        case 32:
        case 108:
            return "BrokenPipeError";
        case 103:
            return "ConnectionAbortedError";
        case 104:
            return "ConnectionResetError";
        case 110:
            return "TimeoutError";
        case 111:
            return "ConnectionRefusedError";
        default:
            return nullptr;
    }
}

// -- groups
// ----------------------------------------------------------------------------------------

Value get_message(Vm&, Arguments& arguments) {
    return field(arguments, "message", 0);
}
Value get_exceptions(Vm& vm, Arguments& arguments) {
    return vm.tuple(error_of(arguments).group);
}

// A group of the same class with other members (derive); context, cause and notes go along.
Value derived(Vm& vm, const Value& group, const std::vector<Value>& members) {
    bool found = false;
    const Value own = call_special(vm, group, "derive", {vm.list(members)}, found);
    if (!own) return own;
    const ExceptionInstance& from = *as_exception(group);
    if (ExceptionInstance* to = as_exception(own)) {
        to->cause = from.cause;
        to->context = from.context;
        if (const Value* notes = from.attributes.find("__notes__")) {
            to->attributes.set("__notes__", *notes);
        }
    }
    return own;
}

Value group_derive(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "derive", 1, 1)) return {};
    return vm.call(Value::of(vm.types().base_exception_group),
                   {field(arguments, "message", 0), arguments.positional[0]});
}

bool matches(Vm& vm, const Value& error, const Value& condition, bool& out) {
    if (as_class(condition) || as_tuple(condition)) {
        return is_instance_of(vm, error, condition, out);
    }
    const Value answer = vm.call(condition, {error});
    return answer && vm.truth(answer, out);
}

// Null parts: nothing there. false: raised.
bool split_group(Vm& vm, const Value& error, const Value& condition, Value& match, Value& rest) {
    bool whole = false;
    if (!matches(vm, error, condition, whole)) return false;
    const ExceptionInstance& group = *as_exception(error);
    if (whole || group.group.empty()) {
        (whole ? match : rest) = error;
        return true;
    }
    std::vector<Value> in;
    std::vector<Value> out;
    for (const Value& member : std::vector<Value>(group.group)) {
        Value member_match;
        Value member_rest;
        if (!split_group(vm, member, condition, member_match, member_rest)) return false;
        if (member_match) in.push_back(member_match);
        if (member_rest) out.push_back(member_rest);
    }
    if (!in.empty() && !(match = derived(vm, error, in))) return false;
    return out.empty() || (rest = derived(vm, error, out));
}

Value group_split(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "split", 1, 1)) return {};
    Value match;
    Value rest;
    if (!split_group(vm, arguments.self, arguments.positional[0], match, rest)) return {};
    return vm.tuple({or_none(match), or_none(rest)});
}

Value group_subgroup(Vm& vm, Arguments& arguments) {
    const Value parts = group_split(vm, arguments);
    return parts ? as_tuple(parts)->items[0] : parts;
}

// -- construction
// ----------------------------------------------------------------------------------

class OsErrorHooks final : public ClassHooks {
  public:
    Value construct(Vm& vm, Class& cls, Arguments& arguments) const override {
        Class* made_class = &cls;
        if (&cls == vm.types().os_error && arguments.positional.size() >= 2 &&
            is_integral(arguments.positional[0])) {
            const char* const name = class_for_errno(int_of(arguments.positional[0]));
            if (name) made_class = as_class(builtin_object(vm, name));
        }
        const Value made = allocate_instance(vm, *made_class, arguments);
        if (!made) return {};
        adjust_os_error(*as_exception(made));
        return run_user_init(vm, made, vm.types().os_error, arguments) ? made : Value();
    }
};

class ImportErrorHooks final : public ClassHooks {
  public:
    Value construct(Vm& vm, Class& cls, Arguments& arguments) const override {
        Arguments plain = arguments;
        plain.keywords.clear();
        const Value made = allocate_instance(vm, cls, plain);
        if (!made) return {};
        for (const auto& [name, value] : arguments.keywords) {
            as_exception(made)->attributes.set(name, value);
        }
        return cls.user_code && !run_user_init(vm, made, vm.types().import_error, arguments)
                   ? Value()
                   : made;
    }
};

class GroupHooks final : public ClassHooks {
  public:
    Value construct(Vm& vm, Class& cls, Arguments& arguments) const override {
        if (arguments.positional.size() != 2) {
            return type_error(vm, cat("BaseExceptionGroup.__new__() takes exactly 2 arguments (",
                                      arguments.positional.size(), " given)"));
        }
        const std::vector<Value>* members = sequence_items(arguments.positional[1]);
        if (!members) return type_error(vm, "second argument (exceptions) must be a sequence");
        if (members->empty()) {
            return value_error(vm, "second argument (exceptions) must be a non-empty sequence");
        }
        bool all_exceptions = true;
        for (std::size_t i = 0; i < members->size(); ++i) {
            const ExceptionInstance* each = as_exception((*members)[i]);
            if (!each) {
                return value_error(vm, cat("Item ", i,
                                           " of second argument (exceptions) is not "
                                           "an exception"));
            }
            all_exceptions = all_exceptions && each->cls->derives_from(vm.types().exception);
        }
        if (cls.derives_from(vm.types().exception) && !all_exceptions) {
            return type_error(vm, "Cannot nest BaseExceptions in an ExceptionGroup");
        }
        Class* made_class = &cls == vm.types().base_exception_group && all_exceptions
                                ? vm.types().exception_group
                                : &cls;
        const Value made = allocate_instance(vm, *made_class, arguments);
        if (!made) return {};
        as_exception(made)->group = *members;
        return run_user_init(vm, made, vm.types().base_exception_group, arguments) ? made : Value();
    }
};

constexpr MethodEntry::Kind kGetter = MethodEntry::Getter;

}  // namespace

const MethodEntry kExceptionMethods[] = {
    {"__init__", &exception_init},
    {"__new__", &new_exception, MethodEntry::Static},
    {"args", &get_args, kGetter, &set_args},
    {"__cause__", &get_cause, kGetter, &set_cause},
    {"__context__", &get_context, kGetter, &set_context},
    {"__suppress_context__", &get_suppress, kGetter, &set_suppress},
    {"__traceback__", &get_traceback, kGetter, &set_traceback},
    {"with_traceback", &with_traceback},
    {"add_note", &add_note},
    {nullptr, nullptr}};
const MethodEntry kOsErrorMethods[] = {
    {"__init__", &os_error_init},
    {"errno", &get_errno, kGetter, &set_field<kErrno>},
    {"strerror", &get_strerror, kGetter, &set_field<kStrerror>},
    {"filename", &get_filename, kGetter, &set_field<kFilename>},
    {"filename2", &get_filename2, kGetter, &set_field<kFilename2>},
    {nullptr, nullptr}};
const MethodEntry kStopIterationMethods[] = {{"value", &get_value, kGetter, &set_field<kValue>},
                                             {nullptr, nullptr}};
const MethodEntry kSystemExitMethods[] = {{"code", &get_code, kGetter, &set_field<kCode>},
                                          {nullptr, nullptr}};
const MethodEntry kImportErrorMethods[] = {{"msg", &get_msg, kGetter, &set_field<kMsg>},
                                           {"name", &get_name, kGetter, &set_field<kName>},
                                           {"path", &get_path, kGetter, &set_field<kPath>},
                                           {nullptr, nullptr}};
const MethodEntry kNameErrorMethods[] = {{"name", &get_name, kGetter, &set_field<kName>},
                                         {"obj", &get_obj, kGetter, &set_field<kObj>},
                                         {nullptr, nullptr}};
const MethodEntry kUnicodeErrorMethods[] = {
    {"encoding", &get_encoding, kGetter}, {"object", &get_object, kGetter},
    {"start", &get_start, kGetter},       {"end", &get_end, kGetter},
    {"reason", &get_reason, kGetter},     {nullptr, nullptr}};
const MethodEntry kGroupMethods[] = {
    {"message", &get_message, kGetter}, {"exceptions", &get_exceptions, kGetter},
    {"derive", &group_derive},          {"split", &group_split},
    {"subgroup", &group_subgroup},      {nullptr, nullptr}};
const MethodEntry kNoMethods[] = {{nullptr, nullptr}};

Value new_exception(Vm& vm, Arguments& arguments) {
    return new_object(vm, arguments);
}

const ClassHooks* exception_hooks(std::string_view name) {
    static const OsErrorHooks os_error;
    static const ImportErrorHooks import_error;
    static const GroupHooks group;
    if (name == "OSError") return &os_error;
    if (name == "ImportError") return &import_error;
    if (name == "BaseExceptionGroup") return &group;
    return nullptr;
}

using B = Builtins;
// In an order in which bases come first.
const ClassRow kExceptionRows[] = {
    {"BaseException", "object", &B::base_exception, kExceptionMethods},
    {"Exception", "BaseException", &B::exception},
    {"GeneratorExit", "BaseException", &B::generator_exit},
    {"KeyboardInterrupt", "BaseException", &B::keyboard_interrupt},
    {"SystemExit", "BaseException", &B::system_exit, kSystemExitMethods},
    {"BaseExceptionGroup", "BaseException", &B::base_exception_group, kGroupMethods},
    {"ExceptionGroup", "BaseExceptionGroup", &B::exception_group, nullptr, "Exception"},
    {"ArithmeticError", "Exception"},
    {"FloatingPointError", "ArithmeticError"},
    {"OverflowError", "ArithmeticError"},
    {"ZeroDivisionError", "ArithmeticError", &B::zero_division_error},
    {"AssertionError", "Exception", &B::assertion_error},
    {"AttributeError", "Exception", &B::attribute_error, kNameErrorMethods},
    {"BufferError", "Exception"},
    {"EOFError", "Exception"},
    {"ImportError", "Exception", &B::import_error, kImportErrorMethods},
    {"ModuleNotFoundError", "ImportError", &B::module_not_found_error},
    {"LookupError", "Exception"},
    {"IndexError", "LookupError", &B::index_error},
    {"KeyError", "LookupError", &B::key_error},
    {"MemoryError", "Exception"},
    {"NameError", "Exception", &B::name_error, kNameErrorMethods},
    {"UnboundLocalError", "NameError"},
    {"OSError", "Exception", &B::os_error, kOsErrorMethods},
    {"BlockingIOError", "OSError"},
    {"ChildProcessError", "OSError"},
    {"ConnectionError", "OSError", &B::connection_error},
    {"BrokenPipeError", "ConnectionError"},
    {"ConnectionAbortedError", "ConnectionError"},
    {"ConnectionRefusedError", "ConnectionError", &B::connection_refused_error},
    {"ConnectionResetError", "ConnectionError", &B::connection_reset_error},
    {"FileExistsError", "OSError"},
    {"FileNotFoundError", "OSError", &B::file_not_found_error},
    {"InterruptedError", "OSError"},
    {"IsADirectoryError", "OSError"},
    {"NotADirectoryError", "OSError"},
    {"PermissionError", "OSError"},
    {"ProcessLookupError", "OSError"},
    {"TimeoutError", "OSError", &B::timeout_error},
    {"ReferenceError", "Exception"},
    {"RuntimeError", "Exception", &B::runtime_error},
    {"NotImplementedError", "RuntimeError", &B::not_implemented_error},
    {"PythonFinalizationError", "RuntimeError"},
    {"RecursionError", "RuntimeError", &B::recursion_error},
    {"StopAsyncIteration", "Exception", &B::stop_async_iteration},
    {"StopIteration", "Exception", &B::stop_iteration, kStopIterationMethods},
    {"SyntaxError", "Exception", nullptr, kImportErrorMethods},
    {"IndentationError", "SyntaxError"},
    {"TabError", "IndentationError"},
    {"SystemError", "Exception"},
    {"TypeError", "Exception", &B::type_error},
    {"ValueError", "Exception", &B::value_error},
    {"UnicodeError", "ValueError", &B::unicode_error},
    {"UnicodeDecodeError", "UnicodeError", nullptr, kUnicodeErrorMethods},
    {"UnicodeEncodeError", "UnicodeError", nullptr, kUnicodeErrorMethods},
    {"UnicodeTranslateError", "UnicodeError", nullptr, kUnicodeErrorMethods},
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
    {nullptr, nullptr},
};

}  // namespace wh::program
