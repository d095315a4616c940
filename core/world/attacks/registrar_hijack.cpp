// An account at the registrar: the delegation itself is changed (Sea Turtle, 2017-2019). Everything
// that follows is correct DNS; resolvers that are careful find the lie as surely as others.
#include "world/forging.h"

namespace wh::world {
namespace {

AttackResult run(const AttackOrder& order, NameService& dns) {
    AttackResult result;
    dns.serve_lies(*order.forgeries);
    bool changed = true;
    for (const Forgery& wish : *order.forgeries) {
        changed = dns.change_delegation(organisation_of(wish.name), kAttackerServer) && changed;
    }
    result.windows = 1;
    // Delegations are remembered: he waits until every resolver has forgotten the old one.
    const TimeUs now = changed ? static_cast<TimeUs>(dns.setup().ttl_max) * 1'000'000 : 0;
    result.won = all_deceived(dns, order, now + 300'000);
    result.ended_us = now + 2'000'000;
    return result;
}

}  // namespace

const Attack& attack_registrar_hijack() {
    static constexpr Attack kAttack{
        "registrar-hijack",
        "Hijack at the registrar",
        "With the owner's account at the registrar he names his own server as the zone's.",
        "He must get into the account; nobody at the registry asks back.",
        &run,
        Goal::Poison};
    return kAttack;
}

}  // namespace wh::world
