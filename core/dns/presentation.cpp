// RDATA and type names as text (RFC 1035 section 5; AAAA: RFC 3596, RFC 5952; SRV: RFC 2782).
#include <array>
#include <charconv>

#include "base/address.h"
#include "base/encoding.h"
#include "base/text.h"
#include "dns/message.h"
#include "dns/name.h"

namespace wh::dns {
namespace {

struct TypeName {
    std::uint16_t type;
    std::string_view name;
};
constexpr TypeName kTypeNames[] = {{kA, "A"},     {kNs, "NS"},  {kCname, "CNAME"}, {kSoa, "SOA"},
                                   {kPtr, "PTR"}, {kMx, "MX"},  {kTxt, "TXT"},     {kAaaa, "AAAA"},
                                   {kSrv, "SRV"}, {kOpt, "OPT"}};

bool number(std::string_view text, std::uint32_t limit, std::uint32_t& value) {
    const auto done = std::from_chars(text.data(), text.data() + text.size(), value);
    return done.ec == std::errc() && done.ptr == text.data() + text.size() && value <= limit;
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> out;
    for (std::string& word : split(text, ' ')) {
        if (!word.empty()) out.push_back(std::move(word));
    }
    return out;
}

bool append_name(std::string& out, std::string_view text) {
    if (text.ends_with('.') && !text.ends_with("\\.")) text.remove_suffix(1);
    return write_name(ascii_lower(text), out, nullptr).ok();
}

// Quoted strings, or words; each becomes one or more character-strings of at most 255 bytes.
std::optional<std::string> text_data(std::string_view text) {
    std::string out;
    const auto add = [&](std::string_view piece) {
        do {
            const std::string_view part = piece.substr(0, 255);
            put8(out, static_cast<unsigned>(part.size()));
            out += part;
            piece.remove_prefix(part.size());
        } while (!piece.empty());
    };
    std::string current;
    bool quoted = false;
    bool some = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\' && i + 1 < text.size()) {
            current += text[++i];
            some = true;
        } else if (c == '"') {
            if (quoted) {
                add(current);
                current.clear();
                some = false;
            }
            quoted = !quoted;
        } else if (c == ' ' && !quoted) {
            if (some) add(current);
            current.clear();
            some = false;
        } else {
            current += c;
            some = true;
        }
    }
    if (quoted) return std::nullopt;
    if (some) add(current);
    if (out.empty()) add("");
    return out;
}

std::string name_at(std::string_view data, std::size_t at) {
    auto name = read_name(data, at);
    return cat(name.ok() ? name.value() : std::string(), ".");
}

}  // namespace

std::string type_name(std::uint16_t type) {
    for (const TypeName& known : kTypeNames) {
        if (known.type == type) return std::string(known.name);
    }
    return cat("TYPE", static_cast<unsigned>(type));
}

std::optional<std::uint16_t> type_from_name(std::string_view name) {
    for (const TypeName& known : kTypeNames) {
        if (known.name == name) return known.type;
    }
    return std::nullopt;
}

std::string_view rcode_name(std::uint8_t rcode) {
    constexpr std::array<std::string_view, 6> kNames = {"NOERROR",  "FORMERR", "SERVFAIL",
                                                        "NXDOMAIN", "NOTIMP",  "REFUSED"};
    return rcode < kNames.size() ? kNames[rcode] : std::string_view("RCODE?");
}

std::optional<std::string> data_from_text(std::uint16_t type, std::string_view text) {
    std::string out;
    std::uint32_t value = 0;
    const std::vector<std::string> fields = words(text);
    switch (type) {
        case kA:
        case kAaaa: {
            const auto address = address_bytes(text);
            if (!address || address->size() != (type == kA ? 4U : 16U)) return std::nullopt;
            return *address;
        }
        case kNs:
        case kCname:
        case kPtr:
            if (!append_name(out, text)) return std::nullopt;
            return out;
        case kMx:
        case kSrv: {
            const std::size_t numbers = type == kMx ? 1 : 3;
            if (fields.size() != numbers + 1) return std::nullopt;
            for (std::size_t i = 0; i < numbers; ++i) {
                if (!number(fields[i], 0xFFFF, value)) return std::nullopt;
                put16(out, value);
            }
            if (!append_name(out, fields[numbers])) return std::nullopt;
            return out;
        }
        case kSoa:
            if (fields.size() != 7 || !append_name(out, fields[0]) ||
                !append_name(out, fields[1])) {
                return std::nullopt;
            }
            for (std::size_t i = 2; i < 7; ++i) {
                if (!number(fields[i], 0xFFFFFFFF, value)) return std::nullopt;
                put32(out, value);
            }
            return out;
        case kTxt:
            return text_data(text);
        default:
            return std::nullopt;
    }
}

std::string data_to_text(std::uint16_t type, std::string_view data) {
    std::string out;
    std::size_t at = 0;
    switch (type) {
        case kA:
        case kAaaa:
            return address_text(data);
        case kNs:
        case kCname:
        case kPtr:
            return name_at(data, 0);
        case kMx:
            return cat(get16(data, 0), " ", name_at(data, 2));
        case kSrv:
            return cat(get16(data, 0), " ", get16(data, 2), " ", get16(data, 4), " ",
                       name_at(data, 6));
        case kSoa: {
            auto primary = read_name(data, at);
            auto mailbox = read_name(data, at);
            if (!primary.ok() || !mailbox.ok() || at + 20 != data.size()) return "?";
            out = cat(primary.value(), ". ", mailbox.value(), ".");
            for (; at < data.size(); at += 4) out += cat(" ", get32(data, at));
            return out;
        }
        case kTxt:
            while (at < data.size()) {
                const std::size_t size = get8(data, at);
                if (!out.empty()) out += ' ';
                out += '"';
                for (const char c : data.substr(at + 1, size)) {
                    if (c == '"' || c == '\\') out += '\\';
                    out += c;
                }
                out += '"';
                at += 1 + size;
            }
            return out;
        default:
            return cat("\\# ", data.size(), " ", hex(data));
    }
}

}  // namespace wh::dns
