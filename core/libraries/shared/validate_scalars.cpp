// Values without parts: pydantic-core 2.27 src/input/shared.rs, input_python.rs, validators/int.rs,
// float.rs, string.rs, decimal.rs, uuid.rs, literal.rs, enum_.rs; pydantic 2.10 types.py,
// _validators.py.
#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>

#include "base/encoding.h"
#include "base/text.h"
#include "libraries/shared/json_text.h"
#include "libraries/shared/schema.h"

namespace wh::libraries {

using namespace program;

namespace {

// Text or bytes in lax mode; false: neither.
bool text_like(const Value& input, std::string_view& out) {
    if (const Bytes* bytes = as_bytes(input)) {
        out = bytes->data;
        return true;
    }
    out = text_of(input);
    return as_str(input) != nullptr;
}

bool without_underscores(std::string& text) {
    if (text.find('_') == std::string::npos) return true;
    if (text.front() == '_' || text.back() == '_' || text.find("__") != std::string::npos)
        return false;
    std::erase(text, '_');
    return true;
}

// 0 parsed, 1 no number, 2 larger than 64 bits.
int parse_int(std::string_view raw, std::int64_t& out) {
    std::string text(trim(raw));
    bool negative = false;
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
        negative = text[0] == '-';
        text.erase(0, 1);
    }
    if (const std::size_t dot = text.find('.'); dot != std::string::npos) {
        if (dot + 1 == text.size() || text.find_first_not_of('0', dot + 1) != std::string::npos)
            return 1;
        text.resize(dot);
    }
    if (text.empty() || text[0] == '_' || !without_underscores(text)) return 1;
    if (text.find_first_not_of("0123456789") != std::string::npos) return 1;
    errno = 0;
    out = std::strtoll(cat(negative ? "-" : "", text).c_str(), nullptr, 10);
    return errno == ERANGE ? 2 : 0;
}

bool parse_float(std::string_view raw, double& out) {
    std::string text(trim(raw));
    if (text.empty() || !without_underscores(text)) return false;
    std::string word = ascii_lower(text[0] == '+' || text[0] == '-' ? text.substr(1) : text);
    const bool special = word == "nan" || word == "inf" || word == "infinity";
    if (!special && word.find_first_not_of("0123456789.e+-") != std::string::npos) return false;
    char* end = nullptr;
    out = std::strtod(text.c_str(), &end);
    return end && *end == '\0';
}

Value int_from_float(Run& state, double real, const Value& input) {
    if (!std::isfinite(real)) return state.fail("finite_number", input);
    if (std::trunc(real) != real) return state.fail("int_from_float", input);
    if (std::fabs(real) >= 9223372036854775807.0) return state.fail("int_parsing_size", input);
    return Value::of(static_cast<std::int64_t>(real));
}

// Plain value of an enum member; Null: it is none.
Value member_value(Vm& vm, const Value& input) {
    if (!as_instance(input)) return {};
    for (const Class* each : input.object->cls->mro) {
        if (each->name == "Enum" && each->module == "enum")
            return vm.find_attribute(input, "value");
    }
    return {};
}

Value validate_bool(Run& state, bool strict, const Value& input) {
    if (input.is_bool()) return input;
    if (strict) return state.fail("bool_type", input);
    state.floor(Exactness::Lax);
    std::string_view text;
    if (text_like(input, text)) {
        static constexpr std::string_view kNo[] = {"0", "f", "n", "no", "off", "false"};
        static constexpr std::string_view kYes[] = {"1", "t", "y", "yes", "on", "true"};
        const std::string word = ascii_lower(text);
        for (std::size_t i = 0; i < std::size(kNo); ++i) {
            if (word == kNo[i]) return Value::of(false);
            if (word == kYes[i]) return Value::of(true);
        }
        return state.fail("bool_parsing", input);
    }
    if (!input.is_int() && !input.is_float()) return state.fail("bool_type", input);
    const double number = input.is_int() ? static_cast<double>(input.integer) : input.real;
    if (number == 0 || number == 1) return Value::of(number == 1);
    return state.fail(std::trunc(number) == number ? "bool_parsing" : "bool_type", input);
}

Value validate_int(Run& state, bool strict, const Value& input) {
    Vm& vm = state.vm;
    if (input.is_int()) return input;
    if (const Value value = member_value(vm, input);
        value.is_int() && (!strict || vm.is_instance(input, vm.types().integer))) {
        state.floor(Exactness::Strict);
        return value;
    }
    if (strict) return state.fail("int_type", input);
    state.floor(Exactness::Lax);
    std::string_view text;
    std::int64_t parsed = 0;
    if (input.is_bool()) return Value::of(input.boolean ? 1 : 0);
    if (text_like(input, text)) {
        const int wrong = parse_int(text, parsed);
        if (wrong == 0) return Value::of(parsed);
        if (wrong == 2) return vm.not_modelled("int larger than 64 bits");
        return state.fail("int_parsing", input);
    }
    if (input.is_float()) return int_from_float(state, input.real, input);
    if (as_instance(input) && vm.class_of(input)->name == "Decimal") {
        const Value real = vm.call(Value::of(vm.types().real), {input});
        return real.is_float() ? int_from_float(state, real.real, input) : Value();
    }
    return state.fail("int_type", input);
}

Value validate_float(Run& state, const TypeSchema& schema, bool strict, const Value& input) {
    Value value = input;
    std::string_view text;
    if (!input.is_float()) {
        double parsed = 0;
        if (!strict && text_like(input, text)) {
            state.floor(Exactness::Lax);
            if (!parse_float(text, parsed)) return state.fail("float_parsing", input);
        } else if (input.is_int() || (input.is_bool() && !strict)) {
            state.floor(input.is_int() ? Exactness::Strict : Exactness::Lax);
            parsed = input.is_int()  ? static_cast<double>(input.integer)
                     : input.boolean ? 1.0
                                     : 0.0;
        } else if (as_instance(input) && state.vm.find_attribute(input, "__float__")) {
            state.floor(Exactness::Strict);
            value = state.vm.call(Value::of(state.vm.types().real), {input});
            if (!value.is_float()) return {};
            parsed = value.real;
        } else {
            return state.fail("float_type", input);
        }
        value = Value::of(parsed);
    }
    if (schema.no_inf_nan && !std::isfinite(value.real)) return state.fail("finite_number", input);
    return value;
}

Value validate_str(Run& state, const TypeSchema& schema, bool strict, const Value& input) {
    Vm& vm = state.vm;
    Value value = input;
    // Members of (str, Enum) are texts of a class of their own.
    if (!as_str(input) || input.object->cls != vm.types().str) {
        const Value member = member_value(vm, input);
        const bool derived = vm.is_instance(input, vm.types().str);
        const bool number = input.is_int() || input.is_float() ||
                            (as_instance(input) && vm.class_of(input)->name == "Decimal");
        state.floor(derived ? Exactness::Strict : Exactness::Lax);
        if (derived) {
            value = as_str(member)  ? member.with_origin(input.origin)
                    : as_str(input) ? vm.str(std::string(text_of(input)), input.origin)
                                    : vm.str_of(input);
        } else if (const Bytes* bytes = as_bytes(input); bytes && !strict) {
            if (valid_utf8(bytes->data) != bytes->data) return state.fail("string_unicode", input);
            value = vm.call_method(input, "decode");
        } else if (!strict && number && schema.numbers_to_text) {
            value = vm.str_of(input);
        } else if (!strict && member) {
            value = vm.str_of(member);
        } else {
            return state.fail("string_type", input);
        }
        if (!value) return {};
    }
    if (schema.strip) value = vm.call_method(value, "strip");
    if (!value) return {};
    if (schema.min_length >= 0 || schema.max_length >= 0) {
        std::int64_t length = 0;
        if (!vm.length(value, length)) return {};
        if (schema.min_length >= 0 && length < schema.min_length) {
            return state.fail("string_too_short", input,
                              {{"min_length", Value::of(schema.min_length)}});
        }
        if (schema.max_length >= 0 && length > schema.max_length) {
            return state.fail("string_too_long", input,
                              {{"max_length", Value::of(schema.max_length)}});
        }
    }
    if (!schema.pattern.empty()) {
        const Value re = vm.import_module("re");
        if (!re) return {};
        const Value found = vm.call_method(re, "search", {vm.str(schema.pattern), value});
        if (!found) return {};
        if (found.is_none()) {
            return state.fail("string_pattern_mismatch", input,
                              {{"pattern", vm.str(schema.pattern)}});
        }
    }
    if (schema.lower) return vm.call_method(value, "lower");
    return schema.upper ? vm.call_method(value, "upper") : value;
}

Value validate_bytes(Run& state, const TypeSchema& schema, bool strict, const Value& input) {
    Value value = input;
    if (!as_bytes(input)) {
        if (!as_str(input) || (strict && state.mode == InputMode::Python)) {
            return state.fail("bytes_type", input);
        }
        state.floor(Exactness::Lax);
        value = state.vm.call_method(input, "encode");
        if (!value) return {};
    }
    const auto size = static_cast<std::int64_t>(as_bytes(value)->data.size());
    if (schema.min_length >= 0 && size < schema.min_length) {
        return state.fail("bytes_too_short", input, {{"min_length", Value::of(schema.min_length)}});
    }
    if (schema.max_length >= 0 && size > schema.max_length) {
        return state.fail("bytes_too_long", input, {{"max_length", Value::of(schema.max_length)}});
    }
    return value;
}

Value make_decimal(Vm& vm, const Value& from) {
    Class* decimal = vm.class_in("decimal", "Decimal");
    if (vm.is_instance(from, decimal)) return from;
    return vm.call(Value::of(decimal), {from.is_float() ? vm.str_of(from) : from});
}

// Digits and places as DecimalValidator counts them.
bool decimal_digits(Vm& vm, const Value& decimal, std::int64_t& places, std::int64_t& digits) {
    const Value tuple = vm.call_method(decimal, "as_tuple");
    if (!tuple) return false;
    const Value exponent = vm.get_item(tuple, Value::of(2));
    const Value all = vm.get_item(tuple, Value::of(1));
    if (!all || !exponent.is_int() || !vm.length(all, digits)) return false;
    places = exponent.integer < 0 ? -exponent.integer : 0;
    digits = exponent.integer < 0 ? std::max(digits, places) : digits + exponent.integer;
    return true;
}

Value validate_decimal(Run& state, const TypeSchema& schema, bool strict, const Value& input) {
    Vm& vm = state.vm;
    Value value = input;
    if (!vm.is_instance(input, vm.class_in("decimal", "Decimal"))) {
        const bool json = state.mode != InputMode::Python;
        if (strict && !json) {
            return state.fail("is_instance_of", input, {{"class", vm.str("Decimal")}});
        }
        if (!as_str(input) && !input.is_int() && !input.is_float()) {
            return state.fail("decimal_type", input);
        }
        state.floor(json ? Exactness::Strict : Exactness::Lax);
        value = make_decimal(vm, input);
        if (!value) {
            // decimal.InvalidOperation, an ArithmeticError
            if (vm.stopped() || !vm.failed()) return {};
            vm.take_error();
            return state.fail("decimal_parsing", input);
        }
    }
    const Value finite = vm.call_method(value, "is_finite");
    if (!finite) return {};
    if (!finite.is_true()) return state.fail("finite_number", input);
    if (schema.max_digits < 0 && schema.decimal_places < 0) return value;
    std::int64_t places = 0, digits = 0, short_places = 0, short_digits = 0;
    const Value normal = vm.call_method(value, "normalize");
    if (!normal || !decimal_digits(vm, value, places, digits) ||
        !decimal_digits(vm, normal, short_places, short_digits)) {
        return {};
    }
    const std::int64_t most = schema.max_digits;
    const std::int64_t after = schema.decimal_places;
    if (most >= 0 && digits > most && short_digits > most) {
        return state.fail("decimal_max_digits", input, {{"max_digits", Value::of(most)}});
    }
    if (after >= 0 && places > after && short_places > after) {
        return state.fail("decimal_max_places", input, {{"decimal_places", Value::of(after)}});
    }
    const std::int64_t whole = std::max<std::int64_t>(most - after, 0);
    if (most >= 0 && after >= 0 && digits - places > whole && short_digits - short_places > whole) {
        return state.fail("decimal_whole_digits", input, {{"whole_digits", Value::of(whole)}});
    }
    return value;
}

// What the uuid crate (1.11 src/error.rs, parser.rs) finds wrong; empty: nothing.
std::string uuid_fault(std::string_view text) {
    std::string_view body = text;
    std::size_t offset = 0;
    if (body.starts_with("{") && body.ends_with("}")) {
        body = body.substr(1, body.size() - 2);
        offset = 1;
    } else if (body.starts_with("urn:uuid:")) {
        body.remove_prefix(9);
        offset = 9;
    }
    std::vector<std::size_t> hyphens;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const char c = body[i];
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (c == '-') {
            hyphens.push_back(i);
        } else if (!hex) {
            std::size_t end = i + 1;
            while (end < body.size() && (static_cast<unsigned char>(body[end]) & 0xC0U) == 0x80)
                ++end;
            return cat(
                "invalid character: expected an optional prefix of `urn:uuid:` followed by "
                "[0-9a-fA-F-], found `",
                body.substr(i, end - i), "` at ", i + offset + 1);
        }
    }
    if (hyphens.empty() && offset == 0) {
        if (body.size() == 32) return {};
        return cat("invalid length: expected length 32 for simple format, found ", body.size());
    }
    if (hyphens.size() != 4)
        return cat("invalid group count: expected 5, found ", hyphens.size() + 1);
    static constexpr std::size_t kLengths[] = {8, 4, 4, 4, 12};
    std::size_t start = 0;
    for (std::size_t i = 0; i < 5; ++i) {
        const std::size_t length = (i < 4 ? hyphens[i] : body.size()) - start;
        if (length != kLengths[i]) {
            return cat("invalid group length in group ", i, ": expected ", kLengths[i], ", found ",
                       length);
        }
        start += length + 1;
    }
    return {};
}

