// Routers (starlette 0.46.1 starlette/routing.py, FastAPI 0.115.11 fastapi/routing.py).
#include <algorithm>

#include "base/text.h"
#include "libraries/frameworks/_web.h"
#include "program/signature.h"

namespace wh::libraries::web {

Route::Route() : NativeState(&kType) {}
Route::~Route() = default;

RouterState* router_of(Vm&, const Value& router_or_app) {
    if (const AppState* app = native_state<AppState>(router_or_app)) {
        return native_state<RouterState>(app->router);
    }
    return native_state<RouterState>(router_or_app);
}

namespace {

const Value* option(const Keywords& options, std::string_view name) {
    for (const auto& [key, value] : options) {
        if (key == name && value) return &value;
    }
    return nullptr;
}
Value option_or_none(const Keywords& options, std::string_view name) {
    const Value* found = option(options, name);
    return found ? *found : Value::none();
}
void set_option(Keywords& options, std::string_view name, const Value& value) {
    std::erase_if(options, [name](const auto& entry) { return entry.first == name; });
    options.emplace_back(std::string(name), value);
}

std::string endpoint_name(Vm& vm, const Value& endpoint) {
    const Value name = vm.find_attribute(endpoint, "__name__");
    return name ? text(vm, name) : vm.class_of(endpoint)->name;
}

// Response model: given, or the return annotation unless that is a response class.
bool set_response_model(Vm& vm, Route& route) {
    const Value* given = option(route.options, "response_model");
    Value model = given ? *given : return_annotation_of(vm, route.endpoint);
    if (!given && model) {
        const Class* cls = as_class(model);
        if (cls && cls->derives_from(vm.class_in("starlette.responses", "Response"))) model = {};
    }
    // `-> None` means no model, as response_model=None does.
    if (!model || model.is_none() || (as_class(model) && as_class(model) == vm.types().none_type)) {
        return true;
    }
    route.response_model = model;
    route.response_schema = schema_for(vm, model, {});
    if (route.response_schema) return true;
    if (!vm.failed()) return true;
    const Value cause = vm.take_error();
    std::string shown;
    vm.repr(model, shown);
    const Value error = vm.make_exception(
        vm.class_in("fastapi.exceptions", "FastAPIError"),
        cat("Invalid args for response field! Hint: check that ", shown,
            " is a valid Pydantic field type. If you are using a return type annotation that is "
            "not a valid Pydantic field (e.g. Union[Response, dict, None]) you can disable "
            "generating the response model from the type annotation with the path operation "
            "decorator parameter response_model=None. Read more: "
            "https://fastapi.tiangolo.com/tutorial/response-model/"));
    vm.raise_from(error, cause);
    return false;
}

bool set_api_options(Vm& vm, const RouterState& router, Route& route) {
    const Keywords& options = route.options;
    route.dependencies = router.dependencies;
    for (const Value& each : items_of(vm, option_or_none(options, "dependencies"))) {
        route.dependencies.push_back(each);
    }
    const Value response_class = option_or_none(options, "response_class");
    route.response_class =
        response_class.is_none() ? router.default_response_class : response_class;
    const Value status = option_or_none(options, "status_code");
    const Value number = status.is_int() ? status : attribute(vm, status, "value");
    if (number.is_int()) route.status_code = number;
    const auto given = [&](const char* name, bool fallback) {
        return flag(vm, option_or_none(options, name), fallback);
    };
    route.by_alias = given("response_model_by_alias", true);
    route.exclude_unset = given("response_model_exclude_unset", false);
    route.exclude_defaults = given("response_model_exclude_defaults", false);
    route.exclude_none = given("response_model_exclude_none", false);
    for (const auto& [name, to] :
         {std::pair<const char*, Value*>{"response_model_include", &route.include},
          {"response_model_exclude", &route.exclude}}) {
        const Value value = option_or_none(options, name);
        if (!value.is_none()) {
            *to = as_list(value) || as_tuple(value) ? vm.call(Value::of(vm.types().set), {value})
                                                    : value;
        }
    }
    if (!set_response_model(vm, route)) return false;
    const std::vector<std::string> names = route.pattern.names();
    route.dependant = analyse(vm, names, route.endpoint, {});
    if (!route.dependant) return false;
    auto own = std::move(route.dependant->dependencies);
    route.dependant->dependencies.clear();
    for (const Value& depends : route.dependencies) {  // these run first
        if (!add_dependency(vm, *route.dependant, names, depends, "", {})) return false;
    }
    for (auto& each : own) route.dependant->dependencies.push_back(std::move(each));
    finish_body(*route.dependant, route.embed, route.form);
    return true;
}

}  // namespace

Value add_route(Vm& vm, const Value& router, Route::Kind kind, const std::string& path,
                const Value& endpoint, Keywords options) {
    RouterState& state = *router_of(vm, router);
    constexpr std::pair<const char*, const char*> kClasses[] = {
        {"fastapi.routing", "APIRoute"},
        {"starlette.routing", "Route"},
        {"fastapi.routing", "APIWebSocketRoute"},
        {"starlette.routing", "Mount"},
    };
    const auto& [module, name] = kClasses[static_cast<std::size_t>(kind)];
    Class* cls = vm.class_in(module, name);
    if (kind == Route::Kind::Api) {
        Value own = option_or_none(options, "route_class_override");
        if (own.is_none() && state.route_class) {
            own = state.route_class;
            options.emplace_back("route_class_override", own);  // kept by include_router
        }
        if (as_class(own)) cls = as_class(own);
    }
    const Value made = vm.instance(cls);
    Route& route = attach<Route>(made);
    route.kind = kind;
    route.path = cat(state.prefix, path);
    route.endpoint = endpoint;
    route.options = std::move(options);
    if (kind == Route::Kind::Mount) {
        while (route.path.ends_with('/')) route.path.pop_back();
    } else if (!route.path.starts_with('/')) {
        return vm.raise(vm.types().assertion_error, "Routed paths must start with '/'");
    }
    route.pattern.prefix = kind == Route::Kind::Mount;
    if (!parse_path(vm, route.path, route.pattern)) return {};
    const Value given_name = option_or_none(route.options, "name");
    route.name = !given_name.is_none()        ? text(vm, given_name)
                 : kind == Route::Kind::Mount ? std::string()
                                              : endpoint_name(vm, endpoint);
    const Value methods = option_or_none(route.options, "methods");
    for (const std::string& each : texts_of(vm, methods)) {
        std::string upper = each;
        for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        route.methods.push_back(upper);
    }
    const bool is_function = as_function(endpoint) || as_bound_method(endpoint);
    if (route.methods.empty() &&
        (kind == Route::Kind::Api || (kind == Route::Kind::Plain && is_function))) {
        route.methods.push_back("GET");
    }
    const auto get = std::find(route.methods.begin(), route.methods.end(), "GET");
    if (kind == Route::Kind::Plain && get != route.methods.end()) route.methods.push_back("HEAD");
    if (kind == Route::Kind::Api && !set_api_options(vm, state, route)) return {};
    if (kind == Route::Kind::WebSocket) {
        route.dependant = analyse(vm, route.pattern.names(), endpoint, {});
        if (!route.dependant) return {};
    }
    vm.set_attribute(made, "path", vm.str(route.path));
    vm.set_attribute(made, "name", vm.str(route.name));
    vm.set_attribute(made, "endpoint", endpoint);
    vm.set_attribute(made, "methods",
                     vm.call(Value::of(vm.types().set), {string_list(vm, route.methods)}));
    if (kind == Route::Kind::Mount) vm.set_attribute(made, "app", endpoint);
    vm.set_attribute(made, "tags", vm.list(items_of(vm, option_or_none(route.options, "tags"))));
    for (const char* each : {"operation_id", "summary", "description", "response_model"}) {
        vm.set_attribute(made, each, option_or_none(route.options, each));
    }
    if (vm.failed()) return {};
    state.routes.push_back(made);
    return made;
}

// -- requests -------------------------------------------------------------------------------------
namespace {

Value converted(Vm& vm, const PathPattern::Token& token, const std::string& value) {
    const trust::Origin* origin = input_origin(vm, token.text);
    if (token.convert == PathPattern::Convert::Int) {
        const Value number = vm.call(Value::of(vm.types().integer), {vm.str(value)});
        return number ? number.with_origin(origin) : number;
    }
    if (token.convert == PathPattern::Convert::Float) {
        return Value::of(std::strtod(value.c_str(), nullptr)).with_origin(origin);
    }
    if (token.convert == PathPattern::Convert::Uuid) {
        const Value maker = import_attribute(vm, "uuid", "UUID");
        const Value made = maker ? vm.call(maker, {vm.str(value, origin)}) : maker;
        return made ? made.with_origin(origin) : made;
    }
    return vm.str(value, origin);
}

bool run_plain_route(Vm& vm, const Value& argument, const Value& request, Sink& sink) {
    const Route& route = *native_state<Route>(argument);
    Arguments passed;
    passed.positional = {request};
    const Value response = run_callable(vm, route.endpoint, std::move(passed), true);
    return response && send_response(vm, response, request, sink);
}

// A mounted application sees the rest of the path.
bool run_mount(Vm& vm, const Route& route, const Value& request, std::string_view rest,
               Sink& sink) {
    const RequestState& outer = *native_state<RequestState>(request);
    const Value inner = make_request(vm, outer.app, outer.data);
    RequestState& state = *native_state<RequestState>(inner);
    state.root_path = outer.root_path + outer.path.substr(0, outer.path.size() - rest.size());
    state.path = rest.empty() ? "/" : std::string(rest);
    state.path_params = outer.path_params;
    state.state = outer.state;
    return run_asgi(vm, route.endpoint, inner, sink);
}

bool run_route(Vm& vm, const Value& found, const Value& request,
               const std::vector<std::string>& texts, Sink& sink) {
    Route& route = *native_state<Route>(found);
    RequestState& state = *native_state<RequestState>(request);
    std::size_t index = 0;
    for (const PathPattern::Token& token : route.pattern.tokens) {
        if (!token.parameter) continue;
        const Value value = converted(vm, token, texts[index++]);
        if (!value) return false;
        as_dict(state.path_params)->set(vm, vm.str(token.text), value);
    }
    if (route.kind == Route::Kind::Mount) return run_mount(vm, route, request, texts.back(), sink);
    state.endpoint = route.endpoint;
    state.route = found;
    const std::string& method = state.data.method;
    if (!route.methods.empty() &&
        std::find(route.methods.begin(), route.methods.end(), method) == route.methods.end()) {
        raise_starlette_http(vm, 405, vm.dict({{"Allow", vm.str(join(route.methods, ", "))}}));
        return false;
    }
    // wrap_app_handling_exceptions around the endpoint.
    AppState* app = app_of(state.app);
    const auto run = route.kind == Route::Kind::Api
                         ? +[](Vm& v, const Value& r, const Value& q,
                               Sink& s) { return run_api_route(v, r, q, s); }
                         : &run_plain_route;
    if (!as_function(route.endpoint) && !as_bound_method(route.endpoint) &&
        route.kind == Route::Kind::Plain && !as_native(route.endpoint)) {
        return run_asgi(vm, route.endpoint, request, sink);
    }
    return app ? app->with_handlers(vm, request, sink, run, found) : run(vm, found, request, sink);
}

}  // namespace

bool run_router(Vm& vm, const Value& router, const Value& request, Sink& sink) {
    const RouterState& state = *router_of(vm, router);
    RequestState& asked = *native_state<RequestState>(request);
    if (!asked.router) asked.router = router;
    std::vector<std::string> texts, partial_texts;
    Value partial;
    for (const Value& each : state.routes) {
        const Route& route = *native_state<Route>(each);
        if (route.kind == Route::Kind::WebSocket || !route.pattern.match(asked.path, texts)) {
            continue;
        }
        const bool allowed =
            route.methods.empty() || std::find(route.methods.begin(), route.methods.end(),
                                               asked.data.method) != route.methods.end();
        if (allowed) return run_route(vm, each, request, texts, sink);
        if (!partial) {
            partial = each;
            partial_texts = texts;
        }
    }
    if (partial) return run_route(vm, partial, request, partial_texts, sink);
    if (state.redirect_slashes && asked.path != "/") {
        std::string other = asked.path;
        if (other.ends_with('/')) {
            while (other.ends_with('/')) other.pop_back();
        } else {
            other += '/';
        }
        for (const Value& each : state.routes) {
            const Route& route = *native_state<Route>(each);
            if (route.kind == Route::Kind::WebSocket || !route.pattern.match(other, texts)) {
                continue;
            }
            const Value host = request_header(vm, request, "host");
            std::string url =
                cat("http://", host ? text(vm, host) : "127.0.0.1:8000", asked.root_path, other);
            if (!asked.data.query.empty()) url += cat("?", asked.data.query);
            const Value response =
                call_with(vm, Value::of(vm.class_in("starlette.responses", "RedirectResponse")),
                          {{"url", vm.str(url)}});
            return response && send_response(vm, response, request, sink);
        }
    }
    if (!asked.app) {
        const Value response = make_response(vm, "PlainTextResponse", vm.str("Not Found"), 404);
        return response && send_response(vm, response, request, sink);
    }
    raise_starlette_http(vm, 404);
    return false;
}

std::string url_path_for(Vm& vm, const Value& router, std::string_view name,
                         const Keywords& parameters, bool& found) {
    for (const Value& each : router_of(vm, router)->routes) {
        const Route& route = *native_state<Route>(each);
        const std::vector<std::string> names = route.pattern.names();
        if (route.name != name || names.size() != parameters.size()) continue;
        std::string out;
        bool all = true;
        for (const PathPattern::Token& token : route.pattern.tokens) {
            const Value* value = token.parameter ? option(parameters, token.text) : nullptr;
            all = all && (!token.parameter || value);
            out += value ? text(vm, *value) : token.text;
        }
        if (!all) continue;
        found = true;
        return out;
    }
    return {};
}

// -- Python's view --------------------------------------------------------------------------------
bool router_init(Vm& vm, const Value& self, const Bound& bound) {
    RouterState& state = attach<RouterState>(self);
    state.prefix = text(vm, bound["prefix"]);
    if (!state.prefix.empty() && (!state.prefix.starts_with('/') || state.prefix.ends_with('/'))) {
        vm.raise(vm.types().assertion_error,
                 state.prefix.ends_with('/')
                     ? "A path prefix must not end with '/', as the routes will start with '/'"
                     : "A path prefix must start with '/'");
        return false;
    }
    state.dependencies = items_of(vm, bound["dependencies"]);
    state.on_startup = items_of(vm, bound["on_startup"]);
    state.on_shutdown = items_of(vm, bound["on_shutdown"]);
    state.redirect_slashes = flag(vm, bound["redirect_slashes"], true);
    if (bound.has_value("default_response_class")) {
        state.default_response_class = bound["default_response_class"];
    }
    state.lifespans.push_back({bound.has_value("lifespan") ? bound["lifespan"] : Value(), self});
    for (const Value& route : items_of(vm, bound["routes"])) {
        if (native_state<Route>(route)) state.routes.push_back(route);
    }
    return !vm.failed();
}

namespace {

constexpr std::string_view kRouterArguments =
    "*, prefix?, tags?, dependencies?, default_response_class?, responses?, callbacks?, routes?, "
    "redirect_slashes?, default?, dependency_overrides_provider?, route_class?, on_startup?, "
    "on_shutdown?, lifespan?, deprecated?, include_in_schema?, generate_unique_id_function?";

Value router_init_method(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", kRouterArguments, bound) ||
        !router_init(vm, arguments.self, bound)) {
        return {};
    }
    if (bound.has_value("route_class"))
        router_of(vm, arguments.self)->route_class = bound["route_class"];
    vm.set_attribute(arguments.self, "prefix", bound.has("prefix") ? bound["prefix"] : vm.str(""));
    vm.set_attribute(arguments.self, "tags", vm.list(items_of(vm, bound["tags"])));
    return Value::none();
}
Value plain_router_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    return arguments.bind(vm, "__init__",
                          "routes?, redirect_slashes?, default?, on_startup?, on_shutdown?, "
                          "lifespan?, *, middleware?",
                          bound) &&
                   router_init(vm, arguments.self, bound)
               ? Value::none()
               : Value();
}

