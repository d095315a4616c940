// CA/Browser Forum ballot SC-067: the primary and at least four remote ones since 15 June 2026, of
// whom one may disagree.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_multi_perspective() {
    static constexpr Defence kDefence{
        "multi-perspective",
        "Multi-perspective issuance",
        "A public authority checks a domain from five places, of which four have to agree.",
        "Lies of the domain's own authority, which all places see; and one wrong answer may "
        "be tolerated.",
        Effect::LimitsDamage,
        0,
        [](DnsSetup& setup) { setup.perspectives = 5; }};
    return kDefence;
}

}  // namespace wh::world
