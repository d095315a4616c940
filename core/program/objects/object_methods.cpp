// Methods of object, type, functions and descriptors.
#include "program/objects/support.h"

namespace wh::program {

namespace {

Value done(bool ok) {
    return ok ? Value::none() : Value();
}

// -- object
// ----------------------------------------------------------------------------------------

Value object_init(Vm& vm, Arguments& arguments) {
    if (arguments.positional.empty() && arguments.keywords.empty()) return Value::none();
    const Class* cls = vm.class_of(arguments.self);
    for (const Class* each : cls->mro) {
        if (each->user_code || each == vm.types().object) continue;
        if (each->methods || each->hooks || each->attributes.find("__new__")) return Value::none();
    }
    if (find_in_mro(vm, *cls, "__init__") && as_function(find_in_mro(vm, *cls, "__init__"))) {
        return type_error(vm,
                          "object.__init__() takes exactly one argument (the instance to "
                          "initialize)");
    }
    return type_error(vm, cat(cls->name, "() takes no arguments"));
}

Value object_repr(Vm& vm, Arguments& arguments) {
    std::string out;
    return builtin_repr(vm, arguments.self, out) ? vm.str(std::move(out)) : Value();
}

Value object_str(Vm& vm, Arguments& arguments) {
    return builtin_str(vm, arguments.self);
}

Value object_format(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "__format__", 1, 1)) return {};
    return builtin_format(vm, arguments.self, text_of(arguments.positional[0]));
}

Value compared(Vm& vm, Arguments& arguments, syntax::CompareOp op) {
    if (!take(vm, arguments, "comparison", 1, 1)) return {};
    const Value other = arguments.positional[0];
    const Value result = builtin_compare(vm, op, unboxed(arguments.self), unboxed(other));
    if (result.tag != Tag::NotImplemented) return result;
    const bool same = same_object(arguments.self, other);
    if (op == syntax::CompareOp::Equal && same) return Value::of(true);
    return result;
}
Value object_eq(Vm& vm, Arguments& a) {
    return compared(vm, a, syntax::CompareOp::Equal);
}
Value object_lt(Vm& vm, Arguments& a) {
    return compared(vm, a, syntax::CompareOp::Less);
}
Value object_le(Vm& vm, Arguments& a) {
    return compared(vm, a, syntax::CompareOp::LessEqual);
}
Value object_gt(Vm& vm, Arguments& a) {
    return compared(vm, a, syntax::CompareOp::Greater);
}
Value object_ge(Vm& vm, Arguments& a) {
    return compared(vm, a, syntax::CompareOp::GreaterEqual);
}
Value object_ne(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "__ne__", 1, 1)) return {};
    bool found = false;
    const Value same = call_special(vm, arguments.self, "__eq__", {arguments.positional[0]}, found);
    if (!found) return compared(vm, arguments, syntax::CompareOp::NotEqual);
    if (!same || same.tag == Tag::NotImplemented) return same;
    return unary_operation(vm, syntax::UnaryOp::Not, same);
}

Value object_hash(Vm& vm, Arguments& arguments) {
    const std::uint64_t id = identity_of(vm, arguments.self);
    return Value::of(static_cast<std::int64_t>(id >> 4));
}

Value object_getattribute_method(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "__getattribute__", 1, 1)) return {};
    return object_getattribute(vm, arguments.self, text_of(arguments.positional[0]));
}

Value object_setattr_method(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "__setattr__", 2, 2)) return {};
    return done(object_setattr(vm, arguments.self, text_of(arguments.positional[0]),
                               arguments.positional[1]));
}

Value object_delattr_method(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "__delattr__", 1, 1)) return {};
    return done(object_delattr(vm, arguments.self, text_of(arguments.positional[0])));
}

Value object_init_subclass(Vm& vm, Arguments& arguments) {
    if (arguments.keywords.empty()) return Value::none();
    return type_error(vm, cat(type_name(vm, arguments.self) == "type" && as_class(arguments.self)
                                  ? as_class(arguments.self)->name
                                  : "object",
                              ".__init_subclass__() takes no keyword arguments"));
}

