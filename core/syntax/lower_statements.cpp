#include <utility>

#include "syntax/lower.h"

namespace wh::syntax {

void lower(std::string_view text, const ConcreteTree& concrete, Tree& tree) {
    Lowering(text, concrete, tree).run();
}

void Lowering::run() {
    statements(kNoNode, tree_.body);  // the root
    report_errors();
}

Stmt* Lowering::make(StmtKind kind, Span span) {
    Stmt& made = tree_.stmts.emplace_back();
    made.kind = kind;
    made.span = span;
    return &made;
}

bool is_statement(Kind kind) {
    constexpr Kind kStatements[] = {
        Kind::AssertStatement,    Kind::BreakStatement,        Kind::ClassDefinition,
        Kind::ContinueStatement,  Kind::DecoratedDefinition,   Kind::DeleteStatement,
        Kind::ExecStatement,      Kind::ExpressionStatement,   Kind::ForStatement,
        Kind::FunctionDefinition, Kind::FutureImportStatement, Kind::GlobalStatement,
        Kind::IfStatement,        Kind::ImportFromStatement,   Kind::ImportStatement,
        Kind::MatchStatement,     Kind::NonlocalStatement,     Kind::PassStatement,
        Kind::PrintStatement,     Kind::RaiseStatement,        Kind::ReturnStatement,
        Kind::TryStatement,       Kind::TypeAliasStatement,    Kind::WhileStatement,
        Kind::WithStatement,
    };
    for (const Kind statement : kStatements) {
        if (kind == statement) return true;
    }
    return false;
}

// The statements among the children of a module, block or Error node. What lies between them and is
// no statement becomes one Error statement each run.
void Lowering::statements(NodeId parent, std::vector<Stmt*>& out) {
    bool in_error = false;
    for (const NodeId id : children(parent)) {
        if (is_statement(kind(id))) {
            in_error = false;
            std::vector<Stmt*> outer = std::exchange(before_, {});
            Stmt* made = statement(id);
            out.insert(out.end(), before_.begin(), before_.end());
            before_ = std::move(outer);
            out.push_back(made);
        } else if (kind(id) == Kind::Block || kind(id) == Kind::Error) {
            // Error recovery leaves blocks without their header, and whole statements in errors.
            if (kind(id) == Kind::Error && !in_error)
                out.push_back(make(StmtKind::Error, span(id)));
            in_error = true;
            if (!enter(span(id))) continue;
            statements(id, out);
            leave();
        } else if (!is_separator(id) && at(parent).kind != Kind::Error) {
            if (!in_error) out.push_back(make(StmtKind::Error, span(id)));
            in_error = true;
        }
    }
}

std::vector<Stmt*> Lowering::block(NodeId id) {
    std::vector<Stmt*> out;
    if (id != kNoNode) statements(id, out);
    return out;
}

Stmt* Lowering::statement(NodeId id) {
    if (!enter(span(id))) return make(StmtKind::Error, span(id));
    Stmt* made = statement_inner(id);
    leave();
    return made;
}

Stmt* Lowering::statement_inner(NodeId id) {
    const Span where = span(id);
    switch (kind(id)) {
        case Kind::ExpressionStatement:
            return expression_statement(id);
        case Kind::ImportStatement:
            return import_statement(id);
        case Kind::ImportFromStatement:
        case Kind::FutureImportStatement:
            return import_from(id);
        case Kind::PassStatement:
            return make(StmtKind::Pass, where);
        case Kind::BreakStatement:
            return make(StmtKind::Break, where);
        case Kind::ContinueStatement:
            return make(StmtKind::Continue, where);
        case Kind::ReturnStatement: {
            Stmt* made = make(StmtKind::Return, where);
            made->value = expr_or_null(first_node(id));
            return made;
        }
        case Kind::RaiseStatement: {
            Stmt* made = make(StmtKind::Raise, where);
            for (const NodeId part : children(id)) {
                if (!is_node(part)) continue;
                if (at(part).field == Field::Cause) {
                    made->cause = expr(part);
                } else if (made->value == nullptr) {
                    made->value = expr(part);
                    // `raise Error, "text"` is Python 2's.
                    if (kind(part) == Kind::ExpressionList) report(span(part), "invalid syntax");
                }
            }
            return made;
        }
        case Kind::AssertStatement: {
            Stmt* made = make(StmtKind::Assert, where);
            for (const NodeId part : children(id)) {
                if (!is_node(part)) continue;
                if (made->value == nullptr) {
                    made->value = expr(part);
                } else if (made->message == nullptr) {
                    made->message = expr(part);
                } else {
                    report(span(part), "invalid syntax");
                }
            }
            if (made->value == nullptr) made->value = make(ExprKind::Error, where);
            return made;
        }
        case Kind::DeleteStatement: {
            Stmt* made = make(StmtKind::Delete, where);
            const NodeId first = first_node(id);
            if (kind(first) != Kind::ExpressionList) {
                made->targets.push_back(expr(first));
                check_target(made->targets[0], "delete");
                return made;
            }
            for (const NodeId part : children(first)) {
                if (!is_node(part)) continue;
                made->targets.push_back(expr(part));
                check_target(made->targets.back(), "delete");
            }
            return made;
        }
        case Kind::GlobalStatement:
        case Kind::NonlocalStatement: {
            Stmt* made = make(
                kind(id) == Kind::GlobalStatement ? StmtKind::Global : StmtKind::Nonlocal, where);
            for (const NodeId part : children(id)) {
                if (kind(part) == Kind::Identifier) made->names.emplace_back(text(part));
            }
            return made;
        }
        case Kind::TypeAliasStatement: {
            Stmt* made = make(StmtKind::TypeAlias, where);
            NodeId name = field(id, Field::Left);
            while (name != kNoNode && kind(name) != Kind::Identifier) name = first_node(name);
            made->name = text(name);
            for (NodeId at_name = field(id, Field::Left);
                 at_name != kNoNode && kind(at_name) != Kind::Identifier;
                 at_name = first_node(at_name)) {
                type_parameters(child(at_name, Kind::TypeParameter));
            }
            made->value = expr(field(id, Field::Right));
            return made;
        }
        case Kind::PrintStatement:
        case Kind::ExecStatement:
            return old_statement(id);
        case Kind::IfStatement:
            return if_statement(id);
        case Kind::ForStatement:
        case Kind::WhileStatement:
            return for_or_while(id);
        case Kind::TryStatement:
            return try_statement(id);
        case Kind::WithStatement:
            return with_statement(id);
        case Kind::MatchStatement:
            return match(id);
        case Kind::FunctionDefinition:
            return function(id);
        case Kind::ClassDefinition:
            return class_definition(id);
        case Kind::DecoratedDefinition: {
            std::vector<Expr*> decorators;
            for (const NodeId part : children(id)) {
                if (kind(part) == Kind::Decorator) decorators.push_back(first_expr(part));
            }
            const NodeId definition = field(id, Field::Definition);
            if (is_absent(definition)) return make(StmtKind::Error, where);
            Stmt* made = statement(definition);
            made->decorators = std::move(decorators);
            return made;
        }
        default:
            return make(StmtKind::Error, where);
    }
}

Stmt* Lowering::expression_statement(NodeId id) {
    const NodeId first = first_node(id);
    if (kind(first) == Kind::Assignment || kind(first) == Kind::AugmentedAssignment) {
        return assignment(first, span(id));
    }
    Stmt* made = make(StmtKind::Expression, span(id));
    made->value = unparenthesised(id);
    return made;
}

Stmt* Lowering::assignment(NodeId id, Span whole) {
    Stmt* made = make(StmtKind::Assign, whole);
    if (kind(id) == Kind::AugmentedAssignment) {
        made->kind = StmtKind::AugmentedAssign;
        for (const NodeId part : children(id)) {
            if (at(part).field == Field::Operator) made->op = augmented_op(text(part));
        }
        made->targets.push_back(expr(field(id, Field::Left)));
        made->value = expr(field(id, Field::Right));
        return made;
    }
    const NodeId type = field(id, Field::Type);
    if (type != kNoNode) {
        made->kind = StmtKind::AnnotatedAssign;
        made->targets.push_back(expr(field(id, Field::Left)));
        made->annotation = expr(type);
        made->value = expr_or_null(field(id, Field::Right));
        return made;
    }
    // a = b = c is a = (b = c) in the grammar.
    NodeId right = id;
    while (kind(right) == Kind::Assignment) {
        made->targets.push_back(expr(field(right, Field::Left)));
        if (field(right, Field::Type) != kNoNode) report(span(right), "invalid syntax");
        right = field(right, Field::Right);
    }
    if (kind(right) == Kind::AugmentedAssignment) report(span(right), "invalid syntax");
    made->value = expr(right);
    return made;
}

Stmt* Lowering::import_statement(NodeId id) {
    Stmt* made =
        make(kind(id) == Kind::ImportStatement ? StmtKind::Import : StmtKind::ImportFrom, span(id));
    const auto dotted = [&](NodeId name) {
        // a . b is allowed, and means a.b
        std::string out;
        for (const NodeId part : children(name)) {
            if (!out.empty() && kind(part) == Kind::Identifier) out += '.';
            if (kind(part) == Kind::Identifier) out += text(part);
        }
        return out;
    };
    for (const NodeId part : children(id)) {
        ImportName imported;
        imported.span = span(part);
        if (kind(part) == Kind::WildcardImport) {
            imported.name = "*";
        } else if (at(part).field == Field::ModuleName) {
            if (kind(part) == Kind::DottedName) {
                made->module = dotted(part);
            } else if (kind(part) == Kind::RelativeImport) {
                for (const NodeId piece : children(part)) {
                    if (kind(piece) == Kind::DottedName) made->module = dotted(piece);
                    if (kind(piece) != Kind::ImportPrefix) continue;
                    for (const char c : text(piece)) made->level += c == '.' ? 1 : 0;
                }
            }
            continue;
        } else if (kind(part) == Kind::DottedName) {
            imported.name = dotted(part);
        } else if (kind(part) == Kind::AliasedImport) {
            imported.name = dotted(field(part, Field::Name));
            imported.alias = text(field(part, Field::Alias));
        } else {
            continue;
        }
        if (!imported.name.empty()) made->imports.push_back(std::move(imported));
    }
    return made;
}

Stmt* Lowering::import_from(NodeId id) {
    Stmt* made = import_statement(id);
    if (kind(id) == Kind::FutureImportStatement) made->module = "__future__";
    return made;
}

// Also elif clauses: each is an If of its own in the alternative of the one before.
Stmt* Lowering::if_statement(NodeId id) {
    Stmt* made = make(StmtKind::If, span(id));
    made->value = expr(field(id, Field::Condition));
    made->body = block(field(id, Field::Consequence));
    Stmt* last = made;
    int entered = 0;
    for (const NodeId part : children(id)) {
        if (kind(part) == Kind::ElifClause) {
            if (!enter(span(part))) break;
            ++entered;
            Stmt* next = make(StmtKind::If, {tree_.file, at(part).begin, at(id).end});
            next->value = expr(field(part, Field::Condition));
            next->body = block(field(part, Field::Consequence));
            last->alternative.push_back(next);
            last = next;
        } else if (kind(part) == Kind::ElseClause) {
            last->alternative = block(field(part, Field::Body));
        }
    }
    while (entered-- > 0) leave();
    return made;
}

Stmt* Lowering::for_or_while(NodeId id) {
    Stmt* made = make(kind(id) == Kind::ForStatement ? StmtKind::For : StmtKind::While, span(id));
    if (made->kind == StmtKind::For) {
        made->is_async = has_token(id, "async");
        made->targets.push_back(expr(field(id, Field::Left)));
        made->value = expr(field(id, Field::Right));
    } else {
        made->value = expr(field(id, Field::Condition));
    }
    made->body = block(field(id, Field::Body));
    const NodeId otherwise = child(id, Kind::ElseClause);
    if (otherwise != kNoNode) made->alternative = block(field(otherwise, Field::Body));
    return made;
}

Stmt* Lowering::try_statement(NodeId id) {
    Stmt* made = make(StmtKind::Try, span(id));
    made->body = block(field(id, Field::Body));
    for (const NodeId part : children(id)) {
        if (kind(part) == Kind::ElseClause) made->alternative = block(field(part, Field::Body));
        if (kind(part) == Kind::FinallyClause) made->final_body = block(child(part, Kind::Block));
        if (kind(part) != Kind::ExceptClause) continue;
        Handler handler;
        handler.span = span(part);
        handler.body = block(child(part, Kind::Block));
        if (has_token(part, "*")) made->is_star = true;
        for (const NodeId piece : children(part)) {
            if (!is_node(piece) || kind(piece) == Kind::Block) continue;
            if (at(piece).field == Field::Alias) {
                handler.name = text(piece);
            } else if (handler.type != nullptr) {
                // `except A, B:` meant something else in Python 2.
                report(span(piece), "multiple exception types must be parenthesized");
            } else if (kind(piece) == Kind::AsPattern) {
                handler.type = first_expr(piece);
                handler.name = text(field(piece, Field::Alias));
            } else {
                handler.type = expr(piece);
            }
        }
        if (handler.type != nullptr && handler.type->kind == ExprKind::Starred) {
            made->is_star = true;
            handler.type = handler.type->value;
        }
        made->handlers.push_back(std::move(handler));
    }
    if (made->handlers.empty() && made->final_body.empty()) {
        report({tree_.file, at(id).begin, at(id).begin + 3},
               "expected 'except' or 'finally' block");
    }
    return made;
}

void Lowering::with_item(NodeId item, std::vector<WithItem>& out) {
    WithItem made;
    if (kind(item) == Kind::AsPattern) {
        made.context = first_expr(item);
        made.target = expr(field(item, Field::Alias));
        check_target(made.target, "assign to");
    } else {
        made.context = expr(item);
    }
    out.push_back(made);
}

Stmt* Lowering::with_statement(NodeId id) {
    Stmt* made = make(StmtKind::With, span(id));
    made->is_async = has_token(id, "async");
    made->body = block(field(id, Field::Body));
    const NodeId clause = child(id, Kind::WithClause);
    std::vector<NodeId> items;
    if (clause != kNoNode) {
        for (const NodeId part : children(clause)) {
            if (kind(part) == Kind::WithItem) items.push_back(first_node(part));
        }
    }
    if (items.size() == 1) {
        // `with (a as b, c):` may be taken for a tuple or a parenthesised expression.
        const NodeId only = items[0];
        const NodeId first = first_node(only);
        if (kind(only) == Kind::Tuple ||
            (kind(only) == Kind::ParenthesizedExpression && kind(first) == Kind::AsPattern)) {
            items.clear();
            for (const NodeId part : children(only)) {
                if (is_node(part)) items.push_back(part);
            }
        }
    }
    for (const NodeId item : items) {
        if (item != kNoNode) with_item(item, made->with_items);
    }
    return made;
}

Stmt* Lowering::function(NodeId id) {
    Stmt* made = make(StmtKind::Function, span(id));
    made->is_async = has_token(id, "async");
    const NodeId name = field(id, Field::Name);
    made->name = text(name);
    made->name_span = name == kNoNode ? made->span : span(name);
    const NodeId list = field(id, Field::Parameters);
    if (list != kNoNode) parameters(list, made->parameters);
    made->returns = expr_or_null(field(id, Field::ReturnType));
    made->body = block(field(id, Field::Body));
    type_parameters(field(id, Field::TypeParameters));
    return made;
}

std::vector<Expr*> Lowering::type_parameters(NodeId brackets) {
    std::vector<Expr*> names;
    if (brackets == kNoNode) return names;
    for (const NodeId part : children(brackets)) {
        if (!is_node(part)) continue;
        NodeId name = part;
        while (name != kNoNode && kind(name) != Kind::Identifier) name = first_node(name);
        if (name == kNoNode) continue;
        Stmt* assign = make(StmtKind::Assign, span(part));
        assign->targets.push_back(name_expr(text(name), span(name)));
        Expr* call = make(ExprKind::Call, span(part));
        const bool spec = text(part).starts_with("**");
        call->value = name_expr(spec ? "_param_spec" : "_type_var", span(part));
        Argument argument;
        argument.value = make(ExprKind::StringLiteral, span(part));
        argument.value->text = text(name);
        argument.span = span(part);
        call->arguments.push_back(std::move(argument));
        assign->value = call;
        before_.push_back(assign);
        names.push_back(name_expr(text(name), span(name)));
    }
    return names;
}

Stmt* Lowering::class_definition(NodeId id) {
    Stmt* made = make(StmtKind::Class, span(id));
    const NodeId name = field(id, Field::Name);
    made->name = text(name);
    made->name_span = name == kNoNode ? made->span : span(name);
    arguments(field(id, Field::Superclasses), made->arguments);
    made->body = block(field(id, Field::Body));
    const std::vector<Expr*> parameters = type_parameters(field(id, Field::TypeParameters));
    if (!parameters.empty()) {  // Generic[...] is the last of the bases
        Expr* base = make(ExprKind::Call, made->name_span);
        base->value = name_expr("_generic_base", made->name_span);
        for (Expr* each : parameters) {
            Argument argument;
            argument.value = each;
            argument.span = each->span;
            base->arguments.push_back(std::move(argument));
        }
        Argument last;
        last.value = base;
        last.span = made->name_span;
        auto place = made->arguments.begin();
        while (place != made->arguments.end() && place->name.empty()) ++place;
        made->arguments.insert(place, std::move(last));
    }
    return made;
}

// Python 2's print and exec statements: read as the calls that were meant.
Stmt* Lowering::old_statement(NodeId id) {
    const std::string_view name = kind(id) == Kind::PrintStatement ? "print" : "exec";
    report(span(id), std::string("Missing parentheses in call to '") + std::string(name) +
                         "'. Did you mean " + std::string(name) + "(...)?");
    Stmt* made = make(StmtKind::Expression, span(id));
    Expr* call = make(ExprKind::Call, span(id));
    call->value = name_expr(
        name, {tree_.file, at(id).begin, at(id).begin + static_cast<std::uint32_t>(name.size())});
    for (const NodeId part : children(id)) {
        if (!is_node(part) || kind(part) == Kind::Chevron) continue;
        Argument argument;
        argument.value = expr(part);
        argument.span = span(part);
        call->arguments.push_back(std::move(argument));
    }
    made->value = call;
    return made;
}

}  // namespace wh::syntax
