// One validation over a schema: pydantic-core 2.27 src/validators (union.rs, model_fields.rs,
// list.rs, dict.rs, tuple.rs, function.rs) and src/errors/types.rs for the wording.
#include <algorithm>

#include "base/text.h"
#include "libraries/shared/json_text.h"
#include "libraries/shared/schema.h"

namespace wh::libraries {

using namespace program;

namespace {

constexpr int kDepthMax = 60;  // nesting of data and of recursive models

struct MessageRow {
    std::string_view type, python, json;  // json empty: as python
};
constexpr MessageRow kMessages[] = {
    {"no_such_attribute", "Object has no attribute '{attribute}'", ""},
    {"json_invalid", "Invalid JSON: {error}", ""},
    {"json_type", "JSON input should be string, bytes or bytearray", ""},
    {"recursion_loop", "Recursion error - cyclic reference detected", ""},
    {"missing", "Field required", ""},
    {"frozen_field", "Field is frozen", ""},
    {"frozen_instance", "Instance is frozen", ""},
    {"extra_forbidden", "Extra inputs are not permitted", ""},
    {"invalid_key", "Keys should be strings", ""},
    {"get_attribute_error", "Error extracting attribute: {error}", ""},
    {"model_type", "Input should be a valid dictionary or instance of {class_name}",
     "Input should be an object"},
    {"model_attributes_type", "Input should be a valid dictionary or object to extract fields from",
     "Input should be an object"},
    {"dataclass_type", "Input should be a dictionary or an instance of {class_name}",
     "Input should be an object"},
    {"none_required", "Input should be None", "Input should be null"},
    {"greater_than", "Input should be greater than {gt}", ""},
    {"greater_than_equal", "Input should be greater than or equal to {ge}", ""},
    {"less_than", "Input should be less than {lt}", ""},
    {"less_than_equal", "Input should be less than or equal to {le}", ""},
    {"multiple_of", "Input should be a multiple of {multiple_of}", ""},
    {"finite_number", "Input should be a finite number", ""},
    {"too_short",
     "{field_type} should have at least {min_length} item{s} after validation, not {actual_length}",
     ""},
    {"too_long",
     "{field_type} should have at most {max_length} item{s} after validation, not {actual_length}",
     ""},
    {"iterable_type", "Input should be iterable", "Input should be a valid array"},
    {"string_type", "Input should be a valid string", ""},
    {"string_unicode",
     "Input should be a valid string, unable to parse raw data as a unicode string", ""},
    {"string_too_short", "String should have at least {min_length} character{s}", ""},
    {"string_too_long", "String should have at most {max_length} character{s}", ""},
    {"string_pattern_mismatch", "String should match pattern '{pattern}'", ""},
    {"enum", "Input should be {expected}", ""},
    {"dict_type", "Input should be a valid dictionary", "Input should be an object"},
    {"list_type", "Input should be a valid list", "Input should be a valid array"},
    {"tuple_type", "Input should be a valid tuple", "Input should be a valid array"},
    {"set_type", "Input should be a valid set", "Input should be a valid array"},
    {"frozen_set_type", "Input should be a valid frozenset", "Input should be a valid array"},
    {"set_item_not_hashable", "Set items should be hashable", ""},
    {"bool_type", "Input should be a valid boolean", ""},
    {"bool_parsing", "Input should be a valid boolean, unable to interpret input", ""},
    {"int_type", "Input should be a valid integer", ""},
    {"int_parsing", "Input should be a valid integer, unable to parse string as an integer", ""},
    {"int_from_float", "Input should be a valid integer, got a number with a fractional part", ""},
    {"int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size", ""},
    {"float_type", "Input should be a valid number", ""},
    {"float_parsing", "Input should be a valid number, unable to parse string as a number", ""},
    {"bytes_type", "Input should be a valid bytes", ""},
    {"bytes_too_short", "Data should have at least {min_length} byte{s}", ""},
    {"bytes_too_long", "Data should have at most {max_length} byte{s}", ""},
    {"value_error", "Value error, {error}", ""},
    {"assertion_error", "Assertion failed, {error}", ""},
    {"literal_error", "Input should be {expected}", ""},
    {"date_type", "Input should be a valid date", ""},
    {"date_parsing", "Input should be a valid date in the format YYYY-MM-DD, {error}", ""},
    {"date_from_datetime_parsing", "Input should be a valid date or datetime, {error}", ""},
    {"date_from_datetime_inexact",
     "Datetimes provided to dates should have zero time - e.g. be exact dates", ""},
    {"date_past", "Date should be in the past", ""},
    {"date_future", "Date should be in the future", ""},
    {"time_type", "Input should be a valid time", ""},
    {"time_parsing", "Input should be in a valid time format, {error}", ""},
    {"datetime_type", "Input should be a valid datetime", ""},
    {"datetime_parsing", "Input should be a valid datetime, {error}", ""},
    {"datetime_from_date_parsing", "Input should be a valid datetime or date, {error}", ""},
    {"datetime_past", "Input should be in the past", ""},
    {"datetime_future", "Input should be in the future", ""},
    {"timezone_naive", "Input should not have timezone info", ""},
    {"timezone_aware", "Input should have timezone info", ""},
    {"time_delta_type", "Input should be a valid timedelta", "Input should be a valid duration"},
    {"time_delta_parsing", "Input should be a valid timedelta, {error}",
     "Input should be a valid duration, {error}"},
    {"is_instance_of", "Input should be an instance of {class}", ""},
    {"is_subclass_of", "Input should be a subclass of {class}", ""},
    {"callable_type", "Input should be callable", ""},
    {"union_tag_invalid",
     "Input tag '{tag}' found using {discriminator} does not match any of the expected tags: "
     "{expected_tags}",
     ""},
    {"union_tag_not_found", "Unable to extract tag using discriminator {discriminator}", ""},
    {"arguments_type", "Arguments must be a tuple, list or a dictionary",
     "Arguments must be an array or an object"},
    {"missing_argument", "Missing required argument", ""},
    {"unexpected_keyword_argument", "Unexpected keyword argument", ""},
    {"unexpected_positional_argument", "Unexpected positional argument", ""},
    {"multiple_argument_values", "Got multiple values for argument", ""},
    {"url_type", "URL input should be a string or URL", ""},
    {"url_parsing", "Input should be a valid URL, {error}", ""},
    {"url_too_long", "URL should have at most {max_length} character{s}", ""},
    {"url_scheme", "URL scheme should be {expected_schemes}", ""},
    {"uuid_type", "UUID input should be a string, bytes or UUID object", ""},
    {"uuid_parsing", "Input should be a valid UUID, {error}", ""},
    {"uuid_version", "UUID version {expected_version} expected", ""},
    {"decimal_type", "Decimal input should be an integer, float, string or Decimal object", ""},
    {"decimal_parsing", "Input should be a valid decimal", ""},
    {"decimal_max_digits", "Decimal input should have no more than {max_digits} digit{s} in total",
     ""},
    {"decimal_max_places",
     "Decimal input should have no more than {decimal_places} decimal place{s}", ""},
    {"decimal_whole_digits",
     "Decimal input should have no more than {whole_digits} digit{s} before the decimal point", ""},
};

// A list, set or tuple from what its kind takes; false: an issue or an exception.
bool items_of(Run& state, const TypeSchema& schema, const Value& input, std::vector<Value>& out) {
    Vm& vm = state.vm;
    const TypeKind kind = schema.kind;
    const bool strict = state.strict || schema.strict;
    const bool json = state.mode != InputMode::Python;
    const Set* set = as_set(input);
    const bool exact = kind == TypeKind::List    ? as_list(input) != nullptr
                       : kind == TypeKind::Tuple ? as_tuple(input) != nullptr
                       : kind == TypeKind::Set   ? set && !set->frozen
                                                 : set && set->frozen;
    const char* word = kind == TypeKind::List    ? "list_type"
                       : kind == TypeKind::Tuple ? "tuple_type"
                       : kind == TypeKind::Set   ? "set_type"
                                                 : "frozen_set_type";
    const bool sequence = schema.detail == "sequence";
    if (!exact && !(json && as_list(input))) {
        state.floor(sequence ? Exactness::Strict : Exactness::Lax);
        const Instance* instance = as_instance(input);
        const bool view = instance || as_iterator(input) || as_range(input) ||
                          object_of(input, ObjectKind::Generator) != nullptr;
        const bool fits =
            as_list(input) || as_tuple(input) || (set && !sequence) || (view && !sequence);
        if (sequence && as_str(input)) {
            state.fail("sequence_str", input, {{"type_name", vm.str("str")}});
            state.issues.back().message = "'str' instances are not allowed as a Sequence value";
            return false;
        }
        if (sequence && !fits && !vm.is_instance(input, schema.cls)) {
            state.fail("is_instance_of", input, {{"class", vm.str("Sequence")}});
            return false;
        }
        if (strict || !fits || (instance && native_state<ModelState>(input))) {
            state.fail(word, input);
            return false;
        }
    }
    if (vm.collect(input, out)) return true;
    const Value error = vm.error();
    if (!error || !vm.error_is(vm.types().type_error)) return false;
    vm.take_error();
    state.fail(word, input);
    return false;
}

bool check_count(Run& state, const TypeSchema& schema, std::size_t count, const char* type,
                 const Value& input) {
    const auto size = static_cast<std::int64_t>(count);
    if (schema.min_length >= 0 && size < schema.min_length) {
        state.fail("too_short", input,
                   {{"field_type", state.vm.str(type)},
                    {"min_length", Value::of(schema.min_length)},
                    {"actual_length", Value::of(size)}});
        return false;
    }
    if (schema.max_length >= 0 && size > schema.max_length) {
        state.fail("too_long", input,
                   {{"field_type", state.vm.str(type)},
                    {"max_length", Value::of(schema.max_length)},
                    {"actual_length", Value::of(size)}});
        return false;
    }
    return true;
}

Value validate_sequence(Run& state, const TypeSchema& schema, const Value& input) {
    Vm& vm = state.vm;
    std::vector<Value> items;
    if (!items_of(state, schema, input, items)) return {};
    const std::size_t issues = state.issues.size();
    const TypeKind kind = schema.kind;
    const bool fixed = kind == TypeKind::Tuple && !schema.variadic && schema.cls;
    if (fixed && items.size() > schema.items.size()) {
        TypeSchema limit;
        limit.max_length = static_cast<std::int64_t>(schema.items.size());
        check_count(state, limit, items.size(), "Tuple", input);
        return {};
    }
    // Too many items are counted while they come: what is wrong with those before does not show.
    if (!fixed && (kind == TypeKind::List || kind == TypeKind::Tuple) && schema.max_length >= 0 &&
        items.size() > static_cast<std::size_t>(schema.max_length)) {
        TypeSchema limit;
        limit.max_length = schema.max_length;
        check_count(state, limit, items.size(), kind == TypeKind::List ? "List" : "Tuple", input);
        return {};
    }
    std::vector<Value> out;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const TypeSchema* item = schema.items.empty() ? nullptr : schema.items[fixed ? i : 0];
        state.loc.push_back(Value::of(static_cast<std::int64_t>(i)));
        const Value value = item ? run(state, item, items[i]) : items[i];
        state.loc.pop_back();
        if (vm.failed()) return {};
        if (value) out.push_back(value);
        if (schema.fail_fast && state.issues.size() > issues) return {};
    }
    for (std::size_t i = items.size(); fixed && i < schema.items.size(); ++i) {
        state.loc.push_back(Value::of(static_cast<std::int64_t>(i)));
        state.fail("missing", input);
        state.loc.pop_back();
    }
    if (state.issues.size() > issues) return {};
    const char* word = kind == TypeKind::List    ? "List"
                       : kind == TypeKind::Tuple ? "Tuple"
                       : kind == TypeKind::Set   ? "Set"
                                                 : "Frozenset";
    if (kind == TypeKind::List || kind == TypeKind::Tuple) {
        if (!check_count(state, schema, out.size(), word, input)) return {};
        const bool as_given = schema.detail == "sequence" && as_tuple(input);
        Value made = kind == TypeKind::Tuple || as_given ? vm.tuple(std::move(out))
                                                         : vm.list(std::move(out));
        if (schema.cls && schema.cls->name == "deque")
            made = vm.call(Value::of(schema.cls), {made});
        return made.is_null() ? made : made.with_origin(input.origin);
    }
    const Value made =
        vm.call(Value::of(kind == TypeKind::Set ? vm.types().set : vm.types().frozenset),
                {vm.list(std::move(out))});
    if (made.is_null()) return {};
    if (!check_count(state, schema, as_set(made)->live_count, word, input)) return {};
    return made.with_origin(input.origin);
}

Value validate_dict(Run& state, const TypeSchema& schema, const Value& input) {
    Vm& vm = state.vm;
    const Dict* given = as_dict(input);
    Value converted;
    if (!given) {
        // A mapping of another class.
        const bool mapping = as_instance(input) && !native_state<ModelState>(input) &&
                             vm.find_attribute(input, "keys") &&
                             vm.find_attribute(input, "__getitem__");
        if (!mapping || state.strict || schema.strict) return state.fail("dict_type", input);
        converted = vm.call(Value::of(vm.types().dict), {input});
        given = as_dict(converted);
        if (!given) return {};
        state.floor(Exactness::Lax);
    }
    const std::size_t issues = state.issues.size();
    const Value made = vm.dict();
    for (const Dict::Entry& entry : std::vector<Dict::Entry>(given->entries)) {
        if (!entry.live) continue;
        state.loc.push_back(entry.key);
        Value key = entry.key;
        if (!schema.items.empty()) {
            state.loc.push_back(vm.str("[key]"));
            key = run(state, schema.items[0], entry.key);
            state.loc.pop_back();
        }
        Value value = entry.value;
        if (schema.items.size() > 1 && !vm.failed())
            value = run(state, schema.items[1], entry.value);
        state.loc.pop_back();
        if (vm.failed()) return {};
        if (key && value && !as_dict(made)->set(vm, key, value)) return {};
    }
    if (state.issues.size() > issues ||
        !check_count(state, schema, as_dict(made)->live_count, "Dictionary", input)) {
        return {};
    }
    return made.with_origin(input.origin);
}

// The tag of each member of a discriminated union: the literals of the field, or Tag(...).
void tags_of(Vm& vm, const TypeSchema* member, std::string_view field,
             std::vector<std::pair<Value, const TypeSchema*>>& out) {
    if (!member->tag.empty()) {
        out.emplace_back(vm.str(member->tag), member);
        return;
    }
    const TypeSchema* inner = unwrapped(member);
    if (inner->kind == TypeKind::Union) {
        for (const TypeSchema* each : inner->items) tags_of(vm, each, field, out);
        return;
    }
    if (inner->kind != TypeKind::Model || !complete_model(vm, *inner->model)) return;
    const ModelField* tag = inner->model->field(field);
    if (!tag) return;
    const TypeSchema* literal = unwrapped(tag->schema);
    for (const Value& each : literal->literals) out.emplace_back(each, member);
    if (literal->kind == TypeKind::Enum && tag->default_value)
        out.emplace_back(tag->default_value, member);
}

Value validate_tagged(Run& state, const TypeSchema& schema, const Value& input) {
    Vm& vm = state.vm;
    Value discriminator = schema.discriminator;
    if (const Value inner = field_setting(vm, discriminator, "discriminator"))
        discriminator = inner;
    const std::string_view field = text_of(discriminator);
    std::vector<std::pair<Value, const TypeSchema*>> tags;
    for (const TypeSchema* member : schema.items) tags_of(vm, member, field, tags);
    if (vm.failed()) return {};
    Value tag;
    std::string shown = cat("'", field, "'");
    if (!as_str(discriminator)) {
        tag = vm.call(discriminator, {input});
        if (!tag) return {};
        const Value name = vm.find_attribute(discriminator, "__name__");
        shown = cat(text_of(name), "()");
    } else if (Dict* dict = as_dict(input)) {
        std::string key(field);
        for (const auto& [value, member] : tags) {
            const ModelInfo* info = unwrapped(member)->model;
            const ModelField* known = info ? info->field(field) : nullptr;
            if (known && !known->alias.empty() && dict->find_text(known->alias)) key = known->alias;
        }
        if (const Value* found = dict->find_text(key)) tag = *found;
    } else if (as_instance(input)) {
        tag = vm.find_attribute(input, field);
    } else {
        return state.fail("model_attributes_type", input);
    }
    if (tag.is_null() || (tag.is_none() && !as_str(discriminator))) {
        return state.fail("union_tag_not_found", input, {{"discriminator", vm.str(shown)}});
    }
    for (const auto& [value, member] : tags) {
        bool same = false;
        if (!vm.equal(value, tag, same)) return {};
        if (!same && as_instance(value)) {
            const Value raw = vm.find_attribute(value, "value");
            if (raw && !vm.equal(raw, tag, same)) return {};
        }
        if (!same) continue;
        state.loc.push_back(as_instance(tag) ? vm.find_attribute(tag, "value") : tag);
        const Value out = run(state, member, input);
        state.loc.pop_back();
        return out;
    }
    std::vector<std::string> expected;
    for (const auto& [value, member] : tags) {
        expected.emplace_back();
        if (!vm.repr(value, expected.back())) return {};
    }
    std::string tag_text;
    if (!vm.to_str(tag, tag_text)) return {};
    return state.fail("union_tag_invalid", input,
                      {{"discriminator", vm.str(shown)},
                       {"tag", vm.str(tag_text)},
                       {"expected_tags", vm.str(join(expected, ", "))}});
}

// Smart mode (union.rs): the first exact match, or the one with most fields set, then most exact.
Value validate_union(Run& state, const TypeSchema& schema, const Value& input) {
    if (schema.discriminator) return validate_tagged(state, schema, input);
    Vm& vm = state.vm;
    const Exactness before = state.exactness;
    const int fields_before = state.fields_set;
    std::vector<ValidationIssue> collected;
    Value best;
    Exactness best_exactness = Exactness::Lax;
    int best_fields = -1;
    for (const TypeSchema* member : schema.items) {
        std::vector<ValidationIssue> issues;
        Run attempt{vm, state.mode, issues};
        attempt.loc = state.loc;
        attempt.strict = state.strict || schema.strict;
        attempt.from_attributes = state.from_attributes;
        attempt.context = state.context;
        attempt.data = state.data;
        attempt.field_name = state.field_name;
        attempt.model = state.model;
        attempt.depth = state.depth + 1;
        attempt.loc.push_back(vm.str(member->tag.empty() ? core_name(vm, member) : member->tag));
        const Value value = run(attempt, member, input);
        if (vm.failed()) return {};
        if (issues.empty() && value) {
            if (schema.left_to_right ||
                (attempt.exactness == Exactness::Exact && attempt.fields_set < 0)) {
                return value;
            }
            const bool by_fields = best && best_fields >= 0 && attempt.fields_set >= 0 &&
                                   best_fields != attempt.fields_set;
            if (!best || (by_fields ? best_fields < attempt.fields_set
                                    : best_exactness < attempt.exactness)) {
                best = value;
                best_exactness = attempt.exactness;
                best_fields = attempt.fields_set;
            }
        } else if (!best) {
            collected.insert(collected.end(), issues.begin(), issues.end());
        }
    }
    state.exactness = before;
    state.fields_set = fields_before;
    if (best) {
        state.floor(best_exactness);
        if (best_fields >= 0) state.fields_set = std::max(state.fields_set, 0) + best_fields;
        return best;
    }
    state.issues.insert(state.issues.end(), collected.begin(), collected.end());
    return {};
}

Value validate_inner(Run& state, const TypeSchema& schema, const Value& input) {
    Vm& vm = state.vm;
    switch (schema.kind) {
        case TypeKind::Any:
            state.floor(Exactness::Lax);
            return input;
        case TypeKind::None:
            return input.is_none() ? input : state.fail("none_required", input);
        case TypeKind::Date:
        case TypeKind::Time:
        case TypeKind::DateTime:
        case TypeKind::TimeDelta:
            return validate_temporal(state, schema, input);
        case TypeKind::List:
        case TypeKind::Set:
        case TypeKind::FrozenSet:
        case TypeKind::Tuple:
            return validate_sequence(state, schema, input);
        case TypeKind::Dict:
            return validate_dict(state, schema, input);
        case TypeKind::Union:
            return validate_union(state, schema, input);
        case TypeKind::Nullable:
            return input.is_none() ? input : run(state, schema.items[0], input);
        case TypeKind::Model:
            return validate_model(state, *schema.model, input);
        case TypeKind::Url:
            return validate_url(state, schema, input);
        case TypeKind::Email:
        case TypeKind::NameEmail:
            return validate_email(state, schema, input);
        case TypeKind::Before: {
            const Value value = call_validator(state, schema.call, input, nullptr);
            return value ? run(state, schema.items[0], value) : value;
        }
        case TypeKind::After: {
            const Value value = run(state, schema.items[0], input);
            if (!value) return value;
            // The issue of a failing check shows what was given, not what it became.
            const std::size_t before = state.issues.size();
            const Value made = call_validator(state, schema.call, value, nullptr);
            for (std::size_t i = before; i < state.issues.size(); ++i) {
                if (state.issues[i].loc.size() == state.loc.size()) state.issues[i].input = input;
            }
            return made;
        }
        case TypeKind::Wrap:
            return call_validator(state, schema.call, input, schema.items[0]);
        case TypeKind::Plain:
            return call_validator(state, schema.call, input, nullptr);
        case TypeKind::Bool:
        case TypeKind::Int:
        case TypeKind::Float:
        case TypeKind::Str:
        case TypeKind::Bytes:
        case TypeKind::Decimal:
        case TypeKind::Uuid:
        case TypeKind::Path:
        case TypeKind::IpAddress:
        case TypeKind::Enum:
        case TypeKind::Literal:
        case TypeKind::Instance:
        case TypeKind::Subclass:
        case TypeKind::Callable:
        case TypeKind::Iterable:
        case TypeKind::Pattern:
        case TypeKind::Secret:
        case TypeKind::Json:
        case TypeKind::ByteSize:
        case TypeKind::Encoded:
            return validate_scalar(state, schema, input);
    }
    return vm.not_modelled("validation of a type");
}

// The handler of a wrap validator.
struct HandlerState : NativeState {
    static constexpr char kType = 0;
    HandlerState() : NativeState(&kType) {}
    const TypeSchema* schema = nullptr;
    InputMode mode = InputMode::Python;
    bool strict = false;
    int from_attributes = -1;
    Value context, data, self_instance;
    std::string field_name;
    const ModelInfo* model = nullptr;
    int depth = 0;
};

Value call_handler(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "handler", "value, outer_location?", bound)) return {};
    const auto& handler = *native_state<HandlerState>((*arguments.captured)[0]);
    std::vector<ValidationIssue> issues;
    Run state{vm, handler.mode, issues};
    state.strict = handler.strict;
    state.from_attributes = handler.from_attributes;
    state.context = handler.context;
    state.data = handler.data;
    state.self_instance = handler.self_instance;
    state.field_name = handler.field_name;
    state.model = handler.model;
    state.depth = handler.depth + 1;
    const Value value = run(state, handler.schema, bound["value"]);
    if (vm.failed() || issues.empty()) return value;
    return raise_issues(vm, "ValidatorCallable", handler.mode, issues);
}

