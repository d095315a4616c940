// URLs as httpx 0.28 and requests 2.32 read them: results taken from the libraries themselves.
#include "libraries/shared/url.h"

#include <doctest/doctest.h>

using namespace wh::libraries;

static std::string httpx(std::string_view text) {
    Url url;
    std::string error;
    return parse_url(text, UrlHabits::Httpx, url, error) ? url.text() : "! " + error;
}
static std::string urllib3(std::string_view text) {
    Url url;
    std::string error;
    return parse_url(text, UrlHabits::Urllib3, url, error) ? url.text() : "! " + error;
}

TEST_CASE("httpx keeps what the WHATWG sets allow and drops default ports") {
    CHECK(httpx("HTTPS://API.Example.com:443/a b?q=ä&x=[1]#f") ==
          "https://api.example.com/a%20b?q=%C3%A4&x=[1]#f");
    CHECK(httpx("https://x.example") == "https://x.example");
    CHECK(httpx("https://x.example/a/../b/./c") == "https://x.example/b/c");
    CHECK(httpx("https://x.example/%2Fa%zz") == "https://x.example/%2Fa%zz");
    CHECK(httpx("http://[2001:DB8::1]:8080/") == "http://[2001:db8::1]:8080/");
    CHECK(httpx("https://münchen.example/") == "https://xn--mnchen-3ya.example/");
    CHECK(httpx("https://u:p@x.example/") == "https://u:p@x.example/");
}

TEST_CASE("httpx refuses in its own words") {
    CHECK(httpx("https://x.example:port/") == "! Invalid port: 'port'");
    CHECK(httpx("https://999.1.1.1/") == "! Invalid IPv4 address: '999.1.1.1'");
    CHECK(httpx("https://x.example/\n") ==
          "! Invalid non-printable ASCII character in URL, '\\n' at position 18.");
    CHECK(httpx("//x.example/path") == "//x.example/path");
}

TEST_CASE("urllib3 encodes by RFC 3986") {
    CHECK(urllib3("https://X.example/a|b?c=[d]") == "https://x.example/a%7Cb?c=%5Bd%5D");
    CHECK(urllib3("https://x.example/a/..") == "https://x.example/");
    CHECK(urllib3("https://x.example:99999/") == "! Failed to parse: https://x.example:99999/");
}

TEST_CASE("joining follows RFC 3986 section 5.4") {
    const std::string base = "http://a/b/c/d;p?q";
    CHECK(join_url(base, "g") == "http://a/b/c/g");
    CHECK(join_url(base, "../../g") == "http://a/g");
    CHECK(join_url(base, "?y") == "http://a/b/c/d;p?y");
    CHECK(join_url(base, "//g") == "http://g");
    CHECK(join_url(base, "/./g") == "http://a/g");
    CHECK(join_url(base, "https://x/y") == "https://x/y");
}

TEST_CASE("where the host stands") {
    const std::string url = "https://user:pw@api.example.com:8443/x";
    const auto [begin, end] = host_range(url);
    CHECK(url.substr(begin, end - begin) == "api.example.com");
    CHECK(host_range("/relative") == std::pair<std::size_t, std::size_t>{0, 0});
}

TEST_CASE("forms and credentials") {
    CHECK(encode_pairs({{"a b", "ü&"}, {"c", ""}}) == "a+b=%C3%BC%26&c=");
    CHECK(decode_pairs("a+b=%C3%BC%26&c=") ==
          std::vector<std::pair<std::string, std::string>>{{"a b", "ü&"}, {"c", ""}});
    CHECK(basic_credentials("Aladdin", "open sesame") == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    CHECK(is_ipv4("192.0.2.1"));
    CHECK_FALSE(is_ipv4("192.0.2.01"));
    CHECK_FALSE(is_address("localhost"));
    CHECK(is_address("2001:db8::1"));
}
