#include "tls/names.h"

#include <algorithm>

#include "base/address.h"
#include "base/text.h"

namespace wh::tls {
namespace {

bool letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool starts_with_idna(std::string_view text) {
    return text.size() >= 4 && ascii_equal_ignoring_case(text.substr(0, 4), "xn--");
}

// equal_nocase; a host that starts with a dot takes any name below it (skip_prefix).
bool equal_names(std::string_view pattern, std::string_view host) {
    if (host.size() > 1 && host[0] == '.' && pattern.size() > host.size()) {
        const std::string_view prefix = pattern.substr(0, pattern.size() - host.size());
        if (prefix.find('\0') == std::string_view::npos) pattern.remove_prefix(prefix.size());
    }
    return pattern.find('\0') == std::string_view::npos && ascii_equal_ignoring_case(pattern, host);
}

// valid_star: where the one usable star is. At the start or end of the first label, which is no
// IDNA label; with partial wildcards off it is the whole label. At least two dots, and otherwise
// letters, digits and inner hyphens only.
std::size_t usable_star(std::string_view pattern, bool partial) {
    std::size_t star = std::string_view::npos;
    bool label_start = true, hyphen = false, idna = false;
    int dots = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '*') {
            const bool at_end = i + 1 == pattern.size() || pattern[i + 1] == '.';
            if (star != std::string_view::npos || idna || dots > 0 ||
                (partial ? !label_start && !at_end : !label_start || !at_end)) {
                return std::string_view::npos;
            }
            star = i;
            label_start = false;
        } else if (letter_or_digit(c)) {
            idna = idna || (label_start && starts_with_idna(pattern.substr(i)));
            label_start = hyphen = false;
        } else if (c == '.') {
            if (label_start || hyphen) return std::string_view::npos;
            label_start = true;
            idna = false;
            ++dots;
        } else if (c == '-' && !label_start) {
            hyphen = true;
        } else {
            return std::string_view::npos;
        }
    }
    return label_start || hyphen || dots < 2 ? std::string_view::npos : star;
}

}  // namespace

bool name_covers(std::string_view pattern, std::string_view host, bool partial_wildcards) {
    if (pattern.empty()) return false;
    const std::size_t star = host.size() > 1 && host[0] == '.'
                                 ? std::string_view::npos
                                 : usable_star(pattern, partial_wildcards);
    if (star == std::string_view::npos) return equal_names(pattern, host);
    // wildcard_match
    const std::string_view head = pattern.substr(0, star), tail = pattern.substr(star + 1);
    if (host.size() < head.size() + tail.size()) return false;
    const std::string_view covered =
        host.substr(head.size(), host.size() - head.size() - tail.size());
    if (!ascii_equal_ignoring_case(head, host.substr(0, head.size())) ||
        !ascii_equal_ignoring_case(tail, host.substr(head.size() + covered.size()))) {
        return false;
    }
    const bool whole_label = head.empty() && tail.starts_with('.');
    if (whole_label ? covered.empty() : starts_with_idna(host)) return false;
    return covered == "*" || std::all_of(covered.begin(), covered.end(),
                                         [](char c) { return letter_or_digit(c) || c == '-'; });
}

bool matches_host(const Certificate& certificate, std::string_view host, const NameRules& rules) {
    const auto covers = [&](const std::string& name) {
        return name_covers(name, host, rules.partial_wildcards);
    };
    const std::vector<std::string> names = certificate.names(NameKind::Dns);
    if (!names.empty()) return std::any_of(names.begin(), names.end(), covers);
    if (!rules.common_name_fallback) return false;
    return std::any_of(
        certificate.subject.attributes.begin(), certificate.subject.attributes.end(),
        [&](const NameAttribute& one) { return one.type == "CN" && covers(one.value); });
}

bool matches_address(const Certificate& certificate, std::string_view address) {
    const auto wanted = address_bytes(address);
    const std::vector<std::string> names = certificate.names(NameKind::Address);
    return wanted && std::any_of(names.begin(), names.end(), [&](const std::string& one) {
               return address_bytes(one) == wanted;
           });
}

}  // namespace wh::tls
