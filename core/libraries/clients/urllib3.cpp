// urllib3 2.3.0, the native part: what urllib3.py and requests.py (written in Python beside this)
// send with. One function, urlopen(options), carries a request through a pool.
#include "base/text.h"
#include "libraries/clients/_urllib3_pool.h"
#include "libraries/library.h"
#include "libraries/shared/body.h"
#include "libraries/shared/cookies.h"

namespace wh::libraries {

using program::as_instance;
using program::Instance;
using program::native_state;
using program::NativeState;
using trust::Because;
using trust::BecauseKind;
using trust::SymbolicText;

namespace {

struct Connections : NativeState {
    static constexpr char kType = 0;
    Connections() : NativeState(&kType) {}
    Pool pool;
};

// Where the pasted code called a library that is written in Python itself.
struct Place : NativeState {
    static constexpr char kType = 0;
    Place() : NativeState(&kType) {}
    Span call;
    std::string function;
    std::vector<Span> positional;
    std::vector<std::pair<std::string, Span>> keywords;
    [[nodiscard]] Span keyword(std::string_view name) const {
        for (const auto& [key, span] : keywords) {
            if (key == name) return span;
        }
        return {};
    }
};

struct AnswerState : NativeState {
    static constexpr char kType = 0;
    AnswerState() : NativeState(&kType) {}
    PoolRequest request;
    std::unique_ptr<ResponseReader> reader;
    Link link;
    const trust::Origin* origin = nullptr;
    bool unknown = false, read = false, given = false;
};

Value make_place(Vm& vm, Arguments&) {
    auto state = std::make_unique<Place>();
    state->call = vm.current_span();
    state->function = calling_function(vm);
    if (const program::CallSite* site = vm.pasted_call_site()) {
        state->call = site->span;
        if (!site->has_star) state->positional = site->positional;
        state->keywords = site->keywords;
    }
    return vm.instance(vm.class_in("_urllib3", "Place"), std::move(state));
}

// The options of one call, as the Python part gives them.
class Options {
  public:
    Options(Vm& vm, const Value& dict) : vm_(vm), dict_(as_dict(dict)) {}
    [[nodiscard]] Value get(std::string_view name) const {
        const Value* found = dict_ ? dict_->find_text(name) : nullptr;
        return found && !found->is_none() ? *found : Value();
    }
    [[nodiscard]] std::string text(std::string_view name) const {
        const Value value = get(name);
        return value.is_null() ? "" : vm_.symbolic(value).text;
    }
    // Why a setting is as it is: "argument" and "constructor" name a place, the rest speaks for
    // itself.
    [[nodiscard]] Because because(const std::string& name, std::string_view source) const {
        const Value why = get(cat(name, "_because"));
        const program::Tuple* pair = as_tuple(why);
        Because out = because_default(source);
        const Value value = get(name);
        out.origin = value.origin;
        if (!pair || pair->items.size() != 2) return out;
        const std::string_view kind = text_of(pair->items[0]);
        const Place* place = native_state<Place>(pair->items[1]);
        out.text = name;
        if (kind == "environment") {
            out.kind = BecauseKind::Environment;
            out.text = std::string(text_of(pair->items[1]));
        } else if (kind == "attribute") {
            out.kind = BecauseKind::AttributeSet;
            if (place) out.span = place->call;
        } else {
            out.kind =
                kind == "argument" ? BecauseKind::Argument : BecauseKind::ConstructorArgument;
            if (place)
                out.span = place->keyword(kind == "cert_reqs" ? kind : std::string_view(name));
        }
        return out;
    }

