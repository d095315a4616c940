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

TEST_CASE("partial wildcards: OpenSSL's own default, which Python switches off") {
    CHECK(name_covers("w*.shop.test", "www.shop.test", true));
    CHECK(name_covers("*w.shop.test", "www.shop.test", true));
    CHECK(!name_covers("w*w.shop.test", "www.shop.test", true));
    CHECK(!name_covers("x*.shop.test", "xn--bcher-kva.shop.test", true));
    CHECK(!name_covers("xn--*.shop.test", "xn--bcher-kva.shop.test", true));
    CHECK(name_covers("*.shop.test", "*.shop.test"));
}

TEST_CASE("a host that starts with a dot takes every name below it (Python refuses such hosts)") {
    CHECK(name_covers("www.shop.test", ".shop.test"));
    CHECK(!name_covers("shop.test", ".shop.test"));
    CHECK(!name_covers("*.shop.test", ".www.shop.test"));
}

TEST_CASE("the common name counts only where there is no dNSName, and can be switched off") {
    Certificate certificate;
    certificate.subject = name_of("O=Shop\nCN=www.shop.test");
    CHECK(matches_host(certificate, "www.shop.test", {}));
    CHECK(!matches_host(certificate, "www.shop.test", {.common_name_fallback = false}));
    certificate.alternative_names = {{NameKind::Address, "192.0.2.1"}};
    CHECK(matches_host(certificate, "www.shop.test", {}));  // an address is no dNSName
    certificate.alternative_names->push_back({NameKind::Dns, "other.shop.test"});
    CHECK(!matches_host(certificate, "www.shop.test", {}));
}

TEST_CASE("addresses are compared with iPAddress entries only") {
    Certificate certificate;
    certificate.subject = name_of("CN=192.0.2.1");
    certificate.alternative_names = {{NameKind::Dns, "192.0.2.1"}, {NameKind::Dns, "*.0.2.1"}};
    CHECK(!matches_address(certificate, "192.0.2.1"));
    certificate.alternative_names->push_back({NameKind::Address, "192.0.2.1"});
    certificate.alternative_names->push_back({NameKind::Address, "::1"});
    CHECK(matches_address(certificate, "192.0.2.1"));
    CHECK(matches_address(certificate, "0:0:0:0:0:0:0:1"));
    CHECK(!matches_address(certificate, "192.0.2.2"));
}
