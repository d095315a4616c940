// httpx.HTTPTransport, AsyncHTTPTransport, MockTransport, ASGITransport, Proxy (httpx 0.28
// _transports/, _config.py; httpcore 1.0.7 connection.py, http_proxy.py).
#include "base/text.h"
#include "libraries/clients/_httpx.h"

namespace wh::libraries::httpx {

using program::native_state;
using trust::BecauseKind;
using Kind = Failure::Kind;

namespace {

constexpr std::string_view kCertifi = "httpx 0.28 _config.py: certifi's bundle";

// create_ssl_context(verify, cert, trust_env). false: raised.
bool read_verify(Vm& vm, const TransportParts& parts, TransportState& out) {
    const Value& verify = parts.verify;
    TlsSettings& tls = out.tls;
    tls = default_tls_settings();
    tls.roots = {trust::Roots{true, {}, {}}, because_default(kCertifi)};
    bool on = true;
    if (TlsContext* context = as_tls_context(verify)) {
        out.context = verify;
        tls = context->settings;
        mark_used(vm, context->built);
    } else if (as_unknown(verify) &&
               (!vm.checking() ||
                (as_unknown(verify)->shape && as_unknown(verify)->shape->module == "ssl"))) {
        tls = unknown_tls_settings("verify");
    } else if (as_str(verify)) {
        tls.roots.value.system = false;
        if (is_folder(vm, text_of(verify)) && !is_system_bundle(text_of(verify))) {
            tls.roots = {trust::Roots{false, {std::string(text_of(verify))}, {}},
                         parts.verify_because};
        } else if (!add_roots(vm, tls, text_of(verify), parts.verify_because)) {
            return false;
        }
        return true;  // with a path as verify=, cert= is never looked at (reality r09)
    } else if (verify.is_bool() || as_unknown(verify)) {
        if (!vm.truth(verify, on)) return false;
        const std::string_view file = parts.trust_env ? environment(vm, "SSL_CERT_FILE") : "";
        const std::string_view folder = parts.trust_env ? environment(vm, "SSL_CERT_DIR") : "";
        if (!on) {
            tls.verify_nothing(parts.verify_because);
        } else {
            if (!verify.is_null())
                tls.chain_check.because = tls.name_check.because = parts.verify_because;
            const std::string_view path = file.empty() ? folder : file;
            if (!path.empty()) {
                const Because because{BecauseKind::Environment,
                                      {},
                                      file.empty() ? "SSL_CERT_DIR" : "SSL_CERT_FILE",
                                      nullptr};
                tls.roots.value.system = false;
                if (!add_roots(vm, tls, path, because)) return false;
            }
        }
    }
    if (parts.cert.is_null() || parts.cert.is_none()) return true;
    const program::Tuple* pair = as_tuple(parts.cert);
    const std::string cert =
        vm.symbolic(pair && !pair->items.empty() ? pair->items[0] : parts.cert).text;
    const std::string key = pair && pair->items.size() > 1 ? vm.symbolic(pair->items[1]).text : "";
    return use_certificate(vm, tls, cert, key, parts.cert_because);
}

void use_limits(const Value& limits, TransportState& state) {
    if (!program::as_instance(limits)) return;
    if (!seconds(attribute(limits, "keepalive_expiry"), state.keepalive)) state.keepalive = 0;
    const Value most = attribute(limits, "max_connections");
    state.pool.most = most.is_int() ? most.integer : -1;
    const Value kept = attribute(limits, "max_keepalive_connections");
    state.pool.most_idle = kept.is_int() ? kept.integer : -1;
}

const TlsSettings& settings_of(const TransportState& transport) {
    const TlsContext* context = as_tls_context(transport.context);
    return context ? context->settings : transport.tls;
}

}  // namespace

bool read_proxy(Vm& vm, const Value& proxy, Because because, ProxyRoute& out) {
    if (proxy.is_null() || proxy.is_none() || as_unknown(proxy)) return true;
    Value made = proxy;
    if (!vm.is_instance(proxy, class_of(vm, "Proxy"))) {
        made = vm.call(Value::of(class_of(vm, "Proxy")), {proxy});
        if (made.is_null()) return false;
    }
    out.url = url_of(attribute(made, "url")).url;
    const Value auth = attribute(made, "auth");
    if (const program::Tuple* pair = as_tuple(auth)) {
        out.username = vm.symbolic(pair->items[0]).text;
        out.password = vm.symbolic(pair->items[1]).text;
    }
    out.headers = header_attribute(made);
    out.context = attribute(made, "ssl_context");
    out.because = std::move(because);
    if (out.url.scheme.starts_with("socks")) {
        vm.raise(
            vm.types().import_error,
            "Using SOCKS proxy, but the 'socksio' package is not installed. Make sure to install "
            "httpx using `pip install httpx[socks]`.");
        return false;
    }
    return true;
}

Value make_transport(Vm& vm, const TransportParts& parts) {
    auto state = std::make_unique<TransportState>();
    state->asynchronous = parts.asynchronous;
    if (!read_verify(vm, parts, *state)) return {};
    state->proxy = parts.proxy;
    use_limits(parts.limits, *state);
    state->pool.oldest_first = true;
    if (parts.note) {
        trust::TrustPolicy policy;
        settings_of(*state).apply(policy);
        state->built = note_client(vm, "httpx", parts.callable, parts.span, policy);
    }
    return vm.instance(class_of(vm, parts.asynchronous ? "AsyncHTTPTransport" : "HTTPTransport"),
                       std::move(state));
}

namespace {

Value transport_init(Vm& vm, Arguments& arguments, bool asynchronous) {
    Bound bound;
    if (!arguments.bind(vm, "HTTPTransport.__init__",
                        "verify?, cert?, trust_env?, http1?, http2?, limits?, proxy?, uds?, "
                        "local_address?, retries?, socket_options?",
                        bound)) {
        return {};
    }
    TransportParts parts;
    parts.verify = bound.has("verify") ? bound["verify"] : Value::of(true);
    parts.cert = bound["cert"];
    parts.verify_because =
        bound.has("verify") ? because_argument(bound, "verify", true) : because_default(kCertifi);
    parts.cert_because = because_argument(bound, "cert", true);
    parts.trust_env = !bound["trust_env"].is_false();
    parts.asynchronous = asynchronous;
    parts.callable = asynchronous ? "httpx.AsyncHTTPTransport" : "httpx.HTTPTransport";
    parts.span = arguments.span();
    if (!read_proxy(vm, bound["proxy"], because_argument(bound, "proxy", true), parts.proxy))
        return {};
    const Value made = make_transport(vm, parts);
    if (made.is_null()) return {};
    Instance* self = program::as_instance(arguments.self);
    self->native = std::move(program::as_instance(made)->native);
    TransportState& state = *native_state<TransportState>(arguments.self);
    if (bound["retries"].is_int()) state.retries = bound["retries"].integer;
    if (as_str(bound["local_address"])) state.ipv4_only = is_ipv4(text_of(bound["local_address"]));
    if (as_str(bound["uds"])) state.unix_socket = std::string(text_of(bound["uds"]));
    use_limits(bound["limits"], state);
    return Value::none();
}
Value sync_transport_init(Vm& vm, Arguments& arguments) {
    return transport_init(vm, arguments, false);
}
Value async_transport_init(Vm& vm, Arguments& arguments) {
    return transport_init(vm, arguments, true);
}

Value proxy_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "Proxy.__init__", "url, *, ssl_context?, auth?, headers?", bound))
        return {};
    Value url = make_url(vm, bound["url"]);
    const Value headers = url.is_null() ? url : make_headers(vm, bound["headers"]);
    if (headers.is_null()) return {};
    Url parsed = url_of(url).url;
    const bool known =
        parsed.scheme == "http" || parsed.scheme == "https" || parsed.scheme.starts_with("socks5");
    if (!known && url_of(url).known) {
        return vm.raise(vm.types().value_error,
                        cat("Unknown scheme for proxy URL URL('", parsed.text(), "')"));
    }
    Value auth = bound.has("auth") ? bound["auth"] : Value::none();
    if (!parsed.userinfo.empty()) {
        const trust::Origin* origin = origin_of(vm, url_of(url).raw);
        auth = vm.tuple({vm.str(parsed.username(), origin), vm.str(parsed.password(), origin)});
        parsed.userinfo.clear();
        url = make_url(vm, parsed, plain(parsed.text()), url_of(url).known);
    }
    program::Namespace& attributes = program::as_instance(arguments.self)->attributes;
    attributes.set("url", url);
    attributes.set("auth", auth);
    attributes.set("headers", headers);
    attributes.set("ssl_context", bound.has("ssl_context") ? bound["ssl_context"] : Value::none());
    return Value::none();
}

