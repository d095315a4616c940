// starlette.applications and fastapi.applications: the whole of an application, as a server drives
// it (starlette 0.46.1 applications.py, middleware/errors.py, _exception_handler.py; uvicorn 0.34).
#include "base/text.h"
#include "libraries/frameworks/_web.h"
#include "program/scheduler.h"

namespace wh::libraries::web {

AppState* app_of(const Value& app) {
    return native_state<AppState>(app);
}

namespace {

bool is_server_error_key(Vm& vm, const Value& key) {
    return (key.is_int() && key.integer == 500) || as_class(key) == vm.types().exception;
}

// An exception raised while another one is being handled has that one as its context.
void chain(Vm& vm, const Value& handled) {
    Value at = vm.error();
    const ExceptionInstance* known = as_exception(handled);
    for (int depth = 0; depth < 16; ++depth) {
        ExceptionInstance* exception = as_exception(at);
        if (!exception || exception == known) return;
        if (!exception->context) {
            exception->context = handled;
            return;
        }
        at = exception->context;
    }
}

// -- default handlers
// -------------------------------------------------------------------------------
Value default_http(Vm& vm, Arguments& arguments, bool json) {
    Bound bound;
    if (!arguments.bind(vm, "http_exception_handler", "request, exc", bound)) return {};
    const Value error = bound["exc"];
    const Value headers = attribute(vm, error, "headers");
    const Value status = attribute(vm, error, "status_code");
    const Value number = status.is_int() ? status : attribute(vm, status, "value");
    const int code = number.is_int() ? static_cast<int>(number.integer) : 500;
    const Value detail = attribute(vm, error, "detail");
    if (code == 204 || code == 304 || (json && !body_allowed(code))) {
        return make_response(vm, "Response", Value::none(), code, headers);
    }
    return json ? make_response(vm, "JSONResponse", vm.dict({{"detail", detail}}), code, headers)
                : make_response(vm, "PlainTextResponse", detail, code, headers);
}
Value http_json(Vm& vm, Arguments& arguments) {
    return default_http(vm, arguments, true);
}
Value http_plain(Vm& vm, Arguments& arguments) {
    return default_http(vm, arguments, false);
}

Value validation_json(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "request_validation_exception_handler", "request, exc", bound)) {
        return {};
    }
    const Value errors = vm.call_method(bound["exc"], "errors");
    const Value plain = errors ? to_jsonable(vm, errors) : errors;
    return plain ? make_response(vm, "JSONResponse", vm.dict({{"detail", plain}}), 422) : plain;
}

void answer_plainly(Sink& sink) {
    sink = Sink();
    sink.started = sink.complete = true;
    sink.status = 500;
    sink.headers = {{"content-length", "21"}, {"content-type", "text/plain; charset=utf-8"}};
    sink.body = "Internal Server Error";
}

bool run_startup(Vm& vm, const std::vector<Value>& handlers) {
    for (std::size_t i = 0; i < handlers.size(); ++i) {
        const Value result = vm.call(handlers[i]);
        const bool wait = kind_of(vm, handlers[i], true) == CallKind::Coroutine;
        if (!result || (wait && !vm.await_now(result))) return false;
    }
    return true;
}

}  // namespace

bool run_shutdown_handlers(Vm& vm, const Value& router) {
    return run_startup(vm, router_of(vm, router)->on_shutdown);
}

bool AppState::build(Vm& vm) {
    if (built) return true;
    built = true;
    layers.assign(middleware.size(), Value());
    for (std::size_t i = middleware.size(); i-- > 0;) {
        layers[i] = make_middleware(vm, self, i, middleware[i].first, middleware[i].second);
        if (!layers[i]) return false;
    }
    return true;
}

Value AppState::handler_for(Vm& vm, const Value& exception, bool server_error) const {
    Value found;
    if (server_error) {
        for (const auto& [key, function] : handlers) {
            if (is_server_error_key(vm, key)) found = function;
        }
        return found;
    }
    if (is_a(vm, exception, "starlette.exceptions", "HTTPException")) {
        const Value status = attribute(vm, exception, "status_code");
        for (const auto& [key, function] : handlers) {
            if (key.is_int() && status.is_int() && key.integer == status.integer &&
                key.integer != 500) {
                found = function;
            }
        }
        if (found) return found;
    }
    for (const Class* cls : vm.class_of(exception)->mro) {
        for (const auto& [key, function] : handlers) {
            if (as_class(key) == cls && cls != vm.types().exception) found = function;
        }
        if (found) return found;
        if (cls == vm.class_in("starlette.exceptions", "HTTPException")) {
            return vm.native("http_exception", fastapi ? &async_method<&http_json> : &http_plain);
        }
        if (fastapi && cls == vm.class_in("fastapi.exceptions", "RequestValidationError")) {
            return vm.native("request_validation_exception_handler",
                             &async_method<&validation_json>);
        }
    }
    return {};
}

