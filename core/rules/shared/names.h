// What kind of name a host has: rules speak differently of a cluster's names.
#pragma once

#include "trust/outbound_call.h"

namespace wh::rules {

// A short name, a name of a cluster's own domain, or one that an answer over the network gave: whoever
// answers for the search domain, the cluster's DNS or the registry decides where the call goes.
bool by_service_discovery(const trust::OutboundCall& call);

}  // namespace wh::rules
