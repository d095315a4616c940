#include "tls/suite.h"

#include <algorithm>

#include "base/encoding.h"

namespace wh::tls {
namespace {

constexpr std::size_t kRecordMax = 16'384;
constexpr std::size_t kTagBytes = 16;

// The first 64 bits of the fractional parts of the cube roots of the first 80 primes.
constexpr std::uint64_t kRounds[80] = {
    0x428A2F98D728AE22, 0x7137449123EF65CD, 0xB5C0FBCFEC4D3B2F, 0xE9B5DBA58189DBBC,
    0x3956C25BF348B538, 0x59F111F1B605D019, 0x923F82A4AF194F9B, 0xAB1C5ED5DA6D8118,
    0xD807AA98A3030242, 0x12835B0145706FBE, 0x243185BE4EE4B28C, 0x550C7DC3D5FFB4E2,
    0x72BE5D74F27B896F, 0x80DEB1FE3B1696B1, 0x9BDC06A725C71235, 0xC19BF174CF692694,
    0xE49B69C19EF14AD2, 0xEFBE4786384F25E3, 0x0FC19DC68B8CD5B5, 0x240CA1CC77AC9C65,
    0x2DE92C6F592B0275, 0x4A7484AA6EA6E483, 0x5CB0A9DCBD41FBD4, 0x76F988DA831153B5,
    0x983E5152EE66DFAB, 0xA831C66D2DB43210, 0xB00327C898FB213F, 0xBF597FC7BEEF0EE4,
    0xC6E00BF33DA88FC2, 0xD5A79147930AA725, 0x06CA6351E003826F, 0x142929670A0E6E70,
    0x27B70A8546D22FFC, 0x2E1B21385C26C926, 0x4D2C6DFC5AC42AED, 0x53380D139D95B3DF,
    0x650A73548BAF63DE, 0x766A0ABB3C77B2A8, 0x81C2C92E47EDAEE6, 0x92722C851482353B,
    0xA2BFE8A14CF10364, 0xA81A664BBC423001, 0xC24B8B70D0F89791, 0xC76C51A30654BE30,
    0xD192E819D6EF5218, 0xD69906245565A910, 0xF40E35855771202A, 0x106AA07032BBD1B8,
    0x19A4C116B8D2D0C8, 0x1E376C085141AB53, 0x2748774CDF8EEB99, 0x34B0BCB5E19B48A8,
    0x391C0CB3C5C95A63, 0x4ED8AA4AE3418ACB, 0x5B9CCA4F7763E373, 0x682E6FF3D6B2B8A3,
    0x748F82EE5DEFB2FC, 0x78A5636F43172F60, 0x84C87814A1F0AB72, 0x8CC702081A6439EC,
    0x90BEFFFA23631E28, 0xA4506CEBDE82BDE9, 0xBEF9A3F7B2C67915, 0xC67178F2E372532B,
    0xCA273ECEEA26619C, 0xD186B8C721C0C207, 0xEADA7DD6CDE0EB1E, 0xF57D4F7FEE6ED178,
    0x06F067AA72176FBA, 0x0A637DC5A2C898A6, 0x113F9804BEF90DAE, 0x1B710B35131C471B,
    0x28DB77F523047D84, 0x32CAAB7B40C72493, 0x3C9EBE0A15C9BEBC, 0x431D67C49C100D4C,
    0x4CC5D4BECB3E42B6, 0x597F299CFC657E2A, 0x5FCB6FAB3AD6FAEC, 0x6C44198C4A475817,
};
constexpr std::uint64_t kStart384[8] = {
    0xCBBB9D5DC1059ED8, 0x629A292A367CD507, 0x9159015A3070DD17, 0x152FECD8F70E5939,
    0x67332667FFC00B31, 0x8EB44A8768581511, 0xDB0C2E0D64F98FA7, 0x47B5481DBEFA4FA4,
};

std::uint64_t rotated(std::uint64_t x, int by) {
    return x >> by | x << (64 - by);
}

void compress(std::uint64_t (&state)[8], const unsigned char* block) {
    std::uint64_t w[80], v[8];
    for (int i = 0; i < 16; ++i) {
        w[i] = 0;
        for (int j = 0; j < 8; ++j) w[i] = w[i] << 8 | block[8 * i + j];
    }
    for (int i = 16; i < 80; ++i) {
        const std::uint64_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (rotated(a, 1) ^ rotated(a, 8) ^ a >> 7) + w[i - 7] +
               (rotated(b, 19) ^ rotated(b, 61) ^ b >> 6);
    }
    std::copy(state, state + 8, v);
    for (int i = 0; i < 80; ++i) {
        const std::uint64_t e = v[4], a = v[0];
        const std::uint64_t t1 = v[7] + (rotated(e, 14) ^ rotated(e, 18) ^ rotated(e, 41)) +
                                 ((e & v[5]) ^ (~e & v[6])) + kRounds[i] + w[i];
        const std::uint64_t t2 = (rotated(a, 28) ^ rotated(a, 34) ^ rotated(a, 39)) +
                                 ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));
        for (int j = 7; j > 0; --j) v[j] = v[j - 1];
        v[4] += t1;
        v[0] = t1 + t2;
    }
    for (int i = 0; i < 8; ++i) state[i] += v[i];
}

