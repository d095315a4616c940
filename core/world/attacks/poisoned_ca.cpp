// Domain validation over a poisoned resolver (Domain Validation++, 2018): the authority's own
// resolver asks for the domain, and the attacker's Kaminsky race is against that one. What he gets
// is a certificate that every client believes.
#include <algorithm>

#include "base/text.h"
#include "world/forging.h"

namespace wh::world {

const Attack& attack_kaminsky();

namespace {

AttackResult run(const AttackOrder& order, NameService& dns) {
    AttackResult result;
    // From one place, or from several that each have a resolver of their own, with ports that he
    // knows at the first one only: the remote ones are run by others.
    const int places = dns.setup().perspectives;
    int agree = 0;
    bool primary = false;
    for (int place = 0; place < places; ++place) {
        DnsSetup setup = dns.setup();
        if (place > 0) {
            setup.numbers.fixed_port = 0;
            setup.habits.scrubs_ns_beside_answer = true;
        }
        Narrator silent(false);
        NameService theirs(dns.plan(), setup, derive_seed(order.seed, cat("place ", place)),
                           silent);
        AttackOrder there = order;
        there.give_up_us = std::min<TimeUs>(order.give_up_us, 3'600'000'000);
        const AttackResult race = attack_kaminsky().run(there, theirs);
        result.windows += race.windows;
        result.forged += race.forged;
        result.ended_us = std::max(result.ended_us, race.ended_us);
        agree += race.won;
        if (place == 0) primary = race.won;
    }
    // One of up to five remote ones may disagree, two of six and more (SC-067).
    const int remote = places - 1;
    const int allowed = remote < 2 ? 0 : remote < 6 ? 1 : 2;
    result.won = primary && agree - 1 >= remote - allowed;
    return result;
}

}  // namespace

const Attack& attack_poisoned_ca() {
    static constexpr Attack kAttack{
        "poisoned-ca",
        "Deceiving a certificate authority",
        "He poisons the resolver with which a public authority checks who owns the domain, "
        "and gets a valid certificate.",
        "The authority must check from one place, over a resolver that Kaminsky's attack "
        "works against.",
        &run,
        Goal::Certificate,
        [](DnsSetup& setup) { setup.habits.scrubs_ns_beside_answer = false; }};
    return kAttack;
}

}  // namespace wh::world
