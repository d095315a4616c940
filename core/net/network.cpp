#include "net/network.h"

#include <algorithm>

#include "base/random.h"

namespace wh::net {

void Links::set(std::string_view a, std::string_view b, TimeUs one_way) {
    known_[{std::string(std::min(a, b)), std::string(std::max(a, b))}] = one_way;
}

TimeUs Links::delay(std::string_view a, std::string_view b) const {
    const auto found = known_.find({std::string(std::min(a, b)), std::string(std::max(a, b))});
    return found == known_.end() ? usual_ : found->second;
}

void Wire::send(Datagram datagram, TimeUs leaves_us, TimeUs delay_us) {
    const TimeUs arrives = leaves_us + delay_us;
    const auto place = std::upper_bound(
        flying_.begin(), flying_.end(), arrives,
        [](TimeUs time, const Flight& flight) { return time < flight.arrives_us; });
    flying_.insert(place, {arrives, std::move(datagram)});
}

Datagram Wire::deliver() {
    Datagram first = std::move(flying_.front().datagram);
    flying_.pop_front();
    return first;
}

TcpConnection::TcpConnection(Datagram ends, TimeUs delay_us, std::uint32_t seed, Capture* capture)
    : ends_(std::move(ends)), delay_us_(delay_us), capture_(capture) {
    Random random(seed);
    client_sequence_ = static_cast<std::uint32_t>(random.next());
    server_sequence_ = static_cast<std::uint32_t>(random.next());
}

void TcpConnection::segment(bool from_client, unsigned flags, std::string_view bytes, TimeUs now) {
    std::uint32_t& mine = from_client ? client_sequence_ : server_sequence_;
    const std::uint32_t theirs = from_client ? server_sequence_ : client_sequence_;
    if (capture_) {
        Packet packet;
        packet.time_us = now;
        packet.tcp = true;
        packet.datagram = ends_;
        if (!from_client) {
            std::swap(packet.datagram.source, packet.datagram.destination);
            std::swap(packet.datagram.source_port, packet.datagram.destination_port);
        }
        packet.datagram.bytes = bytes;
        packet.sequence = mine;
        packet.acknowledged = flags & kAck ? theirs : 0;
        packet.flags = flags;
        capture_->push_back(std::move(packet));
    }
    mine += static_cast<std::uint32_t>(bytes.size()) + (flags & (kSyn | kFin) ? 1 : 0);
}

TimeUs TcpConnection::open(TimeUs now) {
    segment(true, kSyn, {}, now);
    segment(false, kSyn | kAck, {}, now + delay_us_);
    segment(true, kAck, {}, now + 2 * delay_us_);
    return now + 2 * delay_us_;
}

TimeUs TcpConnection::refuse(TimeUs now) {
    segment(true, kSyn, {}, now);
    segment(false, kRst | kAck, {}, now + delay_us_);
    return now + 2 * delay_us_;
}

void TcpConnection::no_answer(TimeUs now, TimeUs until) {
    for (const TimeUs after : kSynTimesUs) {
        if (now + after > until) return;
        segment(true, kSyn, {}, now + after);
        --client_sequence_;  // the same SYN again
    }
}

TimeUs TcpConnection::client_sends(std::string_view bytes, TimeUs now) {
    for (std::size_t at = 0; at < bytes.size(); at += kSegmentBytesMax) {
        const bool last = at + kSegmentBytesMax >= bytes.size();
        segment(true, kAck | (last ? kPush : 0U), bytes.substr(at, kSegmentBytesMax), now);
    }
    client_last_ = std::max(client_last_, now + delay_us_);
    return client_last_;
}

TimeUs TcpConnection::client_closes(TimeUs now) {
    segment(true, kFin | kAck, {}, now);
    client_last_ = std::max(client_last_, now + delay_us_);
    return client_last_;
}

void TcpConnection::server_sends(std::string_view bytes, TimeUs now) {
    if (bytes.empty()) return;
    for (std::size_t at = 0; at < bytes.size(); at += kSegmentBytesMax) {
        const bool last = at + kSegmentBytesMax >= bytes.size();
        segment(false, kAck | (last ? kPush : 0U), bytes.substr(at, kSegmentBytesMax), now);
    }
    server_last_ = std::max(server_last_, now + delay_us_);
    to_client_.push_back({server_last_, std::string(bytes), false});
}

void TcpConnection::server_closes(TimeUs now) {
    segment(false, kFin | kAck, {}, now);
    server_last_ = std::max(server_last_, now + delay_us_);
    to_client_.push_back({server_last_, {}, true});
}

}  // namespace wh::net
