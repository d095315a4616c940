// starlette.requests (starlette 0.46.1, starlette/requests.py, formparsers.py): what the endpoint
// sees of the caller. Everything in it carries an origin of kind CallerInput.
#include "base/text.h"
#include "libraries/frameworks/_web.h"
#include "libraries/shared/url.h"

namespace wh::libraries::web {

namespace {

RequestState& state_of(const Value& request) {
    return *native_state<RequestState>(request);
}

std::string content_type_of(Vm& vm, const Value& request) {
    const Value found = request_header(vm, request, "content-type");
    return found ? text(vm, found) : std::string();
}

// `name="value"` among the parameters of a header.
std::string header_parameter(std::string_view header, std::string_view name) {
    for (const std::string& piece : split(header, ';')) {
        const std::string_view trimmed = trim(piece);
        const std::size_t equals = trimmed.find('=');
        if (equals == trimmed.npos || trimmed.substr(0, equals) != name) continue;
        std::string_view value = trimmed.substr(equals + 1);
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
            value = value.substr(1, value.size() - 2);
        }
        return std::string(value);
    }
    return {};
}

// RFC 7578. Parts with a file name become UploadFile.
std::vector<std::pair<std::string, Value>> parse_multipart(Vm& vm, std::string_view body,
                                                           const std::string& boundary) {
    std::vector<std::pair<std::string, Value>> out;
    const std::string mark = cat("--", boundary);
    std::size_t at = body.find(mark);
    while (at != body.npos) {
        at += mark.size();
        if (body.substr(at, 2) != "\r\n") break;
        const std::size_t head_end = body.find("\r\n\r\n", at);
        const std::size_t end = body.find(cat("\r\n", mark), at);
        if (head_end == body.npos || end == body.npos || head_end + 4 > end) break;
        std::string disposition, type;
        for (const std::string& line : split(body.substr(at, head_end - at), '\n')) {
            const std::size_t colon = line.find(':');
            if (colon == line.npos) continue;
            const std::string name = ascii_lower(trim(line.substr(0, colon)));
            const std::string value(trim(std::string_view(line).substr(colon + 1)));
            if (name == "content-disposition") disposition = value;
            if (name == "content-type") type = value;
        }
        const std::string name = header_parameter(disposition, "name");
        std::string content(body.substr(head_end + 4, end - head_end - 4));
        if (disposition.find("filename=") != disposition.npos) {
            out.emplace_back(name, make_upload(vm, header_parameter(disposition, "filename"), type,
                                               std::move(content), name));
        } else {
            out.emplace_back(name, input_text(vm, name, std::move(content)));
        }
        at = end + 2;
    }
    return out;
}

Value body_of(Vm& vm, const Value& request) {
    RequestState& state = state_of(request);
    if (!state.body) {
        state.body = state.unknown ? unknown_input(vm, "body", vm.types().bytes)
                                   : vm.bytes(state.data.body, input_origin(vm, "body"));
    }
    return state.body;
}

// -- Python's view --------------------------------------------------------------------------------
Value connection_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "scope, receive?, send?", bound)) return {};
    // Made by the pasted code from the scope of a request that we made: the same request again.
    const Value found =
        as_dict(bound["scope"]) ? vm.find_attribute(bound["scope"], "get") : Value();
    const Value original = found ? vm.call(found, {vm.str("wronghost.request")}) : Value();
    const RequestState* from = original ? native_state<RequestState>(original) : nullptr;
    RequestState& state = attach<RequestState>(arguments.self);
    if (!from) {
        state.unknown = true;
        vm.not_modelled("a Request made from a scope");
        return Value::none();
    }
    state.data = from->data;
    state.path = from->path;
    state.unknown = from->unknown;
    state.app = from->app;
    state.router = from->router;
    state.endpoint = from->endpoint;
    state.state = from->state;
    state.path_params = from->path_params;
    return Value::none();
}

