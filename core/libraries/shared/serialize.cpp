// Values to plain data: pydantic-core 2.27 src/serializers, fastapi 0.115 encoders.py and
// routing.serialize_response.
#include <algorithm>
#include <cmath>

#include "base/limits.h"
#include "base/text.h"
#include "libraries/shared/json_text.h"
#include "libraries/shared/schema.h"

namespace wh::libraries {

using namespace program;

namespace {

constexpr int kDumpDepthMax = 60;
using Shape = ModelInfo::Shape;

bool of_module(const Class* cls, std::string_view module, std::string_view name) {
    return std::any_of(cls->mro.begin(), cls->mro.end(), [&](const Class* each) {
        return each->name == name && each->module.starts_with(module);
    });
}

Value text_of_method(Vm& vm, const Value& value, const char* method) {
    const Value text = vm.call_method(value, method);
    return text ? text.with_origin(value.origin) : text;
}

// What include/exclude say about a key: -1 left out, 0 taken; the parts of them for what is inside.
int filter_key(Vm& vm, const Value& key, const DumpOptions& options, DumpOptions& inside) {
    inside.include = inside.exclude = Value();
    const auto look = [&](const Value& spec, Value& nested) {
        if (as_set(spec) || as_list(spec) || as_tuple(spec)) {
            bool has = false;
            vm.contains(spec, key, has);
            return has ? 2 : 0;
        }
        Dict* dict = as_dict(spec);
        if (!dict) return 0;
        const Value* found = dict->find(vm, key);
        if (!found) found = dict->find_text("__all__");
        if (!found || found->is_false()) return 0;
        if (found->is_true() || found->tag == Tag::Ellipsis) return 2;
        nested = *found;
        return 1;
    };
    const auto given = [](const Value& spec) { return spec && !spec.is_none(); };
    if (given(options.exclude) && look(options.exclude, inside.exclude) == 2) return -1;
    if (given(options.include) && look(options.include, inside.include) == 0) return -1;
    return 0;
}

// The value as JSON knows it, of a class that is no container; Null without failure: none of these.
Value dump_leaf(Vm& vm, const Value& value, bool fastapi) {
    const Class* cls = vm.class_of(value);
    if (const Bytes* bytes = as_bytes(value)) return vm.str(valid_utf8(bytes->data), value.origin);
    if (of_module(cls, "enum", "Enum")) return vm.get_attribute(value, "value");
    if (native_state<UrlState>(value) || native_state<SecretState>(value)) return vm.str_of(value);
    if (of_module(cls, "datetime", "datetime") || of_module(cls, "datetime", "time")) {
        const Value text = text_of_method(vm, value, "isoformat");
        std::string_view raw = text_of(text);
        if (fastapi || !raw.ends_with("+00:00")) return text;
        return vm.str(cat(raw.substr(0, raw.size() - 6), "Z"), value.origin);
    }
    if (of_module(cls, "datetime", "date")) return text_of_method(vm, value, "isoformat");
    if (of_module(cls, "datetime", "timedelta")) {
        return fastapi ? vm.call_method(value, "total_seconds")
                       : vm.str(duration_text(vm, value), value.origin);
    }
    if (of_module(cls, "decimal", "Decimal")) {
        if (!fastapi) return vm.str_of(value);
        // decimal_encoder: whole numbers become int
        const Value tuple = vm.call_method(value, "as_tuple");
        const Value exponent = tuple ? vm.get_item(tuple, Value::of(2)) : tuple;
        const bool whole = exponent.is_int() && exponent.integer >= 0;
        const Value made =
            vm.call(Value::of(whole ? vm.types().integer : vm.types().real), {value});
        return made ? made.with_origin(value.origin) : made;
    }
    static constexpr std::pair<std::string_view, std::string_view> kAsText[] = {
        {"uuid", "UUID"},
        {"pathlib", "PurePath"},
        {"ipaddress", "_IPAddressBase"},
        {"pydantic.networks", "NameEmail"}};
    for (const auto& [module, name] : kAsText) {
        if (of_module(cls, module, name)) return vm.str_of(value);
    }
    if (cls->module == "ipaddress") return vm.str_of(value);
    if (cls->module == "re") return vm.find_attribute(value, "pattern");
    return {};
}

Value dump_items(Vm& vm, const std::vector<Value>& items, const TypeSchema* schema,
                 const DumpOptions& options, int depth, const Value& like) {
    std::vector<Value> out;
    for (std::size_t i = 0; i < items.size(); ++i) {
        DumpOptions inside = options;
        if (filter_key(vm, Value::of(static_cast<std::int64_t>(i)), options, inside) < 0) continue;
        const TypeSchema* item = nullptr;
        if (schema && !schema->items.empty()) {
            item = schema->items[schema->kind == TypeKind::Tuple && !schema->variadic
                                     ? std::min(i, schema->items.size() - 1)
                                     : 0];
        }
        const Value made = dump_value(vm, items[i], item, inside, depth + 1);
        if (!made) return {};
        out.push_back(made);
    }
    if (!options.json && as_tuple(like)) return vm.tuple(std::move(out)).with_origin(like.origin);
    if (const Set* set = as_set(like); set && !options.json) {
        return vm.call(Value::of(set->frozen ? vm.types().frozenset : vm.types().set),
                       {vm.list(std::move(out))});
    }
    return vm.list(std::move(out)).with_origin(like.origin);
}

Value dump_dict(Vm& vm, const Dict& dict, const TypeSchema* schema, const DumpOptions& options,
                int depth) {
    const Value made = vm.dict();
    for (const Dict::Entry& entry : dict.entries) {
        DumpOptions inside = options;
        if (!entry.live || filter_key(vm, entry.key, options, inside) < 0) continue;
        const bool typed = schema && schema->kind == TypeKind::Dict && schema->items.size() > 1;
        Value key = entry.key;
        if (options.json && !as_str(key)) {
            key = dump_value(vm, key, nullptr, options, depth + 1);
            if (!key) return {};
            if (key.is_bool()) {
                key = vm.str(key.boolean ? "true" : "false");
            } else if (!as_str(key)) {
                key = key.is_none() ? vm.str("None") : vm.str_of(key);
            }
        }
        const Value value =
            dump_value(vm, entry.value, typed ? schema->items[1] : nullptr, inside, depth + 1);
        if (!key || !value || !as_dict(made)->set(vm, key, value)) return {};
    }
    return made;
}

Value make_serialization_info(Vm& vm, const DumpOptions& options) {
    const Value info = vm.instance(pydantic_class(vm, "SerializationInfo"));
    Namespace& attributes = as_instance(info)->attributes;
    attributes.set("mode", vm.str(options.json ? "json" : "python"));
    attributes.set("context", options.context ? options.context : Value::none());
    attributes.set("include", options.include ? options.include : Value::none());
    attributes.set("exclude", options.exclude ? options.exclude : Value::none());
    const std::pair<const char*, bool> flags[] = {{"by_alias", options.by_alias},
                                                  {"exclude_unset", options.exclude_unset},
                                                  {"exclude_defaults", options.exclude_defaults},
                                                  {"exclude_none", options.exclude_none}};
    for (const auto& [name, flag] : flags) attributes.set(name, Value::of(flag));
    return info;
}

// The handler of a wrap serialiser.
struct DumpHandler : NativeState {
    static constexpr char kType = 0;
    DumpHandler() : NativeState(&kType) {}
    const TypeSchema* schema = nullptr;
    const ModelInfo* model = nullptr;  // of a model serialiser: the fields without it
    DumpOptions options;
    int depth = 0;
};

Value dump_fields(Vm& vm, const Value& self, const ModelInfo& info, const DumpOptions& options,
                  int depth);

Value call_dump_handler(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "handler", "value, index_key?", bound)) return {};
    const auto& handler = *native_state<DumpHandler>((*arguments.captured)[0]);
    if (handler.model)
        return dump_fields(vm, bound["value"], *handler.model, handler.options, handler.depth);
    return dump_value(vm, bound["value"], handler.schema, handler.options, handler.depth + 1);
}