  private:
    Vm& vm_;
    program::Dict* dict_;
};

bool read_tls(Vm& vm, const Options& options, PoolTls& tls, bool& verify_on) {
    const Value verify = options.get("verify");  // bool, or Null for "as the context says"
    tls.verify_because = options.because("verify", "urllib3 2.3: certificates are required");
    bool on = true;
    if (!verify.is_null() && !vm.truth(verify, on)) return false;
    verify_on = tls.verify = on;
    for (const char* name : {"ca_certs", "ca_cert_dir"}) {
        const std::string path = options.text(name);
        if (path.empty()) continue;
        tls.files.push_back(path);
        tls.roots_because = options.because(name, "");
        if (!file_exists(vm, path)) {
            const Value cause = vm.make_exception(
                vm.types().file_not_found_error,
                std::vector<Value>{Value::of(2), vm.str("No such file or directory")});
            const Value error = urllib3_exception(vm, "SSLError", {cause});
            chain(error, cause, true);
            vm.raise(error);
            return false;
        }
    }
    if (!options.text("ca_cert_data").empty()) {
        tls.pem.push_back(options.text("ca_cert_data"));
        tls.roots_because = options.because("ca_cert_data", "");
    }
    tls.certifi_only = options.get("certifi").is_true();
    tls.certificate = {options.text("cert_file"), options.text("key_file")};
    tls.certificate_because = options.because("cert_file", "");
    tls.context = options.get("ssl_context");
    if (const TlsContext* context = as_tls_context(tls.context)) {
        if (verify.is_null()) {
            tls.verify = verify_on = context->settings.chain_check.value;
            tls.verify_because = context->settings.chain_check.because;
        }
    }
    tls.assert_hostname = options.get("assert_hostname");
    tls.assert_hostname_because = options.because("assert_hostname", "");
    tls.server_hostname = options.text("server_hostname");
    tls.server_hostname_because = options.because("server_hostname", "");
    std::string fingerprint = ascii_lower(options.text("assert_fingerprint"));
    std::erase(fingerprint, ':');
    tls.fingerprint = fingerprint;
    tls.fingerprint_because = options.because("assert_fingerprint", "");
    const Value minimum = options.get("ssl_minimum_version");
    if (minimum.is_int()) {
        const auto version = minimum.integer == 769   ? trust::TlsVersion::Tls10
                             : minimum.integer == 770 ? trust::TlsVersion::Tls11
                             : minimum.integer == 772 ? trust::TlsVersion::Tls13
                                                      : trust::TlsVersion::Tls12;
        tls.minimum_tls = {version, options.because("ssl_minimum_version", "")};
    }
    return true;
}

bool read_headers(Vm& vm, const Value& pairs, HeaderMap& out) {
    if (pairs.is_null()) return true;
    std::vector<Value> all;
    if (!vm.collect(pairs, all)) return false;
    for (const Value& each : all) {
        const program::Tuple* pair = as_tuple(each);
        if (!pair || pair->items.size() != 2) continue;
        SymbolicText value;
        if (!text_argument(vm, pair->items[1], value)) return false;
        out.add(vm.symbolic(pair->items[0]).text, std::move(value));
    }
    return true;
}

void read_limit(Vm& vm, const Value& value, TimeUs& out, std::string& text) {
    if (value.is_null() || value.is_none()) return;
    seconds(value, out);
    text.clear();  // repr() appends
    vm.repr(value, text);
}

bool read_proxy(Vm& vm, const Options& options, bool tls, PoolRequest& request) {
    const std::string text = options.text("proxy");
    trust::Decided<trust::Proxy>& decided = request.call.policy.proxy;
    decided.because = options.because("proxy", "no proxy");
    if (text.empty()) return true;
    Url proxy;
    std::string error;
    if (!parse_url(text, UrlHabits::Urllib3, proxy, error)) {
        vm.raise(urllib3_exception(vm, "LocationParseError", {vm.str(error)}));
        return false;
    }
    decided.value = {true,
                     proxy.scheme,
                     proxy.host,
                     proxy.port_or_default(),
                     proxy.username(),
                     proxy.password()};
    if (proxy.port < 0 && proxy.scheme == "http") decided.value.port = 80;
    Route& route = request.route;
    route.proxied = true;
    route.tunnel = tls;
    route.proxy_host = proxy.host;
    route.proxy_port = decided.value.port;
    route.proxy_tls = proxy.scheme == "https";
    PoolTls outer;
    outer.verify_because = because_default("urllib3 2.3 connection.py: TLS to the proxy");
    if (!pool_policy(vm, outer, proxy.host, route.proxy_policy)) return false;
    HeaderMap headers;
    if (!read_headers(vm, options.get("proxy_headers"), headers)) return false;
    if (tls) {
        route.connect_headers.add("Host", cat(route.host, ":", route.port));
        for (const HeaderField& field : headers.fields)
            route.connect_headers.fields.push_back(field);
    } else {
        for (HeaderField& field : headers.fields)
            request.headers.set(field.name, std::move(field.value));
    }
    return true;
}

Value urlopen(Vm& vm, Arguments& arguments) {
    const Options options(vm, arguments.positional.empty() ? Value() : arguments.positional[0]);
    auto state = std::make_unique<AnswerState>();
    PoolRequest& request = state->request;
    trust::OutboundCall& call = request.call;
    const Place* place = native_state<Place>(options.get("place"));
    call.span = place ? place->call : vm.current_span();
    call.function = place ? place->function : "";
    call.library = options.text("library");
    call.callable = options.text("callable");
    call.method = options.text("method");
    const Value index = options.get("url_index");
    if (place) {
        const auto at = static_cast<std::size_t>(index.is_int() ? index.integer : 0);
        call.url_span = place->keyword("url");
        if (call.url_span.empty() && at < place->positional.size())
            call.url_span = place->positional[at];
    }
    const SymbolicText raw = vm.symbolic(options.get("url"));
    Url url;
    std::string error;
    const bool known = raw.fully_known();
    if (!parse_url(known ? raw.text : masked(raw), UrlHabits::Urllib3, url, error) && known) {
        return vm.raise(urllib3_exception(vm, "LocationParseError", {vm.str(error)}));
    }
    describe_target(call, raw, url, known,
                    {BecauseKind::Argument, call.url_span, "url", origin_of(vm, raw)});
    const bool tls = call.transport == trust::Transport::Tls;
    Route& route = request.route;
    route.host = url.host;
    route.port = call.port;
    route.tls = tls;
    if (!read_headers(vm, options.get("headers"), request.headers)) return {};
    PoolTls pool_tls;
    bool verify_on = true;
    if (tls && (!read_tls(vm, options, pool_tls, verify_on) ||
                !pool_policy(vm, pool_tls, route.host, call.policy))) {
        return {};
    }
    if (!read_proxy(vm, options, tls, request)) return {};
    read_limit(vm, options.get("connect_timeout"), route.connect_timeout,
               request.connect_timeout_text);
    read_limit(vm, options.get("read_timeout"), route.read_timeout, request.read_timeout_text);
    call.policy.connect_timeout_us = {route.connect_timeout,
                                      options.because("timeout", "no time limit")};
    call.policy.read_timeout_us = {route.read_timeout, options.because("timeout", "no time limit")};
    call.policy.redirects = {{options.get("redirects").is_true(), 30, false},
                             options.because("redirects", "redirects are followed")};
    const Value from = options.get("redirected_from");
    if (from.is_int()) call.redirected_from = static_cast<int>(from.integer);
    route.policy = call.policy;
    const HeaderField* host = request.headers.find("host");
    if (host && host->value.text != url.netloc()) call.host_header = host->value;
    carry_url(call.data, raw);
    carry_headers(call.data, request.headers);
    const Value carried = options.get("carried");
    if (!carried.is_null()) carry_value(vm, call.data, "", carried);
    Body body;
    const Value content = options.get("body");
    if (!content.is_null()) {
        if (!raw_body(vm, content, body)) return {};
        if (carried.is_null())
            call.data.insert(call.data.end(), body.data.begin(), body.data.end());
    }
    request.body = std::move(body.bytes);
    request.chunked = body.chunked || options.get("chunked").is_true();
    if (!host) {
        request.headers.fields.insert(request.headers.fields.begin(),
                                      {"Host", plain(url.netloc())});
    }
    if (request.chunked) request.headers.set_default("Transfer-Encoding", "chunked");
    request.url = request.target = url.target();
    if (route.proxied && !tls) request.url = request.target = url.text();
    Connections* connections = native_state<Connections>(options.get("connections"));
    if (connections) request.pool = &connections->pool;
    request.pool_object = pool_object(vm, tls, url.host, url.port >= 0 ? url.port : tls ? 443 : 80);
    request.key =
        cat(url.scheme, "://", url.host, ":", route.port, "|", verify_on ? 1 : 0, "|",
            join(pool_tls.files, ":"), "|", pool_tls.certificate.file, "|", options.text("proxy"));
    request.preload = options.get("preload").is_true();
    RetrySettings usual;
    usual.total = {RetryCount::State::Number, 3};
    request.retry = retry_from(options.get("retries"), usual);
    if (options.get("retries_off").is_true()) request.retry = retry_from(Value::of(false), usual);
    const Value built = options.get("built");
    if (built.is_int()) mark_used(vm, static_cast<int>(built.integer));

    state->origin = vm.origins().add(trust::OriginKind::Response, call.span, call.host.value.text);
    state->unknown = vm.checking();
    state->reader = pool_urlopen(vm, request, state->link);
    if (!state->reader) return {};
    state->read = request.preload;
    const ResponseReader& reader = *state->reader;
    const trust::Origin* origin = state->origin;
    const bool unknown = state->unknown;
    const int id = request.call.id;
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
    attributes.set("_url", vm.str(raw));
    return made;
}

AnswerState* answer_of(Vm& vm, const Value& self) {
    AnswerState* state = native_state<AnswerState>(self);
    if (!state) vm.raise(vm.types().type_error, "not a response of the network");
    return state;
}

// _body(): all of it as bytes, each time.
Value answer_body(Vm& vm, Arguments& arguments) {
    AnswerState* state = answer_of(vm, arguments.self);
    if (!state) return {};
    if (state->unknown) return vm.unknown(state->origin, "response.content", vm.types().bytes);
    if (!state->read) {
        const Failure failure =
            read_body(vm, state->link, state->request.route.read_timeout, *state->reader);
        if (failure.kind == Failure::Kind::Cancelled) return vm.raise_cancelled();
        if (failure)
            return vm.raise(pool_body_exception(vm, state->request, failure, *state->reader));
        state->read = true;
        release_link(vm, state->request, state->link, *state->reader);
    }
    return vm.bytes(state->reader->body, state->origin);
}
Value answer_release(Vm& vm, Arguments& arguments) {
    AnswerState* state = answer_of(vm, arguments.self);
    if (!state) return {};
    if (state->reader) release_link(vm, state->request, state->link, *state->reader);
    return Value::none();
}
// _what(label): a value that nobody knows, made of this answer (checking).
Value answer_what(Vm& vm, Arguments& arguments) {
    AnswerState* state = answer_of(vm, arguments.self);
    return state ? vm.unknown(state->origin, std::string(text_of(arguments.positional[0])))
                 : Value();
}
Value answer_is_error(Vm& vm, Arguments&) {
    return Value::of(vm.decide(vm.current_span(), 2, "the answer is an error (raise_for_status)") ==
                     1);
}
// _redirect(): may this redirect be followed? Raises MaxRetryError, or False, when not.
Value answer_redirect(Vm& vm, Arguments& arguments) {
    AnswerState* state = answer_of(vm, arguments.self);
    if (!state) return {};
    const bool raises = state->request.retry.raise_on_redirect;
    if (!retry_step(vm, state->request, {}, 0, true)) {
        if (raises) return {};
        vm.take_error();
        return Value::of(false);
    }
    auto retry = std::make_unique<Retry>();
    retry->settings = state->request.retry;
    as_instance(arguments.self)
        ->attributes.set("retries",
                         vm.instance(vm.class_in("urllib3.util.retry", "Retry"), std::move(retry)));
    return Value::of(true);
}

// -- Retry
// -----------------------------------------------------------------------------------------
Value retry_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "Retry.__init__",
                        "total?, connect?, read?, redirect?, status?, other?, allowed_methods?, "
                        "status_forcelist?, backoff_factor?, backoff_max?, raise_on_redirect?, "
                        "raise_on_status?, history?, respect_retry_after_header?, "
                        "remove_headers_on_redirect?, backoff_jitter?",
                        bound)) {
        return {};
    }
    auto state = std::make_unique<Retry>();
    RetrySettings& out = state->settings;
    const auto count = [&](const char* name, RetryCount& into) {
        const Value value = bound[name];
        if (value.is_int())
            into = {RetryCount::State::Number, value.integer};
        else if (value.is_false())
            into = {RetryCount::State::False, 0};
        else if (value.is_true())
            into = {RetryCount::State::Number, 1};
        else if (value.is_none())
            into = {};
    };
    count("total", out.total);
    count("connect", out.connect);
    count("read", out.read);
    count("redirect", out.redirect);
    count("status", out.status);
    count("other", out.other);
    if (bound["redirect"].is_false() || bound["total"].is_false()) {
        out.redirect = {RetryCount::State::Number, 0};
        out.raise_on_redirect = false;
    }
    std::vector<Value> items;
    if (bound.has("allowed_methods")) {
        out.allowed_methods.clear();
        if (bound.has_value("allowed_methods") && !bound["allowed_methods"].is_false()) {
            if (!vm.collect(bound["allowed_methods"], items)) return {};
            for (const Value& item : items) out.allowed_methods.push_back(vm.symbolic(item).text);
        }
    }
    items.clear();
    if (bound.has_value("status_forcelist")) {
        if (!vm.collect(bound["status_forcelist"], items)) return {};
        for (const Value& item : items) {
            if (item.is_int()) out.status_forcelist.push_back(item.integer);
        }
    }
    items.clear();
    if (bound.has_value("remove_headers_on_redirect")) {
        if (!vm.collect(bound["remove_headers_on_redirect"], items)) return {};
        out.removed_on_redirect.clear();
        for (const Value& item : items)
            out.removed_on_redirect.push_back(ascii_lower(vm.symbolic(item).text));
    }
    TimeUs time = 0;
    if (seconds(bound["backoff_factor"], time))
        out.backoff_factor = static_cast<double>(time) / 1e6;
    if (seconds(bound["backoff_max"], time)) out.backoff_max = static_cast<double>(time) / 1e6;
    if (bound["raise_on_redirect"].is_false()) out.raise_on_redirect = false;
    if (bound["raise_on_status"].is_false()) out.raise_on_status = false;
    if (bound["respect_retry_after_header"].is_false()) out.respect_retry_after = false;
    as_instance(arguments.self)->native = std::move(state);
    for (const char* name : {"total", "connect", "read", "redirect", "status", "backoff_factor"}) {
        if (bound.has(name)) vm.set_attribute(arguments.self, name, bound[name]);
    }
    return Value::none();
}
// The headers that a redirect to another host loses, in lower case.
Value removed_headers(Vm& vm, Arguments& arguments) {
    const RetrySettings settings =
        retry_from(arguments.positional.empty() ? Value() : arguments.positional[0], {});
    std::vector<Value> out;
    for (const std::string& name : settings.removed_on_redirect) out.push_back(vm.str(name));
    return vm.list(std::move(out));
}

