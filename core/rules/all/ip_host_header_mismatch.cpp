// https to an address with a Host header: the name in the header is not what TLS checks.
#include "base/text.h"
#include "rules/rule.h"
#include "rules/shared/edits.h"
#include "rules/shared/subjects.h"

namespace wh::rules {

namespace {

using trust::Finding;
using trust::OutboundCall;

void check(const RuleInput& input, std::vector<Finding>& findings) {
    for (const OutboundCall& call : input.observations.calls) {
        if (call.transport != trust::Transport::Tls || stays_on_machine(call)) continue;
        if (!call.host_is_address || call.host_header.text.empty()) continue;
        if (!call.policy.server_name.known() || !call.policy.server_name.value.empty()) continue;
        // Without verification the other rule speaks; here the name is checked, but the wrong one.
        if (!call.policy.chain_check.is(true) || call.policy.name_check.is(trust::NameCheck::Off)) {
            continue;
        }
        const std::string& name = call.host_header.text;
        Finding finding;
        finding.span = call.url_span.empty() ? call.span : call.url_span;
        finding.severity = trust::FindingSeverity::Medium;
        finding.message = cat(
            "TLS checks the certificate against ", call.host.value.text,
            ", not against the Host header: a certificate for ", name,
            " is refused even with nobody attacking, and the usual way out is to switch the check "
            "off. Name the server to TLS as well.");
        for (const trust::TextPart& part : call.host_header.parts) relate_origin(finding, part.origin);
        if (!call.server_name_spelling.empty()) {
            std::string argument = call.server_name_spelling;
            const std::size_t at = argument.find("$NAME");
            if (at != std::string::npos) argument.replace(at, 5, cat("\"", name, "\""));
            if (std::optional<trust::TextEdit> edit =
                    add_argument(input.sources, call.span, argument)) {
                finding.fixes.push_back({cat("Check the certificate against ", name), {*edit}});
            }
        }
        if (finding.fixes.empty()) {
            finding.no_fix_reason = "This library has no argument for it: call the host by its name.";
        }
        finding.conditions = call.conditions;
        finding.call = call.id;
        finding.function = call.function;
        findings.push_back(std::move(finding));
    }
}

}  // namespace

const Rule& rule_ip_host_header_mismatch() {
    static const Rule rule{
        {"ip-host-header-mismatch", "An address in the URL, a name only in the Host header",
         trust::Category::DataExposure, 297, "API10",
         "https to an address with a Host header: TLS does not check that name."},
        &check};
    return rule;
}

}  // namespace wh::rules
