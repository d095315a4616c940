#include "rules/shared/edits.h"

#include <cctype>

#include "base/text.h"
#include "rules/shared/subjects.h"

namespace wh::rules {

using trust::Because;
using trust::BecauseKind;
using trust::Fix;
using trust::TextEdit;

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
static bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

std::string_view text_at(Sources sources, Span span) {
    if (span.file >= sources.size()) return {};
    const std::string_view text = sources[span.file];
    if (span.begin > span.end || span.end > text.size()) return {};
    return text.substr(span.begin, span.end - span.begin);
}

TextEdit remove_argument(Sources sources, Span argument) {
    const std::string_view text = sources[argument.file];
    std::size_t begin = argument.begin;
    std::size_t end = argument.end;
    std::size_t after = end;
    while (after < text.size() && is_space(text[after])) ++after;
    std::size_t before = begin;
    while (before > 0 && is_space(text[before - 1])) --before;
    const bool comma_after = after < text.size() && text[after] == ',';
    const bool comma_before = before > 0 && text[before - 1] == ',';
    if (comma_after && !comma_before) {  // the first argument: up to the next one
        end = after + 1;
        while (end < text.size() && is_space(text[end])) ++end;
        if (end < text.size() && text[end] == ')') end = after + 1;
    } else if (comma_after) {  // in the middle, or the last with a trailing comma
        end = after + 1;
        begin = before;        // the earlier comma and our whitespace: keep one comma
        return {{argument.file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
                ""};
    } else if (comma_before) {
        begin = before - 1;
    }
    return {{argument.file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, ""};
}

std::optional<TextEdit> add_argument(Sources sources, Span call, std::string_view argument) {
    const std::string_view text = text_at(sources, call);
    if (text.empty() || text.back() != ')') return std::nullopt;
    std::size_t last = text.size() - 1;  // index of ')'
    while (last > 0 && is_space(text[last - 1])) --last;
    if (last == 0) return std::nullopt;
    const char before = text[last - 1];
    const auto at = static_cast<std::uint32_t>(call.begin + last);
    if (before == '(') return TextEdit{{call.file, at, at}, std::string(argument)};
    // One argument a line: take the indentation of the line of the last one.
    const bool own_line = text.substr(last).find('\n') != std::string_view::npos;
    std::string lead = before == ',' ? " " : ", ";
    std::string tail;
    if (own_line) {
        const std::string_view whole = sources[call.file];
        const std::size_t line = whole.rfind('\n', at - 1);
        std::size_t indent = line == std::string_view::npos ? 0 : line + 1;
        std::size_t stop = indent;
        while (stop < whole.size() && (whole[stop] == ' ' || whole[stop] == '\t')) ++stop;
        lead = cat(before == ',' ? "\n" : ",\n", whole.substr(indent, stop - indent));
        if (before == ',') tail = ",";
    }
    return TextEdit{{call.file, at, at}, cat(lead, argument, tail)};
}

namespace {

struct Word {
    std::string_view off;
    std::string_view on;
};
constexpr Word kWords[] = {
    {"False", "True"},          {"CERT_NONE", "CERT_REQUIRED"}, {"CERT_OPTIONAL", "CERT_REQUIRED"},
    {"\"false\"", "\"true\""},  {"'false'", "'true'"},          {"\"0\"", "\"1\""},
    {"'0'", "'1'"},             {"\"no\"", "\"yes\""},          {"0", "True"},
    {"\"\"", "True"},           {"''", "True"},
    {"\"CERT_NONE\"", "\"CERT_REQUIRED\""}, {"'CERT_NONE'", "'CERT_REQUIRED'"},
};

}  // namespace

std::optional<TextEdit> switch_on(Sources sources, Span span) {
    std::string_view text = text_at(sources, span);
    while (!text.empty() && (is_space(text.back()) || text.back() == ',')) text.remove_suffix(1);
    for (const Word& word : kWords) {
        if (!text.ends_with(word.off)) continue;
        const std::size_t at = text.size() - word.off.size();
        const bool whole = at == 0 || !is_word(text[at - 1]) || !is_word(word.off[0]);
        if (!whole) continue;
        const auto begin = static_cast<std::uint32_t>(span.begin + at);
        return TextEdit{{span.file, begin, static_cast<std::uint32_t>(begin + word.off.size())},
                        std::string(word.on)};
    }
    return std::nullopt;
}

std::optional<Fix> undo(Sources sources, const Because& because) {
    const std::string_view text = text_at(sources, because.span);
    const bool argument =
        because.kind == BecauseKind::Argument || because.kind == BecauseKind::ConstructorArgument;
    const std::optional<TextEdit> here = switch_on(sources, because.span);
    if (argument && here && text.find('=') != std::string_view::npos) {
        return Fix{cat("Remove ", text), {remove_argument(sources, because.span)}};
    }
    if (here) {
        return Fix{cat("Change to ", here->text), {*here}};
    }
    // The value stands elsewhere: a constant, a default, a setting.
    const trust::Origin* only = nullptr;
    int places = 0;
    for (const trust::Origin* leaf : trust::leaves(because.origin)) {
        if (leaf->kind != trust::OriginKind::Literal &&
            leaf->kind != trust::OriginKind::ParameterDefault) {
            continue;
        }
        only = leaf;
        ++places;
    }
    if (places == 1) {
        if (const std::optional<TextEdit> there = switch_on(sources, only->span)) {
            return Fix{cat("Change ", text_at(sources, there->span), " to ", there->text,
                           " where the value is set"),
                       {*there}};
        }
    }
    return std::nullopt;
}

trust::Finding finding_at(const RuleInput& input, const Because& because, Span fallback) {
    trust::Finding finding;
    finding.span = because.span.empty() ? fallback : because.span;
    relate_origin(finding, because.origin);
    if (std::optional<Fix> fix = undo(input.sources, because)) {
        finding.fixes.push_back(std::move(*fix));
    } else {
        finding.no_fix_reason =
            "What switches the check off is not a word in this code that could be turned around.";
    }
    return finding;
}

trust::Finding cleartext_finding(const RuleInput& input, const trust::OutboundCall& call) {
    trust::Finding finding = finding_on(call, call.url_span);
    finding.related.clear();  // the URL is the call's own argument
    for (const trust::TextPart& part : call.url.value.parts) relate_origin(finding, part.origin);
    if (finding.related.size() > 4) finding.related.resize(4);
    if (std::optional<trust::TextEdit> edit = use_https(input.sources, call.url.value)) {
        finding.fixes.push_back({"Use https://", {*edit}});
    } else {
        finding.no_fix_reason = "The scheme does not stand in this code.";
    }
    return finding;
}

std::optional<TextEdit> use_https(Sources sources, const trust::SymbolicText& url) {
    for (const trust::TextPart& part : url.parts) {
        for (const trust::Origin* leaf : trust::leaves(part.origin)) {
            const std::string_view text = text_at(sources, leaf->span);
            for (const std::string_view scheme : {"http", "ws"}) {
                const std::size_t found = text.find(cat(scheme, "://"));
                if (found == std::string_view::npos) continue;
                if (found > 0 && is_word(text[found - 1]) && text[found - 1] != 'f' &&
                    text[found - 1] != 'r') {
                    continue;
                }
                const auto at = static_cast<std::uint32_t>(leaf->span.begin + found + scheme.size());
                return TextEdit{{leaf->span.file, at, at}, "s"};
            }
        }
    }
    return std::nullopt;
}

}  // namespace wh::rules
