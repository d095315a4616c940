// urllib3 2.3.0, the native part: what urllib3.*.py and requests.*.py (written in Python beside
// this) send with. One function, attempt(options), carries a request out once.
#include "base/address.h"
#include "base/text.h"
#include "libraries/clients/_urllib3_pool.h"
#include "libraries/shared/body.h"
#include "program/signature.h"

namespace wh::libraries {

using program::as_instance;
using program::Instance;
using program::native_state;
using program::NativeState;
using trust::Because;
using trust::BecauseKind;
using trust::SymbolicText;

namespace {

Value connections_close(Vm& vm, Arguments& arguments) {
    if (Connections* state = native_state<Connections>(arguments.self)) state->pool.close_all(vm);
    return Value::none();
}
Value connections_init(Vm&, Arguments& arguments) {
    as_instance(arguments.self)->native = std::make_unique<Connections>();
    return Value::none();
}
// note_client(library, callable, options, known): a client that was built, or whose setting
// changed; its number.
Value note(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "note_client", "library, callable, options, known", bound)) return {};
    const Options options(vm, bound["options"]);
    TlsSettings settings = default_tls_settings();
    const Value wanted = options.get("cert_reqs");
    const bool on = wanted.is_int() ? wanted.integer != 0 : !wanted.is_false();
    settings.chain_check = {on, options.because("cert_reqs", "certificates are verified")};
    if (!on) settings.verify_nothing(settings.chain_check.because);
    if (options.get("assert_hostname").is_false()) {
        settings.name_check = {trust::NameCheck::Off, options.because("assert_hostname", "")};
    }
    if (const TlsContext* context = as_tls_context(options.get("ssl_context")))
        mark_used(vm, context->built);
    trust::TrustPolicy policy;
    settings.apply(policy);
    std::vector<trust::BuiltClient>& clients = vm.observations().clients;
    const Value known = bound["known"];
    if (known.is_int() && static_cast<std::size_t>(known.integer) < clients.size()) {
        clients[static_cast<std::size_t>(known.integer)].policy = policy;
        return known;
    }
    const Place* place = options.place();
    return Value::of(note_client(vm, text_of(bound["library"]), text_of(bound["callable"]),
                                 place ? place->call : vm.current_span(), policy));
}
// split_url(text): the seven parts of urllib3's Url, or None where it cannot be read.
Value split_text(Vm& vm, Arguments& arguments) {
    const SymbolicText raw = vm.symbolic(arguments.positional[0]);
    const std::string text = masked(raw);
    Url url;
    std::string error;
    if (!parse_url(text, UrlHabits::Urllib3, url, error)) return Value::none();
    // Nobody knows the scheme: what is said about the certificate holds for https.
    if (!raw.fully_known() && url.scheme != "http") url.scheme = "https";
    const trust::Origin* origin = origin_of(vm, raw);
    const auto part = [&](const std::string& value, bool there) {
        return there ? vm.str(value, origin) : Value::none();
    };
    const bool six = url.host.find(':') != std::string::npos;
    const bool more = url.query || url.fragment;
    return vm.tuple({part(url.scheme, !url.scheme.empty()),
                     part(url.userinfo, !url.userinfo.empty()),
                     part(six ? cat("[", url.host, "]") : url.host, !url.host.empty()),
                     url.port < 0 ? Value::none() : Value::of(url.port),
                     part(url.path, !url.path.empty() || more),
                     part(url.query.value_or(""), url.query.has_value()),
                     part(url.fragment.value_or(""), url.fragment.has_value())});
}
// encode_target(target): "/path?query" percent-encoded.
Value encode_target(Vm& vm, Arguments& arguments) {
    const SymbolicText raw = vm.symbolic(arguments.positional[0]);
    Url url;
    std::string error;
    parse_url(cat("http://u", masked(raw)), UrlHabits::Urllib3, url, error);
    return raw.fully_known() ? vm.str(url.target(), origin_of(vm, raw)) : vm.str(raw);
}

