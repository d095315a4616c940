// case.json -> world::Scenario (format: tests/reality/README.md, schema: core/api/schema/).
#pragma once

#include "api/json.h"
#include "world/scenario.h"

namespace wh::api {

Result<world::Scenario> load_scenario(const Json& json);
// A request of the scenario as the lab's own client would send it.
world::ScenarioRequest load_request(const Reader& reader);

// The name of an attack that can be played, and of defences; unknown ones fail with the nearest.
std::string load_attack(const Reader& reader);
std::vector<std::string> load_defences(const Reader& reader);

}  // namespace wh::api
