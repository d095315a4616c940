#include "base/text.h"

#include <doctest/doctest.h>

#include "base/random.h"
#include "base/span.h"

TEST_CASE("cat joins texts and numbers") {
    CHECK(wh::cat("port ", 443, " of ", std::string("a.example")) == "port 443 of a.example");
    CHECK(wh::cat(-9223372036854775807LL - 1) == "-9223372036854775808");
    CHECK(wh::cat("") == "");
}

TEST_CASE("bytes that are not UTF-8 become one replacement character a run") {
    CHECK(wh::valid_utf8("a\xFF\xFE" "b") == "a\xEF\xBF\xBD" "b");
    CHECK(wh::valid_utf8("\xED\xA0\x80") == "\xEF\xBF\xBD");  // a surrogate
    CHECK(wh::valid_utf8("gr\xC3\xBC\xC3\x9F") == "gr\xC3\xBC\xC3\x9F");
    CHECK(wh::valid_utf8("\xF0\x9F\x94\x92") == "\xF0\x9F\x94\x92");
}

TEST_CASE("line index") {
    const wh::LineIndex index("ab\n\ncd");
    CHECK(index.line_count() == 3);
    CHECK(index.at(0).line == 1);
    CHECK(index.at(2).column == 3);
    CHECK(index.at(3).line == 2);
    CHECK(index.at(5).line == 3);
    CHECK(index.at(5).column == 2);
}

TEST_CASE("the generator is the published SplitMix64") {
    wh::Random random(1234567);
    CHECK(random.next() == 6457827717110365317ULL);
    CHECK(random.next() == 3203168211198807973ULL);
}
