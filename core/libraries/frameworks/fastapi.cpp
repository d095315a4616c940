// FastAPI 0.115.11: the table of its modules. What they hold is in the _web_*.cpp files.
#include "base/text.h"
#include "libraries/frameworks/_web.h"

namespace wh::libraries {

namespace {

using namespace web;

// "from SOURCE import NAMES" of modules that only pass things on.
struct Passed {
    std::string_view module, source, names;
};
constexpr Passed kPassed[] = {
    {"fastapi", "fastapi.applications", "FastAPI"},
    {"fastapi", "fastapi.routing", "APIRouter"},
    {"fastapi", "fastapi.params", "Body Cookie Depends File Form Header Path Query Security"},
    {"fastapi", "fastapi.exceptions", "HTTPException WebSocketException"},
    {"fastapi", "fastapi.background", "BackgroundTasks"},
    {"fastapi", "fastapi.datastructures", "UploadFile"},
    {"fastapi", "starlette.requests", "Request"},
    {"fastapi", "starlette.responses", "Response"},
    {"fastapi", "starlette.websockets", "WebSocket WebSocketDisconnect"},
    {"fastapi.param_functions", "fastapi.params",
     "Body Cookie Depends File Form Header Path Query Security"},
    {"fastapi.requests", "starlette.requests", "HTTPConnection Request"},
    {"fastapi.websockets", "starlette.websockets", "WebSocket WebSocketDisconnect WebSocketState"},
    {"fastapi.testclient", "starlette.testclient", "TestClient"},
    {"fastapi.middleware", "starlette.middleware", "Middleware"},
    {"fastapi.middleware.cors", "starlette.middleware.cors", "CORSMiddleware"},
    {"fastapi.middleware.gzip", "starlette.middleware.gzip", "GZipMiddleware"},
    {"fastapi.middleware.trustedhost", "starlette.middleware.trustedhost", "TrustedHostMiddleware"},
    {"fastapi.middleware.httpsredirect", "starlette.middleware.httpsredirect",
     "HTTPSRedirectMiddleware"},
    {"fastapi.security.http", "fastapi.security",
     "HTTPAuthorizationCredentials HTTPBasic HTTPBasicCredentials HTTPBearer HTTPDigest HTTPBase"},
    {"fastapi.security.oauth2", "fastapi.security",
     "OAuth2 OAuth2AuthorizationCodeBearer OAuth2PasswordBearer OAuth2PasswordRequestForm "
     "OAuth2PasswordRequestFormStrict SecurityScopes"},
    {"fastapi.security.api_key", "fastapi.security", "APIKeyCookie APIKeyHeader APIKeyQuery"},
    {"fastapi.security.base", "fastapi.security", "SecurityBase"},
};

void pass_on(Vm& vm, Module& module) {
    for (const Passed& passed : kPassed) {
        if (passed.module != module.name) continue;
        for (const std::string& name : split(passed.names, ' ')) {
            module.globals.set(name, Value::of(vm.class_in(passed.source, name)));
        }
    }
}

void pass_functions(Vm& vm, Module& module) {
    for (const char* name : {"run_in_threadpool", "iterate_in_threadpool"}) {
        module.globals.set(name, import_attribute(vm, "starlette.concurrency", name));
    }
}

void install_fastapi(Vm& vm, Module& module) {
    pass_on(vm, module);
    module.globals.set("status", vm.import_module("starlette.status"));
    module.globals.set("__version__", vm.str("0.115.11"));
}

void install_status(Vm& vm, Module& module) {
    const Value from = vm.import_module("starlette.status");
    if (const Module* source = as_module(from)) module.globals = source->globals;
}

Value jsonable_encoder(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "jsonable_encoder",
                        "obj, include?, exclude?, by_alias?, exclude_unset?, exclude_defaults?, "
                        "exclude_none?, custom_encoder?, sqlalchemy_safe?",
                        bound)) {
        return {};
    }
    for (const char* name : {"include", "exclude", "custom_encoder"}) {
        if (bound.has_value(name)) vm.not_modelled(cat("jsonable_encoder(", name, "=...)"));
    }
    return to_jsonable(vm, bound["obj"], flag(vm, bound["exclude_unset"], false),
                       flag(vm, bound["exclude_none"], false), flag(vm, bound["by_alias"], true));
}

void install_encoders(Vm& vm, Module& module) {
    vm.function(module, "jsonable_encoder", &jsonable_encoder);
}

Value authorization_parts(Vm& vm, Arguments& arguments) {  // get_authorization_scheme_param
    Bound bound;
    if (!arguments.bind(vm, "get_authorization_scheme_param", "authorization_header_value",
                        bound)) {
        return {};
    }
    const std::string value = text(vm, bound["authorization_header_value"]);
    const std::size_t space = value.find(' ');
    const trust::Origin* origin = bound["authorization_header_value"].origin;
    return vm.tuple({vm.str(value.substr(0, space)),
                     vm.str(space == value.npos ? "" : value.substr(space + 1), origin)});
}

void install_security_utils(Vm& vm, Module& module) {
    vm.function(module, "get_authorization_scheme_param", &authorization_parts);
}

void install_opaque(Vm&, Module& module) {
    module.opaque = true;
}

constexpr ModuleInstaller kModules[] = {
    {"fastapi", &install_fastapi},
    {"fastapi.applications", &install_fastapi_applications},
    {"fastapi.background", &install_background},
    {"fastapi.concurrency", &pass_functions},
    {"fastapi.datastructures", &install_datastructures},
    {"fastapi.encoders", &install_encoders},
    {"fastapi.exception_handlers", &install_fastapi_applications},
    {"fastapi.exceptions", &install_fastapi_exceptions},
    {"fastapi.middleware", &pass_on},
    {"fastapi.middleware.cors", &pass_on},
    {"fastapi.middleware.gzip", &pass_on},
    {"fastapi.middleware.httpsredirect", &pass_on},
    {"fastapi.middleware.trustedhost", &pass_on},
    {"fastapi.openapi", &install_opaque},
    {"fastapi.param_functions", &pass_on},
    {"fastapi.params", &install_params},
    {"fastapi.requests", &pass_on},
    {"fastapi.responses", &install_responses},
    {"fastapi.routing", &install_fastapi_routing},
    {"fastapi.security", &install_security},
    {"fastapi.security.api_key", &pass_on},
    {"fastapi.security.base", &pass_on},
    {"fastapi.security.http", &pass_on},
    {"fastapi.security.oauth2", &pass_on},
    {"fastapi.security.utils", &install_security_utils},
    {"fastapi.staticfiles", &install_opaque},
    {"fastapi.status", &install_status},
    {"fastapi.templating", &install_opaque},
    {"fastapi.testclient", &pass_on},
    {"fastapi.websockets", &pass_on},
};

}  // namespace

const Library& library_fastapi() {
    static const Library library{"fastapi", "0.115.11", "Routes, parameters, dependencies",
                                 false,     kModules,   {}};
    return library;
}

}  // namespace wh::libraries
