// A DHCP answer that is faster than the server's: option 6 names the attacker's resolver, which
// lies where he wishes and asks the genuine one for everything else.
#include "world/forging.h"

namespace wh::world {
namespace {

AttackResult run(const AttackOrder& order, NameService& dns) {
    AttackResult result;
    result.won = dns.offer_resolver(kRogueResolver);
    result.windows = 1;
    result.forged = static_cast<std::int64_t>(order.forgeries->size());
    return result;
}

}  // namespace

const Attack& attack_rogue_dhcp() {
    static constexpr Attack kAttack{
        "rogue-dhcp",
        "A resolver of his own, by DHCP",
        "In the app's network he answers DHCP first and names his own machine as the "
        "resolver.",
        "He must be in the app's local network.",
        &run,
        Goal::Poison};
    return kAttack;
}

}  // namespace wh::world
