// starlette.middleware (starlette 0.46.1: base.py, cors.py, trustedhost.py, httpsredirect.py) and
// the ASGI protocol where the pasted code speaks it itself.
#include <algorithm>

#include "base/text.h"
#include "libraries/frameworks/_web.h"
#include "libraries/shared/fetch.h"
#include "program/scheduler.h"

namespace wh::libraries::web {

namespace {

// One passage through a layer of the pasted code: what its call_next(), receive() and send() know.
struct Exchange : NativeState {
    static constexpr char kType = 0;
    Exchange() : NativeState(&kType) {}
    Value app, request;
    std::size_t next = 0;
    Value error;                 // of the inner application
    std::vector<Value> pending;  // its background tasks
    Sink* sink = nullptr;        // where send() goes
};
Exchange& exchange_of(const Arguments& arguments) {
    return *native_state<Exchange>(arguments.captured->at(0));
}
Value make_exchange(Vm& vm, const Value& app, const Value& request, std::size_t next, Sink* sink) {
    const Value made = vm.instance(vm.types().object);
    Exchange& state = attach<Exchange>(made);
    state.app = app;
    state.request = request;
    state.next = next;
    state.sink = sink;
    return made;
}

// -- BaseHTTPMiddleware
// -----------------------------------------------------------------------------
Value call_next(Vm& vm, Arguments& arguments) {
    Exchange& exchange = exchange_of(arguments);
    Sink inner;
    inner.defers = true;
    const program::ContextScope context(vm);  // the app runs in a task of its own
    if (!run_layer(vm, exchange.app, exchange.next, exchange.request, inner)) {
        if (vm.stopped()) return {};
        exchange.error = vm.take_error();
        if (!inner.started) {
            // Raised where the stream of messages was found at its end (starlette base.py).
            const Value ended = vm.make_exception(
                vm.class_in("starlette.middleware.base", "EndOfStream"), std::vector<Value>{});
            vm.raise(exchange.error);
            chain(exchange.error, ended, false);
            return {};
        }
    }
    if (!inner.started) return vm.raise(vm.types().runtime_error, "No response returned.");
    exchange.pending = std::move(inner.pending);
    const Value response =
        vm.instance(vm.class_in("starlette.middleware.base", "_StreamingResponse"));
    std::vector<std::pair<std::string, Value>> headers;
    for (const auto& [name, value] : inner.headers) headers.emplace_back(name, vm.str(value));
    vm.set_attribute(response, "headers",
                     make_pairs(vm, "MutableHeaders", false, "headers", std::move(headers)));
    vm.set_attribute(response, "status_code", Value::of(inner.status));
    vm.set_attribute(response, "background", Value::none());
    vm.set_attribute(response, "body_iterator",
                     make_body_stream(vm, {vm.bytes(std::move(inner.body))}));
    return response;
}

bool run_base(Vm& vm, const Value& middleware, const Value& app, std::size_t next,
              const Value& request, Sink& sink) {
    const Value exchange = make_exchange(vm, app, request, next, nullptr);
    Arguments passed;
    passed.positional = {request, vm.native("call_next", &async_method<&call_next>, {exchange})};
    const Value response =
        run_callable(vm, attribute(vm, middleware, "dispatch_func"), std::move(passed), true);
    if (!response || !send_response(vm, response, request, sink)) {
        if (vm.stopped()) return false;
        // It leaves anyio's task group as the only one of an ExceptionGroup, which is taken off
        // again.
        const Value error = vm.take_error();
        const bool plain = vm.is_instance(error, vm.types().exception);
        const Value group =
            vm.call(Value::of(plain ? vm.types().exception_group : vm.types().base_exception_group),
                    {vm.str("unhandled errors in a TaskGroup"), vm.list({error})});
        if (!group) return false;
        vm.raise(error);
        chain(error, group, false);
        return false;
    }
    std::vector<Value>& pending = native_state<Exchange>(exchange)->pending;
    if (sink.defers) {
        sink.pending.insert(sink.pending.end(), pending.begin(), pending.end());
    } else {
        for (const Value& each : pending) {
            if (!run_background(vm, each)) return false;
        }
    }
    // What the inner application raised comes again, even if dispatch() dealt with it.
    if (const Value error = native_state<Exchange>(exchange)->error) {
        vm.raise(error);
        return false;
    }
    return true;
}

Value empty_response(Vm& vm, Arguments&) {
    return make_response(vm, "Response", Value::none(), 200);
}

Value base_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "app, dispatch?", bound)) return {};
    vm.set_attribute(arguments.self, "app", bound["app"]);
    const Value dispatch = bound.has_value("dispatch")
                               ? bound["dispatch"]
                               : vm.get_attribute(arguments.self, "dispatch");
    return dispatch && vm.set_attribute(arguments.self, "dispatch_func", dispatch) ? Value::none()
                                                                                   : Value();
}
Value base_dispatch(Vm& vm, Arguments&) {
    return vm.raise(vm.types().not_implemented_error, "");
}

