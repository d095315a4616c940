// Any paste is checked to the end, with few steps so that many are tried.
#include <cstdint>
#include <string>

#include "run/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const wh::program::Program program(
        {{"snippet.py", std::string(reinterpret_cast<const char*>(data), size)}});
    static_cast<void>(wh::run::check(program));
    return 0;
}
