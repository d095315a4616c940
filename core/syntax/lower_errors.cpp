#include <algorithm>

#include "base/text.h"
#include "syntax/lower.h"

namespace wh::syntax {

static constexpr std::size_t kDiagnosticsMax = 20;

std::string Lowering::missing_message(const ConcreteTree::Missing& missing) const {
    const std::string_view name = missing.name;
    if (name == "identifier" || name.empty() || name[0] == '_') return "invalid syntax";
    return cat("expected '", name, "'");
}

std::string Lowering::error_message(NodeId error, Span& where) const {
    // The first line of the error is what a reader looks at.
    std::string_view source = text(error);
    const std::size_t line_end = source.find('\n');
    if (line_end != std::string_view::npos) source = source.substr(0, line_end);
    where = {tree_.file, at(error).begin,
             at(error).begin + static_cast<std::uint32_t>(trim(source).size())};
    return "invalid syntax";
}

void Lowering::report_errors() {
    for (const ConcreteTree::Missing& missing : concrete_.missing) {
        report(span(missing.node), missing_message(missing));
    }
    std::uint32_t reported_to = 0;  // errors in errors are part of the outer one
    for (NodeId id = 0; id < concrete_.nodes.size(); ++id) {
        if (kind(id) != Kind::Error || at(id).end <= reported_to) continue;
        Span where;
        std::string message = error_message(id, where);
        report(where, std::move(message));
        reported_to = at(id).end;
    }
}

void finish_diagnostics(Tree& tree) {
    std::stable_sort(
        tree.diagnostics.begin(), tree.diagnostics.end(),
        [](const Diagnostic& a, const Diagnostic& b) { return a.span.begin < b.span.begin; });
    std::vector<Diagnostic> kept;
    for (Diagnostic& one : tree.diagnostics) {
        if (kept.size() == kDiagnosticsMax) break;
        if (!kept.empty() && kept.back().span.begin == one.span.begin) continue;
        kept.push_back(std::move(one));
    }
    tree.diagnostics = std::move(kept);
}

}  // namespace wh::syntax