Value keep_keywords(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "app, *args, **kwargs", bound)) return {};
    vm.set_attribute(arguments.self, "app", bound["app"]);
    for (const auto& [name, value] : bound.extra()) vm.set_attribute(arguments.self, name, value);
    return Value::none();
}

Value middleware_init(Vm& vm, Arguments& arguments) {  // Middleware(cls, *args, **kwargs)
    Bound bound;
    if (!arguments.bind(vm, "__init__", "cls, *args, **kwargs", bound)) return {};
    vm.set_attribute(arguments.self, "cls", bound["cls"]);
    vm.set_attribute(arguments.self, "args", vm.tuple(bound.rest()));
    const Value keywords = vm.dict();
    for (const auto& [name, value] : bound.extra()) {
        as_dict(keywords)->set(vm, vm.str(name), value);
    }
    vm.set_attribute(arguments.self, "kwargs", keywords);
    return Value::none();
}

// -- CORS
// -------------------------------------------------------------------------------------------
void set_header(trust::HeaderList& headers, std::string_view name, const std::string& value) {
    for (auto& [key, old] : headers) {
        if (ascii_equal_ignoring_case(key, name)) {
            old = value;
            return;
        }
    }
    headers.emplace_back(ascii_lower(name), value);
}

struct Cors {
    std::vector<std::string> origins, methods, headers, exposed;
    bool credentials = false;
    [[nodiscard]] static bool any(const std::vector<std::string>& list) {
        return std::find(list.begin(), list.end(), "*") != list.end();
    }
};

bool origin_allowed(Vm& vm, const Value& self, const Cors& cors, const std::string& origin) {
    if (Cors::any(cors.origins)) return true;
    const Value pattern = attribute(vm, self, "allow_origin_regex");
    if (!pattern.is_none()) {
        const Value match = import_attribute(vm, "re", "fullmatch");
        const Value found = match ? vm.call(match, {pattern, vm.str(origin)}) : match;
        if (found && !found.is_none()) return true;
    }
    return std::find(cors.origins.begin(), cors.origins.end(), origin) != cors.origins.end();
}

