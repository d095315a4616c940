// RFC 7513's relatives in every managed switch.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_dhcp_snooping() {
    static constexpr Defence kDefence{
        "dhcp-snooping",
        "DHCP snooping",
        "The switch drops DHCP answers from ports that are not the server's.",
        "Everything but the local network.",
        Effect::ClosesWay,
        0,
        [](DnsSetup& setup) { setup.dhcp_guarded = true; }};
    return kDefence;
}

}  // namespace wh::world
