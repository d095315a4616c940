#include "api/load_lesson.h"

#include "api/load_scenario.h"
#include "base/text.h"
#include "rules/rule.h"
#include "world/worlds.h"

namespace wh::api {

namespace {

using run::Goal;
using run::GoalAtom;
using run::GoalNode;

constexpr int kGoalDepthMax = 8;

std::string load_world(const Reader& reader) {
    const std::string name = reader.text();
    if (!world::find_world(name)) reader.fail(cat("there is no world \"", name, "\""));
    return name;
}

void load_counts(const Reader& reader, GoalAtom& atom) {
    if (auto found = reader.find("min")) atom.min = static_cast<int>(found->integer(0, 10000));
    if (auto found = reader.find("max")) atom.max = static_cast<int>(found->integer(0, 10000));
    if (atom.min == 0 && atom.max < 0) reader.fail("needs \"min\" or \"max\"");
}

void load_finding(const Reader& reader, GoalAtom& atom) {
    atom.kind = GoalAtom::Kind::Finding;
    reader.only({"rule", "category", "function", "min", "max"});
    if (auto found = reader.find("rule")) {
        atom.rule = found->text();
        bool known = false;
        for (const rules::Rule* rule : rules::all_rules()) known = known || rule->info.id == atom.rule;
        if (!known) found->fail(cat("there is no rule \"", atom.rule, "\""));
    }
    if (auto found = reader.find("category")) {
        atom.category = found->text();
        if (atom.category != "Encryption" && atom.category != "Data Exposure") {
            found->fail("must be \"Encryption\" or \"Data Exposure\"");
        }
    }
    if (auto found = reader.find("function")) atom.function = found->text();
    load_counts(reader, atom);
}

void load_outcome(const Reader& reader, GoalAtom& atom) {
    atom.kind = GoalAtom::Kind::Outcome;
    reader.only({"world", "request", "verdict", "status", "leaked", "forged"});
    atom.world = load_world(reader.need("world"));
    if (auto found = reader.find("request")) {
        atom.request = static_cast<int>(found->integer(0, 1000));
    }
    if (auto found = reader.find("verdict")) {
        if (found->raw().is_array()) {
            atom.verdicts = found->texts();
        } else {
            atom.verdicts.push_back(found->text());
        }
        for (const std::string& each : atom.verdicts) {
            if (each != "safe" && each != "failed" && each != "blocked" && each != "compromised") {
                found->fail(cat("\"", each, "\" is no verdict"));
            }
        }
    }
    if (auto found = reader.find("status")) atom.status = static_cast<int>(found->integer(100, 599));
    if (auto found = reader.find("leaked")) {
        if (found->raw().is_string()) {
            if (found->text() != "none") found->fail("must be \"none\" or a list of names");
            atom.leaked.emplace();
        } else {
            atom.leaked = found->texts();
        }
    }
    if (auto found = reader.find("forged")) atom.forged = found->boolean();
}

void load_event(const Reader& reader, GoalAtom& atom) {
    atom.kind = GoalAtom::Kind::Event;
    reader.only({"world", "kind", "min", "max", "fields"});
    atom.world = load_world(reader.need("world"));
    atom.event_kind = reader.need("kind").text();
    if (auto found = reader.find("fields")) {
        for (const auto& [name, value] : found->members()) {
            atom.fields.emplace_back(name, value.text());
        }
    }
    load_counts(reader, atom);
}

GoalNode load_node(const Reader& reader, Goal& goal, int depth) {
    GoalNode node;
    if (depth > kGoalDepthMax) {
        reader.fail("the goal is nested too deeply");
        return node;
    }
    const auto list = [&](const Reader& parts) {
        for (const Reader& each : parts.items()) {
            node.parts.push_back(load_node(each, goal, depth + 1));
        }
        if (node.parts.empty()) parts.fail("must not be empty");
    };
    if (auto all = reader.find("all")) {
        reader.only({"all"});
        list(*all);
        return node;
    }
    if (auto any = reader.find("any")) {
        reader.only({"any"});
        node.kind = GoalNode::Kind::Any;
        list(*any);
        return node;
    }
    if (auto negated = reader.find("not")) {
        reader.only({"not"});
        node.kind = GoalNode::Kind::Not;
        node.parts.push_back(load_node(*negated, goal, depth + 1));
        return node;
    }
    reader.only({"id", "text", "finding", "outcome", "event", "same_behaviour", "no_suppression"});
    GoalAtom atom;
    atom.id = reader.need("id").text();
    atom.text = reader.need("text").text();
    for (const GoalAtom& each : goal.atoms) {
        if (each.id == atom.id) reader.fail(cat("the id \"", atom.id, "\" is used twice"));
    }
    if (auto finding = reader.find("finding")) {
        load_finding(*finding, atom);
    } else if (auto outcome = reader.find("outcome")) {
        load_outcome(*outcome, atom);
    } else if (auto event = reader.find("event")) {
        load_event(*event, atom);
    } else if (auto same = reader.find("same_behaviour")) {
        atom.kind = GoalAtom::Kind::SameBehaviour;
        same->only({"world"});
        atom.world = load_world(same->need("world"));
    } else if (auto clean = reader.find("no_suppression")) {
        atom.kind = GoalAtom::Kind::NoSuppression;
        if (!clean->boolean()) clean->fail("must be true");
    } else {
        reader.fail("needs one of finding, outcome, event, same_behaviour, no_suppression");
    }
    node.kind = GoalNode::Kind::Atom;
    node.atom = static_cast<int>(goal.atoms.size());
    goal.atoms.push_back(std::move(atom));
    return node;
}

}  // namespace

Result<Lesson> load_lesson(const Json& json) {
    std::optional<Error> error;
    const Reader reader(json, "", error);
    reader.only({"$schema", "scenario", "goal", "hints"});
    Lesson lesson;
    Result<world::Scenario> scenario = load_scenario(reader.need("scenario").raw());
    if (error) return *error;
    if (!scenario.ok()) {
        return Error{scenario.error().message, cat("/scenario", scenario.error().where)};
    }
    lesson.scenario = std::move(scenario.value());
    lesson.goal.root = load_node(reader.need("goal"), lesson.goal, 0);
    if (error) return *error;
    return lesson;
}

}  // namespace wh::api
