// One outbound call of the code under examination, as both rules and simulation see it.
#pragma once

#include <string>
#include <vector>

#include "trust/policy.h"

namespace wh::trust {

enum class Transport : std::uint8_t {
    Tls,        // TLS from the first byte
    Cleartext,
    InProcess,  // ASGITransport, MockTransport, test clients: nothing leaves the process
    UnixSocket,
    NotModelled,
};

enum class Carrier : std::uint8_t { Path, Query, Header, Cookie, UserInfo, Body, Line };

// One piece of data that leaves with the call.
struct CarriedData {
    Carrier carrier = Carrier::Body;
    std::string name;  // header, query key, body field; may be empty
    SymbolicText value;
    bool secret = false;
};

// Why execution got to this call: the truth of something unknown that was decided on the way.
struct Condition {
    Span span;         // of the expression or of the outbound call whose outcome was decided
    std::string text;  // "settings.debug is true", "after a TLS failure"
    // What came from here is one of a few values that the code knows, on this way. Valid during the walk.
    const Origin* narrowed = nullptr;
    // What a yes-or-no question was asked about; nullptr: no such question. Valid during the walk.
    const Origin* subject = nullptr;
};

struct OutboundCall {
    int id = 0;            // from 1, in the order of the run
    Span span;             // of the call expression
    Span url_span;         // of the argument that holds the URL or host (empty: the call)
    std::string function;  // function of the pasted code that makes the call ("<module>" at top level)
    std::string library;   // "httpx", "requests" ... for messages only: rules must not branch on it
    std::string callable;  // "httpx.AsyncClient.get"
    std::string method;    // "GET"; empty for non-HTTP
    bool asynchronous = false;  // an event loop's sockets: a connect the kernel gives up is ETIMEDOUT
    Transport transport = Transport::NotModelled;
    Decided<SymbolicText> url;   // as the code gave it, joined with a base URL
    Decided<SymbolicText> host;  // without port
    std::uint16_t port = 0;
    bool host_is_address = false;
    TrustPolicy policy;
    std::vector<CarriedData> data;
    SymbolicText host_header;  // set by the code; empty: not set
    std::vector<Condition> conditions;
    int redirected_from = 0;   // id of the call whose answer led here; 0: none
    // How this library spells "check the certificate against this name, whatever the URL says" as one
    // more argument of the call; $NAME stands for the name as a Python expression. Empty: it cannot.
    // For fixes: rules do not know libraries.
    std::string server_name_spelling;
};

// A client, session, transport or TLS context that was built, whether or not a call was seen with it.
struct BuiltClient {
    Span span;
    std::string function;
    std::string library;
    std::string callable;
    TrustPolicy policy;
    bool used = false;
    std::vector<Condition> conditions;
};

// A part of an answer that the code reads, seen in checking: response.json()["id"] is the path
// {"id"} of the call's answer, a list item is "[]". A scenario made from the code answers with these.
struct ResponseRead {
    Span call;                      // OutboundCall::span
    std::vector<std::string> path;  // empty: the whole body
    friend bool operator==(const ResponseRead&, const ResponseRead&) = default;
};

// A variable of the environment that the code cannot do without.
struct EnvironmentRead {
    std::string name;
    std::string example;  // a value that the code accepts, as JSON; empty: any text
    friend bool operator==(const EnvironmentRead&, const EnvironmentRead&) = default;
};

// A question that the code itself asks the DNS, apart from those that its calls imply.
struct Lookup {
    enum class Kind : std::uint8_t {
        Addresses,  // of a name: getaddrinfo, gethostbyname, A, AAAA
        Name,       // of an address: gethostbyaddr, getfqdn, PTR
        Record,     // other records: TXT, SRV, MX, CNAME
    };
    Kind kind = Kind::Addresses;
    Span span;
    std::string function;
    SymbolicText subject;            // the name or address that is asked about
    const Origin* answer = nullptr;  // the leaf that all parts of the answer have
};

// What one walk through the code showed: the input of every rule.
struct Observations {
    std::vector<OutboundCall> calls;
    std::vector<BuiltClient> clients;
    std::vector<Lookup> lookups;
    std::vector<Condition> decisions;            // all of the walk, whether or not a call came of it
    std::vector<ResponseRead> reads;
    std::vector<EnvironmentRead> environment_reads;  // each name once, in order
    std::vector<std::string> file_reads;         // paths that the code opens or loads
};

}  // namespace wh::trust
