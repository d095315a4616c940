// Functions, lambdas, comprehensions, classes.
#include "base/text.h"
#include "program/vm/compiler.h"

namespace wh::program {

using syntax::Expr;
using syntax::ExprKind;
using syntax::Parameter;
using syntax::Stmt;
using syntax::StmtKind;

void Compiler::layout_parameters(Unit& unit, const std::vector<Parameter>& parameters) {
    Code& code = *unit.code;
    code.parameters = &parameters;
    const auto add = [&](const Parameter& each) {
        const std::string name = mangled(each.name, unit.scope->private_class);
        const auto index = static_cast<std::uint32_t>(code.locals.size());
        code.locals.push_back(name);
        unit.locals.emplace(name, index);
        const auto cell = unit.cells.find(name);
        if (cell != unit.cells.end()) code.cell_parameters.emplace_back(index, cell->second);
    };
    using Kind = Parameter::Kind;
    for (const Parameter& each : parameters) {
        if (each.kind != Kind::PositionalOnly && each.kind != Kind::Normal) continue;
        if (each.kind == Kind::PositionalOnly) ++code.positional_only;
        ++code.positional;
        add(each);
    }
    for (const Parameter& each : parameters) {
        if (each.kind != Kind::KeywordOnly) continue;
        ++code.keyword_only;
        add(each);
    }
    for (const Kind kind : {Kind::Star, Kind::DoubleStar}) {
        for (const Parameter& each : parameters) {
            if (each.kind != kind || each.name.empty()) continue;
            (kind == Kind::Star ? code.has_star : code.has_double_star) = true;
            add(each);
        }
    }
}

void Compiler::body_doc(Code& code, const std::vector<Stmt*>& body) {
    if (body.empty() || body[0]->kind != StmtKind::Expression) return;
    if (body[0]->value->kind != ExprKind::StringLiteral) return;
    code.has_doc = true;
    code.doc = body[0]->value->text;
}

// Pushes the defaults of positional parameters (tuple or Null) and of keyword-only ones (dict or
// Null).
void Compiler::defaults(const std::vector<Parameter>& parameters) {
    const auto push = [&](const Parameter& each) {
        const Expr& value = *each.default_value;
        const ExprKind kind = value.kind;
        if (kind == ExprKind::NoneLiteral || kind == ExprKind::BoolLiteral ||
            kind == ExprKind::IntLiteral || kind == ExprKind::FloatLiteral ||
            kind == ExprKind::StringLiteral || kind == ExprKind::BytesLiteral) {
            const AtSpan at(span_, value.span);
            literal(value, trust::OriginKind::ParameterDefault, each.name);
        } else {
            expression(value);
        }
    };
    std::uint32_t positional = 0, keywords = 0;
    for (const Parameter& each : parameters) {
        if (!each.default_value || each.kind == Parameter::Kind::KeywordOnly) continue;
        push(each);
        ++positional;
    }
    if (positional) {
        emit(Op::BuildTuple, positional);
    } else {
        emit(Op::LoadNull);
    }
    for (const Parameter& each : parameters) {
        if (!each.default_value || each.kind != Parameter::Kind::KeywordOnly) continue;
        load_text(mangled(each.name, unit_->scope->private_class));
        push(each);
        ++keywords;
    }
    if (keywords) {
        emit(Op::BuildDict, keywords);
    } else {
        emit(Op::LoadNull);
    }
}

void Compiler::annotation(const Expr& node) {
    if (future_annotations_) {
        load_text(source(node.span));
    } else {
        expression(node.kind == ExprKind::Starred ? *node.value : node);
    }
}

void Compiler::annotations(const std::vector<Parameter>& parameters, const Expr* returns) {
    std::uint32_t count = 0;
    for (const Parameter& each : parameters) {
        if (!each.annotation) continue;
        load_text(mangled(each.name, unit_->scope->private_class));
        annotation(*each.annotation);
        ++count;
    }
    if (returns) {
        load_text("return");
        annotation(*returns);
        ++count;
    }
    if (count) {
        emit(Op::BuildDict, count);
    } else {
        emit(Op::LoadNull);
    }
}

// Stack before: defaults, keyword defaults, annotations. After: the function.
void Compiler::make_function(const Code* code) {
    Code& made = out_.codes[code->id - out_.first_id];
    for (std::size_t i = made.own_cells; i < made.cells.size(); ++i) {
        made.closure.push_back(unit_->cells.at(made.cells[i]));
    }
    unit_->code->children.push_back(code);
    emit(Op::MakeFunction, static_cast<std::uint32_t>(unit_->code->children.size() - 1));
}

void Compiler::decorators_before(const Stmt& node) {
    for (const Expr* each : node.decorators) expression(*each);
}

void Compiler::decorators_after(const Stmt& node) {
    for (std::size_t i = node.decorators.size(); i-- > 0;) {
        const AtSpan at(span_, node.decorators[i]->span);
        CallSite site;
        site.span = node.decorators[i]->span;
        site.positional.push_back(node.name_span);
        emit(Op::CallDecorator, add_site(std::move(site)));
    }
}

void Compiler::function(const Stmt& node) {
    decorators_before(node);
    defaults(node.parameters);
    annotations(node.parameters, node.returns);
    Unit unit;
    Code* code = begin_unit(unit, &node, node.name, node.span);
    code->name_span = node.name_span;
    code->statement = &node;
    code->is_function = true;
    code->is_async_generator = node.is_async && unit.scope->has_yield;
    code->is_coroutine = node.is_async && !unit.scope->has_yield;
    code->is_generator = !node.is_async && unit.scope->has_yield;
    // A global declaration makes the function's qualified name plain.
    if (unit.parent) {
        const Symbol* own = unit.parent->scope->find(node.name);
        if (own && own->reach == Reach::GlobalExplicit) code->qualname = node.name;
    }
    layout_parameters(unit, node.parameters);
    body_doc(*code, node.body);
    statements(node.body);
    load_none();
    emit(Op::Return);
    end_unit(unit);
    make_function(code);
    decorators_after(node);
    store_name(node.name);
}

void Compiler::lambda(const Expr& node) {
    defaults(node.parameters);
    emit(Op::LoadNull);
    Unit unit;
    Code* code = begin_unit(unit, &node, "<lambda>", node.span);
    code->is_function = true;
    code->is_generator = unit.scope->has_yield;
    layout_parameters(unit, node.parameters);
    mark(node.value->span);
    expression(*node.value);
    emit(Op::Return);
    end_unit(unit);
    make_function(code);
}

// A function of its own whose one parameter is the iterator of the first clause. Lists, sets and
// dicts carry the name of the function around them: there, 3.13 has no frame of their own (PEP
// 709).
void Compiler::comprehension(const Expr& node) {
    const bool generator = node.kind == ExprKind::GeneratorExpression;
    Unit unit;
    Code* code = begin_unit(unit, &node, generator ? "<genexpr>" : unit_->code->name, node.span);
    code->is_comprehension = true;
    code->is_function = true;
    code->is_async_generator = generator && unit.scope->has_await;
    code->is_generator = generator && !unit.scope->has_await;
    code->is_coroutine = !generator && unit.scope->has_await;
    code->locals.emplace_back(".0");
    unit.locals.emplace(".0", 0);
    code->positional = 1;
    if (!generator) {
        emit(node.kind == ExprKind::ListComprehension  ? Op::BuildList
             : node.kind == ExprKind::SetComprehension ? Op::BuildSet
                                                       : Op::BuildDict);
    }
    comprehension_clause(node, 0, generator ? 0 : 1);
    if (generator) load_none();
    emit(Op::Return);
    end_unit(unit);
    for (int i = 0; i < 3; ++i) emit(Op::LoadNull);
    make_function(code);
    expression(*node.clauses[0].iterable);
    {
        const AtSpan at(span_, node.clauses[0].iterable->span);
        emit(node.clauses[0].is_async ? Op::GetAsyncIterator : Op::GetIterator);
    }
    CallSite site;
    site.span = node.span;
    site.positional.push_back(node.clauses[0].iterable->span);
    emit(Op::Call, add_site(std::move(site)));
    if (code->is_coroutine) {
        emit(Op::GetAwaitable);
        await_top();
    }
}

// `depth`: where the container lies below the iterators.
void Compiler::comprehension_clause(const Expr& node, std::size_t index, std::uint32_t depth) {
    if (index == node.clauses.size()) {
        const AtSpan at(span_, node.value->span);
        mark(node.value->span);
        if (node.kind == ExprKind::DictComprehension) expression(*node.key);
        expression(*node.value);
        if (node.kind == ExprKind::GeneratorExpression) {
            emit(Op::Yield, unit_->code->is_async_generator ? 2 : 0);
            emit(Op::Pop);
        } else {
            emit(node.kind == ExprKind::ListComprehension  ? Op::ListAppend
                 : node.kind == ExprKind::SetComprehension ? Op::SetAdd
                                                           : Op::DictAdd,
                 depth);
        }
        return;
    }
    const syntax::ComprehensionClause& clause = node.clauses[index];
    Label again, end;
    {
        const AtSpan at(span_, clause.iterable->span);
        if (index == 0) {
            emit(Op::LoadFast, 0);
        } else {
            expression(*clause.iterable);
            emit(clause.is_async ? Op::GetAsyncIterator : Op::GetIterator);
        }
        place(again);
        if (clause.is_async) {
            jump(Op::SetupTry, end);
            emit(Op::GetAsyncNext);
            await_top();
            emit(Op::PopBlock);
        } else {
            jump(Op::ForIterator, end);
        }
    }
    store(*clause.target);
    for (const Expr* condition : clause.conditions) jump_if(*condition, again, false);
    comprehension_clause(node, index + 1, depth ? depth + 1 : 0);
    jump(Op::Jump, again);
    place(end);
    if (clause.is_async) emit(Op::EndAsyncFor);
}

void Compiler::class_statement(const Stmt& node) {
    decorators_before(node);
    for (int i = 0; i < 3; ++i) emit(Op::LoadNull);
    Unit unit;
    Code* code = begin_unit(unit, &node, node.name, node.span);
    code->name_span = node.name_span;
    code->statement = &node;
    code->is_class_body = true;
    body_doc(*code, node.body);
    statements(node.body);
    load_none();
    emit(Op::Return);
    end_unit(unit);
    make_function(code);
    CallSite site;
    site.span = node.span;
    call_arguments(node.arguments, true, site);
    emit(Op::BuildClass, add_site(std::move(site)));
    decorators_after(node);
    store_name(node.name);
}

}  // namespace wh::program
