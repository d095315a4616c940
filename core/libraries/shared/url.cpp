#include "libraries/shared/url.h"

#include <array>
#include <cstdlib>

#include "base/encoding.h"
#include "base/text.h"

namespace wh::libraries {

namespace {

constexpr std::string_view kSubDelims = "!$&'()*+,;=";
// httpx follows the WHATWG percent-encode sets (httpx 0.28 _urlparse.py).
constexpr std::string_view kHttpxPath = "!$%&'()*+,/:;=@[\\]^|";
constexpr std::string_view kHttpxQuery = "!$%&'()*+,/:;=?@[\\]^`{|}";
constexpr std::string_view kHttpxFragment = "!#$%&'()*+,/:;=?@[\\]^{|}";
constexpr std::string_view kHttpxUserinfo = "!$%&'()*+,:";
constexpr std::string_view kHttpxHost = "!$&'()*+,;=\"`{}%|\\";
// urllib3 encodes by RFC 3986 (urllib3 2.3 util/url.py).
constexpr std::string_view kRfcPath = "!$&'()*+,;=:@/";
constexpr std::string_view kRfcQuery = "!$&'()*+,;=:@/?";

bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_unreserved(char c) {
    return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}
bool is_escape(std::string_view text, std::size_t i) {
    return i + 2 < text.size() && text[i] == '%' && is_hex(text[i + 1]) && is_hex(text[i + 2]);
}
unsigned nibble(char c) {
    if (is_digit(c)) return static_cast<unsigned>(c - '0');
    return static_cast<unsigned>((c | 32) - 'a' + 10);
}
char decoded(std::string_view text, std::size_t i) {
    return static_cast<char>(nibble(text[i + 1]) * 16 + nibble(text[i + 2]));
}

void add_escape(std::string& out, char c) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
}

std::string bracketed(const std::string& host) {
    return host.find(':') == std::string::npos ? host : cat("[", host, "]");
}

int default_port(std::string_view scheme) {
    if (scheme == "http" || scheme == "ws") return 80;
    if (scheme == "https" || scheme == "wss") return 443;
    return scheme == "ftp" ? 21 : -1;
}

// RFC 3986 section 5.2.4. httpx drops only whole "." and ".." segments; a leading "/" stays.
std::string remove_dots(std::string_view path, bool keep_trailing_slash) {
    if (path.find('.') == std::string_view::npos) return std::string(path);
    std::vector<std::string> out;
    const std::vector<std::string> segments = split(path, '/');
    for (const std::string& segment : segments) {
        if (segment == ".") continue;
        if (segment != "..") {
            out.push_back(segment);
        } else if (!out.empty() && !(out.size() == 1 && out[0].empty())) {
            out.pop_back();
        }
    }
    if (keep_trailing_slash && (segments.back() == "." || segments.back() == "..")) {
        out.emplace_back();
    }
    if (path.starts_with('/') && (out.empty() || !out[0].empty())) out.insert(out.begin(), "");
    return join(out, "/");
}

bool is_ipv6(std::string_view text) {
    if (text.find(':') == std::string_view::npos) return false;
    for (const char c : text.substr(0, text.find('%'))) {
        if (!is_hex(c) && c != ':' && c != '.') return false;
    }
    return true;
}

// Punycode (RFC 3492) of one label given as code points; all of Python's idna is not modelled, but
// lower-cased letters as they stand are what it gives for ordinary names.
std::string punycode(std::string_view label) {
    std::vector<std::uint32_t> points;
    for (std::size_t i = 0; i < label.size();) {
        const auto lead = static_cast<unsigned char>(label[i]);
        const int length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        std::uint32_t point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
        for (int k = 1; k < length && i + static_cast<std::size_t>(k) < label.size(); ++k) {
            point = point << 6 |
                    (static_cast<unsigned char>(label[i + static_cast<std::size_t>(k)]) & 63U);
        }
        points.push_back(point);
        i += static_cast<std::size_t>(length);
    }
    std::string out = "xn--";
    for (const std::uint32_t point : points) {
        if (point < 128) out += static_cast<char>(point);
    }
    const std::size_t basic = out.size() - 4;
    if (basic) out += '-';
    std::uint32_t n = 128, delta = 0, bias = 72;
    std::size_t handled = basic;
    while (handled < points.size()) {
        std::uint32_t next = UINT32_MAX;
        for (const std::uint32_t point : points) {
            if (point >= n && point < next) next = point;
        }
        delta += (next - n) * static_cast<std::uint32_t>(handled + 1);
        n = next;
        for (const std::uint32_t point : points) {
            if (point < n) ++delta;
            if (point != n) continue;
            std::uint32_t q = delta;
            for (std::uint32_t k = 36;; k += 36) {
                const std::uint32_t t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
                const std::uint32_t digit = q < t ? q : t + (q - t) % (36 - t);
                out += static_cast<char>(digit < 26 ? 'a' + digit : '0' + (digit - 26));
                if (q < t) break;
                q = (q - t) / (36 - t);
            }
            const auto count = static_cast<std::uint32_t>(handled + 1);
            delta = handled == basic ? delta / 700 : delta / 2;
            delta += delta / count;
            std::uint32_t k = 0;
            for (; delta > 455; k += 36) delta /= 35;
            bias = k + 36 * delta / (delta + 38);
            delta = 0;
            ++handled;
        }
        ++delta;
        ++n;
    }
    return out;
}

bool is_ascii(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 128) return false;
    }
    return true;
}

}  // namespace

