#include "tls/record.h"

#include "base/encoding.h"
#include "base/random.h"

namespace wh::tls {
namespace {

constexpr std::size_t kTagBytes = 16;

std::uint64_t checksum(std::uint64_t secret, std::uint64_t sequence, std::string_view data) {
    return derive_seed(secret ^ (sequence * 0x9E3779B97F4A7C15ULL), data);
}

void put_one(std::string& out, ContentType type, std::string_view data) {
    put8(out, static_cast<unsigned>(type));
    put16(out, 0x0303);
    put16(out, static_cast<unsigned>(data.size()));
    out += data;
}

}  // namespace

void put_record(std::string& out, ContentType type, std::string_view data) {
    do {
        const std::string_view part = data.substr(0, kRecordBytesMax);
        put_one(out, type, part);
        data.remove_prefix(part.size());
    } while (!data.empty());
}

TakeStatus take_record(std::string& buffer, RecordData& record) {
    if (buffer.empty()) return TakeStatus::NeedMore;
    const unsigned type = get8(buffer, 0);
    if (buffer.size() < 5) return TakeStatus::NeedMore;
    // OpenSSL reads five bytes and looks at the version first: "HTTP/" has 'T' where 3 must be.
    if (get8(buffer, 1) != 3 || type < 20 || type > 23) return TakeStatus::NotTls;
    const std::size_t size = get16(buffer, 3);
    if (buffer.size() < 5 + size) return TakeStatus::NeedMore;
    record.type = static_cast<ContentType>(type);
    record.data = buffer.substr(5, size);
    buffer.erase(0, 5 + size);
    return TakeStatus::Taken;
}

Protection::Protection(std::string_view secret) : secret_(derive_seed(0, secret)) {}

std::string Protection::apply(std::string_view data) const {
    Random stream(derive_seed(secret_ + sequence_, "record"));
    std::string out(data);
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (i % 8 == 0) word = stream.next();
        out[i] = static_cast<char>(static_cast<unsigned char>(out[i]) ^ (word & 0xFF));
        word >>= 8;
    }
    return out;
}

void Protection::seal(std::string& out, ContentType type, std::string_view data) {
    do {
        const std::string_view part = data.substr(0, kRecordBytesMax);
        std::string inner(part);
        put8(inner, static_cast<unsigned>(type));
        const std::uint64_t check = checksum(secret_, sequence_, inner);
        std::string sealed = apply(inner);
        put32(sealed, static_cast<std::uint32_t>(check >> 32));
        put32(sealed, static_cast<std::uint32_t>(check));
        sealed.append(kTagBytes - 8, '\0');
        // Sealed content is a little longer than the limit for plain content: never split again.
        put_one(out, ContentType::ApplicationData, sealed);
        ++sequence_;
        data.remove_prefix(part.size());
    } while (!data.empty());
}

std::optional<RecordData> Protection::open(std::string_view sealed) {
    if (sealed.size() < kTagBytes + 1) return std::nullopt;
    const std::size_t size = sealed.size() - kTagBytes;
    std::string inner = apply(sealed.substr(0, size));
    const std::uint64_t told =
        static_cast<std::uint64_t>(get32(sealed, size)) << 32 | get32(sealed, size + 4);
    if (told != checksum(secret_, sequence_, inner)) return std::nullopt;
    ++sequence_;
    RecordData record;
    record.type = static_cast<ContentType>(get8(inner, inner.size() - 1));
    inner.pop_back();
    record.data = std::move(inner);
    return record;
}

}  // namespace wh::tls
