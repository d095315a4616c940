// The matcher: backtracking over code points, with a bound on its steps.
#include "libraries/shared/regex_node.h"

namespace wh::libraries {

namespace {

using namespace regex;
using Kind = RegexNode::Kind;

constexpr int kStepsMax = 1'000'000;
constexpr int kDepthMax = 3000;

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
