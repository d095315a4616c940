// starlette.responses and starlette.background (starlette 0.46.1), and what sending them means.
#include "base/text.h"
#include "libraries/frameworks/_web.h"
#include "libraries/shared/fetch.h"
#include "libraries/shared/json_text.h"
#include "libraries/shared/url.h"

namespace wh::libraries::web {

trust::InboundResponse Sink::answer() const {
    trust::InboundResponse out;
    out.status = status;
    out.headers = headers;
    out.body = valid_utf8(body);
    if (started && !complete) {
        out.broken = true;
        out.broken_text = "the answer ended early";
    }
    return out;
}

bool body_allowed(std::int64_t status) {
    return status >= 200 && status != 204 && status != 205 && status != 304;
}

namespace {

std::int64_t status_of(Vm& vm, const Value& response) {
    const Value status = attribute(vm, response, "status_code");
    if (status.is_int()) return status.integer;
    // http.HTTPStatus members are ints too.
    const Value number = attribute(vm, status, "value");
    return number.is_int() ? number.integer : 200;
}

// Response.init_headers: lower-case names, content-length, content-type.
bool init_headers(Vm& vm, const Value& self, const Value& given) {
    std::vector<std::pair<std::string, Value>> items;
    if (!read_pairs(vm, given, items)) return false;
    for (auto& [name, value] : items) name = ascii_lower(name);
    const Value made = make_pairs(vm, "MutableHeaders", false, "headers", std::move(items));
    Pairs& headers = *native_state<Pairs>(made);
    const Value body = vm.find_attribute(self, "body");
    const std::int64_t status = status_of(vm, self);
    if (body && !headers.find("content-length") && status >= 200 && status != 204 &&
        status != 304) {
        headers.set("content-length", vm.str(cat(symbolic_text(vm, body).size())));
    }
    const Value type = attribute(vm, self, "media_type");
    if (!type.is_none() && !headers.find("content-type")) {
        std::string shown = text(vm, type);
        if (shown.starts_with("text/") && ascii_lower(shown).find("charset=") == shown.npos) {
            shown += "; charset=utf-8";
        }
        headers.set("content-type", vm.str(std::move(shown), type.origin));
    }
    return vm.set_attribute(self, "headers", made);
}

bool init_common(Vm& vm, const Value& self, const Bound& bound, int status) {
    vm.set_attribute(self, "status_code",
                     bound.has("status_code") ? bound["status_code"] : Value::of(status));
    if (bound.has_value("media_type")) vm.set_attribute(self, "media_type", bound["media_type"]);
    vm.set_attribute(self, "background",
                     bound.has("background") ? bound["background"] : Value::none());
    return !vm.failed();
}

// Response and JSONResponse; `render` may be one of the pasted code.
Value response_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__",
                        "content?, status_code?, headers?, media_type?, background?", bound)) {
        return {};
    }
    const Value self = arguments.self;
    if (!init_common(vm, self, bound, 200)) return {};
    const Value content = bound.has("content") ? bound["content"] : Value::none();
    const Value body = vm.call_method(self, "render", {content});
    if (!body || !vm.set_attribute(self, "body", body)) return {};
    return init_headers(vm, self, bound["headers"]) ? Value::none() : Value();
}

Value response_render(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "render", "content", bound)) return {};
    const Value content = bound["content"];
    if (content.is_none()) return vm.bytes("");
    if (as_bytes(content) || as_unknown(content)) return content;
    return vm.call_method(content, "encode", {vm.str("utf-8")});
}

Value json_render(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "render", "content", bound)) return {};
    if (vm.checking()) return vm.bytes("{}");
    JsonWriteOptions options;
    options.item_separator = ",";
    options.key_separator = ":";
    options.ensure_ascii = false;
    options.allow_nan = false;
    trust::SymbolicText written;
    if (!write_json(vm, bound["content"], options, written)) return {};
    return vm.bytes(std::move(written.text));
}

Value redirect_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "url, status_code?, headers?, background?", bound))
        return {};
    const Value self = arguments.self;
    if (!init_common(vm, self, bound, 307) || !vm.set_attribute(self, "body", vm.bytes("")) ||
        !init_headers(vm, self, bound["headers"])) {
        return {};
    }
    const Value url = vm.str_of(bound["url"]);
    if (!url) return {};
    response_headers(vm, self)->set(
        "location", vm.str(percent_encode(text_of(url), ":/%#?=@[]!$&'()*+,;", false), url.origin));
    return Value::none();
}

Value streaming_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "content, status_code?, headers?, media_type?, background?",
                        bound)) {
        return {};
    }
    if (!init_common(vm, arguments.self, bound, 200) ||
        !vm.set_attribute(arguments.self, "body_iterator", bound["content"])) {
        return {};
    }
    return init_headers(vm, arguments.self, bound["headers"]) ? Value::none() : Value();
}