// -- what the Python parts need
// --------------------------------------------------------------------
Value connections_close(Vm& vm, Arguments& arguments) {
    if (Connections* state = native_state<Connections>(arguments.self)) state->pool.close_all(vm);
    return Value::none();
}
Value connections_init(Vm&, Arguments& arguments) {
    as_instance(arguments.self)->native = std::make_unique<Connections>();
    return Value::none();
}
// note_client(library, callable, verify, because, place): a client that was built, or whose setting
// changed; its number.
Value note(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "note_client", "library, callable, options, known", bound)) return {};
    const Options options(vm, bound["options"]);
    TlsSettings settings = default_tls_settings();
    bool on = true;
    const Value verify = options.get("verify");
    const Because because = options.because("verify", "certificates are verified");
    if (verify.is_bool()) on = verify.boolean;
    settings.chain_check = {on, because};
    if (!on) settings.verify_nothing(because);
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
    const Place* place = native_state<Place>(options.get("place"));
    return Value::of(note_client(vm, text_of(bound["library"]), text_of(bound["callable"]),
                                 place ? place->call : vm.current_span(), policy));
}

// prepare_url(url, query): as requests.models.PreparedRequest.prepare_url after its checks.
// Gives the URL; None: no scheme; False: no host. Raises LocationParseError.
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
    if (!parse_url(raw.text, UrlHabits::Urllib3, url, error)) {
        return vm.raise(urllib3_exception(vm, "LocationParseError", {vm.str(error)}));
    }
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
Value encode_json(Vm& vm, Arguments& arguments) {
    Body body;
    const bool compact = arguments.positional.size() > 1;
    if (!json_body(vm, arguments.positional[0], compact, body)) return {};
    return vm.bytes(body.bytes);
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
Value checking(Vm& vm, Arguments&) {
    return Value::of(vm.checking());
}

// -- the cookie jar
struct Jar : NativeState {
    static constexpr char kType = 0;
    Jar() : NativeState(&kType) {}
    CookieJar jar;
};
CookieJar& jar_of(const Value& self) {
    Instance* instance = as_instance(self);
    if (!instance->native) instance->native = std::make_unique<Jar>();
    return native_state<Jar>(self)->jar;
}
Value jar_put(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "set", "name, value, domain?, path?", bound)) return {};
    Cookie cookie;
    cookie.name = vm.symbolic(bound["name"]).text;
    if (!text_argument(vm, bound["value"], cookie.value)) return {};
    if (as_str(bound["domain"])) cookie.domain = std::string(text_of(bound["domain"]));
    if (as_str(bound["path"])) cookie.path = std::string(text_of(bound["path"]));
    jar_of(arguments.self).set(std::move(cookie));
    return Value::none();
}
// _all(): [(name, value, domain, path)]
Value jar_all(Vm& vm, Arguments& arguments) {
    std::vector<Value> out;
    for (const Cookie& cookie : jar_of(arguments.self).cookies) {
        out.push_back(vm.tuple({vm.str(cookie.name), vm.str(cookie.value), vm.str(cookie.domain),
                                vm.str(cookie.path)}));
    }
    return vm.list(std::move(out));
}
Value jar_header(Vm& vm, Arguments& arguments) {
    Url url;
    std::string error;
    parse_url(vm.symbolic(arguments.positional[0]).text, UrlHabits::Urllib3, url, error);
    const SymbolicText line = jar_of(arguments.self).header_for(url);
    return line.text.empty() ? Value::none() : vm.str(line);
}
Value jar_extract(Vm& vm, Arguments& arguments) {
    const AnswerState* state = native_state<AnswerState>(arguments.positional[1]);
    if (!state || state->unknown) return Value::none();
    Url url;
    std::string error;
    parse_url(vm.symbolic(arguments.positional[0]).text, UrlHabits::Urllib3, url, error);
    jar_of(arguments.self).extract(url, state->reader->headers, state->origin);
    return Value::none();
}
Value jar_merge(Vm&, Arguments& arguments) {
    if (native_state<Jar>(arguments.positional[0])) {
        jar_of(arguments.self).merge(jar_of(arguments.positional[0]));
    }
    return Value::none();
}
Value jar_remove(Vm& vm, Arguments& arguments) {
    const std::string name =
        arguments.positional.empty() ? "" : vm.symbolic(arguments.positional[0]).text;
    std::erase_if(jar_of(arguments.self).cookies,
                  [&](const Cookie& cookie) { return name.empty() || cookie.name == name; });
    return Value::none();
}

