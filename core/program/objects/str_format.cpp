// str % arguments and str.format().
#include <algorithm>

#include "program/objects/format_spec.h"

namespace wh::program {

namespace {

// Reads a template; what lies in a placeholder of an unknown part is text, not syntax.
struct Template {
    explicit Template(const Value& text) { text_view(text, view); }
    TextView view;
    // The end of the unknown part that begins at or holds `at`; `at` itself if there is none.
    [[nodiscard]] std::size_t past_unknown(std::size_t at) const {
        for (const trust::TextPart& part : *view.parts) {
            if (part.unknown && part.begin <= at && at < part.end) return part.end;
        }
        return at;
    }
    // The next place where one of `characters` stands in known text, or the end.
    [[nodiscard]] std::size_t find(std::string_view characters, std::size_t at) const {
        while (at < view.text.size()) {
            const std::size_t past = past_unknown(at);
            if (past != at) {
                at = past;
            } else if (characters.find(view.text[at]) != std::string_view::npos) {
                return at;
            } else {
                ++at;
            }
        }
        return view.text.size();
    }
};

// -- %
// ---------------------------------------------------------------------------------------------

struct PercentArguments {
    Value all;
    const std::vector<Value>* items = nullptr;  // a tuple's
    std::size_t next = 0;
    bool mapping_used = false;
    Value take(Vm& vm) {
        if (items) {
            if (next < items->size()) return (*items)[next++];
        } else if (next == 0) {
            ++next;
            return all;
        }
        return type_error(vm, "not enough arguments for format string");
    }
};

bool percent_number(Vm& vm, const Value& value, FormatSpec spec, TextBuilder& out) {
    const char type = spec.type;
    if (as_unknown(value)) {
        out.add(value);
        return true;
    }
    const Value plain = unboxed(value);
    const bool wants_int = std::string_view("diuoxX").find(type) != std::string_view::npos;
    if (!is_number(plain)) {
        const bool strict = type == 'o' || type == 'x' || type == 'X';
        type_error(vm, wants_int ? cat("%", std::string(1, type), " format: ",
                                       strict ? "an integer is required, not "
                                              : "a real number is required, not ",
                                       type_name(vm, value))
                                 : cat("must be real number, not ", type_name(vm, value)));
        return false;
    }
    Value number = plain;
    if (wants_int && plain.is_float()) number = Value::of(static_cast<std::int64_t>(plain.real));
    std::string text;
    if (wants_int) {
        if (type == 'i' || type == 'u') spec.type = 'd';
        // Precision is the least number of digits here.
        const int digits = spec.precision;
        spec.precision = -1;
        if (digits > 0) {
            FormatSpec inner = spec;
            inner.fill = "0";
            inner.align = '=';
            inner.width = digits + (int_of(number) < 0 || spec.sign ? 1 : 0);
            if (!format_with(vm, number, inner, text)) return false;
            const Value padded = pad_text(vm, vm.str(text), spec);
            if (!padded) return false;
            out.add(text_of(padded), value.origin);
            return true;
        }
    }
    if (!format_with(vm, number, spec, text)) return false;
    out.add(text, value.origin);
    return true;
}

constexpr std::int64_t kSizeMax = 2'000'000'000;  // of width and precision, as in format.cpp

// One conversion; `at` is behind its type character afterwards.
bool percent_item(Vm& vm, const Template& format, bool bytes, PercentArguments& arguments,
                  std::size_t& at, TextBuilder& out) {
    const std::string_view text = format.view.text;
    const auto incomplete = [&] {
        value_error(vm, "incomplete format");
        return false;
    };
    Value value;
    if (at < text.size() && text[at] == '(') {
        const std::size_t close = text.find(')', at);
        if (close == std::string_view::npos) {
            value_error(vm, "incomplete format key");
            return false;
        }
        const Value key = text_slice(
            vm, bytes ? vm.bytes(std::string(text)) : vm.str(std::string(text)), at + 1, close);
        if (arguments.items || (as_str(arguments.all) || is_number(arguments.all))) {
            type_error(vm, "format requires a mapping");
            return false;
        }
        value = vm.get_item(arguments.all, key);
        if (!value) return false;
        arguments.mapping_used = true;
        at = close + 1;
    }
    FormatSpec spec;
    spec.fill = " ";
    spec.align = '>';
    bool zero = false;
    for (; at < text.size(); ++at) {
        const char flag = text[at];
        if (flag == '-') {
            spec.align = '<';
        } else if (flag == '+' || (flag == ' ' && spec.sign == 0)) {
            spec.sign = flag;
        } else if (flag == '0') {
            zero = true;
        } else if (flag == '#') {
            spec.alternate = true;
        } else if (flag != ' ') {
            break;
        }
    }
    const auto number = [&](int& into) {
        if (at < text.size() && text[at] == '*') {
            ++at;
            const Value given = arguments.take(vm);
            if (!given) return false;
            if (!is_integral(given)) {
                type_error(vm, "* wants int");
                return false;
            }
            into = static_cast<int>(std::clamp<std::int64_t>(int_of(given), -kSizeMax, kSizeMax));
            return true;
        }
        into = 0;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
            const std::int64_t more = std::int64_t{into} * 10 + (text[at++] - '0');
            into = static_cast<int>(std::min<std::int64_t>(kSizeMax, more));
        }
        return true;
    };
    if (!number(spec.width)) return false;
    if (spec.width < 0) {
        spec.align = '<';
        spec.width = -spec.width;
    }
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (!number(spec.precision)) return false;
    }
    while (at < text.size() && (text[at] == 'l' || text[at] == 'h' || text[at] == 'L')) ++at;
    if (at >= text.size()) return incomplete();
    spec.type = text[at++];
    if (spec.type == '%') {
        out.add("%");
        return true;
    }
    if (std::string_view("sracdiuoxXeEfFgGb").find(spec.type) == std::string_view::npos) {
        char code[8];
        std::snprintf(code, sizeof code, "0x%x", static_cast<unsigned char>(spec.type));
        value_error(vm, cat("unsupported format character '", std::string(1, spec.type), "' (",
                            code, ") at index ", at - 1));
        return false;
    }
    if (!value) value = arguments.take(vm);
    if (!value) return false;
    if (std::string_view("srab").find(spec.type) != std::string_view::npos) {
        const bool raw = bytes && as_bytes(value);
        const Value shown =
            raw ? value
                : format_value(vm, value, spec.type == 's' || spec.type == 'b' ? 's' : 'r', {});
        if (!shown) return false;
        const Value padded = raw ? shown : pad_text(vm, shown, spec);
        if (!padded) return false;
        out.add(padded);
        return true;
    }
    if (spec.type == 'c') {
        std::string letter;
        if (as_str(value) && length_of(*as_str(value)) == 1) {
            out.add(value);
        } else if (is_integral(value)) {
            append_utf8(letter, static_cast<char32_t>(int_of(value)));
            out.add(letter, value.origin);
        } else {
            type_error(vm, "%c requires int or char");
            return false;
        }
        return true;
    }
    if (zero && spec.align == '>') {
        spec.fill = "0";
        spec.align = '=';
    }
    return percent_number(vm, value, spec, out);
}

}  // namespace