// Calls a serialiser of the pasted code and makes what it gives plain. `self` may be Null.
Value call_serializer(Vm& vm, const Callback& call, bool wraps, const Value& self,
                      const Value& value, const TypeSchema* schema, const ModelInfo* model,
                      const DumpOptions& options, int depth) {
    Arguments arguments;
    if (self) arguments.positional.push_back(self);
    if (value) arguments.positional.push_back(value);
    if (wraps) {
        auto handler = std::make_unique<DumpHandler>();
        handler->schema = schema;
        handler->model = model;
        handler->options = options;
        handler->depth = depth;
        const Value held = vm.instance(vm.types().object, std::move(handler));
        arguments.positional.push_back(vm.native("handler", &call_dump_handler, {held}));
    }
    if (call.takes_info) arguments.positional.push_back(make_serialization_info(vm, options));
    const Value made = vm.call(call.function, std::move(arguments));
    if (!made) return made;
    DumpOptions plain = options;
    plain.include = plain.exclude = Value();
    return dump_value(vm, made, nullptr, plain, depth + 1);
}

Value dump_fields(Vm& vm, const Value& self, const ModelInfo& info, const DumpOptions& options,
                  int depth) {
    Instance* instance = as_instance(self);
    const ModelState* state = native_state<ModelState>(self);
    const Value made = vm.dict();
    const auto put = [&](const std::string& name, const Value& value) {
        return as_dict(made)->set(vm, vm.str(name), value);
    };
    for (const ModelField& field : info.fields) {
        const Value* value = instance->attributes.find(field.name);
        DumpOptions inside = options;
        if (!value || field.exclude) continue;
        if (options.exclude_unset && state &&
            std::find(state->fields_set.begin(), state->fields_set.end(), field.name) ==
                state->fields_set.end()) {
            continue;
        }
        if (options.exclude_none && value->is_none()) continue;
        if (filter_key(vm, vm.str(field.name), options, inside) < 0) continue;
        const bool factory = field.default_factory && !field.factory_takes_data;
        // A field serializer stands before the default: pydantic-core then sees none (reality r23).
        if (options.exclude_defaults && (field.default_value || factory) &&
            field.serializer.function.is_null()) {
            bool same = false;
            const Value standard = factory ? vm.call(field.default_factory) : field.default_value;
            if (!standard || !vm.equal(*value, standard, same)) return {};
            if (same) continue;
        }
        const bool own =
            !field.serializer.function.is_null() && (options.json || !field.serializer_json_only);
        const Value dumped = own ? call_serializer(vm, field.serializer, field.serializer_wraps,
                                                   field.serializer.takes_self ? self : Value(),
                                                   *value, field.schema, nullptr, inside, depth)
                                 : dump_value(vm, *value, field.schema, inside, depth + 1);
        if (!dumped) return {};
        const bool alias = options.by_alias && !field.serialization_alias.empty();
        if (!put(alias ? field.serialization_alias : field.name, dumped)) return {};
    }
    if (state) {
        for (const Namespace::Entry& entry : state->extra.entries()) {
            DumpOptions inside = options;
            if (options.exclude_none && entry.value.is_none()) continue;
            if (filter_key(vm, vm.str(entry.name), options, inside) < 0) continue;
            const Value dumped = dump_value(vm, entry.value, nullptr, inside, depth + 1);
            if (!dumped || !put(entry.name, dumped)) return {};
        }
    }
    for (const Value& each : info.decorators) {
        const Decorated& decorated = *native_state<Decorated>(each);
        DumpOptions inside = options;
        if (decorated.kind != Decorated::Kind::Computed) continue;
        if (filter_key(vm, vm.str(decorated.name), options, inside) < 0) continue;
        const Value value = vm.get_attribute(self, decorated.name);
        if (!value) return {};
        if (options.exclude_none && value.is_none()) continue;
        const Value dumped = dump_value(vm, value, nullptr, inside, depth + 1);
        const bool alias = options.by_alias && as_str(decorated.alias);
        if (!dumped || !put(alias ? std::string(text_of(decorated.alias)) : decorated.name, dumped))
            return {};
    }
    return made;
}

}  // namespace

