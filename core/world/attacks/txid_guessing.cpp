// Guessing the transaction ID from off the path: the oldest poisoning there is. The attacker asks
// the resolver for the name himself, and while the resolver waits for the authority he sends as
// many answers with guessed IDs as fit into the time. The resolver uses one source port, so the 16
// bits of the ID are all that he has to guess. A lost race puts the genuine answer into the cache,
// and he must wait for its TTL. RFC 5452 section 7: with F distinct guesses in a window, F / 65536
// a window.
#include "base/encoding.h"
#include "base/text.h"
#include "world/attacks/attack.h"

namespace wh::world {
namespace {

constexpr TimeUs kWindowUs = 100'000;   // RFC 5452's W
constexpr int kGuessesPerWindow = 700;  // 7,000 a second, RFC 5452's R: 4.5 Mbit/s
constexpr TimeUs kRoundUs = static_cast<TimeUs>(kGenuineTtl + 1) * 1'000'000;
constexpr std::uint32_t kForgedTtl = 86'400;
constexpr TimeUs kMustLastUs = 3'600'000'000;  // poison that is about to expire is made anew
constexpr int kToldMisses = 3;                 // forged packets shown of the first window
constexpr std::uint16_t kAttackerPort = 5'353;

struct Campaign {
    const Forgery* forgery = nullptr;
    dns::Question question;
    int windows = 0;  // lost so far
    TimeUs begun_us = 0;
    TimeUs lasts_until = 0;  // 0: not yet won
};

// What he sends; only the ID differs from packet to packet. Of the outstanding query he uses what
// anybody can look up: the zone of the name and its server.
Datagram forged_answer(const Campaign& campaign, const dns::Outstanding& query) {
    dns::Message message;
    message.response = true;
    message.authoritative = true;
    message.questions = {campaign.question};
    const Forgery& wish = *campaign.forgery;
    if (wish.no_such_name) message.rcode = dns::kNxDomain;
    const auto type = dns::type_from_name(wish.answer_type);
    for (const std::string& value : wish.values) {
        auto data = type ? dns::data_from_text(*type, value) : std::nullopt;
        if (data) message.answers.push_back({wish.name, *type, dns::kClassIn, kForgedTtl, *data});
    }
    if (message.answers.empty()) {
        // Without a SOA a negative answer would not be remembered.
        const std::string dot = query.zone.empty() ? "." : cat(".", query.zone, ".");
        auto soa = dns::data_from_text(
            dns::kSoa, cat("ns1", dot, " hostmaster", dot, " 1 7200 900 1209600 ", kForgedTtl));
        if (soa)
            message.authorities.push_back({query.zone, dns::kSoa, dns::kClassIn, kForgedTtl, *soa});
    }
    auto bytes = dns::encode(message);
    return {query.server, std::string(kResolverAddress), dns::kDnsPort, kWeakResolverPort,
            bytes.ok() ? bytes.value() : std::string()};
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

// One race, packet by packet. Returns whether he won it. `sent` grows by the datagrams sent.
bool race(Campaign& campaign, NameService& dns, std::uint16_t first_guess, std::uint16_t query_id,
          TimeUs now, bool told, std::int64_t& sent) {
    dns.send(campaign.question, kAttackerAddress, kAttackerPort, query_id, now);
    // The resolver may first have to find out whom to ask; the window opens with the query to the
    // zone that holds the name: the one that is out when the last server before it has been heard.
    dns::Outstanding target;
    for (;;) {
        const std::vector<dns::Outstanding> all = dns.resolver().outstanding();
        const dns::Outstanding* query = find_query(all, campaign.question);
        const std::string_view name = campaign.question.name;
        if (query &&
            (query->zone.size() == name.size() || query->zone.find('.') != std::string::npos)) {
            target = *query;
            break;
        }
        if (!dns.run_one()) return false;  // answered from the cache, or by a server further up
    }
    // He keeps the authority busy with questions of his own, so that its answer takes the whole
    // window.
    dns.links().set(kResolverAddress, target.server, kWindowUs - kResolverToZoneUs);
    Datagram forged = forged_answer(campaign, target);
    bool won = false;
    for (int i = 0; i < kGuessesPerWindow && !won; ++i) {
        const TimeUs time = target.sent_us + 1 + kWindowUs * i / kGuessesPerWindow;
        dns.run_until(time);
        const auto guess = static_cast<std::uint16_t>(first_guess + i);
        forged.bytes[0] = static_cast<char>(guess >> 8);
        forged.bytes[1] = static_cast<char>(guess & 0xFF);
        ++sent;
        won = dns.inject(forged, time, told && i < kToldMisses);
    }
    while (dns.run_one()) {
    }
    dns.links().set(kResolverAddress, target.server, kResolverToZoneUs);
    return won;
}

void tell_race(const Campaign& campaign, NameService& dns, TimeUs now, bool won) {
    if (!dns.narrator().on()) return;
    const double odds = static_cast<double>(kGuessesPerWindow) / 65536;
    const int races = campaign.windows + (won ? 1 : 0);
    const std::int64_t forged = static_cast<std::int64_t>(campaign.windows) * kGuessesPerWindow;
    std::string thousands = cat(static_cast<long long>(forged));
    for (std::size_t at = thousands.size(); at > 3;) thousands.insert(at -= 3, 1, ',');
    trace::Event& event = dns.narrator().tell(
        now, trace::EventKind::DnsRace, trace::Actor::Attacker, trace::Actor::Resolver,
        cat("The attacker lost ", campaign.windows, campaign.windows == 1 ? " race" : " races",
            " for ", campaign.question.name, " and ", thousands,
            " forged answers, one race a minute, each with a chance of ", percent_text(odds),
            campaign.windows == 0 ? ": the first one won."
            : won                 ? ". In the next he guesses right."
                                  : ". He gives up."));
    event.hostile = true;
    event.fields = {{"name", campaign.question.name},
                    {"type", campaign.forgery->type},
                    {"lost-windows", cat(campaign.windows)},
                    {"windows", cat(races)},
                    {"forged", cat(static_cast<long long>(forged))},
                    {"per-window", cat(kGuessesPerWindow)},
                    {"odds-per-window", percent_text(odds)},
                    {"elapsed-us", cat(static_cast<long long>(now - campaign.begun_us))},
                    {"won", won ? "yes" : "no"}};
}

AttackResult run(const AttackOrder& order, NameService& dns) {
    AttackResult result;
    std::vector<Campaign> campaigns;
    for (const Forgery& forgery : *order.forgeries) {
        const auto type = dns::type_from_name(forgery.type);
        if (type) campaigns.push_back({&forgery, {forgery.name, *type, dns::kClassIn}, 0, 0, 0});
    }
    Random random(derive_seed(order.seed, "txid-guessing"));
    TimeUs now = 0;
    for (bool all_last = campaigns.empty(); !all_last && now < order.give_up_us; now += kRoundUs) {
        all_last = true;
        // The races of one round are a second apart; what one leaves behind expires before the
        // next.
        TimeUs time = now;
        for (Campaign& campaign : campaigns) {
            time += 300'000;
            if (campaign.lasts_until > time + kMustLastUs) continue;
            all_last = false;
            if (campaign.lasts_until > time) continue;  // he must wait for his own poison to expire
            const auto first_guess = static_cast<std::uint16_t>(random.below(65536));
            const auto query_id = static_cast<std::uint16_t>(random.below(65536));
            ++result.windows;
            // A race that is lost changes nothing but the resolver's generator: the genuine answer
            // has expired before the next. So after the first race only the headers are compared,
            // and the packets are played in full for the race that will be won.
            dns::QueryNumbers ahead = dns.resolver().numbers();
            const std::uint16_t id = ahead.next_id();
            const std::uint16_t port = ahead.next_port();
            const bool hit = static_cast<std::uint16_t>(id - first_guess) < kGuessesPerWindow &&
                             port == kWeakResolverPort;
            if (campaign.windows > 0 && !hit && !ahead.mixed_case) {
                dns.resolver().numbers() = ahead;
                result.forged += kGuessesPerWindow;
                ++campaign.windows;
                continue;
            }
            const bool told = campaign.windows == 0;
            if (told) campaign.begun_us = time;
            if (!told && hit) tell_race(campaign, dns, time, true);
            if (race(campaign, dns, first_guess, query_id, time, told, result.forged)) {
                campaign.lasts_until = time + static_cast<TimeUs>(kForgedTtl) * 1'000'000;
                if (told) tell_race(campaign, dns, time, true);
            } else {
                ++campaign.windows;
            }
        }
    }
    result.ended_us = now;
    result.won = true;
    for (const Campaign& campaign : campaigns) {
        if (campaign.lasts_until > now) continue;
        result.won = false;
        tell_race(campaign, dns, now, false);
    }
    return result;
}

}  // namespace

const Attack& attack_txid_guessing() {
    static constexpr Attack kAttack{
        "txid-guessing", "Guessing the transaction ID",
        "From anywhere in the Internet he asks the resolver for the name and floods it with forged "
        "answers, each with another guess at the 16-bit ID.",
        "The resolver must send from a source port that he knows.", &run};
    return kAttack;
}

}  // namespace wh::world
