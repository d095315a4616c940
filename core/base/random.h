// Our own generator and integer distribution: the standard ones differ between libstdc++ and libc++,
// and a run must be the same byte for byte natively and in Wasm. The seed is always an argument.
#pragma once

#include <cstdint>
#include <string_view>

namespace wh {

// SplitMix64 (Steele, Lea, Flood 2014): tiny, and every seed is a good one.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    // Uniform in [0, bound); bound > 0. Unbiased (rejection).
    std::uint64_t below(std::uint64_t bound) {
        const std::uint64_t threshold = (0 - bound) % bound;
        for (;;) {
            const std::uint64_t drawn = next();
            if (drawn >= threshold) return drawn % bound;
        }
    }

  private:
    std::uint64_t state_;
};

// A seed for a named part of a run, so that adding one part does not shift the draws of another.
inline std::uint64_t derive_seed(std::uint64_t seed, std::string_view part) {
    std::uint64_t hash = 0xCBF29CE484222325ULL ^ seed;  // FNV-1a
    for (const char c : part) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001B3ULL;
    }
    return hash;
}

}  // namespace wh
