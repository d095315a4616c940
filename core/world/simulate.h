// simulate(): one app in one world, from start-up over all requests to shutdown.
#pragma once

#include <vector>

#include "net/network.h"
#include "trace/event.h"
#include "trust/application.h"
#include "trust/host.h"
#include "world/outcome.h"
#include "world/scenario.h"
#include "world/worlds.h"

namespace wh::world {

struct SimulationRun {
    std::vector<Outcome>
        outcomes;  // start-up (if something happened), requests in order, shutdown (ditto)
    trace::Trace trace;
    net::Capture capture;  // with_trace: every packet, for a capture file; in order of sending
};

struct SimulationOptions {
    bool with_trace = true;  // false: outcomes only (the matrix), several times faster
    std::uint64_t seed = 1;
};

// The files and environment that the app's host has in this world: the scenario's own, the lab's
// certs/ folder, pinned certificates, {sha256:HOST} filled in. Certificates are PEM-framed symbolic
// text that tls/ can read back.
trust::Host make_host(const Scenario& scenario, const World& world, std::uint64_t seed);

// Names of the worlds that apply to a scenario, in the lab's order.
std::vector<std::string> worlds_of(const Scenario& scenario);

SimulationRun simulate(const Scenario& scenario, const World& world, trust::Application& app,
                       const SimulationOptions& options);

}  // namespace wh::world