Value object_subclasshook(Vm&, Arguments&) {
    return Value::not_implemented();
}

Value object_dir(Vm& vm, Arguments& arguments) {
    std::vector<Value> names;
    if (const Namespace* attributes = attributes_of(vm, arguments.self)) {
        for (const Namespace::Entry& entry : attributes->entries()) {
            names.push_back(vm.str(entry.name));
        }
    }
    for (const Class* each : vm.class_of(arguments.self)->mro) {
        for (const Namespace::Entry& entry : each->attributes.entries()) {
            names.push_back(vm.str(entry.name));
        }
    }
    return vm.list(std::move(names));
}

Value object_sizeof(Vm&, Arguments&) {
    return Value::of(56);
}

// -- type
// ------------------------------------------------------------------------------------------

Value type_mro(Vm& vm, Arguments& arguments) {
    std::vector<Value> out;
    for (Class* each : as_class(arguments.self)->mro) out.push_back(Value::of(each));
    return vm.list(std::move(out));
}

Value type_subclasses(Vm& vm, Arguments& arguments) {
    const Class* cls = as_class(arguments.self);
    std::vector<Value> out;
    for (const auto& object : Interpreter::internals(vm).heap) {
        if (object->kind != ObjectKind::Class) continue;
        auto* each = static_cast<Class*>(object.get());
        for (const Class* base : each->bases) {
            if (base == cls) out.push_back(Value::of(each));
        }
    }
    return vm.list(std::move(out));
}

// type.__call__, reached by super().__call__(...) in a metaclass.
Value type_call(Vm& vm, Arguments& arguments) {
    Class& cls = *as_class(arguments.self);
    Arguments passed = arguments;
    passed.self = Value();
    if (cls.hooks) {
        const Value made = cls.hooks->construct(vm, cls, passed);
        if (made || vm.failed()) return made;
    }
    return construct_plain(vm, cls, passed);
}

Value type_init(Vm&, Arguments&) {
    return Value::none();
}
Value type_prepare(Vm& vm, Arguments&) {
    return vm.dict();
}

Value type_instancecheck(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "__instancecheck__", 1, 1)) return {};
    return Value::of(vm.is_instance(arguments.positional[0], as_class(arguments.self)));
}

Value type_subclasscheck(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "__subclasscheck__", 1, 1)) return {};
    const Class* cls = as_class(arguments.positional[0]);
    return Value::of(cls && cls->derives_from(as_class(arguments.self)));
}

// -- descriptors
// -----------------------------------------------------------------------------------

Value function_get(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "__get__", 1, 2)) return {};
    const Value object = arguments.positional[0];
    if (object.is_none()) {
        const Class* owner = as_class(argument(arguments, 1));
        return owner && arguments.self.object->kind == ObjectKind::ClassMethod
                   ? vm.bound(static_cast<ClassMethod*>(arguments.self.object)->function,
                              arguments.positional[1])
                   : arguments.self;
    }
    return bind_attribute(vm, arguments.self, object, vm.class_of(object));
}

Property& property_of(const Arguments& arguments) {
    return *as_property(arguments.self);
}

Value property_with(Vm& vm, Arguments& arguments, int which) {
    if (!take(vm, arguments, "property", 1, 1)) return {};
    const Property& from = property_of(arguments);
    auto* made = vm.make<Property>(ObjectKind::Property, from.cls);
    const Value function = arguments.positional[0];
    made->getter = which == 0 ? function : from.getter;
    made->setter = which == 1 ? function : from.setter;
    made->deleter = which == 2 ? function : from.deleter;
    made->cached = from.cached;
    made->name = from.name;
    return Value::of(made);
}
Value property_getter(Vm& vm, Arguments& a) {
    return property_with(vm, a, 0);
}
Value property_setter(Vm& vm, Arguments& a) {
    return property_with(vm, a, 1);
}
Value property_deleter(Vm& vm, Arguments& a) {
    return property_with(vm, a, 2);
}

