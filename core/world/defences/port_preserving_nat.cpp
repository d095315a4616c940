// RFC 6056 section 4, RFC 4787 REQ-1: port preservation or randomisation.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_port_preserving_nat() {
    static constexpr Defence kDefence{
        "port-preserving-nat",
        "A NAT that keeps ports",
        "The NAT in front of the resolver keeps the ports that the resolver chose.",
        "Guessing them.",
        Effect::ClosesWay,
        0,
        [](DnsSetup& setup) { setup.sequential_nat = false; }};
    return kDefence;
}

}  // namespace wh::world
