// RPKI, RFC 6811: at every network between the resolver and the authority.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_route_origin_validation() {
    static constexpr Defence kDefence{
        "route-origin-validation",
        "Route origin validation",
        "Networks drop announcements of addresses by those who do not hold them.",
        "Everything but routes.",
        Effect::RemovesRace,
        0,
        [](DnsSetup& setup) { setup.origin_validation = true; }};
    return kDefence;
}

}  // namespace wh::world
