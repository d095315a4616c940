#include "program/vm/symbols.h"

#include "base/text.h"

namespace wh::program {

using syntax::Expr;
using syntax::ExprKind;
using syntax::Pattern;
using syntax::Stmt;
using syntax::StmtKind;

std::string mangled(std::string_view name, std::string_view private_class) {
    if (private_class.empty() || name.size() < 3 || !name.starts_with("__") ||
        name.ends_with("__") || name.find('.') != std::string_view::npos) {
        return std::string(name);
    }
    const std::size_t start = private_class.find_first_not_of('_');
    if (start == std::string_view::npos) return std::string(name);
    return cat("_", private_class.substr(start), name);
}

SymbolTable::SymbolTable(const syntax::Tree& tree) {
    open(&tree, Scope::Kind::Module);
    statements(tree.body);
    for (Scope& scope : scopes_) resolve(scope);  // outer scopes come first
    scope_ = nullptr;
}

Scope* SymbolTable::open(const void* node, Scope::Kind kind) {
    Scope& scope = scopes_.emplace_back();
    scope.kind = kind;
    scope.parent = scope_;
    if (scope_) {
        scope_->children.push_back(&scope);
        scope.private_class = scope_->private_class;
    }
    by_node_[node] = &scope;
    scope_ = &scope;
    return &scope;
}

Symbol& SymbolTable::symbol(std::string_view name) {
    return scope_->symbols[mangled(name, scope_->private_class)];
}

void SymbolTable::use(std::string_view name) {
    symbol(name).used = true;
    // Zero-argument super() needs the class that is being defined.
    if (name == "super" && scope_->kind == Scope::Kind::Function) {
        scope_->symbols["__class__"].used = true;
    }
}

void SymbolTable::walrus(std::string_view name) {
    // In a comprehension the name belongs to the function around it (PEP 572).
    Scope* target = scope_;
    while (target->comprehension && target->parent) target = target->parent;
    const std::string real = mangled(name, scope_->private_class);
    Symbol& owner = target->symbols[real];
    owner.bound = true;
    for (Scope* inner = scope_; inner != target; inner = inner->parent) {
        Symbol& passed = inner->symbols[real];
        passed.used = true;
        if (target->kind == Scope::Kind::Function && !owner.global) {
            passed.nonlocal = true;
        } else {
            passed.global = true;
        }
    }
}

void SymbolTable::statements(const std::vector<Stmt*>& nodes) {
    for (const Stmt* node : nodes) statement(*node);
}

void SymbolTable::parameters(const std::vector<syntax::Parameter>& list) {
    for (const syntax::Parameter& each : list) {
        if (each.name.empty()) continue;
        Symbol& made = symbol(each.name);
        made.bound = true;
        made.parameter = true;
    }
}

void SymbolTable::function(const Stmt& node) {
    for (const Expr* each : node.decorators) expression(each);
    for (const syntax::Parameter& each : node.parameters) {
        expression(each.default_value);
        expression(each.annotation);
    }
    expression(node.returns);
    bind(node.name);
    open(&node, Scope::Kind::Function);
    parameters(node.parameters);
    statements(node.body);
    close();
}

void SymbolTable::statement(const Stmt& node) {
    switch (node.kind) {
        case StmtKind::Function:
            function(node);
            return;
        case StmtKind::Class:
            for (const Expr* each : node.decorators) expression(each);
            for (const syntax::Argument& each : node.arguments) expression(each.value);
            bind(node.name);
            open(&node, Scope::Kind::Class)->private_class = node.name;
            statements(node.body);
            close();
            return;
        case StmtKind::Global:
            for (const std::string& name : node.names) symbol(name).global = true;
            return;
        case StmtKind::Nonlocal:
            for (const std::string& name : node.names) symbol(name).nonlocal = true;
            return;
        case StmtKind::Import:
            for (const syntax::ImportName& each : node.imports) {
                bind(each.alias.empty() ? std::string_view(each.name).substr(0, each.name.find('.'))
                                        : std::string_view(each.alias));
            }
            return;
        case StmtKind::ImportFrom:
            for (const syntax::ImportName& each : node.imports) {
                if (each.name != "*") bind(each.alias.empty() ? each.name : each.alias);
            }
            return;
        case StmtKind::AnnotatedAssign:
            // Annotations of local variables are not evaluated, but they bind the name.
            if (node.targets[0]->kind == ExprKind::Name) bind(node.targets[0]->text);
            if (scope_->kind != Scope::Kind::Function) expression(node.annotation);
            break;
        case StmtKind::TypeAlias:
            bind(node.name);
            break;
        case StmtKind::Expression:
        case StmtKind::Assign:
        case StmtKind::AugmentedAssign:
        case StmtKind::Delete:
        case StmtKind::Pass:
        case StmtKind::Break:
        case StmtKind::Continue:
        case StmtKind::Return:
        case StmtKind::Raise:
        case StmtKind::Assert:
        case StmtKind::If:
        case StmtKind::While:
        case StmtKind::For:
        case StmtKind::Try:
        case StmtKind::With:
        case StmtKind::Match:
        case StmtKind::Error:
            break;
    }
    expression(node.value);
    expression(node.cause);
    expression(node.message);
    for (const Expr* target : node.targets) {
        if (target->kind == ExprKind::Name) {
            bind(target->text);
            if (node.kind == StmtKind::AugmentedAssign) use(target->text);
        } else {
            expression(target);
            // Names inside unpacking targets.
            struct Binder {
                SymbolTable& table;
                void walk(const Expr* part) {
                    if (part->kind == ExprKind::Name) table.bind(part->text);
                    if (part->kind == ExprKind::Starred) walk(part->value);
                    if (part->kind == ExprKind::Tuple || part->kind == ExprKind::List) {
                        for (const Expr* item : part->items) walk(item);
                    }
                }
            };
            Binder{*this}.walk(target);
        }
    }
    for (const syntax::WithItem& item : node.with_items) {
        expression(item.context);
        if (item.target) {
            Stmt holder;  // binds like an assignment
            holder.kind = StmtKind::Assign;
            holder.targets.push_back(item.target);
            statement(holder);
        }
    }
    if (node.is_async && (node.kind == StmtKind::With || node.kind == StmtKind::For)) {
        scope_->has_await = true;
    }
    statements(node.body);
    for (const syntax::Handler& handler : node.handlers) {
        expression(handler.type);
        if (!handler.name.empty()) bind(handler.name);
        statements(handler.body);
    }
    for (const syntax::MatchCase& each : node.cases) {
        pattern(*each.pattern);
        expression(each.guard);
        statements(each.body);
    }
    statements(node.alternative);
    statements(node.final_body);
}

void SymbolTable::pattern(const Pattern& node) {
    if (!node.name.empty()) bind(node.name);
    expression(node.value);
    for (const Expr* key : node.keys) expression(key);
    for (const Pattern* each : node.patterns) pattern(*each);
    for (const Pattern* each : node.keyword_patterns) pattern(*each);
}

void SymbolTable::comprehension(const Expr& node) {
    expression(node.clauses[0].iterable);  // the first iterable is evaluated outside
    Scope* outer = scope_;
    Scope* inner = open(&node, Scope::Kind::Function);
    inner->comprehension = true;
    Symbol& first = inner->symbols[".0"];
    first.bound = first.parameter = true;
    bool awaits = false;
    for (std::size_t i = 0; i < node.clauses.size(); ++i) {
        const syntax::ComprehensionClause& clause = node.clauses[i];
        if (clause.is_async) awaits = true;
        Stmt holder;
        holder.kind = StmtKind::Assign;
        holder.targets.push_back(clause.target);
        statement(holder);
        if (i > 0) expression(clause.iterable);
        for (const Expr* condition : clause.conditions) expression(condition);
    }
    expression(node.key);
    expression(node.value);
    if (awaits) inner->has_await = true;
    const bool generator = node.kind == ExprKind::GeneratorExpression;
    if (inner->has_await && !generator) outer->has_await = true;
    if (generator) inner->has_yield = true;
    close();
}

void SymbolTable::expression(const Expr* node) {
    if (!node) return;
    switch (node->kind) {
        case ExprKind::Name:
            use(node->text);
            return;
        case ExprKind::NamedExpr:
            expression(node->value);
            walrus(node->text);
            return;
        case ExprKind::Lambda:
            for (const syntax::Parameter& each : node->parameters) expression(each.default_value);
            open(node, Scope::Kind::Function);
            parameters(node->parameters);
            expression(node->value);
            close();
            return;
        case ExprKind::ListComprehension:
        case ExprKind::SetComprehension:
        case ExprKind::GeneratorExpression:
        case ExprKind::DictComprehension:
            comprehension(*node);
            return;
        case ExprKind::Await:
            scope_->has_await = true;
            break;
        case ExprKind::Yield:
        case ExprKind::YieldFrom:
            scope_->has_yield = true;
            break;
        case ExprKind::NoneLiteral:
        case ExprKind::BoolLiteral:
        case ExprKind::IntLiteral:
        case ExprKind::FloatLiteral:
        case ExprKind::ComplexLiteral:
        case ExprKind::StringLiteral:
        case ExprKind::BytesLiteral:
        case ExprKind::EllipsisLiteral:
        case ExprKind::JoinedString:
        case ExprKind::FormattedValue:
        case ExprKind::Attribute:
        case ExprKind::Subscript:
        case ExprKind::Slice:
        case ExprKind::Call:
        case ExprKind::Unary:
        case ExprKind::Binary:
        case ExprKind::BoolOp:
        case ExprKind::Compare:
        case ExprKind::Conditional:
        case ExprKind::List:
        case ExprKind::Tuple:
        case ExprKind::Set:
        case ExprKind::Dict:
        case ExprKind::Starred:
        case ExprKind::Error:
            break;
    }
    for (const Expr* part :
         {node->value, node->index, node->left, node->right, node->key, node->test,
          node->alternative, node->lower, node->upper, node->step, node->format_spec}) {
        expression(part);
    }
    for (const Expr* item : node->items) expression(item);
    for (const Expr* key : node->keys) expression(key);
    for (const syntax::Argument& argument : node->arguments) expression(argument.value);
}

void SymbolTable::resolve(Scope& scope) {
    for (auto& [name, symbol] : scope.symbols) {
        if (symbol.reach == Reach::Unresolved) resolve_name(scope, name, symbol);
    }
}

void SymbolTable::resolve_name(Scope& scope, const std::string& name, Symbol& symbol) {
    if (symbol.global) {
        symbol.reach = scope.kind == Scope::Kind::Module ? Reach::Name : Reach::GlobalExplicit;
        return;
    }
    if (scope.kind == Scope::Kind::Module) {
        symbol.reach = Reach::Name;
        return;
    }
    const bool own = symbol.bound && !symbol.nonlocal;
    if (own) {
        symbol.reach = scope.kind == Scope::Kind::Class ? Reach::Name : Reach::Fast;
        return;
    }
    // An enclosing function's variable: every function in between passes it on.
    for (Scope* outer = scope.parent; outer; outer = outer->parent) {
        const bool class_cell = outer->kind == Scope::Kind::Class && name == "__class__";
        if (outer->kind == Scope::Kind::Module) break;
        if (outer->kind == Scope::Kind::Class && !class_cell) continue;
        const auto found = outer->symbols.find(name);
        const bool owns = class_cell || (found != outer->symbols.end() && found->second.bound &&
                                         !found->second.nonlocal && !found->second.global);
        if (!owns) {
            if (found != outer->symbols.end() && found->second.global) break;
            continue;
        }
        outer->symbols[name].reach = Reach::Cell;
        symbol.reach = Reach::Free;
        for (Scope* between = scope.parent; between != outer; between = between->parent) {
            Symbol& passed = between->symbols[name];
            // A class body that binds the name itself keeps its own; the cell goes through beside
            // it.
            if (passed.reach == Reach::Unresolved || passed.reach == Reach::GlobalImplicit) {
                passed.reach = Reach::Free;
            } else if (between->kind == Scope::Kind::Class && passed.reach == Reach::Name) {
                between->symbols[name + " "].reach = Reach::Free;
            }
        }
        return;
    }
    symbol.reach = scope.kind == Scope::Kind::Class ? Reach::Name : Reach::GlobalImplicit;
}

}  // namespace wh::program
