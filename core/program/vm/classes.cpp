// Classes: the class statement, C3, hooks, super(); how native classes are made.
#include "base/limits.h"
#include "base/text.h"
#include "program/objects/operations.h"
#include "program/typing_objects.h"
#include "program/vm/frame.h"

namespace wh::program {

bool ClassHooks::subclass_created(Vm&, Class&, Arguments&) const {
    return true;
}
Value ClassHooks::construct(Vm&, Class&, Arguments&) const {
    return {};
}
Value ClassHooks::class_attribute(Vm&, Class&, std::string_view) const {
    return {};
}
Value ClassHooks::class_iterate(Vm&, Class&) const {
    return {};
}
Value ClassHooks::class_item(Vm&, Class&, Value) const {
    return {};
}
Value ClassHooks::instance_attribute(Vm&, Value, std::string_view) const {
    return {};
}
int ClassHooks::set_instance_attribute(Vm&, Value, std::string_view, Value) const {
    return 0;
}

namespace {

// What derives from a class that the core does not know has attributes that it does not know.
class UnknownBaseHooks final : public ClassHooks {
  public:
    Value class_attribute(Vm& vm, Class& cls, std::string_view name) const override {
        if (name.starts_with("__")) return {};
        return derived_unknown(vm, cat(cls.name, ".", name), Value::of(&cls));
    }
    Value instance_attribute(Vm& vm, Value self, std::string_view name) const override {
        if (name.starts_with("__")) return {};
        return derived_unknown(vm, cat(self.object->cls->name, ".", name), self);
    }
};
const UnknownBaseHooks kUnknownBaseHooks;

bool names_an_exception(std::string_view name) {
    return name.ends_with("Error") || name.ends_with("Exception") || name.ends_with("Warning");
}

// The class whose hooks shape `cls`: a library's before a builtin's (`class Color(str, Enum)`).
const ClassHooks* inherited_hooks(const Class& cls) {
    const ClassHooks* first = nullptr;
    for (const Class* each : cls.mro) {
        if (!each->hooks) continue;
        if (!first) first = each->hooks;
        if (each->module != "builtins") return each->hooks;
    }
    return first;
}

void inherit(Vm& vm, Class& cls) {
    if (!cls.hooks) cls.hooks = inherited_hooks(cls);
    for (const Class* base : cls.bases) {
        if (base->is_exception) cls.is_exception = true;
        if (base->metaclass && (!cls.metaclass || base->metaclass->derives_from(cls.metaclass))) {
            cls.metaclass = base->metaclass;
        }
    }
    (void)vm;
}

}  // namespace

bool compute_mro(Vm& vm, Class& cls) {
    std::vector<std::vector<Class*>> lists;
    for (Class* base : cls.bases) lists.push_back(base->mro);
    lists.push_back(cls.bases);
    std::size_t all = 0;
    for (const std::vector<Class*>& list : lists) all += list.size();
    if (all > limits::kClassBasesMax) {
        stop(vm, "class-limit", "the run was stopped: a class derives from too many others");
        return false;
    }
    vm.work(all * all / 16);
    vm.charge(all * sizeof(Class*));
    cls.mro = {&cls};
    for (;;) {
        Class* next = nullptr;
        bool any = false;
        for (const std::vector<Class*>& list : lists) {
            if (list.empty()) continue;
            any = true;
            bool in_a_tail = false;
            for (const std::vector<Class*>& other : lists) {
                for (std::size_t i = 1; i < other.size(); ++i) in_a_tail |= other[i] == list[0];
            }
            if (!in_a_tail) {
                next = list[0];
                break;
            }
        }
        if (!any) return true;
        if (!next) {
            std::vector<std::string> names;
            for (const Class* base : cls.bases) names.push_back(base->name);
            vm.raise(vm.types().type_error,
                     cat("Cannot create a consistent method resolution order (MRO) for bases ",
                         join(names, ", ")));
            return false;
        }
        cls.mro.push_back(next);
        for (std::vector<Class*>& list : lists) {
            if (!list.empty() && list[0] == next) list.erase(list.begin());
        }
    }
}

Value create_class(Vm& vm, std::string name, std::vector<Value> bases, Namespace attributes,
                   Arguments& keywords, Module* module, std::string qualname, Span span,
                   bool user_code) {
    const Builtins& types = vm.types();
    Class* cls = vm.make<Class>(ObjectKind::Class, types.type);
    cls->name = std::move(name);
    cls->qualname = std::move(qualname);
    cls->module = module ? module->name : "builtins";
    cls->span = span;
    cls->user_code = user_code;
    for (const Value& base : bases) {
        Class* known = as_class(base);
        if (!known && as_unknown(base)) {
            known = types.unknown;
            if (!cls->hooks) cls->hooks = &kUnknownBaseHooks;
            if (names_an_exception(cls->name)) {
                cls->is_exception = true;
                cls->bases.push_back(known);
                known = types.exception;
            }
        }
        if (!known) {
            return vm.raise(types.type_error,
                            cat("metaclass conflict or bad base: '", type_name(vm, base), "'"));
        }
        for (const Class* before : cls->bases) {
            if (before == known && known != types.unknown) {
                return vm.raise(types.type_error, cat("duplicate base class ", known->name));
            }
        }
        if (cls->bases.empty() || cls->bases.back() != known) cls->bases.push_back(known);
    }
    if (cls->bases.empty()) cls->bases.push_back(types.object);
    if (!compute_mro(vm, *cls)) return {};
    inherit(vm, *cls);
    if (cls->metaclass) cls->cls = cls->metaclass;
    cls->attributes = std::move(attributes);
    if (cls->attributes.find("__eq__") && !cls->attributes.find("__hash__")) {
        cls->attributes.set("__hash__", Value::none());
    }
    for (const char* implicit : {"__init_subclass__", "__class_getitem__", "__new__"}) {
        Value* found = cls->attributes.find(implicit);
        if (!found || !as_function(*found)) continue;
        if (std::string_view(implicit) == "__new__") {
            StaticMethod* made =
                vm.make<StaticMethod>(ObjectKind::StaticMethod, types.staticmethod);
            made->function = *found;
            *found = Value::of(made);
        } else {
            ClassMethod* made = vm.make<ClassMethod>(ObjectKind::ClassMethod, types.classmethod);
            made->function = *found;
            *found = Value::of(made);
        }
    }
    const Value made = Value::of(cls);
    // By index: __set_name__ may add attributes.
    for (std::size_t i = 0; i < cls->attributes.entries().size(); ++i) {
        const Namespace::Entry entry = cls->attributes.entries()[i];
        if (Property* property = as_property(entry.value)) {
            if (property->name.empty()) property->name = entry.name;
        }
        if (!as_instance(entry.value)) continue;
        const Value method = special_method(vm, entry.value, "__set_name__");
        if (method && vm.call(method, {made, vm.str(entry.name)}).is_null()) return {};
        if (vm.failed()) return {};
    }
    if (cls->hooks && !cls->hooks->subclass_created(vm, *cls, keywords)) return {};
    Value init = find_after(vm, *cls, cls, "__init_subclass__");
    if (const Object* wrapped = object_of(init, ObjectKind::ClassMethod)) {
        init = static_cast<const ClassMethod*>(wrapped)->function;
    }
    if (as_function(init)) {
        Arguments arguments;
        arguments.self = made;
        arguments.keywords = keywords.keywords;
        if (vm.call(init, std::move(arguments)).is_null()) return {};
    } else if (!keywords.keywords.empty() && !cls->hooks) {
        return vm.raise(types.type_error,
                        cat(cls->name, ".__init_subclass__() takes no keyword arguments"));
    }
    return made;
}

namespace {

// Bases as classes: __mro_entries__ (PEP 560), Generic[T].
bool resolve_bases(Vm& vm, const std::vector<Value>& given, std::vector<Value>& out) {
    for (const Value& base : given) {
        if (as_class(base) || as_unknown(base)) {
            out.push_back(base);
            continue;
        }
        const Value form = form_base(base);
        if (form) {
            bool repeated = false;
            for (const Value& before : out) {
                repeated |= before.is_object() && form.is_object() && before.object == form.object;
            }
            if (!repeated) out.push_back(form);
            continue;
        }
        const Value method = vm.find_attribute(base, "__mro_entries__");
        if (vm.failed()) return false;
        if (method) {
            const Value entries = vm.call(method, {vm.tuple(given)});
            if (entries.is_null() || !vm.collect(entries, out)) return false;
            continue;
        }
        out.push_back(vm.not_modelled("base class that is no class"));
    }
    return true;
}

}  // namespace

Value build_class(Vm& vm, Function& body, const Value& bases, const Value& keywords,
                  const CallSite& site) {
    const Code& code = *body.code;
    Arguments arguments;
    arguments.site = &site;
    Value metaclass;
    if (const Dict* dict = as_dict(keywords)) {
        for (const Dict::Entry& each : dict->entries) {
            if (text_of(each.key) == "metaclass") {
                metaclass = each.value;
            } else {
                arguments.keywords.emplace_back(std::string(text_of(each.key)), each.value);
            }
        }
    }
    std::vector<Value> classes;
    if (!resolve_bases(vm, as_list(bases)->items, classes)) return {};
    const bool generic = classes.size() != as_list(bases)->items.size() || classes.empty();
    Namespace attributes;
    attributes.set("__module__", vm.str(body.module->name));
    attributes.set("__qualname__", vm.str(code.qualname));
    if (code.has_doc) attributes.set("__doc__", vm.str(code.doc));
    for (std::size_t i = 0; i < classes.size() && !generic; ++i) {
        if (!as_class(as_list(bases)->items[i]) && !as_unknown(as_list(bases)->items[i])) {
            attributes.set("__orig_bases__", vm.tuple(as_list(bases)->items));
            break;
        }
    }
    std::unique_ptr<Frame> frame = make_frame(vm, code, &body, body.module);
    frame->names = &attributes;
    Cell* class_cell = nullptr;
    for (std::uint32_t i = 0; i < code.own_cells; ++i) {
        if (code.cells[i] == "__class__") class_cell = frame->cells[i];
    }
    if (!enter(vm, *frame, Entry::Native)) return {};
    frame.release();
    if (Interpreter::run(vm).left == Left::Failed) return {};

    Class* inherited = as_class(metaclass);
    for (const Value& base : classes) {
        const Class* cls = as_class(base);
        if (cls && cls->metaclass && (!inherited || cls->metaclass->derives_from(inherited))) {
            inherited = cls->metaclass;
        }
    }
    Value made;
    Class* owner = nullptr;
    const Value maker = inherited ? find_in_mro(vm, *inherited, "__new__", &owner) : Value();
    const StaticMethod* wrapped =
        static_cast<const StaticMethod*>(object_of(maker, ObjectKind::StaticMethod));
    if (wrapped && as_function(wrapped->function)) {
        // A metaclass of the user's that makes its classes itself.
        const Value names = vm.dict();
        if (names.is_null()) return {};
        for (const Namespace::Entry& each : attributes.entries()) {
            as_dict(names)->set(vm, vm.str(each.name), each.value);
        }
        arguments.positional = {vm.str(code.name), vm.tuple(classes), names};
        arguments.self = Value::of(inherited);
        made = vm.call(wrapped->function, arguments);
    } else {
        made = create_class(vm, code.name, std::move(classes), std::move(attributes), arguments,
                            body.module, code.qualname, code.span, !code.is_library);
        if (Class* cls = as_class(made); cls && inherited && inherited != vm.types().type) {
            cls->metaclass = inherited;
            cls->cls = inherited;
            const Value init = find_in_mro(vm, *inherited, "__init__", &owner);
            if (as_function(init)) {
                Arguments for_init;
                for_init.self = made;
                for_init.positional = {vm.str(code.name), vm.tuple({}), vm.dict()};
                if (vm.call(init, std::move(for_init)).is_null()) return {};
            }
        }
    }
    if (class_cell && made) class_cell->value = made;
    return made;
}

Value make_super(Vm& vm, Arguments& arguments) {
    Super* made = vm.make<Super>(ObjectKind::Super, vm.types().super);
    if (!arguments.positional.empty()) {
        made->after = as_class(arguments.positional[0]);
        made->self = arguments.positional.size() > 1 ? arguments.positional[1] : Value::none();
        if (!made->after)
            return vm.raise(vm.types().type_error, "super() argument 1 must be a type");
        return Value::of(made);
    }
    // The class is in the cell __class__, the receiver is the first argument. Comprehensions have
    // frames here, but not in 3.13: look through them.
    Frame* frame = Interpreter::internals(vm).frame;
    for (std::size_t i = 0; frame && i < frame->code->cells.size() && !made->after; ++i) {
        if (frame->code->cells[i] == "__class__") made->after = as_class(frame->cells[i]->value);
    }
    while (frame && frame->code->is_comprehension && frame->back) frame = frame->back;
    if (frame && frame->code->positional > 0) {
        made->self = frame->stack[0];
        for (const auto& [local, cell] : frame->code->cell_parameters) {
            if (local == 0) made->self = frame->cells[cell]->value;
        }
    }
    if (!made->after) {
        return vm.raise(vm.types().runtime_error, "super(): __class__ cell not found");
    }
    if (made->self.is_null()) {
        return vm.raise(vm.types().runtime_error, "super(): no arguments");
    }
    return Value::of(made);
}

// -- native classes
// ------------------------------------------------------------------------------------

Class* Vm::make_class(Module& module, std::string_view name, std::vector<Class*> bases,
                      const ClassHooks* hooks) {
    Class* cls = make<Class>(ObjectKind::Class, types_.type);
    cls->name = name;
    cls->qualname = name;
    cls->module = module.name;
    cls->bases = std::move(bases);
    if (cls->bases.empty() && types_.object) cls->bases.push_back(types_.object);
    cls->hooks = hooks;
    const bool consistent = compute_mro(*this, *cls);
    WH_CHECK(consistent);
    inherit(*this, *cls);
    module.globals.set(name, Value::of(cls));
    return cls;
}

namespace {

Value make_native(Vm& vm, std::string_view name, NativeFunction code, bool is_method) {
    Native* made = vm.make<Native>(ObjectKind::Native, vm.types().native);
    made->name = std::string(name);
    made->function = code;
    made->is_method = is_method;
    return Value::of(made);
}

}  // namespace

void Vm::method(Class* cls, std::string_view name, NativeFunction code) {
    const Value made = make_native(*this, name, code, true);
    as_native(made)->owner = cls;
    cls->attributes.set(name, made);
}

void Vm::static_method(Class* cls, std::string_view name, NativeFunction code) {
    StaticMethod* made = make<StaticMethod>(ObjectKind::StaticMethod, types_.staticmethod);
    made->function = make_native(*this, name, code, false);
    cls->attributes.set(name, Value::of(made));
}

void Vm::class_method(Class* cls, std::string_view name, NativeFunction code) {
    ClassMethod* made = make<ClassMethod>(ObjectKind::ClassMethod, types_.classmethod);
    made->function = make_native(*this, name, code, true);
    cls->attributes.set(name, Value::of(made));
}

void Vm::property(Class* cls, std::string_view name, NativeFunction getter, NativeFunction setter) {
    Property* made = make<Property>(ObjectKind::Property, types_.property);
    made->name = std::string(name);
    made->getter = make_native(*this, name, getter, true);
    if (setter) made->setter = make_native(*this, name, setter, true);
    cls->attributes.set(name, Value::of(made));
}

void Vm::function(Module& module, std::string_view name, NativeFunction code) {
    module.globals.set(name, make_native(*this, name, code, false));
}

Class* Vm::class_in(std::string_view module, std::string_view name) {
    Internals& in = *internals_;
    const std::string key = cat(module, ".", name);
    // A model goes on with its own class, whatever the paste puts in its place.
    if (const auto known = in.library_classes.find(key); known != in.library_classes.end()) {
        return known->second;
    }
    // It may be asked for deep in a recursion or while an exception is raised, where an import would
    // fail; in Python the module was there long before.
    const int depth = std::exchange(in.depth, 0);
    const int native_depth = std::exchange(in.native_depth, 0);
    const Value pending = in.stopped ? Value() : std::exchange(in.error, Value());
    const Module* found = as_module(import_module(module));
    in.depth = depth;
    in.native_depth = native_depth;
    const Value* value = found ? found->globals.find(name) : nullptr;
    if (!in.stopped) {
        in.error = pending;
        if (value && as_class(*value)) return in.library_classes[key] = as_class(*value);
        not_modelled(key);
    }
    return types_.exception;
}

Value Vm::native(std::string_view name, NativeFunction code, std::vector<Value> captured) {
    const Value made = make_native(*this, name, code, false);
    as_native(made)->captured = std::move(captured);
    return made;
}

}  // namespace wh::program