std::string idna(std::string_view host) {
    std::vector<std::string> labels = split(host, '.');
    for (std::string& label : labels) {
        if (!is_ascii(label)) label = punycode(label);
    }
    return join(labels, ".");
}

std::string Url::netloc() const {
    return port < 0 ? bracketed(host) : cat(bracketed(host), ":", port);
}
std::string Url::authority() const {
    return userinfo.empty() ? netloc() : cat(userinfo, "@", netloc());
}
std::string Url::text() const {
    std::string out;
    if (!scheme.empty()) out = cat(scheme, ":");
    const std::string where = authority();
    if (!where.empty()) out += cat("//", where);
    out += path;
    if (query) out += cat("?", *query);
    if (fragment) out += cat("#", *fragment);
    return out;
}
std::string Url::target() const {
    std::string out = path.empty() ? "/" : path;
    if (query) out += cat("?", *query);
    return out;
}
std::uint16_t Url::port_or_default() const {
    const int known = port >= 0 ? port : default_port(scheme);
    return static_cast<std::uint16_t>(known < 0 ? 0 : known);
}
std::string Url::username() const {
    return percent_decode(userinfo.substr(0, userinfo.find(':')));
}
std::string Url::password() const {
    const std::size_t at = userinfo.find(':');
    return at == std::string::npos ? "" : percent_decode(userinfo.substr(at + 1));
}

UrlPieces split_url(std::string_view text) {
    UrlPieces out;
    std::size_t i = 0;
    while (i < text.size() && (is_alpha(text[i]) || (i && (is_digit(text[i]) || text[i] == '+' ||
                                                           text[i] == '-' || text[i] == '.')))) {
        ++i;
    }
    if (i && i < text.size() && text[i] == ':') {
        out.scheme = text.substr(0, i);
        text.remove_prefix(i + 1);
    }
    if (text.starts_with("//")) {
        text.remove_prefix(2);
        out.has_authority = true;
        out.authority = text.substr(0, text.find_first_of("/?#"));
        text.remove_prefix(out.authority.size());
    }
    const std::size_t hash = text.find('#');
    if (hash != std::string_view::npos) {
        out.has_fragment = true;
        out.fragment = text.substr(hash + 1);
        text = text.substr(0, hash);
    }
    const std::size_t mark = text.find('?');
    if (mark != std::string_view::npos) {
        out.has_query = true;
        out.query = text.substr(mark + 1);
        text = text.substr(0, mark);
    }
    out.path = text;
    return out;
}

