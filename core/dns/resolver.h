// A recursive resolver as a pure state machine: datagrams and the time go in, datagrams come out.
// Nothing writes into its cache but its own rules, so poison has to pass them:
//   1. tuple  which outstanding query does the datagram answer? (RFC 5452 section 9.1)
//   2. scrub  which of its records may this server speak about? (bailiwick)
//   3. rank   may they replace what is cached? (RFC 2181 section 5.4.1)
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/datagram.h"
#include "base/random.h"
#include "dns/cache.h"
#include "dns/habits.h"
#include "dns/message.h"

namespace wh::dns {

inline constexpr std::uint16_t kDnsPort = 53;

// What has to be equal for an answer to be taken; each is one field of the picture.
struct TupleCheck {
    bool source_address = false;
    bool destination_address = false;
    bool source_port = false;
    bool destination_port = false;
    bool id = false;
    bool question = false;
    bool cookie = true;
    bool in_time = false;
    [[nodiscard]] bool all() const {
        return source_address && destination_address && source_port && destination_port && id &&
               question && cookie && in_time;
    }
    // "id": the first that is wrong; empty if all are right.
    [[nodiscard]] std::string_view first_wrong() const;
};

struct Outstanding {
    std::string server;      // address asked
    std::uint16_t port = 0;  // our source port
    std::uint16_t id = 0;
    Question question;   // as sent, case included
    std::string zone;    // whose server it is: the bailiwick
    std::string cookie;  // 8 bytes, if one was sent
    bool tcp = false;
    TimeUs sent_us = 0;
    TimeUs expires_us = 0;
};

// What became of one datagram or record, for whoever watches. The resolver does not know who sent
// it.
enum class Fate : std::uint8_t { Dropped, Accepted, Scrubbed, LostToRank, Cached, ServerFailed };
struct FateLog {
    Fate fate = Fate::Dropped;
    std::string reason;  // Dropped: the first wrong field or what is malformed; Scrubbed: why
    TupleCheck check;    // Dropped, Accepted
    Record record;       // Scrubbed, LostToRank, Cached (negative: no data)
    Rank rank = Rank::None;
    Negative negative = Negative::No;
};

struct ResolverOutput {
    std::vector<Datagram> send;  // to servers and to clients
    std::vector<FateLog> log;    // only if `watched`
    bool watched = false;
};

struct ResolverConfig {
    std::string address;
    std::vector<std::pair<std::string, std::string>> root_hints;  // server name, address
    QueryNumbers numbers;
    TimeUs query_timeout_us = 2'000'000;
    std::uint32_t ttl_max = 86'400;          // Unbound's cache-max-ttl
    std::uint32_t negative_ttl_max = 3'600;  // Unbound's cache-max-negative-ttl
    Habits habits;
    std::vector<ForwardZone> forward_zones;
};

class Resolver {
  public:
    explicit Resolver(ResolverConfig config);

    // A datagram arrives: a client's query (to port 53) or an answer (to another port).
    void receive(const Datagram& datagram, TimeUs now, ResolverOutput& out);
    // Queries whose time is over are asked again elsewhere or fail. Call when the clock has moved.
    void expire(TimeUs now, ResolverOutput& out);

    [[nodiscard]] const std::string& address() const { return config_.address; }
    [[nodiscard]] std::vector<Outstanding> outstanding() const;
    [[nodiscard]] const Cache& cache() const { return cache_; }
    // For a watcher that skips queries without effect: the numbers that the next query gets.
    QueryNumbers& numbers() { return config_.numbers; }
    [[nodiscard]] const ResolverConfig& config() const { return config_; }
    // Does it react to answers that do not fit?
    [[nodiscard]] bool notices_misses() const {
        return config_.habits.near_misses_max >= 0 || config_.habits.flush_after > 0 ||
               config_.habits.junk_ends_wait;
    }

    // Would this be taken as the answer to something outstanding?
    [[nodiscard]] bool fits(const Datagram& datagram, TimeUs now) const;
    // How a datagram compares with an outstanding query.
    [[nodiscard]] TupleCheck compare(const Datagram& datagram, const Outstanding& query,
                                     TimeUs now) const;

  private:
    struct Client {
        Datagram query;  // addresses and ports to answer to
        std::uint16_t id = 0;
        Question question;
        std::string subnet;  // the ECS option of the query
        int parent = 0;      // > 0: a task of ours waits for this (address of a name server)
    };
    struct Task {
        int number = 0;
        Question question;          // lower case
        std::string name;           // the end of the CNAME chain so far
        std::vector<Record> chain;  // CNAMEs already found
        std::vector<Client> clients;
        std::vector<std::string> tried;  // servers of the current zone that did not help
        int steps = 0;
        int near_misses = 0;
        bool over_tcp = false;  // from now on
        bool waiting_for_address = false;
        bool has_query = false;
        Outstanding query;
    };

    void load_hints();
    void missed(const Datagram& datagram, TimeUs now, ResolverOutput& out);
    [[nodiscard]] bool may_keep(const Record& record) const;
    void client_query(const Datagram& datagram, TimeUs now, ResolverOutput& out);
    int add_task(const Question& question, Client client, TimeUs now, ResolverOutput& out);
    Task* find_task(int number);
    void step(int number, TimeUs now, ResolverOutput& out);
    bool answer_from_cache(Task& task, TimeUs now, ResolverOutput& out);
    void ask(int number, TimeUs now, ResolverOutput& out);
    void take(int number, const Message& message, TimeUs now, ResolverOutput& out);
    void finish(int number, std::uint8_t rcode, const std::vector<Record>& answers,
                const std::vector<Record>& authority, TimeUs now, ResolverOutput& out);
    void keep(std::vector<Record> set, Rank rank, TimeUs now, ResolverOutput& out);
    void keep_negative(const std::string& name, std::uint16_t type, Negative kind,
                       const std::vector<Record>& authority, TimeUs now, ResolverOutput& out);
    void note(ResolverOutput& out, Fate fate, std::string_view reason, const Record& record,
              Rank rank = Rank::None, Negative negative = Negative::No) const;

    ResolverConfig config_;
    Cache cache_;
    std::vector<Task> tasks_;
    std::map<std::string, bool> cookie_servers_;  // those that have shown a cookie
    std::uint32_t unwanted_ = 0;                  // answers that fit nothing, at open ports
    int next_task_ = 1;
};

// A client's side: one query message, and what its answer says.
std::string make_query(std::uint16_t id, std::string_view name, std::uint16_t type);

}  // namespace wh::dns