Value make_info(Run& state) {
    Vm& vm = state.vm;
    const Value made = vm.instance(pydantic_class(vm, "ValidationInfo"));
    Namespace& attributes = as_instance(made)->attributes;
    attributes.set("data", state.data ? state.data : vm.dict());
    attributes.set("field_name",
                   state.field_name.empty() ? Value::none() : vm.str(state.field_name));
    attributes.set("context", state.context ? state.context : Value::none());
    attributes.set("mode", vm.str(state.mode == InputMode::Python ? "python" : "json"));
    Dict* config = state.model ? state.model->config.raw : nullptr;
    attributes.set("config", config ? Value::of(static_cast<Object*>(config)) : Value::none());
    return made;
}

// Turns the exception of a validator into issues where pydantic does. false: it goes on.
bool absorb_error(Run& state, const Value& input) {
    Vm& vm = state.vm;
    if (vm.stopped()) return false;
    const Value error = vm.error();
    if (!error) return false;
    const auto text = [&](const char* name) {
        return std::string(text_of(vm.find_attribute(error, name)));
    };
    if (const ErrorState* nested = native_state<ErrorState>(error)) {
        vm.take_error();
        for (ValidationIssue issue : nested->issues) {
            issue.loc.insert(issue.loc.begin(), state.loc.begin(), state.loc.end());
            state.issues.push_back(std::move(issue));
        }
        return true;
    }
    const bool custom = vm.error_is(pydantic_class(vm, "PydanticCustomError"));
    if (custom || vm.error_is(pydantic_class(vm, "PydanticKnownError"))) {
        vm.take_error();
        ValidationIssue issue;
        issue.type = text("type");
        issue.loc = state.loc;
        issue.input = input;
        issue.context = vm.find_attribute(error, "context");
        if (issue.context.is_none()) issue.context = {};
        issue.custom = custom;
        if (!vm.to_str(error, issue.message)) return false;
        state.issues.push_back(std::move(issue));
        return true;
    }
    const bool assertion = vm.error_is(vm.types().assertion_error);
    if (!assertion && !vm.error_is(vm.types().value_error)) return false;
    vm.take_error();
    state.fail(assertion ? "assertion_error" : "value_error", input, {{"error", error}});
    return !vm.failed();
}

}  // namespace

