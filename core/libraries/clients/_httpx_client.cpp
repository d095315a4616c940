// httpx.Client, AsyncClient and the module's functions (httpx 0.28 _client.py, _api.py, _auth.py).
#include <algorithm>

#include "base/text.h"
#include "libraries/clients/_httpx.h"

namespace wh::libraries::httpx {

using program::as_instance;
using program::native_state;
using trust::BecauseKind;

namespace {

// What the model itself needs to remember of a client; settings that Python code can see and change
// are attributes of the instance.
struct ClientState : program::NativeState {
    static constexpr char kType = 0;
    ClientState() : NativeState(&kType) {}
    bool asynchronous = false, closed = false;
    Value transport;
    struct Mount {
        std::string scheme, host;  // empty: any; host as in URLPattern ("*", "*.x", "*x")
        int port = -1;
        Value transport;  // None: the client's own
    };
    std::vector<Mount> mounts;  // most specific first
    Because base_because, headers_because;
    trust::Decided<trust::Redirects> redirects;
};

bool mount_matches(const ClientState::Mount& mount, const Url& url) {
    if (!mount.scheme.empty() && mount.scheme != url.scheme) return false;
    if (mount.port >= 0 && mount.port != url.port) return false;
    const std::string& host = mount.host;
    if (host.empty()) return true;
    if (host.starts_with("*."))
        return url.host.ends_with(host.substr(1)) && url.host.size() > host.size() - 1;
    if (host[0] != '*') return url.host == host;
    const std::string bare = host.substr(1);
    return url.host == bare || url.host.ends_with(cat(".", bare));
}

bool add_mount(Vm& vm, ClientState& state, std::string_view pattern, const Value& transport) {
    if (!pattern.empty() && pattern.find(':') == std::string_view::npos) {
        vm.raise(vm.types().value_error, cat("Proxy keys should use proper URL forms rather than "
                                             "plain scheme strings. Instead of \"",
                                             pattern, "\", use \"", pattern, "://\""));
        return false;
    }
    Url url;
    std::string error;
    if (!parse_url(pattern, UrlHabits::Httpx, url, error)) {
        raise(vm, "InvalidURL", error);
        return false;
    }
    ClientState::Mount mount{url.scheme == "all" ? "" : url.scheme, percent_decode(url.host),
                             url.port, transport};
    if (mount.host == "*") mount.host.clear();
    const auto weight = [](const ClientState::Mount& each) {
        return (each.port >= 0 ? 1'000'000 : 0) + static_cast<int>(each.host.size()) * 100 +
               static_cast<int>(each.scheme.size());
    };
    const auto place =
        std::find_if(state.mounts.begin(), state.mounts.end(),
                     [&](const ClientState::Mount& each) { return weight(each) < weight(mount); });
    state.mounts.insert(place, std::move(mount));
    return true;
}

// _get_proxy_map + get_environment_proxies: a mount for each variable, None for what goes direct.
bool add_environment_proxies(Vm& vm, ClientState& state, TransportParts parts) {
    struct Entry {
        std::string pattern, proxy, variable;
    };
    std::vector<Entry> entries;
    for (const std::string_view scheme : {"http", "https", "all"}) {
        const std::string_view value = proxy_variable(vm, scheme);
        if (value.empty()) continue;
        entries.push_back({cat(scheme, "://"),
                           value.find("://") == std::string_view::npos ? cat("http://", value)
                                                                       : std::string(value),
                           cat(scheme, "_proxy")});
    }
    for (const std::string& each : split(proxy_variable(vm, "no"), ',')) {
        const std::string host(trim(each));
        if (host == "*") return true;
        if (host.empty()) continue;
        const bool literal =
            is_ipv4(host.substr(0, host.find('/'))) || ascii_lower(host) == "localhost";
        if (host.find("://") != std::string::npos)
            entries.push_back({host, "", ""});
        else if (!literal && is_address(host))
            entries.push_back({cat("all://[", host, "]"), "", ""});
        else
            entries.push_back({cat(literal ? "all://" : "all://*", host), "", ""});
    }
    for (const Entry& entry : entries) {
        Value transport = Value::none();
        if (!entry.proxy.empty()) {
            parts.proxy = ProxyRoute();
            const Because because{BecauseKind::Environment, {}, entry.variable, nullptr};
            const trust::Origin* origin =
                vm.origins().add(trust::OriginKind::Environment, {}, entry.variable);
            if (!read_proxy(vm, vm.str(entry.proxy, origin), because, parts.proxy)) return false;
            transport = make_transport(vm, parts);
            if (transport.is_null()) return false;
        }
        if (!add_mount(vm, state, entry.pattern, transport)) return false;
    }
    return true;
}

HeaderMap default_headers() {
    HeaderMap map;
    map.add("Accept", "*/*");
    map.add("Accept-Encoding", "gzip, deflate");
    map.add("Connection", "keep-alive");
    map.add("User-Agent", "python-httpx/0.28.1");
    return map;
}

// What setting an attribute of a client means; also how the constructor sets them.
bool set_client(Vm& vm, const Value& self, std::string_view name, const Value& value) {
    program::Namespace& attributes = as_instance(self)->attributes;
    Value made = value;
    if (name == "headers") {
        made = make_headers(vm, value);
        if (made.is_null()) return false;
        HeaderMap all = default_headers();
        all.update(headers_of(made));
        made = make_headers(vm, std::move(all));
    } else if (name == "base_url") {
        made = make_url(vm, value);
        if (made.is_null()) return false;
        UrlState& url = url_of(made);
        if (!url.url.target().ends_with('/')) {
            Url changed = url.url;
            changed.path += '/';
            made = make_url(vm, std::move(changed), url.raw, url.known);
        }
    } else if (name == "cookies") {
        made = make_cookies(vm, value);
    } else if (name == "params") {
        made = make_params(vm, value);
    } else if (name == "timeout") {
        made = make_timeout(vm, value);
    } else if (name == "event_hooks") {
        made = vm.dict({{"request", vm.list()}, {"response", vm.list()}});
        if (program::Dict* given = as_dict(value)) {
            for (const char* kind : {"request", "response"}) {
                if (const Value* hooks = given->find_text(kind))
                    vm.set_item(made, vm.str(kind), *hooks);
            }
        }
    } else if (name == "follow_redirects" && native_state<ClientState>(self)) {
        trust::Decided<trust::Redirects>& redirects = native_state<ClientState>(self)->redirects;
        redirects.value.followed = value.is_true();
        redirects.because = {BecauseKind::AttributeSet, vm.current_span(), "follow_redirects",
                             value.origin};
    }
    if (made.is_null()) return false;
    attributes.set(name, made);
    return true;
}

class ClientHooks final : public program::ClassHooks {
  public:
    int set_instance_attribute(Vm& vm, Value self, std::string_view name,
                               Value value) const override {
        for (const std::string_view known : {"headers", "base_url", "cookies", "params", "timeout",
                                             "event_hooks", "follow_redirects"}) {
            if (name == known) return set_client(vm, self, name, value) ? 1 : -1;
        }
        return 0;
    }
};
const ClientHooks kClientHooks{};

constexpr std::string_view kClientParameters =
    "*, auth?, params?, headers?, cookies?, verify?, cert?, trust_env?, http1?, http2?, proxy?, "
    "mounts?, "
    "timeout?, follow_redirects?, limits?, max_redirects?, event_hooks?, base_url?, transport?, "
    "default_encoding?";

Value default_timeout(Vm& vm) {
    return vm.call(Value::of(class_of(vm, "Timeout")), {Value::of(5.0)});
}

// Shared by the constructors and, for one request, by the module's functions (`single`).
bool build_client(Vm& vm, const Value& self, const Bound& bound, bool asynchronous, bool single,
                  Span span) {
    auto made = std::make_unique<ClientState>();
    ClientState& state = *made;
    state.asynchronous = asynchronous;
    as_instance(self)->native = std::move(made);
    const auto or_none = [&](std::string_view name) {
        return bound.has(name) ? bound[name] : Value::none();
    };
    const Value base = bound.has_value("base_url") ? bound["base_url"] : vm.str("");
    const Value timeout = bound.has("timeout") ? bound["timeout"] : default_timeout(vm);
    if (timeout.is_null() || !set_client(vm, self, "base_url", base) ||
        !set_client(vm, self, "headers", or_none("headers")) ||
        !set_client(vm, self, "cookies", or_none("cookies")) ||
        !set_client(vm, self, "params", or_none("params")) ||
        !set_client(vm, self, "timeout", timeout) ||
        !set_client(vm, self, "event_hooks", or_none("event_hooks"))) {
        return false;
    }
    state.base_because = because_argument(bound, "base_url", true);
    program::Namespace& attributes = as_instance(self)->attributes;
    const Value auth = or_none("auth");
    const bool callable = as_tuple(auth) || auth.is_none() || as_unknown(auth) ||
                          vm.is_callable(auth) || vm.is_instance(auth, class_of(vm, "Auth"));
    if (!callable) {
        std::string shown;
        vm.repr(auth, shown);
        vm.raise(vm.types().type_error, cat("Invalid \"auth\" argument: ", shown));
        return false;
    }
    attributes.set("auth", auth);
    const bool trust_env = !bound["trust_env"].is_false();
    attributes.set("trust_env", Value::of(trust_env));
    attributes.set("follow_redirects",
                   bound.has("follow_redirects") ? bound["follow_redirects"] : Value::of(false));
    attributes.set("max_redirects",
                   bound.has("max_redirects") ? bound["max_redirects"] : Value::of(20));
    state.redirects = {{bound["follow_redirects"].is_true(), 20, false},
                       bound.has("follow_redirects")
                           ? because_argument(bound, "follow_redirects", !single)
                           : because_default("httpx: redirects are not followed")};
    if (bound["http2"].is_true()) {
        vm.raise(vm.types().import_error,
                 "Using http2=True, but the 'h2' package is not installed. Make sure to install "
                 "httpx using "
                 "`pip install httpx[http2]`.");
        return false;
    }
    TransportParts parts;
    parts.verify = bound.has("verify") ? bound["verify"] : Value::of(true);
    parts.cert = bound["cert"];
    parts.verify_because = bound.has("verify") ? because_argument(bound, "verify", !single, vm.current_span())
                                               : because_default("httpx 0.28: verify=True");
    parts.cert_because = because_argument(bound, "cert", !single);
    parts.trust_env = trust_env;
    parts.limits = bound["limits"];
    parts.asynchronous = asynchronous;
    parts.callable = asynchronous ? "httpx.AsyncClient" : "httpx.Client";
    parts.span = span;
    const bool own = bound.has_value("transport");
    // Built even if transport= replaces it, as its errors show; but nobody uses it then.
    parts.note = !single && !own;
    if (own) {
        state.transport = bound["transport"];
    } else {
        state.transport = make_transport(vm, parts);
        if (state.transport.is_null()) return false;
    }
    const TransportState* transport = native_state<TransportState>(state.transport);
    const int built = transport ? transport->built : -1;
    parts.note = false;
    const auto share = [&](const Value& other) {  // what is built of them is one thing
        if (TransportState* more = native_state<TransportState>(other)) more->built = built;
    };
    if (bound.has_value("proxy")) {
        if (!read_proxy(vm, bound["proxy"], because_argument(bound, "proxy", !single), parts.proxy))
            return false;
        const Value through = make_transport(vm, parts);
        if (through.is_null() || !add_mount(vm, state, "all://", through)) return false;
        share(through);
    } else if (trust_env && !own) {
        if (!add_environment_proxies(vm, state, parts)) return false;
        for (const ClientState::Mount& mount : state.mounts) share(mount.transport);
    }
    if (program::Dict* mounts = as_dict(bound["mounts"])) {
        for (const program::Dict::Entry& entry : mounts->entries) {
            if (entry.live && !add_mount(vm, state, text_of(entry.key), entry.value)) return false;
        }
    }
    attributes.set("_transport", state.transport);
    return true;
}

Value client_init(Vm& vm, Arguments& arguments) {
    const bool asynchronous = (*arguments.captured)[0].is_true();
    Bound bound;
    if (!arguments.bind(vm, asynchronous ? "AsyncClient.__init__" : "Client.__init__",
                        kClientParameters, bound)) {
        return {};
    }
    return build_client(vm, arguments.self, bound, asynchronous, false, arguments.span())
               ? Value::none()
               : Value();
}

// -- building requests
// -----------------------------------------------------------------------------
Value merged_url(Vm& vm, const Value& client, const Value& given, Because& because) {
    const Value url = make_url(vm, given);
    if (url.is_null()) return {};
    const UrlState& mine = url_of(url);
    const UrlState& base = url_of(attribute(client, "base_url"));
    // An unknown text may hold a whole URL; with a base URL it is far more often a path.
    const bool relative = mine.known
                              ? mine.url.is_relative()
                              : mine.url.is_relative() && (!base.url.host.empty() || !base.known);
    if (!relative ||
        (base.url.host.empty() && base.known && base.url.scheme.empty() && !mine.known))
        return url;
    const ClientState* state = native_state<ClientState>(client);
    if (base.url.host.empty() && base.known && mine.url.host.empty()) {
        Url joined = base.url;
        joined.path = mine.url.path.empty() ? "/" : mine.url.path;
        if (!joined.path.starts_with('/')) joined.path.insert(0, "/");
        joined.query = mine.url.query;
        return make_url(vm, joined, mine.raw, mine.known);
    }
    std::size_t skip = 0;
    while (skip < mine.raw.text.size() && mine.raw.text[skip] == '/') ++skip;
    Url joined = base.url;
    std::string path = mine.url.path;
    path.erase(0, path.find_first_not_of('/') == std::string::npos ? path.size()
                                                                   : path.find_first_not_of('/'));
    joined.path = cat(base.url.path.empty() ? "/" : base.url.path, path);
    joined.query = mine.url.query;
    SymbolicText raw = base.raw;
    while (raw.text.ends_with('/')) raw = slice(raw, 0, raw.text.size() - 1);
    append(raw, plain("/"));
    append(raw, slice(mine.raw, skip, mine.raw.text.size()));
    if (state && base.url.host.size()) because.text = "base_url";
    const bool known = mine.known && base.known;
    std::string error;
    const std::string text = joined.text();
    if (known)
        parse_url(text, UrlHabits::Httpx, joined, error);  // "../" goes up from the base's path
    return make_url(vm, std::move(joined), std::move(raw), known);
}

constexpr std::string_view kBodyless =
    "url, *, params?, headers?, cookies?, auth?, follow_redirects?, timeout?, extensions?";
constexpr std::string_view kWithBody =
    "url, *, content?, data?, files?, json?, params?, headers?, cookies?, auth?, "
    "follow_redirects?, "
    "timeout?, extensions?";

Value build_request(Vm& vm, const Value& client, const std::string& method, const Bound& bound,
                    const std::string& callable, Span span) {
    Because because{BecauseKind::Argument, bound.span("url"), "url", bound["url"].origin};
    RequestParts parts;
    parts.method = method;
    parts.url = merged_url(vm, client, bound["url"], because);
    if (parts.url.is_null()) return {};
    parts.content = bound["content"];
    parts.data = bound["data"];
    parts.files = bound["files"];
    parts.json = bound["json"];
    parts.params = bound["params"];
    const Value own_params = attribute(client, "params");
    const ParamsState* mine = native_state<ParamsState>(own_params);
    if (mine && !mine->pairs.empty()) {
        parts.params = vm.call_method(own_params, "merge",
                                      {bound.has("params") ? bound["params"] : Value::none()});
        if (parts.params.is_null()) return {};
    }
    HeaderMap headers = header_attribute(client);
    if (bound.has_value("headers")) {
        const Value more = make_headers(vm, bound["headers"]);
        if (more.is_null()) return {};
        headers.update(headers_of(more));
    }
    parts.headers = make_headers(vm, std::move(headers));
    const Value jar = attribute(client, "cookies");
    const CookiesState* cookies = native_state<CookiesState>(jar);
    parts.cookies = bound["cookies"];
    if (cookies && !cookies->jar.cookies.empty()) {
        parts.cookies = make_cookies(vm, jar);
        if (bound.has_value("cookies") &&
            vm.call_method(parts.cookies, "update", {bound["cookies"]}).is_null()) {
            return {};
        }
    }
    parts.extensions = vm.dict();
    if (const program::Dict* given = as_dict(bound["extensions"])) {
        for (const program::Dict::Entry& entry : given->entries) {
            if (entry.live) vm.set_item(parts.extensions, entry.key, entry.value);
        }
    }
    if (!as_dict(parts.extensions)->find_text("timeout")) {
        const Value timeout = bound.has("timeout") && !as_unknown(bound["timeout"])
                                  ? make_timeout(vm, bound["timeout"])
                                  : attribute(client, "timeout");
        if (timeout.is_null()) return {};
        vm.set_item(parts.extensions, vm.str("timeout"), vm.call_method(timeout, "as_dict"));
    }
    const Value request = make_request(vm, std::move(parts));
    if (request.is_null()) return {};
    RequestState& state = request_state(request);
    if (!span.empty()) state.span = span;
    state.url_span = bound.span("url");
    state.callable = callable;
    state.function = calling_function(vm);
    state.url_because = because;
    state.server_name.because.span = bound.span("extensions");
    return request;
}

// -- authentication
// -------------------------------------------------------------------------------- A generator of
// the pasted code (Auth.auth_flow and friends), or what stands for it.
struct AuthFlow {
    Value generator;  // Null: one request, as it is
    bool asynchronous = false;
};

void basic(Vm& vm, const Value& request, const SymbolicText& user, const SymbolicText& password) {
    const trust::Origin* origin = vm.derive({origin_of(vm, user), origin_of(vm, password)});
    header_attribute(request).set("Authorization",
                                  text_from(basic_credentials(user.text, password.text), origin));
}

// The first request of the flow; Null: raised.
Value start_auth(Vm& vm, Value auth, const Value& request, bool asynchronous, AuthFlow& flow) {
    if (const program::Tuple* pair = as_tuple(auth)) {
        if (pair->items.size() == 2) {
            SymbolicText user, password;
            if (!text_argument(vm, pair->items[0], user) ||
                !text_argument(vm, pair->items[1], password))
                return {};
            basic(vm, request, user, password);
        }
        return request;
    }
    if (auth.is_null() || auth.is_none()) {
        const UrlState& url = url_of(attribute(request, "url"));
        if (!url.url.userinfo.empty()) {
            const trust::Origin* origin = origin_of(vm, url.raw);
            basic(vm, request, text_from(url.url.username(), origin),
                  text_from(url.url.password(), origin));
        }
        return request;
    }
    if (as_unknown(auth)) {
        header_attribute(request).set("Authorization", vm.symbolic(auth));
        return request;
    }
    if (!vm.is_instance(auth, class_of(vm, "Auth"))) {
        const Value made = vm.call(auth, {request});  // FunctionAuth
        return made.is_null() || native_state<RequestState>(made) ? made : request;
    }
    const Value user = attribute(auth, "_username");
    if (!user.is_null()) {
        SymbolicText name, password;
        if (!text_argument(vm, user, name) ||
            !text_argument(vm, attribute(auth, "_password"), password))
            return {};
        basic(vm, request, name, password);
        return request;
    }
    const auto own = [&](std::string_view name) {  // written by the pasted code
        const Value method = vm.find_attribute(Value::of(vm.class_of(auth)), name);
        return !method.is_null() && !as_native(method);
    };
    flow.asynchronous = asynchronous && own("async_auth_flow");
    const std::string_view name = flow.asynchronous                        ? "async_auth_flow"
                                  : !asynchronous && own("sync_auth_flow") ? "sync_auth_flow"
                                  : own("auth_flow")                       ? "auth_flow"
                                                                           : "";
    if (name.empty()) return request;
    flow.generator = vm.call_method(auth, name, {request});
    if (flow.generator.is_null()) return {};
    if (flow.asynchronous) {
        const Value step = vm.call_method(flow.generator, "__anext__");
        return step.is_null() ? step : vm.await_now(step);
    }
    const Value first = vm.next(flow.generator);
    return first.is_null() && !vm.failed() ? request : first;
}

// The next request of the flow. Null without failure: there is none.
Value continue_auth(Vm& vm, AuthFlow& flow, const Value& response) {
    if (flow.generator.is_null()) return {};
    Value step = vm.call_method(flow.generator, flow.asynchronous ? "asend" : "send", {response});
    if (flow.asynchronous && !step.is_null()) step = vm.await_now(step);
    if (step.is_null() &&
        (vm.error_is(vm.types().stop_iteration) || vm.error_is(vm.types().stop_async_iteration))) {
        vm.take_error();
    }
    return step;
}

// -- sending
// ---------------------------------------------------------------------------------------
int port_of(const Url& url) {
    return url.port_or_default();
}
bool same_origin(const Url& a, const Url& b) {
    return a.scheme == b.scheme && a.host == b.host && port_of(a) == port_of(b);
}

Value redirect_request(Vm& vm, const Value& client, const Value& request, const Value& response) {
    const UrlState& old_url = url_of(attribute(request, "url"));
    const int status = status_of(response);
    std::string method(text_of(attribute(request, "method")));
    const std::string before = method;
    if ((status == 303 || status == 302) && method != "HEAD") method = "GET";
    if (status == 301 && method == "POST") method = "GET";
    const SymbolicText location = header_attribute(response).get("location");
    Url parsed;
    std::string error;
    if (!parse_url(location.text, UrlHabits::Httpx, parsed, error)) {
        const Value made = vm.make_exception(class_of(vm, "RemoteProtocolError"),
                                             cat("Invalid URL in location header: ", error, "."));
        as_instance(made)->attributes.set("_request", request);
        return vm.raise(made);
    }
    if (!parsed.scheme.empty() && parsed.host.empty()) parsed.host = old_url.url.host;
    if (parsed.is_relative()) {
        const std::string joined = join_url(old_url.url.text(), parsed.text());
        parse_url(joined, UrlHabits::Httpx, parsed, error);
    }
    if (old_url.url.fragment && !old_url.url.fragment->empty() && !parsed.fragment) {
        parsed.fragment = old_url.url.fragment;
    }
    HeaderMap headers = header_attribute(request);
    if (!same_origin(parsed, old_url.url)) {
        const bool upgrade = parsed.host == old_url.url.host && old_url.url.scheme == "http" &&
                             port_of(old_url.url) == 80 && parsed.scheme == "https" &&
                             port_of(parsed) == 443;
        if (!upgrade) headers.erase("Authorization");
        headers.set("Host", parsed.netloc());
    }
    const bool drop_body = method != before && method == "GET";
    if (drop_body) {
        headers.erase("Content-Length");
        headers.erase("Transfer-Encoding");
    }
    headers.erase("Cookie");
    const Value jar = attribute(client, "cookies");
    if (const CookiesState* cookies = native_state<CookiesState>(jar)) {
        SymbolicText line = cookies->jar.header_for(parsed);
        if (!line.text.empty()) headers.add("Cookie", std::move(line));
    }
    const Value made = vm.instance(class_of(vm, "Request"));
    auto state = std::make_unique<RequestState>();
    const RequestState& from = request_state(request);
    if (!drop_body) state->body = from.body;
    state->span = from.span;
    state->url_span = from.url_span;
    state->function = from.function;
    state->callable = from.callable;
    state->redirects = from.redirects;
    state->streamed = from.streamed;
    state->redirected_from = from.call_id;
    state->url_because = {BecauseKind::Argument, from.url_span, "Location",
                          origin_of(vm, location)};
    program::Namespace& attributes = as_instance(made)->attributes;
    attributes.set("method", vm.str(method));
    const trust::Origin* origin = origin_of(vm, location);
    const std::string text = parsed.text();
    attributes.set("url", make_url(vm, parsed, text_from(text, origin), true));
    attributes.set("headers", make_headers(vm, std::move(headers)));
    attributes.set("extensions", attribute(request, "extensions"));
    as_instance(made)->native = std::move(state);
    return made;
}

bool run_hooks(Vm& vm, const Value& client, const char* kind, const Value& argument) {
    program::Dict* hooks = as_dict(attribute(client, "event_hooks"));
    const Value* list = hooks ? hooks->find_text(kind) : nullptr;
    std::vector<Value> all;
    if (list && !vm.collect(*list, all)) return false;
    for (const Value& hook : all) {
        const Value result = vm.call(hook, {argument});
        if (result.is_null() || vm.await_if_needed(result).is_null()) return false;
    }
    return true;
}

Value send_redirecting(Vm& vm, const Value& client, Value request, bool follow,
                       std::vector<Value>& history) {
    ClientState& state = *native_state<ClientState>(client);
    const Value limit = attribute(client, "max_redirects");
    for (;;) {
        if (limit.is_int() && static_cast<std::int64_t>(history.size()) > limit.integer) {
            const Value error = vm.make_exception(class_of(vm, "TooManyRedirects"),
                                                  "Exceeded maximum allowed redirects.");
            as_instance(error)->attributes.set("_request", request);
            return vm.raise(error);
        }
        if (!run_hooks(vm, client, "request", request)) return {};
        Value transport = state.transport;
        for (const ClientState::Mount& mount : state.mounts) {
            if (!mount_matches(mount, url_of(attribute(request, "url")).url)) continue;
            if (!mount.transport.is_none()) transport = mount.transport;
            break;
        }
        const Value response = handle_request(vm, transport, request, state.asynchronous);
        ResponseState* answer = response.is_null() ? nullptr : response_state(response);
        if (!answer) return response;
        program::Namespace& attributes = as_instance(response)->attributes;
        attributes.set("_request", request);
        if (!answer->unknown) {
            CookiesState* cookies = native_state<CookiesState>(attribute(client, "cookies"));
            if (cookies) {
                cookies->jar.extract(url_of(attribute(request, "url")).url,
                                     header_attribute(response), answer->origin);
            }
        }
        if (!run_hooks(vm, client, "response", response)) {
            close_response(vm, *answer);
            return {};
        }
        attributes.set("history", vm.list(history));
        if (!is_redirect(response)) return response;
        const Value next = redirect_request(vm, client, request, response);
        if (next.is_null()) return {};
        if (!follow) {
            attributes.set("next_request", next);
            return response;
        }
        history.push_back(response);
        if (!read_response(vm, response)) return {};
        request = next;
    }
}

Value send(Vm& vm, const Value& client, Value request, const Value& auth, const Value& follow_given,
           bool stream) {
    ClientState* state = native_state<ClientState>(client);
    if (!state || state->closed) {
        return vm.raise(vm.types().runtime_error,
                        "Cannot send a request, as the client has been closed.");
    }
    RequestState& first = request_state(request);
    if (first.redirects.because.text.empty()) first.redirects = state->redirects;
    program::Dict* extensions = as_dict(attribute(request, "extensions"));
    if (extensions && !extensions->find_text("timeout")) {
        vm.set_item(attribute(request, "extensions"), vm.str("timeout"),
                    vm.call_method(attribute(client, "timeout"), "as_dict"));
    }
    bool follow = false;
    const Value wanted =
        follow_given.is_null() ? attribute(client, "follow_redirects") : follow_given;
    if (!vm.truth(wanted, follow)) return {};
    first.redirects.value.followed = follow;
    first.streamed = stream;
    AuthFlow flow;
    request = start_auth(vm, auth.is_null() ? attribute(client, "auth") : auth, request,
                         state->asynchronous, flow);
    std::vector<Value> history;
    while (!request.is_null()) {
        if (!native_state<RequestState>(request)) {
            return vm.raise(vm.types().type_error, "auth_flow must yield httpx.Request instances");
        }
        const Value response = send_redirecting(vm, client, request, follow, history);
        ResponseState* answer = response.is_null() ? nullptr : response_state(response);
        if (!answer) return response;
        const Value next = continue_auth(vm, flow, response);
        if (next.is_null()) {
            if (vm.failed()) return {};
            if (!stream && !read_response(vm, response)) return {};
            return response;
        }
        if (!read_response(vm, response)) return {};
        history.push_back(response);
        if (native_state<RequestState>(next) && next.object == request.object) {
            request_state(next).call_id = 0;
        }
        request = next;
    }
    return {};
}

std::string callable_name(const Value& client, std::string_view method) {
    const ClientState* state = native_state<ClientState>(client);
    return cat(state && state->asynchronous ? "httpx.AsyncClient." : "httpx.Client.", method);
}

// client.get(...) and the like. captured: method ("" = first argument), whether it is deferred.
Value client_verb(Vm& vm, Arguments& arguments) {
    const std::string method(
        (*arguments.captured)[0].is_none() ? "" : text_of((*arguments.captured)[0]));
    const bool with_body =
        method.empty() || method == "POST" || method == "PUT" || method == "PATCH";
    const std::string name = method.empty() ? "request" : ascii_lower(method);
    Bound bound;
    const std::string parameters =
        cat(method.empty() ? "method, " : "", with_body ? kWithBody : kBodyless);
    if (!arguments.bind(vm, cat("Client.", name), parameters, bound)) return {};
    const ClientState* state = native_state<ClientState>(arguments.self);
    if (!state) return vm.raise(vm.types().runtime_error, "Client.__init__() was not called");
    const Value request = build_request(
        vm, arguments.self, method.empty() ? vm.symbolic(bound["method"]).text : method, bound,
        callable_name(arguments.self, name), arguments.span());
    if (request.is_null()) return {};
    if (bound.has("follow_redirects")) {
        request_state(request).redirects = {{bound["follow_redirects"].is_true(), 20, false},
                                            because_argument(bound, "follow_redirects", false)};
    }
    return send(vm, arguments.self, request, bound["auth"], bound["follow_redirects"], false);
}
Value client_averb(Vm& vm, Arguments& arguments) {
    return defer(vm, &client_verb, arguments);
}

Value client_build_request(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "Client.build_request", cat("method, ", kWithBody), bound)) return {};
    return build_request(vm, arguments.self, vm.symbolic(bound["method"]).text, bound, "",
                         arguments.span());
}
Value client_send(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "Client.send", "request, *, stream?, auth?, follow_redirects?", bound))
        return {};
    if (!native_state<RequestState>(bound["request"])) {
        return vm.raise(vm.types().type_error, "send() needs a Request");
    }
    RequestState& request = request_state(bound["request"]);
    request.span = arguments.span().empty() ? request.span : arguments.span();
    request.function = calling_function(vm);
    request.callable = callable_name(arguments.self, "send");
    return send(vm, arguments.self, bound["request"], bound["auth"], bound["follow_redirects"],
                bound["stream"].is_true());
}
Value client_asend(Vm& vm, Arguments& arguments) {
    return defer(vm, &client_send, arguments);
}

