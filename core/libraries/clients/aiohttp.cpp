// aiohttp 3.11.16, the native part: what a call trusts, and URLs as yarl 1.19 reads them. The
// library itself is written in Python beside this: aiohttp.*.py, yarl.py, multidict.py.
#include "base/text.h"
#include "libraries/clients/_aiohttp_wire.h"
#include "libraries/clients/_python_part.h"
#include "libraries/library.h"
#include "libraries/shared/body.h"

namespace wh::libraries {

using program::native_state;
using trust::Because;
using trust::BecauseKind;
using trust::NameCheck;
using trust::SymbolicText;

namespace {

constexpr std::string_view kDefault = "aiohttp 3.11 connector.py: ssl=True verifies chain and name";

// TCPConnector._get_ssl_context: the options hold the value that won, of the request or of the
// connector.
TlsSettings tls_settings(Vm& vm, const Options& options) {
    const Value ssl = options.get("ssl");
    if (const TlsContext* context = as_tls_context(ssl)) {
        mark_used(vm, context->built);
        return context->settings;
    }
    if (as_unknown(ssl)) return unknown_tls_settings("ssl");
    TlsSettings made = default_tls_settings();
    made.roots = default_roots(vm);
    const Because because = options.because("ssl", kDefault);
    if (!ssl.is_true()) {
        made.verify_nothing(because);
    } else if (because.kind != BecauseKind::LibraryDefault) {
        made.chain_check.because = made.name_check.because = because;
    }
    return made;
}

// The name that is sent and looked for.
void name_server(trust::TrustPolicy& policy, std::string name, const Because& because) {
    while (name.ends_with('.')) name.pop_back();
    policy.server_name = {is_address(name) ? "" : name, because};
    policy.reference_identity = {std::move(name), because};
}

void read_proxy(const Options& options, const TlsSettings& tls, AiohttpCall& out) {
    trust::TrustPolicy& policy = out.call.policy;
    policy.proxy.because = options.because("proxy", "aiohttp 3.11: no proxy");
    const std::string text = options.text("proxy");
    Url url;
    std::string error;
    if (text.empty() || !parse_url(text, UrlHabits::Urllib3, url, error)) return;
    policy.proxy.value = {true,
                          url.scheme,
                          url.host,
                          url.port_or_default(),
                          options.text("proxy_user"),
                          options.text("proxy_password")};
    tls.apply(out.proxy_policy);
    name_server(out.proxy_policy, url.host, because_default("the proxy's host"));
}

TimeUs limit_of(const Options& options, std::string_view name) {
    TimeUs out = 0;
    options.limit(name, out);
    return out;
}

}  // namespace

Value aiohttp_call(Vm& vm, Arguments& arguments) {
    const Options options(vm, arguments.positional.empty() ? Value() : arguments.positional[0]);
    auto state = std::make_unique<AiohttpCall>();
    trust::OutboundCall& call = state->call;
    options.describe(call);
    call.library = "aiohttp";
    call.asynchronous = true;
    const SymbolicText raw = vm.symbolic(options.get("url"));
    Url url;
    std::string error;
    parse_url(masked(raw), UrlHabits::Urllib3, url, error);
    describe_target(call, raw, url, raw.fully_known(),
                    {BecauseKind::Argument, call.url_span, "url", origin_of(vm, raw)});
    if (options.on("unix")) call.transport = trust::Transport::UnixSocket;
    const TlsSettings settings = tls_settings(vm, options);
    settings.apply(call.policy);
    const std::string named = options.text("server_hostname");
    name_server(call.policy, named.empty() ? url.host : named,
                options.because("server_hostname", "the URL's host (aiohttp 3.11)"));
    if (named.empty() && call.host_is_address) call.server_name_spelling = "server_hostname=$NAME";
    const Value pin = options.get("pin");
    call.policy.pins.because = options.because("pin", "no fingerprint is compared");
    if (!pin.is_null()) call.policy.pins.value = {std::string(text_of(pin))};
    call.policy.connect_timeout_us = {limit_of(options, "connect_timeout"),
                                      options.because("timeout", "aiohttp 3.11: 300 s in all")};
    call.policy.read_timeout_us = {limit_of(options, "read_timeout"),
                                   options.because("timeout", "aiohttp 3.11: 300 s in all")};
    call.policy.redirects = {
        {options.on("allow_redirects"), 10, false},
        options.because("allow_redirects", "aiohttp 3.11 follows redirects, at most 10")};
    read_proxy(options, settings, *state);
    HeaderMap headers;
    if (!options.headers("headers", headers)) return {};
    const HeaderField* host = headers.find("host");
    const bool own =
        host && !(url.port < 0 ? host->value.text == url.host : host->value.text == url.netloc());
    if (own && raw.fully_known()) call.host_header = host->value;
    carry_url(call.data, raw);
    carry_headers(call.data, headers);
    const Value carried = options.get("carried");
    if (!carried.is_null()) carry_value(vm, call.data, "", carried);
    const Value built = options.get("built");
    if (built.is_int()) mark_used(vm, static_cast<int>(built.integer));
    state->origin = vm.origins().add(trust::OriginKind::Response, call.span, call.host.value.text);
    state->call.id = announce(vm, call);
    return vm.instance(vm.class_in("_aiohttp", "Call"), std::move(state));
}

namespace {

// note_connector(options, known): a connector that was built; its number.
Value note_connector(Vm& vm, Arguments& arguments) {
    const Options options(vm, arguments.positional[0]);
    trust::TrustPolicy policy;
    tls_settings(vm, options).apply(policy);
    const Value pin = options.get("pin");
    if (!pin.is_null()) policy.pins.value = {std::string(text_of(pin))};
    const Place* place = options.place();
    return Value::of(note_client(vm, "aiohttp", options.text("callable"),
                                 place ? place->call : vm.current_span(), policy));
}

Value place(Vm& vm, Arguments&) {
    return make_place(vm);
}
// known(value): nothing in it is unknown.
Value known(Vm& vm, Arguments& arguments) {
    const Value& given = arguments.positional[0];
    if (as_unknown(given)) return Value::of(false);
    return Value::of((!as_str(given) && !as_bytes(given)) || vm.symbolic(given).fully_known());
}
// text(value): in checking, what nobody knows becomes a text with an unknown part.
Value known_text(Vm& vm, Arguments& arguments) {
    const Value& given = arguments.positional[0];
    return as_unknown(given) ? vm.str(vm.symbolic(given)) : given;
}
// switch(value): something that nobody knows is decided to be on or off, unless it is a context.
Value decided_switch(Vm& vm, Arguments& arguments) {
    const Value& given = arguments.positional[0];
    const program::Unknown* unknown = as_unknown(given);
    if (!unknown || (unknown->shape && unknown->shape != vm.types().boolean)) return given;
    bool on = true;
    if (!vm.truth(given, on)) return {};
    return Value::of(on).with_origin(given.origin);
}
Value is_error(Vm& vm, Arguments&) {
    return Value::of(vm.decide(vm.current_span(), 2, "the answer is an error (raise_for_status)") ==
                     1);
}
Value checking(Vm& vm, Arguments&) {
    return Value::of(vm.checking());
}

Value piece(Vm& vm, const SymbolicText& raw, std::size_t begin, std::size_t end) {
    return vm.str(slice(raw, begin, end));
}

// split(url): (scheme, authority, path, query, fragment) as they stand (yarl _parse.split_url).
Value split_text(Vm& vm, Arguments& arguments) {
    SymbolicText raw = vm.symbolic(arguments.positional[0]);
    if (raw.fully_known()) {
        std::size_t lead = 0;
        while (lead < raw.text.size() && static_cast<unsigned char>(raw.text[lead]) <= ' ') ++lead;
        if (lead) raw = slice(raw, lead, raw.text.size());
        if (raw.text.find_first_of("\t\r\n") != std::string::npos) {
            const trust::Origin* origin = origin_of(vm, raw);
            std::erase_if(raw.text, [](char c) { return c == '\t' || c == '\r' || c == '\n'; });
            raw = text_from(raw.text, origin);
        }
    }
    const std::string text = masked(raw);
    const UrlPieces pieces = split_url(text);
    const auto part = [&](std::string_view view) {
        const auto begin = view.empty() ? 0 : static_cast<std::size_t>(view.data() - text.data());
        return piece(vm, raw, begin, begin + view.size());
    };
    const bool unknown_lead = !raw.parts.empty() && raw.parts[0].unknown && raw.parts[0].begin == 0;
    if (unknown_lead && !pieces.has_authority) {
        // The scheme and the host are in the part that nobody knows.
        const std::size_t slash = std::min(text.find_first_of("/?#"), text.size());
        const UrlPieces rest = split_url(std::string_view(text).substr(slash));
        return vm.tuple({vm.str("https"), piece(vm, raw, 0, slash), part(rest.path),
                         part(rest.query), part(rest.fragment)});
    }
    return vm.tuple({vm.str(ascii_lower(pieces.scheme)), part(pieces.authority), part(pieces.path),
                     part(pieces.query), part(pieces.fragment)});
}

constexpr std::string_view kHex = "0123456789ABCDEF";

int hex_value(char c) {
    const std::size_t at = kHex.find(c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

// quote(text, safe, protected, qs, requote): yarl's _Quoter. A text with unknown parts stays.
Value quote(Vm& vm, Arguments& arguments) {
    const std::vector<Value>& given = arguments.positional;
    const SymbolicText raw = vm.symbolic(given[0]);
    if (!raw.fully_known()) return vm.str(raw);
    const std::string_view kept = text_of(given[2]);
    const bool qs = given[3].is_true();
    const bool requote = given[4].is_true();
    const std::string safe = cat("-._~!$'()*,", text_of(given[1]), qs ? "" : "+&=;", kept);
    const auto is_safe = [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               safe.find(c) != std::string::npos;
    };
    std::string out;
    const std::string& text = raw.text;
    const auto escape = [&out](char c) {
        const auto byte = static_cast<unsigned char>(c);
        out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%' && requote) {
            const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
            const int low = high < 0 ? -1 : hex_value(text[i + 2]);
            if (low < 0) {
                out += "%25";
                continue;
            }
            const char decoded = static_cast<char>(high * 16 + low);
            i += 2;
            if (is_safe(decoded) && kept.find(decoded) == std::string_view::npos)
                out += decoded;
            else
                escape(decoded);
        } else if (c == ' ' && qs) {
            out += '+';
        } else if (is_safe(c)) {
            out += c;
        } else {
            escape(c);
        }
    }
    return out == text ? vm.str(raw) : vm.str(std::move(out), origin_of(vm, raw));
}
Value encode_idna(Vm& vm, Arguments& arguments) {
    const SymbolicText raw = vm.symbolic(arguments.positional[0]);
    return raw.fully_known() ? vm.str(idna(ascii_lower(raw.text)), origin_of(vm, raw))
                             : vm.str(raw);
}

void install_native(Vm& vm, Module& module) {
    install_aiohttp_wire(vm, module);
    static constexpr struct {
        const char* name;
        program::NativeFunction function;
    } kFunctions[] = {{"place", &place},       {"known", &known},
                      {"text", &known_text},   {"switch", &decided_switch},
                      {"is_error", &is_error}, {"checking", &checking},
                      {"split", &split_text},  {"quote", &quote},
                      {"idna", &encode_idna},  {"note_connector", &note_connector}};
    for (const auto& each : kFunctions) vm.function(module, each.name, each.function);
}

constexpr std::string_view kReference = "aiohttp 3.11 client reference";
constexpr Meaning kMeanings[] = {
    {"aiohttp.ClientSession.request, aiohttp.request", "ssl",
     "False: neither chain nor name is verified. A Fingerprint: only the certificate's SHA-256 "
     "counts. An SSLContext: as it says, whatever the connector says. True or None: as the "
     "connector says.",
     "reality v13, v15, v34, FACTS 4"},
    {"aiohttp.ClientSession.request, aiohttp.request", "verify_ssl, ssl_context, fingerprint",
     "Older spellings of ssl; only one of them can be given.", kReference},
    {"aiohttp.ClientSession.request", "server_hostname",
     "This name is sent to the server and looked for in its certificate, instead of the URL's "
     "host.",
     "reality v34, FACTS 3"},
    {"aiohttp.TCPConnector", "ssl",
     "Holds for all requests that do not bring an SSLContext, False or a Fingerprint of their own; "
     "ssl=True of a request does not switch verification on again.",
     "reality v14, FACTS 4"},
    {"aiohttp.TCPConnector", "verify_ssl, ssl_context, fingerprint", "Older spellings of ssl.",
     kReference},
    {"aiohttp.TCPConnector", "resolver",
     "Says which addresses are connected to; the certificate is still checked against the URL's "
     "host.",
     kReference},
    {"aiohttp.TCPConnector", "family, local_addr", "Which addresses are tried.", kReference},
    {"aiohttp.Fingerprint", "fingerprint",
     "The certificate's SHA-256, compared after the handshake; chain and name are not looked at.",
     "reality FACTS, options"},
    {"aiohttp.ClientSession, aiohttp.ClientSession.request", "proxy, proxy_auth, proxy_headers",
     "Requests go through that proxy; its credentials go to whoever answers there, before any "
     "certificate is seen.",
     "reality FACTS 29"},
    {"aiohttp.ClientSession", "trust_env",
     "Proxies are read from HTTP_PROXY, HTTPS_PROXY and NO_PROXY, credentials from .netrc.",
     "reality FACTS, environment variables"},
    {"aiohttp", "env SSL_CERT_FILE",
     "Its roots are trusted as well; read while aiohttp is imported.",
     "reality FACTS, environment variables"},
    {"aiohttp.ClientSession.request", "allow_redirects, max_redirects",
     "Redirects are followed by default; Authorization is dropped for another origin, other "
     "headers "
     "and cookies without a domain are sent on.",
     "reality FACTS, redirects"},
    {"aiohttp.ClientSession", "headers, cookies, auth",
     "Sent with every request; cookies given as a dict have no domain and go to every host.",
     "reality FACTS 10"},
    {"aiohttp.ClientSession, aiohttp.ClientSession.request", "timeout",
     "300 s in all and 30 s to connect by default; what is over is a bare TimeoutError.",
     "reality FACTS 6"},
    {"aiohttp.UnixConnector", "path", "Requests go to a socket of this machine.", kReference},
};
constexpr ModuleInstaller kModules[] = {{"_aiohttp", &install_native}};

}  // namespace

const Library& library_aiohttp() {
    static const Library library{"aiohttp", "3.11.16", "Asynchronous HTTP client of its own",
                                 true,      kModules,  kMeanings};
    return library;
}

}  // namespace wh::libraries
