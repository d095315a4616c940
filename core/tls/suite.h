// TLS_AES_256_GCM_SHA384 (RFC 8446 appendix B.4), as far as it takes to write records that other
// programs decrypt: SHA-384, HMAC, HKDF, AES-256 in Galois/Counter mode. For captures only: nothing
// here is constant-time, and nobody's secret depends on it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace wh::tls {

inline constexpr std::size_t kHashBytes = 48;

std::string sha384(std::string_view bytes);                               // FIPS 180-4
std::string hmac_sha384(std::string_view key, std::string_view message);  // RFC 2104
// HKDF-Expand-Label and Derive-Secret, RFC 8446 section 7.1; at most 48 bytes.
std::string expand_label(std::string_view secret, std::string_view label, std::string_view context,
                         std::size_t size);
std::string derive_secret(std::string_view secret, std::string_view label,
                          std::string_view transcript);

// AES-256-GCM (NIST SP 800-38D) with one key.
class Aes256Gcm {
  public:
    explicit Aes256Gcm(std::string_view key);
    // Ciphertext and tag.
    [[nodiscard]] std::string seal(std::string_view nonce, std::string_view extra,
                                   std::string_view plain) const;

  private:
    using Block = std::array<unsigned char, 16>;
    void encrypt(Block& block) const;
    void mix(Block& hash, std::string_view bytes) const;

    std::array<std::array<unsigned char, 16>, 15> keys_{};
    std::array<unsigned char, 256> box_{};
    Block hash_key_{};
};

// One direction of a connection under one traffic secret (RFC 8446 sections 5.2, 5.3).
class TrafficKey {
  public:
    explicit TrafficKey(std::string_view secret);
    // Appends records with this content.
    void seal(std::string& out, unsigned type, std::string_view data);

  private:
    Aes256Gcm cipher_;
    std::string iv_;
    std::uint64_t sequence_ = 0;
};

}  // namespace wh::tls
