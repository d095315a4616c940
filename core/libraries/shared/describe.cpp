// What is known about outbound calls and where values come from: the second half of fetch.h.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "libraries/shared/fetch.h"

namespace wh::libraries {

using program::Bound;
using trust::Because;
using trust::BecauseKind;
using trust::CarriedData;
using trust::Carrier;
using trust::OutboundCall;
using trust::SymbolicText;
using trust::Transport;
using Kind = Failure::Kind;

namespace {

Value os_exception(Vm& vm, program::Class* cls, int number, std::string text) {
    return vm.make_exception(cls, std::vector<Value>{Value::of(number), vm.str(std::move(text))});
}

}  // namespace

Value tls_exception(Vm& vm, const trust::TlsError& error, bool reading) {
    program::Class* cls =
        vm.class_in("ssl", error.certificate ? "SSLCertVerificationError" : "SSLError");
    // The line numbers are those of Python 3.13's _ssl.c (do_handshake and read).
    const std::string text =
        cat("[SSL: ", error.reason, "] ", error.message, " (_ssl.c:", reading ? 2650 : 1029, ")");
    const Value made = os_exception(vm, cls, 1, text);
    vm.set_attribute(made, "library", vm.str("SSL"));
    vm.set_attribute(made, "reason", vm.str(error.reason));
    if (error.certificate) {
        constexpr std::string_view kLead = "certificate verify failed: ";
        const bool led = error.message.starts_with(kLead);
        vm.set_attribute(made, "verify_code", Value::of(error.verify_code));
        vm.set_attribute(made, "verify_message",
                         vm.str(led ? error.message.substr(kLead.size()) : error.message));
    }
    return made;
}

Value standard_exception(Vm& vm, const Failure& failure) {
    const program::Builtins& types = vm.types();
    const auto lookup = [&vm](int number, const char* text) {
        return os_exception(vm, vm.class_in("socket", "gaierror"), number, text);
    };
    switch (failure.kind) {
        case Kind::NoSuchName:
            return lookup(-2, "Name or service not known");
        case Kind::NoAddress:
            return lookup(-5, "No address associated with hostname");
        case Kind::ResolverFailed:
            return lookup(-3, "Temporary failure in name resolution");
        case Kind::Refused:
            return os_exception(vm, types.connection_refused_error, 111, "Connection refused");
        case Kind::Unreachable:
            return os_exception(vm, types.os_error, 101, "Network is unreachable");
        case Kind::KernelGaveUp:
            return os_exception(vm, types.timeout_error, 110, "Connection timed out");
        case Kind::LookupTimedOut:
        case Kind::ConnectTimedOut:
            return vm.make_exception(types.timeout_error, "timed out");
        case Kind::TlsTimedOut:
            return vm.make_exception(types.timeout_error,
                                     "_ssl.c:1029: The handshake operation timed out");
        case Kind::ReadTimedOut:
        case Kind::BodyTimedOut:
            return vm.make_exception(types.timeout_error,
                                     failure.text.empty() ? "timed out" : failure.text);
        case Kind::TlsFailed:
            return tls_exception(vm, failure.tls, false);
        case Kind::ReadTls:
            return tls_exception(vm, failure.tls, true);
        case Kind::TlsClosed:
            return os_exception(vm, vm.class_in("ssl", "SSLEOFError"), 8,
                                "[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of "
                                "protocol (_ssl.c:1029)");
        case Kind::ReadReset:
            return os_exception(vm, types.connection_reset_error, 104, "Connection reset by peer");
        case Kind::None:
        case Kind::NameMismatch:
        case Kind::PinMismatch:
        case Kind::TunnelRefused:
        case Kind::ReadClosed:
        case Kind::Malformed:
        case Kind::BodyIncomplete:
        case Kind::Cancelled:
            break;
    }
    return {};
}

int announce(Vm& vm, OutboundCall call) {
    call.id = vm.next_call_id();
    if (call.function.empty()) call.function = vm.current_function();
    if (call.span.empty()) call.span = vm.current_span();
    vm.network().begin_call(call, vm.clock());
    vm.observations().calls.push_back(std::move(call));
    return vm.observations().calls.back().id;
}

Failure decide_outcome(Vm& vm, const OutboundCall& call) {
    Failure failure;
    if (call.transport == Transport::InProcess) return failure;
    failure.address = call.host.value.text;
    failure.port = call.port;
    const bool by_tls = call.transport == Transport::Tls && !call.policy.chain_check.is(false);
    switch (vm.decide(call.span, 5, cat("outcome of ", call.method, " ", call.url.value.text))) {
        case 0:
            break;
        case 1:
            failure.kind = by_tls ? Kind::TlsFailed : Kind::Refused;
            failure.tls = {true, 18, "CERTIFICATE_VERIFY_FAILED",
                           "certificate verify failed: self-signed certificate"};
            break;
        case 3:
            failure.kind = Kind::ConnectTimedOut;
            break;
        case 4:
            failure.kind = Kind::NoSuchName;
            break;
        default:
            failure.kind = Kind::Refused;
            break;
    }
    return failure;
}

int note_client(Vm& vm, std::string_view library, std::string_view callable, Span span,
                const trust::TrustPolicy& policy) {
    trust::BuiltClient made;
    made.span = span.empty() ? vm.current_span() : span;
    made.function = vm.current_function();
    made.library = std::string(library);
    made.callable = std::string(callable);
    made.policy = policy;
    vm.observations().clients.push_back(std::move(made));
    return static_cast<int>(vm.observations().clients.size()) - 1;
}

void mark_used(Vm& vm, int client) {
    std::vector<trust::BuiltClient>& clients = vm.observations().clients;
    if (client >= 0 && static_cast<std::size_t>(client) < clients.size()) {
        clients[static_cast<std::size_t>(client)].used = true;
    }
}

void carry(std::vector<CarriedData>& to, Carrier carrier, std::string_view name,
           const SymbolicText& value, bool secret) {
    if (to.size() >= 60) return;
    secret = secret || holds_secret(value) || trust::names_a_secret(name);
    to.push_back({carrier, std::string(name), value, secret});
}

void carry_headers(std::vector<CarriedData>& to, const HeaderMap& headers) {
    for (const HeaderField& field : headers.fields) {
        if (ascii_equal_ignoring_case(field.name, "cookie")) {
            carry(to, Carrier::Cookie, "Cookie", field.value, true);
            continue;
        }
        const std::string name = ascii_lower(field.name);
        const bool credentials = name == "authorization" || name == "proxy-authorization";
        if (name == "host" || name == "content-type" || name == "content-length" ||
            name.starts_with("sec-websocket-")) {
            continue;
        }
        if (credentials || !field.value.parts.empty()) {
            carry(to, Carrier::Header, field.name, field.value, credentials);
        }
    }
}

void carry_value(Vm& vm, std::vector<CarriedData>& to, const std::string& name, const Value& value,
                 int depth) {
    if (to.size() >= 40 || depth > 6) return;
    if (const program::Dict* dict = as_dict(value)) {
        for (const program::Dict::Entry& entry : dict->entries) {
            if (!entry.live) continue;
            std::string key = vm.symbolic(entry.key).text;
            carry_value(vm, to, name.empty() ? key : cat(name, ".", key), entry.value, depth + 1);
        }
        return;
    }
    const program::List* list = as_list(value);
    const program::Tuple* tuple = as_tuple(value);
    if (list || tuple) {
        const std::vector<Value>& items = list ? list->items : tuple->items;
        for (const Value& item : items) carry_value(vm, to, name + "[]", item, depth + 1);
        return;
    }
    SymbolicText text;
    if (as_str(value) || as_bytes(value) || as_unknown(value)) {
        text = vm.symbolic(value);
    } else {
        std::string shown;
        if (!value.is_object() && vm.to_str(value, shown)) text = text_from(shown, value.origin);
    }
    const std::size_t dot = name.rfind('.');
    const bool secret =
        trust::is_secret(value.origin) ||
        trust::names_a_secret(dot == std::string::npos ? name : name.substr(dot + 1));
    carry(to, Carrier::Body, name, text, secret);
}

void carry_url(std::vector<CarriedData>& to, const SymbolicText& url) {
    const auto [begin, end] = host_range(url.text);
    const std::size_t at = url.text.rfind('@', end);
    if (at != std::string::npos && at < begin && at >= 3) {
        const std::size_t slashes = url.text.find("//");
        carry(to, Carrier::UserInfo, "", slice(url, slashes + 2, at), true);
    }
    const std::size_t query = std::min(url.text.find('?'), url.text.size());
    for (const trust::TextPart& part : url.parts) {
        if (part.begin < end || part.begin >= query || !part.origin) continue;
        if (part.origin->kind == trust::OriginKind::Literal) continue;
        carry(to, Carrier::Path, part.origin->name, slice(url, part.begin, part.end));
    }
    std::size_t from = query + 1;
    while (from < url.text.size()) {
        const std::size_t next = std::min(url.text.find('&', from), url.text.size());
        const std::size_t equals = std::min(url.text.find('=', from), next);
        carry(to, Carrier::Query, url.text.substr(from, equals - from),
              slice(url, std::min(equals + 1, next), next));
        from = next + 1;
    }
}

void describe_target(OutboundCall& call, const SymbolicText& raw, const Url& url, bool url_known,
                     Because because) {
    call.url = {raw, because};
    SymbolicText host;
    const auto [begin, end] = host_range(masked(raw));
    if (end > begin) {
        host = slice(raw, begin, end);
        if (host.fully_known()) host.text = ascii_lower(host.text);
    } else if (!raw.fully_known()) {
        // The part that holds the host is not known.
        host = slice(raw, 0, raw.parts.empty() ? raw.text.size() : raw.parts[0].end);
    }
    call.host = {std::move(host), std::move(because)};
    call.host_is_address = is_address(call.host.value.text);
    const std::string_view scheme = url_known ? url.scheme : std::string_view("https");
    const bool cleartext = raw.text.starts_with("http://") || scheme == "http" || scheme == "ws";
    // An unknown scheme is taken for https: what is said about the certificate holds for it.
    call.transport = cleartext ? Transport::Cleartext : Transport::Tls;
    int port = url_known ? url.port_or_default() : 0;
    if (!url_known && end > begin && end < raw.text.size() && raw.text[end] == ':') {
        // The port may be written although the path is not known.
        for (std::size_t at = end + 1; at < raw.text.size() && port < 65536; ++at) {
            const char digit = raw.text[at];
            if (digit < '0' || digit > '9') break;
            port = port * 10 + (digit - '0');
        }
    }
    if (port <= 0 || port > 65535) port = cleartext ? 80 : 443;
    call.port = static_cast<std::uint16_t>(port);
}

Because because_default(std::string_view source) {
    return {BecauseKind::LibraryDefault, {}, std::string(source), nullptr};
}

Because because_argument(const Bound& bound, std::string_view name, bool constructor,
                         Span otherwise) {
    const Span span = bound.span(name);
    return {constructor ? BecauseKind::ConstructorArgument : BecauseKind::Argument,
            span.empty() ? otherwise : span, std::string(name), bound.get(name).origin};
}

std::string_view environment(Vm& vm, std::string_view name) {
    const auto& all = vm.host().environment;
    const auto found = all.find(std::string(name));
    return found == all.end() ? std::string_view() : std::string_view(found->second);
}

namespace {

std::string normal_path(std::string_view path) {
    while (path.starts_with("./")) path.remove_prefix(2);
    return std::string(path);
}

}  // namespace

// Debian's certifi names the system's bundle (certifi 2025.1.31 as Debian 13 packs it).
bool is_system_bundle(std::string_view path) {
    return path == "/etc/ssl/certs/ca-certificates.crt" || path == "/etc/ssl/certs" ||
           path == "/etc/ssl/cert.pem" || path == "/usr/lib/ssl/certs" ||
           path.ends_with("/certifi/cacert.pem");
}

const std::string* file_text(Vm& vm, std::string_view path) {
    const auto& files = vm.host().files;
    const auto found = files.find(normal_path(path));
    return found == files.end() ? nullptr : &found->second;
}

bool is_folder(Vm& vm, std::string_view path) {
    if (path == "/etc/ssl/certs" || path == "/usr/lib/ssl/certs" || path == ".") return true;
    std::string folder = normal_path(path);
    if (folder.empty()) return false;
    if (!folder.ends_with('/')) folder += '/';
    for (const auto& [name, text] : vm.host().files) {
        if (name.starts_with(folder)) return true;
    }
    return false;
}

bool file_exists(Vm& vm, std::string_view path) {
    return vm.checking() || is_system_bundle(path) || file_text(vm, path) || is_folder(vm, path);
}

Value plain_number(Vm& vm, const Value& value) {
    if (!as_instance(value) || !vm.is_instance(value, vm.types().integer)) return value;
    const Value inner = vm.find_attribute(value, "_value_");
    return inner.is_int() ? inner.with_origin(value.origin) : value;
}

bool seconds(const Value& value, TimeUs& out) {
    double number = 0;
    if (value.is_int()) {
        number = static_cast<double>(value.integer);
    } else if (value.is_float()) {
        number = value.real;
    } else if (value.is_bool()) {
        number = value.boolean ? 1 : 0;
    } else {
        return false;
    }
    out = number > 1e9 ? 0 : static_cast<TimeUs>(std::llround(number * 1e6));
    return true;
}

bool text_argument(Vm& vm, const Value& value, SymbolicText& out) {
    if (as_str(value) || as_bytes(value) || as_unknown(value)) {
        out = vm.symbolic(value);
        return true;
    }
    std::string shown;
    if (!vm.to_str(value, shown)) return false;
    out = text_from(shown, value.origin);
    return true;
}

std::string type_name_of(Vm& vm, const Value& value) {
    return vm.class_of(value)->name;
}

namespace {

// Where a deferred native was called: frames of the paste are gone when a task runs it.
struct Place : program::NativeState {
    static constexpr char kType = 0;
    Place() : NativeState(&kType) {}
    std::string function;
};

struct Deferred final : program::Awaitable {
    program::NativeFunction body = nullptr;
    program::Arguments arguments;
    std::string function;
    using Awaitable::Awaitable;
    Value run(Vm& vm) override {
        vm.library_state<Place>("clients:place").function = function;
        return body(vm, arguments);
    }
};

}  // namespace

Value defer(Vm& vm, program::NativeFunction body, const program::Arguments& arguments) {
    auto* made = vm.make<Deferred>(program::ObjectKind::Awaitable, vm.types().awaitable);
    made->body = body;
    made->arguments = arguments;
    made->function = vm.current_function();
    return Value::of(made);
}

std::string calling_function(Vm& vm) {
    std::string function = std::move(vm.library_state<Place>("clients:place").function);
    vm.library_state<Place>("clients:place").function.clear();
    return function.empty() ? vm.current_function() : function;
}

void bind_method(Vm& vm, program::Class* cls, std::string_view name,
                 program::NativeFunction function, std::vector<Value> captured) {
    const Value made = vm.native(std::string(name), function, std::move(captured));
    as_native(made)->is_method = true;
    cls->attributes.set(name, made);
}

void chain(const Value& exception, const Value& cause, bool explicitly) {
    program::ExceptionInstance* error = program::as_exception(exception);
    if (!error) return;
    if (explicitly) error->cause = cause;
    error->context = cause;
    error->suppress_context = explicitly;
}

std::string_view proxy_variable(Vm& vm, std::string_view scheme) {
    const std::string lower = cat(scheme, "_proxy");
    const auto& all = vm.host().environment;
    const auto found = all.find(lower);
    if (found != all.end()) return found->second;
    for (const auto& [name, value] : all) {
        if (ascii_lower(name) != lower || value.empty()) continue;
        // CGI: HTTP_PROXY could come from the caller (urllib.request.getproxies_environment).
        if (scheme == "http" && all.contains("REQUEST_METHOD")) continue;
        return value;
    }
    return {};
}

}  // namespace wh::libraries
