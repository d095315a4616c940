// A cookie jar as http.cookiejar keeps it, with Netscape rules (RFC 6265 where they agree).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libraries/shared/headers.h"
#include "libraries/shared/url.h"

namespace wh::libraries {

struct Cookie {
    std::string name;
    trust::SymbolicText value;
    std::string domain;  // empty: every host gets it; ".x": x and what is below it
    std::string path = "/";
    bool secure = false;
};

class CookieJar {
  public:
    std::vector<Cookie> cookies;

    void set(Cookie cookie);  // replaces one of the same domain, path and name
    void merge(const CookieJar& more);
    // From the Set-Cookie fields of an answer to `url`.
    void extract(const Url& url, const HeaderMap& answer, const trust::Origin* origin);
    // "a=1; b=2"; empty: no cookie goes there.
    [[nodiscard]] trust::SymbolicText header_for(const Url& url) const;
    [[nodiscard]] const Cookie* find(std::string_view name) const;
};

}  // namespace wh::libraries
