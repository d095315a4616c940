#include "syntax/lower.h"

namespace wh::syntax {

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

Expr* Lowering::lambda(NodeId id) {
    Expr* made = make(ExprKind::Lambda, span(id));
    const NodeId list = field(id, Field::Parameters);
    if (list != kNoNode) parameters(list, made->parameters);
    made->value = expr(field(id, Field::Body));
    return made;
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
