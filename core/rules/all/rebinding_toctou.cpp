// The name is resolved, its address is judged, and then the name is resolved again for the call:
// the second answer need not be the first one.
#include "base/text.h"
#include "rules/rule.h"
#include "rules/shared/lookups.h"
#include "rules/shared/subjects.h"

namespace wh::rules {

namespace {

using trust::Finding;
using trust::OutboundCall;

void check(const RuleInput& input, std::vector<Finding>& findings) {
    for (const OutboundCall& call : input.observations.calls) {
        const trust::Lookup* lookup = resolved_before(input.observations, call);
        if (!lookup) continue;
        const bool verified = call.transport == trust::Transport::Tls &&
                              call.policy.chain_check.is(true) &&
                              !call.policy.name_check.is(trust::NameCheck::Off);
        Finding finding = finding_on(call, call.url_span);
        if (verified) finding.severity = trust::FindingSeverity::Medium;
        finding.message = cat(
            "The address that was judged is not the one that is called: the name is resolved "
            "again, and "
            "whoever answers for it, or forges that answer, gives another address the second time",
            verified ? ". Only the certificate still stands in his way."
                     : cat(" and gets ", data_at_stake(call), "."));
        finding.related.push_back({lookup->span, "the address that is judged comes from here"});
        finding.no_fix_reason =
            "Call the address that was judged, with the name as Host header and as the name that "
            "TLS checks.";
        findings.push_back(std::move(finding));
    }
}

}  // namespace

const Rule& rule_rebinding_toctou() {
    static const Rule rule{
        {"rebinding-toctou", "A name is resolved again after its address was judged",
         trust::Category::DataExposure, 367, "API7",
         "A resolved address is checked, then the name is resolved again to connect."},
        &check};
    return rule;
}

}  // namespace wh::rules
