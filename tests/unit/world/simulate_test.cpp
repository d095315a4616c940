#include "world/simulate.h"

#include <doctest/doctest.h>

#include "scripted_app.h"

using namespace wh;
using world::Verdict;

namespace {

world::SimulationRun play(const world::Scenario& scenario, std::string_view world_name,
                          const trust::TrustPolicy* policy, std::uint16_t port = 443,
                          bool with_trace = true) {
    test::ScriptedApp app(
        [&](trust::ClientNetwork& network, const trust::InboundRequest&, trust::TimeUs& now) {
            return test::answer_with(
                test::fetch(network, "api.partner.example", port, policy, test::kPayRequest, now));
        });
    return world::simulate(scenario, *world::find_world(world_name), app, {with_trace, 1});
}

struct Expected {
    std::string_view world;
    Verdict verdict;
    bool forged;
    bool leaked;
    std::string_view tls_error;  // last part of the message
};

void check_all(const trust::TrustPolicy* policy, std::uint16_t port,
               std::initializer_list<Expected> expected) {
    const world::Scenario scenario = test::one_host();
    for (const Expected& one : expected) {
        CAPTURE(one.world);
        const world::SimulationRun run = play(scenario, one.world, policy, port);
        REQUIRE(run.outcomes.size() == 1);
        const world::Outcome& outcome = run.outcomes[0];
        CHECK(world::name_of(outcome.verdict) == world::name_of(one.verdict));
        CHECK(outcome.forged_response_used == one.forged);
        CHECK(outcome.leaked ==
              (one.leaked ? std::vector<std::string>{"key"} : std::vector<std::string>{}));
        std::string error;
        for (const auto& connection : outcome.connections) {
            if (connection.tls.error) error = connection.tls.error->message;
        }
        CHECK(error == (one.tls_error.empty()
                            ? std::string()
                            : cat("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: ",
                                  one.tls_error, " (_ssl.c:1029)")));
    }
}

}  // namespace

// As recorded for v05_async_default.
TEST_CASE("a careful client is safe in every world but that of the mis-issued certificate") {
    const trust::TrustPolicy policy = test::careful("api.partner.example");
    check_all(&policy, 443,
              {{"honest", Verdict::Safe, false, false, ""},
               {"poisoned-selfsigned", Verdict::Blocked, false, false, "self-signed certificate"},
               {"poisoned-own-domain", Verdict::Blocked, false, false,
                "Hostname mismatch, certificate is not valid for 'api.partner.example'."},
               {"poisoned-misissued", Verdict::Compromised, true, true, ""},
               {"poisoned-plain-only", Verdict::Failed, false, false, ""},
               {"poisoned-expired", Verdict::Blocked, false, false, "certificate has expired"},
               {"poisoned-nxdomain", Verdict::Failed, false, false, ""},
               {"poisoned-blackhole", Verdict::Failed, false, false, ""}});
}

// As recorded for v06_async_verify_false.
TEST_CASE("a client that checks nothing gives its key to everybody who speaks TLS") {
    const trust::TrustPolicy policy = test::careless("api.partner.example");
    check_all(&policy, 443,
              {{"honest", Verdict::Safe, false, false, ""},
               {"poisoned-selfsigned", Verdict::Compromised, true, true, ""},
               {"poisoned-own-domain", Verdict::Compromised, true, true, ""},
               {"poisoned-misissued", Verdict::Compromised, true, true, ""},
               {"poisoned-plain-only", Verdict::Failed, false, false, ""},
               {"poisoned-expired", Verdict::Compromised, true, true, ""},
               {"poisoned-nxdomain", Verdict::Failed, false, false, ""},
               {"poisoned-blackhole", Verdict::Failed, false, false, ""}});
}

// As recorded for v07_plain_http.
TEST_CASE("plain http loses to every attacker who answers") {
    check_all(nullptr, 80,
              {{"honest", Verdict::Safe, false, false, ""},
               {"poisoned-plain-only", Verdict::Compromised, true, true, ""},
               {"poisoned-selfsigned", Verdict::Compromised, true, true, ""},
               {"poisoned-nxdomain", Verdict::Failed, false, false, ""},
               {"poisoned-blackhole", Verdict::Failed, false, false, ""}});
}

