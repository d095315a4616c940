// The lab's judgement over one phase (outcome.RunView.verdict, leaked, forged).
#pragma once

#include <string>
#include <vector>

#include "world/outcome.h"
#include "world/scenario.h"

namespace wh::world {

// Names of the secrets in what the attacker received, sorted.
std::vector<std::string> leaked_secrets(const std::vector<Secret>& secrets,
                                        const std::vector<ConnectionRecord>& connections);
Verdict judge(const std::vector<ConnectionRecord>& connections,
              const std::vector<LookupRecord>& lookups, bool something_leaked);
// One of the attacker's markers is in the app's answer.
bool forged_response(const std::vector<std::string>& markers,
                     const std::optional<trust::InboundResponse>& response);

}  // namespace wh::world
