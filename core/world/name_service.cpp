#include "world/name_service.h"

#include <algorithm>

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

dns::ResolverConfig resolver_config(const DnsSetup& setup, std::uint64_t seed) {
    dns::ResolverConfig config;
    config.numbers = setup.numbers;
    config.habits = setup.habits;
    config.forward_zones = setup.forward_zones;
    config.negative_ttl_max = setup.negative_ttl_max;
    config.ttl_max = setup.ttl_max;
    config.address = kResolverAddress;
    config.root_hints = {{std::string(kRootName), std::string(kRootAddress)}};
    config.numbers.random = Random(derive_seed(seed, "resolver"));
    return config;
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

NameService::NameService(const Plan& plan, const DnsSetup& setup, std::uint64_t seed,
                         Narrator& narrator)
    : plan_(plan),
      setup_(setup),
      narrator_(narrator),
      links_(kResolverToZoneUs),
      resolver_(resolver_config(setup, seed)),
      chance_(derive_seed(seed, "network")) {
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
        return servers_[known->second].zone(origin, setup_.genuine_ttl);
    }
    const bool top = dns::labels(origin).size() == 1;
    const bool attackers = origin != kReverse && dns::is_at_or_below(origin, kReverse);
    const std::string server = cat(top ? "a.nic." : "ns1.", origin);
    const std::string above = attackers ? std::string(kReverse)
                              : top     ? std::string()
                                        : std::string(dns::parent(origin));
    make_zone(above);
    const std::string address =
        attackers ? std::string(kAttackerServer)
                  : cat("198.51.100.",
                        kFirstServer + static_cast<int>(zone_servers_.size() - 1) % kServersMax);
    zone_servers_[origin] = address;
    server_names_[address] = server;
    if (top) links_.set(kResolverAddress, address, kResolverToTopUs);
    refer(origin, above, server, address);
    dns::Zone& made = servers_[address].zone(origin, setup_.genuine_ttl);
    made.add(origin, dns::kNs, kDelegationTtl, *dns::data_from_text(dns::kNs, server));
    made.add(server, dns::kA, kDelegationTtl, *dns::data_from_text(dns::kA, address));
    return made;
}

// The delegation in the zone above; of organisations, with as many names as the setup says.
void NameService::refer(const std::string& origin, const std::string& above,
                        const std::string& server, const std::string& address) {
    dns::Zone& zone = make_zone(above);
    const int count = dns::labels(origin).size() == 2 ? setup_.servers_a_zone : 1;
    for (int i = 0; i < count; ++i) {
        const std::string name =
            i == 0 ? server : cat("secondary-", i, "-of-a-name-server-farm.", origin);
        zone.add(origin, dns::kNs, kDelegationTtl, *dns::data_from_text(dns::kNs, name));
        zone.add(name, dns::kA, kDelegationTtl, *dns::data_from_text(dns::kA, address));
    }
}

dns::Zone& NameService::zone_for(const std::string& name) {
    return make_zone(organisation_of(name));
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
    zone.add(name, *number, setup_.genuine_ttl, std::move(*data));
}

std::string Party::at_start() const {
    return name.starts_with("the ") ? cat("The ", std::string_view(name).substr(4)) : name;
}

Party NameService::party(std::string_view address) const {
    if (address == kResolverAddress) return {trace::Actor::Resolver, "the resolver"};
    if (address == kAppAddress) return {trace::Actor::App, "the app"};
    if (address == kAttackerServer) return {trace::Actor::Attacker, "the attacker's name server"};
    if (address == kRogueResolver) return {trace::Actor::Attacker, "the attacker's resolver"};
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
    if (datagram.source == kResolverAddress && datagram.destination_port == dns::kDnsPort) {
        translate(datagram, true);
    }
    // Of what comes in all the time, only the next after a question can have an effect.
    if (datagram.source == kResolverAddress && datagram.destination_port == dns::kDnsPort) {
        for (const auto& [every_us, streamed] : streams_) {
            if (streamed.source == datagram.destination) {
                launch(streamed, now, every_us - now % every_us);
            }
        }
    }
    capture(datagram, now);
    // Who stands on the way sees it before it has arrived.
    for (const std::unique_ptr<Spy>& spy : spies_) {
        const bool near_app = datagram.source == kAppAddress || datagram.destination == kAppAddress;
        const bool sealed = near_app && datagram.tcp;  // TLS
        const bool upstream = datagram.source == kResolverAddress
                                  ? datagram.destination_port == dns::kDnsPort
                                  : datagram.destination == kResolverAddress &&
                                        datagram.source_port == dns::kDnsPort;
        const bool seen = spy->place() == Spy::Place::NearApp        ? near_app && !sealed
                          : spy->place() == Spy::Place::NearResolver ? upstream
                                                                     : false;
        if (seen && spy->sees(datagram, now)) return;
    }
    TimeUs delay = links_.delay(datagram.source, datagram.destination);
    // Two more journeys for the handshake before the first message of a connection.
    if (datagram.tcp && datagram.destination_port == dns::kDnsPort) delay *= 3;
    wire_.send(std::move(datagram), now, delay);
}

