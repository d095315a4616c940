// A defence changes one part of the setup: one file each in this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "world/dns_setup.h"

namespace wh::world {

enum class Effect : std::uint8_t {
    AddsBits,      // more to guess
    RemovesRace,   // nothing to guess: the attacker's answer cannot win
    ClosesWay,     // a way around the guessing, or a rule that let lies pass, is gone
    LimitsDamage,  // the lie is there, and does less or for a shorter time
    Detects,       // somebody knows
};

struct Defence {
    std::string_view name;  // "source-port-randomisation"
    std::string_view title;
    std::string_view description;  // one sentence: what it changes
    std::string_view limit;        // one sentence: what it does not help against
    Effect effect;
    int centibits = 0;  // AddsBits: hundredths of a bit; 0: depends on the name
    void (*apply)(DnsSetup& setup) = nullptr;
};

std::vector<const Defence*> all_defences();  // by name of the file
const Defence* find_defence(std::string_view name);
// "adds 15.98 bits"
std::string effect_text(const Defence& defence);

}  // namespace wh::world
