// The value of literals as the language reference defines them ("Literals" in section 2, lexical
// analysis).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "syntax/tree.h"

namespace wh::syntax {

struct StringPrefix {
    bool raw = false;
    bool bytes = false;
    bool formatted = false;
};
// The letters before the quote; false if Python has no such prefix.
bool read_prefix(std::string_view letters, StringPrefix& out);

struct EscapeError {
    std::size_t begin = 0;  // in the text that was decoded
    std::size_t end = 0;
    const char* message = nullptr;  // null: no error
};

// Appends the value of what stands between the quotes. Line ends become \n; {{ and }} become one
// brace if formatted. Returns the first error; decoding goes on behind it.
EscapeError decode_string(std::string_view source, StringPrefix prefix, std::string& out);

void append_utf8(std::uint32_t code_point, std::string& out);

// Sets kind and value of `out` (IntLiteral, FloatLiteral, ComplexLiteral). Returns what is wrong
// with the spelling, or null.
const char* decode_number(std::string_view source, Expr& out);

}  // namespace wh::syntax
