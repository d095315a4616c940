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

struct Attack {
    std::string_view name;  // "txid-guessing"
    std::string_view title;
    std::string_view description;  // one sentence: what he does
    std::string_view needs;        // what must be so that it can work
    AttackResult (*run)(const AttackOrder& order, NameService& dns);
};

const Attack& attack_txid_guessing();

}  // namespace wh::world
