// TuDoor (2024), its denial: something malformed from the server's address at the right port is
// taken for the answer, and the resolver gives up. No ID has to be guessed.
#include "world/forging.h"

namespace wh::world {
namespace {

AttackResult run(const AttackOrder& order, NameService& dns) {
    AttackResult result;
    for (const Forgery& wish : *order.forgeries) {
        // A header that promises a question, and nothing behind it.
        std::string junk(12, '\0');
        junk[2] = static_cast<char>(0x80);
        junk[5] = 1;
        // Five milliseconds apart, for as long as the name is to be gone.
        dns.stream({dns.server_of(organisation_of(wish.name)), std::string(kResolverAddress),
                    dns::kDnsPort, kWeakResolverPort, junk},
                   5'000);
        ++result.forged;
    }
    result.windows = 1;
    result.won = true;  // as long as he sends; the app's own question shows it
    result.ended_us = 0;
    return result;
}

}  // namespace

const Attack& attack_tudoor() {
    static constexpr Attack kAttack{
        "tudoor",
        "TuDoor: junk instead of an answer",
        "One malformed datagram at the right port makes the resolver stop waiting for the "
        "answer.",
        "The resolver must take junk for an answer, and use a port that he knows.",
        &run,
        Goal::Deny,
        [](DnsSetup& setup) { setup.habits.junk_ends_wait = true; }};
    return kAttack;
}

}  // namespace wh::world