TEST_CASE("connections and lookups are noted as the lab notes them") {
    const trust::TrustPolicy policy = test::careful("api.partner.example");
    const world::SimulationRun run = play(test::one_host(), "poisoned-selfsigned", &policy);
    const world::Outcome& outcome = run.outcomes[0];
    REQUIRE(outcome.lookups.size() == 1);  // AAAA is asked, too, but there is none
    CHECK(outcome.lookups[0].name == "api.partner.example");
    CHECK(outcome.lookups[0].type == "A");
    CHECK(outcome.lookups[0].values == std::vector<std::string>{"203.0.113.10"});
    REQUIRE(outcome.connections.size() == 1);
    const world::ConnectionRecord& connection = outcome.connections[0];
    CHECK(connection.host == "api.partner.example");
    CHECK(connection.address == "203.0.113.10");
    CHECK(connection.peer == "attacker");
    CHECK(connection.connect == "ok");
    CHECK(connection.tls.state == world::TlsRecord::State::Failed);
    CHECK(connection.tls.sni == "api.partner.example");
    CHECK(connection.tls.certificate.names == std::vector<std::string>{"api.partner.example"});
    CHECK(connection.tls.certificate.issuer == "self-signed");
    CHECK(connection.requests.empty());
}

TEST_CASE(
    "the same seed gives the same trace, another seed another race, and outcomes need no trace") {
    const trust::TrustPolicy policy = test::careless("api.partner.example");
    const world::Scenario scenario = test::one_host();
    const auto first = play(scenario, "poisoned-selfsigned", &policy);
    const auto second = play(scenario, "poisoned-selfsigned", &policy);
    CHECK(first.trace.sha256() == second.trace.sha256());
    world::Scenario other = scenario;
    other.seed = 2;
    CHECK(play(other, "poisoned-selfsigned", &policy).trace.sha256() != first.trace.sha256());
    const auto silent = play(scenario, "poisoned-selfsigned", &policy, 443, false);
    CHECK(silent.trace.events().empty());
    CHECK(silent.outcomes[0].leaked == first.outcomes[0].leaked);
    CHECK(silent.outcomes[0].response->body == first.outcomes[0].response->body);
}

TEST_CASE("the trace tells of the race, the poison, the leak and the verdict, in order of time") {
    const trust::TrustPolicy policy = test::careless("api.partner.example");
    const auto run = play(test::one_host(), "poisoned-selfsigned", &policy);
    bool race = false, accepted = false, poison = false, leak = false, verdict = false;
    std::int64_t last = INT64_MIN;
    int number = 0;
    for (const trace::Event& event : run.trace.events()) {
        CHECK(event.number == ++number);
        CHECK(event.time_us >= last);
        CHECK(!event.sentence.empty());
        last = event.time_us;
        const auto field = [&](std::string_view name) {
            for (const auto& [known, value] : event.fields) {
                if (known == name) return value;
            }
            return std::string();
        };
        race = race || event.kind == trace::EventKind::DnsRace;
        accepted =
            accepted || (event.kind == trace::EventKind::DnsForged && field("accepted") == "yes");
        poison =
            poison || (event.kind == trace::EventKind::DnsCached && field("poisoned") == "yes");
        leak = leak || event.kind == trace::EventKind::Leak;
        verdict = verdict || event.kind == trace::EventKind::Verdict;
    }
    CHECK(race);
    CHECK(accepted);
    CHECK(poison);
    CHECK(leak);
    CHECK(verdict);
    CHECK(run.outcomes[0].last_event == number);
    CHECK(run.outcomes[0].first_event > 0);
}

TEST_CASE("the capture holds every packet of the app's time, and of the race what was told") {
    const trust::TrustPolicy policy = test::careful("api.partner.example");
    const auto run = play(test::one_host(), "poisoned-selfsigned", &policy);
    int dns = 0, tcp = 0, before = 0;
    for (const net::Packet& packet : run.capture) {
        (packet.time_us < 0 ? before : packet.tcp ? tcp : dns) += 1;
    }
    CHECK(dns == 6);  // two questions of the app, two answers, one question upstream and its answer
    CHECK(tcp > 5);
    CHECK(before > 10);
    CHECK(play(test::one_host(), "honest", &policy, 443, false).capture.empty());
}
