// What attackers off the path have in common: forged messages, and races of guesses against the
// numbers of a query. Only what the attacker can know goes into a forged message; the race is run
// with real datagrams whenever the headers could fit.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "world/attacks/attack.h"

namespace wh::world {

inline constexpr std::uint32_t kForgedTtl = 86'400;
inline constexpr std::string_view kOwnLabel = "attackers-zone";  // his zone under any top level

// An answer to the question that says what is wished; authoritative.
dns::Message forged_answer(const Forgery& wish, const dns::Question& question,
                           std::string_view zone);
// Adds to the authority and additional sections: the zone's name server is his.
void add_hijacking_ns(dns::Message& message, const std::string& zone);
dns::Question question_of(const Forgery& wish);

// Does the reply to the wish's question say what was wished?
bool is_deceived(const NameService& dns, const Forgery& wish, const NameService::Reply& reply);
// He asks the resolver himself for everything wished; true if it lies about all of it.
bool all_deceived(NameService& dns, const AttackOrder& order, TimeUs now);

const dns::Outstanding* find_query(const std::vector<dns::Outstanding>& all,
                                   const dns::Question& question);
// Delivers datagrams until the resolver asks the server of the name's own zone; nothing if it never
// does.
std::optional<dns::Outstanding> wait_for_query(NameService& dns, const dns::Question& question);
void drain(NameService& dns);

// A race repeated until it is won.
struct Race {
    std::string_view part;  // of the seed
    int guesses = 1'000;    // forged answers a window, all different
    TimeUs window_us = 100'000;
    TimeUs again_after_us = 100'000;  // from window to window
    bool knows_port = true;           // else ports are guessed as well
    bool random_labels = true;        // asks for names that nobody has asked for (Kaminsky)
    // What a forged answer says; its ID is put in later.
    dns::Message (*payload)(const Forgery& wish, const dns::Question& question,
                            const std::string& zone) = nullptr;
    bool whole_zone = true;  // one success is enough for all names of the organisation
    // Before each window: how the attacker finds out the port (0: he does not).
    std::uint16_t (*port)(NameService& dns, TimeUs& now) = nullptr;
};
AttackResult run_race(const AttackOrder& order, NameService& dns, const Race& race);

}  // namespace wh::world
