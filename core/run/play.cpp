#include "run/play.h"

#include "run/application.h"

namespace wh::run {

Play play(const program::Program& program, const world::Scenario& scenario,
          const world::World& world, const world::SimulationOptions& options, RunMemory& memory) {
    Play result;
    PythonApplication app(program, world::make_host(scenario, world, options.seed),
                          memory);
    result.run = world::simulate(scenario, world, app, options);
    if (program::Vm* vm = app.vm()) {
        result.not_modelled = vm->not_modelled_list();
        result.diagnostics = vm->diagnostics();
        result.output = vm->output();
    }
    result.has_app = app.has_app();
    return result;
}

std::vector<CountedNotModelled> count_not_modelled(const std::vector<NotModelled>& all) {
    std::vector<CountedNotModelled> counted;
    for (const NotModelled& each : all) {
        CountedNotModelled* known = nullptr;
        for (CountedNotModelled& one : counted) {
            if (one.first.what == each.what) known = &one;
        }
        if (known) {
            ++known->count;
        } else {
            counted.push_back({each, 1});
        }
    }
    return counted;
}

}  // namespace wh::run