Value dump_model(Vm& vm, const Value& self, const ModelInfo& info, const DumpOptions& options,
                 int depth) {
    if (!complete_model(vm, const_cast<ModelInfo&>(info))) return {};
    if (info.serializer.function) {
        return call_serializer(vm, info.serializer, info.serializer_wraps, self, {}, nullptr, &info,
                               options, depth);
    }
    if (info.shape == Shape::Root) {
        const Value* root = as_instance(self)->attributes.find("root");
        return root ? dump_value(vm, *root, info.fields.empty() ? nullptr : info.fields[0].schema,
                                 options, depth + 1)
                    : Value::none();
    }
    const Value made = dump_fields(vm, self, info, options, depth);
    return made ? made.with_origin(self.origin) : made;
}

Value dump_value(Vm& vm, const Value& value, const TypeSchema* schema, const DumpOptions& options,
                 int depth) {
    if (!vm.work(4)) return {};
    if (depth > kDumpDepthMax) {
        return vm.raise(vm.types().value_error, "Circular reference detected (id repeated)");
    }
    while (schema && (schema->kind == TypeKind::Before || schema->kind == TypeKind::After ||
                      schema->kind == TypeKind::Wrap || schema->kind == TypeKind::Nullable ||
                      schema->serializer.function)) {
        if (schema->serializer.function && (options.json || !schema->serializer_json_only)) {
            TypeSchema* inner = &schema_state(vm).pool.emplace_back(*schema);
            inner->serializer = Callback();
            return call_serializer(vm, schema->serializer, schema->serializer_wraps, {}, value,
                                   inner, nullptr, options, depth);
        }
        if (schema->items.empty() || schema->kind < TypeKind::Union) break;
        if (value.is_none() && schema->kind == TypeKind::Nullable) return value;
        schema = schema->items[0];
    }
    if (as_unknown(value) || !value.is_object()) return value;
    if (as_str(value)) {
        const bool member = options.json && value.object->cls != vm.types().str;
        const Value leaf = member ? dump_leaf(vm, value, false) : Value();
        return leaf || vm.failed() ? leaf : value;
    }
    if (const Dict* dict = as_dict(value)) {
        const Value made = dump_dict(vm, *dict, schema, options, depth);
        return made ? made.with_origin(value.origin) : made;
    }
    const Iterator* iterator = as_iterator(value);
    if (as_list(value) || as_tuple(value) || as_set(value) || (options.json && iterator) ||
        as_range(value)) {
        std::vector<Value> items;
        if (!vm.collect(value, items)) return {};
        return dump_items(vm, items, schema, options, depth, value);
    }
    const Class* cls = vm.class_of(value);
    const ModelInfo* info = nullptr;
    if (schema && schema->kind == TypeKind::Model && vm.is_instance(value, schema->cls))
        info = schema->model;
    for (const Class* each : cls->mro) {
        if (!info) info = model_info(vm, each);
    }
    if (!info && cls->attributes.find("__dataclass_fields__")) {
        const TypeSchema* made = build_schema(vm, Value::of(const_cast<Class*>(cls)), nullptr);
        if (!made) return {};
        info = unwrapped(made)->model;
    }
    if (info && info->shape == Shape::NamedTuple) {
        std::vector<Value> items;
        if (!vm.collect(value, items)) return {};
        return dump_items(vm, items, nullptr, options, depth, vm.tuple());
    }
    if (info) return dump_model(vm, value, *info, options, depth);
    if (!options.json) return value;
    if (const Value leaf = dump_leaf(vm, value, false); leaf || vm.failed()) {
        return leaf && leaf.is_object() && leaf.object != value.object && !as_str(leaf)
                   ? dump_value(vm, leaf, nullptr, options, depth + 1)
                   : leaf;
    }
    if (cls->name == "deque") {
        std::vector<Value> items;
        return vm.collect(value, items) ? vm.list(std::move(items)) : Value();
    }
    std::string shown;
    vm.repr(Value::of(const_cast<Class*>(cls)), shown);
    return vm.raise(pydantic_class(vm, "PydanticSerializationError"),
                    cat("Unable to serialize unknown type: ", shown));
}

