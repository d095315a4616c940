// Methods of int, bool and float; reading numbers from text.
#include <cmath>
#include <cstdlib>

#include "program/objects/text_methods.h"

namespace wh::program {

bool parse_int(std::string_view text, int base, std::int64_t& out, bool& too_large) {
    too_large = false;
    while (!text.empty() && is_space(static_cast<unsigned char>(text.front())))
        text.remove_prefix(1);
    while (!text.empty() && is_space(static_cast<unsigned char>(text.back())))
        text.remove_suffix(1);
    bool negative = false;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        negative = text[0] == '-';
        text.remove_prefix(1);
    }
    const auto letter = [&](std::size_t i) {
        return i < text.size() ? static_cast<char>(text[i] | 0x20) : '\0';
    };
    if (text.size() > 1 && text[0] == '0') {
        const int implied = letter(1) == 'x' ? 16 : letter(1) == 'o' ? 8 : letter(1) == 'b' ? 2 : 0;
        if (implied && (base == 0 || base == implied)) {
            base = implied;
            text.remove_prefix(text.size() > 2 && text[2] == '_' ? 3 : 2);
        } else if (base == 0 && text.find_first_not_of("0_") != std::string_view::npos) {
            return false;
        }
    }
    if (base == 0) base = 10;
    if (text.empty() || text.front() == '_' || text.back() == '_') return false;
    std::int64_t value = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '_') {
            if (text[i - 1] == '_') return false;
            continue;
        }
        const char low = letter(i);
        const int digit = c >= '0' && c <= '9'       ? c - '0'
                          : low >= 'a' && low <= 'z' ? low - 'a' + 10
                                                     : 99;
        if (digit >= base) return false;
        // Counted downwards: the smallest number has no positive counterpart.
        if (__builtin_mul_overflow(value, static_cast<std::int64_t>(base), &value) ||
            __builtin_sub_overflow(value, static_cast<std::int64_t>(digit), &value)) {
            too_large = true;
            value = 0;
        }
    }
    if (!negative && value == INT64_MIN) too_large = true;
    out = negative || too_large ? value : -value;
    return true;
}

bool parse_float(std::string_view text, double& out) {
    text = trim(text);
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '_') {
            const bool between = i > 0 && i + 1 < text.size() && text[i - 1] >= '0' &&
                                 text[i - 1] <= '9' && text[i + 1] >= '0' && text[i + 1] <= '9';
            if (!between) return false;
            continue;
        }
        plain += c;
    }
    std::string word = ascii_lower(plain);
    const bool negative = word.starts_with("-");
    if (negative || word.starts_with("+")) word.erase(0, 1);
    if (word == "inf" || word == "infinity" || word == "nan") {
        out = word == "nan" ? std::nan("") : negative ? -HUGE_VAL : HUGE_VAL;
        return true;
    }
    if (plain.empty() || plain.find_first_not_of("0123456789+-.eE") != std::string::npos) {
        return false;  // strtod also takes hexadecimal
    }
    char* end = nullptr;
    out = std::strtod(plain.c_str(), &end);
    return end == plain.c_str() + plain.size();
}

