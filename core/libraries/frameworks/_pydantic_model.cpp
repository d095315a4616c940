// BaseModel, RootModel, generic models, TypeAdapter, create_model, dataclass, validate_call
// (pydantic 2.10 main.py, root_model.py, type_adapter.py, dataclasses.py).
#include <algorithm>

#include "base/text.h"
#include "libraries/frameworks/_pydantic.h"
#include "libraries/shared/json_text.h"
#include "program/signature.h"
#include "program/typing_objects.h"

namespace wh::libraries::pydantic {

using namespace program;

namespace {

using Shape = ModelInfo::Shape;

ModelInfo* info_of(Vm& vm, const Value& value) {
    const Class* cls = as_class(value) ? as_class(value) : vm.class_of(value);
    for (const Class* each : cls->mro) {
        if (ModelInfo* info = model_info(vm, each)) return info;
    }
    return nullptr;
}

// FieldInfo of a field, as model_fields shows it.
Value describe_field(Vm& vm, const ModelField& field) {
    const Value made = vm.instance(field_info_class(vm));
    Namespace& attributes = as_instance(made)->attributes;
    attributes.set("annotation", field.annotation);
    if (const Instance* given = as_instance(field.info)) {
        for (const Namespace::Entry& entry : given->attributes.entries())
            attributes.set(entry.name, entry.value);
    }
    if (field.default_value) attributes.set("default", field.default_value);
    if (field.default_factory) attributes.set("default_factory", field.default_factory);
    return made;
}

namespace {

// pydantic's _repr.display_as_type: classes without their module, unions as Union[...].
bool display_as_type(Vm& vm, const Value& type, std::string& out) {
    if (const Class* cls = as_class(type)) {
        out += cls->name;
        return true;
    }
    const program::TypeForm* form = program::type_form(type);
    using Kind = program::TypeForm::Kind;
    if (!form || (form->kind != Kind::Union && form->kind != Kind::Annotated)) {
        std::string text;
        const bool told = form ? type_text(vm, type, text) : vm.repr(type, text);
        out += text;
        return told;
    }
    out += form->kind == Kind::Union ? "Union[" : "Annotated[";
    if (form->kind == Kind::Annotated && !display_as_type(vm, form->origin, out)) return false;
    for (std::size_t i = 0; i < form->args.size(); ++i) {
        if (i > 0 || form->kind == Kind::Annotated) out += ", ";
        if (!display_as_type(vm, form->args[i], out)) return false;
    }
    out += ']';
    return true;
}

}  // namespace

Value specialise(Vm& vm, Class& cls, const Value& key) {
    ModelInfo* info = model_info(vm, &cls);
    if (!info) return Value::of(&cls);
    std::vector<Value> given;
    if (const Tuple* tuple = as_tuple(key)) {
        given = tuple->items;
    } else {
        given = {key};
    }
    if (info->parameters.empty()) {
        return vm.raise(vm.types().type_error,
                        cat("<class '", cls.module, ".", cls.qualname,
                            "'> cannot be parametrized because it does not inherit "
                            "from typing.Generic"));
    }
    std::vector<std::string> names;
    std::string id = cat(static_cast<unsigned long long>(reinterpret_cast<std::uintptr_t>(&cls)));
    for (const Value& each : given) {
        names.emplace_back();
        if (!display_as_type(vm, each, names.back())) return {};
        if (each.is_object()) {
            id +=
                cat("|",
                    static_cast<unsigned long long>(reinterpret_cast<std::uintptr_t>(each.object)));
        }
        id += names.back();
    }
    SchemaState& state = schema_state(vm);
    if (const auto known = state.generics.find(id); known != state.generics.end()) {
        return Value::of(known->second);
    }
    Module* module = as_module(vm.import_module(cls.module));
    if (!module) return {};
    Class* made =
        vm.make_class(*module, cat(cls.name, "[", join(names, ", "), "]"), {&cls}, cls.hooks);
    made->module = cls.module;
    made->span = cls.span;
    made->user_code = cls.user_code;
    state.generics[id] = made;
    std::map<std::string, Value> bindings = info->bindings;
    for (std::size_t i = 0; i < given.size() && i < info->parameters.size(); ++i) {
        if (const TypeForm* variable = type_form(info->parameters[i]))
            bindings[variable->name] = given[i];
    }
    made->attributes.set("__annotations__", vm.dict());
    // The class inherits the bindings while it is collected.
    info->bindings.swap(bindings);
    const bool good = collect_model(vm, *made, info->shape, nullptr);
    info->bindings.swap(bindings);
    if (!good) return {};
    ModelInfo* mine = model_info(vm, made);
    mine->generic_origin = &cls;
    mine->generic_arguments = given;
    mine->parameters.clear();
    for (const Value& each : given) {
        if (const TypeForm* form = type_form(each); form && form->kind == TypeForm::Kind::TypeVar) {
            mine->parameters.push_back(each);
        }
    }
    return Value::of(made);
}

struct ModelHooks : ClassHooks {
    bool subclass_created(Vm& vm, Class& subclass, Arguments& keywords) const override {
        Shape shape = Shape::Model;
        for (const Class* each : subclass.mro) {
            if (each->name == "RootModel" && each->module == "pydantic.root_model")
                shape = Shape::Root;
        }
        if (!collect_model(vm, subclass, shape, &keywords)) return false;
        const Value hook = vm.find_attribute(Value::of(&subclass), "__pydantic_init_subclass__");
        return !hook || !vm.call(hook).is_null();
    }
    Value class_attribute(Vm& vm, Class& cls, std::string_view name) const override {
        ModelInfo* info = info_of(vm, Value::of(&cls));
        if (!info) return {};
        if (name == "model_fields" || name == "__fields__" || name == "__pydantic_fields__") {
            complete_model(vm, *info);
            if (vm.failed()) vm.take_error();
            const Value made = vm.dict();
            for (const ModelField& field : info->fields) {
                as_dict(made)->set(vm, vm.str(field.name), describe_field(vm, field));
            }
            return made;
        }
        if (name == "model_computed_fields") {
            const Value made = vm.dict();
            for (const std::string& each : info->computed)
                as_dict(made)->set(vm, vm.str(each), Value::none());
            return made;
        }
        return {};
    }
    Value class_item(Vm& vm, Class& cls, Value key) const override {
        return specialise(vm, cls, key);
    }
    Value instance_attribute(Vm& vm, Value self, std::string_view name) const override {
        const ModelState* state = native_state<ModelState>(self);
        if (name == "model_fields" || name == "model_computed_fields") {
            return class_attribute(vm, *vm.class_of(self), name);
        }
        if (!state) return {};
        if (const Value* found = state->privates.find(name)) return *found;
        if (const Value* found = state->extra.find(name)) return *found;
        return {};
    }
    int set_instance_attribute(Vm& vm, Value self, std::string_view name,
                               Value value) const override {
        ModelState* state = native_state<ModelState>(self);
        const ModelInfo* info = info_of(vm, self);
        if (!state || !info) return 0;
        if (name.starts_with("_")) {
            const bool known = std::any_of(info->privates.begin(), info->privates.end(),
                                           [&](const auto& each) { return each.first == name; });
            if (!known) return 0;
            state->privates.set(name, value);
            return 1;
        }
        for (const Class* each : info->cls->mro) {
            const Value* found = each->attributes.find(name);
            if (found && as_property(*found)) return 0;
        }
        const ModelField* field = info->field(name);
        const bool frozen = info->config.frozen;
        if (frozen || (field && field->frozen)) {
            std::vector<ValidationIssue> issues;
            Run run_state{vm, InputMode::Python, issues};
            run_state.loc = {vm.str(std::string(name))};
            run_state.fail(frozen ? "frozen_instance" : "frozen_field", value);
            raise_issues(vm, info->cls->name, InputMode::Python, issues);
            return -1;
        }
        if (!field && info->config.extra != Extra::Allow) {
            if (info->config.validate_assignment) {
                std::vector<ValidationIssue> issues;
                Run state_of_check{vm, InputMode::Python, issues};
                state_of_check.loc = {vm.str(std::string(name))};
                state_of_check.fail("no_such_attribute", value,
                                    {{"attribute", vm.str(std::string(name))}});
                raise_issues(vm, info->cls->name, InputMode::Python, issues);
                return -1;
            }
            vm.raise(vm.types().value_error,
                     cat("\"", info->cls->name, "\" object has no field \"", name, "\""));
            return -1;
        }
        if (!field) {
            state->extra.set(name, value);
            state->mark(name);
            return 1;
        }
        if (info->config.validate_assignment) {
            return validate_assignment(vm, *info, self, name, value) ? 1 : -1;
        }
        state->mark(name);
        return 0;
    }
};
const ModelHooks kModelHooks;

Value model_init(Vm& vm, Arguments& arguments) {
    const ModelInfo* info = info_of(vm, arguments.self);
    Value data;
    if (info && info->shape == Shape::Root) {
        data = !arguments.positional.empty() ? arguments.positional[0]
               : arguments.keywords.empty()  ? undefined(vm)
                                             : keywords_dict(vm, arguments);
        if (const Value* root = arguments.keyword("root")) data = *root;
    } else if (!arguments.positional.empty()) {
        return vm.raise(vm.types().type_error,
                        cat("BaseModel.__init__() takes 1 positional argument but ",
                            arguments.positional.size() + 1, " were given"));
    } else {
        data = keywords_dict(vm, arguments);
    }
    return fill_model(vm, arguments.self, data) ? Value::none() : Value();
}

Value validated(Vm& vm, Arguments& arguments, InputMode mode, const char* names,
                const char* first) {
    Bound bound;
    if (!arguments.bind(vm, "model_validate", names, bound)) return {};
    ModelInfo* info = info_of(vm, arguments.self);
    const TypeSchema* schema = info ? model_schema(vm, *info) : nullptr;
    if (!schema) return {};
    return validate_or_raise(vm, schema, bound[first], info->cls->name, mode, bound["strict"],
                             bound["from_attributes"], bound["context"]);
}
Value model_validate(Vm& vm, Arguments& a) {
    return validated(vm, a, InputMode::Python, "obj, *, strict?, from_attributes?, context?",
                     "obj");
}
Value model_validate_json(Vm& vm, Arguments& a) {
    return validated(vm, a, InputMode::Json, "json_data, *, strict?, context?, from_attributes?",
                     "json_data");
}
Value model_validate_strings(Vm& vm, Arguments& a) {
    return validated(vm, a, InputMode::Python, "obj, *, strict?, context?, from_attributes?",
                     "obj");
}
Value parse_raw(Vm& vm, Arguments& a) {
    return validated(vm, a, InputMode::Json,
                     "b, *, content_type?, encoding?, proto?, allow_pickle?, strict?, context?, "
                     "from_attributes?",
                     "b");
}

bool dump_options(Vm& vm, const Bound& bound, DumpOptions& out) {
    const std::pair<const char*, bool*> flags[] = {{"by_alias", &out.by_alias},
                                                   {"exclude_unset", &out.exclude_unset},
                                                   {"exclude_defaults", &out.exclude_defaults},
                                                   {"exclude_none", &out.exclude_none}};
    for (const auto& [name, into] : flags) {
        if (bound.has(name) && !vm.truth(bound[name], *into)) return false;
    }
    out.include = bound["include"];
    out.exclude = bound["exclude"];
    out.context = bound["context"];
    out.json = text_of(bound["mode"]) == "json";
    return true;
}

#define WH_DUMP_NAMES                                                                             \
    "include?, exclude?, context?, by_alias?, exclude_unset?, exclude_defaults?, exclude_none?, " \
    "round_trip?, warnings?, serialize_as_any?, fallback?"

Value to_text(Vm& vm, const Value& plain, const Value& indent) {
    JsonWriteOptions options;
    options.item_separator = ",";
    options.key_separator = ":";
    options.ensure_ascii = false;
    options.null_for_nan = true;
    if (indent.is_int()) {
        options.pretty = true;
        options.key_separator = ": ";
        options.indent = std::string(
            static_cast<std::size_t>(std::clamp<std::int64_t>(indent.integer, 0, 16)), ' ');
    }
    trust::SymbolicText text;
    return write_json(vm, plain, options, text) ? vm.str(text) : Value();
}

Value model_dump(Vm& vm, Arguments& arguments) {
    Bound bound;
    DumpOptions options;
    if (!arguments.bind(vm, "model_dump", "*, mode?, " WH_DUMP_NAMES, bound)) return {};
    if (!dump_options(vm, bound, options)) return {};
    return dump_value(vm, arguments.self, nullptr, options);
}
Value model_dump_json(Vm& vm, Arguments& arguments) {
    Bound bound;
    DumpOptions options;
    if (!arguments.bind(vm, "model_dump_json", "*, indent?, " WH_DUMP_NAMES, bound)) return {};
    if (!dump_options(vm, bound, options)) return {};
    options.json = true;
    const Value plain = dump_value(vm, arguments.self, nullptr, options);
    return plain ? to_text(vm, plain, bound["indent"]) : plain;
}

// v1's copy(include, exclude, update, deep) and model_copy(update, deep).
Value model_copy(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "model_copy", "memo?, *, include?, exclude?, update?, deep?", bound))
        return {};
    const Instance* self = as_instance(arguments.self);
    const ModelState* state = native_state<ModelState>(arguments.self);
    if (!state) return vm.not_modelled("copy of a model that is not initialised");
    auto copied = std::make_unique<ModelState>();
    copied->fields_set = state->fields_set;
    copied->extra = state->extra;
    copied->privates = state->privates;
    ModelState* raw = copied.get();
    const Value made = vm.instance(self->cls, std::move(copied)).with_origin(arguments.self.origin);
    Namespace& attributes = as_instance(made)->attributes;
    const bool deep = bound["deep"].is_true();
    for (const Namespace::Entry& entry : self->attributes.entries()) {
        bool skip = false;
        if (bound.has_value("exclude")) vm.contains(bound["exclude"], vm.str(entry.name), skip);
        if (bound.has_value("include") && !skip) {
            bool wanted = false;
            vm.contains(bound["include"], vm.str(entry.name), wanted);
            skip = !wanted;
        }
        if (skip) continue;
        Value value = entry.value;
        if (deep && value.is_object()) {
            const Value module = vm.import_module("copy");
            value = module ? vm.call_method(module, "deepcopy", {value}) : module;
            if (!value) return {};
        }
        attributes.set(entry.name, value);
    }
    const ModelInfo* info = info_of(vm, arguments.self);
    if (const Dict* update = as_dict(bound["update"])) {
        for (const Dict::Entry& entry : update->entries) {
            if (!entry.live) continue;
            const bool known = info && info->field(text_of(entry.key));
            const bool extra = !known && info && info->config.extra == Extra::Allow;
            (extra ? raw->extra : attributes).set(text_of(entry.key), entry.value);
            raw->mark(text_of(entry.key));
        }
    }
    return made;
}