Keywords given_options(const Bound& bound) {
    Keywords out;
    std::string_view rest = WH_ROUTE_OPTIONS;
    while (!rest.empty()) {
        const std::size_t end = rest.find('?');
        const std::string_view name = rest.substr(0, end);
        if (bound.has(name)) out.emplace_back(std::string(name), bound[name]);
        rest = end + 3 < rest.size() ? rest.substr(end + 3) : std::string_view();
    }
    return out;
}

// The decorator's inner function: captured are router, kind, path and options.
Value decorate(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "decorator", "func", bound)) return {};
    const std::vector<Value>& captured = *arguments.captured;
    Keywords options;
    if (!read_pairs(vm, captured[3], options)) return {};
    const auto kind = static_cast<Route::Kind>(captured[1].integer);
    return add_route(vm, captured[0], kind, text(vm, captured[2]), bound["func"],
                     std::move(options))
               ? bound["func"]
               : Value();
}

Value make_decorator(Vm& vm, const Value& router, Route::Kind kind, const Value& path,
                     const Keywords& options) {
    const Value dict = vm.dict();
    for (const auto& [name, value] : options) as_dict(dict)->set(vm, vm.str(name), value);
    return vm.native("decorator", &decorate,
                     {router, Value::of(static_cast<int>(kind)), path, dict});
}

