// ssl (Python 3.13 library reference "ssl", Lib/ssl.py).
#include "base/text.h"
#include "libraries/clients/_tls_context.h"
#include "libraries/library.h"

namespace wh::libraries {

using program::as_instance;
using program::Instance;
using trust::Because;
using trust::BecauseKind;
using trust::NameCheck;
using trust::Roots;

void TlsSettings::apply(trust::TrustPolicy& policy) const {
    policy.chain_check = chain_check;
    policy.name_check = name_check;
    policy.roots = roots;
    policy.strict = strict;
    policy.partial_chain = partial_chain;
    policy.common_name_fallback = common_name_fallback;
    policy.minimum_tls = minimum_tls;
    policy.client_certificate = client_certificate;
}

void TlsSettings::verify_nothing(const Because& because) {
    chain_check = {false, because};
    name_check = {NameCheck::Off, because};
}

TlsSettings default_tls_settings() {
    constexpr std::string_view kSource =
        "ssl.create_default_context, Python 3.13 library reference, \"ssl\"";
    TlsSettings made;
    made.chain_check = {true, because_default(kSource)};
    made.name_check = {NameCheck::InHandshake, because_default(kSource)};
    made.roots = {Roots{false, {}, {}}, because_default(kSource)};
    made.strict = {true, because_default(kSource)};
    made.partial_chain = {true, because_default(kSource)};
    // OpenSSL looks at the subject only where the certificate has no DNS names at all.
    made.common_name_fallback = {true, because_default(kSource)};
    made.minimum_tls = {trust::TlsVersion::Tls12, because_default(kSource)};
    made.client_certificate = {{}, because_default(kSource)};
    return made;
}

TlsSettings unknown_tls_settings(std::string_view what) {
    TlsSettings made = default_tls_settings();
    const Because because{BecauseKind::NotModelled, {}, std::string(what), nullptr};
    made.chain_check.because = made.name_check.because = made.roots.because = because;
    made.minimum_tls.because = made.client_certificate.because = because;
    return made;
}

trust::Decided<Roots> default_roots(Vm& vm) {
    trust::Decided<Roots> made;
    made.because = because_default("ssl.SSLContext.load_default_certs, Python 3.13");
    const std::string_view file = environment(vm, "SSL_CERT_FILE");
    const std::string_view folder = environment(vm, "SSL_CERT_DIR");
    made.value.system = folder.empty();
    for (const std::string_view path : {file, folder}) {
        if (!path.empty()) made.value.files.emplace_back(path);
    }
    if (!file.empty() || !folder.empty()) {
        made.because.kind = BecauseKind::Environment;
        made.because.text = file.empty() ? "SSL_CERT_DIR" : "SSL_CERT_FILE";
    }
    return made;
}

namespace {

Value not_found(Vm& vm) {
    return vm.raise(
        vm.make_exception(vm.types().file_not_found_error,
                          std::vector<Value>{Value::of(2), vm.str("No such file or directory")}));
}

Value ssl_error(Vm& vm, int number, std::string text) {
    return vm.raise(
        vm.make_exception(vm.class_in("ssl", "SSLError"),
                          std::vector<Value>{Value::of(number), vm.str(std::move(text))}));
}

void note_file(Vm& vm, std::string_view path) {
    std::vector<std::string>& reads = vm.observations().file_reads;
    for (const std::string& known : reads) {
        if (known == path) return;
    }
    reads.emplace_back(path);
}

}  // namespace

bool add_roots(Vm& vm, TlsSettings& settings, std::string_view path, const Because& because) {
    if (is_system_bundle(path)) {
        settings.roots.value.system = true;
    } else {
        note_file(vm, path);
        if (!file_exists(vm, path)) {
            not_found(vm);
            return false;
        }
        const std::string* text = file_text(vm, path);
        if (text && text->find("-----BEGIN") == std::string::npos) {
            ssl_error(
                vm, 0,
                "[X509: NO_CERTIFICATE_OR_CRL_FOUND] no certificate or crl found (_ssl.c:4168)");
            return false;
        }
        settings.roots.value.files.emplace_back(path);
    }
    settings.roots.because = because;
    return true;
}

bool use_certificate(Vm& vm, TlsSettings& settings, const std::string& file, const std::string& key,
                     const Because& because) {
    for (const std::string& path : {file, key}) {
        if (path.empty()) continue;
        note_file(vm, path);
        if (!file_exists(vm, path)) {
            not_found(vm);
            return false;
        }
    }
    const std::string* text = file_text(vm, file);
    if (key.empty() && text && text->find("PRIVATE KEY") == std::string::npos) {
        ssl_error(vm, 9, "[SSL] PEM lib (_ssl.c:4114)");
        return false;
    }
    settings.client_certificate = {{file, key}, because};
    return true;
}

namespace {

enum : std::int64_t { kCertNone = 0, kCertOptional = 1, kCertRequired = 2 };
enum : std::int64_t { kProtocolTls = 2, kTlsClient = 16, kTlsServer = 17 };
constexpr std::int64_t kStrict = 0x20, kPartialChain = 0x80000;

TlsContext* self_of(Vm& vm, const Arguments& arguments) {
    TlsContext* context = as_tls_context(arguments.self);
    if (!context) vm.raise(vm.types().type_error, "SSLContext is not initialised");
    return context;
}

// The picture that rules see of a context nobody has used yet follows its settings.
void refresh(Vm& vm, const TlsContext& context) {
    std::vector<trust::BuiltClient>& clients = vm.observations().clients;
    if (context.built < 0 || static_cast<std::size_t>(context.built) >= clients.size()) return;
    context.settings.apply(clients[static_cast<std::size_t>(context.built)].policy);
}

Because set_here(Vm& vm, const Value& value, std::string_view name) {
    return {BecauseKind::AttributeSet, vm.current_span(), std::string(name), value.origin};
}

// An integer or a member of an IntEnum.
std::int64_t whole(Vm& vm, const Value& value, std::int64_t otherwise) {
    const Value plain = plain_number(vm, value);
    return plain.is_int() ? plain.integer : otherwise;
}

// A fresh context in the state that SSLContext(protocol) has.
std::unique_ptr<TlsContext> new_context(Vm& vm, std::int64_t protocol, Span span, Because because) {
    auto made = std::make_unique<TlsContext>();
    made->protocol = protocol;
    made->settings = default_tls_settings();
    made->settings.strict.value = false;
    made->settings.partial_chain.value = false;
    made->verify_mode = protocol == kTlsClient ? kCertRequired : kCertNone;
    if (protocol != kTlsClient) made->settings.verify_nothing(because);
    if (protocol >= 3 && protocol <= 5) {
        made->settings.minimum_tls = {protocol == 3   ? trust::TlsVersion::Tls10
                                      : protocol == 4 ? trust::TlsVersion::Tls11
                                                      : trust::TlsVersion::Tls12,
                                      because};
    }
    if (protocol != kTlsServer) {
        trust::TrustPolicy policy;
        made->settings.apply(policy);
        made->built = note_client(vm, "ssl", "ssl.SSLContext", span, policy);
    }
    return made;
}

Value context_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "SSLContext.__new__", "protocol?", bound)) return {};
    const std::int64_t protocol = whole(vm, bound["protocol"], kProtocolTls);
    const bool known = protocol >= kProtocolTls && protocol <= 5;
    if (!known && protocol != kTlsClient && protocol != kTlsServer) {
        return vm.raise(vm.types().value_error,
                        cat("invalid or unsupported protocol version ", protocol));
    }
    Because because =
        because_default("ssl.SSLContext verifies nothing unless it is told to (Python 3.13)");
    because.span = arguments.span();
    as_instance(arguments.self)->native = new_context(vm, protocol, arguments.span(), because);
    return Value::none();
}

