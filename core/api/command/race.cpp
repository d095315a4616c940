#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "api/command/command.h"
#include "base/text.h"

namespace wh::api {

namespace {

// Four significant digits; "-" for what never happens (JSON has no infinity).
std::string digits(const Json& value) {
    if (!value.is_number()) return "-";
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value.get<double>());
    return text;
}

// "9.4 s", "1.2 h", "3.4 days", "11 years"
std::string time_text(const Json& seconds) {
    if (!seconds.is_number()) return "-";
    double value = seconds.get<double>();
    const char* unit = " s";
    struct Step {
        double seconds;
        const char* name;
    };
    for (const Step& step :
         {Step{60, " min"}, {3'600, " h"}, {86'400, " days"}, {31'557'600, " years"}}) {
        if (seconds.get<double>() < step.seconds * 2) break;
        value = seconds.get<double>() / step.seconds;
        unit = step.name;
    }
    char text[48];
    std::snprintf(text, sizeof text, "%.3g%s", value, unit);
    return text;
}

std::string padded(std::string text, std::size_t width) {
    if (text.size() < width) text.resize(width, ' ');
    return text + "  ";
}

std::string odds_line(const char* name, const Json& odds) {
    return cat(padded(name, 10), padded(digits(odds.at("window")), 12),
               padded(digits(odds.at("all")), 12), padded(digits(odds.at("windowsFor50")), 12),
               padded(digits(odds.at("windowsFor90")), 12),
               padded(digits(odds.at("meanWindows")), 12), time_text(odds.at("meanSeconds")), "\n");
}

std::string race_text(const Json& reply) {
    const Json& race = reply.at("race");
    const std::string windows = digits(race.at("windows"));
    std::string out = cat(
        digits(race.at("outstanding")), " of the same query at a time; ", digits(race.at("forged")),
        " forged answers in a window of ", digits(race.at("window")), " s; ",
        digits(race.at("servers")), " servers; ", digits(race.at("ports")), " ports; ",
        digits(race.at("space")), " pairs of port and ID (", digits(race.at("bits")), " bits); ",
        race.at("repeats").get<bool>() ? "guesses may repeat" : "no guess twice", "\n\n");
    out +=
        cat(padded("", 10), padded("1 window", 12), padded(cat(windows, " windows"), 12),
            padded("50 % after", 12), padded("90 % after", 12), padded("mean", 12), "mean time\n");
    out += odds_line("RFC 5452", reply.at("rfc5452"));
    out += odds_line("exact", reply.at("exact"));
    for (const Json& each : reply.at("played")) {
        const bool walked = each.at("method") == "walk";
        out += cat(padded(walked ? "played" : "sampled", 10), padded("", 12),
                   padded(digits(each.at("share")), 12), "99 %: ", digits(each.at("low")), " to ",
                   digits(each.at("high")), "; ", each.at("successes").get<std::int64_t>(), " of ",
                   each.at("trials").get<std::int64_t>(), " attackers win");
        if (walked) out += cat("; ", each.at("packets").get<std::int64_t>(), " packets compared");
        out += '\n';
    }
    if (reply.at("played").size() == 1) {
        out += cat("Not played packet by packet: an attacker sends ",
                   digits(reply.at("packetsEach")), " packets on average.\n");
    }
    const Json& birthday = reply.at("birthday");
    if (!birthday.is_null()) {
        out += cat("birthday: one query ", digits(birthday.at("single")),
                   "; collisions within one set (the curve that is copied) ",
                   digits(birthday.at("pairwise")), "; two sets, guesses may repeat ",
                   digits(birthday.at("repeats")), ", no guess twice ",
                   digits(birthday.at("distinct")), "\n");
    }
    return out;
}

}  // namespace

CommandResult race_command(const Options& options, Session& session) {
    if (!options.problem.empty()) return error_result(options.problem);
    if (!options.rest.empty())
        return error_result(cat("race takes only options, not \"", options.rest[0], "\""));
    Json request = {{"do", "race"}, {"race", Json::object()}};
    bool json = false;
    for (const auto& [name, value] : options.named) {
        if (name == "format") {
            if (value != "text" && value != "json") {
                return error_result(cat("unknown format \"", value, "\": text or json"));
            }
            json = value == "json";
            continue;
        }
        Result<Json> parsed = parse_json(value);
        const bool fits = parsed.ok() && (name == "repeats" ? parsed.value().is_boolean()
                                                            : parsed.value().is_number());
        if (!fits)
            return error_result(
                cat("--", name, " must be ", name == "repeats" ? "true or false" : "a number"));
        if (name == "seed") {
            request["seed"] = parsed.value();
        } else {
            request["race"][name == "extra-bits" ? "extraBits" : name] = parsed.value();
        }
    }
    const Json reply = ask(session, request);
    if (std::optional<CommandResult> problem = reply_failure(reply, "")) return *problem;
    return {0, json ? cat(dump(reply), "\n") : race_text(reply), ""};
}

}  // namespace wh::api
