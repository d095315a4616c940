// websockets 15.0.1, the native part: one connection. The client itself is written in Python
// (websockets.*.py beside this).
#include "base/text.h"
#include "libraries/clients/_urllib3_pool.h"

namespace wh::libraries {

using program::as_instance;
using program::native_state;
using program::NativeState;
using trust::BecauseKind;
using trust::SymbolicText;

namespace {

struct Socket : NativeState {
    static constexpr char kType = 0;
    Socket() : NativeState(&kType) {}
    trust::OutboundCall call;
    Route route;
    Link link;
    HeaderMap headers;
    std::string buffer;
    const trust::Origin* origin = nullptr;
    bool failed = false;
};

Socket* socket_of(Vm& vm, const Value& self) {
    Socket* state = native_state<Socket>(self);
    if (!state) vm.raise(vm.types().runtime_error, "not a connection");
    return state;
}

// Socket(options): url, tls, host, port, ssl, server_hostname, headers, proxy ...
Value socket_init(Vm& vm, Arguments& arguments) {
    const Options options(vm, arguments.positional[0]);
    auto state = std::make_unique<Socket>();
    trust::OutboundCall& call = state->call;
    options.describe(call);
    const SymbolicText raw = vm.symbolic(options.get("url"));
    Url url;
    std::string error;
    parse_url(masked(raw), UrlHabits::Urllib3, url, error);
    describe_target(call, raw, url, raw.fully_known(),
                    {BecauseKind::Argument, call.url_span, "uri", origin_of(vm, raw)});
    const Value port = options.get("port");
    Route& route = state->route;
    route.host = options.text("host");
    route.tls = options.on("tls");
    call.port = route.port = static_cast<std::uint16_t>(port.is_int() ? port.integer : 443);
    call.asynchronous = options.on("asynchronous");
    call.transport = route.tls ? trust::Transport::Tls : trust::Transport::Cleartext;
    options.limit("timeout", route.connect_timeout);
    if (route.tls) {
        const Value given = options.get("ssl");
        TlsContext* context = as_tls_context(given);
        TlsSettings settings = context           ? context->settings
                               : given.is_null() ? default_tls_settings()
                                                 : unknown_tls_settings("ssl");
        if (context) mark_used(vm, context->built);
        if (given.is_null()) settings.roots = default_roots(vm);
        settings.apply(call.policy);
        const std::string name = options.text("server_hostname");
        const trust::Because named = options.because("server_hostname", "the URI's host");
        call.policy.server_name = {is_address(name) ? "" : name, named};
        call.policy.reference_identity = {name, named};
    }
    call.server_name_spelling = "server_hostname=$NAME";
    call.policy.proxy.because = options.because("proxy", "no proxy");
    const Value proxy = options.get("proxy");
    if (!proxy.is_null()) {
        const Options of(vm, proxy);
        route.proxied = route.tunnel = true;
        route.proxy_host = of.text("host");
        route.proxy_port = static_cast<std::uint16_t>(of.get("port").integer);
        route.proxy_tls = of.text("scheme") == "https";
        call.policy.proxy.value = {true,
                                   of.text("scheme"),
                                   route.proxy_host,
                                   route.proxy_port,
                                   of.text("user"),
                                   of.text("password")};
        if (!of.headers("headers", route.connect_headers)) return {};
        TlsContext* context = as_tls_context(of.get("ssl"));
        TlsSettings settings = context ? context->settings : default_tls_settings();
        if (!context) settings.roots = default_roots(vm);
        settings.apply(route.proxy_policy);
        route.proxy_policy.server_name.value = is_address(route.proxy_host) ? "" : route.proxy_host;
        route.proxy_policy.reference_identity.value = route.proxy_host;
    }
    route.policy = call.policy;
    if (!options.headers("headers", state->headers)) return {};
    const HeaderField* host = state->headers.find("host");
    if (host && host->value.text != options.text("host_header")) call.host_header = host->value;
    carry_url(call.data, raw);
    carry_headers(call.data, state->headers);
    state->origin = vm.origins().add(trust::OriginKind::Response, call.span, call.host.value.text);
    as_instance(arguments.self)->native = std::move(state);
    return Value::none();
}

// open(): None, or a stage.
Value socket_open(Vm& vm, Arguments& arguments) {
    Socket* state = socket_of(vm, arguments.self);
    if (!state) return {};
    state->call.id = announce(vm, state->call);
    const Failure failure =
        vm.checking() ? decide_outcome(vm, state->call) : open_link(vm, state->route, state->link);
    state->failed = static_cast<bool>(failure);
    if (!failure) return Value::none();
    vm.network().end_call(state->call.id, vm.clock());
    if (failure.kind == Failure::Kind::Cancelled) return vm.raise_cancelled();
    const Value stage = stage_of(vm, failure);
    std::vector<Value> fields;
    for (const HeaderField& field : failure.headers.fields) {
        fields.push_back(vm.tuple({vm.str(field.name), vm.str(field.value)}));
    }
    return vm.tuple({as_tuple(stage)->items[0], as_tuple(stage)->items[1],
                     as_tuple(stage)->items[2], vm.str(failure.address), Value::of(failure.port),
                     vm.list(std::move(fields))});
}

// handshake(target, seconds): (status, reason, headers, body), or a stage.
Value socket_handshake(Vm& vm, Arguments& arguments) {
    Socket* state = socket_of(vm, arguments.self);
    if (!state) return {};
    if (vm.checking()) {
        return vm.tuple({Value::of(101), vm.str(""), vm.list(), vm.bytes("")});
    }
    TimeUs limit = 0;
    seconds(arguments.positional[1], limit);
    ResponseReader reader(false);
    Failure failure = send_request(
        vm, state->link,
        write_request("GET", vm.symbolic(arguments.positional[0]).text, state->headers, "", false),
        limit, reader);
    if (!failure && reader.status != 101) failure = read_body(vm, state->link, limit, reader);
    if (failure.kind == Failure::Kind::Cancelled) return vm.raise_cancelled();
    if (failure) return stage_of(vm, failure);
    std::vector<Value> fields;
    for (const HeaderField& field : reader.headers.fields) {
        fields.push_back(vm.tuple({vm.str(field.name), vm.str(field.value.text, state->origin)}));
    }
    return vm.tuple({Value::of(reader.status).with_origin(state->origin),
                     vm.str(reader.reason, state->origin), vm.list(std::move(fields)),
                     vm.bytes(reader.body, state->origin)});
}

// send(opcode, payload): one masked frame (RFC 6455 section 5.2).
Value socket_send(Vm& vm, Arguments& arguments) {
    Socket* state = socket_of(vm, arguments.self);
    if (!state) return {};
    const Value& payload = arguments.positional[1];
    const auto opcode = static_cast<unsigned char>(arguments.positional[0].integer);
    if ((opcode & 15) < 8) {
        std::vector<trust::OutboundCall>& calls = vm.observations().calls;
        for (trust::OutboundCall& call : calls) {
            if (call.id == state->call.id) carry_value(vm, call.data, "", payload);
        }
    }
    if (vm.checking() || !state->link.connection) return Value::none();
    const std::string data = vm.symbolic(payload).text;
    const std::uint64_t random = vm.random();
    std::string frame{static_cast<char>(opcode)};
    const std::size_t size = data.size();
    if (size < 126) {
        frame += static_cast<char>(0x80 | size);
    } else {
        const int bytes = size < 65536 ? 2 : 8;
        frame += static_cast<char>(0x80 | (bytes == 2 ? 126 : 127));
        for (int i = bytes - 1; i >= 0; --i) frame += static_cast<char>(size >> (8 * i) & 255);
    }
    std::string mask;
    for (int i = 0; i < 4; ++i) mask += static_cast<char>(random >> (8 * i) & 255);
    frame += mask;
    for (std::size_t i = 0; i < size; ++i) frame += static_cast<char>(data[i] ^ mask[i % 4]);
    vm.network().send(state->link.connection, frame, vm.clock());
    return Value::none();
}

// pending(seconds): will something arrive in that time without anybody's further doing?
Value socket_pending(Vm& vm, Arguments& arguments) {
    Socket* state = socket_of(vm, arguments.self);
    TimeUs wait = 0;
    if (!state || !seconds(arguments.positional[0], wait)) return {};
    TimeUs until = vm.clock() + (wait > 0 ? wait : 3600'000'000);
    until = std::min(until, vm.deadline());
    return Value::of(state->link.connection != 0 &&
                     vm.network().peer_closed(state->link.connection, until));
}

// receive(seconds): the frames that came, [(first byte, payload)]; [] at the limit; None: closed.
Value socket_receive(Vm& vm, Arguments& arguments) {
    Socket* state = socket_of(vm, arguments.self);
    if (!state) return {};
    TimeUs wait = 0;
    seconds(arguments.positional[0], wait);
    const TimeUs own = wait > 0 ? vm.clock() + wait : trust::kNoDeadline;
    const trust::ReceiveResult got =
        vm.network().receive(state->link.connection, vm.clock(), std::min(own, vm.deadline()));
    using Status = trust::ReceiveResult::Status;
    if (got.status == Status::TimedOut) {
        return vm.clock() >= vm.deadline() ? vm.raise_cancelled() : vm.list();
    }
    if (got.status != Status::Data) return Value::none();
    std::string& in = state->buffer;
    in += got.data;
    std::vector<Value> frames;
    for (;;) {
        if (in.size() < 2) break;
        std::size_t size = static_cast<unsigned char>(in[1]) & 127U;
        const std::size_t extra = size == 126 ? 2 : size == 127 ? 8 : 0;
        if (in.size() < 2 + extra) break;
        if (extra) size = 0;
        for (std::size_t i = 0; i < extra; ++i) {
            size = size << 8 | static_cast<unsigned char>(in[2 + i]);
        }
        if (in.size() - 2 - extra < size) break;
        frames.push_back(vm.tuple({Value::of(static_cast<unsigned char>(in[0])),
                                   vm.bytes(in.substr(2 + extra, size), state->origin)}));
        in.erase(0, 2 + extra + size);
    }
    return vm.list(std::move(frames));
}

Value socket_close(Vm& vm, Arguments& arguments) {
    Socket* state = socket_of(vm, arguments.self);
    if (!state) return {};
    if (state->link.connection) vm.network().end_call(state->call.id, vm.clock());
    close_link(vm, state->link);
    return Value::none();
}
// what(label): a message that nobody knows (checking).
Value socket_what(Vm& vm, Arguments& arguments) {
    Socket* state = socket_of(vm, arguments.self);
    return state ? vm.unknown(state->origin, std::string(text_of(arguments.positional[0])),
                              vm.types().str)
                 : Value();
}
Value socket_call(Vm& vm, Arguments& arguments) {
    Socket* state = socket_of(vm, arguments.self);
    return state ? Value::of(state->call.id) : Value();
}

void install_native(Vm& vm, Module& module) {
    Class* socket = vm.make_class(module, "Socket");
    vm.method(socket, "__init__", &socket_init);
    vm.method(socket, "open", &socket_open);
    vm.method(socket, "handshake", &socket_handshake);
    vm.method(socket, "send", &socket_send);
    vm.method(socket, "pending", &socket_pending);
    vm.method(socket, "receive", &socket_receive);
    vm.method(socket, "close", &socket_close);
    vm.method(socket, "what", &socket_what);
    vm.method(socket, "call", &socket_call);
    install_python_part(vm, module);
}

constexpr std::string_view kSource = "websockets 15.0.1 asyncio/client.py";
constexpr Meaning kMeanings[] = {
    {"websockets.connect, websockets.sync.client.connect", "uri",
     "wss: chain and name are verified; ws: everything goes in plain text.", "reality f01, p72"},
    {"websockets.connect, websockets.sync.client.connect", "ssl",
     "A context decides as it says; without one, ssl.create_default_context().", "reality p72"},
    {"websockets.connect, websockets.sync.client.connect", "server_hostname",
     "This name is sent to the server and looked for, instead of the URI's host.", "reality p72"},
    {"websockets.connect", "host, port",
     "Where the connection goes; the name that is looked for stays the URI's.", "reality p72"},
    {"websockets.connect, websockets.sync.client.connect", "proxy",
     "True, the default: the proxy that the environment names; None: none.", "reality p75"},
    {"websockets.connect", "proxy_ssl", "The context for TLS to an https:// proxy.", kSource},
    {"websockets", "env wss_proxy, ws_proxy, https_proxy, http_proxy, no_proxy",
     "Connections go through that proxy.", "reality p75"},
    {"websockets.connect", "open_timeout", "10 seconds unless given; None: no limit.", kSource},
    {"websockets.connect", "(redirects)",
     "Followed, with all additional_headers, also to another host; but not from wss to ws.",
     "reality p73"},
    {"websockets.legacy.client.connect", "extra_headers, ssl, server_hostname",
     "As additional_headers, ssl and server_hostname.", "reality p76"},
};
constexpr ModuleInstaller kModules[] = {{"_websockets", &install_native}};

}  // namespace

const Library& library_websockets() {
    static const Library library{"websockets", "15.0.1", "WebSocket client",
                                 true,         kModules, kMeanings};
    return library;
}

}  // namespace wh::libraries