Value get_headers(Vm& vm, Arguments& arguments) {
    return request_headers(vm, arguments.self);
}
Value get_query(Vm& vm, Arguments& arguments) {
    return request_query(vm, arguments.self);
}
Value get_cookies(Vm& vm, Arguments& arguments) {
    return request_cookies(vm, arguments.self);
}
Value get_scope(Vm& vm, Arguments& arguments) {
    return request_scope(vm, arguments.self);
}
Value get_app(Vm&, Arguments& arguments) {
    return state_of(arguments.self).app;
}
Value get_state(Vm& vm, Arguments& arguments) {
    const RequestState& state = state_of(arguments.self);
    // request.state shows scope["state"], where ASGI middleware may have put something.
    const Value* shared = state.scope ? as_dict(state.scope)->find_text("state") : nullptr;
    if (const Dict* more = shared ? as_dict(*shared) : nullptr) {
        for (const Dict::Entry& entry : more->entries) {
            if (entry.live && as_str(entry.key) &&
                !vm.find_attribute(state.state, text_of(entry.key)))
                vm.set_attribute(state.state, text_of(entry.key), entry.value);
        }
    }
    return state.state;
}
Value get_path_params(Vm&, Arguments& arguments) {
    return state_of(arguments.self).path_params;
}
Value get_method(Vm& vm, Arguments& arguments) {
    const RequestState& state = state_of(arguments.self);
    return state.unknown ? unknown_input(vm, "method", vm.types().str) : vm.str(state.data.method);
}
Value get_session(Vm& vm, Arguments& arguments) {
    const RequestState& state = state_of(arguments.self);
    return state.session
               ? state.session
               : vm.raise(vm.types().assertion_error,
                          "SessionMiddleware must be installed to access request.session");
}
template <int N>
Value get_from_scope(Vm& vm, Arguments& arguments) {  // set by authentication middleware
    constexpr const char* kName = N == 0 ? "auth" : "user";
    const Value scope = request_scope(vm, arguments.self);
    if (const Value* found = as_dict(scope) ? as_dict(scope)->find_text(kName) : nullptr) {
        return *found;
    }
    return vm.raise(vm.types().assertion_error,
                    cat("AuthenticationMiddleware must be installed to access request.", kName));
}
// The lab's caller sits on the same machine; in checking he may be anybody.
Value caller_address(Vm& vm, const RequestState& state) {
    if (!state.unknown) return vm.str("127.0.0.1");
    const trust::Origin* origin = vm.origins().add(trust::Origin{
        trust::OriginKind::CallerInput, vm.current_span(), "client.host", false, {}, true});
    return vm.unknown(origin, "client.host", vm.types().str);
}
Value get_client(Vm& vm, Arguments& arguments) {
    return vm.call(Value::of(vm.class_in("starlette.datastructures", "Address")),
                   {caller_address(vm, state_of(arguments.self)), Value::of(50000)});  // any port
}
Value url_with(Vm& vm, const Value& self, bool base) {
    const RequestState& state = state_of(self);
    const Value host = request_header(vm, self, "host");
    std::string url = cat("http://", host ? text(vm, host) : "127.0.0.1:8000");
    if (state.unknown) return make_url(vm, cat(url, "/{path}"), input_origin(vm, "url"));
    url += base ? cat(state.root_path, "/") : cat(state.root_path, state.path);
    if (!base && !state.data.query.empty()) url += cat("?", state.data.query);
    return make_url(vm, url, input_origin(vm, "url"));
}
Value get_url(Vm& vm, Arguments& arguments) {
    return url_with(vm, arguments.self, false);
}
Value get_base_url(Vm& vm, Arguments& arguments) {
    return url_with(vm, arguments.self, true);
}
Value request_url_for(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "url_for", "name, /, **path_params", bound)) return {};
    const RequestState& state = state_of(arguments.self);
    bool found = false;
    const std::string name = text(vm, bound["name"]);
    const std::string path = url_path_for(vm, state.app, name, bound.extra(), found);
    if (!found) {
        return vm.raise(vm.class_in("starlette.routing", "NoMatchFound"),
                        cat("No route exists for name \"", name, "\"."));
    }
    std::string base = text(vm, url_with(vm, arguments.self, true));
    if (base.ends_with('/')) base.pop_back();
    return make_url(vm, base + path, nullptr);
}
Value request_getitem(Vm& vm, Arguments& arguments) {
    return vm.get_item(request_scope(vm, arguments.self), arguments.positional.at(0));
}

Value do_body(Vm& vm, Arguments& arguments) {
    return body_of(vm, arguments.self);
}
Value do_json(Vm& vm, Arguments& arguments) {
    return request_json(vm, arguments.self);
}
Value do_form(Vm& vm, Arguments& arguments) {
    return request_form(vm, arguments.self);
}
Value do_false(Vm&, Arguments&) {
    return Value::of(false);
}
Value do_nothing(Vm&, Arguments&) {
    return Value::none();
}