Value model_construct(Vm& vm, Arguments& arguments) {
    ModelInfo* info = info_of(vm, arguments.self);
    if (!info || !complete_model(vm, *info)) return {};
    auto state = std::make_unique<ModelState>();
    ModelState* raw = state.get();
    const Value made = vm.instance(info->cls, std::move(state));
    Namespace& attributes = as_instance(made)->attributes;
    std::vector<ValidationIssue> issues;
    Run run_state{vm, InputMode::Python, issues};
    run_state.data = vm.dict();
    for (ModelField field : info->fields) {
        field.validate_default = false;
        const Value* given = field.alias.empty() ? nullptr : arguments.keyword(field.alias);
        if (!given) given = arguments.keyword(field.name);
        const Value value = given ? *given : default_of(run_state, field);
        if (vm.failed()) return {};
        if (given) raw->mark(field.name);
        if (value) attributes.set(field.name, value);
    }
    for (const auto& [name, value] : arguments.keywords) {
        if (name == "_fields_set" || info->field(name) || info->config.extra != Extra::Allow)
            continue;
        raw->extra.set(name, value);
        raw->mark(name);
    }
    return made;
}

Value model_json_schema(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "model_json_schema",
                        "by_alias?, ref_template?, schema_generator?, mode?", bound)) {
        return {};
    }
    ModelInfo* info = info_of(vm, arguments.self);
    const TypeSchema* schema = info ? model_schema(vm, *info) : nullptr;
    if (!schema) return {};
    const std::string_view reference = text_of(bound["ref_template"]);
    return json_schema_of(vm, schema, !bound["by_alias"].is_false(),
                          reference.empty() ? "#/$defs/{model}" : reference);
}

