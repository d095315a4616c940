// Unbound's cache-max-ttl and cache-max-negative-ttl, set low.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_ttl_cap() {
    static constexpr Defence kDefence{
        "ttl-cap",
        "Short memory",
        "Nothing is remembered for longer than five minutes, \"no such name\" for one.",
        "It does not keep a lie out, and each expiry is another race for the attacker.",
        Effect::LimitsDamage,
        0,
        [](DnsSetup& setup) {
            setup.ttl_max = 300;
            setup.negative_ttl_max = 60;
        }};
    return kDefence;
}

}  // namespace wh::world
