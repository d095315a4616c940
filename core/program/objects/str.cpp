// The method tables of str, bytes and bytearray, and the methods that only one of them has.
#include <algorithm>

#include "program/objects/text_methods.h"

namespace wh::program {

namespace {

Value str_format_method(Vm& vm, Arguments& arguments) {
    return str_format(vm, arguments.self, arguments);
}

Value str_format_map_method(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "str.format_map", 1, 1)) return {};
    return str_format_map(vm, arguments.self, arguments.positional[0]);
}

Value encoded(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "encode", "encoding?, errors?", bound)) return {};
    Value out;
    const Value encoding = bound["encoding"];
    return encode_text(vm, arguments.self, encoding ? text_of(encoding) : "utf-8",
                       text_of(bound["errors"]), out)
               ? out
               : Value();
}

Value decoded(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "decode", "encoding?, errors?", bound)) return {};
    Value out;
    const Value encoding = bound["encoding"];
    return decode_bytes(vm, arguments.self, encoding ? text_of(encoding) : "utf-8",
                        text_of(bound["errors"]), out)
               ? out
               : Value();
}

// str.maketrans(x[, y[, z]]): a dict from code points.
Value maketrans(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "maketrans", 1, 3)) return {};
    const Value made = vm.dict();
    Dict& dict = *as_dict(made);
    const auto code = [](const Value& text) {
        std::size_t at = 0;
        return Value::of(static_cast<std::int64_t>(code_point_at(text_of(text), at)));
    };
    if (arguments.positional.size() == 1) {
        const Dict* from = as_dict(arguments.positional[0]);
        if (!from) {
            return type_error(vm, "if you give only one argument to maketrans it must be a dict");
        }
        for (const Table::Entry& entry : from->entries) {
            if (!entry.live) continue;
            if (!dict.set(vm, as_str(entry.key) ? code(entry.key) : entry.key, entry.value)) {
                return {};
            }
        }
        return made;
    }
    std::vector<Value> from;
    std::vector<Value> to;
    if (!vm.collect(arguments.positional[0], from) || !vm.collect(arguments.positional[1], to)) {
        return {};
    }
    if (from.size() != to.size()) {
        return value_error(vm, "the first two maketrans arguments must have equal length");
    }
    for (std::size_t i = 0; i < from.size(); ++i) dict.set(vm, code(from[i]), code(to[i]));
    if (arguments.positional.size() == 3) {
        std::vector<Value> dropped;
        if (!vm.collect(arguments.positional[2], dropped)) return {};
        for (const Value& each : dropped) dict.set(vm, code(each), Value::none());
    }
    return made;
}

Value translate(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "str.translate", 1, 1)) return {};
    TextView view;
    text_view(arguments.self, view);
    TextBuilder out;
    for (std::size_t i = 0; i < view.text.size();) {
        const std::size_t begin = i;
        if (const std::size_t past = past_unknown(view, i); past != i) {
            out.add(view, i, past);
            i = past;
            continue;
        }
        const Value key = Value::of(static_cast<std::int64_t>(code_point_at(view.text, i)));
        const Value to = vm.get_item(arguments.positional[0], key);
        if (!to) {
            if (!vm.error_is(vm.types().key_error) && !vm.error_is(vm.types().index_error)) {
                return {};
            }
            vm.take_error();
            out.add(view, begin, i);
        } else if (is_integral(to)) {
            std::string letter;
            append_utf8(letter, static_cast<char32_t>(int_of(to)));
            out.add(letter, arguments.self.origin);
        } else {
            out.add(to);  // a str; None adds nothing
        }
    }
    return out.str(vm);
}

Value bytes_hex(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "hex", "sep?, bytes_per_sep?", bound)) return {};
    const std::string digits = hex(as_bytes(arguments.self)->data);
    const trust::Origin* origin = deep_origin(vm, arguments.self);
    if (!bound.has("sep")) return vm.str(digits, origin);
    std::int64_t every = 1;
    if (bound.has("bytes_per_sep") && !to_index(vm, bound["bytes_per_sep"], every)) return {};
    std::string out;
    const auto count = static_cast<std::int64_t>(digits.size() / 2);
    for (std::int64_t i = 0; i < count; ++i) {
        // A positive group size counts from the right.
        const std::int64_t place = every > 0 ? count - i : i;
        if (i > 0 && every != 0 && place % every == 0) out += text_of(bound["sep"]);
        out += digits.substr(static_cast<std::size_t>(i) * 2, 2);
    }
    return vm.str(out, origin);
}

Value bytes_fromhex(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "fromhex", 1, 1)) return {};
    std::string out;
    const std::string_view text = text_of(arguments.positional[0]);
    const auto digit = [](char c) {
        return c >= '0' && c <= '9'                     ? c - '0'
               : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                        : -1;
    };
    for (std::size_t i = 0; i < text.size();) {
        if (is_space(static_cast<unsigned char>(text[i]))) {
            ++i;
            continue;
        }
        const int high = digit(text[i]);
        const int low = high >= 0 && i + 1 < text.size() ? digit(text[i + 1]) : -1;
        if (low < 0) {
            return value_error(vm, cat("non-hexadecimal number found in fromhex() arg at position ",
                                       high < 0 ? i : i + 1));
        }
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return vm.bytes(out, arguments.positional[0].origin);
}

