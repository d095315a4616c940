// SAD DNS 2021 (CVE-2021-20322): a spoofed "fragmentation needed" changes what the system remembers
// of a route only if its inner port is open, and what was pushed out of that memory can be seen
// from outside. The memory is modelled as what it tells, not as its hash.
#include "world/forging.h"
#include "world/side_channel.h"

namespace wh::world {
namespace {

constexpr TimeUs kWindowUs = 1'900'000;  // the resolver waits two seconds
constexpr TimeUs kFloodUs = 700'000;     // then: all 65,536 IDs at 100,000 a second

dns::Message payload(const Forgery& wish, const dns::Question& question, const std::string& zone) {
    return forged_answer(wish, question, zone);
}

constexpr TimeUs kProbeUs = 500;  // 2,000 ports a second

std::uint16_t learn_port(NameService& dns, std::uint16_t first, int count, TimeUs& now,
                         TimeUs until) {
    for (int i = 0; i < count && now < until; ++i, now += kProbeUs) {
        const auto port = static_cast<std::uint16_t>(first + i);
        dns.run_until(now);
        if (dns.route_probe(port)) return port;
    }
    return 0;
}

AttackResult run(const AttackOrder& order, NameService& dns) {
    SideChannel side;
    side.part = "saddns-2021";
    side.learn_port = &learn_port;
    side.window_us = kWindowUs;
    side.flood_us = kFloodUs;
    side.payload = &payload;
    return run_side_channel(order, dns, side);
}

}  // namespace

const Attack& attack_saddns_2021() {
    static constexpr Attack kAttack{
        "saddns-2021",
        "SAD DNS (2021)",
        "He finds the open port by what the resolver's system remembers of routes, and then "
        "guesses the ID.",
        "The system's memory of routes must be readable from outside, and the authority must "
        "be kept from answering.",
        &run,
        Goal::Poison,
        [](DnsSetup& setup) {
            setup.numbers.fixed_port = 0;
            setup.numbers.port_first = 32'768;
            setup.numbers.port_count = 28'232;
            setup.route_cache_readable = true;
            setup.rate_limits = true;
        }};
    return kAttack;
}

}  // namespace wh::world
