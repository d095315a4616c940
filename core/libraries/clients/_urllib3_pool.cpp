// urllib3 2.3.0: connectionpool.py (urlopen, _make_request), connection.py, util/retry.py.
#include "libraries/clients/_urllib3_pool.h"

#include <algorithm>

#include "base/text.h"

namespace wh::libraries {

using trust::Because;
using trust::BecauseKind;
using trust::NameCheck;
using Kind = Failure::Kind;
using State = RetryCount::State;

namespace {

RetryCount count_of(const Value& value) {
    if (value.is_int()) return {State::Number, value.integer};
    if (value.is_true()) return {State::Number, 1};
    if (value.is_false()) return {State::False, 0};
    return {};
}

void lower(RetryCount& count) {
    if (count.state != State::None) count = {State::Number, count.number - 1};
}

bool exhausted(const RetrySettings& retry) {
    for (const RetryCount* count : {&retry.total, &retry.connect, &retry.read, &retry.redirect,
                                    &retry.status, &retry.other}) {
        if (count->state == State::Number && count->number < 0) return true;
    }
    return false;
}

bool method_allowed(const RetrySettings& retry, const std::string& method) {
    const std::vector<std::string>& allowed = retry.allowed_methods;
    return allowed.empty() || std::find(allowed.begin(), allowed.end(), method) != allowed.end();
}

}  // namespace

RetrySettings retry_from(const Value& value, const RetrySettings& if_none) {
    if (const Retry* given = program::native_state<Retry>(value)) return given->settings;
    if (value.is_null() || value.is_none()) return if_none;
    RetrySettings made;
    made.total = count_of(value);
    if (value.is_false()) {
        made.redirect = {State::Number, 0};
        made.raise_on_redirect = false;
    }
    return made;
}

bool pool_policy(Vm& vm, const PoolTls& tls, const std::string& host, trust::TrustPolicy& policy) {
    const TlsContext* context = as_tls_context(tls.context);
    const bool foreign = !context && !tls.context.is_null() && !tls.context.is_none();
    TlsSettings settings = context   ? context->settings
                           : foreign ? unknown_tls_settings("ssl_context")
                                     : default_tls_settings();
    const bool asserts = tls.assert_hostname.is_false() || as_str(tls.assert_hostname) ||
                         as_unknown(tls.assert_hostname);
    if (context) {
        // urllib3 sets the context's verify_mode again, so that CERT_NONE does not stay (FACTS 14).
        if (!tls.verify && context->settings.name_check.value == NameCheck::InHandshake &&
            !asserts) {
            vm.raise(vm.types().value_error,
                     "Cannot set verify_mode to CERT_NONE when check_hostname is enabled.");
            return false;
        }
        if (tls.verify || tls.verify_because.kind != BecauseKind::LibraryDefault) {
            settings.chain_check = {tls.verify, tls.verify_because};
        }
        mark_used(vm, context->built);
    } else if (!foreign) {
        settings.strict.value = settings.partial_chain.value = false;
        settings.common_name_fallback.value = false;
        settings.chain_check = {tls.verify, tls.verify_because};
        settings.name_check.because = tls.verify_because;
        if (!tls.verify) settings.name_check.value = NameCheck::Off;
        settings.roots = default_roots(vm);
        if (tls.certifi_only) {
            settings.roots = {trust::Roots{true, {}, {}},
                              because_default("certifi, requests 2.32")};
        }
    }
    if (!tls.files.empty() || !tls.pem.empty()) {
        trust::Roots roots{false, {}, tls.pem};
        for (const std::string& file : tls.files) {
            if (is_system_bundle(file))
                roots.system = true;
            else
                roots.files.push_back(file);
        }
        if (context) {  // in addition to what it holds
            const trust::Roots& before = context->settings.roots.value;
            roots.system = roots.system || before.system;
            roots.files.insert(roots.files.begin(), before.files.begin(), before.files.end());
        }
        settings.roots = {std::move(roots), tls.roots_because};
    }
    if (!tls.certificate.file.empty()) {
        settings.client_certificate = {tls.certificate, tls.certificate_because};
    }
    if (!tls.minimum_tls.because.text.empty()) settings.minimum_tls = tls.minimum_tls;
    settings.apply(policy);
    std::string name = tls.server_hostname.empty() ? host : tls.server_hostname;
    while (name.ends_with('.')) name.pop_back();
    const Because& named = tls.server_hostname.empty()
                               ? because_default("the URL's host (urllib3 2.3)")
                               : tls.server_hostname_because;
    policy.server_name = {is_address(name) ? "" : name, named};
    policy.reference_identity = {name, named};
    if (!tls.fingerprint.empty()) {
        policy.pins = {{tls.fingerprint}, tls.fingerprint_because};
        policy.name_check = {NameCheck::Off, tls.fingerprint_because};
    } else if (tls.assert_hostname.is_false()) {
        policy.name_check = {NameCheck::Off, tls.assert_hostname_because};
    } else if (policy.chain_check.value) {
        if (asserts) {
            policy.reference_identity = {vm.symbolic(tls.assert_hostname).text,
                                         tls.assert_hostname_because};
            policy.name_check = {NameCheck::AfterHandshake, tls.assert_hostname_because};
        } else if (policy.name_check.value == NameCheck::Off) {
            policy.name_check = {NameCheck::AfterHandshake,
                                 because_default("urllib3 compares the name itself (urllib3 2.3)")};
        }
    }
    return true;
}

Value urllib3_exception(Vm& vm, std::string_view name, std::vector<Value> args) {
    return vm.make_exception(vm.class_in("urllib3.exceptions", name), std::move(args));
}

Value pool_object(Vm& vm, bool tls, const std::string& host, int port) {
    const Value made = vm.instance(
        vm.class_in("urllib3.connectionpool", tls ? "HTTPSConnectionPool" : "HTTPConnectionPool"));
    vm.set_attribute(made, "host", vm.str(host));
    vm.set_attribute(made, "port", port < 0 ? Value::none() : Value::of(port));
    vm.set_attribute(made, "scheme", vm.str(tls ? "https" : "http"));
    return made;
}

namespace {

std::string repr_of(Vm& vm, const Value& value) {
    std::string out;
    vm.repr(value, out);
    return out;
}
std::string text_of_exception(Vm& vm, const Value& value) {
    std::string out;
    vm.to_str(value, out);
    return out;
}

// A message that names the pool: PoolError.
Value pool_error(Vm& vm, const PoolRequest& request, std::string_view name,
                 const std::string& message) {
    const Value made =
        urllib3_exception(vm, name, {vm.str(cat(repr_of(vm, request.pool_object), ": ", message))});
    vm.set_attribute(made, "pool", request.pool_object);
    return made;
}

// An http.client exception, which has no model of its own here unless another part brings it.
Value http_client_exception(Vm& vm, std::string_view name, std::string message) {
    return vm.make_exception(vm.class_in("http.client", name), std::move(message));
}

Value read_timeout(Vm& vm, const PoolRequest& request, const Failure& failure, const Value& cause) {
    const std::string& limit = failure.kind == Kind::TlsTimedOut ? request.connect_timeout_text
                                                                 : request.read_timeout_text;
    const Value made = pool_error(vm, request, "ReadTimeoutError",
                                  cat("Read timed out. (read timeout=", limit, ")"));
    vm.set_attribute(made, "url", vm.str(request.url));
    chain(made, cause, true);
    return made;
}

Value aborted(Vm& vm, const Value& cause) {
    const Value made =
        urllib3_exception(vm, "ProtocolError", {vm.str("Connection aborted."), cause});
    chain(made, cause, false);
    return made;
}

// What urlopen hands to Retry.increment.
Value exception_for(Vm& vm, const PoolRequest& request, const Failure& failure) {
    const bool tls = request.route.proxied ? request.route.tunnel : request.route.tls;
    const std::string& host = request.route.proxied ? request.route.proxy_host : request.route.host;
    Value cause = standard_exception(vm, failure);
    if (vm.failed()) return {};
    Value made;
    switch (failure.kind) {
        case Kind::TlsFailed:
        case Kind::TlsClosed:
        case Kind::ReadTls:
            made = urllib3_exception(vm, "SSLError", {cause});
            chain(made, cause, false);
            break;
        case Kind::NameMismatch:
            cause = vm.make_exception(
                vm.class_in("urllib3.util.ssl_match_hostname", "CertificateError"), failure.text);
            made = urllib3_exception(vm, "SSLError", {cause});
            chain(made, cause, false);
            break;
        case Kind::PinMismatch:
            made = urllib3_exception(vm, "SSLError",
                                     {vm.str(cat("Fingerprints did not match. Expected \"",
                                                 request.route.policy.pins.value[0], "\", got \"",
                                                 failure.text, "\""))});
            break;
        case Kind::TunnelRefused:
            cause = vm.make_exception(vm.types().os_error,
                                      cat("Tunnel connection failed: ", failure.text));
            made =
                urllib3_exception(vm, "ProxyError", {vm.str("Unable to connect to proxy"), cause});
            vm.set_attribute(made, "original_error", cause);
            chain(made, cause, true);
            break;
        case Kind::TlsTimedOut:
        case Kind::ReadTimedOut:
            made = read_timeout(vm, request, failure, cause);
            break;
        case Kind::ReadReset:
            made = aborted(vm, cause);
            break;
        case Kind::ReadClosed:
            made =
                aborted(vm, http_client_exception(vm, "RemoteDisconnected",
                                                  "Remote end closed connection without response"));
            break;
        case Kind::Malformed:
            made = aborted(vm, http_client_exception(vm, "BadStatusLine", failure.text));
            break;
        case Kind::NoSuchName:
        case Kind::NoAddress:
        case Kind::ResolverFailed:
        case Kind::LookupTimedOut:
        case Kind::ConnectTimedOut:
        case Kind::KernelGaveUp:
        case Kind::Refused:
        case Kind::Unreachable: {
            const Value connection = vm.instance(
                vm.class_in("urllib3.connection", tls ? "HTTPSConnection" : "HTTPConnection"));
            if (failure.is_lookup()) {
                made = urllib3_exception(
                    vm, "NameResolutionError",
                    {vm.str(cat(repr_of(vm, connection), ": Failed to resolve '", host, "' (",
                                text_of_exception(vm, cause), ")"))});
            } else if (failure.is_timeout() || failure.kind == Kind::KernelGaveUp) {
                made = urllib3_exception(
                    vm, "ConnectTimeoutError",
                    {connection, vm.str(cat("Connection to ", host, " timed out. (connect timeout=",
                                            request.connect_timeout_text, ")"))});
            } else {
                made = urllib3_exception(
                    vm, "NewConnectionError",
                    {vm.str(cat(repr_of(vm, connection), ": Failed to establish a new connection: ",
                                text_of_exception(vm, cause)))});
            }
            chain(made, cause, true);
            break;
        }
        case Kind::None:
        case Kind::BodyIncomplete:
        case Kind::BodyTimedOut:
        case Kind::Cancelled:
            break;
    }
    if (failure.at_proxy && !made.is_null() && failure.kind != Kind::TlsTimedOut) {
        const bool plain_proxy =
            failure.tls.reason == "WRONG_VERSION_NUMBER" && request.route.proxy_tls;
        const Value wrapped = urllib3_exception(
            vm, "ProxyError",
            {vm.str(cat("Unable to connect to proxy",
                        plain_proxy
                            ? ". Your proxy appears to only use HTTP and not HTTPS, try changing "
                              "your proxy URL to be HTTP. See: "
                              "https://urllib3.readthedocs.io/en/latest/advanced-usage.html"
                              "#https-proxy-error-http-proxy"
                            : "")),
             made});
        vm.set_attribute(wrapped, "original_error", made);
        chain(wrapped, made, true);
        return wrapped;
    }
    return made;
}

bool is_a(Vm& vm, const Value& error, std::string_view name) {
    return vm.is_instance(error, vm.class_in("urllib3.exceptions", name));
}

void sleep_backoff(Vm& vm, const RetrySettings& retry) {
    if (retry.errors <= 1) return;
    double wait = retry.backoff_factor;
    for (int i = 1; i < retry.errors && wait < retry.backoff_max; ++i) wait *= 2;
    vm.clock() += static_cast<TimeUs>(std::min(wait, retry.backoff_max) * 1e6);
}

}  // namespace

bool retry_step(Vm& vm, PoolRequest& request, const Value& error, int status, bool redirect) {
    RetrySettings& retry = request.retry;
    const bool failed = !error.is_null();
    if (retry.total.state == State::False && failed) {
        vm.raise(error);
        return false;
    }
    if (retry.total.state != State::None) lower(retry.total);
    Value inner = error;
    if (failed && is_a(vm, error, "ProxyError")) inner = vm.get_attribute(error, "original_error");
    std::string cause = "unknown";
    if (failed && is_a(vm, inner, "ConnectTimeoutError")) {
        if (retry.connect.state == State::False) {
            vm.raise(error);
            return false;
        }
        lower(retry.connect);
    } else if (failed &&
               (is_a(vm, error, "ReadTimeoutError") || is_a(vm, error, "ProtocolError"))) {
        if (retry.read.state == State::False || !method_allowed(retry, request.call.method)) {
            vm.raise(error);
            return false;
        }
        lower(retry.read);
    } else if (failed) {
        lower(retry.other);
    } else if (redirect) {
        lower(retry.redirect);
        cause = "too many redirects";
    } else {
        lower(retry.status);
        cause = cat("too many ", status, " error responses");
    }
    retry.errors = redirect ? 0 : retry.errors + 1;
    // In checking one attempt stands for all.
    if (!exhausted(retry) && !(vm.checking() && failed)) return true;
    const Value reason = failed ? error : urllib3_exception(vm, "ResponseError", {vm.str(cause)});
    const Value made = pool_error(vm, request, "MaxRetryError",
                                  cat("Max retries exceeded with url: ", request.url,
                                      " (Caused by ", repr_of(vm, reason), ")"));
    vm.set_attribute(made, "reason", reason);
    vm.set_attribute(made, "url", vm.str(request.url));
    chain(made, reason, true);
    vm.raise(made);
    return false;
}

Value pool_body_exception(Vm& vm, const PoolRequest& request, const Failure& failure,
                          const ResponseReader& reader) {
    if (failure.kind == Kind::BodyTimedOut) {
        const Value made = pool_error(vm, request, "ReadTimeoutError", "Read timed out.");
        chain(made, standard_exception(vm, failure), true);
        return made;
    }
    if (failure.kind == Kind::ReadTls) {
        const Value cause = standard_exception(vm, failure);
        const Value made = urllib3_exception(vm, "SSLError", {cause});
        chain(made, cause, true);
        return made;
    }
    if (failure.kind == Kind::BodyIncomplete && reader.chunked()) {
        return urllib3_exception(vm, "ProtocolError", {vm.str("Response ended prematurely")});
    }
    Value cause = standard_exception(vm, failure);
    if (cause.is_null()) {
        const auto got = static_cast<std::int64_t>(reader.body.size());
        cause = urllib3_exception(vm, "IncompleteRead",
                                  {Value::of(got), Value::of(reader.expected() - got)});
    }
    const Value made = urllib3_exception(
        vm, "ProtocolError", {vm.str(cat("Connection broken: ", repr_of(vm, cause))), cause});
    chain(made, cause, true);
    return made;
}

void release_link(Vm& vm, PoolRequest& request, Link& link, const ResponseReader& reader) {
    if (!link.connection) return;
    const bool asked_to_close = ascii_lower(request.headers.text("connection")) == "close";
    if (reader.keeps_alive() && !asked_to_close && request.pool) {
        link.key = request.key;
        request.pool->put(vm, link);
        link.connection = 0;
    } else {
        close_link(vm, link);
    }
}

std::unique_ptr<ResponseReader> pool_urlopen(Vm& vm, PoolRequest& request, Link& link) {
    const int id = announce(vm, request.call);
    request.call.id = id;
    std::unique_ptr<ResponseReader> reader;
    for (;;) {
        reader = std::make_unique<ResponseReader>(request.call.method == "HEAD");
        Failure failure;
        if (vm.checking()) {
            failure = decide_outcome(vm, request.call);
        } else {
            link = request.pool ? request.pool->take(vm, request.key, 0) : Link();
            if (!link.connection) failure = open_link(vm, request.route, link);
            if (!failure) {
                failure =
                    send_request(vm, link,
                                 write_request(request.call.method, request.target, request.headers,
                                               request.body, request.chunked),
                                 request.route.read_timeout, *reader);
            }
            if (!failure && request.preload) {
                failure = read_body(vm, link, request.route.read_timeout, *reader);
                if (!failure) release_link(vm, request, link, *reader);
            }
        }
        if (!failure && vm.checking()) break;
        if (failure.kind == Kind::Cancelled) {
            vm.raise_cancelled();
            reader.reset();
            break;
        }
        if (failure) {
            Value error = exception_for(vm, request, failure);
            if (error.is_null() && !vm.failed()) {
                error = pool_body_exception(vm, request, failure, *reader);
            }
            if (vm.failed() || !retry_step(vm, request, error, 0, false)) {
                reader.reset();
                break;
            }
            sleep_backoff(vm, request.retry);
            continue;
        }
        const RetrySettings& retry = request.retry;
        const std::string after = reader->headers.text("retry-after");
        const std::vector<std::int64_t>& forced = retry.status_forcelist;
        const bool listed = std::find(forced.begin(), forced.end(), reader->status) != forced.end();
        const bool asked =
            retry.total.number != 0 && retry.total.state == State::Number &&
            retry.respect_retry_after && !after.empty() &&
            (reader->status == 413 || reader->status == 429 || reader->status == 503);
        if (!method_allowed(retry, request.call.method) || (!listed && !asked)) break;
        const RetrySettings before = retry;
        if (!retry_step(vm, request, {}, reader->status, false)) {
            if (before.raise_on_status)
                reader.reset();
            else
                vm.take_error();
            if (!reader) close_link(vm, link);
            break;
        }
        if (!request.preload) {
            read_body(vm, link, request.route.read_timeout, *reader);
            release_link(vm, request, link, *reader);
        }
        TimeUs wait = 0;
        for (const char c : after) {
            if (c >= '0' && c <= '9') wait = wait * 10 + (c - '0');
        }
        if (retry.respect_retry_after && wait > 0)
            vm.clock() += wait * 1'000'000;
        else
            sleep_backoff(vm, retry);
    }
    vm.network().end_call(id, vm.clock());
    return reader;
}

}  // namespace wh::libraries
