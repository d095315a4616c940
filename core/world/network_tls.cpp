// TLS of the simulated network: a client made from a trust policy, and what it checked as events.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "world/network.h"
#include "world/sentences.h"
#include "world/simulate.h"

namespace wh::world {
namespace {

using trace::Actor;
using trace::EventKind;

// Names under which the machine's own bundle is known (certifi of Debian reads it, too).
constexpr std::string_view kSystemStore = "/etc/ssl/certs";

std::string clean_path(std::string_view path) {
    std::string out;
    for (const std::string& part : split(path, '/')) {
        if (part == "." || part.empty()) continue;
        if (!out.empty() || path.starts_with('/')) out += '/';
        out += part;
    }
    return out;
}

}  // namespace

std::string SimulatedNetwork::file_text(const std::string& path) {
    if (!host_) host_ = make_host(scenario_, world_, seed_);
    const std::string wanted = clean_path(path);
    for (const auto& [name, text] : host_->files) {
        if (clean_path(name) == wanted) return text;
    }
    // An absolute path into the working folder, whose own name is not known here.
    for (const auto& [name, text] : host_->files) {
        if (wanted.ends_with(cat("/", clean_path(name)))) return text;
    }
    return {};
}

std::vector<tls::Certificate> SimulatedNetwork::anchors(const trust::Roots& roots) {
    std::vector<tls::Certificate> out;
    if (roots.system) out.push_back(pki_.public_root());
    const auto add = [&](std::string_view pem) {
        for (tls::Certificate& one : tls::certificates_of_pem(pem)) out.push_back(std::move(one));
    };
    for (const std::string& file : roots.files) {
        if (clean_path(file).starts_with(kSystemStore)) {
            out.push_back(pki_.public_root());
        } else {
            add(file_text(file));
        }
    }
    for (const std::string& pem : roots.pem) add(pem);
    return out;
}

tls::ClientConfig SimulatedNetwork::client_config(const trust::TrustPolicy& policy, TimeUs now,
                                                  int connection) {
    tls::ClientConfig config;
    config.server_name = policy.server_name.value;
    config.verify.now = (wall_clock_us_ + now) / 1'000'000;
    config.verify.check_chain = policy.chain_check.value;
    config.verify.strict = policy.strict.value;
    config.verify.partial_chain = policy.partial_chain.value;
    config.verify.check_name = policy.name_check.value == trust::NameCheck::InHandshake;
    config.verify.name = policy.reference_identity.value;
    config.verify.common_name_fallback = policy.common_name_fallback.value;
    if (config.verify.check_chain) config.trusted = anchors(policy.roots.value);
    const trust::ClientCertificate& own = policy.client_certificate.value;
    if (!own.file.empty()) {
        config.certificates = tls::certificates_of_pem(file_text(own.file));
        config.key = tls::key_of_pem(file_text(own.key_file.empty() ? own.file : own.key_file))
                         .value_or(std::string());
    }
    config.seed = derive_seed(seed_, cat("client ", connection, " ", at(connection).layers.size()));
    return config;
}

trust::TlsResult SimulatedNetwork::start_tls(int connection, const trust::TrustPolicy& policy,
                                             TimeUs& now_us, TimeUs deadline_us) {
    using Status = trust::TlsResult::Status;
    trust::TlsResult result;
    Connection& it = at(connection);
    tls::ClientConfig config = client_config(policy, now_us, connection);
    const std::string shown_name = config.server_name;
    it.layers.push_back(std::make_unique<tls::Client>(std::move(config)));
    tls::Client& client = *it.layers.back();
    const Actor peer = it.server->attacker() ? Actor::Attacker : Actor::Upstream;
    client.start();
    if (narrator_.on()) {
        trace::Event& event = narrator_.tell(
            now_us, EventKind::TlsHello, Actor::App, peer,
            shown_name.empty()
                ? std::string(
                      "The app opens TLS without naming a server, as the URL holds an address.")
                : cat("The app opens TLS and says in the clear whom it wants: ", shown_name,
                      " (SNI)."));
        event.hostile = it.server->attacker();
        event.fields = {{"server-name", shown_name}};
    }
    flush(it, now_us);
    // Bytes that came before belong to this layer.
    if (!it.plain.empty()) client.feed(std::exchange(it.plain, {}));
    while (client.state() == tls::State::Handshake) {
        const Arrival arrival = take_arrival(it, now_us, deadline_us);
        if (arrival == Arrival::TimedOut) {
            result.status = Status::TimedOut;
            it.handshakes.push_back(trust::ExceptionRecord{
                "TimeoutError", "The handshake operation timed out", {}, {}});
            return result;
        }
        if (arrival == Arrival::Closed) {
            result.status = Status::Closed;
            it.handshakes.push_back(trust::ExceptionRecord{
                "ssl.SSLEOFError",
                "[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol "
                "(_ssl.c:1029)",
                {},
                {}});
            return result;
        }
    }
    flush(it, now_us);
    if (narrator_.on()) tell_checks(client, policy, it, now_us);
    if (client.state() == tls::State::Failed) {
        const tls::Failure& failure = client.failure();
        result.status = Status::Failed;
        result.error = {failure.verify_code != 0, failure.verify_code, failure.reason,
                        failure.text};
        it.handshakes.push_back(trust::ExceptionRecord{
            failure.verify_code ? "ssl.SSLCertVerificationError" : "ssl.SSLError",
            cat("[SSL: ", failure.reason, "] ", failure.text, " (_ssl.c:1029)"),
            {},
            {}});
        return result;
    }
    it.handshakes.emplace_back();
    const tls::Certificate& leaf = client.peer().front();
    result.peer.dns_names = leaf.names(tls::NameKind::Dns);
    result.peer.addresses = leaf.names(tls::NameKind::Address);
    result.peer.common_name = leaf.subject.common_name();
    result.peer.sha256 = tls::fingerprint(leaf);
    result.peer.pem = tls::to_pem(leaf);
    return result;
}

void SimulatedNetwork::tell_checks(const tls::Client& client, const trust::TrustPolicy& policy,
                                   const Connection& connection, TimeUs now) {
    const bool hostile = connection.server->attacker();
    const Actor peer = hostile ? Actor::Attacker : Actor::Upstream;
    const tls::VerifyResult& verified = client.verification();
    const std::string& name = policy.reference_identity.value;
    if (!client.peer().empty()) {
        const tls::Certificate& leaf = client.peer().front();
        CertificateDescription shown;
        shown.names = leaf.names(tls::NameKind::Dns);
        for (std::string& one : leaf.names(tls::NameKind::Address)) {
            shown.names.push_back(std::move(one));
        }
        shown.issuer = leaf.self_issued() ? "self-signed" : leaf.issuer.common_name();
        shown.expired = leaf.not_after <= (wall_clock_us_ + now) / 1'000'000;
        if (shown.names.empty()) shown.common_name_only = leaf.subject.common_name();
        trace::Event& event =
            narrator_.tell(now, EventKind::TlsCertificate, peer, Actor::App,
                           cat(connection.peer_name, " shows ", certificate_text(shown), "."));
        event.hostile = hostile;
        event.bytes = tls::encode(leaf);
        event.fields = {{"names", join(shown.names, ", ")},
                        {"subject", leaf.subject.common_name()},
                        {"issuer", leaf.issuer.common_name()},
                        {"expired", shown.expired ? "yes" : "no"},
                        {"sha256", tls::fingerprint(leaf)}};
        const auto check = [&](std::string_view which, std::string_view outcome,
                               std::string sentence, const trust::Because& because) {
            trace::Event& told = narrator_.tell(now, EventKind::TlsCheck, Actor::App, Actor::App,
                                                std::move(sentence));
            told.fields = {{"check", std::string(which)},
                           {"result", std::string(outcome)},
                           {"because", because_text(because)},
                           {"code", outcome == "failed" ? cat(verified.code) : std::string()}};
            if (!because.span.empty()) told.span = because.span;  // the place that decided
        };
        const trust::Because& chain_because = policy.chain_check.because;
        const trust::Because& name_because = policy.name_check.because;
        if (!policy.chain_check.value) {
            check("chain", "skipped",
                  cat("Who signed the certificate is not checked: ", because_text(chain_because),
                      "."),
                  chain_because);
            check(
                "name", "skipped",
                cat("The name in the certificate is not compared: ",
                    because_text(policy.name_check.value == trust::NameCheck::Off ? name_because
                                                                                  : chain_because),
                    "."),
                name_because);
            check("validity", "skipped",
                  cat("Whether the certificate has expired is not checked: ",
                      because_text(chain_because), "."),
                  chain_because);
        } else {
            // In OpenSSL's order; what comes after a failure is never looked at.
            struct Step {
                tls::Check check;
                std::string_view name;
                std::string good;  // empty: told only if it fails
            };
            const Step steps[] = {
                {tls::Check::Chain, "chain",
                 cat("The certificate leads to ",
                     verified.chain.empty() ? std::string()
                                            : verified.chain.back().subject.common_name(),
                     ", which the app trusts.")},
                {tls::Check::Extensions, "purpose", "The certificate is meant for this use."},
                {tls::Check::Strength, "strength", {}},
                {tls::Check::Name, "name", cat("The certificate is for ", name, ".")},
                {tls::Check::Signature, "signature", "The signatures fit."},
                {tls::Check::Validity, "validity", "The certificate is valid at this time."},
                {tls::Check::Constraints, "constraints", {}}};
            for (const Step& step : steps) {
                const tls::CheckResult outcome = verified.result(step.check);
                if (outcome == tls::CheckResult::Done && !step.good.empty()) {
                    check(step.name, "ok", step.good, chain_because);
                } else if (outcome == tls::CheckResult::Failed) {
                    check(step.name, "failed", refusal_text(verified, name), chain_because);
                } else if (step.check == tls::Check::Name &&
                           policy.name_check.value != trust::NameCheck::InHandshake &&
                           verified.result(tls::Check::Extensions) == tls::CheckResult::Done) {
                    const bool later = policy.name_check.value == trust::NameCheck::AfterHandshake;
                    check(step.name, later ? "later" : "skipped",
                          later ? std::string(
                                      "The library compares the name itself, after the handshake.")
                                : cat("The name in the certificate is not compared: ",
                                      because_text(name_because), "."),
                          name_because);
                }
            }
            if (verified.ok()) {
                check("revocation", "never asked",
                      "Whether the certificate was revoked is not checked: Python loads no "
                      "revocation list and asks no responder.",
                      chain_because);
            }
        }
    }
    if (client.state() == tls::State::Established) {
        trace::Event& event = narrator_.tell(
            now, EventKind::TlsEstablished, Actor::App, peer,
            hostile ? cat("TLS is up: encrypted, but with the attacker at the other end.")
                    : cat("TLS is up: nobody between the app and ", connection.host,
                          " can read along."));
        event.hostile = hostile;
        event.fields = {
            {"client-certificate", client.was_asked_for_certificate() ? "asked for" : "no"}};
    } else {
        const tls::Failure& failure = client.failure();
        trace::Event& event = narrator_.tell(
            now, EventKind::TlsFailed, Actor::App, peer,
            failure.verify_code
                ? cat("The app ends the connection; nothing was sent. Python says: ", failure.text)
            : failure.reason == "WRONG_VERSION_NUMBER"
                ? std::string(
                      "The answer is not TLS: the other side speaks plain text. Python says: "
                      "wrong version number")
                : cat("The handshake fails: ", failure.text));
        event.hostile = hostile;
        event.fields = {
            {"reason", failure.reason}, {"text", failure.text}, {"code", cat(failure.verify_code)}};
    }
}

// --- notes
// -----------------------------------------------------------------------------------------

void SimulatedNetwork::fill(ConnectionRecord& record, const Connection& connection,
                            const Server::Log& log, bool reused) const {
    record.reached = true;
    std::size_t first = 0;
    if (log.proxy_tls) {  // the first handshake was with the proxy
        record.proxy_tls = log.proxy_tls;
        first = 1;
    }
    const auto* event =
        first < connection.handshakes.size() ? &connection.handshakes[first] : nullptr;
    if (log.has_tls) record.tls = log.tls;
    if (!log.has_tls && !event) {
        record.tls.state = TlsRecord::State::None;
    } else if (event) {
        record.tls.state = *event ? TlsRecord::State::Failed : TlsRecord::State::Ok;
        if (*event) record.tls.error = **event;
    } else {
        record.tls.state = reused ? TlsRecord::State::Ok : TlsRecord::State::Unfinished;
    }
    record.tls.server_saw = log.has_tls;
    record.tunnel_to = log.tunnel_to;
    record.plain_on_tls_port = log.plain_on_tls_port;
    record.requests = log.requests;
    record.raw = log.raw + log.partial;
    record.nothing_sent =
        (record.tls.state == TlsRecord::State::Ok || record.tls.state == TlsRecord::State::None) &&
        record.requests.empty() && record.raw.empty();
}

PhaseNotes SimulatedNetwork::collect() {
    PhaseNotes notes;
    notes.lookups = std::exchange(lookups_, {});
    std::vector<Server::Log> logs;
    for (const auto& connection : connections_) logs.push_back(connection->server->collect());
    for (Attempt& attempt : attempts_) {
        // The host is named by all lookups of the phase, later ones included.
        const auto named = names_.find(attempt.record.address);
        attempt.record.host = named == names_.end() ? attempt.record.address : named->second;
        if (attempt.connection) {
            Connection& it = at(attempt.connection);
            it.host = attempt.record.host;
            fill(attempt.record, it, logs[static_cast<std::size_t>(attempt.connection) - 1], false);
        }
        notes.connections.push_back(std::move(attempt.record));
    }
    for (std::size_t i = 0; i < connections_.size(); ++i) {
        Connection& it = *connections_[i];
        if (!it.recorded) {
            it.recorded = true;
            it.handshakes.clear();
            continue;
        }
        if (logs[i].requests.empty() && logs[i].raw.empty() && it.handshakes.empty()) continue;
        ConnectionRecord record;
        record.host = it.host;
        record.address = it.tcp.ends().destination;
        record.port = it.tcp.ends().destination_port;
        record.peer = it.server->attacker() ? "attacker" : "genuine";
        record.connect = "ok";
        record.reused = true;
        fill(record, it, logs[i], true);
        it.handshakes.clear();
        notes.connections.push_back(std::move(record));
    }
    attempts_.clear();
    told_leaks_.clear();
    return notes;
}

}  // namespace wh::world
