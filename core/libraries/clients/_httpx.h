// httpx 0.28.1: what the parts of its model share.
#pragma once

#include <memory>

#include "libraries/clients/_tls_context.h"
#include "libraries/library.h"
#include "libraries/shared/body.h"
#include "libraries/shared/cookies.h"

namespace wh::libraries::httpx {

using program::Instance;
using trust::Because;
using trust::SymbolicText;

// -- native states
// ---------------------------------------------------------------------------------
struct UrlState : program::NativeState {
    static constexpr char kType = 0;
    UrlState() : NativeState(&kType) {}
    Url url;
    SymbolicText raw;   // as the code gave it, joined with a base URL
    bool known = true;  // false: parts that decide the structure are unknown (checking)
};
struct HeadersState : program::NativeState {
    static constexpr char kType = 0;
    HeadersState() : NativeState(&kType) {}
    HeaderMap map;
};
struct ParamsState : program::NativeState {
    static constexpr char kType = 0;
    ParamsState() : NativeState(&kType) {}
    Pairs pairs;
};
struct CookiesState : program::NativeState {
    static constexpr char kType = 0;
    CookiesState() : NativeState(&kType) {}
    CookieJar jar;
};
struct RequestState : program::NativeState {
    static constexpr char kType = 0;
    RequestState() : NativeState(&kType) {}
    Body body;
    bool read = true;
    bool streamed = false;  // its answer's body is left on the wire
    // Of the call that made it.
    Span span, url_span;
    std::string function, callable;
    Because url_because;
    trust::Decided<trust::Redirects> redirects;
    trust::Decided<std::string> server_name;  // extensions["sni_hostname"]
    int redirected_from = 0;
    int call_id = 0;
};
struct TransportState;
struct ResponseState : program::NativeState {
    static constexpr char kType = 0;
    ResponseState() : NativeState(&kType) {}
    bool unknown = false;  // checking: nobody knows what was answered
    bool read = false, closed = false, consumed = false;
    bool asynchronous = false, tls = false;
    std::string body;
    std::string reason;
    std::unique_ptr<ResponseReader> reader;  // while the body is still on the wire
    Link link;
    TransportState* transport = nullptr;
    TimeUs read_timeout = 0, started = 0;
    bool fetched = false;  // the body came already; `fetch_failure` shows when it is read
    Failure fetch_failure;
    bool close_asked = false;
    const trust::Origin* origin = nullptr;
    int call_id = 0;
};
struct ProxyRoute {
    Url url;  // host empty: no proxy
    std::string username, password;
    HeaderMap headers;
    Value context;  // proxy_ssl_context; Null: httpcore's default
    Because because;
};
struct TransportState : program::NativeState {
    static constexpr char kType = 0;
    TransportState() : NativeState(&kType) {}
    bool asynchronous = false;
    TlsSettings tls;
    Value context;  // the code's own ssl.SSLContext: its settings at the time of use
    std::int64_t retries = 0;
    TimeUs keepalive = 5'000'000;
    bool ipv4_only = false;
    std::string unix_socket;
    ProxyRoute proxy;
    Pool pool;
    int built = -1;
};

// -- objects
// ---------------------------------------------------------------------------------------
Class* class_of(Vm& vm, std::string_view name);
Value raise(Vm& vm, std::string_view name, std::string_view message);
// URL(value); Null: InvalidURL or TypeError is raised.
Value make_url(Vm& vm, const Value& value);
Value make_url(Vm& vm, Url url, SymbolicText raw, bool known);
Value make_headers(Vm& vm, const Value& value);
Value make_headers(Vm& vm, HeaderMap map);
Value make_params(Vm& vm, const Value& value);
Value make_cookies(Vm& vm, const Value& value);
Value make_timeout(Vm& vm, const Value& value);
UrlState& url_of(const Value& url);
HeaderMap& headers_of(const Value& headers);
// Attributes that the model itself has set.
Value attribute(const Value& instance, std::string_view name);
HeaderMap& header_attribute(const Value& instance);

struct RequestParts {
    std::string method;
    Value url;  // a URL
    Value content, data, files, json, params, headers, cookies, extensions;
};
// Request(...); Null: an exception is raised.
Value make_request(Vm& vm, RequestParts parts);
RequestState& request_state(const Value& request);
Value make_response(Vm& vm, std::unique_ptr<ResponseState> state, int status, HeaderMap headers);
ResponseState* response_state(const Value& response);
// Reads the body to its end. false: raised.
bool read_response(Vm& vm, const Value& response);
void close_response(Vm& vm, ResponseState& state);
int status_of(const Value& response);
bool is_redirect(const Value& response);

// -- transports
// ------------------------------------------------------------------------------------
struct TransportParts {
    Value verify, cert;
    Because verify_because, cert_because;
    bool trust_env = true;
    Value limits;
    ProxyRoute proxy;
    bool asynchronous = false;
    std::string_view callable;
    Span span;
    bool note = true;  // as a client of its own, not as part of one
};
// HTTPTransport / AsyncHTTPTransport. Null: raised (a bundle that is not there).
Value make_transport(Vm& vm, const TransportParts& parts);
bool read_proxy(Vm& vm, const Value& proxy, Because because, ProxyRoute& out);
// One request over one transport, of the model or of the pasted code. Null: raised.
Value handle_request(Vm& vm, const Value& transport, const Value& request, bool asynchronous);

void install_exceptions(Vm& vm, Module& module);
void install_models(Vm& vm, Module& module);
void install_messages(Vm& vm, Module& module);
void install_transports(Vm& vm, Module& module);
void install_in_process(Vm& vm, Module& module, Class* base, Class* async_base);
void install_clients(Vm& vm, Module& module);

}  // namespace wh::libraries::httpx
