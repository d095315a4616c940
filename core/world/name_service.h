// The DNS of one world: root, top-level and zone servers with the scenario's truth, one recursive
// resolver, and the datagrams between them. The resolver's cache is reached by datagrams only.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dns/resolver.h"
#include "dns/zone.h"
#include "net/network.h"
#include "world/dns_setup.h"
#include "world/narrator.h"
#include "world/plan.h"

namespace wh::world {

inline constexpr std::uint32_t kGenuineTtl = 60;  // as the lab's resolver tells
inline constexpr std::uint32_t kDelegationTtl = 14 * 86'400;
inline constexpr TimeUs kAppToResolverUs = 500;
inline constexpr TimeUs kResolverToTopUs = 2'500;  // root and top-level servers are near
inline constexpr TimeUs kResolverToZoneUs = 10'000;
inline constexpr TimeUs kAttackerToResolverUs = 5'000;
inline constexpr std::string_view kAttackerAddress = "203.0.113.66";  // where he sends from
inline constexpr std::string_view kAttackerServer = "203.0.113.67";   // his name server
inline constexpr std::string_view kRogueResolver = "203.0.113.68";    // his resolver

// Who a datagram's address is, for sentences.
struct Party {
    trace::Actor actor = trace::Actor::Nobody;
    std::string name;                            // "the resolver"
    [[nodiscard]] std::string at_start() const;  // "The resolver"
};

// The part of the tree that one organisation runs: two labels, or one.
std::string organisation_of(const std::string& name);
// How much of a UDP payload the first fragment carries, and the sum that the second has to keep.
std::size_t first_fragment(std::size_t mtu);
std::uint16_t udp_checksum(std::string_view payload);

// Somebody who sees datagrams pass.
class Spy {
  public:
    enum class Place : std::uint8_t { OwnServer, NearResolver, NearApp };
    explicit Spy(Place place) : place_(place) {}
    virtual ~Spy() = default;
    [[nodiscard]] Place place() const { return place_; }
    // True: he keeps it (his own server: he does not answer).
    virtual bool sees(const Datagram& datagram, TimeUs now) = 0;

  private:
    Place place_;
};

class NameService {
  public:
    NameService(const Plan& plan, std::uint64_t seed, Narrator& narrator)
        : NameService(plan, DnsSetup(), seed, narrator) {}
    // `plan` must outlive the service.
    NameService(const Plan& plan, const DnsSetup& setup, std::uint64_t seed, Narrator& narrator);

    // --- for clients
    // -------------------------------------------------------------------------------
    struct Reply {
        bool came = false;
        TimeUs at_us = 0;
        dns::Message message;
    };
    // Questions sent at the same moment from the app's host; in the same order.
    std::vector<Reply> ask(const std::vector<dns::Question>& questions, TimeUs now);
    // One question by somebody else, on the DNS's own clock.
    Reply ask_as(std::string_view client, const dns::Question& question, TimeUs now);

    // Values of the reply's question type as zone files write them.
    [[nodiscard]] std::vector<std::string> values(const dns::Message& reply) const;
    // The same as the scenario spelled them.
    [[nodiscard]] std::vector<std::string> values_as_written(const dns::Message& reply) const;

    // --- for attackers
    // -----------------------------------------------------------------------------
    [[nodiscard]] dns::Resolver& resolver() { return resolver_; }
    net::Links& links() { return links_; }
    Narrator& narrator() { return narrator_; }
    // Sends a datagram; it arrives as its two addresses are far apart.
    void send(dns::Question question, std::string_view client, std::uint16_t port, std::uint16_t id,
              TimeUs now);
    // A forged datagram that reaches the resolver at this moment. True: it was taken as the answer.
    bool inject(const Datagram& forged, TimeUs now, bool told);
    // The same while other datagrams may be on their way: only until the answer is there.
    Reply ask_as_without_waiting(std::string_view client, const dns::Question& question,
                                 TimeUs now);
    // The resolver's patience with its open queries ends if its time is over.
    void expire(TimeUs now);
    void forget_fragments() { fragments_.clear(); }
    // Delivers everything that arrives until then.
    void run_until(TimeUs time);
    // Delivers the next datagram; false if nothing is in flight.
    bool run_one();
    // --- abilities of attackers other than guessing
    [[nodiscard]] const DnsSetup& setup() const { return setup_; }
    [[nodiscard]] const Plan& plan() const { return plan_; }
    void plant(std::unique_ptr<Spy> spy) { spies_.push_back(std::move(spy)); }
    // The same datagram again and again, from now on.
    void stream(Datagram datagram, TimeUs every_us) {
        streams_.emplace_back(every_us, std::move(datagram));
    }
    void unplant() { spies_.pop_back(); }
    // A datagram of his, genuine or forged, that travels for so long.
    void launch(Datagram datagram, TimeUs now, TimeUs delay);
    // A zone on his own name server, delegated to him as anybody's is.
    dns::Zone& own_zone(const std::string& origin);
    // His name server tells the truth of every wanted name's zone, but for what is to be forged.
    void serve_lies(const std::vector<Forgery>& forgeries);
    // The registry's entry of a zone now names his server, or (empty) nobody. False: it is locked.
    bool change_delegation(const std::string& origin, std::string_view address);
    // The routes to this address now lead to his name server. False: nobody believes it.
    bool announce(std::string_view address);
    bool offer_resolver(std::string_view address);  // by DHCP. False: the switch drops it
    bool write_hosts(const std::string& name, const std::string& value);
    void block_encrypted() { encrypted_blocked_ = true; }  // drops TLS to port 853
    // Keeps an authority from answering the resolver by asking in its name; only where answers are
    // limited per client.
    bool silence(std::string_view server, bool on);
    // Fifty spoofed datagrams from the authority to these ports, then one of his own to a closed
    // port. True: an ICMP error comes back, so the budget was not used up: one of them was open.
    bool icmp_probe(const std::vector<std::uint16_t>& ports, TimeUs now);
    // A spoofed ICMP "fragmentation needed" about a datagram from this port; true: he can see that
    // the resolver's system took it, so the port is open.
    bool route_probe(std::uint16_t port);
    void lower_mtu(std::string_view server, std::size_t mtu);
    // A forged second fragment waits at the resolver for a first one with this IP identification.
    bool plant_fragment(std::string_view server, std::uint16_t ip_id, std::string tail);
    // What an authority tells anybody who asks; empty: nothing. `ip_id`: of the packet it came in.
    std::string look_up(std::string_view server, const dns::Question& question,
                        std::uint16_t* ip_id = nullptr);
    [[nodiscard]] std::string server_of(const std::string& origin) const;  // "": none
    [[nodiscard]] const std::vector<std::string>& alerts() const { return alerts_; }

