#include "run/matrix.h"

#include <algorithm>

#include "base/text.h"

namespace wh::run {

namespace {

using world::ConnectionRecord;
using world::Outcome;
using world::Verdict;

std::string quoted_list(const std::vector<std::string>& names) { return join(names, ", "); }

// Why a certificate was refused, without Python's brackets around it.
std::string refusal(const Outcome& outcome) {
    for (const ConnectionRecord& connection : outcome.connections) {
        if (connection.peer != "attacker" || !connection.tls.error) continue;
        std::string text = connection.tls.error->message;
        const std::size_t colon = text.find("failed: ");
        if (colon != std::string::npos) text = text.substr(colon + 8);
        return text.substr(0, text.find(" (_ssl.c"));
    }
    return "the client refused it after the handshake";
}

std::string failure(const Outcome& outcome) {
    for (const world::LookupRecord& lookup : outcome.lookups) {
        if (lookup.status == "NXDOMAIN") return cat(lookup.name, " was not found");
    }
    for (const ConnectionRecord& connection : outcome.connections) {
        if (connection.connect == "refused") return "the connection was refused";
        if (connection.connect == "timeout") return "nobody answered";
        if (connection.tls.error) {
            std::string text = connection.tls.error->message;
            const std::size_t colon = text.find("failed: ");
            if (colon != std::string::npos) text = text.substr(colon + 8);
            return cat("TLS failed: ", text.substr(0, text.find(" (_ssl.c")));
        }
    }
    return outcome.response_note.empty() ? "the call failed" : outcome.response_note;
}

std::string summary_of(const Outcome& outcome) {
    switch (outcome.verdict) {
        case Verdict::Safe:
            if (outcome.forged_response_used) return "uses what the attacker wrote earlier";
            return outcome.connections.empty() ? "no connection was made" : "only the genuine host";
        case Verdict::Failed: return failure(outcome);
        case Verdict::Blocked: return cat("refused: ", refusal(outcome));
        case Verdict::Compromised: {
            std::string text = outcome.leaked.empty()
                                   ? std::string("the attacker got the request")
                                   : cat("the attacker got ", quoted_list(outcome.leaked));
            if (outcome.forged_response_used) text += "; his answer was used";
            return text;
        }
    }
    return {};
}

// "ValueError: boom" if the app did not come up; empty: it did.
std::string start_failure(const Outcome& outcome) {
    for (const auto& [at, error] : outcome.app_failed) {
        if (!error) return cat("it ended in ", at);
        return cat(error->class_name, error->message.empty() ? "" : ": ", shortened(error->message, 200));
    }
    return {};
}

// How far a run can be trusted.
enum class Trusted : std::uint8_t {
    Fully,
    NotModelled,  // it used something that is not modelled
    Stopped,      // a bound ended it: what did not happen may still have been to come
};

CellVerdict verdict_of(const Outcome& outcome, Trusted trusted) {
    const bool unsure = trusted != Trusted::Fully;
    switch (outcome.verdict) {
        case Verdict::Safe:
            if (unsure) return CellVerdict::NotModelled;
            return CellVerdict::Safe;
        case Verdict::Failed: return unsure ? CellVerdict::NotModelled : CellVerdict::Failed;
        case Verdict::Blocked:
            return trusted == Trusted::Stopped ? CellVerdict::NotModelled : CellVerdict::Blocked;
        case Verdict::Compromised: return CellVerdict::Compromised;
    }
    return CellVerdict::NotModelled;
}

// `stopped`: what bound ended the run; empty: none did.
MatrixCell cell_of(const Outcome& outcome, Trusted trusted, const std::string& stopped) {
    MatrixCell cell;
    cell.world = outcome.world;
    cell.verdict = verdict_of(outcome, trusted);
    cell.leaked = outcome.leaked;
    cell.forged_response_used = outcome.forged_response_used;
    cell.status = outcome.response ? outcome.response->status : 0;
    if (cell.verdict != CellVerdict::NotModelled) {
        cell.summary = summary_of(outcome);
    } else if (trusted == Trusted::Stopped) {
        cell.summary = stopped;
    } else {
        cell.summary = "something here is not modelled, so no verdict is given";
    }
    if (const std::string why = start_failure(outcome);
        trusted != Trusted::Stopped && !why.empty() && cell.verdict != CellVerdict::Compromised) {
        if (cell.verdict == CellVerdict::Safe) cell.verdict = CellVerdict::Failed;
        if (outcome.connections.empty()) cell.summary = cat("the app does not start: ", why);
    }
    return cell;
}

std::string label_of(const trust::InboundRequest& request) {
    return cat(request.method, " ", request.path, request.query.empty() ? "" : "?", request.query);
}

// What the honest world shows of every endpoint, if they all fail there; nullptr: one works.
const MatrixRow* first_if_all_fail_honestly(const Matrix& matrix) {
    if (matrix.worlds.empty() || matrix.worlds[0]->name != "honest") return nullptr;
    const MatrixRow* first = nullptr;
    for (const MatrixRow& row : matrix.rows) {
        if (row.cells[0].verdict != CellVerdict::Failed) return nullptr;
        if (!first) first = &row;
    }
    return first;
}

Headline headline_of(const Matrix& matrix, const world::Scenario& scenario) {
    Headline out;
    bool connected = false;
    bool unknown = false;
    for (std::size_t w = 0; w < matrix.worlds.size(); ++w) {
        for (const MatrixRow& row : matrix.rows) {
            const MatrixCell& cell = row.cells[w];
            unknown = unknown || cell.verdict == CellVerdict::NotModelled;
            connected = connected || cell.verdict == CellVerdict::Blocked ||
                        cell.verdict == CellVerdict::Failed ||
                        cell.summary == "only the genuine host";
            if (cell.verdict != CellVerdict::Compromised || !out.world.empty()) continue;
            out.world = cell.world;
            out.request = row.request;
            out.leaked = cell.leaked;
            const std::string got = cell.leaked.empty() ? std::string("the request")
                                                        : quoted_list(cell.leaked);
            const bool misissued = cell.world == "poisoned-misissued";
            out.tone = misissued ? Tone::Warning : Tone::Attack;
            if (misissued) {
                out.text = "Only a mis-issued certificate gets past this code";
                out.detail =
                    cat("Everybody weaker is stopped. An attacker whom a trusted authority wrongly "
                        "gave a certificate for the name gets ", got, " at ", row.label, ".");
            } else if (cell.world == "honest") {
                out.text = "The attacker wins without any attack";
                out.detail = cat("With nobody tampering, ", row.label, " already hands over ", got, ".");
            } else {
                out.text = cat("This code does not notice the wrong host: ", got, " is lost");
                out.detail = cat("The weakest attacker who wins: ", matrix.worlds[w]->title, ". At ",
                                 row.label, ", ", cell.summary, ".");
            }
        }
    }
    if (!out.world.empty()) return out;
    const MatrixRow* failing = first_if_all_fail_honestly(matrix);
    const auto bound = std::find_if(
        matrix.diagnostics.begin(), matrix.diagnostics.end(),
        [](const Diagnostic& one) { return one.severity == Severity::Error; });
    if (bound != matrix.diagnostics.end()) {
        out.text = "This code was stopped";
        out.detail = cat("The simulation gives every run a limit, and this one reached it: ",
                         bound->message, ".");
    } else if (failing && failing->cells[0].summary.starts_with("the app does not start")) {
        out.text = "This code does not start";
        out.detail = cat("With nobody attacking, ", failing->cells[0].summary, ".");
    } else if (failing && connected) {
        out.tone = Tone::Warning;
        out.world = "honest";
        out.request = failing->request;
        out.text = "This call fails even with nobody attacking";
        out.detail = cat("At ", failing->label, ", ", failing->cells[0].summary,
                         failing->cells[0].summary.ends_with(".") ? "" : ".");
    } else if (matrix.rows.empty()) {
        out.text = "There is no endpoint to play";
        out.detail = "Paste a FastAPI application: an app with at least one route.";
    } else if (unknown) {
        const bool stopped = !matrix.diagnostics.empty();
        out.text = stopped ? "This code was stopped before its end"
                           : "Part of this code is not modelled";
        out.detail = stopped ? cat("Cells with a question mark were not played to their end: ",
                                   matrix.diagnostics.front().message, ".")
                             : "Cells with a question mark depend on something that the simulation "
                               "does not know.";
    } else if (!connected || scenario.hosts.empty()) {
        out.tone = Tone::Safe;
        out.text = "This code calls nobody";
        out.detail = "No endpoint opened a connection, so there is nobody to be mistaken for.";
    } else {
        out.tone = Tone::Safe;
        out.text = "No attacker of the ladder wins";
        out.detail = "In every poisoned world the attacker got nothing.";
    }
    return out;
}

}  // namespace

std::string_view name_of(CellVerdict verdict) {
    switch (verdict) {
        case CellVerdict::Safe: return "safe";
        case CellVerdict::Failed: return "failed";
        case CellVerdict::Blocked: return "blocked";
        case CellVerdict::Compromised: return "compromised";
        case CellVerdict::NotModelled: return "not-modelled";
    }
    return {};
}

Matrix make_matrix(const program::Program& program, const world::Scenario& scenario,
                   std::uint64_t seed) {
    Matrix matrix;
    const std::vector<std::string> names = world::worlds_of(scenario);
    for (const world::World& each : world::all_worlds()) {
        if (std::find(names.begin(), names.end(), each.name) != names.end()) {
            matrix.worlds.push_back(&each);
        }
    }
    for (std::size_t i = 0; i < scenario.requests.size(); ++i) {
        const trust::InboundRequest& request = scenario.requests[i].request;
        MatrixRow row;
        row.request = static_cast<int>(i);
        row.label = label_of(request);
        row.method = request.method;
        row.path = request.path;
        matrix.rows.push_back(std::move(row));
    }
    MatrixRow startup;
    startup.label = "start-up";
    bool any_startup = false;
    RunMemory memory;
    for (const world::World* each : matrix.worlds) {
        const Play played = play(program, scenario, *each, {false, seed}, memory);
        const Diagnostic* bound = nullptr;  // that ended the run
        for (const Diagnostic& one : played.diagnostics) {
            if (one.severity == Severity::Error && !bound) bound = &one;
        }
        const std::string stopped = bound ? bound->message : std::string();
        const Trusted trusted = bound                         ? Trusted::Stopped
                                : played.not_modelled.empty() ? Trusted::Fully
                                                              : Trusted::NotModelled;
        std::size_t next = 0;
        MatrixCell start_cell;
        start_cell.world = each->name;
        start_cell.summary = "nothing happened";
        for (const Outcome& outcome : played.run.outcomes) {
            if (outcome.request_json == "\"startup\"") {
                start_cell = cell_of(outcome, trusted, stopped);
                any_startup = true;
            } else if (outcome.request_json != "\"shutdown\"" && next < matrix.rows.size()) {
                matrix.rows[next++].cells.push_back(cell_of(outcome, trusted, stopped));
            }
        }
        startup.cells.push_back(std::move(start_cell));
        for (; next < matrix.rows.size(); ++next) {
            MatrixCell missing;
            missing.world = each->name;
            missing.verdict = CellVerdict::NotModelled;
            missing.summary = "the app did not run";
            matrix.rows[next].cells.push_back(std::move(missing));
        }
        for (const NotModelled& one : played.not_modelled) {
            if (std::find(matrix.not_modelled.begin(), matrix.not_modelled.end(), one) ==
                matrix.not_modelled.end()) {
                matrix.not_modelled.push_back(one);
            }
        }
        for (const Diagnostic& one : played.diagnostics) {
            bool known = false;
            for (const Diagnostic& other : matrix.diagnostics) {
                known = known || (other.code == one.code && other.span == one.span);
            }
            if (!known) matrix.diagnostics.push_back(one);
        }
    }
    if (any_startup) matrix.rows.insert(matrix.rows.begin(), std::move(startup));
    matrix.headline = headline_of(matrix, scenario);
    return matrix;
}

}  // namespace wh::run