bool load_given(Vm& vm, TlsContext& context, const Bound& bound, bool& any) {
    for (const std::string_view name : {"cafile", "capath", "cadata"}) {
        if (!bound.has_value(name)) continue;
        const Because because = because_argument(bound, name, true);
        const trust::SymbolicText text = vm.symbolic(bound[name]);
        if (text.text.empty()) continue;
        any = true;
        if (name == "cadata") {
            if (as_str(bound[name]) && text.fully_known() &&
                text.text.find("-----BEGIN") == std::string::npos) {
                ssl_error(vm, 0,
                          "no start line: cadata does not contain a certificate (_ssl.c:4212)");
                return false;
            }
            context.settings.roots.value.pem.push_back(text.text);
            context.settings.roots.because = because;
        } else if (as_unknown(bound[name])) {
            context.settings.roots = {Roots{false, {text.text}, {}}, because};
        } else if (name == "capath" && !is_folder(vm, text.text)) {
            context.settings.roots.because = because;  // OpenSSL takes it and finds nothing there
        } else if (!add_roots(vm, context.settings, text.text, because)) {
            return false;
        }
    }
    return true;
}

Value make_context(Vm& vm, std::unique_ptr<TlsContext> state) {
    refresh(vm, *state);
    return vm.instance(vm.class_in("ssl", "SSLContext"), std::move(state));
}

