// The DNS of one world: root, top-level and zone servers with the scenario's truth, one recursive
// resolver, and the datagrams between them. The resolver's cache is reached by datagrams only.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dns/resolver.h"
#include "dns/zone.h"
#include "net/network.h"
#include "world/narrator.h"
#include "world/plan.h"

namespace wh::world {

inline constexpr std::uint32_t kGenuineTtl = 60;  // as the lab's resolver tells
inline constexpr std::uint32_t kDelegationTtl = 14 * 86'400;
inline constexpr TimeUs kAppToResolverUs = 500;
inline constexpr TimeUs kResolverToTopUs = 2'500;  // root and top-level servers are near
inline constexpr TimeUs kResolverToZoneUs = 10'000;
inline constexpr TimeUs kAttackerToResolverUs = 5'000;
inline constexpr std::uint16_t kWeakResolverPort =
    33'333;  // it uses one source port for everything
inline constexpr std::string_view kAttackerAddress = "203.0.113.66";  // where he sends from

// Who a datagram's address is, for sentences.
struct Party {
    trace::Actor actor = trace::Actor::Nobody;
    std::string name;                            // "the resolver"
    [[nodiscard]] std::string at_start() const;  // "The resolver"
};

class NameService {
  public:
    NameService(const Plan& plan, std::uint64_t seed, Narrator& narrator);

    // --- for clients
    // -------------------------------------------------------------------------------
    struct Reply {
        bool came = false;
        TimeUs at_us = 0;
        dns::Message message;
    };
    // Questions sent at the same moment from the app's host; in the same order.
    std::vector<Reply> ask(const std::vector<dns::Question>& questions, TimeUs now);

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
    // Delivers everything that arrives until then.
    void run_until(TimeUs time);
    // Delivers the next datagram; false if nothing is in flight.
    bool run_one();
    // Time passes between the DNS's clock and the app's: the app's 0 is this moment.
    void app_starts_at(TimeUs time) { offset_us_ = time; }
    [[nodiscard]] Party party(std::string_view address) const;

  private:
    dns::Zone& zone_for(const std::string& name);
    dns::Zone& make_zone(const std::string& origin);
    void add_record(const std::string& name, const std::string& type, const std::string& value);
    void capture(const Datagram& datagram, TimeUs now);
    void transmit(Datagram datagram, TimeUs now);
    void deliver(const Datagram& datagram, TimeUs now, bool forged);
    void tell_query(const Datagram& datagram, TimeUs now);
    void tell_answer(const Datagram& datagram, TimeUs now);
    void tell_fates(const dns::ResolverOutput& out, const Datagram& datagram, TimeUs now,
                    bool forged);

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
};

}  // namespace wh::world
