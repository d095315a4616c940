// Against MaginotDNS (2023).
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_forward_bailiwick() {
    static constexpr Defence kDefence{
        "forward-bailiwick",
        "Bailiwick of forwarders",
        "What a forward zone's server says counts for that zone only.",
        "Lies inside the zone.",
        Effect::ClosesWay,
        0,
        [](DnsSetup& setup) { setup.habits.forwarded_may_tell_all = false; }};
    return kDefence;
}

}  // namespace wh::world
