// What the DNS says decides who is let in, or where a call goes whose name is then verified:
// whoever writes that answer decides it.
#include <algorithm>

#include "base/text.h"
#include "rules/rule.h"
#include "rules/shared/lookups.h"
#include "rules/shared/subjects.h"

namespace wh::rules {

namespace {

using trust::Condition;
using trust::Finding;
using trust::Lookup;
using trust::Origin;
using trust::OutboundCall;

// The caller is compared with the answer: he is in what was judged, but not in what was looked up.
bool judges_the_caller(const Condition& condition, const Lookup& lookup) {
    for (const Origin* leaf : trust::leaves(condition.subject)) {
        if (leaf->kind == trust::OriginKind::CallerInput && !shares_a_leaf(leaf, lookup.subject)) {
            return true;
        }
    }
    return false;
}

// A name from the DNS that becomes the name the certificate must have (RFC 9525 section 6.1: what
// an insecure lookup says is no reference identity).
const Lookup* names_the_host(const trust::Observations& all, const OutboundCall& call) {
    using trust::Transport;
    if (call.host_is_address || call.transport == Transport::Cleartext || stays_on_machine(call)) {
        return nullptr;
    }
    const trust::BecauseKind named = call.policy.server_name.because.kind;
    if (named == trust::BecauseKind::Argument || named == trust::BecauseKind::ConstructorArgument) {
        return nullptr;
    }
    for (const trust::TextPart& part : call.host.value.parts) {
        const Lookup* lookup = looked_up(all, part.origin);
        if (lookup && lookup->kind != Lookup::Kind::Addresses) return lookup;
    }
    return nullptr;
}

Finding at(const Lookup& lookup) {
    Finding finding;
    finding.span = lookup.span;
    finding.severity = trust::FindingSeverity::High;
    finding.function = lookup.function;
    finding.no_fix_reason =
        "Trust a certificate, a token or a signature instead: the DNS proves nothing about "
        "anybody.";
    return finding;
}

void check(const RuleInput& input, std::vector<Finding>& findings) {
    const trust::Observations& all = input.observations;
    for (const Condition& condition : all.decisions) {
        const Lookup* lookup = looked_up(all, condition.subject);
        if (!lookup || lookup->kind == Lookup::Kind::Record) continue;
        const bool name = lookup->kind == Lookup::Kind::Name;
        if (!name && !judges_the_caller(condition, *lookup)) continue;
        Finding finding = at(*lookup);
        finding.message =
            name
                ? "The name that this lookup gives is written by the owner of the address, and "
                  "whoever "
                  "forges the answer, and a decision is made by it: anybody can be called anything."
                : "The caller is let in by comparing him with this answer: whoever forges it is "
                  "let in.";
        finding.related.push_back({condition.span, "decided here"});
        findings.push_back(std::move(finding));
    }
    for (const OutboundCall& call : all.calls) {
        const Lookup* lookup = names_the_host(all, call);
        if (!lookup) continue;
        Finding finding = at(*lookup);
        finding.severity = severity_of(call);
        finding.message =
            cat("This answer names the host that is called, and the certificate is checked "
                "against that name: whoever forges the answer names his own host and gets ",
                data_at_stake(call), ".");
        finding.related.push_back({call.span, "used by this call"});
        finding.conditions = call.conditions;
        finding.call = call.id;
        findings.push_back(std::move(finding));
    }
}

}  // namespace

const Rule& rule_dns_trusted_for_authz() {
    static const Rule rule{
        {"dns-trusted-for-authz", "The DNS decides who is trusted", trust::Category::DataExposure,
         350, "API2 API10", "A lookup decides who is let in, or where credentials go."},
        &check};
    return rule;
}

}  // namespace wh::rules
