#include <algorithm>

#include "api/command/command.h"
#include "base/encoding.h"
#include "base/text.h"

namespace wh::api {

namespace {

struct Input {
    Json files;
    Json scenario;  // null: made from the code
    std::optional<CommandResult> problem;
};

std::string base_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// --case DIR: snippet.py first, then the other .py files and .env; case.json is the scenario.
Input load_case(const std::string& folder, Files& files) {
    Input input;
    const std::optional<std::string> text = files.read(cat(folder, "/case.json"));
    if (!text) {
        input.problem = error_result(cat(folder, ": case.json cannot be read"));
        return input;
    }
    Result<Json> parsed = parse_json(*text);
    if (!parsed.ok()) {
        input.problem = error_result(cat(folder, "/case.json: ", parsed.error().message));
        return input;
    }
    input.scenario = std::move(parsed.value());
    const std::optional<std::string> main = files.read(cat(folder, "/snippet.py"));
    if (!main) {
        input.problem = error_result(cat(folder, ": snippet.py cannot be read"));
        return input;
    }
    input.files = files_json("snippet.py", *main);
    for (const std::string& name : files.list(folder)) {
        const bool code = name.ends_with(".py") && name != "snippet.py";
        if (!code && name != ".env") continue;
        const std::optional<std::string> other = files.read(cat(folder, "/", name));
        if (!other) continue;
        if (code) {
            input.files.push_back({{"name", name}, {"text", valid_utf8(*other)}});
        } else if (input.scenario.is_object()) {
            Json& own = input.scenario["files"];
            if (!own.is_object()) own = Json::object();
            if (!own.contains(name)) own[name] = valid_utf8(*other);
        }
    }
    return input;
}

Input load_input(const Options& options, Files& files) {
    if (const std::optional<std::string> folder = options.get("case")) {
        if (!options.rest.empty()) {
            Input input;
            input.problem = error_result("give a snippet or --case, not both");
            return input;
        }
        return load_case(*folder, files);
    }
    Input input;
    if (options.rest.size() != 1) {
        input.problem = error_result("give one snippet (a file, or - for standard input)");
        return input;
    }
    const std::string& path = options.rest.front();
    const std::optional<std::string> text = files.read(path);
    if (!text) {
        input.problem = error_result(cat(path, ": cannot be read"));
        return input;
    }
    input.files = files_json(path == "-" ? "snippet.py" : base_name(path), *text);
    if (const std::optional<std::string> scenario = options.get("scenario")) {
        const std::optional<std::string> json = files.read(*scenario);
        if (!json) {
            input.problem = error_result(cat(*scenario, ": cannot be read"));
            return input;
        }
        Result<Json> parsed = parse_json(*json);
        if (!parsed.ok()) {
            input.problem = error_result(cat(*scenario, ": ", parsed.error().message));
            return input;
        }
        input.scenario = std::move(parsed.value());
    }
    return input;
}

// --request 'POST /pay?x=1 {"a": 1}'
std::optional<Json> parse_request(const std::string& text) {
    const std::string_view trimmed = trim(text);
    const std::size_t space = trimmed.find(' ');
    std::string method = "GET";
    std::string_view rest = trimmed;
    if (space != std::string_view::npos && !trimmed.starts_with("/")) {
        method = trimmed.substr(0, space);
        rest = trim(trimmed.substr(space + 1));
    }
    const std::size_t end = rest.find(' ');
    Json request = {{"method", method}, {"path", rest.substr(0, end)}};
    if (!rest.starts_with("/")) return std::nullopt;
    if (end != std::string_view::npos) {
        Result<Json> body = parse_json(trim(rest.substr(end + 1)));
        if (!body.ok()) return std::nullopt;
        request["json"] = std::move(body.value());
    }
    return request;
}

std::string subject_of(const Options& options) {
    if (const std::optional<std::string> scenario = options.get("scenario")) return *scenario;
    if (const std::optional<std::string> folder = options.get("case")) {
        return cat(*folder, "/case.json");
    }
    return {};
}

// The name of the file that a diagnostic is about.
std::string file_of(const Json& files, const Json& diagnostic) {
    const Json& range = diagnostic.at("range");
    const std::size_t index = range.is_null() ? 0 : range.at("file").get<std::size_t>();
    return index < files.size() ? files[index].at("name").get<std::string>() : std::string();
}

// "file.py:3: what was hit": where a bound or an error is.
std::string diagnostic_text(const std::string& path, const Json& each) {
    const Json& range = each.at("range");
    const std::string line =
        range.is_null() ? std::string() : cat(":", range.at("line").get<int>());
    return cat(path, line, ": ", each.at("severity").get<std::string>(), "[",
               each.at("code").get<std::string>(), "]: ", each.at("message").get<std::string>(),
               "\n");
}

bool was_stopped(const Json& diagnostics) {
    return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Json& each) {
        return each.at("code").get<std::string>().ends_with("-limit") &&
               each.at("severity") == "error";
    });
}

