// Plain HTTP to a short or cluster name, or to what a registry answered: "inside" is a matter of DNS.
#include "base/text.h"
#include "rules/rule.h"
#include "rules/shared/edits.h"
#include "rules/shared/names.h"
#include "rules/shared/subjects.h"

namespace wh::rules {

namespace {

void check(const RuleInput& input, std::vector<trust::Finding>& findings) {
    for (const trust::OutboundCall& call : input.observations.calls) {
        if (call.transport != trust::Transport::Cleartext || !call.url.known()) continue;
        if (!by_service_discovery(call)) continue;
        trust::Finding finding = cleartext_finding(input, call);
        finding.message =
            cat("Plain text to ", call.host.value.text,
                ", a name that the cluster's DNS or a registry decides: whoever gets one wrong answer "
                "into it reads ", data_at_stake(call), " and writes the answer.");
        findings.push_back(std::move(finding));
    }
}

}  // namespace

const Rule& rule_cleartext_service_discovery() {
    static const Rule rule{{"cleartext-service-discovery",
                            "Plain text to a name of the cluster or a registry",
                            trust::Category::Encryption, 319, "API8",
                            "A connection without TLS to a short or cluster name."},
                           &check};
    return rule;
}

}  // namespace wh::rules
