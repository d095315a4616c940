// Fix edits. They only touch what they mean to: formatting around stays as it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "rules/rule.h"
#include "trust/decided.h"

namespace wh::rules {

std::string_view text_at(Sources sources, Span span);

// Removes one argument of a call with its comma and the space around it.
trust::TextEdit remove_argument(Sources sources, Span argument);
// Adds `argument` as the last one of the call expression at `call`; indentation follows the others.
std::optional<trust::TextEdit> add_argument(Sources sources, Span call, std::string_view argument);
// Turns the "off" that stands in this span into "on": False -> True, CERT_NONE -> CERT_REQUIRED, "0"
// -> "1" ... nullopt if no such word stands there exactly once at its end.
std::optional<trust::TextEdit> switch_on(Sources sources, Span span);
// The fix for a decision that switched a check off: remove the argument, or switch on what decided
// (the assignment, the default, the constant). nullopt: there is nothing in the paste to edit.
std::optional<trust::Fix> undo(Sources sources, const trust::Because& because);
// A finding at the place that decided (or at `fallback`), with where its value came from and the fix
// that undoes it.
trust::Finding finding_at(const RuleInput& input, const trust::Because& because, Span fallback);
// A finding about a call in plain text: at its URL, with where that comes from and https as its fix.
trust::Finding cleartext_finding(const RuleInput& input, const trust::OutboundCall& call);
// http:// -> https:// in the literal that a text comes from.
std::optional<trust::TextEdit> use_https(Sources sources, const trust::SymbolicText& url);

}  // namespace wh::rules