// -- failures
// -------------------------------------------------------------------------------------- httpcore's
// exception becomes httpx's with the same text; httpcore's own causes are cut off.
Value mapped(Vm& vm, std::string_view name, const std::string& text, const Value& request) {
    const Value inner = vm.make_exception(vm.class_in("httpcore", name), text);
    program::as_exception(inner)->suppress_context = true;
    const Value made = vm.make_exception(class_of(vm, name), text);
    chain(made, inner, true);
    program::as_instance(made)->attributes.set("_request", request);
    return made;
}

Value raise_failure(Vm& vm, const Failure& failure, bool asynchronous, bool tls,
                    const Value& request) {
    const auto standard_text = [&] {
        std::string out;
        vm.to_str(standard_exception(vm, failure), out);
        return out;
    };
    std::string_view name = "ConnectError";
    std::string text;
    switch (failure.kind) {
        case Kind::None:
            return {};
        case Kind::Cancelled:
            return vm.raise_cancelled();
        case Kind::NoSuchName:
        case Kind::NoAddress:
        case Kind::ResolverFailed:
        case Kind::TlsFailed:
            text = standard_text();
            break;
        case Kind::Refused:
        case Kind::Unreachable:
            text = asynchronous ? "All connection attempts failed" : standard_text();
            break;
        case Kind::KernelGaveUp:
            if (!asynchronous) name = "ConnectTimeout";
            text = asynchronous ? "All connection attempts failed" : standard_text();
            break;
        case Kind::LookupTimedOut:
        case Kind::ConnectTimedOut:
        case Kind::TlsTimedOut:
            name = "ConnectTimeout";
            if (!asynchronous) text = standard_text();
            break;
        case Kind::TlsClosed:
            if (!asynchronous) text = standard_text();
            break;
        case Kind::TunnelRefused:
            name = "ProxyError";
            text = failure.text;
            break;
        case Kind::ReadTimedOut:
        case Kind::BodyTimedOut:
            name = "ReadTimeout";
            if (!asynchronous) text = tls ? "The read operation timed out" : "timed out";
            break;
        case Kind::ReadReset:
            name = "ReadError";
            if (!asynchronous) text = standard_text();
            break;
        case Kind::ReadTls:
            // anyio's stream lets it through, and httpcore maps only what it knows (FACTS 2).
            if (asynchronous) return vm.raise(standard_exception(vm, failure));
            name = "ReadError";
            text = standard_text();
            break;
        case Kind::ReadClosed:
            name = "RemoteProtocolError";
            text = "Server disconnected without sending a response.";
            break;
        case Kind::Malformed:
            name = "RemoteProtocolError";
            text = cat("illegal status line: bytearray(b'", failure.text, "')");
            break;
        case Kind::BodyIncomplete:
            name = "RemoteProtocolError";
            text = cat("peer closed connection without sending complete message body (",
                       failure.text, ")");
            break;
        case Kind::NameMismatch:
        case Kind::PinMismatch:
            break;
    }
    return vm.raise(mapped(vm, name, text, request));
}

