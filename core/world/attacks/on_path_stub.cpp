// On the path between the app and its resolver: the café, the compromised switch. The last mile is
// where DNSSEC at the resolver and everything else behind it end. Where TLS is only tried, he
// blocks it.
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

constexpr TimeUs kHeIsFasterUs = 100;

AttackResult run(const AttackOrder& order, NameService& dns) {
    dns.block_encrypted();
    dns.plant(std::make_unique<OnPath>(dns, Spy::Place::NearApp, kHeIsFasterUs));
    AttackResult result;
    result.won = true;  // as soon as the app asks; what it gets is judged there
    result.windows = 1;
    result.forged = static_cast<std::int64_t>(order.forgeries->size());
    return result;
}

}  // namespace

const Attack& attack_on_path_stub() {
    static constexpr Attack kAttack{
        "on-path-stub",
        "On the path to the app",
        "He sees the app's questions to its resolver, blocks encrypted ones, and answers the "
        "others before the resolver can.",
        "He must be on the way between the app and its resolver.",
        &run,
        Goal::Poison};
    return kAttack;
}

}  // namespace wh::world