Value model_rebuild(Vm& vm, Arguments& arguments) {
    ModelInfo* info = info_of(vm, arguments.self);
    if (!info) return Value::none();
    const bool before = info->complete;
    if (!complete_model(vm, *info)) return {};
    return before ? Value::none() : Value::of(true);
}

Value model_fields_set(Vm& vm, Arguments& arguments) {
    std::vector<Value> names;
    if (const ModelState* state = native_state<ModelState>(arguments.self)) {
        for (const std::string& name : state->fields_set) names.push_back(vm.str(name));
    }
    return vm.call(Value::of(vm.types().set), {vm.list(std::move(names))});
}
Value model_extra(Vm& vm, Arguments& arguments) {
    const ModelState* state = native_state<ModelState>(arguments.self);
    const ModelInfo* info = info_of(vm, arguments.self);
    if (!state || !info || info->config.extra != Extra::Allow) return Value::none();
    const Value made = vm.dict();
    for (const Namespace::Entry& entry : state->extra.entries()) {
        as_dict(made)->set(vm, vm.str(entry.name), entry.value);
    }
    return made;
}

Value model_post_init(Vm&, Arguments&) {
    return Value::none();
}

std::vector<std::pair<std::string, Value>> shown_fields(Vm& vm, const Value& self) {
    std::vector<std::pair<std::string, Value>> out;
    const ModelInfo* info = info_of(vm, self);
    if (!info) return out;
    for (const ModelField& field : info->fields) {
        const Value* value = as_instance(self)->attributes.find(field.name);
        if (value && field.in_repr) out.emplace_back(field.name, *value);
    }
    if (const ModelState* state = native_state<ModelState>(self)) {
        for (const Namespace::Entry& entry : state->extra.entries())
            out.emplace_back(entry.name, entry.value);
    }
    for (const std::string& name : info->computed) {
        const Value value = vm.get_attribute(self, name);
        if (value) out.emplace_back(name, value);
    }
    return out;
}

