// _codec: Base64 and message digests for base64, binascii and hashlib.
#include <array>

#include "base/encoding.h"
#include "base/sha256.h"
#include "libraries/library.h"

namespace wh::libraries {

namespace {

const std::string* data_of(const Value& value) {
    const program::Bytes* bytes = program::as_bytes(value);
    return bytes ? &bytes->data : nullptr;
}

Value no_bytes(Vm& vm) {
    return vm.raise(vm.types().type_error, "a bytes-like object is required");
}

Value encode(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "base64_encode", "data", bound)) return {};
    const std::string* data = data_of(bound["data"]);
    if (!data) return no_bytes(vm);
    const trust::SymbolicText text = vm.symbolic(bound["data"]);
    const trust::Origin* origin = bound["data"].origin;
    if (!origin && !text.parts.empty()) origin = text.parts.front().origin;
    return vm.bytes(base64(*data), origin);
}

// Without `strict`, what is not of the alphabet is skipped (binascii.a2b_base64).
Value decode(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "base64_decode", "data, strict", bound)) return {};
    const std::string* data = data_of(bound["data"]);
    if (!data) return no_bytes(vm);
    std::string clean;
    for (const char c : *data) {
        const bool known = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                           (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '=';
        if (known) {
            clean += c;
        } else if (bound["strict"].is_true()) {
            return Value::none();
        }
    }
    const std::optional<std::string> out = base64_decode(clean);
    return out ? vm.bytes(*out, bound["data"].origin) : Value::none();
}

// RFC 1321.
std::string md5(std::string_view message) {
    constexpr std::array<unsigned, 16> kShifts = {7, 12, 17, 22, 5, 9,  14, 20,
                                                  4, 11, 16, 23, 6, 10, 15, 21};
    // floor(2^32 * |sin(i + 1)|)
    constexpr std::array<std::uint32_t, 64> kSines = {
        0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613,
        0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193,
        0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d,
        0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed,
        0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122,
        0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa,
        0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244,
        0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
        0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb,
        0xeb86d391};
    std::string padded(message);
    padded += '\x80';
    while (padded.size() % 64 != 56) padded += '\0';
    const std::uint64_t bits = static_cast<std::uint64_t>(message.size()) * 8;
    for (unsigned i = 0; i < 8; ++i) padded += static_cast<char>(bits >> (8 * i) & 0xFF);
    std::array<std::uint32_t, 4> state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    for (std::size_t block = 0; block < padded.size(); block += 64) {
        std::array<std::uint32_t, 16> words{};
        for (std::size_t i = 0; i < 64; ++i) {
            words[i / 4] |=
                static_cast<std::uint32_t>(static_cast<unsigned char>(padded[block + i]))
                << (8 * (i % 4));
        }
        auto [a, b, c, d] = state;
        for (unsigned i = 0; i < 64; ++i) {
            std::uint32_t mixed = 0;
            unsigned word = i;
            if (i < 16) {
                mixed = (b & c) | (~b & d);
            } else if (i < 32) {
                mixed = (d & b) | (~d & c);
                word = (5 * i + 1) % 16;
            } else if (i < 48) {
                mixed = b ^ c ^ d;
                word = (3 * i + 5) % 16;
            } else {
                mixed = c ^ (b | ~d);
                word = (7 * i) % 16;
            }
            const std::uint32_t sum = a + mixed + kSines[i] + words[word];
            const unsigned shift = kShifts[i / 16 * 4 + i % 4];
            a = d;
            d = c;
            c = b;
            b += sum << shift | sum >> (32 - shift);
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }
    std::string out;
    for (const std::uint32_t word : state) {
        for (unsigned i = 0; i < 4; ++i) out += static_cast<char>(word >> (8 * i) & 0xFF);
    }
    return out;
}

bool is_prime(std::uint32_t number) {
    for (std::uint32_t i = 2; i * i <= number; ++i) {
        if (number % i == 0) return false;
    }
    return true;
}

// The first 64 bits of the fractional part of the root (2: square, 3: cube) of a small number,
// found by halving: how FIPS 180-4 defines SHA-512's constants.
std::uint64_t root_fraction(std::uint32_t number, int power) {
    // r = floor(root * 2^64); compare (r / 2^64)^power with number, in pieces of 32 bits.
    std::uint64_t whole = 1;
    const auto raised = [&](std::uint64_t x) { return power == 2 ? x * x : x * x * x; };
    while (raised(whole + 1) <= number) ++whole;
    std::uint64_t fraction = 0;
    for (int bit = 63; bit >= 0; --bit) {
        const std::uint64_t trial = fraction | 1ULL << bit;
        // limbs of (whole + trial / 2^64), least first
        const std::array<std::uint64_t, 3> base = {trial & 0xFFFFFFFF, trial >> 32, whole};
        std::array<std::uint64_t, 10> product{};
        product[0] = 1;
        for (int step = 0; step < power; ++step) {
            std::array<std::uint64_t, 10> next{};
            for (std::size_t i = 0; i < 7; ++i) {
                std::uint64_t carry = 0;
                for (std::size_t k = 0; k < 3; ++k) {
                    const std::uint64_t sum = next[i + k] + product[i] * base[k] + carry;
                    next[i + k] = sum & 0xFFFFFFFF;
                    carry = sum >> 32;
                }
                next[i + 3] += carry;
            }
            product = next;
        }
        std::uint64_t integral = 0;
        const std::size_t point = static_cast<std::size_t>(power) * 2;
        integral = product[point] + (product[point + 1] << 32);
        if (integral < number) fraction = trial;
    }
    return fraction;
}

// FIPS 180-4 section 6.4.
struct Sha512Constants {
    std::array<std::uint64_t, 80> cubes{};
    std::array<std::uint64_t, 8> squares{};
    Sha512Constants() {
        std::size_t found = 0;
        for (std::uint32_t number = 2; found < 80; ++number) {
            if (!is_prime(number)) continue;
            if (found < 8) squares[found] = root_fraction(number, 2);
            cubes[found++] = root_fraction(number, 3);
        }
    }
};

std::string sha512(std::string_view message) {
    static const Sha512Constants kConstants;
    const std::array<std::uint64_t, 80>& constants = kConstants.cubes;
    std::array<std::uint64_t, 8> state = kConstants.squares;
    std::string padded(message);
    padded += '\x80';
    while (padded.size() % 128 != 120) padded += '\0';
    put32(padded, 0);
    put32(padded, static_cast<std::uint32_t>(message.size() * 8));
    const auto rotate = [](std::uint64_t x, unsigned n) { return x >> n | x << (64 - n); };
    for (std::size_t block = 0; block < padded.size(); block += 128) {
        std::array<std::uint64_t, 80> words{};
        for (std::size_t i = 0; i < 16; ++i) {
            words[i] = static_cast<std::uint64_t>(get32(padded, block + i * 8)) << 32 |
                       get32(padded, block + i * 8 + 4);
        }
        for (std::size_t i = 16; i < 80; ++i) {
            const std::uint64_t s0 =
                rotate(words[i - 15], 1) ^ rotate(words[i - 15], 8) ^ words[i - 15] >> 7;
            const std::uint64_t s1 =
                rotate(words[i - 2], 19) ^ rotate(words[i - 2], 61) ^ words[i - 2] >> 6;
            words[i] = words[i - 16] + s0 + words[i - 7] + s1;
        }
        std::array<std::uint64_t, 8> v = state;
        for (std::size_t i = 0; i < 80; ++i) {
            const std::uint64_t s1 = rotate(v[4], 14) ^ rotate(v[4], 18) ^ rotate(v[4], 41);
            const std::uint64_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
            const std::uint64_t t1 = v[7] + s1 + choice + constants[i] + words[i];
            const std::uint64_t s0 = rotate(v[0], 28) ^ rotate(v[0], 34) ^ rotate(v[0], 39);
            const std::uint64_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
            for (std::size_t k = 7; k > 0; --k) v[k] = v[k - 1];
            v[4] += t1;
            v[0] = t1 + s0 + majority;
        }
        for (std::size_t i = 0; i < 8; ++i) state[i] += v[i];
    }
    std::string out;
    for (const std::uint64_t word : state) {
        put32(out, static_cast<std::uint32_t>(word >> 32));
        put32(out, static_cast<std::uint32_t>(word));
    }
    return out;
}

std::string digest_of(std::string_view name, std::string_view data) {
    if (name == "md5") return md5(data);
    if (name == "sha1") return sha1(data);
    if (name == "sha512") return sha512(data);
    return sha256(data);
}

Value digest(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "digest", "name, data", bound)) return {};
    const std::string* data = data_of(bound["data"]);
    if (!data) return no_bytes(vm);
    // What is only a digest of a secret is no secret any more: no origin.
    return vm.bytes(digest_of(program::text_of(bound["name"]), *data));
}

