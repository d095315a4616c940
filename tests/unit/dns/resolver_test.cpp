#include "dns/resolver.h"

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "dns/zone.h"

using namespace wh;
using namespace wh::dns;

namespace {

constexpr const char* kResolverIp = "198.51.100.253";
constexpr const char* kClientIp = "198.51.100.250";
constexpr const char* kRootIp = "192.0.2.100";
constexpr const char* kZoneIp = "192.0.2.101";

ResolverConfig config(std::uint16_t port = 33333) {
    ResolverConfig made;
    made.address = kResolverIp;
    made.root_hints = {{"root.test", kRootIp}};
    made.numbers.random = Random(1);
    made.numbers.fixed_port = port;
    return made;
}

Record record(std::string name, std::uint16_t type, std::string_view text, std::uint32_t ttl = 60) {
    return {std::move(name), type, kClassIn, ttl, *data_from_text(type, text)};
}

// A resolver that has asked the root for www.victim.test and now waits for the server of
// victim.test.
struct Bench {
    Resolver resolver;
    ResolverOutput out;
    Datagram asked;  // the query to the zone's server

    explicit Bench(ResolverConfig made = config()) : resolver(std::move(made)) {
        out.watched = true;
        client("www.victim.test", kA, 1000);
        Message referral = reply_to(out.send.back());
        referral.authorities = {record("victim.test", kNs, "ns.victim.test.", 3600)};
        referral.additionals = {record("ns.victim.test", kA, kZoneIp, 3600)};
        answer(out.send.back(), referral, 2000);
        asked = out.send.back();
        CHECK(asked.destination == kZoneIp);
        out.log.clear();
        out.send.clear();
    }
    void client(std::string_view name, std::uint16_t type, TimeUs now, std::uint16_t id = 77) {
        resolver.receive({kClientIp, kResolverIp, 5555, 53, make_query(id, name, type)}, now, out);
    }
    static Message reply_to(const Datagram& query) {
        Message reply = decode(query.bytes).value();
        reply.response = true;
        return reply;
    }
    void answer(const Datagram& query, const Message& reply, TimeUs now) {
        resolver.receive({query.destination, query.source, query.destination_port,
                          query.source_port, encode(reply).value()},
                         now, out);
    }
    Message good() const {
        Message reply = reply_to(asked);
        reply.authoritative = true;
        reply.answers = {record("www.victim.test", kA, "203.0.113.66", 86400)};
        return reply;
    }
    Datagram good_datagram() const {
        return {asked.destination, asked.source, 53, asked.source_port, encode(good()).value()};
    }
    std::string cached(const std::string& name, std::uint16_t type, TimeUs now) const {
        const CacheEntry* entry =
            resolver.cache().find(name, type, now, Rank::AnswerNotAuthoritative);
        if (!entry) return "-";
        if (entry->negative != Negative::No) {
            return entry->negative == Negative::NxDomain ? "NXDOMAIN" : "NODATA";
        }
        return data_to_text(type, entry->data[0]);
    }
};

}  // namespace

TEST_CASE("stage 1: a datagram that fits in every field is accepted and answers the client") {
    Bench bench;
    bench.resolver.receive(bench.good_datagram(), 3000, bench.out);
    REQUIRE(!bench.out.log.empty());
    CHECK(bench.out.log[0].fate == Fate::Accepted);
    CHECK(bench.cached("www.victim.test", kA, 4000) == "203.0.113.66");
    REQUIRE(bench.out.send.size() == 1);
    CHECK(bench.out.send[0].destination == kClientIp);
    CHECK(bench.out.send[0].destination_port == 5555);
    const Message told = decode(bench.out.send[0].bytes).value();
    CHECK(told.id == 77);
    CHECK(told.recursion_available);
}