constexpr std::string_view kServerAuth = "1.3.6.1.5.5.7.3.1";

Value create_default_context(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "create_default_context", "purpose?, *, cafile?, capath?, cadata?",
                        bound)) {
        return {};
    }
    bool client = true;
    if (bound.has("purpose") && !as_unknown(bound["purpose"])) {
        const Value oid = vm.find_attribute(bound["purpose"], "oid");
        if (oid.is_null()) {
            return vm.raise(vm.types().type_error, vm.symbolic(bound["purpose"]).text);
        }
        client = text_of(oid) == kServerAuth;
    }
    std::unique_ptr<TlsContext> made =
        new_context(vm, client ? kTlsClient : kTlsServer, arguments.span(),
                    because_default("ssl.Purpose.CLIENT_AUTH"));
    made->verify_flags |= kStrict | kPartialChain;
    made->settings.strict.value = made->settings.partial_chain.value = true;
    bool any = false;
    if (!load_given(vm, *made, bound, any)) return {};
    if (!any && client) made->settings.roots = default_roots(vm);
    return make_context(vm, std::move(made));
}

Value create_unverified_context(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "_create_unverified_context",
                        "protocol?, *, cert_reqs?, check_hostname?, purpose?, certfile?, keyfile?, "
                        "cafile?, capath?, cadata?",
                        bound)) {
        return {};
    }
    const Because because{BecauseKind::ConstructorArgument, arguments.span(),
                          "ssl._create_unverified_context", nullptr};
    std::unique_ptr<TlsContext> made =
        new_context(vm, whole(vm, bound["protocol"], kTlsClient), arguments.span(), because);
    made->settings.verify_nothing(because);
    made->verify_mode = kCertNone;
    const std::int64_t wanted = whole(vm, bound["cert_reqs"], kCertNone);
    if (wanted != kCertNone) {
        made->verify_mode = wanted;
        made->settings.chain_check = {true, because_argument(bound, "cert_reqs", true)};
    }
    if (bound["check_hostname"].is_true()) {
        made->verify_mode = kCertRequired;
        made->settings.chain_check = {true, because_argument(bound, "check_hostname", true)};
        made->settings.name_check = {NameCheck::InHandshake,
                                     because_argument(bound, "check_hostname", true)};
    }
    bool any = false;
    if (!load_given(vm, *made, bound, any)) return {};
    if (!any && made->verify_mode != kCertNone) made->settings.roots = default_roots(vm);
    if (bound.has_value("certfile") &&
        !use_certificate(vm, made->settings, vm.symbolic(bound["certfile"]).text,
                         bound.has_value("keyfile") ? vm.symbolic(bound["keyfile"]).text : "",
                         because_argument(bound, "certfile", true))) {
        return {};
    }
    return make_context(vm, std::move(made));
}

Value load_verify_locations(Vm& vm, Arguments& arguments) {
    TlsContext* context = self_of(vm, arguments);
    Bound bound;
    if (!context ||
        !arguments.bind(vm, "load_verify_locations", "cafile?, capath?, cadata?", bound)) {
        return {};
    }
    bool any = false;
    if (!load_given(vm, *context, bound, any)) return {};
    if (!any) {
        return vm.raise(vm.types().type_error, "cafile, capath and cadata cannot be all omitted");
    }
    refresh(vm, *context);
    return Value::none();
}

Value load_default_certs(Vm& vm, Arguments& arguments) {
    TlsContext* context = self_of(vm, arguments);
    if (!context) return {};
    trust::Decided<Roots> more = default_roots(vm);
    const Roots before = context->settings.roots.value;
    more.value.files.insert(more.value.files.begin(), before.files.begin(), before.files.end());
    more.value.pem = before.pem;
    more.value.system = more.value.system || before.system;
    context->settings.roots = std::move(more);
    refresh(vm, *context);
    return Value::none();
}

Value load_cert_chain(Vm& vm, Arguments& arguments) {
    TlsContext* context = self_of(vm, arguments);
    Bound bound;
    if (!context ||
        !arguments.bind(vm, "load_cert_chain", "certfile, keyfile?, password?", bound)) {
        return {};
    }
    const std::string key = bound.has_value("keyfile") ? vm.symbolic(bound["keyfile"]).text : "";
    if (!use_certificate(vm, context->settings, vm.symbolic(bound["certfile"]).text, key,
                         because_argument(bound, "certfile", true))) {
        return {};
    }
    refresh(vm, *context);
    return Value::none();
}

