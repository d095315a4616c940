// draft-li-dnsop-response-preprocessing, after TuDoor (2024).
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_await_valid_answers() {
    static constexpr Defence kDefence{
        "await-valid-answers",
        "Waiting on",
        "Something malformed is dropped, and the resolver goes on waiting for an answer.",
        "An answer that is well-formed and false.",
        Effect::ClosesWay,
        0,
        [](DnsSetup& setup) { setup.habits.junk_ends_wait = false; }};
    return kDefence;
}

}  // namespace wh::world
