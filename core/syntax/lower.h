// Concrete tree -> our nodes. Inside syntax/ only.
#pragma once

#include <string_view>

#include "syntax/concrete.h"
#include "syntax/literal.h"
#include "syntax/tree.h"

// A switch over the grammar's kinds names the few that can stand in a place; the rest is an error
// in the text, so that listing all 120 everywhere would check nothing.
#pragma GCC diagnostic ignored "-Wswitch-enum"

namespace wh::syntax {

// Fills tree.body and adds what it finds wrong to tree.diagnostics.
void lower(std::string_view text, const ConcreteTree& concrete, Tree& tree);
// Sorts by position, drops what only repeats an earlier error, and keeps a bounded number.
void finish_diagnostics(std::string_view text, Tree& tree);

bool is_statement(Kind kind);
// "+=" -> Add.
BinaryOp augmented_op(std::string_view op);

// One pass over a concrete tree. Methods are defined by topic in lower_*.cpp. They never return
// null unless they say so: what is absent or unreadable is an Error node. A diagnostic for it is
// made once, from the concrete tree's own Error and missing nodes (report_errors).
class Lowering {
  public:
    Lowering(std::string_view text, const ConcreteTree& concrete, Tree& tree)
        : text_(text), concrete_(concrete), tree_(tree) {}
    void run();

  private:
    // Access to the concrete tree.
    [[nodiscard]] const ConcreteNode& at(NodeId id) const { return concrete_.nodes[id]; }
    [[nodiscard]] Kind kind(NodeId id) const { return at(id).kind; }
    [[nodiscard]] Children children(NodeId id) const { return {concrete_, id}; }
    [[nodiscard]] std::string_view text(NodeId id) const {
        if (id == kNoNode) return {};
        return text_.substr(at(id).begin, at(id).end - at(id).begin);
    }
    [[nodiscard]] Span span(NodeId id) const { return {tree_.file, at(id).begin, at(id).end}; }
    [[nodiscard]] bool is_token(NodeId id, std::string_view token) const {
        return kind(id) == Kind::Token && text(id) == token;
    }
    // Between statements; those that the scan inserted have no text.
    [[nodiscard]] bool is_separator(NodeId id) const {
        return kind(id) == Kind::Token && (text(id).empty() || text(id) == ";");
    }
    [[nodiscard]] bool is_node(NodeId id) const {  // named, not an error
        return kind(id) != Kind::Token && kind(id) != Kind::Error;
    }
    // kNoNode if there is none.
    [[nodiscard]] NodeId field(NodeId parent, Field field) const;
    [[nodiscard]] NodeId child(NodeId parent, Kind kind) const;
    [[nodiscard]] NodeId first_node(NodeId parent) const;
    [[nodiscard]] bool has_token(NodeId parent, std::string_view token) const;
    [[nodiscard]] bool is_absent(NodeId id) const { return id == kNoNode || at(id).missing; }

    // Making nodes.
    Expr* make(ExprKind kind, Span span);
    Stmt* make(StmtKind kind, Span span);
    Pattern* make(PatternKind kind, Span span);
    Expr* name_expr(std::string_view name, Span span);
    void report(Span span, std::string message);
    bool enter(Span span);  // false: too deep (reported); else leave() must follow
    bool enter_many(Span span, std::size_t levels);
    void leave() { --depth_; }

    // lower_errors.cpp
    void report_errors();
    void report_error(NodeId parent, NodeId before, NodeId error);
    void report_run(NodeId parent, NodeId before, NodeId first, NodeId last);
    bool report_target(NodeId target);
    void check_target(const Expr* target, const char* verb);

    // lower_statements.cpp
    void statements(NodeId parent, std::vector<Stmt*>& out);
    std::vector<Stmt*> block(NodeId id);
    Stmt* statement(NodeId id);
    Stmt* statement_inner(NodeId id);
    Stmt* expression_statement(NodeId id);
    Stmt* assignment(NodeId id, Span span);
    Stmt* import_statement(NodeId id);
    Stmt* import_from(NodeId id);
    Stmt* if_statement(NodeId id);
    Stmt* for_or_while(NodeId id);
    Stmt* try_statement(NodeId id);
    Stmt* with_statement(NodeId id);
    void with_item(NodeId item, std::vector<WithItem>& out);
    Stmt* function(NodeId id);
    Stmt* class_definition(NodeId id);
    // Type parameters (PEP 695) as assignments before the statement that has them: their scope of
    // their own is not kept.
    std::vector<Expr*> type_parameters(NodeId brackets);
    std::vector<Stmt*> before_;
    Stmt* old_statement(NodeId id);  // print and exec of Python 2

    // lower_patterns.cpp
    Stmt* match(NodeId id);
    Pattern* case_pattern(NodeId id);
    Pattern* sequence(NodeId id, PatternKind kind);
    Pattern* simple_pattern(NodeId& next);  // reads one from a list of siblings
    Pattern* simple_pattern_inner(NodeId& next);
    Pattern* value_pattern(Expr* value);
    Pattern* named_pattern(NodeId dotted_name);
    Pattern* class_pattern(NodeId id);
    Pattern* mapping_pattern(NodeId id);
    Expr* number_pattern(NodeId& next);

    // lower_expressions.cpp
    Expr* expr(NodeId id);  // kNoNode gives an Error at nothing's place
    Expr* expr_or_null(NodeId id) { return id == kNoNode ? nullptr : expr(id); }
    Expr* expr_inner(NodeId id);
    Expr* collection(NodeId id, ExprKind kind);
    Expr* first_expr(NodeId parent);       // of the first node among the children
    Expr* unparenthesised(NodeId parent);  // one expression, or a tuple if there are commas
    Expr* subscript(NodeId id);
    Expr* slice(NodeId id);
    Expr* generic_type(NodeId id);
    Expr* dictionary(NodeId id);
    Expr* comprehension(NodeId id, ExprKind kind);
    Expr* dotted_name(NodeId id);

    // lower_operators.cpp
    Expr* lift_star(Expr* whole, Expr* Expr::*operand, NodeId operand_id);
    Expr* binary(NodeId id);
    void bit_chain(NodeId id, std::vector<NodeId>& out);
    Expr* bit_operators(const std::vector<NodeId>& chain);
    Expr* bool_op(NodeId id);
    Expr* compare(NodeId id);
    Expr* union_type(NodeId id);
    void union_members(NodeId id, std::vector<NodeId>& out);

    // lower_calls.cpp
    Expr* call(NodeId id);
    Expr* lambda(NodeId id);
    void arguments(NodeId id, std::vector<Argument>& out);
    void parameters(NodeId id, std::vector<Parameter>& out);
    void parameter(NodeId id, Parameter& out);

    // lower_literals.cpp
    Expr* number(NodeId id);
    Expr* string(NodeId id);  // string or concatenated_string
    struct Pieces;            // of an f-string
    void one_string(NodeId id, Pieces& out, bool& bytes, bool& text);
    void literal_piece(std::uint32_t begin, std::uint32_t end, StringPrefix prefix, Pieces& out);
    void interpolation(NodeId id, StringPrefix prefix, Pieces& out);
    Expr* format_spec(NodeId id, StringPrefix prefix);

    std::string_view text_;
    const ConcreteTree& concrete_;
    Tree& tree_;
    int depth_ = 0;
    int reports_ = 0;
    bool too_deep_ = false;
};

}  // namespace wh::syntax