bool AppState::with_handlers(Vm& vm, const Value& request, Sink& sink,
                             bool (*inner)(Vm&, const Value&, const Value&, Sink&),
                             const Value& argument) {
    if (inner(vm, argument, request, sink)) return true;
    if (vm.stopped() || !vm.error_is(vm.types().exception)) return false;
    const Value error = vm.take_error();
    const Value handler = handler_for(vm, error, false);
    if (!handler) {
        vm.raise(error);
        return false;
    }
    if (sink.started) {
        vm.raise_from(vm.make_exception(vm.types().runtime_error,
                                        "Caught handled exception, but response already started."),
                      error);
        return false;
    }
    Arguments passed;
    passed.positional = {request, error};
    const Value response = run_callable(vm, handler, std::move(passed), true);
    if (response && (response.is_none() || send_response(vm, response, request, sink))) return true;
    chain(vm, error);
    return false;
}

bool AppState::run(Vm& vm, const Value& request, Sink& sink) {
    if (run_layer(vm, self, 0, request, sink)) return true;
    if (vm.stopped() || !vm.error_is(vm.types().exception)) return false;
    const Value error = vm.take_error();
    const Value handler = handler_for(vm, error, true);
    if (handler) {
        Arguments passed;
        passed.positional = {request, error};
        const Value response = run_callable(vm, handler, std::move(passed), true);
        if (!response || (!sink.started && !send_response(vm, response, request, sink))) {
            chain(vm, error);
            return false;
        }
    } else if (!sink.started) {
        answer_plainly(sink);
    }
    vm.raise(error);  // a server hears of it in any case
    return false;
}

// -- as a server drives it
// ----------------------------------------------------------------------------
bool AppState::start_up(Vm& vm) {
    started = true;
    if (!build(vm)) return false;
    const std::vector<RouterState::Lifespan> lifespans = router_of(vm, router)->lifespans;
    lifespan_state = vm.dict();
    for (const RouterState::Lifespan& each : lifespans) {
        Value given = Value::none();
        if (!each.function) {
            if (!run_startup(vm, router_of(vm, each.router)->on_startup)) given = {};
            if (given) lifespan.entries.push_back({each.router, CallKind::Coroutine});
        } else {
            Arguments passed;
            passed.positional = {self};
            const CallKind kind = kind_of(vm, each.function, true);
            if (kind == CallKind::Generator || kind == CallKind::AsyncGenerator) {
                given = lifespan.enter_generator(vm, each.function, kind, std::move(passed));
            } else {
                const Value manager = vm.call(each.function, std::move(passed));
                given = manager ? lifespan.enter_manager(vm, manager) : manager;
            }
        }
        if (!given) {
            lifespan.close(vm);
            return false;
        }
        std::vector<std::pair<std::string, Value>> items;
        if (as_dict(given) && read_pairs(vm, given, items)) {
            for (const auto& [name, value] : items) {
                as_dict(lifespan_state)->set(vm, vm.str(name), value);
            }
        }
    }
    return !vm.failed();
}

trust::InboundResponse AppState::handle(Vm& vm, const trust::InboundRequest& inbound,
                                        std::optional<Value>& unhandled) {
    Sink sink;
    const program::ContextScope context(vm);  // uvicorn makes a task for every request
    const Value request = make_request(vm, self, inbound);
    std::vector<std::pair<std::string, Value>> items;
    if (as_dict(lifespan_state) && read_pairs(vm, lifespan_state, items)) {
        for (const auto& [name, value] : items) {
            vm.set_attribute(native_state<RequestState>(request)->state, name, value);
        }
    }
    if (!build(vm) || !run(vm, request, sink)) {
        if (vm.failed()) unhandled = vm.take_error();
    }
    if (!sink.started) answer_plainly(sink);  // uvicorn's own
    if (inbound.method == "HEAD" || sink.status == 204 || sink.status == 304) sink.body.clear();
    return sink.answer();
}

