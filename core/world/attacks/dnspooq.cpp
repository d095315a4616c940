// DNSpooq (dnsmasq before 2.83, CVE-2020-25684 and -25686): an answer may come in at any of its
// open sockets, and the same question is asked up to 150 times at once. Instead of 32 bits:
// about 18.
#include <algorithm>

#include "world/forging.h"

namespace wh::world {
namespace {

constexpr int kQueries = 150;
constexpr int kGuesses = 5'000;  // 50,000 a second
constexpr TimeUs kWindowUs = 100'000;
constexpr TimeUs kPatienceUs = 3LL * 3'600 * 1'000'000;

AttackResult run(const AttackOrder& order, NameService& dns) {
    AttackResult result;
    Random random(derive_seed(order.seed, "dnspooq"));
    const TimeUs round = static_cast<TimeUs>(dns.setup().genuine_ttl + 1) * 1'000'000;
    TimeUs now = 300'000;
    for (const Forgery& wish : *order.forgeries) {
        const dns::Question question = question_of(wish);
        dns.ask_as(kAttackerAddress, question, now);
        const std::string server = dns.server_of(organisation_of(wish.name));
        auto bytes = dns::encode(forged_answer(wish, question, organisation_of(wish.name)));
        if (!bytes.ok()) return result;
        Datagram forged{server, std::string(kResolverAddress), dns::kDnsPort, 0, bytes.value()};
        // Genuine answers to the other open queries would replace his.
        dns.silence(server, true);
        bool won = false;
        const TimeUs until = now + std::min(order.give_up_us, kPatienceUs);
        while (!won && now < until) {
            now += round;
            ++result.windows;
            for (int i = 0; i < kQueries; ++i) {
                dns.send(question, kAttackerAddress, static_cast<std::uint16_t>(6'000 + i),
                         static_cast<std::uint16_t>(i), now);
            }
            dns.run_until(now + kAttackerToResolverUs);
            // Headers first: which ports and IDs are open does not change within the window.
            std::vector<bool> ports(65'536), ids(65'536);
            for (const dns::Outstanding& query : dns.resolver().outstanding()) {
                ports[query.port] = true;
                ids[query.id] = true;
            }
            for (int i = 0; i < kGuesses && !won; ++i) {
                const auto port = static_cast<std::uint16_t>(1'024 + random.below(64'512));
                const auto id = static_cast<std::uint16_t>(random.below(65'536));
                ++result.forged;
                const bool notices = dns.resolver().notices_misses() || dns.setup().alerts;
                if (!ports[port] || (!ids[id] && !notices)) continue;
                forged.destination_port = port;
                forged.bytes[0] = static_cast<char>(id >> 8);
                forged.bytes[1] = static_cast<char>(id & 0xFF);
                won = dns.inject(forged, now + kAttackerToResolverUs + 1 + i, false);
            }
            drain(dns);
            dns.expire(now + 3'000'000);
        }
        dns.silence(server, false);
    }
    result.won = all_deceived(dns, order, now + 1'000'000);
    result.ended_us = now + 2'000'000;
    return result;
}

}  // namespace

const Attack& attack_dnspooq() {
    static constexpr Attack kAttack{
        "dnspooq",
        "DNSpooq",
        "He asks the same question 150 times, and sends forged answers to random ports with random "
        "IDs: any open port and any open ID fit together.",
        "The forwarder must take answers at any of its sockets and ask the same question many "
        "times; the authority must be kept from answering.",
        &run,
        Goal::Poison,
        [](DnsSetup& setup) {
            setup.rate_limits = true;
            setup.numbers.fixed_port = 0;
            setup.habits.checks_own_port = false;
            setup.habits.merges_same_questions = false;
        }};
    return kAttack;
}

}  // namespace wh::world