// Multiplication by x in AES's field.
unsigned char doubled(unsigned char x) {
    return static_cast<unsigned char>(x << 1 ^ (x & 0x80 ? 0x1B : 0));
}

}  // namespace

std::string sha384(std::string_view bytes) {
    std::string padded(bytes);
    padded += '\x80';
    padded.append((240 - padded.size() % 128) % 128, '\0');
    put32(padded, 0);
    put32(padded, 0);
    put32(padded, static_cast<std::uint32_t>(std::uint64_t{bytes.size()} >> 29));
    put32(padded, static_cast<std::uint32_t>(bytes.size() << 3));
    std::uint64_t state[8];
    std::copy(kStart384, kStart384 + 8, state);
    for (std::size_t at = 0; at < padded.size(); at += 128) {
        compress(state, reinterpret_cast<const unsigned char*>(padded.data()) + at);
    }
    std::string out;
    for (int i = 0; i < 6; ++i) {
        put32(out, static_cast<std::uint32_t>(state[i] >> 32));
        put32(out, static_cast<std::uint32_t>(state[i]));
    }
    return out;
}

std::string hmac_sha384(std::string_view key, std::string_view message) {
    std::string inner = key.size() > 128 ? sha384(key) : std::string(key);
    inner.resize(128, '\0');
    std::string outer = inner;
    for (char& c : inner) c = static_cast<char>(c ^ 0x36);
    for (char& c : outer) c = static_cast<char>(c ^ 0x5C);
    inner += message;
    return sha384(outer + sha384(inner));
}

std::string expand_label(std::string_view secret, std::string_view label, std::string_view context,
                         std::size_t size) {
    std::string info;
    put16(info, static_cast<unsigned>(size));
    put8(info, static_cast<unsigned>(label.size() + 6));
    info += "tls13 ";
    info += label;
    put8(info, static_cast<unsigned>(context.size()));
    info += context;
    info += '\x01';
    return hmac_sha384(secret, info).substr(0, size);
}

std::string derive_secret(std::string_view secret, std::string_view label,
                          std::string_view transcript) {
    return expand_label(secret, label, sha384(transcript), kHashBytes);
}

// --- AES-256-GCM
// ----------------------------------------------------------------------------------

Aes256Gcm::Aes256Gcm(std::string_view key) {
    // The S-box: inverses in the field (3 generates it), then an affine map (FIPS 197).
    unsigned char p = 1, q = 1;
    do {
        p = static_cast<unsigned char>(p ^ doubled(p));  // times 3
        for (int shift = 1; shift <= 4; shift *= 2) {    // divided by 3
            q = static_cast<unsigned char>(q ^ q << shift);
        }
        if (q & 0x80) q ^= 0x09;
        unsigned x = q;
        for (int by = 1; by <= 4; ++by) x ^= static_cast<unsigned>(q << by | q >> (8 - by));
        box_[p] = static_cast<unsigned char>(x ^ 0x63);
    } while (p != 1);
    box_[0] = 0x63;
    unsigned char* const words = keys_[0].data();  // 60 words, one behind the other
    std::copy(key.begin(), key.end(), words);
    unsigned char constant = 1;
    for (std::size_t i = 8; i < 60; ++i) {
        unsigned char word[4];
        std::copy(words + 4 * (i - 1), words + 4 * i, word);
        if (i % 8 == 0) {
            std::rotate(word, word + 1, word + 4);
            for (unsigned char& c : word) c = box_[c];
            word[0] ^= constant;
            constant = doubled(constant);
        } else if (i % 8 == 4) {
            for (unsigned char& c : word) c = box_[c];
        }
        for (std::size_t j = 0; j < 4; ++j) words[4 * i + j] = words[4 * (i - 8) + j] ^ word[j];
    }
    encrypt(hash_key_);
}

