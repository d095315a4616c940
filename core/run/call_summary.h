// Outbound calls in words, for readers.
#pragma once

#include "run/check.h"

namespace wh::run {

CallSummary summarise(const trust::OutboundCall& call);

}  // namespace wh::run
