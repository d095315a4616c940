// Certificate checks are switched off: whoever answers is believed.
#include "base/text.h"
#include "rules/rule.h"
#include "rules/shared/edits.h"
#include "rules/shared/subjects.h"

namespace wh::rules {

namespace {

using trust::BuiltClient;
using trust::Finding;
using trust::OutboundCall;

// Nobody switched anything off: tls-unverified-by-default tells of it.
bool is_default(const trust::TrustPolicy& policy) {
    const trust::Because& because = policy.chain_check.because;
    return because.kind == trust::BecauseKind::LibraryDefault && !because.span.empty();
}

void check(const RuleInput& input, std::vector<Finding>& findings) {
    for (const OutboundCall& call : input.observations.calls) {
        if (call.transport != trust::Transport::Tls || stays_on_machine(call)) continue;
        if (!call.policy.chain_check.is(false) || is_default(call.policy)) continue;
        if (call.policy.pins.known() && !call.policy.pins.value.empty()) continue;
        Finding finding = finding_at(input, call.policy.chain_check.because, call.span);
        finding.severity = severity_of(call);
        finding.message =
            cat("The certificate is not verified, so whoever answers for ", call.host.value.text,
                " is believed: ", data_at_stake(call), " would go to him.");
        finding.conditions = call.conditions;
        finding.call = call.id;
        finding.function = call.function;
        if (!(finding.span == call.span)) finding.related.push_back({call.span, "used by this call"});
        findings.push_back(std::move(finding));
    }
    for (const BuiltClient& client : input.observations.clients) {
        if (client.used || !client.policy.chain_check.is(false) || is_default(client.policy)) continue;
        Finding finding = finding_at(input, client.policy.chain_check.because, client.span);
        finding.severity = trust::FindingSeverity::Medium;
        finding.message = cat("What is built here (", client.callable,
                              ") does not verify certificates: every call made with it would "
                              "believe whoever answers.");
        finding.conditions = client.conditions;
        finding.function = client.function;
        findings.push_back(std::move(finding));
    }
}

}  // namespace

const Rule& rule_tls_verify_disabled() {
    static const Rule rule{
        {"tls-verify-disabled", "Certificate verification is switched off",
         trust::Category::Encryption, 295, "API8 API10",
         "A TLS connection is made whose certificate nobody checks."},
        &check};
    return rule;
}

}  // namespace wh::rules
