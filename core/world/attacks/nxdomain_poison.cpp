// Making a name vanish: a forged "no such name" with a long time to live (RFC 2308). He gains
// nothing but that the service is gone.
#include "world/forging.h"

namespace wh::world {
namespace {

dns::Message payload(const Forgery& wish, const dns::Question& question, const std::string& zone) {
    return forged_answer(wish, question, zone);
}

AttackResult run(const AttackOrder& order, NameService& dns) {
    std::vector<Forgery> wishes = *order.forgeries;
    for (Forgery& wish : wishes) wish = {wish.name, wish.type, {}, {}, true};
    AttackOrder vanish = order;
    vanish.forgeries = &wishes;
    Race race;
    race.part = "nxdomain-poison";
    race.guesses = 700;
    race.payload = &payload;
    race.random_labels = false;
    race.whole_zone = false;
    race.again_after_us = static_cast<TimeUs>(dns.setup().genuine_ttl + 1) * 1'000'000;
    return run_race(vanish, dns, race);
}

}  // namespace

const Attack& attack_nxdomain_poison() {
    static constexpr Attack kAttack{
        "nxdomain-poison",
        "Poisoning with \"no such name\"",
        "He guesses as for an address, but what he forges is that the name does not exist.",
        "The resolver must send from a source port that he knows.",
        &run,
        Goal::Deny};
    return kAttack;
}

}  // namespace wh::world