Value to_jsonable(Vm& vm, const Value& value, bool exclude_unset, bool exclude_none,
                  bool by_alias, int depth) {
    const bool plain_text = as_str(value) && value.object->cls == vm.types().str;
    if (!value.is_object() || plain_text || as_unknown(value)) return value;
    const auto again = [&](const Value& each) {
        return to_jsonable(vm, each, exclude_unset, exclude_none, by_alias, depth + 1);
    };
    if (depth > limits::kValueDepthMax) {
        return vm.raise(vm.types().recursion_error, "maximum recursion depth exceeded");
    }
    if (native_state<ModelState>(value)) {
        DumpOptions options;
        options.json = true;
        options.exclude_unset = exclude_unset;
        options.exclude_none = exclude_none;
        options.by_alias = by_alias;
        const Value dumped = dump_value(vm, value, nullptr, options);
        return dumped ? again(dumped) : dumped;
    }
    if (const Dict* dict = as_dict(value)) {
        const Value made = vm.dict();
        for (const Dict::Entry& entry : dict->entries) {
            if (!entry.live || (exclude_none && entry.value.is_none())) continue;
            const Value key = again(entry.key);
            const Value item = key ? again(entry.value) : key;
            if (!item || !as_dict(made)->set(vm, key, item)) return {};
        }
        return made.with_origin(value.origin);
    }
    const Class* cls = vm.class_of(value);
    const bool sequence = as_list(value) || as_tuple(value) || as_set(value) ||
                          as_iterator(value) || object_of(value, ObjectKind::Generator) ||
                          cls->name == "deque";
    if (sequence) {
        std::vector<Value> items;
        std::vector<Value> out;
        if (!vm.collect(value, items)) return {};
        for (const Value& item : items) {
            const Value made = again(item);
            if (!made) return {};
            out.push_back(made);
        }
        return vm.list(std::move(out)).with_origin(value.origin);
    }
    if (const Value leaf = dump_leaf(vm, value, true); leaf || vm.failed()) return leaf;
    if (as_str(value)) return value;
    // dict(obj), else vars(obj)
    const Instance* instance = as_instance(value);
    if (!instance) {
        return vm.raise(vm.types().value_error,
                        cat("[TypeError(\"'", cls->name,
                            "' object is not iterable\"), TypeError('vars() argument "
                            "must have __dict__ attribute')]"));
    }
    const Value plain = vm.dict();
    const bool mapping =
        vm.find_attribute(value, "keys") && vm.find_attribute(value, "__getitem__");
    if (mapping) {
        const Value made = vm.call(Value::of(vm.types().dict), {value});
        return made ? again(made) : made;
    }
    for (const Namespace::Entry& entry : instance->attributes.entries()) {
        if (!as_dict(plain)->set(vm, vm.str(entry.name), entry.value)) return {};
    }
    return again(plain);
}