bool parse_url(std::string_view text, UrlHabits habits, Url& out, std::string& error) {
    const bool httpx = habits == UrlHabits::Httpx;
    out = Url();
    for (std::size_t i = 0; httpx && i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 32 && c != 127) continue;
        const std::string shown = c == '\n'   ? "\\n"
                                  : c == '\t' ? "\\t"
                                  : c == '\r' ? "\\r"
                                              : cat("\\x", hex(text.substr(i, 1)));
        error =
            cat("Invalid non-printable ASCII character in URL, '", shown, "' at position ", i, ".");
        return false;
    }
    if (httpx && text.size() > 65536) {
        error = "URL too long";
        return false;
    }
    UrlPieces pieces = split_url(text);
    std::string with_slashes;
    if (!httpx && !pieces.has_authority && text.find("://") == std::string_view::npos) {
        with_slashes = cat("//", text);  // urllib3 reads "host/path" as an authority
        pieces = split_url(with_slashes);
    }
    out.scheme = ascii_lower(pieces.scheme);
    std::string_view authority = pieces.authority;
    const std::size_t at = authority.rfind('@');
    if (at != std::string_view::npos) {
        out.userinfo =
            percent_encode(authority.substr(0, at), httpx ? kHttpxUserinfo : "!$&'()*+,;=:", true);
        authority.remove_prefix(at + 1);
    }
    std::string_view host = authority;
    std::string_view port;
    const std::size_t bracket =
        authority.starts_with('[') ? authority.find(']') : std::string_view::npos;
    const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (colon != std::string_view::npos) {
        host = authority.substr(0, colon);
        port = authority.substr(colon + 1);
    }
    if (host.starts_with('[') && host.ends_with(']')) {
        if (!is_ipv6(host.substr(1, host.size() - 2))) {
            error =
                httpx ? cat("Invalid IPv6 address: '", host, "'") : cat("Failed to parse: ", text);
            return false;
        }
        out.host = ascii_lower(host.substr(1, host.size() - 2));
    } else if (!is_ascii(host)) {
        out.host = idna(ascii_lower(host));
    } else {
        const std::string lower = ascii_lower(host);
        bool dotted = !lower.empty();
        int dots = 0;
        for (const char c : lower) {
            dotted = dotted && (is_digit(c) || c == '.');
            dots += c == '.';
        }
        if (httpx && dotted && dots == 3 && lower.find("..") == std::string::npos &&
            lower[0] != '.' && lower.back() != '.' && !is_ipv4(lower)) {
            error = cat("Invalid IPv4 address: '", host, "'");
            return false;
        }
        out.host = percent_encode(lower, httpx ? kHttpxHost : kSubDelims, true);
    }
    if (!port.empty()) {
        int number = 0;
        bool valid = port.size() <= 6;
        for (const char c : port) {
            valid = valid && is_digit(c);
            if (valid) number = number * 10 + (c - '0');
        }
        if (!valid || (!httpx && number > 65535)) {
            error = httpx ? cat("Invalid port: '", port, "'") : cat("Failed to parse: ", text);
            return false;
        }
        out.port = httpx && number == default_port(out.scheme) ? -1 : number;
    }
    std::string path(pieces.path);
    const bool has_authority = !out.authority().empty();
    if (httpx && has_authority && !path.empty() && path[0] != '/') {
        error = "For absolute URLs, path must be empty or begin with '/'";
        return false;
    }
    if (httpx && !has_authority && out.scheme.empty()) {
        if (path.starts_with("//") || path.starts_with(':')) {
            error = cat("Relative URLs cannot have a path starting with '",
                        path[0] == ':' ? ":" : "//", "'");
            return false;
        }
    }
    if (has_authority || !out.scheme.empty()) path = remove_dots(path, !httpx);
    out.path = percent_encode(path, httpx ? kHttpxPath : kRfcPath, true);
    if (pieces.has_query) {
        out.query = percent_encode(pieces.query, httpx ? kHttpxQuery : kRfcQuery, true);
    }
    if (pieces.has_fragment) {
        out.fragment = percent_encode(pieces.fragment, httpx ? kHttpxFragment : kRfcQuery, true);
    }
    return true;
}

