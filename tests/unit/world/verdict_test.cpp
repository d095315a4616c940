#include "world/verdict.h"

#include <doctest/doctest.h>

using namespace wh::world;
using State = TlsRecord::State;

namespace {

ConnectionRecord to(std::string peer, State state, bool request) {
    ConnectionRecord one;
    one.host = "a.example";
    one.port = 443;
    one.peer = std::move(peer);
    one.connect = "ok";
    one.reached = true;
    one.tls.state = state;
    if (request) one.requests.push_back({"GET", "/", {}, {}, {}});
    one.nothing_sent = !request && (state == State::Ok || state == State::None);
    return one;
}

ConnectionRecord refused(std::string peer) {
    ConnectionRecord one;
    one.peer = std::move(peer);
    one.connect = "refused";
    return one;
}

ConnectionRecord failed_with(std::string peer, std::string class_name) {
    ConnectionRecord one = to(std::move(peer), State::Failed, false);
    one.tls.error = wh::trust::ExceptionRecord{std::move(class_name), "", {}, {}};
    return one;
}

}  // namespace

TEST_CASE("verdicts, the first that fits") {
    CHECK(judge({}, {}, false) == Verdict::Safe);
    CHECK(judge({to("genuine", State::Ok, true)}, {}, false) == Verdict::Safe);
    CHECK(judge({to("attacker", State::Ok, true)}, {}, false) == Verdict::Compromised);
    CHECK(judge({to("attacker", State::None, true)}, {}, false) == Verdict::Compromised);
    CHECK(judge({}, {}, true) == Verdict::Compromised);
    CHECK(judge({failed_with("attacker", "ssl.SSLCertVerificationError")}, {}, false) ==
          Verdict::Blocked);
    CHECK(judge({to("attacker", State::Ok, false)}, {}, false) == Verdict::Blocked);
    CHECK(judge({failed_with("attacker", "ssl.SSLError")}, {}, false) == Verdict::Failed);
    CHECK(judge({refused("attacker")}, {}, false) == Verdict::Failed);
    CHECK(judge({refused("genuine")}, {}, false) == Verdict::Failed);
    CHECK(judge({failed_with("genuine", "ssl.SSLCertVerificationError")}, {}, false) ==
          Verdict::Failed);
    CHECK(judge({}, {{"a.example", "A", "NXDOMAIN", {}}}, false) == Verdict::Failed);
    CHECK(judge({}, {{"a.example", "A", "", {"192.0.2.1"}}}, false) == Verdict::Safe);
}

TEST_CASE("a CONNECT alone, and a ClientHello on a plain port, are no application bytes") {
    ConnectionRecord connect = to("attacker", State::None, true);
    connect.requests[0].method = "CONNECT";
    CHECK(judge({connect}, {}, false) == Verdict::Failed);
    ConnectionRecord hello = failed_with("attacker", "ssl.SSLError");
    hello.raw = "[TLS ClientHello]";
    CHECK(judge({hello}, {}, false) == Verdict::Failed);
    hello.raw = "AUTH x\n";
    CHECK(judge({hello}, {}, false) == Verdict::Compromised);
}

TEST_CASE("a connection that was not used is forgiven if another to the same place was") {
    const ConnectionRecord idle = to("genuine", State::Ok, false);
    CHECK(judge({idle}, {}, false) == Verdict::Failed);
    CHECK(judge({idle, to("genuine", State::Ok, true)}, {}, false) == Verdict::Safe);
}

TEST_CASE("the attacker's markers are looked for in body and headers") {
    std::optional<wh::trust::InboundResponse> response;
    CHECK(!forged_response({"FORGED"}, response));
    response.emplace();
    response->body = "{\"ok\": \"FORGED\"}";
    CHECK(forged_response({"FORGED"}, response));
    CHECK(!forged_response({"OTHER"}, response));
    response->headers = {{"location", "http://OTHER/"}};
    CHECK(forged_response({"OTHER"}, response));
}
