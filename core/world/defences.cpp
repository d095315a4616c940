#include <algorithm>
#include <vector>

#include "base/text.h"
#include "world/defences/defence.h"

namespace wh::world {
namespace {

struct RegistryEntry {
    std::string_view file;
    const Defence& (*get)();
};

}  // namespace

#include "world_defences_registry.inc"

std::string effect_text(const Defence& defence) {
    switch (defence.effect) {
        case Effect::AddsBits: {
            const int whole = defence.centibits / 100, part = defence.centibits % 100;
            if (defence.centibits == 0) return "adds one bit for each letter of the name";
            if (part == 0) return cat("adds ", whole, " bits");
            return cat("adds ", whole, ".", part < 10 ? "0" : "", part, " bits");
        }
        case Effect::RemovesRace:
            return "removes the race";
        case Effect::ClosesWay:
            return "closes a way in";
        case Effect::LimitsDamage:
            return "limits the damage";
        case Effect::Detects:
            return "detects";
    }
    return {};
}

std::vector<const Defence*> all_defences() {
    std::vector<const Defence*> all;
    for (const RegistryEntry& entry : kRegistry) all.push_back(&entry.get());
    return all;
}

const Defence* find_defence(std::string_view name) {
    for (const RegistryEntry& entry : kRegistry) {
        if (entry.get().name == name) return &entry.get();
    }
    return nullptr;
}

}  // namespace wh::world
