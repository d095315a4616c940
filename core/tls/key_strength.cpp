#include "tls/key_strength.h"

#include <algorithm>

namespace wh::tls {
namespace {

struct Step {
    int from;
    int bits;
};

// ossl_ifc_ffc_compute_security_bits (SP 800-56B rev. 2 appendix D): the smallest moduli that reach
// each level's bits, computed with OpenSSL 3.0's integer arithmetic.
constexpr Step kModulus[] = {{13914, 256}, {6947, 192}, {2671, 128}, {1963, 112}, {920, 80}};
// ec_security_bits, BN_security_bits.
constexpr Step kCurve[] = {{512, 256}, {384, 192}, {256, 128}, {224, 112}, {160, 80}};
constexpr Step kDsa[] = {{15360, 256}, {7680, 192}, {3072, 128}, {2048, 112}, {1024, 80}};
constexpr int kLevelBits[] = {0, 80, 112, 128, 192, 256};

struct Hash {
    std::string_view name;
    int bits;
};
// Half the output; MD5 and SHA-1 are known to be broken.
constexpr Hash kHashes[] = {{"SHA256", 128}, {"SHA384", 192}, {"SHA512", 256},
                            {"SHA1", 63},    {"SHA224", 112}, {"MD5", 39}};

template <std::size_t N>
int look_up(const Step (&steps)[N], int value) {
    for (const Step& step : steps) {
        if (value >= step.from) return step.bits;
    }
    return 0;
}

int bits_of_level(int level) {
    return kLevelBits[std::clamp(level, 0, 5)];
}

}  // namespace

int key_security_bits(const Certificate& certificate) {
    const std::string_view type = certificate.key_type;
    if (type == "EC") return look_up(kCurve, certificate.key_bits);
    if (type == "RSA" || type == "RSA-PSS") return look_up(kModulus, certificate.key_bits);
    if (type == "DSA") return look_up(kDsa, certificate.key_bits);
    if (type == "ED25519") return 128;
    if (type == "ED448") return 224;
    return 0;
}

int signature_security_bits(const Certificate& certificate) {
    const std::string_view algorithm = certificate.signature_algorithm;
    if (algorithm == "ED25519") return 128;
    if (algorithm == "ED448") return 224;
    const std::size_t dash = algorithm.rfind('-');
    if (dash == std::string_view::npos) return -1;
    for (const Hash& hash : kHashes) {
        if (hash.name == algorithm.substr(dash + 1)) return hash.bits;
    }
    return -1;
}

bool key_makes(std::string_view key_type, std::string_view algorithm) {
    if (key_type.empty()) return false;
    if (algorithm == "ED25519" || algorithm == "ED448") return key_type == algorithm;
    const std::string_view made_by = algorithm.substr(0, algorithm.rfind('-'));
    return made_by == key_type || (made_by == "RSA-PSS" && key_type == "RSA");
}

bool key_meets(const Certificate& certificate, int level) {
    return level <= 0 || key_security_bits(certificate) >= bits_of_level(level);
}

bool signature_meets(const Certificate& certificate, int level) {
    return level <= 0 || signature_security_bits(certificate) >= bits_of_level(level);
}

}  // namespace wh::tls
