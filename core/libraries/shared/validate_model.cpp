// Models, dataclasses, typed dicts and named tuples: pydantic-core 2.27 validators/model.rs,
// model_fields.rs, dataclass.rs, typed_dict.rs; defaults; unknown inputs.
#include <algorithm>

#include "base/text.h"
#include "libraries/shared/schema.h"

namespace wh::libraries {

using namespace program;

namespace {

using Shape = ModelInfo::Shape;

// What a field is read from: the items of a dict, or attributes.
struct Source {
    Dict* dict = nullptr;
    Value object;
};

// Follows one alias path. false: exception. `out` stays Null if there is nothing.
bool follow(Vm& vm, const Source& source, const std::vector<Value>& path, Value& out) {
    Value at;
    for (std::size_t i = 0; i < path.size(); ++i) {
        Value next;
        Dict* dict = i ? as_dict(at) : source.dict;
        if (dict) {
            if (const Value* found = dict->find(vm, path[i])) next = *found;
        } else if (const List* list = as_list(at); list && path[i].is_int()) {
            const auto size = static_cast<std::int64_t>(list->items.size());
            const std::int64_t index =
                path[i].integer < 0 ? size + path[i].integer : path[i].integer;
            if (index >= 0 && index < size) next = list->items[static_cast<std::size_t>(index)];
        } else if (as_str(path[i]) && (i ? as_instance(at) != nullptr : !source.object.is_null())) {
            next = vm.find_attribute(i ? at : source.object, text_of(path[i]));
        }
        if (vm.failed()) return false;
        if (next.is_null()) return true;
        at = next;
    }
    out = at;
    return true;
}

Value copy_default(Vm& vm, const Value& value, int depth = 0) {
    if (depth > 20) return value;
    if (const List* list = as_list(value)) {
        std::vector<Value> items;
        for (const Value& item : list->items) items.push_back(copy_default(vm, item, depth + 1));
        return vm.list(std::move(items)).with_origin(value.origin);
    }
    if (const Dict* dict = as_dict(value)) {
        const Value made = vm.dict();
        for (const Dict::Entry& entry : dict->entries) {
            if (entry.live)
                as_dict(made)->set(vm, entry.key, copy_default(vm, entry.value, depth + 1));
        }
        return made.with_origin(value.origin);
    }
    if (const Set* set = as_set(value); set && !set->frozen) {
        return vm.call(Value::of(vm.types().set), {value});
    }
    return value;
}

// A field whose name says that it is secret makes what comes from the caller or an answer secret.
Value mark_secret(Vm& vm, const ModelField& field, const Value& value) {
    const trust::Origin* origin = value.origin;
    if (!origin || origin->secret || !trust::names_a_secret(field.name)) return value;
    if (origin->kind != trust::OriginKind::CallerInput &&
        origin->kind != trust::OriginKind::Response) {
        return value;
    }
    trust::Origin mine = *origin;
    mine.name = mine.name.empty() ? field.name : cat(mine.name, ".", field.name);
    mine.secret = true;
    return value.with_origin(vm.origins().add(std::move(mine)));
}

// What the validated fields become.
Value make_object(Run& state, const ModelInfo& info, Dict& values,
                  std::vector<std::string> set_names, Namespace extra, const Value& input) {
    Vm& vm = state.vm;
    if (info.shape == Shape::TypedDict) return Value::of(static_cast<Object*>(&values));
    if (info.shape == Shape::NamedTuple) {
        Arguments arguments;
        for (const Dict::Entry& entry : values.entries) {
            arguments.keywords.emplace_back(text_of(entry.key), entry.value);
        }
        return vm.call(Value::of(info.cls), std::move(arguments));
    }
    Value self = state.self_instance;
    state.self_instance = {};
    if (self.is_null()) self = vm.instance(info.cls);
    Instance* instance = as_instance(self);
    for (const Dict::Entry& entry : values.entries) {
        if (entry.live) instance->attributes.set(text_of(entry.key), entry.value);
    }
    if (info.shape == Shape::Dataclass) {
        Arguments arguments;
        for (const ModelField& field : info.fields) {
            if (!field.init_only) continue;
            if (const Value* value = values.find_text(field.name))
                arguments.positional.push_back(*value);
            instance->attributes.erase(field.name);
        }
        const Value hook = vm.find_attribute(self, "__post_init__");
        if (hook && !vm.call(hook, std::move(arguments))) return {};
        return vm.failed() ? Value() : self.with_origin(input.origin);
    }
    auto native = std::make_unique<ModelState>();
    native->fields_set = std::move(set_names);
    native->extra = std::move(extra);
    for (const auto& [name, value] : info.privates) {
        Value made = value;
        if (const Value factory = field_setting(vm, value, "default_factory")) {
            made = vm.call(factory);
            if (!made) return {};
        } else if (const Instance* given = as_instance(value);
                   given && given->cls->name == "ModelPrivateAttr") {
            made = field_setting(vm, value, "default");
            const Value* raw = given->attributes.find("default");
            if (made.is_null() && raw && raw->is_none()) made = Value::none();
        }
        if (made) native->privates.set(name, copy_default(vm, made));
    }
    instance->native = std::move(native);
    const Value hook = vm.find_attribute(Value::of(info.cls), "model_post_init");
    if (as_function(hook)) {
        const Value context = state.context ? state.context : Value::none();
        if (!vm.call(hook, {self, context})) return {};
    }
    return vm.failed() ? Value() : self.with_origin(input.origin);
}

}  // namespace

void ModelState::mark(std::string_view name) {
    if (std::find(fields_set.begin(), fields_set.end(), name) == fields_set.end()) {
        fields_set.emplace_back(name);
    }
}

const ModelField* ModelInfo::field(std::string_view name) const {
    for (const ModelField& each : fields) {
        if (each.name == name) return &each;
    }
    return nullptr;
}

Value default_of(Run& state, const ModelField& field) {
    Vm& vm = state.vm;
    Value value;
    if (field.default_factory) {
        value = field.factory_takes_data ? vm.call(field.default_factory, {state.data})
                                         : vm.call(field.default_factory);
        if (!value) return {};
    } else if (field.default_value) {
        value = copy_default(vm, field.default_value);
    } else {
        return {};
    }
    if (field.validate_default) {
        const std::size_t before = state.issues.size();
        value = run(state, field.schema, value);
        if (state.issues.size() > before || !value) return {};
    }
    if (!value.origin || value.origin->kind == trust::OriginKind::Literal) {
        const Span span = value.origin ? value.origin->span : field.span;
        value = value.with_origin(vm.origins().add({trust::OriginKind::ParameterDefault,
                                                    span,
                                                    field.name,
                                                    trust::names_a_secret(field.name),
                                                    {}}));
    }
    return value;
}

Value validate_model(Run& state, const ModelInfo& info, const Value& original) {
    Vm& vm = state.vm;
    if (!complete_model(vm, const_cast<ModelInfo&>(info))) return {};
    Value input = original;
    const Value self = state.self_instance;
    const bool strict = state.strict || info.config.strict;
    const bool json = state.mode != InputMode::Python;
    if (self.is_null() && info.shape != Shape::TypedDict && vm.is_instance(input, info.cls)) {
        if (!info.config.always_revalidate) return input;
        const Value plain = vm.dict();
        for (const Namespace::Entry& entry : as_instance(input)->attributes.entries()) {
            as_dict(plain)->set(vm, vm.str(entry.name), entry.value);
        }
        input = plain;
    }
    if (self.is_null()) state.floor(Exactness::Strict);
    if (self.is_null() && strict && !json && info.shape != Shape::TypedDict) {
        if (info.shape == Shape::Dataclass) {
            state.fail("dataclass_exact_type", input, {{"class_name", vm.str(info.cls->name)}});
            state.issues.back().message = cat("Input should be an instance of ", info.cls->name);
            return {};
        }
        return state.fail("model_type", input, {{"class_name", vm.str(info.cls->name)}});
    }
    // Before validators run inside out: the one defined last comes first.
    for (auto each = info.before.rbegin(); each != info.before.rend(); ++each) {
        input = call_validator(state, *each, input, nullptr);
        if (!input) return {};
        if (vm.is_instance(input, info.cls) && info.shape == Shape::Model) return input;
    }
    if (info.custom_init && self.is_null() && as_dict(input)) {
        Arguments arguments;
        for (const Dict::Entry& entry : as_dict(input)->entries) {
            if (entry.live) arguments.keywords.emplace_back(text_of(entry.key), entry.value);
        }
        const Value made = vm.call(Value::of(info.cls), std::move(arguments));
        const ErrorState* error = made ? nullptr : native_state<ErrorState>(vm.error());
        if (!error) return made;
        vm.take_error();
        for (ValidationIssue issue : error->issues) {
            issue.loc.insert(issue.loc.begin(), state.loc.begin(), state.loc.end());
            state.issues.push_back(std::move(issue));
        }
        return {};
    }
    Source source;
    source.dict = as_dict(input);
    const bool attributes =
        state.from_attributes < 0 ? info.config.from_attributes : state.from_attributes == 1;
    const bool root = info.shape == Shape::Root;
    if (info.shape == Shape::NamedTuple && (as_list(input) || as_tuple(input))) {
        std::vector<Value> items;
        if (!vm.collect(input, items)) return {};
        const Value named = vm.dict();
        for (std::size_t i = 0; i < std::min(items.size(), info.fields.size()); ++i) {
            as_dict(named)->set(vm, vm.str(info.fields[i].name), items[i]);
        }
        source.dict = as_dict(named);
    }
    if (!source.dict && !root) {
        const bool object =
            as_instance(input) && !as_instance(input)->cls->module.starts_with("builtins");
        const bool mapping = object && vm.find_attribute(input, "keys") &&
                             vm.find_attribute(input, "__getitem__") &&
                             !native_state<ModelState>(input);
        if (attributes && object && !mapping && !json && info.shape == Shape::Model) {
            source.object = input;
        } else if (mapping) {
            source.dict = as_dict(vm.call(Value::of(vm.types().dict), {input}));
            if (!source.dict) return {};
        } else if (info.shape == Shape::TypedDict) {
            return state.fail("dict_type", input);
        } else if (info.shape == Shape::NamedTuple) {
            return state.fail("arguments_type", input);
        } else if (attributes && info.shape == Shape::Model && !json) {
            return state.fail("model_attributes_type", input);
        } else {
            return state.fail(info.shape == Shape::Dataclass ? "dataclass_type" : "model_type",
                              input, {{"class_name", vm.str(info.cls->name)}});
        }
    }
    state.self_instance = {};
    const std::size_t issues_before = state.issues.size();
    // The fields have a scope of their own.
    const Value outer_data = state.data;
    const std::string outer_name = state.field_name;
    const ModelInfo* outer_model = state.model;
    const int outer_fields = state.fields_set;
    const Value values = vm.dict();
    Dict& made = *as_dict(values);
    state.data = values;
    state.model = &info;
    std::vector<std::string> set_names;
    std::vector<std::string> used;
    for (const ModelField& field : info.fields) {
        state.field_name = field.name;
        Value given;
        const std::vector<Value>* path = nullptr;
        if (root) {
            given = is_undefined(input) ? Value() : input;
        } else {
            for (const std::vector<Value>& each : field.lookup) {
                if (!field.in_init) break;
                if (!follow(vm, source, each, given)) return {};
                path = &each;
                if (given) break;
            }
        }
        const std::size_t loc_size = state.loc.size();
        Value value;
        if (given) {
            if (path) used.emplace_back(text_of(path->front()));
            if (!root && path && info.config.loc_by_alias) {
                state.loc.insert(state.loc.end(), path->begin(), path->end());
            } else if (!root) {
                state.loc.push_back(vm.str(field.name));
            }
            value = run(state, field.schema, given);
            if (value && !root) value = mark_secret(vm, field, value);
            if (value) set_names.push_back(field.name);
        } else {
            const std::size_t before = state.issues.size();
            if (!root) state.loc.push_back(vm.str(field.alias.empty() ? field.name : field.alias));
            if (field.required() && info.config.loc_by_alias && !root && !field.lookup.empty()) {
                state.loc.resize(loc_size);
                state.loc.insert(state.loc.end(), field.lookup[0].begin(), field.lookup[0].end());
            }
            value = default_of(state, field);
            if (!value && !vm.failed() && state.issues.size() == before && field.required()) {
                state.fail(info.shape == Shape::NamedTuple ? "missing_argument" : "missing", input);
            }
        }
        state.loc.resize(loc_size);
        if (vm.failed()) return {};
        if (value && !made.set(vm, vm.str(field.name), value)) return {};
    }
    Namespace extra;
    if (source.dict && info.config.extra != Extra::Ignore) {
        for (const Dict::Entry& entry : source.dict->entries) {
            const std::string_view key = text_of(entry.key);
            if (!entry.live ||
                (as_str(entry.key) && std::find(used.begin(), used.end(), key) != used.end())) {
                continue;
            }
            state.loc.push_back(entry.key);
            if (!as_str(entry.key)) {
                state.fail("invalid_key", entry.key);
            } else if (info.config.extra == Extra::Forbid) {
                state.fail("extra_forbidden", entry.value);
            } else if (info.shape == Shape::TypedDict) {
                made.set(vm, entry.key, entry.value);
            } else {
                extra.set(key, entry.value);
                set_names.emplace_back(key);
            }
            state.loc.pop_back();
        }
    }
    state.data = outer_data;
    state.field_name = outer_name;
    state.model = outer_model;
    state.fields_set = std::max(outer_fields, 0) + static_cast<int>(set_names.size());
    if (state.issues.size() > issues_before) return {};
    Value result = values;
    for (const Callback& each : info.post_root) {
        result = call_validator(state, each, result, nullptr);
        if (!result) return {};
    }
    Dict* final_values = as_dict(result);
    if (!final_values) return result;
    state.self_instance = self;
    return make_object(state, info, *final_values, std::move(set_names), std::move(extra), input);
}

bool validate_assignment(Vm& vm, const ModelInfo& info, const Value& self, std::string_view name,
                         const Value& value) {
    std::vector<ValidationIssue> issues;
    Run state{vm, InputMode::Python, issues};
    state.model = &info;
    state.field_name = name;
    state.loc = {vm.str(std::string(name))};
    Instance* instance = as_instance(self);
    const Value data = vm.dict();
    for (const Namespace::Entry& entry : instance->attributes.entries()) {
        if (entry.name != name) as_dict(data)->set(vm, vm.str(entry.name), entry.value);
    }
    state.data = data;
    const ModelField* field = info.field(name);
    const Value made = field ? run(state, field->schema, value) : value;
    if (vm.failed()) return false;
    if (issues.empty()) {
        const Value* before = instance->attributes.find(name);
        const Value old = before ? *before : Value();
        instance->attributes.set(name, made);
        native_state<ModelState>(self)->mark(name);
        state.loc.clear();
        // Model validators of mode "after" see the instance as it would be.
        std::vector<const TypeSchema*> after;
        const TypeSchema* each = model_schema(vm, const_cast<ModelInfo&>(info));
        for (; each && each->kind != TypeKind::Model; each = each->items[0]) {
            if (each->kind == TypeKind::After) after.insert(after.begin(), each);
        }
        for (const TypeSchema* check : after) {
            if (!call_validator(state, check->call, self, nullptr)) break;
        }
        if (!vm.failed() && issues.empty()) return true;
        if (old) instance->attributes.set(name, old);
        if (vm.failed()) return false;
    }
    raise_issues(vm, info.cls->name, InputMode::Python, issues, info.config.hide_input);
    return false;
}

// A number, a date, an enum: whatever the caller writes, it is no text of his choice.
bool is_limited(const TypeSchema* schema) {
    switch (schema->kind) {
        case TypeKind::Bool:
        case TypeKind::Int:
        case TypeKind::Float:
        case TypeKind::Decimal:
        case TypeKind::Date:
        case TypeKind::Time:
        case TypeKind::DateTime:
        case TypeKind::TimeDelta:
        case TypeKind::Uuid:
        case TypeKind::Enum:
        case TypeKind::Literal:
        case TypeKind::ByteSize:
            return true;
        case TypeKind::Nullable:
        case TypeKind::Before:
        case TypeKind::After:
        case TypeKind::Wrap:
            return is_limited(schema->items[0]);
        case TypeKind::Any:
        case TypeKind::None:
        case TypeKind::Str:
        case TypeKind::Bytes:
        case TypeKind::Path:
        case TypeKind::IpAddress:
        case TypeKind::List:
        case TypeKind::Set:
        case TypeKind::FrozenSet:
        case TypeKind::Tuple:
        case TypeKind::Dict:
        case TypeKind::Union:
        case TypeKind::Model:
        case TypeKind::Instance:
        case TypeKind::Subclass:
        case TypeKind::Callable:
        case TypeKind::Iterable:
        case TypeKind::Pattern:
        case TypeKind::Url:
        case TypeKind::Email:
        case TypeKind::NameEmail:
        case TypeKind::Secret:
        case TypeKind::Json:
        case TypeKind::Encoded:
        case TypeKind::Plain:
            return false;
    }
    return false;
}

Value unknown_of(Vm& vm, const TypeSchema* schema, const trust::Origin* origin,
                 const std::string& label, int depth) {
    const Builtins& types = vm.types();
    const TypeSchema* inner = schema;
    while (inner->kind == TypeKind::Before || inner->kind == TypeKind::After ||
           inner->kind == TypeKind::Wrap) {
        inner = inner->items[0];
    }
    if (inner->kind == TypeKind::Model && depth < 6 &&
        inner->model->shape != ModelInfo::Shape::NamedTuple) {
        ModelInfo& info = *inner->model;
        if (!complete_model(vm, info)) return {};
        const Value values = vm.dict();
        std::vector<std::string> names;
        for (const ModelField& field : info.fields) {
            const std::string name =
                info.shape == Shape::Root ? label : cat(label, ".", field.name);
            trust::Origin mine =
                origin ? *origin : trust::Origin{trust::OriginKind::NotModelled, {}, "", false, {}};
            mine.name = name;
            mine.secret = mine.secret || trust::names_a_secret(name);
            const Value value =
                unknown_of(vm, field.schema, vm.origins().add(std::move(mine)), name, depth + 1);
            if (!value || !as_dict(values)->set(vm, vm.str(field.name), value)) return {};
            names.push_back(field.name);
        }
        std::vector<ValidationIssue> issues;
        Run state{vm, InputMode::Python, issues};
        return make_object(state, info, *as_dict(values), std::move(names), {},
                           Value::none().with_origin(origin))
            .with_origin(origin);
    }
    if (inner->kind == TypeKind::Secret) {
        auto held = std::make_unique<SecretState>();
        trust::Origin mine = origin ? *origin : trust::Origin{};
        mine.secret = true;
        const trust::Origin* marked = vm.origins().add(std::move(mine));
        held->value =
            vm.unknown(marked, label, inner->cls->name == "SecretBytes" ? types.bytes : types.str);
        return vm.instance(inner->cls, std::move(held)).with_origin(marked);
    }
    if (origin && is_limited(inner)) {
        trust::Origin mine = *origin;
        mine.limited = true;
        origin = vm.origins().add(std::move(mine));
    }
    Class* shape = inner->kind == TypeKind::Email ? types.str : inner->cls;
    if (inner->kind == TypeKind::Literal && !inner->literals.empty())
        shape = vm.class_of(inner->literals[0]);
    if (inner->kind == TypeKind::ByteSize) shape = types.integer;
    const bool loose = inner->kind == TypeKind::Nullable || inner->kind == TypeKind::Union ||
                       inner->kind == TypeKind::Any || inner->kind == TypeKind::Json;
    if (inner->kind == TypeKind::Literal && inner->literals.size() == 1) {
        return inner->literals[0].with_origin(origin);
    }
    return vm.unknown(origin, label, loose ? nullptr : shape);
}

Value unknown_input(Vm& vm, const TypeSchema* schema, const trust::Origin* origin,
                    const std::string& label) {
    return unknown_of(vm, schema, origin, label, 0);
}

std::vector<FieldView> fields_of(Vm& vm, const TypeSchema* schema) {
    std::vector<FieldView> out;
    const TypeSchema* inner = unwrapped(schema);
    if (inner->kind != TypeKind::Model || !complete_model(vm, *inner->model)) return out;
    for (const ModelField& field : inner->model->fields) {
        std::vector<ValidationIssue> issues;
        Run state{vm, InputMode::Python, issues};
        state.data = vm.dict();
        FieldView view{field.name, field.alias.empty() ? field.name : field.alias, field.schema,
                       field.required(), default_of(state, field)};
        out.push_back(std::move(view));
    }
    return out;
}

}  // namespace wh::libraries
