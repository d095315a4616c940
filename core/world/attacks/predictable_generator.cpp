// A generator whose next number follows from the last ones (BIND 8 and 9 in 2007, BIND 9 again in
// 2025: CVE-2025-40780). The attacker has the resolver ask his own server a few times, finds the
// state that gives these IDs, and needs one forged answer.
#include <optional>
#include <vector>

#include "base/encoding.h"
#include "base/text.h"
#include "world/forging.h"

namespace wh::world {
namespace {

class Watcher final : public Spy {
  public:
    Watcher(std::vector<std::uint16_t>* ids) : Spy(Place::OwnServer), ids_(ids) {}
    bool sees(const Datagram& datagram, TimeUs) override {
        if (datagram.bytes.size() >= 2) ids_->push_back(get16(datagram.bytes, 0));
        return false;
    }

  private:
    std::vector<std::uint16_t>* ids_;
};

// The ID is the upper half of 32 bits of state: try all lower halves.
std::optional<std::uint32_t> find_state(const std::vector<std::uint16_t>& ids) {
    for (std::uint32_t low = 0; low < 65'536; ++low) {
        std::uint32_t state = static_cast<std::uint32_t>(ids[0]) << 16 | low;
        bool fits = true;
        for (std::size_t i = 1; i < ids.size() && fits; ++i) {
            state = dns::QueryNumbers::lcg_next(state);
            fits = state >> 16 == ids[i];
        }
        if (fits) return state;
    }
    return std::nullopt;
}

AttackResult run(const AttackOrder& order, NameService& dns) {
    AttackResult result;
    const std::string zone = cat(kOwnLabel, ".example");
    dns.own_zone(zone);
    TimeUs now = 300'000;
    const TimeUs round = static_cast<TimeUs>(dns.setup().genuine_ttl + 1) * 1'000'000;
    for (const Forgery& wish : *order.forgeries) {
        const dns::Question question = question_of(wish);
        dns.ask_as(kAttackerAddress, question, now);  // the resolver shall know the servers
        now += round;
        std::vector<std::uint16_t> ids;
        dns.plant(std::make_unique<Watcher>(&ids));
        for (int i = 0; i < 5; ++i) {
            const std::string name = cat("o", i, "-", static_cast<long long>(now), ".", zone);
            dns.ask_as(kAttackerAddress, {name, dns::kA, dns::kClassIn}, now += 200'000);
        }
        dns.unplant();
        ids.erase(ids.begin());  // the first question may have found his server first
        const auto state = ids.size() < 3 ? std::nullopt : find_state(ids);
        dns.send(question, kAttackerAddress, 5'353, 1, now += 200'000);
        const auto target = wait_for_query(dns, question);
        ++result.windows;
        auto bytes = dns::encode(forged_answer(wish, question, organisation_of(wish.name)));
        if (target && state && bytes.ok()) {
            const auto id = static_cast<std::uint16_t>(dns::QueryNumbers::lcg_next(*state) >> 16);
            Datagram forged{target->server, std::string(kResolverAddress), dns::kDnsPort,
                            kWeakResolverPort, bytes.value()};
            forged.bytes[0] = static_cast<char>(id >> 8);
            forged.bytes[1] = static_cast<char>(id & 0xFF);
            ++result.forged;
            dns.inject(forged, target->sent_us + 1, true);
        }
        drain(dns);
    }
    result.won = all_deceived(dns, order, now + 1'000'000);
    result.ended_us = now + 2'000'000;
    return result;
}

}  // namespace

const Attack& attack_predictable_generator() {
    static constexpr Attack kAttack{
        "predictable-generator",
        "A predictable generator",
        "From the IDs of a few queries to his own server he computes the next one, and sends "
        "one forged answer.",
        "IDs must follow from each other, and the resolver use a port that he knows.",
        &run,
        Goal::Poison,
        [](DnsSetup& setup) {
            setup.numbers.generator = dns::Generator::Lcg;
            setup.numbers.state = 0x1234'5678;
        }};
    return kAttack;
}

}  // namespace wh::world