// -- client.stream(): a context manager
// ------------------------------------------------------------
Value stream_enter(Vm& vm, Arguments& arguments) {
    const Value client = attribute(arguments.self, "_client");
    const Value response =
        send(vm, client, attribute(arguments.self, "_request"), attribute(arguments.self, "_auth"),
             attribute(arguments.self, "_follow"), true);
    if (!response.is_null()) as_instance(arguments.self)->attributes.set("_response", response);
    return response;
}
Value stream_exit(Vm& vm, Arguments& arguments) {
    const Value response = attribute(arguments.self, "_response");
    if (ResponseState* state = response.is_null() ? nullptr : response_state(response)) {
        close_response(vm, *state);
    }
    const Value single = attribute(arguments.self, "_single");
    if (!single.is_null()) vm.call_method(attribute(arguments.self, "_client"), "close");
    return Value::of(false);
}
Value stream_aenter(Vm& vm, Arguments& arguments) {
    return defer(vm, &stream_enter, arguments);
}
Value stream_aexit(Vm& vm, Arguments& arguments) {
    return defer(vm, &stream_exit, arguments);
}

Value make_stream(Vm& vm, const Value& client, const Bound& bound, const std::string& callable,
                  Span span) {
    const Value request =
        build_request(vm, client, vm.symbolic(bound["method"]).text, bound, callable, span);
    if (request.is_null()) return {};
    const Value made = vm.instance(class_of(vm, "_Stream"));
    program::Namespace& attributes = as_instance(made)->attributes;
    attributes.set("_client", client);
    attributes.set("_request", request);
    if (bound.has("auth")) attributes.set("_auth", bound["auth"]);
    if (bound.has("follow_redirects")) attributes.set("_follow", bound["follow_redirects"]);
    return made;
}
Value client_stream(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "Client.stream", cat("method, ", kWithBody), bound)) return {};
    return make_stream(vm, arguments.self, bound, callable_name(arguments.self, "stream"),
                       arguments.span());
}

