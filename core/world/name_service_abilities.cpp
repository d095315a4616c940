// What attackers can do to the machines around the names besides guessing.
#include <algorithm>

#include "base/encoding.h"
#include "base/text.h"
#include "dns/name.h"
#include "world/forging.h"
#include "world/name_service.h"

namespace wh::world {
namespace {

constexpr std::size_t kUsualMtu = 1'500;
constexpr std::size_t kSmallestMtu = 548;      // most systems believe nothing smaller
constexpr std::size_t kFragmentsKeptMax = 64;  // Linux, of one sender (ipfrag_max_dist)
constexpr TimeUs kIcmpRefillUs = 1'000;        // Linux's icmp_msgs_per_sec: 1000
constexpr int kIcmpBurst = 50;                 // icmp_msgs_burst
constexpr std::uint16_t kCookieOption = 10;

std::uint16_t checksum(std::string_view bytes) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        sum += i % 2 ? byte : byte << 8U;
    }
    while (sum >> 16) sum = (sum & 0xFFFF) + (sum >> 16);
    return static_cast<std::uint16_t>(sum);
}

}  // namespace

// The part of the tree that one organisation runs: two labels, or one.
std::string organisation_of(const std::string& name) {
    const std::vector<std::string_view> labels = dns::labels(name);
    if (labels.size() < 2) return name;
    return cat(labels[labels.size() - 2], ".", labels.back());
}

std::size_t first_fragment(std::size_t mtu) {
    return (mtu - 20) / 8 * 8 - 8;  // less the IP and UDP headers, in units of 8
}

std::uint16_t udp_checksum(std::string_view payload) {
    return checksum(payload);
}

void NameService::alert(std::string text) {
    if (!setup_.alerts) return;
    if (std::find(alerts_.begin(), alerts_.end(), text) == alerts_.end()) {
        alerts_.push_back(std::move(text));
    }
}

void NameService::watch(const dns::ResolverOutput& out) {
    for (const dns::FateLog& log : out.log) {
        if (log.fate == dns::Fate::Cached && log.record.type == dns::kNs &&
            log.rank >= dns::Rank::AuthorityOfAnswer) {
            alert(cat("an answer changed the name servers of ", log.record.name));
        }
    }
}

void NameService::launch(Datagram datagram, TimeUs now, TimeUs delay) {
    capture(datagram, now);
    if (datagram.destination_port != dns::kDnsPort) forged_.push_back(datagram);
    wire_.send(std::move(datagram), now, delay);
}

dns::Zone& NameService::own_zone(const std::string& origin) {
    if (!zone_servers_.contains(origin)) {
        const std::string above(dns::parent(origin));
        make_zone(above);
        zone_servers_[origin] = kAttackerServer;
        refer(origin, above, cat("ns1.", origin), std::string(kAttackerServer));
        dns::Zone& made = servers_[std::string(kAttackerServer)].zone(origin, 1);
        made.add(origin, dns::kNs, kDelegationTtl,
                 *dns::data_from_text(dns::kNs, cat("ns1.", origin)));
        made.add(cat("ns1.", origin), dns::kA, kDelegationTtl,
                 *dns::data_from_text(dns::kA, kAttackerServer));
    }
    return servers_[std::string(kAttackerServer)].zone(origin, 1);
}

void NameService::serve_lies(const std::vector<Forgery>& forgeries) {
    std::set<std::string> zones;
    for (const Forgery& wish : forgeries) zones.insert(organisation_of(wish.name));
    for (const std::string& origin : zones) {
        Records told;
        for (const auto& [name, types] : plan_.truth) {
            if (organisation_of(name) == origin) told[name] = types;
        }
        dns::Zone& zone = servers_[std::string(kAttackerServer)].zone(origin, kForgedTtl);
        for (const Forgery& wish : forgeries) {
            if (organisation_of(wish.name) != origin) continue;
            auto& types = told[wish.name];
            types.erase(wish.type);
            types.erase("CNAME");
            if (!wish.values.empty()) types[wish.answer_type] = wish.values;
            if (!wish.no_such_name) zone.add_empty(wish.name);
        }
        for (const auto& [name, types] : told) {
            for (const auto& [type, values] : types) {
                const auto number = dns::type_from_name(type);
                for (const std::string& value : values) {
                    auto data = number ? dns::data_from_text(*number, value) : std::nullopt;
                    if (data) zone.add(name, *number, kForgedTtl, std::move(*data));
                }
            }
        }
    }
}

