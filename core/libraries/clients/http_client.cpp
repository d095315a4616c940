// http.client (Python 3.13): written in Python (http.client.py); here stands what its parameters
// mean.
#include "libraries/library.h"

namespace wh::libraries {

namespace {

constexpr Meaning kMeanings[] = {
    {"http.client.HTTPSConnection", "host",
     "Looked up, sent as SNI and looked for in the certificate.", "reality v22"},
    {"http.client.HTTPSConnection", "context",
     "Decides what is verified; without it, what ssl._create_default_https_context makes.",
     "reality u07, u08"},
    {"http.client.HTTPConnection", "host", "Plain text to whoever answers for it.", "reality u08"},
    {"http.client.HTTPConnection, http.client.HTTPSConnection", "timeout",
     "For each step; socket.setdefaulttimeout if it is not given.", "reality u08"},
    {"http.client.HTTPSConnection", "method set_tunnel",
     "CONNECT to the proxy; the certificate must have the name of the tunnel's target.",
     "reality u09"},
    {"http.client.HTTPSConnection", "attribute sock, method connect",
     "What the code puts there is used as it is, with the trust of its own context.",
     "reality u17"},
};

}  // namespace

const Library& library_http_client() {
    static const Library library{"http.client", "3.13", "HTTP connections", true, {}, kMeanings};
    return library;
}

}  // namespace wh::libraries
