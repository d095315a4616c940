// httpx 0.28.1: exceptions, status codes, and what its parameters mean for trust.
#include "base/text.h"
#include "libraries/clients/_httpx.h"

namespace wh::libraries {

namespace httpx {

namespace {

struct ExceptionRow {
    const char* name;
    const char* base;
    bool in_httpcore;  // httpcore has one of the same name, which is the cause
};
constexpr ExceptionRow kExceptions[] = {
    {"HTTPError", "", false},
    {"RequestError", "HTTPError", false},
    {"TransportError", "RequestError", false},
    {"TimeoutException", "TransportError", true},
    {"ConnectTimeout", "TimeoutException", true},
    {"ReadTimeout", "TimeoutException", true},
    {"WriteTimeout", "TimeoutException", true},
    {"PoolTimeout", "TimeoutException", true},
    {"NetworkError", "TransportError", true},
    {"ConnectError", "NetworkError", true},
    {"ReadError", "NetworkError", true},
    {"WriteError", "NetworkError", true},
    {"CloseError", "NetworkError", false},
    {"ProtocolError", "TransportError", true},
    {"LocalProtocolError", "ProtocolError", true},
    {"RemoteProtocolError", "ProtocolError", true},
    {"ProxyError", "TransportError", true},
    {"UnsupportedProtocol", "TransportError", true},
    {"DecodingError", "RequestError", false},
    {"TooManyRedirects", "RequestError", false},
    {"HTTPStatusError", "HTTPError", false},
    {"InvalidURL", "", false},
    {"CookieConflict", "", false},
};

Value error_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "message, *, request?, response?", bound)) return {};
    program::ExceptionInstance* self = program::as_exception(arguments.self);
    self->args = {bound["message"]};
    if (bound.has_value("request")) self->attributes.set("_request", bound["request"]);
    if (bound.has_value("response")) self->attributes.set("response", bound["response"]);
    return Value::none();
}
Value error_request(Vm& vm, Arguments& arguments) {
    const Value request = attribute(arguments.self, "_request");
    if (!request.is_null()) return request;
    return vm.raise(vm.types().runtime_error, "The .request property has not been set.");
}
Value error_set_request(Vm&, Arguments& arguments) {
    program::as_instance(arguments.self)->attributes.set("_request", arguments.positional.back());
    return Value::none();
}

// httpx.codes: an IntEnum; its members are plain numbers here.
Value code_init(Vm& vm, Arguments&) {
    vm.not_modelled("httpx.codes(...)");
    return Value::none();
}
// is_success(code) and so on: the first digits that are meant, as captured numbers.
Value code_is(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "is_error", "value", bound)) return {};
    const std::int64_t digit = bound["value"].is_int() ? bound["value"].integer / 100 : 0;
    return Value::of(digit >= (*arguments.captured)[0].integer &&
                     digit <= (*arguments.captured)[1].integer);
}
Value code_phrase(Vm& vm, Arguments& arguments) {
    const Value& code = arguments.positional.empty() ? Value::none() : arguments.positional[0];
    return vm.str(std::string(reason_phrase(code.is_int() ? static_cast<int>(code.integer) : 0)));
}

Value create_ssl_context(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "create_ssl_context", "verify?, cert?, trust_env?", bound)) return {};
    TransportParts parts;
    parts.verify = bound.has("verify") ? bound["verify"] : Value::of(true);
    parts.cert = bound["cert"];
    parts.verify_because = because_argument(bound, "verify", true);
    if (!bound.has("verify")) parts.verify_because = because_default("httpx 0.28: verify=True");
    parts.cert_because = because_argument(bound, "cert", true);
    parts.trust_env = !bound["trust_env"].is_false();
    parts.note = false;
    const Value transport = make_transport(vm, parts);
    if (transport.is_null() || as_tls_context(parts.verify))
        return transport.is_null() ? transport : parts.verify;
    auto state = std::make_unique<TlsContext>();
    state->settings = program::native_state<TransportState>(transport)->tls;
    state->verify_mode = state->settings.chain_check.value ? 2 : 0;
    trust::TrustPolicy policy;
    state->settings.apply(policy);
    state->built = note_client(vm, "httpx", "httpx.create_ssl_context", arguments.span(), policy);
    return vm.instance(vm.class_in("ssl", "SSLContext"), std::move(state));
}

}  // namespace