// request.stream(): an asynchronous iterator of the body and the empty end.
struct BodyStream : NativeState {
    static constexpr char kType = 0;
    BodyStream() : NativeState(&kType) {}
    std::vector<Value> chunks;
    std::size_t next = 0;
};
Value request_stream(Vm& vm, Arguments& arguments) {
    const Value body = body_of(vm, arguments.self);
    std::vector<Value> chunks;
    if (!as_bytes(body) || !as_bytes(body)->data.empty()) chunks.push_back(body);
    chunks.push_back(vm.bytes(""));
    return make_body_stream(vm, std::move(chunks));
}
Value stream_self(Vm&, Arguments& arguments) {
    return arguments.self;
}
Value stream_next(Vm& vm, Arguments& arguments) {
    BodyStream& stream = *native_state<BodyStream>(arguments.self);
    return stream.next < stream.chunks.size() ? stream.chunks[stream.next++]
                                              : vm.raise(vm.types().stop_async_iteration, "");
}

}  // namespace

Value make_body_stream(Vm& vm, std::vector<Value> chunks) {
    const Value made = vm.instance(vm.class_in("starlette.requests", "_BodyStream"));
    attach<BodyStream>(made).chunks = std::move(chunks);
    return made;
}

Value make_request(Vm& vm, const Value& app, const trust::InboundRequest& data) {
    const Value made = vm.instance(vm.class_in("starlette.requests", "Request"));
    RequestState& state = attach<RequestState>(made);
    state.data = data;
    state.path = valid_utf8(percent_decode(data.path));
    state.app = app;
    state.state = make_state(vm);
    state.path_params = vm.dict();
    return made;
}

Value unknown_request(Vm& vm, const Value& app) {
    trust::InboundRequest data;
    const Value made = make_request(vm, app, data);
    RequestState& state = state_of(made);
    state.unknown = true;
    state.path_params = unknown_input(vm, "path_params", vm.types().dict);
    state.session = unknown_input(vm, "session", vm.types().dict);
    return made;
}

Value request_headers(Vm& vm, const Value& request) {
    RequestState& state = state_of(request);
    if (!state.headers) {
        std::vector<std::pair<std::string, Value>> items;
        for (const auto& [name, value] : state.data.headers) {
            items.emplace_back(ascii_lower(name), input_text(vm, name, value));
        }
        state.headers = make_pairs(vm, "Headers", state.unknown, "headers", std::move(items));
    }
    return state.headers;
}

Value request_header(Vm& vm, const Value& request, std::string_view name) {
    return pairs_get(vm, *native_state<Pairs>(request_headers(vm, request)), name);
}

Value request_query(Vm& vm, const Value& request) {
    RequestState& state = state_of(request);
    if (!state.query_params) {
        std::vector<std::pair<std::string, Value>> items;
        for (auto& [name, value] : decode_pairs(state.data.query)) {
            items.emplace_back(name, input_text(vm, name, value));
        }
        state.query_params =
            make_pairs(vm, "QueryParams", state.unknown, "query_params", std::move(items));
    }
    return state.query_params;
}

Value request_cookies(Vm& vm, const Value& request) {
    RequestState& state = state_of(request);
    if (state.cookies) return state.cookies;
    if (state.unknown) {
        state.cookies = make_pairs(vm, "ImmutableMultiDict", true, "cookies");
        return state.cookies;
    }
    state.cookies = vm.dict();
    const Value header = request_header(vm, request, "cookie");
    for (const std::string& chunk : split(header ? text(vm, header) : std::string(), ';')) {
        const std::size_t equals = chunk.find('=');
        const std::string_view view = chunk;
        const std::string name(equals == view.npos ? "" : trim(view.substr(0, equals)));
        std::string value(trim(equals == view.npos ? view : view.substr(equals + 1)));
        if (name.empty() && value.empty()) continue;
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
            value = value.substr(1, value.size() - 2);
        }
        as_dict(state.cookies)->set(vm, vm.str(name), input_text(vm, name, value));
    }
    return state.cookies;
}

Value request_json(Vm& vm, const Value& request) {
    RequestState& state = state_of(request);
    if (!state.json) {
        const Value body = body_of(vm, request);
        if (!as_bytes(body)) return unknown_input(vm, "body");
        Value value = load_json(vm, as_bytes(body)->data, body.origin);
        if (!value) return {};
        label_input(vm, value, "body");
        state.json = value;
    }
    return state.json;
}

