// starlette.testclient: the application is called in the same process; nothing leaves it.
#include "base/text.h"
#include "libraries/frameworks/_web.h"
#include "libraries/shared/json_text.h"
#include "libraries/shared/url.h"

namespace wh::libraries::web {

namespace {

Value client_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__",
                        "app, base_url?, raise_server_exceptions?, root_path?, backend?, "
                        "backend_options?, cookies?, headers?, follow_redirects?, client?",
                        bound)) {
        return {};
    }
    vm.set_attribute(arguments.self, "app", bound["app"]);
    vm.set_attribute(
        arguments.self, "raise_server_exceptions",
        bound.has("raise_server_exceptions") ? bound["raise_server_exceptions"] : Value::of(true));
    vm.set_attribute(arguments.self, "headers",
                     bound.has_value("headers") ? bound["headers"] : vm.dict());
    return Value::none();
}

void add_headers(Vm& vm, const Value& from, trust::InboundRequest& request) {
    std::vector<std::pair<std::string, Value>> items;
    read_pairs(vm, from, items);
    for (const auto& [name, value] : items) {
        request.headers.emplace_back(ascii_lower(name), symbolic_text(vm, value));
    }
}

Value request_with(Vm& vm, const Value& self, const std::string& method, const Bound& bound) {
    AppState* app = app_of(attribute(vm, self, "app"));
    if (!app || vm.checking()) return vm.unknown(nullptr, "response");
    trust::InboundRequest request;
    request.method = method;
    const std::string url = text(vm, bound["url"]);
    const UrlPieces pieces = split_url(url);
    request.path = pieces.path;
    request.query = pieces.query;
    if (bound.has_value("params")) {
        std::vector<std::pair<std::string, Value>> items;
        if (!read_pairs(vm, bound["params"], items)) return {};
        std::vector<std::pair<std::string, std::string>> pairs;
        for (const auto& [name, value] : items) pairs.emplace_back(name, text(vm, value));
        request.query = encode_pairs(pairs);
    }
    request.headers = {{"host", "testserver"}, {"accept", "*/*"}, {"user-agent", "testclient"}};
    add_headers(vm, attribute(vm, self, "headers"), request);
    add_headers(vm, bound["headers"], request);
    if (bound.has_value("json")) {
        JsonWriteOptions options;
        options.item_separator = ",";
        options.key_separator = ":";
        trust::SymbolicText body;
        if (!write_json(vm, bound["json"], options, body)) return {};
        request.body = body.text;
        request.headers.emplace_back("content-type", "application/json");
    } else if (bound.has_value("data") && !as_str(bound["data"])) {
        const Value encode = import_attribute(vm, "urllib.parse", "urlencode");
        const Value body = encode ? vm.call(encode, {bound["data"]}) : encode;
        if (!body) return {};
        request.body = text(vm, body);
        request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    } else {
        for (const char* name : {"content", "data"}) {
            if (bound.has_value(name)) request.body = symbolic_text(vm, bound[name]);
        }
    }
    std::optional<Value> unhandled;
    const trust::InboundResponse answer = app->handle(vm, request, unhandled);
    if (unhandled && flag(vm, attribute(vm, self, "raise_server_exceptions"), true)) {
        return vm.raise(*unhandled);
    }
    std::vector<Value> headers;
    for (const auto& [name, value] : answer.headers) {
        headers.push_back(vm.tuple({vm.str(name), vm.str(value)}));
    }
    return call_with(vm, Value::of(vm.class_in("httpx", "Response")),
                     {{"status_code", Value::of(answer.status)},
                      {"headers", vm.list(std::move(headers))},
                      {"content", vm.bytes(answer.body)}});
}

#define WH_OPTIONS                                                                            \
    "content?, data?, files?, json?, params?, headers?, cookies?, auth?, follow_redirects?, " \
    "timeout?, extensions?"
constexpr const char* kMethods[] = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};
template <int M>
Value method(Vm& vm, Arguments& arguments) {
    Bound bound;
    return arguments.bind(vm, ascii_lower(kMethods[M]), "url, *, " WH_OPTIONS, bound)
               ? request_with(vm, arguments.self, kMethods[M], bound)
               : Value();
}
Value any_method(Vm& vm, Arguments& arguments) {
    Bound bound;
    return arguments.bind(vm, "request", "method, url, *, " WH_OPTIONS, bound)
               ? request_with(vm, arguments.self, text(vm, bound["method"]), bound)
               : Value();
}

Value client_enter(Vm& vm, Arguments& arguments) {
    AppState* app = app_of(attribute(vm, arguments.self, "app"));
    return !app || app->start_up(vm) ? arguments.self : Value();
}
Value client_exit(Vm& vm, Arguments& arguments) {
    if (AppState* app = app_of(attribute(vm, arguments.self, "app"))) app->shut_down(vm);
    return vm.failed() ? Value() : Value::none();
}

}  // namespace

void install_testclient(Vm& vm, Module& module) {
    Class* client = vm.make_class(module, "TestClient");
    add_methods(vm, client,
                {{"__init__", &client_init},
                 {"get", &method<0>},
                 {"post", &method<1>},
                 {"put", &method<2>},
                 {"patch", &method<3>},
                 {"delete", &method<4>},
                 {"head", &method<5>},
                 {"options", &method<6>},
                 {"request", &any_method},
                 {"__enter__", &client_enter},
                 {"__exit__", &client_exit}});
}

}  // namespace wh::libraries::web