bool preflight(Vm& vm, const Value& self, const Cors& cors, const Value& request,
               const std::string& origin, Sink& sink) {
    const bool explicit_origin = !Cors::any(cors.origins) || cors.credentials;
    Keywords headers;
    const auto add = [&](const char* name, const std::string& value) {
        headers.emplace_back(name, vm.str(value));
    };
    std::string failures;
    const auto fail = [&failures](const char* what) {
        failures += cat(failures.empty() ? "" : ", ", what);
    };
    if (explicit_origin) add("Vary", "Origin");
    if (!origin_allowed(vm, self, cors, origin)) {
        fail("origin");
    } else {
        add("Access-Control-Allow-Origin", explicit_origin ? origin : "*");
    }
    const std::vector<std::string> methods =
        Cors::any(cors.methods)
            ? std::vector<std::string>{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}
            : cors.methods;
    add("Access-Control-Allow-Methods", join(methods, ", "));
    const Value age = attribute(vm, self, "max_age");
    add("Access-Control-Max-Age", age.is_none() ? "600" : text(vm, age));
    std::vector<std::string> allowed = cors.headers;
    for (const char* each : {"Accept", "Accept-Language", "Content-Language", "Content-Type"}) {
        allowed.emplace_back(each);
    }
    std::sort(allowed.begin(), allowed.end());
    allowed.erase(std::unique(allowed.begin(), allowed.end()), allowed.end());
    const Value wanted = request_header(vm, request, "access-control-request-headers");
    if (!Cors::any(cors.headers)) {
        add("Access-Control-Allow-Headers", join(allowed, ", "));
    } else if (wanted) {
        add("Access-Control-Allow-Headers", text(vm, wanted));
    }
    if (cors.credentials) add("Access-Control-Allow-Credentials", "true");
    const Value method = request_header(vm, request, "access-control-request-method");
    if (std::find(methods.begin(), methods.end(), text(vm, method)) == methods.end()) {
        fail("method");
    }
    if (wanted && !Cors::any(cors.headers)) {
        for (const std::string& each : split(text(vm, wanted), ',')) {
            const bool known = std::any_of(allowed.begin(), allowed.end(), [&](const auto& name) {
                return ascii_equal_ignoring_case(name, trim(each));
            });
            if (!known) {
                fail("headers");
                break;
            }
        }
    }
    const Value dict = vm.dict();
    for (const auto& [name, value] : headers) as_dict(dict)->set(vm, vm.str(name), value);
    const Value response =
        failures.empty() ? make_response(vm, "PlainTextResponse", vm.str("OK"), 200, dict)
                         : make_response(vm, "PlainTextResponse",
                                         vm.str(cat("Disallowed CORS ", failures)), 400, dict);
    return response && send_response(vm, response, request, sink);
}

bool run_cors(Vm& vm, const Value& self, const Value& app, std::size_t next, const Value& request,
              Sink& sink) {
    const Value given = request_header(vm, request, "origin");
    if (!given) return run_layer(vm, app, next, request, sink);
    const std::string origin = text(vm, given);
    Cors cors;
    cors.origins = texts_of(vm, attribute(vm, self, "allow_origins"));
    cors.methods = texts_of(vm, attribute(vm, self, "allow_methods"));
    if (cors.methods.empty()) cors.methods = {"GET"};
    cors.headers = texts_of(vm, attribute(vm, self, "allow_headers"));
    cors.exposed = texts_of(vm, attribute(vm, self, "expose_headers"));
    cors.credentials = flag(vm, attribute(vm, self, "allow_credentials"), false);
    if (native_state<RequestState>(request)->data.method == "OPTIONS" &&
        request_header(vm, request, "access-control-request-method")) {
        return preflight(vm, self, cors, request, origin, sink);
    }
    const bool done = run_layer(vm, app, next, request, sink);
    if (!sink.started) return done;
    const bool any = Cors::any(cors.origins);
    if (any) set_header(sink.headers, "access-control-allow-origin", "*");
    if (cors.credentials) set_header(sink.headers, "access-control-allow-credentials", "true");
    if (!cors.exposed.empty()) {
        set_header(sink.headers, "access-control-expose-headers", join(cors.exposed, ", "));
    }
    if (any ? static_cast<bool>(request_header(vm, request, "cookie"))
            : origin_allowed(vm, self, cors, origin)) {
        set_header(sink.headers, "access-control-allow-origin", origin);
        set_header(sink.headers, "vary", "Origin");
    }
    return done;
}

// -- hosts and schemes
// ------------------------------------------------------------------------------
bool host_allowed(Vm& vm, const Value& self, const std::string& host) {
    const std::vector<std::string> allowed = texts_of(vm, attribute(vm, self, "allowed_hosts"));
    if (allowed.empty() || Cors::any(allowed)) return true;
    return std::any_of(allowed.begin(), allowed.end(), [&host](const std::string& pattern) {
        return host == pattern || (pattern.starts_with('*') && host.ends_with(pattern.substr(1)));
    });
}