Value request_form(Vm& vm, const Value& request) {
    RequestState& state = state_of(request);
    if (!state.form) {
        std::vector<std::pair<std::string, Value>> items;
        const std::string type = content_type_of(vm, request);
        const std::string essence = ascii_lower(trim(split(type + ";", ';').front()));
        if (essence == "multipart/form-data") {
            items = parse_multipart(vm, state.data.body, header_parameter(type, "boundary"));
        } else if (essence == "application/x-www-form-urlencoded") {
            for (auto& [name, value] : decode_pairs(state.data.body)) {
                items.emplace_back(name, input_text(vm, name, value));
            }
        }
        state.form = make_pairs(vm, "FormData", state.unknown, "form", std::move(items));
    }
    return state.form;
}

Value request_scope(Vm& vm, const Value& request) {
    RequestState& state = state_of(request);
    if (state.scope) return state.scope;
    const Value raw = vm.get_attribute(request_headers(vm, request), "raw");
    if (!raw) return {};
    const std::string& query = state.data.query;
    const auto input = [&](std::string_view name, const std::string& value) {
        return state.unknown ? unknown_input(vm, name, vm.types().str)
                             : input_text(vm, name, value);
    };
    state.scope = vm.dict({
        {"type", vm.str("http")},
        {"http_version", vm.str("1.1")},
        {"method", input("method", state.data.method)},
        {"scheme", vm.str("http")},
        {"path", input("path", state.path)},
        {"raw_path", vm.bytes(state.data.path, input_origin(vm, "path"))},
        {"root_path", vm.str(state.root_path)},
        {"query_string", vm.bytes(query, input_origin(vm, "query"))},
        {"headers", raw},
        {"client", vm.tuple({caller_address(vm, state), Value::of(50000)})},
        {"server", vm.tuple({vm.str("127.0.0.1"), Value::of(8000)})},
        {"path_params", state.path_params},
        {"app", state.app},
        {"state", vm.dict()},
        {"wronghost.request", request},
    });
    if (state.endpoint) as_dict(state.scope)->set(vm, vm.str("endpoint"), state.endpoint);
    if (state.route) as_dict(state.scope)->set(vm, vm.str("route"), state.route);
    return state.scope;
}

void install_requests(Vm& vm, Module& module) {
    Class* connection = vm.make_class(module, "HTTPConnection");
    add_methods(vm, connection,
                {{"__init__", &connection_init},
                 {"__getitem__", &request_getitem},
                 {"url_for", &request_url_for}});
    add_properties(vm, connection,
                   {{"app", &get_app},
                    {"url", &get_url},
                    {"base_url", &get_base_url},
                    {"headers", &get_headers},
                    {"query_params", &get_query},
                    {"path_params", &get_path_params},
                    {"cookies", &get_cookies},
                    {"client", &get_client},
                    {"session", &get_session},
                    {"auth", &get_from_scope<0>},
                    {"user", &get_from_scope<1>},
                    {"state", &get_state},
                    {"scope", &get_scope}});
    Class* request = vm.make_class(module, "Request", {connection});
    vm.property(request, "method", &get_method);
    add_methods(vm, request,
                {{"body", &async_method<&do_body>},
                 {"json", &async_method<&do_json>},
                 {"form", &async_method<&do_form>},
                 {"is_disconnected", &async_method<&do_false>},
                 {"close", &async_method<&do_nothing>},
                 {"stream", &request_stream}});
    Class* stream = vm.make_class(module, "_BodyStream");
    add_methods(vm, stream,
                {{"__aiter__", &stream_self}, {"__anext__", &async_method<&stream_next>}});
    vm.make_class(module, "ClientDisconnect", {vm.types().exception});
}

// Only registered, never connected to: what it would bring is the caller's.
void install_websockets(Vm& vm, Module& module) {
    vm.make_class(module, "WebSocket", {vm.class_in("starlette.requests", "HTTPConnection")});
    vm.make_class(module, "WebSocketDisconnect", {vm.types().exception});
    Class* state = vm.make_class(module, "WebSocketState");
    for (const char* name : {"CONNECTING", "CONNECTED", "DISCONNECTED", "RESPONSE"}) {
        state->attributes.set(name, vm.str(name));
    }
}

}  // namespace wh::libraries::web