Value client_close(Vm& vm, Arguments& arguments) {
    ClientState* state = native_state<ClientState>(arguments.self);
    if (!state || state->closed) return Value::none();
    state->closed = true;
    std::vector<Value> all{state->transport};
    for (const ClientState::Mount& mount : state->mounts) all.push_back(mount.transport);
    for (const Value& each : all) {
        if (each.is_null() || each.is_none()) continue;
        if (TransportState* transport = native_state<TransportState>(each)) {
            transport->pool.close_all(vm);
            continue;
        }
        const Value close = vm.find_attribute(each, state->asynchronous ? "aclose" : "close");
        if (!close.is_null() && vm.await_if_needed(vm.call(close)).is_null()) return {};
    }
    return Value::none();
}
Value client_aclose(Vm& vm, Arguments& arguments) {
    return defer(vm, &client_close, arguments);
}
Value client_enter(Vm& vm, Arguments& arguments) {
    const ClientState* state = native_state<ClientState>(arguments.self);
    if (state && state->closed) {
        return vm.raise(vm.types().runtime_error,
                        "Cannot reopen a client instance, once it has been closed.");
    }
    return arguments.self;
}
Value client_aenter(Vm& vm, Arguments& arguments) {
    return defer(vm, &client_enter, arguments);
}
Value client_is_closed(Vm&, Arguments& arguments) {
    const ClientState* state = native_state<ClientState>(arguments.self);
    return Value::of(state && state->closed);
}

