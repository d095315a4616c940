// Every attack wins in one scenario and loses in another; every defence stops something and has a
// limit. The whole table is core/world/attacks-and-defences.md.
#include "world/contest.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "world/forging.h"

using namespace wh;
using namespace wh::world;

namespace {

constexpr TimeUs kDayUs = 86'400LL * 1'000'000;
constexpr TimeUs kHoursUs = 6LL * 3'600 * 1'000'000;

struct Pair {
    std::string_view attack;
    std::string_view defence;
};

// What stops it.
constexpr Pair kStopped[] = {
    {"bgp-hijack", "route-origin-validation"},
    {"birthday", "source-port-randomisation"},
    {"broken-resolver", "exact-matching"},
    {"dnspooq", "exact-matching"},
    {"flush-oracle", "no-flush"},
    {"fragmentation", "no-fragments"},
    {"ghost-domain", "parent-ttl"},
    {"hosts-file", "file-integrity"},
    {"kaminsky", "scrub-answers"},
    {"kaminsky-random-ports", "cookies"},
    {"maginotdns", "forward-bailiwick"},
    {"nat-derandomisation", "port-preserving-nat"},
    {"nxdomain-poison", "source-port-randomisation"},
    {"on-path-spoof", "response-policy"},
    {"on-path-stub", "dot-strict"},
    {"poisoned-ca", "multi-perspective"},
    {"predictable-generator", "txid-generator"},
    {"promiscuous-authority", "scrub-answers"},
    {"rebinding", "private-addresses"},
    {"rebirthday", "source-port-randomisation"},
    {"registrar-hijack", "registry-lock"},
    {"rogue-dhcp", "dhcp-snooping"},
    {"saddns-2020", "icmp-noise"},
    {"saddns-2021", "secret-route-cache"},
    {"tudoor", "await-valid-answers"},
    {"txid-guessing", "tcp-on-near-miss"},
    {"unsolicited-records", "scrub-answers"},
};

// What each defence stops, and an attack that it does not help against.
struct Limits {
    std::string_view defence;
    std::string_view stops;
    std::string_view not_against;
};
constexpr Limits kLimits[] = {
    {"await-valid-answers", "tudoor", "txid-guessing"},
    {"cookies", "kaminsky", "on-path-spoof"},
    {"dhcp-snooping", "rogue-dhcp", "kaminsky"},
    {"dot-strict", "rogue-dhcp", "bgp-hijack"},
    {"edns-1232", "fragmentation", "kaminsky"},
    {"exact-matching", "broken-resolver", "txid-guessing"},
    {"file-integrity", "hosts-file", "rogue-dhcp"},
    {"forward-bailiwick", "maginotdns", "kaminsky"},
    {"icmp-noise", "saddns-2020", "saddns-2021"},
    {"mixed-case", "txid-guessing", "on-path-spoof"},
    {"multi-perspective", "poisoned-ca", "registrar-hijack"},
    {"no-flush", "flush-oracle", "saddns-2020"},
    {"no-fragments", "fragmentation", "kaminsky"},
    {"parent-ttl", "ghost-domain", "registrar-hijack"},
    {"port-preserving-nat", "nat-derandomisation", "kaminsky"},
    {"private-addresses", "rebinding", "kaminsky"},
    {"registry-lock", "registrar-hijack", "bgp-hijack"},
    {"response-policy", "txid-guessing", "nxdomain-poison"},
    {"route-origin-validation", "bgp-hijack", "registrar-hijack"},
    {"scrub-answers", "kaminsky", "txid-guessing"},
    {"secret-route-cache", "saddns-2021", "saddns-2020"},
    {"source-port-randomisation", "txid-guessing", "nat-derandomisation"},
    {"tcp-on-near-miss", "txid-guessing", "on-path-spoof"},
    {"txid-generator", "predictable-generator", "txid-guessing"},
};

bool wins(std::string_view attack, std::initializer_list<std::string_view> defences,
          TimeUs give_up = kHoursUs, std::uint64_t seed = 1) {
    std::vector<const Defence*> chosen;
    for (const std::string_view name : defences) {
        REQUIRE_MESSAGE(find_defence(name), name);
        chosen.push_back(find_defence(name));
    }
    REQUIRE_MESSAGE(find_attack(attack), attack);
    return contest(*find_attack(attack), chosen, seed, give_up).won;
}

}  // namespace

TEST_CASE("every attack wins where its weakness is, and loses to something") {
    for (const Attack* attack : all_attacks()) {
        CAPTURE(attack->name);
        CHECK(contest(*attack, {}, 1, kDayUs).won);
        const auto* pair =
            std::find_if(std::begin(kStopped), std::end(kStopped),
                         [&](const Pair& each) { return each.attack == attack->name; });
        REQUIRE(pair != std::end(kStopped));
        if (pair->attack == "on-path-spoof") continue;  // below: only being slower stops it
        CHECK(!wins(pair->attack, {pair->defence}));
    }
}

