// The network of a world, checked against what the lab recorded (case names in the comments).
#include "world/network.h"

#include <doctest/doctest.h>

#include "scripted_app.h"

using namespace wh;
using world::TlsRecord;
using world::Verdict;

namespace {

using Step = std::function<void(trust::ClientNetwork&, trust::TimeUs&)>;

// Plays one step per request; the answers do not matter.
std::vector<world::Outcome> play(world::Scenario scenario, std::string_view world_name,
                                 std::vector<Step> steps) {
    scenario.requests.clear();
    for (std::size_t i = 0; i < steps.size(); ++i) scenario.requests.emplace_back();
    std::size_t next = 0;
    test::ScriptedApp app(
        [&](trust::ClientNetwork& network, const trust::InboundRequest&, trust::TimeUs& now) {
            steps[next++](network, now);
            trust::PhaseResult result;
            result.response.emplace();
            result.response->status = 200;
            return result;
        });
    return world::simulate(scenario, *world::find_world(world_name), app, {false, 1}).outcomes;
}

world::HostEntry host(std::string name, std::string address) {
    world::HostEntry entry;
    entry.name = std::move(name);
    entry.address = std::move(address);
    return entry;
}

const std::string kGet = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";

}  // namespace

TEST_CASE("mutual TLS: with, and without the client's certificate (v36_client_certificate)") {
    world::Scenario scenario;
    scenario.hosts = {host("core.bank.internal", "198.51.100.52")};
    scenario.hosts[0].issuer = world::Issuer::Internal;
    scenario.hosts[0].client_certificate = true;
    trust::TrustPolicy policy = test::careful("core.bank.internal");
    policy.roots.value = {false, {"certs/internal-ca.pem"}, {}};
    trust::TrustPolicy with = policy;
    with.client_certificate.value = {"./certs/client.pem", "certs/client-key.pem"};
    const auto outcomes = play(
        scenario, "honest",
        {[&](trust::ClientNetwork& network, trust::TimeUs& now) {
             CHECK(
                 test::fetch(network, "core.bank.internal", 443, &with, kGet, now).failed.empty());
         },
         [&](trust::ClientNetwork& network, trust::TimeUs& now) {
             const auto got = test::fetch(network, "core.bank.internal", 443, &policy, kGet, now);
             CHECK(got.failed == "alert");
             CHECK(got.error.reason == "TLSV13_ALERT_CERTIFICATE_REQUIRED");
             CHECK(got.error.message == "tlsv13 alert certificate required");
             CHECK(!got.error.certificate);
         },
         [&](trust::ClientNetwork& network, trust::TimeUs& now) {
             const trust::TrustPolicy stranger = test::careful("core.bank.internal");
             const auto got = test::fetch(network, "core.bank.internal", 443, &stranger, kGet, now);
             // The server sends the root along, as recorded in u18_roots_and_certificates.
             CHECK(got.error.verify_code == 19);
         }});
    CHECK(outcomes[0].verdict == Verdict::Safe);
    CHECK(outcomes[0].connections[0].tls.client_certificate == "acme-app");
    const world::ConnectionRecord& forgotten = outcomes[1].connections[0];
    CHECK(outcomes[1].verdict == Verdict::Failed);
    CHECK(forgotten.tls.state == TlsRecord::State::Ok);
    CHECK(forgotten.tls.server_error == "PEER_DID_NOT_RETURN_A_CERTIFICATE");
    CHECK(forgotten.nothing_sent);
    CHECK(forgotten.requests.empty());
    CHECK(outcomes[2].connections[0].tls.server_error == "TLSV1_ALERT_UNKNOWN_CA");
    CHECK(outcomes[2].verdict == Verdict::Failed);  // genuine peer
}