Value validate_uuid(Run& state, const TypeSchema& schema, bool strict, const Value& input) {
    Vm& vm = state.vm;
    Value value = input;
    std::string_view text;
    if (!vm.is_instance(input, schema.cls)) {
        if (strict && state.mode == InputMode::Python) {
            return state.fail("is_instance_of", input, {{"class", vm.str("UUID")}});
        }
        if (!text_like(input, text)) return state.fail("uuid_type", input);
        if (const std::string fault = uuid_fault(text); !fault.empty()) {
            return state.fail("uuid_parsing", input, {{"error", vm.str(fault)}});
        }
        if (state.mode == InputMode::Python) state.floor(Exactness::Lax);
        value = vm.call(Value::of(schema.cls), {vm.str(std::string(text))});
        if (!value) return {};
    }
    if (schema.version > 0) {
        const Value version = vm.get_attribute(value, "version");
        if (!version.is_int() || version.integer != schema.version) {
            return state.fail("uuid_version", input,
                              {{"expected_version", Value::of(schema.version)}});
        }
    }
    return value;
}

std::string one_of(Vm& vm, const std::vector<Value>& values) {
    std::string out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::string shown;
        if (i) out += i + 1 == values.size() ? " or " : ", ";
        vm.repr(values[i], shown);
        out += shown;
    }
    return out;
}