Value percent_format(Vm& vm, const Value& format, const Value& values) {
    const Template pattern(format);
    PercentArguments arguments;
    arguments.all = values;
    if (const Tuple* tuple = as_tuple(values)) arguments.items = &tuple->items;
    const bool bytes = as_bytes(format) != nullptr;
    TextBuilder out;
    std::size_t at = 0;
    for (;;) {
        const std::size_t next = pattern.find("%", at);
        out.add(pattern.view, at, next);
        if (next >= pattern.view.text.size()) break;
        at = next + 1;
        if (!percent_item(vm, pattern, bytes, arguments, at, out)) return {};
    }
    const bool is_mapping = as_dict(values) || as_instance(values) || as_unknown(values);
    const bool rest = arguments.items ? arguments.next < arguments.items->size()
                                      : arguments.next == 0 && !is_mapping;
    if (rest && !arguments.mapping_used) {
        return type_error(vm, bytes ? "not all arguments converted during bytes formatting"
                                    : "not all arguments converted during string formatting");
    }
    return out.same_kind(vm, format);
}

// -- str.format
// ------------------------------------------------------------------------------------

namespace {

struct Formatter {
    Vm& vm;
    const Arguments& arguments;
    const Value* mapping = nullptr;  // format_map
    int automatic = -1;              // next automatic index; -1: none yet, -2: manual numbering

    Value argument_named(std::string_view name) {
        std::int64_t index = 0;
        bool too_large = false;
        const bool numbered = name.empty() || parse_int(name, 10, index, too_large);
        if (numbered && !mapping) {
            if (name.empty() != (automatic != -2) && automatic != -1) {
                return value_error(vm, name.empty()
                                           ? "cannot switch from manual field specification to "
                                             "automatic field numbering"
                                           : "cannot switch from automatic field numbering to "
                                             "manual field specification");
            }
            if (name.empty()) {
                if (automatic < 0) automatic = 0;
                index = automatic++;
            } else {
                automatic = -2;
            }
            if (static_cast<std::size_t>(index) < arguments.positional.size()) {
                return arguments.positional[static_cast<std::size_t>(index)];
            }
            return vm.raise(vm.types().index_error, cat("Replacement index ", index,
                                                        " out of range for positional args tuple"));
        }
        const Value key = vm.str(std::string(name));
        if (mapping) return vm.get_item(*mapping, key);
        if (const Value* found = arguments.keyword(name)) return *found;
        return vm.raise(vm.make_exception(vm.types().key_error, std::vector<Value>{key}));
    }