TEST_CASE("TLS to a plain port, and plain text to a TLS port (f02: swapped.example)") {
    world::Scenario scenario;
    scenario.hosts = {host("swapped.example", "192.0.2.14")};
    scenario.hosts[0].ports = {{80, world::PortKind::Https}, {443, world::PortKind::Http}};
    const trust::TrustPolicy policy = test::careful("swapped.example");
    const auto outcomes =
        play(scenario, "honest",
             {[&](trust::ClientNetwork& network, trust::TimeUs& now) {
                  const auto got = test::fetch(network, "swapped.example", 443, &policy, kGet, now);
                  CHECK(got.error.reason == "WRONG_VERSION_NUMBER");
                  CHECK(got.error.message == "wrong version number");
              },
              [&](trust::ClientNetwork& network, trust::TimeUs& now) {
                  const auto got = test::fetch(network, "swapped.example", 80, nullptr, kGet, now);
                  CHECK(got.bytes.starts_with("HTTP/1.1 400 Bad Request\r\n"));
              }});
    const world::ConnectionRecord& tls = outcomes[0].connections[0];
    CHECK(tls.tls.state == TlsRecord::State::Failed);
    CHECK(!tls.tls.server_saw);
    CHECK(tls.tls.error->class_name == "ssl.SSLError");
    CHECK(tls.tls.error->message ==
          "[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1029)");
    CHECK(tls.raw == "[TLS ClientHello]");
    CHECK(outcomes[0].verdict == Verdict::Failed);
    const world::ConnectionRecord& plain = outcomes[1].connections[0];
    CHECK(plain.plain_on_tls_port);
    CHECK(plain.nothing_sent);
    CHECK(plain.raw.empty());
    CHECK(outcomes[1].verdict == Verdict::Failed);
}

TEST_CASE("a proxy: CONNECT, TLS inside, and the poisoned proxy (v42_proxy_argument)") {
    world::Scenario scenario;
    scenario.hosts = {host("proxy.acme.internal", "198.51.100.20"),
                      host("api.news.example", "192.0.2.70")};
    scenario.hosts[0].ports = {{3128, world::PortKind::Proxy}};
    world::Answer answer;
    answer.path = "/top";
    answer.body = "\"good\"";
    answer.is_json = true;
    scenario.hosts[1].answers = {answer};
    scenario.poisoned = {"proxy.acme.internal"};
    scenario.secrets = {{"proxy password", "px-pass"}};
    const std::string connect =
        "CONNECT api.news.example:443 HTTP/1.1\r\nHost: api.news.example:443\r\n"
        "Proxy-Authorization: Basic cHgtdXNlcjpweC1wYXNz\r\n\r\n";
    const auto through = [&](trust::TrustPolicy policy, std::string& seen) -> Step {
        return [&, policy](trust::ClientNetwork& network, trust::TimeUs& now) {
            auto got = test::fetch(network, "proxy.acme.internal", 3128, nullptr, connect, now);
            seen = got.bytes.substr(0, got.bytes.find("\r\n"));
            if (!seen.starts_with("HTTP/1.1 200")) return;
            const auto tls = network.start_tls(got.connection, policy, now, trust::kNoDeadline);
            if (tls.status != trust::TlsResult::Status::Ok) {
                seen += " " + tls.error.message;
                return;
            }
            network.send(got.connection, "GET /top HTTP/1.1\r\nHost: api.news.example\r\n\r\n",
                         now);
            seen +=
                " " + test::body_of(network.receive(got.connection, now, trust::kNoDeadline).data);
        };
    };
    const trust::TrustPolicy careful = test::careful("api.news.example");
    const trust::TrustPolicy careless = test::careless("api.news.example");
    std::string seen;
    auto outcomes = play(scenario, "honest", {through(careful, seen)});
    CHECK(seen == "HTTP/1.1 200 Connection established \"good\"");
    CHECK(outcomes[0].verdict == Verdict::Safe);
    CHECK(outcomes[0].connections[0].tunnel_to == "api.news.example:443");
    CHECK(outcomes[0].connections[0].tls.sni == "api.news.example");
    CHECK(outcomes[0].connections[0].requests.size() == 2);

    outcomes = play(scenario, "poisoned-expired", {through(careful, seen)});
    CHECK(seen ==
          "HTTP/1.1 200 Connection established certificate verify failed: certificate has expired");
    CHECK(outcomes[0].verdict == Verdict::Compromised);  // the password was in the CONNECT
    CHECK(outcomes[0].leaked == std::vector<std::string>{"proxy password"});

    outcomes = play(scenario, "poisoned-expired", {through(careless, seen)});
    CHECK(seen == "HTTP/1.1 200 Connection established {\"forged\": \"FORGED-BY-ATTACKER\"}");

    outcomes = play(scenario, "poisoned-plain-only", {through(careful, seen)});
    CHECK(seen == "HTTP/1.1 502 Bad Gateway");
    CHECK(outcomes[0].connections[0].tls.state == TlsRecord::State::None);
}