TimeUs timeout_of(Vm& vm, const Value& request, std::string_view name) {
    program::Dict* extensions = as_dict(attribute(request, "extensions"));
    const Value* all = extensions ? extensions->find_text("timeout") : nullptr;
    program::Dict* timeouts = all ? as_dict(*all) : nullptr;
    const Value* value = timeouts ? timeouts->find_text(name) : nullptr;
    TimeUs out = 0;
    static_cast<void>(vm);
    if (value) seconds(*value, out);
    return out;
}

// The policy that the call is made with.
void fill_policy(Vm& vm, const TransportState& transport, const Value& request,
                 trust::OutboundCall& call) {
    trust::TrustPolicy& policy = call.policy;
    const RequestState& state = request_state(request);
    settings_of(transport).apply(policy);
    const std::string& host = call.host.value.text;
    std::string name = host;
    Because because = because_default("the URL's host (httpcore 1.0 connection.py)");
    program::Dict* extensions = as_dict(attribute(request, "extensions"));
    const Value* sni = extensions ? extensions->find_text("sni_hostname") : nullptr;
    const bool tunnel = !transport.proxy.url.host.empty();
    if (sni && !sni->is_none() && !tunnel) {  // not looked at inside a tunnel
        name = vm.symbolic(*sni).text;
        because = {BecauseKind::Argument, state.server_name.because.span, "extensions",
                   sni->origin};
    }
    policy.reference_identity = {name, because};
    policy.server_name = {is_address(name) ? "" : name, because};
    policy.redirects = state.redirects;
    policy.pins.because = because_default("httpx compares no fingerprints");
    policy.connect_timeout_us = {timeout_of(vm, request, "connect"),
                                 because_default("httpx timeout")};
    policy.read_timeout_us = {timeout_of(vm, request, "read"), because_default("httpx timeout")};
    const ProxyRoute& proxy = transport.proxy;
    policy.proxy.because = because_default("httpx: no proxy");
    if (!proxy.url.host.empty()) {
        policy.proxy = {{true, proxy.url.scheme, proxy.url.host, proxy.url.port_or_default(),
                         proxy.username, proxy.password},
                        proxy.because};
    }
}

