// A password, token or key on a connection without TLS: what is lost outlives the connection.
#include "base/text.h"
#include "rules/rule.h"
#include "rules/shared/edits.h"
#include "rules/shared/subjects.h"

namespace wh::rules {

namespace {

void check(const RuleInput& input, std::vector<trust::Finding>& findings) {
    for (const trust::OutboundCall& call : input.observations.calls) {
        if (call.transport != trust::Transport::Cleartext || stays_on_machine(call)) continue;
        if (!call.url.known() || !carries_secret(call)) continue;
        trust::Finding finding = cleartext_finding(input, call);
        finding.severity = trust::FindingSeverity::Critical;
        finding.message = cat("In plain text to ", call.host.value.text, ": ", secrets_at_stake(call),
                              ". Whoever answers for that name, or sits on the way, can use it from "
                              "then on.");
        findings.push_back(std::move(finding));
    }
}

}  // namespace

const Rule& rule_secret_over_cleartext() {
    static const Rule rule{
        {"secret-over-cleartext", "A secret travels in plain text", trust::Category::DataExposure,
         523, "API2 API8", "A password, token or key leaves the machine without TLS."},
        &check};
    return rule;
}

}  // namespace wh::rules
