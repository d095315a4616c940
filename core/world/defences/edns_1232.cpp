// DNS flag day 2020.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_edns_1232() {
    static constexpr Defence kDefence{
        "edns-1232",
        "EDNS size 1232",
        "The resolver asks for answers of at most 1,232 bytes, so that larger ones come over "
        "TCP, unfragmented.",
        "A server that anybody can tell by ICMP to send still smaller fragments.",
        Effect::ClosesWay,
        0,
        [](DnsSetup& setup) { setup.habits.udp_size = 1'232; }};
    return kDefence;
}

}  // namespace wh::world
