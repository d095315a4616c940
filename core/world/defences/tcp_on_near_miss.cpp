// PowerDNS's spoof-nearmiss-max, and BIND since 2026. With F guesses a window the chance falls from
// F / 65,536 to 1 / 65,536.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_tcp_on_near_miss() {
    static constexpr Defence kDefence{
        "tcp-on-near-miss",
        "TCP after a near miss",
        "The first answer from the right server with a wrong ID makes the resolver ask again "
        "over TCP.",
        "Whoever sees the query never misses; and anybody can make the resolver use TCP.",
        Effect::RemovesRace,
        0,
        [](DnsSetup& setup) { setup.habits.near_misses_max = 0; }};
    return kDefence;
}

}  // namespace wh::world
