// One TCP connection as the standard library uses it (Python 3.13: socket, ssl, asyncio's streams).
// What is asked of it and in which order is written in Python (socket.py, ssl's sockets,
// http.client.py, urllib.request.py, asyncio.streams.py); here calls are announced, trust is
// decided and bytes move.
#include "libraries/clients/_socket_wire.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/text.h"
#include "libraries/clients/_python_part.h"
#include "libraries/clients/_tls_context.h"
#include "libraries/shared/lookup.h"

namespace wh::libraries {

namespace {

using program::as_instance;
using program::native_state;
using program::NativeState;
using trust::Because;
using trust::BecauseKind;
using trust::NameCheck;
using trust::OutboundCall;
using trust::ReceiveResult;
using trust::SymbolicText;
using trust::TlsResult;
using Kind = Failure::Kind;

// How long an answer to what was sent before may take after shutdown(SHUT_WR).
constexpr TimeUs kHalfCloseUs = 2'000'000;

// A call that was announced.
struct Announced : NativeState {
    static constexpr char kType = 0;
    Announced() : NativeState(&kType) {}
    int id = 0;
    bool raw = false;  // a socket's own: what is sent is its data
};

struct Wire : NativeState {
    static constexpr char kType = 0;
    Wire() : NativeState(&kType) {}
    int connection = 0;
    int call = 0;
    bool raw = false;
    bool secured = false;  // TLS is on
    bool ended = false;    // the peer has closed
    bool shut = false;     // nothing more is sent: a peer that waits for more closes, too
    std::string buffer;    // received, not yet read
    const trust::Origin* origin = nullptr;
    trust::PeerCertificate peer;
    Failure refusal;  // checking: the certificate will be refused
};

OutboundCall* call_with(Vm& vm, int id) {
    std::vector<OutboundCall>& calls = vm.observations().calls;
    for (std::size_t i = calls.size(); i-- > 0;) {
        if (calls[i].id == id) return &calls[i];
    }
    return nullptr;
}

// What happens next belongs to this call.
void enter(Vm& vm, const Wire& wire) {
    const OutboundCall* call = vm.checking() ? nullptr : call_with(vm, wire.call);
    if (call) vm.network().begin_call(*call, vm.clock());
}

TimeUs until(Vm& vm, const Value& timeout) {
    TimeUs limit = 0;
    seconds(timeout, limit);
    const bool none = !timeout.is_int() && !timeout.is_float();
    return std::min(none || limit == 0 ? trust::kNoDeadline : vm.clock() + limit, vm.deadline());
}

Value fail(Vm& vm, const Failure& failure) {
    return failure.kind == Kind::Cancelled ? vm.raise_cancelled()
                                           : vm.raise(standard_exception(vm, failure));
}

Kind late(Vm& vm, Kind own) {
    return vm.clock() >= vm.deadline() ? Kind::Cancelled : own;
}

// -- what a call is about
// ---------------------------------------------------------------------------

// Chain, name, roots ... of a context, for the name that the peer must have.
void apply_context(Vm& vm, const Value& value, const SymbolicText& name, Because because,
                   trust::TrustPolicy& policy) {
    const TlsContext* context = as_tls_context(value);
    if (context && (context->protocol == 3 || context->protocol == 4)) {
        vm.not_modelled("a handshake with PROTOCOL_TLSv1 or PROTOCOL_TLSv1_1");
    }
    TlsSettings settings = context ? context->settings : unknown_tls_settings("context");
    if (context) mark_used(vm, context->built);
    settings.apply(policy);
    policy.reference_identity = {name.text, because};
    policy.server_name = {is_address(name.text) ? "" : name.text, std::move(because)};
}

void note_target(Vm& vm, OutboundCall& call, const Options& options) {
    options.describe(call);
    call.method = vm.symbolic(options.get("method")).text;
    // (place, index, keyword): where the pasted code names the host.
    const program::Tuple* target = as_tuple(options.get("target"));
    if (target && target->items.size() == 3) {
        if (const Place* where = native_state<Place>(target->items[0])) {
            call.url_span = where->argument(text_of(target->items[2]),
                                            static_cast<std::size_t>(target->items[1].integer));
            if (call.url_span.empty()) call.url_span = where->call;
        }
    }
    const Value host = options.get("host");
    Because because{BecauseKind::Argument, call.url_span, "host", host.origin};
    if (!host.is_null() && !text_argument(vm, host, call.host.value)) vm.take_error();
    call.host.because = because;
    call.url = {call.host.value, because};
    const Value url = options.get("url");
    if (!url.is_null()) call.url.value = vm.symbolic(url);
    if (options.get("port").is_int()) {
        call.port = static_cast<std::uint16_t>(options.get("port").integer);
    }
    call.host_is_address = is_address(call.host.value.text);
}

// announce(options): a call before its first packet. "raw": of a socket, of which nobody knows yet
// what will be spoken on it.
Value announce_call(Vm& vm, Arguments& arguments) {
    const Options options(vm, arguments.positional[0]);
    OutboundCall call;
    note_target(vm, call, options);
    const bool tls = options.on("tls"), raw = options.on("raw");
    call.transport = tls   ? trust::Transport::Tls
                     : raw ? trust::Transport::NotModelled
                           : trust::Transport::Cleartext;
    call.asynchronous = options.on("asynchronous");
    if (tls) {
        apply_context(vm, options.get("context"), call.host.value, call.host.because, call.policy);
    }
    HeaderMap map;
    if (!options.headers("headers", map)) return {};
    const HeaderField* host = map.find("host");
    if (host && options.on("own_host")) call.host_header = host->value;
    carry_url(call.data, call.url.value);
    carry_headers(call.data, map);
    const Value body = options.get("body");
    if (as_str(body) || as_bytes(body) || as_unknown(body)) {
        carry(call.data, trust::Carrier::Body, "", vm.symbolic(body));
    }
    TimeUs limit = 0;
    seconds(options.get("timeout"), limit);
    call.policy.connect_timeout_us = call.policy.read_timeout_us = {
        limit, because_default("timeout=, or socket.setdefaulttimeout (Python 3.13)")};
    call.policy.redirects = {
        {options.on("redirects"), 10, true},
        because_default("urllib.request.HTTPRedirectHandler follows and keeps headers")};
    const program::Tuple* proxy = as_tuple(options.get("proxy"));
    if (proxy && proxy->items.size() == 2) {
        trust::Proxy& through = call.policy.proxy.value;
        through.used = true;
        through.scheme = "http";
        through.host = vm.symbolic(proxy->items[0]).text;
        if (proxy->items[1].is_int()) {
            through.port = static_cast<std::uint16_t>(proxy->items[1].integer);
        }
        call.policy.proxy.because = because_default("urllib.request.ProxyHandler, set_tunnel");
    }
    const Announced* from = native_state<Announced>(options.get("redirected_from"));
    if (from) call.redirected_from = from->id;
    auto made = std::make_unique<Announced>();
    made->raw = raw;
    made->id = announce(vm, std::move(call));
    return vm.instance(vm.class_in("_socket", "Call"), std::move(made));
}

// -- connections
// ---------------------------------------------------------------------------------------
Wire* wire_of(Vm& vm, const Arguments& arguments) {
    program::Instance* self = as_instance(arguments.self);
    if (self && !self->native) self->native = std::make_unique<Wire>();
    Wire* wire = native_state<Wire>(arguments.self);
    if (!wire) vm.raise(vm.types().type_error, "not a connection");
    return wire;
}

// In checking, how the call ends is decided where it connects.
Failure decide_connect(Vm& vm, Wire& wire) {
    const OutboundCall* call = call_with(vm, wire.call);
    if (!call) return {};
    Failure failure = decide_outcome(vm, *call);
    if (failure.kind != Kind::TlsFailed) return failure;
    wire.refusal = failure;
    return {};
}

// open(address, port, timeout, call)
Value wire_open(Vm& vm, Arguments& arguments) {
    Wire* wire = wire_of(vm, arguments);
    Bound bound;
    if (!wire || !arguments.bind(vm, "open", "address, port, timeout, call", bound)) return {};
    const Announced* announced = native_state<Announced>(bound["call"]);
    const OutboundCall* call = announced ? call_with(vm, announced->id) : nullptr;
    if (!call) return vm.raise(vm.types().type_error, "not announced");
    wire->call = call->id;
    wire->raw = announced->raw;
    wire->origin = vm.origins().add(trust::OriginKind::Response, call->span, call->host.value.text);
    Failure failure;
    if (vm.checking()) {
        failure = decide_connect(vm, *wire);
        if (!failure) wire->connection = 1;
    } else {
        enter(vm, *wire);
        failure.address = vm.symbolic(bound["address"]).text;
        failure.port = static_cast<std::uint16_t>(bound["port"].integer);
        const trust::ConnectResult result = vm.network().connect(
            failure.address, failure.port, vm.clock(), until(vm, bound["timeout"]));
        wire->connection = result.connection;
        switch (result.status) {
            case trust::ConnectResult::Status::Connected:
                break;
            case trust::ConnectResult::Status::Refused:
                failure.kind = Kind::Refused;
                break;
            case trust::ConnectResult::Status::Unreachable:
                failure.kind = Kind::Unreachable;
                break;
            case trust::ConnectResult::Status::TimedOut:
                failure.kind =
                    result.kernel_gave_up ? Kind::KernelGaveUp : late(vm, Kind::ConnectTimedOut);
                break;
        }
    }
    return failure ? fail(vm, failure) : Value::none();
}

// The call whose connection this is from now on: a second request on a connection that is open.
Value wire_adopt(Vm& vm, Arguments& arguments) {
    Wire* wire = wire_of(vm, arguments);
    const Announced* call = native_state<Announced>(arguments.positional[0]);
    if (!wire || !call) return Value::none();
    const OutboundCall* before = call_with(vm, wire->call);
    OutboundCall* now = call_with(vm, call->id);
    if (before && now && before != now && wire->secured) {
        const trust::TrustPolicy policy = before->policy;
        const trust::Decided<trust::Redirects> redirects = now->policy.redirects;
        now->transport = before->transport;
        now->policy = policy;
        now->policy.redirects = redirects;
    }
    wire->call = call->id;
    wire->raw = false;
    if (now)
        wire->origin =
            vm.origins().add(trust::OriginKind::Response, now->span, now->host.value.text);
    return Value::none();
}

// start_tls(context, server_hostname, timeout, place)
Value wire_start_tls(Vm& vm, Arguments& arguments) {
    Wire* wire = wire_of(vm, arguments);
    Bound bound;
    if (!wire ||
        !arguments.bind(vm, "start_tls", "context, server_hostname, timeout, place", bound)) {
        return {};
    }
    OutboundCall* call = call_with(vm, wire->call);
    SymbolicText name;
    if (bound.has_value("server_hostname")) name = vm.symbolic(bound["server_hostname"]);
    const Place* place = native_state<Place>(bound["place"]);
    Because because = because_default("the host of the call (Python 3.13)");
    if (place && !place->keyword("server_hostname").empty()) {
        because = {BecauseKind::Argument, place->keyword("server_hostname"), "server_hostname",
                   bound["server_hostname"].origin};
    }
    trust::TrustPolicy policy;
    apply_context(vm, bound["context"], name, std::move(because), policy);
    if (name.text.empty() && policy.name_check.value == NameCheck::InHandshake) {
        // Recorded: without a name OpenSSL compares none, whatever check_hostname says.
        policy.name_check = {NameCheck::Off,
                             {BecauseKind::Argument, place ? place->call : vm.current_span(),
                              "no server_hostname", nullptr}};
    }
    const bool foreseen = call && call->transport == trust::Transport::Tls;
    if (call) {
        trust::TrustPolicy& kept = call->policy;
        policy.redirects = kept.redirects;
        policy.proxy = kept.proxy;
        policy.connect_timeout_us = kept.connect_timeout_us;
        policy.read_timeout_us = kept.read_timeout_us;
        kept = policy;
        call->transport = trust::Transport::Tls;
    }
    wire->secured = true;
    Failure failure;
    if (vm.checking()) {
        failure = wire->refusal;
        if (wire->raw && !foreseen && policy.chain_check.is(true) &&
            vm.decide(place ? place->call : vm.current_span(), 3, "outcome of the handshake") ==
                1) {
            failure.kind = Kind::TlsFailed;
            failure.tls = {true, 18, "CERTIFICATE_VERIFY_FAILED",
                           "certificate verify failed: self-signed certificate"};
        }
        wire->refusal = {};
        return failure ? fail(vm, failure) : Value::none();
    }
    enter(vm, *wire);
    const TlsResult result =
        vm.network().start_tls(wire->connection, policy, vm.clock(), until(vm, bound["timeout"]));
    switch (result.status) {
        case TlsResult::Status::Ok:
            break;
        case TlsResult::Status::Failed:
            failure.kind = Kind::TlsFailed;
            break;
        case TlsResult::Status::TimedOut:
            failure.kind = late(vm, Kind::TlsTimedOut);
            break;
        case TlsResult::Status::Closed:
            failure.kind = Kind::TlsClosed;
            break;
    }
    failure.tls = result.error;
    wire->peer = result.peer;
    return failure ? fail(vm, failure) : Value::none();
}

// Something is sent or read: what nobody has wrapped in TLS by now goes in plain text.
OutboundCall* in_use(Vm& vm, const Wire& wire) {
    OutboundCall* call = call_with(vm, wire.call);
    if (call && call->transport == trust::Transport::NotModelled) {
        call->transport = trust::Transport::Cleartext;
    }
    return call;
}

Value wire_send(Vm& vm, Arguments& arguments) {
    Wire* wire = wire_of(vm, arguments);
    if (!wire) return {};
    const Value data = arguments.positional[0];
    const SymbolicText text = vm.symbolic(data);
    OutboundCall* call = in_use(vm, *wire);
    if (call && wire->raw) {
        if (!text.parts.empty()) carry(call->data, trust::Carrier::Line, "", text);
    }
    if (vm.checking() || !wire->connection) return Value::none();
    enter(vm, *wire);
    vm.network().send(wire->connection, text.text, vm.clock());
    return Value::none();
}

// More bytes into the buffer. false: none will come, or an exception is raised.
bool fill(Vm& vm, Wire& wire, const Value& timeout) {
    if (wire.ended || !wire.connection) return false;
    enter(vm, wire);
    const TimeUs begun = vm.clock();
    const TimeUs limit = until(vm, timeout);
    ReceiveResult got = vm.network().receive(
        wire.connection, vm.clock(), wire.shut ? std::min(limit, begun + kHalfCloseUs) : limit);
    if (wire.shut && got.status == ReceiveResult::Status::TimedOut && vm.clock() < limit) {
        vm.clock() = begun;
        got.status = ReceiveResult::Status::Closed;
    }
    Failure failure;
    switch (got.status) {
        case ReceiveResult::Status::Data:
            wire.buffer += got.data;
            return true;
        case ReceiveResult::Status::Closed:
            wire.ended = true;
            return false;
        case ReceiveResult::Status::Reset:
            failure.kind = Kind::ReadReset;
            break;
        case ReceiveResult::Status::TimedOut:
            failure.kind = late(vm, Kind::ReadTimedOut);
            failure.text = wire.secured ? "The read operation timed out" : "timed out";
            break;
        case ReceiveResult::Status::TlsAlert:
            failure.kind = Kind::ReadTls;
            failure.tls = got.error;
            break;
    }
    fail(vm, failure);
    return false;
}

Value take(Vm& vm, Wire& wire, std::size_t size) {
    const std::string out = wire.buffer.substr(0, size);
    wire.buffer.erase(0, out.size());
    return vm.bytes(out, wire.origin);
}

Value unknown_bytes(Vm& vm, const Wire& wire) {
    in_use(vm, wire);
    return vm.unknown(wire.origin, "recv()", vm.types().bytes);  // each one may be the last
}

std::size_t size_of(const Value& value) {
    return value.is_int() && value.integer >= 0 ? static_cast<std::size_t>(value.integer)
                                                : std::string::npos;
}

// recv(size, timeout): what is there, or what comes next; b"" at the end.
Value wire_recv(Vm& vm, Arguments& arguments) {
    Wire* wire = wire_of(vm, arguments);
    Bound bound;
    if (!wire || !arguments.bind(vm, "recv", "size, timeout", bound)) return {};
    if (vm.checking()) return unknown_bytes(vm, *wire);
    if (wire->buffer.empty() && !fill(vm, *wire, bound["timeout"]) && vm.failed()) return {};
    return take(vm, *wire, size_of(bound["size"]));
}

// read(size, timeout): so many bytes, or all of them (-1), or what came until the end.
Value wire_read(Vm& vm, Arguments& arguments) {
    Wire* wire = wire_of(vm, arguments);
    Bound bound;
    if (!wire || !arguments.bind(vm, "read", "size, timeout", bound)) return {};
    if (vm.checking()) return unknown_bytes(vm, *wire);
    const std::size_t size = size_of(bound["size"]);
    while (wire->buffer.size() < size && fill(vm, *wire, bound["timeout"])) {
    }
    return vm.failed() ? Value() : take(vm, *wire, size);
}

// read_until(separator, limit, timeout): up to and with the separator, or what came until the end.
Value wire_read_until(Vm& vm, Arguments& arguments) {
    Wire* wire = wire_of(vm, arguments);
    Bound bound;
    if (!wire || !arguments.bind(vm, "read_until", "separator, limit, timeout", bound)) return {};
    if (vm.checking()) return unknown_bytes(vm, *wire);
    const std::string separator = vm.symbolic(bound["separator"]).text;
    const std::size_t limit = size_of(bound["limit"]);
    for (;;) {
        const std::size_t at = wire->buffer.find(separator);
        const std::size_t end = at == std::string::npos ? at : at + separator.size();
        if (end != std::string::npos || wire->buffer.size() >= limit) {
            return take(vm, *wire, std::min(end, limit));
        }
        if (!fill(vm, *wire, bound["timeout"])) break;
    }
    return vm.failed() ? Value() : take(vm, *wire, std::string::npos);
}

Value wire_close(Vm& vm, Arguments& arguments) {
    Wire* wire = wire_of(vm, arguments);
    if (!wire) return {};
    if (wire->connection && !vm.checking()) {
        enter(vm, *wire);
        vm.network().close(wire->connection, vm.clock());
        if (wire->call) vm.network().end_call(wire->call, vm.clock());
    }
    wire->connection = 0;
    return Value::none();
}

Value wire_shut(Vm& vm, Arguments& arguments) {
    Wire* wire = wire_of(vm, arguments);
    if (wire) wire->shut = true;
    return wire ? Value::none() : Value();
}

Value wire_peer_closed(Vm& vm, Arguments& arguments) {
    const Wire* wire = wire_of(vm, arguments);
    if (!wire) return {};
    return Value::of(!vm.checking() && wire->buffer.empty() &&
                     (wire->ended || !wire->connection ||
                      vm.network().peer_closed(wire->connection, vm.clock())));
}

Value wire_local_port(Vm& vm, Arguments& arguments) {
    const Wire* wire = wire_of(vm, arguments);
    if (!wire) return {};
    return Value::of(static_cast<int>(vm.network().local_port(wire->connection)));
}

// certificate(): (DNS names, addresses, common name, PEM); None: there is none.
Value wire_certificate(Vm& vm, Arguments& arguments) {
    const Wire* wire = wire_of(vm, arguments);
    if (!wire) return {};
    if (vm.checking()) return vm.unknown(wire->origin, "certificate");
    if (wire->peer.pem.empty()) return Value::none();
    std::vector<Value> names, addresses;
    for (const std::string& name : wire->peer.dns_names) {
        names.push_back(vm.str(name, wire->origin));
    }
    for (const std::string& address : wire->peer.addresses) {
        addresses.push_back(vm.str(address, wire->origin));
    }
    return vm.tuple({vm.list(std::move(names)), vm.list(std::move(addresses)),
                     vm.str(wire->peer.common_name, wire->origin),
                     vm.str(wire->peer.pem, wire->origin)});
}

// unknown(label): in checking, something of the answer that nobody knows.
Value wire_unknown(Vm& vm, Arguments& arguments) {
    const Wire* wire = wire_of(vm, arguments);
    if (!wire) return {};
    program::Class* shape =
        arguments.positional.size() > 1 ? as_class(arguments.positional[1]) : nullptr;
    const std::string_view label = text_of(arguments.positional[0]);
    const bool headers = label == "response.headers" || label == "getheader()";
    return vm.unknown(headers ? headers_of_answer(vm, wire->origin) : wire->origin, label, shape);
}

}  // namespace

void install_wire(Vm& vm, Module& module) {
    vm.library_state<SocketLoaded>("socket:loaded").loaded = true;
    vm.make_class(module, "Call");
    struct Row {
        const char* name;
        program::NativeFunction function;
    };
    static constexpr Row kMethods[] = {
        {"open", &wire_open},
        {"adopt", &wire_adopt},
        {"start_tls", &wire_start_tls},
        {"send", &wire_send},
        {"recv", &wire_recv},
        {"read", &wire_read},
        {"read_until", &wire_read_until},
        {"close", &wire_close},
        {"shut", &wire_shut},
        {"peer_closed", &wire_peer_closed},
        {"local_port", &wire_local_port},
        {"certificate", &wire_certificate},
        {"unknown", &wire_unknown},
    };
    Class* wire = vm.make_class(module, "Wire");
    for (const Row& row : kMethods) vm.method(wire, row.name, row.function);
    vm.function(module, "announce", &announce_call);
    install_helpers(vm, module);
}

}  // namespace wh::libraries
