// JSON Schema of models (pydantic 2.10 json_schema.py, the common keywords) and values that
// validate.
#include <algorithm>

#include "base/text.h"
#include "libraries/shared/json_text.h"
#include "libraries/shared/schema.h"

namespace wh::libraries {

using namespace program;

namespace {

using Shape = ModelInfo::Shape;

struct SchemaWriter {
    Vm& vm;
    bool by_alias;
    std::string_view reference;
    Value definitions = vm.dict();

    void put(const Value& into, const char* key, const Value& value) {
        as_dict(into)->set(vm, vm.str(key), value);
    }
    Value of_type(const char* type, const char* format = nullptr) {
        const Value made = vm.dict();
        if (format) put(made, "format", vm.str(format));
        put(made, "type", vm.str(type));
        return made;
    }
    Value each(const std::vector<const TypeSchema*>& items) {
        std::vector<Value> out;
        for (const TypeSchema* item : items) out.push_back(write(item));
        return vm.list(std::move(out));
    }
    static std::string title_of(std::string_view name) {
        std::string out;
        bool start = true;
        for (const char c : name) {
            const bool lower = c >= 'a' && c <= 'z';
            const bool upper = c >= 'A' && c <= 'Z';
            out += c == '_'           ? ' '
                   : start && lower   ? static_cast<char>(c - 32)
                   : !start && upper  ? static_cast<char>(c + 32)  // str.title()
                                      : c;
            start = !lower && !upper;
        }
        return out;
    }
    // Keys in order of the alphabet, as pydantic gives them.
    Value sorted(const Value& dict) {
        std::vector<Dict::Entry> entries;
        for (const Dict::Entry& entry : as_dict(dict)->entries) {
            if (entry.live) entries.push_back(entry);
        }
        std::sort(entries.begin(), entries.end(), [](const Dict::Entry& a, const Dict::Entry& b) {
            return text_of(a.key) < text_of(b.key);
        });
        const Value made = vm.dict();
        for (const Dict::Entry& entry : entries) as_dict(made)->set(vm, entry.key, entry.value);
        return made;
    }
    Value object_of(ModelInfo& info) {
        if (!complete_model(vm, info)) return {};
        const Value made = vm.dict();
        const Value properties = vm.dict();
        std::vector<Value> required;
        for (const ModelField& field : info.fields) {
            const Value property = info.shape == Shape::Root ? made : vm.dict();
            const std::string name = by_alias && !field.alias.empty() ? field.alias : field.name;
            const Value schema = write(field.schema);
            if (!schema) return {};
            for (const char* key : {"title", "description", "examples", "deprecated"}) {
                if (const Value given = field_setting(vm, field.info, key))
                    put(property, key, given);
            }
            DumpOptions options;
            options.json = true;
            if (field.default_value) {
                const Value plain = dump_value(vm, field.default_value, field.schema, options);
                if (plain) put(property, "default", plain);
                if (vm.failed()) vm.take_error();
            }
            for (const Dict::Entry& entry : as_dict(schema)->entries) {
                if (entry.live) as_dict(property)->set(vm, entry.key, entry.value);
            }
            if (!as_dict(property)->find_text("$ref") && !as_dict(property)->find_text("title")) {
                put(property, "title", vm.str(title_of(name)));
            }
            if (field.required()) required.push_back(vm.str(name));
            if (info.shape != Shape::Root)
                as_dict(properties)->set(vm, vm.str(name), sorted(property));
        }
        if (info.config.extra != Extra::Ignore) {
            put(made, "additionalProperties", Value::of(info.config.extra == Extra::Allow));
        }
        if (info.shape != Shape::Root) {
            put(made, "properties", properties);
            if (!required.empty()) put(made, "required", vm.list(std::move(required)));
        }
        put(made, "title", vm.str(info.cls->name));
        if (info.shape != Shape::Root) put(made, "type", vm.str("object"));
        const Value* doc = info.cls->attributes.find("__doc__");
        if (doc && as_str(*doc)) put(made, "description", vm.str(std::string(trim(text_of(*doc)))));
        return sorted(made);
    }
    Value define(ModelInfo& info) {
        const Value made = vm.dict();
        const std::size_t mark = reference.find("{model}");
        put(made, "$ref",
            vm.str(cat(reference.substr(0, mark), info.cls->name,
                       mark == std::string_view::npos ? "" : reference.substr(mark + 7))));
        if (!as_dict(definitions)->find_text(info.cls->name)) {
            put(definitions, info.cls->name.c_str(), Value::none());
            const Value schema = object_of(info);
            if (schema) put(definitions, info.cls->name.c_str(), schema);
        }
        return made;
    }
    Value write(const TypeSchema* schema) {
        const Value made = write_type(schema);
        if (!made) return made;
        const std::pair<const char*, const Value*> limits[] = {
            {"exclusiveMinimum", &schema->gt},
            {"minimum", &schema->ge},
            {"exclusiveMaximum", &schema->lt},
            {"maximum", &schema->le},
            {"multipleOf", &schema->multiple_of}};
        for (const auto& [key, value] : limits) {
            if (*value) put(made, key, *value);
        }
        const bool items = as_dict(made)->find_text("items") != nullptr;
        if (schema->min_length >= 0)
            put(made, items ? "minItems" : "minLength", Value::of(schema->min_length));
        if (schema->max_length >= 0)
            put(made, items ? "maxItems" : "maxLength", Value::of(schema->max_length));
        if (schema->kind == TypeKind::Str && !schema->pattern.empty())
            put(made, "pattern", vm.str(schema->pattern));
        return sorted(made);
    }
    Value write_type(const TypeSchema* schema) {
        const TypeKind kind = schema->kind;
        struct Row {
            TypeKind kind;
            const char *type, *format;
        };
        static constexpr Row kRows[] = {{TypeKind::None, "null", nullptr},
                                        {TypeKind::Bool, "boolean", nullptr},
                                        {TypeKind::Int, "integer", nullptr},
                                        {TypeKind::ByteSize, "integer", nullptr},
                                        {TypeKind::Float, "number", nullptr},
                                        {TypeKind::Str, "string", nullptr},
                                        {TypeKind::Bytes, "string", "binary"},
                                        {TypeKind::Date, "string", "date"},
                                        {TypeKind::Time, "string", "time"},
                                        {TypeKind::DateTime, "string", "date-time"},
                                        {TypeKind::TimeDelta, "string", "duration"},
                                        {TypeKind::Uuid, "string", "uuid"},
                                        {TypeKind::Path, "string", "path"},
                                        {TypeKind::Email, "string", "email"},
                                        {TypeKind::NameEmail, "string", "name-email"},
                                        {TypeKind::Url, "string", "uri"},
                                        {TypeKind::Secret, "string", "password"},
                                        {TypeKind::Encoded, "string", "base64"},
                                        {TypeKind::Json, "string", "json-string"},
                                        {TypeKind::Pattern, "string", "regex"},
                                        {TypeKind::IpAddress, "string", "ipvanyaddress"}};
        for (const Row& row : kRows) {
            if (row.kind == kind) return of_type(row.type, row.format);
        }
        const Value made = vm.dict();
        if (kind == TypeKind::Model) return define(*schema->model);
        if (kind == TypeKind::Decimal) {
            put(made, "anyOf", vm.list({of_type("number"), of_type("string")}));
        } else if (kind == TypeKind::Nullable) {
            const TypeSchema* inner = schema->items[0];
            std::vector<Value> any;
            if (inner->kind == TypeKind::Union) {
                for (const TypeSchema* item : inner->items) any.push_back(write(item));
            } else {
                any.push_back(write(inner));
            }
            any.push_back(of_type("null"));
            put(made, "anyOf", vm.list(std::move(any)));
        } else if (kind == TypeKind::Union) {
            put(made, schema->discriminator ? "oneOf" : "anyOf", each(schema->items));
        } else if (kind == TypeKind::Literal || kind == TypeKind::Enum) {
            std::vector<Value> values = schema->literals;
            if (kind == TypeKind::Enum) {
                vm.collect(Value::of(schema->cls), values);
                for (Value& value : values) value = vm.get_attribute(value, "value");
            }
            if (vm.failed()) return {};
            const bool text = !values.empty() && as_str(values[0]);
            const bool one = values.size() == 1 && kind == TypeKind::Literal;
            put(made, one ? "const" : "enum", one ? values[0] : vm.list(values));
            if (kind == TypeKind::Enum) put(made, "title", vm.str(schema->cls->name));
            put(made, "type", vm.str(text ? "string" : "integer"));
        } else if (kind == TypeKind::Dict) {
            if (schema->items.size() > 1)
                put(made, "additionalProperties", write(schema->items[1]));
            put(made, "type", vm.str("object"));
        } else if (kind == TypeKind::List || kind == TypeKind::Set || kind == TypeKind::FrozenSet ||
                   kind == TypeKind::Tuple || kind == TypeKind::Iterable) {
            if (kind == TypeKind::Tuple && !schema->variadic) {
                const Value size = Value::of(static_cast<std::int64_t>(schema->items.size()));
                put(made, "maxItems", size);
                put(made, "minItems", size);
                put(made, "prefixItems", each(schema->items));
            } else {
                put(made, "items", schema->items.empty() ? vm.dict() : write(schema->items[0]));
            }
            put(made, "type", vm.str("array"));
            if (kind == TypeKind::Set || kind == TypeKind::FrozenSet)
                put(made, "uniqueItems", Value::of(true));
        } else if (kind >= TypeKind::Before) {
            return write(schema->items[0]);
        }
        return made;
    }
};

// Names that tell what a field holds, and what stands for it.
constexpr std::pair<std::string_view, std::string_view> kExamples[] = {
    {"email", "ada@people.example"},
    {"mail", "ada@people.example"},
    {"recipient", "ada@people.example"},
    {"to", "ada@people.example"},
    {"currency", "EUR"},
    {"country", "DE"},
    {"card_number", "4000056655665556"},
    {"number", "4000056655665556"},
    {"pan", "4000056655665556"},
    {"cvc", "123"},
    {"cvv", "123"},
    {"expiry", "12/34"},
    {"expires", "12/34"},
    {"phone", "+4930123456"},
    {"url", "https://hook.example/"},
    {"uri", "https://hook.example/"},
    {"callback", "https://hook.example/"},
    {"webhook", "https://hook.example/"},
    {"host", "shop.example"},
    {"domain", "shop.example"},
    {"name", "Ada"},
    {"user", "ada"},
    {"username", "ada"},
    {"password", "correct-horse-1"},
    {"token", "token-1234567890"},
    {"iban", "DE89370400440532013000"},
    {"city", "Berlin"},
    {"street", "Main Street 1"},
    {"zip", "10115"},
    {"date", "2026-01-02"},
    {"sku", "A-100"},
    {"id", "a1"},
};

std::string quoted(Vm& vm, const std::string& text) {
    std::string out;
    dump_json(vm, vm.str(text), ",", ":", false, out);
    return out;
}

std::string text_example(Vm& vm, const TypeSchema& schema, std::string_view name) {
    std::vector<std::string> candidates;
    const std::string lower = ascii_lower(name);
    for (const auto& [known, value] : kExamples) {
        if (lower == known || lower.ends_with(cat("_", known)) ||
            lower.starts_with(cat(known, "_"))) {
            candidates.emplace_back(value);
        }
    }
    for (const char* other :
         {"hello", "EUR", "abc", "ABC", "123", "a", "A", "1", "A-100", "12/34", "12345",
          "+4930123456", "ada@people.example", "https://hook.example/", "2026-01-02"}) {
        candidates.emplace_back(other);
    }
    for (std::string text : candidates) {
        const auto size = static_cast<std::int64_t>(text.size());
        if (schema.max_length >= 0 && size > schema.max_length) {
            if (!schema.pattern.empty()) continue;
            text.resize(static_cast<std::size_t>(schema.max_length));
        }
        while (static_cast<std::int64_t>(text.size()) < schema.min_length && text.size() < 4096) {
            text += text.empty() ? 'x' : text.back();
        }
        if (schema.pattern.empty()) return text;
        const Value re = vm.import_module("re");
        const Value found =
            re ? vm.call_method(re, "search", {vm.str(schema.pattern), vm.str(text)}) : re;
        if (found && !found.is_none()) return text;
        if (vm.failed()) vm.take_error();
    }
    return {};
}

std::string number_example(Vm& vm, const TypeSchema& schema, std::string_view name, bool whole) {
    const auto real = [&](const Value& limit, double fallback) {
        if (limit.is_int()) return static_cast<double>(limit.integer);
        if (limit.is_float()) return limit.real;
        std::string text;
        return limit && vm.to_str(limit, text) ? std::strtod(text.c_str(), nullptr) : fallback;
    };
    const std::string lower = ascii_lower(name);
    const bool money = lower.find("amount") != std::string::npos ||
                       lower.find("price") != std::string::npos ||
                       lower.find("total") != std::string::npos;
    double value = money ? 100 : 1;
    const double step = real(schema.multiple_of, 1);
    if (schema.multiple_of) value = step;
    const double low = schema.gt ? real(schema.gt, 0) : real(schema.ge, -1e18);
    const double high = schema.lt ? real(schema.lt, 0) : real(schema.le, 1e18);
    if (value > high || (schema.lt && value >= high))
        value = schema.le ? high : low + (high - low) / 2;
    if (value < low || (schema.gt && value <= low)) {
        value = schema.gt ? (high < low + 1 ? low + (high - low) / 2 : low + step) : low;
    }
    char text[40];
    std::snprintf(text, sizeof text, whole ? "%.0f" : "%.10g", value);
    return text;
}

std::string example(Vm& vm, const TypeSchema* schema, std::string_view name, int depth) {
    if (depth > 8) return "null";
    switch (schema->kind) {
        case TypeKind::Any:
            return "\"hello\"";
        case TypeKind::None:
            return "null";
        case TypeKind::Bool:
            return "true";
        case TypeKind::Int:
        case TypeKind::ByteSize:
            return number_example(vm, *schema, name, true);
        case TypeKind::Float:
        case TypeKind::Decimal:
            return number_example(vm, *schema, name, false);
        case TypeKind::Str:
        case TypeKind::Bytes:
        case TypeKind::Secret:
            return quoted(vm, text_example(vm, *schema, name));
        case TypeKind::Date:
            return schema->temporal == "future" ? "\"2999-01-02\"" : "\"2024-01-02\"";
        case TypeKind::Time:
            return "\"10:00:00\"";
        case TypeKind::DateTime: {
            const std::string day = schema->temporal == "future" ? "2999" : "2024";
            return cat("\"", day, "-01-02T10:00:00", schema->temporal == "naive" ? "\"" : "Z\"");
        }
        case TypeKind::TimeDelta:
            return "\"PT1H\"";
        case TypeKind::Uuid: {
            const std::string digit = schema->version > 0 ? cat(schema->version) : "4";
            return cat("\"0b1f8a3e-6c2d-", digit, "e5a-9f10-2a7c44d1e0b3\"");
        }
        case TypeKind::Path:
            return "\"report.pdf\"";
        case TypeKind::IpAddress: {
            const bool six = schema->cls->name.find("v6") != std::string::npos;
            const bool net = schema->cls->name.ends_with("Network");
            return six   ? (net ? "\"2001:db8::/32\"" : "\"2001:db8::1\"")
                   : net ? "\"192.0.2.0/24\""
                         : "\"192.0.2.1\"";
        }
        case TypeKind::Enum: {
            std::vector<Value> members;
            if (!vm.collect(Value::of(schema->cls), members) || members.empty()) return "";
            std::string out;
            dump_json(vm, to_jsonable(vm, members[0]), ",", ":", false, out);
            return out;
        }
        case TypeKind::Literal: {
            std::string out;
            if (!schema->literals.empty())
                dump_json(vm, to_jsonable(vm, schema->literals[0]), ",", ":", false, out);
            return out;
        }
        case TypeKind::List:
        case TypeKind::Set:
        case TypeKind::FrozenSet:
        case TypeKind::Iterable:
        case TypeKind::Tuple: {
            std::vector<std::string> parts;
            if (schema->kind == TypeKind::Tuple && !schema->variadic) {
                for (const TypeSchema* item : schema->items)
                    parts.push_back(example(vm, item, name, depth + 1));
            } else {
                const std::int64_t count = std::clamp<std::int64_t>(schema->min_length, 1, 64);
                if (name.ends_with("s")) name.remove_suffix(1);
                const std::string one = schema->items.empty()
                                            ? "\"hello\""
                                            : example(vm, schema->items[0], name, depth + 1);
                parts.assign(schema->max_length == 0 ? 0 : static_cast<std::size_t>(count), one);
            }
            return cat("[", join(parts, ","), "]");
        }
        case TypeKind::Dict: {
            if (schema->items.size() < 2) return "{}";
            std::string key = example(vm, schema->items[0], "key", depth + 1);
            if (!key.starts_with("\"")) key = cat("\"", key, "\"");
            return cat("{", key, ":", example(vm, schema->items[1], name, depth + 1), "}");
        }
        case TypeKind::Union:
            return schema->items.empty() ? "null" : example(vm, schema->items[0], name, depth + 1);
        case TypeKind::Model: {
            ModelInfo& info = *schema->model;
            std::vector<std::string> parts;
            if (!complete_model(vm, info)) return "";
            for (const ModelField& field : info.fields) {
                std::string value;
                const Value examples = field_setting(vm, field.info, "examples");
                if (const List* list = as_list(examples); list && !list->items.empty()) {
                    dump_json(vm, list->items[0], ",", ":", false, value);
                } else if (!field.required() && depth > 3) {
                    continue;
                } else {
                    value = example(vm, field.schema, field.name, depth + 1);
                }
                if (vm.failed()) vm.take_error();
                if (info.shape == Shape::Root) return value;
                parts.push_back(
                    cat(quoted(vm, field.alias.empty() ? field.name : field.alias), ":", value));
            }
            return cat("{", join(parts, ","), "}");
        }
        case TypeKind::Url: {
            const std::string scheme = schema->schemes.empty() ? "https" : schema->schemes.back();
            return cat("\"", scheme == "http" ? "https" : scheme, "://hook.example/\"");
        }
        case TypeKind::Email:
        case TypeKind::NameEmail:
            return "\"ada@people.example\"";
        case TypeKind::Json:
            return "\"{}\"";
        case TypeKind::Encoded:
            return "\"aGVsbG8=\"";
        case TypeKind::Pattern:
            return "\"a+\"";
        case TypeKind::Nullable:
        case TypeKind::Before:
        case TypeKind::After:
        case TypeKind::Wrap:
        case TypeKind::Plain:
            return example(vm, schema->items[0], name, depth + 1);
        case TypeKind::Instance:
        case TypeKind::Subclass:
        case TypeKind::Callable:
            return "";
    }
    return "";
}

}  // namespace

Value json_schema_of(Vm& vm, const TypeSchema* schema, bool by_alias, std::string_view reference) {
    SchemaWriter writer{vm, by_alias, reference};
    const TypeSchema* inner = unwrapped(schema);
    const bool top = inner->kind == TypeKind::Model && schema->kind != TypeKind::Nullable;
    Value made = top ? writer.object_of(*inner->model) : writer.write(schema);
    if (!made || as_dict(writer.definitions)->live_count == 0) return made;
    const Value out = vm.dict({{"$defs", writer.definitions}});
    for (const Dict::Entry& entry : as_dict(made)->entries) {
        if (entry.live) as_dict(out)->set(vm, entry.key, entry.value);
    }
    return out;
}

std::string example_json(Vm& vm, const TypeSchema* schema, std::string_view name) {
    const std::string text = example(vm, schema, name, 0);
    if (vm.failed()) {
        vm.take_error();
        return {};
    }
    JsonError error;
    const Value value = text.empty() ? Value() : read_json(vm, text, {}, error);
    if (!value) return {};
    // Validators of the pasted code may ask for more than the type says.
    std::vector<ValidationIssue> issues;
    const Value good = validate(vm, schema, value, InputMode::Json, {}, issues);
    if (vm.failed()) vm.take_error();
    return good ? text : std::string();
}

}  // namespace wh::libraries
