#include "libraries/shared/regex.h"

#include "base/text.h"
#include "libraries/shared/regex_node.h"

namespace wh::libraries {

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

using namespace regex;
using Kind = RegexNode::Kind;

constexpr int kRepeatMax = 1 << 30;

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

}  // namespace

Regex compile_regex(std::string_view pattern, unsigned flags) {
    Regex out;
    out.flags = flags;
    Parser(pattern, out).run();
    return out;
}

}  // namespace wh::libraries
