// Plain HTTP (or another plain protocol) to another machine.
#include "base/text.h"
#include "rules/rule.h"
#include "rules/shared/edits.h"
#include "rules/shared/names.h"
#include "rules/shared/subjects.h"

namespace wh::rules {

namespace {

using trust::Finding;
using trust::OutboundCall;

void check(const RuleInput& input, std::vector<Finding>& findings) {
    for (const OutboundCall& call : input.observations.calls) {
        if (call.transport != trust::Transport::Cleartext || stays_on_machine(call)) continue;
        if (!call.url.known()) continue;
        if (by_service_discovery(call)) continue;
        Finding finding = cleartext_finding(input, call);
        const bool answered = call.redirected_from != 0;
        finding.message = cat(
            "Plain text to ", call.host.value.text, ": whoever answers for that name, or sits on the "
            "way, reads ", data_at_stake(call), " and writes the answer.",
            answered ? " The call got here by a redirect." : "");
        findings.push_back(std::move(finding));
    }
}

}  // namespace

const Rule& rule_cleartext_transport() {
    static const Rule rule{
        {"cleartext-transport", "Data is sent to another machine in plain text",
         trust::Category::Encryption, 319, "API8 API10",
         "A connection without TLS leaves the machine."},
        &check};
    return rule;
}

}  // namespace wh::rules
