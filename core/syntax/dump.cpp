#include <cstdio>

#include "base/text.h"
#include "syntax/parse.h"

namespace wh::syntax {

namespace {

constexpr const char* kExprNames[] = {
    "Name",
    "NoneLiteral",
    "BoolLiteral",
    "IntLiteral",
    "FloatLiteral",
    "ComplexLiteral",
    "StringLiteral",
    "BytesLiteral",
    "EllipsisLiteral",
    "JoinedString",
    "FormattedValue",
    "Attribute",
    "Subscript",
    "Slice",
    "Call",
    "Unary",
    "Binary",
    "BoolOp",
    "Compare",
    "Lambda",
    "Conditional",
    "List",
    "Tuple",
    "Set",
    "Dict",
    "ListComprehension",
    "SetComprehension",
    "GeneratorExpression",
    "DictComprehension",
    "Await",
    "Yield",
    "YieldFrom",
    "NamedExpr",
    "Starred",
    "Error",
};
constexpr const char* kStmtNames[] = {
    "Expression",
    "Assign",
    "AugmentedAssign",
    "AnnotatedAssign",
    "Delete",
    "Pass",
    "Break",
    "Continue",
    "Return",
    "Raise",
    "Assert",
    "Global",
    "Nonlocal",
    "Import",
    "ImportFrom",
    "If",
    "While",
    "For",
    "Try",
    "With",
    "Function",
    "Class",
    "Match",
    "TypeAlias",
    "Error",
};
constexpr const char* kPatternNames[] = {
    "Value", "Singleton", "Capture", "Sequence", "Star", "Mapping", "Class", "Or", "As",
};
constexpr const char* kUnaryNames[] = {"not", "-", "+", "~"};
constexpr const char* kBinaryNames[] = {"+", "-",  "*",  "/", "//", "%", "**",
                                        "@", "<<", ">>", "&", "|",  "^"};
constexpr const char* kCompareNames[] = {"==", "!=", "<",      "<=", ">",
                                         ">=", "is", "is not", "in", "not in"};
constexpr const char* kParameterNames[] = {"positional-only", "normal", "star", "keyword-only",
                                           "double-star"};
constexpr const char* kArgumentNames[] = {"positional", "keyword", "star", "double-star"};

template <class E>
std::size_t index(E value) {
    return static_cast<std::size_t>(value);
}

class Dumper {
  public:
    explicit Dumper(const Tree& tree) : tree_(tree) {}

    std::string run() {
        body("", tree_.body);
        for (const Diagnostic& diagnostic : tree_.diagnostics) {
            line("diagnostic", diagnostic.code, diagnostic.span);
            out_ += cat(" ", diagnostic.message);
        }
        for (const Comment& comment : tree_.comments) line("comment", "", comment.span);
        if (!out_.empty()) out_ += '\n';
        return std::move(out_);
    }

  private:
    // "  role Kind begin:end", without the line end: attributes follow.
    void line(std::string_view role, std::string_view kind, Span span) {
        if (!out_.empty()) out_ += '\n';
        out_.append(depth_ * 2, ' ');
        if (!role.empty()) out_ += cat(role, kind.empty() ? "" : " ");
        out_ += cat(kind, " ", span.begin, ":", span.end);
    }

    void quoted(std::string_view value) {
        out_ += " '";
        for (const char c : value) {
            const auto byte = static_cast<unsigned char>(c);
            if (c == '\n') {
                out_ += "\\n";
            } else if (byte < 0x20 || byte >= 0x7F || c == '\\' || c == '\'') {
                out_ += "\\x";
                out_ += hex(std::string_view(&c, 1));
            } else {
                out_ += c;
            }
        }
        out_ += "'";
    }

    void attribute(std::string_view value) { out_ += cat(" ", value); }

    void real(double value) {
        char digits[40];
        const int length = std::snprintf(digits, sizeof digits, " %.17g", value);
        out_.append(digits, static_cast<std::size_t>(length));
    }

    void body(std::string_view role, const std::vector<Stmt*>& statements) {
        if (statements.empty()) return;
        if (!role.empty()) {
            out_ += '\n';
            out_.append(depth_ * 2, ' ');
            out_ += cat(role, ":");
            ++depth_;
        }
        for (const Stmt* statement : statements) stmt(*statement);
        if (!role.empty()) --depth_;
    }

    void exprs(std::string_view role, const std::vector<Expr*>& list) {
        for (const Expr* one : list) expr(role, one);
    }

    void parameters(const std::vector<Parameter>& list) {
        for (const Parameter& one : list) {
            line("parameter", kParameterNames[index(one.kind)], one.span);
            quoted(one.name);
            ++depth_;
            expr("annotation", one.annotation);
            expr("default", one.default_value);
            --depth_;
        }
    }

    void arguments(const std::vector<Argument>& list) {
        for (const Argument& one : list) {
            line("argument", kArgumentNames[index(one.kind)], one.span);
            if (one.kind == Argument::Kind::Keyword) quoted(one.name);
            ++depth_;
            expr("", one.value);
            --depth_;
        }
    }

