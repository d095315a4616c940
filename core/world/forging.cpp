#include "world/forging.h"

#include <set>

#include "base/encoding.h"
#include "base/text.h"
#include "dns/name.h"

namespace wh::world {
namespace {

// "x7f3a2b9c": letters and digits, as many as there are windows and more.
std::string random_label(Random& random) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out = "x";
    for (int i = 0; i < 10; ++i) out += kDigits[random.below(16)];
    return out;
}

void put_id(std::string& bytes, std::uint16_t id) {
    bytes[0] = static_cast<char>(id >> 8);
    bytes[1] = static_cast<char>(id & 0xFF);
}

class Runner {
  public:
    Runner(const AttackOrder& order, NameService& dns, const Race& race)
        : order_(order), dns_(dns), race_(race), random_(derive_seed(order.seed, race.part)) {}

    AttackResult run() {
        std::set<std::string> taken;
        for (const Forgery& wish : *order_.forgeries) {
            if (!dns::type_from_name(wish.type)) continue;
            const std::string zone = organisation_of(wish.name);
            if (race_.whole_zone && taken.contains(zone)) continue;
            if (!win(wish, zone)) break;
            taken.insert(zone);
        }
        // What genuine answers there were have expired by then.
        now_ += static_cast<TimeUs>(dns_.setup().genuine_ttl + 1) * 1'000'000;
        result_.won = all_deceived(dns_, order_, now_);
        result_.ended_us = now_ + 1'000'000;
        return result_;
    }

  private:
    bool win(const Forgery& wish, const std::string& zone) {
        const int before = result_.windows;
        const std::int64_t forged_before = result_.forged;
        const TimeUs begun = now_;
        bool won = false;
        for (bool first = true; !won && now_ < order_.give_up_us; first = false) {
            dns::Question question = question_of(wish);
            if (race_.random_labels) question.name = cat(random_label(random_), ".", zone);
            if (race_.port) port_ = race_.port(dns_, now_);
            const std::uint64_t from = random_.below(space());
            ++result_.windows;
            // A lost window leaves nothing behind but the numbers that were drawn, so only headers
            // are compared until one could fit; then its datagrams are played.
            if (first || could_fit(question, from)) {
                won = play(wish, question, zone, from, first);
            } else {
                result_.forged += race_.guesses;
            }
            now_ += race_.again_after_us;
        }
        tell(wish, begun, result_.windows - before, result_.forged - forged_before, won);
        return won;
    }

    // The numbers he guesses among: IDs, or IDs and ports.
    [[nodiscard]] std::uint64_t space() const {
        return race_.knows_port ? 65'536 : 65'536ULL * dns_.resolver().numbers().port_count;
    }
    [[nodiscard]] std::uint16_t known_port() const {
        return race_.port ? port_ : kWeakResolverPort;
    }

    bool could_fit(const dns::Question& question, std::uint64_t from) {
        dns::QueryNumbers ahead = dns_.resolver().numbers();
        const std::uint64_t id = ahead.next_id();
        const std::uint16_t port = ahead.next_port();
        const bool same_case = ahead.next_name(question.name) == question.name;
        std::uint64_t index = id;
        bool fits = same_case;
        if (race_.knows_port) {
            // Behind a NAT it is the port outside that counts; he has learnt it, and it is played.
            fits = fits && (dns_.setup().sequential_nat || port == known_port());
        } else {
            index += 65'536ULL * static_cast<std::uint64_t>(std::uint32_t{port} - ahead.port_first);
        }
        fits =
            fits && (index + space() - from) % space() < static_cast<std::uint64_t>(race_.guesses);
        if (!dns_.resolver().config().habits.checks_id && same_case) fits = true;
        if (!fits) dns_.resolver().numbers() = ahead;
        return fits;
    }

