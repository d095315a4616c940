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

constexpr std::uint16_t kCookieOption = 10;  // RFC 7873
constexpr std::uint16_t kSubnetOption = 8;   // RFC 7871

// One option of the OPT record of a message (RFC 6891 section 6.1.2); empty: not there.
std::string edns_option(const Message& message, std::uint16_t code) {
    for (const Record& record : message.additionals) {
        if (record.type != kOpt) continue;
        for (std::size_t at = 0; at + 4 <= record.data.size();) {
            const std::size_t size = get16(record.data, at + 2);
            if (at + 4 + size > record.data.size()) break;
            if (get16(record.data, at) == code) return record.data.substr(at + 4, size);
            at += 4 + size;
        }
    }
    return {};
}

}  // namespace

std::string_view TupleCheck::first_wrong() const {
    if (!source_address) return "source address";
    if (!destination_address) return "destination address";
    if (!source_port) return "source port";
    if (!destination_port) return "destination port";
    if (!id) return "id";
    if (!question) return "question";
    if (!cookie) return "cookie";
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
    load_hints();
}

void Resolver::load_hints() {
    cache_ = Cache();
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
    Client client{datagram, decoded.value().id, decoded.value().questions[0],
                  edns_option(decoded.value(), kSubnetOption), 0};
    client.query.bytes.clear();
    add_task(lower(client.question), client, now, out);
}

