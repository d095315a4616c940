// Operators: where the grammar's reading of precedence differs from Python's, it is put right here.
#include "syntax/lower.h"

namespace wh::syntax {

// The grammar reads `*a.b(c)` at statement level as (*a).b(c) of sorts: the star belongs to the
// whole operand (starred_expression: '*' bitwise_or).
Expr* Lowering::lift_star(Expr* whole, Expr* Expr::*operand, NodeId operand_id) {
    Expr* star = whole->*operand;
    if (star->kind != ExprKind::Starred || kind(operand_id) == Kind::ParenthesizedExpression) {
        return whole;
    }
    whole->*operand = star->value;
    whole->span.begin = star->value->span.begin;
    star->value = whole;
    star->span.end = whole->span.end;
    return star;
}

static BinaryOp binary_op(std::string_view op) {
    constexpr std::pair<std::string_view, BinaryOp> kOps[] = {
        {"+", BinaryOp::Add},         {"-", BinaryOp::Subtract},       {"*", BinaryOp::Multiply},
        {"/", BinaryOp::Divide},      {"//", BinaryOp::FloorDivide},   {"%", BinaryOp::Modulo},
        {"**", BinaryOp::Power},      {"@", BinaryOp::MatrixMultiply}, {"<<", BinaryOp::ShiftLeft},
        {">>", BinaryOp::ShiftRight}, {"&", BinaryOp::BitAnd},         {"|", BinaryOp::BitOr},
        {"^", BinaryOp::BitXor},
    };
    for (const auto& [text, value] : kOps) {
        if (text == op) return value;
    }
    return BinaryOp::Add;
}

BinaryOp augmented_op(std::string_view op) {
    return binary_op(op.substr(0, op.size() - 1));
}

// The operands and operators, in order, of a chain of & and ^ without parentheses.
void Lowering::bit_chain(NodeId id, std::vector<NodeId>& out) {
    const bool in_chain =
        kind(id) == Kind::BinaryOperator && (has_token(id, "&") || has_token(id, "^"));
    if (!in_chain) out.push_back(id);
    if (!in_chain || !enter(span(id))) return;
    for (const NodeId part : children(id)) {
        if (kind(part) == Kind::Token) out.push_back(part);
        if (is_node(part)) bit_chain(part, out);
    }
    leave();
}

Expr* Lowering::binary(NodeId id) {
    if (has_token(id, "&") || has_token(id, "^")) {
        // The grammar lets ^ bind tighter than &; in Python it is the other way round.
        std::vector<NodeId> chain;
        bit_chain(id, chain);
        bool mixed = false;
        for (const NodeId part : chain) mixed = mixed || is_token(part, "^");
        if (mixed) return bit_operators(chain);
    }
    Expr* made = make(ExprKind::Binary, span(id));
    NodeId left = kNoNode;
    for (const NodeId part : children(id)) {
        if (kind(part) == Kind::Token) {
            made->binary_op = binary_op(text(part));
        } else if (is_node(part)) {
            if (left == kNoNode) {
                left = part;
                made->left = expr(part);
            } else {
                made->right = expr(part);
            }
        }
    }
    if (made->left == nullptr) made->left = make(ExprKind::Error, made->span);
    if (made->right == nullptr) made->right = make(ExprKind::Error, made->span);
    return left == kNoNode ? made : lift_star(made, &Expr::left, left);
}

Expr* Lowering::bit_operators(const std::vector<NodeId>& chain) {
    struct Side {
        Expr* value = nullptr;
        std::uint32_t begin = 0;  // with parentheses
        std::uint32_t end = 0;
    };
    Side whole;                                   // up to the last ^
    Side factor;                                  // joined by & since
    const std::size_t levels = chain.size() / 2;  // the first operand will be that deep
    if (chain.empty() || !enter_many(span(chain[0]), levels)) {
        return make(ExprKind::Error, {tree_.file, 0, 0});
    }
    const auto join = [&](Side& left, const Side& right, BinaryOp op) {
        if (left.value == nullptr) {
            left = right;
            return;
        }
        if (right.value == nullptr) return;
        Expr* made = make(ExprKind::Binary, {tree_.file, left.begin, right.end});
        made->binary_op = op;
        made->left = left.value;
        made->right = right.value;
        left.value = made;
        left.end = right.end;
    };
    for (const NodeId part : chain) {
        if (is_token(part, "^")) {
            join(whole, factor, BinaryOp::BitXor);
            factor = {};
        } else if (kind(part) != Kind::Token) {
            join(factor, {expr(part), at(part).begin, at(part).end}, BinaryOp::BitAnd);
        }
    }
    join(whole, factor, BinaryOp::BitXor);
    depth_ -= static_cast<int>(levels);
    return whole.value != nullptr ? whole.value : make(ExprKind::Error, {tree_.file, 0, 0});
}

Expr* Lowering::bool_op(NodeId id) {
    // a or b or c is nested to the left: made flat, as in CPython's grammar, without recursion.
    Expr* made = make(ExprKind::BoolOp, span(id));
    const auto is_or = [&](NodeId node) { return has_token(node, "or"); };
    made->is_or = is_or(id);
    std::vector<NodeId> rights;
    NodeId node = id;
    while (kind(node) == Kind::BooleanOperator && is_or(node) == made->is_or) {
        rights.push_back(field(node, Field::Right));
        node = field(node, Field::Left);
    }
    made->items.push_back(expr(node));
    for (auto right = rights.rbegin(); right != rights.rend(); ++right) {
        made->items.push_back(expr(*right));
    }
    return made;
}

static CompareOp compare_op(std::string_view op) {
    if (op == "==") return CompareOp::Equal;
    if (op == "<") return CompareOp::Less;
    if (op == "<=") return CompareOp::LessEqual;
    if (op == ">") return CompareOp::Greater;
    if (op == ">=") return CompareOp::GreaterEqual;
    if (op == "in") return CompareOp::In;
    if (op == "is") return CompareOp::Is;
    // "not in" and "is not" are one token each, with whatever blanks between the words.
    if (op.starts_with("not")) return CompareOp::NotIn;
    if (op.starts_with("is")) return CompareOp::IsNot;
    return CompareOp::NotEqual;
}

Expr* Lowering::compare(NodeId id) {
    Expr* made = make(ExprKind::Compare, span(id));
    for (const NodeId part : children(id)) {
        if (at(part).field == Field::Operators && kind(part) != Kind::Error) {
            if (text(part) == "<>") report(span(part), "invalid syntax");
            made->comparisons.push_back(compare_op(text(part)));
        } else if (is_node(part)) {
            if (made->left == nullptr) {
                made->left = expr(part);
            } else if (made->items.size() < made->comparisons.size()) {
                made->items.push_back(expr(part));
            }
        }
    }
    if (made->left == nullptr) made->left = make(ExprKind::Error, made->span);
    while (made->items.size() < made->comparisons.size()) {
        made->items.push_back(make(ExprKind::Error, made->span));
    }
    return made;
}

// A | B | C of types: nested this way or that, depending on what A, B and C are.
void Lowering::union_members(NodeId id, std::vector<NodeId>& out) {
    while (kind(id) == Kind::Type && first_node(id) != kNoNode) id = first_node(id);
    const bool is_union =
        kind(id) == Kind::UnionType || (kind(id) == Kind::BinaryOperator && has_token(id, "|"));
    if (!is_union) out.push_back(id);
    if (!is_union || !enter(span(id))) return;
    for (const NodeId part : children(id)) {
        if (is_node(part)) union_members(part, out);
    }
    leave();
}

Expr* Lowering::union_type(NodeId id) {
    std::vector<NodeId> members;
    union_members(id, members);
    if (members.empty() || !enter_many(span(id), members.size() - 1)) {
        return make(ExprKind::Error, span(id));
    }
    Expr* made = expr(members[0]);
    for (std::size_t i = 1; i < members.size(); ++i) {
        Expr* either = make(ExprKind::Binary, {tree_.file, at(id).begin, at(members[i]).end});
        either->binary_op = BinaryOp::BitOr;
        either->left = made;
        either->right = expr(members[i]);
        made = either;
    }
    depth_ -= static_cast<int>(members.size() - 1);
    return made;
}

}  // namespace wh::syntax
