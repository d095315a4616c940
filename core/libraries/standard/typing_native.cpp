// _typing: the forms of annotations (Python 3.13, "typing"); typing.py is the rest.
#include "libraries/library.h"
#include "program/typing_objects.h"

namespace wh::libraries {

namespace {

using program::TypeForm;
using Kind = TypeForm::Kind;

// Special forms that stand for nothing but themselves.
constexpr std::string_view kSpecial[] = {
    "Union",    "Optional",    "Literal",  "Annotated", "Callable", "ClassVar",    "Final",
    "Required", "NotRequired", "ReadOnly", "TypeGuard", "TypeIs",   "Concatenate", "Unpack",
};

struct Alias {
    std::string_view name;
    Class* program::Builtins::*cls;
};
constexpr Alias kAliases[] = {
    {"List", &program::Builtins::list},   {"Dict", &program::Builtins::dict},
    {"Set", &program::Builtins::set},     {"FrozenSet", &program::Builtins::frozenset},
    {"Tuple", &program::Builtins::tuple}, {"Type", &program::Builtins::type},
};

// _subscript(cls, params): Page[int] of a class that derives from Generic.
Value subscript(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__class_getitem__", "cls, params", bound)) return {};
    const program::Tuple* tuple = program::as_tuple(bound["params"]);
    return program::make_generic(vm, bound["cls"],
                                 tuple ? tuple->items : std::vector<Value>{bound["params"]});
}

// typing._alias(name, origin): typing.Iterable and the like.
Value alias(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "_alias", "name, origin", bound)) return {};
    return program::make_special(vm, std::string(program::text_of(bound["name"])), bound["origin"]);
}

// cls[item] for the classes of collections.abc.
Value generic(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "_generic", "cls, item", bound)) return {};
    std::vector<Value> args;
    if (const program::Tuple* several = program::as_tuple(bound["item"])) {
        args = several->items;
    } else {
        args.push_back(bound["item"]);
    }
    return program::make_generic(vm, bound["cls"], std::move(args));
}

Value type_var(Vm& vm, Arguments& arguments) {
    if (arguments.positional.empty()) {
        return vm.raise(vm.types().type_error, "TypeVar() missing required argument: 'name'");
    }
    const std::string name(program::text_of(arguments.positional.front()));
    std::vector<Value> constraints(arguments.positional.begin() + 1, arguments.positional.end());
    const Value* bound = arguments.keyword("bound");
    return program::make_form(vm, Kind::TypeVar, name,
                              bound && !bound->is_none() ? *bound : Value(),
                              std::move(constraints));
}

Value param_spec(Vm& vm, Arguments& arguments) {
    const Value made = type_var(vm, arguments);
    program::Instance* self = program::as_instance(made);
    for (const char* part : {"args", "kwargs"}) {
        if (self) self->attributes.set(part, made);
    }
    return made;
}

Value new_type(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "NewType", "name, tp", bound)) return {};
    return program::make_form(vm, Kind::NewType, std::string(program::text_of(bound["name"])),
                              bound["tp"]);
}

Value forward_ref(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "ForwardRef", "arg", bound)) return {};
    return program::make_form(vm, Kind::ForwardRef, std::string(program::text_of(bound["arg"])));
}

Value get_origin(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "get_origin", "tp", bound)) return {};
    const TypeForm* form = program::type_form(bound["tp"]);
    if (!form) return Value::none();
    const Module* module = program::as_module(vm.import_module("typing"));
    const auto named = [&](std::string_view name) {
        const Value* found = module ? module->globals.find(name) : nullptr;
        return found ? *found : Value::none();
    };
    switch (form->kind) {
        case Kind::Union:
            return named("Union");
        case Kind::Literal:
            return named("Literal");
        case Kind::Annotated:
            return named("Annotated");
        case Kind::ClassVar:
            return named("ClassVar");
        case Kind::Final:
            return named("Final");
        case Kind::Required:
            return named("Required");
        case Kind::NotRequired:
            return named("NotRequired");
        case Kind::Callable:
            return named("Callable");
        case Kind::Generic:
            return form->origin;
        case Kind::Special:
            return form->origin ? form->origin : Value::none();
        case Kind::Any:
        case Kind::TypeVar:
        case Kind::ForwardRef:
        case Kind::NewType:
        case Kind::Other:
            return Value::none();
    }
    return Value::none();
}

Value get_args(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "get_args", "tp", bound)) return {};
    const TypeForm* form = program::type_form(bound["tp"]);
    if (!form || form->kind == Kind::TypeVar || form->kind == Kind::Special) return vm.tuple();
    std::vector<Value> items;
    const bool wraps = form->kind == Kind::Annotated || form->kind == Kind::ClassVar ||
                       form->kind == Kind::Final || form->kind == Kind::Required ||
                       form->kind == Kind::NotRequired;
    if (wraps && form->origin) items.push_back(form->origin);
    items.insert(items.end(), form->args.begin(), form->args.end());
    return vm.tuple(std::move(items));
}

void install(Vm& vm, Module& module) {
    for (const std::string_view name : kSpecial) {
        module.globals.set(name, program::make_special(vm, std::string(name)));
    }
    for (const Alias& each : kAliases) {
        module.globals.set(each.name, program::make_special(vm, std::string(each.name),
                                                            Value::of(vm.types().*each.cls)));
    }
    module.globals.set("Any", program::make_form(vm, Kind::Any, "Any"));
    for (const std::string_view name :
         {"NoReturn", "Never", "LiteralString", "TypeAlias", "Self"}) {
        module.globals.set(name, program::make_form(vm, Kind::Other, std::string(name)));
    }
    vm.function(module, "_alias", &alias);
    vm.function(module, "_subscript", &subscript);
    vm.function(module, "_generic", &generic);
    vm.function(module, "TypeVar", &type_var);
    vm.function(module, "ParamSpec", &param_spec);
    vm.function(module, "TypeVarTuple", &type_var);
    vm.function(module, "NewType", &new_type);
    vm.function(module, "ForwardRef", &forward_ref);
    vm.function(module, "get_origin", &get_origin);
    vm.function(module, "get_args", &get_args);
}

constexpr ModuleInstaller kModules[] = {{"_typing", &install}};

}  // namespace

const Library& library_typing_native() {
    static const Library library{"_typing", "3.13", "Forms of annotations", false, kModules, {}};
    return library;
}

}  // namespace wh::libraries
