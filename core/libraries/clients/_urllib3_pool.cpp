// urllib3 2.3.0: connection.py (HTTPSConnection.connect), connectionpool.py (_make_request).
#include "libraries/clients/_urllib3_pool.h"

#include "base/text.h"
#include "libraries/shared/body.h"
#include "libraries/shared/lookup.h"

namespace wh::libraries {

using program::as_instance;
using program::native_state;
using trust::Because;
using trust::BecauseKind;
using trust::NameCheck;
using trust::SymbolicText;
using Kind = Failure::Kind;

namespace {

constexpr std::string_view kSource = "urllib3 2.3 connection.py";

// cert_reqs or, for requests, verify: Null where only the context decides.
bool wants_verification(const Value& value, bool otherwise) {
    if (value.is_int()) return value.integer != 0;
    return value.is_null() ? otherwise : !value.is_false();
}

Value stage(Vm& vm, const char* name, const Value& what, bool at_proxy = false) {
    return vm.tuple({vm.str(name), what, Value::of(at_proxy)});
}

// Errors of the task that tries become values for the Python part.
Value taken(Vm& vm, const char* name) {
    return stage(vm, name, vm.take_error());
}

}  // namespace

Value stage_of(Vm& vm, const Failure& failure) {
    const char* name = "connect";
    Value what;
    switch (failure.kind) {
        case Kind::TlsFailed:
        case Kind::TlsClosed:
        case Kind::TlsTimedOut:
            name = "tls";
            break;
        case Kind::NameMismatch:
            name = "name";
            what = vm.str(failure.text);
            break;
        case Kind::PinMismatch:
            name = "pin";
            what = vm.str(failure.text);
            break;
        case Kind::TunnelRefused:
            name = "tunnel";
            what = vm.str(failure.text);
            break;
        case Kind::ReadClosed:
            name = "closed";
            what = vm.str("");
            break;
        case Kind::Malformed:
            name = "malformed";
            what = vm.str(failure.text);
            break;
        case Kind::BodyIncomplete:
            name = "incomplete";
            what = vm.str(failure.text);
            break;
        case Kind::ReadTimedOut:
        case Kind::ReadReset:
        case Kind::ReadTls:
        case Kind::BodyTimedOut:
            name = "read";
            break;
        case Kind::None:
        case Kind::NoSuchName:
        case Kind::NoAddress:
        case Kind::ResolverFailed:
        case Kind::LookupTimedOut:
        case Kind::Refused:
        case Kind::Unreachable:
        case Kind::ConnectTimedOut:
        case Kind::KernelGaveUp:
        case Kind::Cancelled:
            break;
    }
    if (what.is_null()) what = standard_exception(vm, failure);
    return what.is_null() ? what : stage(vm, name, what, failure.at_proxy);
}

Value urllib3_policy(Vm& vm, const Options& options, const std::string& host,
                     trust::TrustPolicy& policy) {
    TlsContext* context = as_tls_context(options.get("ssl_context"));
    const Value foreign = options.get("ssl_context");
    TlsSettings settings = context             ? context->settings
                           : foreign.is_null() ? default_tls_settings()
                                               : unknown_tls_settings("ssl_context");
    const Value cert_reqs = options.get("cert_reqs");
    const Value assert_hostname = options.get("assert_hostname");
    const std::string fingerprint = options.text("assert_fingerprint");
    const bool asserts = assert_hostname.is_false() || as_str(assert_hostname) ||
                         as_unknown(assert_hostname) || !fingerprint.empty();
    const bool verify = wants_verification(cert_reqs, context ? settings.chain_check.value : true);
    const Because verify_because = options.because("cert_reqs", "urllib3 2.3: CERT_REQUIRED");
    Value wrong = options.get("wrong");
    if (!wrong.is_null()) wrong = stage(vm, "setup", wrong);
    if (context) {
        mark_used(vm, context->built);
        if (!verify && settings.name_check.value == NameCheck::InHandshake) {
            vm.raise(vm.types().value_error,
                     "Cannot set verify_mode to CERT_NONE when check_hostname is enabled.");
            wrong = taken(vm, "setup");
        }
        if (!cert_reqs.is_null()) settings.chain_check = {verify, verify_because};
    } else if (foreign.is_null()) {
        settings.strict.value = settings.partial_chain.value = false;
        settings.common_name_fallback.value = false;
        settings.chain_check = {verify, verify_because};
        settings.name_check.because = verify_because;
        if (!verify) settings.name_check.value = NameCheck::Off;
        settings.roots = default_roots(vm);
        for (const char* name : {"ca_certs", "ca_cert_dir", "ca_cert_data"}) {
            if (!options.get(name).is_null()) settings.roots.value = {false, {}, {}};
        }
    }
    if (asserts) settings.name_check.value = NameCheck::Off;
    for (const char* name : {"ca_certs", "ca_cert_dir"}) {
        const std::string path = options.text(name);
        if (path.empty() || !wrong.is_null()) continue;
        if (as_unknown(options.get(name))) {
            settings.roots = {{false, {path}, {}}, options.because(name, kSource)};
        } else if (is_folder(vm, path) && !is_system_bundle(path)) {
            settings.roots.value.files.push_back(path);
            settings.roots.because = options.because(name, kSource);
        } else if (!add_roots(vm, settings, path, options.because(name, kSource))) {
            wrong = taken(vm, "ca");
        }
    }
    if (!options.text("ca_cert_data").empty()) {
        settings.roots.value.pem.push_back(options.text("ca_cert_data"));
        settings.roots.because = options.because("ca_cert_data", kSource);
    }
    if (!options.text("cert_file").empty() && wrong.is_null() &&
        !use_certificate(vm, settings, options.text("cert_file"), options.text("key_file"),
                         options.because("cert_file", kSource))) {
        wrong = taken(vm, "setup");
    }
    const Value minimum = options.get("ssl_minimum_version");
    if (minimum.is_int()) {
        const auto version = minimum.integer == 769   ? trust::TlsVersion::Tls10
                             : minimum.integer == 770 ? trust::TlsVersion::Tls11
                             : minimum.integer == 772 ? trust::TlsVersion::Tls13
                                                      : trust::TlsVersion::Tls12;
        settings.minimum_tls = {version, options.because("ssl_minimum_version", kSource)};
    }
    // All this stays in a context that was given: FACTS 14, and requests' own one, which all its
    // sessions share.
    if (context && wrong.is_null()) {
        const TlsSettings before = context->settings;
        context->settings = settings;
        context->verify_mode = verify ? 2 : 0;
        context->settings.chain_check.because = before.chain_check.because;
        context->settings.name_check.because = before.name_check.because;
    }
    settings.apply(policy);

    const std::string given = options.text("server_hostname");
    std::string name = given.empty() ? host : given;
    while (name.ends_with('.')) name.pop_back();
    const Because named = options.because("server_hostname", "the URL's host (urllib3 2.3)");
    policy.server_name = {is_address(name) ? "" : name, named};
    policy.reference_identity = {name, named};
    if (!fingerprint.empty()) {
        std::string pin = ascii_lower(fingerprint);
        std::erase(pin, ':');
        if (pin.size() == 32 || pin.size() == 40) {
            vm.not_modelled("assert_fingerprint with MD5 or SHA-1");
        }
        policy.pins = {{pin}, options.because("assert_fingerprint", kSource)};
        policy.name_check = {NameCheck::Off, policy.pins.because};
    } else if (assert_hostname.is_false()) {
        policy.name_check = {NameCheck::Off, options.because("assert_hostname", kSource)};
    } else if (policy.chain_check.value && asserts) {
        policy.reference_identity = {vm.symbolic(assert_hostname).text,
                                     options.because("assert_hostname", kSource)};
        policy.name_check = {NameCheck::AfterHandshake, policy.reference_identity.because};
    } else if (policy.chain_check.value && policy.name_check.value == NameCheck::Off) {
        policy.name_check = {NameCheck::AfterHandshake,
                             because_default("urllib3 compares the name itself (urllib3 2.3)")};
    }
    return wrong;
}

namespace {

// The proxy's part of the options. Null: fine.
Value read_proxy(Vm& vm, const Options& options, Route& route, trust::TrustPolicy& policy) {
    policy.proxy.because = options.because("proxy", "no proxy");
    const Value proxy = options.get("proxy");
    if (proxy.is_null()) return {};
    const Options of(vm, proxy);
    const Value port = of.get("port");
    route.proxied = true;
    route.tunnel = of.on("tunnel");
    route.proxy_host = of.text("host");
    route.proxy_port = static_cast<std::uint16_t>(port.is_int() ? port.integer : 80);
    route.proxy_tls = of.text("scheme") == "https";
    policy.proxy.value = {true,
                          of.text("scheme"),
                          route.proxy_host,
                          route.proxy_port,
                          of.text("user"),
                          of.text("password")};
    if (!of.headers("headers", route.connect_headers)) return taken(vm, "setup");
    if (!route.proxy_tls) return {};
    return urllib3_policy(vm, of, route.proxy_host, route.proxy_policy);
}

// A limit that strikes while TLS reads has words of its own.
Failure told_by_tls(Failure failure, bool tls) {
    if (tls && failure.is_timeout()) failure.text = "The read operation timed out";
    return failure;
}

Value answer_object(Vm& vm, std::unique_ptr<AnswerState> state, int id) {
    const ResponseReader& reader = *state->reader;
    const trust::Origin* origin = state->origin;
    const bool unknown = state->unknown;
    const Value made =
        vm.instance(vm.class_in("urllib3.response", "HTTPResponse"), std::move(state));
    program::Namespace& attributes = as_instance(made)->attributes;
    std::vector<Value> fields;
    for (const HeaderField& field : reader.headers.fields) {
        fields.push_back(vm.tuple({vm.str(field.name), vm.str(field.value.text, origin)}));
    }
    attributes.set("status", unknown
                                 ? vm.unknown(origin, "response.status_code", vm.types().integer)
                                 : Value::of(reader.status).with_origin(origin));
    attributes.set("reason", unknown ? vm.unknown(origin, "response.reason", vm.types().str)
                                     : vm.str(reader.reason, origin));
    attributes.set("_fields", vm.list(std::move(fields)));
    attributes.set("_unknown", Value::of(unknown));
    attributes.set("_call", Value::of(id));
    return made;
}

}  // namespace

Value urllib3_attempt(Vm& vm, Arguments& arguments) {
    const Options options(vm, arguments.positional.empty() ? Value() : arguments.positional[0]);
    trust::OutboundCall call;
    options.describe(call);
    const SymbolicText raw = vm.symbolic(options.get("url"));
    Url url;
    std::string error;
    parse_url(masked(raw), UrlHabits::Urllib3, url, error);
    describe_target(call, raw, url, raw.fully_known(),
                    {BecauseKind::Argument, call.url_span, "url", origin_of(vm, raw)});
    Route route;
    route.host = options.text("host");
    const Value port = options.get("port");
    route.port = static_cast<std::uint16_t>(port.is_int() ? port.integer : call.port);
    route.tls = options.on("tls");
    options.limit("connect_timeout", route.connect_timeout);
    options.limit("read_timeout", route.read_timeout);
    Value wrong;
    if (route.tls) wrong = urllib3_policy(vm, options, route.host, call.policy);
    const Value wrong_proxy = read_proxy(vm, options, route, call.policy);
    if (!wrong_proxy.is_null()) wrong = wrong_proxy;
    call.policy.connect_timeout_us = {route.connect_timeout,
                                      options.because("timeout", "no time limit")};
    call.policy.read_timeout_us = {route.read_timeout, call.policy.connect_timeout_us.because};
    const bool keeps = options.on("keeps_auth");
    call.policy.redirects = {
        {options.on("redirects"), 30, keeps},
        options.because(keeps ? "keeps_auth" : "redirects", "redirects are followed")};
    route.policy = call.policy;

    HeaderMap headers;
    if (!options.headers("headers", headers)) return {};
    const HeaderField* host = headers.find("host");
    const std::string netloc = url.netloc();
    if (host && host->value.text != netloc) call.host_header = host->value;
    carry_url(call.data, raw);
    carry_headers(call.data, headers);
    const Value carried = options.get("carried");
    if (!carried.is_null()) carry_value(vm, call.data, "", carried);
    Body body;
    const Value content = options.get("body");
    if (!content.is_null()) {
        if (!raw_body(vm, content, body)) return {};
        if (carried.is_null())
            call.data.insert(call.data.end(), body.data.begin(), body.data.end());
    }
    const bool chunked = body.chunked || options.on("chunked");
    if (!host) {
        headers.fields.insert(headers.fields.begin(), {"Host", plain(options.text("host_header"))});
    }
    if (chunked) headers.set_default("Transfer-Encoding", "chunked");
    if (options.get("built").is_int())
        mark_used(vm, static_cast<int>(options.get("built").integer));

    auto state = std::make_unique<AnswerState>();
    state->pool_object = options.get("connections");
    state->pool = native_state<Connections>(state->pool_object);
    state->origin = vm.origins().add(trust::OriginKind::Response, call.span, call.host.value.text);
    state->unknown = vm.checking();
    state->read_timeout = route.read_timeout;
    state->asked_to_close = ascii_lower(headers.text("connection")) == "close";
    state->reader = std::make_unique<ResponseReader>(call.method == "HEAD");
    const int id = announce(vm, call);
    call.id = id;
    Failure failure;
    Link& link = state->link;
    if (vm.checking()) {
        failure = decide_outcome(vm, call);
    } else {
        if (state->pool) link = state->pool->pool.take(vm, "", 0);
        if (!link.connection) {
            if (!wrong.is_null()) route.tls = route.proxy_tls = false;  // it fails after connecting
            failure = open_link(vm, route, link);
        } else {
            wrong = {};
        }
        if (!failure && wrong.is_null()) {
            failure = send_request(
                vm, link,
                write_request(call.method, options.text("target"), headers, body.bytes, chunked),
                route.read_timeout, *state->reader);
        }
    }
    vm.network().end_call(id, vm.clock());
    state->tls = route.tls;
    if (failure.kind == Kind::Cancelled) return vm.raise_cancelled();
    if (failure) return stage_of(vm, told_by_tls(failure, route.tls));
    if (!wrong.is_null()) {
        close_link(vm, link);
        return wrong;
    }
    return answer_object(vm, std::move(state), id);
}

// -- the answer
namespace {

AnswerState* answer_of(Vm& vm, const Value& self) {
    AnswerState* state = native_state<AnswerState>(self);
    if (!state) vm.raise(vm.types().type_error, "not a response of the network");
    return state;
}

void release(Vm& vm, AnswerState& state) {
    if (!state.link.connection) return;
    if (state.reader->keeps_alive() && !state.asked_to_close && state.pool) {
        state.pool->pool.put(vm, state.link);
        state.link.connection = 0;
    } else {
        close_link(vm, state.link);
    }
}

// _body(): all of it as bytes, each time; or a stage.
Value answer_body(Vm& vm, Arguments& arguments) {
    AnswerState* state = answer_of(vm, arguments.self);
    if (!state) return {};
    if (state->unknown) return vm.unknown(state->origin, "response.content", vm.types().bytes);
    if (!state->read) {
        const Failure failure = read_body(vm, state->link, state->read_timeout, *state->reader);
        if (failure.kind == Kind::Cancelled) return vm.raise_cancelled();
        if (failure) return stage_of(vm, told_by_tls(failure, state->tls));
        state->read = true;
        release(vm, *state);
    }
    return vm.bytes(state->reader->body, state->origin);
}
Value answer_expected(Vm& vm, Arguments& arguments) {
    const AnswerState* state = answer_of(vm, arguments.self);
    if (!state) return {};
    const auto got = static_cast<std::int64_t>(state->reader->body.size());
    if (state->reader->chunked()) return Value::none();
    return vm.tuple({Value::of(got), Value::of(state->reader->expected() - got)});
}
Value answer_release(Vm& vm, Arguments& arguments) {
    AnswerState* state = answer_of(vm, arguments.self);
    if (!state) return {};
    if (!state->unknown) release(vm, *state);
    return Value::none();
}
Value answer_close(Vm& vm, Arguments& arguments) {
    AnswerState* state = answer_of(vm, arguments.self);
    if (!state) return {};
    close_link(vm, state->link);
    return Value::none();
}
// _what(label): a value that nobody knows, made of this answer (checking).
Value answer_what(Vm& vm, Arguments& arguments) {
    AnswerState* state = answer_of(vm, arguments.self);
    if (!state) return {};
    const std::string_view label = text_of(arguments.positional[0]);
    const bool headers = label == "response.headers";
    return vm.unknown(headers ? headers_of_answer(vm, state->origin) : state->origin, label);
}
Value answer_is_error(Vm& vm, Arguments&) {
    return Value::of(vm.decide(vm.current_span(), 2, "the answer is an error (raise_for_status)") ==
                     1);
}

}  // namespace

void install_answer(Vm& vm, Module& module) {
    Class* answer = vm.make_class(module, "Answer");
    vm.method(answer, "_body", &answer_body);
    vm.method(answer, "_missing", &answer_expected);
    vm.method(answer, "_what", &answer_what);
    vm.method(answer, "_is_error", &answer_is_error);
    vm.method(answer, "_release", &answer_release);
    vm.method(answer, "_close", &answer_close);
}

}  // namespace wh::libraries
