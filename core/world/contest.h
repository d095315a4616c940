// One attack against one set of defences: a name, its resolver, and an app that asks for it.
#pragma once

#include <string>
#include <vector>

#include "world/attacks/attack.h"
#include "world/defences/defence.h"
#include "world/scenario.h"
#include "world/worlds.h"

namespace wh::world {

struct ContestResult {
    bool won = false;     // judged by what the app's own question brings, where there is one
    AttackResult attack;  // what it cost
    std::vector<std::string> alerts;
};

// The setup in which the attack wins, with the defences on top.
// Can it be chosen in a scenario? Attacks with other goals have no name of the app's in view.
[[nodiscard]] bool can_be_played(const Attack& attack);
// What a scenario has chosen for a world; never nullptr.
const Attack& attack_of(const Scenario& scenario, const World& world);
DnsSetup setup_of(const Scenario& scenario, const World& world);

DnsSetup setup_of(const Attack* attack, const std::vector<const Defence*>& defences);
ContestResult contest(const Attack& attack, const std::vector<const Defence*>& defences,
                      std::uint64_t seed, TimeUs give_up_us);
// The same with a setup of the caller's.
ContestResult contest_in(const Attack& attack, const DnsSetup& setup, std::uint64_t seed,
                         TimeUs give_up_us);

}  // namespace wh::world
