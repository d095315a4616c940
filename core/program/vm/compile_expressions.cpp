#include "base/text.h"
#include "program/vm/compiler.h"

namespace wh::program {

using syntax::Argument;
using syntax::CompareOp;
using syntax::Expr;
using syntax::ExprKind;

void Compiler::literal(const Expr& node, trust::OriginKind kind, std::string_view name) {
    Constant made;
    made.text = node.text;
    made.real = node.real;
    made.origin = out_.origins.add(kind, node.span, std::string(name));
    using K = Constant::Kind;
    if (node.kind == ExprKind::BoolLiteral) {
        made.kind = K::Bool;
        made.integer = node.boolean;
    } else if (node.kind == ExprKind::IntLiteral) {
        made.kind = node.big ? K::BigInt : K::Int;
        made.integer = node.integer;
    } else if (node.kind == ExprKind::FloatLiteral) {
        made.kind = K::Float;
    } else if (node.kind == ExprKind::ComplexLiteral) {
        made.kind = K::Complex;
    } else if (node.kind == ExprKind::EllipsisLiteral) {
        made.kind = K::Ellipsis;
    } else if (node.kind == ExprKind::StringLiteral) {
        made.kind = K::Str;
    } else if (node.kind == ExprKind::BytesLiteral) {
        made.kind = K::Bytes;
    }
    constant(std::move(made));
}

void Compiler::expression(const Expr& node) {
    const AtSpan at(span_, node.span);
    switch (node.kind) {
        case ExprKind::Name:
            load_name(node.text);
            return;
        case ExprKind::NoneLiteral:
        case ExprKind::BoolLiteral:
        case ExprKind::IntLiteral:
        case ExprKind::FloatLiteral:
        case ExprKind::ComplexLiteral:
        case ExprKind::StringLiteral:
        case ExprKind::BytesLiteral:
        case ExprKind::EllipsisLiteral:
            literal(node, trust::OriginKind::Literal, {});
            return;
        case ExprKind::JoinedString:
            joined_string(node);
            return;
        case ExprKind::FormattedValue:
            formatted_value(node);
            return;
        case ExprKind::Attribute:
            expression(*node.value);
            emit(Op::LoadAttribute, name_index(node.text));
            return;
        case ExprKind::Subscript:
            expression(*node.value);
            expression(*node.index);
            emit(Op::GetItem);
            return;
        case ExprKind::Slice:
            for (const Expr* part : {node.lower, node.upper, node.step}) {
                if (part) {
                    expression(*part);
                } else {
                    load_none();
                }
            }
            emit(Op::BuildSlice);
            return;
        case ExprKind::Call:
            call(node);
            return;
        case ExprKind::Unary:
            expression(*node.value);
            emit(Op::Unary, static_cast<std::uint32_t>(node.unary_op));
            return;
        case ExprKind::Binary:
            expression(*node.left);
            expression(*node.right);
            emit(Op::Binary, static_cast<std::uint32_t>(node.binary_op));
            return;
        case ExprKind::BoolOp:
            bool_op(node);
            return;
        case ExprKind::Compare:
            compare(node);
            return;
        case ExprKind::Lambda:
            lambda(node);
            return;
        case ExprKind::Conditional: {
            Label otherwise, end;
            jump_if(*node.test, otherwise, false);
            mark(node.value->span);
            expression(*node.value);
            jump(Op::Jump, end);
            place(otherwise);
            mark(node.alternative->span);
            expression(*node.alternative);
            place(end);
            return;
        }
        case ExprKind::List:
            items(node.items, Op::BuildList, Op::ListAppend, Op::ListExtend);
            return;
        case ExprKind::Tuple:
            items(node.items, Op::BuildTuple, Op::ListAppend, Op::ListExtend);
            return;
        case ExprKind::Set:
            items(node.items, Op::BuildSet, Op::SetAdd, Op::SetUpdate);
            return;
        case ExprKind::Dict:
            dict(node);
            return;
        case ExprKind::ListComprehension:
        case ExprKind::SetComprehension:
        case ExprKind::GeneratorExpression:
        case ExprKind::DictComprehension:
            comprehension(node);
            return;
        case ExprKind::Await:
            expression(*node.value);
            emit(Op::GetAwaitable);
            await_top();
            return;
        case ExprKind::Yield:
            if (node.value) {
                expression(*node.value);
            } else {
                load_none();
            }
            emit(Op::Yield, unit_->code->is_async_generator ? 2 : 0);
            return;
        case ExprKind::YieldFrom:
            expression(*node.value);
            emit(Op::GetYieldFrom);
            await_top();
            return;
        case ExprKind::NamedExpr:
            expression(*node.value);
            emit(Op::Copy, 1);
            store_name(node.text);
            return;
        case ExprKind::Starred:  // only where items() did not take it: an error in Python too
            emit(Op::SyntaxError, 0);
            return;
        case ExprKind::Error:
            break;
    }
    Constant message;
    message.kind = Constant::Kind::Str;
    message.text = "invalid syntax";
    unit_->code->constants.push_back(message);
    emit(Op::SyntaxError, static_cast<std::uint32_t>(unit_->code->constants.size() - 1));
}

// iterator -> result: sends None until it is finished; what it yields goes to whoever resumes us.
void Compiler::await_top() {
    Label again, end;
    load_none();
    place(again);
    jump(Op::Send, end);
    emit(Op::Yield, 1);
    jump(Op::Jump, again);
    place(end);
}

void Compiler::items(const std::vector<Expr*>& nodes, Op build, Op append, Op extend) {
    std::size_t plain = 0;
    while (plain < nodes.size() && nodes[plain]->kind != ExprKind::Starred) ++plain;
    for (std::size_t i = 0; i < plain; ++i) expression(*nodes[i]);
    const auto count = static_cast<std::uint32_t>(plain);
    if (plain == nodes.size()) {
        emit(build, count);
        return;
    }
    emit(build == Op::BuildTuple ? Op::BuildList : build, count);
    for (std::size_t i = plain; i < nodes.size(); ++i) {
        if (nodes[i]->kind == ExprKind::Starred) {
            expression(*nodes[i]->value);
            emit(extend);
        } else {
            expression(*nodes[i]);
            emit(append, 1);
        }
    }
    if (build == Op::BuildTuple) emit(Op::ListToTuple);
}

void Compiler::dict(const Expr& node) {
    std::size_t plain = 0;
    while (plain < node.keys.size() && node.keys[plain]) ++plain;
    for (std::size_t i = 0; i < plain; ++i) {
        expression(*node.keys[i]);
        expression(*node.items[i]);
    }
    emit(Op::BuildDict, static_cast<std::uint32_t>(plain));
    for (std::size_t i = plain; i < node.keys.size(); ++i) {
        if (node.keys[i]) expression(*node.keys[i]);
        expression(*node.items[i]);
        emit(node.keys[i] ? Op::DictAdd : Op::DictUpdate, 1);
    }
}

bool Compiler::call_arguments(const std::vector<Argument>& arguments, bool always_star,
                              CallSite& site) {
    bool star = always_star;
    for (const Argument& each : arguments) {
        if (each.kind == Argument::Kind::Star || each.kind == Argument::Kind::DoubleStar) {
            star = true;
        }
        if (each.kind == Argument::Kind::Star) site.has_star = true;
        if (each.kind == Argument::Kind::Positional || each.kind == Argument::Kind::Star) {
            site.positional.push_back(each.span);
        } else if (each.kind == Argument::Kind::Keyword) {
            site.keywords.emplace_back(each.name, each.span);
        }
    }
    if (!star) {
        for (const Argument& each : arguments) {
            if (each.kind == Argument::Kind::Positional) expression(*each.value);
        }
        for (const Argument& each : arguments) {
            if (each.kind == Argument::Kind::Keyword) expression(*each.value);
        }
        return false;
    }
    emit(Op::BuildList, 0);
    bool keywords = false;
    for (const Argument& each : arguments) {
        if (each.kind == Argument::Kind::Positional) {
            expression(*each.value);
            emit(Op::ListAppend, 1);
        } else if (each.kind == Argument::Kind::Star) {
            expression(*each.value);
            emit(Op::ListExtend);
        } else {
            keywords = true;
        }
    }
    if (!keywords) {
        emit(Op::LoadNull);
        return true;
    }
    emit(Op::BuildDict, 0);
    for (const Argument& each : arguments) {
        if (each.kind == Argument::Kind::Keyword) {
            load_text(each.name);
            expression(*each.value);
            emit(Op::BuildDict, 1);
            emit(Op::DictMerge);
        } else if (each.kind == Argument::Kind::DoubleStar) {
            expression(*each.value);
            emit(Op::DictMerge);
        }
    }
    return true;
}

void Compiler::call(const Expr& node) {
    CallSite site;
    site.span = node.span;
    const bool attribute = node.value->kind == ExprKind::Attribute;
    bool star = false;
    for (const Argument& each : node.arguments) {
        star |= each.kind == Argument::Kind::Star || each.kind == Argument::Kind::DoubleStar;
    }
    const bool method = attribute && !star;
    if (method) {
        expression(*node.value->value);
        const AtSpan at(span_, node.value->span);
        emit(Op::LoadMethod, name_index(node.value->text));
    } else {
        expression(*node.value);
    }
    call_arguments(node.arguments, false, site);
    emit(star ? Op::CallStar : (method ? Op::CallMethod : Op::Call), add_site(std::move(site)));
}

void Compiler::compare(const Expr& node) {
    expression(*node.left);
    Label cleanup, end;
    const std::size_t count = node.items.size();
    for (std::size_t i = 0; i < count; ++i) {
        expression(*node.items[i]);
        const auto op = static_cast<std::uint32_t>(node.comparisons[i]);
        if (i + 1 == count) {
            emit(Op::Compare, op);
            break;
        }
        emit(Op::Swap, 2);
        emit(Op::Copy, 2);
        emit(Op::Compare, op);
        jump(Op::JumpIfFalseOrPop, cleanup);
    }
    if (count > 1) {
        jump(Op::Jump, end);
        place(cleanup);
        emit(Op::Swap, 2);
        emit(Op::Pop);
        place(end);
    }
}

void Compiler::bool_op(const Expr& node) {
    Label end;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (i > 0) mark(node.items[i]->span);
        expression(*node.items[i]);
        if (i + 1 < node.items.size()) {
            const AtSpan at(span_, node.items[i]->span);
            jump(node.is_or ? Op::JumpIfTrueOrPop : Op::JumpIfFalseOrPop, end);
        }
    }
    place(end);
}

