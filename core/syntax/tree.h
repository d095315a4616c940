// Our own small tree of a Python file: what the compiler in program/ reads. Made by
// syntax/lower.cpp from tree-sitter's concrete tree; nothing above this layer sees tree-sitter.
//
// The set of kinds is closed and follows CPython 3.13's abstract grammar (Parser/Python.asdl), with
// literals already decoded. Nodes are plain, owned by the Tree's arena, never null unless said so.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/span.h"

namespace wh::syntax {

struct Expr;
struct Stmt;

enum class ExprKind : std::uint8_t {
    Name,  // text
    NoneLiteral,
    BoolLiteral,     // boolean
    IntLiteral,      // integer; big = true if it does not fit 64 bits (then text holds the digits,
                     //   without underscores, with a prefix such as 0x)
    FloatLiteral,    // real
    ComplexLiteral,  // real is the imaginary part
    StringLiteral,   // text: decoded UTF-8, adjacent literals joined
    BytesLiteral,    // text: decoded bytes
    EllipsisLiteral,
    JoinedString,    // f-string: parts, in order (StringLiteral or FormattedValue)
    FormattedValue,  // value, conversion ('s','r','a' or 0), format_spec (JoinedString or null);
                     //   debug = the text before '=' for f"{x=}", included as a StringLiteral part
                     //   already
    Attribute,       // value . text
    Subscript,       // value [ index ]; several indices are one Tuple; slices are Slice
    Slice,           // lower, upper, step; each may be null
    Call,            // value ( arguments )
    Unary,           // op, value
    Binary,          // left op right
    BoolOp,          // op (And/Or), items (two or more)
    Compare,         // left, then comparisons[i] with items[i]
    Lambda,          // parameters, value = body
    Conditional,     // value if test else alternative
    List,
    Tuple,
    Set,   // items, may hold Starred
    Dict,  // keys[i] : items[i]; keys[i] == null means **items[i]
    ListComprehension,
    SetComprehension,
    GeneratorExpression,  // value; clauses
    DictComprehension,    // key -> value; clauses
    Await,
    Yield,
    YieldFrom,  // value (Yield: may be null)
    NamedExpr,  // text := value
    Starred,    // * value
    Error,      // could not be read; a diagnostic says why
};

enum class UnaryOp : std::uint8_t { Not, Negate, Plus, Invert };
enum class BinaryOp : std::uint8_t {
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
    MatrixMultiply,
    ShiftLeft,
    ShiftRight,
    BitAnd,
    BitOr,
    BitXor,
};
enum class CompareOp : std::uint8_t {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Is,
    IsNot,
    In,
    NotIn,
};

struct Argument {
    enum class Kind : std::uint8_t { Positional, Keyword, Star, DoubleStar };
    Kind kind = Kind::Positional;
    std::string name;  // Keyword only
    Expr* value = nullptr;
    Span span;  // of the whole argument, `name=` included: what a finding points at
};

struct Parameter {
    enum class Kind : std::uint8_t { PositionalOnly, Normal, Star, KeywordOnly, DoubleStar };
    Kind kind = Kind::Normal;
    std::string name;
    Expr* annotation = nullptr;     // may be null
    Expr* default_value = nullptr;  // may be null
    Span span;
};

struct ComprehensionClause {
    Expr* target = nullptr;
    Expr* iterable = nullptr;
    std::vector<Expr*> conditions;
    bool is_async = false;
};

struct Expr {
    ExprKind kind = ExprKind::Error;
    Span span;
    std::string text;
    bool boolean = false;
    bool big = false;
    char conversion = 0;
    std::int64_t integer = 0;
    double real = 0;
    UnaryOp unary_op = UnaryOp::Not;
    BinaryOp binary_op = BinaryOp::Add;
    bool is_or = false;  // BoolOp
    Expr* value = nullptr;
    Expr* index = nullptr;
    Expr* left = nullptr;
    Expr* right = nullptr;
    Expr* key = nullptr;
    Expr* test = nullptr;
    Expr* alternative = nullptr;
    Expr* lower = nullptr;
    Expr* upper = nullptr;
    Expr* step = nullptr;
    Expr* format_spec = nullptr;
    std::vector<Expr*> items;
    std::vector<Expr*> keys;
    std::vector<CompareOp> comparisons;
    std::vector<Argument> arguments;
    std::vector<Parameter> parameters;
    std::vector<ComprehensionClause> clauses;
};

enum class StmtKind : std::uint8_t {
    Expression,       // value
    Assign,           // targets = value
    AugmentedAssign,  // targets[0] op= value
    AnnotatedAssign,  // targets[0]: annotation = value (value may be null)
    Delete,           // targets
    Pass,
    Break,
    Continue,
    Return,  // value may be null
    Raise,   // value, cause; each may be null
    Assert,  // value, message (may be null)
    Global,
    Nonlocal,    // names
    Import,      // imports: module [as alias]
    ImportFrom,  // module, level (leading dots), imports: name [as alias]; name "*"
    If,          // test (value), body, alternative
    While,       // value, body, alternative
    For,         // targets[0] in value; is_async; body, alternative
    Try,         // body, handlers, alternative (else), final_body; is_star for except*
    With,        // with_items, body; is_async
    Function,    // name, parameters, returns, decorators, body; is_async
    Class,       // name, arguments (bases and keywords), decorators, body
    Match,       // value (subject), cases
    TypeAlias,   // name, value
    Error,       // could not be read; a diagnostic says why
};

struct ImportName {
    std::string name;   // dotted for Import
    std::string alias;  // empty: none
    Span span;
};

struct Handler {
    Expr* type = nullptr;  // may be null (bare except)
    std::string name;      // may be empty
    std::vector<Stmt*> body;
    Span span;
};

struct WithItem {
    Expr* context = nullptr;
    Expr* target = nullptr;  // may be null
};

enum class PatternKind : std::uint8_t {
    Value,      // value: compare with ==
    Singleton,  // value: None/True/False, compare with `is`
    Capture,    // name; empty name is the wildcard _
    Sequence,   // patterns; at most one Star
    Star,       // name (may be empty)
    Mapping,    // keys[i] -> patterns[i]; name: **rest (may be empty)
    Class,      // value(patterns..., keyword_names[i]=keyword_patterns)
    Or,         // patterns
    As,         // patterns[0] as name
};

struct Pattern {
    PatternKind kind = PatternKind::Capture;
    Span span;
    std::string name;
    Expr* value = nullptr;
    std::vector<Expr*> keys;
    std::vector<Pattern*> patterns;          // Class: the positional ones
    std::vector<std::string> keyword_names;  // Class
    std::vector<Pattern*> keyword_patterns;  // Class
};

struct MatchCase {
    Pattern* pattern = nullptr;
    Expr* guard = nullptr;  // may be null
    std::vector<Stmt*> body;
};

struct Stmt {
    StmtKind kind = StmtKind::Error;
    Span span;
    Span name_span;  // Function, Class: of the name
    std::string name;
    std::string module;
    int level = 0;
    bool is_async = false;
    bool is_star = false;
    BinaryOp op = BinaryOp::Add;
    Expr* value = nullptr;
    Expr* cause = nullptr;
    Expr* message = nullptr;
    Expr* annotation = nullptr;
    Expr* returns = nullptr;
    std::vector<Expr*> targets;
    std::vector<std::string> names;
    std::vector<ImportName> imports;
    std::vector<Stmt*> body;
    std::vector<Stmt*> alternative;
    std::vector<Stmt*> final_body;
    std::vector<Handler> handlers;
    std::vector<WithItem> with_items;
    std::vector<Parameter> parameters;
    std::vector<Argument> arguments;
    std::vector<Expr*> decorators;
    std::vector<MatchCase> cases;
};

struct Comment {
    Span span;
};

// One parsed file. Owns its nodes; movable, not copyable.
struct Tree {
    Tree() = default;
    Tree(Tree&&) = default;
    Tree& operator=(Tree&&) = default;
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;

    std::uint32_t file = 0;
    std::vector<Stmt*> body;
    std::vector<Comment> comments;        // for suppressions
    std::vector<Diagnostic> diagnostics;  // syntax errors, with ranges
    std::deque<Expr> exprs;               // the arena: addresses are stable
    std::deque<Stmt> stmts;
    std::deque<Pattern> patterns;
};

}  // namespace wh::syntax