namespace {

Value number_of(const Arguments& arguments) {
    return unboxed(arguments.self);
}

Value int_bit_length(Vm&, Arguments& arguments) {
    const std::int64_t number = int_of(number_of(arguments));
    std::uint64_t size =
        number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    int bits = 0;
    for (; size > 0; size >>= 1) ++bits;
    return Value::of(bits);
}

Value int_bit_count(Vm&, Arguments& arguments) {
    const std::int64_t number = int_of(number_of(arguments));
    std::uint64_t size =
        number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    int bits = 0;
    for (; size > 0; size &= size - 1) ++bits;
    return Value::of(bits);
}

Value int_to_bytes(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "to_bytes", "length?, byteorder?, *, signed?", bound)) return {};
    std::int64_t length = 1;
    bool is_signed = false;
    if (bound.has("length") && !to_index(vm, bound["length"], length)) return {};
    if (bound.has("signed") && !vm.truth(bound["signed"], is_signed)) return {};
    const std::int64_t number = int_of(number_of(arguments));
    if (length < 0) return value_error(vm, "length argument must be non-negative");
    const auto overflow = [&](const char* text) {
        return vm.raise(as_class(builtin_object(vm, "OverflowError")), text);
    };
    if (number < 0 && !is_signed) return overflow("can't convert negative int to unsigned");
    if (!vm.charge(static_cast<std::size_t>(length))) return {};
    std::string out;
    for (std::int64_t i = 0; i < length; ++i) {
        const std::int64_t shifted = number >> (i < 8 ? i * 8 : 63);
        out += static_cast<char>(shifted & 0xFF);
    }
    if (length < 8) {
        const std::int64_t rest = number >> (length * 8 - (is_signed && length > 0 ? 1 : 0));
        if (rest != 0 && !(is_signed && rest == -1)) return overflow("int too big to convert");
    }
    if (text_of(bound["byteorder"]) != "little") out = std::string(out.rbegin(), out.rend());
    return vm.bytes(out, arguments.self.origin);
}

Value int_from_bytes(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "from_bytes", "bytes, byteorder?, *, signed?", bound)) return {};
    const Bytes* bytes = as_bytes(bound["bytes"]);
    if (!bytes) {
        return type_error(
            vm, cat("cannot convert '", type_name(vm, bound["bytes"]), "' object to bytes"));
    }
    bool is_signed = false;
    if (bound.has("signed") && !vm.truth(bound["signed"], is_signed)) return {};
    std::string data = bytes->data;
    if (text_of(bound["byteorder"]) == "little") data = std::string(data.rbegin(), data.rend());
    const bool negative =
        is_signed && !data.empty() && (static_cast<unsigned char>(data[0]) & 0x80) != 0;
    std::uint64_t number = negative ? ~std::uint64_t{0} : 0;
    bool fits = true;
    for (const char c : data) {
        const std::uint64_t top = number >> 56;
        if (top != (negative ? 0xFFU : 0U)) fits = false;
        number = (number << 8) | static_cast<unsigned char>(c);
    }
    if (!fits || (!negative && (number >> 63) != 0)) {
        return vm.not_modelled("int larger than 64 bits");
    }
    return Value::of(static_cast<std::int64_t>(number))
        .with_origin(deep_origin(vm, bound["bytes"]));
}

Value itself(Vm&, Arguments& arguments) {
    return number_of(arguments);
}
Value zero(Vm&, Arguments&) {
    return Value::of(0);
}
Value one(Vm&, Arguments&) {
    return Value::of(1);
}
Value yes(Vm&, Arguments&) {
    return Value::of(true);
}

Value float_is_integer(Vm&, Arguments& arguments) {
    const double number = real_of(number_of(arguments));
    return Value::of(std::isfinite(number) && std::floor(number) == number);
}

Value int_as_ratio(Vm& vm, Arguments& arguments) {
    return vm.tuple({number_of(arguments), Value::of(1)});
}

Value float_as_ratio(Vm& vm, Arguments& arguments) {
    double number = real_of(number_of(arguments));
    if (!std::isfinite(number)) {
        return value_error(vm, "cannot convert NaN to integer ratio");
    }
    std::int64_t below = 1;
    while (std::floor(number) != number && below < (std::int64_t{1} << 60)) {
        number *= 2;
        below *= 2;
    }
    if (std::fabs(number) >= 9.0e18 || std::floor(number) != number) {
        return vm.not_modelled("int larger than 64 bits");
    }
    return vm.tuple({Value::of(static_cast<std::int64_t>(number)), Value::of(below)});
}

Value number_format(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "__format__", 1, 1)) return {};
    return builtin_format(vm, arguments.self, text_of(arguments.positional[0]));
}

Value number_repr(Vm& vm, Arguments& arguments) {
    std::string out;
    return builtin_repr(vm, number_of(arguments), out) ? vm.str(out) : Value();
}

