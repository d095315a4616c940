// The birthday attack (CVE-2002-2211): a resolver that asks upstream once for every client has many
// IDs open at a time, and any of them will do. With n open and n guesses of 65,536 the chance is
// that two random sets meet: one half at n = 213, where a single query would give 0.3 %.
#include <algorithm>
#include <set>

#include "world/forging.h"

namespace wh::world {
namespace {

constexpr int kQueries = 213;
constexpr TimeUs kWindowUs = 100'000;
constexpr TimeUs kPatienceUs = 3LL * 3'600 * 1'000'000;

AttackResult run(const AttackOrder& order, NameService& dns) {
    AttackResult result;
    Random random(derive_seed(order.seed, "birthday"));
    const TimeUs round = static_cast<TimeUs>(dns.setup().genuine_ttl + 1) * 1'000'000;
    TimeUs now = 300'000;
    for (const Forgery& wish : *order.forgeries) {
        const dns::Question question = question_of(wish);
        // His own question first, so that the resolver knows the zone's server; then what he learnt
        // it by has to expire.
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
                dns.send(question, kAttackerAddress, static_cast<std::uint16_t>(6'000 + i),
                         static_cast<std::uint16_t>(i), now);
            }
            std::set<std::uint16_t> guessed;
            for (int i = 0; i < kQueries && !won; ++i) {
                const TimeUs time =
                    now + kAttackerToResolverUs + kWindowUs * (i + 1) / (2 * kQueries);
                dns.run_until(time);
                std::uint16_t guess = 0;
                do guess = static_cast<std::uint16_t>(random.below(65'536));
                while (!guessed.insert(guess).second);
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

const Attack& attack_birthday() {
    static constexpr Attack kAttack{
        "birthday",
        "Birthday attack",
        "He asks the same question hundreds of times and sends as many forged answers: one of many "
        "IDs has to fit.",
        "The resolver must ask upstream anew for every client, from a port that he knows; the "
        "authority must be "
        "kept from answering.",
        &run,
        Goal::Poison,
        [](DnsSetup& setup) {
            setup.rate_limits = true;
            setup.habits.merges_same_questions = false;
            setup.habits.same_questions_max = 1'000;
        }};
    return kAttack;
}

}  // namespace wh::world
