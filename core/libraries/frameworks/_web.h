// What the parts of the models of starlette 0.46.1 and FastAPI 0.115.11 share.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libraries/library.h"
#include "libraries/shared/validation.h"
#include "program/web_application.h"
#include "trust/application.h"

namespace wh::libraries::web {

using namespace program;

// -- _web_support.cpp ---------------------------------------------------------------------------
struct Row {
    std::string_view name;
    NativeFunction function;
};
void add_methods(Vm& vm, Class* cls, std::initializer_list<Row> rows);
void add_properties(Vm& vm, Class* cls, std::initializer_list<Row> rows);
// `async def` in C++: the function runs when the result is awaited.
Value later(Vm& vm, NativeFunction function, const Arguments& arguments);
template <NativeFunction F>
Value async_method(Vm& vm, Arguments& arguments) {
    return later(vm, F, arguments);
}
template <class T>
T& attach(const Value& self) {  // gives an instance its payload, in __init__
    auto made = std::make_unique<T>();
    T& state = *made;
    as_instance(self)->native = std::move(made);
    return state;
}
using Keywords = std::vector<std::pair<std::string, Value>>;
Value call_with(Vm& vm, const Value& callable, Keywords keywords,
                std::vector<Value> positional = {});
// An attribute, or None.
Value attribute(Vm& vm, const Value& object, std::string_view name);
std::string text(Vm& vm, const Value& value);  // str(value); empty for None and Null
bool flag(Vm& vm, const Value& value, bool fallback);
std::vector<Value> items_of(Vm& vm, const Value& iterable);  // none for None, Null and failures
std::vector<std::string> texts_of(Vm& vm, const Value& iterable);
Value string_list(Vm& vm, const std::vector<std::string>& texts);
std::string symbolic_text(Vm& vm, const Value& value);  // of str or bytes
Value import_attribute(Vm& vm, std::string_view module, std::string_view name);
bool is_a(Vm& vm, const Value& value, std::string_view module, std::string_view name);

const trust::Origin* input_origin(Vm& vm, std::string_view name);
// Text from the caller under that name.
Value input_text(Vm& vm, std::string_view name, std::string value);
// Marks everything in a JSON value as the caller's, each part by its own key.
void label_input(Vm& vm, Value& value, std::string_view name);
Value unknown_input(Vm& vm, std::string_view name, Class* shape = nullptr);

enum class CallKind : std::uint8_t { Plain, Coroutine, Generator, AsyncGenerator };
// As inspect sees it: neither __wrapped__ nor, without `through_partial`, functools.partial.
CallKind kind_of(Vm& vm, const Value& callable, bool through_partial);
// Awaits coroutine functions; others run in a thread of the pool.
Value run_callable(Vm& vm, const Value& callable, Arguments arguments, bool through_partial);

// Context managers that are open around something, in the order in which they were entered.
struct ExitStack {
    struct Entry {
        Value object;  // generator, or context manager
        // Plain: an asynchronous context manager; Coroutine: a router, for its shutdown handlers.
        CallKind kind = CallKind::Plain;
    };
    std::vector<Entry> entries;
    // Runs the generator function up to its yield. Null: raised.
    Value enter_generator(Vm& vm, const Value& function, CallKind kind, Arguments arguments);
    Value enter_manager(Vm& vm, const Value& manager);
    // Leaves all, last first, with the exception that is being raised, if any; afterwards
    // Vm::failed() says whether one goes on.
    void close(Vm& vm);
};

// -- _web_data.cpp: starlette.datastructures ------------------------------------------------------
struct Pairs : NativeState {
    static constexpr char kType = 0;
    Pairs() : NativeState(&kType) {}
    bool headers = false;  // names without case, the first one wins; otherwise the last one
    bool unknown = false;  // checking: every name may be there
    std::string label;     // "header", "query" ...
    std::vector<std::pair<std::string, Value>> items;
    [[nodiscard]] const Value* find(std::string_view name) const;
    void set(std::string_view name, const Value& value);
    bool erase(std::string_view name);
};
Value make_pairs(Vm& vm, std::string_view class_name, bool unknown, std::string label,
                 std::vector<std::pair<std::string, Value>> items = {});
Value pairs_get(Vm& vm, const Pairs& pairs, std::string_view name);  // Null: absent
// From a mapping, pairs, another Pairs or None. false: exception.
bool read_pairs(Vm& vm, const Value& source, std::vector<std::pair<std::string, Value>>& out);
Value make_url(Vm& vm, std::string url, const trust::Origin* origin);
Value make_state(Vm& vm);
Value make_upload(Vm& vm, std::string filename, std::string content_type, std::string content,
                  std::string_view field);
void install_datastructures(Vm& vm, Module& module);

// -- _web_request.cpp: starlette.requests
// ----------------------------------------------------------
struct RequestState : NativeState {
    static constexpr char kType = 0;
    RequestState() : NativeState(&kType) {}
    trust::InboundRequest data;
    std::string path;       // decoded, below root_path
    std::string root_path;  // of mounted applications
    bool unknown = false;   // checking
    bool stream_consumed = false;
    Value app, router, endpoint, route, state, path_params, headers, query_params, cookies, body,
        json, form, session, scope;
};
Value make_request(Vm& vm, const Value& app, const trust::InboundRequest& data);
Value unknown_request(Vm& vm, const Value& app);
Value request_headers(Vm& vm, const Value& request);
Value request_header(Vm& vm, const Value& request, std::string_view name);  // Null: absent
Value request_query(Vm& vm, const Value& request);
Value request_cookies(Vm& vm, const Value& request);
Value request_json(Vm& vm, const Value& request);
Value request_form(Vm& vm, const Value& request);
Value request_scope(Vm& vm, const Value& request);
void install_requests(Vm& vm, Module& module);
void install_websockets(Vm& vm, Module& module);

// -- _web_responses.cpp: starlette.responses, starlette.background --------------------------------
// What goes back to the caller, as ASGI's messages say it.
struct Sink {
    bool started = false;
    bool complete = false;
    int status = 0;
    trust::HeaderList headers;
    std::string body;
    // Between two layers: background tasks wait here until the answer went on to the outer one.
    bool defers = false;
    std::vector<Value> pending;
    [[nodiscard]] trust::InboundResponse answer() const;
};
Value make_response(Vm& vm, std::string_view class_name, const Value& content, int status,
                    const Value& headers = {});
Pairs* response_headers(Vm& vm, const Value& response);
// Sends it, then runs its background tasks. false: exception.
bool send_response(Vm& vm, const Value& response, const Value& request, Sink& sink);
bool run_background(Vm& vm, const Value& background);
bool forward(Vm& vm, const Sink& sink, const Value& send);  // to a `send` of ASGI
Value make_body_stream(Vm& vm, std::vector<Value> chunks);  // asynchronous iterator
bool run_shutdown_handlers(Vm& vm, const Value& router);
bool body_allowed(std::int64_t status);
void install_responses(Vm& vm, Module& module);
void install_background(Vm& vm, Module& module);

// -- _web_routing.cpp: paths, starlette.routing ---------------------------------------------------
struct PathPattern {
    enum class Convert : std::uint8_t { Str, Path, Int, Float, Uuid };
    struct Token {
        bool parameter = false;
        std::string text;  // literal, or the parameter's name
        Convert convert = Convert::Str;
    };
    std::vector<Token> tokens;
    bool prefix = false;  // of a mount: what follows a "/" is left over
    [[nodiscard]] std::vector<std::string> names() const;
    [[nodiscard]] std::string format() const;  // without converters
    // Texts of the parameters in order; with `prefix` the rest is the last one.
    [[nodiscard]] bool match(std::string_view path, std::vector<std::string>& out) const;
};
bool parse_path(Vm& vm, std::string_view path, PathPattern& out);  // false: raised

struct Dependant;
struct Route : NativeState {
    static constexpr char kType = 0;
    Route();
    ~Route() override;
    enum class Kind : std::uint8_t { Api, Plain, WebSocket, Mount };  // Plain: starlette's own
    Kind kind = Kind::Api;
    std::string path, name;
    PathPattern pattern;
    std::vector<std::string> methods;  // none: any
    Value endpoint;                    // Mount: the application
    // Of Kind::Api.
    Keywords options;  // as given, for include_router
    std::vector<Value> dependencies;
    Value response_class;  // Null: inherited
    Value status_code;
    Value response_model;  // Null: none
    const TypeSchema* response_schema = nullptr;
    Value include, exclude;
    bool by_alias = true, exclude_unset = false, exclude_defaults = false, exclude_none = false;
    std::unique_ptr<Dependant> dependant;
    bool embed = false;
    bool form = false;  // the body is a form
};
struct RouterState : NativeState {
    static constexpr char kType = 0;
    RouterState() : NativeState(&kType) {}
    std::string prefix;
    std::vector<Value> routes;  // instances with Route
    std::vector<Value> dependencies;
    std::vector<Value> on_startup, on_shutdown;
    Value default_response_class, route_class;
    bool redirect_slashes = true;
    Value overrides_of;  // application whose dependency_overrides count
    // Lifespans in order: a function, or Null for "start-up handlers of `router`".
    struct Lifespan {
        Value function;
        Value router;
    };
    std::vector<Lifespan> lifespans;
};
RouterState* router_of(Vm& vm, const Value& router_or_app);
bool router_init(Vm& vm, const Value& self, const Bound& bound);
Value add_route(Vm& vm, const Value& router, Route::Kind kind, const std::string& path,
                const Value& endpoint, Keywords options);
// Finds the route and runs it. false: exception.
bool run_router(Vm& vm, const Value& router, const Value& request, Sink& sink);
std::string url_path_for(Vm& vm, const Value& router, std::string_view name,
                         const Keywords& parameters, bool& found);
// Decorators and the like, for routers and applications: FastAPI's and starlette's.
void add_router_methods(Vm& vm, Class* cls);
void add_plain_router_methods(Vm& vm, Class* cls);
void install_routing(Vm& vm, Module& module);
Value on_event(Vm& vm, Arguments& arguments);           // of a router or an application
Value add_event_handler(Vm& vm, Arguments& arguments);
void install_fastapi_routing(Vm& vm, Module& module);
// Literals, as Bound keeps views into the text.
#define WH_ROUTE_OPTIONS                                                                \
    "response_model?, status_code?, tags?, dependencies?, summary?, description?, "     \
    "response_description?, responses?, deprecated?, operation_id?, "                   \
    "response_model_include?, response_model_exclude?, response_model_by_alias?, "      \
    "response_model_exclude_unset?, response_model_exclude_defaults?, "                 \
    "response_model_exclude_none?, include_in_schema?, response_class?, name?, "        \
    "callbacks?, openapi_extra?, generate_unique_id_function?, route_class_override?, " \
    "strict_content_type?"

// -- _web_params.cpp, _web_solve.cpp: fastapi.params, fastapi.dependencies ------------------------
using In = RouteParameter::In;
struct ParamState : NativeState {  // Query(), Path(), Body() ...
    static constexpr char kType = 0;
    ParamState() : NativeState(&kType) {}
    In in = In::Query;
    Value default_value;  // Null: required
    Value default_factory;
    std::string alias, media_type;
    bool convert_underscores = false;
    bool embed = false;
};
struct Field {
    In in = In::Query;
    std::string name, alias;
    Value annotation, default_value, default_factory;
    const TypeSchema* schema = nullptr;  // null: nothing is checked (uploads)
    Class* model = nullptr;              // a model by itself
    bool required = true, sequence = false, bytes = false, embed = false,
         convert_underscores = false;
};
struct Dependant {
    Value call;
    std::string name;  // empty: its value goes nowhere
    bool use_cache = true;
    std::vector<std::string> scopes;
    std::vector<Field> fields;
    std::vector<std::unique_ptr<Dependant>> dependencies;
    std::string request, connection, websocket, response, background, security_scopes;
    [[nodiscard]] std::vector<const Field*> flat_fields(bool body) const;
};
bool is_body(In in);
// Null: raised.
std::unique_ptr<Dependant> analyse(Vm& vm, const std::vector<std::string>& path_names,
                                   const Value& call, std::vector<std::string> scopes);
bool add_dependency(Vm& vm, Dependant& to, const std::vector<std::string>& path_names,
                    const Value& depends, std::string name, const Value& annotation);
bool finish_body(Dependant& dependant, bool& embed, bool& form);
struct Solving {
    Value request;
    Value body;        // Null: none
    Value response;    // carries headers and status from dependencies
    Value background;  // Null until somebody asks
    Value overrides;   // dict or Null
    bool embed = false;
    ExitStack* stack = nullptr;
    struct Cached {
        Value call;
        std::vector<std::string> scopes;
        Value value;
    };
    std::vector<Cached> cache;
    std::vector<ValidationIssue> issues;
};
// Arguments for the call; false: exception. Issues may have been added.
bool solve(Vm& vm, const Dependant& dependant, Solving& solving, Keywords& values);
Value get_route_handler(Vm& vm, Arguments& arguments);  // of APIRoute
bool run_api_route(Vm& vm, const Value& route, const Value& request, Sink& sink);
Value read_body(Vm& vm, const Route& route, const Value& request);  // None: no body
void install_params(Vm& vm, Module& module);

// -- _web_security.cpp
// ------------------------------------------------------------------------------
void install_security(Vm& vm, Module& module);
bool is_native_security(Vm& vm, const Value& call);
Value raise_http(Vm& vm, int status, const Value& detail, const Value& headers = {});
Value raise_starlette_http(Vm& vm, int status, const Value& headers = {});  // of the router
void install_exceptions(Vm& vm, Module& module);
void install_fastapi_exceptions(Vm& vm, Module& module);

// -- _web_middleware.cpp
// ------------------------------------------------------------------------------
void install_middleware(Vm& vm, Module& module);
struct AppState;
Value make_middleware(Vm& vm, const Value& app, std::size_t index, const Value& cls,
                      Arguments arguments);
// The function of the pasted code that a middleware runs; Null: it is one of the libraries'.
Value user_dispatch(Vm& vm, const Value& middleware);
Value checking_call_next(Vm& vm);
// From layer `index` (0 is the outermost of the user's) inwards. false: exception.
bool run_layer(Vm& vm, const Value& app, std::size_t index, const Value& request, Sink& sink);
// Any ASGI application: ours, a starlette one, or one of the pasted code.
bool run_asgi(Vm& vm, const Value& app, const Value& request, Sink& sink);

// -- _web_application.cpp
// -----------------------------------------------------------------------------
struct AppState : NativeState, WebApplication {
    static constexpr char kType = 0;
    AppState() : NativeState(&kType) {}
    Value self, router, state, overrides;
    std::vector<std::pair<Value, Arguments>> middleware;  // class, its arguments; outermost first
    std::vector<Value> layers;                            // made at start-up
    bool built = false, started = false;
    std::vector<std::pair<Value, Value>> handlers;  // class or status -> function; last one counts
    ExitStack lifespan;
    Value lifespan_state;  // dict or Null
    bool fastapi = false;  // else starlette: plain text for errors

