// What the grammar could not read, in the words of CPython's parser where they can be known
// (Grammar/python.gram, the invalid_* rules).
#include <algorithm>

#include "base/text.h"
#include "syntax/characters.h"
#include "syntax/lower.h"

namespace wh::syntax {

static constexpr std::size_t kDiagnosticsMax = 20;

// CPython's name for what cannot be a target; null if it can.
static const char* no_target(ExprKind kind) {
    switch (kind) {
        case ExprKind::Name:
        case ExprKind::Attribute:
        case ExprKind::Subscript:
        case ExprKind::List:
        case ExprKind::Tuple:
        case ExprKind::Starred:
        case ExprKind::Slice:
        case ExprKind::Error:
            return nullptr;
        case ExprKind::NoneLiteral:
            return "None";
        case ExprKind::BoolLiteral:
            return "True or False";
        case ExprKind::IntLiteral:
        case ExprKind::FloatLiteral:
        case ExprKind::ComplexLiteral:
        case ExprKind::StringLiteral:
        case ExprKind::BytesLiteral:
            return "literal";
        case ExprKind::EllipsisLiteral:
            return "ellipsis";
        case ExprKind::JoinedString:
        case ExprKind::FormattedValue:
            return "f-string expression";
        case ExprKind::Call:
            return "function call";
        case ExprKind::Compare:
            return "comparison";
        case ExprKind::Lambda:
            return "lambda";
        case ExprKind::Conditional:
            return "conditional expression";
        case ExprKind::Set:
            return "set display";
        case ExprKind::Dict:
            return "dict literal";
        case ExprKind::ListComprehension:
            return "list comprehension";
        case ExprKind::SetComprehension:
            return "set comprehension";
        case ExprKind::DictComprehension:
            return "dict comprehension";
        case ExprKind::GeneratorExpression:
            return "generator expression";
        case ExprKind::Await:
            return "await expression";
        case ExprKind::Yield:
        case ExprKind::YieldFrom:
            return "yield expression";
        case ExprKind::NamedExpr:
            return "named expression";
        case ExprKind::Unary:
        case ExprKind::Binary:
        case ExprKind::BoolOp:
            return "expression";
    }
    return nullptr;
}

void Lowering::check_target(const Expr* target, const char* verb) {
    if (const char* what = no_target(target->kind)) {
        report(target->span, cat("cannot ", verb, " ", what));
        return;
    }
    if (target->kind != ExprKind::List && target->kind != ExprKind::Tuple) return;
    for (const Expr* item : target->items) check_target(item, verb);
}

// Whether a statement cannot end with this line: it ends with an operator or with `not`, `in` ...
static bool goes_on(std::string_view line) {
    std::size_t word = line.size();
    while (word > 0 && continues_name(line[word - 1])) --word;
    const std::string_view last = line.substr(word);
    if (last.empty())
        return !line.empty() &&
               std::string_view(")]}\"'").find(line.back()) == std::string_view::npos;
    constexpr std::string_view kEnds[] = {"pass", "break", "continue", "return", "raise",
                                          "None", "True",  "False",    "yield"};
    return is_hard_keyword(last) &&
           std::find(std::begin(kEnds), std::end(kEnds), last) == std::end(kEnds);
}

// `target =` that was not taken for an assignment: says why, if that is because of the target.
bool Lowering::report_target(NodeId target) {
    if (target != kNoNode && kind(target) == Kind::ExpressionStatement) target = first_node(target);
    if (target == kNoNode || !is_node(target)) return false;
    const char* what = no_target(expr(target)->kind);
    if (what == nullptr) return false;
    const bool constant =
        kind(target) == Kind::None || kind(target) == Kind::True || kind(target) == Kind::False;
    report(span(target), constant ? cat("cannot assign to ", text(target))
                                  : cat("cannot assign to ", what,
                                        " here. Maybe you meant '==' instead of '='?"));
    return true;
}

// One diagnostic for the siblings first...last, which no rule of the grammar took; `before` is the
// sibling in front of them.
void Lowering::report_run(NodeId parent, NodeId before, NodeId first, NodeId last) {
    const std::uint32_t begin = at(first).begin;
    const std::size_t line_begin = begin == 0 ? 0 : text_.rfind('\n', begin - 1) + 1;
    const std::size_t line_end = std::min(text_.find('\n', begin), text_.size());
    const std::size_t end =
        std::max<std::size_t>(begin, std::min<std::size_t>(at(last).end, line_end));
    const std::string_view source = trim(text_.substr(begin, end - begin));
    const std::string_view line = trim(text_.substr(line_begin, line_end - line_begin));
    if (source.empty() && !at(first).missing && !goes_on(line))
        return;  // where the scan ended a statement

    const bool condition =
        line.starts_with("if ") || line.starts_with("elif ") || line.starts_with("while ");
    for (NodeId id = first, left = before; id != kNoNode && !condition;
         left = id, id = at(id).next) {
        if (is_token(id, "=") && report_target(left)) return;
        if (id == last) break;
    }
    std::size_t word = 0;
    while (word < source.size() && continues_name(source[word])) ++word;
    const bool operand = (word > 0 || source.starts_with('"') || source.starts_with('\'')) &&
                         !is_hard_keyword(source.substr(0, word));
    const Kind outer = kind(parent);
    const bool behind_operand = before != kNoNode && is_node(before);
    std::string message = "invalid syntax";
    if (condition && source.starts_with('=')) {
        message += ". Maybe you meant '==' or ':=' instead of '='?";
    } else if (line == "import" || line.ends_with(" import")) {
        message = "Expected one or more names after 'import'";
    } else if (operand &&
               (outer == Kind::Pair ||
                (behind_operand &&
                 (outer == Kind::List || outer == Kind::Tuple || outer == Kind::Set ||
                  outer == Kind::Dictionary || outer == Kind::ArgumentList ||
                  outer == Kind::Subscript || outer == Kind::ParenthesizedExpression)))) {
        message += ". Perhaps you forgot a comma?";
    }
    // At a line's end there is nothing to point at but what stands before.
    const auto size = static_cast<std::uint32_t>(source.size());
    const std::uint32_t back = size == 0 && begin > 0 ? 1 : 0;
    report({tree_.file, begin - back, begin + size}, std::move(message));
}

// An Error node holds tokens, which are wrong, and sometimes whole statements, which are not.
void Lowering::report_error(NodeId parent, NodeId before, NodeId error) {
    if (at(error).first_child == kNoNode) {
        report_run(parent, before, error, error);
        return;
    }
    NodeId first = kNoNode;
    NodeId last = kNoNode;
    for (const NodeId id : children(error)) {
        const bool readable = is_statement(kind(id)) || kind(id) == Kind::Block;
        if (!readable) {
            if (first == kNoNode) first = id;
            last = id;
            continue;
        }
        if (first != kNoNode) report_run(parent, before, first, last);
        first = kNoNode;
        before = id;
    }
    if (first != kNoNode) report_run(parent, before, first, last);
}

void Lowering::report_errors() {
    reports_ = 0;
    for (const ConcreteTree::Missing& missing : concrete_.missing) {
        const std::string_view name = missing.name;
        const bool word = name.empty() || name[0] == '_' || name == "identifier";
        if (word) {
            report_run(kNoNode, kNoNode, missing.node, missing.node);
        } else {
            report(span(missing.node), cat("expected '", name, "'"));
        }
    }
    struct Found {
        NodeId error;
        NodeId parent;
        NodeId before;
    };
    std::vector<Found> found;
    for (NodeId parent = 0; parent < concrete_.nodes.size(); ++parent) {
        NodeId before = kNoNode;
        for (const NodeId id : children(parent)) {
            if (kind(id) == Kind::Error) found.push_back({id, parent, before});
            before = id;
        }
    }
    // Nodes are numbered in the order of the text.
    std::sort(found.begin(), found.end(),
              [](const Found& a, const Found& b) { return a.error < b.error; });
    reports_ = 0;
    for (const Found& one : found) report_error(one.parent, one.before, one.error);
}

void finish_diagnostics(std::string_view text, Tree& tree) {
    // One a line, and of several the one that was found first: the scan knows more than lowering,
    // lowering more than error recovery. An error inside a statement of several lines counts for
    // all of them up to its own.
    const LineIndex lines(text);
    std::vector<Diagnostic> kept;
    std::vector<std::uint32_t> taken;
    for (Diagnostic& one : tree.diagnostics) {
        const std::uint32_t line = lines.at(one.span.begin).line;
        if (std::find(taken.begin(), taken.end(), line) != taken.end()) continue;
        taken.push_back(line);
        kept.push_back(std::move(one));
        if (taken.size() > 5 * kDiagnosticsMax) break;
    }
    std::stable_sort(kept.begin(), kept.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return a.span.begin < b.span.begin;
    });
    if (kept.size() > kDiagnosticsMax) kept.resize(kDiagnosticsMax);
    tree.diagnostics = std::move(kept);
}

}  // namespace wh::syntax
