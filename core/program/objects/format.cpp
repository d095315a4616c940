// The format mini-language (Python library reference, "Format Specification Mini-Language") and
// format(), f-string conversions.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "program/objects/format_spec.h"

namespace wh::program {

namespace {

constexpr int kSizeMax =
    2'000'000'000;  // width and precision; whoever asks for as much gets no memory
constexpr std::size_t kSizeDigitsMax = 18;  // more are no ssize_t, which CPython says

bool is_align(std::string_view c) {
    return c == "<" || c == ">" || c == "^" || c == "=";
}

bool read_number(std::string_view text, std::size_t& at, int& out) {
    const std::size_t begin = at;
    std::int64_t number = 0;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
        number = std::min<std::int64_t>(kSizeMax, number * 10 + (text[at] - '0'));
        ++at;
    }
    if (at == begin) return false;
    out = static_cast<int>(number);
    return true;
}

// A width or precision of some size costs memory; false: more than there is.
bool pay_for(Vm& vm, const FormatSpec& spec) {
    constexpr int kSmall = 1000;
    const int size = std::max(spec.width, spec.precision);
    return size <= kSmall || vm.charge(static_cast<std::size_t>(size));
}

}  // namespace

bool FormatSpec::read(std::string_view text) {
    std::size_t at = 0;
    const std::size_t first = text.empty() ? 0 : std::min(sequence_size(text[0]), text.size());
    if (first < text.size() && is_align(text.substr(first, 1))) {
        fill = text.substr(0, first);
        align = text[first];
        at = first + 1;
    } else if (!text.empty() && is_align(text.substr(0, 1))) {
        align = text[0];
        at = 1;
    }
    const auto take = [&](std::string_view options, char& into) {
        if (at < text.size() && options.find(text[at]) != std::string_view::npos) {
            into = text[at++];
        }
    };
    char option = 0;
    take("+- ", sign);
    take("z", option);
    option = 0;
    take("#", option);
    alternate = option != 0;
    if (at < text.size() && text[at] == '0') {
        ++at;
        if (fill.empty()) {
            fill = "0";
            zero = true;
        }
        if (align == 0) align = '=';
    }
    const std::size_t width_at = at;
    read_number(text, at, width);
    if (at - width_at > kSizeDigitsMax) {
        problem = "Too many decimal digits in format string";
        return false;
    }
    take(",_", grouping);
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (!read_number(text, at, precision)) {
            problem = "Format specifier missing precision";
            return false;
        }
    }
    if (at + 1 < text.size()) return false;
    if (at < text.size()) type = text[at];
    if (fill.empty()) fill = " ";
    return true;
}