void AppState::shut_down(Vm& vm) {
    lifespan.close(vm);
}

// -- checking
// -----------------------------------------------------------------------------------------
void AppState::examine(Vm& vm, std::size_t index) {
    const std::vector<RouteRef> refs = route_refs();
    if (index >= refs.size()) return;
    // What the start-up leaves in app.state is needed; its own failures are told there.
    if (!started && !start_up(vm) && !vm.stopped()) vm.take_error();
    Value app = self;
    if (refs[index].app) app = refs[index].app->self;
    const Value request = unknown_request(vm, app);
    const Route& route = *native_state<Route>(refs[index].route);
    Sink sink;
    if (route.kind == Route::Kind::Api) {
        run_api_route(vm, refs[index].route, request, sink);
    } else {
        Arguments passed;
        passed.positional = {request};
        run_callable(vm, route.endpoint, std::move(passed), true);
    }
}

void AppState::examine_start_up(Vm& vm) {
    if (start_up(vm)) shut_down(vm);
}

namespace {

// Exception handlers, then middleware, then websocket endpoints.
struct EntryPoint {
    enum class Kind : std::uint8_t { Handler, Middleware, Socket };
    Kind kind = Kind::Handler;
    Value key;       // Handler: class or status
    Value function;  // Middleware: class or dispatch function; Socket: the route
};
std::vector<EntryPoint> entry_points(const AppState& app) {
    std::vector<EntryPoint> out;
    for (const auto& [key, function] : app.handlers) {
        out.push_back({EntryPoint::Kind::Handler, key, function});
    }
    for (const auto& [cls, arguments] : app.middleware) {
        const Value* dispatch = arguments.keyword("dispatch");
        const bool user = as_class(cls) && as_class(cls)->user_code;
        if (dispatch || user) {
            out.push_back({EntryPoint::Kind::Middleware, cls, dispatch ? *dispatch : Value()});
        }
    }
    if (const RouterState* router = native_state<RouterState>(app.router)) {
        for (const Value& route : router->routes) {
            if (native_state<Route>(route)->kind == Route::Kind::WebSocket) {
                out.push_back({EntryPoint::Kind::Socket, {}, route});
            }
        }
    }
    return out;
}

}  // namespace

std::size_t AppState::handler_count() const {
    return entry_points(*this).size();
}

void AppState::examine_handler(Vm& vm, std::size_t index) {
    const std::vector<EntryPoint> points = entry_points(*this);
    if (index >= points.size()) return;
    if (!started && !start_up(vm) && !vm.stopped()) vm.take_error();
    const EntryPoint& point = points[index];
    const Value request = unknown_request(vm, self);
    Arguments passed;
    Value function = point.function;
    switch (point.kind) {
        case EntryPoint::Kind::Handler: {
            Class* cls = as_class(point.key);
            if (!cls) cls = vm.class_in("starlette.exceptions", "HTTPException");
            passed.positional = {request, vm.unknown(nullptr, "exc", cls)};
            break;
        }
        case EntryPoint::Kind::Middleware: {
            if (!function) {
                for (const Value& layer : layers) {
                    if (Value::of(vm.class_of(layer)).object == point.key.object) {
                        function = vm.find_attribute(layer, "dispatch_func");
                    }
                }
            }
            if (!function) return;  // plain ASGI: nothing is known of what it would be sent
            passed.positional = {request, checking_call_next(vm)};
            break;
        }
        case EntryPoint::Kind::Socket: {
            Solving solving;
            ExitStack stack;
            solving.request = request;
            solving.stack = &stack;
            const Route& route = *native_state<Route>(point.function);
            if (solve(vm, *route.dependant, solving, passed.keywords)) {
                run_callable(vm, route.endpoint, std::move(passed), true);
            }
            stack.close(vm);
            return;
        }
    }
    run_callable(vm, function, std::move(passed), true);
}

std::vector<AppState::RouteRef> AppState::route_refs() const {
    std::vector<RouteRef> out;
    const RouterState* routing = native_state<RouterState>(router);
    for (const Value& each : routing ? routing->routes : std::vector<Value>()) {
        const Route& route = *native_state<Route>(each);
        if (route.kind == Route::Kind::Mount) {
            const AppState* inner = app_of(route.endpoint);
            if (!inner || inner == this) continue;
            for (RouteRef ref : inner->route_refs()) {
                ref.prefix = route.pattern.format() + ref.prefix;
                out.push_back(std::move(ref));
            }
        } else if (route.kind != Route::Kind::WebSocket && !as_native(route.endpoint)) {
            out.push_back({each, this, ""});
        }
    }
    return out;
}