void Aes256Gcm::encrypt(Block& block) const {
    const auto add_key = [&](std::size_t round) {
        for (std::size_t i = 0; i < 16; ++i) block[i] ^= keys_[round][i];
    };
    add_key(0);
    for (std::size_t round = 1; round < keys_.size(); ++round) {
        Block next;
        for (std::size_t i = 0; i < 16; ++i) next[i] = box_[block[(i + 4 * (i % 4)) % 16]];
        block = next;
        for (std::size_t i = 0; round + 1 < keys_.size() && i < 16; i += 4) {
            const unsigned char all = next[i] ^ next[i + 1] ^ next[i + 2] ^ next[i + 3];
            for (std::size_t j = 0; j < 4; ++j) {
                const unsigned char pair = next[i + j] ^ next[i + (j + 1) % 4];
                block[i + j] = static_cast<unsigned char>(next[i + j] ^ all ^ doubled(pair));
            }
        }
        add_key(round);
    }
}

// GHASH over the bytes, zeros to the end of the block.
void Aes256Gcm::mix(Block& hash, std::string_view bytes) const {
    for (std::size_t at = 0; at < bytes.size(); at += 16) {
        for (std::size_t i = 0; i < 16 && at + i < bytes.size(); ++i) {
            hash[i] ^= static_cast<unsigned char>(bytes[at + i]);
        }
        Block product{}, factor = hash_key_;
        for (std::size_t bit = 0; bit < 128; ++bit) {
            if (hash[bit / 8] >> (7 - bit % 8) & 1) {
                for (std::size_t i = 0; i < 16; ++i) product[i] ^= factor[i];
            }
            const bool carry = (factor[15] & 1) != 0;
            for (std::size_t i = 15; i > 0; --i) {
                factor[i] = static_cast<unsigned char>(factor[i] >> 1 | factor[i - 1] << 7);
            }
            factor[0] = static_cast<unsigned char>(factor[0] >> 1 ^ (carry ? 0xE1 : 0));
        }
        hash = product;
    }
}

std::string Aes256Gcm::seal(std::string_view nonce, std::string_view extra,
                            std::string_view plain) const {
    Block counter{};
    std::copy(nonce.begin(), nonce.end(), counter.begin());
    const auto key_stream = [&](std::uint32_t number) {
        Block block = counter;
        for (std::size_t i = 0; i < 4; ++i) {
            block[12 + i] = static_cast<unsigned char>(number >> (24 - 8 * i));
        }
        encrypt(block);
        return block;
    };
    std::string out(plain);
    for (std::size_t at = 0; at < out.size(); at += 16) {
        const Block stream = key_stream(static_cast<std::uint32_t>(at / 16 + 2));
        for (std::size_t i = 0; i < 16 && at + i < out.size(); ++i) {
            out[at + i] = static_cast<char>(out[at + i] ^ static_cast<char>(stream[i]));
        }
    }
    Block tag{};
    mix(tag, extra);
    mix(tag, out);
    std::string lengths;
    for (const std::size_t size : {extra.size(), out.size()}) {
        put32(lengths, static_cast<std::uint32_t>(std::uint64_t{size} >> 29));
        put32(lengths, static_cast<std::uint32_t>(size << 3));
    }
    mix(tag, lengths);
    const Block stream = key_stream(1);
    for (std::size_t i = 0; i < kTagBytes; ++i) out += static_cast<char>(tag[i] ^ stream[i]);
    return out;
}

// --- records
// --------------------------------------------------------------------------------------

TrafficKey::TrafficKey(std::string_view secret)
    : cipher_(expand_label(secret, "key", {}, 32)), iv_(expand_label(secret, "iv", {}, 12)) {}

void TrafficKey::seal(std::string& out, unsigned type, std::string_view data) {
    do {
        std::string inner(data.substr(0, kRecordMax));
        data.remove_prefix(inner.size());
        put8(inner, type);
        std::string nonce = iv_;
        for (std::size_t i = 0; i < 8; ++i) {
            nonce[11 - i] =
                static_cast<char>(nonce[11 - i] ^ static_cast<char>(sequence_ >> (8 * i)));
        }
        ++sequence_;
        std::string head("\x17\x03\x03");
        put16(head, static_cast<unsigned>(inner.size() + kTagBytes));
        out += head;
        out += cipher_.seal(nonce, head, inner);
    } while (!data.empty());
}

}  // namespace wh::tls