Value shown(Vm& vm, const Value& self, const char* separator, bool with_name) {
    std::vector<Value> parts = {vm.str(with_name ? cat(vm.class_of(self)->name, "(") : "")};
    bool first = true;
    for (const auto& [name, value] : shown_fields(vm, self)) {
        std::string text;
        if (!vm.repr(value, text)) return {};
        // The text of a field keeps the field's origin: a model that is logged or sent shows what
        // leaks.
        parts.push_back(vm.str(cat(first ? "" : separator, name, "=")));
        parts.push_back(vm.str(text, value.origin));
        first = false;
    }
    if (vm.failed()) return {};
    if (with_name) parts.push_back(vm.str(")"));
    Value out = parts[0];
    for (std::size_t i = 1; i < parts.size(); ++i) {
        out = vm.concat({out, parts[i]});
        if (!out) return {};
    }
    return out;
}
Value model_repr(Vm& vm, Arguments& a) {
    return shown(vm, a.self, ", ", true);
}
Value model_str(Vm& vm, Arguments& a) {
    return shown(vm, a.self, " ", false);
}

Value model_equal(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__eq__", "other", bound)) return {};
    const Value other = bound["other"];
    const ModelInfo* info = info_of(vm, arguments.self);
    if (!as_instance(other) || vm.class_of(other) != vm.class_of(arguments.self) || !info) {
        return Value::not_implemented();
    }
    for (const ModelField& field : info->fields) {
        const Value* mine = as_instance(arguments.self)->attributes.find(field.name);
        const Value* theirs = as_instance(other)->attributes.find(field.name);
        bool same = mine == nullptr && theirs == nullptr;
        if (mine && theirs && !vm.equal(*mine, *theirs, same)) return {};
        if (!same) return Value::of(false);
    }
    const ModelState* mine = native_state<ModelState>(arguments.self);
    const ModelState* theirs = native_state<ModelState>(other);
    if (!mine || !theirs || mine->extra.size() != theirs->extra.size())
        return Value::of(mine == theirs);
    for (const Namespace::Entry& entry : mine->extra.entries()) {
        const Value* found = theirs->extra.find(entry.name);
        bool same = false;
        if (found && !vm.equal(entry.value, *found, same)) return {};
        if (!same) return Value::of(false);
    }
    return Value::of(true);
}

