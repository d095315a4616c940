// The machine that the pasted code runs on: every ambient input of the program is an argument here.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace wh::trust {

struct Host {
    std::map<std::string, std::string> environment;
    std::map<std::string, std::string> files;  // path (relative to the working folder or absolute) -> content
    std::int64_t wall_clock_us = 1'767'225'600'000'000;  // 2026-01-01T00:00:00Z at virtual time 0
    std::uint64_t seed = 1;
    std::string profile = "current";  // library versions: "current" or "debian12"
    bool operator==(const Host&) const = default;
};

}  // namespace wh::trust