void NameService::deliver(const Datagram& arrived, TimeUs now, bool forged) {
    Datagram datagram = arrived;
    if (datagram.destination == kResolverAddress) {
        if (datagram.destination_port != dns::kDnsPort) {
            if (!translate(datagram, false) || !reassemble(datagram)) return;
        }
        dns::ResolverOutput out;
        out.watched = narrator_.on() || forged || setup_.alerts;
        resolver_.receive(datagram, now, out);
        react(out, datagram, now, forged);
        return;
    }
    if (datagram.destination == kRogueResolver) {
        rogue(datagram, now);
        return;
    }
    const bool hijacked = hijacked_.contains(datagram.destination);
    const std::string at = hijacked ? std::string(kAttackerServer) : datagram.destination;
    if (servers_.contains(at) && datagram.destination_port == dns::kDnsPort) {
        if (at == kAttackerServer) {
            for (const std::unique_ptr<Spy>& spy : spies_) {
                if (spy->place() == Spy::Place::OwnServer && spy->sees(datagram, now)) return;
            }
        }
        if (silent_.contains(at)) return;
        Datagram reply{datagram.destination,
                       datagram.source,
                       datagram.destination_port,
                       datagram.source_port,
                       served(at, datagram.bytes, datagram.tcp),
                       datagram.tcp};
        if (reply.bytes.empty()) return;
        tell_answer(reply, now);
        transmit(std::move(reply), now);
        return;
    }
    arrived_.emplace_back(now, datagram);
}

void NameService::react(dns::ResolverOutput& out, const Datagram& datagram, TimeUs now,
                        bool forged) {
    if (setup_.alerts) watch(out);
    tell_fates(out, datagram, now, forged);
    for (Datagram& next : out.send) {
        if (narrator_.on()) {
            (next.destination_port == dns::kDnsPort) ? tell_query(next, now)
                                                     : tell_answer(next, now);
        }
        transmit(std::move(next), now);
    }
}

bool NameService::run_one() {
    if (wire_.empty()) return false;
    const TimeUs now = wire_.next_time();
    const Datagram next = wire_.deliver();
    const auto made = std::find_if(forged_.begin(), forged_.end(), [&](const Datagram& each) {
        return each.destination_port == next.destination_port && each.bytes == next.bytes;
    });
    const bool forged = made != forged_.end();
    if (forged) forged_.erase(made);
    deliver(next, now, forged);
    return true;
}

void NameService::run_until(TimeUs time) {
    while (!wire_.empty() && wire_.next_time() <= time) run_one();
}

bool NameService::inject(const Datagram& forged, TimeUs now, bool told) {
    Datagram inside = forged;
    const bool taken = translate(inside, false) && resolver_.fits(inside, now);
    if (setup_.alerts && !taken && ++misses_ == 10) alert("ten answers that nobody asked for");
    if (!taken && !told && !resolver_.notices_misses())
        return false;  // dropped without a trace, as thousands of others
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
    // RFC 8310: strict privacy fails closed; opportunistic takes what it gets.
    const bool tls = setup_.stub != StubTransport::Plain && !encrypted_blocked_ &&
                     stub_resolver_ == kResolverAddress;
    const bool nobody = setup_.stub == StubTransport::Strict && !tls;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        if (from_hosts(questions[i], replies[i], now) || nobody) continue;
        Datagram query{std::string(kAppAddress),
                       stub_resolver_,
                       port,
                       dns::kDnsPort,
                       dns::make_query(static_cast<std::uint16_t>(port + i), questions[i].name,
                                       questions[i].type),
                       tls};
        tell_query(query, begins);
        transmit(std::move(query), begins);
    }
    collect(port, replies);
    return replies;
}

NameService::Reply NameService::ask_as(std::string_view client, const dns::Question& question,
                                       TimeUs now) {
    arrived_.clear();
    const std::uint16_t port = next_port_++;
    std::vector<Reply> replies(1);
    send(question, client, port, port, now);
    collect(port, replies);
    replies[0].at_us += offset_us_;
    return replies[0];
}

NameService::Reply NameService::ask_as_without_waiting(std::string_view client,
                                                       const dns::Question& question, TimeUs now) {
    arrived_.clear();
    const std::uint16_t port = next_port_++;
    send(question, client, port, port, now);
    Reply reply;
    while (!reply.came && run_one()) {
        for (const auto& [time, datagram] : arrived_) {
            if (datagram.destination_port == port) reply = {true, time, {}};
        }
    }
    return reply;
}

void NameService::expire(TimeUs now) {
    dns::ResolverOutput out;
    out.watched = narrator_.on();
    resolver_.expire(now, out);
    react(out, {}, now, false);
    while (run_one()) {
    }
}

void NameService::collect(std::uint16_t port, std::vector<Reply>& replies) {
    while (run_one()) {
    }
    for (const auto& [time, datagram] : arrived_) {
        auto message = dns::decode(datagram.bytes);
        if (!message.ok()) continue;
        const std::size_t index = static_cast<std::uint16_t>(message.value().id - port);
        if (index >= replies.size() || datagram.destination_port != port) continue;
        if (replies[index].came) continue;  // the first counts
        replies[index] = {true, time - offset_us_, std::move(message.value())};
    }
    arrived_.clear();
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
