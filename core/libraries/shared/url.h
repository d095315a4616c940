// URLs as Python's HTTP clients read and write them (RFC 3986 with each library's habits).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "trust/origin.h"

namespace wh::libraries {

struct Url {
    std::string scheme;    // lower case; may be empty
    std::string userinfo;  // percent-encoded
    std::string host;      // lower case, IPv6 without brackets
    int port = -1;         // -1: not given, or the scheme's own (httpx)
    std::string path;
    std::optional<std::string> query, fragment;

    [[nodiscard]] std::string netloc() const;     // host[:port]
    [[nodiscard]] std::string authority() const;  // [userinfo@]host[:port]
    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::string target() const;  // path?query as a request line has it
    [[nodiscard]] std::uint16_t port_or_default() const;
    [[nodiscard]] std::string username() const;  // decoded
    [[nodiscard]] std::string password() const;
    [[nodiscard]] bool is_relative() const { return scheme.empty() || host.empty(); }
};

// RFC 3986 appendix B split, nothing normalised (urllib.parse.urlsplit). The host keeps its case
// and its brackets; port stays part of `host`.
struct UrlPieces {
    std::string_view scheme, authority, path, query, fragment;
    bool has_authority = false, has_query = false, has_fragment = false;
};
UrlPieces split_url(std::string_view text);

enum class UrlHabits : std::uint8_t { Httpx, Urllib3 };
// false: `error` says what the library's exception says ("Invalid port: 'x'").
bool parse_url(std::string_view text, UrlHabits habits, Url& out, std::string& error);
// urllib.parse.urljoin, RFC 3986 section 5.2.2.
std::string join_url(std::string_view base, std::string_view reference);

// Percent-encodes what is neither unreserved nor in `safe`; existing %xx stay if `keep_escapes`.
std::string percent_encode(std::string_view text, std::string_view safe, bool keep_escapes);
std::string percent_decode(std::string_view text);
// application/x-www-form-urlencoded (urllib.parse.urlencode: quote_plus).
std::string form_encode(std::string_view text);
std::string encode_pairs(const std::vector<std::pair<std::string, std::string>>& pairs);
std::vector<std::pair<std::string, std::string>> decode_pairs(std::string_view query);
// requests.utils.requote_uri.
std::string requote(std::string_view uri);

// Labels beyond ASCII as punycode ("xn--...").
std::string idna(std::string_view host);
bool is_ipv4(std::string_view text);
bool is_address(std::string_view host);  // IPv4 or IPv6 literal, without brackets
// Where the host stands in a raw URL text; empty range if it has none.
std::pair<std::size_t, std::size_t> host_range(std::string_view url);
// "Basic dXNlcjpwYXNz"
std::string basic_credentials(std::string_view user, std::string_view password);

}  // namespace wh::libraries
