#include "api/handle.h"

#include <algorithm>

#include "api/load_lesson.h"
#include "api/load_scenario.h"
#include "api/race.h"
#include "api/write.h"
#include "base/encoding.h"
#include "base/limits.h"
#include "base/text.h"
#include "libraries/library.h"
#include "rules/rule.h"
#include "run/lesson.h"
#include "run/made_scenario.h"
#include "run/matrix.h"
#include "world/capture.h"

namespace wh::api {

namespace {

Json failure(const std::string& code, const std::string& message, const std::string& where = {}) {
    Json error = {{"code", code}, {"message", message}};
    if (!where.empty()) error["where"] = where;
    return {{"api", kApiVersion}, {"ok", false}, {"error", std::move(error)}};
}

Json reply() { return {{"api", kApiVersion}, {"ok", true}}; }

struct Asked {
    Session* session = nullptr;
    std::vector<program::SourceFile> files;
    std::optional<world::Scenario> scenario;
    std::uint64_t seed = 1;
    std::string world;
    std::optional<std::string> attack;  // instead of the scenario's, in every world
    std::optional<std::vector<std::string>> defences;
};

void choose(const Asked& asked, world::Scenario& scenario) {
    if (asked.attack) scenario.attack = *asked.attack;
    if (asked.defences) scenario.defences = *asked.defences;
    for (auto& [name, over] : scenario.worlds) {
        if (asked.attack) over.attack.reset();
        if (asked.defences) over.defences.reset();
    }
}

std::vector<program::SourceFile> load_files(const Reader& reader) {
    std::vector<program::SourceFile> files;
    std::size_t size = 0;
    for (const Reader& item : reader.items()) {
        item.only({"name", "text"});
        files.push_back({item.need("name").text(), item.need("text").text()});
        size += files.back().text.size();
    }
    if (files.empty()) reader.fail("must hold at least one file");
    if (size > limits::kSourceBytesMax) {
        reader.fail(cat("the code is larger than ", limits::kSourceBytesMax / 1024, " kB"));
    }
    return files;
}

Json headline_json(const run::Headline& headline) {
    const char* const tones[] = {"safe", "warning", "attack", "unknown"};
    return {{"world", headline.world.empty() ? Json(nullptr) : Json(headline.world)},
            {"request", headline.world.empty() ? Json(nullptr) : Json(headline.request)},
            {"text", headline.text},
            {"detail", headline.detail},
            {"leaked", headline.leaked},
            {"tone", tones[static_cast<int>(headline.tone)]}};
}

// Where the endpoint that answers a request stands.
Json route_range(const run::MatrixRow& row, const run::CheckResult& checked, const Ranges& ranges) {
    const auto fits = [](const std::string& pattern, const std::string& path) {
        const std::vector<std::string> a = split(pattern, '/');
        const std::vector<std::string> b = split(path, '/');
        if (a.size() != b.size()) return false;
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (a[i] != b[i] && !a[i].starts_with("{")) return false;
        }
        return true;
    };
    for (const program::RouteInfo& route : checked.routes) {
        if (std::find(route.methods.begin(), route.methods.end(), row.method) !=
                route.methods.end() &&
            fits(route.path, row.path)) {
            return ranges.range(route.span);
        }
    }
    return nullptr;
}

Json matrix_json(const run::Matrix& matrix, const run::CheckResult& checked,
                 const Ranges& ranges) {
    Json rows = Json::array();
    for (const run::MatrixRow& row : matrix.rows) {
        Json cells = Json::array();
        for (const run::MatrixCell& cell : row.cells) {
            cells.push_back({{"world", cell.world},
                             {"verdict", run::name_of(cell.verdict)},
                             {"leaked", cell.leaked},
                             {"forgedResponseUsed", cell.forged_response_used},
                             {"status", cell.status ? Json(cell.status) : Json(nullptr)},
                             {"summary", cell.summary}});
        }
        rows.push_back({{"request", row.request},
                        {"label", row.label},
                        {"method", row.method},
                        {"path", row.path},
                        {"range", route_range(row, checked, ranges)},
                        {"cells", std::move(cells)}});
    }
    return rows;
}

// Checked once more with the made-up environment, if the code needs one: hosts then become known.
struct Prepared {
    run::CheckResult checked;
    world::Scenario scenario;
    std::vector<std::string> assumptions;
};

Prepared prepare(const program::Program& program, const Asked& asked) {
    Prepared out;
    out.checked = run::check(program, asked.scenario ? asked.scenario->environment
                                                     : std::map<std::string, std::string>{});
    if (asked.scenario) {
        out.scenario = *asked.scenario;
        choose(asked, out.scenario);
        return out;
    }
    run::CheckResult known;
    const bool again = !out.checked.environment_reads.empty();
    if (again) {
        known = run::check(program, run::make_environment(out.checked.environment_reads));
        known.environment_reads = out.checked.environment_reads;
    }
    run::MadeScenario made = run::make_scenario(again ? known : out.checked);
    out.scenario = std::move(made.scenario);
    choose(asked, out.scenario);
    out.assumptions = std::move(made.assumptions);
    return out;
}

// Playing needs no findings: a scenario that is given is enough.
world::Scenario scenario_of(const program::Program& program, const Asked& asked) {
    if (!asked.scenario) return prepare(program, asked).scenario;
    world::Scenario scenario = *asked.scenario;
    choose(asked, scenario);
    return scenario;
}

Json analysis(const program::Program& program, const Asked& asked, const Prepared& prepared) {
    const Ranges ranges(program);
    const run::Matrix matrix = run::make_matrix(program, prepared.scenario, asked.seed);
    Json out = reply();
    std::vector<Diagnostic> diagnostics = prepared.checked.diagnostics;
    for (const Diagnostic& each : matrix.diagnostics) {
        bool known = false;
        for (const Diagnostic& one : diagnostics) known = known || one.code == each.code;
        if (!known) diagnostics.push_back(each);
    }
    out["diagnostics"] = write_diagnostics(diagnostics, ranges);
    Json findings = Json::array();
    for (const trust::Finding& each : prepared.checked.findings) {
        findings.push_back(write_finding(each, ranges));
    }
    out["findings"] = std::move(findings);
    std::vector<NotModelled> unknown = prepared.checked.not_modelled;
    for (const NotModelled& each : matrix.not_modelled) {
        if (std::find(unknown.begin(), unknown.end(), each) == unknown.end()) {
            unknown.push_back(each);
        }
    }
    out["notModelled"] = write_not_modelled(unknown, ranges);
    Json worlds = Json::array();
    for (const world::World* each : matrix.worlds) worlds.push_back(write_world(*each));
    out["worlds"] = std::move(worlds);
    out["rows"] = matrix_json(matrix, prepared.checked, ranges);
    out["headline"] = headline_json(matrix.headline);
    Json calls = Json::array();
    for (const run::CallSummary& each : prepared.checked.calls) {
        calls.push_back(write_call(each, ranges));
    }
    out["calls"] = std::move(calls);
    out["assumptions"] = prepared.assumptions;
    out["scenario"] = write_scenario(prepared.scenario);
    return out;
}

Json analyse(const Asked& asked) {
    const program::Program program(asked.files, asked.session->libraries);
    return analysis(program, asked, prepare(program, asked));
}

Json play_in(const program::Program& program, const world::Scenario& scenario,
             const std::string& name, std::uint64_t seed, run::RunMemory& memory) {
    const Ranges ranges(program);
    const world::World* world = world::find_world(name);
    if (!world) return failure("no-such-world", cat("there is no world \"", name, "\""));
    const run::Play played = run::play(program, scenario, *world, {true, seed}, memory);
    Json out = reply();
    out["world"] = write_world(*world);
    Json events = Json::array();
    Json outcomes = Json::array();
    Json got = Json::array();
    const std::vector<world::Outcome>& all = played.run.outcomes;
    for (const trace::Event& event : played.run.trace.events()) {
        int outcome = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (event.number >= all[i].first_event) outcome = static_cast<int>(i);
        }
        events.push_back(write_event(event, outcome, ranges));
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        outcomes.push_back(write_outcome(all[i]));
        got.push_back({{"outcome", i},
                       {"lines", write_attacker_got(all[i], scenario.secrets)}});
    }
    out["events"] = std::move(events);
    out["sha256"] = played.run.trace.sha256();
    out["outcomes"] = std::move(outcomes);
    out["notModelled"] = write_not_modelled(played.not_modelled, ranges);
    std::vector<Diagnostic> diagnostics = program.diagnostics();
    diagnostics.insert(diagnostics.end(), played.diagnostics.begin(), played.diagnostics.end());
    out["diagnostics"] = write_diagnostics(diagnostics, ranges);
    out["output"] = valid_utf8(played.output);
    out["attackerGot"] = std::move(got);
    return out;
}

