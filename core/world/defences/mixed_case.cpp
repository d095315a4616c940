// draft-vixie-dnsext-dns0x20: one bit for each letter; digits, dots and hyphens give none.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_mixed_case() {
    static constexpr Defence kDefence{
        "mixed-case",
        "0x20: random case",
        "Letters of the question are sent in random case, and the answer has to repeat them.",
        "Names of few letters, and whoever sees the query.",
        Effect::AddsBits,
        0,
        [](DnsSetup& setup) { setup.numbers.mixed_case = true; }};
    return kDefence;
}

}  // namespace wh::world
