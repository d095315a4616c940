#include "tls/names.h"

#include <algorithm>

#include "base/address.h"
#include "base/text.h"

namespace wh::tls {
namespace {

bool letter_digit_hyphen(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

// OpenSSL's valid_star with X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS: the star is the whole first
// label, at least two labels follow, and all of them are letters, digits and inner hyphens.
bool usable_wildcard(std::string_view pattern) {
    if (!pattern.starts_with("*.")) return false;
    const std::vector<std::string> rest = split(pattern.substr(2), '.');
    if (rest.size() < 2) return false;
    return std::all_of(rest.begin(), rest.end(), [](const std::string& label) {
        return !label.empty() && label.front() != '-' && label.back() != '-' &&
               std::all_of(label.begin(), label.end(), letter_digit_hyphen);
    });
}

}  // namespace

bool name_covers(std::string_view pattern, std::string_view host) {
    if (!usable_wildcard(pattern)) return ascii_equal_ignoring_case(pattern, host);
    const std::string_view tail = pattern.substr(1);  // ".shop.test"
    if (host.size() <= tail.size()) return false;
    const std::string_view label = host.substr(0, host.size() - tail.size());
    return ascii_equal_ignoring_case(host.substr(label.size()), tail) &&
           std::all_of(label.begin(), label.end(), letter_digit_hyphen);
}

bool matches_host(const Certificate& certificate, std::string_view host,
                  bool common_name_fallback) {
    if (certificate.dns_names.empty()) {
        return common_name_fallback && !certificate.subject.common_name.empty() &&
               name_covers(certificate.subject.common_name, host);
    }
    return std::any_of(certificate.dns_names.begin(), certificate.dns_names.end(),
                       [&](const std::string& name) { return name_covers(name, host); });
}

bool matches_address(const Certificate& certificate, std::string_view address) {
    const auto wanted = address_bytes(address);
    return wanted &&
           std::any_of(certificate.addresses.begin(), certificate.addresses.end(),
                       [&](const std::string& one) { return address_bytes(one) == wanted; });
}

}  // namespace wh::tls
