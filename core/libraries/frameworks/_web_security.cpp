// starlette.exceptions, fastapi.exceptions and fastapi.security (FastAPI 0.115.11,
// fastapi/security/http.py, oauth2.py, api_key.py).
#include "base/encoding.h"
#include "base/text.h"
#include "libraries/frameworks/_web.h"
#include "libraries/shared/http_wire.h"

namespace wh::libraries::web {

namespace {

// -- exceptions -----------------------------------------------------------------------------------
Value http_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "status_code, detail?, headers?", bound)) return {};
    const Value status = bound["status_code"];
    Value detail = bound.has("detail") ? bound["detail"] : Value::none();
    if (detail.is_none()) {
        const Value number = status.is_int() ? status : attribute(vm, status, "value");
        const int code = number.is_int() ? static_cast<int>(number.integer) : 0;
        detail = vm.str(std::string(reason_phrase(code)));
    }
    vm.set_attribute(arguments.self, "status_code", status);
    vm.set_attribute(arguments.self, "detail", detail);
    vm.set_attribute(arguments.self, "headers",
                     bound.has("headers") ? bound["headers"] : Value::none());
    return vm.failed() ? Value() : Value::none();
}

Value http_str(Vm& vm, Arguments& arguments) {
    return vm.concat({vm.str_of(attribute(vm, arguments.self, "status_code")), vm.str(": "),
                      vm.str_of(attribute(vm, arguments.self, "detail"))});
}

Value http_repr(Vm& vm, Arguments& arguments) {
    std::string status, detail;
    if (!vm.repr(attribute(vm, arguments.self, "status_code"), status) ||
        !vm.repr(attribute(vm, arguments.self, "detail"), detail)) {
        return {};
    }
    return vm.str(
        cat(vm.class_of(arguments.self)->name, "(status_code=", status, ", detail=", detail, ")"));
}

Value socket_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "code, reason?", bound)) return {};
    vm.set_attribute(arguments.self, "code", bound["code"]);
    vm.set_attribute(arguments.self, "reason",
                     bound.has_value("reason") ? bound["reason"] : vm.str(""));
    return Value::none();
}

Value validation_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "errors, *, body?", bound)) return {};
    vm.set_attribute(arguments.self, "_errors", bound["errors"]);
    vm.set_attribute(arguments.self, "body", bound.has("body") ? bound["body"] : Value::none());
    return Value::none();
}

Value validation_errors(Vm& vm, Arguments& arguments) {
    return attribute(vm, arguments.self, "_errors");
}

Value response_validation_str(Vm& vm, Arguments& arguments) {
    const std::vector<Value> errors = items_of(vm, attribute(vm, arguments.self, "_errors"));
    std::string out = cat(errors.size(), " validation errors:\n");
    for (const Value& error : errors) {
        std::string shown;
        if (!vm.to_str(error, shown)) return {};
        out += cat("  ", shown, "\n");
    }
    return vm.str(out);
}

// -- security -------------------------------------------------------------------------------------
Value keep_arguments(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__",
                        "*, tokenUrl?, scheme_name?, scopes?, description?, auto_error?, realm?, "
                        "name?, bearerFormat?, authorizationUrl?, refreshUrl?, flows?, "
                        "openIdConnectUrl?, scheme?",
                        bound)) {
        return {};
    }
    const auto keep = [&](const char* name, const Value& fallback) {
        vm.set_attribute(arguments.self, name, bound.has(name) ? bound[name] : fallback);
    };
    keep("auto_error", Value::of(true));
    keep("scheme_name", vm.str(vm.class_of(arguments.self)->name));
    keep("realm", Value::none());
    keep("name", Value::none());
    keep("scheme", Value::none());
    return vm.failed() ? Value() : Value::none();
}
// OAuth2PasswordBearer("token"), OAuth2AuthorizationCodeBearer(url, url) are positional as well.
Value keep_positional(Vm& vm, Arguments& arguments) {
    arguments.positional.clear();
    return keep_arguments(vm, arguments);
}

