// Builtin functions on values: numbers, sequences, texts.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "program/objects/support.h"

namespace wh::program {

namespace {

Value unknown_call(Vm& vm, const char* name, const Value& value, Class* shape = nullptr) {
    return derived_unknown(vm, cat(name, "(", label_of(vm, value), ")"), value, {}, shape);
}

Value builtin_len(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "len", 1, 1)) return {};
    const Value value = arguments.positional[0];
    if (not_fully_known(value)) return unknown_call(vm, "len", value, vm.types().integer);
    std::int64_t length = 0;
    return vm.length(value, length) ? Value::of(length) : Value();
}

Value builtin_repr_function(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "repr", 1, 1)) return {};
    return format_value(vm, arguments.positional[0], 'r', {});
}

Value builtin_format_function(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "format", 1, 2)) return {};
    return vm.format(arguments.positional[0], text_of(argument(arguments, 1)));
}

Value builtin_abs(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "abs", 1, 1)) return {};
    const Value value = arguments.positional[0];
    bool found = false;
    const Value own = call_special(vm, value, "__abs__", {}, found);
    if (found) return own;
    const Value plain = unboxed(value);
    if (is_integral(plain)) {
        if (int_of(plain) == INT64_MIN) return vm.not_modelled("int larger than 64 bits");
        return Value::of(std::abs(int_of(plain))).with_origin(value.origin);
    }
    if (plain.is_float()) return Value::of(std::fabs(plain.real)).with_origin(value.origin);
    if (as_unknown(value)) return unknown_call(vm, "abs", value, as_unknown(value)->shape);
    return type_error(vm, cat("bad operand type for abs(): '", type_name(vm, value), "'"));
}

Value extreme(Vm& vm, Arguments& arguments, const char* name, bool largest) {
    Bound bound;
    if (!arguments.bind(vm, name, "*args, key?, default?", bound)) return {};
    std::vector<Value> items = bound.rest();
    if (items.empty()) {
        return type_error(vm, cat(name, " expected at least 1 argument, got 0"));
    }
    if (items.size() == 1) {
        const Value iterable = items[0];
        if (as_unknown(iterable)) return unknown_call(vm, name, iterable);
        items.clear();
        if (!vm.collect(iterable, items)) return {};
        if (items.empty()) {
            if (bound.has("default")) return bound["default"];
            return value_error(vm, cat(name, "() iterable argument is empty"));
        }
    } else if (bound.has("default")) {
        return type_error(vm, cat("Cannot specify a default for ", name,
                                  "() with multiple positional arguments"));
    }
    Value best;
    Value best_key;
    for (const Value& item : items) {
        if (as_unknown(item) && !bound.has_value("key")) {
            std::string label = cat(name, "(");
            for (std::size_t i = 0; i < items.size(); ++i) {
                label += cat(i > 0 ? ", " : "", label_of(vm, items[i]));
            }
            return derived_unknown(vm, label + ")", vm.tuple(items));
        }
        const Value key = bound.has_value("key") ? vm.call(bound["key"], {item}) : item;
        if (!key) return {};
        bool better = best.is_null();
        if (!better &&
            !(largest ? vm.less(best_key, key, better) : vm.less(key, best_key, better))) {
            return {};
        }
        if (better) {
            best = item;
            best_key = key;
        }
    }
    return best;
}
Value builtin_min(Vm& vm, Arguments& arguments) {
    return extreme(vm, arguments, "min", false);
}
Value builtin_max(Vm& vm, Arguments& arguments) {
    return extreme(vm, arguments, "max", true);
}

// Floats are added with compensation since 3.12 (Python/bltinmodule.c, cs_add).
Value builtin_sum(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "sum", "iterable, /, start?", bound)) return {};
    Value total = bound.has("start") ? bound["start"] : Value::of(0);
    if (as_str(total)) return type_error(vm, "sum() can't sum strings [use ''.join(seq) instead]");
    if (as_bytes(total)) return type_error(vm, "sum() can't sum bytes [use b''.join(seq) instead]");
    const Value iterator = vm.iterate(bound["iterable"]);
    if (!iterator) return {};
    double compensation = 0;
    while (const Value item = vm.next(iterator)) {
        if (total.is_float() && is_number(item)) {
            const double x = real_of(item);
            const double sum = total.real + x;
            compensation += std::fabs(total.real) >= std::fabs(x) ? (total.real - sum) + x
                                                                  : (x - sum) + total.real;
            total = Value::of(sum).with_origin(number_origin(vm, total, item));
            continue;
        }
        if (total.is_float() && compensation != 0) total.real += compensation;
        compensation = 0;
        total = binary_operation(vm, syntax::BinaryOp::Add, total, item);
        if (!total) return {};
    }
    if (vm.failed()) return {};
    if (total.is_float() && std::isfinite(compensation)) total.real += compensation;
    return total;
}

