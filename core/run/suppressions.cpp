#include "run/suppressions.h"

#include <algorithm>

#include "base/text.h"

namespace wh::run {

namespace {

constexpr std::string_view kOwn = "wronghost: ignore";

// What the other tools call what we find; their numbers are the same, S501 is B501.
constexpr struct {
    std::string_view number;
    std::string_view rule;
} kCodes[] = {
    {"501", "tls-verify-disabled"},       {"501", "cleartext-fallback"},
    {"323", "tls-verify-disabled"},       {"323", "tls-unverified-by-default"},
    {"502", "weak-tls-mode"},             {"502", "tls-unverified-by-default"},
    {"503", "weak-tls-mode"},             {"504", "tls-unverified-by-default"},
    {"310", "cleartext-transport"},       {"310", "user-controlled-host"},
};

// The comment of a line, without its #; a # in a text of that line is none.
std::string_view comment_of(std::string_view line) {
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quote != 0) {
            if (c == '\\') ++i;
            else if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '#') {
            return line.substr(i + 1);
        }
    }
    return {};
}

bool is_code(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

// Is `rule` among the words of a list? `letter`: theirs, S or B.
bool lists(std::string_view list, char letter, std::string_view rule) {
    std::size_t at = 0;
    while (at < list.size()) {
        std::size_t end = at;
        while (end < list.size() && is_code(list[end])) ++end;
        const std::string_view word = list.substr(at, end - at);
        if (word == rule) return true;
        for (const auto& each : kCodes) {
            if (word.size() == 4 && word[0] == letter && word.substr(1) == each.number &&
                each.rule == rule) {
                return true;
            }
        }
        at = end + 1;
    }
    return false;
}

bool has_code(std::string_view list, char letter) {
    for (std::size_t i = 0; i + 1 < list.size(); ++i) {
        const bool begins = i == 0 || !is_code(list[i - 1]);
        if (begins && list[i] == letter && list[i + 1] >= '0' && list[i + 1] <= '9') return true;
    }
    return false;
}

// One comment may hold several, each with its own #.
std::string_view up_to_next(std::string_view rest) { return rest.substr(0, rest.find('#')); }

bool is_for(std::string_view comment, std::string_view rule) {
    if (const std::size_t at = comment.find(kOwn); at != std::string_view::npos) {
        const std::string_view rest = comment.substr(at + kOwn.size());
        if (!rest.starts_with('[')) return true;
        return lists(rest.substr(1, rest.find(']') - 1), '\0', rule);
    }
    if (const std::size_t at = comment.find("noqa"); at != std::string_view::npos) {
        const std::string_view rest = up_to_next(comment.substr(at + 4));
        return rest.starts_with(':') ? lists(rest.substr(1), 'S', rule) : true;
    }
    if (const std::size_t at = comment.find("nosec"); at != std::string_view::npos) {
        const std::string_view rest = up_to_next(comment.substr(at + 5));
        return has_code(rest, 'B') ? lists(rest, 'B', rule) : true;
    }
    return false;
}

}  // namespace

void apply_suppressions(const std::vector<std::string_view>& sources,
                        std::vector<trust::Finding>& findings, std::vector<Diagnostic>& diagnostics) {
    for (std::uint32_t file = 0; file < sources.size(); ++file) {
        const std::string_view text = sources[file];
        std::size_t begin = 0;
        while (begin < text.size()) {
            const std::size_t end = std::min(text.find('\n', begin), text.size());
            const std::string_view comment = comment_of(text.substr(begin, end - begin));
            bool used = false;
            if (!comment.empty()) {
                std::erase_if(findings, [&](const trust::Finding& finding) {
                    const bool here = finding.span.file == file && !finding.span.empty() &&
                                      finding.span.begin < end && finding.span.end > begin;
                    const bool taken_back = here && is_for(comment, finding.rule);
                    used = used || taken_back;
                    return taken_back;
                });
                const std::size_t own = comment.find(kOwn);
                if (!used && own != std::string_view::npos) {
                    const auto from = static_cast<std::uint32_t>(
                        static_cast<std::size_t>(comment.data() - text.data()) + own);
                    diagnostics.push_back({Severity::Warning, "unused-suppression",
                                           "nothing is found here that this comment could take back",
                                           Span{file, from, static_cast<std::uint32_t>(end)}});
                }
            }
            begin = end + 1;
        }
    }
}

}  // namespace wh::run
