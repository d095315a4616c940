// How the machines around the names are set up: what attacks need and defences change.
#pragma once

#include <cstdint>
#include <vector>

#include "dns/habits.h"

namespace wh::world {

// Between the app's stub and its resolver (RFC 7858, RFC 8310).
enum class StubTransport : std::uint8_t {
    Plain,
    Opportunistic,  // TLS if it can be had, of whomever
    Strict,         // TLS with the resolver's name checked, or nothing
};

inline constexpr std::uint16_t kWeakResolverPort = 33'333;

struct DnsSetup {
    // The resolver: by default one source port for everything.
    dns::QueryNumbers numbers;  // `random` is seeded by the run
    dns::Habits habits;
    std::vector<dns::ForwardZone> forward_zones;
    // No bound of its own for "no such name": what the answer says counts (RFC 2308 section 5
    // leaves it open), so that a forged NXDOMAIN lasts as long as a forged address.
    std::uint32_t negative_ttl_max = 86'400;
    std::uint32_t ttl_max = 86'400;

    // The resolver's operating system and network.
    bool icmp_budget_exact = false;     // 50 ICMP errors at once for all senders, one more each ms
    bool route_cache_readable = false;  // its next-hop exceptions can be told from outside
    bool sequential_nat = false;        // a NAT gives its ports one after the other
    bool takes_fragments = false;
    bool alerts = false;  // wrong answers and changed name servers are written to a log

    // The authorities.
    bool rate_limits = false;    // can be made mute towards a victim
    bool shows_cookies = true;   // where asked
    bool believes_icmp = false;  // sends smaller fragments when told so by anybody
    bool sequential_ip_id = false;
    int servers_a_zone = 1;          // names in a delegation's NS set
    std::uint32_t genuine_ttl = 60;  // as the lab's resolver tells

    // What is outside.
    bool origin_validation = false;  // RPKI: announcements of others' prefixes are dropped
    bool registry_lock = false;
    int perspectives = 1;  // from how many places an authority checks a domain

    // The app's host.
    StubTransport stub = StubTransport::Plain;
    bool dhcp_guarded = false;   // the switch drops DHCP answers of strangers
    bool hosts_guarded = false;  // the hosts file cannot be changed

    DnsSetup() { numbers.fixed_port = kWeakResolverPort; }
};

}  // namespace wh::world
