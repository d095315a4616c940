#include "world/leaks.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/text.h"

namespace wh::world {
namespace {

// urllib.parse.unquote (and unquote_plus): percent escapes become bytes, what is then no UTF-8
// U+FFFD.
std::string unquoted(std::string_view text, bool plus) {
    std::string out;
    out.reserve(text.size());
    const auto digit = [&](std::size_t at) -> std::size_t {
        if (at >= text.size()) return std::string_view::npos;
        const std::size_t value = std::string_view("0123456789abcdefABCDEF").find(text[at]);
        return value > 15 && value != std::string_view::npos ? value - 6 : value;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%' && digit(i + 1) != std::string_view::npos &&
            digit(i + 2) != std::string_view::npos) {
            out += static_cast<char>(digit(i + 1) << 4 | digit(i + 2));
            i += 2;
        } else {
            out += plus && c == '+' ? ' ' : c;
        }
    }
    return valid_utf8(out);
}

bool base64_character(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/' || c == '=';
}

}  // namespace

std::string searchable(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out += c;
        } else {
            out += static_cast<char>(0xC0 | byte >> 6);
            out += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    return out;
}

std::string searchable(const ReceivedRequest& request) {
    std::string text = cat(request.method, " ", request.target, "\n");
    for (const auto& [name, value] : request.headers) text += cat(name, ": ", value, "\n");
    text += request.body;
    std::string out = searchable(text);
    if (request.websocket) {
        for (const std::string& message : *request.websocket) out += cat("\n", message);
    }
    return out;
}

std::string secret_forms(std::string_view text) {
    std::string out = cat(text, "\n", unquoted(text, false), "\n", unquoted(text, true));
    constexpr std::string_view kMark = "Basic ";
    for (std::size_t at = text.find(kMark); at != std::string_view::npos;
         at = text.find(kMark, at)) {
        at += kMark.size();
        std::size_t end = at;
        while (end < text.size() && base64_character(text[end])) ++end;
        if (const auto decoded = base64_decode(text.substr(at, end - at))) {
            out += cat("\n", valid_utf8(*decoded));
        }
    }
    return out;
}

std::vector<std::string> secrets_in(const std::vector<Secret>& secrets, std::string_view forms) {
    std::vector<std::string> out;
    for (const Secret& secret : secrets) {
        if (forms.find(secret.value) != std::string_view::npos) out.push_back(secret.name);
    }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace wh::world