// One entry for each bundle or text that was loaded: what is in a folder shows only when it is
// used.
Value get_ca_certs(Vm& vm, Arguments& arguments) {
    const TlsContext* context = self_of(vm, arguments);
    if (!context) return {};
    const Roots& roots = context->settings.roots.value;
    std::size_t count = roots.pem.size() + (roots.system ? 1 : 0);
    for (const std::string& file : roots.files) count += is_folder(vm, file) ? 0U : 1U;
    std::vector<Value> all(count);
    for (Value& each : all) each = vm.dict();
    return vm.list(std::move(all));
}

// Attributes: one getter and one setter for all, told apart by what they captured.
enum Attribute : std::int64_t {
    kCheckHostname,
    kVerifyMode,
    kVerifyFlags,
    kOptions,
    kMinimum,
    kMaximum,
    kCommonName,
    kProtocol,
};

trust::TlsVersion version_of(std::int64_t number) {
    switch (number) {
        case 769:
            return trust::TlsVersion::Tls10;
        case 770:
            return trust::TlsVersion::Tls11;
        case 771:
            return trust::TlsVersion::Tls12;
        case 772:
            return trust::TlsVersion::Tls13;
        default:
            return trust::TlsVersion::Any;
    }
}

Value get_attribute_of(const TlsContext& context, Attribute attribute) {
    switch (attribute) {
        case kCheckHostname:
            return Value::of(context.settings.name_check.value == NameCheck::InHandshake);
        case kVerifyMode:
            return Value::of(context.verify_mode);
        case kVerifyFlags:
            return Value::of(context.verify_flags);
        case kOptions:
            return Value::of(context.options);
        case kMinimum:
            return Value::of(context.minimum);
        case kMaximum:
            return Value::of(context.maximum);
        case kCommonName:
            return Value::of(context.settings.common_name_fallback.value);
        case kProtocol:
            return Value::of(context.protocol);
    }
    return Value::none();
}

bool set_attribute_of(Vm& vm, TlsContext& context, Attribute attribute, const Value& value) {
    const Because because = set_here(vm, value, "SSLContext");
    TlsSettings& settings = context.settings;
    const std::int64_t number = whole(vm, value, value.is_true() ? 1 : 0);
    const bool numeric = attribute != kCheckHostname && attribute != kCommonName;
    if (numeric && as_str(value)) {
        vm.raise(vm.types().type_error, cat("'", vm.class_of(value)->name,
                                            "' object cannot be interpreted as an integer"));
        return false;
    }
    switch (attribute) {
        case kCheckHostname: {
            bool wanted = false;
            if (!vm.truth(value, wanted)) return false;
            settings.name_check = {wanted ? NameCheck::InHandshake : NameCheck::Off, because};
            if (wanted && context.verify_mode == kCertNone) {  // implied since Python 3.7
                context.verify_mode = kCertRequired;
                settings.chain_check = {true, because};
            }
            break;
        }
        case kVerifyMode:
            if (as_unknown(value)) {
                settings.chain_check.because = {BecauseKind::NotModelled, because.span,
                                                "verify_mode", value.origin};
                break;
            }
            if (number < 0 || number > 2) {
                vm.raise(vm.types().value_error, "invalid value for verify_mode");
                return false;
            }
            if (number == kCertNone && settings.name_check.value == NameCheck::InHandshake) {
                vm.raise(vm.types().value_error,
                         "Cannot set verify_mode to CERT_NONE when check_hostname is enabled.");
                return false;
            }
            context.verify_mode = number;
            settings.chain_check = {number != kCertNone, because};
            break;
        case kVerifyFlags:
            context.verify_flags = number;
            settings.strict = {(number & kStrict) != 0, because};
            settings.partial_chain = {(number & kPartialChain) != 0, because};
            break;
        case kOptions:
            context.options = number;
            break;
        case kMinimum:
        case kMaximum: {
            const bool known = number == -2 || number == -1 || (number >= 768 && number <= 772);
            if (!known && !as_unknown(value)) {
                char text[24];
                std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(number));
                vm.raise(vm.types().value_error, cat("Unsupported TLS/SSL version ", text));
                return false;
            }
            if (attribute == kMaximum) {
                context.maximum = number;
                break;
            }
            context.minimum = number;
            settings.minimum_tls = {version_of(number), because};
            break;
        }
        case kCommonName: {
            bool wanted = false;
            if (!vm.truth(value, wanted)) return false;
            settings.common_name_fallback = {wanted, because};
            break;
        }
        case kProtocol:
            return false;
    }
    refresh(vm, context);
    return true;
}

