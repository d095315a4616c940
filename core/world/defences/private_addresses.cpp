// Unbound's private-address, dnsmasq's stop-dns-rebind.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_private_addresses() {
    static constexpr Defence kDefence{"private-addresses",
                                      "No private addresses from outside",
                                      "Answers that lead into private networks are scrubbed.",
                                      "Names that lead to public addresses.",
                                      Effect::ClosesWay,
                                      0,
                                      [](DnsSetup& setup) { setup.habits.refuses_private = true; }};
    return kDefence;
}

}  // namespace wh::world