std::string render_message(Vm& vm, std::string_view type, InputMode mode, const Value& context) {
    std::string_view text;
    for (const MessageRow& row : kMessages) {
        if (row.type == type)
            text = mode == InputMode::Python || row.json.empty() ? row.python : row.json;
    }
    std::string out;
    bool plural = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t end = text[i] == '{' ? text.find('}', i) : std::string_view::npos;
        if (end == std::string_view::npos) {
            out += text[i];
            continue;
        }
        const std::string_view key = text.substr(i + 1, end - i - 1);
        i = end;
        if (key == "s") {
            if (plural) out += 's';
            continue;
        }
        Dict* dict = as_dict(context);
        const Value* value = dict ? dict->find_text(key) : nullptr;
        std::string shown;
        if (!value || !vm.to_str(*value, shown)) continue;
        if (value->is_float() && shown.ends_with(".0")) shown.resize(shown.size() - 2);
        if (value->is_int() && key != "actual_length") plural = value->integer != 1;
        out += shown;
    }
    return out;
}

Value Run::fail(std::string_view type, const Value& input,
                std::initializer_list<std::pair<std::string_view, Value>> pairs) {
    ValidationIssue issue;
    issue.type = type;
    issue.loc = loc;
    issue.input = input;
    if (pairs.size()) issue.context = vm.dict(pairs);
    issue.message = render_message(vm, type, mode, issue.context);
    issues.push_back(std::move(issue));
    return {};
}