// -- Python's view
// ------------------------------------------------------------------------------------
namespace {

AppState& state_of(const Arguments& arguments) {
    return *app_of(arguments.self);
}

void add_middleware(AppState& app, const Value& cls, Arguments arguments) {
    app.middleware.insert(app.middleware.begin(), {cls, std::move(arguments)});
}

bool app_init(Vm& vm, const Value& self, const Bound& bound, const char* router_module,
              const char* router_class, Keywords router_options) {
    AppState& state = attach<AppState>(self);
    state.self = self;
    state.state = make_state(vm);
    state.overrides = vm.dict();
    for (const char* name : {"routes", "on_startup", "on_shutdown", "lifespan"}) {
        if (bound.has(name)) router_options.emplace_back(name, bound[name]);
    }
    state.router = call_with(vm, Value::of(vm.class_in(router_module, router_class)),
                             std::move(router_options));
    if (!state.router) return false;
    for (const Value& each : items_of(vm, bound["middleware"])) {
        Arguments arguments;
        arguments.positional = items_of(vm, attribute(vm, each, "args"));
        if (!read_pairs(vm, attribute(vm, each, "kwargs"), arguments.keywords)) return false;
        state.middleware.emplace_back(attribute(vm, each, "cls"), std::move(arguments));
    }
    if (const Dict* handlers = as_dict(bound["exception_handlers"])) {
        for (const Dict::Entry& entry : handlers->entries) {
            if (entry.live) state.handlers.emplace_back(entry.key, entry.value);
        }
    }
    vm.set_attribute(self, "debug", bound.has("debug") ? bound["debug"] : Value::of(false));
    return !vm.failed();
}

Value starlette_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    return arguments.bind(vm, "__init__",
                          "debug?, routes?, middleware?, exception_handlers?, on_startup?, "
                          "on_shutdown?, lifespan?",
                          bound) &&
                   app_init(vm, arguments.self, bound, "starlette.routing", "Router", {})
               ? Value::none()
               : Value();
}

Value documentation(Vm& vm, Arguments&) {
    vm.not_modelled("FastAPI's own documentation pages and schema");
    return make_response(vm, "HTMLResponse", vm.str("<!DOCTYPE html>"), 200);
}

Value fastapi_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(
            vm, "__init__",
            "*, debug?, routes?, title?, summary?, description?, version?, openapi_url?, "
            "openapi_tags?, servers?, dependencies?, default_response_class?, redirect_slashes?, "
            "docs_url?, redoc_url?, swagger_ui_oauth2_redirect_url?, swagger_ui_init_oauth?, "
            "middleware?, exception_handlers?, on_startup?, on_shutdown?, lifespan?, "
            "terms_of_service?, contact?, license_info?, openapi_prefix?, root_path?, "
            "root_path_in_servers?, responses?, callbacks?, webhooks?, deprecated?, "
            "include_in_schema?, swagger_ui_parameters?, generate_unique_id_function?, "
            "separate_input_output_schemas?, **extra",
            bound)) {
        return {};
    }
    const Value self = arguments.self;
    Keywords options;
    for (const char* name : {"dependencies", "default_response_class", "redirect_slashes"}) {
        if (bound.has(name)) options.emplace_back(name, bound[name]);
    }
    if (!app_init(vm, self, bound, "fastapi.routing", "APIRouter", std::move(options))) return {};
    app_of(self)->fastapi = true;
    const std::pair<const char*, const char*> defaults[] = {
        {"title", "FastAPI"},  {"description", ""},     {"version", "0.1.0"},
        {"root_path", ""},     {"summary", nullptr},    {"openapi_url", "/openapi.json"},
        {"docs_url", "/docs"}, {"redoc_url", "/redoc"},
    };
    for (const auto& [name, fallback] : defaults) {
        const Value value = bound.has(name) ? bound[name]
                            : fallback      ? vm.str(fallback)
                                            : Value::none();
        vm.set_attribute(self, name, value);
        const std::string_view view = name;
        const bool documented = !attribute(vm, self, "openapi_url").is_none();
        if (view.ends_with("_url") && documented && as_str(value)) {
            add_route(vm, self, Route::Kind::Plain, text(vm, value),
                      vm.native("documentation", &async_method<&documentation>),
                      {{"methods", string_list(vm, {"GET", "HEAD"})}, {"name", vm.str(name)}});
        }
    }
    vm.set_attribute(self, "extra", vm.dict());
    return vm.failed() ? Value() : Value::none();
}

