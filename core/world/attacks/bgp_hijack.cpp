// Routes to the authority's network lead to the attacker's (MyEtherWallet, 24 April 2018): queries
// arrive at his machine, and it answers under the genuine address.
#include "world/forging.h"

namespace wh::world {
namespace {

AttackResult run(const AttackOrder& order, NameService& dns) {
    AttackResult result;
    dns.serve_lies(*order.forgeries);
    for (const Forgery& wish : *order.forgeries) {
        dns.announce(dns.server_of(organisation_of(wish.name)));
    }
    result.windows = 1;
    result.won = all_deceived(dns, order, 300'000);
    result.ended_us = 2'000'000;
    return result;
}

}  // namespace

const Attack& attack_bgp_hijack() {
    static constexpr Attack kAttack{
        "bgp-hijack",
        "BGP hijack of the authority",
        "He announces the network of the zone's name server as his own, and answers in its "
        "place.",
        "Networks on the way must believe announcements of anybody.",
        &run,
        Goal::Poison};
    return kAttack;
}

}  // namespace wh::world
