// value.name, value.name = x, del value.name.
#include "program/objects/support.h"

namespace wh::program {

Value class_attribute(Vm& vm, Class& cls, std::string_view name);
Value function_attribute(Vm& vm, const Value& function, std::string_view name);
Value module_attribute(Vm& vm, const Value& module, std::string_view name);
Value common_attribute(Vm& vm, const Value& value, std::string_view name);
Value unknown_attribute(Vm& vm, const Value& value, std::string_view name);
bool set_class_attribute(Vm& vm, Class& cls, std::string_view name, const Value& to);
bool set_function_attribute(Vm& vm, const Value& function, std::string_view name, const Value& to);

namespace {

bool no_attribute(Vm& vm, const Value& value, std::string_view name, std::string_view more = {}) {
    std::string text;
    if (const Class* cls = as_class(value)) {
        text = cat("type object '", cls->name, "' has no attribute '", name, "'");
    } else if (const Module* module = as_module(value)) {
        // CPython 3.13, Objects/moduleobject.c, _Py_module_getattro_impl.
        constexpr const char* kCircular = " (most likely due to a circular import)";
        const auto& modules = Interpreter::internals(vm).modules;
        const auto inner = modules.find(cat(module->name, ".", name));
        if (module->initializing) {
            text = cat("partially initialized module '", module->name, "' has no attribute '", name,
                       "'", kCircular);
        } else if (inner != modules.end() && inner->second->initializing) {
            text = cat("cannot access submodule '", name, "' of module '", module->name, "'",
                       kCircular);
        } else {
            text = cat("module '", module->name, "' has no attribute '", name, "'");
        }
    } else if (as_native(value) || as_function(value)) {
        text = cat("'", type_name(vm, value), "' object has no attribute '", name, "'");
    } else if (value.is_object() && value.object->kind == ObjectKind::Super) {
        text = cat("'super' object has no attribute '", name, "'");
    } else {
        text = cat("'", type_name(vm, value), "' object has no attribute '", name, "'", more);
    }
    vm.raise(vm.types().attribute_error, std::move(text));
    if (ExceptionInstance* error = as_exception(vm.error())) {
        error->attributes.set("name", vm.str(std::string(name)));
        error->attributes.set("obj", value);
    }
    return false;
}

// As object.__getattribute__ does. Null without failure: absent.
Value generic_attribute(Vm& vm, const Value& value, std::string_view name) {
    Class* cls = vm.class_of(value);
    const Value from_class = find_in_mro(vm, *cls, name);
    if (from_class && is_data_descriptor(vm, from_class)) {
        return bind_attribute(vm, from_class, value, cls);
    }
    if (const Namespace* attributes = attributes_of(vm, value)) {
        if (const Value* found = attributes->find(name)) return *found;
    }
    if (from_class) return bind_attribute(vm, from_class, value, cls);
    if (const Value found = common_attribute(vm, value, name); found || vm.failed()) return found;
    if (cls->hooks) return cls->hooks->instance_attribute(vm, value, name);
    return {};
}

Value super_attribute(Vm& vm, const Value& value, std::string_view name) {
    const auto* super = static_cast<Super*>(value.object);
    Class* self_class = as_class(super->self);
    // super() in a classmethod has the class as its self, in a method the instance.
    const bool of_class = self_class && self_class->derives_from(super->after);
    Class* cls = of_class ? self_class : vm.class_of(super->self);
    const Value found = find_after(vm, *cls, super->after, name);
    if (!found) {
        if (name == "__class__") return Value::of(vm.types().super);
        if (cls->hooks && !of_class) return cls->hooks->instance_attribute(vm, super->self, name);
        return {};
    }
    if (!of_class) return bind_attribute(vm, found, super->self, cls);
    if (found.is_object() && found.object->kind == ObjectKind::ClassMethod) {
        return vm.bound(static_cast<ClassMethod*>(found.object)->function, super->self);
    }
    if (found.is_object() && found.object->kind == ObjectKind::StaticMethod) {
        return static_cast<StaticMethod*>(found.object)->function;
    }
    // A metaclass's method gets the class; a plain function stays plain.
    const bool in_metaclass = super->after->derives_from(vm.types().type);
    return in_metaclass ? bind_attribute(vm, found, super->self, cls) : found;
}

// Null without failure: absent.
Value lookup(Vm& vm, const Value& value, std::string_view name) {
    if (!value.is_object()) return generic_attribute(vm, value, name);
    switch (value.object->kind) {
        case ObjectKind::Unknown:
            return unknown_attribute(vm, value, name);
        case ObjectKind::Class:
            return class_attribute(vm, *as_class(value), name);
        case ObjectKind::Module:
            return module_attribute(vm, value, name);
        case ObjectKind::Super:
            return super_attribute(vm, value, name);
        case ObjectKind::Function:
        case ObjectKind::Native:
        case ObjectKind::BoundMethod: {
            const Value found = function_attribute(vm, value, name);
            return found || vm.failed() ? found : generic_attribute(vm, value, name);
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
        case ObjectKind::StaticMethod:
        case ObjectKind::ClassMethod:
        case ObjectKind::Instance:
        case ObjectKind::Cell:
        case ObjectKind::Iterator:
        case ObjectKind::Generator:
        case ObjectKind::Awaitable:
        case ObjectKind::Task:
        case ObjectKind::Future:
            break;
    }
    const Class* cls = value.object->cls;
    // An exact builtin; instances may have a __getattr__ from their table.
    if (cls->methods && !as_instance(value)) return generic_attribute(vm, value, name);
    Value found;
    const Value get = find_special(vm, value, "__getattribute__");
    if (get) {
        found =
            vm.call(bind_attribute(vm, get, value, value.object->cls), {vm.str(std::string(name))});
    } else {
        found = generic_attribute(vm, value, name);
    }
    if (found || (vm.failed() && !vm.error_is(vm.types().attribute_error))) return found;
    const Value fallback = find_special(vm, value, "__getattr__");
    if (!fallback) return found;
    if (vm.failed()) vm.take_error();
    return vm.call(bind_attribute(vm, fallback, value, value.object->cls),
                   {vm.str(std::string(name))});
}

Namespace* side_attributes(Vm& vm, const Object* object, bool create) {
    auto& all = objects_state(vm).side_attributes;
    if (create) return &all[object];
    const auto found = all.find(object);
    return found == all.end() ? nullptr : &found->second;
}

}  // namespace

Value object_getattribute(Vm& vm, const Value& value, std::string_view name) {
    const Value found = generic_attribute(vm, value, name);
    if (!found && !vm.failed()) no_attribute(vm, value, name);
    return found;
}

Value Vm::get_attribute(const Value& value, std::string_view name) {
    const Value found = lookup(*this, value, name);
    if (found || failed()) return found;
    const Module* module = as_module(value);
    if (module && !module->user_code) {
        return not_modelled(cat(module->name, ".", name));
    }
    no_attribute(*this, value, name);
    return {};
}

Value Vm::find_attribute(const Value& value, std::string_view name) {
    const Value found = lookup(*this, value, name);
    if (!found && failed() && error_is(types_.attribute_error)) take_error();
    return found;
}

bool load_method(Vm& vm, const Value& value, std::string_view name, Value& function, Value& self) {
    self = Value();
    const bool plain = !value.is_object() || value.object->kind == ObjectKind::Str ||
                       value.object->kind == ObjectKind::List ||
                       value.object->kind == ObjectKind::Dict ||
                       value.object->kind == ObjectKind::Instance;
    if (plain) {
        Class* cls = vm.class_of(value);
        const Value found = find_in_mro(vm, *cls, name);
        const Native* native = as_native(found);
        if (as_function(found) || (native && native->is_method)) {
            const Namespace* attributes = attributes_of(vm, value);
            const bool hidden = attributes && attributes->find(name);
            if (!hidden && (cls->methods || !find_special(vm, value, "__getattribute__"))) {
                function = found;
                self = value;
                return true;
            }
        }
    }
    function = vm.get_attribute(value, name);
    return !function.is_null();
}

Namespace* attributes_of(Vm& vm, const Value& value, bool create) {
    if (!value.is_object()) return nullptr;
    switch (value.object->kind) {
        case ObjectKind::Instance:
            return &as_instance(value)->attributes;
        case ObjectKind::Function:
            return &as_function(value)->attributes;
        case ObjectKind::Native:
            return &as_native(value)->attributes;
        case ObjectKind::Module:
            return &as_module(value)->globals;
        case ObjectKind::Class:
            return &as_class(value)->attributes;
        case ObjectKind::Str:
        case ObjectKind::Bytes:
        case ObjectKind::List:
        case ObjectKind::Tuple:
        case ObjectKind::Dict:
        case ObjectKind::Set:
        case ObjectKind::Property:
        case ObjectKind::Iterator:
        case ObjectKind::Awaitable:
        case ObjectKind::Task:
        case ObjectKind::Future:
            // Classes derived from the builtin ones: the paste's, and those of library models.
            if (value.object->cls->methods) return nullptr;
            return side_attributes(vm, value.object, create);
        case ObjectKind::Range:
        case ObjectKind::Slice:
        case ObjectKind::BoundMethod:
        case ObjectKind::StaticMethod:
        case ObjectKind::ClassMethod:
        case ObjectKind::Cell:
        case ObjectKind::Generator:
        case ObjectKind::Super:
        case ObjectKind::Unknown:
            return nullptr;
    }
    return nullptr;
}

bool object_setattr(Vm& vm, const Value& value, std::string_view name, const Value& to) {
    Class* cls = vm.class_of(value);
    const Value from_class = find_in_mro(vm, *cls, name);
    if (const Property* property = as_property(from_class); property && !property->cached) {
        if (!property->setter || property->setter.is_none()) {
            vm.raise(vm.types().attribute_error,
                     cat("property '", name, "' of '", cls->name, "' object has no setter"));
            return false;
        }
        return !vm.call(vm.bound(property->setter, value), {to}).is_null();
    }
    if (const Instance* descriptor = as_instance(from_class)) {
        if (const Value set = find_in_mro(vm, *descriptor->cls, "__set__")) {
            return !vm.call(vm.bound(set, from_class), {value, to}).is_null();
        }
    }
    if (cls->hooks && as_instance(value)) {
        const int done = cls->hooks->set_instance_attribute(vm, value, name, to);
        if (done != 0) return done > 0;
    }
    if (name == "__class__" && as_class(to)) {
        value.object->cls = as_class(to);
        return true;
    }
    Namespace* attributes = attributes_of(vm, value, true);
    const bool bare = as_instance(value) && cls == vm.types().object;
    if (!attributes || bare) {
        const bool on_class = static_cast<bool>(from_class);
        if (on_class) {
            vm.raise(vm.types().attribute_error,
                     cat("'", cls->name, "' object attribute '", name, "' is read-only"));
            return false;
        }
        return no_attribute(vm, value, name, " and no __dict__ for setting new attributes");
    }
    if (name == "__dict__" && as_dict(to)) {
        attributes->clear();
        for (const Table::Entry& entry : as_dict(to)->entries) {
            if (entry.live) attributes->set(text_of(entry.key), entry.value);
        }
        return true;
    }
    if (const Value* slots = cls->attributes.find("__slots__");
        slots && as_instance(value) && name != "__dict__") {
        // Without a __dict__ only the slots of the classes can be set.
        bool known = from_class && !as_function(from_class);
        for (const Class* each : cls->mro) {
            const Value* own = each->attributes.find("__slots__");
            if (each == vm.types().object) continue;
            if (!own || !each->user_code) {
                known = true;
                break;
            }
            bool listed = as_str(*own) && text_of(*own) == name;
            if (!as_str(*own) && !vm.contains(*own, vm.str(name), listed)) return false;
            known |= listed;
        }
        if (!known)
            return no_attribute(vm, value, name, " and no __dict__ for setting new attributes");
    }
    if (!attributes->find(name) && !vm.charge(sizeof(Namespace::Entry) + name.size())) return false;
    attributes->set(name, to);
    return true;
}

bool Vm::set_attribute(const Value& value, std::string_view name, const Value& to) {
    if (!value.is_object()) return object_setattr(*this, value, name, to);
    if (Class* cls = as_class(value)) {
        const Value set =
            cls->metaclass ? find_in_mro(*this, *cls->metaclass, "__setattr__") : Value();
        if (as_function(set)) return !call(bound(set, value), {str(name), to}).is_null();
        return set_class_attribute(*this, *cls, name, to);
    }
    if (Module* module = as_module(value)) {
        Value kept = to;
        if (!module->user_code && !to.origin) {  // a library's own name is replaced: where
            kept.origin =
                origins().add(trust::OriginKind::Literal, current_span(), std::string(name));
        }
        module->globals.set(name, kept);
        return true;
    }
    if (as_function(value) || as_native(value)) {
        return set_function_attribute(*this, value, name, to);
    }
    if (as_unknown(value)) return true;
    if (value.object->cls->methods == nullptr) {
        if (const Value set = find_special(*this, value, "__setattr__")) {
            return !call(bind_attribute(*this, set, value, value.object->cls),
                         {str(std::string(name)), to})
                        .is_null();
        }
    }
    return object_setattr(*this, value, name, to);
}

bool object_delattr(Vm& vm, const Value& value, std::string_view name) {
    Class* cls = vm.class_of(value);
    const Value from_class = find_in_mro(vm, *cls, name);
    if (const Property* property = as_property(from_class); property && !property->cached) {
        if (!property->deleter || property->deleter.is_none()) {
            vm.raise(vm.types().attribute_error,
                     cat("property '", name, "' of '", cls->name, "' object has no deleter"));
            return false;
        }
        return !vm.call(property->deleter, {value}).is_null();
    }
    if (const Instance* descriptor = as_instance(from_class)) {
        if (const Value erase = find_in_mro(vm, *descriptor->cls, "__delete__")) {
            return !vm.call(vm.bound(erase, from_class), {value}).is_null();
        }
    }
    Namespace* attributes = attributes_of(vm, value);
    if (attributes && attributes->erase(name)) return true;
    return no_attribute(vm, value, name);
}

bool Vm::delete_attribute(const Value& value, std::string_view name) {
    if (as_unknown(value)) return true;
    if (value.is_object() && !as_class(value) && !as_module(value) &&
        value.object->cls->methods == nullptr) {
        if (const Value erase = find_special(*this, value, "__delattr__")) {
            return !call(bind_attribute(*this, erase, value, value.object->cls),
                         {str(std::string(name))})
                        .is_null();
        }
    }
    if (as_class(value) || as_module(value)) {
        return attributes_of(*this, value)->erase(name) || no_attribute(*this, value, name);
    }
    return object_delattr(*this, value, name);
}

}  // namespace wh::program
