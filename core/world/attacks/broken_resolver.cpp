// Resolvers that look at the question only (7 to 9 of 100 open ones in 2014): the first forged
// answer to the right port is taken, whatever its ID.
#include "world/forging.h"

namespace wh::world {
namespace {

dns::Message payload(const Forgery& wish, const dns::Question& question, const std::string& zone) {
    return forged_answer(wish, question, zone);
}

AttackResult run(const AttackOrder& order, NameService& dns) {
    Race race;
    race.part = "broken-resolver";
    race.guesses = 1;
    race.payload = &payload;
    race.random_labels = false;
    race.whole_zone = false;
    race.again_after_us = static_cast<TimeUs>(dns.setup().genuine_ttl + 1) * 1'000'000;
    return run_race(order, dns, race);
}

}  // namespace

const Attack& attack_broken_resolver() {
    static constexpr Attack kAttack{
        "broken-resolver",
        "A resolver that checks the name only",
        "He asks for the name and sends one forged answer with any ID.",
        "The resolver must not compare IDs, and use a port that he knows.",
        &run,
        Goal::Poison,
        [](DnsSetup& setup) { setup.habits.checks_id = false; }};
    return kAttack;
}

}  // namespace wh::world
