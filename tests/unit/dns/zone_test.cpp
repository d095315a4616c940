#include "dns/zone.h"

#include <doctest/doctest.h>

#include "dns/resolver.h"

using namespace wh::dns;

namespace {

Authority sample() {
    Authority server;
    Zone& zone = server.zone("example.test", 60);
    const auto add = [&](std::string_view name, std::uint16_t type, std::string_view text) {
        zone.add(name, type, 60, *data_from_text(type, text));
    };
    add("www.example.test", kA, "192.0.2.1");
    add("alias.example.test", kCname, "www.example.test.");
    add("away.example.test", kCname, "www.other.test.");
    add("*.wild.example.test", kA, "192.0.2.9");
    add("host.deep.example.test", kA, "192.0.2.2");
    add("sub.example.test", kNs, "ns.sub.example.test.");
    add("ns.sub.example.test", kA, "192.0.2.53");
    return server;
}

Message ask(const Authority& server, std::string_view name, std::uint16_t type) {
    return decode(server.answer(make_query(5, name, type))).value();
}

}  // namespace

TEST_CASE("an authority answers from its zone") {
    const Authority server = sample();
    const Message www = ask(server, "WWW.example.test", kA);
    CHECK(www.authoritative);
    CHECK(www.id == 5);
    CHECK(www.questions[0].name == "WWW.example.test");
    REQUIRE(www.answers.size() == 1);
    CHECK(data_to_text(kA, www.answers[0].data) == "192.0.2.1");

    const Message alias = ask(server, "alias.example.test", kA);
    REQUIRE(alias.answers.size() == 2);
    CHECK(alias.answers[0].type == kCname);
    CHECK(alias.answers[1].name == "www.example.test");
    CHECK(ask(server, "away.example.test", kA).answers.size() == 1);  // not its business further on
}

TEST_CASE("what is not there: no such name, or no such record, each with the SOA") {
    const Authority server = sample();
    const Message missing = ask(server, "nothing.example.test", kA);
    CHECK(missing.rcode == kNxDomain);
    REQUIRE(missing.authorities.size() == 1);
    CHECK(missing.authorities[0].type == kSoa);
    const Message no_data = ask(server, "www.example.test", kAaaa);
    CHECK(no_data.rcode == kNoError);
    CHECK(no_data.answers.empty());
    CHECK(no_data.authorities[0].type == kSoa);
    // A name that only has names below it exists.
    CHECK(ask(server, "deep.example.test", kA).rcode == kNoError);
}

TEST_CASE("a wildcard covers what does not exist, at its own level") {
    const Authority server = sample();
    CHECK(ask(server, "a.wild.example.test", kA).answers.at(0).name == "a.wild.example.test");
    CHECK(ask(server, "a.b.wild.example.test", kA).answers.size() == 1);  // RFC 4592: deeper, too
    CHECK(ask(server, "a.deep.example.test", kA).rcode == kNxDomain);
}

TEST_CASE("below a cut there is a referral with glue; other zones are refused") {
    const Authority server = sample();
    const Message referral = ask(server, "www.sub.example.test", kA);
    CHECK(!referral.authoritative);
    CHECK(referral.answers.empty());
    REQUIRE(referral.authorities.size() == 1);
    CHECK(referral.authorities[0].name == "sub.example.test");
    REQUIRE(referral.additionals.size() == 1);
    CHECK(data_to_text(kA, referral.additionals[0].data) == "192.0.2.53");
    CHECK(ask(server, "www.other.test", kA).rcode == kRefused);
    CHECK(decode(server.answer("\x12\x34rubbish")).value().rcode == kFormErr);
}
