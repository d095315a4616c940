// Solving dependencies and running an endpoint (FastAPI 0.115.11, fastapi/dependencies/utils.py
// solve_dependencies, fastapi/routing.py get_request_handler).
#include <algorithm>

#include "base/text.h"
#include "libraries/frameworks/_web.h"

namespace wh::libraries::web {

namespace {

constexpr const char* kPlaces[] = {"path", "query", "header", "cookie", "body", "body", "body"};
const char* place_of(In in) {
    return kPlaces[static_cast<std::size_t>(in)];
}

// Where values come from by name: path, query, headers, cookies, a form, or a JSON body.
struct Source {
    const Pairs* pairs = nullptr;
    Dict* dict = nullptr;
};
Source source_of(const Value& value) {
    return {native_state<Pairs>(value), value ? as_dict(value) : nullptr};
}

Value lookup(Vm& vm, const Source& source, const std::string& alias, bool sequence) {
    if (source.pairs) {
        if (!sequence) return pairs_get(vm, *source.pairs, alias);
        std::vector<Value> all;
        for (const auto& [name, value] : source.pairs->items) {
            const bool same =
                source.pairs->headers ? ascii_equal_ignoring_case(name, alias) : name == alias;
            if (same) all.push_back(value);
        }
        return all.empty() ? Value() : vm.list(std::move(all));
    }
    const Value* found = source.dict ? source.dict->find_text(alias) : nullptr;
    return found ? *found : Value();
}

Value default_of(Vm& vm, const Field& field) {
    if (field.default_factory) return vm.call(field.default_factory);
    if (const List* list = as_list(field.default_value)) return vm.list(list->items);
    if (as_dict(field.default_value)) return vm.call_method(field.default_value, "copy");
    return field.default_value;
}

// _validate_value_with_model_field. false: exception.
bool take_value(Vm& vm, const Field& field, const Value& value, std::vector<Value> loc,
                Solving& solving, Keywords& values) {
    if (!value || value.is_none()) {
        if (field.required) {
            add_issue(vm, "missing", loc, Value::none(), solving.issues);
            return true;
        }
        const Value fallback = default_of(vm, field);
        if (fallback) values.emplace_back(field.name, fallback);
        return !vm.failed();
    }
    const Value checked =
        field.schema ? validate(vm, field.schema, value, InputMode::Strings, loc, solving.issues)
                     : value;
    if (checked) values.emplace_back(field.name, checked);
    return !vm.failed();
}

// The fields of a model that stands for all query parameters, headers, cookies or form fields.
Value collect_model_fields(Vm& vm, const Field& field, const Source& source) {
    const Value out = vm.dict();
    Dict* dict = as_dict(out);
    std::vector<std::string> done;
    const bool headers = source.pairs && source.pairs->headers;
    for (const FieldView& each : fields_of(vm, field.schema)) {
        std::string alias = each.alias;
        if (headers && alias == each.name) std::replace(alias.begin(), alias.end(), '_', '-');
        const Value value = lookup(vm, source, alias, is_sequence_of_scalars(each.schema));
        const bool empty_form =
            field.in == In::Form && value && as_str(value) && text_of(value).empty();
        // Defaults are put in before the model sees it (fastapi 0.115 _get_multidict_value; reality
        // r62).
        const bool given = value && !empty_form;
        const Value put = given || each.required ? value : each.default_value;
        if (put && (given || !each.required) && !put.is_none())
            dict->set(vm, vm.str(is_body(field.in) ? alias : each.name), put);
        done.push_back(alias);
        done.push_back(each.name);
    }
    if (source.pairs) {
        for (const auto& [name, value] : source.pairs->items) {
            if (std::find(done.begin(), done.end(), name) == done.end()) {
                dict->set(vm, vm.str(name), value);
            }
        }
    } else if (source.dict) {
        for (const Dict::Entry& entry : source.dict->entries) {
            if (entry.live &&
                std::find(done.begin(), done.end(), text_of(entry.key)) == done.end()) {
                dict->set(vm, entry.key, entry.value);
            }
        }
    }
    return out;
}

// Path, query, header and cookie parameters of one callable.
bool solve_parameters(Vm& vm, const Dependant& dependant, In in, const Value& from,
                      Solving& solving, Keywords& values) {
    std::vector<const Field*> fields;
    for (const Field& field : dependant.fields) {
        if (field.in == in) fields.push_back(&field);
    }
    const Source source = source_of(from);
    if (fields.size() == 1 && fields[0]->model) {
        const Value whole = collect_model_fields(vm, *fields[0], source);
        return whole && take_value(vm, *fields[0], whole, {vm.str(place_of(in))}, solving, values);
    }
    for (const Field* field : fields) {
        const Value value = lookup(vm, source, field->alias, field->sequence);
        if (!take_value(vm, *field, value, {vm.str(place_of(in)), vm.str(field->alias)}, solving,
                        values)) {
            return false;
        }
    }
    return true;
}

Value form_value(Vm& vm, const Field& field, const Source& source) {
    Value value = lookup(vm, source, field.alias, field.sequence);
    if (field.in == In::Form && value && as_str(value) && text_of(value).empty()) return {};
    if (field.in != In::File || !field.bytes) return value;
    const auto content = [&vm](const Value& upload) {  // `bytes = File()`: the content
        if (!is_a(vm, upload, "starlette.datastructures", "UploadFile")) return upload;
        return vm.call_method(attribute(vm, upload, "file"), "getvalue");
    };
    if (List* list = value ? as_list(value) : nullptr) {
        for (Value& each : list->items) each = content(each);
        return value;
    }
    return value ? content(value) : value;
}

bool solve_body(Vm& vm, const Dependant& dependant, Solving& solving, Keywords& values) {
    std::vector<const Field*> fields;
    for (const Field& field : dependant.fields) {
        if (is_body(field.in)) fields.push_back(&field);
    }
    if (fields.empty()) return true;
    const Source source = source_of(solving.body);
    if (fields.size() == 1 && !solving.embed) {
        Value body = solving.body;
        if (source.pairs && fields[0]->model) {
            body = collect_model_fields(vm, *fields[0], source);
            if (!body) return false;
        }
        return take_value(vm, *fields[0], body, {vm.str("body")}, solving, values);
    }
    const bool nothing = !solving.body || solving.body.is_none();
    for (const Field* field : fields) {
        std::vector<Value> loc{vm.str("body"), vm.str(field->alias)};
        if (!nothing && !source.pairs && !source.dict) {  // a list, a text: it has no get()
            add_issue(vm, "missing", loc, Value::none(), solving.issues);
            continue;
        }
        const Value value =
            source.pairs ? form_value(vm, *field, source) : lookup(vm, source, field->alias, false);
        if (!take_value(vm, *field, value, std::move(loc), solving, values)) return false;
    }
    return true;
}

// Checking: every parameter is unknown; which ones are the caller's is what counts.
bool unknown_fields(Vm& vm, const Dependant& dependant, Keywords& values) {
    for (const Field& field : dependant.fields) {
        const Value unknown =
            field.schema ? libraries::unknown_input(vm, field.schema, input_origin(vm, field.alias),
                                                    field.alias)
                         : unknown_input(vm, field.alias);
        if (!unknown) return false;
        values.emplace_back(field.name, unknown);
    }
    return true;
}

bool solve_dependency(Vm& vm, const Dependant& wanted, Solving& solving, Keywords& values) {
    const Dependant* dependant = &wanted;
    std::unique_ptr<Dependant> replaced;
    if (Dict* overrides = solving.overrides ? as_dict(solving.overrides) : nullptr;
        overrides && overrides->live_count != 0) {
        if (const Value* other = overrides->find(vm, wanted.call)) {
            replaced = analyse(vm, {}, *other, wanted.scopes);
            if (!replaced) return false;
            dependant = replaced.get();
        }
        if (vm.failed()) return false;
    }
    Keywords arguments;
    const std::size_t issues_before = solving.issues.size();
    if (!solve(vm, *dependant, solving, arguments)) return false;
    if (solving.issues.size() != issues_before) return true;
    std::vector<std::string> key = wanted.scopes;
    std::sort(key.begin(), key.end());
    key.erase(std::unique(key.begin(), key.end()), key.end());
    Value solved;
    bool cached = false;
    for (const Solving::Cached& entry : solving.cache) {
        bool same = false;
        if (entry.scopes == key && vm.equal(entry.call, wanted.call, same) && same) {
            solved = entry.value;
            cached = true;
        }
    }
    if (!cached || !wanted.use_cache) {
        Arguments passed;
        passed.keywords = std::move(arguments);
        const Value& call = dependant->call;
        const CallKind kind = kind_of(vm, call, true);
        if (kind == CallKind::Generator || kind == CallKind::AsyncGenerator) {
            solved = solving.stack->enter_generator(vm, call, kind, std::move(passed));
        } else {
            solved = run_callable(vm, call, std::move(passed), false);
        }
        if (!solved) return false;
    }
    if (!wanted.name.empty()) values.emplace_back(wanted.name, solved);
    if (!cached) solving.cache.push_back({wanted.call, key, solved});
    return true;
}

}  // namespace

bool solve(Vm& vm, const Dependant& dependant, Solving& solving, Keywords& values) {
    for (const auto& dependency : dependant.dependencies) {
        if (!solve_dependency(vm, *dependency, solving, values)) return false;
    }
    RequestState& request = *native_state<RequestState>(solving.request);
    if (request.unknown) {
        if (!unknown_fields(vm, dependant, values)) return false;
    } else {
        const Value& from = solving.request;
        if (!solve_parameters(vm, dependant, In::Path, request.path_params, solving, values) ||
            !solve_parameters(vm, dependant, In::Query, request_query(vm, from), solving, values) ||
            !solve_parameters(vm, dependant, In::Header, request_headers(vm, from), solving,
                              values) ||
            !solve_parameters(vm, dependant, In::Cookie, request_cookies(vm, from), solving,
                              values) ||
            !solve_body(vm, dependant, solving, values)) {
            return false;
        }
    }
    for (const std::string* name : {&dependant.request, &dependant.connection}) {
        if (!name->empty()) values.emplace_back(*name, solving.request);
    }
    if (!dependant.websocket.empty()) {
        values.emplace_back(dependant.websocket, unknown_input(vm, "websocket"));
    }
    if (!dependant.background.empty()) {
        if (!solving.background) {
            solving.background =
                vm.call(Value::of(vm.class_in("fastapi.background", "BackgroundTasks")));
        }
        values.emplace_back(dependant.background, solving.background);
    }
    if (!dependant.response.empty()) values.emplace_back(dependant.response, solving.response);
    if (!dependant.security_scopes.empty()) {
        values.emplace_back(dependant.security_scopes,
                            vm.call(Value::of(vm.class_in("fastapi.security", "SecurityScopes")),
                                    {string_list(vm, dependant.scopes)}));
    }
    return !vm.failed();
}

// -- the endpoint ---------------------------------------------------------------------------------
namespace {

Value raise_validation(Vm& vm, const char* class_name, const std::vector<ValidationIssue>& issues,
                       const Value& body) {
    const Value errors = issues_to_list(vm, issues, false);
    if (!errors) return {};
    const Value made = call_with(vm, Value::of(vm.class_in("fastapi.exceptions", class_name)),
                                 {{"body", body}}, {errors});
    return made ? vm.raise(made) : made;
}

}  // namespace

Value read_body(Vm& vm, const Route& route, const Value& request) {
    RequestState& state = *native_state<RequestState>(request);
    if (state.unknown) return Value::none();
    if (route.form) return request_form(vm, request);
    if (state.data.body.empty()) return Value::none();
    const Value header = request_header(vm, request, "content-type");
    const std::string type = header ? ascii_lower(text(vm, header)) : std::string();
    const std::string essence(trim(type.substr(0, type.find(';'))));
    const bool json = type.empty() || essence == "application/json" ||
                      (essence.starts_with("application/") && essence.ends_with("+json"));
    if (!json) return vm.bytes(state.data.body, input_origin(vm, "body"));
    const Value value = request_json(vm, request);
    if (value) return value;
    const Value error = vm.take_error();
    if (is_a(vm, error, "json", "JSONDecodeError")) {
        ValidationIssue issue;
        issue.type = "json_invalid";
        issue.loc = {vm.str("body"), attribute(vm, error, "pos")};
        issue.message = "JSON decode error";
        issue.input = vm.dict();
        issue.context = vm.dict({{"error", attribute(vm, error, "msg")}});
        raise_validation(vm, "RequestValidationError", {issue}, attribute(vm, error, "doc"));
    } else {
        raise_http(vm, 400, vm.str("There was an error parsing the body"));
    }
    const Value made = vm.take_error();
    return vm.raise_from(made, error);
}

namespace {

Value serialise(Vm& vm, const Route& route, const Value& content) {
    if (vm.checking()) return content;
    if (!route.response_schema) return to_jsonable(vm, content);
    std::vector<ValidationIssue> issues;
    const Value out = serialize_response(
        vm, route.response_schema, content, issues, route.exclude_unset, route.exclude_none,
        route.exclude_defaults, route.by_alias, route.include, route.exclude);
    return out || vm.failed() ? out
                              : raise_validation(vm, "ResponseValidationError", issues, content);
}

// What the endpoint gave becomes a response.
Value respond(Vm& vm, const Route& route, const Value& raw, Solving& solving) {
    const Value background = solving.background ? solving.background : Value::none();
    if (is_a(vm, raw, "starlette.responses", "Response")) {
        if (attribute(vm, raw, "background").is_none()) {
            vm.set_attribute(raw, "background", background);
        }
        return raw;
    }
    const Value content = serialise(vm, route, raw);
    if (!content) return {};
    Keywords keywords{{"background", background}};
    Value status = attribute(vm, solving.response, "status_code");
    if (status.is_none() && route.status_code) status = route.status_code;
    if (!status.is_none()) keywords.emplace_back("status_code", status);
    const Value maker = route.response_class
                            ? route.response_class
                            : Value::of(vm.class_in("starlette.responses", "JSONResponse"));
    const Value response = call_with(vm, maker, std::move(keywords), {content});
    if (!response) return {};
    const Value given = attribute(vm, response, "status_code");
    if (given.is_int() && !body_allowed(given.integer)) {
        vm.set_attribute(response, "body", vm.bytes(""));
    }
    Pairs* headers = response_headers(vm, response);
    const Pairs* more = response_headers(vm, solving.response);
    if (headers && more) {
        headers->items.insert(headers->items.end(), more->items.begin(), more->items.end());
    }
    return response;
}

// Endpoint and dependencies; the response, or Null.
Value answer(Vm& vm, const Route& route, const Value& request) {
    Solving solving;
    solving.request = request;
    RequestState& state = *native_state<RequestState>(request);
    if (const AppState* app = app_of(state.app)) solving.overrides = app->overrides;
    solving.embed = route.embed;
    if (!route.dependant->flat_fields(true).empty()) {
        solving.body = read_body(vm, route, request);
        if (!solving.body) return {};
    }
    solving.response = make_response(vm, "Response", Value::none(), 200);
    if (!solving.response) return {};
    response_headers(vm, solving.response)->items.clear();
    vm.set_attribute(solving.response, "status_code", Value::none());
    ExitStack stack;
    solving.stack = &stack;
    Keywords values;
    Value response;
    const bool solved = solve(vm, *route.dependant, solving, values);
    if (solved && solving.issues.empty()) {
        Arguments passed;
        passed.keywords = std::move(values);
        const Value raw = run_callable(vm, route.endpoint, std::move(passed), true);
        if (raw) response = respond(vm, route, raw, solving);
    }
    stack.close(vm);
    if (vm.failed() || vm.stopped()) return {};
    if (!solving.issues.empty()) {
        return raise_validation(vm, "RequestValidationError", solving.issues, solving.body);
    }
    if (!response) {
        return vm.raise(
            vm.class_in("fastapi.exceptions", "FastAPIError"),
            "No response object was returned. There's a high chance that the application code is "
            "raising an exception and a dependency with yield has a block with a bare except, or "
            "a block with except Exception, and is not raising the exception again. Read more "
            "about it in the docs: https://fastapi.tiangolo.com/tutorial/dependencies/"
            "dependencies-with-yield/#dependencies-with-yield-and-except");
    }
    return response;
}

}  // namespace

namespace {

// What APIRoute.get_route_handler() gives: `await app(request)` is the response.
Value route_app(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "app", "request", bound)) return {};
    return answer(vm, *native_state<Route>(arguments.captured->at(0)), bound["request"]);
}

}  // namespace

Value get_route_handler(Vm& vm, Arguments& arguments) {
    return vm.native("app", &async_method<&route_app>, {arguments.self});
}

bool run_api_route(Vm& vm, const Value& route, const Value& request, Sink& sink) {
    Value response;
    if (vm.class_of(route)->user_code) {  // a route class of the pasted code
        const Value handler = vm.call_method(route, "get_route_handler");
        const Value running = handler ? vm.call(handler, {request}) : handler;
        response = running ? vm.await_if_needed(running) : running;
    } else {
        response = answer(vm, *native_state<Route>(route), request);
    }
    return response && send_response(vm, response, request, sink);
}

}  // namespace wh::libraries::web