constexpr const char* kMethods[] = {"GET",    "POST", "PUT",     "PATCH",
                                    "DELETE", "HEAD", "OPTIONS", "TRACE"};
template <int M>
Value method_decorator(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, ascii_lower(kMethods[M]), "path, *, " WH_ROUTE_OPTIONS, bound)) {
        return {};
    }
    Keywords options = given_options(bound);
    set_option(options, "methods", string_list(vm, {kMethods[M]}));
    return make_decorator(vm, arguments.self, Route::Kind::Api, bound["path"], options);
}

Value api_route(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "api_route", "path, *, methods?, " WH_ROUTE_OPTIONS, bound)) {
        return {};
    }
    Keywords options = given_options(bound);
    set_option(options, "methods", bound.has("methods") ? bound["methods"] : Value::none());
    return make_decorator(vm, arguments.self, Route::Kind::Api, bound["path"], options);
}

Value add_api_route(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "add_api_route", "path, endpoint, *, methods?, " WH_ROUTE_OPTIONS,
                        bound)) {
        return {};
    }
    Keywords options = given_options(bound);
    set_option(options, "methods", bound.has("methods") ? bound["methods"] : Value::none());
    return add_route(vm, arguments.self, Route::Kind::Api, text(vm, bound["path"]),
                     bound["endpoint"], std::move(options))
               ? Value::none()
               : Value();
}

