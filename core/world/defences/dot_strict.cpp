// RFC 7858, RFC 8310 section 5: covers the way from the stub to the resolver, and nothing behind
// it.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_dot_strict() {
    static constexpr Defence kDefence{
        "dot-strict",
        "DNS over TLS, strict",
        "The app's host asks its resolver over TLS and checks who it is, or gets no answer.",
        "Whatever happened to the resolver itself; and blocking port 853 stops the app.",
        Effect::RemovesRace,
        0,
        [](DnsSetup& setup) { setup.stub = StubTransport::Strict; }};
    return kDefence;
}

}  // namespace wh::world
