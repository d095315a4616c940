// One UDP datagram. Addresses in presentation form; the bytes are the payload.
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
};

}  // namespace wh
