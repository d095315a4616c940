#include "api/write.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/text.h"

namespace wh::api {

Ranges::Ranges(const program::Program& program) : program_(program) {
    for (const program::SourceFile& file : program.files()) lines_.emplace_back(file.text);
}

// UTF-16 code units of a UTF-8 text: one for each character, two above U+FFFF.
static std::uint32_t utf16_length(std::string_view text) {
    const auto size = static_cast<std::uint32_t>(text.size());
    const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (std::all_of(text.begin(), text.end(), is_ascii)) return size;
    std::uint32_t count = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) != 0x80) count += byte >= 0xF0 ? 2 : 1;
    }
    return count;
}

LineColumn Ranges::line_column(Span span) const {
    if (span.file >= lines_.size()) return {};
    const std::string_view text = program_.files()[span.file].text;
    const auto begin = std::min(span.begin, static_cast<std::uint32_t>(text.size()));
    LineColumn place = lines_[span.file].at(begin);
    const std::uint32_t start = lines_[span.file].line_start(place.line);
    place.column = 1 + utf16_length(text.substr(start, begin - start));
    return place;
}

Json Ranges::range(Span span) const {
    if (span == Span{} || span.file >= lines_.size()) return nullptr;
    const std::string_view text = program_.files()[span.file].text;
    const auto size = static_cast<std::uint32_t>(text.size());
    const Span clipped{span.file, std::min(span.begin, size), std::min(span.end, size)};
    const LineColumn from = line_column(clipped);
    const LineColumn to = line_column({clipped.file, clipped.end, clipped.end});
    const std::uint32_t begin = utf16_length(text.substr(0, clipped.begin));
    const std::uint32_t length =
        utf16_length(text.substr(clipped.begin, clipped.end - clipped.begin));
    return {{"file", clipped.file}, {"from", begin},         {"to", begin + length},
            {"line", from.line},    {"column", from.column}, {"endLine", to.line},
            {"endColumn", to.column}};
}

Json write_diagnostics(const std::vector<Diagnostic>& diagnostics, const Ranges& ranges) {
    const char* const severities[] = {"error", "warning", "note"};
    Json out = Json::array();
    for (const Diagnostic& each : diagnostics) {
        Json range = ranges.range(each.span);
        if (range.is_null()) range = ranges.range({each.span.file, 0, 1});
        out.push_back({{"severity", severities[static_cast<int>(each.severity)]},
                       {"code", each.code},
                       {"message", each.message},
                       {"range", std::move(range)}});
    }
    return out;
}

Json write_not_modelled(const std::vector<NotModelled>& all, const Ranges& ranges) {
    Json out = Json::array();
    for (const run::CountedNotModelled& each : run::count_not_modelled(all)) {
        out.push_back({{"what", each.first.what},
                       {"count", each.count},
                       {"range", ranges.range(each.first.span)}});
    }
    return out;
}

static Json write_conditions(const std::vector<trust::Condition>& conditions,
                             const Ranges& ranges) {
    Json out = Json::array();
    for (const trust::Condition& each : conditions) {
        out.push_back({{"text", each.text}, {"range", ranges.range(each.span)}});
    }
    return out;
}

Json write_finding(const trust::Finding& finding, const Ranges& ranges) {
    const char* const severities[] = {"low", "medium", "high", "critical"};
    Json related = Json::array();
    for (const trust::RelatedRange& each : finding.related) {
        related.push_back({{"label", each.label}, {"range", ranges.range(each.span)}});
    }
    Json fixes = Json::array();
    for (const trust::Fix& fix : finding.fixes) {
        Json edits = Json::array();
        for (const trust::TextEdit& edit : fix.edits) {
            edits.push_back({{"range", ranges.range(edit.span)}, {"text", edit.text}});
        }
        fixes.push_back({{"title", fix.title}, {"edits", std::move(edits)}});
    }
    Json out = {
        {"rule", finding.rule},
        {"name", finding.name},
        {"category",
         finding.category == trust::Category::Encryption ? "Encryption" : "Data Exposure"},
        {"cwe", finding.cwe},
        {"owaspApi2023", finding.owasp_api_2023},
        {"severity", severities[static_cast<int>(finding.severity)]},
        {"message", finding.message},
        {"range", ranges.range(finding.span)},
        {"related", std::move(related)},
        {"conditions", write_conditions(finding.conditions, ranges)},
        {"fixes", std::move(fixes)},
        {"function", finding.function},
    };
    if (finding.fixes.empty()) out["noFixReason"] = finding.no_fix_reason;
    return out;
}

Json write_call(const run::CallSummary& call, const Ranges& ranges) {
    Json trusts = Json::array();
    for (const run::CallSummary::Line& line : call.trusts) {
        trusts.push_back({{"name", line.name},
                          {"value", line.value},
                          {"why", line.why},
                          {"range", ranges.range(line.span)}});
    }
    return {{"id", call.id},
            {"library", call.library},
            {"callable", call.callable},
            {"method", call.method},
            {"url", valid_utf8(call.url)},
            {"function", call.function},
            {"range", ranges.range(call.span)},
            {"conditions", write_conditions(call.conditions, ranges)},
            {"trusts", std::move(trusts)}};
}

Json write_world(const world::World& world) {
    return {{"name", world.name},
            {"rung", world.rung},
            {"title", world.title},
            {"description", world.description}};
}

Json write_event(const trace::Event& event, int outcome, const Ranges& ranges) {
    Json fields = Json::object();
    for (const auto& [name, value] : event.fields) fields[name] = valid_utf8(value);
    Json out = {{"number", event.number},
                {"timeUs", event.time_us},
                {"kind", trace::name_of(event.kind)},
                {"from", trace::name_of(event.from)},
                {"to", trace::name_of(event.to)},
                {"sentence", valid_utf8(event.sentence)},
                {"fields", std::move(fields)},
                {"hostile", event.hostile},
                {"call", event.call},
                {"range", ranges.range(event.span)},
                {"outcome", outcome}};
    if (!event.bytes.empty()) out["bytes"] = base64(event.bytes);
    return out;
}

}  // namespace wh::api
