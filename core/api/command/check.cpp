#include <algorithm>

#include "api/command/command.h"
#include "base/limits.h"
#include "base/text.h"

namespace wh::api {

namespace {

bool skipped_folder(const std::string& name) {
    return name.starts_with(".") || name == "node_modules/" || name == "__pycache__/" ||
           name == "venv/" || name == "site-packages/";
}

void gather(Files& files, const std::string& path, int depth, std::vector<std::string>& out) {
    constexpr int kDepthMax = 40;
    if (depth > kDepthMax) return;
    for (const std::string& name : files.list(path)) {
        const std::string inside = cat(path, path.ends_with("/") ? "" : "/", name);
        if (name.ends_with("/")) {
            if (!skipped_folder(name)) gather(files, inside.substr(0, inside.size() - 1), depth + 1, out);
        } else if (name.ends_with(".py")) {
            out.push_back(inside);
        }
    }
}

std::string finding_text(const std::string& path, const std::string& text, const Json& finding) {
    std::string out = cat(finding.at("severity").get<std::string>(), "[",
                          finding.at("rule").get<std::string>(), "]: ",
                          finding.at("message").get<std::string>(), "\n",
                          code_frame(path, text, finding.at("range")));
    for (const Json& each : finding.at("conditions")) {
        out += cat("   = only when ", each.at("text").get<std::string>(), "\n");
    }
    for (const Json& each : finding.at("related")) {
        if (each.at("range").is_null()) continue;
        out += cat("   = ", each.at("label").get<std::string>(), ": line ",
                   each.at("range").at("line").get<int>(), "\n");
    }
    for (const Json& each : finding.at("fixes")) {
        out += cat("   = fix: ", each.at("title").get<std::string>(), "\n");
    }
    if (finding.contains("noFixReason")) {
        out += cat("   = no fix: ", finding.at("noFixReason").get<std::string>(), "\n");
    }
    return out;
}

}  // namespace

CommandResult check_command(const Options& options, Files& files, Session& session) {
    if (!options.problem.empty()) return error_result(options.problem);
    const std::string format = options.get("format").value_or("text");
    if (format != "text" && format != "json" && format != "sarif") {
        return error_result(cat("unknown format \"", format, "\": text, json or sarif"));
    }
    if (options.rest.empty()) return error_result("check needs a file, a folder or -");
    std::vector<std::string> paths;
    for (const std::string& path : options.rest) {
        if (path != "-" && files.is_folder(path)) {
            gather(files, path, 0, paths);
        } else {
            paths.push_back(path);
        }
    }
    CommandResult result;
    Json all = Json::array();
    Json sarif = Json::array();
    std::size_t findings = 0;
    std::size_t unknown = 0;
    bool failed = false;
    for (const std::string& path : paths) {
        const std::optional<std::string> text = files.read(path);
        if (!text) {
            result.err += cat("wronghost: ", path, ": cannot be read\n");
            failed = true;
            continue;
        }
        if (text->size() > limits::kSourceBytesMax) {
            result.err += cat("wronghost: ", path, ": larger than ",
                              limits::kSourceBytesMax / 1024, " kB\n");
            failed = true;
            continue;
        }
        const std::string clean = valid_utf8(*text);
        Json reply = ask(session, {{"do", "check"}, {"files", files_json(path, clean)}});
        if (std::optional<CommandResult> problem = reply_failure(reply, path)) {
            result.err += problem->err;
            failed = true;
            continue;
        }
        for (const Json& each : reply.at("diagnostics")) {
            if (format != "text") continue;
            result.out += cat(each.at("severity").get<std::string>(), "[",
                              each.at("code").get<std::string>(), "]: ",
                              each.at("message").get<std::string>(), "\n",
                              code_frame(path, clean, each.at("range")), "\n");
        }
        for (const Json& each : reply.at("findings")) {
            ++findings;
            if (format == "text") result.out += cat(finding_text(path, clean, each), "\n");
        }
        for (const Json& each : reply.at("notModelled")) unknown += each.at("count").get<std::size_t>();
        if (format == "sarif") {
            for (Json& each : sarif_results(path, reply.at("findings"))) {
                sarif.push_back(std::move(each));
            }
        }
        if (format == "json") {
            all.push_back({{"path", path},
                           {"diagnostics", reply.at("diagnostics")},
                           {"findings", reply.at("findings")},
                           {"notModelled", reply.at("notModelled")},
                           {"calls", reply.at("calls")}});
        }
    }
    if (format == "json") result.out = cat(dump({{"version", 1}, {"files", std::move(all)}}), "\n");
    if (format == "sarif") result.out = cat(dump(sarif_log(std::move(sarif), session)), "\n");
    if (format == "text") {
        result.out += cat(findings, findings == 1 ? " finding in " : " findings in ", paths.size(),
                          paths.size() == 1 ? " file" : " files");
        if (unknown) result.out += cat("; ", unknown, " not modelled");
        result.out += "\n";
    }
    result.status = failed ? 2 : findings ? 1 : 0;
    return result;
}

}  // namespace wh::api