namespace {

// routing._prepare_response_content: models in the answer become dicts first.
Value prepare(Vm& vm, const Value& value, const DumpOptions& options) {
    if (native_state<ModelState>(value)) return dump_value(vm, value, nullptr, options);
    if (const List* list = as_list(value)) {
        std::vector<Value> out;
        for (const Value& item : list->items) out.push_back(prepare(vm, item, options));
        return vm.failed() ? Value() : vm.list(std::move(out)).with_origin(value.origin);
    }
    if (const Dict* dict = as_dict(value)) {
        const Value made = vm.dict();
        for (const Dict::Entry& entry : dict->entries) {
            const Value item = entry.live ? prepare(vm, entry.value, options) : Value();
            if (vm.failed()) return {};
            if (entry.live) as_dict(made)->set(vm, entry.key, item);
        }
        return made.with_origin(value.origin);
    }
    const Class* cls = value.is_object() ? vm.class_of(value) : nullptr;
    if (cls && cls->attributes.find("__dataclass_fields__"))
        return dump_value(vm, value, nullptr, DumpOptions());
    return value;
}

}  // namespace

Value serialize_response(Vm& vm, const TypeSchema* schema, const Value& value,
                         std::vector<ValidationIssue>& issues, bool exclude_unset,
                         bool exclude_none, bool exclude_defaults, bool by_alias,
                         const Value& include, const Value& exclude) {
    DumpOptions options;
    options.by_alias = true;
    options.exclude_unset = exclude_unset;
    options.exclude_none = exclude_none;
    options.exclude_defaults = exclude_defaults;
    const Value prepared = prepare(vm, value, options);
    if (!prepared) return {};
    const Value made =
        validate(vm, schema, prepared, InputMode::Python, {vm.str("response")}, issues);
    if (!made) return {};
    options.json = true;
    options.by_alias = by_alias;
    options.include = include;
    options.exclude = exclude;
    return dump_value(vm, made, schema, options);
}

