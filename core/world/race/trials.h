// The race played: packet by packet, or window by window where a space is too large to walk. Both
// give the same distribution (a test compares them).
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "base/random.h"
#include "world/race/odds.h"

namespace wh::world {

// What a resolver compares first, before anything is decoded: is this datagram for an open port,
// with the ID of a query that waits there (RFC 5452 section 9.1)? Few outstanding queries are
// compared one by one, more through a table of their IDs.
class HeaderFilter {
  public:
    struct Query {
        std::uint16_t port = 0;
        std::uint16_t id = 0;
    };
    explicit HeaderFilter(const std::vector<Query>& outstanding);
    // `packet`: from the UDP header on; at least ten bytes.
    [[nodiscard]] bool passes(const char* packet) const {
        const std::uint32_t key = key_in(packet);
        return single_ ? key == first_ : among(key);
    }
    // The packet with one ID after the other, at most `count` of them: how many did not pass before
    // the first that does.
    std::int64_t refused(char* packet, std::uint32_t id, std::int64_t count) const;
    static constexpr std::size_t kPortAt = 2;  // destination port
    static constexpr std::size_t kIdAt = 8;    // the DNS message begins with its ID

  private:
    static std::uint32_t key_in(const char* packet) {
        std::uint16_t port = 0, id = 0;
        std::memcpy(&port, packet + kPortAt, 2);
        std::memcpy(&id, packet + kIdAt, 2);
        return static_cast<std::uint32_t>(port) << 16 | id;
    }
    [[nodiscard]] bool among(std::uint32_t key) const;
    std::uint32_t first_ = 0;  // port and ID as they lie in memory
    bool single_ = false;
    std::vector<std::uint32_t> keys_;
    std::vector<std::uint64_t> known_ids_;  // a bit for each ID
};

struct WalkedWindow {
    bool lost = false;
    std::int64_t packets = 0;  // until the hit, or all
};
// Plays windows packet by packet: a fresh query (D of them), F forged datagrams, real bytes. What
// passes the filter is decoded in full. The race must be one that can_walk.
class Walker {
  public:
    explicit Walker(const Race& race);
    WalkedWindow window(Random& random);

  private:
    [[nodiscard]] bool decodes() const;

    Race race_;
    std::uint64_t space_;
    std::uint32_t ids_;
    std::string packet_;  // UDP header and DNS message; only port and ID change
};

enum class Method : std::uint8_t { Walk, Sample };

struct Trials {
    Method method = Method::Walk;
    std::int64_t trials = 0;
    std::int64_t successes = 0;  // attackers who won within A windows
    std::int64_t packets = 0;    // compared; 0 when sampled
    Interval interval;           // 99 %
};
bool can_walk(const Race& race);
// Independent attackers, each with A windows.
Trials play_race(const Race& race, Method method, std::int64_t trials, std::uint64_t seed);
// The number of the first window that is lost, 1 or more; `most` + 1 if none of so many.
std::int64_t sample_first_lost(const Race& race, std::int64_t most, Random& random);
std::int64_t walk_first_lost(Walker& walker, std::int64_t most, Random& random);

// Uniform in (0, 1), 53 bits.
double unit(Random& random);

}  // namespace wh::world
