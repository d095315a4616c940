// requests 2.32.3 is written in Python (requests.*.py beside this) on urllib3's native part. Here:
// what its parameters mean for trust.
#include "libraries/library.h"

namespace wh::libraries {

namespace {

constexpr Meaning kMeanings[] = {
    {"requests.get ..., requests.Session.request ...", "verify",
     "True or None: chain and name are verified against certifi's roots; False, 0, \"\": neither; "
     "a path: only "
     "those roots.",
     "reality v08, v09, v11, FACTS 13"},
    {"requests.Session", "attribute verify",
     "As the argument, but REQUESTS_CA_BUNDLE overrules it.", "reality v10, FACTS 12"},
    {"requests.get ..., requests.Session.request ...", "cert",
     "The client's own certificate. It stays in the context that all sessions share, and is shown "
     "wherever a later request without it is asked for one.",
     "reality p67"},
    {"requests.Session", "attribute trust_env",
     "False: no bundle and no proxy is read from the environment.", "requests 2.32 sessions.py"},
    {"requests", "env REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE", "Only that bundle's roots are trusted.",
     "reality p70"},
    {"requests", "env http_proxy, https_proxy, all_proxy, no_proxy",
     "Requests go through that proxy.", "reality p70"},
    {"requests.get ..., requests.Session", "proxies",
     "As the variables, which the argument of a call overrules.", "reality p79"},
    {"requests.Session.mount", "adapter", "Decides for addresses that begin so.",
     "reality FACTS, options"},
    {"requests.adapters.HTTPAdapter.init_poolmanager", "ssl_context",
     "Its roots and versions count; verification stays on unless verify is off.",
     "reality p65, FACTS 14"},
    {"requests.adapters.HTTPAdapter.init_poolmanager", "assert_hostname",
     "False: the name is not compared; a text: that name is looked for.", "reality FACTS, options"},
    {"requests.adapters.HTTPAdapter.init_poolmanager", "server_hostname, assert_fingerprint",
     "As in urllib3.", "reality FACTS, options"},
    {"requests.adapters.HTTPAdapter", "max_retries", "Each attempt sends everything again.",
     "reality p66, FACTS 21"},
    {"requests.get ..., requests.Session.request ...", "allow_redirects",
     "Redirects are followed unless False; Authorization is dropped on the way to another host, "
     "other headers "
     "are not.",
     "reality FACTS, redirects"},
    {"requests.get ..., requests.Session.request ...", "timeout", "None unless given.",
     "reality f03"},
    {"requests.packages.urllib3.disable_warnings", "(nothing)", "Only silences the warnings.",
     "requests 2.32 packages.py"},
};

}  // namespace

const Library& library_requests() {
    static const Library library{"requests", "2.32.3", "HTTP client", true, {}, kMeanings};
    return library;
}

}  // namespace wh::libraries