    bool play(const Forgery& wish, const dns::Question& question, const std::string& zone,
              std::uint64_t from, bool first) {
        dns_.send(question, kAttackerAddress, kAttackerPort,
                  static_cast<std::uint16_t>(random_.below(65'536)), now_);
        const auto target = wait_for_query(dns_, question);
        if (!target) {
            drain(dns_);
            return false;
        }
        // He keeps the authority busy, so that its answer takes the whole window.
        dns_.links().set(kResolverAddress, target->server, race_.window_us - kResolverToZoneUs);
        auto bytes = dns::encode(race_.payload(wish, question, zone));
        Datagram forged{target->server, std::string(kResolverAddress), dns::kDnsPort, known_port(),
                        bytes.ok() ? bytes.value() : std::string(12, '\0')};
        bool won = false;
        for (int i = 0; i < race_.guesses && !won; ++i) {
            const TimeUs time = target->sent_us + 1 + race_.window_us * i / race_.guesses;
            dns_.run_until(time);
            const std::uint64_t index = (from + static_cast<std::uint64_t>(i)) % space();
            put_id(forged.bytes, static_cast<std::uint16_t>(index));
            if (!race_.knows_port) {
                forged.destination_port = static_cast<std::uint16_t>(
                    dns_.resolver().numbers().port_first + index / 65'536);
            }
            ++result_.forged;
            won = dns_.inject(forged, time, first && i < 3);
        }
        drain(dns_);
        dns_.links().set(kResolverAddress, target->server, kResolverToZoneUs);
        return won;
    }

    void tell(const Forgery& wish, TimeUs begun, int windows, std::int64_t forged, bool won) {
        if (!dns_.narrator().on()) return;
        trace::Event& event = dns_.narrator().tell(
            now_, trace::EventKind::DnsRace, trace::Actor::Attacker, trace::Actor::Resolver,
            cat("The attacker ", won ? "wins" : "gives up", " the race for ", wish.name, " after ",
                windows, windows == 1 ? " window and " : " windows and ",
                static_cast<long long>(forged), " forged answers in ", duration_text(now_ - begun),
                "."));
        event.hostile = true;
        event.fields = {{"name", wish.name},
                        {"type", wish.type},
                        {"windows", cat(windows)},
                        {"forged", cat(static_cast<long long>(forged))},
                        {"per-window", cat(race_.guesses)},
                        {"elapsed-us", cat(static_cast<long long>(now_ - begun))},
                        {"won", won ? "yes" : "no"}};
    }

    static constexpr std::uint16_t kAttackerPort = 5'353;
    const AttackOrder& order_;
    NameService& dns_;
    const Race& race_;
    Random random_;
    AttackResult result_;
    TimeUs now_ = 300'000;
    std::uint16_t port_ = 0;
};

}  // namespace

dns::Question question_of(const Forgery& wish) {
    return {wish.name, dns::type_from_name(wish.type).value_or(dns::kA), dns::kClassIn};
}

dns::Message forged_answer(const Forgery& wish, const dns::Question& question,
                           std::string_view zone) {
    dns::Message message;
    message.response = true;
    message.authoritative = true;
    message.questions = {question};
    if (wish.no_such_name) message.rcode = dns::kNxDomain;
    const auto type = dns::type_from_name(wish.answer_type);
    for (const std::string& value : wish.values) {
        auto data = type ? dns::data_from_text(*type, value) : std::nullopt;
        if (data) message.answers.push_back({wish.name, *type, dns::kClassIn, kForgedTtl, *data});
    }
    if (message.answers.empty()) {
        // Without a SOA a negative answer would not be remembered.
        const std::string dot = zone.empty() ? "." : cat(".", zone, ".");
        auto soa = dns::data_from_text(
            dns::kSoa, cat("ns1", dot, " hostmaster", dot, " 1 7200 900 1209600 ", kForgedTtl));
        if (soa) {
            message.authorities.push_back(
                {std::string(zone), dns::kSoa, dns::kClassIn, kForgedTtl, *soa});
        }
    }
    return message;
}

void add_hijacking_ns(dns::Message& message, const std::string& zone) {
    const std::string server = cat("ns-new.", zone);
    message.authorities.push_back(
        {zone, dns::kNs, dns::kClassIn, kForgedTtl, *dns::data_from_text(dns::kNs, server)});
    message.additionals.push_back({server, dns::kA, dns::kClassIn, kForgedTtl,
                                   *dns::data_from_text(dns::kA, kAttackerServer)});
}

bool is_deceived(const NameService& dns, const Forgery& wish, const NameService::Reply& reply) {
    if (!reply.came) return false;
    if (wish.no_such_name) return reply.message.rcode == dns::kNxDomain;
    if (reply.message.rcode != dns::kNoError) return false;
    if (wish.values.empty()) return dns.values(reply.message).empty();
    const auto type = dns::type_from_name(wish.answer_type);
    for (const std::string& value : wish.values) {
        const auto data = type ? dns::data_from_text(*type, value) : std::nullopt;
        bool found = false;
        for (const dns::Record& record : reply.message.answers) {
            found = found || (data && record.type == *type && record.data == *data);
        }
        if (!found) return false;
    }
    return true;
}

bool all_deceived(NameService& dns, const AttackOrder& order, TimeUs now) {
    bool all = true;
    for (const Forgery& wish : *order.forgeries) {
        if (!dns::type_from_name(wish.type)) continue;
        all = is_deceived(dns, wish, dns.ask_as(kAttackerAddress, question_of(wish), now)) && all;
    }
    return all;
}

const dns::Outstanding* find_query(const std::vector<dns::Outstanding>& all,
                                   const dns::Question& question) {
    for (const dns::Outstanding& one : all) {
        if (one.question.type == question.type &&
            ascii_equal_ignoring_case(one.question.name, question.name)) {
            return &one;
        }
    }
    return nullptr;
}

std::optional<dns::Outstanding> wait_for_query(NameService& dns, const dns::Question& question) {
    for (;;) {
        const std::vector<dns::Outstanding> all = dns.resolver().outstanding();
        const dns::Outstanding* query = find_query(all, question);
        if (query && (query->zone.size() == question.name.size() ||
                      query->zone.find('.') != std::string::npos)) {
            return *query;
        }
        if (!dns.run_one()) return std::nullopt;
    }
}

void drain(NameService& dns) {
    while (dns.run_one()) {
    }
}

AttackResult run_race(const AttackOrder& order, NameService& dns, const Race& race) {
    return Runner(order, dns, race).run();
}

}  // namespace wh::world
