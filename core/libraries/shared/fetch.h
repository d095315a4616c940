// The steps that every client takes: look the name up, connect, perhaps through a proxy, TLS, send,
// receive. What goes wrong comes back as a Failure; each library makes its own exceptions of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libraries/shared/http_wire.h"
#include "libraries/shared/url.h"
#include "program/vm.h"

namespace wh::libraries {

using program::Value;
using program::Vm;
using trust::TimeUs;

struct Failure {
    enum class Kind : std::uint8_t {
        None,
        NoSuchName,      // EAI_NONAME
        NoAddress,       // EAI_NODATA
        ResolverFailed,  // EAI_AGAIN
        LookupTimedOut,  // at the caller's limit
        Refused,
        Unreachable,
        ConnectTimedOut,  // at the caller's limit
        KernelGaveUp,     // ETIMEDOUT
        TlsFailed,
        TlsTimedOut,
        TlsClosed,
        NameMismatch,  // found after the handshake; text: what urllib3 says
        PinMismatch,
        TunnelRefused,  // CONNECT was answered with an error; text: "502 Bad Gateway"
        ReadTimedOut,
        ReadClosed,  // before any byte of an answer
        ReadReset,
        ReadTls,         // an alert after the handshake
        Malformed,       // not HTTP; text: its first line
        BodyIncomplete,  // closed in the middle; text: ResponseReader::missing()
        BodyTimedOut,
        Cancelled,  // the task's own deadline struck: raise vm.raise_cancelled()
    };
    Kind kind = Kind::None;
    bool at_proxy = false;  // before the proxy was reached
    trust::TlsError tls;
    std::string text;
    HeaderMap headers;    // of an answer that refuses a tunnel
    std::string address;  // of the last attempt
    std::uint16_t port = 0;
    explicit operator bool() const { return kind != Kind::None; }
    [[nodiscard]] bool is_lookup() const {
        return kind == Kind::NoSuchName || kind == Kind::NoAddress || kind == Kind::ResolverFailed;
    }
    [[nodiscard]] bool is_timeout() const {
        return kind == Kind::LookupTimedOut || kind == Kind::ConnectTimedOut ||
               kind == Kind::TlsTimedOut || kind == Kind::ReadTimedOut ||
               kind == Kind::BodyTimedOut;
    }
};

struct Route {
    std::string host;
    std::uint16_t port = 0;
    bool tls = false;
    trust::TrustPolicy policy;  // of the target
    bool proxied = false;       // the first hop is the proxy
    bool tunnel = false;        // CONNECT, then TLS to the target inside
    std::string proxy_host;
    std::uint16_t proxy_port = 0;
    bool proxy_tls = false;
    trust::TrustPolicy proxy_policy;
    HeaderMap connect_headers;
    bool concurrent = false;     // anyio, asyncio: next address after 250 ms, one time limit
    bool host_as_bytes = false;  // how it is handed to getaddrinfo (anyio)
    bool ipv4_only = false;      // bound to a local IPv4 address
    TimeUs connect_timeout = 0;  // 0: none
    TimeUs read_timeout = 0;
    bool lookup_limited = false;  // the lookup counts towards the limit
};

struct Link {
    int connection = 0;
    std::string key;  // what it may be used for again
    TimeUs idle_since = 0;
    trust::PeerCertificate peer;
};

// Set when the module socket is loaded: from then on its getaddrinfo may be another one.
struct SocketLoaded : program::NativeState {
    static constexpr char kType = 0;
    SocketLoaded() : NativeState(&kType) {}
    bool loaded = false;
};

// Opens a connection as the route says. Moves the clock.
Failure open_link(Vm& vm, const Route& route, Link& link);
// Sends and reads the head of the answer; then the body. On a failure the connection is closed.
Failure send_request(Vm& vm, Link& link, std::string_view bytes, TimeUs read_timeout,
                     ResponseReader& reader);
Failure read_body(Vm& vm, Link& link, TimeUs read_timeout, ResponseReader& reader);
void close_link(Vm& vm, Link& link);

// Idle connections that may be used again.
class Pool {
  public:
    // A connection with that key that is still open; connection 0: none. expiry 0: for ever.
    Link take(Vm& vm, std::string_view key, TimeUs expiry);
    void put(Vm& vm, Link link);
    void close_all(Vm& vm);
    // Limits as httpcore has them: at most `most` connections at a time (-1: no bound), of which
    // `most_idle` wait for further use. Each request asks for its turn, and says with put() or
    // gone() that it is over. false: the limit (0: none) or the task's deadline struck first.
    bool wait_turn(Vm& vm, TimeUs limit, Failure& failure);
    void gone(Vm& vm);
    std::int64_t most = -1, most_idle = -1;
    bool oldest_first =
        false;  // httpcore takes the first of its list, urllib3 the last that was put back

