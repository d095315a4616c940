// A resolver's cache: record sets with the trust they came with, and negative answers.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dns/message.h"

namespace wh::dns {

using TimeUs = std::int64_t;

// RFC 2181 section 5.4.1, without zone files and transfers, which a resolver of this kind has not.
// Better ones are larger.
enum class Rank : std::uint8_t {
    None,
    Additional,  // glue: additional section, or authority section of a referral
    AnswerNotAuthoritative,
    AuthorityOfAnswer,  // authority section of an authoritative answer
    AuthoritativeAnswer,
    Hint,  // configured: the root servers
};
std::string_view name_of(Rank rank);

enum class Negative : std::uint8_t { No, NoData, NxDomain };

struct CacheEntry {
    Rank rank = Rank::None;
    Negative negative = Negative::No;
    TimeUs stored_us = 0;
    TimeUs expires_us = 0;
    std::uint32_t ttl = 0;          // as stored
    std::vector<std::string> data;  // RDATA; empty for negative entries
    std::vector<Record> authority;  // SOA of a negative answer
    [[nodiscard]] bool fresh(TimeUs now) const { return now <= expires_us; }
    // Seconds left, rounded down: what is told to clients.
    [[nodiscard]] std::uint32_t remaining(TimeUs now) const {
        return now >= expires_us ? 0 : static_cast<std::uint32_t>((expires_us - now) / 1'000'000);
    }
};

class Cache {
  public:
    // False if an entry that is still fresh ranks higher ("lost to rank").
    bool store(const std::string& name, std::uint16_t type, CacheEntry entry, TimeUs now);
    // Fresh and ranked at least so; nullptr otherwise. An NXDOMAIN covers every type of its name.
    [[nodiscard]] const CacheEntry* find(const std::string& name, std::uint16_t type, TimeUs now,
                                         Rank at_least) const;

  private:
    std::map<std::pair<std::string, std::uint16_t>, CacheEntry> entries_;
};

}  // namespace wh::dns
