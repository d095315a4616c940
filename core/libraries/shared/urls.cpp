// URLs and e-mail addresses as pydantic takes them: the WHATWG parser of rust-url 2.5
// (src/parser.rs) and email-validator 2.2 (syntax.py).
#include <algorithm>
#include <cstdlib>

#include "base/address.h"
#include "base/text.h"
#include "libraries/shared/schema.h"
#include "libraries/shared/url.h"

namespace wh::libraries {

using namespace program;

namespace {

// Ports of the schemes that the WHATWG standard calls special; -1: no port; 0: not special.
int special_port(std::string_view scheme) {
    if (scheme == "http" || scheme == "ws") return 80;
    if (scheme == "https" || scheme == "wss") return 443;
    if (scheme == "ftp") return 21;
    return scheme == "file" ? -1 : 0;
}

std::string escape(std::string_view text, std::string_view also) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte >= 0x7F || also.find(c) != std::string_view::npos) {
            out += '%';
            out += kHex[byte >> 4];
            out += kHex[byte & 15];
        } else {
            out += c;
        }
    }
    return out;
}

bool ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<signed char>(c) >= 0; });
}

// Numbers in the last label make the host an IPv4 address: 1 to 4 parts, decimal, octal or hex.
const char* parse_host4(std::string& host) {
    std::vector<std::string> parts = split(host, '.');
    if (parts.size() > 1 && parts.back().empty()) parts.pop_back();
    const auto number = [](const std::string& part, std::uint64_t& out) {
        char* end = nullptr;
        const bool hex = part.starts_with("0x") || part.starts_with("0X");
        if (part.empty() || !(part[0] >= '0' && part[0] <= '9')) return false;
        if (hex && part.size() == 2) {
            out = 0;
            return true;
        }
        out = std::strtoull(part.c_str(), &end,
                            hex                                 ? 16
                            : part[0] == '0' && part.size() > 1 ? 8
                                                                : 10);
        return *end == '\0';
    };
    const std::string& last = parts.back();
    std::uint64_t value = 0;
    const bool digits = !last.empty() && last.find_first_not_of("0123456789") == std::string::npos;
    if (!digits && !number(last, value)) return nullptr;
    std::uint64_t whole = 0;
    if (parts.size() > 4) return "invalid IPv4 address";
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!number(parts[i], value)) return "invalid IPv4 address";
        const bool is_last = i + 1 == parts.size();
        if (!is_last && value > 255) return "invalid IPv4 address";
        if (is_last) {
            if (value >= 1ULL << (8 * (5 - parts.size()))) return "invalid IPv4 address";
            whole += value;
        } else {
            whole += value << (8 * (3 - i));
        }
    }
    host = cat(whole >> 24, ".", whole >> 16 & 255, ".", whole >> 8 & 255, ".", whole & 255);
    return nullptr;
}

const char* parse_host(std::string_view raw, bool special, std::string& out) {
    static constexpr std::string_view kForbidden = " #/:<>?@[\\]^|\t\n\r";
    if (raw.starts_with("[")) {
        if (!raw.ends_with("]")) return "invalid IPv6 address";
        const std::string_view inner = raw.substr(1, raw.size() - 2);
        if (inner.find(':') == std::string_view::npos || !wh::is_address(inner)) {
            return "invalid IPv6 address";
        }
        out = cat("[", canonical_address(inner), "]");
        return nullptr;
    }
    if (!special) {
        if (raw.find_first_of(kForbidden) != std::string_view::npos)
            return "invalid international domain name";
        out = escape(raw, "");
        return nullptr;
    }
    out = ascii_lower(percent_decode(raw));
    if (!ascii(out)) out = idna(out);
    if (out.find_first_of(kForbidden) != std::string::npos || out.find('%') != std::string::npos) {
        return "invalid international domain name";
    }
    return out.empty() ? "empty host" : parse_host4(out);
}

std::string parse_path(std::string_view raw, bool special) {
    std::vector<std::string> out;
    std::size_t begin = 0;
    if (raw.starts_with("/") || (special && raw.starts_with("\\"))) begin = 1;
    for (;;) {
        const std::size_t end = raw.find_first_of(special ? "/\\" : "/", begin);
        const bool last = end == std::string_view::npos;
        const std::string_view piece = raw.substr(begin, last ? end : end - begin);
        const std::string word = ascii_lower(piece);
        const bool dot = word == "." || word == "%2e";
        const bool up = word == ".." || word == ".%2e" || word == "%2e." || word == "%2e%2e";
        if (up && !out.empty()) out.pop_back();
        if (!dot && !up) {
            out.push_back(escape(piece, "\"#<>?`{}"));
        } else if (last) {
            out.emplace_back();
        }
        if (last) break;
        begin = end + 1;
    }
    return cat("/", join(out, "/"));
}

}  // namespace