int Resolver::add_task(const Question& question, Client client, TimeUs now, ResolverOutput& out) {
    // One question, one upstream query: later askers wait for the same answer.
    std::size_t same = 0;
    for (Task& task : tasks_) {
        if (task.question != question) continue;
        const bool apart =
            !config_.habits.merges_same_questions ||
            (config_.habits.tells_subnet && task.clients.front().subnet != client.subnet);
        if (!apart || ++same >= config_.habits.same_questions_max) {
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
    bool refused_by_policy = false;
    for (const Record& record : answers) {
        if (record.type != kA && record.type != kAaaa) continue;
        const std::string address = data_to_text(record.type, record.data);
        const auto& refused = config_.habits.refused_addresses;
        if (std::find(refused.begin(), refused.end(), address) == refused.end()) continue;
        note(out, Fate::Scrubbed, "the response policy refuses this address", record);
        refused_by_policy = true;
    }
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
        reply.rcode = refused_by_policy ? std::uint8_t{kNxDomain} : rcode;
        reply.questions.push_back(client.question);
        if (!refused_by_policy) {
            reply.answers = done.chain;
            reply.answers.insert(reply.answers.end(), answers.begin(), answers.end());
        }
        reply.authorities = authority;
        auto bytes = encode(reply);
        if (!bytes.ok()) continue;
        out.send.push_back({client.query.destination, client.query.source, kDnsPort,
                            client.query.source_port, bytes.value(), client.query.tcp});
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
    CacheEntry forwarder;
    const ForwardZone* forward = nullptr;
    for (const ForwardZone& each : config_.forward_zones) {
        if (!is_at_or_below(zone, each.zone)) continue;
        if (!forward || each.zone.size() > forward->zone.size()) forward = &each;
    }
    for (;;) {
        if (forward && zone == forward->zone) break;
        servers = cache_.find(zone, kNs, now, Rank::Additional);
        if (servers && servers->negative == Negative::No) break;
        WH_CHECK(!zone.empty());  // the hints are always there
        zone = parent(zone);
    }
    std::string unknown;
    if (forward && zone == forward->zone) {
        forwarder.data = {std::string()};
        servers = &forwarder;
    }
    for (const std::string& data : servers->data) {
        std::string address;
        if (servers == &forwarder) {
            address = forward->address;
        } else {
            const std::string server = data_name(data);
            const CacheEntry* found = cache_.find(server, kA, now, Rank::Additional);
            if (!found || found->negative != Negative::No) {
                if (!found && unknown.empty()) unknown = server;
                continue;
            }
            address = data_to_text(kA, found->data[0]);
        }
        if (std::find(task.tried.begin(), task.tried.end(), address) != task.tried.end()) continue;
        Outstanding query;
        query.server = address;
        query.id = config_.numbers.next_id();
        query.port = config_.numbers.next_port();
        query.question = {config_.numbers.next_name(task.name), task.question.type, kClassIn};
        query.zone =
            servers == &forwarder && config_.habits.forwarded_may_tell_all ? std::string() : zone;
        query.tcp = task.over_tcp;
        query.sent_us = now;
        query.expires_us = now + config_.query_timeout_us;
        Message message;
        message.id = query.id;
        message.recursion_desired = servers == &forwarder;
        message.questions.push_back(query.question);
        if (config_.habits.udp_size || config_.habits.cookies || config_.habits.tells_subnet) {
            Record opt{"", kOpt, std::max<std::uint16_t>(512, config_.habits.udp_size), 0, {}};
            const auto option = [&](std::uint16_t code, std::string_view value) {
                put16(opt.data, code);
                put16(opt.data, static_cast<std::uint16_t>(value.size()));
                opt.data += value;
            };
            if (config_.habits.cookies) {
                put32(query.cookie, static_cast<std::uint32_t>(config_.numbers.random.next()));
                put32(query.cookie, static_cast<std::uint32_t>(config_.numbers.random.next()));
                option(kCookieOption, query.cookie);
            }
            if (config_.habits.tells_subnet && !task.clients.front().subnet.empty()) {
                option(kSubnetOption, task.clients.front().subnet);
            }
            message.additionals.push_back(std::move(opt));
        }
        auto bytes = encode(message);
        if (!bytes.ok()) break;
        out.send.push_back(
            {config_.address, address, query.port, kDnsPort, bytes.value(), query.tcp});
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
    const bool any = !config_.habits.checks_id;
    for (const Task& task : tasks_) {
        if (task.has_query && (any || task.query.id == id) &&
            compare(datagram, task.query, now).all()) {
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
    if (!check.destination_port && !config_.habits.checks_own_port) {
        for (const Task& task : tasks_) {
            check.destination_port =
                check.destination_port ||
                (task.has_query && task.query.port == datagram.destination_port);
        }
    }
    if (datagram.tcp != query.tcp) check.destination_port = false;  // another socket
    check.id = datagram.bytes.size() >= 12 &&
               (!config_.habits.checks_id || get16(datagram.bytes, 0) == query.id);
    check.in_time = now >= query.sent_us && now < query.expires_us;
    // The question is only looked at where the cheap fields fit, as a resolver does under a flood.
    if (!check.id || !check.destination_port) return check;
    auto decoded = decode(datagram.bytes);
    if (!decoded.ok() || decoded.value().questions.size() != 1) return check;
    const Question& told = decoded.value().questions[0];
    check.question =
        config_.numbers.mixed_case ? told == query.question : lower(told) == lower(query.question);
    // RFC 7873 section 5.3: a wrong cookie is no answer, and neither is none from a server that has
    // them.
    if (!query.cookie.empty()) {
        const std::string cookie = edns_option(decoded.value(), kCookieOption);
        check.cookie = cookie.empty() ? !cookie_servers_.contains(query.server)
                                      : cookie.substr(0, 8) == query.cookie;
    }
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
            if (!edns_option(decoded.value(), kCookieOption).empty()) {
                cookie_servers_[task.query.server] = true;
            }
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
    if (notices_misses()) missed(datagram, now, out);
}

// An answer that fits nothing, at an open port: what some resolvers do about it.
void Resolver::missed(const Datagram& datagram, TimeUs now, ResolverOutput& out) {
    int number = 0;
    for (const Task& task : tasks_) {
        if (!task.has_query || datagram.tcp || task.query.tcp) continue;
        if (datagram.destination_port != task.query.port) continue;
        if (config_.habits.flush_after && ++unwanted_ >= config_.habits.flush_after) {
            unwanted_ = 0;
            load_hints();
        }
        if (datagram.source == task.query.server && datagram.source_port == kDnsPort) {
            number = task.number;
        }
        break;
    }
    Task* task = number ? find_task(number) : nullptr;
    if (!task) return;
    const Record about{task->name, task->question.type, kClassIn, 0, {}};
    if (config_.habits.junk_ends_wait && !decode(datagram.bytes).ok()) {
        note(out, Fate::ServerFailed, "the server's answer is malformed", about);
        finish(number, kServFail, {}, {}, now, out);
        return;
    }
    if (config_.habits.near_misses_max < 0) return;
    if (++task->near_misses <= config_.habits.near_misses_max) return;
    note(out, Fate::ServerFailed, "wrong answers arrive, so it asks again over TCP", about);
    task->has_query = false;
    task->over_tcp = true;
    step(number, now, out);
}

}  // namespace wh::dns
