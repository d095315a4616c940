// A capture as a file that Wireshark opens (pcapng, draft-ietf-opsawg-pcapng): one Ethernet that
// all hosts hang on, with real headers and checksums.
#pragma once

#include <string>
#include <string_view>

#include "net/network.h"

namespace wh::net {

// `wall_clock_us`: microseconds since 1970 at virtual time 0. Packets are sorted by time.
// `key_log`: TLS secrets in the key log format, for a Decryption Secrets Block; empty: none.
// `comment`: of the section.
std::string pcapng(const Capture& capture, TimeUs wall_clock_us, std::string_view key_log,
                   std::string_view comment);

// The bytes of one packet from the IP header on.
std::string ip_packet(const Packet& packet);

}  // namespace wh::net
