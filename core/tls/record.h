// TLS records (RFC 8446 section 5): framing is real; protection is symbolic: a key stream from a
// symbol instead of AES, so that a capture shows what an eavesdropper sees and both sides can read
// on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wh::tls {

enum class ContentType : std::uint8_t {
    ChangeCipherSpec = 20,
    Alert = 21,
    Handshake = 22,
    ApplicationData = 23,
};

struct RecordData {
    ContentType type = ContentType::Handshake;
    std::string data;
};

inline constexpr std::size_t kRecordBytesMax = 16384;

// Appends one or more records with this content.
void put_record(std::string& out, ContentType type, std::string_view data);

// Takes the first complete record off the buffer.
enum class TakeStatus : std::uint8_t { Taken, NeedMore, NotTls };
TakeStatus take_record(std::string& buffer, RecordData& record);

// One direction of a protected connection.
class Protection {
  public:
    Protection() = default;
    explicit Protection(std::string_view secret);
    // Appends records that hide the content and its type (RFC 8446 section 5.2).
    void seal(std::string& out, ContentType type, std::string_view data);
    // The content of a protected record; nothing if it was not sealed with this secret and in
    // order.
    std::optional<RecordData> open(std::string_view sealed);

  private:
    [[nodiscard]] std::string apply(std::string_view data) const;
    std::uint64_t secret_ = 0;
    std::uint64_t sequence_ = 0;
};

}  // namespace wh::tls
