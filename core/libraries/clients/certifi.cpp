// certifi 2025.1.31 as Debian packs it: where() is the system's bundle.
#include "libraries/library.h"

namespace wh::libraries {

namespace {

Value where(Vm& vm, Arguments&) {
    return vm.str("/etc/ssl/certs/ca-certificates.crt");
}

void install_certifi(Vm& vm, Module& module) {
    vm.function(module, "where", &where);
    module.globals.set("__version__", vm.str("2025.1.31"));
}

constexpr ModuleInstaller kModules[] = {{"certifi", &install_certifi}};
constexpr Meaning kMeanings[] = {{"certifi.where", "(nothing)",
                                  "The path of the machine's own bundle of roots.",
                                  "reality v19; Debian 13"}};

}  // namespace

const Library& library_certifi() {
    static const Library library{"certifi", "2025.1.31", "The machine's roots",
                                 true,      kModules,    kMeanings};
    return library;
}

}  // namespace wh::libraries
