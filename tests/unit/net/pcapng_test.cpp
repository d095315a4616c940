#include "net/pcapng.h"

#include <doctest/doctest.h>

#include "base/encoding.h"

using namespace wh;
using namespace wh::net;

namespace {

// One's complement sum over a region that includes its checksum: 0xFFFF if the checksum fits.
unsigned sum16(std::string_view bytes, unsigned sum = 0) {
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        sum += static_cast<unsigned>(get8(bytes, i)) << 8;
        if (i + 1 < bytes.size()) sum += get8(bytes, i + 1);
    }
    while (sum >> 16) sum = (sum & 0xFFFF) + (sum >> 16);
    return sum;
}

}  // namespace

TEST_CASE("IPv4 and UDP headers with checksums that fit") {
    const Packet packet{0, false, {"192.0.2.1", "198.51.100.253", 5353, 53, "odd"}, 0, 0, 0};
    const std::string bytes = ip_packet(packet);
    REQUIRE(bytes.size() == 20 + 8 + 3);
    CHECK(get8(bytes, 0) == 0x45);
    CHECK(get16(bytes, 2) == bytes.size());
    CHECK(get8(bytes, 9) == 17);
    CHECK(sum16(std::string_view(bytes).substr(0, 20)) == 0xFFFF);
    CHECK(get16(bytes, 20) == 5353);
    // Pseudo header: addresses, protocol, length.
    CHECK(sum16(std::string_view(bytes).substr(20),
                sum16(std::string_view(bytes).substr(12, 8), 17 + 11)) == 0xFFFF);
}

TEST_CASE("IPv6 and TCP") {
    const Packet packet{0, true, {"2001:db8::1", "2001:db8::2", 50000, 443, "data"},
                        7, 9,    kAck | kPush};
    const std::string bytes = ip_packet(packet);
    REQUIRE(bytes.size() == 40 + 20 + 4);
    CHECK(get8(bytes, 0) == 0x60);
    CHECK(get16(bytes, 4) == 24);
    CHECK(get32(bytes, 44) == 7);
    CHECK(get32(bytes, 48) == 9);
    CHECK((get16(bytes, 52) & 0x3F) == (kAck | kPush));
    CHECK(sum16(std::string_view(bytes).substr(40),
                sum16(std::string_view(bytes).substr(8, 32), 6 + 24)) == 0xFFFF);
}

TEST_CASE("the file: section, interface, secrets, packets in order of time") {
    Capture capture;
    capture.push_back({20, false, {"192.0.2.1", "192.0.2.2", 1, 2, "second"}, 0, 0, 0});
    capture.push_back({-10, false, {"192.0.2.1", "192.0.2.2", 1, 2, "first"}, 0, 0, 0});
    const std::string file = pcapng(capture, 1'000'000, "SECRET", "REMARK");
    CHECK(file.substr(0, 4) == "\x0A\x0D\x0D\x0A");
    CHECK(file.size() % 4 == 0);
    CHECK(file.find("first") < file.find("second"));
    std::size_t at = 0;
    int blocks = 0;
    while (at < file.size()) {
        const auto size = static_cast<std::size_t>(static_cast<unsigned char>(file[at + 4]) |
                                                   static_cast<unsigned char>(file[at + 5]) << 8);
        REQUIRE(size >= 12);
        CHECK(file.substr(at + 4, 4) == file.substr(at + size - 4, 4));
        at += size;
        ++blocks;
    }
    CHECK(blocks == 5);
    CHECK(file.find("REMARK") < file.find("KSLT"));
    CHECK(file.find("KSLT") < file.find("SECRET"));
}