    // Time passes between the DNS's clock and the app's: the app's 0 is this moment.
    void app_starts_at(TimeUs time) { offset_us_ = time; }
    [[nodiscard]] Party party(std::string_view address) const;

  private:
    dns::Zone& zone_for(const std::string& name);
    dns::Zone& make_zone(const std::string& origin);
    void add_record(const std::string& name, const std::string& type, const std::string& value);
    void refer(const std::string& origin, const std::string& above, const std::string& server,
               const std::string& address);
    void rogue(const Datagram& datagram,
               TimeUs now);  // something arrives at the attacker's resolver
    bool from_hosts(const dns::Question& question, Reply& reply, TimeUs now) const;
    void collect(std::uint16_t port, std::vector<Reply>& replies);
    void react(dns::ResolverOutput& out, const Datagram& datagram, TimeUs now, bool forged);
    void watch(const dns::ResolverOutput& out);
    bool translate(Datagram& datagram, bool outward);  // NAT. False: there is no way in
    bool reassemble(Datagram& datagram);               // false: a fragment was dropped
    std::string served(const std::string& at, std::string_view query, bool tcp);
    void alert(std::string text);
    std::uint16_t next_ip_id(const std::string& server);
    void capture(const Datagram& datagram, TimeUs now);
    void transmit(Datagram datagram, TimeUs now);
    void deliver(const Datagram& datagram, TimeUs now, bool forged);
    void tell_query(const Datagram& datagram, TimeUs now);
    void tell_answer(const Datagram& datagram, TimeUs now);
    void tell_fates(const dns::ResolverOutput& out, const Datagram& datagram, TimeUs now,
                    bool forged);

    const Plan& plan_;
    DnsSetup setup_;
    Narrator& narrator_;
    net::Links links_;
    net::Wire wire_;
    std::map<std::string, dns::Authority> servers_;    // by address
    std::map<std::string, std::string> server_names_;  // address -> name
    std::map<std::string, std::string> zone_servers_;  // origin -> address
    std::map<std::pair<std::uint16_t, std::string>, std::string> as_written_;
    std::map<std::pair<std::string, std::uint16_t>, bool> poison_;  // what forged answers put in
    dns::Resolver resolver_;
    std::vector<std::pair<TimeUs, Datagram>> arrived_;  // at clients
    std::uint16_t next_port_ = 40'000;
    TimeUs offset_us_ = 0;

    std::vector<std::unique_ptr<Spy>> spies_;
    std::vector<Datagram> forged_;  // in flight
    std::vector<std::pair<TimeUs, Datagram>> streams_;
    std::set<std::string> hijacked_, silent_;
    std::map<std::string, std::string> hosts_file_;
    std::string stub_resolver_{kResolverAddress};
    bool encrypted_blocked_ = false;
    std::map<std::uint16_t, std::uint16_t> nat_;  // outside port -> the resolver's
    std::uint16_t nat_next_ = 20'000;
    std::map<std::string, std::uint16_t> ip_ids_;
    std::map<std::string, std::size_t> mtus_;
    std::map<std::pair<std::string, std::uint16_t>, std::string> fragments_;
    Random chance_{0};
    TimeUs icmp_left_ = 50;
    TimeUs icmp_at_ = 0;
    int misses_ = 0;
    std::vector<std::pair<std::uint16_t, Datagram>> relayed_;  // questions at the rogue resolver
    std::vector<std::string> alerts_;
};

}  // namespace wh::world
