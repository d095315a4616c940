// Builtin functions about objects: attributes, classes, iteration, the running program.
#include <algorithm>

#include "program/objects/files.h"
#include "program/objects/support.h"

namespace wh::program {

// -- isinstance
// ------------------------------------------------------------------------------------

namespace {

enum class Answer { No, Yes, Open, Failed };

// `cls` is the class that is asked about; `subject` is the instance, or the class for issubclass.
Answer check(Vm& vm, const Value& subject, const Class* cls, const Value& info, bool instance) {
    if (const Tuple* tuple = as_tuple(info)) {
        const Deeper deeper(vm);
        if (!deeper.ok() || !vm.work(tuple->items.size())) return Answer::Failed;
        Answer best = Answer::No;
        for (const Value& each : tuple->items) {
            const Answer answer = check(vm, subject, cls, each, instance);
            if (answer == Answer::Yes || answer == Answer::Failed) return answer;
            if (answer == Answer::Open) best = answer;
        }
        return best;
    }
    if (as_unknown(info)) return Answer::Open;
    if (Class* wanted = as_class(info)) {
        if (wanted->metaclass) {
            bool found = false;
            const Value result = call_special(
                vm, info, instance ? "__instancecheck__" : "__subclasscheck__", {subject}, found);
            if (found) {
                bool truth = false;
                if (!result || !vm.truth(result, truth)) return Answer::Failed;
                return truth ? Answer::Yes : Answer::No;
            }
        }
        if (!cls) return Answer::Open;
        return cls->derives_from(wanted) ? Answer::Yes : Answer::No;
    }
    const TypeForm* form = type_form(info);
    if (form && form->kind == TypeForm::Kind::Union) {
        return check(vm, subject, cls, vm.tuple(form->args), instance);
    }
    if (form && form->kind == TypeForm::Kind::Special && as_class(form->origin)) {
        return check(vm, subject, cls, form->origin, instance);
    }
    if (form && form->kind == TypeForm::Kind::Generic) {
        type_error(vm, cat(instance ? "isinstance()" : "issubclass()",
                           " argument 2 cannot be a parameterized generic"));
        return Answer::Failed;
    }
    if (as_instance(info)) {  // an object with __instancecheck__
        bool found = false;
        const Value result = call_special(
            vm, info, instance ? "__instancecheck__" : "__subclasscheck__", {subject}, found);
        bool truth = false;
        if (found) {
            if (!result || !vm.truth(result, truth)) return Answer::Failed;
            return truth ? Answer::Yes : Answer::No;
        }
    }
    type_error(vm, instance ? "isinstance() arg 2 must be a type, a tuple of types, or a union"
                            : "issubclass() arg 2 must be a class, a tuple of classes, or a union");
    return Answer::Failed;
}

}  // namespace

bool is_instance_of(Vm& vm, const Value& value, const Value& info, bool& out) {
    Unknown* unknown = as_unknown(value);
    const Class* cls = unknown ? unknown->shape : vm.class_of(value);
    const Answer answer = check(vm, value, cls, info, true);
    out = answer == Answer::Yes;
    // What is known of an unknown value is the least: it may be of a class derived from it.
    const Class* wanted = as_class(info);
    const bool may_be = unknown && answer == Answer::No && wanted && wanted->derives_from(cls);
    if (answer != Answer::Open && !may_be) return answer != Answer::Failed;
    if (!vm.truth(
            unknown_bool(vm, cat("isinstance(", label_of(vm, value), ", ", label_of(vm, info), ")"),
                         value),
            out)) {
        return false;
    }
    if (out && unknown && as_class(info)) unknown->shape = as_class(info);
    return true;
}

bool is_subclass_of(Vm& vm, const Value& value, const Value& info, bool& out) {
    const Class* cls = as_class(value);
    if (!cls && !as_unknown(value)) {
        type_error(vm, "issubclass() arg 1 must be a class");
        return false;
    }
    const Answer answer = check(vm, value, cls, info, false);
    out = answer == Answer::Yes;
    if (answer != Answer::Open) return answer != Answer::Failed;
    return vm.truth(
        unknown_bool(vm, cat("issubclass(", label_of(vm, value), ", ", label_of(vm, info), ")"),
                     value),
        out);
}

bool Vm::is_callable(const Value& value) const {
    if (!value.is_object()) return false;
    switch (value.object->kind) {
        case ObjectKind::Function:
        case ObjectKind::BoundMethod:
        case ObjectKind::Native:
        case ObjectKind::StaticMethod:
        case ObjectKind::Class:
        case ObjectKind::Unknown:
            return true;
        case ObjectKind::Instance:
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
        case ObjectKind::Cell:
        case ObjectKind::Iterator:
        case ObjectKind::Generator:
        case ObjectKind::Awaitable:
        case ObjectKind::Task:
        case ObjectKind::Future:
        case ObjectKind::Super:
            break;
    }
    for (const Class* each : class_of(value)->mro) {
        if (each->attributes.find("__call__")) return true;
        for (const MethodEntry* entry = each->methods; entry && entry->name; ++entry) {
            if (std::string_view(entry->name) == "__call__") return true;
        }
    }
    return false;
}

bool Vm::is_awaitable(const Value& value) const {
    if (as_awaitable(value)) return true;
    if (const Generator* generator = as_generator(value)) {
        return generator->type == Generator::Type::Coroutine;
    }
    if (!value.is_object()) return false;
    if (as_future(value)) return true;
    if (!as_instance(value)) return false;
    for (const Class* each : value.object->cls->mro) {
        if (each->attributes.find("__await__")) return true;
    }
    return false;
}

namespace {

Value builtin_isinstance(Vm& vm, Arguments& arguments) {
    bool out = false;
    if (!take(vm, arguments, "isinstance", 2, 2) ||
        !is_instance_of(vm, arguments.positional[0], arguments.positional[1], out)) {
        return {};
    }
    return Value::of(out);
}

Value builtin_issubclass(Vm& vm, Arguments& arguments) {
    bool out = false;
    if (!take(vm, arguments, "issubclass", 2, 2) ||
        !is_subclass_of(vm, arguments.positional[0], arguments.positional[1], out)) {
        return {};
    }
    return Value::of(out);
}

// -- attributes
// ------------------------------------------------------------------------------------

bool attribute_name(Vm& vm, const Value& value) {
    if (as_str(value)) return true;
    type_error(vm, cat("attribute name must be string, not '", type_name(vm, value), "'"));
    return false;
}

Value builtin_getattr(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "getattr", 2, 3)) return {};
    const Value object = arguments.positional[0];
    const Value name = arguments.positional[1];
    if (not_fully_known(name)) {
        return derived_unknown(
            vm, cat("getattr(", label_of(vm, object), ", ", label_of(vm, name), ")"), object, name);
    }
    if (!attribute_name(vm, name)) return {};
    if (arguments.positional.size() < 3) return vm.get_attribute(object, text_of(name));
    const Value found = vm.find_attribute(object, text_of(name));
    return found || vm.failed() ? found : arguments.positional[2];
}

