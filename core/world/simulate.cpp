#include "world/simulate.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "world/contest.h"
#include "world/network.h"
#include "world/sentences.h"
#include "world/verdict.h"

namespace wh::world {
namespace {

using trace::Actor;
using trace::EventKind;

constexpr TimeUs kPatienceUs = 86'400LL * 1'000'000;  // a day

// The lab's order (worlds.WORLDS); the ladder has another.
constexpr std::string_view kLabOrder[] = {
    "honest",
    "poisoned-selfsigned",
    "poisoned-own-domain",
    "poisoned-misissued",
    "poisoned-plain-only",
    "poisoned-expired",
    "poisoned-nxdomain",
    "poisoned-blackhole",
};

std::string sort_key(const ConnectionRecord& one) {
    std::string key = cat(one.address, "|", one.connect, "|", one.host, "|",
                          static_cast<int>(one.port), "|", one.tunnel_to);
    for (const ReceivedRequest& request : one.requests) {
        key += cat("|", request.method, " ", request.target, " ", request.body);
    }
    return key;
}

template <class T, class Key>
void sort_by(std::vector<T>& items, Key key) {
    std::stable_sort(items.begin(), items.end(),
                     [&](const T& a, const T& b) { return key(a) < key(b); });
}

class Run {
  public:
    Run(const Scenario& scenario, const World& world, const SimulationOptions& options)
        : scenario_(scenario),
          world_(world),
          seed_(derive_seed(options.seed, cat(static_cast<unsigned long long>(scenario.seed)))),
          narrator_(options.with_trace),
          pki_(trust::Host{}.wall_clock_us / 1'000'000),
          plan_(make_plan(scenario, world)),
          dns_(plan_, setup_of(scenario, world), seed_, narrator_),
          network_(scenario, world, plan_, pki_, dns_, narrator_, seed_,
                   trust::Host{}.wall_clock_us) {}

    SimulationRun play(trust::Application& app) {
        attack();
        int phase = 0;
        TimeUs now = 0;
        narrator_.enter_phase(phase);
        trust::PhaseResult started = app.start(network_, now);
        const bool up = started.failures.empty();
        finish_phase("\"startup\"", std::move(started), now, phase, false);
        for (const ScenarioRequest& spec : scenario_.requests) {
            narrator_.enter_phase(++phase);
            narrator_.enter_call(0, {});
            tell_request(spec.request, now);
            trust::PhaseResult result;
            if (up) {
                result = app.request(spec.request, now);
            } else {
                result.response.emplace();
            }
            finish_phase(spec.original_json, std::move(result), now, phase, !up);
        }
        narrator_.enter_phase(++phase);
        narrator_.enter_call(0, {});
        finish_phase("\"shutdown\"", app.stop(now), now, phase, false);

        SimulationRun run;
        std::vector<std::pair<int, int>> ranges(static_cast<std::size_t>(phase) + 1);
        run.trace = narrator_.finish(ranges);
        run.capture = narrator_.take_capture();
        for (auto& [number, outcome] : outcomes_) {
            outcome.first_event = ranges[static_cast<std::size_t>(number)].first;
            outcome.last_event = ranges[static_cast<std::size_t>(number)].second;
            run.outcomes.push_back(std::move(outcome));
        }
        return run;
    }

  private:
    // Before the app starts: the attacker gets his lies into the resolver's cache, by its own
    // rules.
    void attack() {
        if (plan_.forgeries.empty()) return;
        const Attack& attack = attack_of(scenario_, world_);
        const bool usual = &attack == &attack_txid_guessing();
        if (narrator_.on() && !usual) {
            trace::Event& event = narrator_.tell(
                0, EventKind::DnsRace, Actor::Attacker, Actor::Resolver,
                cat("The attacker's way is \"", attack.title, "\": ", attack.description));
            event.hostile = true;
            event.fields = {{"attack", std::string(attack.name)}};
        }
        AttackOrder order{&plan_.forgeries, seed_};
        if (!usual) order.give_up_us = kPatienceUs;
        const AttackResult result = attack.run(order, dns_);
        if (narrator_.on()) {
            for (const std::string& alert : dns_.alerts()) {
                narrator_
                    .tell(result.ended_us, EventKind::DnsRace, Actor::Resolver, Actor::Nobody,
                          cat("The resolver writes to its log: ", alert, "."))
                    .fields = {{"alert", alert}};
            }
        }
        dns_.app_starts_at(result.ended_us);
        narrator_.shift(-result.ended_us);
    }

