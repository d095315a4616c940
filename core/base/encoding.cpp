#include "base/encoding.h"

#include <array>

namespace wh {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::uint32_t rotate_left(std::uint32_t x, int n) {
    return (x << n) | (x >> (32 - n));
}

}  // namespace

std::string base64(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t left = bytes.size() - i;
        const std::uint32_t group =
            static_cast<std::uint32_t>(get8(bytes, i)) << 16 |
            (left > 1 ? static_cast<std::uint32_t>(get8(bytes, i + 1)) << 8 : 0) |
            (left > 2 ? get8(bytes, i + 2) : 0U);
        out += kAlphabet[group >> 18];
        out += kAlphabet[group >> 12 & 63];
        out += left > 1 ? kAlphabet[group >> 6 & 63] : '=';
        out += left > 2 ? kAlphabet[group & 63] : '=';
    }
    return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
    std::string out;
    std::uint32_t group = 0;
    int bits = 0;
    for (const char c : text) {
        if (c == '\n' || c == '\r' || c == '=') continue;
        const std::size_t value = kAlphabet.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        group = group << 6 | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out += static_cast<char>(group >> bits & 0xFF);
        }
    }
    return out;
}

std::string sha1(std::string_view bytes) {
    std::string padded(bytes);
    padded += '\x80';
    while (padded.size() % 64 != 56) padded += '\0';
    const std::uint64_t bits = static_cast<std::uint64_t>(bytes.size()) * 8;
    put32(padded, static_cast<std::uint32_t>(bits >> 32));
    put32(padded, static_cast<std::uint32_t>(bits));
    std::array<std::uint32_t, 5> h = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    for (std::size_t block = 0; block < padded.size(); block += 64) {
        std::array<std::uint32_t, 80> w;
        for (std::size_t i = 0; i < 16; ++i) w[i] = get32(padded, block + 4 * i);
        for (std::size_t i = 16; i < 80; ++i) {
            w[i] = rotate_left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
        }
        std::uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
        for (std::size_t i = 0; i < 80; ++i) {
            std::uint32_t f = b ^ c ^ d, k = 0x6ED9EBA1;
            if (i < 20) {
                f = (b & c) | (~b & d);
                k = 0x5A827999;
            } else if (i >= 60) {
                k = 0xCA62C1D6;
            } else if (i >= 40) {
                f = (b & c) | (b & d) | (c & d);
                k = 0x8F1BBCDC;
            }
            const std::uint32_t next = rotate_left(a, 5) + f + e + k + w[i];
            e = d;
            d = c;
            c = rotate_left(b, 30);
            b = a;
            a = next;
        }
        h[0] += a;
        h[1] += b;
        h[2] += c;
        h[3] += d;
        h[4] += e;
    }
    std::string digest;
    for (const std::uint32_t word : h) put32(digest, word);
    return digest;
}

void put8(std::string& out, unsigned value) {
    out += static_cast<char>(value & 0xFF);
}
void put16(std::string& out, unsigned value) {
    put8(out, value >> 8);
    put8(out, value);
}
void put24(std::string& out, unsigned value) {
    put8(out, value >> 16);
    put16(out, value);
}
void put32(std::string& out, std::uint32_t value) {
    put16(out, value >> 16);
    put16(out, value);
}
std::uint8_t get8(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint8_t>(bytes[at]);
}
std::uint16_t get16(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint16_t>(get8(bytes, at) << 8 | get8(bytes, at + 1));
}
std::uint32_t get24(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint32_t>(get8(bytes, at)) << 16 | get16(bytes, at + 1);
}
std::uint32_t get32(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint32_t>(get16(bytes, at)) << 16 | get16(bytes, at + 2);
}

}  // namespace wh
