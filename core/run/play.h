// Playing: the pasted program in one world of a scenario.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "program/program.h"
#include "run/run_memory.h"
#include "world/scenario.h"
#include "world/simulate.h"

namespace wh::run {

struct Play {
    world::SimulationRun run;
    std::vector<NotModelled> not_modelled;
    std::vector<Diagnostic> diagnostics;  // bounds that were hit
    std::string output;                   // what the program printed
    bool has_app = false;
};

// `memory`: the same for all worlds of a scenario, so that the program is started once if it can be.
Play play(const program::Program& program, const world::Scenario& scenario,
          const world::World& world, const world::SimulationOptions& options, RunMemory& memory);

struct CountedNotModelled {
    NotModelled first;
    int count = 0;
};
// Each "what" once, with how often, in order of first appearance.
std::vector<CountedNotModelled> count_not_modelled(const std::vector<NotModelled>& all);

}  // namespace wh::run