// prepare_url(url, query): as requests.models.PreparedRequest.prepare_url after its checks.
// Gives the URL, which can be read; None: no scheme; False: no host.
Value prepare_url(Vm& vm, Arguments& arguments) {
    const SymbolicText raw = vm.symbolic(arguments.positional[0]);
    const SymbolicText query = vm.symbolic(arguments.positional[1]);
    if (!raw.fully_known()) {
        SymbolicText out = raw;
        if (!query.text.empty()) {
            append(out, plain(raw.text.find('?') == std::string::npos ? "?" : "&"));
            append(out, query);
        }
        return vm.str(out);
    }
    Url url;
    std::string error;
    parse_url(raw.text, UrlHabits::Urllib3, url, error);
    if (url.scheme.empty()) return Value::none();
    if (url.host.empty()) return Value::of(false);
    if (url.path.empty()) url.path = "/";
    if (!query.text.empty())
        url.query =
            url.query && !url.query->empty() ? cat(*url.query, "&", query.text) : query.text;
    const std::string text = requote(url.text());
    // Parts keep their origins where nothing had to be rewritten.
    SymbolicText out = raw;
    if (text != raw.text) {
        if (text.starts_with(raw.text)) {
            const std::string rest = text.substr(raw.text.size());
            const bool same = rest.size() == query.text.size() + 1 && rest.substr(1) == query.text;
            append(out, same ? plain(rest.substr(0, 1)) : text_from(rest, origin_of(vm, query)));
            if (same) append(out, query);
        } else {
            out = text_from(text, vm.derive({origin_of(vm, raw), origin_of(vm, query)}));
        }
    }
    return vm.str(out);
}
// encode_pairs(data): urlencode(doseq=True) of a dict or pairs without None values.
Value encode_query(Vm& vm, Arguments& arguments) {
    Pairs pairs;
    if (!read_pairs(vm, arguments.positional[0], false, true, pairs)) return {};
    SymbolicText out;
    for (const PairValue& pair : pairs) {
        append(out, plain(cat(out.text.empty() ? "" : "&", form_encode(pair.name.text), "=")));
        const std::string value = form_encode(pair.value.text);
        append(out,
               value == pair.value.text ? pair.value : text_from(value, origin_of(vm, pair.value)));
    }
    return vm.str(out);
}
// encode_multipart(data, files): (body, content type).
Value encode_multipart(Vm& vm, Arguments& arguments) {
    Body body;
    if (!multipart_body(vm, arguments.positional[0], arguments.positional[1], false, body))
        return {};
    return vm.tuple({vm.bytes(body.bytes), vm.str(body.content_type)});
}
Value basic_header(Vm& vm, Arguments& arguments) {
    SymbolicText user, password;
    if (!text_argument(vm, arguments.positional[0], user) ||
        !text_argument(vm, arguments.positional[1], password)) {
        return {};
    }
    return vm.str(basic_credentials(user.text, password.text),
                  vm.derive({origin_of(vm, user), origin_of(vm, password)}));
}
Value join(Vm& vm, Arguments& arguments) {
    const SymbolicText base = vm.symbolic(arguments.positional[0]);
    const SymbolicText more = vm.symbolic(arguments.positional[1]);
    return vm.str(join_url(base.text, more.text),
                  vm.derive({origin_of(vm, base), origin_of(vm, more)}));
}
Value requote_text(Vm& vm, Arguments& arguments) {
    const SymbolicText text = vm.symbolic(arguments.positional[0]);
    return vm.str(requote(text.text), origin_of(vm, text));
}
Value is_file(Vm& vm, Arguments& arguments) {
    const std::string path = vm.symbolic(arguments.positional[0]).text;
    return Value::of(is_folder(vm, path) && !is_system_bundle(path) ? 2
                     : file_exists(vm, path)                        ? 1
                                                                    : 0);
}
// proxy_variable(scheme): (value or None)
Value variable(Vm& vm, Arguments& arguments) {
    const std::string scheme = vm.symbolic(arguments.positional[0]).text;
    const std::string_view value = proxy_variable(vm, scheme);
    if (value.empty()) return Value::none();
    return vm.str(std::string(value),
                  vm.origins().add(trust::OriginKind::Environment, {}, cat(scheme, "_proxy")));
}
Value environ(Vm& vm, Arguments& arguments) {
    const std::string_view value = environment(vm, text_of(arguments.positional[0]));
    return value.empty() ? Value::none() : vm.str(std::string(value));
}
Value is_literal(Vm& vm, Arguments& arguments) {
    return Value::of(is_ipv4(vm.symbolic(arguments.positional[0]).text));
}
Value canonical(Vm& vm, Arguments& arguments) {
    return vm.str(canonical_address(vm.symbolic(arguments.positional[0]).text));
}
Value phrase(Vm& vm, Arguments& arguments) {
    return vm.str(std::string(reason_phrase(static_cast<int>(arguments.positional[0].integer))));
}
Value to_text(Vm& vm, Arguments& arguments) {
    const SymbolicText data = vm.symbolic(arguments.positional[0]);
    return vm.str(valid_utf8(data.text), arguments.positional[0].origin);
}
Value clock_seconds(Vm& vm, Arguments&) {
    return Value::of(static_cast<double>(vm.clock()) / 1e6);
}

