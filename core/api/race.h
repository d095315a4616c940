// The DNS race: what theory says of it, and what happens when it is played.
#pragma once

#include "api/json.h"

namespace wh::api {

// A request {"do": "race", "race": {...}, "seed": 1} -> its reply; schema/reply-race.schema.json.
Json race(const Reader& request);

}  // namespace wh::api
