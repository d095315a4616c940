// Whole programs: python/NAME.py must print python/NAME.out, which CPython printed.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "harness.h"

namespace {

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE_MESSAGE(file.good(), path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void check_same_as_cpython(const std::string& name) {
    const std::string base = std::string(WH_SOURCE_DIR) + "/tests/unit/program/python/" + name;
    std::istringstream actual(wh::program::run(read(base + ".py")));
    std::istringstream expected(read(base + ".out"));
    std::string got, wanted;
    for (int line = 1;; ++line) {
        const bool more = static_cast<bool>(std::getline(actual, got));
        const bool wants = static_cast<bool>(std::getline(expected, wanted));
        if (!more) got = "(end)";
        if (!wants) wanted = "(end)";
        CHECK_MESSAGE(got == wanted, name << ".out line " << line);
        if (!more || !wants) break;
    }
}

}  // namespace

TEST_CASE("control flow") { check_same_as_cpython("control_flow"); }
TEST_CASE("exceptions") { check_same_as_cpython("exceptions"); }
TEST_CASE("calls") { check_same_as_cpython("calls"); }
TEST_CASE("classes") { check_same_as_cpython("classes"); }
TEST_CASE("generators") { check_same_as_cpython("generators"); }
TEST_CASE("match") { check_same_as_cpython("matching"); }
TEST_CASE("async") { check_same_as_cpython("async_code"); }
