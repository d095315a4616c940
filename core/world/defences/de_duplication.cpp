// RFC 5452 section 5. With ECS (RFC 7871) the questions of different subnets are different ones.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_de_duplication() {
    static constexpr Defence kDefence{
        "de-duplication",
        "One query a question",
        "Equal questions that wait share one query upstream, whatever subnet they come from.",
        "A single query's ID is as guessable as before.",
        Effect::ClosesWay,
        0,
        [](DnsSetup& setup) {
            setup.habits.merges_same_questions = true;
            setup.habits.tells_subnet = false;
        }};
    return kDefence;
}

}  // namespace wh::world
