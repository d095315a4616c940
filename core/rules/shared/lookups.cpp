#include "rules/shared/lookups.h"

#include <algorithm>

#include "base/text.h"
#include "rules/shared/subjects.h"

namespace wh::rules {

using trust::Lookup;
using trust::Origin;
using trust::SymbolicText;

const Lookup* looked_up(const trust::Observations& all, const Origin* origin) {
    if (!origin || all.lookups.empty()) return nullptr;
    const std::vector<const Origin*> leaves = trust::leaves(origin);
    for (const Lookup& lookup : all.lookups) {
        if (std::find(leaves.begin(), leaves.end(), lookup.answer) != leaves.end()) return &lookup;
    }
    return nullptr;
}

bool shares_a_leaf(const Origin* origin, const SymbolicText& text) {
    const std::vector<const Origin*> leaves = trust::leaves(origin);
    for (const trust::TextPart& part : text.parts) {
        for (const Origin* leaf : trust::leaves(part.origin)) {
            if (leaf->kind != trust::OriginKind::Literal &&
                std::find(leaves.begin(), leaves.end(), leaf) != leaves.end()) {
                return true;
            }
        }
    }
    return false;
}

const Lookup* resolved_before(const trust::Observations& all, const trust::OutboundCall& call) {
    if (call.host_is_address || stays_on_machine(call)) return nullptr;
    const SymbolicText& host = call.host.value;
    for (const trust::TextPart& part : host.parts) {
        if (looked_up(all, part.origin)) return nullptr;  // what was judged is what is called
    }
    for (const trust::Condition& condition : call.conditions) {
        const Lookup* lookup = looked_up(all, condition.subject);
        if (!lookup || lookup->kind != Lookup::Kind::Addresses) continue;
        const SymbolicText& name = lookup->subject;
        if (name.fully_known() && host.fully_known()) {
            if (ascii_lower(name.text) == ascii_lower(host.text)) return lookup;
            continue;
        }
        for (const trust::TextPart& part : host.parts) {
            if (shares_a_leaf(part.origin, name)) return lookup;
        }
    }
    return nullptr;
}

}  // namespace wh::rules
