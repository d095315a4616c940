// What happened in one (world, request), in the form of the lab's outcome records.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "trace/event.h"
#include "trust/application.h"

namespace wh::world {

enum class Verdict : std::uint8_t { Safe, Failed, Blocked, Compromised };  // worst last

struct CertificateDescription {
    std::vector<std::string> names;
    std::string issuer;  // "public CA", "self-signed", ...
    bool expired = false;
    std::string common_name_only;
};

struct TlsRecord {
    enum class State : std::uint8_t { None, Ok, Failed, Unfinished };
    State state = State::None;
    bool server_saw = false;  // then sni and certificate are told
    std::optional<std::string> sni;
    CertificateDescription certificate;
    std::optional<trust::ExceptionRecord> error;
    bool demands_client_certificate = false;
    std::optional<std::string> client_certificate;  // subject
    std::string server_error;
};

struct ReceivedRequest {
    std::string method;
    std::string target;
    trust::HeaderList headers;
    std::string body;
    std::optional<std::vector<std::string>> websocket;
};

struct ConnectionRecord {
    std::string host;
    std::string address;
    std::uint16_t port = 0;
    std::string peer;      // genuine, attacker, nobody
    std::string connect;   // ok, refused, timeout, or an errno name
    bool reached = false;  // then tls and what follows are told
    TlsRecord tls;
    std::optional<TlsRecord> proxy_tls;
    std::string tunnel_to;
    bool reused = false;
    bool plain_on_tls_port = false;
    bool nothing_sent = false;
    std::vector<ReceivedRequest> requests;
    std::string raw;
};

struct LookupRecord {
    std::string name;
    std::string type;
    std::string status;  // "NXDOMAIN", "NODATA"; empty: values
    std::vector<std::string> values;
};

struct Outcome {
    std::string world;
    std::string request_json;  // the scenario's, or "\"startup\"" / "\"shutdown\""
    std::optional<trust::InboundResponse> response;
    std::string response_note;  // "the app did not start"
    std::optional<trust::ExceptionRecord> unhandled;
    std::vector<std::pair<std::string, std::optional<trust::ExceptionRecord>>> app_failed;
    std::vector<LookupRecord> lookups;
    std::vector<ConnectionRecord> connections;
    std::vector<trust::SeenException> exceptions_seen;
    Verdict verdict = Verdict::Safe;
    bool forged_response_used = false;
    std::vector<std::string> leaked;
    int first_event = 0;  // numbers in the run's trace that belong to this phase
    int last_event = 0;
};

std::string_view name_of(Verdict verdict);  // "safe" ...

}  // namespace wh::world