TEST_CASE("TLS inside TLS, through a proxy that speaks TLS itself") {
    world::Scenario scenario;
    scenario.hosts = {host("proxy.acme.internal", "198.51.100.20"),
                      host("api.news.example", "192.0.2.70")};
    scenario.hosts[0].ports = {{8443, world::PortKind::ProxyTls}};
    scenario.hosts[0].issuer = world::Issuer::Internal;
    const auto outcomes =
        play(scenario, "honest", {[&](trust::ClientNetwork& network, trust::TimeUs& now) {
                 trust::TrustPolicy outer = test::careful("proxy.acme.internal");
                 outer.roots.value = {false, {"/srv/app/certs/internal-ca.pem"}, {}};
                 auto got = test::fetch(network, "proxy.acme.internal", 8443, &outer,
                                        "CONNECT api.news.example:443 HTTP/1.1\r\n\r\n", now);
                 REQUIRE(got.bytes.starts_with("HTTP/1.1 200"));
                 const auto tls = network.start_tls(
                     got.connection, test::careful("api.news.example"), now, trust::kNoDeadline);
                 REQUIRE(tls.status == trust::TlsResult::Status::Ok);
                 CHECK(tls.peer.dns_names == std::vector<std::string>{"api.news.example"});
                 network.send(got.connection, kGet, now);
                 CHECK(network.receive(got.connection, now, trust::kNoDeadline)
                           .data.starts_with("HTTP/1.1 404 Not Found\r\n"));
             }});
    const world::ConnectionRecord& connection = outcomes[0].connections[0];
    REQUIRE(connection.proxy_tls);
    CHECK(connection.proxy_tls->sni == "proxy.acme.internal");
    CHECK(connection.tls.sni == "api.news.example");
    CHECK(connection.tls.state == TlsRecord::State::Ok);
    CHECK(outcomes[0].verdict == Verdict::Safe);
}

TEST_CASE("a kept connection is noted as reused, and closes after a minute of silence") {
    world::Scenario scenario = test::one_host();
    const trust::TrustPolicy policy = test::careful("api.partner.example");
    int connection = 0;
    const auto outcomes = play(
        scenario, "honest",
        {[&](trust::ClientNetwork& network, trust::TimeUs& now) {
             connection =
                 test::fetch(network, "api.partner.example", 443, &policy, kGet, now).connection;
             CHECK(!network.peer_closed(connection, now));
         },
         [&](trust::ClientNetwork& network, trust::TimeUs& now) {
             network.send(connection, kGet, now);
             CHECK(network.receive(connection, now, trust::kNoDeadline)
                       .data.starts_with("HTTP/1.1 404"));
             CHECK(!network.peer_closed(connection, now + 59'000'000));
             CHECK(network.peer_closed(connection, now + 61'000'000));
             now += 61'000'000;
             network.send(connection, kGet, now);
             CHECK(network.receive(connection, now, trust::kNoDeadline).status ==
                   trust::ReceiveResult::Status::Closed);
         }});
    REQUIRE(outcomes[1].connections.size() == 1);
    CHECK(outcomes[1].connections[0].reused);
    CHECK(outcomes[1].connections[0].tls.state == TlsRecord::State::Ok);
    CHECK(outcomes[1].connections[0].requests.size() == 1);
    CHECK(outcomes[1].lookups.empty());
}

TEST_CASE("time limits: a slow answer, a silent address with and without a limit (f03)") {
    world::Scenario scenario = test::one_host();
    scenario.hosts[0].answers[0].delay_us = 3'000'000;
    auto outcomes = play(
        scenario, "honest",
        {[&](trust::ClientNetwork& network, trust::TimeUs& now) {
             const trust::TimeUs begun = now;
             const auto got = test::fetch(network, "api.partner.example", 80, nullptr,
                                          test::kPayRequest, now, 1'000'000);
             CHECK(got.failed == "timeout");
             CHECK(now == begun + 1'000'000);
         },
         [&](trust::ClientNetwork& network, trust::TimeUs& now) {
             const trust::TimeUs begun = now;
             CHECK(test::fetch(network, "api.partner.example", 80, nullptr, test::kPayRequest, now)
                       .failed.empty());
             CHECK(now - begun > 3'000'000);
             CHECK(now - begun < 3'100'000);
         }});
    CHECK(outcomes[0].connections[0].requests.size() == 1);  // it arrived, the answer was too late
    CHECK(outcomes[0].verdict == Verdict::Safe);
    outcomes = play(
        scenario, "poisoned-blackhole", {[&](trust::ClientNetwork& network, trust::TimeUs& now) {
            const trust::TimeUs begun = now;
            const auto result = network.connect("203.0.113.200", 80, now, trust::kNoDeadline);
            CHECK(result.status == trust::ConnectResult::Status::TimedOut);
            CHECK(result.kernel_gave_up);
            CHECK(now - begun == 15'000'000);
            CHECK(network.connect("192.0.2.99", 80, now, trust::kNoDeadline).status ==
                  trust::ConnectResult::Status::Refused);
            CHECK(network.connect("127.0.0.1", 80, now, trust::kNoDeadline).status ==
                  trust::ConnectResult::Status::Refused);
        }});
    REQUIRE(outcomes[0].connections.size() == 2);  // loopback is not noted
    CHECK(outcomes[0].connections[0].connect == "timeout");
    CHECK(outcomes[0].connections[0].peer == "nobody");
    CHECK(outcomes[0].connections[1].connect == "refused");
}

