#include "world/race/trials.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "dns/message.h"

namespace wh::world {
namespace {

constexpr std::size_t kUdpHeader = 8;
constexpr std::uint16_t kFirstPort = 1'024;
constexpr double kZ99 = 2.575829304;

// Big-endian, in one store where the machine allows it.
inline void store16(char* at, unsigned value) {
    auto bytes = static_cast<std::uint16_t>(value);
    if constexpr (std::endian::native == std::endian::little) {
        bytes = static_cast<std::uint16_t>(value << 8 | (value >> 8 & 0xFF));
    }
    std::memcpy(at, &bytes, 2);
}

HeaderFilter::Query query_at(const Race& race, std::uint64_t pair) {
    const auto ids = static_cast<std::uint64_t>(race.ids);
    return {static_cast<std::uint16_t>(kFirstPort + pair / ids),
            static_cast<std::uint16_t>(pair % ids)};
}

// Different pairs out of the space (Floyd's algorithm).
std::vector<std::uint64_t> draw_distinct(std::uint64_t space, std::uint64_t count, Random& random) {
    std::vector<std::uint64_t> sorted;
    for (std::uint64_t top = space - std::min(space, count); top < space; ++top) {
        const std::uint64_t drawn = random.below(top + 1);
        const auto place = std::lower_bound(sorted.begin(), sorted.end(), drawn);
        if (place != sorted.end() && *place == drawn) {
            sorted.push_back(top);  // larger than all so far
        } else {
            sorted.insert(place, drawn);
        }
    }
    return sorted;
}

// The zone of this window: 2.5 servers on average are 2 here and 3 there, so that the chance to
// meet the one that is played is 1/2.5 on average.
std::uint64_t servers_here(double servers, Random& random) {
    const double low = std::floor(servers), high = std::ceil(servers);
    if (low == high) return static_cast<std::uint64_t>(low);
    const double share = (1 / servers - 1 / high) / (1 / low - 1 / high);
    return static_cast<std::uint64_t>(unit(random) < share ? low : high);
}

}  // namespace

double unit(Random& random) {
    return (static_cast<double>(random.next() >> 11) + 0.5) * 0x1.0p-53;
}

HeaderFilter::HeaderFilter(const std::vector<Query>& outstanding)
    : single_(outstanding.size() == 1), known_ids_(single_ ? 0 : 65'536 / 64) {
    for (const Query& one : outstanding) {
        char packet[kIdAt + 2] = {};
        store16(packet + kPortAt, one.port);
        store16(packet + kIdAt, one.id);
        const std::uint32_t key = key_in(packet);
        keys_.push_back(key);
        if (!single_) known_ids_[(key & 0xFFFF) / 64] |= 1ULL << (key % 64);
    }
    std::sort(keys_.begin(), keys_.end());
    if (single_) first_ = keys_.front();
}

bool HeaderFilter::among(std::uint32_t key) const {
    return (known_ids_[(key & 0xFFFF) / 64] >> (key % 64) & 1) &&
           std::binary_search(keys_.begin(), keys_.end(), key);
}

// The loop that a race spends its time in. What it reads is held apart from the packet, which it
// writes.
std::int64_t HeaderFilter::refused(char* packet, std::uint32_t id, std::int64_t count) const {
    const std::uint32_t wanted = first_;
    const std::uint64_t* const known = known_ids_.data();
    std::int64_t i = 0;
    if (single_) {
        for (; i < count; ++i, ++id) {
            store16(packet + kIdAt, id);
            if (key_in(packet) == wanted) return i;
        }
        return i;
    }
    for (; i < count; ++i, ++id) {
        store16(packet + kIdAt, id);
        const std::uint32_t key = key_in(packet);
        if ((known[(key & 0xFFFF) / 64] >> (key % 64) & 1) && among(key)) return i;
    }
    return i;
}

Walker::Walker(const Race& race)
    : race_(race),
      space_(static_cast<std::uint64_t>(race.space())),
      ids_(static_cast<std::uint32_t>(race.ids)),
      packet_(kUdpHeader, '\0') {
    dns::Message answer;
    answer.response = answer.authoritative = true;
    answer.questions = {{"www.shop.test"}};
    answer.answers = {
        {"www.shop.test", dns::kA, dns::kClassIn, 86'400, std::string("\xCB\0qB", 4)}};
    if (const auto bytes = dns::encode(answer); bytes.ok()) packet_ += bytes.value();
    store16(packet_.data(), 53);
    store16(packet_.data() + 4, static_cast<unsigned>(packet_.size()));
}

// What passes the filter is decoded in full.
bool Walker::decodes() const {
    const auto message = dns::decode(std::string_view(packet_).substr(kUdpHeader));
    return message.ok() && message.value().response && message.value().questions.size() == 1;
}

WalkedWindow Walker::window(Random& random) {
    const std::uint64_t servers = servers_here(std::max(1.0, race_.servers), random);
    std::vector<HeaderFilter::Query> played;  // queries to the server that the attacker plays
    for (const std::uint64_t pair :
         draw_distinct(space_, static_cast<std::uint64_t>(race_.outstanding), random)) {
        if (servers == 1 || random.below(servers) == 0) played.push_back(query_at(race_, pair));
    }
    WalkedWindow window;
    window.packets = static_cast<std::int64_t>(race_.forged());
    if (played.empty()) return window;
    const HeaderFilter filter(played);
    char* const packet = packet_.data();
    const std::int64_t packets = window.packets;
    const auto lost_after = [&window](std::int64_t sent) {
        window.lost = true;
        window.packets = sent;
        return window;
    };
    if (race_.repeats) {
        for (std::int64_t sent = 1; sent <= packets; ++sent) {
            const HeaderFilter::Query guess = query_at(race_, random.below(space_));
            store16(packet + HeaderFilter::kPortAt, guess.port);
            store16(packet + HeaderFilter::kIdAt, guess.id);
            if (filter.passes(packet) && decodes()) return lost_after(sent);
        }
        return window;
    }
    // Distinct guesses: once around the whole space from anywhere, one port's IDs after the
    // other's.
    const HeaderFilter::Query start = query_at(race_, random.below(space_));
    const auto last_port = static_cast<std::uint16_t>(kFirstPort + race_.ports - 1);
    std::uint16_t port = start.port;
    std::uint32_t id = start.id;
    for (std::int64_t sent = 0; sent < packets;) {
        store16(packet + HeaderFilter::kPortAt, port);
        const std::int64_t burst = std::min<std::int64_t>(ids_ - id, packets - sent);
        const std::int64_t refused = filter.refused(packet, id, burst);
        sent += refused;
        id += static_cast<std::uint32_t>(refused);
        if (refused < burst) {
            ++sent;
            ++id;
            if (decodes()) return lost_after(sent);
        }
        if (id == ids_) {
            id = 0;
            port = port == last_port ? kFirstPort : static_cast<std::uint16_t>(port + 1);
        }
    }
    return window;
}

bool can_walk(const Race& race) {
    return race.ids <= 65'536 && race.ports <= 65'536 - kFirstPort;
}

std::int64_t sample_first_lost(const Race& race, std::int64_t most, Random& random) {
    const double window = exact(race).window;
    if (window <= 0) return most + 1;
    // Geometric: the chance that the first n windows hold is (1-p)^n.
    const double n = std::floor(std::log(unit(random)) / std::log1p(-window)) + 1;
    return n > static_cast<double>(most) ? most + 1 : static_cast<std::int64_t>(n);
}

std::int64_t walk_first_lost(Walker& walker, std::int64_t most, Random& random) {
    for (std::int64_t n = 1; n <= most; ++n) {
        if (walker.window(random).lost) return n;
    }
    return most + 1;
}

Trials play_race(const Race& race, Method method, std::int64_t trials, std::uint64_t seed) {
    Trials out;
    out.method = method;
    out.trials = trials;
    Random random(derive_seed(seed, method == Method::Walk ? "walk" : "sample"));
    const auto most = static_cast<std::int64_t>(race.windows);
    Walker walker(race);
    for (std::int64_t trial = 0; trial < trials; ++trial) {
        if (method == Method::Sample) {
            out.successes += sample_first_lost(race, most, random) <= most;
            continue;
        }
        for (std::int64_t n = 0; n < most; ++n) {
            const WalkedWindow window = walker.window(random);
            out.packets += window.packets;
            if (!window.lost) continue;
            ++out.successes;
            break;
        }
    }
    out.interval = wilson(out.successes, trials, kZ99);
    return out;
}

}  // namespace wh::world