void install_native(Vm& vm, Module& module) {
    vm.make_class(module, "Place");
    Class* connections = vm.make_class(module, "Connections");
    vm.method(connections, "__init__", &connections_init);
    vm.method(connections, "close", &connections_close);
    Class* answer = vm.make_class(module, "Answer");
    vm.method(answer, "_body", &answer_body);
    vm.method(answer, "_what", &answer_what);
    vm.method(answer, "_is_error", &answer_is_error);
    vm.method(answer, "_redirect", &answer_redirect);
    vm.method(answer, "release_conn", &answer_release);
    vm.method(answer, "close", &answer_release);
    Class* retry = vm.make_class(module, "Retry");
    vm.method(retry, "__init__", &retry_init);
    retry->module = "urllib3.util.retry";
    Class* jar = vm.make_class(module, "Jar");
    vm.method(jar, "_put", &jar_put);
    vm.method(jar, "_all", &jar_all);
    vm.method(jar, "_header", &jar_header);
    vm.method(jar, "_extract", &jar_extract);
    vm.method(jar, "_merge", &jar_merge);
    vm.method(jar, "_remove", &jar_remove);
    static constexpr struct {
        const char* name;
        program::NativeFunction function;
    } kFunctions[] = {{"place", &make_place},
                      {"urlopen", &urlopen},
                      {"note_client", &note},
                      {"removed_headers", &removed_headers},
                      {"prepare_url", &prepare_url},
                      {"encode_query", &encode_query},
                      {"encode_multipart", &encode_multipart},
                      {"encode_json", &encode_json},
                      {"basic_header", &basic_header},
                      {"join", &join},
                      {"requote", &requote_text},
                      {"file_kind", &is_file},
                      {"proxy_variable", &variable},
                      {"environ", &environ},
                      {"is_ipv4", &is_literal},
                      {"phrase", &phrase},
                      {"to_text", &to_text},
                      {"clock", &clock_seconds},
                      {"settle", &settle},
                      {"checking", &checking}};
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
    const Value wanted = bound["cert_reqs"];
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

constexpr std::string_view kDocs = "urllib3 2.3 connection.py";
constexpr Meaning kMeanings[] = {
    {"urllib3.PoolManager, urllib3.HTTPSConnectionPool", "cert_reqs",
     "CERT_NONE: neither chain nor name is verified.", "reality v18"},
    {"urllib3.PoolManager, urllib3.HTTPSConnectionPool", "ca_certs, ca_cert_dir, ca_cert_data",
     "Only these roots are trusted.", "reality v19"},
    {"urllib3.PoolManager, urllib3.HTTPSConnectionPool", "assert_hostname",
     "False: the name is not compared; a text: that name is looked for instead of the host's.",
     "reality v19, FACTS 3"},
    {"urllib3.PoolManager, urllib3.HTTPSConnectionPool", "server_hostname",
     "This name is sent to the server and looked for.", "reality FACTS, options"},
    {"urllib3.PoolManager, urllib3.HTTPSConnectionPool", "assert_fingerprint",
     "The certificate's fingerprint is compared after the handshake, instead of its name.",
     "reality FACTS, options"},
    {"urllib3.PoolManager, urllib3.HTTPSConnectionPool", "ssl_context",
     "Its roots and versions count; verification is switched on again unless cert_reqs says "
     "otherwise.",
     "reality FACTS 14"},
    {"urllib3.PoolManager, urllib3.HTTPSConnectionPool", "cert_file, key_file",
     "The client's own certificate.", kDocs},
    {"urllib3.PoolManager, urllib3.HTTPSConnectionPool", "ssl_minimum_version",
     "The oldest TLS version spoken.", kDocs},
    {"urllib3", "env SSL_CERT_FILE", "Its roots are trusted as well.", "reality FACTS, variables"},
    {"urllib3.util.Retry", "total, connect, read, status_forcelist",
     "Each attempt sends everything again, to whoever answers.", "reality FACTS 21"},
    {"urllib3.ProxyManager", "proxy_url", "Requests go through that proxy.", kDocs},
    {"urllib3.disable_warnings", "(nothing)", "Only silences the warnings.", kDocs},
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