Value builtin_hasattr(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "hasattr", 2, 2) || !attribute_name(vm, arguments.positional[1])) {
        return {};
    }
    const Value object = arguments.positional[0];
    const std::string_view name = text_of(arguments.positional[1]);
    const Unknown* unknown = as_unknown(object);
    if (unknown && !unknown->shape) {
        return unknown_bool(vm, cat("hasattr(", unknown->label, ", '", name, "')"), object);
    }
    const Value found = vm.find_attribute(object, name);
    return vm.failed() ? Value() : Value::of(static_cast<bool>(found));
}

Value builtin_setattr(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "setattr", 3, 3)) return {};
    if (as_unknown(arguments.positional[1])) return Value::none();
    return attribute_name(vm, arguments.positional[1]) &&
                   vm.set_attribute(arguments.positional[0], text_of(arguments.positional[1]),
                                    arguments.positional[2])
               ? Value::none()
               : Value();
}

Value builtin_delattr(Vm& vm, Arguments& arguments) {
    return take(vm, arguments, "delattr", 2, 2) && attribute_name(vm, arguments.positional[1]) &&
                   vm.delete_attribute(arguments.positional[0], text_of(arguments.positional[1]))
               ? Value::none()
               : Value();
}

void add_names(const Namespace& names, std::vector<std::string>& out) {
    for (const Namespace::Entry& entry : names.entries()) out.push_back(entry.name);
}

