#include "api/race.h"

#include <algorithm>
#include <cmath>

#include "api/handle.h"
#include "world/race/trials.h"

namespace wh::api {

namespace {

constexpr double kPacketsUsual = 2e8;  // a second or two

struct Number {
    const char* name;
    double world::Race::*field;
    double from;
    double to;
};
constexpr Number kNumbers[] = {
    {"rate", &world::Race::rate, 1e-3, 1e12},
    {"window", &world::Race::window_s, 1e-6, 1e6},
    {"servers", &world::Race::servers, 1, 1e3},
    {"ports", &world::Race::ports, 1, 64'512},
    {"ids", &world::Race::ids, 2, 65'536},
    {"outstanding", &world::Race::outstanding, 1, 65'536},
    {"windows", &world::Race::windows, 1, 1e12},
};

double number(const Reader& reader, double from, double to) {
    const double value = reader.number();
    if (!(value >= from && value <= to)) reader.fail("is out of range");
    return value;
}

Json odds_json(const world::Odds& odds) {
    return {{"window", odds.window},     {"all", odds.all},          {"windowsFor50", odds.half},
            {"windowsFor90", odds.most}, {"meanWindows", odds.mean}, {"meanSeconds", odds.mean_s}};
}

Json played_json(const world::Trials& played) {
    return {{"method", played.method == world::Method::Walk ? "walk" : "sample"},
            {"trials", played.trials},
            {"successes", played.successes},
            {"share", static_cast<double>(played.successes) / static_cast<double>(played.trials)},
            {"low", played.interval.low},
            {"high", played.interval.high},
            {"packets", played.packets}};
}

}  // namespace

Json race(const Reader& request) {
    request.only({"api", "do", "race", "seed"});
    world::Race race;
    std::int64_t trials = 20'000;
    double packets = kPacketsUsual, extra_bits = 0;
    std::uint64_t seed = 1;
    if (auto found = request.find("seed")) {
        seed = static_cast<std::uint64_t>(found->integer(0, INT64_MAX));
    }
    if (const auto asked = request.find("race")) {
        asked->only({"rate", "window", "servers", "ports", "ids", "outstanding", "windows",
                     "repeats", "extraBits", "trials", "packets"});
        for (const Number& one : kNumbers) {
            if (auto found = asked->find(one.name)) {
                race.*one.field = number(*found, one.from, one.to);
            }
        }
        if (auto found = asked->find("repeats")) race.repeats = found->boolean();
        if (auto found = asked->find("extraBits")) extra_bits = number(*found, 0, 256);
        if (auto found = asked->find("trials")) trials = found->integer(1, 10'000'000);
        if (auto found = asked->find("packets")) packets = number(*found, 0, 1e11);
    }
    if (request.failed()) return {};
    for (double* whole : {&race.ports, &race.ids, &race.outstanding, &race.windows}) {
        *whole = std::floor(*whole);
    }
    race.ids *= std::exp2(extra_bits);
    race.outstanding = std::min(race.outstanding, race.space());
    Json reply = {{"api", kApiVersion}, {"ok", true}};
    Json echo = Json::object();
    for (const Number& one : kNumbers) echo[one.name] = race.*one.field;
    echo["repeats"] = race.repeats;
    echo["forged"] = race.forged();
    echo["space"] = race.space();
    echo["bits"] = std::log2(race.space());
    reply["race"] = std::move(echo);
    const world::Odds exact = world::exact(race);
    reply["rfc5452"] = odds_json(world::rfc5452(race));
    reply["exact"] = odds_json(exact);
    reply["birthday"] = nullptr;
    if (race.outstanding > 1 && race.outstanding == race.forged()) {
        const world::Birthday odds = world::birthday(race.outstanding, race.space());
        reply["birthday"] = {{"single", odds.single},
                             {"pairwise", odds.pairwise},
                             {"repeats", odds.repeats},
                             {"distinct", odds.distinct}};
    }
    // Walked as often as the packets allow; an attacker stops at his first success.
    Json played = Json::array();
    const double windows = exact.window > 0 ? std::min(race.windows, exact.mean) : race.windows;
    const double each = std::max(1.0, race.forged()) * windows;
    const auto walked = static_cast<std::int64_t>(
        std::min(static_cast<double>(trials), std::floor(packets / each)));
    reply["packetsEach"] = each;
    if (world::can_walk(race) && walked > 0) {
        played.push_back(played_json(world::play_race(race, world::Method::Walk, walked, seed)));
    }
    played.push_back(played_json(world::play_race(race, world::Method::Sample, trials, seed)));
    reply["played"] = std::move(played);
    return reply;
}

}  // namespace wh::api