// PBKDF2 (RFC 8018 section 5.2). Beyond a few thousand rounds the time for it is not there.
Value pbkdf2(Vm& vm, Arguments& arguments) {
    constexpr std::int64_t kRoundsMax = 5000;
    Bound bound;
    if (!arguments.bind(vm, "pbkdf2", "name, password, salt, rounds, size, block", bound))
        return {};
    const std::string* password = data_of(bound["password"]);
    const std::string* salt = data_of(bound["salt"]);
    if (!password || !salt) return no_bytes(vm);
    const std::string_view name = program::text_of(bound["name"]);
    const std::int64_t rounds = bound["rounds"].integer;
    const auto size = static_cast<std::size_t>(bound["size"].integer);
    const auto block = static_cast<std::size_t>(bound["block"].integer);
    if (rounds > kRoundsMax || size > 256) return vm.not_modelled("pbkdf2_hmac with many rounds");
    std::string key = password->size() > block ? digest_of(name, *password) : *password;
    key.resize(block);
    std::string inner = key;
    std::string outer = key;
    for (char& c : inner) c = static_cast<char>(c ^ 0x36);
    for (char& c : outer) c = static_cast<char>(c ^ 0x5C);
    const auto mac = [&](const std::string& data) {
        return digest_of(name, outer + digest_of(name, inner + data));
    };
    std::string out;
    for (std::uint32_t index = 1; out.size() < size; ++index) {
        std::string seed = *salt;
        put32(seed, index);
        std::string last = mac(seed);
        std::string total = last;
        for (std::int64_t i = 1; i < rounds; ++i) {
            last = mac(last);
            for (std::size_t k = 0; k < total.size(); ++k)
                total[k] = static_cast<char>(total[k] ^ last[k]);
        }
        out += total;
    }
    return vm.bytes(out.substr(0, size));
}

void install(Vm& vm, Module& module) {
    vm.function(module, "base64_encode", &encode);
    vm.function(module, "base64_decode", &decode);
    vm.function(module, "digest", &digest);
    vm.function(module, "pbkdf2", &pbkdf2);
}

constexpr ModuleInstaller kModules[] = {{"_codec", &install}};

}  // namespace

const Library& library_codec_native() {
    static const Library library{"_codec", "3.13",   "Base64 and message digests",
                                 false,    kModules, {}};
    return library;
}

}  // namespace wh::libraries
