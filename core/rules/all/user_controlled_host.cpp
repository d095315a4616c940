// The caller chooses the host that is called: the app's own network position and credentials work for him.
#include <algorithm>

#include "base/text.h"
#include "rules/rule.h"
#include "rules/shared/lookups.h"
#include "rules/shared/subjects.h"

namespace wh::rules {

namespace {

using trust::Finding;
using trust::Origin;
using trust::OutboundCall;

bool is_his_choice(const Origin* origin) {
    for (const Origin* leaf : trust::leaves(origin)) {
        if (leaf->kind == trust::OriginKind::CallerInput && !leaf->limited) return true;
    }
    return false;
}

bool share_a_leaf(const Origin* a, const Origin* b) {
    const std::vector<const Origin*> of_a = trust::leaves(a);
    for (const Origin* leaf : trust::leaves(b)) {
        if (leaf->kind != trust::OriginKind::CallerInput) continue;
        if (std::find(of_a.begin(), of_a.end(), leaf) != of_a.end()) return true;
    }
    return false;
}

// On this way the value is one of a few that the code knows.
bool is_narrowed(const OutboundCall& call, const Origin* origin) {
    return std::any_of(
        call.conditions.begin(), call.conditions.end(),
        [&](const trust::Condition& each) { return share_a_leaf(each.narrowed, origin); });
}

void check(const RuleInput& input, std::vector<Finding>& findings) {
    for (const OutboundCall& call : input.observations.calls) {
        if (call.transport == trust::Transport::InProcess ||
            call.transport == trust::Transport::UnixSocket || !call.host.known()) {
            continue;
        }
        // Its address was judged: what is left is that it is looked up again (rebinding-toctou).
        if (resolved_before(input.observations, call)) continue;
        for (const trust::TextPart& part : call.host.value.parts) {
            if (!part.unknown || !is_his_choice(part.origin) ||
                trust::comes_from(part.origin, trust::OriginKind::Response) ||
                is_narrowed(call, part.origin)) {
                continue;
            }
            Finding finding = finding_on(call, call.url_span);
            finding.related.clear();
            std::string by;
            for (const Origin* leaf : trust::leaves(part.origin)) {
                if (leaf->kind == trust::OriginKind::CallerInput && by.empty()) by = leaf->name;
            }
            const bool whole = part.begin == 0 && part.end == call.host.value.text.size();
            finding.message =
                cat("The caller chooses ", whole ? "the host" : "a part of the host", " of this call",
                    by.empty() ? "" : cat(" (", by, ")"), ": it goes wherever he says, with ",
                    data_at_stake(call), " and from inside this network.");
            relate_origin(finding, part.origin);
            if (finding.related.size() > 4) finding.related.resize(4);
            finding.no_fix_reason =
                "Compare the host with a list of the ones that are meant, before the call.";
            findings.push_back(std::move(finding));
            break;
        }
    }
}

}  // namespace

const Rule& rule_user_controlled_host() {
    static const Rule rule{{"user-controlled-host", "The caller chooses the host",
                            trust::Category::DataExposure, 918, "API7",
                            "An outbound call goes to a host that comes from the request."},
                           &check};
    return rule;
}

}  // namespace wh::rules
