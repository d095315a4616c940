#include <algorithm>
#include <vector>

#include "world/attacks/attack.h"

namespace wh::world {
namespace {

struct RegistryEntry {
    std::string_view file;
    const Attack& (*get)();
};

}  // namespace

#include "world_attacks_registry.inc"

std::string_view name_of(Goal goal) {
    constexpr std::string_view kNames[] = {"poison", "deny",        "keep",
                                           "rebind", "certificate", "execute"};
    return kNames[static_cast<std::size_t>(goal)];
}

std::vector<const Attack*> all_attacks() {
    std::vector<const Attack*> all;
    for (const RegistryEntry& entry : kRegistry) all.push_back(&entry.get());
    return all;
}

const Attack* find_attack(std::string_view name) {
    for (const RegistryEntry& entry : kRegistry) {
        if (entry.get().name == name) return &entry.get();
    }
    return nullptr;
}

}  // namespace wh::world
