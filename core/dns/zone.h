// Authoritative data: zones, and servers that answer from them (RFC 1034 section 4.3.2).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dns/message.h"

namespace wh::dns {

struct RecordSet {
    std::uint32_t ttl = 0;
    std::vector<std::string> data;
};

class Zone {
  public:
    // `origin` in lower case without final dot. The SOA is made: primary server ns1.<origin>.
    Zone(std::string origin, std::uint32_t negative_ttl);

    void add(std::string_view name, std::uint16_t type, std::uint32_t ttl, std::string data);
    void remove(const std::string& name, std::uint16_t type) { nodes_[name].erase(type); }
    // The name exists, with or without records of its own.
    void add_empty(std::string_view name);

    [[nodiscard]] const std::string& origin() const { return origin_; }
    // Adds what this zone knows about the question to the reply: answer with CNAMEs inside the
    // zone, referral with glue, NXDOMAIN or NODATA with the SOA. Wildcards as RFC 4592.
    void answer(const Question& question, Message& reply) const;

  private:
    using Node = std::map<std::uint16_t, RecordSet>;
    [[nodiscard]] const Node* find(const std::string& name) const;
    [[nodiscard]] bool exists(const std::string& name) const;  // also as the parent of something
    [[nodiscard]] const Node* wildcard_for(const std::string& name) const;
    void append(const std::string& name, std::uint16_t type, const RecordSet& set,
                std::vector<Record>& section) const;

    std::string origin_;
    std::map<std::string, Node> nodes_;
};

// One name server: the zone that fits best answers; a question for none of them is refused.
class Authority {
  public:
    Zone& zone(std::string_view origin, std::uint32_t negative_ttl);
    [[nodiscard]] const Zone* zone_for(std::string_view name) const;
    // Answers a query message with a message; malformed queries with FORMERR, or nothing if there
    // is no header to answer to.
    [[nodiscard]] std::string answer(std::string_view query) const;

  private:
    std::vector<Zone> zones_;
};

}  // namespace wh::dns