Value builtin_dir(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "dir", 0, 1)) return {};
    std::vector<std::string> names;
    const Value object = argument(arguments, 0);
    if (!object) {
        const Value locals = current_locals(vm);
        if (const Dict* dict = as_dict(locals)) {
            for (const Table::Entry& entry : dict->entries) {
                if (entry.live) names.emplace_back(text_of(entry.key));
            }
        }
    } else {
        bool found = false;
        const Value own = call_special(vm, object, "__dir__", {}, found);
        if (found) return own ? vm.call(builtin_object(vm, "sorted"), {own}) : own;
        if (const Namespace* attributes = attributes_of(vm, object)) add_names(*attributes, names);
        const Class* cls = as_class(object) ? as_class(object) : vm.class_of(object);
        for (const Class* each : cls->mro) {
            if (as_module(object)) break;
            add_names(each->attributes, names);
            for (const MethodEntry* entry = each->methods; entry && entry->name; ++entry) {
                names.emplace_back(entry->name);
            }
        }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::vector<Value> out;
    for (std::string& name : names) out.push_back(vm.str(std::move(name)));
    return vm.list(std::move(out));
}

Value builtin_vars(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "vars", 0, 1)) return {};
    const Value object = argument(arguments, 0);
    if (!object) return current_locals(vm);
    const Value found = vm.find_attribute(object, "__dict__");
    if (found || vm.failed()) return found;
    return type_error(vm, "vars() argument must have __dict__ attribute");
}

Value builtin_callable(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "callable", 1, 1)) return {};
    return Value::of(vm.is_callable(arguments.positional[0]));
}

Value builtin_id(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "id", 1, 1)) return {};
    return Value::of(static_cast<std::int64_t>(identity_of(vm, arguments.positional[0])));
}

Value builtin_hash(Vm& vm, Arguments& arguments) {
    std::uint64_t hash = 0;
    if (!take(vm, arguments, "hash", 1, 1) || !vm.hash(arguments.positional[0], hash)) return {};
    const Value plain = unboxed(arguments.positional[0]);
    if (is_integral(plain)) return Value::of(int_of(plain) == -1 ? -2 : int_of(plain));
    return Value::of(static_cast<std::int64_t>(hash >> 3));
}

// -- iteration
// -------------------------------------------------------------------------------------

Value builtin_iter(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "iter", 1, 2)) return {};
    if (arguments.positional.size() == 1) return vm.iterate(arguments.positional[0]);
    if (!vm.is_callable(arguments.positional[0])) {
        return type_error(vm, "iter(v, w): v must be callable");
    }
    return iterate_until(vm, arguments.positional[0], arguments.positional[1]);
}

Value builtin_next(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "next", 1, 2)) return {};
    const Value iterator = arguments.positional[0];
    const Value item = vm.next(iterator);
    if (item || vm.failed()) return item;
    if (const Value otherwise = argument(arguments, 1)) return otherwise;
    std::vector<Value> args;  // what the generator returned
    const Generator* generator = as_generator(iterator);
    if (generator && generator->returned && !generator->returned.is_none()) {
        args.push_back(generator->returned);
    }
    return vm.raise(vm.make_exception(vm.types().stop_iteration, std::move(args)));
}

Value builtin_aiter(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "aiter", 1, 1)) return {};
    const Value object = arguments.positional[0];
    if (as_unknown(object)) return object;
    const Value method = special_method(vm, object, "__aiter__");
    if (method) return vm.call(method, {});
    if (vm.failed()) return {};
    return type_error(vm, cat("'", type_name(vm, object), "' object is not an async iterable"));
}

Value builtin_anext(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "anext", 1, 2)) return {};
    const Value object = arguments.positional[0];
    if (as_unknown(object)) return object;
    const Value method = special_method(vm, object, "__anext__");
    if (method && arguments.positional.size() == 2) {
        const Value asyncio = vm.import_module("asyncio");
        const Value step = vm.call(method, {});
        const Value guarded = asyncio && step ? vm.get_attribute(asyncio, "_anext_or") : Value();
        return guarded ? vm.call(guarded, {step, arguments.positional[1]}) : guarded;
    }
    if (method) return vm.call(method, {});
    if (vm.failed()) return {};
    return type_error(vm, cat("'", type_name(vm, object), "' object is not an async iterator"));
}

// What is being handled, for sys.exc_info() and its like.
Value builtin_handled(Vm& vm, Arguments&) {
    const Value handled = topmost_handled(vm);
    return handled ? handled : Value::none();
}

// For modules written in Python: says what they do not do.
Value builtin_not_modelled(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "_not_modelled", 1, 1)) return {};
    return vm.not_modelled(text_of(arguments.positional[0]));
}