  private:
    std::vector<Link> idle_;
    // When requests began and ended; kNoDeadline: not yet. A task may be behind others in time.
    std::vector<std::pair<TimeUs, TimeUs>> turns_;
};

// The certificate's names against a host name as urllib3.util.ssl_match_hostname does. Empty: fits.
std::string name_mismatch(const trust::PeerCertificate& peer, std::string_view host);

// The standard library's exception for a failure: socket.gaierror, ConnectionRefusedError,
// TimeoutError, ssl.SSLError ... Null for what is not the standard library's.
Value standard_exception(Vm& vm, const Failure& failure);
Value tls_exception(Vm& vm, const trust::TlsError& error, bool reading);

// -- what is known about calls
// --------------------------------------------------------------------- Gives the call its id and
// function, notes it and announces it to the network. The id.
int announce(Vm& vm, trust::OutboundCall call);
// In checking: how the call ends is a decision. 0 answered, 1 certificate refused, 2 connection
// failed, 3 timed out, 4 name not found; a call that cannot be refused by TLS has 1 as 2.
Failure decide_outcome(Vm& vm, const trust::OutboundCall& call);
// Notes a client that was built; its index in Observations::clients.
int note_client(Vm& vm, std::string_view library, std::string_view callable, Span span,
                const trust::TrustPolicy& policy);
void mark_used(Vm& vm, int client);

// Data that leaves with a call.
void carry(std::vector<trust::CarriedData>& to, trust::Carrier carrier, std::string_view name,
           const trust::SymbolicText& value, bool secret = false);
void carry_headers(std::vector<trust::CarriedData>& to, const HeaderMap& headers);
// A JSON-like value: its fields as "card.number", at most 40.
void carry_value(Vm& vm, std::vector<trust::CarriedData>& to, const std::string& name,
                 const Value& value, int depth = 0);
void carry_url(std::vector<trust::CarriedData>& to, const trust::SymbolicText& url);
// Fills url, host, port, transport, host_is_address of a call from the URL as the code gave it.
void describe_target(trust::OutboundCall& call, const trust::SymbolicText& raw, const Url& url,
                     bool url_known, trust::Because because);

// -- values
// ----------------------------------------------------------------------------------------
trust::Because because_default(std::string_view source);
// `otherwise`: its place if it does not stand in the call (a partial, **options).
trust::Because because_argument(const program::Bound& bound, std::string_view name,
                                bool constructor, Span otherwise = {});
std::string_view environment(Vm& vm, std::string_view name);  // empty: not set
// A file of the host, or the machine's own bundle of roots; in checking every file may exist.
bool file_exists(Vm& vm, std::string_view path);
bool is_folder(Vm& vm, std::string_view path);
bool is_system_bundle(std::string_view path);
const std::string* file_text(Vm& vm, std::string_view path);
// A member of an IntEnum (ssl.CERT_NONE) as its number; anything else as it is.
Value plain_number(Vm& vm, const Value& value);
// A number of seconds as time; false: it is not a number.
bool seconds(const Value& value, TimeUs& out);
// str, bytes, Unknown: as they are; others by str(). false: exception.
bool text_argument(Vm& vm, const Value& value, trust::SymbolicText& out);
std::string type_name_of(Vm& vm, const Value& value);

// A native that is carried out when it is awaited (an `async def` of a library): `body` then gets
// the arguments again.
Value defer(Vm& vm, program::NativeFunction body, const program::Arguments& arguments);
// The function of the pasted code that called the native that is being carried out.
std::string calling_function(Vm& vm);
// A native that knows more than its arguments, as a method of a class.
void bind_method(Vm& vm, program::Class* cls, std::string_view name,
                 program::NativeFunction function, std::vector<Value> captured);
// Sets __cause__; `explicitly`: as `raise ... from cause`, otherwise as the context only.
void chain(const Value& exception, const Value& cause, bool explicitly);

// -- proxies from the environment (urllib.request.getproxies_environment)
// ----------------------------
std::string_view proxy_variable(Vm& vm, std::string_view scheme);  // "http", "https", "all", "no"

}  // namespace wh::libraries
