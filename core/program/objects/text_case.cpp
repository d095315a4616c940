// Methods of str and bytes that change or ask about single characters, and padding.
#include <algorithm>

#include "program/objects/text_methods.h"

namespace wh::program {

namespace {

// Maps one character; `state` lives for the whole text.
using Mapper = void (*)(char32_t c, int& state, std::string& out);

Value mapped(Vm& vm, Arguments& arguments, const char* name, Mapper map) {
    if (!take(vm, arguments, name, 0, 0)) return {};
    TextView view;
    text_view(arguments.self, view);
    const bool bytes = as_bytes(arguments.self) != nullptr;
    TextBuilder out;
    int state = 0;
    std::vector<trust::TextPart> parts = *view.parts;
    const auto size = static_cast<std::uint32_t>(view.text.size());
    if (parts.empty()) parts.push_back({0, size, view.origin, false});
    std::uint32_t at = 0;
    const auto put = [&](std::uint32_t begin, std::uint32_t end, const trust::Origin* origin) {
        std::string text;
        for (std::size_t i = begin; i < end;) {
            if (bytes) {
                const char c = view.text[i++];
                if (static_cast<unsigned char>(c) < 0x80) {
                    map(static_cast<char32_t>(c), state, text);
                } else {
                    text += c;
                }
            } else {
                map(code_point_at(view.text, i), state, text);
            }
        }
        out.add(text, origin);
    };
    for (const trust::TextPart& part : parts) {
        put(at, part.begin, nullptr);
        if (part.unknown) {
            out.add(view.text.substr(part.begin, part.end - part.begin), part.origin, true);
            state = 1;
        } else {
            put(part.begin, part.end, part.origin);
        }
        at = part.end;
    }
    put(at, size, nullptr);
    return out.same_kind(vm, arguments.self);
}

void map_upper(char32_t c, int&, std::string& out) {
    if (c == 0xDF) {
        out += "SS";
    } else {
        append_utf8(out, to_upper(c));
    }
}
void map_lower(char32_t c, int&, std::string& out) {
    append_utf8(out, to_lower(c));
}
void map_casefold(char32_t c, int&, std::string& out) {
    if (c == 0xDF) {
        out += "ss";
    } else {
        append_utf8(out, c == 0x3C2 ? 0x3C3 : to_lower(c));
    }
}
void map_swapcase(char32_t c, int& state, std::string& out) {
    if (to_upper(c) != c || c == 0xDF) {
        map_upper(c, state, out);
    } else {
        append_utf8(out, to_lower(c));
    }
}
void map_title(char32_t c, int& state, std::string& out) {
    append_utf8(out, state == 0 ? to_upper(c) : to_lower(c));
    state = is_alpha(c) ? 1 : 0;
}
void map_capitalize(char32_t c, int& state, std::string& out) {
    append_utf8(out, state == 0 ? to_upper(c) : to_lower(c));
    state = 1;
}

bool cased(char32_t c) {
    return to_upper(c) != c || to_lower(c) != c || c == 0xDF;
}

// What a predicate asks of every character; `any` is set if one counts.
using Test = bool (*)(char32_t c, bool& any, int& state);

Value tested(Vm& vm, Arguments& arguments, const char* name, Test test, bool when_empty) {
    if (!take(vm, arguments, name, 0, 0)) return {};
    if (has_unknown_part(arguments.self)) {
        return unknown_result(vm, arguments, name, vm.types().boolean);
    }
    TextView view;
    text_view(arguments.self, view);
    const bool bytes = as_bytes(arguments.self) != nullptr;
    bool any = when_empty;
    int state = 0;
    for (std::size_t i = 0; i < view.text.size();) {
        const char32_t c =
            bytes ? static_cast<unsigned char>(view.text[i++]) : code_point_at(view.text, i);
        if (bytes && c >= 0x80 && !when_empty) return Value::of(false);
        if (!test(c, any, state)) return Value::of(false);
    }
    return Value::of(any);
}

bool test_digit(char32_t c, bool& any, int&) {
    return (any = true) && is_digit(c);
}
bool test_alpha(char32_t c, bool& any, int&) {
    return (any = true) && is_alpha(c);
}
bool test_alnum(char32_t c, bool& any, int&) {
    return (any = true) && (is_alpha(c) || is_digit(c));
}
bool test_space(char32_t c, bool& any, int&) {
    return (any = true) && is_space(c);
}
bool test_upper(char32_t c, bool& any, int&) {
    any = any || (cased(c) && to_lower(c) != c);
    return !cased(c) || to_lower(c) != c;
}
bool test_lower(char32_t c, bool& any, int&) {
    any = any || (cased(c) && to_lower(c) == c);
    return !cased(c) || to_lower(c) == c;
}
bool test_title(char32_t c, bool& any, int& state) {
    const bool is_cased = cased(c);
    const bool upper = is_cased && to_lower(c) != c;
    any = any || is_cased;
    const bool fits = !is_cased || upper == (state == 0);
    state = is_cased ? 1 : 0;
    return fits;
}
bool test_ascii(char32_t c, bool& any, int&) {
    return (any = true) && c < 0x80;
}
bool test_printable(char32_t c, bool& any, int&) {
    return (any = true) && is_printable(c);
}
bool test_identifier(char32_t c, bool& any, int& state) {
    const bool fits = c == '_' || is_alpha(c) || (state > 0 && is_digit(c));
    ++state;
    any = true;
    return fits;
}

// Pads to a width with a character: left, right or both.
Value padded(Vm& vm, Arguments& arguments, const char* name, char align) {
    if (!take(vm, arguments, name, 1, 2)) return {};
    if (Value out; unknown_argument(vm, arguments, name, out)) return out;
    std::int64_t width = 0;
    if (!to_index(vm, arguments.positional[0], width)) return {};
    TextView fill;
    std::string_view with = " ";
    if (const Value given = argument(arguments, 1)) {
        if (!text_view(given, fill) ||
            (as_str(given) ? length_of(*as_str(given)) : fill.text.size()) != 1) {
            return type_error(vm, as_str(given)
                                      ? std::string("The fill character must be exactly one "
                                                    "character long")
                                      : cat("The fill character must be a unicode character, not ",
                                            type_name(vm, given)));
        }
        with = fill.text;
    }
    TextView view;
    text_view(arguments.self, view);
    const auto length = static_cast<std::int64_t>(
        as_str(arguments.self) ? length_of(*as_str(arguments.self)) : view.text.size());
    const std::int64_t padding = std::max<std::int64_t>(0, width - length);
    if (!vm.charge(static_cast<std::size_t>(padding))) return {};
    // str.center puts the odd one left if the width is odd (Objects/unicodeobject.c).
    const std::int64_t left = align == '>'   ? padding
                              : align == '^' ? padding / 2 + (padding & width & 1)
                                             : 0;
    TextBuilder out;
    for (std::int64_t i = 0; i < left; ++i) out.add(with);
    out.add(arguments.self);
    for (std::int64_t i = left; i < padding; ++i) out.add(with);
    return out.same_kind(vm, arguments.self);
}

}  // namespace

Value text_upper(Vm& vm, Arguments& a) {
    return mapped(vm, a, "str.upper", &map_upper);
}
Value text_lower(Vm& vm, Arguments& a) {
    return mapped(vm, a, "str.lower", &map_lower);
}
Value text_title(Vm& vm, Arguments& a) {
    return mapped(vm, a, "str.title", &map_title);
}
Value text_capitalize(Vm& vm, Arguments& a) {
    return mapped(vm, a, "str.capitalize", &map_capitalize);
}
Value text_swapcase(Vm& vm, Arguments& a) {
    return mapped(vm, a, "str.swapcase", &map_swapcase);
}
Value text_casefold(Vm& vm, Arguments& a) {
    return mapped(vm, a, "str.casefold", &map_casefold);
}
Value text_isdigit(Vm& vm, Arguments& a) {
    return tested(vm, a, "isdigit", &test_digit, false);
}
Value text_isalpha(Vm& vm, Arguments& a) {
    return tested(vm, a, "isalpha", &test_alpha, false);
}
Value text_isalnum(Vm& vm, Arguments& a) {
    return tested(vm, a, "isalnum", &test_alnum, false);
}
Value text_isspace(Vm& vm, Arguments& a) {
    return tested(vm, a, "isspace", &test_space, false);
}
Value text_isupper(Vm& vm, Arguments& a) {
    return tested(vm, a, "isupper", &test_upper, false);
}
Value text_islower(Vm& vm, Arguments& a) {
    return tested(vm, a, "islower", &test_lower, false);
}
Value text_istitle(Vm& vm, Arguments& a) {
    return tested(vm, a, "istitle", &test_title, false);
}
Value text_isascii(Vm& vm, Arguments& a) {
    return tested(vm, a, "isascii", &test_ascii, true);
}
Value text_isprintable(Vm& vm, Arguments& a) {
    return tested(vm, a, "isprintable", &test_printable, true);
}
Value text_isidentifier(Vm& vm, Arguments& a) {
    return tested(vm, a, "isidentifier", &test_identifier, false);
}
Value text_ljust(Vm& vm, Arguments& a) {
    return padded(vm, a, "ljust", '<');
}
Value text_rjust(Vm& vm, Arguments& a) {
    return padded(vm, a, "rjust", '>');
}
Value text_center(Vm& vm, Arguments& a) {
    return padded(vm, a, "center", '^');
}

Value text_zfill(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "zfill", 1, 1)) return {};
    std::int64_t width = 0;
    if (!to_index(vm, arguments.positional[0], width)) return {};
    TextView view;
    text_view(arguments.self, view);
    const auto length = static_cast<std::int64_t>(
        as_str(arguments.self) ? length_of(*as_str(arguments.self)) : view.text.size());
    const bool sign = view.text.starts_with("-") || view.text.starts_with("+");
    if (width > length && !vm.charge(static_cast<std::size_t>(width - length))) return {};
    TextBuilder out;
    out.add(view, 0, sign ? 1 : 0);
    for (std::int64_t i = length; i < width; ++i) out.add("0");
    out.add(view, sign ? 1 : 0, view.text.size());
    return out.same_kind(vm, arguments.self);
}

Value text_expandtabs(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "expandtabs", "tabsize?", bound)) return {};
    std::int64_t size = 8;
    if (bound.has("tabsize") && !to_index(vm, bound["tabsize"], size)) return {};
    TextView view;
    text_view(arguments.self, view);
    TextBuilder out;
    std::int64_t column = 0;
    for (std::size_t i = 0; i < view.text.size();) {
        const std::size_t begin = i;
        i += as_str(arguments.self) ? sequence_size(view.text[i]) : 1;
        if (view.text[begin] == '\t' && size > 0) {
            const std::int64_t blanks = size - column % size;
            if (!vm.charge(static_cast<std::size_t>(blanks))) return {};
            out.add(std::string(static_cast<std::size_t>(blanks), ' '));
            column += blanks;
            continue;
        }
        if (view.text[begin] == '\t') continue;
        out.add(view, begin, i);
        column = view.text[begin] == '\n' || view.text[begin] == '\r' ? 0 : column + 1;
    }
    return out.same_kind(vm, arguments.self);
}

}  // namespace wh::program