// Type parameters (PEP 695), as the lowering writes them: T = _type_var("T"), _generic_base(T).
Value from_typing(Vm& vm, std::string_view name) {
    const Value typing = vm.import_module("typing");
    return typing ? vm.get_attribute(typing, name) : typing;
}
Value builtin_type_var(Vm& vm, Arguments& arguments) {
    const Value maker = from_typing(vm, "TypeVar");
    return maker ? vm.call(maker, std::move(arguments)) : maker;
}
Value builtin_param_spec(Vm& vm, Arguments& arguments) {
    const Value maker = from_typing(vm, "ParamSpec");
    return maker ? vm.call(maker, std::move(arguments)) : maker;
}
Value builtin_generic_base(Vm& vm, Arguments& arguments) {
    const Value generic = from_typing(vm, "Generic");
    return generic ? vm.get_item(generic, vm.tuple(arguments.positional)) : generic;
}

// -- the running program
// -----------------------------------------------------------------------------

Value builtin_globals(Vm& vm, Arguments&) {
    return current_globals(vm);
}
Value builtin_locals(Vm& vm, Arguments&) {
    return current_locals(vm);
}

Value builtin_print(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "print", "*args, sep?, end?, file?, flush?", bound)) return {};
    const auto or_default = [&](const char* name, std::string_view otherwise) {
        return bound.has_value(name) ? std::string(text_of(bound[name])) : std::string(otherwise);
    };
    const std::string separator = or_default("sep", " ");
    TextBuilder text;
    for (std::size_t i = 0; i < bound.rest().size(); ++i) {
        const Value shown = vm.str_of(bound.rest()[i]);
        if (!shown) return {};
        if (i > 0) text.add(separator);
        text.add(shown);
    }
    const std::string end = or_default("end", "\n");
    text.add(end);
    if (bound.has_value("file")) {
        return vm.call_method(bound["file"], "write", {text.str(vm)}) ? Value::none() : Value();
    }
    vm.print(text_of(text.str(vm)));
    return Value::none();
}

Value builtin_input(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "input", 0, 1)) return {};
    if (vm.checking()) {
        return vm.unknown(
            vm.origins().add(trust::OriginKind::CallerInput, arguments.span(), "input()"),
            "input()", vm.types().str);
    }
    return vm.raise(as_class(builtin_object(vm, "EOFError")), "EOF when reading a line");
}

Value builtin_open(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "open",
                        "file, mode?, buffering?, encoding?, errors?, newline?, closefd?, opener?",
                        bound)) {
        return {};
    }
    const Value mode = bound["mode"];
    return open_file(vm, bound["file"], mode ? text_of(mode) : "r", text_of(bound["encoding"]));
}

Value builtin_exec(Vm& vm, Arguments&) {
    return vm.not_modelled("exec()");
}
Value builtin_eval(Vm& vm, Arguments&) {
    return vm.not_modelled("eval()");
}
Value builtin_compile(Vm& vm, Arguments&) {
    return vm.not_modelled("compile()");
}
Value builtin_breakpoint(Vm&, Arguments&) {
    return Value::none();
}

Value builtin_import(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__import__", "name, globals?, locals?, fromlist?, level?", bound)) {
        return {};
    }
    const std::string_view name = text_of(bound["name"]);
    const Value module = vm.import_module(name);
    bool whole = false;
    if (!module || (bound.has_value("fromlist") && !vm.truth(bound["fromlist"], whole))) return {};
    const std::size_t dot = name.find('.');
    return whole || dot == std::string_view::npos ? module : vm.import_module(name.substr(0, dot));
}

}  // namespace

const FunctionEntry kBuiltinFunctions[] = {
    {"isinstance", &builtin_isinstance},
    {"issubclass", &builtin_issubclass},
    {"getattr", &builtin_getattr},
    {"hasattr", &builtin_hasattr},
    {"setattr", &builtin_setattr},
    {"delattr", &builtin_delattr},
    {"dir", &builtin_dir},
    {"vars", &builtin_vars},
    {"callable", &builtin_callable},
    {"id", &builtin_id},
    {"hash", &builtin_hash},
    {"iter", &builtin_iter},
    {"next", &builtin_next},
    {"aiter", &builtin_aiter},
    {"anext", &builtin_anext},
    {"_handled_exception", &builtin_handled},
    {"_not_modelled", &builtin_not_modelled},
    {"_type_var", &builtin_type_var},
    {"_param_spec", &builtin_param_spec},
    {"_generic_base", &builtin_generic_base},
    {"globals", &builtin_globals},
    {"locals", &builtin_locals},
    {"print", &builtin_print},
    {"input", &builtin_input},
    {"open", &builtin_open},
    {"exec", &builtin_exec},
    {"eval", &builtin_eval},
    {"compile", &builtin_compile},
    {"breakpoint", &builtin_breakpoint},
    {"__import__", &builtin_import},
    {nullptr, nullptr},
};

}  // namespace wh::program
