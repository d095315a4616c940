// asyncio's streams and connections (Python 3.13): written in Python (asyncio.streams.py); here
// stands what their parameters mean.
#include "libraries/library.h"

namespace wh::libraries {

namespace {

constexpr Meaning kMeanings[] = {
    {"asyncio.open_connection, loop.create_connection", "ssl",
     "None: plain text; True: ssl.create_default_context(); a context: as it says.", "reality u12"},
    {"asyncio.open_connection, loop.create_connection", "server_hostname",
     "Sent as SNI and looked for in the certificate instead of host; \"\" with a context of one's "
     "own: no name.",
     "reality u12"},
    {"asyncio.StreamWriter.start_tls, loop.start_tls", "sslcontext", "Decides what is verified.",
     "reality u13"},
    {"asyncio.StreamWriter.start_tls, loop.start_tls", "server_hostname",
     "Without it no name is compared, even if the context's check_hostname is True.",
     "reality u13"},
};

}  // namespace

const Library& library_asyncio_streams() {
    static const Library library{
        "asyncio streams", "3.13", "TCP and TLS on the event loop", true, {}, kMeanings};
    return library;
}

}  // namespace wh::libraries
