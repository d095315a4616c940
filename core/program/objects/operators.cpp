// a op b: special methods on both sides, then what builtin kinds do.
#include "program/objects/support.h"

namespace wh::program {

using syntax::BinaryOp;
using syntax::CompareOp;

namespace {

struct OperatorRow {
    const char* symbol;
    const char* name;
};
// In the order of syntax::BinaryOp.
constexpr OperatorRow kOperators[] = {
    {"+", "add"}, {"-", "sub"},  {"*", "mul"},    {"/", "truediv"}, {"//", "floordiv"},
    {"%", "mod"}, {"**", "pow"}, {"@", "matmul"}, {"<<", "lshift"}, {">>", "rshift"},
    {"&", "and"}, {"|", "or"},   {"^", "xor"},
};
const OperatorRow& row_of(BinaryOp op) {
    return kOperators[static_cast<std::size_t>(op)];
}

bool is_type_like(const Value& value) {
    return as_class(value) || type_form(value);
}

// An operand has a say of its own: an instance, or something of a class derived from a builtin one.
bool has_methods(const Value& value) {
    return value.is_object() && (!value.object->cls->methods || as_instance(value));
}

Value try_method(Vm& vm, const Value& self, std::string_view prefix, std::string_view name,
                 const Value& other) {
    if (!has_methods(self)) return Value::not_implemented();
    bool found = false;
    const Value result = call_special(vm, self, cat("__", prefix, name, "__"), {other}, found);
    return found ? result : Value::not_implemented();
}

Value with_unknown(Vm& vm, BinaryOp op, const Value& a, const Value& b) {
    const Unknown* left = as_unknown(a);
    const Unknown* right = as_unknown(b);
    const Class* str = vm.types().str;
    const auto may_be_text = [&](const Value& value, const Unknown* unknown) {
        return as_str(value) || (unknown && (!unknown->shape || unknown->shape == str));
    };
    if (op == BinaryOp::Add && may_be_text(a, left) && may_be_text(b, right) &&
        (as_str(a) || as_str(b) || (left && right && left->shape == str && right->shape == str))) {
        TextBuilder builder;
        builder.add(a);
        builder.add(b);
        return builder.str(vm);
    }
    if (op == BinaryOp::Modulo && as_str(a)) return percent_format(vm, a, b);
    Class* shape = nullptr;
    if (left && right && left->shape == right->shape) shape = left->shape;
    if (left && left->shape && vm.class_of(b) == left->shape) shape = left->shape;
    if (right && right->shape && vm.class_of(a) == right->shape) shape = right->shape;
    if (shape && !shape->methods) shape = nullptr;
    return derived_unknown(vm, cat(label_of(vm, a), " ", row_of(op).symbol, " ", label_of(vm, b)),
                           a, b, shape);
}

Value unsupported(Vm& vm, BinaryOp op, const Value& a, const Value& b, bool in_place) {
    const std::string_view left = type_name(vm, a);
    const std::string_view right = type_name(vm, b);
    if (op == BinaryOp::Add) {
        if (as_str(a) || as_list(a) || as_tuple(a)) {
            return type_error(
                vm, cat("can only concatenate ", left, " (not \"", right, "\") to ", left));
        }
        if (as_bytes(a)) return type_error(vm, cat("can't concat ", right, " to ", left));
    }
    if (op == BinaryOp::Multiply) {
        const auto is_sequence = [](const Value& value) {
            return as_str(value) || as_bytes(value) || sequence_items(value);
        };
        if (is_sequence(a)) {
            return type_error(vm, cat("can't multiply sequence by non-int of type '", right, "'"));
        }
        if (is_sequence(b)) {
            return type_error(vm, cat("can't multiply sequence by non-int of type '", left, "'"));
        }
    }
    return type_error(vm, cat("unsupported operand type(s) for ", row_of(op).symbol,
                              in_place                ? "="
                              : op == BinaryOp::Power ? " or pow()"
                                                      : "",
                              ": '", left, "' and '", right, "'"));
}

}  // namespace

Value binary_operation(Vm& vm, BinaryOp op, const Value& first, const Value& second,
                       bool in_place) {
    if (!first || !second) return {};
    if (is_number(first) && is_number(second)) {
        const Value result = arithmetic(vm, op, first, second);
        if (result.tag != Tag::NotImplemented) return result;
        return unsupported(vm, op, first, second, in_place);
    }
    const char* const name = row_of(op).name;
    Value result = Value::not_implemented();
    const auto done = [&result] { return result.tag != Tag::NotImplemented; };
    if (in_place) {
        result = try_method(vm, first, "i", name, second);
        if (done()) return result;
    }
    const Class* left = vm.class_of(first);
    const Class* right = vm.class_of(second);
    const bool right_first = left != right && right->derives_from(left) && has_methods(second);
    if (right_first) {
        result = try_method(vm, second, "r", name, first);
        if (done()) return result;
    }
    result = try_method(vm, first, "", name, second);
    if (done()) return result;
    const Value a = unboxed(first);
    const Value b = unboxed(second);
    if (is_number(a) && is_number(b)) {
        result = arithmetic(vm, op, a, b);
    } else if (!as_unknown(a) && !as_unknown(b)) {
        result = container_operation(vm, op, a, b, in_place);
    }
    if (done()) return result;
    if (left != right && !right_first) {
        result = try_method(vm, second, "r", name, first);
        if (done()) return result;
    }
    if (as_unknown(a) || as_unknown(b)) return with_unknown(vm, op, a, b);
    if (op == BinaryOp::BitOr && (is_type_like(a) || is_type_like(b)) &&
        (is_type_like(a) || a.is_none()) && (is_type_like(b) || b.is_none())) {
        return make_union(vm, {a, b});
    }
    return unsupported(vm, op, first, second, in_place);
}

Value Vm::binary(std::string_view op, const Value& a, const Value& b) {
    const bool in_place = op.size() > 1 && op.back() == '=';
    if (in_place) op.remove_suffix(1);
    for (std::size_t i = 0; i < std::size(kOperators); ++i) {
        if (op == kOperators[i].symbol) {
            return binary_operation(*this, static_cast<BinaryOp>(i), a, b, in_place);
        }
    }
    const bool is_an_operator_of_python = false;
    WH_CHECK(is_an_operator_of_python);
    return {};
}

// -- comparisons
// -----------------------------------------------------------------------------------

namespace {

constexpr OperatorRow kComparisons[] = {{"==", "__eq__"}, {"!=", "__ne__"}, {"<", "__lt__"},
                                        {"<=", "__le__"}, {">", "__gt__"},  {">=", "__ge__"}};

CompareOp swapped(CompareOp op) {
    switch (op) {
        case CompareOp::Less:
            return CompareOp::Greater;
        case CompareOp::LessEqual:
            return CompareOp::GreaterEqual;
        case CompareOp::Greater:
            return CompareOp::Less;
        case CompareOp::GreaterEqual:
            return CompareOp::LessEqual;
        case CompareOp::Equal:
        case CompareOp::NotEqual:
        case CompareOp::Is:
        case CompareOp::IsNot:
        case CompareOp::In:
        case CompareOp::NotIn:
            return op;
    }
    return op;
}

Value try_compare(Vm& vm, CompareOp op, const Value& self, const Value& other) {
    if (!has_methods(self)) return Value::not_implemented();
    bool found = false;
    const char* const name = kComparisons[static_cast<std::size_t>(op)].name;
    Value result = call_special(vm, self, name, {other}, found);
    if (found) return result;
    if (op != CompareOp::NotEqual) return Value::not_implemented();
    result = call_special(vm, self, "__eq__", {other}, found);  // object.__ne__ turns it round
    if (!found || !result || result.tag == Tag::NotImplemented) {
        return found ? result : Value::not_implemented();
    }
    return unary_operation(vm, syntax::UnaryOp::Not, result);
}

Value negated(Vm& vm, const Value& value, bool negate) {
    return negate && value ? unary_operation(vm, syntax::UnaryOp::Not, value) : value;
}

}  // namespace

Value compare_operation(Vm& vm, CompareOp op, const Value& a, const Value& b) {
    if (!a || !b) return {};
    if (op == CompareOp::Is || op == CompareOp::IsNot) {
        const bool negate = op == CompareOp::IsNot;
        if (same_object(a, b)) return Value::of(!negate);
        const Unknown* left = as_unknown(a);
        const Unknown* right = as_unknown(b);
        if (!left && !right) return Value::of(negate);
        // Something of a known class is not None, True is a bool and so on.
        const Value& other = left ? b : a;
        const Class* shape = left ? left->shape : right->shape;
        if (shape && !(left && right) && !vm.class_of(other)->derives_from(shape)) {
            return Value::of(negate);
        }
        return unknown_bool(vm, cat(label_of(vm, a), negate ? " is not " : " is ", label_of(vm, b)),
                            a, b);
    }
    if (op == CompareOp::In || op == CompareOp::NotIn) {
        return negated(vm, contains_value(vm, b, a), op == CompareOp::NotIn);
    }
    Value result = Value::not_implemented();
    const auto done = [&result] { return result.tag != Tag::NotImplemented; };
    const Class* left = vm.class_of(a);
    const Class* right = vm.class_of(b);
    const bool right_first = left != right && right->derives_from(left) && has_methods(b);
    if (right_first) {
        result = try_compare(vm, swapped(op), b, a);
        if (done()) return result;
    }
    result = try_compare(vm, op, a, b);
    if (done()) return result;
    result = builtin_compare(vm, op, unboxed(a), unboxed(b));
    if (done()) return result;
    if (!right_first) {
        result = try_compare(vm, swapped(op), b, a);
        if (done()) return result;
    }
    const char* const symbol = kComparisons[static_cast<std::size_t>(op)].symbol;
    // Two texts that were not compared differ, if at all, behind a placeholder.
    if (as_unknown(a) || as_unknown(b) || (as_str(a) && as_str(b)) ||
        (as_bytes(a) && as_bytes(b))) {
        if (same_object(a, b) && op == CompareOp::Equal) return Value::of(true);
        const Value truth =
            unknown_bool(vm, cat(label_of(vm, a), " ", symbol, " ", label_of(vm, b)), a, b);
        const int narrows = op == CompareOp::Equal ? 1 : op == CompareOp::NotEqual ? -1 : 0;
        const bool of_caller = trust::comes_from(a.origin, trust::OriginKind::CallerInput);
        return narrowing(truth, of_caller ? b : a, narrows);
    }
    if (op == CompareOp::Equal) return Value::of(same_object(a, b));
    if (op == CompareOp::NotEqual) return Value::of(!same_object(a, b));
    return type_error(vm, cat("'", symbol, "' not supported between instances of '",
                              type_name(vm, a), "' and '", type_name(vm, b), "'"));
}

static bool decided(Vm& vm, const Value& result, bool& out) {
    return result && vm.truth(result, out);
}

bool Vm::equal(const Value& a, const Value& b, bool& out) {
    if (same_object(a, b) && !a.is_float()) {
        out = true;
        return true;
    }
    return decided(*this, compare_operation(*this, CompareOp::Equal, a, b), out);
}

bool Vm::less(const Value& a, const Value& b, bool& out) {
    return decided(*this, compare_operation(*this, CompareOp::Less, a, b), out);
}

bool Vm::contains(const Value& container, const Value& item, bool& out) {
    return decided(*this, contains_value(*this, container, item), out);
}

}  // namespace wh::program
