// First pass of the compiler: which scope each name belongs to (CPython's Python/symtable.c does
// the same). Scopes are found again by the node that opens them.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "syntax/tree.h"

namespace wh::program {

enum class Reach : std::uint8_t {
    Unresolved,
    Fast,            // local variable of a function
    Cell,            // local that an inner function uses
    Free,            // of an enclosing function
    Name,            // of a class body or module: looked up by name
    GlobalImplicit,  // module, then builtins
    GlobalExplicit,  // `global x`
};

struct Symbol {
    bool bound = false;
    bool parameter = false;
    bool used = false;
    bool global = false;
    bool nonlocal = false;
    Reach reach = Reach::Unresolved;
};

struct Scope {
    enum class Kind : std::uint8_t { Module, Class, Function };
    Kind kind = Kind::Module;
    Scope* parent = nullptr;
    std::vector<Scope*> children;
    std::string private_class;   // of the innermost class: for __name mangling
    bool comprehension = false;  // list, set, dict comprehension or generator expression
    bool has_yield = false;
    bool has_await = false;
    std::map<std::string, Symbol, std::less<>> symbols;
    // The symbol as it counts in this scope; null: never mentioned.
    [[nodiscard]] const Symbol* find(std::string_view name) const {
        const auto found = symbols.find(name);
        return found == symbols.end() ? nullptr : &found->second;
    }
};

class SymbolTable {
  public:
    explicit SymbolTable(const syntax::Tree& tree);
    // Of a def or class statement (Stmt*), lambda or comprehension (Expr*), or the tree itself.
    [[nodiscard]] Scope* scope_of(const void* node) const { return by_node_.at(node); }

  private:
    Scope* open(const void* node, Scope::Kind kind);
    void close() { scope_ = scope_->parent; }
    Symbol& symbol(std::string_view name);
    void bind(std::string_view name) { symbol(name).bound = true; }
    void use(std::string_view name);
    void walrus(std::string_view name);
    void statement(const syntax::Stmt& node);
    void statements(const std::vector<syntax::Stmt*>& nodes);
    void function(const syntax::Stmt& node);
    void expression(const syntax::Expr* node);
    void comprehension(const syntax::Expr& node);
    void parameters(const std::vector<syntax::Parameter>& list);
    void pattern(const syntax::Pattern& node);
    void resolve(Scope& scope);
    void resolve_name(Scope& scope, const std::string& name, Symbol& symbol);

    std::deque<Scope> scopes_;
    std::unordered_map<const void*, Scope*> by_node_;
    Scope* scope_ = nullptr;
};

// `__name` inside class `cls` is `_cls__name`.
std::string mangled(std::string_view name, std::string_view private_class);

}  // namespace wh::program
