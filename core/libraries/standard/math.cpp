// math (Python 3.13 library reference, "math").
#include <cmath>

#include "libraries/library.h"

namespace wh::libraries {

namespace {

void install_math(Vm&, Module& module) { module.globals.set("pi", Value::of(3.141592653589793)); }

constexpr ModuleInstaller kModules[] = {{"math", &install_math}};

}  // namespace

const Library& library_math() {
    static const Library library{"math", "3.13", "Mathematical functions", false, kModules, {}};
    return library;
}

}  // namespace wh::libraries
