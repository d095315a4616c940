// Endpoints against the ladder: the first picture of a snippet.
#pragma once

#include <string>
#include <vector>

#include "run/play.h"

namespace wh::run {

enum class CellVerdict : std::uint8_t { Safe, Failed, Blocked, Compromised, NotModelled };

struct MatrixCell {
    std::string world;
    CellVerdict verdict = CellVerdict::Safe;
    std::vector<std::string> leaked;
    bool forged_response_used = false;
    int status = 0;       // of the app's answer; 0: none
    std::string summary;  // one line for people
};

struct MatrixRow {
    int request = -1;     // index in the scenario; -1: start-up
    std::string label;    // "GET /pay?amount=1", "start-up"
    std::string method, path;
    std::vector<MatrixCell> cells;  // one for each world, in ladder order
};

enum class Tone : std::uint8_t { Safe, Warning, Attack, Unknown };

struct Headline {
    std::string world;    // the weakest attacker who wins; empty: none does
    int request = -1;     // row's request; meaningful if world is not empty
    std::string text;     // one line
    std::string detail;   // one or two sentences
    std::vector<std::string> leaked;
    Tone tone = Tone::Unknown;
};

struct Matrix {
    std::vector<const world::World*> worlds;  // in ladder order
    std::vector<MatrixRow> rows;
    Headline headline;
    std::vector<NotModelled> not_modelled;
    std::vector<Diagnostic> diagnostics;
};

std::string_view name_of(CellVerdict verdict);  // "not-modelled" ...
Matrix make_matrix(const program::Program& program, const world::Scenario& scenario,
                   std::uint64_t seed);

}  // namespace wh::run