Json play(const Asked& asked) {
    const program::Program program(asked.files, asked.session->libraries);
    run::RunMemory memory;
    return play_in(program, scenario_of(program, asked), asked.world, asked.seed, memory);
}

// The packets of one world as a file for Wireshark.
Json capture(const Asked& asked) {
    const program::Program program(asked.files, asked.session->libraries);
    const world::World* world = world::find_world(asked.world);
    if (!world) return failure("no-such-world", cat("there is no world \"", asked.world, "\""));
    run::RunMemory memory;
    const run::Play played =
        run::play(program, scenario_of(program, asked), *world, {true, asked.seed}, memory);
    Json out = reply();
    out["world"] = write_world(*world);
    out["packets"] = played.run.capture.size();
    out["pcapng"] =
        base64(world::capture_file(played.run.capture, trust::Host{}.wall_clock_us));
    return out;
}

// One world after the other: the one that is named, or else the ladder's.
Json play_all(const Asked& asked) {
    const program::Program program(asked.files, asked.session->libraries);
    std::vector<std::string> names;
    const std::vector<std::string> usual = world::worlds_of(world::Scenario{});
    for (const world::World& each : world::all_worlds()) {
        const bool wanted = std::find(usual.begin(), usual.end(), each.name) != usual.end();
        if (asked.world.empty() && wanted) names.emplace_back(each.name);
    }
    if (!asked.world.empty()) names.push_back(asked.world);
    Json out = reply();
    out["assumptions"] = Json::array();
    world::Scenario scenario;
    if (asked.scenario) {
        scenario = *asked.scenario;
        choose(asked, scenario);
    } else {
        Prepared prepared = prepare(program, asked);
        scenario = std::move(prepared.scenario);
        out["assumptions"] = std::move(prepared.assumptions);
    }
    Json plays = Json::array();
    run::RunMemory memory;
    for (const std::string& name : names) {
        plays.push_back(play_in(program, scenario, name, asked.seed, memory));
        if (!plays.back().at("ok").get<bool>()) return plays.back();
    }
    out["plays"] = std::move(plays);
    return out;
}