// -- errors ------------------------------------------------------------------------------------

Value issues_to_list(Vm& vm, const std::vector<ValidationIssue>& issues, bool with_url) {
    std::vector<Value> out;
    for (const ValidationIssue& issue : issues) {
        const Value made = vm.dict({{"type", vm.str(issue.type)},
                                    {"loc", vm.tuple(issue.loc)},
                                    {"msg", vm.str(issue.message)}});
        Dict& dict = *as_dict(made);
        if (issue.input) dict.set(vm, vm.str("input"), issue.input);
        if (issue.context) dict.set(vm, vm.str("ctx"), issue.context);
        if (with_url && !issue.custom) {
            dict.set(vm, vm.str("url"),
                     vm.str(cat("https://errors.pydantic.dev/2.10/v/", issue.type)));
        }
        out.push_back(made);
    }
    return vm.list(std::move(out));
}

std::string error_text(Vm& vm, const ErrorState& error, bool hide_input) {
    const std::size_t count = error.issues.size();
    std::string out = cat(count, " validation error", count == 1 ? "" : "s", " for ", error.title);
    for (const ValidationIssue& issue : error.issues) {
        std::vector<std::string> loc;
        for (const Value& part : issue.loc) {
            loc.emplace_back();
            vm.to_str(part, loc.back());
        }
        out += "\n";
        if (!loc.empty()) out += cat(join(loc, "."), "\n");
        out += cat("  ", issue.message, " [type=", issue.type);
        if (!hide_input && issue.input) {
            std::string shown;
            vm.repr(issue.input, shown);
            if (shown.size() > 50) {
                const auto continuation = [&](std::size_t at) {
                    return (static_cast<unsigned char>(shown[at]) & 0xC0U) == 0x80;
                };
                std::size_t head = 25;
                std::size_t tail = shown.size() - 24;
                while (head > 0 && continuation(head)) --head;
                while (tail < shown.size() && continuation(tail)) ++tail;
                shown = cat(shown.substr(0, head), "...", shown.substr(tail));
            }
            out += cat(", input_value=", shown, ", input_type=", vm.class_of(issue.input)->name);
        }
        out += "]";
        if (!issue.custom) {
            out += cat("\n    For further information visit https://errors.pydantic.dev/2.10/v/",
                       issue.type);
        }
    }
    return out;
}

Value make_validation_error(Vm& vm, std::string_view title, InputMode mode,
                            const std::vector<ValidationIssue>& issues, bool hide_input) {
    auto state = std::make_unique<ErrorState>();
    state->title = title;
    state->mode = mode;
    state->issues = issues;
    const std::string text = error_text(vm, *state, hide_input);
    const Value made = vm.make_exception(pydantic_class(vm, "ValidationError"), text);
    as_instance(made)->native = std::move(state);
    return made;
}

Value raise_issues(Vm& vm, std::string_view title, InputMode mode,
                   const std::vector<ValidationIssue>& issues, bool hide_input) {
    return vm.raise(make_validation_error(vm, title, mode, issues, hide_input));
}

}  // namespace wh::libraries
