// After a verified attempt failed, the same goes out with less protection: the attacker only has to make
// the first attempt fail.
#include "base/text.h"
#include "rules/rule.h"
#include "rules/shared/edits.h"
#include "rules/shared/subjects.h"

namespace wh::rules {

namespace {

using trust::Finding;
using trust::OutboundCall;
using trust::Transport;

bool is_verified(const OutboundCall& call) {
    return call.transport == Transport::Tls && call.policy.chain_check.is(true) &&
           !call.policy.name_check.is(trust::NameCheck::Off);
}
bool is_weaker(const OutboundCall& call) {
    return call.transport == Transport::Cleartext ||
           (call.transport == Transport::Tls && (call.policy.chain_check.is(false) ||
                                                 call.policy.name_check.is(trust::NameCheck::Off)));
}

// The verified call whose failure led to this one: its outcome is a condition of it.
const OutboundCall* failed_before(const trust::Observations& all, const OutboundCall& call) {
    for (const OutboundCall& before : all.calls) {
        if (before.id >= call.id || !is_verified(before) || stays_on_machine(before)) continue;
        for (const trust::Condition& condition : call.conditions) {
            if (condition.span == before.span && condition.text.starts_with("after a ")) return &before;
        }
    }
    return nullptr;
}

void check(const RuleInput& input, std::vector<Finding>& findings) {
    for (const OutboundCall& call : input.observations.calls) {
        if (!is_weaker(call) || stays_on_machine(call)) continue;
        const OutboundCall* before = failed_before(input.observations, call);
        if (!before) continue;
        const bool plain = call.transport == Transport::Cleartext;
        const trust::Because& because = call.policy.chain_check.is(false)
                                            ? call.policy.chain_check.because
                                            : call.policy.name_check.because;
        Finding finding = plain ? cleartext_finding(input, call)
                                : finding_at(input, because, call.span);
        finding.severity = severity_of(call);
        finding.message =
            cat("After the verified call to ", before->host.value.text, " failed, ",
                data_at_stake(call), plain ? " goes out in plain text" : " goes out unverified",
                ": whoever can make the first call fail, by one wrong DNS answer, gets the second.");
        finding.related.push_back({before->span, "the verified attempt"});
        finding.conditions = call.conditions;
        finding.call = call.id;
        finding.function = call.function;
        findings.push_back(std::move(finding));
    }
}

}  // namespace

const Rule& rule_cleartext_fallback() {
    static const Rule rule{{"cleartext-fallback", "A weaker attempt after a verified one failed",
                            trust::Category::Encryption, 757, "API8 API10",
                            "What fails with verification is tried again with less."},
                           &check};
    return rule;
}

}  // namespace wh::rules