std::string join_url(std::string_view base_text, std::string_view reference) {
    if (reference.empty()) return std::string(base_text);
    const UrlPieces base = split_url(base_text);
    const UrlPieces given = split_url(reference);
    if (!given.scheme.empty() && given.scheme != base.scheme) return std::string(reference);
    std::string out = cat(base.scheme, ":");
    const std::string_view authority = given.has_authority ? given.authority : base.authority;
    if (given.has_authority || base.has_authority) out += cat("//", authority);
    std::string path;
    std::string_view query = given.query;
    bool has_query = given.has_query;
    if (given.has_authority || given.path.starts_with('/')) {
        path = remove_dots(given.path, true);
    } else if (given.path.empty()) {
        path = std::string(base.path);
        if (!has_query) {
            query = base.query;
            has_query = base.has_query;
        }
    } else {
        const std::size_t slash = base.path.rfind('/');
        path = slash == std::string_view::npos ? "/" : std::string(base.path.substr(0, slash + 1));
        path = remove_dots(cat(path, given.path), true);
    }
    out += path;
    if (has_query) out += cat("?", query);
    if (given.has_fragment) out += cat("#", given.fragment);
    return out;
}

std::string percent_encode(std::string_view text, std::string_view safe, bool keep_escapes) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (keep_escapes && is_escape(text, i)) {
            out += text.substr(i, 3);
            i += 2;
        } else if (is_unreserved(c) || safe.find(c) != std::string_view::npos) {
            out += c;
        } else {
            add_escape(out, c);
        }
    }
    return out;
}

std::string percent_decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_escape(text, i)) {
            out += decoded(text, i);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string form_encode(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == ' ') {
            out += '+';
        } else if (is_unreserved(c)) {
            out += c;
        } else {
            add_escape(out, c);
        }
    }
    return out;
}

std::string encode_pairs(const std::vector<std::pair<std::string, std::string>>& pairs) {
    std::string out;
    for (const auto& [name, value] : pairs) {
        if (!out.empty()) out += '&';
        out += cat(form_encode(name), "=", form_encode(value));
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> decode_pairs(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> out;
    for (std::string piece : split(query, '&')) {
        if (piece.empty()) continue;
        for (char& c : piece) {
            if (c == '+') c = ' ';
        }
        const std::size_t equals = piece.find('=');
        out.emplace_back(
            percent_decode(piece.substr(0, equals)),
            equals == std::string::npos ? "" : percent_decode(piece.substr(equals + 1)));
    }
    return out;
}

std::string requote(std::string_view uri) {
    std::string unquoted;
    for (std::size_t i = 0; i < uri.size(); ++i) {
        if (is_escape(uri, i)) {
            const char c = decoded(uri, i);
            if (is_unreserved(c)) {
                unquoted += c;
            } else {
                unquoted += uri.substr(i, 3);
            }
            i += 2;
        } else {
            unquoted += uri[i];
        }
    }
    return percent_encode(unquoted, "!#$%&'()*+,/:;=?@[]~", true);
}

bool is_ipv4(std::string_view text) {
    int parts = 0;
    for (const std::string& part : split(text, '.')) {
        if (part.empty() || part.size() > 3 || (part.size() > 1 && part[0] == '0')) return false;
        int number = 0;
        for (const char c : part) {
            if (!is_digit(c)) return false;
            number = number * 10 + (c - '0');
        }
        if (number > 255) return false;
        ++parts;
    }
    return parts == 4;
}

bool is_address(std::string_view host) {
    return is_ipv4(host) || is_ipv6(host);
}

std::pair<std::size_t, std::size_t> host_range(std::string_view url) {
    const UrlPieces pieces = split_url(url);
    if (!pieces.has_authority) return {0, 0};
    std::string_view authority = pieces.authority;
    auto begin = static_cast<std::size_t>(authority.data() - url.data());
    const std::size_t at = authority.rfind('@');
    if (at != std::string_view::npos) {
        begin += at + 1;
        authority.remove_prefix(at + 1);
    }
    const std::size_t bracket =
        authority.starts_with('[') ? authority.find(']') : std::string_view::npos;
    if (bracket != std::string_view::npos) return {begin + 1, begin + bracket};
    const std::size_t colon = authority.find(':');
    return {begin, begin + (colon == std::string_view::npos ? authority.size() : colon)};
}

std::string basic_credentials(std::string_view user, std::string_view password) {
    return cat("Basic ", base64(cat(user, ":", password)));
}

}  // namespace wh::libraries
