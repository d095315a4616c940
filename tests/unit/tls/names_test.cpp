#include "tls/names.h"

#include <string>

#include <doctest/doctest.h>

using namespace wh::tls;

// Observed with CPython against OpenSSL 3; RFC 9525 agrees except for the common name.
TEST_CASE("which names a dNSName covers") {
    struct Row {
        const char* pattern;
        const char* host;
        bool covers;
    };
    const Row rows[] = {
        {"www.shop.test", "www.shop.test", true},
        {"WWW.Shop.TEST", "www.shop.test", true},
        {"single", "single", true},
        {"_svc.shop.test", "_svc.shop.test", true},
        {"*.shop.test", "www.shop.test", true},
        {"*.shop.test", "xn--bcher-kva.shop.test", true},
        {"*.shop.test", "a.b.shop.test", false},
        {"*.shop.test", "shop.test", false},
        {"*.shop.test", "a_b.shop.test", false},
        {"www.*.shop.test", "www.a.shop.test", false},
        {"*.*.shop.test", "a.b.shop.test", false},
        {"w*.shop.test", "www.shop.test", false},
        {"*w.shop.test", "www.shop.test", false},
        {"w*w.shop.test", "www.shop.test", false},
        {"xn--*.shop.test", "xn--bcher-kva.shop.test", false},
        {"*.test", "shop.test", false},
        {"*", "shop", false},
        {"www.shop.test", "www.shop.test.", false},
        {"www.shop.test.", "www.shop.test", false},
        {"www.shop.test.", "www.shop.test.", true},
        {".shop.test", "www.shop.test", false},
        {"shop.test", "www.shop.test", false},
    };
    for (const Row& row : rows) {
        CAPTURE(row.pattern);
        CAPTURE(row.host);
        CHECK(name_covers(row.pattern, row.host) == row.covers);
    }
    CHECK(!name_covers(std::string("www.shop.test\0.evil.test", 24), "www.shop.test"));
}

TEST_CASE("the common name counts only where there is no dNSName, and can be switched off") {
    Certificate certificate;
    certificate.subject.common_name = "www.shop.test";
    CHECK(matches_host(certificate, "www.shop.test", true));
    CHECK(!matches_host(certificate, "www.shop.test", false));
    certificate.has_san = true;
    certificate.addresses = {"192.0.2.1"};
    CHECK(matches_host(certificate, "www.shop.test", true));  // an address is no dNSName
    certificate.dns_names = {"other.shop.test"};
    CHECK(!matches_host(certificate, "www.shop.test", true));
}

TEST_CASE("addresses are compared with iPAddress entries only") {
    Certificate certificate;
    certificate.subject.common_name = "192.0.2.1";
    certificate.dns_names = {"192.0.2.1", "*.0.2.1"};
    CHECK(!matches_address(certificate, "192.0.2.1"));
    certificate.addresses = {"192.0.2.1", "::1"};
    CHECK(matches_address(certificate, "192.0.2.1"));
    CHECK(matches_address(certificate, "0:0:0:0:0:0:0:1"));
    CHECK(!matches_address(certificate, "192.0.2.2"));
}