template <Attribute attribute>
Value getter(Vm& vm, Arguments& arguments) {
    const TlsContext* context = self_of(vm, arguments);
    return context ? get_attribute_of(*context, attribute) : Value();
}
template <Attribute attribute>
Value setter(Vm& vm, Arguments& arguments) {
    TlsContext* context = self_of(vm, arguments);
    if (!context || !set_attribute_of(vm, *context, attribute, arguments.positional.back()))
        return {};
    return Value::none();
}

// str() of an SSLError is its text alone, not "[Errno 1] ..."; without a number, that of its args.
Value error_str(Vm& vm, Arguments& arguments) {
    const program::ExceptionInstance* error = program::as_exception(arguments.self);
    if (!error || error->args.empty()) return vm.str("");
    if (error->args.size() >= 2) return vm.str_of(error->args[1]);
    std::string shown;
    if (!vm.repr(vm.tuple(error->args), shown)) return {};
    return vm.str(shown);
}

// The certificate of whoever answers; nothing is verified unless roots are given.
Value get_server_certificate(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "get_server_certificate", "addr, ssl_version?, ca_certs?, timeout?",
                        bound)) {
        return {};
    }
    const program::Tuple* pair = as_tuple(bound["addr"]);
    if (!pair || pair->items.size() != 2 || !pair->items[1].is_int()) {
        return vm.not_modelled("ssl.get_server_certificate");
    }
    trust::OutboundCall call;
    call.span = arguments.span();
    call.url_span = bound.span("addr");
    call.library = "ssl";
    call.callable = "ssl.get_server_certificate";
    call.transport = trust::Transport::Tls;
    const Because because{BecauseKind::Argument, bound.span("addr"), "addr", pair->items[0].origin};
    call.host = call.url = {vm.symbolic(pair->items[0]), because};
    call.port = static_cast<std::uint16_t>(pair->items[1].integer);
    call.host_is_address = is_address(call.host.value.text);
    TlsSettings settings = default_tls_settings();
    if (!bound.has_value("ca_certs")) {
        settings.verify_nothing(
            because_default("ssl.get_server_certificate without ca_certs (Python 3.13)"));
    } else if (!add_roots(vm, settings, vm.symbolic(bound["ca_certs"]).text,
                          because_argument(bound, "ca_certs", false))) {
        return {};
    }
    settings.name_check.value = NameCheck::Off;
    Route route;
    settings.apply(route.policy);
    route.tls = true;
    route.host = call.host.value.text;
    route.port = call.port;
    route.policy.server_name.value = call.host_is_address ? "" : route.host;
    seconds(bound["timeout"], route.connect_timeout);
    call.policy = route.policy;
    const trust::Origin* origin =
        vm.origins().add(trust::OriginKind::Response, call.span, call.callable);
    const int id = announce(vm, call);
    Link link;
    const Failure failure = vm.checking() ? decide_outcome(vm, call) : open_link(vm, route, link);
    const Value result = failure.kind == Failure::Kind::Cancelled ? vm.raise_cancelled()
                         : failure       ? vm.raise(standard_exception(vm, failure))
                         : vm.checking() ? vm.unknown(origin, "certificate", vm.types().str)
                                         : vm.str(link.peer.pem, origin);
    close_link(vm, link);
    vm.network().end_call(id, vm.clock());
    return result;
}

