#include "base/encoding.h"

#include <doctest/doctest.h>

#include "base/text.h"

TEST_CASE("base64 of RFC 4648 section 10, both ways") {
    const std::pair<const char*, const char*> pairs[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, coded] : pairs) {
        CHECK(wh::base64(plain) == coded);
        CHECK(wh::base64_decode(coded) == std::string(plain));
    }
    CHECK(!wh::base64_decode("Zm9*"));
}

TEST_CASE("sha1 of FIPS 180-4") {
    CHECK(wh::hex(wh::sha1("abc")) == "a9993e364706816aba3e25717850c26c9cd0d89d");
}

TEST_CASE("the accept key of RFC 6455 section 1.3") {
    CHECK(wh::base64(wh::sha1("dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11")) ==
          "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}