Value validate_enum(Run& state, const TypeSchema& schema, bool strict, const Value& input) {
    Vm& vm = state.vm;
    Value found;
    if (vm.is_instance(input, schema.cls)) found = input;
    std::vector<Value> members;
    std::vector<Value> values;
    if (!found) {
        if (strict && state.mode == InputMode::Python) {
            return state.fail("is_instance_of", input, {{"class", vm.str(schema.cls->name)}});
        }
        state.floor(Exactness::Lax);
        if (!vm.collect(Value::of(schema.cls), members)) return {};
        Value wanted = input;
        if (schema.cls->derives_from(vm.types().integer)) {
            std::vector<ValidationIssue> ignored;
            Run attempt{vm, state.mode, ignored};
            const Value number = validate_int(attempt, false, input);
            if (number) wanted = number;
        }
        for (const Value& member : members) {
            const Value value = vm.get_attribute(member, "value");
            bool same = false;
            if (!value || !vm.equal(value, wanted, same)) return {};
            if (same && !found) found = member;
            values.push_back(value);
        }
        if (!found && vm.find_attribute(Value::of(schema.cls), "_missing_")) {
            const Value made = vm.call_method(Value::of(schema.cls), "_missing_", {input});
            if (made && vm.is_instance(made, schema.cls)) found = made;
            if (!made && vm.failed()) vm.take_error();
        }
        if (!found) return state.fail("enum", input, {{"expected", vm.str(one_of(vm, values))}});
    }
    return schema.enum_values ? vm.get_attribute(found, "value") : found;
}