// The connection goes back to the pool if it can be used again.
void give_back(Vm& vm, ResponseState& state) {
    if (state.link.connection && state.reader->done() && state.reader->keeps_alive() &&
        !state.close_asked && state.transport) {
        state.transport->pool.put(vm, state.link);
        state.link.connection = 0;
    } else if (state.transport) {
        state.transport->pool.gone(vm);
    }
    close_link(vm, state.link);
}

bool legal_value(const std::string& value) {
    if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) return false;
    return value.empty() || (value.front() != ' ' && value.back() != ' ' && value.front() != '\t' &&
                             value.back() != '\t');
}

Value send_over(Vm& vm, TransportState& transport, const Value& request) {
    const Value url_value = attribute(request, "url");
    const UrlState& url = url_of(url_value);
    RequestState& state = request_state(request);
    const HeaderMap& headers = header_attribute(request);
    const std::string method(text_of(attribute(request, "method")));
    if (url.known && url.url.scheme != "http" && url.url.scheme != "https") {
        const std::string text =
            url.url.scheme.empty()
                ? "Request URL is missing an 'http://' or 'https://' protocol."
                : cat("Request URL has an unsupported protocol '", url.url.scheme, "://'.");
        return vm.raise(mapped(vm, "UnsupportedProtocol", text, request));
    }
    trust::OutboundCall call;
    call.span = state.span;
    call.url_span = state.url_span;
    call.function = state.function;
    call.library = "httpx";
    call.callable = state.callable.empty() ? "httpx.Client.send" : state.callable;
    call.asynchronous = transport.asynchronous;
    call.method = method;
    call.asynchronous = transport.asynchronous;
    call.redirected_from = state.redirected_from;
    describe_target(call, url.raw, url.url, url.known, state.url_because);
    fill_policy(vm, transport, request, call);
    if (!transport.unix_socket.empty()) call.transport = trust::Transport::UnixSocket;
    const bool named = !call.policy.server_name.value.empty() || !call.host_is_address;
    if (!named) call.server_name_spelling = "extensions={\"sni_hostname\": $NAME}";
    const HeaderField* host = headers.find("host");
    if (host && host->value.text != url.url.netloc()) call.host_header = host->value;
    carry_url(call.data, url.raw);
    carry_headers(call.data, headers);
    call.data.insert(call.data.end(), state.body.data.begin(), state.body.data.end());
    mark_used(vm, transport.built);
    if (const TlsContext* context = as_tls_context(transport.context))
        mark_used(vm, context->built);

    auto answer = std::make_unique<ResponseState>();
    answer->origin =
        vm.origins().add(trust::OriginKind::Response, state.span, call.host.value.text);
    answer->asynchronous = transport.asynchronous;
    answer->started = vm.clock();
    const bool tls = call.transport == trust::Transport::Tls;
    const int id = announce(vm, call);
    state.call_id = answer->call_id = id;
    if (vm.checking()) {
        const Failure failure = decide_outcome(vm, call);
        vm.network().end_call(id, vm.clock());
        if (failure) return raise_failure(vm, failure, transport.asynchronous, tls, request);
        answer->unknown = answer->read = true;
        return make_response(vm, std::move(answer), 200, {});
    }
    if (!transport.unix_socket.empty()) {
        vm.network().end_call(id, vm.clock());
        return vm.not_modelled("httpx.HTTPTransport(uds=...)", state.span);
    }
    Route route;
    route.host = url.url.host;
    route.port = url.url.port_or_default();
    route.tls = tls;
    route.policy = call.policy;
    route.concurrent = route.lookup_limited = route.host_as_bytes = transport.asynchronous;
    route.ipv4_only = transport.ipv4_only;
    route.connect_timeout = call.policy.connect_timeout_us.value;
    route.read_timeout = call.policy.read_timeout_us.value;
    HeaderMap sent = headers;
    std::string target = url.url.target();
    const ProxyRoute& proxy = transport.proxy;
    if (!proxy.url.host.empty()) {
        route.proxied = true;
        route.tunnel = tls;
        route.proxy_host = proxy.url.host;
        route.proxy_port = proxy.url.port_or_default();
        route.proxy_tls = proxy.url.scheme == "https";
        TlsSettings outer = default_tls_settings();
        outer.roots.value.system = true;
        if (const TlsContext* context = as_tls_context(proxy.context)) outer = context->settings;
        outer.apply(route.proxy_policy);
        route.proxy_policy.reference_identity.value = proxy.url.host;
        route.proxy_policy.server_name.value = is_address(proxy.url.host) ? "" : proxy.url.host;
        HeaderMap extra;
        if (!proxy.username.empty() || !proxy.password.empty()) {
            extra.add("Proxy-Authorization", basic_credentials(proxy.username, proxy.password));
        }
        for (const HeaderField& field : proxy.headers.fields) extra.fields.push_back(field);
        if (tls) {
            route.connect_headers.add("Host", cat(route.host, ":", route.port));
            route.connect_headers.add("Accept", "*/*");
            route.connect_headers.update(extra);
        } else {
            target = url.url.text();
            if (url.url.path.empty()) target += "/";
            extra.update(headers);
            sent = extra;
        }
    }
    const std::string key = cat(url.url.scheme, "://", url.url.host, ":", route.port);
    Failure failure;
    if (!transport.pool.wait_turn(vm, timeout_of(vm, request, "pool"), failure)) {
        vm.network().end_call(id, vm.clock());
        if (failure.kind == Kind::Cancelled) return vm.raise_cancelled();
        return vm.raise(mapped(vm, "PoolTimeout", "", request));
    }
    Link link = transport.pool.take(vm, key, transport.keepalive);
    TimeUs pause = 0;
    if (!link.connection) failure = open_link(vm, route, link);
    for (std::int64_t left = route.proxied ? 0 : transport.retries;
         failure && left > 0 && failure.kind != Kind::Cancelled && failure.kind != Kind::ReadTls;
         --left) {
        vm.clock() += pause;
        pause = pause ? pause * 2 : 500'000;
        failure = open_link(vm, route, link);
    }
    auto reader = std::make_unique<ResponseReader>(method == "HEAD");
    if (!failure) {
        for (const HeaderField& field : sent.fields) {
            if (legal_value(field.value.text)) continue;
            close_link(vm, link);
            transport.pool.gone(vm);
            vm.network().end_call(id, vm.clock());
            std::string shown;
            vm.repr(vm.bytes(field.value.text), shown);
            return vm.raise(
                mapped(vm, "LocalProtocolError", cat("Illegal header value ", shown), request));
        }
        failure = send_request(
            vm, link,
            write_request(method, target, sent, state.body.bytes, headers.has("transfer-encoding")),
            route.read_timeout, *reader);
    }
    if (failure) {
        transport.pool.gone(vm);
        vm.network().end_call(id, vm.clock());
        return raise_failure(vm, failure, transport.asynchronous, tls, request);
    }
    link.key = key;
    answer->link = link;
    answer->transport = &transport;
    answer->tls = tls;
    answer->read_timeout = route.read_timeout;
    answer->reason = reader->reason;
    answer->close_asked = ascii_lower(headers.text("connection")) == "close";
    const int status = reader->status;
    HeaderMap received = reader->headers;
    answer->reader = std::move(reader);
    // Where others may wait for this connection, they must know when it is free again.
    if (transport.pool.most >= 0 && !state.streamed) {
        answer->fetched = true;
        answer->fetch_failure = read_body(vm, answer->link, route.read_timeout, *answer->reader);
        give_back(vm, *answer);
        answer->transport = nullptr;
    }
    return make_response(vm, std::move(answer), status, std::move(received));
}

