// Instructions, names, constants, units.
#include "base/text.h"
#include "program/vm/compiler.h"

namespace wh::program {

using syntax::Expr;
using syntax::Stmt;

Compiler::Compiler(const syntax::Tree& tree, std::string_view text, CompileOutput& out)
    : tree_(tree), text_(text), out_(out), symbols_(tree) {
    for (const Stmt* node : tree.body) {
        if (node->kind != syntax::StmtKind::ImportFrom || node->module != "__future__") continue;
        for (const syntax::ImportName& each : node->imports) {
            if (each.name == "annotations") future_annotations_ = true;
        }
    }
}

const Code* compile_module(const syntax::Tree& tree, std::string_view text, CompileOutput& out) {
    return Compiler(tree, text, out).module();
}

const Code* compile_expression(const syntax::Tree& tree, std::string_view text,
                               CompileOutput& out) {
    if (tree.body.size() != 1 || tree.body[0]->kind != syntax::StmtKind::Expression ||
        !tree.diagnostics.empty()) {
        return nullptr;
    }
    return Compiler(tree, text, out).single_expression();
}

const Code* Compiler::module() {
    Unit unit;
    const Span whole{tree_.file, 0, static_cast<std::uint32_t>(text_.size())};
    Code* code = begin_unit(unit, &tree_, "<module>", whole);
    code->is_module = true;
    body_doc(*code, tree_.body);
    for (const syntax::Stmt* node : tree_.body) {
        code->statement_starts.push_back(static_cast<std::uint32_t>(code->instructions.size()));
        statement(*node);
    }
    code->statement_starts.push_back(static_cast<std::uint32_t>(code->instructions.size()));
    load_none();
    emit(Op::Return);
    end_unit(unit);
    return code;
}

const Code* Compiler::single_expression() {
    Unit unit;
    const Span whole{tree_.file, 0, static_cast<std::uint32_t>(text_.size())};
    Code* code = begin_unit(unit, &tree_, "<module>", whole);
    code->is_module = true;
    expression(*tree_.body[0]->value);
    emit(Op::Return);
    end_unit(unit);
    return code;
}

Code* Compiler::begin_unit(Unit& unit, const void* node, std::string name, Span span) {
    Code& code = out_.codes.emplace_back();
    code.id = out_.first_id + static_cast<std::uint32_t>(out_.codes.size() - 1);
    code.file = tree_.file;
    code.name = std::move(name);
    code.span = span;
    code.future_annotations = future_annotations_;
    unit.code = &code;
    unit.scope = symbols_.scope_of(node);
    unit.parent = unit_;
    code.qualname = code.name;
    if (unit_ && !unit_->code->is_module) {
        const Code& outer = *unit_->code;
        code.qualname = cat(outer.qualname, outer.is_class_body ? "." : ".<locals>.", code.name);
    }
    for (const Reach wanted : {Reach::Cell, Reach::Free}) {
        for (const auto& [text, symbol] : unit.scope->symbols) {
            if (symbol.reach != wanted) continue;
            const std::string cell(trim(text));  // see SymbolTable::resolve_name
            unit.cells.emplace(cell, static_cast<std::uint32_t>(code.cells.size()));
            code.cells.push_back(cell);
            if (wanted == Reach::Cell) ++code.own_cells;
        }
    }
    unit_ = &unit;
    return &code;
}

void Compiler::end_unit(Unit& unit) {
    unit_ = unit.parent;
}

std::string_view Compiler::source(Span span) const {
    return text_.substr(span.begin, span.end - span.begin);
}

std::uint32_t Compiler::emit(Op op, std::uint32_t arg) {
    unit_->code->instructions.push_back({op, arg});
    unit_->code->spans.push_back(span_);
    return static_cast<std::uint32_t>(unit_->code->instructions.size() - 1);
}

void Compiler::jump(Op op, Label& label) {
    const std::uint32_t at = emit(op, static_cast<std::uint32_t>(label.position));
    if (label.position < 0) label.waiting.push_back(at);
}

void Compiler::place(Label& label) {
    label.position = static_cast<std::int64_t>(unit_->code->instructions.size());
    for (const std::uint32_t at : label.waiting) {
        unit_->code->instructions[at].arg = static_cast<std::uint32_t>(label.position);
    }
    label.waiting.clear();
}

void Compiler::mark(Span span) {
    emit(Op::Mark, static_cast<std::uint32_t>(out_.marks.size()));
    out_.marks.push_back(span);
}

void Compiler::constant(Constant made) {
    unit_->code->constants.push_back(std::move(made));
    emit(Op::LoadConst, static_cast<std::uint32_t>(unit_->code->constants.size() - 1));
}

void Compiler::load_none() {
    constant({});
}

void Compiler::load_text(std::string_view text) {
    Constant made;
    made.kind = Constant::Kind::Str;
    made.text = std::string(text);
    constant(std::move(made));
}

std::uint32_t Compiler::name_index(std::string_view name) {
    std::string real = mangled(name, unit_->scope->private_class);
    const auto found = unit_->names.find(real);
    if (found != unit_->names.end()) return found->second;
    const auto index = static_cast<std::uint32_t>(unit_->code->names.size());
    unit_->code->names.push_back(real);
    unit_->names.emplace(std::move(real), index);
    return index;
}

std::uint32_t Compiler::hidden_local() {
    const auto index = static_cast<std::uint32_t>(unit_->code->locals.size());
    unit_->code->locals.push_back(cat(".h", hidden_++));
    return index;
}

void Compiler::name_operation(std::string_view name, Op fast, Op cell, Op global, Op named) {
    const std::string real = mangled(name, unit_->scope->private_class);
    const Symbol* symbol = unit_->scope->find(real);
    switch (symbol ? symbol->reach : Reach::Name) {
        case Reach::Fast: {
            auto [at, added] =
                unit_->locals.emplace(real, static_cast<std::uint32_t>(unit_->code->locals.size()));
            if (added) unit_->code->locals.push_back(real);
            emit(fast, at->second);
            return;
        }
        case Reach::Cell:
        case Reach::Free:
            emit(cell, unit_->cells.at(real));
            return;
        case Reach::GlobalImplicit:
        case Reach::GlobalExplicit:
            emit(global, name_index(name));
            return;
        case Reach::Unresolved:
        case Reach::Name:
            emit(named, name_index(name));
            return;
    }
}

void Compiler::load_name(std::string_view name) {
    const bool in_class = unit_->scope->kind == Scope::Kind::Class;
    name_operation(name, Op::LoadFast, in_class ? Op::LoadClassCell : Op::LoadCell, Op::LoadGlobal,
                   Op::LoadName);
}
void Compiler::store_name(std::string_view name) {
    name_operation(name, Op::StoreFast, Op::StoreCell, Op::StoreGlobal, Op::StoreName);
}
void Compiler::delete_name(std::string_view name) {
    name_operation(name, Op::DeleteFast, Op::DeleteCell, Op::DeleteGlobal, Op::DeleteName);
}

std::uint32_t Compiler::add_site(CallSite site) {
    unit_->code->sites.push_back(std::move(site));
    return static_cast<std::uint32_t>(unit_->code->sites.size() - 1);
}

}  // namespace wh::program
