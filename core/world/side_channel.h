// Attacks that first learn the port of an open query from something else than the DNS, while the
// authority is kept from answering, and then guess the ID.
#pragma once

#include "world/forging.h"

namespace wh::world {

struct SideChannel {
    std::string_view part;  // of the seed
    // Looks at `count` ports from `first` on; 0: not found by `until`. Moves `now`.
    std::uint16_t (*learn_port)(NameService& dns, std::uint16_t first, int count, TimeUs& now,
                                TimeUs until) = nullptr;
    TimeUs window_us = 0;  // as long as the resolver waits
    TimeUs flood_us = 0;   // of it, for guessing all IDs
    dns::Message (*payload)(const Forgery& wish, const dns::Question& question,
                            const std::string& zone) = nullptr;
};
AttackResult run_side_channel(const AttackOrder& order, NameService& dns, const SideChannel& side);

}  // namespace wh::world
