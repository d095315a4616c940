// DNS messages as they are on the wire (RFC 1035 section 4; OPT: RFC 6891).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wh::dns {

enum Type : std::uint16_t {
    kA = 1,
    kNs = 2,
    kCname = 5,
    kSoa = 6,
    kPtr = 12,
    kMx = 15,
    kTxt = 16,
    kAaaa = 28,
    kSrv = 33,
    kOpt = 41,
};
enum Rcode : std::uint8_t {
    kNoError = 0,
    kFormErr = 1,
    kServFail = 2,
    kNxDomain = 3,
    kNotImp = 4,
    kRefused = 5
};
inline constexpr std::uint16_t kClassIn = 1;

struct Question {
    std::string name;  // as on the wire, case kept
    std::uint16_t type = kA;
    std::uint16_t klass = kClassIn;
    friend bool operator==(const Question&, const Question&) = default;
};

// `data` is the RDATA with names expanded, so that it can be compared and stored. Types that are
// not known here are opaque.
struct Record {
    std::string name;  // lower case
    std::uint16_t type = kA;
    std::uint16_t klass = kClassIn;
    std::uint32_t ttl = 0;
    std::string data;
    friend bool operator==(const Record&, const Record&) = default;
};

struct Message {
    std::uint16_t id = 0;
    bool response = false;  // QR
    std::uint8_t opcode = 0;
    bool authoritative = false;        // AA
    bool truncated = false;            // TC
    bool recursion_desired = false;    // RD
    bool recursion_available = false;  // RA
    bool authentic = false;            // AD
    bool checking_disabled = false;    // CD
    std::uint8_t rcode = kNoError;
    std::vector<Question> questions;
    std::vector<Record> answers;
    std::vector<Record> authorities;
    std::vector<Record> additionals;
};

// Names in the RDATA of NS, CNAME, SOA, PTR and MX are compressed; those of SRV not (RFC 2782).
Result<std::string> encode(const Message& message);
// Refuses with a reason: cut off, loops, counts that do not fit, bytes left over, RDATA of wrong
// length.
Result<Message> decode(std::string_view bytes);

// Presentation form of the RDATA as in zone files: "192.0.2.1", "host.example.", "10 5 443
// host.example.".
std::optional<std::string> data_from_text(std::uint16_t type, std::string_view text);
std::string data_to_text(std::uint16_t type, std::string_view data);
// The domain name in the RDATA of NS, CNAME or PTR, lower case, without final dot.
std::string data_name(std::string_view data);

std::string type_name(std::uint16_t type);  // "A", "TYPE99"
std::optional<std::uint16_t> type_from_name(std::string_view name);
std::string_view rcode_name(std::uint8_t rcode);  // "NXDOMAIN"

}  // namespace wh::dns
