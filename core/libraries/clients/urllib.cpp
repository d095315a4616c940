// urllib.request (Python 3.13): written in Python (urllib.request.py, http.client.py); here stands
// what its parameters mean.
#include "libraries/library.h"

namespace wh::libraries {

namespace {

constexpr std::string_view kReference = "Python 3.13 library reference, \"urllib.request\"";
constexpr Meaning kMeanings[] = {
    {"urllib.request.urlopen", "url",
     "https: verified as the context says; http: plain text; the host of the URL is the name that "
     "the certificate must have.",
     "reality v16"},
    {"urllib.request.urlopen", "context",
     "Decides what is verified; an opener of install_opener, and its headers, are then not used.",
     "reality v17, u01"},
    {"urllib.request.urlopen", "timeout", "For each step, not for the whole; none by default.",
     kReference},
    {"urllib.request.HTTPSHandler", "context",
     "Decides what is verified by every opener that has the handler; without it the default is "
     "made "
     "when the handler is, by ssl._create_default_https_context.",
     "reality u01, u07"},
    {"urllib.request.HTTPSHandler", "check_hostname",
     "Set on the context, also on one that was handed over; True switches verification on again.",
     "reality u01"},
    {"urllib.request.install_opener", "opener", "Used by every urlopen without a context.",
     "reality u01"},
    {"urllib.request.ProxyHandler", "proxies",
     "http goes to the proxy in plain text, https through CONNECT; user and password in its URL go "
     "to whoever answers for it.",
     "reality u05"},
    {"urllib.request", "env http_proxy, https_proxy, no_proxy",
     "Proxies of every opener that has no ProxyHandler of its own; {} switches them off.",
     "reality u05"},
    {"urllib.request.HTTPRedirectHandler", "(nothing)",
     "Redirects are followed, also from https to http, and every header goes along: Authorization, "
     "Cookie, keys. 307 and 308 are not followed with a body.",
     "reality u03"},
    {"urllib.request.HTTPRedirectHandler", "method redirect_request",
     "None: the redirect is an HTTPError; what it returns is what is asked next.", "reality u03"},
    {"urllib.request.HTTPBasicAuthHandler", "password manager",
     "Sends user and password to whoever asks with 401, or at once if it is said to be "
     "authenticated.",
     "reality u04"},
    {"urllib.request.HTTPCookieProcessor", "cookiejar",
     "Cookies go to the host that set them, in plain text too unless they are Secure.",
     "reality u06"},
};

}  // namespace

const Library& library_urllib() {
    static const Library library{"urllib.request", "3.13", "Openers and handlers", true, {},
                                 kMeanings};
    return library;
}

}  // namespace wh::libraries