TEST_CASE("names: aliases, poisoned targets of aliases, forged AAAA, other record types") {
    world::Scenario scenario;
    scenario.hosts = {host("www.shop.example", "192.0.2.1"), host("edge.cdn.example", "192.0.2.2")};
    scenario.hosts[0].dns = false;
    scenario.dns = {{"www.shop.example", {{"CNAME", {"edge.cdn.example"}}}},
                    {"dangling.shop.example", {{"CNAME", {"gone.cloud.example"}}}},
                    {"_api._tcp.shop.example", {{"SRV", {"0 0 443 www.shop.example."}}}}};
    scenario.poisoned = {"edge.cdn.example"};
    scenario.poisoned_dns = {{"_api._tcp.shop.example", {{"SRV", {"0 0 443 evil.example."}}}}};
    scenario.attacker.ptr = "edge.cdn.example.";
    const auto look = [&](std::string_view world_name) {
        return play(scenario, world_name, {[](trust::ClientNetwork& network, trust::TimeUs& now) {
                        const auto deadline = trust::kNoDeadline;
                        network.get_address_info("WWW.shop.example", now, deadline);
                        network.get_address_info("dangling.shop.example", now, deadline);
                        network.get_address_info("nowhere.example", now, deadline);
                        network.query("_api._tcp.shop.example", trust::RecordType::Srv, now,
                                      deadline);
                        network.query("10.113.0.203.in-addr.arpa", trust::RecordType::Ptr, now,
                                      deadline);
                    }})[0]
            .lookups;
    };
    const auto text = [](const std::vector<world::LookupRecord>& lookups) {
        std::string out;
        for (const auto& one : lookups) {
            out += cat(one.name, " ", one.type, " ", one.status, join(one.values, ","), "\n");
        }
        return out;
    };
    CHECK(
        text(look("honest")) ==
        "www.shop.example A 192.0.2.2\ndangling.shop.example A NODATA\nnowhere.example A NXDOMAIN\n"
        "_api._tcp.shop.example SRV 0 0 443 www.shop.example.\n"
        "10.113.0.203.in-addr.arpa PTR NXDOMAIN\n");
    CHECK(text(look("poisoned-selfsigned")) ==
          "www.shop.example A 203.0.113.10\ndangling.shop.example A NODATA\n"
          "nowhere.example A NXDOMAIN\n_api._tcp.shop.example SRV 0 0 443 evil.example.\n"
          "10.113.0.203.in-addr.arpa PTR edge.cdn.example.\n");
    CHECK(text(look("poisoned-nxdomain")).starts_with("www.shop.example A NXDOMAIN\n"));
    CHECK(text(look("poisoned-blackhole")).starts_with("www.shop.example A 203.0.113.200\n"));

    scenario.attacker.forges_aaaa = true;
    const auto outcome = play(
        scenario, "poisoned-selfsigned", {[](trust::ClientNetwork& network, trust::TimeUs& now) {
            const auto found =
                network.get_address_info("edge.cdn.example", now, trust::kNoDeadline);
            CHECK(found.values == std::vector<std::string>{"2001:db8:bad::10", "192.0.2.2"});
        }})[0];
    CHECK(outcome.lookups.size() == 2);  // A and AAAA, in the order asked
    CHECK(outcome.lookups[1].type == "AAAA");
}

