// Certificates as the verifier needs them: the fields of X.509 (RFC 5280) by name, without ASN.1,
// with symbolic keys. They are carried in PEM frames, so that files, pins and fingerprints work as
// ever; DER (tls/der.h) is made for captures only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wh::tls {

// One attribute of a name: "CN", "O", "emailAddress" or a dotted OID, and its text.
struct NameAttribute {
    std::string type;
    std::string value;
    friend bool operator==(const NameAttribute&, const NameAttribute&) = default;
};

struct DistinguishedName {
    std::vector<NameAttribute> attributes;  // most significant first, one to an RDN
    friend bool operator==(const DistinguishedName&, const DistinguishedName&) = default;
    [[nodiscard]] bool empty() const { return attributes.empty(); }
    [[nodiscard]] std::string common_name() const;  // the first one; empty: none
};
// "O=Acme\nCN=www": one line an attribute. A line without '=' is an attribute of type "CN".
DistinguishedName name_of(std::string_view text);
std::string text_of(const DistinguishedName& name);
// X509_NAME_cmp: letters' case and runs of spaces do not count.
bool same_name(const DistinguishedName& a, const DistinguishedName& b);
// Is `base` the beginning of `name`, in the same sense? (RFC 5280 section 4.2.1.10, directoryName.)
bool name_begins_with(const DistinguishedName& name, const DistinguishedName& base);

enum class NameKind : std::uint8_t { Dns, Address, Email, Uri, Directory, Other };

// A subject alternative name, or the base of a name constraint. Addresses are text, canonical
// ("192.0.2.1"; in a constraint "192.0.2.0/255.255.255.0"), or "#" and the bytes in hex where they
// are neither 4 nor 16; directory names as text_of writes them; others the OID of their type.
struct GeneralName {
    NameKind kind = NameKind::Dns;
    std::string value;
    friend bool operator==(const GeneralName&, const GeneralName&) = default;
};
std::string_view word_for(NameKind kind);  // "dns", "ip", "email", "uri", "dirname", "other"
std::optional<NameKind> name_kind(std::string_view word);

enum KeyUsage : unsigned {
    kDigitalSignature = 1,
    kKeyEncipherment = 2,
    kKeyAgreement = 4,
    kKeyCertSign = 8,
    kCrlSign = 16,
    kNonRepudiation = 32,
    kOtherUsage = 64,  // dataEncipherment, encipherOnly, decipherOnly
};
// kServerGated: Netscape's and Microsoft's old words for a server's purpose.
enum ExtendedKeyUsage : unsigned {
    kServerAuth = 1,
    kClientAuth = 2,
    kAnyUsage = 4,
    kServerGated = 8,
    kOtherExtendedUsage = 16,
};

// Extensions that can be marked critical; bits of Certificate::critical.
enum Extension : unsigned {
    kAlternativeNames = 1,
    kBasicConstraints = 2,
    kKeyUsageExtension = 4,
    kExtendedKeyUsageExtension = 8,
    kSubjectKeyId = 16,
    kAuthorityKeyId = 32,
    kNameConstraints = 64,
    kUnknownExtension = 128,  // one that OpenSSL's verifier does not know
    kOtherExtension = 256,  // one that it knows and that means nothing here (policies, CRL points)
};

struct BasicConstraints {
    bool ca = false;
    std::optional<int> path_length;
    friend bool operator==(const BasicConstraints&, const BasicConstraints&) = default;
};
struct AuthorityKeyId {
    std::optional<std::string> key_id;
    std::string serial;                 // hex; empty: not given
    std::optional<std::string> issuer;  // as text_of writes it
    friend bool operator==(const AuthorityKeyId&, const AuthorityKeyId&) = default;
};
struct NameConstraints {
    std::vector<GeneralName> permitted;
    std::vector<GeneralName> excluded;
    bool distances = false;  // a minimum other than 0, or a maximum, stands somewhere
    friend bool operator==(const NameConstraints&, const NameConstraints&) = default;
};

inline constexpr std::int64_t kMalformedTime = INT64_MIN;

struct Certificate {
    int version = 3;
    std::string serial;  // hex, without leading zeros; "-" in front: negative
    DistinguishedName subject;
    DistinguishedName issuer;
    std::int64_t not_before = 0;  // seconds since 1970, or kMalformedTime
    std::int64_t not_after = 0;
    std::string public_key;       // a symbol: equal keys have equal names
    std::string key_type = "EC";  // EC, RSA, RSA-PSS, DSA, ED25519, ED448; empty: cannot be read
    int key_bits = 256;
    bool explicit_curve = false;  // EC parameters are spelled out (RFC 5480 forbids it)
    std::string signature_algorithm = "EC-SHA256";  // key type, "-", hash; ED25519, ED448 alone
    bool algorithms_differ = false;  // the one inside is another than the one outside
    std::optional<std::vector<GeneralName>> alternative_names;
    std::optional<BasicConstraints> basic_constraints;
    std::optional<unsigned> key_usage;           // KeyUsage bits
    std::optional<unsigned> extended_key_usage;  // ExtendedKeyUsage bits
    std::optional<std::string> subject_key_id;
    std::optional<AuthorityKeyId> authority_key_id;
    std::optional<NameConstraints> name_constraints;
    unsigned critical = 0;             // Extension bits
    unsigned present = 0;              // of kUnknownExtension and kOtherExtension
    bool malformed_extension = false;  // one cannot be read, is empty or stands there twice
    std::string oddities;              // what only strict readers mind, space between words
    std::string signature;
    friend bool operator==(const Certificate&, const Certificate&) = default;

    [[nodiscard]] std::vector<std::string> names(NameKind kind) const;  // of alternative_names
    [[nodiscard]] bool is_ca() const { return basic_constraints && basic_constraints->ca; }
    [[nodiscard]] bool is_critical(Extension extension) const {
        return (critical & extension) != 0;
    }
    [[nodiscard]] bool has_extensions() const;
    [[nodiscard]] bool self_issued() const { return same_name(subject, issuer); }
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