// What a subclass's own operator calls through super(): on the plain numbers.
Value number_binary(Vm& vm, Arguments& arguments, syntax::BinaryOp op, bool turned) {
    if (!take(vm, arguments, "operator", 1, 1)) return {};
    const Value a = number_of(arguments);
    const Value b = unboxed(arguments.positional[0]);
    if (!is_number(b)) return Value::not_implemented();
    return turned ? arithmetic(vm, op, b, a) : arithmetic(vm, op, a, b);
}
#define WH_NUMBER_OPERATOR(name, op)                              \
    Value number_##name(Vm& vm, Arguments& a) {                   \
        return number_binary(vm, a, syntax::BinaryOp::op, false); \
    }                                                             \
    Value number_r##name(Vm& vm, Arguments& a) {                  \
        return number_binary(vm, a, syntax::BinaryOp::op, true);  \
    }
WH_NUMBER_OPERATOR(add, Add)
WH_NUMBER_OPERATOR(sub, Subtract)
WH_NUMBER_OPERATOR(mul, Multiply)
WH_NUMBER_OPERATOR(or, BitOr)
WH_NUMBER_OPERATOR(and, BitAnd)
WH_NUMBER_OPERATOR(xor, BitXor)
#undef WH_NUMBER_OPERATOR

Value number_eq(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "__eq__", 1, 1)) return {};
    return builtin_compare(vm, syntax::CompareOp::Equal, number_of(arguments),
                           unboxed(arguments.positional[0]));
}

Value number_hash(Vm& vm, Arguments& arguments) {
    std::uint64_t out = 0;
    return vm.hash(number_of(arguments), out) ? Value::of(static_cast<std::int64_t>(out)) : Value();
}

Value number_int(Vm& vm, Arguments& arguments) {
    return vm.call(Value::of(vm.types().integer), {number_of(arguments)});
}
Value number_float(Vm&, Arguments& arguments) {
    return Value::of(real_of(number_of(arguments))).with_origin(arguments.self.origin);
}
Value number_bool(Vm&, Arguments& arguments) {
    bool out = false;
    truth_of_builtin(number_of(arguments), out);
    return Value::of(out);
}

}  // namespace

// Of instances of subclasses, find_special finds these: so only what they may do themselves.
#define WH_NUMBER_METHODS                                                                     \
    {"conjugate", &itself}, {"real", &itself, MethodEntry::Getter},                           \
        {"imag", &zero, MethodEntry::Getter}, {"__int__", &number_int},                       \
        {"__float__", &number_float}, {"__bool__", &number_bool}, {"__hash__", &number_hash}, \
        {"__eq__", &number_eq}, {"__repr__", &number_repr}, {"__format__", &number_format},   \
        {"__add__", &number_add}, {"__radd__", &number_radd}, {"__sub__", &number_sub},       \
        {"__rsub__", &number_rsub}, {"__mul__", &number_mul}, {"__rmul__", &number_rmul}, {   \
        "__new__", &new_number, MethodEntry::Static                                           \
    }

const MethodEntry kIntMethods[] = {{"bit_length", &int_bit_length},
                                   {"bit_count", &int_bit_count},
                                   {"to_bytes", &int_to_bytes},
                                   {"from_bytes", &int_from_bytes, MethodEntry::ClassMethod},
                                   {"is_integer", &yes},
                                   {"as_integer_ratio", &int_as_ratio},
                                   {"numerator", &itself, MethodEntry::Getter},
                                   {"denominator", &one, MethodEntry::Getter},
                                   {"__index__", &number_int},
                                   {"__or__", &number_or},
                                   {"__ror__", &number_ror},
                                   {"__and__", &number_and},
                                   {"__rand__", &number_rand},
                                   {"__xor__", &number_xor},
                                   {"__rxor__", &number_rxor},
                                   WH_NUMBER_METHODS,
                                   {nullptr, nullptr}};

const MethodEntry kFloatMethods[] = {{"is_integer", &float_is_integer},
                                     {"as_integer_ratio", &float_as_ratio},
                                     WH_NUMBER_METHODS,
                                     {nullptr, nullptr}};

}  // namespace wh::program