void install_exceptions(Vm& vm, Module& module) {
    for (const ExceptionRow& row : kExceptions) {
        const bool root = row.base[0] == '\0';
        const Value* base = root ? nullptr : module.globals.find(row.base);
        Class* cls = vm.make_class(module, row.name,
                                   {base ? program::as_class(*base) : vm.types().exception});
        if (!root) continue;
        vm.method(cls, "__init__", &error_init);
        if (std::string_view(row.name) != "HTTPError") continue;
        vm.property(cls, "request", &error_request, &error_set_request);
    }
    Class* stream = vm.make_class(module, "StreamError", {vm.types().runtime_error});
    for (const char* name :
         {"StreamConsumed", "StreamClosed", "ResponseNotRead", "RequestNotRead"}) {
        vm.make_class(module, name, {stream});
    }
    Class* codes = vm.make_class(module, "codes");
    for (int status = 100; status < 600; ++status) {
        std::string name;
        for (const char c : reason_phrase(status)) {
            if (c == ' ' || c == '-')
                name += '_';
            else if (c != '\'')
                name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        }
        if (name.empty()) continue;
        if (status == 418) name = "IM_A_TEAPOT";
        codes->attributes.set(name, Value::of(status));
        codes->attributes.set(ascii_lower(name), Value::of(status));
    }
    vm.static_method(codes, "get_reason_phrase", &code_phrase);
    vm.method(codes, "__init__", &code_init);
    static constexpr struct {
        const char* name;
        int from, to;
    } kTests[] = {{"is_informational", 1, 1}, {"is_success", 2, 2},      {"is_redirect", 3, 3},
                  {"is_client_error", 4, 4},  {"is_server_error", 5, 5}, {"is_error", 4, 5}};
    for (const auto& each : kTests) {
        codes->attributes.set(
            each.name, vm.native(each.name, &code_is, {Value::of(each.from), Value::of(each.to)}));
    }
    module.globals.set("__version__", vm.str("0.28.1"));
    module.globals.set("USE_CLIENT_DEFAULT", Value::of(vm.make_class(module, "UseClientDefault")));
    vm.function(module, "create_ssl_context", &create_ssl_context);
}

}  // namespace httpx

namespace {

void install_httpx(Vm& vm, Module& module) {
    httpx::install_exceptions(vm, module);
    httpx::install_models(vm, module);
    httpx::install_messages(vm, module);
    httpx::install_transports(vm, module);
    httpx::install_clients(vm, module);
}

void install_httpcore(Vm& vm, Module& module) {
    for (const httpx::ExceptionRow& row : httpx::kExceptions) {
        if (!row.in_httpcore) continue;
        const Value* base = module.globals.find(row.base);
        vm.make_class(module, row.name, {base ? program::as_class(*base) : vm.types().exception});
    }
}

constexpr Meaning kMeanings[] = {
    {"httpx.Client, httpx.AsyncClient, httpx.get ...", "verify",
     "True: chain and name are verified against certifi's roots; False: neither; a path: only "
     "those "
     "roots; an ssl.SSLContext: as it says.",
     "reality v01, v06, v20, v21"},
    {"httpx.Client, httpx.AsyncClient", "cert", "The client's own certificate.",
     "httpx 0.28 _config.py"},
    {"httpx.Client, httpx.AsyncClient, httpx.get ...", "trust_env",
     "False: SSL_CERT_FILE, SSL_CERT_DIR and the proxy variables are not read.",
     "reality FACTS, variables"},
    {"httpx", "env SSL_CERT_FILE", "Only that file's roots are trusted.",
     "reality FACTS, variables"},
    {"httpx", "env SSL_CERT_DIR", "Only that folder's roots are trusted.", "httpx 0.28 _config.py"},
    {"httpx", "env HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY",
     "Requests go through that proxy: in the clear for http, by CONNECT for https.",
     "reality FACTS, variables"},
    {"httpx.Client, httpx.AsyncClient, httpx.get ...", "proxy",
     "As the variables; user and password of its URL go to whoever answers for it.", "reality v42"},
    {"httpx.Proxy", "ssl_context", "What an https:// proxy is verified with.",
     "httpx 0.28 _config.py"},
    {"httpx.Client, httpx.AsyncClient", "transport",
     "Decides instead of verify, cert and the variables.", "reality FACTS 15"},
    {"httpx.Client, httpx.AsyncClient", "mounts", "Transports for some schemes, hosts or ports.",
     "reality FACTS, options"},
    {"httpx.HTTPTransport, httpx.AsyncHTTPTransport", "verify, cert, trust_env, proxy",
     "As of a client.", "reality FACTS 15"},
    {"httpx.HTTPTransport, httpx.AsyncHTTPTransport", "retries",
     "Failed connections are tried again, refused certificates too.",
     "reality FACTS, what changed between the versions"},
    {"httpx.HTTPTransport, httpx.AsyncHTTPTransport", "local_address",
     "An IPv4 address: only IPv4 addresses are tried.", "reality FACTS 27"},
    {"httpx.Client.request ...", "extensions[\"sni_hostname\"]",
     "This name is sent to the server and looked for in its certificate, whatever the URL says.",
     "reality v04, FACTS 3"},
    {"httpx.Client.request ...", "follow_redirects",
     "Authorization is dropped on the way to another host; other headers and the body of a 307 are "
     "not.",
     "reality v23, v41"},
    {"httpx.Client.request ...", "timeout",
     "Five seconds for each step unless something else is said.", "httpx 0.28 _config.py"},
};
constexpr ModuleInstaller kModules[] = {{"httpx", &install_httpx}, {"httpcore", &install_httpcore}};

}  // namespace

const Library& library_httpx() {
    static const Library library{"httpx", "0.28.1", "HTTP client, synchronous and asynchronous",
                                 true,    kModules, kMeanings};
    return library;
}

}  // namespace wh::libraries
