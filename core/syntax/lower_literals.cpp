#include "syntax/lower.h"

namespace wh::syntax {

// The parts of an f-string; neighbouring literals are joined.
struct Lowering::Pieces {
    std::vector<Expr*> parts;
    bool joinable = false;  // the last part is a literal
};

Expr* Lowering::number(NodeId id) {
    Expr* made = make(ExprKind::IntLiteral, span(id));
    if (const char* problem = decode_number(text(id), *made)) report(span(id), problem);
    return made;
}

Expr* Lowering::string(NodeId id) {
    Pieces pieces;
    bool bytes = false;
    bool text = false;
    bool formatted = false;
    if (kind(id) == Kind::String) {
        one_string(id, pieces, bytes, text);
    } else {
        for (const NodeId part : children(id)) {
            if (kind(part) == Kind::String) one_string(part, pieces, bytes, text);
        }
    }
    if (bytes && text) report(span(id), "cannot mix bytes and nonbytes literals");
    for (const Expr* part : pieces.parts) {
        formatted = formatted || part->kind == ExprKind::FormattedValue;
    }
    if (formatted) {
        Expr* made = make(ExprKind::JoinedString, span(id));
        made->items = std::move(pieces.parts);
        return made;
    }
    Expr* made = pieces.parts.empty() ? make(ExprKind::StringLiteral, span(id)) : pieces.parts[0];
    made->kind = bytes ? ExprKind::BytesLiteral : ExprKind::StringLiteral;
    made->span = span(id);
    return made;
}

void Lowering::literal_piece(std::uint32_t begin, std::uint32_t end, StringPrefix prefix,
                             Pieces& out) {
    if (begin >= end) return;
    if (out.joinable) {
        out.parts.back()->span.end = end;
    } else {
        out.parts.push_back(make(ExprKind::StringLiteral, {tree_.file, begin, end}));
        out.joinable = true;
    }
    const EscapeError error =
        decode_string(text_.substr(begin, end - begin), prefix, out.parts.back()->text);
    if (error.message == nullptr) return;
    report({tree_.file, begin + static_cast<std::uint32_t>(error.begin),
            begin + static_cast<std::uint32_t>(error.end)},
           error.message);
}

void Lowering::one_string(NodeId id, Pieces& out, bool& bytes, bool& text_seen) {
    std::uint32_t piece = at(id).begin;
    std::uint32_t end = at(id).end;
    StringPrefix prefix;
    for (const NodeId part : children(id)) {
        if (kind(part) == Kind::StringStart) {
            std::string_view start = text(part);
            start = start.substr(0, start.find_first_of("'\"`"));
            if (!read_prefix(start, prefix)) report(span(part), "invalid syntax");
            piece = at(part).end;
        } else if (kind(part) == Kind::StringEnd) {
            end = at(part).begin;
        }
    }
    (prefix.bytes ? bytes : text_seen) = true;
    for (const NodeId part : children(id)) {
        if (kind(part) != Kind::Interpolation) continue;
        literal_piece(piece, at(part).begin, prefix, out);
        interpolation(part, prefix, out);
        piece = at(part).end;
    }
    literal_piece(piece, end, prefix, out);
}

void Lowering::interpolation(NodeId id, StringPrefix prefix, Pieces& out) {
    Expr* made = make(ExprKind::FormattedValue, span(id));
    NodeId equals = kNoNode;
    NodeId after = kNoNode;
    for (const NodeId part : children(id)) {
        if (equals != kNoNode && after == kNoNode) after = part;
        if (is_token(part, "=")) equals = part;
        if (kind(part) == Kind::TypeConversion && at(part).end - at(part).begin == 2) {
            made->conversion = text(part)[1];
        }
        if (kind(part) == Kind::FormatSpecifier) made->format_spec = format_spec(part, prefix);
    }
    if (made->conversion != 0 &&
        std::string_view("sra").find(made->conversion) == std::string_view::npos) {
        report(made->span, std::string("f-string: invalid conversion character '") +
                               made->conversion + "': expected 's', 'r', or 'a'");
    }
    if (equals != kNoNode) {
        // f"{x = }" shows its own text, blanks included, and repr() unless told otherwise.
        const std::uint32_t end = after == kNoNode ? at(equals).end : at(after).begin;
        literal_piece(at(id).begin + 1, end, StringPrefix{true, false, false}, out);
        if (made->conversion == 0 && made->format_spec == nullptr) made->conversion = 'r';
    }
    const NodeId value = field(id, Field::Expression);
    made->value = value == kNoNode ? make(ExprKind::Error, made->span) : expr(value);
    out.parts.push_back(made);
    out.joinable = false;
}

Expr* Lowering::format_spec(NodeId id, StringPrefix prefix) {
    Expr* made = make(ExprKind::JoinedString, span(id));
    if (!enter(made->span)) return made;
    prefix.formatted = false;  // {{ is no brace here
    Pieces pieces;
    std::uint32_t piece = at(id).begin + 1;
    for (const NodeId part : children(id)) {
        if (kind(part) != Kind::FormatExpression) continue;
        literal_piece(piece, at(part).begin, prefix, pieces);
        interpolation(part, prefix, pieces);
        piece = at(part).end;
    }
    literal_piece(piece, at(id).end, prefix, pieces);
    made->items = std::move(pieces.parts);
    leave();
    return made;
}

}  // namespace wh::syntax
