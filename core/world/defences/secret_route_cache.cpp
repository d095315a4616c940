// Linux 5.15, against SAD DNS of 2021 (CVE-2021-20322): a keyed hash and chains of random length.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_secret_route_cache() {
    static constexpr Defence kDefence{
        "secret-route-cache",
        "Secret route cache",
        "Which routes the system remembers cannot be told from outside.",
        "Other side channels, and guessing the port.",
        Effect::ClosesWay,
        0,
        [](DnsSetup& setup) { setup.route_cache_readable = false; }};
    return kDefence;
}

}  // namespace wh::world
