// What a compiled regular expression is made of, for the parser (regex.cpp) and the matcher
// (regex_match.cpp) only.
#pragma once

#include <string>
#include <vector>

#include "libraries/shared/regex.h"

namespace wh::libraries {

struct RegexRange {
    char32_t from, to;
};

struct RegexNode {
    enum class Kind : std::uint8_t {
        Empty,
        Literal,
        Any,
        Class,
        Begin,
        End,
        AbsoluteBegin,
        AbsoluteEnd,
        WordBoundary,
        NotWordBoundary,
        Group,
        Concat,
        Alternate,
        Repeat,
        BackReference,
        Look,
    };
    Kind kind = Kind::Empty;
    char32_t literal = 0;
    std::vector<RegexRange> ranges;
    std::string classes;     // of d D w W s S
    bool negated = false;    // Class, Look
    bool behind = false;     // Look
    int group = 0;           // Group (0: not captured), BackReference
    std::vector<int> parts;  // Concat, Alternate; the one part of Group, Repeat, Look
    int least = 0, most = 0;
    bool lazy = false, possessive = false;
    unsigned flags = 0;
};

namespace regex {

inline bool is_digit(char32_t c) {
    return c >= '0' && c <= '9';
}
inline bool is_word(char32_t c) {
    return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xAA;
}
inline bool is_space(char32_t c) {
    return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0;
}
inline char32_t folded(char32_t c) {
    if (c >= 'A' && c <= 'Z') return c + 32;
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
    return c;
}

inline bool in_named(char name, char32_t c) {
    switch (name) {
        case 'd':
            return is_digit(c);
        case 'D':
            return !is_digit(c);
        case 'w':
            return is_word(c);
        case 'W':
            return !is_word(c);
        case 's':
            return is_space(c);
        default:
            return !is_space(c);
    }
}

}  // namespace regex

}  // namespace wh::libraries
