#include "base/limits.h"
#include "syntax/lower.h"

namespace wh::syntax {

NodeId Lowering::field(NodeId parent, Field wanted) const {
    for (const NodeId id : children(parent)) {
        if (at(id).field == wanted && is_node(id)) return id;
    }
    return kNoNode;
}

NodeId Lowering::child(NodeId parent, Kind wanted) const {
    for (const NodeId id : children(parent)) {
        if (kind(id) == wanted) return id;
    }
    return kNoNode;
}

NodeId Lowering::first_node(NodeId parent) const {
    for (const NodeId id : children(parent)) {
        if (is_node(id)) return id;
    }
    return kNoNode;
}

bool Lowering::has_token(NodeId parent, std::string_view token) const {
    for (const NodeId id : children(parent)) {
        if (is_token(id, token)) return true;
    }
    return false;
}

Expr* Lowering::make(ExprKind kind, Span span) {
    Expr& made = tree_.exprs.emplace_back();
    made.kind = kind;
    made.span = span;
    return &made;
}

Expr* Lowering::name_expr(std::string_view name, Span span) {
    Expr* made = make(ExprKind::Name, span);
    made->text = name;
    return made;
}

// Of each kind: far more than finish_diagnostics() keeps.
static constexpr int kReportsMax = 100;

void Lowering::report(Span span, std::string message) {
    if (reports_++ >= kReportsMax) return;
    tree_.diagnostics.push_back({Severity::Error, "syntax-error", std::move(message), span});
}

bool Lowering::enter(Span span) {
    return enter_many(span, 1);
}

// For what makes a chain of `levels` nodes at once.
bool Lowering::enter_many(Span span, std::size_t levels) {
    const auto limit = static_cast<std::size_t>(limits::kTreeDepthMax);
    if (static_cast<std::size_t>(depth_) + levels > limit) {
        if (!too_deep_) report(span, "too deeply nested");
        too_deep_ = true;
        return false;
    }
    depth_ += static_cast<int>(levels);
    return true;
}

Expr* Lowering::expr(NodeId id) {
    if (id == kNoNode) return make(ExprKind::Error, {tree_.file, 0, 0});
    if (at(id).missing || !enter(span(id))) return make(ExprKind::Error, span(id));
    Expr* made = expr_inner(id);
    leave();
    return made;
}

Expr* Lowering::first_expr(NodeId parent) {
    const NodeId id = first_node(parent);
    if (id != kNoNode) return expr(id);
    return make(ExprKind::Error, {tree_.file, at(parent).begin, at(parent).begin});
}

Expr* Lowering::expr_inner(NodeId id) {
    const Span where = span(id);
    const auto literal = [&](ExprKind literal_kind) { return make(literal_kind, where); };
    switch (kind(id)) {
        case Kind::Identifier:
            return name_expr(text(id), where);
        case Kind::DottedName:
            return dotted_name(id);
        case Kind::None:
            return literal(ExprKind::NoneLiteral);
        case Kind::True:
        case Kind::False: {
            Expr* made = literal(ExprKind::BoolLiteral);
            made->boolean = kind(id) == Kind::True;
            return made;
        }
        case Kind::Ellipsis:
            return literal(ExprKind::EllipsisLiteral);
        case Kind::Integer:
        case Kind::Float:
            return number(id);
        case Kind::String:
        case Kind::ConcatenatedString:
            return string(id);
        case Kind::ParenthesizedExpression:
        case Kind::Type:
        case Kind::AsPatternTarget:
            return first_expr(id);
        case Kind::List:
        case Kind::ListPattern:
            return collection(id, ExprKind::List);
        case Kind::Tuple:
        case Kind::ExpressionList:
        case Kind::PatternList:
            return collection(id, ExprKind::Tuple);
        case Kind::TuplePattern: {
            // `for (x) in y`: parentheses without a comma are only parentheses.
            Expr* made = collection(id, ExprKind::Tuple);
            return made->items.size() == 1 && !has_token(id, ",") ? made->items[0] : made;
        }
        case Kind::Set:
            return collection(id, ExprKind::Set);
        case Kind::Dictionary:
            return dictionary(id);
        case Kind::ListComprehension:
            return comprehension(id, ExprKind::ListComprehension);
        case Kind::SetComprehension:
            return comprehension(id, ExprKind::SetComprehension);
        case Kind::GeneratorExpression:
            return comprehension(id, ExprKind::GeneratorExpression);
        case Kind::DictionaryComprehension:
            return comprehension(id, ExprKind::DictComprehension);
        case Kind::UnaryOperator:
        case Kind::NotOperator: {
            Expr* made = make(ExprKind::Unary, where);
            const char op = at(id).begin < text_.size() ? text_[at(id).begin] : ' ';
            made->unary_op = op == '-'   ? UnaryOp::Negate
                             : op == '+' ? UnaryOp::Plus
                             : op == '~' ? UnaryOp::Invert
                                         : UnaryOp::Not;
            const NodeId operand = field(id, Field::Argument);
            made->value = expr(operand);
            if (op == '*') made->kind = ExprKind::Starred;  // see Scanner::star_of_display
            return made;
        }
        case Kind::BinaryOperator:
            return binary(id);
        case Kind::UnionType:
            return union_type(id);
        case Kind::BooleanOperator:
            return bool_op(id);
        case Kind::ComparisonOperator:
            return compare(id);
        case Kind::Attribute: {
            Expr* made = make(ExprKind::Attribute, where);
            const NodeId object = field(id, Field::Object);
            made->text = text(field(id, Field::Attribute));
            made->value = expr(object);
            return lift_star(made, &Expr::value, object);
        }
        case Kind::MemberType: {
            Expr* made = make(ExprKind::Attribute, where);
            made->value = first_expr(id);
            const NodeId name = child(id, Kind::Identifier);
            if (name != kNoNode) made->text = text(name);
            return made;
        }
        case Kind::Subscript:
            return subscript(id);
        case Kind::GenericType:
            return generic_type(id);
        case Kind::Slice:
        case Kind::ConstrainedType:
            return slice(id);
        case Kind::Call:
            return call(id);
        case Kind::Lambda:
            return lambda(id);
        case Kind::ConditionalExpression: {
            Expr* made = make(ExprKind::Conditional, where);
            Expr** parts[] = {&made->value, &made->test, &made->alternative};
            std::size_t count = 0;
            for (const NodeId part : children(id)) {
                if (is_node(part) && count < 3) *parts[count++] = expr(part);
            }
            while (count < 3) *parts[count++] = make(ExprKind::Error, where);
            return made;
        }
        case Kind::NamedExpression: {
            Expr* made = make(ExprKind::NamedExpr, where);
            made->text = text(field(id, Field::Name));
            made->value = expr(field(id, Field::Value));
            return made;
        }
        case Kind::Await: {
            Expr* made = make(ExprKind::Await, where);
            made->value = first_expr(id);
            Expr* power = made->value;
            if (power->kind != ExprKind::Binary || kind(first_node(id)) != Kind::BinaryOperator) {
                return made;
            }
            // The grammar reads `await a ** b` as await (a ** b); in Python await binds tighter.
            made->value = power->left;
            made->span.end = power->left->span.end;
            power->span.begin = where.begin;
            power->left = made;
            return power;
        }
        case Kind::Yield: {
            Expr* made = make(has_token(id, "from") ? ExprKind::YieldFrom : ExprKind::Yield, where);
            if (made->kind == ExprKind::YieldFrom || first_node(id) != kNoNode) {
                made->value = first_expr(id);
            }
            return made;
        }
        case Kind::ListSplat:
        case Kind::ListSplatPattern:
        case Kind::SplatType: {
            Expr* made = make(ExprKind::Starred, where);
            made->value = first_expr(id);
            return made;
        }
        case Kind::AsPattern:
            report(where, "invalid syntax");
            return first_expr(id);
        default:
            return make(ExprKind::Error, where);
    }
}

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

Expr* Lowering::collection(NodeId id, ExprKind collection_kind) {
    Expr* made = make(collection_kind, span(id));
    for (const NodeId item : children(id)) {
        if (is_node(item)) made->items.push_back(expr(item));
    }
    return made;
}

Expr* Lowering::unparenthesised(NodeId parent) {
    if (!has_token(parent, ",")) return first_expr(parent);
    return collection(parent, ExprKind::Tuple);
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

void Lowering::arguments(NodeId id, std::vector<Argument>& out) {
    const auto add = [&](Argument::Kind argument_kind, Expr* value, NodeId whole) {
        Argument argument;
        argument.kind = argument_kind;
        argument.value = value;
        argument.span = span(whole);
        out.push_back(std::move(argument));
    };
    if (id == kNoNode) return;
    if (kind(id) == Kind::GeneratorExpression) {
        add(Argument::Kind::Positional, expr(id), id);
        return;
    }
    bool keyword_seen = false;
    for (const NodeId part : children(id)) {
        if (!is_node(part)) continue;
        switch (kind(part)) {
            case Kind::KeywordArgument:
                add(Argument::Kind::Keyword, expr(field(part, Field::Value)), part);
                out.back().name = text(field(part, Field::Name));
                keyword_seen = true;
                break;
            case Kind::DictionarySplat:
                add(Argument::Kind::DoubleStar, first_expr(part), part);
                break;
            default: {
                Expr* value = expr(part);
                if (value->kind == ExprKind::Starred &&
                    kind(part) != Kind::ParenthesizedExpression) {
                    add(Argument::Kind::Star, value->value, part);
                    break;
                }
                if (keyword_seen)
                    report(span(part), "positional argument follows keyword argument");
                add(Argument::Kind::Positional, value, part);
            }
        }
    }
}

Expr* Lowering::call(NodeId id) {
    Expr* made = make(ExprKind::Call, span(id));
    const NodeId function_id = field(id, Field::Function);
    made->value = expr(function_id);
    arguments(field(id, Field::Arguments), made->arguments);
    return lift_star(made, &Expr::value, function_id);
}

Expr* Lowering::subscript(NodeId id) {
    Expr* made = make(ExprKind::Subscript, span(id));
    const NodeId value = field(id, Field::Value);
    made->value = expr(value);
    Expr* indices = nullptr;
    bool comma = false;
    for (const NodeId part : children(id)) {
        if (is_token(part, ",")) {
            comma = true;
            if (indices != nullptr) indices->span.end = at(part).end;
        }
        if (at(part).field != Field::Subscript || !is_node(part)) continue;
        if (indices == nullptr) indices = make(ExprKind::Tuple, span(part));
        indices->items.push_back(expr(part));
        indices->span.end = at(part).end;
    }
    if (indices == nullptr) {
        made->index = make(ExprKind::Error, made->span);
    } else {
        // a[*b] is a[(*b,)].
        const bool tuple = comma || indices->items[0]->kind == ExprKind::Starred;
        made->index = tuple ? indices : indices->items[0];
    }
    return lift_star(made, &Expr::value, value);
}

// Also constrained_type: what a slice in an annotation is taken for.
Expr* Lowering::slice(NodeId id) {
    Expr* made = make(ExprKind::Slice, span(id));
    Expr** parts[] = {&made->lower, &made->upper, &made->step};
    std::size_t part = 0;
    for (const NodeId piece : children(id)) {
        if (is_token(piece, ":")) {
            if (part < 2) ++part;
        } else if (is_node(piece)) {
            *parts[part] = expr(piece);
        }
    }
    return made;
}

// List[int] in an annotation.
Expr* Lowering::generic_type(NodeId id) {
    Expr* made = make(ExprKind::Subscript, span(id));
    made->value = first_expr(id);
    const NodeId brackets = child(id, Kind::TypeParameter);
    if (brackets == kNoNode) {
        made->index = make(ExprKind::Error, made->span);
        return made;
    }
    Expr* index = collection(brackets, ExprKind::Tuple);
    bool comma = false;
    for (const NodeId part : children(brackets)) {
        if (is_token(part, "]") || is_token(part, "[")) continue;
        comma = comma || is_token(part, ",");
        index->span.end = at(part).end;
    }
    if (!index->items.empty()) index->span.begin = index->items[0]->span.begin;
    const bool single =
        !comma && index->items.size() == 1 && index->items[0]->kind != ExprKind::Starred;
    made->index = single ? index->items[0] : index;
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

Expr* Lowering::dictionary(NodeId id) {
    Expr* made = make(ExprKind::Dict, span(id));
    for (const NodeId part : children(id)) {
        if (kind(part) == Kind::Pair) {
            made->keys.push_back(expr(field(part, Field::Key)));
            made->items.push_back(expr(field(part, Field::Value)));
        } else if (kind(part) == Kind::DictionarySplat) {
            made->keys.push_back(nullptr);
            made->items.push_back(first_expr(part));
        }
    }
    return made;
}

Expr* Lowering::comprehension(NodeId id, ExprKind comprehension_kind) {
    Expr* made = make(comprehension_kind, span(id));
    for (const NodeId part : children(id)) {
        if (kind(part) == Kind::ForInClause) {
            ComprehensionClause clause;
            clause.is_async = has_token(part, "async");
            clause.target = expr(field(part, Field::Left));
            clause.iterable = expr(field(part, Field::Right));
            made->clauses.push_back(std::move(clause));
        } else if (kind(part) == Kind::IfClause) {
            if (!made->clauses.empty()) made->clauses.back().conditions.push_back(first_expr(part));
        } else if (kind(part) == Kind::Pair && comprehension_kind == ExprKind::DictComprehension) {
            made->key = expr(field(part, Field::Key));
            made->value = expr(field(part, Field::Value));
        } else if (at(part).field == Field::Body && is_node(part)) {
            made->value = expr(part);
        }
    }
    if (made->value == nullptr) made->value = make(ExprKind::Error, made->span);
    if (made->key == nullptr && comprehension_kind == ExprKind::DictComprehension) {
        made->key = make(ExprKind::Error, made->span);
    }
    return made;
}

Expr* Lowering::lambda(NodeId id) {
    Expr* made = make(ExprKind::Lambda, span(id));
    const NodeId list = field(id, Field::Parameters);
    if (list != kNoNode) parameters(list, made->parameters);
    made->value = expr(field(id, Field::Body));
    return made;
}

Expr* Lowering::dotted_name(NodeId id) {
    Expr* made = nullptr;
    int levels = 0;
    for (const NodeId part : children(id)) {
        if (kind(part) != Kind::Identifier) continue;
        if (!enter(span(id))) break;
        ++levels;
        if (made == nullptr) {
            made = name_expr(text(part), span(part));
            continue;
        }
        Expr* attribute = make(ExprKind::Attribute, {tree_.file, at(id).begin, at(part).end});
        attribute->value = made;
        attribute->text = text(part);
        made = attribute;
    }
    depth_ -= levels;
    return made != nullptr ? made : make(ExprKind::Error, span(id));
}

void Lowering::parameter(NodeId id, Parameter& out) {
    const auto starred = [&](NodeId node) {
        if (kind(node) == Kind::ListSplatPattern) out.kind = Parameter::Kind::Star;
        if (kind(node) == Kind::DictionarySplatPattern) out.kind = Parameter::Kind::DoubleStar;
        const NodeId name = kind(node) == Kind::Identifier ? node : child(node, Kind::Identifier);
        if (name != kNoNode) out.name = text(name);
    };
    out.span = span(id);
    switch (kind(id)) {
        case Kind::DefaultParameter:
        case Kind::TypedDefaultParameter:
            starred(field(id, Field::Name));
            out.default_value = expr(field(id, Field::Value));
            out.annotation = expr_or_null(field(id, Field::Type));
            break;
        case Kind::TypedParameter:
            starred(first_node(id));
            out.annotation = expr_or_null(field(id, Field::Type));
            break;
        default:
            starred(id);
    }
    if (out.name.empty()) report(out.span, "invalid syntax");  // def f((a, b)): of Python 2
}

void Lowering::parameters(NodeId id, std::vector<Parameter>& out) {
    bool keyword_only = false;
    bool default_seen = false;
    for (const NodeId part : children(id)) {
        if (kind(part) == Kind::PositionalSeparator) {
            for (Parameter& before : out) {
                if (before.kind == Parameter::Kind::Normal) {
                    before.kind = Parameter::Kind::PositionalOnly;
                }
            }
            continue;
        }
        if (kind(part) == Kind::KeywordSeparator) keyword_only = true;
        if (!is_node(part) || kind(part) == Kind::KeywordSeparator) continue;
        Parameter made;
        if (keyword_only) made.kind = Parameter::Kind::KeywordOnly;
        parameter(part, made);
        if (made.kind == Parameter::Kind::Star) keyword_only = true;
        if (made.kind == Parameter::Kind::Normal) {
            if (default_seen && made.default_value == nullptr) {
                report(made.span, "parameter without a default follows parameter with a default");
            }
            default_seen = default_seen || made.default_value != nullptr;
        }
        out.push_back(std::move(made));
    }
}

}  // namespace wh::syntax