Value validate_literal(Run& state, const TypeSchema& schema, const Value& input) {
    Vm& vm = state.vm;
    for (const Value& literal : schema.literals) {
        bool same = false;
        if (as_str(literal) != nullptr && as_str(input) == nullptr && !as_instance(input)) continue;
        if (literal.is_none() != input.is_none()) continue;
        if (!vm.equal(literal, input, same)) return {};
        if (!same && as_instance(literal) && state.mode != InputMode::Python) {
            const Value raw = member_value(vm, literal);
            if (raw && !vm.equal(raw, input, same)) return {};
        }
        if (same) return literal;
    }
    return state.fail("literal_error", input, {{"expected", vm.str(one_of(vm, schema.literals))}});
}

Value own_issue(Run& state, const char* type, std::string message, const Value& input) {
    state.fail(type, input);
    state.issues.back().message = std::move(message);
    state.issues.back().custom = true;
    return {};
}

Value validate_path(Run& state, const TypeSchema& schema, bool strict, const Value& input) {
    Vm& vm = state.vm;
    Value value = input;
    if (!vm.is_instance(input, vm.class_in("pathlib", "PurePath"))) {
        if (!as_str(input) || (strict && state.mode == InputMode::Python)) {
            std::string shown;
            vm.repr(Value::of(schema.cls), shown);
            return own_issue(state, "path_type", cat("Input is not a valid path for ", shown),
                             input);
        }
        state.floor(Exactness::Lax);
        value = vm.call(Value::of(schema.cls), {input});
        if (!value) return {};
    }
    if (schema.detail == "file" || schema.detail == "dir") {
        const bool file = schema.detail == "file";
        const Value is = vm.call_method(value, file ? "is_file" : "is_dir");
        if (!is) return {};
        if (!is.is_true()) {
            return own_issue(state, file ? "path_not_file" : "path_not_directory",
                             cat("Path does not point to a ", file ? "file" : "directory"), input);
        }
    }
    return value;
}