std::string request_label(const Json& request) {
    if (request.is_string()) return request.get<std::string>();
    return cat(request.value("method", std::string("GET")), " ",
               request.value("path", std::string("/")));
}

// `stopped`: a bound ended the run, so what did not happen may still have been to come.
std::string outcome_text(const Json& outcome, bool stopped) {
    const std::string verdict = outcome.at("verdict").get<std::string>();
    std::string out = cat(request_label(outcome.at("request")), ": ",
                          stopped && verdict != "compromised" ? "not known, the run was stopped"
                                                              : verdict,
                          "\n");
    if (outcome.contains("response")) {
        const Json& response = outcome.at("response");
        const std::string body = response.contains("json")   ? dump(response.at("json"))
                                 : response.contains("text") ? response.at("text").get<std::string>()
                                                             : response.value("note", std::string());
        out += cat("  the caller got   ", response.at("status").is_null()
                                              ? std::string("no answer")
                                              : dump(response.at("status")),
                   " ", body, "\n");
    }
    if (!outcome.at("leaked").empty()) {
        std::vector<std::string> names;
        for (const Json& each : outcome.at("leaked")) names.push_back(each.get<std::string>());
        out += cat("  the attacker got ", join(names, ", "), "\n");
    }
    for (const Json& each : outcome.at("exceptions_seen")) {
        out += cat("  raised in ", each.at("function").get<std::string>(), ": ",
                   each.at("class").get<std::string>(), ": ",
                   each.at("message").get<std::string>(), "\n");
    }
    return out;
}

std::string event_text(const Json& event) {
    const auto us = event.at("timeUs").get<std::int64_t>();
    std::string ms = cat(static_cast<long long>(us / 1000));
    ms = cat(ms.size() < 8 ? std::string(8 - ms.size(), ' ') : std::string(), ms, " ms  ");
    return cat(ms, event.at("hostile").get<bool>() ? "! " : "  ",
               event.at("sentence").get<std::string>(), "\n");
}

// --attack NAME and any number of --defence NAME: instead of the scenario's.
void choose_attack(const Options& options, Json& request) {
    for (const auto& [name, value] : options.named) {
        if (name == "attack") request["attack"] = value;
        if (name == "defence") request["defences"].push_back(value);
    }
}

CommandResult play_all(Session& session, const Json& request, const std::string& subject) {
    Json reply = ask(session, request);
    if (std::optional<CommandResult> problem = reply_failure(reply, subject)) return *problem;
    return {0, cat(dump(reply), "\n"), ""};
}

}  // namespace

CommandResult play_command(const Options& options, Files& files, Session& session) {
    if (!options.problem.empty()) return error_result(options.problem);
    const std::string format = options.get("format").value_or("text");
    if (format != "text" && format != "json" && format != "trace" && format != "pcapng") {
        return error_result(cat("unknown format \"", format, "\": text, json, trace or pcapng"));
    }
    Input input = load_input(options, files);
    if (input.problem) return *input.problem;
    Json request = {{"do", "outcomes"}, {"files", input.files}};
    if (const std::optional<std::string> asked = options.get("request")) {
        const std::optional<Json> parsed = parse_request(*asked);
        if (!parsed) return error_result("--request must look like 'GET /path?x=1'");
        if (input.scenario.is_null()) {
            Json made = ask(session, {{"do", "scenario"}, {"files", input.files}});
            if (std::optional<CommandResult> problem = reply_failure(made, "")) return *problem;
            input.scenario = made.at("scenario");
        }
        input.scenario["requests"] = Json::array({*parsed});
    }
    if (!input.scenario.is_null()) request["scenario"] = input.scenario;
    choose_attack(options, request);
    if (const std::optional<std::string> seed = options.get("seed")) {
        Result<Json> number = parse_json(*seed);
        if (!number.ok()) return error_result("--seed must be a whole number");
        request["seed"] = number.value();
    }
    const std::string subject = subject_of(options);
    const std::optional<std::string> world = options.get("world");
    if (world) request["world"] = *world;
    if (format == "json") return play_all(session, request, subject);
    if (format == "pcapng") {
        if (!world) return error_result("a capture holds one world: name it with --world");
        request["do"] = "capture";
        const Json reply = ask(session, request);
        if (std::optional<CommandResult> problem = reply_failure(reply, subject)) return *problem;
        return {0, base64_decode(reply.at("pcapng").get<std::string>()).value_or(std::string()), ""};
    }

    request["do"] = "play-all";
    const Json all = ask(session, request);
    if (std::optional<CommandResult> problem = reply_failure(all, subject)) return *problem;
    CommandResult result;
    for (const Json& reply : all.at("plays")) {
        const std::string name = reply.at("world").at("name").get<std::string>();
        result.out += cat("== ", name, ": ", reply.at("world").at("title").get<std::string>(), "\n");
        if (format == "trace") {
            for (const Json& event : reply.at("events")) result.out += event_text(event);
            result.out += cat("sha256 ", reply.at("sha256").get<std::string>(), "\n");
        }
        if (reply.at("outcomes").empty()) result.out += "nothing happened: no endpoint, no call\n";
        for (const Json& outcome : reply.at("outcomes")) {
            result.out += outcome_text(outcome, was_stopped(reply.at("diagnostics")));
            if (outcome.at("verdict") == "compromised") result.status = 1;
        }
        if (!reply.at("output").get<std::string>().empty()) {
            result.out += cat("printed:\n", reply.at("output").get<std::string>(), "\n");
        }
        for (const Json& each : reply.at("notModelled")) {
            result.out += cat("  not modelled: ", each.at("what").get<std::string>(), "\n");
        }
        for (const Json& each : reply.at("diagnostics")) {
            result.out += cat("  ", diagnostic_text(file_of(input.files, each), each));
        }
    }
    if (format == "text") {
        for (const Json& each : all.at("assumptions")) {
            result.out += cat("assumed: ", each.get<std::string>(), "\n");
        }
    }
    return result;
}

