// aiohttp 3.11.16: what touches the network. Each step can be awaited; what goes wrong comes back
// as the standard library's exception, or as a tuple whose first item names the stage.
#include "libraries/clients/_aiohttp_wire.h"

#include <algorithm>

#include "base/text.h"
#include "libraries/shared/body.h"
#include "libraries/shared/lookup.h"
#include "program/vm.h"

namespace wh::libraries {

using program::Arguments;
using program::Class;
using program::Module;
using program::native_state;
using trust::ConnectResult;
using Kind = Failure::Kind;

namespace {

struct Wire : program::NativeState {
    static constexpr char kType = 0;
    Wire() : NativeState(&kType) {}
    Link link;
    std::unique_ptr<ResponseReader> reader;
    const trust::Origin* origin = nullptr;
    TimeUs read_timeout = 0;
    Value peer;  // (address, port)
};

AiohttpCall* call_of(const Arguments& arguments, std::size_t index = 0) {
    return index < arguments.positional.size()
               ? native_state<AiohttpCall>(arguments.positional[index])
               : nullptr;
}

Value staged(Vm& vm, const char* stage, const Value& more = Value::none()) {
    return vm.tuple({vm.str(stage), more});
}

// A failure of the steps before the request, as the standard library raises it.
Value raise_standard(Vm& vm, const Failure& failure) {
    if (failure.kind == Kind::Cancelled) return vm.raise_cancelled();
    return vm.raise(standard_exception(vm, failure));
}

// In checking the whole call is decided at once; each step then plays its part of it.
const Failure& outcome(Vm& vm, AiohttpCall& call) {
    if (!call.decided) call.outcome = decide_outcome(vm, call.call);
    call.decided = true;
    return call.outcome;
}
// Nothing comes until the limit that stands nearest strikes.
Value wait_for_ever(Vm& vm) {
    if (vm.deadline() == trust::kNoDeadline) return {};
    vm.clock() = std::max(vm.clock(), vm.deadline());
    return vm.raise_cancelled();
}

// resolve(call, host, family): addresses, IPv6 first; of one family only it is asked for.
Value resolve_now(Vm& vm, Arguments& arguments) {
    AiohttpCall* call = call_of(arguments);  // null: a resolver on its own
    const std::string host = vm.symbolic(arguments.positional[1]).text;
    if (vm.checking()) {
        const Failure failure = call ? outcome(vm, *call) : Failure();
        if (failure.is_lookup()) return raise_standard(vm, failure);
        return vm.list({vm.str("192.0.2.1")});
    }
    const std::int64_t family =
        arguments.positional[2].is_int() ? arguments.positional[2].integer : 0;
    const auto record = family == 10 ? trust::RecordType::Aaaa : trust::RecordType::A;
    const trust::LookupResult result =
        family ? vm.network().query(host, record, vm.clock(), vm.deadline())
               : vm.network().get_address_info(host, vm.clock(), vm.deadline());
    Failure failure;
    using Status = trust::LookupResult::Status;
    switch (result.status) {
        case Status::Ok:
            break;
        case Status::NoSuchName:
            failure.kind = Kind::NoSuchName;
            break;
        case Status::NoData:
            failure.kind = Kind::NoAddress;
            break;
        case Status::ServerFailure:
            failure.kind = Kind::ResolverFailed;
            break;
        case Status::TimedOut:
            failure.kind = vm.clock() >= vm.deadline() ? Kind::Cancelled : Kind::ResolverFailed;
            break;
    }
    if (!failure && result.values.empty()) failure.kind = Kind::NoAddress;
    if (failure) return raise_standard(vm, failure);
    std::vector<Value> out;
    const trust::Origin* origin =
        vm.origins().add(trust::OriginKind::Response, vm.current_span(), cat("DNS: ", host));
    for (const std::string& address : result.values) out.push_back(vm.str(address, origin));
    return vm.list(std::move(out));
}

Value wire_object(Vm& vm, const AiohttpCall& call, int connection, const Value& peer) {
    auto state = std::make_unique<Wire>();
    state->link.connection = connection;
    state->origin = call.origin;
    state->peer = peer;
    return vm.instance(vm.class_in("_aiohttp", "Wire"), std::move(state));
}

int error_number(const ConnectResult& result) {
    return result.status == ConnectResult::Status::Refused       ? 111
           : result.status == ConnectResult::Status::Unreachable ? 101
                                                                 : 110;
}

// connect(call, [(address, port)], delay): a Wire, or the errno of each attempt. The next attempt
// starts when one fails or, if there is a delay, after it (aiohappyeyeballs 2.6 start_connection).
Value connect_now(Vm& vm, Arguments& arguments) {
    AiohttpCall* call = call_of(arguments);
    std::vector<Value> pairs;
    if (!call || !vm.collect(arguments.positional[1], pairs)) return {};
    TimeUs delay = 0;
    const bool staggered = seconds(arguments.positional[2], delay) && pairs.size() > 1;
    if (vm.checking()) {
        const Failure& failure = outcome(vm, *call);
        if (failure.kind == Kind::ConnectTimedOut) {
            const Value cancelled = wait_for_ever(vm);
            return vm.failed() ? cancelled : vm.list({Value::of(110)});
        }
        return failure.kind == Kind::Refused ? vm.list({Value::of(111)})
                                             : wire_object(vm, *call, 0, vm.tuple());
    }
    std::vector<Value> failures;
    const TimeUs deadline = vm.deadline();
    TimeUs start = vm.clock(), last = start, best = trust::kNoDeadline;
    int connection = 0;
    Value peer;
    bool limited = false;
    for (const Value& each : pairs) {
        const program::Tuple* pair = as_tuple(each);
        if (!pair || pair->items.size() < 2 || start >= std::min(best, deadline)) break;
        TimeUs now = start;
        const ConnectResult result = vm.network().connect(
            vm.symbolic(pair->items[0]).text, static_cast<std::uint16_t>(pair->items[1].integer),
            now, std::min(best, deadline));
        if (result.status == ConnectResult::Status::Connected) {
            if (connection) vm.network().close(connection, now);
            connection = result.connection;
            peer = each;
            best = now;
        } else {
            failures.push_back(Value::of(error_number(result)));
            limited = limited ||
                      (result.status == ConnectResult::Status::TimedOut && !result.kernel_gave_up);
            last = std::max(last, now);
        }
        start = staggered ? std::max(std::min(now, start + delay), vm.clock()) : now;
    }
    vm.clock() = connection ? best : last;
    if (connection) return wire_object(vm, *call, connection, peer);
    if (limited && vm.clock() >= deadline) return vm.raise_cancelled();
    return vm.list(std::move(failures));
}

Wire* wire_of(Vm& vm, const Value& self) {
    Wire* wire = native_state<Wire>(self);
    if (!wire) vm.raise(vm.types().type_error, "not a connection");
    return wire;
}

// start_tls(call, with_proxy): the handshake of that call, or of its proxy. Raises ssl's
// exceptions.
Value start_tls_now(Vm& vm, Arguments& arguments) {
    Wire* wire = wire_of(vm, arguments.self);
    AiohttpCall* call = call_of(arguments);
    if (!wire || !call) return {};
    if (vm.checking()) {
        const Failure& failure = outcome(vm, *call);
        return failure.kind == Kind::TlsFailed ? raise_standard(vm, failure) : Value::none();
    }
    const trust::TlsResult result = vm.network().start_tls(
        wire->link.connection,
        arguments.positional[1].is_true() ? call->proxy_policy : call->call.policy, vm.clock(),
        vm.deadline());
    Failure failure;
    failure.tls = result.error;
    using Status = trust::TlsResult::Status;
    switch (result.status) {
        case Status::Ok:
            wire->link.peer = result.peer;
            return Value::none();
        case Status::Failed:
            failure.kind = Kind::TlsFailed;
            break;
        case Status::TimedOut:
            failure.kind = Kind::Cancelled;
            break;
        case Status::Closed:
            break;
    }
    close_link(vm, wire->link);
    // asyncio.sslproto: the end of the stream during the handshake.
    return failure ? raise_standard(vm, failure)
                   : vm.raise(vm.make_exception(vm.types().connection_reset_error,
                                                std::vector<Value>{}));
}
Value wire_start_tls(Vm& vm, Arguments& arguments) {
    return defer(vm, &start_tls_now, arguments);
}

Value stage_of(Vm& vm, const Failure& failure) {
    const Kind kind = failure.kind;
    if (kind == Kind::Cancelled) return vm.raise_cancelled();
    if (kind == Kind::ReadTimedOut || kind == Kind::BodyTimedOut) return staged(vm, "timeout");
    if (kind == Kind::ReadReset || kind == Kind::ReadTls)
        return staged(vm, "broken", standard_exception(vm, failure));
    if (kind == Kind::Malformed) return staged(vm, "malformed", vm.bytes(failure.text));
    return staged(vm, "closed");
}

// exchange(method, target, headers, body, chunked, read_timeout): sends, and reads the head of the
// answer: ("head", (status, version, reason, [(name, value)], complete)) or a stage.
Value exchange_now(Vm& vm, Arguments& arguments) {
    Wire* wire = wire_of(vm, arguments.self);
    if (!wire) return {};
    const std::vector<Value>& given = arguments.positional;
    const trust::Origin* origin = wire->origin;
    if (vm.checking()) return staged(vm, "unknown");
    HeaderMap headers;
    std::vector<Value> pairs;
    if (!vm.collect(given[2], pairs)) return {};
    for (const Value& each : pairs) {
        const program::Tuple* pair = as_tuple(each);
        headers.add(vm.symbolic(pair->items[0]).text, vm.symbolic(pair->items[1]));
    }
    wire->read_timeout = 0;
    seconds(given[5], wire->read_timeout);
    const std::string method = vm.symbolic(given[0]).text;
    wire->reader = std::make_unique<ResponseReader>(method == "HEAD" || method == "CONNECT");
    ResponseReader& reader = *wire->reader;
    const Failure failure =
        send_request(vm, wire->link,
                     write_request(method, vm.symbolic(given[1]).text, headers,
                                   vm.symbolic(given[3]).text, given[4].is_true()),
                     wire->read_timeout, reader);
    if (failure) return stage_of(vm, failure);
    std::vector<Value> fields;
    for (const HeaderField& field : reader.headers.fields) {
        fields.push_back(vm.tuple({vm.str(field.name), vm.str(field.value.text, origin)}));
    }
    return staged(vm, "head",
                  vm.tuple({Value::of(reader.status).with_origin(origin), vm.str(reader.version),
                            vm.str(reader.reason, origin), vm.list(std::move(fields)),
                            Value::of(reader.done())}));
}
Value wire_exchange(Vm& vm, Arguments& arguments) {
    return defer(vm, &exchange_now, arguments);
}

// body(): ("body", bytes), or a stage; what came before that is in received().
Value body_now(Vm& vm, Arguments& arguments) {
    Wire* wire = wire_of(vm, arguments.self);
    if (!wire || !wire->reader) return {};
    const Failure failure = read_body(vm, wire->link, wire->read_timeout, *wire->reader);
    if (!failure) return staged(vm, "body", vm.bytes(wire->reader->body, wire->origin));
    if (failure.kind != Kind::BodyIncomplete) return stage_of(vm, failure);
    return staged(vm, wire->reader->chunked() ? "chunked" : "length");
}
Value wire_body(Vm& vm, Arguments& arguments) {
    return defer(vm, &body_now, arguments);
}
Value wire_received(Vm& vm, Arguments& arguments) {
    Wire* wire = wire_of(vm, arguments.self);
    return wire ? vm.bytes(wire->reader ? wire->reader->body : "", wire->origin) : Value();
}

// After an upgrade: bytes as they come; b"" at the end.
Value receive_now(Vm& vm, Arguments& arguments) {
    Wire* wire = wire_of(vm, arguments.self);
    if (!wire) return {};
    if (wire->reader) {
        const std::string rest = wire->reader->take_rest();
        if (!rest.empty()) return vm.bytes(rest, wire->origin);
    }
    if (!wire->link.connection) return vm.bytes("");
    const trust::ReceiveResult got =
        vm.network().receive(wire->link.connection, vm.clock(), vm.deadline());
    if (got.status == trust::ReceiveResult::Status::TimedOut) return vm.raise_cancelled();
    return vm.bytes(got.data, wire->origin);
}
Value wire_receive(Vm& vm, Arguments& arguments) {
    return defer(vm, &receive_now, arguments);
}
Value wire_send(Vm& vm, Arguments& arguments) {
    Wire* wire = wire_of(vm, arguments.self);
    if (!wire) return {};
    if (wire->link.connection) {
        vm.network().send(wire->link.connection, vm.symbolic(arguments.positional[0]).text,
                          vm.clock());
    }
    return Value::none();
}
Value wire_close(Vm& vm, Arguments& arguments) {
    if (Wire* wire = wire_of(vm, arguments.self)) close_link(vm, wire->link);
    return Value::none();
}
Value wire_is_open(Vm& vm, Arguments& arguments) {
    const Wire* wire = wire_of(vm, arguments.self);
    return Value::of(wire && wire->link.connection &&
                     !vm.network().peer_closed(wire->link.connection, vm.clock()));
}
Value wire_keeps_alive(Vm& vm, Arguments& arguments) {
    const Wire* wire = wire_of(vm, arguments.self);
    return Value::of(wire && wire->reader && wire->reader->keeps_alive());
}
Value wire_peer(Vm& vm, Arguments& arguments) {
    const Wire* wire = wire_of(vm, arguments.self);
    return wire ? wire->peer : Value();
}
// The SHA-256 of the certificate that was shown, hex.
Value wire_fingerprint(Vm& vm, Arguments& arguments) {
    const Wire* wire = wire_of(vm, arguments.self);
    return wire ? vm.str(wire->link.peer.sha256) : Value();
}

Value call_end(Vm& vm, Arguments& arguments) {
    if (const AiohttpCall* call = native_state<AiohttpCall>(arguments.self)) {
        vm.network().end_call(call->call.id, vm.clock());
    }
    return Value::none();
}
Value call_id(Vm&, Arguments& arguments) {
    const AiohttpCall* call = native_state<AiohttpCall>(arguments.self);
    return Value::of(call ? call->call.id : 0);
}
// what(label): a part of the answer that nobody knows (checking).
Value call_what(Vm& vm, Arguments& arguments) {
    const AiohttpCall* call = native_state<AiohttpCall>(arguments.self);
    const std::string_view label = text_of(arguments.positional[0]);
    Class* shape = label == "response.text"     ? vm.types().str
                   : label == "response.status" ? vm.types().integer
                   : label == "response.read()" ? vm.types().bytes
                                                : nullptr;
    if (!call) return {};
    const bool headers = label == "response.headers";
    return vm.unknown(headers ? headers_of_answer(vm, call->origin) : call->origin, label, shape);
}

Value resolve(Vm& vm, Arguments& arguments) {
    return defer(vm, &resolve_now, arguments);
}
Value connect(Vm& vm, Arguments& arguments) {
    return defer(vm, &connect_now, arguments);
}

}  // namespace

void install_aiohttp_wire(Vm& vm, Module& module) {
    Class* call = vm.make_class(module, "Call");
    vm.method(call, "end", &call_end);
    vm.method(call, "id", &call_id);
    vm.method(call, "what", &call_what);
    Class* wire = vm.make_class(module, "Wire");
    static constexpr struct {
        const char* name;
        program::NativeFunction function;
    } kMethods[] = {{"start_tls", &wire_start_tls},
                    {"exchange", &wire_exchange},
                    {"body", &wire_body},
                    {"received", &wire_received},
                    {"receive", &wire_receive},
                    {"send", &wire_send},
                    {"close", &wire_close},
                    {"is_open", &wire_is_open},
                    {"keeps_alive", &wire_keeps_alive},
                    {"fingerprint", &wire_fingerprint},
                    {"peer", &wire_peer}};
    for (const auto& each : kMethods) vm.method(wire, each.name, each.function);
    vm.function(module, "resolve", &resolve);
    vm.function(module, "connect", &connect);
    vm.function(module, "call", &aiohttp_call);
}

}  // namespace wh::libraries