Value model_hash(Vm& vm, Arguments& arguments) {
    const ModelInfo* info = info_of(vm, arguments.self);
    if (info && !info->config.frozen && info->shape != Shape::Dataclass) {
        return vm.raise(vm.types().type_error, cat("unhashable type: '", info->cls->name, "'"));
    }
    std::vector<Value> values;
    for (const Namespace::Entry& entry : as_instance(arguments.self)->attributes.entries()) {
        values.push_back(entry.value);
    }
    std::uint64_t hash = 0;
    return vm.hash(vm.tuple(std::move(values)), hash)
               ? Value::of(static_cast<std::int64_t>(hash >> 2))
               : Value();
}

Value model_iterate(Vm& vm, Arguments& arguments) {
    std::vector<Value> pairs;
    const ModelInfo* info = info_of(vm, arguments.self);
    for (const Namespace::Entry& entry : as_instance(arguments.self)->attributes.entries()) {
        if (info && info->field(entry.name))
            pairs.push_back(vm.tuple({vm.str(entry.name), entry.value}));
    }
    if (const ModelState* state = native_state<ModelState>(arguments.self)) {
        for (const Namespace::Entry& entry : state->extra.entries()) {
            pairs.push_back(vm.tuple({vm.str(entry.name), entry.value}));
        }
    }
    return vm.iterate(vm.list(std::move(pairs)));
}

