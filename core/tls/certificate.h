// Certificates as the verifier needs them: the fields of X.509 (RFC 5280) by name, without ASN.1,
// with symbolic keys. They are carried in PEM frames, so that files, pins and fingerprints work as
// ever.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wh::tls {

struct DistinguishedName {
    std::string organization;
    std::string common_name;
    friend bool operator==(const DistinguishedName&, const DistinguishedName&) = default;
    [[nodiscard]] bool empty() const { return organization.empty() && common_name.empty(); }
};

enum KeyUsage : unsigned {
    kDigitalSignature = 1,
    kKeyEncipherment = 2,
    kKeyAgreement = 4,
    kKeyCertSign = 8,
    kCrlSign = 16,
};
enum ExtendedKeyUsage : unsigned { kServerAuth = 1, kClientAuth = 2, kAnyUsage = 4 };

struct Certificate {
    std::uint64_t serial = 0;
    DistinguishedName subject;
    DistinguishedName issuer;
    std::int64_t not_before = 0;  // seconds since 1970
    std::int64_t not_after = 0;
    std::string public_key;  // a symbol: equal keys have equal names
    bool has_san = false;
    bool san_critical = false;
    std::vector<std::string> dns_names;
    std::vector<std::string> addresses;  // text, canonical
    bool has_basic_constraints = false;
    bool basic_constraints_critical = false;
    bool is_ca = false;
    std::optional<int> path_length;
    std::optional<unsigned> key_usage;           // KeyUsage bits
    std::optional<unsigned> extended_key_usage;  // ExtendedKeyUsage bits
    std::optional<std::string> subject_key_id;
    std::optional<std::string> authority_key_id;
    std::string signature;
    friend bool operator==(const Certificate&, const Certificate&) = default;
};

// The part that is signed, as text; with the signature: the whole certificate.
std::string signed_part(const Certificate& certificate);
std::string encode(const Certificate& certificate);
std::optional<Certificate> decode_certificate(std::string_view encoded);

// Symbolic signature: depends on the signing key and on every signed byte.
std::string signature_of(std::string_view text, std::string_view key);
void sign(Certificate& certificate, std::string_view issuer_key);
bool signature_fits(const Certificate& certificate, const Certificate& issuer);

std::string fingerprint(const Certificate& certificate);  // SHA-256 of the whole, hex

std::string to_pem(const Certificate& certificate);
std::string key_to_pem(std::string_view key);
// All certificates of a PEM text, in order; text around and other blocks are skipped.
std::vector<Certificate> certificates_of_pem(std::string_view text);
// The first private key of a PEM text.
std::optional<std::string> key_of_pem(std::string_view text);

}  // namespace wh::tls
