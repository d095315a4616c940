// The authorities of the simulated world and what they issue: the counterpart of the lab's pki.py.
// A "public" root that every machine trusts, an "internal" one that nobody trusts who does not name
// its file, a "legacy" one made as many company authorities were made (no key usage, no key
// identifiers in what it signs), and whoever signs for himself.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tls/certificate.h"
#include "world/outcome.h"
#include "world/scenario.h"

namespace wh::world {

inline constexpr std::string_view kAttackerOwnName = "attacker-owned.example";
inline constexpr std::string_view kClientName = "acme-app";

// What somebody wants in a certificate.
struct CertificateWish {
    std::string name;
    Issuer issuer = Issuer::Public;
    bool expired = false;
    std::string address;             // empty: none
    std::vector<std::string> names;  // DNS names, if not just `name`
    bool san = true;                 // false: the name stands only in the subject
    bool key_of_attacker = false;    // he made the key himself (else: the owner of the name)
    friend bool operator==(const CertificateWish&, const CertificateWish&) = default;
};

struct Issued {
    CertificateWish wish;
    tls::Certificate certificate;
    std::string key;
    CertificateDescription description;
    std::string sha256;
};

class Pki {
  public:
    // `now`: seconds since 1970; validities are counted from it.
    explicit Pki(std::int64_t now);
    // Issues, or hands out again. Addresses are stable.
    const Issued& leaf(const CertificateWish& wish);

    [[nodiscard]] const tls::Certificate& public_root() const { return roots_[0]; }
    [[nodiscard]] const tls::Certificate& internal_root() const { return roots_[1]; }
    [[nodiscard]] const tls::Certificate& legacy_root() const { return roots_[2]; }
    // The app's own certificate, for servers that demand one: by the internal authority.
    [[nodiscard]] tls::Certificate client() const;
    [[nodiscard]] std::string client_key() const { return "key of the app"; }
    // Fingerprints in a text become "<sha256 of NAME ISSUER>", in each form that libraries print.
    // A quick look, to spare the work.
    static bool may_hold_fingerprint(std::string_view text);
    [[nodiscard]] std::string without_fingerprints(std::string text) const;
    [[nodiscard]] std::int64_t now() const { return now_; }

  private:
    void sign(tls::Certificate& certificate, const tls::Certificate* issuer,
              const std::string& own_key) const;
    std::int64_t now_;
    tls::Certificate roots_[3];
    std::deque<Issued> issued_;
};

// The genuine certificate of a host of a scenario.
CertificateWish genuine_wish(const HostEntry& host);

}  // namespace wh::world
