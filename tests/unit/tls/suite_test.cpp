// Against values from Python's hashlib, hmac and the cryptography package.
#include "tls/suite.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace wh;
using namespace wh::tls;

TEST_CASE("SHA-384 and HMAC") {
    CHECK(hex(sha384("abc")) ==
          "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca1"
          "34c8"
          "25a7");
    CHECK(hex(sha384(std::string(200, 'a'))) ==
          "0691b6e978614b67d60557b2a2cddd53406508522efa21c624dbbfa8ab6e726d5c586b489c7c09f24109a64c"
          "1021"
          "1d48");
    CHECK(hex(hmac_sha384(std::string(200, 'k'), "message")) ==
          "88ad23d17655fc698faa8ea2a7d868b941eaba84c622f1ffcc0cd2ea224e10cc99834446a734cb131eb14f05"
          "978e"
          "2150");
}

TEST_CASE("HKDF-Expand-Label and AES-256-GCM") {
    std::string counting;
    for (int i = 0; i < 48; ++i) counting += static_cast<char>(i);
    CHECK(hex(expand_label(counting, "key", {}, 32)) ==
          "6877d022f1c61d24ebb7487c16752d9a4798e40431c75b39320e537c90e23225");
    const Aes256Gcm cipher(counting.substr(0, 32));
    CHECK(
        hex(cipher.seal(counting.substr(0, 12), "extra data", "The quick brown fox jumps over")) ==
        "136ab33bb490ab78e661f5f9de9e164de5b9ff149a0e320c4b478af3781bad3269c8c68c682835f7def6f13160"
        "59");
}

TEST_CASE("records: long data is cut, each has another nonce") {
    TrafficKey key(std::string(48, 's'));
    std::string out;
    key.seal(out, 23, std::string(20'000, 'x'));
    key.seal(out, 23, "x");
    CHECK(out.size() == 5 + 16'384 + 17 + 5 + 3'616 + 17 + 5 + 1 + 17);
    TrafficKey again(std::string(48, 's'));
    std::string first, second;
    again.seal(first, 23, "x");
    again.seal(second, 23, "x");
    CHECK(first != second);
}
