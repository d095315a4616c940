// RFC 7873; the server's half as RFC 9018.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_cookies() {
    static constexpr Defence kDefence{
        "cookies",
        "DNS cookies",
        "Query and answer carry 64 random bits; servers that have shown cookies once must "
        "show them always.",
        "Servers without them, and whoever sees the query.",
        Effect::AddsBits,
        6400,
        [](DnsSetup& setup) { setup.habits.cookies = true; }};
    return kDefence;
}

}  // namespace wh::world
