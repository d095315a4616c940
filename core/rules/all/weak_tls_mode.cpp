// TLS below 1.2 is allowed or asked for (RFC 8996 deprecates 1.0 and 1.1).
#include <algorithm>

#include "base/text.h"
#include "rules/rule.h"
#include "rules/shared/edits.h"
#include "rules/shared/subjects.h"

namespace wh::rules {

namespace {

using trust::Finding;
using trust::TlsVersion;

bool is_weak(const trust::TrustPolicy& policy) {
    const trust::Decided<TlsVersion>& minimum = policy.minimum_tls;
    return minimum.known() && minimum.because.kind != trust::BecauseKind::LibraryDefault &&
           (minimum.value == TlsVersion::Any || minimum.value == TlsVersion::Tls10 ||
            minimum.value == TlsVersion::Tls11);
}

// TLSv1 and TLSv1_1 at the end of what decided become TLSv1_2.
void offer(const RuleInput& input, Finding& finding) {
    // An assignment's place is its target: what is assigned follows on the line.
    const std::string_view source = input.sources[finding.span.file];
    const std::size_t line_end = std::min(source.find('\n', finding.span.end), source.size());
    const std::string_view text = source.substr(finding.span.begin, line_end - finding.span.begin);
    for (const std::string_view weak : {"MINIMUM_SUPPORTED", "TLSv1_1", "TLSv1", "SSLv3"}) {
        const std::size_t at = text.rfind(weak);
        if (at == std::string_view::npos) continue;
        const auto begin = finding.span.begin + static_cast<std::uint32_t>(at);
        const auto end = begin + static_cast<std::uint32_t>(weak.size());
        const std::size_t protocol = text.rfind("PROTOCOL_");
        const bool of_context = protocol != std::string_view::npos && protocol < at;
        if (of_context) break;  // a context of PROTOCOL_TLSv1 verifies nothing either
        finding.fixes.push_back({"Ask for TLS 1.2", {{{finding.span.file, begin, end}, "TLSv1_2"}}});
        return;
    }
    finding.no_fix_reason = "Make the context with ssl.create_default_context() and leave its version.";
}

Finding weak_finding(const RuleInput& input, Finding finding, const trust::TrustPolicy& policy) {
    finding.severity = trust::FindingSeverity::Medium;
    relate_origin(finding, policy.minimum_tls.because.origin);
    offer(input, finding);
    return finding;
}

void check(const RuleInput& input, std::vector<Finding>& findings) {
    for (const trust::OutboundCall& call : input.observations.calls) {
        if (call.transport != trust::Transport::Tls || stays_on_machine(call)) continue;
        if (!is_weak(call.policy)) continue;
        Finding finding = finding_on(call, call.policy.minimum_tls.because.span);
        finding.message = cat("TLS below 1.2 is allowed to ", call.host.value.text,
                              ": whoever is on the way can hold the connection at a version whose "
                              "protection of ", data_at_stake(call), " is known to be weak.");
        findings.push_back(weak_finding(input, std::move(finding), call.policy));
    }
    for (const trust::BuiltClient& client : input.observations.clients) {
        if (client.used || !is_weak(client.policy)) continue;
        Finding finding;
        const Span where = client.policy.minimum_tls.because.span;
        finding.span = where.empty() ? client.span : where;
        finding.message = cat("What is built here (", client.callable, ") allows TLS below 1.2.");
        finding.conditions = client.conditions;
        finding.function = client.function;
        findings.push_back(weak_finding(input, std::move(finding), client.policy));
    }
}

}  // namespace

const Rule& rule_weak_tls_mode() {
    static const Rule rule{{"weak-tls-mode", "TLS below 1.2 is allowed", trust::Category::Encryption,
                            326, "API8", "A version of TLS is accepted that is known to be weak."},
                           &check};
    return rule;
}

}  // namespace wh::rules