Value native_handle(Vm& vm, Arguments& arguments) {
    TransportState* transport = native_state<TransportState>(arguments.self);
    if (!transport || arguments.positional.empty() ||
        !native_state<RequestState>(arguments.positional[0])) {
        return vm.raise(vm.types().type_error, "handle_request() needs a Request");
    }
    return send_over(vm, *transport, arguments.positional[0]);
}
Value native_handle_async(Vm& vm, Arguments& arguments) {
    return defer(vm, &native_handle, arguments);
}

Value transport_close(Vm& vm, Arguments& arguments) {
    if (TransportState* transport = native_state<TransportState>(arguments.self)) {
        transport->pool.close_all(vm);
    }
    return Value::none();
}
Value transport_aclose(Vm& vm, Arguments& arguments) {
    return defer(vm, &transport_close, arguments);
}
Value give_self(Vm&, Arguments& arguments) {
    return arguments.self;
}
Value give_self_async(Vm& vm, Arguments& arguments) {
    return defer(vm, &give_self, arguments);
}

}  // namespace

bool read_response(Vm& vm, const Value& response) {
    ResponseState* state = response_state(response);
    if (!state || state->read || state->unknown) return true;
    if (!state->reader) return true;
    const Value request = attribute(response, "_request");
    const Failure failure = state->fetched
                                ? state->fetch_failure
                                : read_body(vm, state->link, state->read_timeout, *state->reader);
    state->body = state->reader->body;
    if (failure) {
        state->closed = true;
        if (state->transport) state->transport->pool.gone(vm);
        vm.network().end_call(state->call_id, vm.clock());
        raise_failure(vm, failure, state->asynchronous, state->tls, request);
        return false;
    }
    state->read = true;
    // The codings that are asked for; the simulated network sends none of them, an attacker may
    // claim so.
    const std::string coding = ascii_lower(state->reader->headers.text("content-encoding"));
    close_response(vm, *state);
    if ((coding == "gzip" || coding == "deflate") && !state->body.empty()) {
        const Value error =
            vm.make_exception(class_of(vm, "DecodingError"),
                              "Error -3 while decompressing data: incorrect header check");
        program::as_instance(error)->attributes.set("_request", request);
        vm.raise(error);
        return false;
    }
    return true;
}

