// RFC 7435's "some protection most of the time": against those who only listen.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_dot_opportunistic() {
    static constexpr Defence kDefence{
        "dot-opportunistic",
        "DNS over TLS, opportunistic",
        "The app's host asks over TLS if it can, and in clear text if not.",
        "Whoever only has to block port 853, and whoever hands out his own resolver.",
        Effect::ClosesWay,
        0,
        [](DnsSetup& setup) { setup.stub = StubTransport::Opportunistic; }};
    return kDefence;
}

}  // namespace wh::world
