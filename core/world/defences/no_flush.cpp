// Unbound's unwanted-reply-threshold at its default 0; with it CVE-2026-109125. What a defence does
// must not be seen from outside.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_no_flush() {
    static constexpr Defence kDefence{
        "no-flush",
        "No flush on suspicion",
        "Wrong answers do not make the resolver throw its cache away.",
        "Other ways to learn the port.",
        Effect::ClosesWay,
        0,
        [](DnsSetup& setup) { setup.habits.flush_after = 0; }};
    return kDefence;
}

}  // namespace wh::world
