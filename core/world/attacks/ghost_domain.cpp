// Ghost domains (NDSS 2012): the registry takes the attacker's domain away, and it goes on. Before
// what the parent said expires, he makes the resolver ask his own server for the zone's name
// servers; the answer ranks higher than the parent's and brings a new time to live.
#include "base/text.h"
#include "dns/name.h"
#include "world/forging.h"

namespace wh::world {
namespace {

// Answers everything with an address, and with his name servers beside it.
class Host final : public Spy {
  public:
    Host(NameService& dns, std::string zone)
        : Spy(Place::OwnServer), dns_(dns), zone_(std::move(zone)) {}
    bool sees(const Datagram& datagram, TimeUs now) override {
        auto query = dns::decode(datagram.bytes);
        if (!query.ok() || query.value().questions.size() != 1) return false;
        const dns::Question question = query.value().questions[0];
        const std::string name = ascii_lower(question.name);
        if (!dns::is_at_or_below(name, zone_)) return false;
        const Forgery own{name, "A", "A", {"203.0.113.10"}, false};
        dns::Message reply = forged_answer(own, question, zone_);
        reply.id = query.value().id;
        reply.answers[0].ttl = 1;
        add_hijacking_ns(reply, zone_);
        auto bytes = dns::encode(reply);
        if (bytes.ok()) {
            dns_.launch({datagram.destination, datagram.source, dns::kDnsPort, datagram.source_port,
                         bytes.value(), datagram.tcp},
                        now, kResolverToZoneUs);
        }
        return true;
    }

  private:
    NameService& dns_;
    std::string zone_;
};

constexpr TimeUs kDayUs = 86'400LL * 1'000'000;
constexpr int kDays = 20;

AttackResult run(const AttackOrder& order, NameService& dns) {
    AttackResult result;
    const std::string zone = cat(kOwnLabel, ".example");
    dns.own_zone(zone);
    dns.plant(std::make_unique<Host>(dns, zone));
    const dns::Question www{cat("www.", zone), dns::kA, dns::kClassIn};
    dns.ask_as(kAttackerAddress, www, 0);
    dns.change_delegation(zone, {});  // the registry, now, and for good
    TimeUs now = 0;
    for (int day = 1; day <= kDays; ++day) {
        for (const TimeUs hours : {11, 23}) {
            now = (day - 1) * kDayUs + hours * 3'600'000'000;
            dns.ask_as(kAttackerAddress,
                       {cat("d", day, "-", static_cast<long long>(hours), ".", zone), dns::kA,
                        dns::kClassIn},
                       now);
            ++result.windows;
        }
    }
    now = kDays * kDayUs + 3'600'000'000;
    const NameService::Reply reply = dns.ask_as(kAttackerAddress, www, now);
    result.won = reply.came && !dns.values(reply.message).empty();
    result.ended_us = now + 1'000'000;
    (void)order;
    return result;
}

}  // namespace

const Attack& attack_ghost_domain() {
    static constexpr Attack kAttack{
        "ghost-domain",
        "Ghost domain",
        "The registry has taken his domain away; he keeps it alive by having the resolver "
        "refresh its name servers from himself in time.",
        "A zone's own word about its servers must outlive its parent's.",
        &run,
        Goal::Keep,
        [](DnsSetup& setup) { setup.habits.scrubs_ns_beside_answer = false; }};
    return kAttack;
}

}  // namespace wh::world
