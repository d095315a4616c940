#include "tls/certificate.h"

#include <charconv>

#include "base/encoding.h"
#include "base/sha256.h"
#include "base/text.h"

namespace wh::tls {
namespace {

constexpr std::string_view kHeading = "wronghost-certificate-1\n";
constexpr std::string_view kKeyHeading = "wronghost-key-1\n";

void line(std::string& out, std::string_view name, Piece value) {
    out += name;
    out += '=';
    for (const char c : cat({value})) {
        if (c == '\n' || c == '\\') out += '\\';
        out += c == '\n' ? 'n' : c;
    }
    out += '\n';
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            ++i;
            out += text[i] == 'n' ? '\n' : text[i];
        } else {
            out += text[i];
        }
    }
    return out;
}

template <class T>
T number(std::string_view text) {
    T value{};
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void set_field(Certificate& certificate, std::string_view name, const std::string& value) {
    if (name == "serial") {
        certificate.serial = number<std::uint64_t>(value);
    } else if (name == "subject.o") {
        certificate.subject.organization = value;
    } else if (name == "subject.cn") {
        certificate.subject.common_name = value;
    } else if (name == "issuer.o") {
        certificate.issuer.organization = value;
    } else if (name == "issuer.cn") {
        certificate.issuer.common_name = value;
    } else if (name == "not-before") {
        certificate.not_before = number<std::int64_t>(value);
    } else if (name == "not-after") {
        certificate.not_after = number<std::int64_t>(value);
    } else if (name == "key") {
        certificate.public_key = value;
    } else if (name == "san") {
        certificate.has_san = true;
        certificate.san_critical = value == "critical";
    } else if (name == "san.dns") {
        certificate.dns_names.push_back(value);
    } else if (name == "san.ip") {
        certificate.addresses.push_back(value);
    } else if (name == "basic-constraints") {
        certificate.has_basic_constraints = true;
        certificate.basic_constraints_critical = value == "critical";
    } else if (name == "ca") {
        certificate.is_ca = value == "1";
    } else if (name == "path-length") {
        certificate.path_length = number<int>(value);
    } else if (name == "key-usage") {
        certificate.key_usage = number<unsigned>(value);
    } else if (name == "extended-key-usage") {
        certificate.extended_key_usage = number<unsigned>(value);
    } else if (name == "subject-key-id") {
        certificate.subject_key_id = value;
    } else if (name == "authority-key-id") {
        certificate.authority_key_id = value;
    } else if (name == "signature") {
        certificate.signature = value;
    }
}

// Bodies of the blocks "-----BEGIN <label>-----".
std::vector<std::string> blocks(std::string_view text, std::string_view label) {
    const std::string begin = cat("-----BEGIN ", label, "-----");
    const std::string end = cat("-----END ", label, "-----");
    std::vector<std::string> out;
    for (std::size_t at = text.find(begin); at != std::string_view::npos;
         at = text.find(begin, at)) {
        at += begin.size();
        const std::size_t stop = text.find(end, at);
        if (stop == std::string_view::npos) break;
        if (auto body = base64_decode(text.substr(at, stop - at))) out.push_back(std::move(*body));
        at = stop + end.size();
    }
    return out;
}

std::string block(std::string_view label, std::string_view body) {
    const std::string coded = base64(body);
    std::string out = cat("-----BEGIN ", label, "-----\n");
    for (std::size_t at = 0; at < coded.size(); at += 64) {
        out += coded.substr(at, 64);
        out += '\n';
    }
    return cat(out, "-----END ", label, "-----\n");
}

}  // namespace

std::string signed_part(const Certificate& certificate) {
    std::string out(kHeading);
    out.reserve(512);
    line(out, "serial", static_cast<unsigned long long>(certificate.serial));
    line(out, "subject.o", certificate.subject.organization);
    line(out, "subject.cn", certificate.subject.common_name);
    line(out, "issuer.o", certificate.issuer.organization);
    line(out, "issuer.cn", certificate.issuer.common_name);
    line(out, "not-before", static_cast<long long>(certificate.not_before));
    line(out, "not-after", static_cast<long long>(certificate.not_after));
    line(out, "key", certificate.public_key);
    if (certificate.has_san) line(out, "san", certificate.san_critical ? "critical" : "");
    for (const std::string& name : certificate.dns_names) line(out, "san.dns", name);
    for (const std::string& address : certificate.addresses) line(out, "san.ip", address);
    if (certificate.has_basic_constraints) {
        line(out, "basic-constraints", certificate.basic_constraints_critical ? "critical" : "");
        line(out, "ca", certificate.is_ca ? 1 : 0);
    }
    if (certificate.path_length) line(out, "path-length", *certificate.path_length);
    if (certificate.key_usage) line(out, "key-usage", *certificate.key_usage);
    if (certificate.extended_key_usage) {
        line(out, "extended-key-usage", *certificate.extended_key_usage);
    }
    if (certificate.subject_key_id) line(out, "subject-key-id", *certificate.subject_key_id);
    if (certificate.authority_key_id) line(out, "authority-key-id", *certificate.authority_key_id);
    return out;
}

std::string encode(const Certificate& certificate) {
    std::string out = signed_part(certificate);
    line(out, "signature", certificate.signature);
    return out;
}

std::optional<Certificate> decode_certificate(std::string_view encoded) {
    if (!encoded.starts_with(kHeading)) return std::nullopt;
    Certificate certificate;
    encoded.remove_prefix(kHeading.size());
    while (!encoded.empty()) {
        const std::size_t end = encoded.find('\n');
        const std::string_view one = encoded.substr(0, end);
        const std::size_t equals = one.find('=');
        if (end == std::string_view::npos || equals == std::string_view::npos) return std::nullopt;
        set_field(certificate, one.substr(0, equals), unescaped(one.substr(equals + 1)));
        encoded.remove_prefix(end + 1);
    }
    return certificate;
}

std::string signature_of(std::string_view text, std::string_view key) {
    return sha256_hex(cat("signed with ", key, "\n", text));
}

void sign(Certificate& certificate, std::string_view issuer_key) {
    certificate.signature = signature_of(signed_part(certificate), issuer_key);
}

bool signature_fits(const Certificate& certificate, const Certificate& issuer) {
    return certificate.signature == signature_of(signed_part(certificate), issuer.public_key);
}

std::string fingerprint(const Certificate& certificate) {
    return sha256_hex(encode(certificate));
}

std::string to_pem(const Certificate& certificate) {
    return block("CERTIFICATE", encode(certificate));
}

std::string key_to_pem(std::string_view key) {
    return block("PRIVATE KEY", cat(kKeyHeading, key));
}

std::vector<Certificate> certificates_of_pem(std::string_view text) {
    std::vector<Certificate> out;
    for (const std::string& body : blocks(text, "CERTIFICATE")) {
        if (auto certificate = decode_certificate(body)) out.push_back(std::move(*certificate));
    }
    return out;
}

std::optional<std::string> key_of_pem(std::string_view text) {
    for (const std::string& body : blocks(text, "PRIVATE KEY")) {
        if (body.starts_with(kKeyHeading)) return body.substr(kKeyHeading.size());
    }
    return std::nullopt;
}

}  // namespace wh::tls
