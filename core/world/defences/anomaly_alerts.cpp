// Counts only; nothing that outsiders can see depends on it (compare the flush that became an
// oracle).
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_anomaly_alerts() {
    static constexpr Defence kDefence{
        "anomaly-alerts",
        "Alerts",
        "Answers that nobody asked for and changed name servers are written to a log.",
        "An alert stops nothing, and a lie that comes first and alone looks like an answer.",
        Effect::Detects,
        0,
        [](DnsSetup& setup) { setup.alerts = true; }};
    return kDefence;
}

}  // namespace wh::world
