// On the path between the resolver and the authorities: he sees the query and answers first, with
// every field right. Nothing has to be guessed, so nothing that makes guessing harder helps.
#include "base/text.h"
#include "world/forging.h"

namespace wh::world {
namespace {

class OnPath final : public Spy {
  public:
    OnPath(NameService& dns, Place place, TimeUs takes_us)
        : Spy(place), dns_(dns), takes_us_(takes_us) {}
    bool sees(const Datagram& datagram, TimeUs now) override {
        auto message = dns::decode(datagram.bytes);
        if (datagram.destination_port != dns::kDnsPort || !message.ok()) return false;
        if (message.value().questions.size() != 1) return false;
        const dns::Question question = message.value().questions[0];
        for (const Forgery& wish : dns_.plan().forgeries) {
            if (!ascii_equal_ignoring_case(wish.name, question.name)) continue;
            if (dns::type_from_name(wish.type) != question.type) continue;
            // He copies what he sees: ID, ports, the case of the name, the cookie.
            dns::Message lie = forged_answer(wish, question, organisation_of(wish.name));
            lie.id = message.value().id;
            lie.recursion_available = message.value().recursion_desired;
            for (const dns::Record& record : message.value().additionals) {
                if (record.type == dns::kOpt) lie.additionals.push_back(record);
            }
            auto bytes = dns::encode(lie);
            if (!bytes.ok()) return false;
            dns_.launch({datagram.destination, datagram.source, dns::kDnsPort, datagram.source_port,
                         bytes.value(), datagram.tcp},
                        now, takes_us_);
            break;
        }
        return false;  // the question goes on to whom it was meant for
    }

  private:
    NameService& dns_;
    TimeUs takes_us_;
};

constexpr TimeUs kHeIsFasterUs = 1'000;

AttackResult run(const AttackOrder& order, NameService& dns) {
    dns.plant(std::make_unique<OnPath>(dns, Spy::Place::NearResolver, kHeIsFasterUs));
    AttackResult result;
    result.windows = static_cast<int>(order.forgeries->size());
    result.forged = result.windows;
    result.won = all_deceived(dns, order, 300'000);
    result.ended_us = 2'000'000;
    return result;
}

}  // namespace

const Attack& attack_on_path_spoof() {
    static constexpr Attack kAttack{
        "on-path-spoof",
        "Answering first, on the path",
        "He sees the resolver's queries and answers them before the authority can, with every "
        "field right.",
        "He must see the way between the resolver and the authority, and be nearer than the "
        "authority.",
        &run,
        Goal::Poison};
    return kAttack;
}

}  // namespace wh::world