Value validate_address(Run& state, const TypeSchema& schema, const Value& input) {
    Vm& vm = state.vm;
    const bool any = schema.cls->module == "pydantic.networks";
    std::vector<Class*> tries = {schema.cls};
    if (any) {
        tries.clear();
        const Value module = vm.import_module("ipaddress");
        for (const char* version : {"IPv4", "IPv6"}) {
            const std::string name = cat(version, schema.cls->name.substr(6));  // IPvAny...
            Class* cls = module ? as_class(vm.find_attribute(module, name)) : nullptr;
            if (!cls) return vm.not_modelled("ipaddress");
            tries.push_back(cls);
        }
    }
    for (Class* each : tries) {
        if (vm.is_instance(input, each)) return input;
    }
    state.floor(Exactness::Lax);
    for (Class* each : tries) {
        if (!as_str(input) && !input.is_int() && !as_bytes(input)) break;
        const Value made = vm.call(Value::of(each), {input});
        if (made) return made;
        if (!vm.error_is(vm.types().value_error)) return {};
        vm.take_error();
    }
    const std::string name = ascii_lower(schema.cls->name);
    const std::string kind = name.substr(any ? 6 : 4);
    if (any) {
        return own_issue(state, cat("ip_any_", kind).c_str(),
                         cat("value is not a valid IPv4 or IPv6 ", kind), input);
    }
    return own_issue(state, cat("ip_v", name.substr(3, 1), "_", kind).c_str(),
                     cat("Input is not a valid IPv", name.substr(3, 1), " ", kind), input);
}

