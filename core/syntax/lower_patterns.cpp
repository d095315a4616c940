#include "syntax/lower.h"

namespace wh::syntax {

Pattern* Lowering::make(PatternKind kind, Span span) {
    Pattern& made = tree_.patterns.emplace_back();
    made.kind = kind;
    made.span = span;
    return &made;
}

Pattern* Lowering::value_pattern(Expr* value) {
    const bool singleton =
        value->kind == ExprKind::NoneLiteral || value->kind == ExprKind::BoolLiteral;
    Pattern* made = make(singleton ? PatternKind::Singleton : PatternKind::Value, value->span);
    made->value = value;
    return made;
}

Stmt* Lowering::match(NodeId id) {
    Stmt* made = make(StmtKind::Match, span(id));
    const NodeId body = field(id, Field::Body);
    std::size_t subjects = 0;
    for (const NodeId part : children(id)) {
        if (at(part).field != Field::Subject || !is_node(part)) continue;
        Expr* subject = expr(part);
        if (++subjects == 1) {
            made->value = subject;
            if (!has_token(id, ",")) break;
            made->value = make(ExprKind::Tuple, subject->span);
        }
        made->value->items.push_back(subject);
        made->value->span.end = at(part).end;
    }
    if (made->value == nullptr) made->value = make(ExprKind::Error, made->span);
    if (body == kNoNode) return made;
    for (const NodeId clause : children(body)) {
        if (kind(clause) != Kind::CaseClause) continue;
        MatchCase one;
        one.pattern = sequence(clause, PatternKind::Or);
        const NodeId guard = field(clause, Field::Guard);
        if (guard != kNoNode) one.guard = first_expr(guard);
        one.body = block(field(clause, Field::Consequence));
        made->cases.push_back(std::move(one));
    }
    return made;
}

// The case_pattern children of a node: a Sequence, or just the one if there is no comma and `kind`
// is not Sequence (then brackets around it are only brackets).
Pattern* Lowering::sequence(NodeId id, PatternKind wanted) {
    Pattern* made = make(PatternKind::Sequence, span(id));
    bool comma = wanted == PatternKind::Sequence;
    Span inner = made->span;
    for (const NodeId part : children(id)) {
        if (is_token(part, ",")) comma = true;
        if (kind(part) != Kind::CasePattern) continue;
        if (made->patterns.empty()) inner.begin = at(part).begin;
        inner.end = at(part).end;
        made->patterns.push_back(case_pattern(part));
    }
    if (!comma && made->patterns.size() == 1 && made->patterns[0]->kind != PatternKind::Star) {
        return made->patterns[0];
    }
    if (kind(id) == Kind::CaseClause) made->span = inner;
    return made;
}

Pattern* Lowering::case_pattern(NodeId id) {
    NodeId first = at(id).first_child;
    while (first != kNoNode && kind(first) == Kind::Error) first = at(first).next;
    return first == kNoNode ? make(PatternKind::Capture, span(id)) : simple_pattern(first);
}

// An optional minus and a number, or a sum of a real and an imaginary one.
Expr* Lowering::number_pattern(NodeId& next) {
    Expr* made = nullptr;
    char op = 0;  // + or - between two numbers
    NodeId minus = kNoNode;
    for (; next != kNoNode; next = at(next).next) {
        if (is_token(next, "-") || is_token(next, "+")) {
            if (made != nullptr) {
                op = text(next)[0];
            } else {
                minus = next;
            }
            continue;
        }
        if (kind(next) != Kind::Integer && kind(next) != Kind::Float) break;
        Expr* one = number(next);
        if (made == nullptr) {
            made = one;
            if (minus == kNoNode) continue;
            made = make(ExprKind::Unary, {tree_.file, at(minus).begin, one->span.end});
            made->unary_op = UnaryOp::Negate;
            made->value = one;
        } else {
            Expr* sum = make(ExprKind::Binary, {tree_.file, made->span.begin, one->span.end});
            sum->binary_op = op == '-' ? BinaryOp::Subtract : BinaryOp::Add;
            sum->left = made;
            sum->right = one;
            made = sum;
        }
    }
    return made != nullptr ? made : make(ExprKind::Error, {tree_.file, 0, 0});
}

Pattern* Lowering::named_pattern(NodeId id) {
    Expr* name = dotted_name(id);
    if (name->kind != ExprKind::Name) return value_pattern(name);
    Pattern* made = make(PatternKind::Capture, name->span);
    if (name->text != "_") made->name = name->text;
    return made;
}

// Reads one pattern that starts at `next` and moves behind it. A pattern without node of its own is
// a list of siblings: `-1` is the token "-" and an integer.
Pattern* Lowering::simple_pattern(NodeId& next) {
    const NodeId id = next;
    if (!enter(span(id))) {
        next = at(id).next;
        return make(PatternKind::Capture, span(id));
    }
    Pattern* made = simple_pattern_inner(next);
    leave();
    return made;
}

Pattern* Lowering::simple_pattern_inner(NodeId& next) {
    const NodeId id = next;
    const Span where = span(id);
    if (is_token(id, "-") || kind(id) == Kind::Integer || kind(id) == Kind::Float) {
        Expr* value = number_pattern(next);
        return value_pattern(value);
    }
    next = at(id).next;
    switch (kind(id)) {
        case Kind::CasePattern:
            return case_pattern(id);
        case Kind::AsPattern: {
            Pattern* made = make(PatternKind::As, where);
            const NodeId inner = child(id, Kind::CasePattern);
            made->patterns.push_back(inner == kNoNode ? make(PatternKind::Capture, where)
                                                      : case_pattern(inner));
            const NodeId name = child(id, Kind::Identifier);
            made->name = text(name);
            return made;
        }
        case Kind::UnionPattern: {
            Pattern* made = make(PatternKind::Or, where);
            for (NodeId part = at(id).first_child; part != kNoNode;) {
                if (is_token(part, "|") || kind(part) == Kind::Error) {
                    part = at(part).next;
                    continue;
                }
                // (a | b) | c may be nested to the left.
                Pattern* one = simple_pattern(part);
                made->patterns.push_back(one);
            }
            return made;
        }
        case Kind::ListPattern:
            return sequence(id, PatternKind::Sequence);
        case Kind::TuplePattern:
            return sequence(id, PatternKind::Or);  // (x) is x
        case Kind::DictPattern:
            return mapping_pattern(id);
        case Kind::ClassPattern:
            return class_pattern(id);
        case Kind::SplatPattern: {
            Pattern* made = make(PatternKind::Star, where);
            const NodeId name = child(id, Kind::Identifier);
            if (name != kNoNode && text(name) != "_") made->name = text(name);
            return made;
        }
        case Kind::ComplexPattern: {
            NodeId part = at(id).first_child;
            return value_pattern(number_pattern(part));
        }
        case Kind::DottedName:
            return named_pattern(id);
        case Kind::String:
        case Kind::ConcatenatedString:
        case Kind::True:
        case Kind::False:
        case Kind::None:
            return value_pattern(expr(id));
        case Kind::Token:
            return make(PatternKind::Capture, where);  // _
        default:
            return value_pattern(make(ExprKind::Error, where));
    }
}

Pattern* Lowering::class_pattern(NodeId id) {
    Pattern* made = make(PatternKind::Class, span(id));
    const NodeId name = child(id, Kind::DottedName);
    made->value = name == kNoNode ? make(ExprKind::Error, made->span) : dotted_name(name);
    for (const NodeId part : children(id)) {
        if (kind(part) != Kind::CasePattern) continue;
        const NodeId keyword = child(part, Kind::KeywordPattern);
        if (keyword == kNoNode) {
            if (!made->keyword_names.empty()) {
                report(span(part), "positional patterns follow keyword patterns");
            }
            made->patterns.push_back(case_pattern(part));
            continue;
        }
        NodeId value = kNoNode;
        for (const NodeId piece : children(keyword)) {
            if (is_token(piece, "=")) value = at(piece).next;
        }
        made->keyword_names.emplace_back(text(child(keyword, Kind::Identifier)));
        made->keyword_patterns.push_back(value == kNoNode ? make(PatternKind::Capture, span(part))
                                                          : simple_pattern(value));
    }
    return made;
}

Pattern* Lowering::mapping_pattern(NodeId id) {
    Pattern* made = make(PatternKind::Mapping, span(id));
    for (NodeId part = at(id).first_child; part != kNoNode;) {
        if (kind(part) == Kind::SplatPattern) {
            made->name = text(child(part, Kind::Identifier));
        }
        if (kind(part) == Kind::SplatPattern || at(part).field != Field::Key) {
            part = at(part).next;
            continue;
        }
        Pattern* key = simple_pattern(part);
        while (part != kNoNode && at(part).field != Field::Value && !is_token(part, ",")) {
            part = at(part).next;
        }
        made->keys.push_back(key->value != nullptr ? key->value : make(ExprKind::Error, key->span));
        made->patterns.push_back(part != kNoNode && kind(part) == Kind::CasePattern
                                     ? simple_pattern(part)
                                     : make(PatternKind::Capture, key->span));
    }
    return made;
}

}  // namespace wh::syntax
