// One UDP datagram, or one message of a TCP connection. Addresses in presentation form; the bytes
// are the payload.
#pragma once

#include <cstdint>
#include <string>

namespace wh {

struct Datagram {
    std::string source;
    std::string destination;
    std::uint16_t source_port = 0;
    std::uint16_t destination_port = 0;
    std::string bytes;
    bool tcp = false;  // a message within a TCP connection: nobody off the path can make one
};

}  // namespace wh