Value builtin_sorted(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "sorted", "iterable, /, *, key?, reverse?", bound)) return {};
    std::vector<Value> items;
    bool reverse = false;
    if (!vm.collect(bound["iterable"], items)) return {};
    if (bound.has("reverse") && !vm.truth(bound["reverse"], reverse)) return {};
    if (!sort_values(vm, items, bound.has_value("key") ? bound["key"] : Value(), reverse)) {
        return {};
    }
    return vm.list(std::move(items));
}

Value any_or_all(Vm& vm, Arguments& arguments, const char* name, bool stop_at) {
    if (!take(vm, arguments, name, 1, 1)) return {};
    const Value iterable = arguments.positional[0];
    if (as_unknown(iterable)) {
        return unknown_call(vm, name, iterable, vm.types().boolean);
    }
    const Value iterator = vm.iterate(iterable);
    if (!iterator) return {};
    while (const Value item = vm.next(iterator)) {
        bool truth = false;
        if (!vm.truth(item, truth)) return {};
        if (truth == stop_at) return Value::of(stop_at);
    }
    return vm.failed() ? Value() : Value::of(!stop_at);
}
Value builtin_any(Vm& vm, Arguments& arguments) {
    return any_or_all(vm, arguments, "any", true);
}
Value builtin_all(Vm& vm, Arguments& arguments) {
    return any_or_all(vm, arguments, "all", false);
}

Value builtin_ord(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "ord", 1, 1)) return {};
    const Value value = arguments.positional[0];
    if (not_fully_known(value)) return unknown_call(vm, "ord", value, vm.types().integer);
    TextView view;
    if (!text_view(value, view)) {
        return type_error(
            vm, cat("ord() expected string of length 1, but ", type_name(vm, value), " found"));
    }
    const std::size_t length = as_str(value) ? length_of(*as_str(value)) : view.text.size();
    if (length != 1) {
        return type_error(
            vm, cat("ord() expected a character, but string of length ", length, " found"));
    }
    std::size_t at = 0;
    const auto code = as_str(value) ? static_cast<std::int64_t>(code_point_at(view.text, at))
                                    : static_cast<unsigned char>(view.text[0]);
    return Value::of(code).with_origin(value.origin);
}

Value builtin_chr(Vm& vm, Arguments& arguments) {
    std::int64_t code = 0;
    if (!take(vm, arguments, "chr", 1, 1)) return {};
    if (as_unknown(arguments.positional[0])) {
        return unknown_call(vm, "chr", arguments.positional[0], vm.types().str);
    }
    if (!to_index(vm, arguments.positional[0], code)) return {};
    if (code < 0 || code > 0x10FFFF) {
        return value_error(vm, "chr() arg not in range(0x110000)");
    }
    std::string text;
    append_utf8(text, static_cast<char32_t>(code));
    return vm.str(text, arguments.positional[0].origin);
}

Value in_base(Vm& vm, Arguments& arguments, const char* name, const char* spec) {
    std::int64_t number = 0;
    if (!take(vm, arguments, name, 1, 1)) return {};
    if (as_unknown(arguments.positional[0])) {
        return unknown_call(vm, name, arguments.positional[0], vm.types().str);
    }
    std::string text;
    if (!to_index(vm, arguments.positional[0], number) ||
        !format_number(vm, Value::of(number), spec, text)) {
        return {};
    }
    return vm.str(text, arguments.positional[0].origin);
}
Value builtin_hex(Vm& vm, Arguments& arguments) {
    return in_base(vm, arguments, "hex", "#x");
}
Value builtin_oct(Vm& vm, Arguments& arguments) {
    return in_base(vm, arguments, "oct", "#o");
}
Value builtin_bin(Vm& vm, Arguments& arguments) {
    return in_base(vm, arguments, "bin", "#b");
}

Value builtin_ascii(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "ascii", 1, 1)) return {};
    return format_value(vm, arguments.positional[0], 'a', {});
}

// Half to even.
Value round_int(Vm& vm, std::int64_t number, std::int64_t digits) {
    if (digits >= 0) return Value::of(number);
    std::int64_t unit = 1;
    for (std::int64_t i = digits; i < 0; ++i) {
        if (__builtin_mul_overflow(unit, std::int64_t{10}, &unit)) return Value::of(0);
    }
    std::int64_t rest = number % unit;
    if (rest < 0) rest += unit;
    std::int64_t down = number - rest;
    const bool up = rest * 2 > unit || (rest * 2 == unit && (down / unit) % 2 != 0);
    if (up && __builtin_add_overflow(down, unit, &down)) {
        return vm.not_modelled("int larger than 64 bits");
    }
    return Value::of(down);
}

