#include "libraries/shared/regex.h"

#include "base/text.h"

namespace wh::libraries {

namespace {

constexpr int kStepsMax = 1'000'000;
constexpr int kDepthMax = 3000;
constexpr int kRepeatMax = 1 << 30;

}  // namespace

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

Regex::Regex() = default;
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;
Regex::~Regex() = default;

std::u32string to_code_points(std::string_view utf8) {
    std::u32string out;
    for (std::size_t i = 0; i < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        const std::size_t size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t point = size == 1 ? lead : lead & (0xFFU >> (size + 1));
        for (std::size_t k = 1; k < size && i + k < utf8.size(); ++k) {
            point = point << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
        }
        out += point;
        i += size;
    }
    return out;
}

namespace {

using Kind = RegexNode::Kind;

bool is_digit(char32_t c) {
    return c >= '0' && c <= '9';
}
bool is_word(char32_t c) {
    return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xAA;
}
bool is_space(char32_t c) {
    return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0;
}
char32_t folded(char32_t c) {
    if (c >= 'A' && c <= 'Z') return c + 32;
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
    return c;
}

bool in_named(char name, char32_t c) {
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

class Parser {
  public:
    Parser(std::string_view pattern, Regex& out) : text_(to_code_points(pattern)), out_(out) {}
    void run() {
        const int root = alternation(0);
        if (out_.error.empty() && at_ < text_.size()) fail("unbalanced parenthesis");
        out_.root = root;
    }

  private:
    int add(RegexNode node) {
        node.flags = out_.flags;
        out_.nodes.push_back(std::move(node));
        return static_cast<int>(out_.nodes.size()) - 1;
    }
    int fail(const char* message, std::size_t place = std::string::npos) {
        if (place == std::string::npos) place = at_;
        if (out_.error.empty()) out_.error = cat(message, " at position ", place);
        at_ = text_.size();
        return add({});
    }
    [[nodiscard]] bool here(char32_t c) const { return at_ < text_.size() && text_[at_] == c; }
    bool take(char32_t c) {
        if (!here(c)) return false;
        ++at_;
        return true;
    }
    int alternation(int depth);
    int sequence(int depth);
    int quantified(int depth);
    int atom(int depth);
    int group(int depth);
    int escape();
    int set();
    bool class_escape(RegexNode& node, char32_t& single);
    char32_t hex_digits(int count);
    std::string name(char32_t end);
    bool number(int& out);

    std::u32string text_;
    Regex& out_;
    std::size_t at_ = 0;
};

int Parser::alternation(int depth) {
    if (depth > 100) return fail("too deeply nested");
    RegexNode node;
    node.kind = Kind::Alternate;
    node.parts.push_back(sequence(depth));
    while (take('|')) node.parts.push_back(sequence(depth));
    return node.parts.size() == 1 ? node.parts.front() : add(std::move(node));
}

int Parser::sequence(int depth) {
    RegexNode node;
    node.kind = Kind::Concat;
    while (at_ < text_.size() && text_[at_] != '|' && text_[at_] != ')') {
        if (out_.flags & kRegexVerbose) {
            if (is_space(text_[at_])) {
                ++at_;
                continue;
            }
            if (text_[at_] == '#') {
                while (at_ < text_.size() && text_[at_] != '\n') ++at_;
                continue;
            }
        }
        node.parts.push_back(quantified(depth));
    }
    return node.parts.size() == 1 ? node.parts.front() : add(std::move(node));
}

bool Parser::number(int& out) {
    if (at_ >= text_.size() || !is_digit(text_[at_])) return false;
    out = 0;
    while (at_ < text_.size() && is_digit(text_[at_]) && out < 100000) {
        out = out * 10 + static_cast<int>(text_[at_++] - '0');
    }
    return true;
}

int Parser::quantified(int depth) {
    int part = atom(depth);
    for (;;) {
        RegexNode node;
        node.kind = Kind::Repeat;
        node.most = kRepeatMax;
        const std::size_t before = at_;
        if (take('*')) {
        } else if (take('+')) {
            node.least = 1;
        } else if (take('?')) {
            node.most = 1;
        } else if (take('{')) {
            const bool low = number(node.least);
            if (take(',')) {
                if (!number(node.most)) node.most = kRepeatMax;
            } else {
                node.most = node.least;
                if (!low) {
                    at_ = before;
                    return part;
                }
            }
            if (!take('}')) {
                at_ = before;
                return part;
            }
            if (node.most < node.least) return fail("min repeat greater than max repeat");
        } else {
            return part;
        }
        const Kind kind = out_.nodes[static_cast<std::size_t>(part)].kind;
        if (kind == Kind::Repeat) return fail("multiple repeat");
        if (take('?')) {
            node.lazy = true;
        } else if (take('+')) {
            node.possessive = true;
        }
        node.parts.push_back(part);
        part = add(std::move(node));
    }
}

std::string Parser::name(char32_t end) {
    std::string out;
    while (at_ < text_.size() && text_[at_] != end) out += static_cast<char>(text_[at_++]);
    take(end);
    return out;
}

int Parser::group(int depth) {
    RegexNode node;
    node.kind = Kind::Group;
    const unsigned outer_flags = out_.flags;
    const std::size_t opened = at_ - 1;
    if (take('?')) {
        if (take(':')) {
        } else if (here('P') || here('<')) {
            const bool python = take('P');
            if (python && take('=')) {
                const std::string wanted = name(')');
                for (const auto& each : out_.names) {
                    if (each.first == wanted) {
                        node.kind = Kind::BackReference;
                        node.group = each.second;
                        return add(std::move(node));
                    }
                }
                return fail("unknown group name");
            }
            if (!take('<')) return fail("unknown extension");
            if (!python && (here('=') || here('!'))) {
                node.kind = Kind::Look;
                node.behind = true;
                node.negated = text_[at_++] == '!';
            } else {
                node.group = ++out_.group_count;
                out_.names.emplace_back(name('>'), node.group);
            }
        } else if (here('=') || here('!')) {
            node.kind = Kind::Look;
            node.negated = text_[at_++] == '!';
        } else if (take('#')) {
            name(')');
            return add({});
        } else {
            unsigned flags = 0;
            while (at_ < text_.size() && text_[at_] != ')' && text_[at_] != ':') {
                switch (text_[at_++]) {
                    case 'i':
                        flags |= kRegexIgnoreCase;
                        break;
                    case 'm':
                        flags |= kRegexMultiline;
                        break;
                    case 's':
                        flags |= kRegexDotAll;
                        break;
                    case 'x':
                        flags |= kRegexVerbose;
                        break;
                    case 'a':
                    case 'u':
                        break;
                    default:
                        return fail("unknown extension");
                }
            }
            out_.flags |= flags;
            if (take(')')) return add({});  // for the rest of the expression
            if (!take(':')) return fail("missing -, : or )");
        }
    } else {
        node.group = ++out_.group_count;
    }
    node.parts.push_back(alternation(depth + 1));
    out_.flags = outer_flags | (out_.flags & 0);
    if (!take(')')) return fail("missing ), unterminated subpattern", opened);
    return add(std::move(node));
}

char32_t Parser::hex_digits(int count) {
    char32_t value = 0;
    for (int i = 0; i < count && at_ < text_.size(); ++i, ++at_) {
        const char32_t c = folded(text_[at_]);
        if (is_digit(c)) {
            value = value * 16 + (c - '0');
        } else if (c >= 'a' && c <= 'f') {
            value = value * 16 + (c - 'a' + 10);
        } else {
            break;
        }
    }
    return value;
}

// After a backslash: a named class (true) or a single character.
bool Parser::class_escape(RegexNode& node, char32_t& single) {
    const char32_t c = text_[at_++];
    switch (c) {
        case 'd':
        case 'D':
        case 'w':
        case 'W':
        case 's':
        case 'S':
            node.classes += static_cast<char>(c);
            return true;
        case 'n':
            single = '\n';
            return false;
        case 't':
            single = '\t';
            return false;
        case 'r':
            single = '\r';
            return false;
        case 'f':
            single = '\f';
            return false;
        case 'v':
            single = '\v';
            return false;
        case 'a':
            single = '\a';
            return false;
        case '0':
            single = 0;
            return false;
        case 'x':
            single = hex_digits(2);
            return false;
        case 'u':
            single = hex_digits(4);
            return false;
        case 'U':
            single = hex_digits(8);
            return false;
        default:
            single = c;
            return false;
    }
}

int Parser::escape() {
    if (at_ >= text_.size()) return fail("bad escape (end of pattern)");
    RegexNode node;
    const char32_t c = text_[at_];
    const auto anchor = [&](Kind kind) {
        ++at_;
        node.kind = kind;
        return add(std::move(node));
    };
    if (c == 'A') return anchor(Kind::AbsoluteBegin);
    if (c == 'Z' || c == 'z') return anchor(Kind::AbsoluteEnd);
    if (c == 'b') return anchor(Kind::WordBoundary);
    if (c == 'B') return anchor(Kind::NotWordBoundary);
    if (c >= '1' && c <= '9') {
        int index = 0;
        number(index);
        if (index > out_.group_count) return fail("invalid group reference");
        node.kind = Kind::BackReference;
        node.group = index;
        return add(std::move(node));
    }
    char32_t single = 0;
    if (class_escape(node, single)) {
        node.kind = Kind::Class;
    } else {
        node.kind = Kind::Literal;
        node.literal = single;
    }
    return add(std::move(node));
}

int Parser::set() {
    const std::size_t opened = at_ - 1;
    RegexNode node;
    node.kind = Kind::Class;
    node.negated = take('^');
    bool first = true;
    while (at_ < text_.size() && (first || text_[at_] != ']')) {
        first = false;
        char32_t from = text_[at_++];
        if (from == '\\') {
            if (at_ >= text_.size()) return fail("bad escape (end of pattern)");
            if (here('b')) {
                ++at_;
                from = '\b';
            } else if (class_escape(node, from)) {
                continue;
            }
        }
        char32_t to = from;
        if (here('-') && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
            ++at_;
            to = text_[at_++];
            RegexNode ignored;
            if (to == '\\' && at_ < text_.size() && class_escape(ignored, to)) {
                return fail("bad character range");
            }
            if (to < from) return fail("bad character range");
        }
        node.ranges.push_back({from, to});
    }
    if (!take(']')) return fail("unterminated character set", opened);
    return add(std::move(node));
}

int Parser::atom(int depth) {
    RegexNode node;
    const char32_t c = text_[at_++];
    switch (c) {
        case '(':
            return group(depth);
        case '[':
            return set();
        case '\\':
            return escape();
        case '.':
            node.kind = Kind::Any;
            break;
        case '^':
            node.kind = Kind::Begin;
            break;
        case '$':
            node.kind = Kind::End;
            break;
        case '*':
        case '+':
        case '?':
            --at_;
            return fail("nothing to repeat");
        default:
            node.kind = Kind::Literal;
            node.literal = c;
    }
    return add(std::move(node));
}

// Continuations are a linked list on the C++ stack: what is still to be matched after a node.
struct Rest {
    int node;  // -1: a repeat's next round, described by the fields below
    const Rest* next;
    int repeat = -1;
    int count = 0;
    int started = 0;
};

class Matcher {
  public:
    Matcher(const Regex& regex, const std::u32string& text, RegexGroups& groups, bool full,
            int& steps)
        : regex_(regex),
          text_(text),
          groups_(groups),
          full_(full),
          size_(static_cast<int>(text.size())),
          steps_(steps) {}
    bool run(int from) {
        steps_ += regex_.group_count;
        groups_.assign(static_cast<std::size_t>(regex_.group_count) + 1, {-1, -1});
        if (!match(regex_.root, from, nullptr)) return false;
        groups_[0] = {from, end_};
        return true;
    }
    [[nodiscard]] bool exhausted() const { return steps_ > kStepsMax; }

  private:
    bool match(int index, int at, const Rest* rest);
    bool go_on(int at, const Rest* rest);
    bool repeat(int index, int at, int count, const Rest* rest, int started);
    [[nodiscard]] bool one(const RegexNode& node, int at) const;
    bool alone(int index, int at, int& end);
    [[nodiscard]] bool boundary(int at) const {
        const bool before = at > 0 && is_word(text_[static_cast<std::size_t>(at - 1)]);
        const bool after = at < size_ && is_word(text_[static_cast<std::size_t>(at)]);
        return before != after;
    }

    const Regex& regex_;
    const std::u32string& text_;
    RegexGroups& groups_;
    bool full_;
    int size_;
    int end_ = 0;
    int& steps_;
    int depth_ = 0;
};

bool Matcher::one(const RegexNode& node, int at) const {
    if (at >= size_) return false;
    const char32_t c = text_[static_cast<std::size_t>(at)];
    const bool fold = node.flags & kRegexIgnoreCase;
    if (node.kind == Kind::Literal)
        return fold ? folded(c) == folded(node.literal) : c == node.literal;
    if (node.kind == Kind::Any) return (node.flags & kRegexDotAll) || c != '\n';
    bool inside = false;
    for (const RegexRange& range : node.ranges) {
        inside = inside || (c >= range.from && c <= range.to);
        if (fold && !inside) {
            const char32_t other = folded(c);
            const char32_t upper = other >= 'a' && other <= 'z' ? other - 32 : other;
            inside = (other >= range.from && other <= range.to) ||
                     (upper >= range.from && upper <= range.to);
        }
    }
    for (const char name : node.classes) inside = inside || in_named(name, c);
    return inside != node.negated;
}

bool Matcher::go_on(int at, const Rest* rest) {
    if (!rest) {
        if (full_ && at != size_) return false;
        end_ = at;
        return true;
    }
    if (rest->node < 0 && rest->repeat < 0) {  // the end of a group: count holds its number
        auto& group = groups_[static_cast<std::size_t>(rest->count)];
        const auto before = group;
        group = {rest->started, at};
        if (go_on(at, rest->next)) return true;
        group = before;
        return false;
    }
    if (rest->repeat >= 0) {
        if (at == rest->started) return go_on(at, rest->next);  // an empty round: no more of them
        return repeat(rest->repeat, at, rest->count, rest->next, at);
    }
    return match(rest->node, at, rest->next);
}

// Does the node match here by itself? For looks and possessive repeats.
bool Matcher::alone(int index, int at, int& end) {
    const bool full = full_;
    const int before = end_;
    full_ = false;
    const bool found = match(index, at, nullptr);
    end = end_;
    full_ = full;
    end_ = before;
    return found;
}

bool Matcher::repeat(int index, int at, int count, const Rest* rest, int) {
    const RegexNode& node = regex_.nodes[static_cast<std::size_t>(index)];
    const int part = node.parts.front();
    const RegexNode& inner = regex_.nodes[static_cast<std::size_t>(part)];
    const bool simple =
        inner.kind == Kind::Literal || inner.kind == Kind::Any || inner.kind == Kind::Class;
    if (simple) {  // no recursion for the common case
        int most = at;
        int rounds = count;
        if (node.lazy) {
            while (rounds < node.least && one(inner, most)) ++most, ++rounds;
            for (;;) {
                if (rounds >= node.least && go_on(most, rest)) return true;
                if (++steps_ > kStepsMax || rounds >= node.most || !one(inner, most)) return false;
                ++most;
                ++rounds;
            }
        }
        while (rounds < node.most && one(inner, most)) ++most, ++rounds;
        steps_ += (most - at) / 8;
        if (node.possessive) return rounds >= node.least && go_on(most, rest);
        for (; rounds >= node.least && rounds >= count; --rounds, --most) {
            if (++steps_ > kStepsMax) return false;
            if (go_on(most, rest)) return true;
            if (rounds == count) break;
        }
        return false;
    }
    if (node.possessive) {
        int rounds = count;
        int end = at;
        while (rounds < node.most && alone(part, at, end) && end > at) at = end, ++rounds;
        return rounds >= node.least && go_on(at, rest);
    }
    const Rest again{-1, rest, index, count + 1, at};
    if (count < node.least) return match(part, at, &again);
    if (node.lazy) {
        if (go_on(at, rest)) return true;
        return count < node.most && match(part, at, &again);
    }
    if (count < node.most && match(part, at, &again)) return true;
    return go_on(at, rest);
}

bool Matcher::match(int index, int at, const Rest* rest) {
    if (++steps_ > kStepsMax || depth_ > kDepthMax) {
        steps_ = kStepsMax + 1;
        return false;
    }
    struct Deeper {
        int& depth;
        explicit Deeper(int& d) : depth(d) { ++depth; }
        ~Deeper() { --depth; }
    } deeper(depth_);
    const RegexNode& node = regex_.nodes[static_cast<std::size_t>(index)];
    const auto at_newline = [&](int place) {
        return text_[static_cast<std::size_t>(place)] == '\n';
    };
    switch (node.kind) {
        case Kind::Empty:
            return go_on(at, rest);
        case Kind::Literal:
        case Kind::Any:
        case Kind::Class:
            return one(node, at) && go_on(at + 1, rest);
        case Kind::Begin:
            if (at != 0 && !((node.flags & kRegexMultiline) && at_newline(at - 1))) return false;
            return go_on(at, rest);
        case Kind::End: {
            const bool last = at == size_ || (at == size_ - 1 && at_newline(at));
            if (!last && !((node.flags & kRegexMultiline) && at_newline(at))) return false;
            return go_on(at, rest);
        }
        case Kind::AbsoluteBegin:
            return at == 0 && go_on(at, rest);
        case Kind::AbsoluteEnd:
            return at == size_ && go_on(at, rest);
        case Kind::WordBoundary:
            return boundary(at) && go_on(at, rest);
        case Kind::NotWordBoundary:
            return !boundary(at) && go_on(at, rest);
        case Kind::Group: {
            if (node.group == 0) return match(node.parts.front(), at, rest);
            const Rest close{-1, rest, -1, node.group, at};
            return match(node.parts.front(), at, &close);
        }
        case Kind::Concat: {
            // The parts as a chain of continuations, last first.
            std::vector<Rest> chain(node.parts.size());
            const Rest* next = rest;
            for (std::size_t i = node.parts.size(); i-- > 1;) {
                chain[i] = {node.parts[i], next};
                next = &chain[i];
            }
            if (node.parts.empty()) return go_on(at, rest);
            return match(node.parts.front(), at, next);
        }
        case Kind::Alternate:
            for (const int part : node.parts) {
                if (match(part, at, rest)) return true;
            }
            return false;
        case Kind::Repeat:
            return repeat(index, at, 0, rest, at);
        case Kind::BackReference: {
            const auto [from, to] = groups_[static_cast<std::size_t>(node.group)];
            if (from < 0 || at + (to - from) > size_) return false;
            const auto length = static_cast<std::size_t>(to - from);
            steps_ += (to - from) / 16;
            if (text_.compare(static_cast<std::size_t>(at), length, text_,
                              static_cast<std::size_t>(from), length) != 0) {
                return false;
            }
            return go_on(at + (to - from), rest);
        }
        case Kind::Look: {
            bool found = false;
            int end = 0;
            if (!node.behind) {
                found = alone(node.parts.front(), at, end);
            } else {
                for (int from = at; from >= 0 && !found; --from) {
                    found = alone(node.parts.front(), from, end) && end == at;
                }
            }
            return found != node.negated && go_on(at, rest);
        }
    }
    return false;
}

}  // namespace

Regex compile_regex(std::string_view pattern, unsigned flags) {
    Regex out;
    out.flags = flags;
    Parser(pattern, out).run();
    return out;
}

bool RegexRun::run(int from) {
    if (!regex.error.empty()) return false;
    const int last = mode == RegexMode::Search ? static_cast<int>(text.size()) : from;
    Matcher matcher(regex, text, groups, mode == RegexMode::FullMatch, steps);
    for (int at = from; at <= last; ++at) {
        if (matcher.run(at)) return true;
        exhausted = matcher.exhausted();
        if (exhausted) return false;
    }
    return false;
}

}  // namespace wh::libraries
