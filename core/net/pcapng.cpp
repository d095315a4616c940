#include "net/pcapng.h"

#include <algorithm>

#include "base/address.h"
#include "base/encoding.h"

namespace wh::net {
namespace {

constexpr unsigned kUdp = 17, kTcp = 6;
constexpr std::uint16_t kLinkTypeEthernet = 1;
constexpr std::uint32_t kSectionBlock = 0x0A0D0D0A, kInterfaceBlock = 1, kSecretsBlock = 10,
                        kPacketBlock = 6, kTlsKeyLog = 0x544C534B;

// RFC 1071.
std::uint16_t checksum(std::string_view bytes) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        sum += static_cast<std::uint32_t>(get8(bytes, i)) << 8;
        if (i + 1 < bytes.size()) sum += get8(bytes, i + 1);
    }
    while (sum >> 16) sum = (sum & 0xFFFF) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum);
}

void patch16(std::string& bytes, std::size_t at, unsigned value) {
    bytes[at] = static_cast<char>(value >> 8);
    bytes[at + 1] = static_cast<char>(value & 0xFF);
}

void little32(std::string& out, std::uint32_t value) {
    for (int i = 0; i < 4; ++i) put8(out, value >> (8 * i));
}

void block(std::string& out, std::uint32_t type, std::string body) {
    body.resize((body.size() + 3) / 4 * 4, '\0');
    const auto size = static_cast<std::uint32_t>(body.size() + 12);
    little32(out, type);
    little32(out, size);
    out += body;
    little32(out, size);
}

// A locally administered address, from the end of the IP address.
std::string hardware_address(std::string_view address) {
    const std::string bytes = address_bytes(address).value_or(std::string(4, '\0'));
    return std::string("\x02\0", 2) + bytes.substr(bytes.size() - 4);
}

std::string frame(const Packet& packet) {
    const bool six = packet.datagram.source.find(':') != std::string::npos;
    std::string out =
        hardware_address(packet.datagram.destination) + hardware_address(packet.datagram.source);
    put16(out, six ? 0x86DD : 0x0800);
    return out + ip_packet(packet);
}

}  // namespace

std::string ip_packet(const Packet& packet) {
    const Datagram& inner = packet.datagram;
    const std::string source = address_bytes(inner.source).value_or(std::string(4, '\0'));
    const std::string destination = address_bytes(inner.destination).value_or(std::string(4, '\0'));
    const unsigned protocol = packet.tcp ? kTcp : kUdp;

    std::string segment;
    put16(segment, inner.source_port);
    put16(segment, inner.destination_port);
    if (packet.tcp) {
        put32(segment, packet.sequence);
        put32(segment, packet.acknowledged);
        put16(segment, 5U << 12 | packet.flags);
        put16(segment, packet.flags & kRst ? 0U : 64240U);  // window
        put32(segment, 0);
    } else {
        put16(segment, static_cast<unsigned>(inner.bytes.size() + 8));
        put16(segment, 0);
    }
    segment += inner.bytes;
    std::string pseudo = source + destination;
    if (source.size() == 4) {
        put16(pseudo, protocol);
        put16(pseudo, static_cast<unsigned>(segment.size()));
    } else {
        put32(pseudo, static_cast<std::uint32_t>(segment.size()));
        put32(pseudo, protocol);
    }
    const std::uint16_t sum = checksum(pseudo + segment);
    patch16(segment, packet.tcp ? 16 : 6, sum == 0 && !packet.tcp ? 0xFFFF : sum);

    std::string out;
    if (source.size() == 4) {
        put16(out, 0x4500);
        put16(out, static_cast<unsigned>(segment.size() + 20));
        put32(out, 0x4000);  // identification 0, don't fragment
        put8(out, 64);
        put8(out, protocol);
        put16(out, 0);
        out += source + destination;
        patch16(out, 10, checksum(out));
    } else {
        put32(out, 0x60000000);
        put16(out, static_cast<unsigned>(segment.size()));
        put8(out, protocol);
        put8(out, 64);
        out += source + destination;
    }
    return out + segment;
}

std::string pcapng(const Capture& capture, TimeUs wall_clock_us, std::string_view key_log,
                   std::string_view comment) {
    std::string out;
    std::string section;
    little32(section, 0x1A2B3C4D);
    little32(section, 1);  // version 1.0
    little32(section, 0xFFFFFFFF);
    little32(section, 0xFFFFFFFF);
    if (!comment.empty()) {
        put8(section, 1);  // opt_comment; its numbers are little-endian, too
        put8(section, 0);
        put8(section, static_cast<unsigned>(comment.size()));
        put8(section, static_cast<unsigned>(comment.size() >> 8));
        section += comment;
        section.resize((section.size() + 3) / 4 * 4, '\0');
        little32(section, 0);  // opt_endofopt
    }
    block(out, kSectionBlock, section);
    std::string interface;
    little32(interface, kLinkTypeEthernet);
    little32(interface, 0);  // no limit on packet length
    block(out, kInterfaceBlock, interface);
    if (!key_log.empty()) {
        std::string secrets;
        little32(secrets, kTlsKeyLog);
        little32(secrets, static_cast<std::uint32_t>(key_log.size()));
        secrets += key_log;
        block(out, kSecretsBlock, secrets);
    }

    std::vector<const Packet*> order;
    for (const Packet& packet : capture) order.push_back(&packet);
    std::stable_sort(order.begin(), order.end(),
                     [](const Packet* a, const Packet* b) { return a->time_us < b->time_us; });
    for (const Packet* packet : order) {
        const std::string bytes = frame(*packet);
        const auto time = static_cast<std::uint64_t>(wall_clock_us + packet->time_us);
        std::string body;
        little32(body, 0);
        little32(body, static_cast<std::uint32_t>(time >> 32));
        little32(body, static_cast<std::uint32_t>(time));
        little32(body, static_cast<std::uint32_t>(bytes.size()));
        little32(body, static_cast<std::uint32_t>(bytes.size()));
        block(out, kPacketBlock, body + bytes);
    }
    return out;
}

}  // namespace wh::net