TEST_CASE("every defence stops something and has a limit") {
    for (const Limits& each : kLimits) {
        CAPTURE(each.defence);
        CHECK(wins(each.stops, {}));
        CHECK(!wins(each.stops, {each.defence}));
        CHECK(wins(each.not_against, {each.defence}));
    }
    // The rest is of another kind: below.
    for (const Defence* defence : all_defences()) {
        CAPTURE(defence->name);
        const bool listed =
            std::any_of(std::begin(kLimits), std::end(kLimits),
                        [&](const Limits& l) { return l.defence == defence->name; });
        const std::string_view other[] = {"anomaly-alerts", "de-duplication", "dot-opportunistic",
                                          "ttl-cap", "ttl-floor"};
        CHECK((listed ||
               std::find(std::begin(other), std::end(other), defence->name) != std::end(other)));
    }
}

TEST_CASE("whoever sees the query loses only to whoever is nearer") {
    const Attack& attack = *find_attack("on-path-spoof");
    Plan plan;
    plan.truth["www.bank.example"]["A"] = {"192.0.2.10"};
    plan.forgeries = {{"www.bank.example", "A", "A", {"203.0.113.10"}, false}};
    for (const TimeUs delay : {TimeUs{10'000}, TimeUs{200}}) {
        Narrator silent(false);
        NameService dns(plan, 1, silent);
        // He answers in a millisecond whatever is asked, the root's servers included.
        for (const std::string zone : {"", "example", "bank.example"}) {
            dns.links().set(kResolverAddress, dns.server_of(zone), delay);
        }
        CHECK(attack.run({&plan.forgeries, 1}, dns).won == (delay > 1'000));
    }
}

TEST_CASE("one query a question: the birthday attack needs dozens of times as many tries") {
    const Attack& birthday = *find_attack("birthday");
    int without = 0, with = 0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        without += contest(birthday, {}, seed, kHoursUs).attack.windows;
        with += contest(birthday, {find_defence("de-duplication")}, seed, kHoursUs).attack.windows;
    }
    CHECK(without <= 25);  // one half a try: 10 on average
    CHECK(with > 10 * without);
    CHECK(wins("txid-guessing", {"de-duplication"}));
}

TEST_CASE("alerts stop nothing, and see a flood but not a single answer in order") {
    const Defence* alerts = find_defence("anomaly-alerts");
    const ContestResult flood = contest(*find_attack("txid-guessing"), {alerts}, 1, kHoursUs);
    CHECK(flood.won);
    CHECK(flood.alerts.size() == 1);
    const ContestResult quiet = contest(*find_attack("on-path-spoof"), {alerts}, 1, kHoursUs);
    CHECK(quiet.won);
    CHECK(quiet.alerts.empty());
}

TEST_CASE("opportunistic TLS is no help against whoever can block it, or hands out a resolver") {
    CHECK(wins("on-path-stub", {"dot-opportunistic"}));
    CHECK(wins("rogue-dhcp", {"dot-opportunistic"}));
    CHECK(!wins("on-path-stub", {"dot-strict"}));
    // Against one who only sees and answers, and does not block, it does help.
    class Listener final : public Spy {
      public:
        explicit Listener(int* seen) : Spy(Place::NearApp), seen_(seen) {}
        bool sees(const Datagram&, TimeUs) override {
            ++*seen_;
            return false;
        }

      private:
        int* seen_;
    };
    Plan plan;
    plan.truth["www.bank.example"]["A"] = {"192.0.2.10"};
    for (const StubTransport stub : {StubTransport::Plain, StubTransport::Opportunistic}) {
        Narrator silent(false);
        DnsSetup setup;
        setup.stub = stub;
        NameService dns(plan, setup, 1, silent);
        int seen = 0;
        dns.plant(std::make_unique<Listener>(&seen));
        const auto reply = dns.ask({{"www.bank.example", dns::kA, dns::kClassIn}}, 0)[0];
        CHECK(dns.values(reply.message) == std::vector<std::string>{"192.0.2.10"});
        CHECK(seen == (stub == StubTransport::Plain ? 2 : 0));
    }
}

TEST_CASE("a short memory ends a lie soon, a long one makes races rare") {
    for (const bool capped : {false, true}) {
        Plan plan;
        plan.truth["www.bank.example"]["A"] = {"192.0.2.10"};
        plan.forgeries = {{"www.bank.example", "A", "A", {"203.0.113.10"}, false}};
        DnsSetup setup = setup_of(find_attack("broken-resolver"), {});
        if (capped) find_defence("ttl-cap")->apply(setup);
        Narrator silent(false);
        NameService dns(plan, setup, 1, silent);
        const AttackResult result = find_attack("broken-resolver")->run({&plan.forgeries, 1}, dns);
        CHECK(result.won);  // it does not keep the lie out
        dns.app_starts_at(result.ended_us + 600'000'000);
        const auto reply = dns.ask({{"www.bank.example", dns::kA, dns::kClassIn}}, 0)[0];
        CHECK(dns.values(reply.message) ==
              std::vector<std::string>{capped ? "192.0.2.10" : "203.0.113.10"});
    }
    CHECK(wins("kaminsky", {"ttl-floor"}));  // nobody has asked for x123 before
}

TEST_CASE("EDNS 1232 does not help where the authority believes any ICMP message") {
    DnsSetup setup = setup_of(find_attack("fragmentation"), {find_defence("edns-1232")});
    setup.servers_a_zone = 15;  // fits into 1,232 bytes, and not into 548
    CHECK(!contest_in(*find_attack("fragmentation"), setup, 1, kDayUs).won);
    setup.believes_icmp = true;
    CHECK(contest_in(*find_attack("fragmentation"), setup, 1, kDayUs).won);
}