#define WH_PLAIN_OPTIONS "methods?, name?, include_in_schema?, dependencies?, middleware?"
Keywords plain_options(const Bound& bound) {
    Keywords out;
    for (const char* name : {"methods", "name"}) {
        if (bound.has(name)) out.emplace_back(name, bound[name]);
    }
    return out;
}
template <Route::Kind K, bool Decorator>
Value plain_route(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "add_route",
                        Decorator ? "path, " WH_PLAIN_OPTIONS : "path, endpoint, " WH_PLAIN_OPTIONS,
                        bound)) {
        return {};
    }
    if (Decorator) {
        return make_decorator(vm, arguments.self, K, bound["path"], plain_options(bound));
    }
    return add_route(vm, arguments.self, K, text(vm, bound["path"]), bound["endpoint"],
                     plain_options(bound))
               ? Value::none()
               : Value();
}

Value mount(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "mount", "path, app, name?", bound)) return {};
    Keywords options;
    if (bound.has("name")) options.emplace_back("name", bound["name"]);
    return add_route(vm, arguments.self, Route::Kind::Mount, text(vm, bound["path"]), bound["app"],
                     std::move(options))
               ? Value::none()
               : Value();
}

Value include_router(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "include_router",
                        "router, *, prefix?, tags?, dependencies?, responses?, deprecated?, "
                        "include_in_schema?, default_response_class?, callbacks?, "
                        "generate_unique_id_function?",
                        bound)) {
        return {};
    }
    const RouterState* from = router_of(vm, bound["router"]);
    if (!from) {
        if (as_unknown(bound["router"])) return Value::none();
        return vm.raise(vm.types().attribute_error, cat("'", vm.class_of(bound["router"])->name,
                                                        "' object has no attribute 'routes'"));
    }
    const std::string prefix = text(vm, bound["prefix"]);
    if (!prefix.empty() && (!prefix.starts_with('/') || prefix.ends_with('/'))) {
        return vm.raise(vm.types().assertion_error,
                        prefix.ends_with('/')
                            ? "A path prefix must not end with '/', as the routes will start with "
                              "'/'"
                            : "A path prefix must start with '/'");
    }
    const std::vector<Value> routes = from->routes;
    for (const Value& each : routes) {
        const Route& route = *native_state<Route>(each);
        if (prefix.empty() && route.path.empty() && route.kind != Route::Kind::Mount) {
            return vm.raise(
                vm.class_in("fastapi.exceptions", "FastAPIError"),
                cat("Prefix and path cannot be both empty (path operation: ", route.name, ")"));
        }
        if (route.kind == Route::Kind::Mount) continue;  // FastAPI leaves mounts out
        Keywords options = route.options;
        set_option(options, "methods", string_list(vm, route.methods));
        set_option(options, "name", vm.str(route.name));
        std::vector<Value> dependencies = items_of(vm, bound["dependencies"]);
        dependencies.insert(dependencies.end(), route.dependencies.begin(),
                            route.dependencies.end());
        set_option(options, "dependencies", vm.list(std::move(dependencies)));
        Value response_class = route.response_class;
        if (!response_class && bound.has_value("default_response_class")) {
            response_class = bound["default_response_class"];
        }
        if (response_class) set_option(options, "response_class", response_class);
        if (!add_route(vm, arguments.self, route.kind, cat(prefix, route.path), route.endpoint,
                       std::move(options))) {
            return {};
        }
    }
    RouterState& to = *router_of(vm, arguments.self);
    to.on_startup.insert(to.on_startup.end(), from->on_startup.begin(), from->on_startup.end());
    to.on_shutdown.insert(to.on_shutdown.end(), from->on_shutdown.begin(), from->on_shutdown.end());
    to.lifespans.insert(to.lifespans.end(), from->lifespans.begin(), from->lifespans.end());
    return Value::none();
}

