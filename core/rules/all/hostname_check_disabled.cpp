// The chain is checked, the name is not: any certificate of a public CA will do, the attacker's own too.
#include "base/text.h"
#include "rules/rule.h"
#include "rules/shared/edits.h"
#include "rules/shared/subjects.h"

namespace wh::rules {

namespace {

using trust::Finding;
using trust::OutboundCall;

bool name_is_open(const trust::TrustPolicy& policy) {
    return policy.chain_check.is(true) && policy.name_check.is(trust::NameCheck::Off) &&
           !(policy.pins.known() && !policy.pins.value.empty());
}

void check(const RuleInput& input, std::vector<Finding>& findings) {
    for (const OutboundCall& call : input.observations.calls) {
        if (call.transport != trust::Transport::Tls || stays_on_machine(call)) continue;
        // With only the company's own CA trusted, others cannot get a certificate: still a finding
        // (any of its servers could play this one), but a lesser one.
        if (!name_is_open(call.policy)) continue;
        const bool private_roots = call.policy.roots.known() && !call.policy.roots.value.system;
        Finding finding = finding_at(input, call.policy.name_check.because, call.span);
        finding.severity = private_roots ? trust::FindingSeverity::Medium : severity_of(call);
        finding.message = cat(
            "The certificate's name is not compared with ", call.host.value.text, ": ",
            private_roots ? "any server with a certificate of that CA"
                          : "anybody with a valid certificate for a domain of his own",
            " is taken for it and gets ", data_at_stake(call), ".");
        finding.conditions = call.conditions;
        finding.call = call.id;
        finding.function = call.function;
        if (!(finding.span == call.span)) finding.related.push_back({call.span, "used by this call"});
        findings.push_back(std::move(finding));
    }
    for (const trust::BuiltClient& client : input.observations.clients) {
        if (client.used || !name_is_open(client.policy)) continue;
        Finding finding = finding_at(input, client.policy.name_check.because, client.span);
        finding.severity = trust::FindingSeverity::Medium;
        finding.message = cat("What is built here (", client.callable,
                              ") does not compare the certificate's name with the host's.");
        finding.conditions = client.conditions;
        finding.function = client.function;
        findings.push_back(std::move(finding));
    }
}

}  // namespace

const Rule& rule_hostname_check_disabled() {
    static const Rule rule{
        {"hostname-check-disabled", "The certificate's name is not checked",
         trust::Category::DataExposure, 297, "API10",
         "The certificate's chain is verified, but not that it belongs to the host that is called."},
        &check};
    return rule;
}

}  // namespace wh::rules