// -- TypeAdapter ----------------------------------------------------------------------------------

struct AdapterState : NativeState {
    static constexpr char kType = 0;
    AdapterState() : NativeState(&kType) {}
    const TypeSchema* schema = nullptr;
};

Value adapter_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "type, *, config?, module?, _parent_depth?", bound))
        return {};
    auto state = std::make_unique<AdapterState>();
    state->schema = schema_for(vm, bound["type"], {});
    if (!state->schema) return {};
    as_instance(arguments.self)->native = std::move(state);
    return Value::none();
}
Value adapt(Vm& vm, Arguments& arguments, InputMode mode) {
    Bound bound;
    if (!arguments.bind(vm, "validate_python", "object, *, strict?, from_attributes?, context?",
                        bound))
        return {};
    const AdapterState* state = native_state<AdapterState>(arguments.self);
    if (!state) return {};
    return validate_or_raise(vm, state->schema, bound["object"], core_name(vm, state->schema), mode,
                             bound["strict"], bound["from_attributes"], bound["context"]);
}
Value adapter_python(Vm& vm, Arguments& a) {
    return adapt(vm, a, InputMode::Python);
}
Value adapter_json(Vm& vm, Arguments& a) {
    return adapt(vm, a, InputMode::Json);
}
Value adapter_dump(Vm& vm, Arguments& arguments) {
    Bound bound;
    DumpOptions options;
    if (!arguments.bind(vm, "dump_python", "instance, *, mode?, " WH_DUMP_NAMES, bound)) return {};
    if (!dump_options(vm, bound, options)) return {};
    return dump_value(vm, bound["instance"], native_state<AdapterState>(arguments.self)->schema,
                      options);
}
Value adapter_dump_json(Vm& vm, Arguments& arguments) {
    Bound bound;
    DumpOptions options;
    if (!arguments.bind(vm, "dump_json", "instance, *, indent?, " WH_DUMP_NAMES, bound)) return {};
    if (!dump_options(vm, bound, options)) return {};
    options.json = true;
    const Value plain = dump_value(vm, bound["instance"],
                                   native_state<AdapterState>(arguments.self)->schema, options);
    const Value text = plain ? to_text(vm, plain, bound["indent"]) : plain;
    return text ? vm.call_method(text, "encode") : text;
}
Value adapter_schema(Vm& vm, Arguments& arguments) {
    return json_schema_of(vm, native_state<AdapterState>(arguments.self)->schema, true,
                          "#/$defs/{model}");
}

Value parse_obj_as(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "parse_obj_as", "type_, obj", bound)) return {};
    const TypeSchema* schema = schema_for(vm, bound["type_"], {});
    if (!schema) return {};
    return validate_or_raise(vm, schema, bound["obj"], core_name(vm, schema), InputMode::Python, {},
                             {}, {});
}

// -- create_model, dataclass, validate_call
// ---------------------------------------------------------