Value get_routes(Vm& vm, Arguments& arguments) {
    return vm.list(router_of(vm, arguments.self)->routes);
}

Value path_for(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "url_path_for", "name, /, **path_params", bound)) return {};
    bool found = false;
    const std::string name = text(vm, bound["name"]);
    const std::string path = url_path_for(vm, arguments.self, name, bound.extra(), found);
    return found ? vm.str(path)
                 : vm.raise(vm.class_in("starlette.routing", "NoMatchFound"),
                            cat("No route exists for name \"", name, "\"."));
}

// Route(path, endpoint, methods=...) and Mount(path, app) of starlette: made without a router.
template <Route::Kind K>
Value route_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    const bool is_mount = K == Route::Kind::Mount;
    if (!arguments.bind(vm, "__init__",
                        is_mount ? "path, app?, routes?, name?, *, middleware?"
                                 : "path, endpoint, *, methods?, name?, include_in_schema?, "
                                   "middleware?, **kwargs",
                        bound)) {
        return {};
    }
    const Value holder = vm.call(Value::of(vm.class_in("starlette.routing", "Router")));
    if (!holder) return {};
    Value endpoint = is_mount ? bound["app"] : bound["endpoint"];
    if (is_mount && !bound.has_value("app")) {
        endpoint = call_with(vm, Value::of(vm.class_in("starlette.routing", "Router")),
                             {{"routes", bound.has("routes") ? bound["routes"] : Value::none()}});
    }
    const Value made =
        endpoint ? add_route(vm, holder, K, text(vm, bound["path"]), endpoint, plain_options(bound))
                 : endpoint;
    if (!made) return {};
    Instance* from = as_instance(made);
    as_instance(arguments.self)->native = std::move(from->native);
    for (const Namespace::Entry& entry : from->attributes.entries()) {
        as_instance(arguments.self)->attributes.set(entry.name, entry.value);
    }
    return Value::none();
}