// -- httpx.get(...) and the like
// -------------------------------------------------------------------
Value module_verb(Vm& vm, Arguments& arguments) {
    const std::string kind(text_of((*arguments.captured)[0]));
    const bool named = kind == "request" || kind == "stream";
    const bool with_body = named || kind == "post" || kind == "put" || kind == "patch";
    Bound bound;
    const std::string parameters = cat(named ? "method, " : "", with_body ? kWithBody : kBodyless,
                                       ", proxy?, verify?, trust_env?");
    if (!arguments.bind(vm, kind, parameters, bound)) return {};
    const Value client = vm.instance(class_of(vm, "Client"));
    Bound settings;
    // Only what the client itself is built with; the rest belongs to the request.
    Arguments own;
    own.site = arguments.site;
    for (const auto& [name, value] : arguments.keywords) {
        if (name == "proxy" || name == "verify" || name == "trust_env")
            own.keywords.emplace_back(name, value);
    }
    if (!own.bind(vm, kind, kClientParameters, settings) ||
        !build_client(vm, client, settings, false, true, arguments.span())) {
        return {};
    }
    const std::string callable = cat("httpx.", kind);
    if (kind == "stream") {
        const Value made = make_stream(vm, client, bound, callable, arguments.span());
        if (!made.is_null()) as_instance(made)->attributes.set("_single", Value::of(true));
        return made;
    }
    std::string method = named ? vm.symbolic(bound["method"]).text : kind;
    for (char& c : method) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    const Value request = build_request(vm, client, method, bound, callable, arguments.span());
    if (request.is_null()) return {};
    if (bound.has("follow_redirects")) {
        request_state(request).redirects = {{bound["follow_redirects"].is_true(), 20, false},
                                            because_argument(bound, "follow_redirects", false)};
    }
    const Value response =
        send(vm, client, request, bound["auth"], bound["follow_redirects"], false);
    const Value error = vm.failed() ? vm.take_error() : Value();
    vm.call_method(client, "close");
    return error.is_null() ? response : vm.raise(error);
}

