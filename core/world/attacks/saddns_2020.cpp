// SAD DNS 2020 (CVE-2020-25705): the system's budget of ICMP errors is shared by everybody and
// exact. Fifty spoofed datagrams use it up, unless one hits an open port; one more from the
// attacker's own address tells him. Then fifty ports are halved until one is left.
#include "world/forging.h"
#include "world/side_channel.h"

namespace wh::world {
namespace {

constexpr TimeUs kWindowUs = 1'900'000;  // the resolver waits two seconds
constexpr TimeUs kFloodUs = 700'000;     // then: all 65,536 IDs at 100,000 a second

dns::Message payload(const Forgery& wish, const dns::Question& question, const std::string& zone) {
    return forged_answer(wish, question, zone);
}

std::uint16_t learn_port(NameService& dns, std::uint16_t first, int count, TimeUs& now,
                         TimeUs until) {
    for (int at = 0; at < count && now < until; at += 50) {
        std::vector<std::uint16_t> ports;
        for (int i = 0; i < 50; ++i) ports.push_back(static_cast<std::uint16_t>(first + at + i));
        dns.run_until(now);
        bool open = dns.icmp_probe(ports, now);
        now += 51'000;  // the budget is full again
        while (open && ports.size() > 1) {
            std::vector<std::uint16_t> half(
                ports.begin(), ports.begin() + static_cast<std::ptrdiff_t>(ports.size() / 2));
            const std::vector<std::uint16_t> rest(
                ports.begin() + static_cast<std::ptrdiff_t>(half.size()), ports.end());
            // Closed ports of his own choice fill up to fifty.
            std::vector<std::uint16_t> probe = half;
            while (probe.size() < 50) probe.push_back(1);
            dns.run_until(now);
            ports = dns.icmp_probe(probe, now) ? half : rest;
            now += 51'000;
        }
        if (open) return ports[0];
    }
    return 0;
}

AttackResult run(const AttackOrder& order, NameService& dns) {
    SideChannel side;
    side.part = "saddns-2020";
    side.learn_port = &learn_port;
    side.window_us = kWindowUs;
    side.flood_us = kFloodUs;
    side.payload = &payload;
    return run_side_channel(order, dns, side);
}

}  // namespace

const Attack& attack_saddns_2020() {
    static constexpr Attack kAttack{
        "saddns-2020",
        "SAD DNS (2020)",
        "He finds the open port by counting which ICMP errors the resolver's system still "
        "sends, and then guesses the ID.",
        "The system's budget of ICMP errors must be exact, and the authority must be kept "
        "from answering.",
        &run,
        Goal::Poison,
        [](DnsSetup& setup) {
            setup.numbers.fixed_port = 0;
            setup.numbers.port_first = 32'768;
            setup.numbers.port_count = 28'232;
            setup.icmp_budget_exact = true;
            setup.rate_limits = true;
        }};
    return kAttack;
}

}  // namespace wh::world
