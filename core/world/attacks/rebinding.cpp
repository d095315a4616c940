// DNS rebinding: the name is the attacker's own and nothing is forged. Who checks first and
// connects later asks twice, and gets a public address first and a private one then.
#include "base/text.h"
#include "world/forging.h"

namespace wh::world {
namespace {

class TwoFaced final : public Spy {
  public:
    TwoFaced(NameService& dns, std::string name)
        : Spy(Place::OwnServer), dns_(dns), name_(std::move(name)) {}
    bool sees(const Datagram& datagram, TimeUs now) override {
        auto query = dns::decode(datagram.bytes);
        if (!query.ok() || query.value().questions.size() != 1) return false;
        const dns::Question question = query.value().questions[0];
        if (!ascii_equal_ignoring_case(question.name, name_) || question.type != dns::kA)
            return false;
        dns::Message reply;
        reply.id = query.value().id;
        reply.response = true;
        reply.authoritative = true;
        reply.questions = {question};
        const std::string_view address = asked_++ ? "10.0.0.5" : "203.0.113.10";
        reply.answers = {
            {name_, dns::kA, dns::kClassIn, 0, *dns::data_from_text(dns::kA, address)}};
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
    std::string name_;
    int asked_ = 0;
};

AttackResult run(const AttackOrder& order, NameService& dns) {
    AttackResult result;
    const std::string zone = cat(kOwnLabel, ".example");
    dns.own_zone(zone);
    const std::string name = cat("www.", zone);
    dns.plant(std::make_unique<TwoFaced>(dns, name));
    const dns::Question question{name, dns::kA, dns::kClassIn};
    const NameService::Reply checked = dns.ask({question}, 300'000)[0];
    const NameService::Reply used = dns.ask({question}, 5'000'000)[0];
    result.windows = 1;
    result.won = checked.came &&
                 dns.values(checked.message) == std::vector<std::string>{"203.0.113.10"} &&
                 used.came && dns.values(used.message) == std::vector<std::string>{"10.0.0.5"};
    result.ended_us = 10'000'000;
    (void)order;
    return result;
}

}  // namespace

const Attack& attack_rebinding() {
    static constexpr Attack kAttack{
        "rebinding",
        "DNS rebinding",
        "His own name leads to a public address when it is checked, and to a private one when "
        "it is used.",
        "Somebody must check a name with one lookup and connect with another.",
        &run,
        Goal::Rebind};
    return kAttack;
}

}  // namespace wh::world
