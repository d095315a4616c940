#include "syntax/characters.h"

#include <cstdio>

#include "base/text.h"

namespace wh::syntax {

CodePoint decode_utf8(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const std::uint32_t first = byte(at);
    if (first < 0x80) return {first, 1};
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4) return {};
    std::uint32_t value = first & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) return {};
        value = (value << 6) | (byte(at + i) & 0x3FU);
    }
    constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < kLeast[length] || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
        return {};
    return {value, length};
}

std::string invalid_character(CodePoint point, std::string_view bytes) {
    struct Range {
        std::uint32_t first;
        std::uint32_t last;
        bool printable;
    };
    static constexpr Range kInvalid[] = {
        {0x00, 0x1F, false},     {0x7F, 0xA0, false},     {0xA1, 0xA9, true},
        {0xAB, 0xAC, true},      {0xAD, 0xAD, false},     {0xAE, 0xB4, true},
        {0xB6, 0xB6, true},      {0xB8, 0xB9, true},      {0xBB, 0xBF, true},
        {0xD7, 0xD7, true},      {0xF7, 0xF7, true},      {0x2000, 0x200F, false},
        {0x2010, 0x2027, true},  {0x2028, 0x202F, false}, {0x2030, 0x203E, true},
        {0x2041, 0x2053, true},  {0x2055, 0x205E, true},  {0x205F, 0x206F, false},
        {0x20A0, 0x20CF, true},  {0x2190, 0x2BFF, true},  {0x3000, 0x3000, false},
        {0x3001, 0x3004, true},  {0x3008, 0x3020, true},  {0xE000, 0xF8FF, false},
        {0xFEFF, 0xFEFF, false}, {0xFF01, 0xFF0F, true},  {0xFF1A, 0xFF20, true},
        {0xFFF9, 0xFFFB, false}, {0xFFFC, 0xFFFD, true},  {0x1F000, 0x1FAFF, true},
    };
    for (const Range& range : kInvalid) {
        if (point.value < range.first || point.value > range.last) continue;
        char code[16];
        std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(point.value));
        if (!range.printable) return cat("invalid non-printable character ", code);
        return cat("invalid character '", bytes, "' (", code, ")");
    }
    return {};
}

bool is_hard_keyword(std::string_view word) {
    static constexpr std::string_view kKeywords[] = {
        "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
        "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
        "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
        "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield",
    };
    for (const std::string_view keyword : kKeywords) {
        if (word == keyword) return true;
    }
    return false;
}

}  // namespace wh::syntax
