// A secret follows a redirect: to whatever host and scheme the answer names.
#include <algorithm>

#include "base/text.h"
#include "rules/rule.h"
#include "rules/shared/edits.h"
#include "rules/shared/lookups.h"
#include "rules/shared/subjects.h"

namespace wh::rules {

namespace {

using trust::CarriedData;
using trust::Finding;
using trust::Origin;
using trust::OutboundCall;

// Clients drop these when a redirect leads to another host.
bool is_dropped(const CarriedData& data) {
    if (data.carrier == trust::Carrier::Cookie || data.carrier == trust::Carrier::UserInfo)
        return true;
    const std::string name = ascii_lower(data.name);
    return name == "authorization" || name == "proxy-authorization" || name == "cookie";
}

bool carries(const OutboundCall& call, bool dropped) {
    return std::any_of(call.data.begin(), call.data.end(), [&](const CarriedData& data) {
        const bool header =
            data.carrier == trust::Carrier::Header || data.carrier == trust::Carrier::UserInfo;
        return header && data.secret && is_dropped(data) == dropped;
    });
}

// A host that stands in the headers of an answer and was not compared with any that are meant.
bool follows_by_hand(const OutboundCall& call) {
    for (const trust::TextPart& part : call.host.value.parts) {
        for (const Origin* leaf : trust::leaves(part.origin)) {
            if (leaf->kind != trust::OriginKind::Response || leaf->name != "headers") continue;
            const bool compared = std::any_of(
                call.conditions.begin(), call.conditions.end(), [&](const trust::Condition& each) {
                    const std::vector<const Origin*> of = trust::leaves(each.narrowed);
                    return std::find(of.begin(), of.end(), leaf) != of.end();
                });
            if (!compared) return true;
        }
    }
    return false;
}

std::optional<trust::TextEdit> switch_off(Sources sources, Span span) {
    const std::string_view text = text_at(sources, span);
    if (!text.ends_with("True")) return std::nullopt;
    return trust::TextEdit{{span.file, span.end - 4, span.end}, "False"};
}

void check(const RuleInput& input, std::vector<Finding>& findings) {
    for (const OutboundCall& call : input.observations.calls) {
        if (stays_on_machine(call)) continue;
        if (call.redirected_from == 0 && carries_secret(call) && follows_by_hand(call)) {
            Finding finding = finding_on(call, call.url_span);
            finding.message =
                cat("The host comes from a header of an earlier answer: ", secrets_at_stake(call),
                    " go to whatever host and scheme that names.");
            finding.no_fix_reason =
                "Compare the new host with the one that was asked, or leave the secret out.";
            findings.push_back(std::move(finding));
            continue;
        }
        const trust::Decided<trust::Redirects>& redirects = call.policy.redirects;
        if (!redirects.known() || !redirects.value.followed || redirects.because.span.empty())
            continue;
        const bool keeps = redirects.value.keeps_authorization_across_hosts;
        if (!carries(call, false) && !(keeps && carries(call, true))) continue;
        Finding finding = finding_on(call, redirects.because.span);
        finding.message = cat(
            "Redirects are followed with ", secrets_at_stake(call),
            keeps ? ", as this code keeps them for any host" : ", which no client drops by itself",
            ": one redirect to another host, or to plain text, and they are there.");
        if (std::optional<trust::TextEdit> edit =
                switch_off(input.sources, redirects.because.span)) {
            finding.fixes.push_back({"Do not follow redirects", {*edit}});
        } else {
            finding.no_fix_reason = "Only the code knows which hosts may have the secret.";
        }
        findings.push_back(std::move(finding));
    }
}

}  // namespace

const Rule& rule_redirect_downgrade() {
    static const Rule rule{
        {"redirect-downgrade", "A secret follows a redirect", trust::Category::DataExposure, 522,
         "API10", "Credentials follow a redirect to any host or scheme."},
        &check};
    return rule;
}

}  // namespace wh::rules