Value no_match_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    return arguments.bind(vm, "__init__", "name, path_params?", bound) ? Value::none() : Value();
}

}  // namespace

void add_router_methods(Vm& vm, Class* cls) {
    add_methods(vm, cls,
                {{"get", &method_decorator<0>},
                 {"post", &method_decorator<1>},
                 {"put", &method_decorator<2>},
                 {"patch", &method_decorator<3>},
                 {"delete", &method_decorator<4>},
                 {"head", &method_decorator<5>},
                 {"options", &method_decorator<6>},
                 {"trace", &method_decorator<7>},
                 {"api_route", &api_route},
                 {"add_api_route", &add_api_route},
                 {"add_api_websocket_route", &plain_route<Route::Kind::WebSocket, false>},
                 {"include_router", &include_router},
                 {"websocket", &plain_route<Route::Kind::WebSocket, true>}});
}

void add_plain_router_methods(Vm& vm, Class* cls) {
    add_methods(vm, cls,
                {{"route", &plain_route<Route::Kind::Plain, true>},
                 {"add_route", &plain_route<Route::Kind::Plain, false>},
                 {"websocket_route", &plain_route<Route::Kind::WebSocket, true>},
                 {"add_websocket_route", &plain_route<Route::Kind::WebSocket, false>},
                 {"mount", &mount},
                 {"on_event", &on_event},
                 {"add_event_handler", &add_event_handler},
                 {"url_path_for", &path_for}});
    vm.property(cls, "routes", &get_routes);
}