Value refuse(Vm& vm, const Value& self, int status, std::string_view detail,
             std::string_view authenticate) {
    if (!flag(vm, attribute(vm, self, "auto_error"), true)) return Value::none();
    const Value headers = authenticate.empty()
                              ? Value::none()
                              : vm.dict({{"WWW-Authenticate", vm.str(std::string(authenticate))}});
    return raise_http(vm, status, vm.str(std::string(detail)), headers);
}

// "Bearer abc" -> "Bearer", "abc"; origins are kept. Of an unknown header: an unknown credential.
struct Authorization {
    bool given = false;
    std::string scheme;
    Value parameter;
};
Authorization authorization_of(Vm& vm, const Value& request, std::string_view scheme) {
    Authorization out;
    const Value header = request_header(vm, request, "Authorization");
    if (as_unknown(header)) {
        out.given = true;
        out.scheme = std::string(scheme);
        out.parameter = unknown_input(vm, "Authorization", vm.types().str);
        return out;
    }
    const std::string value = header ? text(vm, header) : std::string();
    out.given = !value.empty();
    const std::size_t space = value.find(' ');
    out.scheme = value.substr(0, space);
    out.parameter =
        vm.str(space == value.npos ? std::string() : value.substr(space + 1), header.origin);
    return out;
}

Value request_argument(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__call__", "request", bound)) return {};
    if (native_state<RequestState>(bound["request"])) return bound["request"];
    return vm.raise(vm.types().attribute_error, "'request' has no attribute 'headers'");
}

Value credentials(Vm& vm, const char* class_name, Keywords fields) {
    return call_with(vm, Value::of(vm.class_in("fastapi.security", class_name)), std::move(fields));
}

// HTTPBearer and HTTPDigest ("bearer", "digest"), HTTPBase (any scheme).
Value http_call(Vm& vm, Arguments& arguments) {
    const Value request = request_argument(vm, arguments);
    if (!request) return {};
    const Class* cls = vm.class_of(arguments.self);
    std::string wanted;
    for (const Class* each : cls->mro) {
        if (each->name == "HTTPBearer") wanted = "Bearer";
        if (each->name == "HTTPDigest") wanted = "Digest";
    }
    const Authorization found = authorization_of(vm, request, wanted);
    std::int64_t length = 1;
    if (as_str(found.parameter)) vm.length(found.parameter, length);
    if (!found.given || found.scheme.empty() || length == 0) {
        return refuse(vm, arguments.self, 403, "Not authenticated", "");
    }
    if (!wanted.empty() && !ascii_equal_ignoring_case(found.scheme, wanted)) {
        return refuse(vm, arguments.self, 403, "Invalid authentication credentials", "");
    }
    return credentials(vm, "HTTPAuthorizationCredentials",
                       {{"scheme", vm.str(found.scheme)}, {"credentials", found.parameter}});
}

Value basic_call(Vm& vm, Arguments& arguments) {
    const Value request = request_argument(vm, arguments);
    if (!request) return {};
    const Authorization found = authorization_of(vm, request, "Basic");
    const Value realm = attribute(vm, arguments.self, "realm");
    const std::string challenge =
        realm.is_none() ? "Basic" : cat("Basic realm=\"", text(vm, realm), "\"");
    if (!found.given || !ascii_equal_ignoring_case(found.scheme, "basic")) {
        return refuse(vm, arguments.self, 401, "Not authenticated", challenge);
    }
    if (as_unknown(found.parameter)) {
        return credentials(vm, "HTTPBasicCredentials",
                           {{"username", unknown_input(vm, "username", vm.types().str)},
                            {"password", unknown_input(vm, "password", vm.types().str)}});
    }
    const auto data = base64_decode(text_of(found.parameter));
    const std::size_t colon = data ? data->find(':') : std::string::npos;
    if (colon == std::string::npos) {
        return raise_http(vm, 401, vm.str("Invalid authentication credentials"),
                          vm.dict({{"WWW-Authenticate", vm.str(challenge)}}));
    }
    return credentials(vm, "HTTPBasicCredentials",
                       {{"username", input_text(vm, "username", data->substr(0, colon))},
                        {"password", input_text(vm, "password", data->substr(colon + 1))}});
}

