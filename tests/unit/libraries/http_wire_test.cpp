// Reading answers (RFC 9112) and cookies as http.cookiejar keeps them.
#include "libraries/shared/http_wire.h"

#include <doctest/doctest.h>

#include "libraries/shared/cookies.h"

using namespace wh::libraries;

TEST_CASE("an answer with a length, byte by byte") {
    const std::string bytes =
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: 1\r\nx-a: 2\r\n\r\nhello";
    ResponseReader reader(false);
    for (const char c : bytes) reader.feed(std::string(1, c));
    CHECK(reader.done());
    CHECK(reader.status == 200);
    CHECK(reader.body == "hello");
    CHECK(reader.headers.text("X-A") == "1, 2");
    CHECK(reader.keeps_alive());
}

TEST_CASE("chunks, and what is missing when the peer goes") {
    ResponseReader reader(false);
    reader.feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    CHECK_FALSE(reader.done());
    reader.peer_closed();
    CHECK_FALSE(reader.done());
    CHECK(reader.missing() == "incomplete chunked read");
    reader.feed("0\r\n\r\n");
    CHECK(reader.done());
    CHECK(reader.body == "hello");

    ResponseReader short_one(false);
    short_one.feed("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
    CHECK(short_one.missing() == "received 3 bytes, expected 10");
}

TEST_CASE("bodies until the close, none at all, interim answers, nonsense") {
    ResponseReader open(false);
    open.feed("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nabc");
    CHECK_FALSE(open.done());
    open.peer_closed();
    CHECK(open.done());
    CHECK(open.body == "abc");
    CHECK_FALSE(open.keeps_alive());

    ResponseReader head(true);
    head.feed("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
    CHECK(head.done());

    ResponseReader nonsense(false);
    nonsense.feed("SSH-2.0-OpenSSH\r\n");
    CHECK(nonsense.malformed());
    CHECK(nonsense.first_line == "SSH-2.0-OpenSSH");
}

static Url url(std::string_view text) {
    Url made;
    std::string error;
    parse_url(text, UrlHabits::Httpx, made, error);
    return made;
}

TEST_CASE("cookies go where they belong, and where http.cookiejar lets them") {
    CookieJar jar;
    HeaderMap answer;
    answer.add("Set-Cookie", "sid=1; Path=/; HttpOnly");
    answer.add("Set-Cookie", "wide=2; Domain=acme.example");
    answer.add("Set-Cookie", "s=3; Secure");
    answer.add("Set-Cookie", "evil=4; Domain=other.example");
    jar.extract(url("https://forum.acme.example/a/b"), answer, nullptr);
    CHECK(jar.cookies.size() == 3);
    CHECK(jar.header_for(url("https://forum.acme.example/a/x")).text == "wide=2; s=3; sid=1");
    CHECK(jar.header_for(url("http://forum.acme.example/")).text == "sid=1");
    // A host-only cookie reaches names below its host too (measured).
    CHECK(jar.header_for(url("https://static.forum.acme.example/")).text == "sid=1");
    CHECK(jar.header_for(url("https://other.example/")).text.empty());
    jar.set({"all", plain("5"), "", "/", false});
    CHECK(jar.header_for(url("https://other.example/")).text == "all=5");
}
