// Kaminsky 2008 (CVE-2008-1447): a lost race costs nothing if the next one is for another name of
// the same zone. The answer for x123.victim is worthless; the name servers told beside it are not.
// With one port, 10,000 forged answers a second and a window of 0.1 s: 6.6 s on average.
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
    race.part = "kaminsky";
    race.payload = &payload;
    return run_race(order, dns, race);
}

}  // namespace

const Attack& attack_kaminsky() {
    static constexpr Attack kAttack{
        "kaminsky",
        "Kaminsky's attack",
        "He asks for names that nobody has asked for, one after the other, and in each race tells "
        "the resolver of new name servers for the whole zone.",
        "The resolver must take name servers told beside an answer, and use a port that he knows.",
        &run,
        Goal::Poison,
        [](DnsSetup& setup) { setup.habits.scrubs_ns_beside_answer = false; }};
    return kAttack;
}

}  // namespace wh::world
