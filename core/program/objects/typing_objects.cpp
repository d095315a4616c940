// Unions, generics and other forms that annotations are made of (typing of 3.13).
#include "program/typing_objects.h"

#include "program/objects/text_methods.h"

namespace wh::program {

using Kind = TypeForm::Kind;

TypeForm* type_form(const Value& value) {
    return native_state<TypeForm>(value);
}

Value make_form(Vm& vm, Kind kind, std::string name, Value origin, std::vector<Value> args) {
    auto form = std::make_unique<TypeForm>();
    form->kind = kind;
    form->name = std::move(name);
    form->origin = origin;
    form->args = std::move(args);
    const char* const cls = kind == Kind::Union                          ? "UnionType"
                            : kind == Kind::Generic                      ? "GenericAlias"
                            : kind == Kind::TypeVar                      ? "TypeVar"
                            : kind == Kind::ForwardRef                   ? "ForwardRef"
                            : kind == Kind::NewType                      ? "NewType"
                            : kind == Kind::Special || kind == Kind::Any ? "_SpecialForm"
                                                                         : "_GenericAlias";
    return vm.instance(named_class(vm, cls, kFormMethods), std::move(form));
}

static bool is_member(Vm& vm, const std::vector<Value>& members, const Value& member) {
    for (const Value& each : members) {
        bool same = false;
        if (vm.equal(each, member, same) && same) return true;
    }
    return false;
}

static Value plain_type(Vm& vm, const Value& type) {
    if (type.is_none()) return Value::of(vm.types().none_type);
    if (as_str(type)) return make_form(vm, Kind::ForwardRef, std::string(text_of(type)));
    return type;
}

Value make_union(Vm& vm, const std::vector<Value>& members) {
    std::vector<Value> flat;
    const auto add = [&](const Value& member) {
        if (!is_member(vm, flat, member)) flat.push_back(member);
    };
    for (const Value& each : members) {
        const TypeForm* form = type_form(each);
        if (form && form->kind == Kind::Union) {
            for (const Value& inner : form->args) add(inner);
        } else {
            add(plain_type(vm, each));
        }
    }
    if (flat.size() == 1) return flat[0];
    return make_form(vm, Kind::Union, {}, {}, std::move(flat));
}

Value make_generic(Vm& vm, const Value& origin, std::vector<Value> args) {
    return make_form(vm, Kind::Generic, {}, origin, std::move(args));
}

Value make_special(Vm& vm, std::string name, Value origin) {
    if (name == "Any") return make_form(vm, Kind::Any, std::move(name));
    return make_form(vm, Kind::Special, std::move(name), origin);
}

Value form_base(const Value& base) {
    const TypeForm* form = type_form(base);
    if (!form) return {};
    if (form->kind == Kind::Generic || form->kind == Kind::NewType) return form->origin;
    if (form->kind == Kind::Special) return form->origin;  // class Foo(Dict)
    return {};
}

// -- Form[key]
// -------------------------------------------------------------------------------------

namespace {

// Replaces type variables in order of their appearance.
Value substituted(Vm& vm, const Value& type, const std::vector<Value>& variables,
                  const std::vector<Value>& with) {
    for (std::size_t i = 0; i < variables.size() && i < with.size(); ++i) {
        if (same_object(type, variables[i])) return with[i];
    }
    const TypeForm* form = type_form(type);
    if (!form || form->args.empty()) return type;
    std::vector<Value> args;
    for (const Value& arg : form->args) args.push_back(substituted(vm, arg, variables, with));
    if (form->kind == Kind::Union) return make_union(vm, args);
    const Value made = make_form(vm, form->kind, form->name, form->origin, std::move(args));
    type_form(made)->from_typing = form->from_typing;
    return made;
}

void gather_variables(const Value& type, std::vector<Value>& out) {
    const TypeForm* form = type_form(type);
    if (!form) return;
    if (form->kind == Kind::TypeVar) {
        for (const Value& each : out) {
            if (same_object(each, type)) return;
        }
        out.push_back(type);
    }
    for (const Value& arg : form->args) gather_variables(arg, out);
}

Value special_item(Vm& vm, const TypeForm& form, const std::vector<Value>& given) {
    const std::string& name = form.name;
    std::vector<Value> types;
    for (const Value& each : given) types.push_back(plain_type(vm, each));
    if (name == "Optional") {
        return make_union(vm, {types[0], Value::of(vm.types().none_type)});
    }
    if (name == "Union") return make_union(vm, types);
    if (name == "Literal") return make_form(vm, Kind::Literal, name, {}, given);
    if (name == "Annotated") {
        if (given.size() < 2) {
            return type_error(vm,
                              "Annotated[...] should be used with at least two arguments (a "
                              "type and an annotation).");
        }
        std::vector<Value> metadata(given.begin() + 1, given.end());
        const TypeForm* inner = type_form(types[0]);
        if (inner && inner->kind == Kind::Annotated) {
            metadata.insert(metadata.begin(), inner->args.begin(), inner->args.end());
            return make_form(vm, Kind::Annotated, name, inner->origin, std::move(metadata));
        }
        return make_form(vm, Kind::Annotated, name, types[0], std::move(metadata));
    }
    if (name == "Callable") {
        std::vector<Value> args;
        if (const std::vector<Value>* parameters = sequence_items(given[0])) {
            for (const Value& each : *parameters) args.push_back(plain_type(vm, each));
        } else {
            args.push_back(given[0]);
        }
        if (types.size() > 1) args.push_back(types[1]);
        return make_form(vm, Kind::Callable, name, form.origin, std::move(args));
    }
    static constexpr std::pair<std::string_view, Kind> kWrappers[] = {
        {"ClassVar", Kind::ClassVar},
        {"Final", Kind::Final},
        {"Required", Kind::Required},
        {"NotRequired", Kind::NotRequired},
    };
    for (const auto& [wrapper, kind] : kWrappers) {
        if (name == wrapper) return make_form(vm, kind, name, types[0]);
    }
    if (!form.origin) return make_form(vm, Kind::Other, name, {}, std::move(types));
    const Value made = make_generic(vm, form.origin, std::move(types));
    type_form(made)->name = name;
    type_form(made)->from_typing = true;
    return made;
}

bool is_builtin_generic(Vm& vm, const Class& cls) {
    const Builtins& types = vm.types();
    for (const Class* each :
         {types.list, types.dict, types.set, types.frozenset, types.tuple, types.type}) {
        if (cls.derives_from(each)) return true;
    }
    return false;
}

}  // namespace

Value subscript_form(Vm& vm, const Value& base, const Value& key) {
    std::vector<Value> args;
    if (const Tuple* tuple = as_tuple(key)) {
        args = tuple->items;
    } else {
        args.push_back(key);
    }
    if (Class* cls = as_class(base)) {
        const Value method = find_in_mro(vm, *cls, "__class_getitem__");
        if (method && !is_builtin_method(method)) {
            const Value bound = class_lookup(vm, base, *cls, "__class_getitem__");
            // A plain function there is a class method (object model, "__class_getitem__").
            return as_function(bound) ? vm.call(vm.bound(bound, base), {key})
                                      : vm.call(bound, {key});
        }
        if (cls == vm.types().type || is_builtin_generic(vm, *cls)) {
            for (Value& arg : args) arg = plain_type(vm, arg);
            return make_generic(vm, base, std::move(args));
        }
        return type_error(vm, cat("type '", cls->name, "' is not subscriptable"));
    }
    const TypeForm* form = type_form(base);
    if (!form)
        return type_error(vm, cat("'", type_name(vm, base), "' object is not subscriptable"));
    if (form->kind == Kind::Special) {
        if (args.empty()) return type_error(vm, cat("Cannot take a ", form->name, " of no types."));
        return special_item(vm, *form, args);
    }
    std::vector<Value> variables;
    gather_variables(base, variables);
    if (variables.empty()) {
        std::string shown;
        if (!form_repr(vm, base, shown)) return {};
        return type_error(vm, cat(shown, " is not a generic class"));
    }
    for (Value& arg : args) arg = plain_type(vm, arg);
    return substituted(vm, base, variables, args);
}

// -- repr
// ------------------------------------------------------------------------------------------

bool type_text(Vm& vm, const Value& type, std::string& out) {
    if (const Class* cls = as_class(type)) {
        if (cls == vm.types().none_type) {
            out += "None";
        } else {
            const std::string& name = cls->qualname.empty() ? cls->name : cls->qualname;
            out += cls->module == "builtins" || cls->module.empty() ? name
                                                                    : cat(cls->module, ".", name);
        }
        return true;
    }
    if (type.tag == Tag::Ellipsis) {
        out += "...";
        return true;
    }
    if (const Function* function = as_function(type)) {
        out += function->qualname;
        return true;
    }
    return vm.repr(type, out);
}

static bool type_list(Vm& vm, const std::vector<Value>& types, std::string_view separator,
                      std::string& out) {
    for (std::size_t i = 0; i < types.size(); ++i) {
        if (i > 0) out += separator;
        if (!type_text(vm, types[i], out)) return false;
    }
    return true;
}

bool form_repr(Vm& vm, const Value& value, std::string& out) {
    const TypeForm& form = *type_form(value);
    switch (form.kind) {
        case Kind::Any:
            out += "typing.Any";
            return true;
        case Kind::Special:
            out += cat("typing.", form.name);
            return true;
        case Kind::TypeVar:
            out += cat("~", form.name);
            return true;
        case Kind::ForwardRef:
            out += cat("ForwardRef(", quoted(form.name), ")");
            return true;
        case Kind::NewType:
            out += form.name;
            return true;
        case Kind::Union:
            return type_list(vm, form.args, " | ", out);
        case Kind::Generic:
            if (form.from_typing) {
                out += cat("typing.", form.name);
            } else if (!type_text(vm, form.origin, out)) {
                return false;
            }
            break;
        case Kind::Callable: {
            out += "typing.Callable[";
            std::vector<Value> parameters = form.args;
            const Value result = parameters.empty() ? Value::ellipsis() : parameters.back();
            if (!parameters.empty()) parameters.pop_back();
            const bool any = parameters.size() == 1 && parameters[0].tag == Tag::Ellipsis;
            out += any ? "" : "[";
            if (!type_list(vm, parameters, ", ", out)) return false;
            out += any ? ", " : "], ";
            if (!type_text(vm, result, out)) return false;
            out += "]";
            return true;
        }
        case Kind::Literal:
        case Kind::Annotated:
        case Kind::ClassVar:
        case Kind::Final:
        case Kind::Required:
        case Kind::NotRequired:
        case Kind::Other:
            out += cat("typing.", form.name);
            break;
    }
    out += "[";
    bool first = true;
    if (form.kind != Kind::Generic && form.origin) {
        if (!type_text(vm, form.origin, out)) return false;
        first = false;
    }
    for (const Value& arg : form.args) {
        if (!first) out += ", ";
        first = false;
        const bool shown_as_value = form.kind == Kind::Literal || form.kind == Kind::Annotated;
        if (!(shown_as_value ? vm.repr(arg, out) : type_text(vm, arg, out))) return false;
    }
    out += "]";
    return true;
}

// -- methods
// ---------------------------------------------------------------------------------------

namespace {

TypeForm& form_of(const Arguments& arguments) {
    return *type_form(arguments.self);
}

Value form_args(Vm& vm, Arguments& arguments) {
    const TypeForm& form = form_of(arguments);
    std::vector<Value> args = form.args;
    if (form.kind == Kind::Annotated) args = {form.origin};
    if (form.kind == Kind::ClassVar || form.kind == Kind::Final) args = {form.origin};
    return vm.tuple(std::move(args));
}

Value form_origin(Vm& vm, Arguments& arguments) {
    const TypeForm& form = form_of(arguments);
    if (form.kind == Kind::Generic || form.kind == Kind::Annotated) return form.origin;
    if (form.kind == Kind::Union) return Value::of(arguments.self.object->cls);
    if (form.kind == Kind::Special && form.origin) return form.origin;
    if (form.kind == Kind::Any || form.kind == Kind::TypeVar || form.kind == Kind::NewType ||
        form.kind == Kind::Special || form.kind == Kind::ForwardRef) {
        return vm.raise(vm.types().attribute_error, cat("'", type_name(vm, arguments.self),
                                                        "' object has no attribute '__origin__'"));
    }
    return make_special(vm, form.name);
}

Value form_metadata(Vm& vm, Arguments& arguments) {
    if (form_of(arguments).kind == Kind::Annotated) return vm.tuple(form_of(arguments).args);
    return vm.raise(vm.types().attribute_error, cat("'", type_name(vm, arguments.self),
                                                    "' object has no attribute '__metadata__'"));
}

Value form_parameters(Vm& vm, Arguments& arguments) {
    std::vector<Value> variables;
    gather_variables(arguments.self, variables);
    return vm.tuple(std::move(variables));
}

Value form_name(Vm& vm, Arguments& arguments) {
    const TypeForm& form = form_of(arguments);
    if (form.name.empty() && as_class(form.origin)) return vm.str(as_class(form.origin)->name);
    return vm.str(form.name);
}

Value form_bound(Vm&, Arguments& arguments) {
    const Value origin = form_of(arguments).origin;
    return origin ? origin : Value::none();
}

Value form_supertype(Vm&, Arguments& arguments) {
    return form_of(arguments).origin;
}

// list[int](...) makes a list; a NewType gives its argument back.
Value form_call(Vm& vm, Arguments& arguments) {
    const TypeForm& form = form_of(arguments);
    if (form.kind == Kind::NewType) {
        if (!take(vm, arguments, form.name, 1, 1)) return {};
        return arguments.positional[0];
    }
    if (!form.origin || (form.kind != Kind::Generic && form.kind != Kind::Special)) {
        std::string shown;
        if (!form_repr(vm, arguments.self, shown)) return {};
        return type_error(vm, cat("Cannot instantiate ", shown));
    }
    Arguments passed = arguments;
    passed.self = Value();
    passed.captured = nullptr;
    return vm.call(form.origin, std::move(passed));
}

// Page[Item].method: what the class has.
Value form_getattr(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "__getattr__", 1, 1)) return {};
    const TypeForm& form = form_of(arguments);
    const std::string_view name = text_of(arguments.positional[0]);
    if (form.kind == Kind::Generic && !name.starts_with("__")) {
        return vm.get_attribute(form.origin, name);
    }
    return vm.raise(vm.types().attribute_error, cat("'", type_name(vm, arguments.self),
                                                    "' object has no attribute '", name, "'"));
}

}  // namespace

const MethodEntry kFormMethods[] = {{"__args__", &form_args, MethodEntry::Getter},
                                    {"__origin__", &form_origin, MethodEntry::Getter},
                                    {"__metadata__", &form_metadata, MethodEntry::Getter},
                                    {"__parameters__", &form_parameters, MethodEntry::Getter},
                                    {"__name__", &form_name, MethodEntry::Getter},
                                    {"__forward_arg__", &form_name, MethodEntry::Getter},
                                    {"__bound__", &form_bound, MethodEntry::Getter},
                                    {"__supertype__", &form_supertype, MethodEntry::Getter},
                                    {"__call__", &form_call},
                                    {"__getattr__", &form_getattr},
                                    {nullptr, nullptr}};

}  // namespace wh::program