Value call_validator(Run& state, const Callback& call, const Value& value,
                     const TypeSchema* handler_schema) {
    Vm& vm = state.vm;
    Arguments arguments;
    arguments.positional = {value};
    if (handler_schema) {
        auto handler = std::make_unique<HandlerState>();
        handler->schema = handler_schema;
        handler->mode = state.mode;
        handler->strict = state.strict;
        handler->from_attributes = state.from_attributes;
        handler->context = state.context;
        handler->data = state.data;
        handler->self_instance = state.self_instance;
        handler->field_name = state.field_name;
        handler->model = state.model;
        handler->depth = state.depth;
        const Value held = vm.instance(vm.types().object, std::move(handler));
        arguments.positional.push_back(vm.native("handler", &call_handler, {held}));
    }
    if (call.takes_info) arguments.positional.push_back(make_info(state));
    for (const std::string& name : call.v1_keywords) {
        arguments.keywords.emplace_back(
            name, name == "values" && state.data ? state.data : Value::none());
    }
    const Value made = vm.call(call.function, std::move(arguments));
    if (made || !vm.failed()) return made;
    absorb_error(state, value);
    return {};
}

Value run(Run& state, const TypeSchema* schema, const Value& input) {
    Vm& vm = state.vm;
    if (const Unknown* unknown = as_unknown(input)) {
        return unknown_of(vm, schema, input.origin, unknown->label, 0);
    }
    if (!vm.work(2)) return {};
    if (state.depth > kDepthMax) return state.fail("recursion_loop", input);
    const bool strict = state.strict;
    if (schema->lax) state.strict = false;
    ++state.depth;
    const Value value = validate_inner(state, *schema, input);
    --state.depth;
    state.strict = strict;
    if (value && schema->kind >= TypeKind::Before &&
        !check_constraints(state, *schema, value, input)) {
        return {};
    }
    if (value && schema->kind == TypeKind::Union && !schema->discriminator &&
        !check_constraints(state, *schema, value, input)) {
        return {};
    }
    return value;
}