Value file_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__",
                        "path, status_code?, headers?, media_type?, background?, filename?, "
                        "stat_result?, method?, content_disposition_type?",
                        bound) ||
        !init_common(vm, arguments.self, bound, 200)) {
        return {};
    }
    const std::string path = text(vm, bound["path"]);
    const std::string shown = bound.has_value("filename") ? text(vm, bound["filename"]) : path;
    vm.set_attribute(arguments.self, "path", bound["path"]);
    if (!bound.has_value("media_type")) {
        constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
            {".html", "text/html"},    {".txt", "text/plain"},        {".css", "text/css"},
            {".csv", "text/csv"},      {".json", "application/json"}, {".pdf", "application/pdf"},
            {".png", "image/png"},     {".jpg", "image/jpeg"},        {".js", "text/javascript"},
            {".svg", "image/svg+xml"}, {".zip", "application/zip"},
        };
        std::string_view type = "text/plain";
        for (const auto& [ending, name] : kTypes) {
            if (shown.ends_with(ending)) type = name;
        }
        vm.set_attribute(arguments.self, "media_type", vm.str(std::string(type)));
    }
    if (!init_headers(vm, arguments.self, bound["headers"])) return {};
    Pairs& headers = *response_headers(vm, arguments.self);
    headers.set("accept-ranges", vm.str("bytes"));
    if (bound.has_value("filename")) {
        const std::string kind = bound.has_value("content_disposition_type")
                                     ? text(vm, bound["content_disposition_type"])
                                     : std::string("attachment");
        headers.set("content-disposition", vm.str(cat(kind, "; filename=\"", shown, "\"")));
    }
    return Value::none();
}

// http.cookies' order of attributes: alphabetical, flags without a value.
Value set_cookie(Vm& vm, const Value& self, const Bound& bound) {
    std::string out = cat(text(vm, bound["key"]), "=");
    std::string value = text(vm, bound["value"]);
    const bool quoted = value.find_first_of(" ,;\"\\") != value.npos || value.empty();
    out += quoted ? cat("\"", value, "\"") : value;
    const auto field = [&](const char* name, const char* shown) {
        if (bound.has_value(name)) out += cat("; ", shown, "=", text(vm, bound[name]));
    };
    field("domain", "Domain");
    if (bound.has_value("expires")) {
        // 0 is "now": the only number that people give (delete_cookie).
        const Value expires = bound["expires"];
        out += cat("; expires=", as_str(expires) ? text(vm, expires) : "now");
    }
    if (flag(vm, bound["httponly"], false)) out += "; HttpOnly";
    field("max_age", "Max-Age");
    if (!bound.has("path")) out += "; Path=/";
    field("path", "Path");
    if (!bound.has("samesite")) out += "; SameSite=lax";
    field("samesite", "SameSite");
    if (flag(vm, bound["secure"], false)) out += "; Secure";
    response_headers(vm, self)->items.emplace_back("set-cookie",
                                                   vm.str(out, bound["value"].origin));
    return vm.failed() ? Value() : Value::none();
}

Value response_set_cookie(Vm& vm, Arguments& arguments) {
    Bound bound;
    return arguments.bind(vm, "set_cookie",
                          "key, value?, max_age?, expires?, path?, domain?, secure?, httponly?, "
                          "samesite?",
                          bound)
               ? set_cookie(vm, arguments.self, bound)
               : Value();
}

Value response_delete_cookie(Vm& vm, Arguments& arguments) {
    arguments.keywords.emplace_back("max_age", Value::of(0));
    arguments.keywords.emplace_back("expires", Value::of(0));
    Bound bound;
    return arguments.bind(
               vm, "delete_cookie",
               "key, path?, domain?, secure?, httponly?, samesite?, *, max_age, expires, "
               "value?",
               bound)
               ? set_cookie(vm, arguments.self, bound)
               : Value();
}

Value response_raw_headers(Vm& vm, Arguments& arguments) {
    const Value headers = attribute(vm, arguments.self, "headers");
    return native_state<Pairs>(headers) ? vm.get_attribute(headers, "raw") : vm.list();
}

// Response.__call__(scope, receive, send): an endpoint of pure ASGI code sends it by itself.
Value response_call(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__call__", "scope, receive, send", bound)) return {};
    Sink sink;
    const bool sent = send_response(vm, arguments.self, {}, sink);
    const Value error = sent ? Value() : vm.take_error();
    if (!forward(vm, sink, bound["send"])) return {};
    return error ? vm.raise(error) : Value::none();
}

