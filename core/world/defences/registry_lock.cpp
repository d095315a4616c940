// And a second factor at the registrar. After Sea Turtle (2017-2019).
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_registry_lock() {
    static constexpr Defence kDefence{"registry-lock",
                                      "Registry lock",
                                      "Delegations are changed only after a call to people.",
                                      "Everything but the registrar's account.",
                                      Effect::ClosesWay,
                                      0,
                                      [](DnsSetup& setup) { setup.registry_lock = true; }};
    return kDefence;
}

}  // namespace wh::world
