// From a class statement to fields, validators and configuration: pydantic 2.10
// _internal/_fields.py, _model_construction.py, _decorators.py, _config.py.
#include <algorithm>

#include "base/text.h"
#include "libraries/shared/schema.h"
#include "program/signature.h"
#include "program/typing_objects.h"

namespace wh::libraries {

using namespace program;

namespace {

using Shape = ModelInfo::Shape;
using Kind = Decorated::Kind;

bool is_named(const Value& value, std::string_view base) {
    const Instance* instance = as_instance(value);
    if (!instance) return false;
    return std::any_of(instance->cls->mro.begin(), instance->cls->mro.end(),
                       [&](const Class* each) { return each->name == base; });
}

void read_config(Vm& vm, ModelConfig& config) {
    const auto get = [&](std::string_view name) {
        const Value* found = config.raw->find_text(name);
        return found ? *found : Value();
    };
    const std::pair<const char*, bool*> flags[] = {
        {"populate_by_name", &config.populate_by_name},
        {"from_attributes", &config.from_attributes},
        {"frozen", &config.frozen},
        {"str_strip_whitespace", &config.strip},
        {"str_to_lower", &config.lower},
        {"str_to_upper", &config.upper},
        {"arbitrary_types_allowed", &config.arbitrary_types},
        {"use_enum_values", &config.enum_values},
        {"validate_assignment", &config.validate_assignment},
        {"validate_default", &config.validate_default},
        {"strict", &config.strict},
        {"coerce_numbers_to_str", &config.numbers_to_text},
        {"hide_input_in_errors", &config.hide_input},
        {"loc_by_alias", &config.loc_by_alias},
    };
    for (const auto& [name, into] : flags) {
        const Value value = get(name);
        if (value) vm.truth(value, *into);
    }
    if (const Value extra = get("extra")) {
        const std::string_view word =
            text_of(as_instance(extra) ? vm.find_attribute(extra, "value") : extra);
        config.extra = word == "forbid"  ? Extra::Forbid
                       : word == "allow" ? Extra::Allow
                                         : Extra::Ignore;
    }
    config.always_revalidate = text_of(get("revalidate_instances")) == "always";
    if (const Value low = get("str_min_length"); low.is_int() && low.integer > 0) {
        config.min_length = low.integer;
    }
    if (const Value high = get("str_max_length"); high.is_int()) config.max_length = high.integer;
    config.alias_generator = get("alias_generator");
    if (config.alias_generator.is_none()) config.alias_generator = {};
}

void merge(Vm& vm, Dict& into, const Dict* from) {
    if (!from) return;
    for (const Dict::Entry& entry : from->entries) {
        if (entry.live) into.set(vm, entry.key, entry.value);
    }
}

void collect_config(Vm& vm, Class& cls, ModelInfo& info, const Arguments* keywords) {
    info.config.raw = as_dict(vm.dict());
    for (auto base = cls.bases.rbegin(); base != cls.bases.rend(); ++base) {
        for (auto each = (*base)->mro.rbegin(); each != (*base)->mro.rend(); ++each) {
            const ModelInfo* parent = model_info(vm, *each);
            if (parent) merge(vm, *info.config.raw, parent->config.raw);
        }
    }
    if (const Value* own = cls.attributes.find("model_config"))
        merge(vm, *info.config.raw, as_dict(*own));
    if (const Value* own = cls.attributes.find("Config"); own && as_class(*own)) {
        const std::vector<Class*>& mro = as_class(*own)->mro;
        for (auto each = mro.rbegin(); each != mro.rend(); ++each) {
            for (const Namespace::Entry& entry : (*each)->attributes.entries()) {
                if (!entry.name.starts_with("_")) {
                    info.config.raw->set(vm, vm.str(entry.name), entry.value);
                }
            }
        }
    }
    if (keywords) {
        for (const auto& [name, value] : keywords->keywords) {
            if (name != "metaclass") info.config.raw->set(vm, vm.str(name), value);
        }
    }
    read_config(vm, info.config);
    cls.attributes.set("model_config", Value::of(static_cast<Object*>(info.config.raw)));
}

bool is_class_var(const Value& annotation) {
    if (const TypeForm* form = type_form(annotation)) {
        if (form->kind == TypeForm::Kind::ClassVar) return true;
        if (form->kind == TypeForm::Kind::Annotated) return is_class_var(form->origin);
        return form->kind == TypeForm::Kind::Special && form->name == "ClassVar";
    }
    std::string_view text = text_of(annotation);
    if (text.starts_with("typing.")) text.remove_prefix(7);
    return text.starts_with("ClassVar");
}

void find_type_vars(const Value& annotation, std::vector<Value>& out, int depth = 0) {
    const TypeForm* form = type_form(annotation);
    if (const Class* cls = as_class(annotation)) {
        const ModelInfo* info = native_state<ModelInfo>(cls->attached);
        if (info && info->cls == cls && info->generic_origin) {
            for (const Value& each : info->parameters) find_type_vars(each, out, depth + 1);
        }
    }
    if (!form || depth > 12) return;
    if (form->kind == TypeForm::Kind::TypeVar) {
        for (const Value& known : out) {
            if (known.object == annotation.object) return;
        }
        out.push_back(annotation);
        return;
    }
    find_type_vars(form->origin, out, depth + 1);
    if (form->kind == TypeForm::Kind::Literal) return;
    for (const Value& arg : form->args) find_type_vars(arg, out, depth + 1);
}

void put_field(ModelInfo& info, ModelField field) {
    for (ModelField& known : info.fields) {
        if (known.name == field.name) {
            known = std::move(field);
            return;
        }
    }
    info.fields.push_back(std::move(field));
}

bool user_error(Vm& vm, std::string message, const char* code) {
    vm.raise(pydantic_class(vm, "PydanticUserError"),
             cat(message, "\n\nFor further information visit https://errors.pydantic.dev/2.10/u/",
                 code));
    return false;
}

// Fields, private attributes and decorators of the class itself.
bool collect_own(Vm& vm, Class& cls, ModelInfo& info) {
    const Value* found = cls.attributes.find("__annotations__");
    const Dict* annotations = found ? as_dict(*found) : nullptr;
    std::vector<std::string> annotated;
    if (annotations) {
        for (const Dict::Entry& entry : annotations->entries) {
            const std::string name(text_of(entry.key));
            if (!entry.live || name == "model_config") continue;
            annotated.push_back(name);
            if (is_class_var(entry.value)) continue;
            const bool tuple = info.shape == Shape::NamedTuple;
            const Value* given = tuple ? nullptr : cls.attributes.find(name);
            if (name.starts_with("_") && info.shape != Shape::TypedDict) {
                if (name.starts_with("__") || info.shape == Shape::Dataclass) continue;
                std::erase_if(info.privates, [&](const auto& each) { return each.first == name; });
                info.privates.emplace_back(name, given ? *given : Value());
                if (given) cls.attributes.erase(name);
                continue;
            }
            ModelField field;
            field.name = name;
            field.annotation = entry.value;
            field.owner = &cls;
            field.span = cls.span;
            if (given) {
                const bool described = is_named(*given, "FieldInfo");
                (described ? field.info : field.default_value) = *given;
                if (given->origin && !described) field.span = given->origin->span;
                if (given->tag == Tag::Ellipsis) field.default_value = {};
                if (info.shape == Shape::Model || info.shape == Shape::Root)
                    cls.attributes.erase(name);
            }
            put_field(info, std::move(field));
        }
    }
    if (info.shape != Shape::Model && info.shape != Shape::Root && info.shape != Shape::Dataclass)
        return true;
    const std::vector<Namespace::Entry> entries = cls.attributes.entries();
    for (const Namespace::Entry& entry : entries) {
        std::erase_if(info.decorators, [&](const Value& each) {
            return native_state<Decorated>(each)->name == entry.name;
        });
        if (Decorated* decorated = native_state<Decorated>(entry.value)) {
            decorated->name = entry.name;
            info.decorators.push_back(entry.value);
            cls.attributes.set(entry.name, decorated->original);
            continue;
        }
        const bool known =
            std::find(annotated.begin(), annotated.end(), entry.name) != annotated.end();
        const bool dunder = entry.name.starts_with("__");
        if (known || dunder || entry.name == "model_config" || info.shape == Shape::Dataclass)
            continue;
        const Value& value = entry.value;
        const bool code = value.is_object() &&
                          (as_function(value) || as_native(value) || as_property(value) ||
                           as_class(value) || value.object->kind == ObjectKind::StaticMethod ||
                           value.object->kind == ObjectKind::ClassMethod || as_unknown(value));
        if (code) continue;
        if (entry.name.starts_with("_") || is_named(value, "ModelPrivateAttr")) {
            info.privates.emplace_back(entry.name, value);
            cls.attributes.erase(entry.name);
            continue;
        }
        if (type_form(value)) continue;
        std::string shown;
        vm.repr(value, shown);
        return user_error(
            vm,
            cat("A non-annotated attribute was detected: `", entry.name, " = ", shown,
                "`. All model fields require a type annotation; if `", entry.name,
                "` is not meant to be a field, you may be able to resolve this error by "
                "annotating it as a `ClassVar` or updating `model_config['ignored_types']`."),
            "model-field-missing-annotation");
    }
    return true;
}

// Fields of standard dataclasses and named tuples, which have defaults of their own form.
void read_foreign(Vm& vm, Class& cls, ModelInfo& info) {
    const Value* fields = cls.attributes.find("__dataclass_fields__");
    const Dict* described = fields ? as_dict(*fields) : nullptr;
    const auto missing = [](const Value& value) {
        const Instance* instance = as_instance(value);
        return value.is_null() || (instance && instance->cls->name.starts_with("_M"));
    };
    if (described) {
        for (const Dict::Entry& entry : described->entries) {
            if (!entry.live) continue;
            const std::string name(text_of(entry.key));
            const Value plain = vm.find_attribute(entry.value, "default");
            const Value factory = vm.find_attribute(entry.value, "default_factory");
            const Value type = vm.find_attribute(entry.value, "type");
            ModelField field;
            if (const ModelField* known = info.field(name)) field = *known;
            field.name = name;
            field.owner = &cls;
            if (type && !field.annotation) field.annotation = type;
            field.default_value = missing(plain) || is_named(plain, "FieldInfo") ? Value() : plain;
            if (is_named(plain, "FieldInfo")) field.info = plain;
            field.default_factory = missing(factory) ? Value() : factory;
            field.in_init = !vm.find_attribute(entry.value, "init").is_false();
            put_field(info, std::move(field));
        }
    }
    if (const Value* defaults = cls.attributes.find("_field_defaults");
        defaults && as_dict(*defaults)) {
        for (ModelField& field : info.fields) {
            if (const Value* value = as_dict(*defaults)->find_text(field.name))
                field.default_value = *value;
        }
    }
}

// The functions of @field_validator and @validator around a field's schema.
const TypeSchema* with_validators(Vm& vm, const ModelInfo& info, ModelField& field,
                                  const TypeSchema* schema) {
    for (const Value& each : info.decorators) {
        const Decorated& decorated = *native_state<Decorated>(each);
        const bool v1 = decorated.kind == Kind::V1Validator;
        if (!v1 && decorated.kind != Kind::FieldValidator) continue;
        const auto& names = decorated.fields;
        if (std::find(names.begin(), names.end(), field.name) == names.end() &&
            std::find(names.begin(), names.end(), "*") == names.end()) {
            continue;
        }
        if (decorated.always) field.validate_default = true;
        const Value function = decorated.is_static
                                   ? decorated.function
                                   : vm.bound(decorated.function, Value::of(info.cls));
        const bool wrap = decorated.mode == "wrap";
        Callback call = make_callback(vm, function, wrap ? 2 : 1);
        if (v1) {
            call.takes_info = false;
            for (const ParameterInfo& parameter : signature_of(vm, function)) {
                const bool rest = parameter.kind == ParameterInfo::Kind::DoubleStar;
                for (const char* name : {"values", "config", "field"}) {
                    if (parameter.name == name || rest) call.v1_keywords.emplace_back(name);
                }
            }
        }
        const TypeKind kind = decorated.mode == "before"  ? TypeKind::Before
                              : decorated.mode == "plain" ? TypeKind::Plain
                              : wrap                      ? TypeKind::Wrap
                                                          : TypeKind::After;
        if (decorated.each_item && !schema->items.empty()) {
            TypeSchema copy = *schema;
            const std::size_t last = copy.items.size() - 1;
            copy.items[last] = with_callback(vm, copy.items[last], kind, call);
            schema_state(vm).pool.push_back(std::move(copy));
            schema = &schema_state(vm).pool.back();
            continue;
        }
        schema = with_callback(vm, schema, kind, std::move(call));
    }
    return schema;
}

// A path of AliasPath, or of a plain name.
std::vector<Value> alias_path(Vm& vm, const Value& alias) {
    if (as_str(alias)) return {alias};
    std::vector<Value> out;
    const Value path = vm.find_attribute(alias, "path");
    if (path) vm.collect(path, out);
    return out;
}

bool read_aliases(Vm& vm, const ModelInfo& info, ModelField& field,
                  const std::vector<Value>& infos) {
    const auto get = [&](const char* name) {
        Value out;
        for (const Value& each : infos) {
            if (const Value given = field_setting(vm, each, name)) out = given;
        }
        return out;
    };
    Value alias = get("alias");
    Value validation = get("validation_alias");
    Value serialization = get("serialization_alias");
    if (const Value generator = info.config.alias_generator; generator && !alias) {
        const Value name = vm.str(field.name);
        const auto part = [&](const char* which) {
            const Value function = field_setting(vm, generator, which);
            return function ? vm.call(function, {name}) : Value();
        };
        if (as_instance(generator) && !vm.is_callable(generator)) {
            alias = part("alias");
            if (!validation) validation = part("validation_alias");
            if (!serialization) serialization = part("serialization_alias");
        } else {
            alias = vm.call(generator, {name});
        }
        if (vm.failed()) return false;
    }
    if (!validation) validation = alias;
    if (!serialization) serialization = alias;
    field.lookup.clear();
    if (!validation) {
        field.lookup = {{vm.str(field.name)}};
    } else if (const Value choices = vm.find_attribute(validation, "choices");
               choices && !as_str(validation)) {
        std::vector<Value> items;
        if (!vm.collect(choices, items)) return false;
        for (const Value& item : items) field.lookup.push_back(alias_path(vm, item));
    } else {
        field.lookup = {alias_path(vm, validation)};
    }
    std::erase_if(field.lookup, [](const std::vector<Value>& path) { return path.empty(); });
    if (validation && info.config.populate_by_name) field.lookup.push_back({vm.str(field.name)});
    if (validation && !field.lookup.empty()) field.alias = text_of(field.lookup[0][0]);
    if (as_str(serialization)) field.serialization_alias = text_of(serialization);
    return true;
}

bool complete_field(Vm& vm, ModelInfo& info, ModelField& field) {
    Value annotation = resolve_annotation(vm, field.annotation, info, field.owner);
    if (!annotation) return false;
    field.annotation = annotation;
    // FieldInfo in Annotated, then the one that is the default.
    std::vector<Value> infos;
    const TypeForm* form = type_form(annotation);
    while (form &&
           (form->kind == TypeForm::Kind::Required || form->kind == TypeForm::Kind::NotRequired ||
            form->kind == TypeForm::Kind::Final)) {
        if (form->kind == TypeForm::Kind::NotRequired) field.not_required = true;
        if (form->kind == TypeForm::Kind::Required) field.not_required = false;
        form = type_form(form->origin);
    }
    if (form && form->kind == TypeForm::Kind::Annotated) {
        for (const Value& item : form->args) {
            if (is_named(item, "FieldInfo")) infos.push_back(item);
        }
    }
    if (field.info) infos.push_back(field.info);
    for (const Value& each : infos) {
        const Instance* instance = as_instance(each);
        const auto raw = [&](const char* name) {
            const Value* found = instance->attributes.find(name);
            return found && !is_undefined(*found) ? *found : Value();
        };
        if (const Value value = raw("default")) {
            if (!field.default_value || &each == &infos.back()) field.default_value = value;
            if (value.origin) field.span = value.origin->span;
        }
        if (const Value factory = field_setting(vm, each, "default_factory")) {
            field.default_factory = factory;
            std::size_t count = 0;
            for (const ParameterInfo& parameter : signature_of(vm, factory)) {
                if (!parameter.default_value &&
                    (parameter.kind == ParameterInfo::Kind::Normal ||
                     parameter.kind == ParameterInfo::Kind::PositionalOnly)) {
                    ++count;
                }
            }
            field.factory_takes_data = count == 1 && as_function(factory);
        }
        const std::pair<const char*, bool*> flags[] = {
            {"exclude", &field.exclude},
            {"frozen", &field.frozen},
            {"validate_default", &field.validate_default},
            {"kw_only", &field.keyword_only},
            {"init_var", &field.init_only},
            {"repr", &field.in_repr},
            {"init", &field.in_init}};
        for (const auto& [name, into] : flags) {
            const Value value = raw(name);
            if (value.is_bool()) *into = value.boolean;
        }
    }
    if (info.config.validate_default) field.validate_default = true;
    if (!read_aliases(vm, info, field, infos)) return false;
    const TypeSchema* schema = build_schema(vm, annotation, &info);
    if (schema && field.info) schema = with_metadata(vm, schema, field.info);
    if (schema) schema = with_validators(vm, info, field, schema);
    field.schema = schema;
    for (const Value& each : info.decorators) {
        const Decorated& decorated = *native_state<Decorated>(each);
        const auto& names = decorated.fields;
        if (decorated.kind != Kind::FieldSerializer) continue;
        if (std::find(names.begin(), names.end(), field.name) == names.end() &&
            std::find(names.begin(), names.end(), "*") == names.end()) {
            continue;
        }
        field.serializer_wraps = decorated.mode == "wrap";
        field.serializer = make_callback(vm, decorated.function, field.serializer_wraps ? 3 : 2);
        field.serializer.takes_self = !decorated.is_static;
        field.serializer_json_only = decorated.json_only;
        if (decorated.is_static) {
            field.serializer =
                make_callback(vm, decorated.function, field.serializer_wraps ? 2 : 1);
        }
    }
    return schema != nullptr;
}

}  // namespace

ModelInfo* model_info(Vm&, const Class* cls) {
    ModelInfo* info = native_state<ModelInfo>(cls->attached);
    return info && info->cls == cls ? info : nullptr;
}

Value evaluate_annotation(Vm& vm, std::string_view text, const Class* where) {
    Module* globals = as_module(vm.import_module(where ? where->module : "snippet"));
    if (!globals) return {};
    const Span span = where ? where->span : Span{};
    const Value value = evaluate_text(vm, text, *globals, span);
    if (value || !where || vm.stopped() || !vm.error_is(vm.types().name_error)) return value;
    // Names of the class itself: its own, and classes that are defined in it.
    const Value first = vm.take_error();
    auto* scope = vm.make<Module>(ObjectKind::Module, vm.types().module);
    scope->name = globals->name;
    scope->globals = globals->globals;
    for (const Namespace::Entry& entry : where->attributes.entries()) {
        if (as_class(entry.value)) scope->globals.set(entry.name, entry.value);
    }
    scope->globals.set(where->name, Value::of(const_cast<Class*>(where)));
    const Value again = evaluate_text(vm, text, *scope, span);
    if (again || vm.stopped()) return again;
    vm.take_error();
    return vm.raise(first);
}

Value resolve_annotation(Vm& vm, const Value& annotation, const ModelInfo& info,
                         const Class* owner) {
    if (!as_str(annotation)) return annotation.is_null() ? Value::none() : annotation;
    return evaluate_annotation(vm, text_of(annotation), owner ? owner : info.cls);
}

bool complete_model(Vm& vm, ModelInfo& info) {
    if (info.complete || info.completing) return true;
    info.completing = true;
    bool good = true;
    for (ModelField& field : info.fields) {
        if (good && !field.schema) good = complete_field(vm, info, field);
    }
    info.completing = false;
    if (!good && vm.error_is(vm.types().name_error)) {
        std::string reason;
        vm.to_str(vm.take_error(), reason);
        const std::vector<std::string> words = split(reason, '\'');
        const std::string missing = words.size() > 1 ? words[1] : "?";
        return user_error(vm,
                          cat("`", info.cls->name, "` is not fully defined; you should define `",
                              missing, "`, then call `", info.cls->name, ".model_rebuild()`."),
                          "class-not-fully-defined");
    }
    info.complete = good;
    return good;
}

const TypeSchema* model_schema(Vm& vm, ModelInfo& info) {
    if (info.self_schema) return info.self_schema;
    SchemaState& state = schema_state(vm);
    state.pool.emplace_back();
    TypeSchema& core = state.pool.back();
    core.kind = TypeKind::Model;
    core.cls = info.cls;
    core.model = &info;
    core.source = Value::of(info.cls);
    const TypeSchema* made = &core;
    for (const Value& each : info.decorators) {
        const Decorated& decorated = *native_state<Decorated>(each);
        if (decorated.kind != Kind::ModelValidator || decorated.mode == "before") continue;
        const bool wrap = decorated.mode == "wrap";
        const Value function = decorated.is_method
                                   ? decorated.function
                                   : vm.bound(decorated.function, Value::of(info.cls));
        made = with_callback(vm, made, wrap ? TypeKind::Wrap : TypeKind::After,
                             make_callback(vm, function, wrap ? 2 : 1));
    }
    info.self_schema = made;
    return made;
}

bool collect_model(Vm& vm, Class& cls, Shape shape, Arguments* keywords) {
    auto made = std::make_unique<ModelInfo>();
    ModelInfo& info = *made;
    info.cls = &cls;
    info.shape = shape;
    cls.attached = vm.instance(vm.types().object, std::move(made));
    collect_config(vm, cls, info, keywords);
    for (auto base = cls.bases.rbegin(); base != cls.bases.rend(); ++base) {
        ModelInfo* parent = nullptr;
        for (const Class* each : (*base)->mro) {
            parent = model_info(vm, each);
            if (parent) break;
        }
        if (!parent) continue;
        for (ModelField field : parent->fields) {
            // Schemas are made anew: the configuration and the validators are this class's.
            field.schema = nullptr;
            put_field(info, std::move(field));
        }
        for (const Value& each : parent->decorators) info.decorators.push_back(each);
        for (const auto& each : parent->privates) info.privates.push_back(each);
        for (const auto& each : parent->bindings) info.bindings.insert(each);
    }
    if (!collect_own(vm, cls, info)) return false;
    if (shape == Shape::Dataclass || shape == Shape::NamedTuple) read_foreign(vm, cls, info);
    if (shape == Shape::TypedDict) {
        const Value* total = cls.attributes.find("__total__");
        for (ModelField& field : info.fields) {
            if (total && total->is_false() && field.owner == &cls) field.not_required = true;
            if (const TypeForm* form = type_form(field.annotation)) {
                if (form->kind == TypeForm::Kind::NotRequired) field.not_required = true;
                if (form->kind == TypeForm::Kind::Required) field.not_required = false;
            }
        }
    }
    for (const ModelField& field : info.fields) find_type_vars(field.annotation, info.parameters);
    const Value init = vm.find_attribute(Value::of(&cls), "__init__");
    info.custom_init = shape == Shape::Model && as_function(init);
    for (const Value& each : info.decorators) {
        const Decorated& decorated = *native_state<Decorated>(each);
        const auto bound = [&] {
            return decorated.is_static ? decorated.function
                                       : vm.bound(decorated.function, Value::of(&cls));
        };
        if (decorated.kind == Kind::ModelValidator && decorated.mode == "before") {
            info.before.push_back(make_callback(vm, bound(), 1));
        } else if (decorated.kind == Kind::V1Root) {
            Callback call = make_callback(vm, bound(), 1);
            call.takes_info = false;
            (decorated.mode == "before" ? info.before : info.post_root).push_back(std::move(call));
        } else if (decorated.kind == Kind::ModelSerializer) {
            info.serializer_wraps = decorated.mode == "wrap";
            info.serializer = make_callback(vm, decorated.function, info.serializer_wraps ? 2 : 1);
        } else if (decorated.kind == Kind::Computed) {
            info.computed.push_back(decorated.name);
        }
    }
    if (vm.failed()) return false;
    // What can be built is built now, so that a wrong annotation shows at the class, as in reality;
    // names that come later are waited for.
    if (!complete_model(vm, info)) {
        const Value error = vm.error();
        std::string reason;
        if (!error || !vm.error_is(pydantic_class(vm, "PydanticUserError"))) return false;
        vm.to_str(error, reason);
        if (reason.find("is not fully defined") == std::string::npos) return false;
        vm.take_error();
    }
    return true;
}

}  // namespace wh::libraries
