// SARIF 2.1.0 (OASIS): runs/tool/driver/rules, results with locations, related locations and fixes.
#include "api/command/command.h"
#include "api/handle.h"

namespace wh::api {

namespace {

Json region(const Json& range) {
    return {{"startLine", range.at("line")},
            {"startColumn", range.at("column")},
            {"endLine", range.at("endLine")},
            {"endColumn", range.at("endColumn")}};
}

Json location(const std::string& path, const Json& range) {
    return {{"physicalLocation",
             {{"artifactLocation", {{"uri", path}}}, {"region", region(range)}}}};
}

std::string level(const std::string& severity) {
    if (severity == "critical" || severity == "high") return "error";
    return severity == "medium" ? "warning" : "note";
}

}  // namespace

Json sarif_results(const std::string& path, const Json& findings) {
    Json out = Json::array();
    for (const Json& finding : findings) {
        Json result = {{"ruleId", finding.at("rule")},
                       {"level", level(finding.at("severity").get<std::string>())},
                       {"message", {{"text", finding.at("message")}}},
                       {"locations", Json::array({location(path, finding.at("range"))})}};
        Json related = Json::array();
        for (const Json& each : finding.at("related")) {
            if (each.at("range").is_null()) continue;
            Json one = location(path, each.at("range"));
            one["message"] = {{"text", each.at("label")}};
            related.push_back(std::move(one));
        }
        if (!related.empty()) result["relatedLocations"] = std::move(related);
        Json fixes = Json::array();
        for (const Json& fix : finding.at("fixes")) {
            Json replacements = Json::array();
            for (const Json& edit : fix.at("edits")) {
                replacements.push_back({{"deletedRegion", region(edit.at("range"))},
                                        {"insertedContent", {{"text", edit.at("text")}}}});
            }
            fixes.push_back(
                {{"description", {{"text", fix.at("title")}}},
                 {"artifactChanges",
                  Json::array({{{"artifactLocation", {{"uri", path}}},
                                {"replacements", std::move(replacements)}}})}});
        }
        if (!fixes.empty()) result["fixes"] = std::move(fixes);
        out.push_back(std::move(result));
    }
    return out;
}

Json sarif_log(Json results, Session& session) {
    Json rules = Json::array();
    const Json known = Json::parse(handle(session, R"({"api": 1, "do": "rules"})"));
    for (const Json& rule : known.at("rules")) {
        rules.push_back({{"id", rule.at("id")},
                         {"shortDescription", {{"text", rule.at("name")}}},
                         {"fullDescription", {{"text", rule.at("summary")}}},
                         {"properties", {{"category", rule.at("category")}, {"cwe", rule.at("cwe")}}}});
    }
    const Json core = Json::parse(version());
    return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
            {"version", "2.1.0"},
            {"runs", Json::array({{{"tool",
                                    {{"driver",
                                      {{"name", "WrongHost"},
                                       {"version", core.at("core")},
                                       {"rules", std::move(rules)}}}}},
                                   {"columnKind", "utf16CodeUnits"},
                                   {"results", std::move(results)}}})}};
}

}  // namespace wh::api
