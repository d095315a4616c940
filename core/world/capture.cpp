#include "world/capture.h"

#include <algorithm>
#include <deque>
#include <map>

#include "net/pcapng.h"
#include "tls/transcription.h"

namespace wh::world {
namespace {

constexpr std::string_view kComment =
    "Simulated by WrongHost: every wire at once. Of forged datagrams that were dropped only the "
    "first few are here. TLS is "
    "TLS 1.3 with its secrets in this file; keys and signatures only have the right form.";

// One TCP connection while it is written again. Bytes change their number, so that sequence numbers
// are counted anew: from each side's first one on.
struct Stream {
    std::string client;  // address and port, as a key
    std::uint32_t first_syn = 0;
    tls::Transcription dialogue;
    net::TimeUs last[2] = {INT64_MIN, INT64_MIN};  // server, client: nothing overtakes
};

struct Sent {
    net::Packet packet;
    std::size_t stream = 0;
    bool client = false;
};

std::string end_key(const std::string& address, std::uint16_t port) {
    return address + " " + std::to_string(port);
}

class Writer {
  public:
    void add(const net::Packet& packet) {
        if (!packet.tcp) {
            sent_.push_back({packet, kNone, false});
            return;
        }
        const std::size_t number = stream_of(packet);
        Stream& stream = streams_[number];
        const bool client =
            end_key(packet.datagram.source, packet.datagram.source_port) == stream.client;
        Sent made{packet, number, client};
        stream.last[client] = made.packet.time_us = std::max(stream.last[client], packet.time_us);
        const std::string bytes = stream.dialogue.add(client, packet.datagram.bytes);
        if (bytes.empty() && !packet.datagram.bytes.empty()) return;  // a part of a record
        std::size_t at = 0;
        do {
            made.packet.datagram.bytes = bytes.substr(at, net::kSegmentBytesMax);
            at += net::kSegmentBytesMax;
            if (!bytes.empty()) {
                made.packet.flags = net::kAck | (at >= bytes.size() ? net::kPush : 0U);
            }
            sent_.push_back(made);
        } while (at < bytes.size());
    }

    // In order of time, with sequence numbers: a side acknowledges what was sent to it before.
    net::Capture packets() {
        std::stable_sort(sent_.begin(), sent_.end(), [](const Sent& a, const Sent& b) {
            return a.packet.time_us < b.packet.time_us;
        });
        struct Numbers {
            std::uint32_t next[2] = {0, 0};  // server, client
            bool known[2] = {false, false};
            std::uint32_t syn = 0;
        };
        std::vector<Numbers> numbers(streams_.size());
        net::Capture out;
        for (Sent& one : sent_) {
            if (one.stream != kNone) {
                Numbers& its = numbers[one.stream];
                const bool syn = (one.packet.flags & net::kSyn) != 0;
                const bool reset = (one.packet.flags & net::kRst) != 0;
                std::uint32_t& mine = its.next[one.client];
                if (!its.known[one.client]) {
                    // The answer to a SYN that nobody wants has the sequence number 0 (RFC 9293).
                    mine = reset ? 0 : one.packet.sequence;
                    its.known[one.client] = true;
                } else if (syn) {
                    --mine;  // the same SYN again
                }
                one.packet.sequence = mine;
                one.packet.acknowledged = one.packet.flags & net::kAck ? its.next[!one.client] : 0;
                mine += static_cast<std::uint32_t>(one.packet.datagram.bytes.size());
                if (one.packet.flags & (net::kSyn | net::kFin)) ++mine;
            }
            out.push_back(std::move(one.packet));
        }
        return out;
    }

    [[nodiscard]] std::string key_log() const {
        std::string out;
        for (const Stream& stream : streams_) out += stream.dialogue.key_log();
        return out;
    }

  private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    // A SYN with another number opens another connection between the same ends.
    std::size_t stream_of(const net::Packet& packet) {
        const net::Packet& it = packet;
        std::string from = end_key(it.datagram.source, it.datagram.source_port);
        std::string to = end_key(it.datagram.destination, it.datagram.destination_port);
        const bool opens = (it.flags & (net::kSyn | net::kAck)) == net::kSyn;
        const auto key = std::minmax(from, to);
        const auto found = current_.find({key.first, key.second});
        if (found != current_.end() &&
            (!opens || streams_[found->second].first_syn == it.sequence)) {
            return found->second;
        }
        current_[{key.first, key.second}] = streams_.size();
        Stream& made = streams_.emplace_back();
        made.client = std::move(from);
        made.first_syn = it.sequence;
        return streams_.size() - 1;
    }

    std::deque<Stream> streams_;
    std::map<std::pair<std::string, std::string>, std::size_t> current_;
    std::vector<Sent> sent_;
};

}  // namespace

std::string capture_file(const net::Capture& capture, net::TimeUs wall_clock_us) {
    Writer writer;
    for (const net::Packet& packet : capture) writer.add(packet);
    const net::Capture packets = writer.packets();
    return net::pcapng(packets, wall_clock_us, writer.key_log(), kComment);
}

}  // namespace wh::world
