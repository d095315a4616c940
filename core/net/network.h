// A discrete virtual network: who is how far away, datagrams in flight, TCP connections as
// segments. Times are microseconds of virtual time.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/datagram.h"

namespace wh::net {

using TimeUs = std::int64_t;

// One packet as it would stand in a capture.
enum TcpFlag : unsigned { kFin = 1, kSyn = 2, kRst = 4, kPush = 8, kAck = 16 };
struct Packet {
    TimeUs time_us = 0;  // when it left
    bool tcp = false;    // else UDP
    Datagram datagram;   // addresses, ports, payload
    std::uint32_t sequence = 0;
    std::uint32_t acknowledged = 0;
    unsigned flags = 0;
};

// What a capture at every wire at once would hold; in order of arrival here, not of time.
using Capture = std::vector<Packet>;

// One-way delays. A link is known by its two addresses; all others have the default.
class Links {
  public:
    explicit Links(TimeUs usual) : usual_(usual) {}
    void set(std::string_view a, std::string_view b, TimeUs one_way);
    [[nodiscard]] TimeUs delay(std::string_view a, std::string_view b) const;

  private:
    TimeUs usual_;
    std::map<std::pair<std::string, std::string>, TimeUs> known_;
};

// Datagrams in flight, delivered in order of time, then of sending.
class Wire {
  public:
    void send(Datagram datagram, TimeUs leaves_us, TimeUs delay_us);
    [[nodiscard]] bool empty() const { return flying_.empty(); }
    [[nodiscard]] TimeUs next_time() const { return flying_.front().arrives_us; }
    Datagram deliver();

  private:
    struct Flight {
        TimeUs arrives_us = 0;
        Datagram datagram;
    };
    std::deque<Flight> flying_;  // sorted
};

// How the kernel's connect ends; the lab's app host sends four SYNs (tcp_syn_retries = 3).
inline constexpr TimeUs kConnectGivesUpUs = 15'000'000;
inline constexpr TimeUs kSynTimesUs[] = {0, 1'000'000, 3'000'000, 7'000'000};
inline constexpr std::size_t kSegmentBytesMax = 1460;

// What arrives at one end of a connection.
struct Arrival {
    TimeUs time_us = 0;
    std::string bytes;
    bool end = false;  // FIN
};

// One TCP connection, seen from outside: segments of both directions with their numbers.
class TcpConnection {
  public:
    TcpConnection(Datagram ends, TimeUs delay_us, std::uint32_t seed, Capture* capture);

    // The handshake; the time when the client knows.
    TimeUs open(TimeUs now);
    TimeUs refuse(TimeUs now);
    // SYNs into the void until `until`.
    void no_answer(TimeUs now, TimeUs until);

    // The time when the other end has the bytes. Order is kept: later bytes never arrive earlier.
    TimeUs client_sends(std::string_view bytes, TimeUs now);
    TimeUs client_closes(TimeUs now);
    void server_sends(std::string_view bytes, TimeUs now);
    void server_closes(TimeUs now);

    // Not yet taken by the client, in order.
    std::deque<Arrival>& to_client() { return to_client_; }
    [[nodiscard]] const std::deque<Arrival>& to_client() const { return to_client_; }
    [[nodiscard]] const Datagram& ends() const { return ends_; }  // as the client sends
    [[nodiscard]] TimeUs delay() const { return delay_us_; }

  private:
    void segment(bool from_client, unsigned flags, std::string_view bytes, TimeUs now);

    Datagram ends_;
    TimeUs delay_us_;
    std::uint32_t client_sequence_;
    std::uint32_t server_sequence_;
    TimeUs client_last_ = INT64_MIN;
    TimeUs server_last_ = INT64_MIN;
    std::deque<Arrival> to_client_;
    Capture* capture_;
};

}  // namespace wh::net