Value builtin_round(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "round", "number, ndigits?", bound)) return {};
    const Value value = bound["number"];
    bool found = false;
    const Value own = bound.has_value("ndigits")
                          ? call_special(vm, value, "__round__", {bound["ndigits"]}, found)
                          : call_special(vm, value, "__round__", {}, found);
    if (found) return own;
    if (as_unknown(value)) return unknown_call(vm, "round", value, as_unknown(value)->shape);
    const Value plain = unboxed(value);
    std::int64_t digits = 0;
    if (bound.has_value("ndigits") && !to_index(vm, bound["ndigits"], digits)) return {};
    if (is_integral(plain)) {
        return round_int(vm, int_of(plain), digits).with_origin(value.origin);
    }
    if (!plain.is_float()) {
        return type_error(vm,
                          cat("type ", type_name(vm, value), " doesn't define __round__ method"));
    }
    if (!bound.has_value("ndigits")) {
        const Value whole =
            Value::of(std::isfinite(plain.real) ? std::nearbyint(plain.real) : plain.real)
                .with_origin(value.origin);
        return vm.call(Value::of(vm.types().integer), {whole});
    }
    if (!std::isfinite(plain.real) || digits > 308) return value;
    double result = 0;
    if (digits >= 0) {
        // printf rounds the exact value half to even, as CPython's dtoa does.
        char text[700];
        std::snprintf(text, sizeof text, "%.*f", static_cast<int>(digits), plain.real);
        result = std::strtod(text, nullptr);
    } else {
        const double unit =
            std::pow(10.0, static_cast<double>(std::min<std::int64_t>(-digits, 400)));
        result = std::isfinite(unit) ? std::nearbyint(plain.real / unit) * unit : 0.0;
    }
    return Value::of(result).with_origin(value.origin);
}

Value builtin_divmod(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "divmod", 2, 2)) return {};
    const Value a = arguments.positional[0];
    const Value b = arguments.positional[1];
    bool found = false;
    const Value own = call_special(vm, a, "__divmod__", {b}, found);
    if (found) return own;
    const Value quotient = binary_operation(vm, syntax::BinaryOp::FloorDivide, a, b);
    const Value rest = quotient ? binary_operation(vm, syntax::BinaryOp::Modulo, a, b) : quotient;
    return rest ? vm.tuple({quotient, rest}) : rest;
}

Value builtin_pow(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "pow", "base, exp, mod?", bound)) return {};
    const Value base = unboxed(bound["base"]);
    const Value exponent = unboxed(bound["exp"]);
    if (!bound.has_value("mod")) {
        return binary_operation(vm, syntax::BinaryOp::Power, base, exponent);
    }
    const Value modulus = unboxed(bound["mod"]);
    if (!is_integral(base) || !is_integral(exponent) || !is_integral(modulus)) {
        return type_error(vm, "pow() 3rd argument not allowed unless all arguments are integers");
    }
    const std::int64_t m = int_of(modulus);
    std::int64_t e = int_of(exponent);
    if (m == 0) return value_error(vm, "pow() 3rd argument cannot be 0");
    if (e < 0) return vm.not_modelled("pow() with a negative exponent and a modulus");
    const std::uint64_t size =
        m < 0 ? 0 - static_cast<std::uint64_t>(m) : static_cast<std::uint64_t>(m);
    if (size >> 32 != 0) return vm.not_modelled("pow() with a modulus of more than 32 bits");
    std::int64_t first = int_of(base) % static_cast<std::int64_t>(size);
    if (first < 0) first += static_cast<std::int64_t>(size);
    auto factor = static_cast<std::uint64_t>(first);
    std::uint64_t result = 1 % size;
    for (; e > 0; e >>= 1) {
        if ((e & 1) != 0) result = result * factor % size;
        factor = factor * factor % size;
    }
    auto out = static_cast<std::int64_t>(result);
    if (m < 0 && out != 0) out += m;
    return Value::of(out);
}

}  // namespace

const FunctionEntry kMoreBuiltinFunctions[] = {
    {"len", &builtin_len},       {"repr", &builtin_repr_function},
    {"ascii", &builtin_ascii},   {"format", &builtin_format_function},
    {"abs", &builtin_abs},       {"min", &builtin_min},
    {"max", &builtin_max},       {"sum", &builtin_sum},
    {"sorted", &builtin_sorted}, {"any", &builtin_any},
    {"all", &builtin_all},       {"ord", &builtin_ord},
    {"chr", &builtin_chr},       {"hex", &builtin_hex},
    {"oct", &builtin_oct},       {"bin", &builtin_bin},
    {"round", &builtin_round},   {"divmod", &builtin_divmod},
    {"pow", &builtin_pow},       {nullptr, nullptr},
};

}  // namespace wh::program