// -- sending --------------------------------------------------------------------------------------
bool write_chunk(Vm& vm, const Value& chunk, Sink& sink) {
    if (as_bytes(chunk) || as_str(chunk) || as_unknown(chunk)) {
        sink.body += symbolic_text(vm, chunk);
        return true;
    }
    vm.call_method(chunk, "encode", {vm.str("utf-8")});  // AttributeError, as there
    return !vm.failed();
}

bool stream(Vm& vm, const Value& iterator, Sink& sink) {
    if (as_unknown(iterator)) return true;
    if (const Value async = vm.find_attribute(iterator, "__aiter__")) {
        const Value from = vm.call(async);
        while (from && !vm.stopped()) {
            const Value step = vm.call_method(from, "__anext__");
            const Value chunk = step ? vm.await_now(step) : step;
            if (!chunk) {
                if (!vm.error_is(vm.types().stop_async_iteration)) return false;
                vm.take_error();
                return true;
            }
            if (!write_chunk(vm, chunk, sink)) return false;
        }
        return !vm.failed();
    }
    const Value from = vm.iterate(iterator);
    while (from && !vm.stopped()) {
        const Value chunk = vm.next(from);
        if (!chunk) return !vm.failed();
        if (!write_chunk(vm, chunk, sink)) return false;
    }
    return !vm.failed();
}

}  // namespace

Pairs* response_headers(Vm& vm, const Value& response) {
    return native_state<Pairs>(attribute(vm, response, "headers"));
}

Value make_response(Vm& vm, std::string_view class_name, const Value& content, int status,
                    const Value& headers) {
    Keywords keywords{{"content", content}, {"status_code", Value::of(status)}};
    if (headers && !headers.is_none()) keywords.emplace_back("headers", headers);
    return call_with(vm, Value::of(vm.class_in("starlette.responses", class_name)),
                     std::move(keywords));
}

bool forward(Vm& vm, const Sink& sink, const Value& send) {
    if (!sink.started) return true;
    std::vector<Value> headers;
    for (const auto& [name, value] : sink.headers) {
        headers.push_back(vm.tuple({vm.bytes(name), vm.bytes(value)}));
    }
    const Value start = vm.dict({{"type", vm.str("http.response.start")},
                                 {"status", Value::of(sink.status)},
                                 {"headers", vm.list(std::move(headers))}});
    const Value body = vm.dict({{"type", vm.str("http.response.body")},
                                {"body", vm.bytes(sink.body)},
                                {"more_body", Value::of(!sink.complete)}});
    for (const Value& message : {start, body}) {
        const Value sending = vm.call(send, {message});
        if (!sending || !vm.await_if_needed(sending)) return false;
    }
    return true;
}

bool run_background(Vm& vm, const Value& background) {
    if (!background || background.is_none()) return true;
    const Value running = vm.call(background);
    return running && vm.await_if_needed(running);
}

bool send_response(Vm& vm, const Value& response, const Value& request, Sink& sink) {
    if (!is_a(vm, response, "starlette.responses", "Response")) {
        if (as_unknown(response)) {
            sink.started = sink.complete = true;
            sink.status = 200;
            return true;
        }
        if (request) return run_asgi(vm, response, request, sink);
        vm.raise(vm.types().type_error,
                 cat("'", vm.class_of(response)->name, "' object is not callable"));
        return false;
    }
    std::string file;
    if (is_a(vm, response, "starlette.responses", "FileResponse")) {
        const std::string path = text(vm, attribute(vm, response, "path"));
        const auto found = vm.host().files.find(path);
        if (found == vm.host().files.end()) {
            if (vm.checking()) return true;
            vm.raise(vm.types().runtime_error, cat("File at path ", path, " does not exist."));
            return false;
        }
        file = found->second;
        response_headers(vm, response)->set("content-length", vm.str(cat(file.size())));
    }
    sink.started = true;
    sink.status = static_cast<int>(status_of(vm, response));
    if (const Pairs* headers = response_headers(vm, response)) {
        for (const auto& [name, value] : headers->items) {
            sink.headers.emplace_back(name, symbolic_text(vm, value));
        }
    }
    if (const Value iterator = vm.find_attribute(response, "body_iterator")) {
        if (!stream(vm, iterator, sink)) {
            if (!vm.error_is(vm.types().os_error)) return false;
            // starlette 0.46 takes any OSError of the iterator for the caller's having gone.
            const Value cause = vm.take_error();
            const Value gone = vm.make_exception(
                vm.class_in("starlette.requests", "ClientDisconnect"), std::vector<Value>{});
            chain(gone, cause, false);
            vm.raise(gone);
            return false;
        }
    } else if (!file.empty()) {
        sink.body = file;
    } else {
        sink.body = symbolic_text(vm, attribute(vm, response, "body"));
    }
    sink.complete = true;
    const Value background = attribute(vm, response, "background");
    if (sink.defers && background && !background.is_none()) {
        sink.pending.push_back(background);
        return true;
    }
    return run_background(vm, background);
}