// OAuth2PasswordBearer and OAuth2AuthorizationCodeBearer.
Value oauth_bearer_call(Vm& vm, Arguments& arguments) {
    const Value request = request_argument(vm, arguments);
    if (!request) return {};
    const Authorization found = authorization_of(vm, request, "Bearer");
    if (!found.given || !ascii_equal_ignoring_case(found.scheme, "bearer")) {
        return refuse(vm, arguments.self, 401, "Not authenticated", "Bearer");
    }
    return found.parameter;
}

// OAuth2 and OpenIdConnect: the whole header.
Value oauth_call(Vm& vm, Arguments& arguments) {
    const Value request = request_argument(vm, arguments);
    if (!request) return {};
    const Value header = request_header(vm, request, "Authorization");
    if (!header || (as_str(header) && text_of(header).empty())) {
        return refuse(vm, arguments.self, 403, "Not authenticated", "");
    }
    return header;
}

enum class KeyIn : std::uint8_t { Header, Query, Cookie };
template <KeyIn I>
Value key_call(Vm& vm, Arguments& arguments) {
    const Value request = request_argument(vm, arguments);
    if (!request) return {};
    const std::string name = text(vm, attribute(vm, arguments.self, "name"));
    Value key;
    if (I == KeyIn::Header) {
        key = request_header(vm, request, name);
    } else {
        const Value from =
            I == KeyIn::Query ? request_query(vm, request) : request_cookies(vm, request);
        key = vm.call_method(from, "get", {vm.str(name)});
    }
    if (vm.failed()) return {};
    // What carries a key is a secret, whatever its name is.
    if (key && !key.is_none()) {
        trust::Origin origin{trust::OriginKind::CallerInput, {}, name, true, {}};
        key.origin = vm.origins().add(std::move(origin));
    }
    if (!key || key.is_none() || (as_str(key) && text_of(key).empty())) {
        return refuse(vm, arguments.self, 403, "Not authenticated", "");
    }
    return key;
}

Value fields_init(Vm& vm, Arguments& arguments) {
    for (const auto& [name, value] : arguments.keywords) {
        vm.set_attribute(arguments.self, name, value);
    }
    if (vm.find_attribute(arguments.self, "scope")) {
        const std::string scope = text(vm, attribute(vm, arguments.self, "scope"));
        std::vector<Value> scopes;
        for (const std::string& each : split(scope, ' ')) {
            if (!each.empty()) scopes.push_back(vm.str(each));
        }
        vm.set_attribute(arguments.self, "scopes", vm.list(std::move(scopes)));
    }
    return vm.failed() ? Value() : Value::none();
}

Value scopes_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "scopes?", bound)) return {};
    const std::vector<std::string> scopes = texts_of(vm, bound["scopes"]);
    vm.set_attribute(arguments.self, "scopes", string_list(vm, scopes));
    vm.set_attribute(arguments.self, "scope_str", vm.str(join(scopes, " ")));
    return Value::none();
}

}  // namespace

Value raise_http(Vm& vm, int status, const Value& detail, const Value& headers) {
    Keywords keywords{{"status_code", Value::of(status)}, {"detail", detail}};
    if (headers) keywords.emplace_back("headers", headers);
    const Value made = call_with(vm, Value::of(vm.class_in("fastapi.exceptions", "HTTPException")),
                                 std::move(keywords));
    return made ? vm.raise(made) : made;
}