    void tell_request(const trust::InboundRequest& request, TimeUs now) {
        if (!narrator_.on()) return;
        trace::Event& event =
            narrator_.tell(now, EventKind::RequestArrived, Actor::Caller, Actor::App,
                           cat("A caller asks the app: ", request.method, " ", request.path,
                               request.query.empty() ? "" : "?", request.query, "."));
        event.bytes = request.body;
        event.fields = {
            {"method", request.method}, {"path", request.path}, {"query", request.query}};
    }

    void tell_end(const Outcome& outcome, TimeUs now) {
        narrator_.enter_call(0, {});
        for (const trust::SeenException& seen : outcome.exceptions_seen) {
            trace::Event& event = narrator_.tell(
                seen.at_us ? seen.at_us : now, EventKind::ExceptionSeen, Actor::App, Actor::App,
                cat(seen.function, " sees ", seen.error.class_name,
                    seen.error.message.empty() ? "" : ": ", seen.error.message));
            event.span = seen.span;
            event.fields = {{"function", seen.function},
                            {"class", seen.error.class_name},
                            {"message", seen.error.message}};
        }
        const TimeUs end = std::max(now, narrator_.latest());
        if (outcome.response) {
            const trust::InboundResponse& response = *outcome.response;
            trace::Event& event = narrator_.tell(
                end, EventKind::ResponseSent, Actor::App, Actor::Caller,
                !response.status    ? cat("The app gives no answer: ", outcome.response_note, ".")
                : outcome.unhandled ? cat("The app answers ", response.status, ", because ",
                                          outcome.unhandled->class_name, " was not handled.")
                                    : cat("The app answers ", response.status,
                                          response.broken ? ", and the body ends early." : "."));
            event.bytes = response.body;
            event.fields = {{"status", cat(response.status)},
                            {"forged", outcome.forged_response_used ? "yes" : "no"}};
        }
        trace::Event& event = narrator_.tell(end, EventKind::Verdict, Actor::Nobody, Actor::Nobody,
                                             verdict_text(outcome.verdict));
        if (outcome.forged_response_used) {
            event.sentence += " The answer to the caller holds what the attacker made up.";
        }
        if (!outcome.leaked.empty()) {
            event.sentence += cat(" The attacker has: ", join(outcome.leaked, ", "), ".");
        }
        event.fields = {{"verdict", std::string(name_of(outcome.verdict))},
                        {"forged-response-used", outcome.forged_response_used ? "yes" : "no"},
                        {"leaked", join(outcome.leaked, ", ")}};
    }

    void clean(std::string& text) {
        if (!Pki::may_hold_fingerprint(text)) return;
        // All that anybody may have hashed.
        for (const HostEntry& host : scenario_.hosts) pki_.leaf(genuine_wish(host));
        for (const Site& site : plan_.sites) {
            if (site.certificate) pki_.leaf(*site.certificate);
        }
        text = pki_.without_fingerprints(std::move(text));
    }
    void clean(trust::ExceptionRecord& error) {
        clean(error.message);
        for (trust::ExceptionRecord& one : error.group) clean(one);
        for (trust::ExceptionRecord& one : error.cause) clean(one);
    }

    void finish_phase(std::string_view request, trust::PhaseResult result, TimeUs now, int phase,
                      bool did_not_start) {
        PhaseNotes notes = network_.collect();
        const bool is_request = result.response.has_value();
        if (!is_request && notes.lookups.empty() && notes.connections.empty() &&
            result.seen.empty() && result.failures.empty()) {
            return;
        }
        Outcome outcome;
        outcome.world = world_.name;
        outcome.request_json = request;
        outcome.response = std::move(result.response);
        if (did_not_start) outcome.response_note = "the app did not start";
        outcome.unhandled = std::move(result.unhandled);
        outcome.app_failed = std::move(result.failures);
        outcome.lookups = std::move(notes.lookups);
        outcome.connections = std::move(notes.connections);
        outcome.exceptions_seen = std::move(result.seen);
        outcome.leaked = leaked_secrets(scenario_.secrets, outcome.connections);
        outcome.verdict = judge(outcome.connections, outcome.lookups, !outcome.leaked.empty());
        if (outcome.response && outcome.response->status == 0 && outcome.verdict == Verdict::Safe) {
            outcome.verdict = Verdict::Failed;  // the app itself gave no answer
        }
        outcome.forged_response_used =
            forged_response(scenario_.attacker.markers, outcome.response);
        if (narrator_.on()) tell_end(outcome, now);
        normalise(outcome);
        outcomes_.emplace_back(phase, std::move(outcome));
    }