bool NameService::change_delegation(const std::string& origin, std::string_view address) {
    if (setup_.registry_lock) return false;
    const std::string above(dns::parent(origin));
    dns::Zone& zone = make_zone(above);
    zone.remove(origin, dns::kNs);
    if (address.empty()) return true;
    const std::string server = cat("ns-new.", origin);
    zone.add(origin, dns::kNs, kDelegationTtl, *dns::data_from_text(dns::kNs, server));
    zone.add(server, dns::kA, kDelegationTtl, *dns::data_from_text(dns::kA, address));
    return true;
}

bool NameService::announce(std::string_view address) {
    if (setup_.origin_validation) return false;
    hijacked_.insert(std::string(address));
    return true;
}

bool NameService::offer_resolver(std::string_view address) {
    if (setup_.dhcp_guarded) return false;
    stub_resolver_ = address;
    links_.set(kAppAddress, address, kAppToResolverUs);
    return true;
}

bool NameService::write_hosts(const std::string& name, const std::string& value) {
    if (setup_.hosts_guarded) return false;
    hosts_file_[name] = value;
    return true;
}

bool NameService::silence(std::string_view server, bool on) {
    if (!setup_.rate_limits) return false;
    if (on) {
        silent_.insert(std::string(server));
    } else {
        silent_.erase(std::string(server));
    }
    return true;
}

bool NameService::icmp_probe(const std::vector<std::uint16_t>& ports, TimeUs now) {
    icmp_left_ = std::min<TimeUs>(kIcmpBurst, icmp_left_ + (now - icmp_at_) / kIcmpRefillUs);
    icmp_at_ = now;
    TimeUs left = icmp_left_;
    const std::vector<dns::Outstanding> open = resolver_.outstanding();
    for (const std::uint16_t port : ports) {
        const bool is_open = std::any_of(open.begin(), open.end(), [&](const auto& query) {
            return query.port == port && !query.tcp;
        });
        // Since 5.10 Linux takes none, one or two off at random, so that nobody else can count.
        const TimeUs taken = setup_.icmp_budget_exact ? 1 : static_cast<TimeUs>(chance_.below(3));
        if (!is_open) left = std::max<TimeUs>(0, left - taken);
    }
    const bool answered = left > 0;
    icmp_left_ = std::max<TimeUs>(0, left - 1);
    return answered;
}

bool NameService::route_probe(std::uint16_t port) {
    if (!setup_.route_cache_readable) return false;
    const std::vector<dns::Outstanding> open = resolver_.outstanding();
    return std::any_of(open.begin(), open.end(),
                       [&](const auto& query) { return query.port == port && !query.tcp; });
}

void NameService::lower_mtu(std::string_view server, std::size_t mtu) {
    if (setup_.believes_icmp) mtus_[std::string(server)] = std::max(mtu, kSmallestMtu);
}

bool NameService::plant_fragment(std::string_view server, std::uint16_t ip_id, std::string tail) {
    if (!setup_.takes_fragments || fragments_.size() >= kFragmentsKeptMax) return false;
    fragments_[{std::string(server), ip_id}] = std::move(tail);
    return true;
}