Json outcomes(const Asked& asked) {
    const program::Program program(asked.files, asked.session->libraries);
    const world::Scenario scenario = scenario_of(program, asked);
    std::vector<std::string> names = world::worlds_of(scenario);
    if (!asked.world.empty()) names = {asked.world};
    Json list = Json::array();
    Json traces = Json::object();
    std::vector<NotModelled> unknown;
    std::vector<Diagnostic> bounds = program.diagnostics();
    run::RunMemory memory;
    for (const std::string& name : names) {
        const world::World* world = world::find_world(name);
        if (!world) return failure("no-such-world", cat("there is no world \"", name, "\""));
        const run::Play played = run::play(program, scenario, *world, {true, asked.seed}, memory);
        for (const world::Outcome& each : played.run.outcomes) list.push_back(write_outcome(each));
        traces[name] = played.run.trace.sha256();
        unknown.insert(unknown.end(), played.not_modelled.begin(), played.not_modelled.end());
        for (const Diagnostic& each : played.diagnostics) {
            const bool known = std::any_of(bounds.begin(), bounds.end(), [&](const auto& one) {
                return one.code == each.code && one.span == each.span;
            });
            if (!known) bounds.push_back(each);
        }
    }
    Json out = reply();
    out["outcomes"] = std::move(list);
    out["traces"] = std::move(traces);
    out["notModelled"] = write_not_modelled(unknown, Ranges(program));
    out["diagnostics"] = write_diagnostics(bounds, Ranges(program));
    return out;
}

