// What the page sees of the core: two functions. The reply belongs to the module and lives until the
// next call.
#include <string>

#include "api/handle.h"

namespace {
// The only mutable globals; see above.
std::string reply;
wh::api::Session session;
}

extern "C" {

const char* wh_handle(const char* request) {
    reply = wh::api::handle(session, request);
    return reply.c_str();
}

const char* wh_version() {
    reply = wh::api::version();
    return reply.c_str();
}
}