TEST_CASE("websockets and lines, at the attacker's too") {
    world::Scenario scenario = test::one_host();
    scenario.hosts[0].ports = {{80, world::PortKind::Http}, {9000, world::PortKind::Line}};
    scenario.hosts[0].line_answer = "OK";
    scenario.hosts[0].answers[0].websocket = {"first"};
    scenario.attacker.line_answer = "OK FORGED";
    const Step step = [&](trust::ClientNetwork& network, trust::TimeUs& now) {
        auto line =
            test::fetch(network, "api.partner.example", 9000, nullptr, "AUTH s3cr3t-key\r\n", now);
        CHECK(line.bytes.starts_with("OK"));
        auto socket = test::fetch(network, "api.partner.example", 80, nullptr,
                                  "GET /pay HTTP/1.1\r\nUpgrade: WebSocket\r\n"
                                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                                  now);
        CHECK(socket.bytes.find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") !=
              std::string::npos);
        network.send(socket.connection, std::string("\x81\x82\0\0\0\0hi", 8), now);
        const auto frame = network.receive(socket.connection, now, trust::kNoDeadline).data;
        CHECK(frame.substr(0, 1) == "\x81");
    };
    const auto honest = play(scenario, "honest", {step})[0];
    CHECK(honest.connections[0].raw == "AUTH s3cr3t-key\n");
    CHECK(honest.connections[1].requests[0].websocket == std::vector<std::string>{"hi"});
    CHECK(honest.leaked.empty());
    const auto poisoned = play(scenario, "poisoned-plain-only", {step})[0];
    CHECK(poisoned.leaked == std::vector<std::string>{"key"});
    CHECK(poisoned.verdict == Verdict::Compromised);
}

TEST_CASE("the app's files: roots, pins and fingerprints fit what the servers show") {
    world::Scenario scenario = test::one_host();
    scenario.pinned_certificates = {{"certs/pin.pem", "api.partner.example"}};
    scenario.environment = {{"PIN", "sha256:{sha256:api.partner.example}"}};
    const trust::Host machine = world::make_host(scenario, *world::find_world("honest"), 1);
    CHECK(machine.files.contains("certs/client-key.pem"));
    const auto pin = tls::certificates_of_pem(machine.files.at("certs/pin.pem"));
    REQUIRE(pin.size() == 1);
    CHECK(machine.environment.at("PIN") == "sha256:" + tls::fingerprint(pin[0]));
    const trust::TrustPolicy policy = test::careless("api.partner.example");
    // The lab issues a name's certificate once for each CA: the mis-issued one is the genuine one, and a
    // pin fits it. Another name's, and a self-signed one, do not.
    const std::pair<const char*, bool> worlds[] = {{"honest", true},
                                                   {"poisoned-misissued", true},
                                                   {"poisoned-own-domain", false},
                                                   {"poisoned-selfsigned", false}};
    for (const auto& [world, fits] : worlds) {
        const bool expected = fits;
        play(scenario, world,
             {[&](trust::ClientNetwork& network, trust::TimeUs& now) {
                 const auto found =
                     network.get_address_info("api.partner.example", now, trust::kNoDeadline);
                 const auto made = network.connect(found.values[0], 443, now, trust::kNoDeadline);
                 const auto tls =
                     network.start_tls(made.connection, policy, now, trust::kNoDeadline);
                 CHECK((tls.peer.sha256 == tls::fingerprint(pin[0])) == expected);
                 CHECK((tls.peer.pem == machine.files.at("certs/pin.pem")) == expected);
             }});
    }
}

TEST_CASE(
    "reached, shown a certificate, and left without a byte: blocked (pins, checks afterwards)") {
    const trust::TrustPolicy policy = test::careless("api.partner.example");
    const Step step = [&](trust::ClientNetwork& network, trust::TimeUs& now) {
        const auto found = network.get_address_info("api.partner.example", now, trust::kNoDeadline);
        const auto made = network.connect(found.values[0], 443, now, trust::kNoDeadline);
        network.start_tls(made.connection, policy, now, trust::kNoDeadline);
        network.close(made.connection, now);
    };
    const auto outcome = play(test::one_host(), "poisoned-misissued", {step})[0];
    CHECK(outcome.connections[0].nothing_sent);
    CHECK(outcome.verdict == Verdict::Blocked);
    CHECK(play(test::one_host(), "honest", {step})[0].verdict == Verdict::Failed);
}

TEST_CASE("fingerprints in what the app says are named, not shown") {
    world::Scenario scenario = test::one_host();
    scenario.requests[0].original_json = "{}";
    const trust::TrustPolicy policy = test::careless("api.partner.example");
    test::ScriptedApp app([&](trust::ClientNetwork& network, const trust::InboundRequest&,
                              trust::TimeUs& now) {
        const auto found = network.get_address_info("api.partner.example", now, trust::kNoDeadline);
        const auto made = network.connect(found.values[0], 443, now, trust::kNoDeadline);
        const auto tls = network.start_tls(made.connection, policy, now, trust::kNoDeadline);
        trust::PhaseResult result;
        result.response.emplace();
        result.response->status = 200;
        result.response->body = "peer " + tls.peer.sha256;
        return result;
    });
    const auto run =
        world::simulate(scenario, *world::find_world("poisoned-selfsigned"), app, {false, 1});
    CHECK(run.outcomes[0].response->body == "peer <sha256 of api.partner.example self>");
}
