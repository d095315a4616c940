// Checking: the same evaluator with unknown inputs. Every decision on something unknown is an input of
// the walk; an entry point is walked again with another decision as long as that reaches a decision
// not taken yet. Cost grows with the number of branches, not of paths.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "program/program.h"
#include "program/web_application.h"
#include "trust/finding.h"

namespace wh::run {

// A call as a reader may keep it after the walk is gone: no pointers to origins.
struct CallSummary {
    struct Line {
        std::string name;   // "certificate chain"
        std::string value;  // "not checked"
        std::string why;    // "argument verify=False"
        Span span;
    };
    struct Carried {
        trust::Carrier carrier = trust::Carrier::Body;
        std::string name;
        std::string text;
        bool known = false;
        bool secret = false;
        bool from_caller = false;
        std::string environment;  // variable that it comes from; empty: none
    };
    int id = 0;
    Span span;
    std::string function, library, callable, method;
    std::string url, host;
    std::uint16_t port = 0;
    trust::Transport transport = trust::Transport::NotModelled;
    bool host_known = false;
    bool host_is_address = false;
    bool private_roots = false;  // only a company's own CA is trusted
    std::string host_header;
    std::vector<Line> trusts;
    std::vector<Carried> data;
    std::vector<trust::Condition> conditions;
};

struct CheckResult {
    std::vector<Diagnostic> diagnostics;     // syntax errors, bounds that were hit
    std::vector<trust::Finding> findings;    // sorted by place; each once
    std::vector<NotModelled> not_modelled;
    std::vector<CallSummary> calls;          // each (place, callable, host) once
    std::vector<program::RouteInfo> routes;
    // For a scenario made from the code.
    std::vector<trust::EnvironmentRead> environment_reads;
    std::vector<std::string> file_reads;
    std::vector<std::string> looked_up;      // names whose addresses the code asks for itself
    std::vector<trust::ResponseRead> reads;  // call: CallSummary::id
    bool has_app = false;
    int paths = 0;                           // walks taken
};

// `environment`: variables whose values are known; the others are unknown inputs.
CheckResult check(const program::Program& program,
                  const std::map<std::string, std::string>& environment = {});

}  // namespace wh::run
