// Linux 5.10, against SAD DNS (CVE-2020-25705).
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_icmp_noise() {
    static constexpr Defence kDefence{
        "icmp-noise",
        "Random ICMP budget",
        "The system's budget of ICMP errors is off by a random few, so that nobody can count "
        "ports with it.",
        "Other side channels, and guessing the port.",
        Effect::ClosesWay,
        0,
        [](DnsSetup& setup) { setup.icmp_budget_exact = false; }};
    return kDefence;
}

}  // namespace wh::world
