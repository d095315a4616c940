#include "dns/message.h"

#include "base/encoding.h"
#include "base/text.h"
#include "dns/name.h"

namespace wh::dns {
namespace {

constexpr std::size_t kHeaderBytes = 12;

// Where names stand in the RDATA of a type: bytes before the first name, number of names, bytes
// after.
struct Layout {
    std::uint16_t type;
    std::uint8_t before;
    std::uint8_t names;
    std::uint8_t after;
    bool compress;
};
constexpr Layout kLayouts[] = {{kNs, 0, 1, 0, true},   {kCname, 0, 1, 0, true},
                               {kPtr, 0, 1, 0, true},  {kMx, 2, 1, 0, true},
                               {kSoa, 0, 2, 20, true}, {kSrv, 6, 1, 0, false}};

const Layout* layout_of(std::uint16_t type) {
    for (const Layout& layout : kLayouts) {
        if (layout.type == type) return &layout;
    }
    return nullptr;
}

Result<bool> write_record(const Record& record, std::string& out, Offsets& offsets) {
    if (auto named = write_name(record.name, out, &offsets); !named.ok()) return named;
    put16(out, record.type);
    put16(out, record.klass);
    put32(out, record.ttl);
    const std::size_t length_at = out.size();
    put16(out, 0);
    const Layout* layout = layout_of(record.type);
    if (!layout) {
        out += record.data;
    } else {
        std::size_t at = layout->before;
        out += record.data.substr(0, at);
        for (int i = 0; i < layout->names; ++i) {
            auto name = read_name(record.data, at);
            if (!name.ok()) return name.error();
            if (auto done = write_name(name.value(), out, layout->compress ? &offsets : nullptr);
                !done.ok()) {
                return done;
            }
        }
        out += record.data.substr(at);
    }
    const std::size_t length = out.size() - length_at - 2;
    if (length > 0xFFFF) return Error{"RDATA is longer than 65535 bytes", ""};
    out[length_at] = static_cast<char>(length >> 8);
    out[length_at + 1] = static_cast<char>(length & 0xFF);
    return true;
}

Result<Record> read_record(std::string_view message, std::size_t& at) {
    Record record;
    auto name = read_name(message, at);
    if (!name.ok()) return name.error();
    record.name = ascii_lower(name.value());
    if (at + 10 > message.size()) return Error{"a record is cut off", ""};
    record.type = get16(message, at);
    record.klass = get16(message, at + 2);
    record.ttl = get32(message, at + 4);
    // RFC 2181 section 8: a TTL with the top bit set counts as zero. OPT uses the field for flags.
    if (record.type != kOpt && (record.ttl & 0x80000000U)) record.ttl = 0;
    const std::size_t length = get16(message, at + 8);
    at += 10;
    if (at + length > message.size()) return Error{"RDATA runs past the end of the message", ""};
    const std::size_t end = at + length;
    if ((record.type == kA && length != 4) || (record.type == kAaaa && length != 16)) {
        return Error{"an address has the wrong length", ""};
    }
    if (const Layout* layout = layout_of(record.type)) {
        if (length < layout->before) return Error{"RDATA is too short", ""};
        record.data = message.substr(at, layout->before);
        at += layout->before;
        for (int i = 0; i < layout->names; ++i) {
            auto inner = read_name(message.substr(0, end), at);
            if (!inner.ok()) return inner.error();
            if (auto done = write_name(ascii_lower(inner.value()), record.data, nullptr);
                !done.ok()) {
                return done.error();
            }
        }
        if (at + layout->after != end) return Error{"RDATA has the wrong length", ""};
        record.data += message.substr(at, layout->after);
    } else {
        record.data = message.substr(at, length);
    }
    at = end;
    return record;
}

}  // namespace

Result<std::string> encode(const Message& message) {
    std::string out;
    out.reserve(512);
    Offsets offsets;
    put16(out, message.id);
    unsigned flags = message.rcode & 0x0FU;
    const auto flag = [&](bool set, unsigned bit) {
        if (set) flags |= bit;
    };
    flag(message.response, 0x8000);
    flags |= (message.opcode & 0x0FU) << 11;
    flag(message.authoritative, 0x0400);
    flag(message.truncated, 0x0200);
    flag(message.recursion_desired, 0x0100);
    flag(message.recursion_available, 0x0080);
    flag(message.authentic, 0x0020);
    flag(message.checking_disabled, 0x0010);
    put16(out, flags);
    const std::vector<Record>* sections[] = {&message.answers, &message.authorities,
                                             &message.additionals};
    put16(out, static_cast<unsigned>(message.questions.size()));
    for (const auto* section : sections) put16(out, static_cast<unsigned>(section->size()));
    for (const Question& question : message.questions) {
        if (auto done = write_name(question.name, out, &offsets); !done.ok()) return done.error();
        put16(out, question.type);
        put16(out, question.klass);
    }
    for (const auto* section : sections) {
        for (const Record& record : *section) {
            if (auto done = write_record(record, out, offsets); !done.ok()) return done.error();
        }
    }
    return out;
}

Result<Message> decode(std::string_view bytes) {
    if (bytes.size() < kHeaderBytes) return Error{"shorter than a header", ""};
    Message message;
    message.id = get16(bytes, 0);
    const unsigned flags = get16(bytes, 2);
    message.response = flags & 0x8000;
    message.opcode = static_cast<std::uint8_t>(flags >> 11 & 0x0F);
    message.authoritative = flags & 0x0400;
    message.truncated = flags & 0x0200;
    message.recursion_desired = flags & 0x0100;
    message.recursion_available = flags & 0x0080;
    message.authentic = flags & 0x0020;
    message.checking_disabled = flags & 0x0010;
    message.rcode = static_cast<std::uint8_t>(flags & 0x0F);
    std::size_t at = kHeaderBytes;
    for (unsigned left = get16(bytes, 4); left > 0; --left) {
        auto name = read_name(bytes, at);
        if (!name.ok()) return name.error();
        if (at + 4 > bytes.size()) return Error{"a question is cut off", ""};
        message.questions.push_back({name.value(), get16(bytes, at), get16(bytes, at + 2)});
        at += 4;
    }
    std::vector<Record>* sections[] = {&message.answers, &message.authorities,
                                       &message.additionals};
    for (std::size_t section = 0; section < 3; ++section) {
        for (unsigned left = get16(bytes, 6 + 2 * section); left > 0; --left) {
            auto record = read_record(bytes, at);
            if (!record.ok()) return record.error();
            sections[section]->push_back(std::move(record.value()));
        }
    }
    if (at != bytes.size()) return Error{"bytes are left over after the last record", ""};
    return message;
}

std::string data_name(std::string_view data) {
    std::size_t at = 0;
    auto name = read_name(data, at);
    return name.ok() ? ascii_lower(name.value()) : std::string();
}

}  // namespace wh::dns
