// What of the scenario's secrets is in what the attacker received (the lab's RunView.leaked).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "world/outcome.h"
#include "world/scenario.h"

namespace wh::world {

// Everything of a request in which secrets are looked for, as the lab's text: bytes as Latin-1.
std::string searchable(const ReceivedRequest& request);
std::string searchable(std::string_view bytes);
// The text as sent, url-decoded, and with Basic credentials decoded.
std::string secret_forms(std::string_view text);
// Names of the secrets found, sorted.
std::vector<std::string> secrets_in(const std::vector<Secret>& secrets, std::string_view forms);

}  // namespace wh::world
