#include "net/network.h"

#include <doctest/doctest.h>

using namespace wh;
using namespace wh::net;

TEST_CASE("datagrams arrive in order of time, equals in order of sending") {
    Wire wire;
    wire.send({"a", "b", 1, 2, "slow"}, 0, 50);
    wire.send({"a", "b", 1, 2, "quick"}, 10, 5);
    wire.send({"a", "b", 1, 2, "equal"}, 45, 5);
    CHECK(wire.next_time() == 15);
    CHECK(wire.deliver().bytes == "quick");
    CHECK(wire.deliver().bytes == "slow");
    CHECK(wire.deliver().bytes == "equal");
    CHECK(wire.empty());
}

TEST_CASE("links are the same in both directions") {
    Links links(100);
    links.set("a", "b", 7);
    CHECK(links.delay("b", "a") == 7);
    CHECK(links.delay("a", "c") == 100);
}

TEST_CASE("a connection in segments: numbers fit, long data is cut, order is kept") {
    Capture capture;
    TcpConnection tcp({"c", "s", 1000, 80, ""}, 10, 1, &capture);
    CHECK(tcp.open(0) == 20);
    CHECK(tcp.client_sends(std::string(3000, 'x'), 20) == 30);
    tcp.server_sends("later", 100);
    tcp.server_sends("sent earlier, must not overtake", 40);
    tcp.server_closes(110);
    REQUIRE(capture.size() == 3 + 3 + 3);
    CHECK(capture[0].flags == kSyn);
    CHECK(capture[1].flags == (kSyn | kAck));
    CHECK(capture[1].acknowledged == capture[0].sequence + 1);
    CHECK(capture[1].datagram.source == "s");
    CHECK(capture[3].datagram.bytes.size() == kSegmentBytesMax);
    CHECK(capture[4].sequence == capture[3].sequence + kSegmentBytesMax);
    CHECK(capture[6].acknowledged == capture[0].sequence + 1 + 3000);
    REQUIRE(tcp.to_client().size() == 3);
    CHECK(tcp.to_client()[0].time_us == 110);
    CHECK(tcp.to_client()[1].time_us == 110);
    CHECK(tcp.to_client()[2].end);
}

TEST_CASE("nobody answers: the same SYN again and again, as long as somebody waits") {
    Capture capture;
    TcpConnection tcp({"c", "s", 1000, 80, ""}, 10, 1, &capture);
    tcp.no_answer(0, kConnectGivesUpUs);
    REQUIRE(capture.size() == 4);
    CHECK(capture[3].time_us == 7'000'000);
    CHECK(capture[3].sequence == capture[0].sequence);
    capture.clear();
    tcp.no_answer(0, 2'000'000);
    CHECK(capture.size() == 2);
}
