// What the code does with answers of the DNS that it asked for itself.
#pragma once

#include "rules/rule.h"

namespace wh::rules {

// The lookup whose answer a value was made of, or nullptr.
const trust::Lookup* looked_up(const trust::Observations& all, const trust::Origin* origin);
// True if a leaf of `origin` is one that `text` is made of, too (constants of the code apart).
bool shares_a_leaf(const trust::Origin* origin, const trust::SymbolicText& text);
// The lookup of this call's host whose addresses were judged before the call, which then resolves
// the name again. nullptr: none.
const trust::Lookup* resolved_before(const trust::Observations& all,
                                     const trust::OutboundCall& call);

}  // namespace wh::rules
