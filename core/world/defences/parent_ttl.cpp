// Against ghost domains (NDSS 2012): the delegation is asked for again at the parent.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_parent_ttl() {
    static constexpr Defence kDefence{
        "parent-ttl",
        "The parent's word lapses",
        "A zone's own statement about its servers does not live on when what the parent said "
        "has expired.",
        "Whoever changes what the parent says.",
        Effect::ClosesWay,
        0,
        [](DnsSetup& setup) { setup.habits.ns_may_extend = false; }};
    return kDefence;
}

}  // namespace wh::world
