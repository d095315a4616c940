// Unbound's iter-scrub-promiscuous and BIND's fixes of October 2025. Bailiwick alone is not enough:
// Kaminsky's lies are inside the zone.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_scrub_answers() {
    static constexpr Defence kDefence{
        "scrub-answers",
        "Scrubbing",
        "Of an answer only what was asked is kept: no name servers beside it, no other names.",
        "A forged answer to the question itself is in order.",
        Effect::ClosesWay,
        0,
        [](DnsSetup& setup) {
            setup.habits.scrubs_answers = true;
            setup.habits.scrubs_ns_beside_answer = true;
            setup.habits.scrubs_ns_beside_nodata = true;
        }};
    return kDefence;
}

}  // namespace wh::world
