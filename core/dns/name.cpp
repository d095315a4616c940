#include "dns/name.h"

#include "base/encoding.h"
#include "base/text.h"

namespace wh::dns {
namespace {

// Length of the first label as presented (escapes included).
std::size_t label_end(std::string_view name) {
    std::size_t at = 0;
    while (at < name.size() && name[at] != '.')
        at += name[at] == '\\' && at + 1 < name.size() ? 2U : 1U;
    return at < name.size() ? at : name.size();
}

std::string unescaped(std::string_view label) {
    std::string out;
    for (std::size_t i = 0; i < label.size(); ++i) {
        if (label[i] != '\\' || i + 1 == label.size()) {
            out += label[i];
            continue;
        }
        const auto digit = [&](std::size_t at) {
            return at < label.size() && label[at] >= '0' && label[at] <= '9';
        };
        if (digit(i + 1) && digit(i + 2) && digit(i + 3)) {
            out += static_cast<char>((label[i + 1] - '0') * 100 + (label[i + 2] - '0') * 10 +
                                     (label[i + 3] - '0'));
            i += 3;
        } else {
            out += label[++i];
        }
    }
    return out;
}

void append_escaped(std::string& out, std::string_view label) {
    for (const char c : label) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '.' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte <= 0x20 || byte >= 0x7F) {
            out += '\\';
            out += static_cast<char>('0' + byte / 100);
            out += static_cast<char>('0' + byte / 10 % 10);
            out += static_cast<char>('0' + byte % 10);
        } else {
            out += c;
        }
    }
}

}  // namespace

bool is_at_or_below(std::string_view name, std::string_view zone) {
    if (zone.empty() || name == zone) return true;
    return name.size() > zone.size() && name.ends_with(zone) &&
           name[name.size() - zone.size() - 1] == '.';
}

std::string_view parent(std::string_view name) {
    const std::size_t end = label_end(name);
    return end == name.size() ? std::string_view() : name.substr(end + 1);
}

std::vector<std::string_view> labels(std::string_view name) {
    std::vector<std::string_view> out;
    while (!name.empty()) {
        out.push_back(name.substr(0, label_end(name)));
        name = parent(name);
    }
    return out;
}

Result<bool> write_name(std::string_view name, std::string& out, Offsets* offsets) {
    std::size_t length = 1;
    while (!name.empty()) {
        if (offsets) {
            const std::string key = ascii_lower(name);
            if (const auto known = offsets->find(key); known != offsets->end()) {
                put16(out, static_cast<unsigned>(0xC000 | known->second));
                return true;
            }
            if (out.size() < 0x4000) offsets->emplace(key, out.size());
        }
        const std::string label = unescaped(name.substr(0, label_end(name)));
        if (label.empty()) return Error{"a label is empty", ""};
        if (label.size() > 63) return Error{"a label is longer than 63 bytes", ""};
        length += label.size() + 1;
        if (length > 255) return Error{"the name is longer than 255 bytes", ""};
        put8(out, static_cast<unsigned>(label.size()));
        out += label;
        name = parent(name);
    }
    put8(out, 0);
    return true;
}

Result<std::string> read_name(std::string_view message, std::size_t& at) {
    std::string name;
    std::size_t place = at;
    std::size_t limit = message.size();  // a pointer must lead before what was read last
    std::size_t length = 1;
    bool jumped = false;
    for (;;) {
        if (place >= message.size()) return Error{"a name runs past the end of the message", ""};
        const unsigned size = get8(message, place);
        if ((size & 0xC0) == 0xC0) {
            if (place + 1 >= message.size()) return Error{"a compression pointer is cut off", ""};
            const std::size_t target = get16(message, place) & 0x3FFFU;
            if (!jumped) at = place + 2;
            jumped = true;
            if (target >= place || target >= limit) {
                return Error{"a compression pointer does not lead backwards", ""};
            }
            limit = target;
            place = target;
            continue;
        }
        if (size & 0xC0) return Error{"a label has an unknown type", ""};
        if (size == 0) {
            if (!jumped) at = place + 1;
            return name;
        }
        if (place + 1 + size > message.size()) return Error{"a label runs past the end", ""};
        length += size + 1;
        if (length > 255) return Error{"a name is longer than 255 bytes", ""};
        if (!name.empty()) name += '.';
        append_escaped(name, message.substr(place + 1, size));
        place += 1 + size;
    }
}

}  // namespace wh::dns