Value validate_byte_size(Run& state, const TypeSchema& schema, const Value& input) {
    Vm& vm = state.vm;
    std::int64_t whole = 0;
    if (input.is_int()) return input;
    if (!as_str(input) && !input.is_float()) return state.fail("int_type", input);
    std::string text = input.is_float() ? "" : std::string(trim(text_of(input)));
    if (input.is_float()) return int_from_float(state, input.real, input);
    if (parse_int(text, whole) == 0) return Value::of(whole);
    static constexpr std::pair<std::string_view, double> kUnits[] = {{"", 1},
                                                                     {"b", 1},
                                                                     {"kb", 1e3},
                                                                     {"mb", 1e6},
                                                                     {"gb", 1e9},
                                                                     {"tb", 1e12},
                                                                     {"pb", 1e15},
                                                                     {"kib", 1024},
                                                                     {"mib", 1048576},
                                                                     {"gib", 1073741824},
                                                                     {"tib", 1099511627776.0},
                                                                     {"k", 1024},
                                                                     {"m", 1048576},
                                                                     {"g", 1073741824},
                                                                     {"t", 1099511627776.0}};
    const std::size_t split_at = std::min(text.find_first_not_of("0123456789."), text.size());
    const std::string unit = ascii_lower(trim(text.substr(split_at)));
    double number = 0;
    if (split_at == 0 || !parse_float(text.substr(0, split_at), number)) {
        return own_issue(state, "byte_size", "could not parse value and unit from byte string",
                         input);
    }
    for (const auto& [name, scale] : kUnits) {
        if (name == unit) return Value::of(static_cast<std::int64_t>(number * scale));
    }
    (void)schema;
    own_issue(state, "byte_size_unit", cat("could not interpret byte unit: ", unit), input);
    state.issues.back().context = vm.dict({{"unit", vm.str(unit)}});
    return {};
}

Value validate_encoded(Run& state, const TypeSchema& schema, const Value& input) {
    Vm& vm = state.vm;
    std::string_view text;
    if (!text_like(input, text)) {
        return state.fail(schema.cls == vm.types().str ? "string_type" : "bytes_type", input);
    }
    const Value base64 = vm.import_module("base64");
    if (!base64) return {};
    const bool url = schema.detail == "base64url";
    const Value raw = vm.call_method(base64, url ? "urlsafe_b64decode" : "b64decode",
                                     {vm.bytes(std::string(text), input.origin)});
    if (!raw) {
        if (!vm.error_is(vm.types().value_error)) return {};
        std::string reason;
        vm.to_str(vm.take_error(), reason);
        own_issue(state, "base64_decode", cat("Base64 decoding error: '", reason, "'"), input);
        state.issues.back().context = vm.dict({{"error", vm.str(reason)}});
        return {};
    }
    return schema.cls == vm.types().str ? vm.call_method(raw, "decode") : raw;
}

