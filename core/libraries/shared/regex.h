// Regular expressions as Python's `re` has them (library reference, 3.13): a backtracking matcher over
// code points with a bound on its steps. Used by the re module and for pydantic's `pattern`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wh::libraries {

enum RegexFlags : unsigned {
    kRegexIgnoreCase = 2,
    kRegexMultiline = 8,
    kRegexDotAll = 16,
    kRegexVerbose = 64,
    kRegexAscii = 256,
};

struct RegexNode;  // regex.cpp

struct Regex {
    std::vector<RegexNode> nodes;
    int root = -1;
    int group_count = 0;                                   // without group 0
    std::vector<std::pair<std::string, int>> names;        // named groups
    unsigned flags = 0;
    std::string error;                                     // not empty: it does not compile
    Regex();
    Regex(Regex&&) noexcept;
    Regex& operator=(Regex&&) noexcept;
    ~Regex();
};

Regex compile_regex(std::string_view pattern, unsigned flags);

enum class RegexMode : std::uint8_t { Search, Match, FullMatch };
// Spans of the groups (0: the whole) in code points; (-1, -1): took no part.
using RegexGroups = std::vector<std::pair<int, int>>;
struct RegexRun {
    const Regex& regex;
    const std::u32string& text;
    RegexMode mode;
    RegexGroups groups{};
    int steps = 0;           // taken so far, over all places where a match could begin
    bool exhausted = false;  // too many steps, or nested too deep: not known whether it matches
    // False: no match, or exhausted.
    bool run(int from);
};

std::u32string to_code_points(std::string_view utf8);

}  // namespace wh::libraries