bool run_guard(Vm& vm, const Value& self, const Value& app, std::size_t next, const Value& request,
               Sink& sink, bool redirect) {
    const Value given = request_header(vm, request, "host");
    const std::string whole = given ? text(vm, given) : std::string();
    const std::string host = whole.substr(0, whole.find(':'));
    if (!redirect && host_allowed(vm, self, host)) return run_layer(vm, app, next, request, sink);
    const RequestState& state = *native_state<RequestState>(request);
    const Value response =
        redirect
            ? call_with(
                  vm, Value::of(vm.class_in("starlette.responses", "RedirectResponse")),
                  {{"url", vm.str(cat("https://", host, state.path,
                                      state.data.query.empty() ? "" : "?", state.data.query))}})
            : make_response(vm, "PlainTextResponse", vm.str("Invalid host header"), 400);
    return response && send_response(vm, response, request, sink);
}

// -- ASGI in the pasted code
// --------------------------------------------------------------------------
Value receive(Vm& vm, Arguments& arguments) {
    const Value body = vm.call_method(exchange_of(arguments).request, "body");
    const Value read = body ? vm.await_now(body) : body;
    if (!read) return {};
    return vm.dict(
        {{"type", vm.str("http.request")}, {"body", read}, {"more_body", Value::of(false)}});
}

Value send(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "send", "message", bound)) return {};
    Sink* sink = exchange_of(arguments).sink;
    Dict* message = as_dict(bound["message"]);
    if (!sink || !message) return Value::none();
    const auto get = [message](const char* name) {
        const Value* found = message->find_text(name);
        return found ? *found : Value::none();
    };
    if (text(vm, get("type")) == "http.response.start") {
        sink->started = true;
        const Value status = get("status");
        sink->status = status.is_int() ? static_cast<int>(status.integer) : 200;
        std::vector<std::pair<std::string, Value>> headers;
        if (!read_pairs(vm, get("headers"), headers)) return {};
        for (const auto& [name, value] : headers) {
            sink->headers.emplace_back(name, symbolic_text(vm, value));
        }
    } else {
        const Value body = get("body");
        if (!body.is_none()) sink->body += symbolic_text(vm, body);
        sink->complete = !flag(vm, get("more_body"), false);
    }
    return Value::none();
}

bool run_python_asgi(Vm& vm, const Value& callable, const Value& app, std::size_t next,
                     const Value& request, Sink& sink) {
    const Value exchange = make_exchange(vm, app, request, next, &sink);
    const Value scope = request_scope(vm, request);
    if (!scope) return false;
    const Value running =
        vm.call(callable, {scope, vm.native("receive", &async_method<&receive>, {exchange}),
                           vm.native("send", &async_method<&send>, {exchange})});
    const bool done = running && vm.await_if_needed(running);
    native_state<Exchange>(exchange)->sink = nullptr;
    return done;
}

// What a middleware of the pasted code holds as `self.app`.
Value inner_app(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "app", "scope, receive, send", bound)) return {};
    Dict* scope = as_dict(bound["scope"]);
    const Value* request = scope ? scope->find_text("wronghost.request") : nullptr;
    if (!request) return Value::none();  // lifespan, websocket
    Sink sink;
    sink.defers = true;
    bool done =
        run_layer(vm, arguments.captured->at(0),
                  static_cast<std::size_t>(arguments.captured->at(1).integer), *request, sink);
    if (vm.stopped()) return {};
    Value error = done ? Value() : vm.take_error();
    if (!forward(vm, sink, bound["send"])) return {};
    for (const Value& each : sink.pending) {
        if (error || run_background(vm, each)) continue;
        error = vm.take_error();
    }
    return error ? vm.raise(error) : Value::none();
}

enum class Known : std::uint8_t { Base, Cors, TrustedHost, HttpsRedirect, Session, Pass, Other };
Known known(const Class* cls) {
    constexpr std::pair<std::string_view, Known> kNames[] = {
        {"BaseHTTPMiddleware", Known::Base},
        {"CORSMiddleware", Known::Cors},
        {"TrustedHostMiddleware", Known::TrustedHost},
        {"HTTPSRedirectMiddleware", Known::HttpsRedirect},
        {"SessionMiddleware", Known::Session},
        {"GZipMiddleware", Known::Pass},
        {"ProxyHeadersMiddleware", Known::Pass},
    };
    for (const Class* each : cls->mro) {
        if (each->user_code) continue;
        for (const auto& [name, what] : kNames) {
            if (each->name == name) return what;
        }
    }
    return Known::Other;
}

}  // namespace

