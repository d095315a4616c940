#include "world/verdict.h"

#include <algorithm>

#include "base/text.h"
#include "world/leaks.h"

namespace wh::world {
namespace {

bool application_bytes(const ConnectionRecord& connection) {
    const bool requests =
        std::any_of(connection.requests.begin(), connection.requests.end(),
                    [](const ReceivedRequest& request) { return request.method != "CONNECT"; });
    return requests || (!connection.raw.empty() && connection.raw != "[TLS ClientHello]");
}

bool is_verification(const trust::ExceptionRecord& error) {
    for (const trust::ExceptionRecord* one = &error; one;
         one = one->cause.empty() ? nullptr : &one->cause[0]) {
        if (one->class_name == "ssl.SSLCertVerificationError" ||
            one->class_name == "ssl.CertificateError") {
            return true;
        }
    }
    return false;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::Safe:
            return "safe";
        case Verdict::Failed:
            return "failed";
        case Verdict::Blocked:
            return "blocked";
        case Verdict::Compromised:
            return "compromised";
    }
    return "";
}

std::vector<std::string> leaked_secrets(const std::vector<Secret>& secrets,
                                        const std::vector<ConnectionRecord>& connections) {
    if (secrets.empty()) return {};
    std::string text;
    for (const ConnectionRecord& connection : connections) {
        if (connection.peer != "attacker") continue;
        for (const ReceivedRequest& request : connection.requests) {
            text += searchable(request);
            text += '\n';
        }
        text += searchable(connection.raw);
        text += '\n';
    }
    return secrets_in(secrets, secret_forms(text));
}

Verdict judge(const std::vector<ConnectionRecord>& connections,
              const std::vector<LookupRecord>& lookups, bool something_leaked) {
    using State = TlsRecord::State;
    bool attacker = false, failed = false;
    if (something_leaked) return Verdict::Compromised;
    for (const ConnectionRecord& one : connections) {
        if (one.peer != "attacker") continue;
        if (application_bytes(one)) return Verdict::Compromised;
        attacker = true;
    }
    for (const ConnectionRecord& one : connections) {
        if (one.peer != "attacker" || !one.reached) continue;
        if (one.tls.state == State::Ok) return Verdict::Blocked;
        if (one.tls.state == State::Failed && one.tls.error && is_verification(*one.tls.error)) {
            return Verdict::Blocked;
        }
    }
    for (const ConnectionRecord& one : connections) {
        failed = failed || one.peer == "nobody" || one.connect != "ok" || one.plain_on_tls_port ||
                 one.tls.state == State::Failed || one.tls.state == State::Unfinished;
        // Connected, nothing sent, and no other connection to the same place did better.
        failed =
            failed ||
            (one.nothing_sent &&
             std::none_of(connections.begin(), connections.end(), [&](const auto& other) {
                 return other.host == one.host && other.port == one.port && !other.nothing_sent;
             }));
    }
    for (const LookupRecord& lookup : lookups) failed = failed || !lookup.status.empty();
    return attacker || failed ? Verdict::Failed : Verdict::Safe;
}

bool forged_response(const std::vector<std::string>& markers,
                     const std::optional<trust::InboundResponse>& response) {
    if (!response) return false;
    std::string text = response->body;
    for (const auto& [name, value] : response->headers) text += cat("\n", name, ": ", value);
    return std::any_of(markers.begin(), markers.end(), [&](const std::string& marker) {
        return text.find(marker) != std::string::npos;
    });
}

}  // namespace wh::world