void install_native(Vm& vm, Module& module) {
    Class* error = vm.make_class(module, "SSLError", {vm.types().os_error});
    vm.method(error, "__str__", &error_str);
    vm.make_class(module, "SSLCertVerificationError", {error, vm.types().value_error});
    for (const char* name : {"SSLZeroReturnError", "SSLWantReadError", "SSLWantWriteError",
                             "SSLSyscallError", "SSLEOFError"}) {
        vm.make_class(module, name, {error});
    }
    Class* context = vm.make_class(module, "_SSLContext");
    for (const program::Namespace::Entry& each : module.globals.entries()) {
        if (Class* cls = as_class(each.value)) cls->module = "ssl";
    }
    vm.method(context, "__init__", &context_init);
    vm.method(context, "load_verify_locations", &load_verify_locations);
    vm.method(context, "load_default_certs", &load_default_certs);
    vm.method(context, "set_default_verify_paths", &load_default_certs);
    vm.method(context, "load_cert_chain", &load_cert_chain);
    vm.method(context, "get_ca_certs", &get_ca_certs);
    vm.property(context, "check_hostname", &getter<kCheckHostname>, &setter<kCheckHostname>);
    vm.property(context, "_verify_mode", &getter<kVerifyMode>, &setter<kVerifyMode>);
    vm.property(context, "_verify_flags", &getter<kVerifyFlags>, &setter<kVerifyFlags>);
    vm.property(context, "_options", &getter<kOptions>, &setter<kOptions>);
    vm.property(context, "_minimum", &getter<kMinimum>, &setter<kMinimum>);
    vm.property(context, "_maximum", &getter<kMaximum>, &setter<kMaximum>);
    vm.property(context, "hostname_checks_common_name", &getter<kCommonName>, &setter<kCommonName>);
    vm.property(context, "_protocol", &getter<kProtocol>);
    vm.function(module, "create_default_context", &create_default_context);
    vm.function(module, "_create_unverified_context", &create_unverified_context);
    vm.function(module, "get_server_certificate", &get_server_certificate);
}

constexpr std::string_view kReference = "Python 3.13 library reference, \"ssl\"";
constexpr Meaning kMeanings[] = {
    {"ssl.create_default_context", "cafile, capath, cadata",
     "Only these roots are trusted instead of the machine's.", kReference},
    {"ssl.create_default_context", "(nothing)",
     "Chain and name are verified against the machine's roots, strictly (RFC 5280), TLS 1.2 at "
     "least.",
     kReference},
    {"ssl.SSLContext", "protocol",
     "Only PROTOCOL_TLS_CLIENT verifies; every other value, and none, verifies nothing.",
     "reality FACTS 16"},
    {"ssl.SSLContext", "attribute check_hostname",
     "False: any certificate of a trusted authority is accepted, whatever its name.",
     "reality v21"},
    {"ssl.SSLContext", "attribute verify_mode", "CERT_NONE: no certificate is verified.",
     "reality v20"},
    {"ssl.SSLContext", "attribute minimum_version", "The oldest TLS version that is spoken.",
     kReference},
    {"ssl.SSLContext", "attribute verify_flags",
     "VERIFY_X509_STRICT demands well-formed certificates; VERIFY_X509_PARTIAL_CHAIN lets any "
     "trusted "
     "certificate end the chain.",
     "reality FACTS, what changed between the versions"},
    {"ssl.SSLContext", "attribute hostname_checks_common_name",
     "False: a name in the subject only does not count.", kReference},
    {"ssl.SSLContext.load_verify_locations", "cafile, capath, cadata", "Adds trusted roots.",
     kReference},
    {"ssl.SSLContext.load_default_certs", "(nothing)",
     "Adds the machine's roots, and those of SSL_CERT_FILE; SSL_CERT_DIR replaces the machine's "
     "folder.",
     kReference},
    {"ssl.SSLContext.load_cert_chain", "certfile", "The client's own certificate.", "reality v36"},
    {"ssl._create_unverified_context", "(nothing)", "Neither chain nor name is verified.",
     "reality v17"},
    {"ssl", "attribute _create_default_https_context",
     "What urllib.request and http.client make their contexts with; httpx and requests do not use "
     "it.",
     "reality FACTS 23"},
    {"ssl.SSLContext.wrap_socket", "server_hostname",
     "Sent as SNI and looked for in the certificate; without it a context that checks names raises "
     "ValueError, another one verifies the chain alone.",
     "reality u11"},
    {"ssl.SSLContext.wrap_bio", "server_hostname",
     "As of wrap_socket, but without it no name is compared, even if check_hostname is True.",
     "reality u13"},
    {"ssl.SSLSocket.getpeercert", "binary_form",
     "The certificate for checks of one's own; the dict is empty where nothing is verified.",
     "reality u11"},
    {"ssl._create_unverified_context", "cert_reqs, check_hostname",
     "Switch the checks on again; roots are then the machine's.", "reality u10"},
    {"ssl.get_server_certificate", "ca_certs", "Without it nothing is verified.", kReference},
};
constexpr ModuleInstaller kModules[] = {{"_ssl", &install_native}};

}  // namespace

const Library& library_ssl() {
    static const Library library{"ssl", "3.13", "TLS contexts", true, kModules, kMeanings};
    return library;
}

}  // namespace wh::libraries
