// RPZ's response-IP trigger. Policy, not authenticity: it knows who is bad, not what is true. The
// list is a feed's: the first address that the attackers of the scenarios use, and the one they
// send from.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_response_policy() {
    static constexpr Defence kDefence{
        "response-policy",
        "Response policy (RPZ)",
        "Answers with addresses that are known to be an attacker's become \"no such name\".",
        "Addresses that are on no list yet; the poison itself is still in the cache.",
        Effect::LimitsDamage,
        0,
        [](DnsSetup& setup) {
            setup.habits.refused_addresses = {"203.0.113.10", "203.0.113.66"};
        }};
    return kDefence;
}

}  // namespace wh::world
