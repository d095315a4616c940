#include "dns/resolver.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/text.h"
#include "dns/name.h"

namespace wh::dns {
namespace {

constexpr int kStepsMax = 40;          // referrals, aliases and repeated queries of one task
constexpr std::size_t kChainMax = 11;  // CNAMEs, as Unbound

Question lower(const Question& question) {
    return {ascii_lower(question.name), question.type, question.klass};
}

// 0x20 (draft-vixie-dnsext-dns0x20): each letter in random case.
std::string with_mixed_case(std::string name, Random& random) {
    for (char& c : name) {
        if (c >= 'a' && c <= 'z' && random.below(2)) c = static_cast<char>(c - 'a' + 'A');
    }
    return name;
}

}  // namespace

std::string_view TupleCheck::first_wrong() const {
    if (!source_address) return "source address";
    if (!destination_address) return "destination address";
    if (!source_port) return "source port";
    if (!destination_port) return "destination port";
    if (!id) return "id";
    if (!question) return "question";
    if (!in_time) return "time";
    return {};
}

std::string make_query(std::uint16_t id, std::string_view name, std::uint16_t type) {
    Message query;
    query.id = id;
    query.recursion_desired = true;
    query.questions.push_back({std::string(name), type, kClassIn});
    auto bytes = encode(query);
    return bytes.ok() ? bytes.value() : std::string();
}

Resolver::Resolver(ResolverConfig config) : config_(std::move(config)) {
    CacheEntry servers;
    servers.rank = Rank::Hint;
    servers.expires_us = INT64_MAX;
    for (const auto& [name, address] : config_.root_hints) {
        const auto server = data_from_text(kNs, name);
        const auto bytes = data_from_text(kA, address);
        WH_CHECK(server && bytes);
        servers.data.push_back(*server);
        CacheEntry entry = servers;
        entry.data = {*bytes};
        cache_.store(name, kA, std::move(entry), 0);
    }
    cache_.store("", kNs, std::move(servers), 0);
}

void Resolver::note(ResolverOutput& out, Fate fate, std::string_view reason, const Record& record,
                    Rank rank, Negative negative) const {
    if (out.watched) out.log.push_back({fate, std::string(reason), {}, record, rank, negative});
}

std::vector<Outstanding> Resolver::outstanding() const {
    std::vector<Outstanding> out;
    for (const Task& task : tasks_) {
        if (task.has_query) out.push_back(task.query);
    }
    return out;
}

Resolver::Task* Resolver::find_task(int number) {
    for (Task& task : tasks_) {
        if (task.number == number) return &task;
    }
    return nullptr;
}

// --- clients
// ---------------------------------------------------------------------------------------

void Resolver::client_query(const Datagram& datagram, TimeUs now, ResolverOutput& out) {
    auto decoded = decode(datagram.bytes);
    if (!decoded.ok() || decoded.value().response || decoded.value().questions.size() != 1) {
        if (out.watched) {
            out.log.push_back({Fate::Dropped,
                               decoded.ok() ? "not one question" : decoded.error().message,
                               {},
                               {},
                               Rank::None,
                               Negative::No});
        }
        return;
    }
    Client client{datagram, decoded.value().id, decoded.value().questions[0], 0};
    client.query.bytes.clear();
    add_task(lower(client.question), client, now, out);
}

int Resolver::add_task(const Question& question, Client client, TimeUs now, ResolverOutput& out) {
    // One question, one upstream query: later askers wait for the same answer.
    for (Task& task : tasks_) {
        if (task.question == question) {
            task.clients.push_back(std::move(client));
            return task.number;
        }
    }
    Task task;
    task.number = next_task_++;
    task.question = question;
    task.name = question.name;
    task.clients.push_back(std::move(client));
    const int number = task.number;
    tasks_.push_back(std::move(task));
    step(number, now, out);
    return number;
}

void Resolver::finish(int number, std::uint8_t rcode, const std::vector<Record>& answers,
                      const std::vector<Record>& authority, TimeUs now, ResolverOutput& out) {
    Task* task = find_task(number);
    WH_CHECK(task != nullptr);
    const Task done = std::move(*task);
    tasks_.erase(tasks_.begin() + (task - tasks_.data()));
    for (const Client& client : done.clients) {
        if (client.parent) {
            if (Task* parent_task = find_task(client.parent)) {
                parent_task->waiting_for_address = false;
                if (rcode != kNoError || answers.empty()) {
                    finish(client.parent, kServFail, {}, {}, now, out);
                } else {
                    step(client.parent, now, out);
                }
            }
            continue;
        }
        Message reply;
        reply.id = client.id;
        reply.response = true;
        reply.recursion_desired = true;
        reply.recursion_available = true;
        reply.rcode = rcode;
        reply.questions.push_back(client.question);
        reply.answers = done.chain;
        reply.answers.insert(reply.answers.end(), answers.begin(), answers.end());
        reply.authorities = authority;
        auto bytes = encode(reply);
        if (!bytes.ok()) continue;
        out.send.push_back({client.query.destination, client.query.source, kDnsPort,
                            client.query.source_port, bytes.value()});
    }
}

// --- one step of one question
// ----------------------------------------------------------------------

bool Resolver::answer_from_cache(Task& task, TimeUs now, ResolverOutput& out) {
    while (task.chain.size() < kChainMax) {
        // RFC 2181 section 5.4.1: additional data is never returned as an answer.
        const CacheEntry* entry =
            cache_.find(task.name, task.question.type, now, Rank::AnswerNotAuthoritative);
        if (entry && entry->negative != Negative::No) {
            std::vector<Record> authority = entry->authority;
            for (Record& record : authority) record.ttl = entry->remaining(now);
            finish(task.number, entry->negative == Negative::NxDomain ? kNxDomain : kNoError, {},
                   authority, now, out);
            return true;
        }
        if (entry) {
            std::vector<Record> answers;
            for (const std::string& data : entry->data) {
                answers.push_back(
                    {task.name, task.question.type, kClassIn, entry->remaining(now), data});
            }
            finish(task.number, kNoError, answers, {}, now, out);
            return true;
        }
        const CacheEntry* alias = cache_.find(task.name, kCname, now, Rank::AnswerNotAuthoritative);
        if (!alias || alias->negative != Negative::No) return false;
        task.chain.push_back({task.name, kCname, kClassIn, alias->remaining(now), alias->data[0]});
        task.name = data_name(alias->data[0]);
        task.tried.clear();
    }
    finish(task.number, kServFail, {}, {}, now, out);
    return true;
}

void Resolver::step(int number, TimeUs now, ResolverOutput& out) {
    Task* task = find_task(number);
    if (!task || answer_from_cache(*task, now, out)) return;
    if (++task->steps > kStepsMax) {
        finish(number, kServFail, {}, {}, now, out);
        return;
    }
    ask(number, now, out);
}

// Asks a server of the deepest zone above the name whose servers are known.
void Resolver::ask(int number, TimeUs now, ResolverOutput& out) {
    Task& task = *find_task(number);
    std::string zone = task.name;
    const CacheEntry* servers = nullptr;
    for (;;) {
        servers = cache_.find(zone, kNs, now, Rank::Additional);
        if (servers && servers->negative == Negative::No) break;
        WH_CHECK(!zone.empty());  // the hints are always there
        zone = parent(zone);
    }
    std::string unknown;
    for (const std::string& data : servers->data) {
        const std::string server = data_name(data);
        const CacheEntry* found = cache_.find(server, kA, now, Rank::Additional);
        if (!found || found->negative != Negative::No) {
            if (!found && unknown.empty()) unknown = server;
            continue;
        }
        const std::string address = data_to_text(kA, found->data[0]);
        if (std::find(task.tried.begin(), task.tried.end(), address) != task.tried.end()) continue;
        Outstanding query;
        query.server = address;
        query.id = config_.numbers.next_id();
        query.port = config_.numbers.next_port();
        query.question = {task.name, task.question.type, kClassIn};
        if (config_.numbers.mixed_case) {
            query.question.name = with_mixed_case(task.name, config_.numbers.random);
        }
        query.zone = zone;
        query.sent_us = now;
        query.expires_us = now + config_.query_timeout_us;
        Message message;
        message.id = query.id;
        message.questions.push_back(query.question);
        auto bytes = encode(message);
        if (!bytes.ok()) break;
        out.send.push_back({config_.address, address, query.port, kDnsPort, bytes.value()});
        task.query = std::move(query);
        task.has_query = true;
        return;
    }
    // No glue: the server's own address has to be found first, unless that is what we are doing.
    if (!unknown.empty() && !is_at_or_below(unknown, zone) && !task.waiting_for_address) {
        task.waiting_for_address = true;
        Client client;
        client.parent = number;
        add_task({unknown, kA, kClassIn}, std::move(client), now, out);
        return;
    }
    if (out.watched)
        note(out, Fate::ServerFailed, "no server of the zone answered",
             {task.name, task.question.type, kClassIn, 0, ""});
    finish(number, kServFail, {}, {}, now, out);
}

void Resolver::expire(TimeUs now, ResolverOutput& out) {
    for (;;) {
        const auto late = std::find_if(tasks_.begin(), tasks_.end(), [&](const Task& task) {
            return task.has_query && task.query.expires_us <= now;
        });
        if (late == tasks_.end()) return;
        late->has_query = false;
        late->tried.push_back(late->query.server);
        step(late->number, now, out);
    }
}

// --- answers
// ---------------------------------------------------------------------------------------

bool Resolver::fits(const Datagram& datagram, TimeUs now) const {
    if (datagram.bytes.size() < 12) return false;
    const std::uint16_t id = get16(datagram.bytes, 0);
    for (const Task& task : tasks_) {
        if (task.has_query && task.query.id == id && compare(datagram, task.query, now).all()) {
            return true;
        }
    }
    return false;
}

TupleCheck Resolver::compare(const Datagram& datagram, const Outstanding& query, TimeUs now) const {
    TupleCheck check;
    check.source_address = datagram.source == query.server;
    check.destination_address = datagram.destination == config_.address;
    check.source_port = datagram.source_port == kDnsPort;
    check.destination_port = datagram.destination_port == query.port;
    check.id = datagram.bytes.size() >= 12 && get16(datagram.bytes, 0) == query.id;
    check.in_time = now >= query.sent_us && now < query.expires_us;
    // The question is only looked at where the cheap fields fit, as a resolver does under a flood.
    if (!check.id || !check.destination_port) return check;
    auto decoded = decode(datagram.bytes);
    if (!decoded.ok() || decoded.value().questions.size() != 1) return check;
    const Question& told = decoded.value().questions[0];
    check.question =
        config_.numbers.mixed_case ? told == query.question : lower(told) == lower(query.question);
    return check;
}

void Resolver::receive(const Datagram& datagram, TimeUs now, ResolverOutput& out) {
    if (datagram.destination == config_.address && datagram.destination_port == kDnsPort) {
        client_query(datagram, now, out);
        return;
    }
    TupleCheck best;
    int matching = -1;
    std::string_view reason = "no query is outstanding";
    for (const Task& task : tasks_) {
        if (!task.has_query) continue;
        const TupleCheck check = compare(datagram, task.query, now);
        if (check.all()) {
            auto decoded = decode(datagram.bytes);
            if (!decoded.value().response) {
                reason = "not a response";
                break;
            }
            if (out.watched)
                out.log.push_back({Fate::Accepted, {}, check, {}, Rank::None, Negative::No});
            take(task.number, decoded.value(), now, out);
            return;
        }
        const int fits = check.source_address + check.destination_address + check.source_port +
                         check.destination_port + check.id + check.question + check.in_time;
        if (fits > matching) {
            matching = fits;
            best = check;
            reason = check.first_wrong();
        }
    }
    if (out.watched) {
        out.log.push_back({Fate::Dropped, std::string(reason), best, {}, Rank::None, Negative::No});
    }
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
    entry.expires_us = now + static_cast<TimeUs>(entry.ttl) * 1'000'000;
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
            if (!is_at_or_below(record.name, query.zone)) continue;
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
        scrubbed(record, is_at_or_below(record.name, query.zone) ? "not what was asked"
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
        } else if (record.type == kNs && sets.empty() && is_at_or_below(asked, record.name) &&
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