Json check(const Asked& asked) {
    const program::Program program(asked.files, asked.session->libraries);
    const Ranges ranges(program);
    const run::CheckResult checked = run::check(program);
    Json out = reply();
    out["diagnostics"] = write_diagnostics(checked.diagnostics, ranges);
    Json findings = Json::array();
    for (const trust::Finding& each : checked.findings) findings.push_back(write_finding(each, ranges));
    out["findings"] = std::move(findings);
    out["notModelled"] = write_not_modelled(checked.not_modelled, ranges);
    Json calls = Json::array();
    for (const run::CallSummary& each : checked.calls) calls.push_back(write_call(each, ranges));
    out["calls"] = std::move(calls);
    out["paths"] = checked.paths;
    return out;
}

// Only what reading the text takes: the floor under every other action.
Json parse(const Asked& asked) {
    const program::Program program(asked.files, asked.session->libraries);
    Json out = reply();
    out["diagnostics"] = write_diagnostics(program.diagnostics(), Ranges(program));
    return out;
}

Json made_scenario(const Asked& asked) {
    const program::Program program(asked.files, asked.session->libraries);
    const Prepared prepared = prepare(program, asked);
    Json out = reply();
    out["scenario"] = write_scenario(prepared.scenario);
    out["assumptions"] = prepared.assumptions;
    return out;
}

Json lesson(const Reader& reader, const Asked& asked) {
    Result<Lesson> loaded = load_lesson(reader.need("lesson").raw());
    if (!loaded.ok()) return failure("lesson", loaded.error().message, loaded.error().where);
    const Lesson& lesson = loaded.value();
    const program::Program program(asked.files, asked.session->libraries);
    std::vector<program::SourceFile> starter = asked.files;
    if (auto found = reader.find("starter")) starter = load_files(*found);
    if (reader.failed()) return {};
    const program::Program reference(starter, asked.session->libraries);
    Asked with = asked;
    with.scenario = lesson.scenario;
    const Prepared prepared = prepare(program, with);
    const run::GoalResult result = run::evaluate_goal(
        lesson.goal, program, reference, prepared.checked, lesson.scenario, asked.seed);
    Json out = reply();
    out["passed"] = result.passed;
    Json atoms = Json::array();
    for (std::size_t i = 0; i < result.atoms.size(); ++i) {
        atoms.push_back({{"id", lesson.goal.atoms[i].id},
                         {"text", lesson.goal.atoms[i].text},
                         {"passed", result.atoms[i].passed},
                         {"detail", result.atoms[i].detail}});
    }
    out["atoms"] = std::move(atoms);
    out["analysis"] = analysis(program, with, prepared);
    return out;
}

Json list_worlds() {
    Json out = reply();
    Json list = Json::array();
    for (const world::World& each : world::all_worlds()) list.push_back(write_world(each));
    out["worlds"] = std::move(list);
    return out;
}

Json list_rules() {
    Json out = reply();
    Json list = Json::array();
    for (const rules::Rule* rule : rules::all_rules()) {
        list.push_back({{"id", rule->info.id},
                        {"name", rule->info.name},
                        {"category", rule->info.category == trust::Category::Encryption
                                         ? "Encryption"
                                         : "Data Exposure"},
                        {"cwe", rule->info.cwe},
                        {"owaspApi2023", split(rule->info.owasp, ' ')},
                        {"summary", rule->info.summary}});
    }
    out["rules"] = std::move(list);
    return out;
}

