#include <doctest/doctest.h>

#include "world/leaks.h"
#include "world/server.h"

using namespace wh;
using namespace wh::world;

TEST_CASE("globs as Python's fnmatchcase") {
    CHECK(glob_matches("/stock/A1", "/stock/*"));
    CHECK(glob_matches("/a/b/c", "/a*c"));
    CHECK(glob_matches("/", "*"));
    CHECK(!glob_matches("/Stock/A1", "/stock/*"));
    CHECK(glob_matches("/v1", "/v?"));
    CHECK(!glob_matches("/v12", "/v?"));
    CHECK(glob_matches("/v3", "/v[1-3]"));
    CHECK(!glob_matches("/v4", "/v[1-3]"));
    CHECK(glob_matches("/v4", "/v[!1-3]"));
    CHECK(glob_matches("/v[", "/v["));
    CHECK(glob_matches("/ab", "/*b*"));
    CHECK(!glob_matches("/ab", "/*c*"));
}

TEST_CASE("answers in the bytes that the lab's server sends") {
    Answer answer;
    answer.status = 302;
    answer.headers = {{"Location", "http://x/"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}};
    answer.body = "gone";
    CHECK(answer_bytes(answer, "GET", true) ==
          "HTTP/1.1 302 Found\r\nLocation: http://x/\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
          "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 4\r\n\r\ngone");
    answer = {};
    answer.is_json = true;
    answer.body = "{}";
    CHECK(answer_bytes(answer, "HEAD", false) ==
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n"
          "Connection: close\r\n\r\n");
    answer.status = 418;
    CHECK(answer_bytes(answer, "GET", true).starts_with("HTTP/1.1 418 Status\r\n"));
}

TEST_CASE("secrets are found as sent, url-decoded and in Basic credentials") {
    const std::vector<Secret> secrets{
        {"b", "p@ss word"}, {"a", "px-pass"}, {"c", "gr\xC3\xBC\xC3\x9F"}};
    const auto found = [&](std::string_view text) {
        return secrets_in(secrets, secret_forms(searchable(text)));
    };
    CHECK(found("GET /?k=p%40ss%20word") == std::vector<std::string>{"b"});
    CHECK(found("k=p%40ss+word") == std::vector<std::string>{"b"});
    CHECK(found("Authorization: Basic cHgtdXNlcjpweC1wYXNz\n") == std::vector<std::string>{"a"});
    CHECK(found("/gr%C3%BC%C3%9F?x=px-pass") == std::vector<std::string>{"a", "c"});
    CHECK(found("nothing") == std::vector<std::string>{});
}
