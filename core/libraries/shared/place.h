// Where the pasted code called a library that is written in Python itself: its natives see only
// calls within the library, so the outermost of its functions keeps the place.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "program/vm.h"

namespace wh::libraries {

struct CallPlace : program::NativeState {
    static constexpr char kType = 0;
    CallPlace() : NativeState(&kType) {}
    Span call;
    std::string function;
    std::vector<Span> positional;
    std::vector<std::pair<std::string, Span>> keywords;
    // Of the argument with that position or name; empty: not found.
    [[nodiscard]] Span argument(std::int64_t index, std::string_view name) const;
};

// The innermost call of the pasted code, as an instance of `cls`.
program::Value call_place(program::Vm& vm, program::Class* cls);

}  // namespace wh::libraries