Value make_middleware(Vm& vm, const Value& app, std::size_t index, const Value& cls,
                      Arguments arguments) {
    arguments.positional.insert(arguments.positional.begin(),
                                vm.native("app", &async_method<&inner_app>,
                                          {app, Value::of(static_cast<std::int64_t>(index + 1))}));
    return vm.call(cls, std::move(arguments));
}

Value user_dispatch(Vm& vm, const Value& middleware) {
    if (const Value dispatch = vm.find_attribute(middleware, "dispatch_func")) return dispatch;
    return {};
}

Value checking_call_next(Vm& vm) {
    return vm.native("call_next", &async_method<&empty_response>);
}

bool run_layer(Vm& vm, const Value& app, std::size_t index, const Value& request, Sink& sink) {
    AppState& state = *app_of(app);
    if (index >= state.layers.size()) {
        return state.with_handlers(
            vm, request, sink,
            [](Vm& v, const Value& router, const Value& asked, Sink& to) {
                return run_router(v, router, asked, to);
            },
            state.router);
    }
    const Value layer = state.layers[index];
    const std::size_t next = index + 1;
    switch (known(vm.class_of(layer))) {
        case Known::Base:
            return run_base(vm, layer, app, next, request, sink);
        case Known::Cors:
            return run_cors(vm, layer, app, next, request, sink);
        case Known::TrustedHost:
        case Known::HttpsRedirect:
            return run_guard(vm, layer, app, next, request, sink,
                             known(vm.class_of(layer)) == Known::HttpsRedirect);
        case Known::Session:
            native_state<RequestState>(request)->session = vm.dict();
            return run_layer(vm, app, next, request, sink);
        case Known::Pass:
            return run_layer(vm, app, next, request, sink);
        case Known::Other:
            break;
    }
    if (as_unknown(layer)) return run_layer(vm, app, next, request, sink);
    return run_python_asgi(vm, layer, app, next, request, sink);
}

bool run_asgi(Vm& vm, const Value& app, const Value& request, Sink& sink) {
    if (AppState* state = app_of(app)) {
        native_state<RequestState>(request)->app = app;
        return state->build(vm) && state->run(vm, request, sink);
    }
    if (native_state<RouterState>(app)) return run_router(vm, app, request, sink);
    if (as_unknown(app) || as_class(app)) {
        vm.not_modelled("a mounted application");
        sink.started = sink.complete = true;
        sink.status = 404;
        return true;
    }
    return run_python_asgi(vm, app, {}, 0, request, sink);
}

void install_middleware(Vm& vm, Module& module) {
    const std::string_view full = module.name;
    if (full == "starlette.middleware") {
        vm.method(vm.make_class(module, "Middleware"), "__init__", &middleware_init);
        return;
    }
    if (full == "starlette.middleware.base") {
        Class* base = vm.make_class(module, "BaseHTTPMiddleware");
        add_methods(vm, base,
                    {{"__init__", &base_init}, {"dispatch", &async_method<&base_dispatch>}});
        vm.make_class(module, "EndOfStream", {vm.types().exception})->module = "anyio";
        vm.make_class(module, "_StreamingResponse",
                      {vm.class_in("starlette.responses", "Response")});
        for (const char* name : {"RequestResponseEndpoint", "DispatchFunction"}) {
            module.globals.set(name, import_attribute(vm, "typing", "Any"));
        }
        return;
    }
    constexpr std::pair<std::string_view, const char*> kModules[] = {
        {"starlette.middleware.cors", "CORSMiddleware"},
        {"starlette.middleware.trustedhost", "TrustedHostMiddleware"},
        {"starlette.middleware.httpsredirect", "HTTPSRedirectMiddleware"},
        {"starlette.middleware.gzip", "GZipMiddleware"},
        {"starlette.middleware.sessions", "SessionMiddleware"},
        {"uvicorn.middleware.proxy_headers", "ProxyHeadersMiddleware"},
    };
    for (const auto& [name, cls] : kModules) {
        if (full == name) {
            vm.method(vm.make_class(module, cls), "__init__", &keep_keywords);
        }
    }
}

}  // namespace wh::libraries::web
