#include "world/pki.h"

#include "base/encoding.h"
#include "base/random.h"
#include "base/sha256.h"
#include "base/text.h"

namespace wh::world {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::string_view kOrganization = "Reality Lab";

tls::DistinguishedName named(std::string_view common_name) {
    return {{{"O", std::string(kOrganization)}, {"CN", std::string(common_name)}}};
}

std::string identifier_of(std::string_view key) {
    return sha256_hex(key).substr(0, 40);
}

std::string serial_of(std::uint64_t number) {
    std::string bytes;
    put32(bytes, static_cast<std::uint32_t>(number >> 33));  // positive, as RFC 5280 asks
    put32(bytes, static_cast<std::uint32_t>(number));
    return hex(bytes);
}

tls::Certificate make_root(std::string_view common_name, bool strict, std::int64_t now) {
    tls::Certificate root;
    root.serial = serial_of(derive_seed(1, common_name));
    root.subject = root.issuer = named(common_name);
    root.not_before = now - 900 * kDay;
    root.not_after = now + 900 * kDay;
    root.public_key = cat("key of ", common_name);
    root.basic_constraints = {.ca = true, .path_length = std::nullopt};
    root.critical = tls::kBasicConstraints;
    if (strict) {
        root.basic_constraints->path_length = 1;
        root.key_usage = tls::kDigitalSignature | tls::kKeyCertSign | tls::kCrlSign;
        root.subject_key_id = identifier_of(root.public_key);
    }
    tls::sign(root, root.public_key);
    return root;
}

std::string_view label_of(Issuer issuer) {
    switch (issuer) {
        case Issuer::Public:
            return "public CA";
        case Issuer::Internal:
            return "internal CA";
        case Issuer::Legacy:
            return "legacy CA";
        case Issuer::Self:
            return "self-signed";
    }
    return "";
}

std::string_view word_of(Issuer issuer) {
    switch (issuer) {
        case Issuer::Public:
            return "public";
        case Issuer::Internal:
            return "internal";
        case Issuer::Legacy:
            return "legacy";
        case Issuer::Self:
            return "self";
    }
    return "";
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
}

// bytes as Python's repr() shows them: b'\x1f...'.
std::string python_repr(std::string_view bytes) {
    const bool double_quotes =
        bytes.find('\'') != std::string_view::npos && bytes.find('"') == std::string_view::npos;
    const char quote = double_quotes ? '"' : '\'';
    std::string out = cat("b", std::string(1, quote));
    for (const char c : bytes) {
        if (c == quote || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\t' || c == '\n' || c == '\r') {
            out += c == '\t' ? "\\t" : c == '\n' ? "\\n" : "\\r";
        } else if (c < ' ' || c > '~') {
            out += cat("\\x", hex(std::string(1, c)));
        } else {
            out += c;
        }
    }
    return out + quote;
}

}  // namespace

Pki::Pki(std::int64_t now)
    : now_(now),
      roots_{make_root("Lab Public Root", true, now), make_root("Acme Internal Root", true, now),
             make_root("Acme Old Root", false, now)} {}

void Pki::sign(tls::Certificate& certificate, const tls::Certificate* issuer,
               const std::string& own_key) const {
    certificate.basic_constraints.emplace();
    certificate.critical = tls::kBasicConstraints;
    const bool strict = !issuer || issuer->subject_key_id.has_value();
    if (strict) {
        certificate.key_usage = tls::kDigitalSignature;
        certificate.subject_key_id = identifier_of(own_key);
        certificate.authority_key_id.emplace().key_id =
            issuer ? issuer->subject_key_id : certificate.subject_key_id;
    }
    certificate.issuer = issuer ? issuer->subject : certificate.subject;
    certificate.public_key = own_key;
    tls::sign(certificate, issuer ? issuer->public_key : own_key);
}

tls::Certificate Pki::client() const {
    tls::Certificate certificate;
    certificate.serial = serial_of(derive_seed(2, kClientName));
    certificate.subject = named(kClientName);
    certificate.not_before = now_ - 30 * kDay;
    certificate.not_after = now_ + 300 * kDay;
    certificate.extended_key_usage = tls::kClientAuth;
    sign(certificate, &roots_[1], client_key());
    return certificate;
}

