// What becomes of an answer that was taken: its records are scrubbed, ranked and kept.
#include <algorithm>

#include "base/encoding.h"
#include "base/text.h"
#include "dns/name.h"
#include "dns/resolver.h"

namespace wh::dns {
namespace {

constexpr std::size_t kChainMax = 11;  // CNAMEs, as Unbound

// RFC 1918, loopback, link-local, "this network".
bool is_private(const Record& record) {
    if (record.type != kA || record.data.size() != 4) return false;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(record.data[i]); };
    return byte(0) == 10 || byte(0) == 127 || byte(0) == 0 ||
           (byte(0) == 172 && (byte(1) & 0xF0U) == 16) || (byte(0) == 192 && byte(1) == 168) ||
           (byte(0) == 169 && byte(1) == 254);
}

}  // namespace

void Resolver::note(ResolverOutput& out, Fate fate, std::string_view reason, const Record& record,
                    Rank rank, Negative negative) const {
    if (out.watched) out.log.push_back({fate, std::string(reason), {}, record, rank, negative});
}

bool Resolver::may_keep(const Record& record) const {
    if (!config_.habits.refuses_private || !is_private(record)) return true;
    for (const std::string& zone : config_.habits.private_zones) {
        if (is_at_or_below(record.name, zone)) return true;
    }
    return false;
}

// Stores one record set (same name and type).
void Resolver::keep(std::vector<Record> set, Rank rank, TimeUs now, ResolverOutput& out) {
    if (set.empty()) return;
    CacheEntry entry;
    entry.rank = rank;
    entry.stored_us = now;
    entry.ttl = config_.ttl_max;
    for (Record& record : set) {
        entry.ttl = std::min(entry.ttl, record.ttl);
        entry.data.push_back(record.data);
    }
    entry.ttl = std::max(entry.ttl, config_.habits.ttl_min);
    entry.expires_us = now + static_cast<TimeUs>(entry.ttl) * 1'000'000;
    if (set[0].type == kNs && !config_.habits.ns_may_extend) {
        // Against ghost domains: the parent's word lapses when it lapses, whatever the zone says.
        const CacheEntry* old = cache_.find(set[0].name, kNs, now, Rank::Additional);
        if (old && old->expires_us < entry.expires_us) entry.expires_us = old->expires_us;
    }
    const bool kept = cache_.store(set[0].name, set[0].type, std::move(entry), now);
    for (const Record& record : set) {
        note(out, kept ? Fate::Cached : Fate::LostToRank,
             kept ? std::string_view() : std::string_view("what is cached ranks higher"), record,
             rank);
    }
}

void Resolver::keep_negative(const std::string& name, std::uint16_t type, Negative kind,
                             const std::vector<Record>& authority, TimeUs now,
                             ResolverOutput& out) {
    CacheEntry entry;
    entry.rank = Rank::AuthoritativeAnswer;
    entry.negative = kind;
    entry.stored_us = now;
    // RFC 2308 section 5: the smaller of the SOA's TTL and its last field; no SOA, not cached long.
    entry.ttl = 0;
    for (const Record& record : authority) {
        if (record.type == kSoa && record.data.size() >= 20) {
            entry.ttl = std::min(
                {record.ttl, get32(record.data, record.data.size() - 4), config_.negative_ttl_max});
        }
    }
    entry.expires_us = now + static_cast<TimeUs>(entry.ttl) * 1'000'000;
    entry.authority = authority;
    const std::uint32_t ttl = entry.ttl;
    const bool kept = cache_.store(name, type, std::move(entry), now);
    note(out, kept ? Fate::Cached : Fate::LostToRank,
         kept ? std::string_view() : std::string_view("what is cached ranks higher"),
         {name, type, kClassIn, ttl, {}}, Rank::AuthoritativeAnswer, kind);
}

