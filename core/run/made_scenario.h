// A scenario made from the code, when none is given: every host that it calls exists, answers what the
// code reads, and is poisoned; requests are made from the routes; what was assumed is told.
#pragma once

#include <string>
#include <vector>

#include "run/check.h"
#include "world/scenario.h"

namespace wh::run {

struct MadeScenario {
    world::Scenario scenario;
    std::vector<std::string> assumptions;  // sentences
};

MadeScenario make_scenario(const CheckResult& checked);
// Values for the variables that the code cannot do without.
std::map<std::string, std::string> make_environment(
    const std::vector<trust::EnvironmentRead>& reads);

}  // namespace wh::run
