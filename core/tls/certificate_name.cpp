// Names in certificates: directory names (X.501) and general names (RFC 5280 section 4.2.1.6).
#include <algorithm>

#include "base/text.h"
#include "tls/certificate.h"

namespace wh::tls {
namespace {

constexpr std::string_view kKindWords[] = {"dns", "ip", "email", "uri", "dirname", "other"};

// asn1_string_canon (crypto/x509/x_name.c): trimmed, lower case, runs of spaces as one.
std::string canonical(std::string_view value) {
    std::string out;
    for (const char c : trim(value)) {
        const bool space = c == ' ' || (c >= '\t' && c <= '\r');
        if (space && !out.empty() && out.back() == ' ') continue;
        out += space ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

bool same_attribute(const NameAttribute& a, const NameAttribute& b) {
    return a.type == b.type && (a.value == b.value || canonical(a.value) == canonical(b.value));
}

}  // namespace

std::string DistinguishedName::common_name() const {
    for (const NameAttribute& one : attributes) {
        if (one.type == "CN") return one.value;
    }
    return {};
}

DistinguishedName name_of(std::string_view text) {
    DistinguishedName name;
    if (text.empty()) return name;
    for (const std::string& line : split(text, '\n')) {
        const std::size_t equals = line.find('=');
        if (equals == std::string::npos) {
            name.attributes.push_back({"CN", line});
        } else {
            name.attributes.push_back({line.substr(0, equals), line.substr(equals + 1)});
        }
    }
    return name;
}

std::string text_of(const DistinguishedName& name) {
    std::string out;
    for (const NameAttribute& one : name.attributes) {
        if (!out.empty()) out += '\n';
        out += one.type;
        out += '=';
        for (const char c : one.value) out += c == '\n' ? ' ' : c;
    }
    return out;
}

bool same_name(const DistinguishedName& a, const DistinguishedName& b) {
    return a.attributes.size() == b.attributes.size() && name_begins_with(a, b);
}

bool name_begins_with(const DistinguishedName& name, const DistinguishedName& base) {
    return base.attributes.size() <= name.attributes.size() &&
           std::equal(base.attributes.begin(), base.attributes.end(), name.attributes.begin(),
                      same_attribute);
}

std::string_view word_for(NameKind kind) {
    return kKindWords[static_cast<int>(kind)];
}

std::optional<NameKind> name_kind(std::string_view word) {
    for (std::size_t i = 0; i < std::size(kKindWords); ++i) {
        if (kKindWords[i] == word) return static_cast<NameKind>(i);
    }
    return std::nullopt;
}

std::vector<std::string> Certificate::names(NameKind kind) const {
    std::vector<std::string> out;
    if (!alternative_names) return out;
    for (const GeneralName& one : *alternative_names) {
        if (one.kind == kind) out.push_back(one.value);
    }
    return out;
}

bool Certificate::has_extensions() const {
    return alternative_names || basic_constraints || key_usage || extended_key_usage ||
           subject_key_id || authority_key_id || name_constraints || present || malformed_extension;
}

}  // namespace wh::tls
