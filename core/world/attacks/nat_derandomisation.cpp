// A NAT in front of the resolver that gives out its ports one after the other undoes their
// randomness. The attacker makes the resolver ask his own name server, sees the port that the NAT
// gave, and knows the next one.
#include "base/text.h"
#include "world/forging.h"

namespace wh::world {
namespace {

class Watcher final : public Spy {
  public:
    Watcher(std::uint16_t* port) : Spy(Place::OwnServer), port_(port) {}
    bool sees(const Datagram& datagram, TimeUs) override {
        *port_ = datagram.source_port;
        return false;
    }

  private:
    std::uint16_t* port_;
};

// For a name that nobody has: any address, and beside it "the servers of this zone are mine".
dns::Message payload(const Forgery&, const dns::Question& question, const std::string& zone) {
    Forgery any{question.name, "A", "A", {std::string(kAttackerAddress)}, false};
    dns::Message message = forged_answer(any, question, zone);
    add_hijacking_ns(message, zone);
    return message;
}

// The port that the next question will go out from.
std::uint16_t next_port(NameService& dns, TimeUs& now) {
    std::uint16_t seen = 0;
    dns.plant(std::make_unique<Watcher>(&seen));
    // His zone lets nothing be cached for longer than a second.
    const std::string name = cat("p", static_cast<long long>(now), ".", kOwnLabel, ".example");
    dns.ask_as(kAttackerAddress, {name, dns::kA, dns::kClassIn}, now);
    dns.unplant();
    now += 50'000;
    return static_cast<std::uint16_t>(seen + 1);
}

AttackResult run(const AttackOrder& order, NameService& dns) {
    dns.serve_lies(*order.forgeries);
    dns.own_zone(cat(kOwnLabel, ".example"));
    Race race;
    race.part = "nat-derandomisation";
    race.payload = &payload;
    race.port = &next_port;
    return run_race(order, dns, race);
}

}  // namespace

const Attack& attack_nat_derandomisation() {
    static constexpr Attack kAttack{
        "nat-derandomisation",
        "A NAT that undoes random ports",
        "He lets the resolver ask his own name server, sees which port the NAT in front of it "
        "gives "
        "out, and aims at the next one.",
        "A NAT must give its ports in sequence; the resolver must take name servers told beside an "
        "answer.",
        &run,
        Goal::Poison,
        [](DnsSetup& setup) {
            setup.numbers.fixed_port = 0;
            setup.sequential_nat = true;
            setup.habits.scrubs_ns_beside_answer = false;
        }};
    return kAttack;
}

}  // namespace wh::world
