// Promiscuous authority records (Unbound CVE-2025-11411, completed twice since): name servers
// beside an answer were scrubbed long ago, but not beside "no such record". One such answer, for
// whatever name of the zone, moves the whole zone.
#include "world/forging.h"

namespace wh::world {
namespace {

// "There is no such record here; by the way, the servers of this zone are mine."
dns::Message payload(const Forgery&, const dns::Question& question, const std::string& zone) {
    Forgery none{question.name, "A", {}, {}, false};
    dns::Message message = forged_answer(none, question, zone);
    add_hijacking_ns(message, zone);
    return message;
}

AttackResult run(const AttackOrder& order, NameService& dns) {
    dns.serve_lies(*order.forgeries);
    Race race;
    race.part = "promiscuous-authority";
    race.payload = &payload;
    return run_race(order, dns, race);
}

}  // namespace

const Attack& attack_promiscuous_authority() {
    static constexpr Attack kAttack{
        "promiscuous-authority",
        "Name servers beside \"no such record\"",
        "In a forged \"no such record\" for a name that nobody has asked for he tells the resolver "
        "of "
        "new name servers for the whole zone.",
        "The resolver must scrub answers but not \"no such record\", and use a port that he knows.",
        &run,
        Goal::Poison,
        [](DnsSetup& setup) { setup.habits.scrubs_ns_beside_nodata = false; }};
    return kAttack;
}

}  // namespace wh::world
