// _math: the functions of <cmath> that math (math.py) is made of.
#include <cmath>
#include <string_view>

#include "libraries/library.h"

namespace wh::libraries {

namespace {

constexpr struct {
    std::string_view name;
    double (*call)(double);
} kFunctions[] = {{"sqrt", &std::sqrt},   {"exp", &std::exp},     {"log", &std::log},
                  {"log2", &std::log2},   {"log10", &std::log10}, {"log1p", &std::log1p},
                  {"expm1", &std::expm1}, {"cbrt", &std::cbrt},   {"sin", &std::sin},
                  {"cos", &std::cos},     {"tan", &std::tan},     {"asin", &std::asin},
                  {"acos", &std::acos},   {"atan", &std::atan},   {"sinh", &std::sinh},
                  {"cosh", &std::cosh},   {"tanh", &std::tanh}};

Value function(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "_function", "name, x", bound)) return {};
    if (!bound["x"].is_float()) return vm.unknown(bound["x"].origin, "math");
    for (const auto& each : kFunctions) {
        if (each.name == text_of(bound["name"])) return Value::of(each.call(bound["x"].real));
    }
    return vm.not_modelled("math");
}

void install_math(Vm& vm, Module& module) {
    vm.function(module, "_function", &function);
}

constexpr ModuleInstaller kModules[] = {{"_math", &install_math}};

}  // namespace

const Library& library_math_native() {
    static const Library library{"_math", "3.13", "Mathematical functions", false, kModules, {}};
    return library;
}

}  // namespace wh::libraries
