#include "libraries/shared/cookies.h"

#include <algorithm>

#include "base/text.h"

namespace wh::libraries {

namespace {

// http.cookiejar appends ".local" to names without a dot.
std::string effective_host(const Url& url) {
    return url.host.find('.') == std::string::npos && !is_address(url.host)
               ? cat(url.host, ".local")
               : url.host;
}

// The host-only match of http.cookiejar is a bare suffix test on ".host" against the cookie's
// domain (with a dot put in front), so that subdomains get host-only cookies too (reality FACTS
// 11).
bool domain_matches(const std::string& domain, const std::string& host) {
    if (domain.empty()) return true;
    const std::string dotted = domain[0] == '.' ? domain : cat(".", domain);
    return cat(".", host).ends_with(dotted);
}

bool path_matches(const std::string& cookie, const std::string& request) {
    if (cookie == request) return true;
    return request.starts_with(cookie) &&
           (cookie.ends_with('/') || request.substr(cookie.size(), 1) == "/");
}

}  // namespace

void CookieJar::set(Cookie cookie) {
    for (Cookie& each : cookies) {
        if (each.name == cookie.name && each.domain == cookie.domain && each.path == cookie.path) {
            each = std::move(cookie);
            return;
        }
    }
    cookies.push_back(std::move(cookie));
}

void CookieJar::merge(const CookieJar& more) {
    for (const Cookie& cookie : more.cookies) set(cookie);
}

void CookieJar::extract(const Url& url, const HeaderMap& answer, const trust::Origin* origin) {
    for (const HeaderField& field : answer.fields) {
        if (!ascii_equal_ignoring_case(field.name, "set-cookie")) continue;
        const std::vector<std::string> pieces = split(field.value.text, ';');
        const std::size_t equals = pieces[0].find('=');
        if (equals == std::string::npos) continue;
        Cookie cookie;
        cookie.name = std::string(trim(pieces[0].substr(0, equals)));
        cookie.value = text_from(trim(std::string_view(pieces[0]).substr(equals + 1)), origin);
        const std::string path = url.path.empty() ? "/" : url.path;
        const std::size_t slash = path.rfind('/');
        cookie.path = slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
        cookie.domain = effective_host(url);
        bool accepted = true;
        bool expired = false;
        for (std::size_t i = 1; i < pieces.size(); ++i) {
            const std::size_t sign = pieces[i].find('=');
            const std::string key = ascii_lower(trim(std::string_view(pieces[i]).substr(0, sign)));
            const std::string value(sign == std::string::npos
                                        ? ""
                                        : trim(std::string_view(pieces[i]).substr(sign + 1)));
            if (key == "secure") cookie.secure = true;
            if (key == "path" && value.starts_with('/')) cookie.path = value;
            if (key == "max-age") expired = value == "0" || value.starts_with('-');
            if (key != "domain" || value.empty()) continue;
            cookie.domain = ascii_lower(value[0] == '.' ? value : cat(".", value));
            const bool embedded_dot = cookie.domain.find('.', 1) != std::string::npos;
            accepted = domain_matches(cookie.domain, effective_host(url)) &&
                       (embedded_dot || cookie.domain == ".local");
        }
        if (!accepted) continue;
        if (expired) {
            std::erase_if(cookies, [&](const Cookie& each) {
                return each.name == cookie.name && each.domain == cookie.domain &&
                       each.path == cookie.path;
            });
        } else {
            set(std::move(cookie));
        }
    }
}

trust::SymbolicText CookieJar::header_for(const Url& url) const {
    std::vector<const Cookie*> sent;
    const std::string path = url.path.empty() ? "/" : url.path;
    for (const Cookie& cookie : cookies) {
        if (cookie.secure && url.scheme != "https") continue;
        if (!domain_matches(cookie.domain, effective_host(url))) continue;
        if (path_matches(cookie.path, path)) sent.push_back(&cookie);
    }
    // Longer paths first (RFC 6265 section 5.4, http.cookiejar._cookie_attrs).
    std::stable_sort(sent.begin(), sent.end(), [](const Cookie* a, const Cookie* b) {
        return a->path.size() > b->path.size();
    });
    trust::SymbolicText out;
    for (const Cookie* cookie : sent) {
        append(out, plain(cat(out.text.empty() ? "" : "; ", cookie->name, "=")));
        append(out, cookie->value);
    }
    return out;
}

const Cookie* CookieJar::find(std::string_view name) const {
    for (const Cookie& cookie : cookies) {
        if (cookie.name == name) return &cookie;
    }
    return nullptr;
}

}  // namespace wh::libraries