Value validate_secret(Run& state, const TypeSchema& schema, bool strict, const Value& input) {
    Vm& vm = state.vm;
    if (vm.is_instance(input, schema.cls)) return input;
    TypeSchema inner;
    inner.min_length = schema.min_length;
    inner.max_length = schema.max_length;
    Value value;
    if (!schema.items.empty()) {
        value = run(state, schema.items[0], input);
    } else if (schema.cls->name == "SecretBytes") {
        value = validate_bytes(state, inner, strict, input);
    } else {
        value = validate_str(state, inner, strict, input);
    }
    if (!value) return {};
    state.floor(Exactness::Lax);
    auto held = std::make_unique<SecretState>();
    held->value = value.with_origin(input.origin);
    return vm.instance(schema.cls, std::move(held));
}

Value validate_plain(Run& state, const TypeSchema& schema, const Value& input) {
    Vm& vm = state.vm;
    const bool strict = state.strict || schema.strict;
    switch (schema.kind) {
        case TypeKind::Bool:
            return validate_bool(state, strict, input);
        case TypeKind::Int:
            return validate_int(state, strict, input);
        case TypeKind::Float:
            return validate_float(state, schema, strict, input);
        case TypeKind::Str:
            return validate_str(state, schema, strict, input);
        case TypeKind::Bytes:
            return validate_bytes(state, schema, strict, input);
        case TypeKind::Decimal:
            return validate_decimal(state, schema, strict, input);
        case TypeKind::Uuid:
            return validate_uuid(state, schema, strict, input);
        case TypeKind::Enum:
            return validate_enum(state, schema, strict, input);
        case TypeKind::Literal:
            return validate_literal(state, schema, input);
        case TypeKind::Path:
            return validate_path(state, schema, strict, input);
        case TypeKind::IpAddress:
            return validate_address(state, schema, input);
        case TypeKind::Secret:
            return validate_secret(state, schema, strict, input);
        case TypeKind::ByteSize:
            return validate_byte_size(state, schema, input);
        case TypeKind::Encoded:
            return validate_encoded(state, schema, input);
        case TypeKind::Callable:
            return vm.is_callable(input) ? input : state.fail("callable_type", input);
        case TypeKind::Instance:
            if (vm.is_instance(input, schema.cls)) return input;
            return state.fail("is_instance_of", input, {{"class", vm.str(schema.cls->name)}});
        case TypeKind::Subclass: {
            const Class* cls = as_class(input);
            if (cls && (!schema.cls || cls->derives_from(schema.cls))) return input;
            const char* name = schema.cls ? schema.cls->name.c_str() : "type";
            return state.fail(schema.cls ? "is_subclass_of" : "is_instance_of", input,
                              {{"class", vm.str(name)}});
        }
        case TypeKind::Iterable: {
            if (as_list(input) || as_tuple(input) || as_iterator(input)) return input;
            if (input.is_object() && vm.find_attribute(input, "__iter__")) return input;
            return state.fail("iterable_type", input);
        }
        case TypeKind::Pattern: {
            if (!as_str(input))
                return vm.is_instance(input, schema.cls) ? input
                                                         : state.fail("pattern_type", input);
            const Value made = vm.call_method(vm.import_module("re"), "compile", {input});
            if (made || !vm.error_is(vm.types().exception)) return made;
            vm.take_error();
            return own_issue(state, "pattern_regex", "Input should be a valid regular expression",
                             input);
        }
        case TypeKind::Json: {
            std::string_view text;
            if (!text_like(input, text)) return state.fail("json_type", input);
            JsonReadOptions options;
            options.origin = input.origin;
            JsonError error;
            const Value value = read_json(vm, text, options, error);
            if (value) return schema.items.empty() ? value : run(state, schema.items[0], value);
            if (vm.failed()) return {};
            return state.fail("json_invalid", input,
                              {{"error", vm.str(jiter_message(text, error))}});
        }
        case TypeKind::Any:
        case TypeKind::None:
        case TypeKind::Date:
        case TypeKind::Time:
        case TypeKind::DateTime:
        case TypeKind::TimeDelta:
        case TypeKind::List:
        case TypeKind::Set:
        case TypeKind::FrozenSet:
        case TypeKind::Tuple:
        case TypeKind::Dict:
        case TypeKind::Union:
        case TypeKind::Nullable:
        case TypeKind::Model:
        case TypeKind::Url:
        case TypeKind::Email:
        case TypeKind::NameEmail:
        case TypeKind::Before:
        case TypeKind::After:
        case TypeKind::Wrap:
        case TypeKind::Plain:
            break;
    }
    return input;
}

}  // namespace

