// Core data -> JSON. Each function is the one place where its format is written.
#pragma once

#include "api/json.h"
#include "base/diagnostic.h"
#include "base/span.h"
#include "program/program.h"
#include "run/check.h"
#include "run/play.h"
#include "trace/event.h"
#include "trust/finding.h"
#include "world/outcome.h"
#include "world/scenario.h"

namespace wh::api {

// Byte spans -> ranges in UTF-16 code units with lines and columns from 1 (columns in UTF-16 units,
// too), as editors count.
class Ranges {
  public:
    explicit Ranges(const program::Program& program);
    // null for an empty span at 0 of file 0 ("no place").
    [[nodiscard]] Json range(Span span) const;
    [[nodiscard]] LineColumn line_column(Span span) const;  // of the begin, column in characters

  private:
    const program::Program& program_;
    std::vector<LineIndex> lines_;
};

Json write_diagnostics(const std::vector<Diagnostic>& diagnostics, const Ranges& ranges);
Json write_not_modelled(const std::vector<NotModelled>& all, const Ranges& ranges);
Json write_finding(const trust::Finding& finding, const Ranges& ranges);
Json write_call(const run::CallSummary& call, const Ranges& ranges);
Json write_world(const world::World& world);
// The lab's record.
Json write_outcome(const world::Outcome& outcome);
Json write_exception(const trust::ExceptionRecord& error);
Json write_event(const trace::Event& event, int outcome, const Ranges& ranges);
// A scenario as case.json, so that a made-up one can be saved and edited.
Json write_scenario(const world::Scenario& scenario);
// What the attacker received in one outcome, as labelled lines; secrets marked.
Json write_attacker_got(const world::Outcome& outcome, const std::vector<world::Secret>& secrets);

}  // namespace wh::api
