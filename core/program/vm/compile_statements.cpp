#include "program/vm/compiler.h"

namespace wh::program {

using syntax::Expr;
using syntax::ExprKind;
using syntax::Stmt;
using syntax::StmtKind;

void Compiler::statements(const std::vector<Stmt*>& nodes) {
    for (const Stmt* node : nodes) statement(*node);
}

void Compiler::statement(const Stmt& node) {
    const AtSpan at(span_, node.span);
    mark(node.span);
    switch (node.kind) {
        case StmtKind::Expression:
            expression(*node.value);
            emit(Op::Pop);
            return;
        case StmtKind::Assign:
            expression(*node.value);
            for (std::size_t i = 0; i < node.targets.size(); ++i) {
                if (i + 1 < node.targets.size()) emit(Op::Copy, 1);
                store(*node.targets[i]);
            }
            return;
        case StmtKind::AugmentedAssign:
            augmented_assign(node);
            return;
        case StmtKind::AnnotatedAssign:
            annotated_assign(node);
            return;
        case StmtKind::Delete:
            for (const Expr* target : node.targets) remove(*target);
            return;
        case StmtKind::Pass:
        case StmtKind::Global:
        case StmtKind::Nonlocal:
            return;
        case StmtKind::Break:
        case StmtKind::Continue:
            leave_loop(node);
            return;
        case StmtKind::Return:
            return_statement(node);
            return;
        case StmtKind::Raise:
            if (node.value) expression(*node.value);
            if (node.cause) expression(*node.cause);
            emit(Op::Raise, node.value ? (node.cause ? 2U : 1U) : 0U);
            return;
        case StmtKind::Assert:
            assertion(node);
            return;
        case StmtKind::Import:
            import(node);
            return;
        case StmtKind::ImportFrom:
            import_from(node);
            return;
        case StmtKind::If:
            if_statement(node);
            return;
        case StmtKind::While:
            while_loop(node);
            return;
        case StmtKind::For:
            for_loop(node);
            return;
        case StmtKind::Try:
            try_statement(node);
            return;
        case StmtKind::With:
            with(node, 0);
            return;
        case StmtKind::Function:
            function(node);
            return;
        case StmtKind::Class:
            class_statement(node);
            return;
        case StmtKind::Match:
            match(node);
            return;
        case StmtKind::TypeAlias:
            expression(*node.value);
            store_name(node.name);
            return;
        case StmtKind::Error:
            break;
    }
    Constant message;
    message.kind = Constant::Kind::Str;
    message.text = "invalid syntax";
    unit_->code->constants.push_back(message);
    emit(Op::SyntaxError, static_cast<std::uint32_t>(unit_->code->constants.size() - 1));
}

void Compiler::store_items(const std::vector<Expr*>& nodes) {
    std::size_t star = nodes.size();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i]->kind == ExprKind::Starred) star = i;
    }
    if (star == nodes.size()) {
        emit(Op::Unpack, static_cast<std::uint32_t>(nodes.size()));
    } else {
        emit(Op::UnpackStar, static_cast<std::uint32_t>(star | ((nodes.size() - star - 1) << 12)));
    }
    for (const Expr* each : nodes) {
        store(each->kind == ExprKind::Starred ? *each->value : *each);
    }
}

// Takes the value from the stack.
void Compiler::store(const Expr& target) {
    const AtSpan at(span_, target.span);
    if (target.kind == ExprKind::Name) {
        store_name(target.text);
    } else if (target.kind == ExprKind::Attribute) {
        expression(*target.value);
        emit(Op::StoreAttribute, name_index(target.text));
    } else if (target.kind == ExprKind::Subscript) {
        expression(*target.value);
        expression(*target.index);
        emit(Op::SetItem);
    } else if (target.kind == ExprKind::Tuple || target.kind == ExprKind::List) {
        store_items(target.items);
    } else {
        emit(Op::Pop);
    }
}

void Compiler::remove(const Expr& target) {
    const AtSpan at(span_, target.span);
    if (target.kind == ExprKind::Name) {
        delete_name(target.text);
    } else if (target.kind == ExprKind::Attribute) {
        expression(*target.value);
        emit(Op::DeleteAttribute, name_index(target.text));
    } else if (target.kind == ExprKind::Subscript) {
        expression(*target.value);
        expression(*target.index);
        emit(Op::DeleteItem);
    } else {
        for (const Expr* each : target.items) remove(*each);
    }
}

void Compiler::augmented_assign(const Stmt& node) {
    const Expr& target = *node.targets[0];
    const auto op = static_cast<std::uint32_t>(node.op);
    if (target.kind == ExprKind::Attribute) {
        expression(*target.value);
        emit(Op::Copy, 1);
        emit(Op::LoadAttribute, name_index(target.text));
        expression(*node.value);
        emit(Op::Inplace, op);
        emit(Op::Swap, 2);
        emit(Op::StoreAttribute, name_index(target.text));
    } else if (target.kind == ExprKind::Subscript) {
        expression(*target.value);
        expression(*target.index);
        emit(Op::Copy, 2);
        emit(Op::Copy, 2);
        emit(Op::GetItem);
        expression(*node.value);
        emit(Op::Inplace, op);
        emit(Op::Swap, 3);
        emit(Op::Swap, 2);
        emit(Op::SetItem);
    } else {
        expression(target);
        expression(*node.value);
        emit(Op::Inplace, op);
        store(target);
    }
}

