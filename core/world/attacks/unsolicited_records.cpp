// Records that nobody asked for (BIND CVE-2025-40778): one accepted answer for any name of the zone
// puts others of the zone into the cache as well.
#include "world/forging.h"

namespace wh::world {
namespace {

dns::Message payload(const Forgery& wish, const dns::Question& question, const std::string& zone) {
    Forgery any{question.name, "A", "A", {std::string(kAttackerAddress)}, false};
    dns::Message message = forged_answer(any, question, zone);
    for (const dns::Record& record : forged_answer(wish, question, zone).answers) {
        message.answers.push_back(record);
    }
    return message;
}

AttackResult run(const AttackOrder& order, NameService& dns) {
    Race race;
    race.part = "unsolicited-records";
    race.payload = &payload;
    race.whole_zone = false;
    return run_race(order, dns, race);
}

}  // namespace

const Attack& attack_unsolicited_records() {
    static constexpr Attack kAttack{"unsolicited-records",
                                    "Records that nobody asked for",
                                    "To the answer for a name that nobody has asked for he adds a "
                                    "record for the name that he is "
                                    "after.",
                                    "The resolver must keep records of an answer that were not "
                                    "asked for, and use a port that he "
                                    "knows.",
                                    &run,
                                    Goal::Poison,
                                    [](DnsSetup& setup) { setup.habits.scrubs_answers = false; }};
    return kAttack;
}

}  // namespace wh::world