std::string UrlParts::text() const {
    std::string out = cat(scheme, ":");
    if (has_authority) {
        out += "//";
        for (const std::string& other : more_hosts) out += cat(other, ",");
        if (!username.empty() || has_password) {
            out += username;
            if (has_password) out += cat(":", password);
            out += "@";
        }
        out += host;
        if (port >= 0 && !default_port) out += cat(":", port);
    }
    out += path;
    if (has_query) out += cat("?", query);
    if (has_fragment) out += cat("#", fragment);
    return out;
}

const char* parse_whatwg(std::string_view text, UrlParts& out) {
    std::string clean;
    if (text.empty()) return "input is empty";
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= 0x20) text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= 0x20) text.remove_suffix(1);
    for (const char c : text) {
        if (c != '\t' && c != '\n' && c != '\r') clean += c;
    }
    std::string_view rest = clean;
    const std::size_t colon = rest.find(':');
    static constexpr const char* kRelative = "relative URL without a base";
    if (colon == std::string_view::npos || colon == 0) return kRelative;
    out.scheme = ascii_lower(rest.substr(0, colon));
    if (out.scheme[0] < 'a' || out.scheme[0] > 'z' ||
        out.scheme.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+-.") !=
            std::string::npos) {
        return kRelative;
    }
    rest.remove_prefix(colon + 1);
    const int known = special_port(out.scheme);
    const bool special = known != 0;
    if (const std::size_t hash = rest.find('#'); hash != std::string_view::npos) {
        out.has_fragment = true;
        out.fragment = escape(rest.substr(hash + 1), "\"<>`");
        rest = rest.substr(0, hash);
    }
    if (const std::size_t mark = rest.find('?'); mark != std::string_view::npos) {
        out.has_query = true;
        out.query = escape(rest.substr(mark + 1), special ? "\"#<>'" : "\"#<>");
        rest = rest.substr(0, mark);
    }
    const char* slashes = special ? "/\\" : "/";
    if (special && known > 0) {
        rest.remove_prefix(std::min(rest.find_first_not_of(slashes), rest.size()));
        out.has_authority = true;
    } else if (rest.starts_with("//")) {
        rest.remove_prefix(2);
        out.has_authority = true;
    }
    if (!out.has_authority) {
        out.path = rest.starts_with("/") || special ? parse_path(rest, special) : escape(rest, "");
        if (out.scheme == "file") out.has_authority = true;
        return nullptr;
    }
    const std::size_t end = std::min(rest.find_first_of(slashes), rest.size());
    std::string_view authority = rest.substr(0, end);
    rest.remove_prefix(end);
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
        const std::string_view user = authority.substr(0, at);
        static constexpr std::string_view kUser = "\"#<>?`{}/:;=@[\\]^|";
        const std::size_t mark = user.find(':');
        out.username = escape(user.substr(0, mark), kUser);
        if (mark != std::string_view::npos) {
            out.has_password = mark + 1 < user.size();
            out.password = escape(user.substr(mark + 1), kUser);
        }
        authority.remove_prefix(at + 1);
        if (authority.empty()) return "empty host";
    }
    const std::size_t bracket = authority.find(']');
    const std::size_t mark = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (mark != std::string_view::npos) {
        const std::string_view digits = authority.substr(mark + 1);
        if (digits.find_first_not_of("0123456789") != std::string_view::npos || digits.size() > 9) {
            return "invalid port number";
        }
        if (!digits.empty()) out.port = std::atoi(std::string(digits).c_str());
        if (out.port > 65535) return "invalid port number";
        authority = authority.substr(0, mark);
    }
    if (authority.empty()) {
        if (known > 0 || out.port >= 0) return "empty host";
    } else if (const char* wrong = parse_host(authority, special, out.host)) {
        return wrong;
    }
    if (known > 0 && (out.port < 0 || out.port == known)) {
        out.port = known;
        out.default_port = true;
    }
    out.path = rest.empty() && !special ? "" : parse_path(rest, special);
    return nullptr;
}

Value make_url(Vm& vm, Class* cls, const UrlParts& parts, const trust::Origin* origin) {
    auto state = std::make_unique<UrlState>();
    state->parts = parts;
    state->origin = origin;
    return vm.instance(cls, std::move(state)).with_origin(origin);
}