void Compiler::annotated_assign(const Stmt& node) {
    const Expr& target = *node.targets[0];
    if (node.value) {
        expression(*node.value);
        store(target);
    }
    if (unit_->scope->kind == Scope::Kind::Function) return;
    if (target.kind == ExprKind::Name) {
        annotation(*node.annotation);
        emit(Op::LoadBuildAnnotations);
        load_text(mangled(target.text, unit_->scope->private_class));
        emit(Op::SetItem);
    }
}

void Compiler::assertion(const Stmt& node) {
    Label fine;
    jump_if(*node.value, fine, true);
    mark(node.span);
    emit(Op::LoadAssertionError);
    if (node.message) {
        expression(*node.message);
        CallSite site;
        site.span = node.span;
        site.positional.push_back(node.message->span);
        emit(Op::Call, add_site(std::move(site)));
    }
    emit(Op::Raise, 1);
    place(fine);
}

void Compiler::import(const Stmt& node) {
    for (const syntax::ImportName& each : node.imports) {
        const AtSpan at(span_, each.span);
        Constant names;  // None: gives the top package; an empty tuple: the module itself
        if (!each.alias.empty()) names.kind = Constant::Kind::StrTuple;
        constant(std::move(names));
        Constant level;
        level.kind = Constant::Kind::Int;
        constant(std::move(level));
        emit(Op::ImportName, name_index(each.name));
        store_name(each.alias.empty() ? std::string_view(each.name).substr(0, each.name.find('.'))
                                      : std::string_view(each.alias));
    }
}

void Compiler::import_from(const Stmt& node) {
    Constant names;
    names.kind = Constant::Kind::StrTuple;
    for (const syntax::ImportName& each : node.imports) names.texts.push_back(each.name);
    constant(std::move(names));
    Constant level;
    level.kind = Constant::Kind::Int;
    level.integer = node.level;
    constant(std::move(level));
    emit(Op::ImportName, name_index(node.module));
    for (const syntax::ImportName& each : node.imports) {
        const AtSpan at(span_, each.span);
        if (each.name == "*") {
            emit(Op::ImportStar);
            return;
        }
        emit(Op::ImportFrom, name_index(each.name));
        store_name(each.alias.empty() ? each.name : each.alias);
    }
    emit(Op::Pop);
}

void Compiler::if_statement(const Stmt& node) {
    Label otherwise, end;
    jump_if(*node.value, otherwise, false);
    statements(node.body);
    if (!node.alternative.empty()) jump(Op::Jump, end);
    place(otherwise);
    statements(node.alternative);
    place(end);
}

void Compiler::while_loop(const Stmt& node) {
    Label again, otherwise, end;
    place(again);
    OpenBlock block;
    block.kind = OpenBlock::Kind::WhileLoop;
    block.next = &again;
    block.end = &end;
    jump_if(*node.value, otherwise, false);
    unit_->blocks.push_back(block);
    statements(node.body);
    unit_->blocks.pop_back();
    jump(Op::Jump, again);
    place(otherwise);
    statements(node.alternative);
    place(end);
}

void Compiler::for_loop(const Stmt& node) {
    Label again, otherwise, end;
    {
        const AtSpan at(span_, node.value->span);
        expression(*node.value);
        emit(node.is_async ? Op::GetAsyncIterator : Op::GetIterator);
        place(again);
        if (node.is_async) {
            jump(Op::SetupTry, otherwise);
            emit(Op::GetAsyncNext);
            await_top();
            emit(Op::PopBlock);
        } else {
            jump(Op::ForIterator, otherwise);
        }
    }
    OpenBlock block;
    block.kind = OpenBlock::Kind::ForLoop;
    block.next = &again;
    block.end = &end;
    store(*node.targets[0]);
    unit_->blocks.push_back(block);
    statements(node.body);
    unit_->blocks.pop_back();
    jump(Op::Jump, again);
    place(otherwise);
    if (node.is_async) emit(Op::EndAsyncFor);
    statements(node.alternative);
    place(end);
}

void Compiler::return_statement(const Stmt& node) {
    if (node.value) {
        expression(*node.value);
    } else {
        load_none();
    }
    unwind_to(0, true);
    emit(Op::Return);
}

void Compiler::leave_loop(const Stmt& node) {
    std::size_t loop = unit_->blocks.size();
    while (loop > 0) {
        const OpenBlock::Kind kind = unit_->blocks[loop - 1].kind;
        if (kind == OpenBlock::Kind::WhileLoop || kind == OpenBlock::Kind::ForLoop) break;
        --loop;
    }
    if (loop == 0) return;  // outside of a loop: a syntax error that the parser reports
    unwind_to(loop, false);
    const OpenBlock& block = unit_->blocks[loop - 1];
    if (node.kind == StmtKind::Break && block.kind == OpenBlock::Kind::ForLoop) emit(Op::Pop);
    jump(Op::Jump, node.kind == StmtKind::Break ? *block.end : *block.next);
}

}  // namespace wh::program