Value get_state(Vm&, Arguments& arguments) {
    return state_of(arguments).state;
}
Value set_state(Vm&, Arguments& arguments) {
    state_of(arguments).state = arguments.positional.at(0);
    return Value::none();
}
Value get_router(Vm&, Arguments& arguments) {
    return state_of(arguments).router;
}
Value get_overrides(Vm&, Arguments& arguments) {
    return state_of(arguments).overrides;
}
Value set_overrides(Vm&, Arguments& arguments) {
    state_of(arguments).overrides = arguments.positional.at(0);
    return Value::none();
}
Value get_handlers(Vm& vm, Arguments& arguments) {
    const Value out = vm.dict();
    for (const auto& [key, function] : state_of(arguments).handlers) {
        as_dict(out)->set(vm, key, function);
    }
    return out;
}

Value add_middleware_method(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "add_middleware", "middleware_class, *args, **kwargs", bound))
        return {};
    AppState& app = state_of(arguments);
    if (app.built) {
        return vm.raise(vm.types().runtime_error,
                        "Cannot add middleware after an application has started");
    }
    Arguments rest;
    rest.positional = bound.rest();
    rest.keywords = bound.extra();
    add_middleware(app, bound["middleware_class"], std::move(rest));
    return Value::none();
}

Value middleware_inner(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "decorator", "func", bound)) return {};
    Arguments rest;
    rest.keywords.emplace_back("dispatch", bound["func"]);
    add_middleware(*app_of(arguments.captured->at(0)),
                   Value::of(vm.class_in("starlette.middleware.base", "BaseHTTPMiddleware")),
                   std::move(rest));
    return bound["func"];
}
Value middleware_decorator(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "middleware", "middleware_type", bound)) return {};
    if (text(vm, bound["middleware_type"]) != "http") {
        return vm.raise(vm.types().assertion_error,
                        "Currently only middleware(\"http\") is supported.");
    }
    return vm.native("decorator", &middleware_inner, {arguments.self});
}

Value add_handler(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "add_exception_handler", "exc_class_or_status_code, handler", bound)) {
        return {};
    }
    state_of(arguments).handlers.emplace_back(bound["exc_class_or_status_code"], bound["handler"]);
    return Value::none();
}
Value handler_inner(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "decorator", "func", bound)) return {};
    app_of(arguments.captured->at(0))
        ->handlers.emplace_back(arguments.captured->at(1), bound["func"]);
    return bound["func"];
}
Value handler_decorator(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "exception_handler", "exc_class_or_status_code", bound)) return {};
    return vm.native("decorator", &handler_inner,
                     {arguments.self, bound["exc_class_or_status_code"]});
}

Value openapi(Vm& vm, Arguments&) {
    return vm.not_modelled("app.openapi()");
}

}  // namespace

void install_applications(Vm& vm, Module& module) {
    Class* app = vm.make_class(module, "Starlette");
    add_plain_router_methods(vm, app);
    add_methods(vm, app,
                {{"__init__", &starlette_init},
                 {"add_middleware", &add_middleware_method},
                 {"middleware", &middleware_decorator},
                 {"add_exception_handler", &add_handler},
                 {"exception_handler", &handler_decorator}});
    vm.property(app, "state", &get_state, &set_state);
    vm.property(app, "router", &get_router);
}

void install_fastapi_applications(Vm& vm, Module& module) {
    if (module.name == "fastapi.exception_handlers") {
        vm.function(module, "http_exception_handler", &async_method<&http_json>);
        vm.function(module, "request_validation_exception_handler",
                    &async_method<&validation_json>);
        return;
    }
    Class* app =
        vm.make_class(module, "FastAPI", {vm.class_in("starlette.applications", "Starlette")});
    vm.method(app, "__init__", &fastapi_init);
    vm.method(app, "openapi", &openapi);
    add_router_methods(vm, app);
    vm.property(app, "dependency_overrides", &get_overrides, &set_overrides);
    vm.property(app, "exception_handlers", &get_handlers);
}

}  // namespace wh::libraries::web
