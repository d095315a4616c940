// Comments by which people take a finding back: `# noqa: S501` (Ruff), `# nosec B501` (Bandit), and our
// own `# wronghost: ignore[tls-verify-disabled] reason`. Without codes they are for all.
#pragma once

#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "trust/finding.h"

namespace wh::run {

// Removes the findings that a comment in one of their lines is for. Our own comments that were for
// nothing are told ("unused-suppression"); the others may be for other tools.
void apply_suppressions(const std::vector<std::string_view>& sources,
                        std::vector<trust::Finding>& findings, std::vector<Diagnostic>& diagnostics);

}  // namespace wh::run
