// What is done to a text before the grammar sees it: a pass of our own over its tokens, which knows
// what CPython's tokenizer knows (Parser/lexer/lexer.c): brackets, strings, indentation.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/tree.h"

namespace wh::syntax {

struct Scan {
    // The text for the grammar. Positions are those of the text, but for insertions: what could
    // only confuse the grammar is replaced byte by byte (what is in strings, comments, line ends
    // inside brackets), and what is plainly missing is inserted. Literals and names are read from
    // the text.
    std::string shadow;
    // Where in the text one byte was inserted (before it), in ascending order.
    std::vector<std::uint32_t> inserted;
    // Where in the shadow statements at the left margin begin that do not go on with the one before
    // (as else does): what stands between two of them can be parsed by itself. Ascending.
    std::vector<std::uint32_t> units;
    bool parseable = true;  // false: beyond a bound; a diagnostic says so

    [[nodiscard]] std::uint32_t position(std::uint32_t in_shadow) const;
};

// Adds comments and lexical errors to the tree. `text` must be UTF-8 without NUL (clean_text).
Scan scan(std::string_view text, Tree& tree);

// NUL and bytes that are not UTF-8 are reported (each kind once) and replaced, one byte for one.
// Returns false if there was nothing to do; `out` is then unchanged.
bool clean_text(std::string_view text, Tree& tree, std::string& out);

}  // namespace wh::syntax
