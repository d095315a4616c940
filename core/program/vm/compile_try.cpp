// try, except, except*, finally, with: blocks are opened at run time (SetupTry); final bodies are
// compiled once for each way out, as CPython does.
#include "program/vm/compiler.h"

namespace wh::program {

using syntax::Handler;
using syntax::Stmt;

void Compiler::unwind(const OpenBlock& block, bool keep_top) {
    switch (block.kind) {
        case OpenBlock::Kind::WhileLoop:
            return;
        case OpenBlock::Kind::ForLoop:  // also Value: what lies below is taken off
        case OpenBlock::Kind::Value:
            if (keep_top) emit(Op::Swap, 2);
            emit(Op::Pop);
            return;
        case OpenBlock::Kind::Try:
            emit(Op::PopBlock);
            return;
        case OpenBlock::Kind::FinallyTry: {
            emit(Op::PopBlock);
            if (keep_top) {
                OpenBlock value;
                value.kind = OpenBlock::Kind::Value;
                unit_->blocks.push_back(value);
            }
            statements(*block.final_body);
            if (keep_top) unit_->blocks.pop_back();
            return;
        }
        case OpenBlock::Kind::FinallyEnd:
            emit(Op::PopHandled);
            return;
        case OpenBlock::Kind::Handler:
            if (block.name) emit(Op::PopBlock);
            emit(Op::PopHandled);
            if (block.name) forget_handler_name(*block.name);
            return;
        case OpenBlock::Kind::StarHandler:
            emit(Op::PopBlock);
            emit(Op::PopHandled);
            emit(Op::PopHandled);
            for (int i = 0; i < 2; ++i) {
                if (keep_top) emit(Op::Swap, 2);
                emit(Op::Pop);
            }
            if (block.name) forget_handler_name(*block.name);
            return;
        case OpenBlock::Kind::With:
        case OpenBlock::Kind::AsyncWith: {
            const AtSpan at(span_, block.span);
            emit(Op::PopBlock);
            if (keep_top) emit(Op::Swap, 2);
            if (block.kind == OpenBlock::Kind::AsyncWith) {
                emit(Op::AsyncWithExit);
                emit(Op::GetAwaitable);
                await_top();
            } else {
                emit(Op::WithExit);
            }
            emit(Op::Pop);
            return;
        }
    }
}

void Compiler::unwind_to(std::size_t count, bool keep_top) {
    // A final body is compiled with only the blocks around its try statement open.
    std::vector<OpenBlock> open = unit_->blocks;
    while (unit_->blocks.size() > count) {
        const OpenBlock block = unit_->blocks.back();
        unit_->blocks.pop_back();
        unwind(block, keep_top);
    }
    unit_->blocks = std::move(open);
}

void Compiler::forget_handler_name(const std::string& name) {
    load_none();
    store_name(name);
    delete_name(name);
}

void Compiler::try_statement(const Stmt& node) {
    const auto inner = [&] {
        if (node.handlers.empty()) {
            statements(node.body);
        } else if (node.is_star) {
            star_handlers(node);
        } else {
            try_handlers(node);
        }
    };
    if (node.final_body.empty()) {
        inner();
        return;
    }
    Label handler, end;
    jump(Op::SetupTry, handler);
    OpenBlock block;
    block.kind = OpenBlock::Kind::FinallyTry;
    block.final_body = &node.final_body;
    unit_->blocks.push_back(block);
    inner();
    unit_->blocks.pop_back();
    emit(Op::PopBlock);
    statements(node.final_body);
    jump(Op::Jump, end);
    place(handler);
    OpenBlock after;
    after.kind = OpenBlock::Kind::FinallyEnd;
    unit_->blocks.push_back(after);
    statements(node.final_body);
    unit_->blocks.pop_back();
    emit(Op::Reraise);
    place(end);
}

void Compiler::try_handlers(const Stmt& node) {
    Label handler, end;
    jump(Op::SetupTry, handler);
    OpenBlock block;
    block.kind = OpenBlock::Kind::Try;
    unit_->blocks.push_back(block);
    statements(node.body);
    unit_->blocks.pop_back();
    emit(Op::PopBlock);
    statements(node.alternative);
    jump(Op::Jump, end);
    place(handler);
    for (const Handler& each : node.handlers) {
        const AtSpan at(span_, each.span);
        Label next, cleanup;
        if (each.type) {
            expression(*each.type);
            const AtSpan at_type(span_, each.type->span);
            emit(Op::MatchException);
            jump(Op::PopJumpIfFalse, next);
        }
        OpenBlock body;
        body.kind = OpenBlock::Kind::Handler;
        if (!each.name.empty()) {
            body.name = &each.name;
            emit(Op::LoadHandled);
            store_name(each.name);
            jump(Op::SetupTry, cleanup);
        }
        unit_->blocks.push_back(body);
        mark(each.span);
        statements(each.body);
        unit_->blocks.pop_back();
        if (body.name) emit(Op::PopBlock);
        emit(Op::PopHandled);
        if (body.name) forget_handler_name(each.name);
        jump(Op::Jump, end);
        if (body.name) {
            place(cleanup);
            forget_handler_name(each.name);
            emit(Op::Reraise);
        }
        place(next);
    }
    emit(Op::Reraise);
    place(end);
}

// PEP 654. While handlers run, the stack holds: exceptions raised so far, what is left of the
// group.
void Compiler::star_handlers(const Stmt& node) {
    Label handler, end;
    jump(Op::SetupTry, handler);
    OpenBlock block;
    block.kind = OpenBlock::Kind::Try;
    unit_->blocks.push_back(block);
    statements(node.body);
    unit_->blocks.pop_back();
    emit(Op::PopBlock);
    statements(node.alternative);
    jump(Op::Jump, end);
    place(handler);
    emit(Op::BuildList, 0);
    emit(Op::LoadHandled);
    for (const Handler& each : node.handlers) {
        const AtSpan at(span_, each.span);
        Label next, none, cleanup;
        if (each.type) {
            expression(*each.type);
        } else {
            load_none();
        }
        emit(Op::MatchExceptionGroup);
        emit(Op::Copy, 1);
        jump(Op::PopJumpIfNone, none);
        OpenBlock body;
        body.kind = OpenBlock::Kind::StarHandler;
        emit(Op::PushHandled);
        if (!each.name.empty()) {
            body.name = &each.name;
            emit(Op::LoadHandled);
            store_name(each.name);
        }
        jump(Op::SetupTry, cleanup);
        unit_->blocks.push_back(body);
        mark(each.span);
        statements(each.body);
        unit_->blocks.pop_back();
        emit(Op::PopBlock);
        emit(Op::PopHandled);
        if (body.name) forget_handler_name(each.name);
        jump(Op::Jump, next);
        place(cleanup);  // handled: the group, the part, what the handler raised
        if (body.name) forget_handler_name(each.name);
        emit(Op::LoadHandled);
        emit(Op::ListAppend, 2);
        emit(Op::PopHandled);
        emit(Op::PopHandled);
        jump(Op::Jump, next);
        place(none);
        emit(Op::Pop);
        place(next);
    }
    emit(Op::RaiseStar);  // takes list and rest
    emit(Op::PopHandled);
    place(end);
}

void Compiler::with(const Stmt& node, std::size_t index) {
    if (index == node.with_items.size()) {
        statements(node.body);
        return;
    }
    const syntax::WithItem& item = node.with_items[index];
    Label handler, swallowed, end;
    OpenBlock block;
    block.kind = node.is_async ? OpenBlock::Kind::AsyncWith : OpenBlock::Kind::With;
    block.span = item.context->span;
    {
        const AtSpan at(span_, item.context->span);
        expression(*item.context);
        if (node.is_async) {
            emit(Op::AsyncWithEnter);
            emit(Op::GetAwaitable);
            await_top();
        } else {
            emit(Op::WithEnter);
        }
        jump(Op::SetupWith, handler);
    }
    unit_->blocks.push_back(block);
    if (item.target) {
        store(*item.target);
    } else {
        emit(Op::Pop);
    }
    with(node, index + 1);
    unit_->blocks.pop_back();
    unwind(block, false);
    jump(Op::Jump, end);
    place(handler);
    {
        const AtSpan at(span_, item.context->span);
        if (node.is_async) {
            emit(Op::AsyncWithExitError);
            emit(Op::GetAwaitable);
            await_top();
        } else {
            emit(Op::WithExitError);
        }
        jump(Op::PopJumpIfTrue, swallowed);
        emit(Op::Reraise);
        place(swallowed);
        emit(Op::PopHandled);
    }
    place(end);
}

}  // namespace wh::program