    WebApplication* web_application() override { return this; }
    [[nodiscard]] std::vector<RouteInfo> routes(Vm& vm) const override;
    bool start_up(Vm& vm) override;
    trust::InboundResponse handle(Vm& vm, const trust::InboundRequest& request,
                                  std::optional<Value>& unhandled) override;
    void shut_down(Vm& vm) override;
    void examine(Vm& vm, std::size_t route) override;
    void examine_start_up(Vm& vm) override;
    [[nodiscard]] std::size_t handler_count() const override;
    void examine_handler(Vm& vm, std::size_t index) override;

    bool build(Vm& vm);  // middleware
    // Of the exception that is being raised; Null: none.
    Value handler_for(Vm& vm, const Value& exception, bool server_error) const;
    // Runs `inner`; what its handlers know becomes an answer. false: exception.
    bool with_handlers(Vm& vm, const Value& request, Sink& sink,
                       bool (*inner)(Vm&, const Value&, const Value&, Sink&),
                       const Value& argument);
    // Middleware, routes; on an exception the answer of ServerErrorMiddleware, and false.
    bool run(Vm& vm, const Value& request, Sink& sink);
    struct RouteRef {
        Value route;
        const AppState* app = nullptr;
        std::string prefix;
    };
    [[nodiscard]] std::vector<RouteRef> route_refs() const;
};
AppState* app_of(const Value& app);
void install_applications(Vm& vm, Module& module);
void install_fastapi_applications(Vm& vm, Module& module);
void install_testclient(Vm& vm, Module& module);

}  // namespace wh::libraries::web
