#include "base/address.h"

#include <array>
#include <vector>

#include "base/encoding.h"
#include "base/text.h"

namespace wh {
namespace {

std::optional<std::string> ipv4_bytes(std::string_view text) {
    const std::vector<std::string> parts = split(text, '.');
    if (parts.size() != 4) return std::nullopt;
    std::string out;
    for (const std::string& part : parts) {
        if (part.empty() || part.size() > 3 || (part.size() > 1 && part[0] == '0'))
            return std::nullopt;
        unsigned value = 0;
        for (const char c : part) {
            if (c < '0' || c > '9') return std::nullopt;
            value = value * 10 + static_cast<unsigned>(c - '0');
        }
        if (value > 255) return std::nullopt;
        put8(out, value);
    }
    return out;
}

// Groups of one side of "::"; the last may be an IPv4 address.
bool append_groups(std::string_view text, bool last_side, std::string& out) {
    if (text.empty()) return true;
    const std::vector<std::string> groups = split(text, ':');
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const std::string& group = groups[i];
        if (last_side && i + 1 == groups.size() && group.find('.') != std::string::npos) {
            const auto inner = ipv4_bytes(group);
            if (!inner) return false;
            out += *inner;
            continue;
        }
        if (group.empty() || group.size() > 4) return false;
        unsigned value = 0;
        for (const char c : ascii_lower(group)) {
            const std::size_t digit = std::string_view("0123456789abcdef").find(c);
            if (digit == std::string_view::npos) return false;
            value = value << 4 | static_cast<unsigned>(digit);
        }
        put16(out, value);
    }
    return true;
}

}  // namespace

std::optional<std::string> address_bytes(std::string_view text) {
    if (text.find(':') == std::string_view::npos) return ipv4_bytes(text);
    std::string front, back;
    const std::size_t gap = text.find("::");
    if (gap == std::string_view::npos) {
        if (!append_groups(text, true, front) || front.size() != 16) return std::nullopt;
        return front;
    }
    if (text.find("::", gap + 1) != std::string_view::npos) return std::nullopt;
    if (!append_groups(text.substr(0, gap), false, front) ||
        !append_groups(text.substr(gap + 2), true, back) || front.size() + back.size() > 14) {
        return std::nullopt;
    }
    return front + std::string(16 - front.size() - back.size(), '\0') + back;
}

std::string address_text(std::string_view bytes) {
    if (bytes.size() == 4) {
        return cat(get8(bytes, 0), ".", get8(bytes, 1), ".", get8(bytes, 2), ".", get8(bytes, 3));
    }
    if (bytes.size() != 16) return "?";
    std::size_t best = 8, best_length = 1;  // runs of one group are not shortened
    for (std::size_t i = 0; i < 8;) {
        std::size_t end = i;
        while (end < 8 && get16(bytes, 2 * end) == 0) ++end;
        if (end - i > best_length) {
            best = i;
            best_length = end - i;
        }
        i = end + 1;
    }
    std::string out;
    for (std::size_t i = 0; i < 8; ++i) {
        if (i == best) {
            out += "::";
            i += best_length - 1;
            continue;
        }
        if (!out.empty() && !out.ends_with(':')) out += ':';
        const unsigned group = get16(bytes, 2 * i);
        bool begun = false;
        for (unsigned shift = 16; shift > 0;) {
            shift -= 4;
            const unsigned digit = group >> shift & 15;
            if (!digit && !begun && shift) continue;
            begun = true;
            out += "0123456789abcdef"[digit];
        }
    }
    return out;
}

std::string canonical_address(std::string_view text) {
    const auto bytes = address_bytes(text);
    return bytes ? address_text(*bytes) : std::string(text);
}

}  // namespace wh
