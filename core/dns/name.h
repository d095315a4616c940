// Domain names. In memory a name is its presentation form without the final dot ("" is the root);
// bytes that would confuse are escaped as in RFC 1035 section 5.1 (\. and \DDD). Names compare
// without regard to ASCII case; maps hold them in lower case.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wh::dns {

// True if `name` is `zone` or below it. Both in lower case.
bool is_at_or_below(std::string_view name, std::string_view zone);
// The name without its first label; "" for the root and for single labels.
std::string_view parent(std::string_view name);
std::vector<std::string_view> labels(std::string_view name);

// Where earlier names of the same message stand, for compression (RFC 1035 section 4.1.4).
using Offsets = std::map<std::string, std::size_t, std::less<>>;

// Appends the wire form. With `offsets`, a suffix that was written before becomes a pointer.
// Refuses labels over 63 and names over 255 bytes.
Result<bool> write_name(std::string_view name, std::string& out, Offsets* offsets);
// Reads the name at `at` of a message and moves `at` behind it. Pointers must lead backwards, so
// there are no loops.
Result<std::string> read_name(std::string_view message, std::size_t& at);

}  // namespace wh::dns
