#include "api/command/command.h"

#include "api/handle.h"
#include "base/text.h"

namespace wh::api {

namespace {

constexpr const char* kUsage =
    "wronghost: would your code notice that it is talking to the wrong host?\n"
    "\n"
    "  wronghost check  [--format text|json|sarif] PATH...\n"
    "  wronghost play   SNIPPET [--scenario FILE] [--world NAME] [--request 'GET /pay?x=1']\n"
    "                   [--format text|json|trace|pcapng]\n"
    "                   [--attack NAME] [--defence NAME]...   (scan takes them, too)\n"
    "  wronghost play   --case DIR [--world NAME] --format json\n"
    "  wronghost scan   SNIPPET [--scenario FILE] [--format text|json]\n"
    "  wronghost race   [--rate N] [--window SECONDS] [--servers N] [--ports N] [--ids N] [--windows N]\n"
    "                   [--outstanding N] [--extra-bits N] [--repeats true] [--trials N] [--packets N]\n"
    "                   [--seed N] [--format text|json]\n"
    "  wronghost attacks [NAME [--defence NAME]...] [--format text|json|markdown]\n"
    "  wronghost defences [--format text|json]\n"
    "  wronghost lesson check FOLDER...\n"
    "  wronghost rules | libraries | worlds  [--format text|json]\n"
    "  wronghost answer        one JSON request a line in, one reply a line out\n"
    "  wronghost version\n"
    "\n"
    "SNIPPET and PATH may be - for standard input. Exit status: 0 nothing found, 1 something found,\n"
    "2 error.\n";

}  // namespace

std::optional<std::string> Options::get(std::string_view name) const {
    for (const auto& each : named) {
        if (each.first == name) return each.second;
    }
    return std::nullopt;
}

Options parse_options(const std::vector<std::string>& arguments, std::size_t from,
                      std::initializer_list<std::string_view> known) {
    Options out;
    for (std::size_t i = from; i < arguments.size(); ++i) {
        const std::string& word = arguments[i];
        if (word == "--") {
            out.rest.insert(out.rest.end(), arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                            arguments.end());
            break;
        }
        if (!word.starts_with("--")) {
            out.rest.push_back(word);
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
        bool takes = false;
        std::vector<std::string> names;
        for (const std::string_view each : known) {
            takes = takes || each == name;
            names.emplace_back(each);
        }
        if (!takes) {
            const std::string meant = nearest(name, names);
            out.problem = cat("unknown option --", name,
                              meant.empty() ? "" : cat("; did you mean --", meant, "?"));
            return out;
        }
        if (equals != std::string::npos) {
            out.named.emplace_back(name, word.substr(equals + 1));
        } else if (i + 1 < arguments.size()) {
            out.named.emplace_back(name, arguments[++i]);
        } else {
            out.problem = cat("--", name, " needs a value");
            return out;
        }
    }
    return out;
}

CommandResult error_result(std::string message) {
    return {2, "", cat("wronghost: ", message, "\n")};
}

std::optional<CommandResult> reply_failure(const Json& reply, const std::string& subject) {
    if (reply.value("ok", false)) return std::nullopt;
    const Json& error = reply.at("error");
    const std::string where = error.value("where", std::string());
    return error_result(cat(subject, subject.empty() ? "" : ": ", where, where.empty() ? "" : ": ",
                            error.value("message", std::string("failed"))));
}

Json ask(Session& session, Json request) {
    request["api"] = kApiVersion;
    return Json::parse(handle(session, dump(request)), nullptr, false);
}

Json files_json(const std::string& name, const std::string& text) {
    return Json::array({{{"name", name}, {"text", valid_utf8(text)}}});
}

std::string code_frame(const std::string& name, const std::string& text, const Json& range) {
    if (range.is_null()) return cat("  --> ", name, "\n");
    const auto line = range.at("line").get<std::size_t>();
    const auto column = range.at("column").get<std::size_t>();
    const auto end_line = range.at("endLine").get<std::size_t>();
    const auto end_column = range.at("endColumn").get<std::size_t>();
    std::string out = cat("  --> ", name, ":", line, ":", column, "\n");
    std::size_t begin = 0;
    for (std::size_t before = 1; before < line; ++before) {
        begin = text.find('\n', begin);
        if (begin == std::string::npos) return out;
        ++begin;
    }
    std::string code = text.substr(begin, text.find('\n', begin) - begin);
    while (!code.empty() && code.back() == '\r') code.pop_back();
    constexpr std::size_t kWidth = 160;
    const std::string number = cat(line);
    if (code.size() > kWidth) code = cat(code.substr(0, kWidth), "...");
    out += cat(std::string(number.size(), ' '), " |\n", number, " | ", code, "\n");
    std::size_t length = end_line == line && end_column > column ? end_column - column : 1;
    if (end_line > line && code.size() >= column) length = code.size() - column + 1;
    if (column + length > kWidth) length = 1;
    if (column <= kWidth) {
        out += cat(std::string(number.size(), ' '), " | ", std::string(column - 1, ' '),
                   std::string(length, '^'), "\n");
    }
    return out;
}

CommandResult run_command(const std::vector<std::string>& arguments, Files& files,
                          Session& session) {
    if (arguments.empty()) return {2, "", kUsage};
    const std::string& name = arguments.front();
    if (name == "help" || name == "--help" || name == "-h") return {0, kUsage, ""};
    if (name == "version" || name == "--version") return {0, cat(version(), "\n"), ""};
    if (name == "check") return check_command(parse_options(arguments, 1, {"format"}), files, session);
    if (name == "play") {
        return play_command(parse_options(arguments, 1, {"scenario", "world", "request", "format",
                                                         "case", "seed", "profile", "attack",
                                                         "defence"}),
                            files, session);
    }
    if (name == "scan") {
        return scan_command(parse_options(arguments, 1, {"scenario", "format", "seed", "attack", "defence"}), files, session);
    }
    if (name == "race") {
        return race_command(parse_options(arguments, 1, {"rate", "window", "servers", "ports", "ids", "windows",
                                                         "outstanding", "extra-bits", "repeats", "trials",
                                                         "packets", "seed", "format"}),
                            session);
    }
    if (name == "rules" || name == "libraries" || name == "worlds") {
        return list_command(name, parse_options(arguments, 1, {"format"}), session);
    }
    if (name == "attacks" || name == "defences") {
        return attacks_command(name, parse_options(arguments, 1, {"format", "defence"}));
    }
    if (name == "lesson") return lesson_command(arguments, files, session);
    const std::string meant = nearest(name, {"check", "play", "scan", "race", "attacks", "defences", "lesson",
                                             "rules", "libraries", "worlds", "version", "help"});
    return error_result(cat("unknown command \"", name, "\"",
                            meant.empty() ? "" : cat("; did you mean \"", meant, "\"?"),
                            "\n\n", kUsage));
}

}  // namespace wh::api