Value basic_auth_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "BasicAuth.__init__", "username, password", bound)) return {};
    as_instance(arguments.self)->attributes.set("_username", bound["username"]);
    as_instance(arguments.self)->attributes.set("_password", bound["password"]);
    return Value::none();
}
Value function_auth_init(Vm&, Arguments& arguments) {
    as_instance(arguments.self)
        ->attributes.set("auth_flow",
                         arguments.positional.empty() ? Value::none() : arguments.positional[0]);
    return Value::none();
}

}  // namespace

void install_clients(Vm& vm, Module& module) {
    Class* auth = vm.make_class(module, "Auth");
    auth->attributes.set("requires_request_body", Value::of(false));
    auth->attributes.set("requires_response_body", Value::of(false));
    vm.method(vm.make_class(module, "BasicAuth", {auth}), "__init__", &basic_auth_init);
    vm.make_class(module, "DigestAuth", {vm.class_in("httpx._values", "DigestAuth"), auth});
    vm.method(vm.make_class(module, "NetRCAuth", {auth}), "__init__", &function_auth_init);
    Class* stream = vm.make_class(module, "_Stream");
    vm.method(stream, "__enter__", &stream_enter);
    vm.method(stream, "__exit__", &stream_exit);
    vm.method(stream, "__aenter__", &stream_aenter);
    vm.method(stream, "__aexit__", &stream_aexit);
    for (const bool asynchronous : {false, true}) {
        Class* client =
            vm.make_class(module, asynchronous ? "AsyncClient" : "Client", {}, &kClientHooks);
        bind_method(vm, client, "__init__", &client_init, {Value::of(asynchronous)});
        const program::NativeFunction verb = asynchronous ? &client_averb : &client_verb;
        for (const char* name : {"GET", "OPTIONS", "HEAD", "POST", "PUT", "PATCH", "DELETE"}) {
            bind_method(vm, client, ascii_lower(name), verb, {vm.str(name)});
        }
        bind_method(vm, client, "request", verb, {Value::none()});
        vm.method(client, "build_request", &client_build_request);
        vm.method(client, "send", asynchronous ? &client_asend : &client_send);
        vm.method(client, "stream", &client_stream);
        vm.property(client, "is_closed", &client_is_closed);
        vm.method(client, asynchronous ? "aclose" : "close",
                  asynchronous ? &client_aclose : &client_close);
        vm.method(client, asynchronous ? "__aenter__" : "__enter__",
                  asynchronous ? &client_aenter : &client_enter);
        vm.method(client, asynchronous ? "__aexit__" : "__exit__",
                  asynchronous ? &client_aclose : &client_close);
    }
    for (const char* name :
         {"get", "options", "head", "post", "put", "patch", "delete", "request", "stream"}) {
        module.globals.set(name, vm.native(name, &module_verb, {vm.str(name)}));
    }
}

}  // namespace wh::libraries::httpx