Value create_model(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(
            vm, "create_model",
            "model_name, /, *, __config__?, __doc__?, __base__?, __module__?, __validators__?, "
            "__cls_kwargs__?, **field_definitions",
            bound)) {
        return {};
    }
    std::vector<Class*> bases;
    if (Class* base = as_class(bound["__base__"])) bases.push_back(base);
    if (const Tuple* tuple = as_tuple(bound["__base__"])) {
        for (const Value& each : tuple->items) bases.push_back(as_class(each));
    }
    if (bases.empty()) bases.push_back(vm.class_in("pydantic", "BaseModel"));
    Module* module = as_module(vm.import_module("snippet"));
    if (!module) return {};
    Module scratch(ObjectKind::Module, vm.types().module);
    Class* made =
        vm.make_class(scratch, std::string(text_of(bound["model_name"])), bases, &kModelHooks);
    made->module = module->name;
    made->span = arguments.span();
    const Value annotations = vm.dict();
    made->attributes.set("__annotations__", annotations);
    if (bound.has_value("__config__")) made->attributes.set("model_config", bound["__config__"]);
    if (const Dict* validators = as_dict(bound["__validators__"])) {
        for (const Dict::Entry& entry : validators->entries) {
            if (entry.live) made->attributes.set(text_of(entry.key), entry.value);
        }
    }
    for (const auto& [name, definition] : bound.extra()) {
        const Tuple* pair = as_tuple(definition);
        if (pair && pair->items.size() == 2) {
            as_dict(annotations)->set(vm, vm.str(name), pair->items[0]);
            made->attributes.set(name, pair->items[1]);
        } else {
            as_dict(annotations)->set(vm, vm.str(name), definition);
        }
    }
    return collect_model(vm, *made, Shape::Model, nullptr) ? Value::of(made) : Value();
}

Value dataclass_init(Vm& vm, Arguments& arguments) {
    const ModelInfo* info = info_of(vm, arguments.self);
    if (!info) return {};
    const Value data = keywords_dict(vm, arguments);
    std::vector<ValidationIssue> issues;
    Run state{vm, InputMode::Python, issues};
    state.self_instance = arguments.self;
    std::vector<std::string> by_position;
    for (const ModelField& field : info->fields) {
        const std::size_t at = by_position.size();
        if (at >= arguments.positional.size() || field.keyword_only || !field.in_init) continue;
        as_dict(data)->set(vm, vm.str(field.name), arguments.positional[at]);
        by_position.push_back(field.name);
    }
    const TypeSchema* schema = model_schema(vm, const_cast<ModelInfo&>(*info));
    if (!schema) return {};
    if (arguments.positional.size() == by_position.size()) {
        run(state, schema, data);
    } else {
        // Wrong anyway: the fields are checked for their issues, nothing is made.
        state.self_instance = vm.instance(info->cls);
        run(state, schema, data);
    }
    if (vm.failed()) return {};
    for (ValidationIssue& issue : issues) {
        const auto found =
            std::find(by_position.begin(), by_position.end(),
                      issue.loc.empty() ? std::string_view() : text_of(issue.loc[0]));
        if (found != by_position.end())
            issue.loc[0] = Value::of(static_cast<std::int64_t>(found - by_position.begin()));
    }
    for (std::size_t i = by_position.size(); i < arguments.positional.size(); ++i) {
        add_issue(vm, "unexpected_positional_argument", {Value::of(static_cast<std::int64_t>(i))},
                  arguments.positional[i], issues);
    }
    if (issues.empty()) return Value::none();
    return raise_issues(vm, info->cls->name, InputMode::Python, issues);
}

Value make_dataclass(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "dataclass",
                        "_cls?, /, *, init?, repr?, eq?, order?, unsafe_hash?, frozen?, config?, "
                        "validate_on_init?, kw_only?, slots?",
                        bound)) {
        return {};
    }
    Class* cls = as_class(bound["_cls"]);
    if (!cls) {
        std::vector<Value> kept;
        for (const auto& [name, value] : arguments.keywords)
            kept.push_back(vm.tuple({vm.str(name), value}));
        return vm.native(
            "create_dataclass",
            [](Vm& v, Arguments& inner) {
                Arguments again;
                again.positional = inner.positional;
                for (const Value& pair : *inner.captured) {
                    again.keywords.emplace_back(text_of(as_tuple(pair)->items[0]),
                                                as_tuple(pair)->items[1]);
                }
                return make_dataclass(v, again);
            },
            std::move(kept));
    }
    Arguments config;
    if (const Dict* dict = as_dict(bound["config"])) {
        for (const Dict::Entry& entry : dict->entries) {
            if (entry.live) config.keywords.emplace_back(text_of(entry.key), entry.value);
        }
    }
    if (bound["frozen"].is_true()) config.keywords.emplace_back("frozen", Value::of(true));
    if (!collect_model(vm, *cls, Shape::Dataclass, &config)) return {};
    const Value fields = vm.dict();
    for (ModelField& field : model_info(vm, cls)->fields) {
        if (bound["kw_only"].is_true()) field.keyword_only = true;
        as_dict(fields)->set(vm, vm.str(field.name), describe_field(vm, field));
    }
    cls->attributes.set("__dataclass_fields__", fields);
    const Method methods[] = {
        {"__init__", &dataclass_init}, {"__repr__", &model_repr}, {"__eq__", &model_equal}};
    for (const Method& each : methods) {
        const Value* own = cls->attributes.find(each.name);
        if (!own || !as_function(*own)) vm.method(cls, each.name, each.function);
    }
    return Value::of(cls);
}

}  // namespace

