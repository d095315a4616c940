#include "world/attacks/attack.h"

#include <doctest/doctest.h>

using namespace wh;
using namespace wh::world;

namespace {

Plan one_name() {
    Plan plan;
    plan.truth["api.partner.example"]["A"] = {"192.0.2.10"};
    plan.forgeries = {{"api.partner.example", "A", "A", {"203.0.113.10"}, false}};
    return plan;
}

std::string address_of(NameService& dns) {
    const auto replies = dns.ask({{"api.partner.example", dns::kA, dns::kClassIn}}, 0);
    return dns.values(replies.at(0).message).at(0);
}

}  // namespace

TEST_CASE("guessing IDs wins against a resolver with one source port") {
    const Plan plan = one_name();
    int windows = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Narrator silent(false);
        NameService dns(plan, seed, silent);
        const AttackResult result = attack_txid_guessing().run({&plan.forgeries, seed}, dns);
        CHECK(result.won);
        dns.app_starts_at(result.ended_us);
        CHECK(address_of(dns) == "203.0.113.10");
        windows += result.windows;
    }
    // A race is won with 700/65536: 94 on average; the mean of 20 is within a factor of two of that
    // in all but one of thousands of draws.
    CHECK(windows / 20 > 47);
    CHECK(windows / 20 < 187);
}

TEST_CASE("it loses against random source ports, in two days of trying") {
    const Plan plan = one_name();
    Narrator silent(false);
    NameService dns(plan, 1, silent);
    dns.resolver().numbers().fixed_port = 0;
    const AttackResult result =
        attack_txid_guessing().run({&plan.forgeries, 1, 2LL * 86'400 * 1'000'000}, dns);
    CHECK(!result.won);
    CHECK(result.windows > 2'800);
    dns.app_starts_at(result.ended_us);
    CHECK(address_of(dns) == "192.0.2.10");
}

TEST_CASE("several names at once: all are poisoned at the same moment in the end") {
    Plan plan = one_name();
    plan.truth["b.partner.example"]["AAAA"] = {"2001:db8::7"};
    plan.forgeries.push_back({"b.partner.example", "AAAA", "", {}, false});  // hide it
    plan.forgeries.push_back({"gone.other.example", "A", "A", {"203.0.113.12"}, false});
    plan.truth["c.partner.example"]["A"] = {"192.0.2.30"};
    plan.forgeries.push_back({"c.partner.example", "A", "", {}, true});
    Narrator silent(false);
    NameService dns(plan, 3, silent);
    const AttackResult result = attack_txid_guessing().run({&plan.forgeries, 3}, dns);
    CHECK(result.won);
    dns.app_starts_at(result.ended_us);
    CHECK(address_of(dns) == "203.0.113.10");
    const auto replies = dns.ask({{"b.partner.example", dns::kAaaa, dns::kClassIn},
                                  {"gone.other.example", dns::kA, dns::kClassIn},
                                  {"c.partner.example", dns::kA, dns::kClassIn}},
                                 0);
    CHECK(replies.at(0).message.rcode == dns::kNoError);
    CHECK(replies.at(0).message.answers.empty());
    CHECK(dns.values(replies.at(1).message) == std::vector<std::string>{"203.0.113.12"});
    CHECK(replies.at(2).message.rcode == dns::kNxDomain);
}
