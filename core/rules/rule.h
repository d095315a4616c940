// A rule: one .cpp in rules/all/ that defines `const Rule& rule_<stem>();`, and its page <stem>.md
// beside it. Rules read trust/ only: no library names, no packets, no Python.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trust/finding.h"

namespace wh::rules {

struct RuleInfo {
    std::string_view id;       // the kind, kebab-case: "tls-verify-disabled"
    std::string_view name;     // "Certificate verification is switched off"
    trust::Category category = trust::Category::Encryption;
    int cwe = 0;
    std::string_view owasp;    // OWASP API Security Top 10 2023, space-separated: "API8 API10"
    std::string_view summary;  // one sentence
};

// The texts of the paste, by Span::file: rules make edits, so they need to see what stands there.
using Sources = std::span<const std::string_view>;

struct RuleInput {
    const trust::Observations& observations;
    Sources sources;
};

struct Rule {
    RuleInfo info;
    // Appends findings. rule, name, category, cwe and owasp are filled in by the caller.
    void (*check)(const RuleInput& input, std::vector<trust::Finding>& findings);
};

// All of them, sorted by file name.
std::span<const Rule* const> all_rules();

// Runs every rule over what one walk showed.
std::vector<trust::Finding> run_rules(const RuleInput& input);

}  // namespace wh::rules
