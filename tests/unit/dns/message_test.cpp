#include "dns/message.h"

#include <doctest/doctest.h>

#include "base/address.h"
#include "base/encoding.h"
#include "dns/name.h"

using namespace wh;
using namespace wh::dns;

namespace {

Record record(std::string name, std::uint16_t type, std::string_view text) {
    return {std::move(name), type, kClassIn, 60, data_from_text(type, text).value_or("?")};
}

std::string header(unsigned questions, unsigned answers) {
    std::string out;
    put16(out, 7);
    put16(out, 0x8180);
    put16(out, questions);
    put16(out, answers);
    put32(out, 0);
    return out;
}

}  // namespace

TEST_CASE("every known type survives the way through the wire") {
    Message message;
    message.id = 0xBEEF;
    message.response = message.authoritative = message.recursion_desired = true;
    message.rcode = kNxDomain;
    message.questions = {{"WwW.Example.test", kA, kClassIn}};
    message.answers = {record("www.example.test", kCname, "a.example.test."),
                       record("a.example.test", kA, "192.0.2.1"),
                       record("a.example.test", kAaaa, "2001:db8::1"),
                       record("example.test", kMx, "10 mail.example.test."),
                       record("example.test", kTxt, "\"one two\" \"three\""),
                       record("_x._tcp.example.test", kSrv, "1 2 443 a.example.test."),
                       record("1.2.0.192.in-addr.arpa", kPtr, "a.example.test."),
                       {"example.test", 99, kClassIn, 5, std::string("\x00\xFF", 2)}};
    message.authorities = {
        record("example.test", kNs, "ns1.example.test."),
        record("example.test", kSoa, "ns1.example.test. host.example.test. 1 2 3 4 5")};
    message.additionals = {{"", kOpt, 1232, 0x8000, ""}};
    const auto bytes = encode(message);
    REQUIRE(bytes.ok());
    const auto back = decode(bytes.value());
    REQUIRE(back.ok());
    CHECK(back.value().questions == message.questions);  // case is kept
    CHECK(back.value().answers == message.answers);
    CHECK(back.value().authorities == message.authorities);
    CHECK(back.value().additionals == message.additionals);
    CHECK(back.value().id == 0xBEEF);
    CHECK(back.value().rcode == kNxDomain);
    CHECK(data_to_text(kSrv, message.answers[5].data) == "1 2 443 a.example.test.");
    CHECK(data_to_text(kTxt, message.answers[4].data) == "\"one two\" \"three\"");
}

TEST_CASE("names are compressed, but not those in SRV") {
    Message message;
    message.questions = {{"a.example.test", kNs, kClassIn}};
    message.answers = {record("a.example.test", kNs, "b.example.test.")};
    // Header 12, question 16+4, record: pointer 2, fixed 10, "b" and a pointer 4.
    CHECK(encode(message).value().size() == 12 + 20 + 2 + 10 + 4);
    message.answers = {record("a.example.test", kSrv, "0 0 1 b.example.test.")};
    CHECK(encode(message).value().size() == 12 + 20 + 2 + 10 + 6 + 16);
}

TEST_CASE("malformed messages are refused with a reason") {
    const auto reason = [](const std::string& bytes) {
        const auto result = decode(bytes);
        return result.ok() ? std::string() : result.error().message;
    };
    CHECK(reason("short") == "shorter than a header");
    // A pointer to itself, forwards, and a loop of two.
    CHECK(reason(header(1, 0) + std::string("\xC0\x0C\x00\x01\x00\x01", 6)) ==
          "a compression pointer does not lead backwards");
    CHECK(reason(header(1, 0) + std::string("\xC0\x20\x00\x01\x00\x01", 6)) ==
          "a compression pointer does not lead backwards");
    CHECK(reason(header(1, 0) + std::string("\x01"
                                            "a\xC0\x0C\x00\x01\x00\x01",
                                            8)) == "a compression pointer does not lead backwards");
    CHECK(reason(header(1, 0) + std::string("\x05"
                                            "ab",
                                            3)) == "a label runs past the end");
    CHECK(reason(header(1, 0) + std::string("\x80"
                                            "ab",
                                            3)) == "a label has an unknown type");
    CHECK(reason(header(1, 0)) == "a name runs past the end of the message");
    CHECK(reason(header(0, 0) + "x") == "bytes are left over after the last record");
    std::string three_bytes_address = header(0, 1) + std::string(1, '\0');
    put16(three_bytes_address, kA);
    put16(three_bytes_address, kClassIn);
    put32(three_bytes_address, 60);
    put16(three_bytes_address, 3);
    CHECK(reason(three_bytes_address + "abc") == "an address has the wrong length");
    CHECK(reason(three_bytes_address + "ab") == "RDATA runs past the end of the message");
}

TEST_CASE("names that cannot be written are refused") {
    std::string out;
    CHECK(!write_name(std::string(64, 'a') + ".test", out, nullptr).ok());
    CHECK(!write_name("a..test", out, nullptr).ok());
    std::string long_name;
    for (int i = 0; i < 5; ++i) long_name += std::string(60, 'a') + ".";
    CHECK(!write_name(long_name + "test", out, nullptr).ok());
}

TEST_CASE("odd bytes in labels are escaped, and dots inside labels stay inside") {
    std::string wire(
        "\x03"
        "a.b\x00",
        5);
    std::size_t at = 0;
    const auto name = read_name(wire, at);
    REQUIRE(name.ok());
    CHECK(name.value() == "a\\.b");
    std::string out;
    REQUIRE(write_name(name.value(), out, nullptr).ok());
    CHECK(out == wire);
    CHECK(is_at_or_below("a.example", "example"));
    CHECK(!is_at_or_below("badexample", "example"));
}

TEST_CASE("addresses in every form") {
    CHECK(canonical_address("2001:0DB8:0:0:0:0:0:1") == "2001:db8::1");
    CHECK(canonical_address("::ffff:192.0.2.1") == "::ffff:c000:201");
    CHECK(canonical_address("::") == "::");
    CHECK(canonical_address("1:0:0:2:0:0:0:3") == "1:0:0:2::3");
    CHECK(!is_address("192.0.2.256"));
    CHECK(!is_address("192.0.2.01"));
    CHECK(!is_address("1::2::3"));
    CHECK(!is_address("example.test"));
}
