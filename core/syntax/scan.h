// What is done to a text before the grammar sees it.
#pragma once

#include <string>
#include <string_view>

#include "syntax/tree.h"

namespace wh::syntax {

struct Scan {
    // The text for the grammar: same length, so that positions are the same, with what could only
    // confuse it replaced. Literals are read from the original text.
    std::string shadow;
    bool parseable = true;  // false: beyond a bound; a diagnostic says so
};

// Adds comments and lexical errors to the tree.
Scan scan(std::string_view text, Tree& tree);

}  // namespace wh::syntax
