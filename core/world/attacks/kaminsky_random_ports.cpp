// Kaminsky against random source ports (Polyakov, August 2008, on a fast local network): 32 bits
// are not "safe", they are 65,536 x 64,512 guesses. At 100,000 a second: 11.7 hours on average.
#include "world/forging.h"

namespace wh::world {
namespace {

// For a name that nobody has: any address, and beside it "the servers of this zone are mine".
dns::Message payload(const Forgery&, const dns::Question& question, const std::string& zone) {
    Forgery any{question.name, "A", "A", {std::string(kAttackerAddress)}, false};
    dns::Message message = forged_answer(any, question, zone);
    add_hijacking_ns(message, zone);
    return message;
}

AttackResult run(const AttackOrder& order, NameService& dns) {
    dns.serve_lies(*order.forgeries);
    Race race;
    race.part = "kaminsky-random-ports";
    race.guesses = 10'000;
    race.knows_port = false;
    race.payload = &payload;
    return run_race(order, dns, race);
}

}  // namespace

const Attack& attack_kaminsky_random_ports() {
    static constexpr Attack kAttack{
        "kaminsky-random-ports",
        "Kaminsky against random ports",
        "The same as Kaminsky's attack, guessing the source port as well, a hundred thousand "
        "forged "
        "answers a second for half a day.",
        "The resolver must take name servers told beside an answer; nobody must notice the flood.",
        &run,
        Goal::Poison,
        [](DnsSetup& setup) {
            setup.habits.scrubs_ns_beside_answer = false;
            setup.numbers.fixed_port = 0;
        }};
    return kAttack;
}

}  // namespace wh::world
