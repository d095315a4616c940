// TLS whose certificate nobody checks, although nothing was switched off: this API does not check unless
// it is told to.
#include "base/text.h"
#include "rules/rule.h"
#include "rules/shared/edits.h"
#include "rules/shared/subjects.h"

namespace wh::rules {

namespace {

using trust::Finding;

bool by_default(const trust::TrustPolicy& policy) {
    return policy.chain_check.is(false) &&
           policy.chain_check.because.kind == trust::BecauseKind::LibraryDefault &&
           !policy.chain_check.because.span.empty() &&
           !(policy.pins.known() && !policy.pins.value.empty());
}

// What is to be written instead, if the place is the making of a bare context.
void offer(const RuleInput& input, Finding& finding) {
    const std::string_view made = text_at(input.sources, finding.span);
    const std::size_t at = made.find("SSLContext(");
    if (at == std::string_view::npos || !made.ends_with(")")) {
        finding.no_fix_reason = "Give it a context from ssl.create_default_context().";
        return;
    }
    const std::string text = cat(made.substr(0, at), "create_default_context()");
    finding.fixes.push_back({"Make the context with create_default_context()", {{finding.span, text}}});
}

void check(const RuleInput& input, std::vector<Finding>& findings) {
    for (const trust::OutboundCall& call : input.observations.calls) {
        if (call.transport != trust::Transport::Tls || stays_on_machine(call)) continue;
        if (!by_default(call.policy)) continue;
        Finding finding = finding_on(call, call.policy.chain_check.because.span);
        finding.message =
            cat("Nothing here verifies the certificate: ", call.policy.chain_check.because.text,
                ". Whoever answers for ", call.host.value.text, " gets ", data_at_stake(call), ".");
        offer(input, finding);
        findings.push_back(std::move(finding));
    }
    for (const trust::BuiltClient& client : input.observations.clients) {
        if (client.used || !by_default(client.policy)) continue;
        Finding finding;
        finding.span = client.policy.chain_check.because.span.empty()
                           ? client.span
                           : client.policy.chain_check.because.span;
        finding.severity = trust::FindingSeverity::Medium;
        finding.message = cat("What is built here (", client.callable, ") verifies nothing: ",
                              client.policy.chain_check.because.text, ".");
        finding.conditions = client.conditions;
        finding.function = client.function;
        offer(input, finding);
        findings.push_back(std::move(finding));
    }
}

}  // namespace

const Rule& rule_tls_unverified_by_default() {
    static const Rule rule{{"tls-unverified-by-default", "This TLS does not verify unless it is told to",
                            trust::Category::Encryption, 295, "API8",
                            "TLS is on, but the API that was chosen checks no certificate by itself."},
                           &check};
    return rule;
}

}  // namespace wh::rules