Value or_none(const Value& value) {
    return value ? value : Value::none();
}
Value property_fget(Vm&, Arguments& a) {
    return or_none(property_of(a).getter);
}
Value property_fset(Vm&, Arguments& a) {
    return or_none(property_of(a).setter);
}
Value property_fdel(Vm&, Arguments& a) {
    return or_none(property_of(a).deleter);
}
Value property_doc(Vm& vm, Arguments& arguments) {
    const Value getter = property_of(arguments).getter;
    return getter && !getter.is_none() ? vm.get_attribute(getter, "__doc__") : Value::none();
}
Value property_set(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "__set__", 2, 2)) return {};
    const Value setter = property_of(arguments).setter;
    if (!setter || setter.is_none()) {
        return vm.raise(vm.types().attribute_error, "property has no setter");
    }
    return vm.call(vm.bound(setter, arguments.positional[0]), {arguments.positional[1]});
}

Value wrapped_function(Vm&, Arguments& arguments) {
    Object* object = arguments.self.object;
    return object->kind == ObjectKind::ClassMethod ? static_cast<ClassMethod*>(object)->function
                                                   : static_cast<StaticMethod*>(object)->function;
}

Value cell_contents(Vm& vm, Arguments& arguments) {
    const auto* cell = static_cast<Cell*>(arguments.self.object);
    return cell->value ? cell->value : value_error(vm, "Cell is empty");
}

}  // namespace

std::string function_name_of(const Value& function) {
    if (const Function* plain = as_function(function)) return plain->name;
    if (const Native* native = as_native(function)) return native->name;
    return {};
}

constexpr MethodEntry::Kind kGetter = MethodEntry::Getter;

const MethodEntry kObjectMethods[] = {
    {"__init__", &object_init},
    {"__new__", &new_object, MethodEntry::Static},
    {"__repr__", &object_repr},
    {"__str__", &object_str},
    {"__format__", &object_format},
    {"__eq__", &object_eq},
    {"__ne__", &object_ne},
    {"__lt__", &object_lt},
    {"__le__", &object_le},
    {"__gt__", &object_gt},
    {"__ge__", &object_ge},
    {"__hash__", &object_hash},
    {"__getattribute__", &object_getattribute_method},
    {"__setattr__", &object_setattr_method},
    {"__delattr__", &object_delattr_method},
    {"__init_subclass__", &object_init_subclass, MethodEntry::ClassMethod},
    {"__subclasshook__", &object_subclasshook, MethodEntry::ClassMethod},
    {"__dir__", &object_dir},
    {"__sizeof__", &object_sizeof},
    {nullptr, nullptr}};

const MethodEntry kTypeMethods[] = {{"mro", &type_mro},
                                    {"__subclasses__", &type_subclasses},
                                    {"__call__", &type_call},
                                    {"__init__", &type_init},
                                    {"__new__", &new_type, MethodEntry::Static},
                                    {"__prepare__", &type_prepare, MethodEntry::ClassMethod},
                                    {"__instancecheck__", &type_instancecheck},
                                    {"__subclasscheck__", &type_subclasscheck},
                                    {nullptr, nullptr}};

const MethodEntry kFunctionMethods[] = {{"__get__", &function_get}, {nullptr, nullptr}};

extern const MethodEntry kWrapperMethods[];
const MethodEntry kWrapperMethods[] = {{"__func__", &wrapped_function, kGetter},
                                       {"__wrapped__", &wrapped_function, kGetter},
                                       {"__get__", &function_get},
                                       {nullptr, nullptr}};

extern const MethodEntry kCellMethods[];
const MethodEntry kCellMethods[] = {{"cell_contents", &cell_contents, kGetter}, {nullptr, nullptr}};

const MethodEntry kPropertyMethods[] = {
    {"getter", &property_getter},        {"setter", &property_setter},
    {"deleter", &property_deleter},      {"fget", &property_fget, kGetter},
    {"fset", &property_fset, kGetter},   {"fdel", &property_fdel, kGetter},
    {"__doc__", &property_doc, kGetter}, {"__get__", &function_get},
    {"__set__", &property_set},          {nullptr, nullptr}};

}  // namespace wh::program