    // As the lab's Normaliser, and its order where several things happened at once.
    void normalise(Outcome& outcome) {
        if (outcome.response) {
            clean(outcome.response->body);
            for (auto& [name, value] : outcome.response->headers) clean(value);
        }
        if (outcome.unhandled) clean(*outcome.unhandled);
        for (auto& [at, error] : outcome.app_failed) {
            if (error) clean(*error);
        }
        for (trust::SeenException& seen : outcome.exceptions_seen) clean(seen.error);
        for (ConnectionRecord& connection : outcome.connections) {
            clean(connection.raw);
            for (ReceivedRequest& request : connection.requests) {
                clean(request.target);
                clean(request.body);
                for (auto& [name, value] : request.headers) clean(value);
            }
        }
        if (!scenario_.concurrent) return;
        sort_by(outcome.connections, sort_key);
        sort_by(outcome.lookups, [](const LookupRecord& one) {
            // As JSON texts compare: a word before a list.
            return cat(one.status.empty() ? "[" : "\"", one.status, join(one.values, ","), "|",
                       one.name, "|", one.type);
        });
        sort_by(outcome.exceptions_seen, [](const trust::SeenException& one) {
            return cat(one.error.class_name, "|", one.function, "|", one.error.message);
        });
    }

    const Scenario& scenario_;
    const World& world_;
    std::uint64_t seed_;
    Narrator narrator_;
    Pki pki_;
    Plan plan_;
    NameService dns_;
    SimulatedNetwork network_;
    std::vector<std::pair<int, Outcome>> outcomes_;  // with the phase
};

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
}

}  // namespace

std::vector<std::string> worlds_of(const Scenario& scenario) {
    std::vector<std::string> out = scenario.world_list;
    if (out.empty()) out.assign(std::begin(kLabOrder), std::end(kLabOrder));
    for (const auto& [name, over] : scenario.worlds) {
        if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
    }
    return out;
}

trust::Host make_host(const Scenario& scenario, const World&, std::uint64_t seed) {
    trust::Host host;
    host.seed = seed;
    Pki pki(host.wall_clock_us / 1'000'000);
    const std::string public_root = tls::to_pem(pki.public_root());
    host.files["/etc/ssl/certs/ca-certificates.crt"] = public_root;
    host.files["/etc/ssl/certs/lab-public-root.pem"] = public_root;
    host.files["certs/public-root.pem"] = public_root;
    host.files["certs/internal-ca.pem"] = tls::to_pem(pki.internal_root());
    host.files["certs/legacy-ca.pem"] = tls::to_pem(pki.legacy_root());
    host.files["certs/client.pem"] = tls::to_pem(pki.client());
    host.files["certs/client-key.pem"] = tls::key_to_pem(pki.client_key());
    const auto genuine = [&](std::string_view name) -> const Issued* {
        for (const HostEntry& entry : scenario.hosts) {
            if (entry.name == name) return &pki.leaf(genuine_wish(entry));
        }
        return nullptr;
    };
    for (const auto& [path, name] : scenario.pinned_certificates) {
        if (const Issued* issued = genuine(name))
            host.files[path] = tls::to_pem(issued->certificate);
    }
    for (const auto& [path, text] : scenario.files) host.files[path] = text;
    host.environment = scenario.environment;
    for (auto& [name, value] : host.environment) {
        if (value.find("{sha256:") == std::string::npos) continue;
        for (const HostEntry& entry : scenario.hosts) {
            const std::string mark = cat("{sha256:", entry.name, "}");
            if (value.find(mark) != std::string::npos) {
                replace_all(value, mark, genuine(entry.name)->sha256);
            }
        }
    }
    return host;
}

SimulationRun simulate(const Scenario& scenario, const World& world, trust::Application& app,
                       const SimulationOptions& options) {
    return Run(scenario, world, options).play(app);
}

}  // namespace wh::world
