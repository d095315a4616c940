#include "tls/der.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>

#include "base/address.h"
#include "base/encoding.h"
#include "base/sha256.h"
#include "base/text.h"

namespace wh::tls {
namespace {

enum Tag : unsigned {
    kBoolean = 1,
    kInteger = 2,
    kBitString = 3,
    kOctetString = 4,
    kNull = 5,
    kOid = 6,
    kUtf8 = 0x0C,
    kIa5 = 0x16,
    kUtcTime = 0x17,
    kGeneralizedTime = 0x18,
    kSequence = 0x30,
    kSet = 0x31,
};

struct Known {
    std::string_view word;
    std::string_view oid;
};
constexpr Known kAttributes[] = {{"CN", "2.5.4.3"},
                                 {"C", "2.5.4.6"},
                                 {"L", "2.5.4.7"},
                                 {"ST", "2.5.4.8"},
                                 {"O", "2.5.4.10"},
                                 {"OU", "2.5.4.11"},
                                 {"emailAddress", "1.2.840.113549.1.9.1"}};
constexpr Known kSignatures[] = {{"EC-SHA256", "1.2.840.10045.4.3.2"},
                                 {"EC-SHA384", "1.2.840.10045.4.3.3"},
                                 {"RSA-SHA1", "1.2.840.113549.1.1.5"},
                                 {"RSA-SHA256", "1.2.840.113549.1.1.11"}};
struct Purposes {
    unsigned bit;
    std::string_view oid;
};
constexpr Purposes kPurposes[] = {{kServerAuth, "1.3.6.1.5.5.7.3.1"},
                                  {kClientAuth, "1.3.6.1.5.5.7.3.2"},
                                  {kOtherExtendedUsage, "1.3.6.1.5.5.7.3.4"},
                                  {kAnyUsage, "2.5.29.37.0"}};
struct UsageBit {
    unsigned usage;
    unsigned bit;  // of the first byte
};
constexpr UsageBit kUsageBits[] = {{kDigitalSignature, 0x80}, {kNonRepudiation, 0x40},
                                   {kKeyEncipherment, 0x20},  {kOtherUsage, 0x10},
                                   {kKeyAgreement, 0x08},     {kKeyCertSign, 0x04},
                                   {kCrlSign, 0x02}};

// GeneralizedTime has four digits for the year.
constexpr std::int64_t kFirstMoment = -62'167'219'200, kLastMoment = 253'402'300'799;

std::string tlv(unsigned tag, std::string_view content) {
    std::string out;
    put8(out, tag);
    if (content.size() < 0x80) {
        put8(out, static_cast<unsigned>(content.size()));
    } else if (content.size() < 0x100) {
        put8(out, 0x81);
        put8(out, static_cast<unsigned>(content.size()));
    } else if (content.size() < 0x10000) {
        put8(out, 0x82);
        put16(out, static_cast<unsigned>(content.size()));
    } else {
        put8(out, 0x83);
        put24(out, static_cast<unsigned>(content.size()));
    }
    out += content;
    return out;
}

std::string sequence(std::initializer_list<std::string_view> parts) {
    std::string content;
    for (const std::string_view part : parts) content += part;
    return tlv(kSequence, content);
}

std::string oid(std::string_view text) {
    std::string out;
    unsigned long first = 0;
    std::size_t at = 0;
    for (const std::string& word : split(text, '.')) {
        unsigned long number = 0;
        std::from_chars(word.data(), word.data() + word.size(), number);
        if (at++ == 0) {
            first = number * 40;
            continue;
        }
        if (at == 2) number += first;
        std::string digits(1, static_cast<char>(number & 0x7F));
        while (number >>= 7) digits.insert(0, 1, static_cast<char>((number & 0x7F) | 0x80));
        out += digits;
    }
    return tlv(kOid, out);
}

// A positive integer from big-endian bytes.
std::string integer(std::string_view bytes) {
    while (bytes.size() > 1 && bytes[0] == '\0' && !(bytes[1] & 0x80)) bytes.remove_prefix(1);
    return tlv(kInteger,
               cat(!bytes.empty() && (bytes[0] & 0x80) ? std::string(1, '\0') : "", bytes));
}

std::string small(int value) {
    return integer(std::string(1, static_cast<char>(value)));
}

std::string bytes_of_hex(std::string_view digits) {
    std::string out;
    const std::string even = cat(digits.size() % 2 ? "0" : "", digits);
    for (std::size_t i = 0; i + 1 < even.size(); i += 2) {
        unsigned value = 0;
        std::from_chars(even.data() + i, even.data() + i + 2, value, 16);
        put8(out, value);
    }
    return out;
}

// Identifiers are hex or symbols.
std::string identifier(const std::string& text) {
    const bool digits = text.find_first_not_of("0123456789abcdef") == std::string::npos;
    return digits && !text.empty() ? bytes_of_hex(text) : sha1(text);
}

template <std::size_t N>
std::string_view look_up(const Known (&known)[N], std::string_view word) {
    for (const Known& one : known) {
        if (one.word == word) return one.oid;
    }
    return word.find_first_not_of("0123456789.") == std::string_view::npos ? word : known[0].oid;
}

std::string name(const DistinguishedName& it) {
    std::string content;
    for (const NameAttribute& one : it.attributes) {
        const unsigned tag = one.type == "emailAddress" ? kIa5 : kUtf8;
        content += tlv(kSet, sequence({oid(look_up(kAttributes, one.type)), tlv(tag, one.value)}));
    }
    return tlv(kSequence, content);
}

// Proleptic Gregorian calendar from days since 1970 (Howard Hinnant's civil_from_days).
std::string moment(std::int64_t seconds) {
    if (seconds == kMalformedTime) return tlv(kUtcTime, "");
    seconds = std::clamp(seconds, kFirstMoment, kLastMoment);
    const std::int64_t days = (seconds >= 0 ? seconds : seconds - 86'399) / 86'400;
    const std::int64_t rest = seconds - days * 86'400, z = days + 719'468;
    const std::int64_t era = (z >= 0 ? z : z - 146'096) / 146'097, doe = z - era * 146'097;
    const std::int64_t yoe = (doe - doe / 1460 + doe / 36'524 - doe / 146'096) / 365;
    const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    const std::int64_t month = mp < 10 ? mp + 3 : mp - 9;
    const std::int64_t year = yoe + era * 400 + (month <= 2 ? 1 : 0);
    std::string out;
    const auto two = [&](std::int64_t value) {
        out += cat(value < 10 ? "0" : "", static_cast<long long>(value));
    };
    const bool utc = year >= 1950 && year < 2050;
    if (!utc) two(year / 100);
    for (const std::int64_t part : {year % 100, month, doy - (153 * mp + 2) / 5 + 1, rest / 3600,
                                    rest / 60 % 60, rest % 60}) {
        two(part);
    }
    return tlv(utc ? kUtcTime : kGeneralizedTime, out + "Z");
}

std::string general_name(const GeneralName& it) {
    switch (it.kind) {
        case NameKind::Dns:
            return tlv(0x82, it.value);
        case NameKind::Email:
            return tlv(0x81, it.value);
        case NameKind::Uri:
            return tlv(0x86, it.value);
        case NameKind::Directory:
            return tlv(0xA4, name(name_of(it.value)));
        case NameKind::Other:
            return tlv(0xA0, oid(it.value) + tlv(0xA0, tlv(kUtf8, "x")));
        case NameKind::Address:
            break;
    }
    if (it.value.starts_with('#')) return tlv(0x87, bytes_of_hex(it.value.substr(1)));
    const std::size_t slash = it.value.find('/');
    std::string bytes = address_bytes(it.value.substr(0, slash)).value_or(std::string());
    if (slash != std::string::npos) {
        bytes += address_bytes(it.value.substr(slash + 1)).value_or(std::string());
    }
    return tlv(0x87, bytes);
}

std::string general_names(const std::vector<GeneralName>& names, bool subtrees) {
    std::string out;
    for (const GeneralName& one : names) {
        out += subtrees ? sequence({general_name(one)}) : general_name(one);
    }
    return out;
}

// 32 bytes and more that look random, from a symbol.
std::string expanded(std::string_view symbol, std::size_t size) {
    std::string out;
    for (int i = 0; out.size() < size; ++i) out += sha256(cat(symbol, " ", i));
    return out.substr(0, size);
}

std::string public_key(const Certificate& it) {
    if (it.key_type.starts_with("RSA")) {
        std::string modulus = expanded(
            it.public_key, static_cast<std::size_t>(std::clamp(it.key_bits, 64, 16'384)) / 8);
        modulus[0] = static_cast<char>(modulus[0] | 0x80);
        modulus.back() = static_cast<char>(modulus.back() | 1);
        const std::string key = sequence({integer(modulus), integer(std::string("\x01\0\x01", 3))});
        return sequence({sequence({oid("1.2.840.113549.1.1.1"), tlv(kNull, "")}),
                         tlv(kBitString, std::string(1, '\0') + key)});
    }
    const bool large = it.key_bits == 384;
    return sequence(
        {sequence({oid("1.2.840.10045.2.1"), oid(large ? "1.3.132.0.34" : "1.2.840.10045.3.1.7")}),
         tlv(kBitString,
             cat(std::string(1, '\0'), "\x04", expanded(it.public_key, large ? 96 : 64)))});
}

std::string extensions(const Certificate& it) {
    std::string out;
    const auto add = [&](std::string_view number, Extension which, std::string_view value) {
        out += sequence({oid(number), it.is_critical(which) ? tlv(kBoolean, "\xFF") : std::string(),
                         tlv(kOctetString, value)});
    };
    if (it.alternative_names) {
        add("2.5.29.17", kAlternativeNames,
            tlv(kSequence, general_names(*it.alternative_names, false)));
    }
    if (it.basic_constraints) {
        std::string content = it.basic_constraints->ca ? tlv(kBoolean, "\xFF") : std::string();
        if (it.basic_constraints->path_length) content += small(*it.basic_constraints->path_length);
        add("2.5.29.19", kBasicConstraints, tlv(kSequence, content));
    }
    if (it.key_usage) {
        unsigned bits = 0;
        for (const UsageBit& one : kUsageBits) {
            if (*it.key_usage & one.usage) bits |= one.bit;
        }
        unsigned unused = 0;
        while (unused < 7 && !(bits >> unused & 1)) ++unused;
        std::string content;
        put8(content, unused);
        put8(content, bits);
        add("2.5.29.15", kKeyUsageExtension, tlv(kBitString, content));
    }
    if (it.extended_key_usage) {
        std::string content;
        for (const Purposes& one : kPurposes) {
            if (*it.extended_key_usage & one.bit) content += oid(one.oid);
        }
        add("2.5.29.37", kExtendedKeyUsageExtension, tlv(kSequence, content));
    }
    if (it.subject_key_id) {
        add("2.5.29.14", kSubjectKeyId, tlv(kOctetString, identifier(*it.subject_key_id)));
    }
    if (it.authority_key_id) {
        const AuthorityKeyId& part = *it.authority_key_id;
        std::string content = part.key_id ? tlv(0x80, identifier(*part.key_id)) : std::string();
        if (part.issuer) content += tlv(0xA1, tlv(0xA4, name(name_of(*part.issuer))));
        if (!part.serial.empty()) {
            std::string number = integer(bytes_of_hex(part.serial));
            number[0] = '\x82';
            content += number;
        }
        add("2.5.29.35", kAuthorityKeyId, tlv(kSequence, content));
    }
    if (it.name_constraints) {
        std::string content;
        const NameConstraints& part = *it.name_constraints;
        if (!part.permitted.empty()) content += tlv(0xA0, general_names(part.permitted, true));
        if (!part.excluded.empty()) content += tlv(0xA1, general_names(part.excluded, true));
        add("2.5.29.30", kNameConstraints, tlv(kSequence, content));
    }
    return out.empty() ? out : tlv(0xA3, tlv(kSequence, out));
}

}  // namespace

std::string der_signature(std::string_view symbol) {
    return sequence({integer(sha256(cat(symbol, " r"))), integer(sha256(cat(symbol, " s")))});
}

std::string to_der(const Certificate& it) {
    const bool rsa = it.signature_algorithm.starts_with("RSA");
    const std::string algorithm = sequence(
        {oid(look_up(kSignatures, it.signature_algorithm)), rsa ? tlv(kNull, "") : std::string()});
    const std::string body =
        sequence({it.version > 1 ? tlv(0xA0, small(it.version - 1)) : std::string(),
                  integer(bytes_of_hex(it.serial)), algorithm, name(it.issuer),
                  sequence({moment(it.not_before), moment(it.not_after)}), name(it.subject),
                  public_key(it), extensions(it)});
    const std::string signature = rsa ? expanded(it.signature, 256) : der_signature(it.signature);
    return sequence({body, algorithm, tlv(kBitString, std::string(1, '\0') + signature)});
}

}  // namespace wh::tls