    // "name.attribute[key]".
    Value field(std::string_view text) {
        const std::size_t end = std::min(text.find_first_of(".["), text.size());
        Value value = argument_named(text.substr(0, end));
        std::size_t at = end;
        while (value && at < text.size()) {
            if (text[at] == '.') {
                const std::size_t stop = std::min(text.find_first_of(".[", at + 1), text.size());
                value = vm.get_attribute(value, text.substr(at + 1, stop - at - 1));
                at = stop;
            } else {
                const std::size_t close = text.find(']', at);
                if (close == std::string_view::npos) {
                    return value_error(vm, "Missing ']' in format string");
                }
                const std::string_view key = text.substr(at + 1, close - at - 1);
                std::int64_t index = 0;
                bool too_large = false;
                const bool number = !key.empty() && key[0] >= '0' && key[0] <= '9' &&
                                    parse_int(key, 10, index, too_large);
                value = vm.get_item(value, number ? Value::of(index) : vm.str(std::string(key)));
                at = close + 1;
            }
        }
        return value;
    }

    bool run(const Value& text, int depth, TextBuilder& out) {
        const Template pattern(text);
        const std::string_view all = pattern.view.text;
        std::size_t at = 0;
        for (;;) {
            const std::size_t next = pattern.find("{}", at);
            out.add(pattern.view, at, next);
            if (next >= all.size()) return true;
            const bool doubled = next + 1 < all.size() && all[next + 1] == all[next];
            if (doubled) {
                out.add(pattern.view, next, next + 1);
                at = next + 2;
                continue;
            }
            if (all[next] == '}') return fail("Single '}' encountered in format string");
            if (next + 1 >= all.size()) return fail("Single '{' encountered in format string");
            // The end of the field: braces nest in its spec.
            int open = 1;
            std::size_t close = next + 1;
            for (; close < all.size(); ++close) {
                if (all[close] == '{') ++open;
                if (all[close] == '}' && --open == 0) break;
            }
            if (open > 0) return fail("expected '}' before end of string");
            if (!one(all.substr(next + 1, close - next - 1), depth, out)) return false;
            at = close + 1;
        }
    }

    bool one(std::string_view text, int depth, TextBuilder& out) {
        if (depth > 1) return fail("Max string recursion exceeded");
        std::size_t end = 0;
        for (int brackets = 0; end < text.size(); ++end) {
            if (text[end] == '[') ++brackets;
            if (text[end] == ']') --brackets;
            if (brackets <= 0 && (text[end] == '!' || text[end] == ':')) break;
        }
        const Value value = field(text.substr(0, end));
        if (!value) return false;
        char conversion = 0;
        std::string_view rest = text.substr(end);
        if (rest.starts_with("!")) {
            if (rest.size() < 2)
                return fail("end of string while looking for conversion specifier");
            conversion = rest[1];
            rest.remove_prefix(2);
            if (!rest.empty() && rest[0] != ':') {
                return fail("expected ':' after conversion specifier");
            }
            if (std::string_view("sra").find(conversion) == std::string_view::npos) {
                return fail(cat("Unknown conversion specifier ", std::string(1, conversion)));
            }
        }
        Value spec;
        if (!rest.empty()) {
            TextBuilder inner;
            if (!run(vm.str(std::string(rest.substr(1))), depth + 1, inner)) return false;
            spec = inner.str(vm);
        }
        const Value shown = format_value(vm, value, conversion, spec);
        if (!shown) return false;
        out.add(shown);
        return true;
    }

    bool fail(std::string message) {
        value_error(vm, std::move(message));
        return false;
    }
};

}  // namespace

Value str_format(Vm& vm, const Value& format, const Arguments& arguments) {
    Formatter formatter{vm, arguments};
    TextBuilder out;
    return formatter.run(format, 0, out) ? out.str(vm) : Value();
}

Value str_format_map(Vm& vm, const Value& format, const Value& mapping) {
    Formatter formatter{vm, Arguments{}, &mapping};
    TextBuilder out;
    return formatter.run(format, 0, out) ? out.str(vm) : Value();
}

}  // namespace wh::program