void close_response(Vm& vm, ResponseState& state) {
    if (state.closed) return;
    state.closed = true;
    if (!state.reader) return;
    give_back(vm, state);
    vm.network().end_call(state.call_id, vm.clock());
}

Value handle_request(Vm& vm, const Value& transport, const Value& request, bool asynchronous) {
    const std::string_view name = asynchronous ? "handle_async_request" : "handle_request";
    Value made;
    TransportState* native = native_state<TransportState>(transport);
    if (native && !vm.class_of(transport)->user_code) {
        // At once: an await in here would hold up the tasks whose frames are below this one.
        made = send_over(vm, *native, request);
    } else {
        made = vm.call_method(transport, name, {request});
        if (!made.is_null()) made = vm.await_if_needed(made);
    }
    if (made.is_null() && vm.error_is(class_of(vm, "RequestError"))) {
        program::as_instance(vm.error())->attributes.set("_request", request);
    }
    return made;
}

void install_transports(Vm& vm, Module& module) {
    Class* base = vm.make_class(module, "BaseTransport");
    vm.method(base, "close", &transport_close);
    vm.method(base, "__enter__", &give_self);
    vm.method(base, "__exit__", &transport_close);
    Class* async_base = vm.make_class(module, "AsyncBaseTransport");
    vm.method(async_base, "aclose", &transport_aclose);
    vm.method(async_base, "__aenter__", &give_self_async);
    vm.method(async_base, "__aexit__", &transport_aclose);
    Class* http = vm.make_class(module, "HTTPTransport", {base});
    vm.method(http, "__init__", &sync_transport_init);
    vm.method(http, "handle_request", &native_handle);
    Class* async_http = vm.make_class(module, "AsyncHTTPTransport", {async_base});
    vm.method(async_http, "__init__", &async_transport_init);
    vm.method(async_http, "handle_async_request", &native_handle_async);
    install_in_process(vm, module, base, async_base);
    vm.method(vm.make_class(module, "Proxy"), "__init__", &proxy_init);
}

}  // namespace wh::libraries::httpx