namespace {

std::string repeat(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

// Digits with a separator each `every` digits; at least `least` characters (zero padding counts).
std::string grouped(std::string_view digits, char separator, std::size_t every, std::size_t least) {
    std::string reversed;
    std::size_t count = 0;
    for (std::size_t i = 0; i < digits.size() || reversed.size() < least; ++i) {
        if (separator && count == every) {
            reversed += separator;
            count = 0;
        }
        reversed += i < digits.size() ? digits[digits.size() - 1 - i] : '0';
        ++count;
    }
    return {reversed.rbegin(), reversed.rend()};
}

bool bad_code(Vm& vm, char type, std::string_view type_text) {
    value_error(vm, cat("Unknown format code '", std::string(1, type), "' for object of type '",
                        type_text, "'"));
    return false;
}

// sign + prefix + digits + rest ("." and decimals, exponent, "%"), padded.
std::string assemble(const FormatSpec& spec, std::string_view sign, std::string_view prefix,
                     std::string_view digits, std::string_view rest, std::size_t every) {
    const auto width = static_cast<std::size_t>(std::max(0, spec.width));
    const std::size_t outside = sign.size() + prefix.size() + rest.size();
    const bool zeros = spec.fill == "0" && spec.align == '=';
    const std::string body =
        grouped(digits, spec.grouping, every, zeros && width > outside ? width - outside : 0);
    const std::size_t size = outside + body.size();
    const std::size_t padding = width > size ? width - size : 0;
    const char align = spec.align ? spec.align : '>';
    const std::size_t left = align == '<' ? 0 : align == '^' ? padding / 2 : padding;
    const std::string before = repeat(spec.fill, left);
    const std::string after = repeat(spec.fill, padding - left);
    return align == '=' ? cat(sign, prefix, before, body, rest)
                        : cat(before, sign, prefix, body, rest, after);
}

std::string_view sign_text(const FormatSpec& spec, bool negative) {
    return negative ? "-" : spec.sign == '+' ? "+" : spec.sign == ' ' ? " " : "";
}

bool format_int(Vm& vm, const FormatSpec& spec, std::int64_t number, std::string& out) {
    if (spec.precision >= 0) {
        value_error(vm, "Precision not allowed in integer format specifier");
        return false;
    }
    if (spec.type == 'c') {
        std::string text;
        append_utf8(text, static_cast<char32_t>(number));
        FormatSpec plain = spec;
        if (plain.align == 0) plain.align = '<';
        plain.grouping = 0;
        out += assemble(plain, "", "", "", text, 0);
        return true;
    }
    unsigned base = 10;
    std::string_view prefix;
    switch (spec.type) {
        case 0:
        case 'd':
        case 'n':
            break;
        case 'b':
            base = 2;
            prefix = "0b";
            break;
        case 'o':
            base = 8;
            prefix = "0o";
            break;
        case 'x':
            base = 16;
            prefix = "0x";
            break;
        case 'X':
            base = 16;
            prefix = "0X";
            break;
        default:
            return bad_code(vm, spec.type, "int");
    }
    if (spec.grouping == ',' && base != 10) {
        value_error(vm, cat("Cannot specify ',' with '", std::string(1, spec.type), "'."));
        return false;
    }
    std::uint64_t rest =
        number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    std::string digits;
    const char* const letters = spec.type == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    do {
        digits += letters[rest % base];
        rest /= base;
    } while (rest > 0);
    std::reverse(digits.begin(), digits.end());
    out += assemble(spec, sign_text(spec, number < 0), spec.alternate ? prefix : "", digits, "",
                    base == 10 ? 3 : 4);
    return true;
}

std::string printed(const char* format, int precision, double value) {
    const int size = std::snprintf(nullptr, 0, format, precision, value);
    std::string out(static_cast<std::size_t>(size) + 1, '\0');
    std::snprintf(out.data(), out.size(), format, precision, value);
    out.pop_back();
    return out;
}

bool format_float(Vm& vm, const FormatSpec& spec, double number, std::string& out) {
    const double size = std::fabs(number);
    const int precision = spec.precision < 0 ? 6 : spec.precision;
    std::string text;
    bool upper = false;
    switch (spec.type) {
        case 0:
            if (spec.precision < 0) {
                text = float_repr(size);
            } else {
                text = printed("%.*g", std::max(1, spec.precision), size);
                if (text.find_first_of(".en") == std::string::npos) text += ".0";
            }
            break;
        case 'E':
            upper = true;
            [[fallthrough]];
        case 'e':
            text = printed(spec.alternate ? "%#.*e" : "%.*e", precision, size);
            break;
        case 'F':
            upper = true;
            [[fallthrough]];
        case 'f':
            text = printed(spec.alternate ? "%#.*f" : "%.*f", precision, size);
            break;
        case 'G':
            upper = true;
            [[fallthrough]];
        case 'g':
        case 'n':
            text = printed(spec.alternate ? "%#.*g" : "%.*g", std::max(1, precision), size);
            break;
        case '%':
            text = printed("%.*f", precision, size * 100) + "%";
            break;
        default:
            return bad_code(vm, spec.type, "float");
    }
    if (std::isnan(size)) text = "nan";
    if (upper) {
        for (char& c : text) {
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
        }
    }
    const std::size_t whole = std::min(text.find_first_not_of("0123456789"), text.size());
    out +=
        assemble(spec, sign_text(spec, std::signbit(number) && !std::isnan(number)), "",
                 std::string_view(text).substr(0, whole), std::string_view(text).substr(whole), 3);
    return true;
}

}  // namespace

bool format_with(Vm& vm, const Value& number, const FormatSpec& spec, std::string& out) {
    const bool as_float = spec.type == 'e' || spec.type == 'E' || spec.type == 'f' ||
                          spec.type == 'F' || spec.type == 'g' || spec.type == 'G' ||
                          spec.type == '%';
    if (!pay_for(vm, spec)) return false;
    if (number.is_float() || as_float) return format_float(vm, spec, real_of(number), out);
    return format_int(vm, spec, int_of(number), out);
}

static bool read_spec(Vm& vm, std::string_view text, std::string_view type, FormatSpec& spec) {
    if (spec.read(text)) return true;
    value_error(vm, spec.problem ? std::string(spec.problem)
                                 : cat("Invalid format specifier '", text, "' for object of type '",
                                       type, "'"));
    return false;
}

bool format_number(Vm& vm, const Value& number, std::string_view text, std::string& out) {
    FormatSpec spec;
    return read_spec(vm, text, type_name(vm, number), spec) && format_with(vm, number, spec, out);
}

Value pad_text(Vm& vm, const Value& text, const FormatSpec& spec) {
    TextView view;
    text_view(text, view);
    const Str& str = *as_str(text);
    std::size_t end = view.text.size();
    std::size_t length = length_of(str);
    if (spec.precision >= 0 && static_cast<std::size_t>(spec.precision) < length) {
        length = static_cast<std::size_t>(spec.precision);
        end = offset_of(str, length);
    }
    const auto width = static_cast<std::size_t>(std::max(0, spec.width));
    if (width > length && !pay_for(vm, spec)) return {};
    const std::size_t padding = width > length ? width - length : 0;
    const std::size_t left = spec.align == '>' ? padding : spec.align == '^' ? padding / 2 : 0;
    TextBuilder builder;
    builder.add(repeat(spec.fill, left));
    builder.add(view, 0, end);
    builder.add(repeat(spec.fill, padding - left));
    return builder.str(vm);
}

Value format_text(Vm& vm, const Value& text, std::string_view spec_text) {
    if (spec_text.empty()) return text;
    FormatSpec spec;
    if (!read_spec(vm, spec_text, "str", spec)) return {};
    if (spec.type != 0 && spec.type != 's') {
        bad_code(vm, spec.type, "str");
        return {};
    }
    if (spec.sign != 0) return value_error(vm, "Sign not allowed in string format specifier");
    if (spec.alternate) {
        return value_error(vm, "Alternate form (#) not allowed in string format specifier");
    }
    if (spec.zero && spec.align == '=') spec.align = '<';  // '05' fills with zeros on the right
    if (spec.align == '=') {
        return value_error(vm, "'=' alignment not allowed in string format specifier");
    }
    if (spec.grouping) {
        return value_error(vm,
                           cat("Cannot specify '", std::string(1, spec.grouping), "' with 's'."));
    }
    return pad_text(vm, text, spec);
}

Value builtin_format(Vm& vm, const Value& value, std::string_view spec) {
    if (as_str(value)) return format_text(vm, vm.str_of(value), spec);
    const Value plain = unboxed(value);
    if (spec.empty() || as_unknown(value)) return vm.str_of(value);
    std::string text;
    if (is_number(plain)) {
        return format_number(vm, plain, spec, text) ? vm.str(std::move(text), value.origin)
                                                    : Value();
    }
    return type_error(
        vm, cat("unsupported format string passed to ", type_name(vm, value), ".__format__"));
}

Value Vm::format(const Value& value, std::string_view spec) {
    if (const Str* text = as_str(value); text && text->cls == types_.str) {
        return format_text(*this, value, spec);
    }
    bool found = false;
    const Value made =
        value.is_object() && (!value.object->cls->methods || as_instance(value))
            ? call_special(*this, value, "__format__", {str(std::string(spec))}, found)
            : Value();
    if (!found) return builtin_format(*this, value, spec);
    if (!made || as_str(made)) return made;
    if (as_unknown(made)) return build_string(*this, &made, 1);
    return type_error(*this, cat("__format__ must return a str, not ", type_name(*this, made)));
}

// What is beyond ASCII as \xNN, \uNNNN, \UNNNNNNNN.
static std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        std::uint32_t code = length == 1 ? first : first & (0xFFU >> (length + 1));
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
            code = code << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        i += length;
        if (code < 0x80) {
            out += static_cast<char>(code);
            continue;
        }
        const int digits = code < 0x100 ? 2 : code < 0x10000 ? 4 : 8;
        out += digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U";
        for (int d = digits - 1; d >= 0; --d) out += "0123456789abcdef"[code >> (4 * d) & 15];
    }
    return out;
}

Value format_value(Vm& vm, const Value& value, char conversion, const Value& spec) {
    Value shown = value;
    if (conversion == 's') {
        shown = vm.str_of(value);
    } else if (conversion == 'r' || conversion == 'a') {
        if (as_unknown(value)) {
            shown = build_string(vm, &value, 1);
        } else if (as_str(value) && as_str(value)->parts.size() > 0) {
            // Origins are kept if nothing had to be escaped.
            const std::string text = quoted(text_of(value));
            TextBuilder builder;
            builder.add(text.substr(0, 1));
            builder.add(value);
            builder.add(text.substr(0, 1));
            shown = text.size() == text_of(value).size() + 2 ? builder.str(vm) : vm.str(text);
        } else {
            std::string text;
            if (!vm.repr(value, text)) return {};
            shown = vm.str(std::move(text), deep_origin(vm, value));
        }
    }
    if (conversion == 'a' && as_str(shown))
        shown = vm.str(escaped(text_of(shown)), deep_origin(vm, shown));
    return shown ? vm.format(shown, text_of(spec)) : shown;
}

}  // namespace wh::program
