// urllib3 2.3's connection pools: the TLS settings, the retries and the exceptions that urllib3 and
// requests share.
#pragma once

#include <memory>

#include "libraries/clients/_tls_context.h"

namespace wh::libraries {

// util.Retry. A count is a number, None or False.
struct RetryCount {
    enum class State : std::uint8_t { None, False, Number } state = State::None;
    std::int64_t number = 0;
};
struct Retry : program::NativeState {
    static constexpr char kType = 0;
    Retry() : NativeState(&kType) {}
    struct Settings {
        RetryCount total{RetryCount::State::Number, 10}, connect, read, redirect, status, other;
        std::vector<std::string> allowed_methods{"HEAD",   "GET",     "PUT",
                                                 "DELETE", "OPTIONS", "TRACE"};
        std::vector<std::int64_t> status_forcelist;
        std::vector<std::string> removed_on_redirect{"cookie", "authorization",
                                                     "proxy-authorization"};
        double backoff_factor = 0, backoff_max = 120;
        bool raise_on_redirect = true, raise_on_status = true, respect_retry_after = true;
        int errors = 0;  // since the last redirect
    } settings;
};
using RetrySettings = Retry::Settings;
// Retry.from_int: a Retry, bool, int or None.
RetrySettings retry_from(const Value& value, const RetrySettings& if_none);

// What decides trust in a pool's keyword arguments.
struct PoolTls {
    bool verify = true;  // cert_reqs
    trust::Because verify_because;
    std::vector<std::string> files;  // ca_certs, ca_cert_dir
    std::vector<std::string> pem;    // ca_cert_data
    trust::Because roots_because;
    bool certifi_only = false;  // requests: its context holds certifi's bundle and nothing else
    trust::ClientCertificate certificate;
    trust::Because certificate_because;
    Value context;          // ssl_context; Null: none
    Value assert_hostname;  // Null or None: not given; False; str
    trust::Because assert_hostname_because;
    std::string server_hostname;
    trust::Because server_hostname_because;
    std::string fingerprint;  // assert_fingerprint, hex
    trust::Because fingerprint_because;
    trust::Decided<trust::TlsVersion> minimum_tls;
};
// connection._ssl_wrap_socket_and_match_hostname. false: ValueError raised (a context that checks
// names cannot be told not to verify).
bool pool_policy(Vm& vm, const PoolTls& tls, const std::string& host, trust::TrustPolicy& policy);

// One request through a pool.
struct PoolRequest {
    trust::OutboundCall call;
    Route route;
    Pool* pool = nullptr;
    std::string key;     // of the pool
    Value pool_object;   // "HTTPSConnectionPool(host=..., port=...)" in messages
    std::string url;     // in messages: "/path?query"
    std::string target;  // in the request line
    HeaderMap headers;
    std::string body;
    bool chunked = false;
    bool preload = false;  // the body is read before anything is returned
    RetrySettings retry;
    std::string connect_timeout_text = "None", read_timeout_text = "None";
};
// Sends, with retries of failures and of answers. Null: an exception is raised. `link` stays open
// for the body unless it was preloaded.
std::unique_ptr<ResponseReader> pool_urlopen(Vm& vm, PoolRequest& request, Link& link);
// After the body: the connection goes back to the pool or is closed.
void release_link(Vm& vm, PoolRequest& request, Link& link, const ResponseReader& reader);
// urllib3's exception for a failure while the body is read.
Value pool_body_exception(Vm& vm, const PoolRequest& request, const Failure& failure,
                          const ResponseReader& reader);
// One step of retries. false: MaxRetryError or the error itself is raised. `error` Null: because of
// an answer with `status` (0: because of a redirect).
bool retry_step(Vm& vm, PoolRequest& request, const Value& error, int status, bool redirect);
Value pool_object(Vm& vm, bool tls, const std::string& host, int port);
Value urllib3_exception(Vm& vm, std::string_view name, std::vector<Value> args);

}  // namespace wh::libraries
