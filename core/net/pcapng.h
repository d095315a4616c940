// A capture as a file that Wireshark opens (pcapng, draft-ietf-opsawg-pcapng): one interface of raw
// IP packets, with real headers and checksums.
#pragma once

#include <string>

#include "net/network.h"

namespace wh::net {

// `wall_clock_us`: microseconds since 1970 at virtual time 0. Packets are sorted by time.
std::string pcapng(const Capture& capture, TimeUs wall_clock_us);

// The bytes of one packet from the IP header on.
std::string ip_packet(const Packet& packet);

}  // namespace wh::net
