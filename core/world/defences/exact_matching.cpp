// RFC 5452 section 9.1, all of it: what DNSpooq's dnsmasq and the resolvers of 2014 left out. The
// ID alone is 16 bits.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_exact_matching() {
    static constexpr Defence kDefence{
        "exact-matching",
        "Exact matching",
        "An answer counts only at the port that its own query left from, with its own ID.",
        "Guessing all of it, and whoever sees the query.",
        Effect::AddsBits,
        1600,
        [](DnsSetup& setup) {
            setup.habits.checks_id = true;
            setup.habits.checks_own_port = true;
        }};
    return kDefence;
}

}  // namespace wh::world
