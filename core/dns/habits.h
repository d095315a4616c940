// What a resolver does beyond the bare protocol, or leaves undone. The defaults are those of a
// careful one of today, so that a weakness is always written down where somebody chose it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"

namespace wh::dns {

// Where the guessable numbers of a query come from.
enum class Generator : std::uint8_t {
    Unpredictable,
    Sequential,  // each ID one more than the last (BIND 4)
    Lcg,         // 32 bits of state, of which the ID is the upper half: three in a row betray it
};

struct QueryNumbers {
    Random random{0};
    std::uint16_t fixed_port = 0;  // 0: drawn anew for every query, from:
    std::uint16_t port_first = 1024;
    std::uint16_t port_count = 64512;
    bool mixed_case = false;  // 0x20: random case of the name, compared byte for byte
    Generator generator = Generator::Unpredictable;
    std::uint32_t state = 0;  // Sequential, Lcg

    static constexpr std::uint32_t lcg_next(std::uint32_t state) {
        return state * 1'664'525U + 1'013'904'223U;  // Numerical Recipes
    }
    std::uint16_t next_id() {
        if (generator == Generator::Sequential) return static_cast<std::uint16_t>(++state);
        if (generator == Generator::Lcg) {
            state = lcg_next(state);
            return static_cast<std::uint16_t>(state >> 16);
        }
        return static_cast<std::uint16_t>(random.below(65536));
    }
    std::uint16_t next_port() {
        return fixed_port ? fixed_port
                          : static_cast<std::uint16_t>(port_first + random.below(port_count));
    }
    // 0x20 (draft-vixie-dnsext-dns0x20): each letter in random case.
    std::string next_name(std::string name) {
        if (!mixed_case) return name;
        for (char& c : name) {
            if (c >= 'a' && c <= 'z' && random.below(2)) c = static_cast<char>(c - 'a' + 'A');
        }
        return name;
    }
};

struct Habits {
    // --- which datagram is an answer (RFC 5452 section 9.1)
    bool checks_id = true;  // A quarter of a per cent of 2014's resolvers looked at the name only
    bool checks_own_port = true;  // false: any of its open sockets will do (CVE-2020-25684)
    bool junk_ends_wait = false;  // something malformed at the right port counts as the answer
    int near_misses_max = -1;  // wrong IDs from the right server before it asks over TCP; -1: any
    std::uint32_t flush_after = 0;  // wrong answers at open ports until the cache is thrown away
    bool cookies = false;           // RFC 7873
    std::uint16_t udp_size = 0;     // told by EDNS; 0: no EDNS

    // --- which questions go out
    bool merges_same_questions = true;  // RFC 5452 section 5; false: up to:
    std::size_t same_questions_max = 150;
    bool tells_subnet = false;  // ECS (RFC 7871): questions of different subnets are not the same

    // --- which records are kept
    bool scrubs_answers = true;           // only the name asked and its aliases
    bool scrubs_ns_beside_answer = true;  // NS in the authority section of an answer
    bool scrubs_ns_beside_nodata = true;  // ... and of "no such record"
    bool forwarded_may_tell_all = false;  // bailiwick of a forward zone's server is the root
    bool ns_may_extend = true;            // a zone's own NS set may outlive what its parent gave
    bool refuses_private = false;  // private addresses in answers are scrubbed, except below:
    std::vector<std::string> private_zones;
    std::uint32_t ttl_min = 0;
    std::vector<std::string> refused_addresses;  // response policy: NXDOMAIN instead
};

// Questions at or below `zone` go to this server instead of down the tree.
struct ForwardZone {
    std::string zone;
    std::string address;
};

}  // namespace wh::dns