void install_routing(Vm& vm, Module& module) {
    Class* base = vm.make_class(module, "BaseRoute");
    Class* route = vm.make_class(module, "Route", {base});
    vm.method(route, "__init__", &route_init<Route::Kind::Plain>);
    Class* socket = vm.make_class(module, "WebSocketRoute", {base});
    vm.method(socket, "__init__", &route_init<Route::Kind::WebSocket>);
    Class* mounted = vm.make_class(module, "Mount", {base});
    vm.method(mounted, "__init__", &route_init<Route::Kind::Mount>);
    Class* router = vm.make_class(module, "Router");
    vm.method(router, "__init__", &plain_router_init);
    add_plain_router_methods(vm, router);
    Class* no_match = vm.make_class(module, "NoMatchFound", {vm.types().exception});
    vm.method(no_match, "__init__", &no_match_init);
}

void install_fastapi_routing(Vm& vm, Module& module) {
    vm.method(vm.make_class(module, "APIRoute", {vm.class_in("starlette.routing", "Route")}),
              "get_route_handler", &get_route_handler);
    vm.make_class(module, "APIWebSocketRoute",
                  {vm.class_in("starlette.routing", "WebSocketRoute")});
    Class* router =
        vm.make_class(module, "APIRouter", {vm.class_in("starlette.routing", "Router")});
    vm.method(router, "__init__", &router_init_method);
    add_router_methods(vm, router);
    for (const char* name : {"Mount", "BaseRoute", "NoMatchFound"}) {
        module.globals.set(name, Value::of(vm.class_in("starlette.routing", name)));
    }
}

}  // namespace wh::libraries::web