TEST_CASE("stage 1: one wrong field drops the datagram, and the reason names it") {
    const auto fate = [](void (*change)(Datagram&), TimeUs now = 3000) {
        Bench bench;
        Datagram forged = bench.good_datagram();
        change(forged);
        bench.resolver.receive(forged, now, bench.out);
        CHECK(bench.cached("www.victim.test", kA, now) == "-");
        return bench.out.log.empty()                    ? std::string("nothing")
               : bench.out.log[0].fate == Fate::Dropped ? bench.out.log[0].reason
                                                        : std::string("accepted");
    };
    CHECK(fate([](Datagram& d) { d.source = "203.0.113.9"; }) == "source address");
    CHECK(fate([](Datagram& d) { d.destination = "198.51.100.9"; }) == "destination address");
    CHECK(fate([](Datagram& d) { d.source_port = 54; }) == "source port");
    CHECK(fate([](Datagram& d) { ++d.destination_port; }) == "destination port");
    CHECK(fate([](Datagram& d) { d.bytes[1] = static_cast<char>(d.bytes[1] + 1); }) == "id");
    CHECK(fate([](Datagram& d) {
              Message other = decode(d.bytes).value();
              other.questions[0].name = "ftp.victim.test";
              d.bytes = encode(other).value();
          }) == "question");
    CHECK(fate([](Datagram& d) {
              Message other = decode(d.bytes).value();
              other.questions[0].type = kAaaa;
              d.bytes = encode(other).value();
          }) == "question");
    CHECK(fate([](Datagram&) {}, 3'000'000) == "time");
    CHECK(fate([](Datagram& d) { d.bytes[2] = 0; }) == "not a response");
}

TEST_CASE("stage 1: the second answer comes too late, whoever was first") {
    Bench bench;
    bench.resolver.receive(bench.good_datagram(), 3000, bench.out);
    bench.out.log.clear();
    Message genuine = bench.good();
    genuine.answers = {record("www.victim.test", kA, "192.0.2.80")};
    bench.answer(bench.asked, genuine, 4000);
    REQUIRE(bench.out.log.size() == 1);
    CHECK(bench.out.log[0].fate == Fate::Dropped);
    CHECK(bench.out.log[0].reason == "no query is outstanding");
    CHECK(bench.cached("www.victim.test", kA, 4000) == "203.0.113.66");
}

TEST_CASE("stage 2: records that the server may not speak about are scrubbed") {
    Bench bench;
    Message reply = bench.good();
    reply.answers.push_back(record("www.bank.test", kA, "203.0.113.66"));
    reply.answers.push_back(record("other.victim.test", kA, "203.0.113.66"));
    reply.authorities = {record("test", kNs, "ns.evil.test."),
                         record("victim.test", kNs, "ns.evil.test.")};
    reply.additionals = {record("ns.bank.test", kA, "203.0.113.66"),
                         record("mail.victim.test", kA, "203.0.113.66")};
    bench.answer(bench.asked, reply, 3000);
    std::vector<std::string> reasons;
    for (const FateLog& log : bench.out.log) {
        if (log.fate == Fate::Scrubbed) reasons.push_back(log.record.name + ": " + log.reason);
    }
    CHECK(reasons == std::vector<std::string>{
                         "www.bank.test: out of the server's zone",
                         "other.victim.test: not what was asked", "test: out of the server's zone",
                         "victim.test: not asked for", "ns.bank.test: out of the server's zone",
                         "mail.victim.test: not an address of a server named here"});
    CHECK(bench.cached("www.bank.test", kA, 3000) == "-");
    CHECK(bench.cached("other.victim.test", kA, 3000) == "-");
    CHECK(bench.cached("www.victim.test", kA, 3000) == "203.0.113.66");
}

TEST_CASE("stage 3: glue is never an answer, and does not replace one") {
    Bench bench;
    CHECK(bench.cached("ns.victim.test", kA, 3000) == "-");  // known, but only as glue
    bench.resolver.receive(bench.good_datagram(), 3000, bench.out);
    // The forged address is cached as an authoritative answer; a referral's glue for it ranks
    // lower.
    bench.client("deep.sub.victim.test", kA, 4000);
    const Datagram query = bench.out.send.back();
    Message referral = Bench::reply_to(query);
    referral.authorities = {record("sub.victim.test", kNs, "www.victim.test.")};
    referral.additionals = {record("www.victim.test", kA, "192.0.2.222")};
    bench.out.log.clear();
    bench.answer(query, referral, 5000);
    bool lost = false;
    for (const FateLog& log : bench.out.log) lost = lost || log.fate == Fate::LostToRank;
    CHECK(lost);
    CHECK(bench.cached("www.victim.test", kA, 6000) == "203.0.113.66");
    CHECK(bench.out.send.back().destination == "203.0.113.66");  // and he is asked next
}

