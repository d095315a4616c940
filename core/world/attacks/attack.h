// An attack on the resolver: one file each in this folder. An attack sees what its attacker sees;
// it gets at the cache only through datagrams.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "world/name_service.h"

namespace wh::world {

struct AttackResult {
    bool won = false;         // every wanted answer is in the cache
    TimeUs ended_us = 0;      // on the DNS's clock, which begins at 0 with the attack
    int windows = 0;          // races, all names together
    std::int64_t forged = 0;  // datagrams sent
};

struct AttackOrder {
    const std::vector<Forgery>* forgeries = nullptr;
    std::uint64_t seed = 1;
    TimeUs give_up_us = 3LL * 86'400 * 1'000'000;
};

// What he is after.
enum class Goal : std::uint8_t {
    Poison,       // wanted answers instead of the genuine ones: can be played
    Deny,         // no answer; can be played too
    Keep,         // a name of his own that was taken from him goes on
    Rebind,       // a name of his own leads into the victim's network
    Certificate,  // a public authority gives him one for the victim's name
    Execute,      // code of his runs at the resolver
};
std::string_view name_of(Goal goal);

struct Attack {
    std::string_view name;  // "txid-guessing"
    std::string_view title;
    std::string_view description;  // one sentence: what he does
    std::string_view needs;        // what must be so that it can work
    AttackResult (*run)(const AttackOrder& order, NameService& dns);
    Goal goal = Goal::Poison;
    // Makes what it needs so: the scenario in which it wins. None: the usual setup is weak enough.
    void (*prepare)(DnsSetup& setup) = nullptr;
};

std::vector<const Attack*> all_attacks();  // by name of the file
const Attack* find_attack(std::string_view name);
const Attack& attack_txid_guessing();

}  // namespace wh::world
