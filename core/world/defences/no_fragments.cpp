// RFC 9715. With 512 bytes asked for nothing has to be fragmented on any usual way.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_no_fragments() {
    static constexpr Defence kDefence{
        "no-fragments",
        "No fragments",
        "Fragmented answers are dropped; the resolver asks for small ones and falls back to "
        "TCP.",
        "Everything that is no fragment.",
        Effect::RemovesRace,
        0,
        [](DnsSetup& setup) {
            setup.takes_fragments = false;
            setup.habits.udp_size = 512;
        }};
    return kDefence;
}

}  // namespace wh::world
