// Base64 (RFC 4648 section 4), SHA-1 (FIPS 180-4, only for the WebSocket handshake of RFC 6455) and
// the numeric fields of wire formats, big-endian.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wh {

std::string base64(std::string_view bytes);
// Line breaks and padding may be missing or present; any other character refuses.
std::optional<std::string> base64_decode(std::string_view text);

std::string sha1(std::string_view bytes);  // 20 raw bytes

void put8(std::string& out, unsigned value);
void put16(std::string& out, unsigned value);
void put24(std::string& out, unsigned value);
void put32(std::string& out, std::uint32_t value);
// The caller has checked that the bytes are there.
std::uint8_t get8(std::string_view bytes, std::size_t at);
std::uint16_t get16(std::string_view bytes, std::size_t at);
std::uint32_t get24(std::string_view bytes, std::size_t at);
std::uint32_t get32(std::string_view bytes, std::size_t at);

}  // namespace wh