Json list_libraries() {
    Json out = reply();
    Json list = Json::array();
    for (const libraries::Library* library : libraries::all_libraries()) {
        Json meanings = Json::array();
        for (const libraries::Meaning& each : library->meanings) {
            meanings.push_back({{"callable", each.callable},
                                {"parameter", each.parameter},
                                {"meaning", each.meaning},
                                {"source", each.source}});
        }
        Json modules = Json::array();
        for (const program::ModuleInstaller& module : library->modules) {
            modules.push_back(module.name);
        }
        list.push_back({{"name", library->name},
                        {"version", library->version},
                        {"summary", library->summary},
                        {"decidesTrust", library->decides_trust},
                        {"modules", std::move(modules)},
                        {"meanings", std::move(meanings)}});
    }
    out["libraries"] = std::move(list);
    return out;
}

Json dispatch(Session& session, const Json& request) {
    std::optional<Error> error;
    const Reader reader(request, "", error);
    if (!request.is_object()) return failure("bad-request", "the request must be an object");
    const auto version_asked = reader.need("api").integer(1, 1000);
    if (!error && version_asked != kApiVersion) {
        return failure("api-version", cat("this core speaks version ", kApiVersion));
    }
    const std::string action = reader.need("do").text();
    if (error) return failure("bad-request", error->message, error->where);
    if (action == "worlds") return list_worlds();
    if (action == "rules") return list_rules();
    if (action == "libraries") return list_libraries();
    if (action == "version") return Json::parse(version());
    if (action == "race") {
        Json out = race(reader);
        return error ? failure("bad-request", error->message, error->where) : out;
    }
    const bool known = action == "analyse" || action == "play" || action == "play-all" ||
                       action == "check" || action == "outcomes" || action == "scenario" ||
                       action == "lesson" || action == "parse" || action == "capture";
    if (!known) return failure("bad-request", cat("unknown action \"", action, "\""), "/do");
    reader.only({"api", "do", "files", "scenario", "world", "seed", "lesson", "starter", "attack",
                 "defences"});
    Asked asked;
    asked.session = &session;
    asked.files = load_files(reader.need("files"));
    if (auto found = reader.find("seed")) {
        asked.seed = static_cast<std::uint64_t>(found->integer(0, INT64_MAX));
    }
    if (auto found = reader.find("world")) asked.world = found->text();
    if (auto found = reader.find("attack")) asked.attack = load_attack(*found);
    if (auto found = reader.find("defences")) asked.defences = load_defences(*found);
    if (auto found = reader.find("scenario"); found && !found->raw().is_null()) {
        Result<world::Scenario> scenario = load_scenario(found->raw());
        if (!scenario.ok()) {
            return failure("scenario", scenario.error().message, scenario.error().where);
        }
        asked.scenario = std::move(scenario.value());
    }
    if (error) return failure("bad-request", error->message, error->where);
    Json out;
    if (action == "analyse") out = analyse(asked);
    if (action == "play") out = play(asked);
    if (action == "play-all") out = play_all(asked);
    if (action == "capture") out = capture(asked);
    if (action == "check") out = check(asked);
    if (action == "parse") out = parse(asked);
    if (action == "outcomes") out = outcomes(asked);
    if (action == "scenario") out = made_scenario(asked);
    if (action == "lesson") out = lesson(reader, asked);
    if (error) return failure("bad-request", error->message, error->where);
    return out;
}

}  // namespace

std::string handle(Session& session, std::string_view request_json) {
    Result<Json> request = parse_json(request_json);
    if (!request.ok()) return dump(failure("bad-request", request.error().message));
    return dump(dispatch(session, request.value()));
}

std::string version() {
    return dump(Json{{"api", kApiVersion}, {"ok", true}, {"core", WH_VERSION}});
}

}  // namespace wh::api
