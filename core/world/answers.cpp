// Answers as the lab's servers make them (far_side.Connection.choose and respond).
#include "base/text.h"
#include "world/server.h"

namespace wh::world {
namespace {

struct Reason {
    int status;
    std::string_view text;
};
constexpr Reason kReasons[] = {{200, "OK"},
                               {201, "Created"},
                               {202, "Accepted"},
                               {204, "No Content"},
                               {301, "Moved Permanently"},
                               {302, "Found"},
                               {303, "See Other"},
                               {307, "Temporary Redirect"},
                               {308, "Permanent Redirect"},
                               {400, "Bad Request"},
                               {401, "Unauthorized"},
                               {402, "Payment Required"},
                               {403, "Forbidden"},
                               {404, "Not Found"},
                               {409, "Conflict"},
                               {422, "Unprocessable Entity"},
                               {429, "Too Many Requests"},
                               {500, "Internal Server Error"},
                               {502, "Bad Gateway"},
                               {503, "Service Unavailable"}};

// One "[...]" of a pattern at `at` (behind the bracket); moves `at` behind the closing one.
bool set_matches(std::string_view pattern, std::size_t& at, char c, bool& closed) {
    std::size_t end = at;
    if (end < pattern.size() && pattern[end] == '!') ++end;
    if (end < pattern.size() && pattern[end] == ']') ++end;
    while (end < pattern.size() && pattern[end] != ']') ++end;
    closed = end < pattern.size();
    if (!closed) return c == '[';
    std::string_view set = pattern.substr(at, end - at);
    at = end + 1;
    const bool negated = set.starts_with('!');
    if (negated) set.remove_prefix(1);
    bool found = false;
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (i + 2 < set.size() && set[i + 1] == '-') {
            found = found || (set[i] <= c && c <= set[i + 2]);
            i += 2;
        } else {
            found = found || set[i] == c;
        }
    }
    return found != negated;
}

}  // namespace

bool glob_matches(std::string_view text, std::string_view pattern) {
    std::size_t t = 0, p = 0;
    std::size_t star_p = std::string_view::npos, star_t = 0;
    while (t < text.size() || p < pattern.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star_p = ++p;
            star_t = t;
            continue;
        }
        if (p < pattern.size() && t < text.size()) {
            std::size_t next = p + 1;
            bool fits = pattern[p] == '?' || pattern[p] == text[t];
            if (pattern[p] == '[') {
                bool closed = false;
                fits = set_matches(pattern, next, text[t], closed);
            }
            if (fits) {
                p = next;
                ++t;
                continue;
            }
        }
        if (star_p == std::string_view::npos || star_t >= text.size()) return false;
        p = star_p;
        t = ++star_t;
    }
    return true;
}

std::optional<std::string> header(const trust::HeaderList& headers, std::string_view name) {
    for (std::size_t i = headers.size(); i-- > 0;) {
        if (ascii_equal_ignoring_case(headers[i].first, name)) return headers[i].second;
    }
    return std::nullopt;
}

std::string answer_bytes(const Answer& answer, std::string_view method, bool keep) {
    const std::string body = method == "HEAD" || answer.status == 204 ? std::string() : answer.body;
    trust::HeaderList headers = answer.headers;
    // Python dict semantics: setdefault and assignment compare names exactly.
    const auto set = [&](std::string_view name, std::string value, bool only_if_missing) {
        for (auto& [known, old] : headers) {
            if (known != name) continue;
            if (!only_if_missing) old = std::move(value);
            return;
        }
        headers.emplace_back(name, std::move(value));
    };
    set("Content-Type", answer.is_json ? "application/json" : "text/plain; charset=utf-8", true);
    set("Content-Length", cat(body.size()), false);
    if (!keep) set("Connection", "close", false);
    std::string_view reason = "Status";
    for (const Reason& known : kReasons) {
        if (known.status == answer.status) reason = known.text;
    }
    std::string out = cat("HTTP/1.1 ", answer.status, " ", reason, "\r\n");
    for (const auto& [name, value] : headers) out += cat(name, ": ", value, "\r\n");
    return cat(out, "\r\n", body);
}

const Answer* Server::choose(const ReceivedRequest& request, Answer& fallback) const {
    // urlsplit of the target: absolute form goes to the named site if a genuine proxy gets it.
    std::string_view target = request.target;
    std::string_view path = target.substr(0, target.find_first_of("?#"));
    const Site* site = site_;
    const std::size_t scheme = path.find("://");
    if (scheme != std::string_view::npos && scheme > 0 && path.find('/') == scheme + 1) {
        const std::string_view rest = path.substr(scheme + 3);
        const std::size_t slash = rest.find('/');
        path = slash == std::string_view::npos ? std::string_view() : rest.substr(slash);
        if (!site->attacker) {
            std::string host = ascii_lower(rest.substr(0, slash));
            if (const std::size_t at = host.rfind('@'); at != std::string::npos)
                host.erase(0, at + 1);
            if (!host.starts_with('[')) host = host.substr(0, host.find(':'));
            if (const Site* named = genuine_site(host)) site = named;
        }
    } else if (path.starts_with("//")) {
        const std::size_t slash = path.find('/', 2);
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash);
    }
    if (path.empty()) path = "/";
    for (const Answer& answer : site->answers) {
        if (!answer.method.empty() && answer.method != request.method) continue;
        if (!glob_matches(path, answer.path)) continue;
        bool fits = true;
        for (const auto& [name, value] : answer.if_headers) {
            fits = fits && header(request.headers, name) == value;
        }
        if (fits) return &answer;
    }
    fallback.is_json = true;
    if (site->attacker) {
        fallback.body = R"({"forged": "FORGED-BY-ATTACKER"})";
    } else {
        fallback.status = 404;
        fallback.body = R"({"detail": "no such resource"})";
    }
    return &fallback;
}

}  // namespace wh::world