Value validate(Vm& vm, const TypeSchema* schema, const Value& input, InputMode,
               const std::vector<Value>& loc, std::vector<ValidationIssue>& issues) {
    const std::size_t before = issues.size();
    Run state{vm, InputMode::Python, issues};
    state.loc = loc;
    state.from_attributes = 1;
    const Value value = run(state, schema, input);
    return vm.failed() || issues.size() > before ? Value() : value;
}

void add_issue(Vm& vm, std::string_view type, const std::vector<Value>& loc, const Value& input,
               std::vector<ValidationIssue>& issues) {
    Run state{vm, InputMode::Python, issues};
    state.loc = loc;
    state.fail(type, input);
}

Value validate_or_raise(Vm& vm, const TypeSchema* schema, const Value& input,
                        std::string_view title, InputMode mode, const Value& strict,
                        const Value& from_attributes, const Value& context) {
    std::vector<ValidationIssue> issues;
    Run state{vm, mode, issues};
    state.strict = strict.is_true();
    state.from_attributes = from_attributes.is_bool() ? (from_attributes.boolean ? 1 : 0) : -1;
    state.context = context;
    Value value = input;
    if (mode == InputMode::Json) {
        const Bytes* bytes = as_bytes(input);
        if (!bytes && !as_str(input) && !as_unknown(input)) {
            state.fail("json_type", input);
        } else if (!as_unknown(input)) {
            const std::string_view text = bytes ? std::string_view(bytes->data) : text_of(input);
            JsonReadOptions options;
            options.origin = input.origin;
            JsonError error;
            value = read_json(vm, text, options, error);
            if (!value && !vm.failed()) {
                state.fail("json_invalid", input, {{"error", vm.str(jiter_message(text, error))}});
            }
        }
        if (vm.failed()) return {};
        if (!issues.empty()) return raise_issues(vm, title, mode, issues);
    }
    value = run(state, schema, value);
    if (vm.failed() || issues.empty()) return value;
    return raise_issues(vm, title, mode, issues);
}

}  // namespace wh::libraries