// -- bytearray
// -------------------------------------------------------------------------------------

Value bytearray_extend(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "bytearray.extend", 1, 1)) return {};
    Value more = arguments.positional[0];
    if (!as_bytes(more)) {
        std::vector<Value> items;
        if (!vm.collect(more, items)) return {};
        std::string data;
        for (const Value& item : items) {
            std::int64_t byte = 0;
            if (!to_index(vm, item, byte)) return {};
            data += static_cast<char>(byte);
        }
        more = vm.bytes(data);
    }
    const Value done = container_operation(vm, syntax::BinaryOp::Add, arguments.self, more, true);
    return done ? Value::none() : done;
}

Value bytearray_append(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "bytearray.append", 1, 1)) return {};
    std::int64_t byte = 0;
    if (!to_index(vm, arguments.positional[0], byte)) return {};
    if (byte < 0 || byte > 255) return value_error(vm, "byte must be in range(0, 256)");
    as_bytes(arguments.self)->data += static_cast<char>(byte);
    return Value::none();
}

Value bytearray_clear(Vm&, Arguments& arguments) {
    as_bytes(arguments.self)->data.clear();
    as_bytes(arguments.self)->parts.clear();
    return Value::none();
}

Value bytes_copy(Vm& vm, Arguments& arguments) {
    TextBuilder out;
    out.add(arguments.self);
    return out.same_kind(vm, arguments.self);
}

}  // namespace

#define WH_TEXT_METHODS                                                                     \
    {"find", &text_find}, {"rfind", &text_rfind}, {"index", &text_index},                   \
        {"rindex", &text_rindex}, {"count", &text_count}, {"startswith", &text_startswith}, \
        {"endswith", &text_endswith}, {"split", &text_split}, {"rsplit", &text_rsplit},     \
        {"splitlines", &text_splitlines}, {"partition", &text_partition},                   \
        {"rpartition", &text_rpartition}, {"strip", &text_strip}, {"lstrip", &text_lstrip}, \
        {"rstrip", &text_rstrip}, {"replace", &text_replace}, {"join", &text_join},         \
        {"removeprefix", &text_removeprefix}, {"removesuffix", &text_removesuffix},         \
        {"upper", &text_upper}, {"lower", &text_lower}, {"title", &text_title},             \
        {"capitalize", &text_capitalize}, {"swapcase", &text_swapcase},                     \
        {"isdigit", &text_isdigit}, {"isalpha", &text_isalpha}, {"isalnum", &text_isalnum}, \
        {"isspace", &text_isspace}, {"isupper", &text_isupper}, {"islower", &text_islower}, \
        {"istitle", &text_istitle}, {"isascii", &text_isascii}, {"ljust", &text_ljust},     \
        {"rjust", &text_rjust}, {"center", &text_center}, {"zfill", &text_zfill},           \
        {"expandtabs", &text_expandtabs}, {"__getitem__", &container_getitem},              \
        {"__len__", &container_len}, {"__iter__", &container_iter},                         \
        {"__contains__", &container_contains}, {"__add__", &container_add}, {               \
        "__mul__", &container_mul                                                           \
    }

const MethodEntry kStrMethods[] = {WH_TEXT_METHODS,
                                   {"format", &str_format_method},
                                   {"format_map", &str_format_map_method},
                                   {"encode", &encoded},
                                   {"maketrans", &maketrans, MethodEntry::Static},
                                   {"translate", &translate},
                                   {"casefold", &text_casefold},
                                   {"isidentifier", &text_isidentifier},
                                   {"isprintable", &text_isprintable},
                                   {"isdecimal", &text_isdigit},
                                   {"isnumeric", &text_isdigit},
                                   {"__new__", &new_str, MethodEntry::Static},
                                   {nullptr, nullptr}};

#define WH_BYTES_METHODS                                          \
    WH_TEXT_METHODS, {"decode", &decoded}, {"hex", &bytes_hex}, { \
        "fromhex", &bytes_fromhex, MethodEntry::ClassMethod       \
    }

const MethodEntry kBytesMethods[] = {
    WH_BYTES_METHODS, {"__new__", &new_bytes, MethodEntry::Static}, {nullptr, nullptr}};

const MethodEntry kBytearrayMethods[] = {WH_BYTES_METHODS,
                                         {"extend", &bytearray_extend},
                                         {"append", &bytearray_append},
                                         {"clear", &bytearray_clear},
                                         {"copy", &bytes_copy},
                                         {"__setitem__", &container_setitem},
                                         {"__delitem__", &container_delitem},
                                         {"__new__", &new_bytes, MethodEntry::Static},
                                         {nullptr, nullptr}};

}  // namespace wh::program