// Jumps if the truth of `node` is `when`; falls through otherwise.
void Compiler::jump_if(const Expr& node, Label& label, bool when) {
    const AtSpan at(span_, node.span);
    if (node.kind == ExprKind::Unary && node.unary_op == syntax::UnaryOp::Not) {
        jump_if(*node.value, label, !when);
        return;
    }
    if (node.kind == ExprKind::BoolOp) {
        // `a or b` jumps when true if any is true: then every part jumps; otherwise parts before
        // the last jump past the test.
        Label past;
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            if (i > 0) mark(node.items[i]->span);
            const bool last = i + 1 == node.items.size();
            if (last || node.is_or == when) {
                jump_if(*node.items[i], label, when);
            } else {
                jump_if(*node.items[i], past, !when);
            }
        }
        place(past);
        return;
    }
    expression(node);
    jump(when ? Op::PopJumpIfTrue : Op::PopJumpIfFalse, label);
}

void Compiler::joined_string(const Expr& node) {
    for (const Expr* part : node.items) expression(*part);
    emit(Op::BuildString, static_cast<std::uint32_t>(node.items.size()));
}

void Compiler::formatted_value(const Expr& node) {
    expression(*node.value);
    std::uint32_t flags = static_cast<unsigned char>(node.conversion);
    if (node.format_spec) {
        expression(*node.format_spec);
        flags |= 0x100U;
    }
    emit(Op::FormatValue, flags);
}

}  // namespace wh::program
