// The packets of one play as a file that Wireshark opens. What the simulation says in symbols
// (certificates, ciphers) is written as other programs read it: TLS 1.3 whose secrets are in the
// file.
#pragma once

#include <string>

#include "net/network.h"

namespace wh::world {

// `wall_clock_us`: microseconds since 1970 at virtual time 0. Returns a pcapng file.
std::string capture_file(const net::Capture& capture, net::TimeUs wall_clock_us);

}  // namespace wh::world