// --------------------------------------------------------------------------------
// settle(arguments): in checking, arguments that nobody knows become what the Python part can go on
// with: a text, a decided switch, or nothing. In play: the same dict.
Value settle(Vm& vm, Arguments& arguments) {
    const program::Dict* given = as_dict(arguments.positional[0]);
    if (!vm.checking() || !given) return arguments.positional[0];
    const Value out = vm.dict();
    for (const program::Dict::Entry& entry : given->entries) {
        if (!entry.live) continue;
        Value value = entry.value;
        const std::string_view name = text_of(entry.key);
        if (as_unknown(value)) {
            if (name == "verify") {
                bool on = true;
                if (!vm.truth(value, on)) return {};
                value = Value::of(on).with_origin(value.origin);
            } else if (name == "url" || name == "data" || name == "method") {
                value = vm.str(vm.symbolic(value));
            } else if (name == "auth") {
                value = vm.tuple({vm.str(vm.symbolic(value)), vm.str("")});
            } else if (name != "json") {
                value = Value::none();
            }
        }
        if (!vm.set_item(out, entry.key, value)) return {};
    }
    return out;
}
// defined(function): where the pasted code defines it, as a place.
Value defined(Vm& vm, Arguments& arguments) {
    auto state = std::make_unique<Place>();
    state->call = program::definition_span(arguments.positional[0]);
    return vm.instance(vm.class_in("_urllib3", "Place"), std::move(state));
}

void install_native(Vm& vm, Module& module) {
    vm.make_class(module, "Place");
    install_python_part(vm, module);
    Class* connections = vm.make_class(module, "Connections");
    vm.method(connections, "__init__", &connections_init);
    vm.method(connections, "close", &connections_close);
    install_answer(vm, module);
    install_cookies(vm, module);
    static constexpr struct {
        const char* name;
        program::NativeFunction function;
    } kFunctions[] = {{"split_url", &split_text},
        {"defined", &defined},
                      {"encode_target", &encode_target},
                      {"attempt", &urllib3_attempt},
                      {"note_client", &note},
                      {"prepare_url", &prepare_url},
                      {"encode_query", &encode_query},
                      {"encode_multipart", &encode_multipart},
                      {"basic_header", &basic_header},
                      {"join", &join},
                      {"requote", &requote_text},
                      {"file_kind", &is_file},
                      {"proxy_variable", &variable},
                      {"environ", &environ},
                      {"is_ipv4", &is_literal},
                      {"canonical_address", &canonical},
                      {"phrase", &phrase},
                      {"to_text", &to_text},
                      {"clock", &clock_seconds},
                      {"settle", &settle}};
    for (const auto& each : kFunctions) vm.function(module, each.name, each.function);
}

