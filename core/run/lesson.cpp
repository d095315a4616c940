#include "run/lesson.h"

#include <algorithm>

#include "base/text.h"

namespace wh::run {

namespace {

using world::Outcome;

class Evaluator {
  public:
    Evaluator(const program::Program& program, const program::Program& reference,
              const CheckResult& checked, const world::Scenario& scenario, std::uint64_t seed)
        : program_(program), reference_(reference), checked_(checked), scenario_(scenario),
          seed_(seed) {}

    AtomResult atom(const GoalAtom& atom);

  private:
    struct Played {
        std::string world;
        bool reference;
        Play play;
    };
    const Play& played(const std::string& world_name, bool reference);
    std::vector<const Outcome*> requests(const Play& play) const;
    AtomResult finding(const GoalAtom& atom) const;
    AtomResult outcome(const GoalAtom& atom);
    AtomResult event(const GoalAtom& atom);
    AtomResult same_behaviour(const GoalAtom& atom);
    AtomResult no_suppression() const;

    const program::Program& program_;
    const program::Program& reference_;
    const CheckResult& checked_;
    const world::Scenario& scenario_;
    std::uint64_t seed_;
    std::vector<std::unique_ptr<Played>> plays_;
    RunMemory memory_;
};

const Play& Evaluator::played(const std::string& world_name, bool reference) {
    for (const auto& each : plays_) {
        if (each->world == world_name && each->reference == reference) return each->play;
    }
    const world::World* world = world::find_world(world_name);
    WH_CHECK(world != nullptr);  // api/ has checked the names
    plays_.push_back(std::make_unique<Played>(
        Played{world_name, reference,
               play(reference ? reference_ : program_, scenario_, *world, {true, seed_},
                    memory_)}));
    return plays_.back()->play;
}

std::vector<const Outcome*> Evaluator::requests(const Play& play) const {
    std::vector<const Outcome*> out;
    for (const Outcome& each : play.run.outcomes) {
        if (each.request_json != "\"startup\"" && each.request_json != "\"shutdown\"") {
            out.push_back(&each);
        }
    }
    return out;
}

AtomResult Evaluator::finding(const GoalAtom& atom) const {
    int count = 0;
    for (const trust::Finding& each : checked_.findings) {
        const char* category =
            each.category == trust::Category::Encryption ? "Encryption" : "Data Exposure";
        if (!atom.rule.empty() && each.rule != atom.rule) continue;
        if (!atom.category.empty() && atom.category != category) continue;
        if (!atom.function.empty() && each.function != atom.function) continue;
        ++count;
    }
    AtomResult result;
    result.passed = count >= atom.min && (atom.max < 0 || count <= atom.max);
    result.detail = count == 1 ? "1 finding" : cat(count, " findings");
    return result;
}

AtomResult Evaluator::outcome(const GoalAtom& atom) {
    AtomResult result;
    result.passed = true;
    const Play& run = played(atom.world, false);
    const std::vector<const Outcome*> all = requests(run);
    if (all.empty()) return {false, "the app answered no request"};
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (atom.request >= 0 && static_cast<std::size_t>(atom.request) != i) continue;
        const Outcome& seen = *all[i];
        const std::string verdict(world::name_of(seen.verdict));
        const int status = seen.response ? seen.response->status : 0;
        bool fits = atom.verdicts.empty() || std::find(atom.verdicts.begin(), atom.verdicts.end(),
                                                       verdict) != atom.verdicts.end();
        fits = fits && (atom.status == 0 || status == atom.status);
        fits = fits && (!atom.leaked || *atom.leaked == seen.leaked);
        fits = fits && (!atom.forged || *atom.forged == seen.forged_response_used);
        if (fits) continue;
        result.passed = false;
        result.detail = cat(verdict == "failed" ? "it " : "it was ", verdict, "; the caller got ",
                            status,
                            seen.leaked.empty() ? "" : cat(", lost: ", join(seen.leaked, ", ")));
        break;
    }
    return result;
}

AtomResult Evaluator::event(const GoalAtom& atom) {
    int count = 0;
    for (const trace::Event& each : played(atom.world, false).run.trace.events()) {
        if (trace::name_of(each.kind) != atom.event_kind) continue;
        bool fits = true;
        for (const auto& wanted : atom.fields) {
            fits = fits &&
                   std::find(each.fields.begin(), each.fields.end(), wanted) != each.fields.end();
        }
        count += fits ? 1 : 0;
    }
    AtomResult result;
    result.passed = count >= atom.min && (atom.max < 0 || count <= atom.max);
    result.detail = cat("happened ", count, count == 1 ? " time" : " times");
    return result;
}

// Deleting the call is never a solution: with nobody attacking, the same requests must reach the same
// hosts and the caller must get the same answers as from the code that the lesson starts with.
AtomResult Evaluator::same_behaviour(const GoalAtom& atom) {
    const std::vector<const Outcome*> now = requests(played(atom.world, false));
    const std::vector<const Outcome*> then = requests(played(atom.world, true));
    if (now.size() != then.size()) return {false, "the app does not answer"};
    for (std::size_t i = 0; i < now.size(); ++i) {
        const int status = now[i]->response ? now[i]->response->status : 0;
        const int wanted = then[i]->response ? then[i]->response->status : 0;
        if (status != wanted || (now[i]->response && then[i]->response &&
                                 now[i]->response->body != then[i]->response->body)) {
            return {false, cat("with nobody attacking, request ", i + 1, " is answered with ", status,
                               " instead of the answer it had")};
        }
        std::vector<std::string> reached;
        for (const world::ConnectionRecord& each : now[i]->connections) {
            for (const world::ReceivedRequest& one : each.requests) {
                reached.push_back(cat(each.peer, one.method, one.target.substr(0, one.target.find('?'))));
            }
        }
        for (const world::ConnectionRecord& each : then[i]->connections) {
            for (const world::ReceivedRequest& one : each.requests) {
                const std::string key =
                    cat(each.peer, one.method, one.target.substr(0, one.target.find('?')));
                if (std::find(reached.begin(), reached.end(), key) == reached.end()) {
                    return {false, cat(one.method, " ", one.target, " is no longer asked for")};
                }
            }
        }
    }
    return {true, "as before"};
}

AtomResult Evaluator::no_suppression() const {
    for (const program::SourceFile& file : program_.files()) {
        for (const char* mark : {"# noqa", "# nosec", "# wronghost: ignore"}) {
            if (file.text.find(mark) != std::string::npos) return {false, cat("found ", mark)};
        }
    }
    return {true, {}};
}

AtomResult Evaluator::atom(const GoalAtom& atom) {
    switch (atom.kind) {
        case GoalAtom::Kind::Finding: return finding(atom);
        case GoalAtom::Kind::Outcome: return outcome(atom);
        case GoalAtom::Kind::Event: return event(atom);
        case GoalAtom::Kind::SameBehaviour: return same_behaviour(atom);
        case GoalAtom::Kind::NoSuppression: return no_suppression();
    }
    return {};
}

bool holds(const GoalNode& node, const std::vector<AtomResult>& atoms) {
    switch (node.kind) {
        case GoalNode::Kind::Atom: return atoms[static_cast<std::size_t>(node.atom)].passed;
        case GoalNode::Kind::All:
            for (const GoalNode& part : node.parts) {
                if (!holds(part, atoms)) return false;
            }
            return true;
        case GoalNode::Kind::Any:
            for (const GoalNode& part : node.parts) {
                if (holds(part, atoms)) return true;
            }
            return false;
        case GoalNode::Kind::Not: return !holds(node.parts.front(), atoms);
    }
    return false;
}

}  // namespace

GoalResult evaluate_goal(const Goal& goal, const program::Program& program,
                         const program::Program& reference, const CheckResult& checked,
                         const world::Scenario& scenario, std::uint64_t seed) {
    Evaluator evaluator(program, reference, checked, scenario, seed);
    GoalResult result;
    for (const GoalAtom& atom : goal.atoms) result.atoms.push_back(evaluator.atom(atom));
    result.passed = holds(goal.root, result.atoms);
    return result;
}

}  // namespace wh::run
