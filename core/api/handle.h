// One JSON request, one JSON reply: everything that the page and the command line ask of the core.
// The contract is web/src/core/protocol.ts and the schemas beside this file.
#pragma once

#include <string>
#include <string_view>

#include "program/library_code.h"

namespace wh::api {

inline constexpr int kApiVersion = 1;

// What is worth keeping between two requests; replies do not depend on it.
struct Session {
    program::LibraryCode libraries;
};

// Never fails: bad input gives {"ok": false, "error": {...}}.
std::string handle(Session& session, std::string_view request_json);
// {"api": 1, "core": "0.1.0"}
std::string version();

}  // namespace wh::api
