// A lesson's goal: predicates over findings, outcomes and events, each with a sentence for the learner.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "run/check.h"
#include "run/play.h"

namespace wh::run {

struct GoalAtom {
    enum class Kind : std::uint8_t { Finding, Outcome, Event, SameBehaviour, NoSuppression };
    Kind kind = Kind::Finding;
    std::string id;
    std::string text;
    // Finding
    std::string rule, category, function;
    int min = 0;
    int max = -1;  // -1: none
    // Outcome, Event, SameBehaviour
    std::string world;
    int request = -1;                     // index in the scenario; -1: every one
    std::vector<std::string> verdicts;    // any of them
    int status = 0;                       // 0: not asked
    std::optional<std::vector<std::string>> leaked;  // exactly these; empty: none
    std::optional<bool> forged;
    std::string event_kind;
    std::vector<std::pair<std::string, std::string>> fields;
};

// A tree of all / any / not over atoms (indices).
struct GoalNode {
    enum class Kind : std::uint8_t { Atom, All, Any, Not };
    Kind kind = Kind::All;
    int atom = -1;
    std::vector<GoalNode> parts;
};

struct Goal {
    std::vector<GoalAtom> atoms;
    GoalNode root;
};

struct AtomResult {
    bool passed = false;
    std::string detail;  // what was seen instead
};

struct GoalResult {
    bool passed = false;
    std::vector<AtomResult> atoms;
};

// `reference`: the program whose benign behaviour must be kept (the starter), for SameBehaviour.
GoalResult evaluate_goal(const Goal& goal, const program::Program& program,
                         const program::Program& reference, const CheckResult& checked,
                         const world::Scenario& scenario, std::uint64_t seed);

}  // namespace wh::run