// An answer whose tuple fits: scrub it, rank what is left, go on.
void Resolver::take(int number, const Message& message, TimeUs now, ResolverOutput& out) {
    Task& task = *find_task(number);
    const Outstanding query = std::move(task.query);
    task.has_query = false;
    if (message.truncated && !query.tcp) {
        task.over_tcp = true;  // RFC 7766 section 5
        step(number, now, out);
        return;
    }
    if (message.truncated || (message.rcode != kNoError && message.rcode != kNxDomain)) {
        task.tried.push_back(query.server);
        step(number, now, out);
        return;
    }
    const std::string asked = ascii_lower(query.question.name);
    const auto scrubbed = [&](const Record& record, std::string_view why) {
        note(out, Fate::Scrubbed, why, record);
    };

    // Answer section: the name asked and the chain of aliases from it, inside the server's zone.
    std::string name = asked;
    std::vector<Record> wanted;
    std::vector<std::vector<Record>> sets;
    std::vector<bool> used(message.answers.size(), false);
    for (std::size_t links = 0; links <= kChainMax; ++links) {
        std::vector<Record> set, aliases;
        for (std::size_t i = 0; i < message.answers.size(); ++i) {
            const Record& record = message.answers[i];
            if (record.name != name || record.klass != kClassIn) continue;
            if (record.type != query.question.type && record.type != kCname) continue;
            if (!is_at_or_below(record.name, query.zone) || !may_keep(record)) continue;
            used[i] = true;
            (record.type == query.question.type ? set : aliases).push_back(record);
        }
        if (!set.empty()) {
            sets.push_back(set);
            break;
        }
        if (aliases.empty()) break;
        aliases.resize(1);
        name = data_name(aliases[0].data);
        sets.push_back(std::move(aliases));
    }
    for (std::size_t i = 0; i < message.answers.size(); ++i) {
        if (used[i]) continue;
        const Record& record = message.answers[i];
        if (!config_.habits.scrubs_answers && is_at_or_below(record.name, query.zone)) {
            keep({record}, Rank::AnswerNotAuthoritative, now, out);
            continue;
        }
        scrubbed(record, !may_keep(record)                         ? "a private address"
                         : is_at_or_below(record.name, query.zone) ? "not what was asked"
                                                                   : "out of the server's zone");
    }
    const Rank rank =
        message.authoritative ? Rank::AuthoritativeAnswer : Rank::AnswerNotAuthoritative;
    for (std::size_t i = 0; i < sets.size(); ++i) {
        // What an alias leads to was not asked for: it does not replace what the cache has.
        const Record& first = sets[i].front();
        if (i == 0 || !cache_.find(first.name, first.type, now, rank)) {
            keep(std::move(sets[i]), rank, now, out);
        }
    }

    // Authority section: the SOA of a negative answer, or the servers of a zone on the way to the
    // name.
    std::vector<Record> soa, servers;
    for (const Record& record : message.authorities) {
        if (!is_at_or_below(record.name, query.zone)) {
            scrubbed(record, "out of the server's zone");
        } else if (record.type == kSoa && is_at_or_below(name, record.name)) {
            soa.push_back(record);
        } else if (record.type == kNs &&
                   (sets.empty() || !config_.habits.scrubs_ns_beside_answer) &&
                   is_at_or_below(asked, record.name) &&
                   (servers.empty() || servers[0].name == record.name)) {
            servers.push_back(record);
        } else {
            scrubbed(record, "not asked for");
        }
    }
    std::vector<std::vector<Record>> glue;
    for (const Record& record : message.additionals) {
        if (record.type == kOpt) continue;
        const bool address = record.type == kA || record.type == kAaaa;
        const bool of_server = std::any_of(
            servers.begin(), servers.end(),
            [&](const Record& server) { return data_name(server.data) == record.name; });
        if (!is_at_or_below(record.name, query.zone)) {
            scrubbed(record, "out of the server's zone");
        } else if (!address || !of_server) {
            scrubbed(record, "not an address of a server named here");
        } else {
            const auto same = std::find_if(glue.begin(), glue.end(), [&](const auto& set) {
                return set[0].name == record.name && set[0].type == record.type;
            });
            if (same == glue.end()) {
                glue.push_back({record});
            } else {
                same->push_back(record);
            }
        }
    }

    // Servers named beside an answer, which a careful resolver has no use for: Kaminsky's way in,
    // and again in 2025.
    const bool answered = !sets.empty();
    const bool negative = message.rcode == kNxDomain || !soa.empty();
    if (!servers.empty() && (answered || negative)) {
        if (answered || !config_.habits.scrubs_ns_beside_nodata) {
            keep(servers, Rank::AuthorityOfAnswer, now, out);
            for (const std::vector<Record>& set : glue) keep(set, Rank::Additional, now, out);
        } else {
            for (const Record& record : servers) scrubbed(record, "not asked for");
        }
    }
    if (message.rcode == kNxDomain) {
        keep_negative(name, query.question.type, Negative::NxDomain, soa, now, out);
    } else if (sets.empty() || (sets.size() > 0 && name != asked && soa.size() > 0)) {
        const bool referral = !servers.empty() && soa.empty();
        if (referral && servers[0].name.size() > query.zone.size()) {
            keep(servers, Rank::Additional, now, out);
            for (std::vector<Record>& set : glue) keep(std::move(set), Rank::Additional, now, out);
            task.tried.clear();
        } else if (!soa.empty() || message.authoritative) {
            keep_negative(name, query.question.type, Negative::NoData, soa, now, out);
        } else {
            task.tried.push_back(query.server);  // lame: leads nowhere deeper
        }
    }
    step(number, now, out);
}

}  // namespace wh::dns