const Issued& Pki::leaf(const CertificateWish& wish) {
    for (const Issued& known : issued_) {
        if (known.wish == wish) return known;
    }
    Issued issued;
    issued.wish = wish;
    const std::vector<std::string> names =
        wish.names.empty() ? std::vector<std::string>{wish.name} : wish.names;
    issued.key = wish.key_of_attacker ? "key of the attacker" : cat("key of ", wish.name);
    tls::Certificate& certificate = issued.certificate;
    // From the wish alone: whoever issues it again, in whatever order, gets the same certificate.
    certificate.serial =
        serial_of(derive_seed(3 + static_cast<std::uint64_t>(wish.issuer) * 4 +
                                  (wish.expired ? 2 : 0) + (wish.key_of_attacker ? 1 : 0),
                              cat(wish.name, " ", wish.address, " ", join(names, " "))));
    certificate.subject = named(names[0]);
    certificate.not_before = now_ - (wish.expired ? 400 : 30) * kDay;
    certificate.not_after = wish.expired ? now_ - 30 * kDay : now_ + 300 * kDay;
    if (wish.san) {
        std::vector<tls::GeneralName>& all = certificate.alternative_names.emplace();
        for (const std::string& name : names) all.push_back({tls::NameKind::Dns, name});
        if (!wish.address.empty()) all.push_back({tls::NameKind::Address, wish.address});
        issued.description.names = names;
    } else {
        issued.description.common_name_only = names[0];
    }
    if (!wish.address.empty()) issued.description.names.push_back(wish.address);
    certificate.extended_key_usage = tls::kServerAuth;
    sign(certificate,
         wish.issuer == Issuer::Self ? nullptr : &roots_[static_cast<std::size_t>(wish.issuer)],
         issued.key);
    issued.description.issuer = label_of(wish.issuer);
    issued.description.expired = wish.expired;
    issued.sha256 = tls::fingerprint(certificate);
    return issued_.emplace_back(std::move(issued));
}

bool Pki::may_hold_fingerprint(std::string_view text) {
    std::size_t digits = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool digit =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (digit && ++digits == 64) return true;
        if (!digit && c != ':') digits = 0;
        if (c == '\\' && i + 1 < text.size() && text[i + 1] == 'x') return true;
    }
    return false;
}

std::string Pki::without_fingerprints(std::string text) const {
    for (const Issued& one : issued_) {
        const std::string label = cat("<sha256 of ", one.wish.name, " ", word_of(one.wish.issuer),
                                      one.wish.expired ? " expired>" : ">");
        replace_all(text, one.sha256, label);
        std::string colons;
        std::string digest;
        for (std::size_t i = 0; i < one.sha256.size(); i += 2) {
            if (i) colons += ':';
            for (const char c : one.sha256.substr(i, 2)) {
                colons += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
            }
            const auto digit = [&](std::size_t at) {
                return std::string_view("0123456789abcdef").find(one.sha256[at]);
            };
            digest += static_cast<char>(digit(i) << 4 | digit(i + 1));
        }
        replace_all(text, colons, label);
        const std::string shown = python_repr(digest);
        std::string in_json;
        for (const char c : shown) {
            if (c == '\\' || c == '"') in_json += '\\';
            in_json += c;
        }
        replace_all(text, shown, label);
        replace_all(text, in_json, label);
    }
    return text;
}

CertificateWish genuine_wish(const HostEntry& host) {
    CertificateWish wish;
    wish.name = host.certificate_name.empty() ? host.name : host.certificate_name;
    wish.issuer = host.owned_by_attacker ? Issuer::Public : host.issuer;
    wish.expired = host.expired;
    if (host.ip_san) wish.address = host.address;
    wish.names = host.certificate_names;
    wish.san = !host.common_name_only;
    wish.key_of_attacker = host.owned_by_attacker;
    return wish;
}

}  // namespace wh::world
