// The compiler's own declarations, shared by compile_*.cpp.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "program/vm/compile.h"
#include "program/vm/symbols.h"

namespace wh::program {

// A jump target: known later.
struct Label {
    std::int64_t position = -1;
    std::vector<std::uint32_t> waiting;  // instructions to patch
};

// What has to be undone when control leaves a block by return, break or continue (CPython's
// fblock).
struct OpenBlock {
    enum class Kind : std::uint8_t {
        WhileLoop,
        ForLoop,      // iterator on the stack; async for too
        Try,          // PopBlock
        FinallyTry,   // PopBlock, then the final body
        FinallyEnd,   // in the final body after an exception: PopHandled
        Handler,      // in `except E as name`: name is deleted
        StarHandler,  // in `except* E as name`; results and rest are on the stack
        With,
        AsyncWith,
        Value,  // a value waits on the stack (the one being returned)
    };
    Kind kind = Kind::WhileLoop;
    Label* next = nullptr;  // continue goes there
    Label* end = nullptr;   // break goes there
    const std::vector<syntax::Stmt*>* final_body = nullptr;
    const std::string* name = nullptr;
    Span span;
};

// The function (class body, module ...) that is being compiled.
struct Unit {
    Code* code = nullptr;
    const Scope* scope = nullptr;
    Unit* parent = nullptr;
    std::vector<OpenBlock> blocks;
    std::map<std::string, std::uint32_t, std::less<>> names;
    std::map<std::string, std::uint32_t, std::less<>> locals;
    std::map<std::string, std::uint32_t, std::less<>> cells;
};

class Compiler {
  public:
    Compiler(const syntax::Tree& tree, std::string_view text, CompileOutput& out);
    const Code* module();
    const Code* single_expression();

  private:
    // -- emitting (compile_emit.cpp) ------------------------------------------------------------
    std::uint32_t emit(Op op, std::uint32_t arg = 0);
    void jump(Op op, Label& label);
    void place(Label& label);
    void mark(Span span);
    void constant(Constant constant);
    void load_none();
    void load_text(std::string_view text);
    std::uint32_t name_index(std::string_view name);
    std::uint32_t hidden_local();
    void load_name(std::string_view name);
    void store_name(std::string_view name);
    void delete_name(std::string_view name);
    void name_operation(std::string_view name, Op fast, Op cell, Op global, Op named);
    std::uint32_t add_site(CallSite site);
    void unpack_item_store(const syntax::Expr& target);
    Code* begin_unit(Unit& unit, const void* node, std::string name, Span span);
    void end_unit(Unit& unit);
    [[nodiscard]] std::string_view source(Span span) const;

    // -- expressions ---------------------------------------------------------------------------
    void expression(const syntax::Expr& node);
    void literal(const syntax::Expr& node, trust::OriginKind kind, std::string_view name);
    void call(const syntax::Expr& node);
    // Arguments after the callable; true: as list and dict (CallStar), false: plainly.
    bool call_arguments(const std::vector<syntax::Argument>& arguments, bool always_star,
                        CallSite& site);
    void items(const std::vector<syntax::Expr*>& items, Op build, Op append, Op extend);
    void dict(const syntax::Expr& node);
    void compare(const syntax::Expr& node);
    void bool_op(const syntax::Expr& node);
    void joined_string(const syntax::Expr& node);
    void formatted_value(const syntax::Expr& node);
    void comprehension(const syntax::Expr& node);
    void comprehension_clause(const syntax::Expr& node, std::size_t index, std::uint32_t depth);
    void jump_if(const syntax::Expr& node, Label& label, bool when);
    void await_top();  // awaits what GetAwaitable left: iterator -> result
    void lambda(const syntax::Expr& node);

    // -- statements ----------------------------------------------------------------------------
    void statements(const std::vector<syntax::Stmt*>& nodes);
    void statement(const syntax::Stmt& node);
    void store(const syntax::Expr& target);
    void store_items(const std::vector<syntax::Expr*>& items);
    void remove(const syntax::Expr& target);
    void augmented_assign(const syntax::Stmt& node);
    void annotated_assign(const syntax::Stmt& node);
    void import(const syntax::Stmt& node);
    void import_from(const syntax::Stmt& node);
    void if_statement(const syntax::Stmt& node);
    void while_loop(const syntax::Stmt& node);
    void for_loop(const syntax::Stmt& node);
    void assertion(const syntax::Stmt& node);
    void return_statement(const syntax::Stmt& node);
    void leave_loop(const syntax::Stmt& node);
    void match(const syntax::Stmt& node);
    void pattern(const syntax::Pattern& node, std::uint32_t subject, Label& fail);
    void sequence_pattern(const syntax::Pattern& node, std::uint32_t subject, Label& fail);
    void mapping_pattern(const syntax::Pattern& node, std::uint32_t subject, Label& fail);
    void class_pattern(const syntax::Pattern& node, std::uint32_t subject, Label& fail);

    // -- try and with --------------------------------------------------------------------------
    void try_statement(const syntax::Stmt& node);
    void try_handlers(const syntax::Stmt& node);
    void star_handlers(const syntax::Stmt& node);
    void forget_handler_name(const std::string& name);
    void with(const syntax::Stmt& node, std::size_t index);
    void unwind(const OpenBlock& block, bool keep_top);
    // Leaves all open blocks up to `count` (innermost first); the blocks stay open for what
    // follows.
    void unwind_to(std::size_t count, bool keep_top);

    // -- functions and classes -------------------------------------------------------------------
    void function(const syntax::Stmt& node);
    void class_statement(const syntax::Stmt& node);
    void decorators_before(const syntax::Stmt& node);
    void decorators_after(const syntax::Stmt& node);
    void defaults(const std::vector<syntax::Parameter>& parameters);
    void annotations(const std::vector<syntax::Parameter>& parameters, const syntax::Expr* returns);
    void annotation(const syntax::Expr& node);
    void layout_parameters(Unit& unit, const std::vector<syntax::Parameter>& parameters);
    void make_function(const Code* code);
    void body_doc(Code& code, const std::vector<syntax::Stmt*>& body);

    const syntax::Tree& tree_;
    std::string_view text_;
    CompileOutput& out_;
    SymbolTable symbols_;
    Unit* unit_ = nullptr;
    Span span_;
    bool future_annotations_ = false;
    std::uint32_t hidden_ = 0;
};

// While alive, instructions belong to `span`.
struct AtSpan {
    Span& slot;
    Span before;
    AtSpan(Span& where, Span span) : slot(where), before(where) { slot = span; }
    ~AtSpan() { slot = before; }
    AtSpan(const AtSpan&) = delete;
    AtSpan& operator=(const AtSpan&) = delete;
};

}  // namespace wh::program
