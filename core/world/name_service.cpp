#include "world/name_service.h"

#include "base/encoding.h"
#include "base/text.h"
#include "dns/name.h"

namespace wh::world {
namespace {

constexpr std::string_view kRootAddress = "198.51.100.201";
constexpr std::string_view kRootName = "a.root-servers.net";
constexpr int kFirstServer = 202;
constexpr int kServersMax = 44;  // 198.51.100.202 to .245; further zones share
constexpr std::string_view kReverse = "in-addr.arpa";
constexpr std::string_view kAttackerServer =
    "203.0.113.67";  // for the reverse names of his addresses

dns::ResolverConfig resolver_config(std::uint64_t seed) {
    dns::ResolverConfig config;
    config.address = kResolverAddress;
    config.root_hints = {{std::string(kRootName), std::string(kRootAddress)}};
    config.numbers.random = Random(derive_seed(seed, "resolver"));
    config.numbers.fixed_port = kWeakResolverPort;
    // No bound of its own for "no such name": what the answer says counts (RFC 2308 section 5
    // leaves it open), so that a forged NXDOMAIN lasts as long as a forged address.
    config.negative_ttl_max = 86'400;
    return config;
}

// The part of the tree that one organisation runs: two labels, or one.
std::string organisation(const std::string& name) {
    const std::vector<std::string_view> labels = dns::labels(name);
    if (labels.size() < 2) return name;
    return cat(labels[labels.size() - 2], ".", labels.back());
}

std::string question_text(const dns::Question& question) {
    if (question.type == dns::kA) return cat("the address of ", question.name);
    if (question.type == dns::kAaaa) return cat("the IPv6 address of ", question.name);
    return cat("the ", dns::type_name(question.type), " record of ", question.name);
}

std::string record_text(const dns::Record& record) {
    std::string value = dns::data_to_text(record.type, record.data);
    if (record.type == dns::kCname) return cat(record.name, " is another name for ", value);
    return cat(record.name, " ", dns::type_name(record.type), " ", value);
}

}  // namespace

NameService::NameService(const Plan& plan, std::uint64_t seed, Narrator& narrator)
    : narrator_(narrator), links_(kResolverToZoneUs), resolver_(resolver_config(seed)) {
    links_.set(kAppAddress, kResolverAddress, kAppToResolverUs);
    links_.set(kResolverAddress, kRootAddress, kResolverToTopUs);
    links_.set(kAttackerAddress, kResolverAddress, kAttackerToResolverUs);
    server_names_[std::string(kRootAddress)] = kRootName;
    zone_servers_[""] = kRootAddress;
    servers_[std::string(kRootAddress)].zone("", kGenuineTtl);
    for (const auto* records : {&plan.truth, &plan.attackers_own}) {
        for (const auto& [name, types] : *records) {
            if (records == &plan.attackers_own) make_zone(std::string(dns::parent(name)));
            for (const auto& [type, values] : types) {
                for (const std::string& value : values) add_record(name, type, value);
            }
        }
    }
    for (const Forgery& forgery : plan.forgeries) zone_for(forgery.name);
    // An alias leads to a name that exists, even where the scenario says nothing about it.
    for (const auto& [name, types] : plan.truth) {
        const auto alias = types.find("CNAME");
        if (alias == types.end()) continue;
        for (const std::string& value : alias->second) {
            std::string target = ascii_lower(value);
            if (target.ends_with('.')) target.pop_back();
            zone_for(target).add_empty(target);
        }
    }
}

dns::Zone& NameService::make_zone(const std::string& origin) {
    if (const auto known = zone_servers_.find(origin); known != zone_servers_.end()) {
        return servers_[known->second].zone(origin, kGenuineTtl);
    }
    const bool top = dns::labels(origin).size() == 1;
    const bool attackers = origin != kReverse && dns::is_at_or_below(origin, kReverse);
    const std::string server = cat(top ? "a.nic." : "ns1.", origin);
    const std::string above = attackers ? std::string(kReverse)
                              : top     ? std::string()
                                        : std::string(dns::parent(origin));
    dns::Zone& parent_zone = make_zone(above);
    const std::string address =
        attackers ? std::string(kAttackerServer)
                  : cat("198.51.100.",
                        kFirstServer + static_cast<int>(zone_servers_.size() - 1) % kServersMax);
    zone_servers_[origin] = address;
    server_names_[address] = server;
    if (top) links_.set(kResolverAddress, address, kResolverToTopUs);
    const std::string ns = *dns::data_from_text(dns::kNs, server);
    const std::string glue = *dns::data_from_text(dns::kA, address);
    parent_zone.add(origin, dns::kNs, kDelegationTtl, ns);
    parent_zone.add(server, dns::kA, kDelegationTtl, glue);
    dns::Zone& made = servers_[address].zone(origin, kGenuineTtl);
    made.add(origin, dns::kNs, kDelegationTtl, ns);
    made.add(server, dns::kA, kDelegationTtl, glue);
    return made;
}

dns::Zone& NameService::zone_for(const std::string& name) {
    return make_zone(organisation(name));
}

void NameService::add_record(const std::string& name, const std::string& type,
                             const std::string& value) {
    const auto number = dns::type_from_name(type);
    if (!number) return;
    auto data = dns::data_from_text(*number, value);
    if (!data) return;
    as_written_[{*number, *data}] = value;
    std::string probe;
    if (!dns::write_name(name, probe, nullptr).ok()) return;
    // The reverse names of the attacker's addresses are in a zone of his own.
    const std::string own(dns::parent(name));
    dns::Zone& zone = zone_servers_.contains(own) && dns::is_at_or_below(own, kReverse)
                          ? make_zone(own)
                          : zone_for(name);
    zone.add(name, *number, kGenuineTtl, std::move(*data));
}

std::string Party::at_start() const {
    return name.starts_with("the ") ? cat("The ", std::string_view(name).substr(4)) : name;
}

Party NameService::party(std::string_view address) const {
    if (address == kResolverAddress) return {trace::Actor::Resolver, "the resolver"};
    if (address == kAppAddress) return {trace::Actor::App, "the app"};
    if (address == kAttackerServer) return {trace::Actor::Attacker, "the attacker's name server"};
    if (const auto known = server_names_.find(std::string(address)); known != server_names_.end()) {
        return {trace::Actor::Authority, cat("the server ", known->second)};
    }
    if (address == kAttackerAddress) return {trace::Actor::Attacker, "the attacker"};
    return {trace::Actor::Nobody, std::string(address)};
}

// --- datagrams
// -------------------------------------------------------------------------------------

void NameService::send(dns::Question question, std::string_view client, std::uint16_t port,
                       std::uint16_t id, TimeUs now) {
    Datagram query{std::string(client), std::string(kResolverAddress), port, dns::kDnsPort,
                   dns::make_query(id, question.name, question.type)};
    tell_query(query, now);
    transmit(std::move(query), now);
}

// Captures tell the app's time.
void NameService::capture(const Datagram& datagram, TimeUs now) {
    if (net::Capture* packets = narrator_.capture()) {
        packets->push_back({now - offset_us_, false, datagram, 0, 0, 0});
    }
}

void NameService::transmit(Datagram datagram, TimeUs now) {
    capture(datagram, now);
    const TimeUs delay = links_.delay(datagram.source, datagram.destination);
    wire_.send(std::move(datagram), now, delay);
}

void NameService::deliver(const Datagram& datagram, TimeUs now, bool forged) {
    if (datagram.destination == kResolverAddress) {
        dns::ResolverOutput out;
        out.watched = narrator_.on() || forged;
        resolver_.receive(datagram, now, out);
        tell_fates(out, datagram, now, forged);
        for (Datagram& next : out.send) {
            if (narrator_.on()) {
                (next.destination_port == dns::kDnsPort) ? tell_query(next, now)
                                                         : tell_answer(next, now);
            }
            transmit(std::move(next), now);
        }
        return;
    }
    const auto server = servers_.find(datagram.destination);
    if (server != servers_.end() && datagram.destination_port == dns::kDnsPort) {
        Datagram reply{datagram.destination, datagram.source, datagram.destination_port,
                       datagram.source_port, server->second.answer(datagram.bytes)};
        if (reply.bytes.empty()) return;
        tell_answer(reply, now);
        transmit(std::move(reply), now);
        return;
    }
    arrived_.emplace_back(now, datagram);
}

bool NameService::run_one() {
    if (wire_.empty()) return false;
    const TimeUs now = wire_.next_time();
    deliver(wire_.deliver(), now, false);
    return true;
}

void NameService::run_until(TimeUs time) {
    while (!wire_.empty() && wire_.next_time() <= time) run_one();
}

bool NameService::inject(const Datagram& forged, TimeUs now, bool told) {
    const bool taken = resolver_.fits(forged, now);
    if (!taken && !told) return false;  // dropped without a trace, as thousands of others
    if (net::Capture* capture = narrator_.capture())
        capture->push_back({now, false, forged, 0, 0, 0});
    deliver(forged, now, true);
    return taken;
}

// --- clients
// ---------------------------------------------------------------------------------------

std::vector<NameService::Reply> NameService::ask(const std::vector<dns::Question>& questions,
                                                 TimeUs now) {
    // The wire is empty between calls: whatever a client asked was carried out to its end.
    arrived_.clear();
    const TimeUs begins = now + offset_us_;
    const std::uint16_t port = next_port_++;
    if (next_port_ >= 60'000) next_port_ = 40'000;
    std::vector<Reply> replies(questions.size());
    for (std::size_t i = 0; i < questions.size(); ++i) {
        send(questions[i], kAppAddress, port, static_cast<std::uint16_t>(port + i), begins);
    }
    while (run_one()) {
    }
    for (const auto& [time, datagram] : arrived_) {
        auto message = dns::decode(datagram.bytes);
        if (!message.ok()) continue;
        const std::size_t index = static_cast<std::uint16_t>(message.value().id - port);
        if (index >= replies.size() || datagram.destination_port != port) continue;
        replies[index] = {true, time - offset_us_, std::move(message.value())};
    }
    arrived_.clear();
    return replies;
}

std::vector<std::string> NameService::values(const dns::Message& reply) const {
    std::vector<std::string> out;
    for (const dns::Record& record : reply.answers) {
        if (record.type == reply.questions[0].type) {
            out.push_back(dns::data_to_text(record.type, record.data));
        }
    }
    return out;
}

std::vector<std::string> NameService::values_as_written(const dns::Message& reply) const {
    std::vector<std::string> out;
    for (const dns::Record& record : reply.answers) {
        if (record.type != reply.questions[0].type) continue;
        const auto written = as_written_.find({record.type, record.data});
        out.push_back(written == as_written_.end() ? dns::data_to_text(record.type, record.data)
                                                   : written->second);
    }
    return out;
}

// --- telling
// ---------------------------------------------------------------------------------------

void NameService::tell_query(const Datagram& datagram, TimeUs now) {
    if (!narrator_.on()) return;
    auto message = dns::decode(datagram.bytes);
    if (!message.ok() || message.value().questions.empty()) return;
    const dns::Question& question = message.value().questions[0];
    const Party from = party(datagram.source);
    const Party to = party(datagram.destination);
    trace::Event& event = narrator_.tell(
        now - offset_us_, trace::EventKind::DnsQuery, from.actor, to.actor,
        cat(from.at_start(), " asks ", to.name, " for ", question_text(question), "."));
    event.fields = {{"name", question.name},
                    {"type", dns::type_name(question.type)},
                    {"id", cat(static_cast<int>(message.value().id))},
                    {"source", cat(datagram.source, ":", static_cast<int>(datagram.source_port))},
                    {"destination",
                     cat(datagram.destination, ":", static_cast<int>(datagram.destination_port))}};
    event.bytes = datagram.bytes;
    event.hostile = from.actor == trace::Actor::Attacker;
}

void NameService::tell_answer(const Datagram& datagram, TimeUs now) {
    if (!narrator_.on()) return;
    auto decoded = dns::decode(datagram.bytes);
    if (!decoded.ok() || decoded.value().questions.empty()) return;
    const dns::Message& message = decoded.value();
    const dns::Question& question = message.questions[0];
    const Party from = party(datagram.source);
    const Party to = party(datagram.destination);
    std::string said;
    if (message.rcode == dns::kNxDomain) {
        said = cat(question.name, " does not exist");
    } else if (message.rcode != dns::kNoError) {
        said = cat("the answer is ", dns::rcode_name(message.rcode));
    } else if (!message.answers.empty()) {
        for (const dns::Record& record : message.answers) {
            if (!said.empty()) said += ", ";
            said += record_text(record);
        }
    } else if (!message.authorities.empty() && message.authorities[0].type == dns::kNs) {
        said = cat("ask ", dns::data_name(message.authorities[0].data),
                   ", which is responsible for ", message.authorities[0].name);
    } else {
        said = cat(question.name, " has no ", dns::type_name(question.type), " record");
    }
    trace::Event& event =
        narrator_.tell(now - offset_us_, trace::EventKind::DnsAnswer, from.actor, to.actor,
                       cat(from.at_start(), " answers ", to.name, ": ", said, "."));
    bool poisoned = false;
    std::string values;
    for (const dns::Record& record : message.answers) {
        if (!values.empty()) values += ", ";
        values += dns::data_to_text(record.type, record.data);
        poisoned = poisoned || poison_.contains({record.name, record.type});
    }
    poisoned = poisoned || poison_.contains({ascii_lower(question.name), question.type});
    event.fields = {{"name", question.name},
                    {"type", dns::type_name(question.type)},
                    {"id", cat(static_cast<int>(message.id))},
                    {"rcode", std::string(dns::rcode_name(message.rcode))},
                    {"values", values},
                    {"poisoned", from.actor == trace::Actor::Resolver && poisoned ? "yes" : "no"}};
    if (from.actor == trace::Actor::Resolver && poisoned) {
        event.sentence.pop_back();
        event.sentence += "; this is what the attacker had put into its cache.";
    }
    event.bytes = datagram.bytes;
}

void NameService::tell_fates(const dns::ResolverOutput& out, const Datagram& datagram, TimeUs now,
                             bool forged) {
    const TimeUs time = now - offset_us_;
    for (const dns::FateLog& log : out.log) {
        const std::string type = dns::type_name(log.record.type);
        if (log.fate == dns::Fate::Cached && forged)
            poison_[{log.record.name, log.record.type}] = true;
        if (log.fate == dns::Fate::Cached && !forged)
            poison_.erase({log.record.name, log.record.type});
        if (!narrator_.on()) continue;
        switch (log.fate) {
            case dns::Fate::Dropped:
            case dns::Fate::Accepted: {
                const bool accepted = log.fate == dns::Fate::Accepted;
                if (accepted && !forged) break;
                const Party claimed = party(datagram.source);
                trace::Event& event = narrator_.tell(
                    time, forged ? trace::EventKind::DnsForged : trace::EventKind::DnsAnswer,
                    forged ? trace::Actor::Attacker : claimed.actor, trace::Actor::Resolver,
                    !forged
                        ? cat("The resolver drops the answer of ", claimed.name, ": ", log.reason,
                              log.reason == "no query is outstanding"
                                  ? "; the question was already answered."
                                  : " is wrong.")
                    : accepted ? cat("A forged answer that claims to come from ", claimed.name,
                                     " fits in every field; the resolver takes it for genuine.")
                               : cat("A forged answer that claims to come from ", claimed.name,
                                     " is dropped: its ", log.reason, " is wrong."));
                event.hostile = forged;
                event.bytes = datagram.bytes;
                event.fields.emplace_back("accepted", accepted ? "yes" : "no");
                event.fields.emplace_back("reason", log.reason);
                event.fields.emplace_back("id",
                                          datagram.bytes.size() < 2
                                              ? std::string()
                                              : cat(static_cast<int>(get16(datagram.bytes, 0))));
                const auto check = [&](std::string_view name, bool fits) {
                    event.fields.emplace_back(name, fits ? "ok" : "wrong");
                };
                check("source-address", log.check.source_address);
                check("destination-address", log.check.destination_address);
                check("source-port", log.check.source_port);
                check("destination-port", log.check.destination_port);
                check("transaction-id", log.check.id);
                // Not looked at where a cheaper field was wrong.
                event.fields.emplace_back("question", log.check.question ? "ok"
                                                      : log.check.id && log.check.destination_port
                                                          ? "wrong"
                                                          : "not looked at");
                check("time", log.check.in_time);
                break;
            }
            case dns::Fate::Scrubbed:
            case dns::Fate::LostToRank:
                narrator_
                    .tell(time, trace::EventKind::DnsCached, trace::Actor::Resolver,
                          trace::Actor::Resolver,
                          cat("The resolver does not keep ", record_text(log.record), ": ",
                              log.reason, "."))
                    .fields = {{"name", log.record.name},
                               {"type", type},
                               {"value", dns::data_to_text(log.record.type, log.record.data)},
                               {"kept", "no"},
                               {"reason", log.reason},
                               {"poisoned", forged ? "yes" : "no"}};
                break;
            case dns::Fate::Cached: {
                const bool absent = log.negative == dns::Negative::NxDomain;
                const std::string what =
                    log.negative == dns::Negative::No ? record_text(log.record)
                    : absent ? cat("that ", log.record.name, " does not exist")
                             : cat("that ", log.record.name, " has no ", type, " record");
                trace::Event& event = narrator_.tell(
                    time, trace::EventKind::DnsCached, trace::Actor::Resolver,
                    trace::Actor::Resolver,
                    cat("The resolver remembers ", what, " for ",
                        duration_text(static_cast<TimeUs>(log.record.ttl) * 1'000'000), " (",
                        dns::name_of(log.rank), forged ? "). Its cache is poisoned." : ")."));
                event.fields = {{"name", log.record.name},
                                {"type", type},
                                {"value", log.negative == dns::Negative::No
                                              ? dns::data_to_text(log.record.type, log.record.data)
                                          : absent ? "NXDOMAIN"
                                                   : "NODATA"},
                                {"ttl", cat(log.record.ttl)},
                                {"kept", "yes"},
                                {"rank", std::string(dns::name_of(log.rank))},
                                {"poisoned", forged ? "yes" : "no"}};
                event.hostile = forged;
                break;
            }
            case dns::Fate::ServerFailed:
                narrator_
                    .tell(time, trace::EventKind::DnsAnswer, trace::Actor::Resolver,
                          trace::Actor::Resolver,
                          cat("The resolver gives up on ", log.record.name, ": ", log.reason, "."))
                    .fields = {{"name", log.record.name}, {"reason", log.reason}};
                break;
        }
    }
}

}  // namespace wh::world