Value keywords_dict(Vm& vm, const Arguments& arguments) {
    const Value made = vm.dict();
    for (const auto& [name, value] : arguments.keywords)
        as_dict(made)->set(vm, vm.str(name), value);
    return made;
}

bool fill_model(Vm& vm, const Value& self, const Value& data) {
    ModelInfo* info = info_of(vm, self);
    const TypeSchema* schema = info ? model_schema(vm, *info) : nullptr;
    if (!schema) return false;
    std::vector<ValidationIssue> issues;
    Run state{vm, InputMode::Python, issues};
    state.self_instance = self;
    run(state, schema, data);
    if (vm.failed()) return false;
    if (issues.empty()) return true;
    raise_issues(vm, info->cls->name, InputMode::Python, issues, info->config.hide_input);
    return false;
}

const ClassHooks* model_hooks() {
    return &kModelHooks;
}

void install_models(Vm& vm, Module& module) {
    Class* base = vm.make_class(module, "BaseModel", {}, &kModelHooks);
    base->module = "pydantic.main";
    const Method methods[] = {{"__init__", &model_init},     {"model_dump", &model_dump},
                              {"dict", &model_dump},         {"model_dump_json", &model_dump_json},
                              {"json", &model_dump_json},    {"model_copy", &model_copy},
                              {"copy", &model_copy},         {"__copy__", &model_copy},
                              {"__deepcopy__", &model_copy}, {"model_post_init", &model_post_init},
                              {"__repr__", &model_repr},     {"__str__", &model_str},
                              {"__eq__", &model_equal},      {"__hash__", &model_hash},
                              {"__iter__", &model_iterate}};
    add_methods(vm, base, methods);
    const Method class_methods[] = {{"model_validate", &model_validate},
                                    {"parse_obj", &model_validate},
                                    {"from_orm", &model_validate},
                                    {"validate", &model_validate},
                                    {"model_validate_json", &model_validate_json},
                                    {"parse_raw", &parse_raw},
                                    {"model_validate_strings", &model_validate_strings},
                                    {"model_construct", &model_construct},
                                    {"construct", &model_construct},
                                    {"model_json_schema", &model_json_schema},
                                    {"schema", &model_json_schema},
                                    {"model_rebuild", &model_rebuild},
                                    {"update_forward_refs", &model_rebuild}};
    for (const Method& each : class_methods) vm.class_method(base, each.name, each.function);
    vm.property(base, "model_fields_set", &model_fields_set);
    vm.property(base, "__pydantic_fields_set__", &model_fields_set);
    vm.property(base, "__fields_set__", &model_fields_set);
    vm.property(base, "model_extra", &model_extra);
    vm.property(base, "__pydantic_extra__", &model_extra);
    collect_model(vm, *base, Shape::Model, nullptr);

    Class* root = vm.make_class(module, "RootModel", {base}, &kModelHooks);
    root->module = "pydantic.root_model";
    const Value variable = make_form(vm, TypeForm::Kind::TypeVar, "RootModelRootType");
    const Value annotations = vm.dict({{"root", variable}});
    root->attributes.set("__annotations__", annotations);
    collect_model(vm, *root, Shape::Root, nullptr);

    Class* adapter = vm.make_class(module, "TypeAdapter");
    adapter->module = "pydantic.type_adapter";
    const Method adapter_methods[] = {
        {"__init__", &adapter_init},           {"validate_python", &adapter_python},
        {"validate_strings", &adapter_python}, {"validate_json", &adapter_json},
        {"dump_python", &adapter_dump},        {"dump_json", &adapter_dump_json},
        {"json_schema", &adapter_schema}};
    add_methods(vm, adapter, adapter_methods);
    const Method functions[] = {{"create_model", &create_model},
                                {"parse_obj_as", &parse_obj_as},
                                {"validate_call", &validate_call},
                                {"validate_arguments", &validate_call},
                                {"dataclass", &make_dataclass}};
    for (const Method& each : functions) vm.function(module, each.name, each.function);
}

}  // namespace wh::libraries::pydantic