std::string NameService::look_up(std::string_view server, const dns::Question& question,
                                 std::uint16_t* ip_id) {
    dns::Message query;
    query.questions = {question};
    query.additionals.push_back({"", dns::kOpt, 4'096, 0, {}});
    auto bytes = dns::encode(query);
    const std::string at(server);
    if (!bytes.ok() || !servers_.contains(at)) return {};
    if (ip_id) *ip_id = next_ip_id(at);
    return served(at, bytes.value(), false);
}

std::string NameService::server_of(const std::string& origin) const {
    const auto found = zone_servers_.find(origin);
    return found == zone_servers_.end() ? std::string() : found->second;
}

std::uint16_t NameService::next_ip_id(const std::string& server) {
    return setup_.sequential_ip_id ? ++ip_ids_[server]
                                   : static_cast<std::uint16_t>(chance_.below(65'536));
}

// A datagram larger than the way allows comes in two parts, and the second one may be another's:
// it is known only by the IP identification (RFC 791). UDP's checksum has to hold over the whole.
bool NameService::reassemble(Datagram& datagram) {
    if (datagram.tcp) return true;
    const auto lowered = mtus_.find(datagram.source);
    const std::size_t first = first_fragment(lowered == mtus_.end() ? kUsualMtu : lowered->second);
    if (datagram.bytes.size() <= first) return true;
    if (!setup_.takes_fragments) return false;
    const auto planted = fragments_.find({datagram.source, next_ip_id(datagram.source)});
    if (planted == fragments_.end()) return true;
    const std::string whole = datagram.bytes.substr(0, first) + planted->second;
    fragments_.erase(planted);
    if (whole.size() != datagram.bytes.size() || checksum(whole) != checksum(datagram.bytes)) {
        return false;
    }
    datagram.bytes = whole;
    return true;
}

bool NameService::translate(Datagram& datagram, bool outward) {
    if (!setup_.sequential_nat || datagram.tcp) return true;
    if (outward) {
        nat_[nat_next_] = datagram.source_port;
        datagram.source_port = nat_next_++;
        return true;
    }
    const auto known = nat_.find(datagram.destination_port);
    if (known == nat_.end()) return false;
    datagram.destination_port = known->second;
    return true;
}

// What the authority at this address answers: EDNS and cookies where they are asked for, no more
// than the asker takes.
std::string NameService::served(const std::string& at, std::string_view query, bool tcp) {
    std::string bytes = servers_[at].answer(query);
    if (bytes.size() < 12 || query.size() < 12 || get16(query, 10) == 0) return bytes;
    const auto asked = dns::decode(query);
    auto reply = dns::decode(bytes);
    if (!asked.ok() || !reply.ok()) return bytes;
    for (const dns::Record& opt : asked.value().additionals) {
        if (opt.type != dns::kOpt) continue;
        dns::Record own{"", dns::kOpt, 1'232, 0, {}};
        if (setup_.shows_cookies && opt.data.size() >= 12 && get16(opt.data, 0) == kCookieOption) {
            // RFC 9018: the client's eight bytes, then version, time and a hash, here of the same.
            const std::string client = opt.data.substr(4, 8);
            put16(own.data, kCookieOption);
            put16(own.data, 24);
            own.data += client;
            put32(own.data, 0x01000000);
            put32(own.data, 0);
            const std::uint64_t hash = derive_seed(7, client);
            put32(own.data, static_cast<std::uint32_t>(hash >> 32));
            put32(own.data, static_cast<std::uint32_t>(hash));
        }
        reply.value().additionals.push_back(std::move(own));
        auto whole = dns::encode(reply.value());
        if (!whole.ok()) return bytes;
        const std::size_t limit = std::max<std::size_t>(512, opt.klass);
        if (tcp || whole.value().size() <= limit) return whole.value();
        dns::Message cut = std::move(reply.value());
        cut.truncated = true;
        cut.answers.clear();
        cut.authorities.clear();
        cut.additionals.erase(cut.additionals.begin(), cut.additionals.end() - 1);
        auto small = dns::encode(cut);
        return small.ok() ? small.value() : bytes;
    }
    return bytes;
}

// The attacker's resolver: lies where it was told to, and asks the genuine one for everything else.
void NameService::rogue(const Datagram& datagram, TimeUs now) {
    auto message = dns::decode(datagram.bytes);
    if (!message.ok() || message.value().questions.size() != 1) return;
    if (datagram.destination_port != dns::kDnsPort) {
        for (auto& [port, client] : relayed_) {
            if (port != datagram.destination_port) continue;
            Datagram reply{std::string(kRogueResolver), client.source, dns::kDnsPort,
                           client.source_port, datagram.bytes};
            tell_answer(reply, now);
            transmit(std::move(reply), now);
            return;
        }
        return;
    }
    const dns::Question& question = message.value().questions[0];
    for (const Forgery& wish : plan_.forgeries) {
        if (!ascii_equal_ignoring_case(wish.name, question.name) ||
            dns::type_from_name(wish.type) != question.type) {
            continue;
        }
        dns::Message lie = forged_answer(wish, question, organisation_of(wish.name));
        lie.id = message.value().id;
        lie.recursion_available = true;
        auto bytes = dns::encode(lie);
        if (!bytes.ok()) return;
        Datagram reply{std::string(kRogueResolver), datagram.source, dns::kDnsPort,
                       datagram.source_port, bytes.value()};
        tell_answer(reply, now);
        transmit(std::move(reply), now);
        return;
    }
    const std::uint16_t port = next_port_++;
    relayed_.emplace_back(port, datagram);
    transmit({std::string(kRogueResolver), std::string(kResolverAddress), port, dns::kDnsPort,
              datagram.bytes},
             now);
}

bool NameService::from_hosts(const dns::Question& question, Reply& reply, TimeUs now) const {
    const auto found = hosts_file_.find(ascii_lower(question.name));
    if (found == hosts_file_.end()) return false;
    reply.came = true;
    reply.at_us = now;
    reply.message.response = true;
    reply.message.questions = {question};
    if (auto data = dns::data_from_text(question.type, found->second)) {
        reply.message.answers = {
            {ascii_lower(question.name), question.type, dns::kClassIn, 0, std::move(*data)}};
    }
    return true;
}

}  // namespace wh::world
