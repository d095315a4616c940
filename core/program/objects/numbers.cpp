// Arithmetic of int (64 bits: beyond, the core says that it does not know), bool and float.
#include <cmath>

#include "program/objects/support.h"

namespace wh::program {

using syntax::BinaryOp;

namespace {

Value too_large(Vm& vm) {
    return vm.not_modelled("int larger than 64 bits");
}

Value zero_division(Vm& vm, const char* text) {
    return vm.raise(vm.types().zero_division_error, text);
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
    const std::int64_t quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

// Objects/floatobject.c, _float_div_mod.
void float_divide(double a, double b, double& quotient, double& rest) {
    rest = std::fmod(a, b);
    quotient = (a - rest) / b;
    if (rest != 0.0) {
        if ((b < 0) != (rest < 0)) {
            rest += b;
            quotient -= 1.0;
        }
    } else {
        rest = std::copysign(0.0, b);
    }
    if (quotient != 0.0) {
        const double floor = std::floor(quotient);
        quotient = quotient - floor > 0.5 ? floor + 1.0 : floor;
    } else {
        quotient = std::copysign(0.0, a / b);
    }
}

Value int_power(Vm& vm, std::int64_t base, std::int64_t exponent) {
    if (exponent < 0) {
        if (base == 0) return zero_division(vm, "zero to a negative power");
        return Value::of(std::pow(static_cast<double>(base), static_cast<double>(exponent)));
    }
    std::int64_t result = 1;
    while (exponent > 0) {
        if ((exponent & 1) != 0 && __builtin_mul_overflow(result, base, &result)) {
            return too_large(vm);
        }
        exponent >>= 1;
        if (exponent > 0 && __builtin_mul_overflow(base, base, &base)) return too_large(vm);
    }
    return Value::of(result);
}

Value int_operation(Vm& vm, BinaryOp op, std::int64_t a, std::int64_t b) {
    std::int64_t out = 0;
    switch (op) {
        case BinaryOp::Add:
            return __builtin_add_overflow(a, b, &out) ? too_large(vm) : Value::of(out);
        case BinaryOp::Subtract:
            return __builtin_sub_overflow(a, b, &out) ? too_large(vm) : Value::of(out);
        case BinaryOp::Multiply:
            return __builtin_mul_overflow(a, b, &out) ? too_large(vm) : Value::of(out);
        case BinaryOp::Divide:
            if (b == 0) return zero_division(vm, "division by zero");
            return Value::of(static_cast<double>(a) / static_cast<double>(b));
        case BinaryOp::FloorDivide:
            if (b == 0) return zero_division(vm, "integer division or modulo by zero");
            if (a == INT64_MIN && b == -1) return too_large(vm);
            return Value::of(floor_divide(a, b));
        case BinaryOp::Modulo:
            if (b == 0) return zero_division(vm, "integer modulo by zero");
            if (b == -1) return Value::of(0);
            return Value::of(a - b * floor_divide(a, b));
        case BinaryOp::Power:
            return int_power(vm, a, b);
        case BinaryOp::ShiftLeft:
            if (b < 0) return value_error(vm, "negative shift count");
            if (a == 0) return Value::of(0);
            if (b > 62 || __builtin_mul_overflow(a, std::int64_t{1} << b, &out)) {
                return too_large(vm);
            }
            return Value::of(out);
        case BinaryOp::ShiftRight:
            if (b < 0) return value_error(vm, "negative shift count");
            return Value::of(a >> std::min<std::int64_t>(b, 63));
        case BinaryOp::BitAnd:
            return Value::of(a & b);
        case BinaryOp::BitOr:
            return Value::of(a | b);
        case BinaryOp::BitXor:
            return Value::of(a ^ b);
        case BinaryOp::MatrixMultiply:
            break;
    }
    return Value::not_implemented();
}

Value float_operation(Vm& vm, BinaryOp op, double a, double b) {
    double quotient = 0;
    double rest = 0;
    switch (op) {
        case BinaryOp::Add:
            return Value::of(a + b);
        case BinaryOp::Subtract:
            return Value::of(a - b);
        case BinaryOp::Multiply:
            return Value::of(a * b);
        case BinaryOp::Divide:
            if (b == 0.0) return zero_division(vm, "float division by zero");
            return Value::of(a / b);
        case BinaryOp::FloorDivide:
            if (b == 0.0) return zero_division(vm, "float floor division by zero");
            float_divide(a, b, quotient, rest);
            return Value::of(quotient);
        case BinaryOp::Modulo:
            if (b == 0.0) return zero_division(vm, "float modulo by zero");
            float_divide(a, b, quotient, rest);
            return Value::of(rest);
        case BinaryOp::Power:
            if (a == 0.0 && b < 0) return zero_division(vm, "zero to a negative power");
            if (a < 0 && std::isfinite(b) && std::floor(b) != b) {
                return vm.not_modelled("complex numbers");
            }
            quotient = std::pow(a, b);
            if (std::isinf(quotient) && std::isfinite(a) && std::isfinite(b)) {
                return vm.raise(as_class(builtin_object(vm, "OverflowError")),
                                "(34, 'Numerical result out of range')");
            }
            return Value::of(quotient);
        case BinaryOp::ShiftLeft:
        case BinaryOp::ShiftRight:
        case BinaryOp::BitAnd:
        case BinaryOp::BitOr:
        case BinaryOp::BitXor:
        case BinaryOp::MatrixMultiply:
            break;
    }
    return Value::not_implemented();
}

}  // namespace

Value arithmetic(Vm& vm, BinaryOp op, const Value& a, const Value& b) {
    Value result;
    if (a.is_bool() && b.is_bool() &&
        (op == BinaryOp::BitAnd || op == BinaryOp::BitOr || op == BinaryOp::BitXor)) {
        result = Value::of(op == BinaryOp::BitAnd  ? a.boolean && b.boolean
                           : op == BinaryOp::BitOr ? a.boolean || b.boolean
                                                   : a.boolean != b.boolean);
    } else if (is_integral(a) && is_integral(b)) {
        result = int_operation(vm, op, int_of(a), int_of(b));
    } else {
        result = float_operation(vm, op, real_of(a), real_of(b));
    }
    if (is_number(result)) result.origin = number_origin(vm, a, b);
    return result;
}

bool to_index(Vm& vm, const Value& value, std::int64_t& out) {
    const Value plain = unboxed(value);
    if (is_integral(plain)) {
        out = int_of(plain);
        return true;
    }
    bool found = false;
    const Value result = call_special(vm, value, "__index__", {}, found);
    if (found) {
        if (!result) return false;
        if (is_integral(result)) {
            out = int_of(result);
            return true;
        }
    }
    type_error(vm, cat("'", type_name(vm, value), "' object cannot be interpreted as an integer"));
    return false;
}

Value unary_operation(Vm& vm, syntax::UnaryOp op, const Value& value) {
    using syntax::UnaryOp;
    if (op == UnaryOp::Not) {
        if (const Unknown* unknown = as_unknown(value)) {
            return narrowing(unknown_bool(vm, cat("not ", unknown->label), value), {},
                             -unknown->narrows);
        }
        bool truth = false;
        return vm.truth(value, truth) ? Value::of(!truth) : Value();
    }
    const char* const symbol = op == UnaryOp::Negate ? "-" : op == UnaryOp::Plus ? "+" : "~";
    const char* const method = op == UnaryOp::Negate ? "__neg__"
                               : op == UnaryOp::Plus ? "__pos__"
                                                     : "__invert__";
    bool found = false;
    const Value result = call_special(vm, value, method, {}, found);
    if (found) return result;
    const Value plain = unboxed(value);
    if (is_integral(plain)) {
        const std::int64_t number = int_of(plain);
        if (op == UnaryOp::Negate && number == INT64_MIN) return too_large(vm);
        return Value::of(op == UnaryOp::Negate ? -number
                         : op == UnaryOp::Plus ? number
                                               : ~number)
            .with_origin(value.origin);
    }
    if (plain.is_float() && op != UnaryOp::Invert) {
        return Value::of(op == UnaryOp::Negate ? -plain.real : plain.real)
            .with_origin(value.origin);
    }
    if (const Unknown* unknown = as_unknown(value)) {
        return derived_unknown(vm, cat(symbol, unknown->label), value, {}, unknown->shape);
    }
    return type_error(vm,
                      cat("bad operand type for unary ", symbol, ": '", type_name(vm, value), "'"));
}

}  // namespace wh::program
