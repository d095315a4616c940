// RFC 5452 section 4.5. log2(64,512) = 15.98. Pools differ: Linux's 28,232 give 14.78 bits.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_source_port_randomisation() {
    static constexpr Defence kDefence{
        "source-port-randomisation",
        "Random source ports",
        "Every query leaves from a port drawn from 64,512.",
        "Whoever learns the port (a NAT that gives them in sequence, a side channel) or sees "
        "the query.",
        Effect::AddsBits,
        1598,
        [](DnsSetup& setup) { setup.numbers.fixed_port = 0; }};
    return kDefence;
}

}  // namespace wh::world