    void expr(std::string_view role, const Expr* node) {
        if (node == nullptr) return;
        const Expr& e = *node;
        line(role, kExprNames[index(e.kind)], e.span);
        switch (e.kind) {
            case ExprKind::Name:
            case ExprKind::Attribute:
            case ExprKind::NamedExpr:
            case ExprKind::StringLiteral:
            case ExprKind::BytesLiteral:
                quoted(e.text);
                break;
            case ExprKind::BoolLiteral:
                attribute(e.boolean ? "True" : "False");
                break;
            case ExprKind::IntLiteral:
                out_ += ' ';
                out_ += e.big ? e.text : cat(static_cast<long long>(e.integer));
                break;
            case ExprKind::FloatLiteral:
            case ExprKind::ComplexLiteral:
                real(e.real);
                break;
            case ExprKind::Unary:
                attribute(kUnaryNames[index(e.unary_op)]);
                break;
            case ExprKind::Binary:
                attribute(kBinaryNames[index(e.binary_op)]);
                break;
            case ExprKind::BoolOp:
                attribute(e.is_or ? "or" : "and");
                break;
            case ExprKind::Compare:
                for (const CompareOp op : e.comparisons) attribute(kCompareNames[index(op)]);
                break;
            case ExprKind::FormattedValue:
                if (e.conversion != 0) attribute(std::string{'!', e.conversion});
                break;
            case ExprKind::NoneLiteral:
            case ExprKind::EllipsisLiteral:
            case ExprKind::JoinedString:
            case ExprKind::Subscript:
            case ExprKind::Slice:
            case ExprKind::Call:
            case ExprKind::Lambda:
            case ExprKind::Conditional:
            case ExprKind::List:
            case ExprKind::Tuple:
            case ExprKind::Set:
            case ExprKind::Dict:
            case ExprKind::ListComprehension:
            case ExprKind::SetComprehension:
            case ExprKind::GeneratorExpression:
            case ExprKind::DictComprehension:
            case ExprKind::Await:
            case ExprKind::Yield:
            case ExprKind::YieldFrom:
            case ExprKind::Starred:
            case ExprKind::Error:
                break;
        }
        ++depth_;
        parameters(e.parameters);
        expr("test", e.test);
        expr("key", e.key);
        expr("value", e.value);
        expr("alternative", e.alternative);
        expr("index", e.index);
        expr("left", e.left);
        expr("right", e.right);
        expr("lower", e.lower);
        expr("upper", e.upper);
        expr("step", e.step);
        expr("spec", e.format_spec);
        for (std::size_t i = 0; i < e.items.size(); ++i) {
            if (i < e.keys.size()) expr("key", e.keys[i]);
            expr(i < e.keys.size() ? (e.keys[i] == nullptr ? "unpack" : "value") : "item",
                 e.items[i]);
        }
        arguments(e.arguments);
        for (const ComprehensionClause& clause : e.clauses) {
            expr(clause.is_async ? "async for" : "for", clause.target);
            expr("in", clause.iterable);
            exprs("if", clause.conditions);
        }
        --depth_;
    }

    void pattern(std::string_view role, const Pattern& p) {
        line(role, kPatternNames[index(p.kind)], p.span);
        if (!p.name.empty()) quoted(p.name);
        ++depth_;
        expr("value", p.value);
        for (std::size_t i = 0; i < p.patterns.size(); ++i) {
            if (i < p.keys.size()) expr("key", p.keys[i]);
            pattern("pattern", *p.patterns[i]);
        }
        for (std::size_t i = 0; i < p.keyword_patterns.size(); ++i) {
            pattern(cat(p.keyword_names[i], " ="), *p.keyword_patterns[i]);
        }
        --depth_;
    }

    void stmt(const Stmt& s) {
        line("", kStmtNames[index(s.kind)], s.span);
        if (!s.name.empty()) quoted(s.name);
        if (s.is_async) attribute("async");
        if (s.is_star) attribute("star");
        if (s.kind == StmtKind::AugmentedAssign) attribute(kBinaryNames[index(s.op)]);
        if (s.kind == StmtKind::ImportFrom) {
            quoted(s.module);
            out_ += cat(" ", s.level);
        }
        for (const std::string& name : s.names) quoted(name);
        ++depth_;
        exprs("decorator", s.decorators);
        for (const ImportName& one : s.imports) {
            line("name", "", one.span);
            quoted(one.name);
            if (!one.alias.empty()) quoted(one.alias);
        }
        exprs("target", s.targets);
        parameters(s.parameters);
        arguments(s.arguments);
        expr("returns", s.returns);
        expr("annotation", s.annotation);
        expr("value", s.value);
        expr("cause", s.cause);
        expr("message", s.message);
        for (const WithItem& item : s.with_items) {
            expr("with", item.context);
            expr("as", item.target);
        }
        body("body", s.body);
        for (const Handler& handler : s.handlers) {
            line("except", "", handler.span);
            if (!handler.name.empty()) quoted(handler.name);
            ++depth_;
            expr("type", handler.type);
            body("body", handler.body);
            --depth_;
        }
        for (const MatchCase& one : s.cases) {
            pattern("case", *one.pattern);
            ++depth_;
            expr("guard", one.guard);
            body("body", one.body);
            --depth_;
        }
        body("else", s.alternative);
        body("finally", s.final_body);
        --depth_;
    }

    const Tree& tree_;
    std::string out_;
    std::size_t depth_ = 0;
};

}  // namespace

std::string dump(const Tree& tree) {
    return Dumper(tree).run();
}

}  // namespace wh::syntax
