// starlette 0.46.1: the table of its modules. What they hold is in the _web_*.cpp files.
#include "base/text.h"
#include "libraries/frameworks/_web.h"
#include "libraries/shared/http_wire.h"

namespace wh::libraries {

namespace {

using namespace web;

// starlette.status: HTTP_404_NOT_FOUND from the registry of reason phrases.
void install_status(Vm&, Module& module) {
    for (int code = 100; code < 512; ++code) {
        std::string name(reason_phrase(code));
        if (name.empty()) continue;
        for (char& c : name) {
            if (c == ' ' || c == '-') c = '_';
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
        }
        std::erase(name, '\'');
        if (code == 413) name = "REQUEST_ENTITY_TOO_LARGE";
        if (code == 414) name = "REQUEST_URI_TOO_LONG";
        if (code == 416) name = "REQUESTED_RANGE_NOT_SATISFIABLE";
        if (code == 418) name = "IM_A_TEAPOT";
        if (code == 422) name = "UNPROCESSABLE_ENTITY";
        module.globals.set(cat("HTTP_", code, "_", name), Value::of(code));
    }
    constexpr const char* kSockets[] = {
        "NORMAL_CLOSURE",
        "GOING_AWAY",
        "PROTOCOL_ERROR",
        "UNSUPPORTED_DATA",
        "",
        "NO_STATUS_RCVD",
        "ABNORMAL_CLOSURE",
        "INVALID_FRAME_PAYLOAD_DATA",
        "POLICY_VIOLATION",
        "MESSAGE_TOO_BIG",
        "MANDATORY_EXT",
        "INTERNAL_ERROR",
        "SERVICE_RESTART",
        "TRY_AGAIN_LATER",
        "BAD_GATEWAY",
        "TLS_HANDSHAKE",
    };
    int code = 1000;
    for (const char* name : kSockets) {
        if (*name != '\0') module.globals.set(cat("WS_", code, "_", name), Value::of(code));
        ++code;
    }
}

Value do_in_threadpool(Vm& vm, Arguments& arguments) {
    Arguments rest = arguments;
    const Value function = rest.positional.empty() ? Value() : rest.positional.front();
    if (!function) {
        return vm.raise(vm.types().type_error,
                        "run_in_threadpool() missing 1 required positional argument: 'func'");
    }
    rest.positional.erase(rest.positional.begin());
    return vm.run_in_thread(function, std::move(rest));
}

Value iterate_in_threadpool(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "iterate_in_threadpool", "iterator", bound)) return {};
    return make_body_stream(vm, items_of(vm, bound["iterator"]));
}

void install_concurrency(Vm& vm, Module& module) {
    vm.function(module, "run_in_threadpool", &async_method<&do_in_threadpool>);
    vm.function(module, "iterate_in_threadpool", &iterate_in_threadpool);
}

// Names for annotations only.
void install_types(Vm& vm, Module& module) {
    for (const char* name : {"ASGIApp", "Receive", "Scope", "Send", "Message", "Lifespan"}) {
        module.globals.set(name, import_attribute(vm, "typing", "Any"));
    }
}

void install_opaque(Vm&, Module& module) {
    module.opaque = true;
}
void install_nothing(Vm&, Module&) {}

constexpr ModuleInstaller kModules[] = {
    {"starlette", &install_nothing},
    {"starlette.applications", &install_applications},
    {"starlette.background", &install_background},
    {"starlette.concurrency", &install_concurrency},
    {"starlette.datastructures", &install_datastructures},
    {"starlette.exceptions", &install_exceptions},
    {"starlette.middleware", &install_middleware},
    {"starlette.middleware.base", &install_middleware},
    {"starlette.middleware.cors", &install_middleware},
    {"starlette.middleware.gzip", &install_middleware},
    {"starlette.middleware.httpsredirect", &install_middleware},
    {"starlette.middleware.sessions", &install_middleware},
    {"starlette.middleware.trustedhost", &install_middleware},
    {"starlette.requests", &install_requests},
    {"starlette.responses", &install_responses},
    {"starlette.routing", &install_routing},
    {"starlette.staticfiles", &install_opaque},
    {"starlette.status", &install_status},
    {"starlette.templating", &install_opaque},
    {"starlette.testclient", &install_testclient},
    {"starlette.types", &install_types},
    {"starlette.websockets", &install_websockets},
};

}  // namespace

const Library& library_starlette() {
    static const Library library{"starlette", "0.46.1", "Requests, responses, routing, middleware",
                                 false,       kModules, {}};
    return library;
}

}  // namespace wh::libraries
