// IPv4 and IPv6 addresses as text and as bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wh {

// 4 or 16 bytes; nothing if the text is no address (inet_pton's rules: no leading zeros, no scope).
std::optional<std::string> address_bytes(std::string_view text);
// Presentation form; IPv6 as RFC 5952: lower case, longest run of zero groups shortened.
std::string address_text(std::string_view bytes);
// The text in its canonical form, or as it is if it is no address.
std::string canonical_address(std::string_view text);
inline bool is_address(std::string_view text) {
    return address_bytes(text).has_value();
}

}  // namespace wh