CommandResult scan_command(const Options& options, Files& files, Session& session) {
    if (!options.problem.empty()) return error_result(options.problem);
    const std::string format = options.get("format").value_or("text");
    if (format != "text" && format != "json") {
        return error_result(cat("unknown format \"", format, "\": text or json"));
    }
    Input input = load_input(options, files);
    if (input.problem) return *input.problem;
    Json request = {{"do", "analyse"}, {"files", input.files}};
    choose_attack(options, request);
    if (!input.scenario.is_null()) request["scenario"] = input.scenario;
    const Json reply = ask(session, request);
    if (std::optional<CommandResult> problem = reply_failure(reply, subject_of(options))) {
        return *problem;
    }
    CommandResult result;
    result.status = reply.at("headline").at("world").is_null() ? 0 : 1;
    if (format == "json") {
        result.out = cat(dump(reply), "\n");
        return result;
    }
    result.out = cat(reply.at("headline").at("text").get<std::string>(), "\n",
                     reply.at("headline").at("detail").get<std::string>(), "\n\n");
    for (const Json& row : reply.at("rows")) {
        result.out += cat(row.at("label").get<std::string>(), "\n");
        for (const Json& cell : row.at("cells")) {
            std::string world = cell.at("world").get<std::string>();
            world.resize(std::max<std::size_t>(world.size(), 22), ' ');
            std::string verdict = cell.at("verdict").get<std::string>();
            verdict.resize(std::max<std::size_t>(verdict.size(), 13), ' ');
            result.out += cat("  ", world, verdict, cell.at("summary").get<std::string>(), "\n");
        }
    }
    for (const Json& each : reply.at("diagnostics")) {
        result.out += diagnostic_text(file_of(input.files, each), each);
    }
    for (const Json& each : reply.at("assumptions")) {
        result.out += cat("assumed: ", each.get<std::string>(), "\n");
    }
    for (const Json& each : reply.at("notModelled")) {
        result.out += cat("not modelled: ", each.at("what").get<std::string>(), "\n");
    }
    return result;
}

CommandResult list_command(const std::string& what, const Options& options, Session& session) {
    if (!options.problem.empty()) return error_result(options.problem);
    const std::string format = options.get("format").value_or("text");
    if (format != "text" && format != "json") {
        return error_result(cat("unknown format \"", format, "\": text or json"));
    }
    const Json reply = ask(session, {{"do", what}});
    if (format == "json") return {0, cat(dump(reply), "\n"), ""};
    CommandResult result;
    for (const Json& each : reply.at(what)) {
        if (what == "worlds") {
            result.out += cat(each.at("name").get<std::string>(), "\n    ",
                              each.at("title").get<std::string>(), ". ",
                              each.at("description").get<std::string>(), "\n");
        } else if (what == "rules") {
            result.out += cat(each.at("id").get<std::string>(), " (",
                              each.at("category").get<std::string>(), ", CWE-",
                              each.at("cwe").get<int>(), ")\n    ",
                              each.at("summary").get<std::string>(), "\n");
        } else {
            result.out += cat(each.at("name").get<std::string>(), " ",
                              each.at("version").get<std::string>(), "\n    ",
                              each.at("summary").get<std::string>(), "\n");
            for (const Json& meaning : each.at("meanings")) {
                result.out += cat("    ", meaning.at("callable").get<std::string>(), " ",
                                  meaning.at("parameter").get<std::string>(), ": ",
                                  meaning.at("meaning").get<std::string>(), " [",
                                  meaning.at("source").get<std::string>(), "]\n");
            }
        }
    }
    return result;
}

}  // namespace wh::api
