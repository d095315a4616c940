// MaginotDNS (2023): a resolver that is also a forwarder for some zones, with one cache. Of the
// forwarded zone's server it believes everything, the servers of a whole top-level domain included.
#include "base/text.h"
#include "dns/name.h"
#include "world/forging.h"

namespace wh::world {
namespace {

class Boaster final : public Spy {
  public:
    Boaster(NameService& dns, std::string zone)
        : Spy(Place::OwnServer), dns_(dns), zone_(std::move(zone)) {}
    bool sees(const Datagram& datagram, TimeUs now) override {
        auto query = dns::decode(datagram.bytes);
        if (!query.ok() || query.value().questions.size() != 1) return false;
        const dns::Question question = query.value().questions[0];
        const std::string name = ascii_lower(question.name);
        if (!dns::is_at_or_below(name, zone_)) return false;
        // A referral to himself, for everything above his own zone.
        dns::Message reply;
        reply.id = query.value().id;
        reply.response = true;
        reply.questions = {question};
        add_hijacking_ns(reply, std::string(dns::parent(zone_)));
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

AttackResult run(const AttackOrder& order, NameService& dns) {
    AttackResult result;
    dns.serve_lies(*order.forgeries);
    // The forward zone that the setup has is his; its server sits at his address.
    const std::string zone = cat(kOwnLabel, ".example");
    dns.own_zone(zone);
    dns.plant(std::make_unique<Boaster>(dns, zone));
    dns.ask_as(kAttackerAddress, {cat("x.", zone), dns::kA, dns::kClassIn}, 300'000);
    result.windows = 1;
    result.won = all_deceived(dns, order, 200'000'000);
    result.ended_us = 201'000'000;
    return result;
}

}  // namespace

const Attack& attack_maginotdns() {
    static constexpr Attack kAttack{
        "maginotdns",
        "MaginotDNS",
        "His server is asked as the forwarder of his own zone, and tells of new servers for "
        "the whole top-level domain.",
        "The resolver must take what a forward zone's server says about any name; the victim "
        "must be under the same top-level domain, here .example.",
        &run,
        Goal::Poison,
        [](DnsSetup& setup) {
            setup.numbers.fixed_port = 0;
            setup.habits.forwarded_may_tell_all = true;
            setup.forward_zones = {{"attackers-zone.example", std::string(kAttackerServer)}};
        }};
    return kAttack;
}

}  // namespace wh::world
