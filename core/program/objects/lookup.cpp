// Attributes of classes: the mro, builtin methods made on first use, binding.
#include "program/objects/support.h"

namespace wh::program {

namespace {

constexpr std::string_view kMethodClass = "method_descriptor";

Value make_builtin(Vm& vm, Class& cls, const MethodEntry& entry) {
    const auto native = [&](NativeFunction function) {
        const Value made = vm.native(entry.name, function);
        Native* raw = as_native(made);
        raw->is_method = true;
        raw->cls = named_class(vm, kMethodClass);
        return made;
    };
    switch (entry.kind) {
        case MethodEntry::Method:
            return native(entry.function);
        case MethodEntry::Static: {
            auto* made = vm.make<StaticMethod>(ObjectKind::StaticMethod, vm.types().staticmethod);
            made->function = vm.native(entry.name, entry.function);
            return Value::of(made);
        }
        case MethodEntry::ClassMethod: {
            auto* made = vm.make<ClassMethod>(ObjectKind::ClassMethod, vm.types().classmethod);
            made->function = native(entry.function);
            return Value::of(made);
        }
        case MethodEntry::Getter: {
            auto* made = vm.make<Property>(ObjectKind::Property, vm.types().property);
            made->name = entry.name;
            made->getter = native(entry.function);
            if (entry.setter) made->setter = native(entry.setter);
            return Value::of(made);
        }
    }
    (void)cls;
    return {};
}

Value find_in(Vm& vm, Class& cls, std::string_view name) {
    if (const Value* found = cls.attributes.find(name)) return *found;
    if (!cls.methods) return {};
    for (const MethodEntry* entry = cls.methods; entry->name; ++entry) {
        if (name != entry->name) continue;
        const Value made = make_builtin(vm, cls, *entry);
        cls.attributes.set(name, made);
        return made;
    }
    return {};
}

// str.upper(x): a builtin method taken from its class checks its receiver.
Value call_unbound(Vm& vm, Arguments& arguments) {
    const Class* cls = as_class((*arguments.captured)[0]);
    Native* method = as_native((*arguments.captured)[1]);
    if (arguments.positional.empty()) {
        return type_error(
            vm, cat("unbound method ", cls->name, ".", method->name, "() needs an argument"));
    }
    arguments.self = arguments.positional.front();
    arguments.positional.erase(arguments.positional.begin());
    if (!vm.is_instance(arguments.self, cls)) {
        if (const Unknown* unknown = as_unknown(arguments.self)) {
            return derived_unknown(vm, cat(unknown->label, ".", method->name, "()"),
                                   arguments.self);
        }
        return type_error(
            vm, cat("descriptor '", method->name, "' for '", cls->name,
                    "' objects doesn't apply to a '", type_name(vm, arguments.self), "' object"));
    }
    arguments.captured = nullptr;
    arguments.site = nullptr;  // its places no longer fit the arguments
    return method->function(vm, arguments);
}

}  // namespace

bool is_builtin_method(const Value& function) {
    const Native* native = as_native(function);
    return native && native->cls->name == kMethodClass;
}

Value find_in_mro(Vm& vm, const Class& cls, std::string_view name, Class** owner) {
    MroCache& cache = objects_state(vm).mro_cache;
    if (cache.entries.empty()) cache.entries.resize(MroCache::kEntries);
    const std::uint64_t hash = hash_text(name);
    const auto place = hash ^ (reinterpret_cast<std::uintptr_t>(&cls) >> 4U);
    MroCache::Entry& entry = cache.entries[place % MroCache::kEntries];
    if (entry.cls != &cls || entry.hash != hash || entry.changes != cache.changes ||
        entry.name != name) {
        entry.found = Value();
        for (Class* each : cls.mro) {
            entry.found = find_in(vm, *each, name);
            each->attributes.watch(&cache.changes);
            if (!entry.found) continue;
            entry.owner = each;
            break;
        }
        entry.cls = &cls;
        entry.hash = hash;
        entry.name = name;
        entry.changes = cache.changes;
    }
    if (owner && entry.found) *owner = entry.owner;
    return entry.found;
}

Value find_after(Vm& vm, const Class& cls, const Class* after, std::string_view name) {
    bool passed = false;
    for (Class* each : cls.mro) {
        if (passed) {
            const Value found = find_in(vm, *each, name);
            if (found) return found;
        }
        passed = passed || each == after;
    }
    return {};
}

Value class_lookup(Vm& vm, const Value& of, Class& cls, std::string_view name) {
    Class* owner = nullptr;
    const Value found = find_in_mro(vm, cls, name, &owner);
    if (!found || !found.is_object()) return found;
    switch (found.object->kind) {
        case ObjectKind::ClassMethod:
            return vm.bound(static_cast<ClassMethod*>(found.object)->function, of);
        case ObjectKind::StaticMethod:
            return static_cast<StaticMethod*>(found.object)->function;
        case ObjectKind::Native:
            if (is_builtin_method(found)) {
                const Value made =
                    vm.native(as_native(found)->name, &call_unbound, {Value::of(owner), found});
                return made;
            }
            return found;
        case ObjectKind::Instance: {
            const Value get = find_in_mro(vm, *found.object->cls, "__get__");
            if (!get) return found;
            return vm.call(vm.bound(get, found), {Value::none(), of});
        }
        case ObjectKind::Str:
        case ObjectKind::Bytes:
        case ObjectKind::List:
        case ObjectKind::Tuple:
        case ObjectKind::Dict:
        case ObjectKind::Set:
        case ObjectKind::Range:
        case ObjectKind::Slice:
        case ObjectKind::Function:
        case ObjectKind::BoundMethod:
        case ObjectKind::Property:
        case ObjectKind::Class:
        case ObjectKind::Module:
        case ObjectKind::Cell:
        case ObjectKind::Iterator:
        case ObjectKind::Generator:
        case ObjectKind::Awaitable:
        case ObjectKind::Task:
        case ObjectKind::Future:
        case ObjectKind::Super:
        case ObjectKind::Unknown:
            return found;
    }
    return found;
}

bool is_data_descriptor(Vm& vm, const Value& attribute) {
    if (const Property* property = as_property(attribute)) return !property->cached;
    const Instance* instance = as_instance(attribute);
    return instance && (find_in_mro(vm, *instance->cls, "__set__") ||
                        find_in_mro(vm, *instance->cls, "__delete__"));
}

Value bind_attribute(Vm& vm, const Value& attribute, const Value& self, Class* cls) {
    if (!attribute.is_object()) return attribute;
    switch (attribute.object->kind) {
        case ObjectKind::Function:
            return vm.bound(attribute, self);
        case ObjectKind::Native:
            return as_native(attribute)->is_method ? vm.bound(attribute, self) : attribute;
        case ObjectKind::ClassMethod:
            return vm.bound(static_cast<ClassMethod*>(attribute.object)->function, Value::of(cls));
        case ObjectKind::StaticMethod:
            return static_cast<StaticMethod*>(attribute.object)->function;
        case ObjectKind::Property: {
            const Property* property = as_property(attribute);
            if (property->getter.is_null() || property->getter.is_none()) {
                return vm.raise(vm.types().attribute_error,
                                cat("property '", property->name, "' of '", cls->name,
                                    "' object has no getter"));
            }
            Value result;
            if (const Native* native = as_native(property->getter); native && native->is_method) {
                Arguments arguments;
                arguments.self = self;
                arguments.captured = &native->captured;
                result = native->function(vm, arguments);
            } else {
                result = vm.call(property->getter, {self});
            }
            if (result && property->cached) {
                if (Namespace* attributes = attributes_of(vm, self, true)) {
                    attributes->set(property->name, result);
                }
            }
            return result;
        }
        case ObjectKind::Instance: {
            const Value get = find_in_mro(vm, *attribute.object->cls, "__get__");
            if (!get) return attribute;
            return vm.call(vm.bound(get, attribute), {self, Value::of(cls)});
        }
        case ObjectKind::Str:
        case ObjectKind::Bytes:
        case ObjectKind::List:
        case ObjectKind::Tuple:
        case ObjectKind::Dict:
        case ObjectKind::Set:
        case ObjectKind::Range:
        case ObjectKind::Slice:
        case ObjectKind::BoundMethod:
        case ObjectKind::Class:
        case ObjectKind::Module:
        case ObjectKind::Cell:
        case ObjectKind::Iterator:
        case ObjectKind::Generator:
        case ObjectKind::Awaitable:
        case ObjectKind::Task:
        case ObjectKind::Future:
        case ObjectKind::Super:
        case ObjectKind::Unknown:
            return attribute;
    }
    return attribute;
}

Value find_special(Vm& vm, const Value& value, std::string_view name) {
    const Class* cls = vm.class_of(value);
    Class* owner = nullptr;
    const Value found = find_in_mro(vm, *cls, name, &owner);
    if (!found || owner == vm.types().object) return {};
    // What a builtin kind does by itself is done directly; its methods are there for super().
    if (is_builtin_method(found) && !as_instance(value)) return {};
    return found;
}

Value special_method(Vm& vm, const Value& value, std::string_view name) {
    Class* cls = vm.class_of(value);
    const Value found = find_in_mro(vm, *cls, name);
    return found ? bind_attribute(vm, found, value, cls) : found;
}

Value call_special(Vm& vm, const Value& self, std::string_view name,
                   std::initializer_list<Value> arguments, bool& found) {
    found = false;
    if (!self.is_object()) return {};
    const Value method = find_special(vm, self, name);
    if (!method || method.is_none()) return {};
    found = true;
    const Value bound = bind_attribute(vm, method, self, self.object->cls);
    return bound ? vm.call(bound, arguments) : bound;
}

Class* Vm::class_of(const Value& value) const {
    switch (value.tag) {
        case Tag::Null:
        case Tag::None:
            return types_.none_type;
        case Tag::Bool:
            return types_.boolean;
        case Tag::Int:
            return types_.integer;
        case Tag::Float:
            return types_.real;
        case Tag::Ellipsis:
            return types_.ellipsis;
        case Tag::NotImplemented:
            return types_.not_implemented;
        case Tag::Object:
            break;
    }
    if (const Class* cls = as_class(value); cls && cls->metaclass) return cls->metaclass;
    return value.object->cls ? value.object->cls : types_.object;
}

bool Vm::is_instance(const Value& value, const Class* cls) const {
    return class_of(value)->derives_from(cls);
}

// As CPython's messages name a type (tp_name): types that are written in C have their module there.
std::string_view type_name(Vm& vm, const Value& value) {
    constexpr std::string_view kInC[] = {
        "datetime.datetime",  "datetime.date",           "datetime.time",
        "datetime.timedelta", "datetime.timezone",       "decimal.Decimal",
        "collections.deque",  "collections.defaultdict", "functools.partial",
        "re.Pattern",         "collections.OrderedDict", "re.Match"};
    const Class* cls = vm.class_of(value);
    if (cls->user_code || cls->module == "builtins") return cls->name;
    for (const std::string_view full : kInC) {
        const std::size_t dot = full.find('.');
        if (full.substr(0, dot) == cls->module && full.substr(dot + 1) == cls->name) return full;
    }
    return cls->name;
}

Value type_error(Vm& vm, std::string_view message) {
    return vm.raise(vm.types().type_error, message);
}

Value value_error(Vm& vm, std::string_view message) {
    return vm.raise(vm.types().value_error, message);
}

}  // namespace wh::program