Value raise_starlette_http(Vm& vm, int status, const Value& headers) {
    Keywords keywords{{"status_code", Value::of(status)}};
    if (headers) keywords.emplace_back("headers", headers);
    const Value made = call_with(
        vm, Value::of(vm.class_in("starlette.exceptions", "HTTPException")), std::move(keywords));
    return made ? vm.raise(made) : made;
}

bool is_native_security(Vm& vm, const Value& call) {
    return as_instance(call) && is_a(vm, call, "fastapi.security", "SecurityBase") &&
           as_native(attribute(vm, Value::of(vm.class_of(call)), "__call__"));
}

void install_exceptions(Vm& vm, Module& module) {
    Class* http = vm.make_class(module, "HTTPException", {vm.types().exception});
    add_methods(vm, http,
                {{"__init__", &http_init}, {"__str__", &http_str}, {"__repr__", &http_repr}});
    Class* socket = vm.make_class(module, "WebSocketException", {vm.types().exception});
    vm.method(socket, "__init__", &socket_init);
}

void install_fastapi_exceptions(Vm& vm, Module& module) {
    for (const char* name : {"HTTPException", "WebSocketException"}) {
        vm.make_class(module, name, {vm.class_in("starlette.exceptions", name)});
    }
    vm.make_class(module, "FastAPIError", {vm.types().runtime_error});
    Class* validation = vm.make_class(module, "ValidationException", {vm.types().exception});
    add_methods(vm, validation, {{"__init__", &validation_init}, {"errors", &validation_errors}});
    vm.make_class(module, "RequestValidationError", {validation});
    vm.make_class(module, "WebSocketRequestValidationError", {validation});
    Class* response = vm.make_class(module, "ResponseValidationError", {validation});
    vm.method(response, "__str__", &response_validation_str);
}

void install_security(Vm& vm, Module& module) {
    Class* base = vm.make_class(module, "SecurityBase");
    const auto derived = [&](const char* name, Class* parent, NativeFunction call,
                             NativeFunction init) {
        Class* cls = vm.make_class(module, name, {parent});
        vm.method(cls, "__init__", init);
        if (call) vm.method(cls, "__call__", call);
        return cls;
    };
    Class* http = derived("HTTPBase", base, &async_method<&http_call>, &keep_arguments);
    derived("HTTPBearer", http, nullptr, &keep_arguments);
    derived("HTTPDigest", http, nullptr, &keep_arguments);
    derived("HTTPBasic", http, &async_method<&basic_call>, &keep_arguments);
    Class* key = derived("APIKeyBase", base, nullptr, &keep_arguments);
    derived("APIKeyHeader", key, &async_method<&key_call<KeyIn::Header>>, &keep_arguments);
    derived("APIKeyQuery", key, &async_method<&key_call<KeyIn::Query>>, &keep_arguments);
    derived("APIKeyCookie", key, &async_method<&key_call<KeyIn::Cookie>>, &keep_arguments);
    Class* oauth = derived("OAuth2", base, &async_method<&oauth_call>, &keep_arguments);
    derived("OpenIdConnect", base, &async_method<&oauth_call>, &keep_arguments);
    for (const char* name : {"OAuth2PasswordBearer", "OAuth2AuthorizationCodeBearer"}) {
        derived(name, oauth, &async_method<&oauth_bearer_call>, &keep_positional);
    }
    for (const char* name : {"HTTPBasicCredentials", "HTTPAuthorizationCredentials"}) {
        module.globals.set(name, Value::of(vm.class_in("fastapi._credentials", name)));
    }
    vm.method(vm.make_class(module, "OAuth2PasswordRequestForm"), "__init__", &fields_init);
    vm.make_class(module, "OAuth2PasswordRequestFormStrict",
                  {vm.class_in(module.name, "OAuth2PasswordRequestForm")});
    vm.method(vm.make_class(module, "SecurityScopes"), "__init__", &scopes_init);
}

}  // namespace wh::libraries::web