void install_responses(Vm& vm, Module& module) {
    if (module.name == "fastapi.responses") {  // these two need packages of their own
        for (const char* name : {"ORJSONResponse", "UJSONResponse"}) {
            vm.make_class(module, name, {vm.class_in("starlette.responses", "JSONResponse")});
        }
        for (const char* name : {"Response", "HTMLResponse", "PlainTextResponse", "JSONResponse",
                                 "RedirectResponse", "StreamingResponse", "FileResponse"}) {
            module.globals.set(name, Value::of(vm.class_in("starlette.responses", name)));
        }
        return;
    }
    Class* response = vm.make_class(module, "Response");
    response->attributes.set("media_type", Value::none());
    response->attributes.set("charset", vm.str("utf-8"));
    add_methods(vm, response,
                {{"__init__", &response_init},
                 {"__call__", &async_method<&response_call>},
                 {"render", &response_render},
                 {"set_cookie", &response_set_cookie},
                 {"delete_cookie", &response_delete_cookie}});
    vm.property(response, "raw_headers", &response_raw_headers);
    const auto derived = [&](std::string_view name, const char* type) {
        Class* cls = vm.make_class(module, std::string(name), {response});
        if (type) cls->attributes.set("media_type", vm.str(type));
        return cls;
    };
    derived("HTMLResponse", "text/html");
    derived("PlainTextResponse", "text/plain");
    vm.method(derived("JSONResponse", "application/json"), "render", &json_render);
    vm.method(derived("RedirectResponse", nullptr), "__init__", &redirect_init);
    vm.method(derived("StreamingResponse", nullptr), "__init__", &streaming_init);
    vm.method(derived("FileResponse", nullptr), "__init__", &file_init);
}

// -- background tasks -----------------------------------------------------------------------------
namespace {

Value task_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "func, *args, **kwargs", bound)) return {};
    vm.set_attribute(arguments.self, "func", bound["func"]);
    vm.set_attribute(arguments.self, "args", vm.tuple(bound.rest()));
    const Value keywords = vm.dict();
    for (const auto& [name, value] : bound.extra()) {
        as_dict(keywords)->set(vm, vm.str(name), value);
    }
    vm.set_attribute(arguments.self, "kwargs", keywords);
    return Value::none();
}

Value task_call(Vm& vm, Arguments& arguments) {
    Arguments passed;
    passed.positional = items_of(vm, attribute(vm, arguments.self, "args"));
    std::vector<std::pair<std::string, Value>> keywords;
    if (!read_pairs(vm, attribute(vm, arguments.self, "kwargs"), keywords)) return {};
    passed.keywords = std::move(keywords);
    const Value done =
        run_callable(vm, attribute(vm, arguments.self, "func"), std::move(passed), true);
    return done ? Value::none() : done;
}

Value tasks_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "tasks?", bound)) return {};
    vm.set_attribute(arguments.self, "tasks", vm.list(items_of(vm, bound["tasks"])));
    return Value::none();
}

Value tasks_add(Vm& vm, Arguments& arguments) {
    const Value task = vm.instance(vm.class_in("starlette.background", "BackgroundTask"));
    Arguments passed = arguments;
    passed.self = task;
    if (!task_init(vm, passed)) return {};
    return vm.call_method(attribute(vm, arguments.self, "tasks"), "append", {task});
}

Value tasks_call(Vm& vm, Arguments& arguments) {
    const Value tasks = attribute(vm, arguments.self, "tasks");
    for (std::size_t i = 0; as_list(tasks) && i < as_list(tasks)->items.size(); ++i) {
        if (!run_background(vm, as_list(tasks)->items[i])) return {};
    }
    return Value::none();
}

}  // namespace

void install_background(Vm& vm, Module& module) {
    if (module.name == "fastapi.background") {
        vm.make_class(module, "BackgroundTasks",
                      {vm.class_in("starlette.background", "BackgroundTasks")});
        return;
    }
    Class* task = vm.make_class(module, "BackgroundTask");
    add_methods(vm, task, {{"__init__", &task_init}, {"__call__", &async_method<&task_call>}});
    Class* tasks = vm.make_class(module, "BackgroundTasks", {task});
    add_methods(vm, tasks,
                {{"__init__", &tasks_init},
                 {"add_task", &tasks_add},
                 {"__call__", &async_method<&tasks_call>}});
}

}  // namespace wh::libraries::web
