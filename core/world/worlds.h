// The worlds, weakest attacker first after `honest`: the ladder.
#pragma once

#include <span>
#include <string_view>

namespace wh::world {

enum class DnsState : std::uint8_t { Honest, Attacker, NxDomain, Blackhole };
enum class AttackerTls : std::uint8_t { None, SelfSigned, OwnDomain, Misissued, Expired };

struct World {
    std::string_view name;  // as the lab's worlds.py
    DnsState dns;
    AttackerTls tls;
    bool only_on_request;  // only in scenarios that name it
    int rung;  // place on the ladder: 0 honest, 1 weakest attacker ...; columns of the matrix
    std::string_view title;        // for people: "Self-signed certificate"
    std::string_view description;  // one sentence: what the attacker can do
};

std::span<const World> all_worlds();  // in ladder order
const World* find_world(std::string_view name);

}  // namespace wh::world