TEST_CASE("the cache ages: remaining time is told, and what has expired is asked again") {
    Bench bench;
    bench.resolver.receive(bench.good_datagram(), 3000, bench.out);
    bench.out.send.clear();
    bench.client("www.victim.test", kA, 10'003'000);
    REQUIRE(bench.out.send.size() == 1);
    CHECK(decode(bench.out.send[0].bytes).value().answers[0].ttl == 86390);
    bench.out.send.clear();
    bench.client("www.victim.test", kA, 86'400'000'000 + 10'000);
    REQUIRE(bench.out.send.size() == 1);
    CHECK(bench.out.send[0].destination_port == 53);  // a query, not an answer
}

TEST_CASE("negative answers are cached as long as the SOA says, NXDOMAIN for every type") {
    Bench bench;
    Message gone = Bench::reply_to(bench.asked);
    gone.authoritative = true;
    gone.rcode = kNxDomain;
    gone.authorities = {
        record("victim.test", kSoa, "ns.victim.test. h.victim.test. 1 2 3 4 30", 60)};
    bench.answer(bench.asked, gone, 3000);
    CHECK(bench.cached("www.victim.test", kA, 29'000'000) == "NXDOMAIN");
    CHECK(bench.cached("www.victim.test", kAaaa, 29'000'000) == "NXDOMAIN");
    CHECK(bench.cached("www.victim.test", kA, 31'000'000) == "-");
    CHECK(decode(bench.out.send.back().bytes).value().rcode == kNxDomain);
}

TEST_CASE("the same question twice is one query upstream and two answers") {
    Bench bench;
    bench.client("www.victim.test", kA, 2500, 78);
    CHECK(bench.out.send.empty());
    bench.resolver.receive(bench.good_datagram(), 3000, bench.out);
    REQUIRE(bench.out.send.size() == 2);
    CHECK(decode(bench.out.send[0].bytes).value().id == 77);
    CHECK(decode(bench.out.send[1].bytes).value().id == 78);
}

TEST_CASE("a server that does not answer: SERVFAIL after the time-out") {
    Bench bench;
    bench.resolver.expire(1'000'000, bench.out);
    CHECK(bench.out.send.empty());
    bench.resolver.expire(2'100'000, bench.out);
    REQUIRE(bench.out.send.size() == 1);
    CHECK(decode(bench.out.send[0].bytes).value().rcode == kServFail);
    CHECK(bench.resolver.outstanding().empty());
}

TEST_CASE("a CNAME leads on, into another zone if need be") {
    Bench bench;
    Message alias = Bench::reply_to(bench.asked);
    alias.authoritative = true;
    alias.answers = {record("www.victim.test", kCname, "cdn.other.test."),
                     record("cdn.other.test", kA, "203.0.113.66")};  // not this server's business
    bench.answer(bench.asked, alias, 3000);
    CHECK(bench.cached("cdn.other.test", kA, 3000) == "-");
    CHECK(bench.out.send.back().destination == kRootIp);  // the target is looked up from the top
    CHECK(decode(bench.out.send.back().bytes).value().questions[0].name == "cdn.other.test");
}

TEST_CASE("defences: random ports differ from query to query, and 0x20 compares byte for byte") {
    ResolverConfig random = config(0);
    Bench ports(random);
    const std::uint16_t first = ports.asked.source_port;
    ports.client("a.victim.test", kA, 2500);
    ports.client("b.victim.test", kA, 2500);
    CHECK((ports.out.send[0].source_port != first || ports.out.send[1].source_port != first));

    ResolverConfig mixed = config();
    mixed.numbers.mixed_case = true;
    Bench casing(mixed);
    Message lower_case = casing.good();
    CHECK(lower_case.questions[0].name != "www.victim.test");
    lower_case.questions[0].name = "www.victim.test";
    casing.answer(casing.asked, lower_case, 3000);
    CHECK(casing.out.log[0].reason == "question");
    casing.answer(casing.asked, casing.good(), 3000);
    CHECK(casing.cached("www.victim.test", kA, 3000) == "203.0.113.66");
}
