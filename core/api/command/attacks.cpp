// wronghost attacks | defences: what there is, and what happens when they meet.
#include "api/command/command.h"
#include "base/text.h"
#include "world/contest.h"
#include "world/narrator.h"

namespace wh::api {
namespace {

constexpr std::uint64_t kSeed = 1;
constexpr world::TimeUs kGivesUpUs = 6LL * 3'600 * 1'000'000;

std::string cell(const world::ContestResult& bare, const world::ContestResult& with) {
    if (!with.won) return "stopped";
    if (!with.alerts.empty()) return "wins, alert";
    if (with.attack.windows > 2 * bare.attack.windows + 10) {
        return cat("wins, ", with.attack.windows / bare.attack.windows, " x");
    }
    return "wins";
}

std::string markdown() {
    const std::vector<const world::Attack*> attacks = world::all_attacks();
    const std::vector<const world::Defence*> defences = world::all_defences();
    std::string out =
        "# Attacks and defences\n\n"
        "Made by `wronghost attacks --format markdown` from runs, with one seed; a test says whether it "
        "is up to date. In each run an attack meets its own weakness (*needs*), with one defence added, "
        "and has six hours. The app then asks for the name over its own way, and what it gets decides.\n"
        "\n## Attacks\n\n| attack | what he does | needs | goal | without defence |\n"
        "| --- | --- | --- | --- | --- |\n";
    std::vector<world::ContestResult> bare;
    for (const world::Attack* attack : attacks) {
        bare.push_back(world::contest(*attack, {}, kSeed, kGivesUpUs));
        const world::ContestResult& run = bare.back();
        out += cat("| ", attack->name, " | ", attack->description, " | ", attack->needs, " | ",
                   name_of(attack->goal), " | ", run.won ? "wins" : "loses", ": ",
                   run.attack.windows, run.attack.windows == 1 ? " try, " : " tries, ",
                   static_cast<long long>(run.attack.forged), " forged |\n");
    }
    out += "\n## Defences\n\n| defence | what it changes | effect | does not help against |\n"
           "| --- | --- | --- | --- |\n";
    for (const world::Defence* defence : defences) {
        out += cat("| ", defence->name, " | ", defence->description, " | ", effect_text(*defence),
                   " | ", defence->limit, " |\n");
    }
    out += "\n## Each against each\n\n"
           "*wins, n x*: he needs n times as many tries. A dot: wins as without it.\n\n| |";
    for (std::size_t i = 0; i < defences.size(); ++i) out += cat(" ", i + 1, " |");
    out += "\n| --- |";
    for (std::size_t i = 0; i < defences.size(); ++i) out += " --- |";
    out += "\n";
    for (std::size_t i = 0; i < attacks.size(); ++i) {
        out += cat("| ", attacks[i]->name, " |");
        for (const world::Defence* defence : defences) {
            const std::string text =
                cell(bare[i], world::contest(*attacks[i], {defence}, kSeed, kGivesUpUs));
            out += cat(" ", text == "wins" ? "." : text, " |");
        }
        out += "\n";
    }
    out += "\n";
    for (std::size_t i = 0; i < defences.size(); ++i) {
        out += cat(i + 1, " ", defences[i]->name, i + 1 < defences.size() ? ", " : ".\n");
    }
    return out;
}

CommandResult one(const Options& options, const world::Attack& attack) {
    std::vector<const world::Defence*> chosen;
    for (const auto& [name, value] : options.named) {
        if (name != "defence") continue;
        const world::Defence* defence = world::find_defence(value);
        if (!defence) return error_result(cat("there is no defence \"", value, "\""));
        chosen.push_back(defence);
    }
    const world::ContestResult run = world::contest(attack, chosen, kSeed, kGivesUpUs);
    std::string out = cat(attack.title, ": ", attack.description, "\n");
    for (const world::Defence* defence : chosen) {
        out += cat("  against ", defence->title, " (", effect_text(*defence), ")\n");
    }
    out += cat(run.won ? "He wins" : "He loses", " after ", run.attack.windows,
               run.attack.windows == 1 ? " try and " : " tries and ",
               static_cast<long long>(run.attack.forged), " forged answers in ",
               world::duration_text(run.attack.ended_us), ".\n");
    for (const std::string& alert : run.alerts) out += cat("Alert: ", alert, ".\n");
    return {0, out, ""};
}

}  // namespace

CommandResult attacks_command(const std::string& what, const Options& options) {
    if (!options.problem.empty()) return error_result(options.problem);
    const std::string format = options.get("format").value_or("text");
    if (format == "markdown" && what == "attacks") return {0, markdown(), ""};
    if (format != "text" && format != "json") {
        return error_result(cat("unknown format \"", format, "\": text, json",
                                what == "attacks" ? " or markdown" : ""));
    }
    if (!options.rest.empty()) {
        const world::Attack* attack = world::find_attack(options.rest[0]);
        if (!attack || what != "attacks") {
            std::vector<std::string> names;
            for (const world::Attack* each : world::all_attacks()) names.emplace_back(each->name);
            const std::string meant = nearest(options.rest[0], names);
            return error_result(cat("there is no attack \"", options.rest[0], "\"",
                                    meant.empty() ? "" : cat("; did you mean \"", meant, "\"?")));
        }
        return one(options, *attack);
    }
    Json list = Json::array();
    std::string text;
    if (what == "attacks") {
        for (const world::Attack* each : world::all_attacks()) {
            list.push_back({{"name", each->name},
                            {"title", each->title},
                            {"description", each->description},
                            {"needs", each->needs},
                            {"goal", name_of(each->goal)}});
            text += cat(each->name, "\n    ", each->description, "\n    ", each->needs, "\n");
        }
    } else {
        for (const world::Defence* each : world::all_defences()) {
            list.push_back({{"name", each->name},
                            {"title", each->title},
                            {"description", each->description},
                            {"limit", each->limit},
                            {"effect", effect_text(*each)}});
            text += cat(each->name, " (", effect_text(*each), ")\n    ", each->description,
                        "\n    Not against: ", each->limit, "\n");
        }
    }
    return {0, format == "json" ? cat(dump(list), "\n") : text, ""};
}

}  // namespace wh::api
