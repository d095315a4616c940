// Attributes that classes, functions, modules and Unknown values have by themselves.
#include "program/objects/support.h"

namespace wh::program {

Value namespace_dict(Vm& vm, const Value& owner) {
    const Value made = vm.dict();
    const Namespace* attributes = attributes_of(vm, owner);
    if (attributes) {
        for (const Namespace::Entry& entry : attributes->entries()) {
            if (!as_dict(made)->set(vm, vm.str(entry.name), entry.value)) return {};
        }
    }
    if (!as_class(owner)) objects_state(vm).namespace_dicts.emplace(made.object, owner);
    return made;
}

void write_through(Vm& vm, const Dict& dict) {
    auto& all = objects_state(vm).namespace_dicts;
    if (all.empty()) return;
    const auto found = all.find(&dict);
    if (found == all.end()) return;
    Namespace* attributes = attributes_of(vm, found->second, true);
    if (!attributes) return;
    attributes->clear();
    for (const Table::Entry& entry : dict.entries) {
        if (entry.live) attributes->set(text_of(entry.key), entry.value);
    }
}

static Value class_tuple(Vm& vm, const std::vector<Class*>& classes) {
    std::vector<Value> items;
    for (Class* each : classes) items.push_back(Value::of(each));
    return vm.tuple(std::move(items));
}

static Value special_class_attribute(Vm& vm, Class& cls, std::string_view name) {
    if (name == "__name__") return vm.str(cls.name);
    if (name == "__mro__") return class_tuple(vm, cls.mro);
    if (name == "__bases__") return class_tuple(vm, cls.bases);
    if (name == "__base__") {
        return cls.bases.empty() ? Value::none() : Value::of(cls.bases.front());
    }
    if (name == "__class__") return Value::of(vm.class_of(Value::of(&cls)));
    if (name == "__dict__") return namespace_dict(vm, Value::of(&cls));
    const Value* own = cls.attributes.find(name);
    if (name == "__qualname__" && !own)
        return vm.str(cls.qualname.empty() ? cls.name : cls.qualname);
    if (name == "__module__" && !own) return vm.str(cls.module);
    if (name == "__doc__") return own ? *own : Value::none();
    if (name == "__annotations__") {
        if (!own) {
            const Value made = vm.dict();
            if (cls.user_code) cls.attributes.set(name, made);
            return made;
        }
        return *own;
    }
    return {};
}

Value class_attribute(Vm& vm, Class& cls, std::string_view name) {
    if (name.starts_with("__")) {
        if (const Value found = special_class_attribute(vm, cls, name)) return found;
    }
    const Value self = Value::of(&cls);
    Class* meta = vm.class_of(self);
    const Value from_meta = find_in_mro(vm, *meta, name);
    if (from_meta && is_data_descriptor(vm, from_meta)) {
        return bind_attribute(vm, from_meta, self, meta);
    }
    // object's own methods stand behind those that a metaclass or type defines.
    if (const Value found = class_lookup(vm, self, cls, name); found || vm.failed()) return found;
    if (from_meta) return bind_attribute(vm, from_meta, self, meta);
    if (cls.hooks) {
        if (const Value found = cls.hooks->class_attribute(vm, cls, name); found || vm.failed()) {
            return found;
        }
    }
    if (meta != vm.types().type) {
        if (const Value fallback = find_special(vm, self, "__getattr__")) {
            return vm.call(bind_attribute(vm, fallback, self, meta), {vm.str(std::string(name))});
        }
    }
    return {};
}

bool set_class_attribute(Vm& vm, Class& cls, std::string_view name, const Value& to) {
    if (cls.methods) {
        type_error(vm, cat("cannot set '", name, "' attribute of immutable type '", cls.name, "'"));
        return false;
    }
    Class* meta = vm.class_of(Value::of(&cls));
    if (meta != vm.types().type) {
        const Value from_meta = find_in_mro(vm, *meta, name);
        if (from_meta && is_data_descriptor(vm, from_meta)) {
            return object_setattr(vm, Value::of(&cls), name, to);
        }
    }
    if (name == "__name__" && as_str(to)) {
        cls.name = text_of(to);
        return true;
    }
    if (name == "__qualname__" && as_str(to)) cls.qualname = text_of(to);
    if (name == "__module__" && as_str(to)) cls.module = text_of(to);
    if (!vm.charge(sizeof(Namespace::Entry))) return false;
    cls.attributes.set(name, to);
    return true;
}

static Value code_object(Vm& vm, const Function& function) {
    const Code& code = *function.code;
    const Value made = vm.instance(named_class(vm, "code"));
    Namespace& attributes = as_instance(made)->attributes;
    std::vector<Value> names;
    for (const std::string& local : code.locals) names.push_back(vm.str(local));
    attributes.set("co_name", vm.str(code.name));
    attributes.set("co_qualname", vm.str(code.qualname));
    attributes.set("co_varnames", vm.tuple(std::move(names)));
    attributes.set("co_argcount", Value::of(static_cast<std::int64_t>(code.positional)));
    attributes.set("co_posonlyargcount",
                   Value::of(static_cast<std::int64_t>(code.positional_only)));
    attributes.set("co_kwonlyargcount", Value::of(static_cast<std::int64_t>(code.keyword_only)));
    // inspect.CO_*: optimised, new locals, *args, **kwargs, generator, coroutine, async generator.
    attributes.set("co_flags",
                   Value::of(3 | (code.has_star ? 4 : 0) | (code.has_double_star ? 8 : 0) |
                             (code.is_generator ? 0x20 : 0) | (code.is_coroutine ? 0x80 : 0) |
                             (code.is_async_generator ? 0x200 : 0)));
    return made;
}

static Value special_function_attribute(Vm& vm, const Value& value, std::string_view name) {
    if (const Native* native = as_native(value)) {
        if (name == "__name__" || name == "__qualname__") return vm.str(native->name);
        if (name == "__doc__" || name == "__module__") return Value::none();
        return {};
    }
    Function* function = as_function(value);
    if (name == "__name__") return vm.str(function->name);
    if (name == "__qualname__") return vm.str(function->qualname);
    if (name == "__module__")
        return function->module ? vm.str(function->module->name) : Value::none();
    if (name == "__doc__") {
        return function->code && function->code->has_doc ? vm.str(function->code->doc)
                                                         : Value::none();
    }
    if (name == "__defaults__") {
        return function->defaults.empty() ? Value::none() : vm.tuple(function->defaults);
    }
    if (name == "__kwdefaults__") {
        if (function->keyword_defaults.empty()) return Value::none();
        const Value made = vm.dict();
        for (const auto& [key, each] : function->keyword_defaults) {
            as_dict(made)->set(vm, vm.str(key), each);
        }
        return made;
    }
    if (name == "__annotations__") {
        if (!function->annotations) function->annotations = as_dict(vm.dict());
        return function->annotations ? Value::of(function->annotations) : Value::none();
    }
    if (name == "__globals__" && function->module) {
        return namespace_dict(vm, Value::of(function->module));
    }
    if (name == "__code__" && function->code) return code_object(vm, *function);
    if (name == "__closure__") {
        if (function->closure.empty()) return Value::none();
        std::vector<Value> cells;
        for (Cell* cell : function->closure) cells.push_back(Value::of(cell));
        return vm.tuple(std::move(cells));
    }
    return {};
}

Value function_attribute(Vm& vm, const Value& value, std::string_view name) {
    if (const BoundMethod* method = as_bound_method(value)) {
        if (name == "__self__") return method->self;
        if (name == "__func__") return method->function;
        if (name == "__call__") return value;
        if (name == "__class__" || name == "__get__" || name == "__eq__" || name == "__hash__") {
            return {};
        }
        return vm.find_attribute(method->function, name);
    }
    if (name == "__call__") return value;
    if (const Value* found = attributes_of(vm, value)->find(name)) return *found;
    if (name == "__dict__") return namespace_dict(vm, value);
    return name.starts_with("__") ? special_function_attribute(vm, value, name) : Value();
}

bool set_function_attribute(Vm& vm, const Value& value, std::string_view name, const Value& to) {
    if (Function* function = as_function(value)) {
        if (name == "__name__" && as_str(to)) {
            function->name = text_of(to);
            return true;
        }
        if (name == "__qualname__" && as_str(to)) {
            function->qualname = text_of(to);
            return true;
        }
        if (name == "__annotations__" && as_dict(to)) {
            function->annotations = as_dict(to);
            return true;
        }
        if (name == "__defaults__") {
            function->defaults = as_tuple(to) ? as_tuple(to)->items : std::vector<Value>();
            return true;
        }
        if (name == "__dict__" && as_dict(to)) return object_setattr(vm, value, name, to);
    } else if (is_builtin_method(value)) {
        vm.raise(vm.types().attribute_error,
                 cat("'builtin_function_or_method' object has no attribute '", name,
                     "' and no __dict__ for setting new attributes"));
        return false;
    }
    attributes_of(vm, value)->set(name, to);
    return true;
}

Value module_attribute(Vm& vm, const Value& value, std::string_view name) {
    Module* module = as_module(value);
    if (const Value* found = module->globals.find(name)) return *found;
    if (name == "__name__") return vm.str(module->name);
    if (name == "__dict__") return namespace_dict(vm, value);
    if (name == "__class__") return Value::of(vm.types().module);
    if (name == "__doc__" || name == "__file__" || name == "__spec__") return Value::none();
    if (module->opaque) {
        return derived_unknown(vm, cat(module->name, ".", name), value);
    }
    if (const Value* fallback = module->globals.find("__getattr__")) {
        return vm.call(*fallback, {vm.str(std::string(name))});
    }
    return {};
}

Value common_attribute(Vm& vm, const Value& value, std::string_view name) {
    if (!name.starts_with("__")) return {};
    Class* cls = vm.class_of(value);
    if (name == "__class__") return Value::of(cls);
    if (name == "__dict__") {
        return attributes_of(vm, value, true) ? namespace_dict(vm, value) : Value();
    }
    if (name == "__doc__") return Value::none();
    if (name == "__module__") return vm.str(cls->module);
    return {};
}

Value unknown_attribute(Vm& vm, const Value& value, std::string_view name) {
    const Unknown* unknown = as_unknown(value);
    if (Class* shape = unknown->shape) {
        if (name == "__class__") return Value::of(shape);
        const Value found = find_in_mro(vm, *shape, name);
        const Property* property = as_property(found);
        if (as_function(found)) return vm.bound(found, value);
        if (property && as_function(property->getter)) return vm.call(property->getter, {value});
        if (!found && shape->methods) return {};  // a str, int ... has nothing else
    }
    const Value made = derived_unknown(vm, cat(unknown->label, ".", name), value);
    if (name == "get" && unknown->answer) {
        as_unknown(made)->answer = true;
        as_unknown(made)->path = unknown->path;
    }
    return made;
}

}  // namespace wh::program