// urllib3.util.ssl_.create_urllib3_context: a client context without VERIFY_X509_STRICT.
Value create_context(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "create_urllib3_context",
                        "ssl_version?, cert_reqs?, options?, ciphers?, ssl_minimum_version?, "
                        "ssl_maximum_version?",
                        bound)) {
        return {};
    }
    auto state = std::make_unique<TlsContext>();
    state->settings = default_tls_settings();
    state->settings.strict.value = state->settings.partial_chain.value = false;
    state->settings.common_name_fallback.value = false;
    state->protocol = 16;
    state->verify_mode = 2;
    const Value wanted = plain_number(vm, bound["cert_reqs"]);
    if (wanted.is_int() && wanted.integer == 0) {
        state->settings.verify_nothing(because_argument(bound, "cert_reqs", true));
        state->verify_mode = 0;
    }
    trust::TrustPolicy policy;
    state->settings.apply(policy);
    state->built =
        note_client(vm, "urllib3", "urllib3.util.create_urllib3_context", arguments.span(), policy);
    return vm.instance(vm.class_in("ssl", "SSLContext"), std::move(state));
}
void install_ssl(Vm& vm, Module& module) {
    vm.function(module, "create_urllib3_context", &create_context);
    module.globals.set("DEFAULT_CIPHERS", vm.str("DEFAULT"));
}

constexpr std::string_view kPools = "urllib3.PoolManager, urllib3.HTTPSConnectionPool";
constexpr Meaning kMeanings[] = {
    {kPools, "cert_reqs", "CERT_NONE: neither chain nor name is verified.", "reality v18, p60"},
    {kPools, "ca_certs, ca_cert_dir, ca_cert_data", "Only these roots are trusted.",
     "reality v19, p60"},
    {kPools, "assert_hostname",
     "False: the name is not compared; a text: that name is looked for instead of the host's.",
     "reality v19, p60"},
    {kPools, "server_hostname", "This name is sent to the server and looked for.", "reality p60"},
    {kPools, "assert_fingerprint",
     "The certificate's fingerprint is compared after the handshake, instead of its name.",
     "reality p71"},
    {kPools, "ssl_context",
     "It decides, as long as cert_reqs is not given too; cert_reqs=\"CERT_NONE\" beside a context "
     "that checks names is a ValueError. What is set for one connection stays in the context.",
     "reality p60, p65"},
    {kPools, "cert_file, key_file", "The client's own certificate.", "reality p60"},
    {kPools, "ssl_minimum_version", "The oldest TLS version spoken.", "urllib3 2.3 connection.py"},
    {kPools, "timeout", "None unless given; urllib3.request() has 3 seconds.",
     "urllib3 2.3 __init__.py"},
    {kPools, "redirect",
     "Redirects are followed up to 3 times; Cookie and Authorization are dropped on the way to "
     "another host, other headers are not.",
     "reality p62"},
    {"urllib3", "env SSL_CERT_FILE", "Its roots are trusted as well.", "reality FACTS, variables"},
    {"urllib3.util.Retry", "total, connect, read, status_forcelist",
     "Each attempt sends everything again, to whoever answers. Failures of TLS count towards total "
     "and other only.",
     "reality p61"},
    {"urllib3.util.Retry", "remove_headers_on_redirect",
     "The headers that do not go along to another host, instead of the usual ones.", "reality p62"},
    {"urllib3.ProxyManager", "proxy_url", "Requests go through that proxy.", "reality p64, p79"},
    {"urllib3.ProxyManager", "proxy_ssl_context, proxy_assert_hostname, proxy_assert_fingerprint",
     "What TLS to an https:// proxy trusts; cert_reqs and ca_certs hold for the proxy, too.",
     "urllib3 2.3 connection.py"},
    {"urllib3.ProxyManager", "use_forwarding_for_https",
     "An https:// proxy gets the request itself instead of a tunnel, and reads it.", "reality p79"},
    {"urllib3.disable_warnings", "(nothing)", "Only silences the warnings.",
     "urllib3 2.3 __init__.py"},
};
constexpr ModuleInstaller kModules[] = {{"_urllib3", &install_native},
                                        {"urllib3.util.ssl_", &install_ssl}};

}  // namespace

const Library& library_urllib3() {
    static const Library library{"urllib3", "2.3.0",  "HTTP client with connection pools",
                                 true,      kModules, kMeanings};
    return library;
}

}  // namespace wh::libraries