Value validate_url(Run& state, const TypeSchema& schema, const Value& input) {
    Vm& vm = state.vm;
    const trust::Origin* origin = input.origin;
    const UrlState* given = native_state<UrlState>(input);
    if (!given && !as_str(input)) return state.fail("url_type", input);
    std::string text(given ? given->parts.text() : std::string(text_of(input)));
    if (!given) {
        for (const trust::TextPart& part : as_str(input)->parts)
            origin = vm.derive({origin, part.origin});
    }
    const auto wrong = [&](const char* error) {
        return state.fail("url_parsing", input, {{"error", vm.str(error)}});
    };
    if (schema.max_length >= 0 && static_cast<std::int64_t>(text.size()) > schema.max_length) {
        return state.fail("url_too_long", input, {{"max_length", Value::of(schema.max_length)}});
    }
    UrlParts parts;
    if (schema.multi_host && !given && text.find(',') != std::string::npos) {
        // postgres://a:1,b:2/db: all hosts but the last are parsed on their own.
        const std::size_t begin = std::min(text.find("//") + 2, text.size());
        const std::size_t end = std::min(text.find_first_of("/?#", begin), text.size());
        std::size_t at = begin;
        for (std::size_t comma = text.find(',', at); comma < end; comma = text.find(',', at)) {
            UrlParts one;
            if (comma == at) return wrong("empty host");
            if (const char* error = parse_whatwg(cat("x://", text.substr(at, comma - at)), one)) {
                return wrong(error);
            }
            parts.more_hosts.push_back(one.text().substr(4));
            at = comma + 1;
        }
        text = cat(text.substr(0, begin), text.substr(at));
    }
    if (const char* error = parse_whatwg(text, parts)) return wrong(error);
    const std::vector<std::string>& schemes = schema.schemes;
    if (!schemes.empty() &&
        std::find(schemes.begin(), schemes.end(), parts.scheme) == schemes.end()) {
        std::string expected;
        for (std::size_t i = 0; i < schemes.size(); ++i) {
            if (i) expected += i + 1 == schemes.size() ? " or " : ", ";
            expected += cat("'", schemes[i], "'");
        }
        return state.fail("url_scheme", input, {{"expected_schemes", vm.str(expected)}});
    }
    if (parts.host.empty()) {
        if (schema.host_required && schema.detail.empty()) return wrong("empty host");
        if (!schema.detail.empty()) {
            parts.host = schema.detail;
            parts.has_authority = true;
        }
    }
    if (parts.port < 0 && schema.version) parts.port = static_cast<int>(schema.version);
    if (parts.path.empty() && !schema.pattern.empty()) parts.path = schema.pattern;
    state.floor(Exactness::Lax);
    return make_url(vm, schema.cls, parts, origin);
}

