#include "dns/zone.h"

#include "base/text.h"
#include "dns/name.h"

namespace wh::dns {
namespace {

constexpr int kCnameChainMax = 11;  // as Unbound scrubs

}  // namespace

Zone::Zone(std::string origin, std::uint32_t negative_ttl) : origin_(std::move(origin)) {
    const std::string dot = origin_.empty() ? "." : cat(".", origin_, ".");
    auto soa = data_from_text(
        kSoa, cat("ns1", dot, " hostmaster", dot, " 2026010100 7200 900 1209600 ", negative_ttl));
    WH_CHECK(soa.has_value());
    add(origin_, kSoa, negative_ttl, *soa);
}

void Zone::add(std::string_view name, std::uint16_t type, std::uint32_t ttl, std::string data) {
    RecordSet& set = nodes_[ascii_lower(name)][type];
    set.ttl = ttl;
    set.data.push_back(std::move(data));
}

void Zone::add_empty(std::string_view name) {
    nodes_[ascii_lower(name)];
}

const Zone::Node* Zone::find(const std::string& name) const {
    const auto found = nodes_.find(name);
    return found == nodes_.end() ? nullptr : &found->second;
}

bool Zone::exists(const std::string& name) const {
    if (find(name)) return true;
    for (const auto& [known, node] : nodes_) {
        if (is_at_or_below(known, name)) return true;
    }
    return false;
}

// RFC 4592 section 3.3.1: "*" directly below the closest encloser only.
const Zone::Node* Zone::wildcard_for(const std::string& name) const {
    std::string encloser(parent(name));
    while (encloser.size() > origin_.size() && !exists(encloser)) encloser = parent(encloser);
    return find(encloser.empty() ? std::string("*") : cat("*.", encloser));
}

void Zone::append(const std::string& name, std::uint16_t type, const RecordSet& set,
                  std::vector<Record>& section) const {
    for (const std::string& data : set.data)
        section.push_back({name, type, kClassIn, set.ttl, data});
}

void Zone::answer(const Question& question, Message& reply) const {
    std::string name = ascii_lower(question.name);
    for (int links = 0; links < kCnameChainMax; ++links) {
        // A cut between the origin and the name: refer to the servers below it.
        std::vector<std::string> cuts;
        for (std::string above = name; above.size() > origin_.size(); above = parent(above)) {
            cuts.push_back(above);
        }
        for (std::size_t i = cuts.size(); i-- > 0;) {
            const Node* node = find(cuts[i]);
            if (!node || !node->contains(kNs)) continue;
            const RecordSet& servers = node->at(kNs);
            reply.authoritative = !reply.answers.empty();
            append(cuts[i], kNs, servers, reply.authorities);
            for (const std::string& data : servers.data) {
                const std::string server = data_name(data);
                const Node* glue = find(server);
                if (!glue) continue;
                for (const std::uint16_t type : {kA, kAaaa}) {
                    if (const auto set = glue->find(type); set != glue->end()) {
                        append(server, type, set->second, reply.additionals);
                    }
                }
            }
            return;
        }
        reply.authoritative = true;
        const Node* node = find(name);
        const bool there = node || exists(name);
        if (!there) node = wildcard_for(name);
        if (node) {
            if (const auto set = node->find(question.type); set != node->end()) {
                append(name, question.type, set->second, reply.answers);
                return;
            }
            if (const auto alias = node->find(kCname); alias != node->end()) {
                append(name, kCname, alias->second, reply.answers);
                name = data_name(alias->second.data.front());
                if (is_at_or_below(name, origin_)) continue;
                return;
            }
        } else if (!there) {
            reply.rcode = kNxDomain;
        }
        append(origin_, kSoa, nodes_.at(origin_).at(kSoa), reply.authorities);
        return;
    }
}

Zone& Authority::zone(std::string_view origin, std::uint32_t negative_ttl) {
    for (Zone& zone : zones_) {
        if (zone.origin() == origin) return zone;
    }
    return zones_.emplace_back(std::string(origin), negative_ttl);
}

const Zone* Authority::zone_for(std::string_view name) const {
    const Zone* best = nullptr;
    for (const Zone& zone : zones_) {
        if (is_at_or_below(name, zone.origin()) &&
            (!best || zone.origin().size() > best->origin().size())) {
            best = &zone;
        }
    }
    return best;
}

std::string Authority::answer(std::string_view query) const {
    Message reply;
    reply.response = true;
    auto decoded = decode(query);
    if (!decoded.ok() || decoded.value().questions.size() != 1) {
        if (query.size() < 2) return {};
        reply.id = static_cast<std::uint16_t>(static_cast<unsigned char>(query[0]) << 8 |
                                              static_cast<unsigned char>(query[1]));
        reply.rcode = kFormErr;
    } else {
        const Message& asked = decoded.value();
        reply.id = asked.id;
        reply.recursion_desired = asked.recursion_desired;
        reply.questions = asked.questions;  // the case of the name is echoed
        const Zone* zone = zone_for(ascii_lower(asked.questions[0].name));
        if (asked.opcode != 0) {
            reply.rcode = kNotImp;
        } else if (!zone || asked.questions[0].klass != kClassIn) {
            reply.rcode = kRefused;
        } else {
            zone->answer(asked.questions[0], reply);
        }
    }
    auto bytes = encode(reply);
    return bytes.ok() ? bytes.value() : std::string();
}

}  // namespace wh::dns
