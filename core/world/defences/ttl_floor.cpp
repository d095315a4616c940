// Unbound's cache-min-ttl. From one race a minute to one an hour: log2(60) = 5.91 bits' worth of
// time.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_ttl_floor() {
    static constexpr Defence kDefence{
        "ttl-floor",
        "Long memory",
        "What is genuine is remembered for at least an hour, so that there are fewer races.",
        "Attacks on names that nobody has asked for; and a lie that came in stays for an "
        "hour, too.",
        Effect::AddsBits,
        591,
        [](DnsSetup& setup) { setup.habits.ttl_min = 3'600; }};
    return kDefence;
}

}  // namespace wh::world
