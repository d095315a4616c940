// Any bytes are a scenario or an error with a place; nothing in between.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/load_scenario.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const wh::Result<wh::api::Json> json =
        wh::api::parse_json(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!json.ok()) {
        if (json.error().message.empty()) std::abort();
        return 0;
    }
    const wh::Result<wh::world::Scenario> scenario = wh::api::load_scenario(json.value());
    if (!scenario.ok() && scenario.error().message.empty()) std::abort();
    return 0;
}
