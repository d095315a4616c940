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
    int levels = 0;  // each clause is a loop in the one before
    for (const NodeId part : children(id)) {
        if (kind(part) == Kind::ForInClause) {
            if (!enter(span(part))) break;
            ++levels;
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
    depth_ -= levels;
    if (made->clauses.empty()) made->kind = ExprKind::Error;
    if (made->value == nullptr) made->value = make(ExprKind::Error, made->span);
    if (made->key == nullptr && comprehension_kind == ExprKind::DictComprehension) {
        made->key = make(ExprKind::Error, made->span);
    }
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

}  // namespace wh::syntax
