// What a code point may be in a Python text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wh::syntax {

struct CodePoint {
    std::uint32_t value = 0;
    std::size_t length = 0;  // bytes; 0: not UTF-8 (RFC 3629)
};
CodePoint decode_utf8(std::string_view text, std::size_t at);

inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
// ASCII only looks at letters and the underscore; everything beyond ASCII counts.
inline bool starts_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) > 0x7F;
}
inline bool continues_name(char c) {
    return starts_name(c) || is_digit(c);
}

// Empty if it may be in a name; else CPython's words: "invalid character '…' (U+2026)".
// Knows the punctuation and symbols that get into pasted code, not every unassigned code point.
std::string invalid_character(CodePoint point, std::string_view bytes);

bool is_hard_keyword(std::string_view word);

}  // namespace wh::syntax
