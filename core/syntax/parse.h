// Source text -> Tree. Never fails: what cannot be read becomes Error nodes and diagnostics, and
// the rest of the file is still there.
#pragma once

#include <string>
#include <string_view>

#include "syntax/tree.h"

namespace wh::syntax {

// `file` is written into every span. Text is taken as UTF-8 (a byte-order mark is skipped).
Tree parse(std::string_view text, std::uint32_t file);

// One line per node, indented: for tests and `wronghost tree`.
std::string dump(const Tree& tree);

}  // namespace wh::syntax