namespace {

bool local_character(char c) {
    return static_cast<signed char>(c) < 0 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') ||
           std::string_view("_!#$%&'*+-/=?^`{|}~").find(c) != std::string_view::npos;
}
bool host_character(char c) {
    return static_cast<signed char>(c) < 0 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '.';
}

// The characters that `good` refuses, once each, sorted, as email-validator shows them.
std::string bad_characters(std::string_view text, bool (*good)(char)) {
    std::vector<std::string> bad;
    for (const char c : text) {
        if (good(c) || c == '.') continue;
        static constexpr char kHex[] = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        std::string shown = c == '\''   ? "\"'\""
                            : c == '\\' ? "\"\\\""
                                        : cat("'", std::string(1, c), "'");
        if (c == ' ') shown = "SPACE";
        if (byte < 0x20 || byte == 0x7F)
            shown = cat("U+00", std::string{kHex[byte >> 4], kHex[byte & 15]});
        if (std::find(bad.begin(), bad.end(), shown) == bad.end()) bad.push_back(shown);
    }
    std::sort(bad.begin(), bad.end());
    return join(bad, ", ");
}

// What is wrong with the address; empty: nothing, and it is normalised.
std::string check_email(std::string& email) {
    const std::size_t at = email.find('@');
    if (at == std::string::npos) return "An email address must have an @-sign.";
    std::string local = email.substr(0, at);
    std::string domain = email.substr(at + 1);
    if (local.empty()) return "There must be something before the @-sign.";
    if (local.front() == '"' && local.size() > 1 && local.back() == '"') {
        return "Quoting the part before the @-sign is not allowed here.";
    }
    std::string bad = bad_characters(local, &local_character);
    if (!bad.empty()) {
        return cat("The email address contains invalid characters before the @-sign: ", bad, ".");
    }
    static constexpr const char* kTwo = "An email address cannot have two periods in a row.";
    if (local.back() == '.')
        return "An email address cannot have a period immediately before the @-sign.";
    if (local.front() == '.') return "An email address cannot start with a period.";
    if (local.find("..") != std::string::npos) return kTwo;
    if (domain.empty()) return "There must be something after the @-sign.";
    if (domain.front() == '[' && domain.back() == ']') {
        return "A bracketed IP address after the @-sign is not allowed here.";
    }
    bad = bad_characters(domain, &host_character);
    if (!bad.empty())
        return cat("The part after the @-sign contains invalid characters: ", bad, ".");
    domain = ascii_lower(domain);
    for (const auto& [mark, word] :
         {std::pair<char, const char*>{'.', "period"}, {'-', "hyphen"}}) {
        if (domain.back() == mark) return cat("An email address cannot end with a ", word, ".");
        if (domain.front() == mark) {
            return cat("An email address cannot have a ", word, " immediately after the @-sign.");
        }
        if (mark == '.' && domain.find("..") != std::string::npos) return kTwo;
    }
    if (domain.find(".-") != std::string::npos || domain.find("-.") != std::string::npos) {
        return "An email address cannot have a period and a hyphen next to each other.";
    }
    const std::string encoded = idna(domain);
    const auto too_many = [](std::size_t size, std::size_t limit) {
        return cat("(", size - limit, " character", size - limit > 1 ? "s" : "", " too many)");
    };
    if (encoded.size() > 253) {
        return cat("The email address is too long after the @-sign ", too_many(encoded.size(), 253),
                   ".");
    }
    for (const std::string& label : split(encoded, '.')) {
        if (label.size() > 63) {
            return cat("After the @-sign, periods cannot be separated by so many characters ",
                       too_many(label.size(), 63), ".");
        }
    }
    if (encoded.find('.') == std::string::npos) {
        return "The part after the @-sign is not valid. It should have a period.";
    }
    if (encoded.back() >= '0' && encoded.back() <= '9') {
        return "The part after the @-sign is not valid. It is not within a valid top-level domain.";
    }
    for (const char* reserved : {"arpa", "invalid", "local", "localhost", "onion", "test"}) {
        if (encoded == reserved || encoded.ends_with(cat(".", reserved))) {
            return "The part after the @-sign is a special-use or reserved name that cannot be "
                   "used "
                   "with email.";
        }
    }
    email = cat(local, "@", domain);
    if (email.size() > 254)
        return cat("The email address is too long ", too_many(email.size(), 254), ".");
    return {};
}

}  // namespace

Value validate_email(Run& state, const TypeSchema& schema, const Value& input) {
    Vm& vm = state.vm;
    if (schema.kind == TypeKind::NameEmail && as_instance(input) &&
        vm.class_of(input)->name == "NameEmail") {
        return input;
    }
    if (!as_str(input)) {
        return state.fail(schema.kind == TypeKind::NameEmail ? "name_email_type" : "string_type",
                          input);
    }
    const std::string_view text = trim(text_of(input));
    std::string email(text);
    std::string name;
    // "Name <address>"
    const std::size_t open = text.find('<');
    if (open != std::string_view::npos && text.ends_with(">") &&
        std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(open), [](char c) {
            return c == ' ' || c == '"' ||
                   (local_character(c) &&
                    std::string_view("!#$%&'*+-/=?^`{|}~").find(c) == std::string_view::npos);
        })) {
        name = trim(text.substr(0, open));
        if (name.size() > 1 && name.front() == '"' && name.back() == '"')
            name = name.substr(1, name.size() - 2);
        email = trim(text.substr(open + 1, text.size() - open - 2));
    }
    const std::string wrong =
        text.size() > 2048 ? "Length must not exceed 2048 characters" : check_email(email);
    if (!wrong.empty()) {
        state.fail("value_error", input, {{"reason", vm.str(wrong)}});
        state.issues.back().message = cat("value is not a valid email address: ", wrong);
        state.issues.back().custom = true;
        return {};
    }
    if (schema.kind == TypeKind::NameEmail) {
        if (name.empty()) name = email.substr(0, email.find('@'));
        return vm.call(Value::of(schema.cls),
                       {vm.str(name, input.origin), vm.str(email, input.origin)});
    }
    if (email == text_of(input)) return input;  // with the origins of its parts
    return vm.str(email, vm.derive({input.origin}));
}

}  // namespace wh::libraries
