// uvicorn 0.34: a paste that serves itself is served already, so run() does nothing.
#include "libraries/frameworks/_web.h"

namespace wh::libraries {

namespace {

using namespace web;

Value run(Vm&, Arguments&) {
    return Value::none();
}

Value keep(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "app?, *args, **kwargs", bound)) return {};
    for (const auto& [name, value] : bound.extra()) vm.set_attribute(arguments.self, name, value);
    if (bound.has("app")) vm.set_attribute(arguments.self, "app", bound["app"]);
    return Value::none();
}

void install_uvicorn(Vm& vm, Module& module) {
    vm.function(module, "run", &run);
    vm.method(vm.make_class(module, "Config"), "__init__", &keep);
    Class* server = vm.make_class(module, "Server");
    add_methods(vm, server, {{"__init__", &keep}, {"run", &run}, {"serve", &async_method<&run>}});
}

constexpr ModuleInstaller kModules[] = {
    {"uvicorn", &install_uvicorn},
    {"uvicorn.middleware.proxy_headers", &install_middleware},
};

}  // namespace

const Library& library_uvicorn() {
    static const Library library{"uvicorn", "0.34.0", "ASGI server", false, kModules, {}};
    return library;
}

}  // namespace wh::libraries
