// SHA-256 (FIPS 180-4): identifies traces and fingerprints certificates.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace wh {

// Incremental, for texts that are not at hand in one piece.
class Sha256 {
  public:
    Sha256();
    void add(std::string_view bytes);
    // The 32 raw bytes. Nothing may be added afterwards.
    std::string finish();

  private:
    void block(const unsigned char* data);

    std::array<std::uint32_t, 8> state_;
    std::array<unsigned char, 64> pending_{};
    std::size_t pending_size_ = 0;
    std::uint64_t length_ = 0;
};

std::string sha256(std::string_view bytes);      // 32 raw bytes
std::string sha256_hex(std::string_view bytes);  // 64 lower-case digits

}  // namespace wh
