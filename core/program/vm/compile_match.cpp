// The match statement (PEP 634). Each subject, also of inner patterns, lives in a hidden local, so
// that a failed pattern leaves nothing on the stack.
#include "program/vm/compiler.h"

namespace wh::program {

using syntax::Expr;
using syntax::Pattern;
using syntax::PatternKind;
using syntax::Stmt;

void Compiler::match(const Stmt& node) {
    expression(*node.value);
    const std::uint32_t subject = hidden_local();
    emit(Op::StoreFast, subject);
    Label end;
    for (const syntax::MatchCase& each : node.cases) {
        Label next;
        pattern(*each.pattern, subject, next);
        if (each.guard) jump_if(*each.guard, next, false);
        mark(each.pattern->span);
        statements(each.body);
        jump(Op::Jump, end);
        place(next);
    }
    place(end);
}

void Compiler::pattern(const Pattern& node, std::uint32_t subject, Label& fail) {
    const AtSpan at(span_, node.span);
    switch (node.kind) {
        case PatternKind::Value:
        case PatternKind::Singleton: {
            const bool equal = node.kind == PatternKind::Value;
            emit(Op::LoadFast, subject);
            expression(*node.value);
            emit(Op::Compare, static_cast<std::uint32_t>(equal ? syntax::CompareOp::Equal
                                                               : syntax::CompareOp::Is));
            jump(Op::PopJumpIfFalse, fail);
            return;
        }
        case PatternKind::Capture:
        case PatternKind::Star:
            if (node.name.empty()) return;
            emit(Op::LoadFast, subject);
            store_name(node.name);
            return;
        case PatternKind::Sequence:
            sequence_pattern(node, subject, fail);
            return;
        case PatternKind::Mapping:
            mapping_pattern(node, subject, fail);
            return;
        case PatternKind::Class:
            class_pattern(node, subject, fail);
            return;
        case PatternKind::Or: {
            Label matched;
            for (std::size_t i = 0; i < node.patterns.size(); ++i) {
                if (i + 1 == node.patterns.size()) {
                    pattern(*node.patterns[i], subject, fail);
                    break;
                }
                Label next;
                pattern(*node.patterns[i], subject, next);
                jump(Op::Jump, matched);
                place(next);
            }
            place(matched);
            return;
        }
        case PatternKind::As:
            pattern(*node.patterns[0], subject, fail);
            if (node.name.empty()) return;
            emit(Op::LoadFast, subject);
            store_name(node.name);
            return;
    }
}

void Compiler::sequence_pattern(const Pattern& node, std::uint32_t subject, Label& fail) {
    const std::size_t count = node.patterns.size();
    std::size_t star = count;
    for (std::size_t i = 0; i < count; ++i) {
        if (node.patterns[i]->kind == PatternKind::Star) star = i;
    }
    emit(Op::LoadFast, subject);
    emit(Op::MatchSequence);
    jump(Op::PopJumpIfFalse, fail);
    emit(Op::LoadFast, subject);
    emit(Op::GetLength);
    Constant length;
    length.kind = Constant::Kind::Int;
    length.integer = static_cast<std::int64_t>(star == count ? count : count - 1);
    constant(std::move(length));
    emit(Op::Compare, static_cast<std::uint32_t>(star == count ? syntax::CompareOp::Equal
                                                               : syntax::CompareOp::GreaterEqual));
    jump(Op::PopJumpIfFalse, fail);
    emit(Op::LoadFast, subject);
    if (star == count) {
        emit(Op::Unpack, static_cast<std::uint32_t>(count));
    } else {
        emit(Op::UnpackStar, static_cast<std::uint32_t>(star | ((count - star - 1) << 12)));
    }
    std::vector<std::uint32_t> parts;
    for (std::size_t i = 0; i < count; ++i) {
        parts.push_back(hidden_local());
        emit(Op::StoreFast, parts.back());
    }
    for (std::size_t i = 0; i < count; ++i) pattern(*node.patterns[i], parts[i], fail);
}

void Compiler::mapping_pattern(const Pattern& node, std::uint32_t subject, Label& fail) {
    emit(Op::LoadFast, subject);
    emit(Op::MatchMapping);
    jump(Op::PopJumpIfFalse, fail);
    const auto count = static_cast<std::uint32_t>(node.keys.size());
    const std::uint32_t keys = hidden_local();
    if (count) {
        for (const Expr* key : node.keys) expression(*key);
        emit(Op::BuildTuple, count);
        emit(Op::StoreFast, keys);
        emit(Op::LoadFast, subject);
        emit(Op::LoadFast, keys);
        emit(Op::MatchKeys);
        const std::uint32_t found = hidden_local();
        emit(Op::StoreFast, found);
        emit(Op::LoadFast, found);
        jump(Op::PopJumpIfNone, fail);
        emit(Op::LoadFast, found);
        emit(Op::Unpack, count);
        std::vector<std::uint32_t> parts;
        for (std::uint32_t i = 0; i < count; ++i) {
            parts.push_back(hidden_local());
            emit(Op::StoreFast, parts.back());
        }
        for (std::uint32_t i = 0; i < count; ++i) pattern(*node.patterns[i], parts[i], fail);
    }
    if (node.name.empty()) return;
    emit(Op::BuildDict, 0);  // **rest
    emit(Op::LoadFast, subject);
    emit(Op::DictUpdate);
    for (const Expr* key : node.keys) {
        emit(Op::Copy, 1);
        expression(*key);
        emit(Op::DeleteItem);
    }
    store_name(node.name);
}

void Compiler::class_pattern(const Pattern& node, std::uint32_t subject, Label& fail) {
    emit(Op::LoadFast, subject);
    expression(*node.value);
    Constant names;
    names.kind = Constant::Kind::StrTuple;
    names.texts = node.keyword_names;
    constant(std::move(names));
    const auto positional = static_cast<std::uint32_t>(node.patterns.size());
    emit(Op::MatchClass, positional);
    const std::uint32_t found = hidden_local();
    emit(Op::StoreFast, found);
    emit(Op::LoadFast, found);
    jump(Op::PopJumpIfNone, fail);
    std::vector<const Pattern*> inner(node.patterns.begin(), node.patterns.end());
    inner.insert(inner.end(), node.keyword_patterns.begin(), node.keyword_patterns.end());
    emit(Op::LoadFast, found);
    emit(Op::Unpack, static_cast<std::uint32_t>(inner.size()));
    std::vector<std::uint32_t> parts;
    for (std::size_t i = 0; i < inner.size(); ++i) {
        parts.push_back(hidden_local());
        emit(Op::StoreFast, parts.back());
    }
    for (std::size_t i = 0; i < inner.size(); ++i) pattern(*inner[i], parts[i], fail);
}

}  // namespace wh::program
