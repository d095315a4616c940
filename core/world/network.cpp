#include "world/network.h"

#include <algorithm>
#include <utility>

#include "base/address.h"
#include "base/text.h"
#include "world/leaks.h"
#include "world/sentences.h"
#include "world/simulate.h"

namespace wh::world {
namespace {

using trace::Actor;
using trace::EventKind;

constexpr std::uint16_t kFirstLocalPort = 49'152;

bool starts_with_bytes(std::string_view address, std::string_view network, std::size_t bits) {
    const auto a = address_bytes(address);
    const auto n = address_bytes(network);
    if (!a || !n || a->size() != n->size()) return false;
    for (std::size_t bit = 0; bit < bits; ++bit) {
        const unsigned mask = 0x80U >> (bit % 8);
        if (((static_cast<unsigned char>((*a)[bit / 8]) ^
              static_cast<unsigned char>((*n)[bit / 8])) &
             mask) != 0) {
            return false;
        }
    }
    return true;
}

bool loopback(std::string_view address) {
    return address == "::1" || starts_with_bytes(address, "127.0.0.0", 8);
}

// Machines that exist: a port without a listener answers with a reset there. Elsewhere packets
// vanish.
bool exists(std::string_view address) {
    if (starts_with_bytes(address, "203.0.113.200", 29) ||
        starts_with_bytes(address, "2001:db8:dead::", 48)) {
        return false;
    }
    return starts_with_bytes(address, "192.0.2.0", 24) ||
           starts_with_bytes(address, "198.51.100.0", 25) ||
           starts_with_bytes(address, "203.0.113.0", 25) ||
           starts_with_bytes(address, "2001:db8::", 33) || address == kResolverAddress ||
           address == kAppAddress || address == kAppAddress6;
}

}  // namespace

SimulatedNetwork::SimulatedNetwork(const Scenario& scenario, const World& world, const Plan& plan,
                                   Pki& pki, NameService& dns, Narrator& narrator,
                                   std::uint64_t seed, std::int64_t wall_clock_us)
    : scenario_(scenario),
      world_(world),
      plan_(plan),
      pki_(pki),
      dns_(dns),
      narrator_(narrator),
      seed_(seed),
      wall_clock_us_(wall_clock_us) {
    far_.plan = &plan_;
    far_.pki = &pki_;
    far_.narrator = &narrator_;
    far_.seed = seed;
    far_.wall_clock_us = wall_clock_us;
    if (narrator_.on()) {
        far_.on_received = &SimulatedNetwork::received;
        far_.context = this;
    }
}

void SimulatedNetwork::received(void* context, const ReceivedRequest& request, TimeUs time) {
    auto& self = *static_cast<SimulatedNetwork*>(context);
    for (const std::string& name :
         secrets_in(self.scenario_.secrets, secret_forms(searchable(request)))) {
        if (std::find(self.told_leaks_.begin(), self.told_leaks_.end(), name) !=
            self.told_leaks_.end()) {
            continue;
        }
        self.told_leaks_.push_back(name);
        trace::Event& event =
            self.narrator_.tell(time, EventKind::Leak, Actor::App, Actor::Attacker,
                                cat("The attacker now has the secret \"", name, "\"."));
        event.hostile = true;
        event.fields = {{"secret", name}};
    }
}

void SimulatedNetwork::begin_call(const trust::OutboundCall& call, TimeUs now_us) {
    narrator_.enter_call(call.id, call.span);
    asynchronous_ = call.asynchronous;
    if (!narrator_.on() ||
        std::find(told_calls_.begin(), told_calls_.end(), call.id) != told_calls_.end()) {
        return;
    }
    told_calls_.push_back(call.id);
    tell_call(narrator_, call, now_us);
}

void SimulatedNetwork::end_call(int call_id, TimeUs now_us) {
    if (narrator_.on()) {
        const int current = narrator_.call();
        trace::Event& event = narrator_.tell(now_us, EventKind::CallEnds, Actor::App, Actor::App,
                                             cat("Call ", call_id, " of the app ends here."));
        event.call = call_id;
        if (current == call_id) narrator_.enter_call(0, {});
    }
}

// --- names
// -----------------------------------------------------------------------------------------

trust::LookupResult SimulatedNetwork::lookup(std::string_view name,
                                             const std::vector<std::uint16_t>& types,
                                             TimeUs& now_us, TimeUs deadline_us) {
    trust::LookupResult result;
    std::vector<dns::Question> questions;
    const std::string_view asked = name.ends_with('.') ? name.substr(0, name.size() - 1) : name;
    for (const std::uint16_t type : types)
        questions.push_back({std::string(asked), type, dns::kClassIn});
    const bool odd = asked.find_first_of(" :[]\"'") != std::string_view::npos;  // glibc asks nobody
    if (odd || dns::make_query(0, asked, dns::kA).empty()) {
        result.status = trust::LookupResult::Status::NoSuchName;  // no query can be made of it
        return result;
    }
    const std::vector<NameService::Reply> replies = dns_.ask(questions, now_us);
    TimeUs until = now_us;
    bool no_such_name = false, failed = false;
    for (std::size_t i = 0; i < replies.size(); ++i) {
        const NameService::Reply& reply = replies[i];
        until = std::max(until, reply.came ? reply.at_us : now_us + 2'000'000);
        failed = failed || !reply.came || reply.message.rcode == dns::kServFail;
        if (!reply.came) continue;
        std::vector<std::string> values = dns_.values(reply.message);
        LookupRecord record{ascii_lower(asked), dns::type_name(types[i]), {}, {}};
        if (values.empty()) {
            record.status = reply.message.rcode == dns::kNxDomain ? "NXDOMAIN" : "NODATA";
        } else {
            record.values = dns_.values_as_written(reply.message);
        }
        no_such_name = no_such_name || reply.message.rcode == dns::kNxDomain;
        if (types[i] == dns::kA || types[i] == dns::kAaaa) {
            for (const std::string& value : record.values) {
                names_[canonical_address(value)] = record.name;
            }
        }
        // The lab notes AAAA only where there is one.
        if (types[i] != dns::kAaaa || !values.empty()) lookups_.push_back(std::move(record));
        // RFC 6724: an IPv6 destination comes before an IPv4 one of the same scope.
        result.values.insert(types[i] == dns::kAaaa ? result.values.begin() : result.values.end(),
                             values.begin(), values.end());
    }
    if (types.size() == 1 && replies[0].came) {
        result.canonical_name = ascii_lower(asked);
        for (const dns::Record& record : replies[0].message.answers) {
            result.ttl = result.ttl == 0 ? record.ttl : std::min(result.ttl, record.ttl);
            if (record.type != dns::kCname || types[0] == dns::kCname) continue;
            result.canonical_name = dns::data_to_text(record.type, record.data);
            result.canonical_name.pop_back();
        }
    }
    if (until > deadline_us) {
        now_us = deadline_us;
        result.values.clear();
        result.status = trust::LookupResult::Status::TimedOut;
        return result;
    }
    now_us = until;
    if (result.values.empty()) {
        result.status = no_such_name ? trust::LookupResult::Status::NoSuchName
                        : failed     ? trust::LookupResult::Status::ServerFailure
                                     : trust::LookupResult::Status::NoData;
    }
    return result;
}

trust::LookupResult SimulatedNetwork::get_address_info(std::string_view name, TimeUs& now_us,
                                                       TimeUs deadline_us) {
    return lookup(name, {dns::kA, dns::kAaaa}, now_us, deadline_us);
}

trust::LookupResult SimulatedNetwork::query(std::string_view name, trust::RecordType type,
                                            TimeUs& now_us, TimeUs deadline_us) {
    return lookup(name, {static_cast<std::uint16_t>(type)}, now_us, deadline_us);
}

// --- connections
// -----------------------------------------------------------------------------------

SimulatedNetwork::Connection& SimulatedNetwork::at(int connection) {
    WH_CHECK(connection > 0 && static_cast<std::size_t>(connection) <= connections_.size());
    return *connections_[static_cast<std::size_t>(connection) - 1];
}
const SimulatedNetwork::Connection& SimulatedNetwork::at(int connection) const {
    WH_CHECK(connection > 0 && static_cast<std::size_t>(connection) <= connections_.size());
    return *connections_[static_cast<std::size_t>(connection) - 1];
}

trust::ConnectResult SimulatedNetwork::connect(std::string_view address, std::uint16_t port,
                                               TimeUs& now_us, TimeUs deadline_us) {
    using Status = trust::ConnectResult::Status;
    trust::ConnectResult result;
    const std::string where = canonical_address(address);
    if (loopback(where)) {
        // Nothing listens on the app's own host; the lab does not note such attempts either.
        result.status = Status::Refused;
        return result;
    }
    const Site* owner = nullptr;  // whose address it is
    const Site* listener = nullptr;
    for (const Site& site : plan_.sites) {
        if (site.address != where) continue;
        owner = &site;
        if (!listener && site.ports.contains(port)) listener = &site;
    }
    Attempt attempt;
    const auto named = names_.find(where);
    attempt.record.host = named == names_.end() ? where : named->second;
    attempt.record.address = where;
    attempt.record.port = port;
    attempt.record.peer = !owner ? "nobody" : owner->attacker ? "attacker" : "genuine";

    const bool six = where.find(':') != std::string::npos;
    const auto number = static_cast<std::uint16_t>(kFirstLocalPort + connections_.size() % 16'000);
    net::TcpConnection tcp(
        {std::string(six ? kAppAddress6 : kAppAddress), where, number, port, {}}, kAppToServerUs,
        static_cast<std::uint32_t>(derive_seed(seed_, cat("tcp ", attempts_.size(), where))),
        narrator_.capture());
    const Actor actor = !owner            ? Actor::Nobody
                        : owner->attacker ? Actor::Attacker
                                          : Actor::Upstream;
    const std::string place =
        cat(attempt.record.host, " (", where, ":", static_cast<int>(port), ")");
    const auto tell = [&](EventKind kind, TimeUs time, std::string sentence,
                          std::string_view outcome) {
        if (!narrator_.on()) return;
        trace::Event& event = narrator_.tell(time, kind, Actor::App, actor, std::move(sentence));
        event.hostile = actor == Actor::Attacker;
        event.fields = {{"host", attempt.record.host},
                        {"address", where},
                        {"port", cat(static_cast<int>(port))},
                        {"peer", attempt.record.peer},
                        {"result", std::string(outcome)}};
    };
    const TimeUs answered = now_us + 2 * kAppToServerUs;
    if ((listener || owner || exists(where)) && answered <= deadline_us) {
        if (!listener) {
            now_us = tcp.refuse(now_us);
            attempt.record.connect = "refused";
            tell(EventKind::TcpRefused, now_us,
                 cat("The connection to ", place, " is refused: nobody listens on that port."),
                 "refused");
            attempts_.push_back(std::move(attempt));
            result.status = Status::Refused;
            return result;
        }
        now_us = tcp.open(now_us);
        attempt.record.connect = "ok";
        connections_.push_back(std::make_unique<Connection>(std::move(tcp)));
        Connection& made = *connections_.back();
        made.host = attempt.record.host;
        made.peer_name =
            listener->attacker ? std::string("The attacker") : cat("The genuine ", listener->name);
        result.connection = static_cast<int>(connections_.size());
        made.server = std::make_unique<Server>(far_, *listener, listener->ports.at(port),
                                               made.peer_name, result.connection, now_us);
        tell(EventKind::TcpConnect, now_us,
             listener->attacker
                 ? cat("The app connects to ", place, ". That is the attacker's machine.")
                 : cat("The app connects to ", place, ", the genuine machine."),
             "ok");
        attempt.connection = result.connection;
        attempts_.push_back(std::move(attempt));
        return result;
    }
    const TimeUs gives_up = now_us + net::kConnectGivesUpUs;
    result.status = Status::TimedOut;
    result.kernel_gave_up = gives_up <= deadline_us;
    const TimeUs until = std::min(gives_up, deadline_us);
    tcp.no_answer(now_us, until);
    tell(EventKind::TcpTimeout, until,
         cat("Nothing answers at ", place, "; ", result.kernel_gave_up ? "the system" : "the app",
             " gives up after ", duration_text(until - now_us), "."),
         "timeout");
    now_us = until;
    attempt.record.connect = result.kernel_gave_up && asynchronous_ ? "ETIMEDOUT" : "timeout";
    attempts_.push_back(std::move(attempt));
    return result;
}

// What the layers have to say goes onto the wire, and the server reacts.
void SimulatedNetwork::flush(Connection& connection, TimeUs now) {
    std::string out;
    for (std::size_t i = connection.layers.size(); i-- > 0;) {
        if (!out.empty()) connection.layers[i]->write(out);
        out = connection.layers[i]->take_output();
    }
    if (out.empty()) return;
    const TimeUs arrives = connection.tcp.client_sends(out, now);
    connection.server->expire(arrives, connection.tcp);
    connection.server->receive(out, arrives, connection.tcp);
}

void SimulatedNetwork::send(int connection, std::string_view bytes, TimeUs& now_us) {
    Connection& it = at(connection);
    if (it.closed || it.ended) return;
    if (it.layers.empty()) {
        const TimeUs arrives = it.tcp.client_sends(bytes, now_us);
        it.server->expire(arrives, it.tcp);
        it.server->receive(bytes, arrives, it.tcp);
    } else {
        it.layers.back()->write(bytes);
        flush(it, now_us);
    }
}

// Waits for the next bytes and moves them through the layers.
SimulatedNetwork::Arrival SimulatedNetwork::take_arrival(Connection& connection, TimeUs& now,
                                                         TimeUs deadline) {
    if (connection.ended) return Arrival::Closed;
    auto& queue = connection.tcp.to_client();
    if (queue.empty()) {
        const TimeUs closes = connection.server->closes_idle_at();
        if (closes <= deadline) connection.server->expire(closes, connection.tcp);
    }
    if (queue.empty() || queue.front().time_us > deadline) {
        now = std::max(now, deadline);
        return Arrival::TimedOut;
    }
    now = std::max(now, queue.front().time_us);
    const net::Arrival arrival = std::move(queue.front());
    queue.pop_front();
    if (arrival.end) {
        connection.ended = true;
        return Arrival::Closed;
    }
    if (connection.layers.empty()) {
        connection.plain += arrival.bytes;
        return Arrival::Some;
    }
    connection.layers.front()->feed(arrival.bytes);
    for (std::size_t i = 0; i < connection.layers.size(); ++i) {
        const std::string data = connection.layers[i]->take_data();
        if (data.empty()) continue;
        if (i + 1 < connection.layers.size()) {
            connection.layers[i + 1]->feed(data);
        } else {
            connection.plain += data;
        }
    }
    return Arrival::Some;
}

trust::ReceiveResult SimulatedNetwork::receive(int connection, TimeUs& now_us, TimeUs deadline_us) {
    using Status = trust::ReceiveResult::Status;
    trust::ReceiveResult result;
    Connection& it = at(connection);
    for (;;) {
        if (!it.plain.empty()) {
            result.data = std::exchange(it.plain, {});
            return result;
        }
        if (!it.layers.empty() && it.layers.back()->state() == tls::State::Failed) {
            const tls::Failure& failure = it.layers.back()->failure();
            result.status = Status::TlsAlert;
            result.error = {failure.verify_code != 0, failure.verify_code, failure.reason,
                            failure.text};
            if (narrator_.on()) {
                narrator_
                    .tell(now_us, EventKind::TlsFailed, Actor::Upstream, Actor::App,
                          cat(it.peer_name,
                              " ends the connection after the handshake: ", failure.text,
                              ". TLS 1.3 lets the app see that only at its first read."))
                    .fields = {{"reason", failure.reason}, {"text", failure.text}};
            }
            return result;
        }
        switch (take_arrival(it, now_us, deadline_us)) {
            case Arrival::Some: {
                // One read gives all that has come by then.
                const auto& queue = it.tcp.to_client();
                while (!queue.empty() && !queue.front().end && queue.front().time_us <= now_us) {
                    take_arrival(it, now_us, now_us);
                }
                break;
            }
            case Arrival::Closed:
                result.status = Status::Closed;
                return result;
            case Arrival::TimedOut:
                result.status = Status::TimedOut;
                return result;
        }
    }
}

void SimulatedNetwork::close(int connection, TimeUs now_us) {
    Connection& it = at(connection);
    if (it.closed) return;
    it.closed = true;
    it.server->client_closed(it.tcp.client_closes(now_us), it.tcp);
    if (narrator_.on()) {
        narrator_
            .tell(now_us, EventKind::ConnectionClosed, Actor::App,
                  it.server->attacker() ? Actor::Attacker : Actor::Upstream,
                  cat("The app closes its connection to ", it.host, "."))
            .hostile = it.server->attacker();
    }
}

std::uint16_t SimulatedNetwork::local_port(int connection) const {
    return at(connection).tcp.ends().source_port;
}

bool SimulatedNetwork::peer_closed(int connection, TimeUs now_us) const {
    const Connection& it = at(connection);
    if (it.ended || it.closed) return true;
    const auto& queue = it.tcp.to_client();
    if (!queue.empty() && queue.front().time_us <= now_us) return true;
    return !it.server->closed() && it.server->closes_idle_at() + it.tcp.delay() <= now_us;
}

}  // namespace wh::world