// gt, ge, lt, le, multiple_of; for unions and functions also lengths.
bool check_constraints(Run& state, const TypeSchema& schema, const Value& value,
                       const Value& input) {
    Vm& vm = state.vm;
    const bool decimal = schema.kind == TypeKind::Decimal;
    const auto bound = [&](const Value& limit) {
        if (decimal) return make_decimal(vm, limit);
        return schema.kind == TypeKind::Float && limit.is_int()
                   ? Value::of(static_cast<double>(limit.integer))
                   : limit;
    };
    if (schema.multiple_of) {
        const Value of = bound(schema.multiple_of);
        const Value rest = of ? vm.binary("%", value, of) : of;
        if (!rest) return false;
        bool zero = rest.is_int() && rest.integer == 0;
        if (rest.is_float() && of.is_float()) {
            // float.rs: the remainder may be near 0 or near the divisor
            const double threshold = (value.is_float() ? std::fabs(value.real) : 1) / 1e9;
            zero = std::fabs(rest.real) <= threshold || std::fabs(rest.real - of.real) <= threshold;
        } else if (decimal && !vm.equal(rest, Value::of(0), zero)) {
            return false;
        }
        if (!zero) {
            state.fail("multiple_of", input, {{"multiple_of", of}});
            return false;
        }
    }
    struct Limit {
        const Value& limit;
        const char *type, *key;
        bool swapped, negated;  // how it is said with "less than"
    };
    const Limit limits[] = {{schema.le, "less_than_equal", "le", true, true},
                            {schema.lt, "less_than", "lt", false, false},
                            {schema.ge, "greater_than_equal", "ge", false, true},
                            {schema.gt, "greater_than", "gt", true, false}};
    for (const Limit& each : limits) {
        if (!each.limit) continue;
        const Value limit = bound(each.limit);
        bool less = false;
        if (!limit) return false;
        if (!(each.swapped ? vm.less(limit, value, less) : vm.less(value, limit, less)))
            return false;
        const bool not_a_number = value.is_float() && std::isnan(value.real);
        if (less != each.negated && !not_a_number) continue;
        state.fail(each.type, input, {{each.key, limit}});
        return false;
    }
    const bool outer = schema.kind == TypeKind::Union || schema.kind >= TypeKind::Before;
    if (!outer || (schema.min_length < 0 && schema.max_length < 0)) return true;
    std::int64_t length = 0;
    if (!vm.length(value, length)) {
        vm.take_error();
        std::string shown;
        vm.repr(value, shown);
        vm.raise(vm.types().type_error, cat("Unable to apply constraint '",
                                            schema.min_length >= 0 ? "min_length" : "max_length",
                                            "' to supplied value ", shown));
        return false;
    }
    const bool low = schema.min_length >= 0 && length < schema.min_length;
    if (!low && (schema.max_length < 0 || length <= schema.max_length)) return true;
    state.fail(low ? "too_short" : "too_long", input,
               {{"field_type", vm.str("Value")},
                {low ? "min_length" : "max_length",
                 Value::of(low ? schema.min_length : schema.max_length)},
                {"actual_length", Value::of(length)}});
    return false;
}

Value validate_scalar(Run& state, const TypeSchema& schema, const Value& input) {
    Value value = validate_plain(state, schema, input);
    if (!value || !check_constraints(state, schema, value, input)) return {};
    const bool same = value.is_object() && input.is_object() && value.object == input.object;
    return same || value.origin ? value : value.with_origin(input.origin);
}

}  // namespace wh::libraries
