// Every bound of the core in one place, each with its reason. A bound that is hit is a diagnostic
// with its place ("step-limit", "heap-limit" ...): a run that it ends has no verdict but what was
// lost before.
#pragma once

#include <cstddef>
#include <cstdint>

namespace wh::limits {

// -- the text
inline constexpr std::size_t kSourceBytesMax = 2U << 20;  // a 1 MB paste must still be answered
inline constexpr int kTreeDepthMax = 400;                 // the C++ stack in Wasm is 5 MB

// -- the work of a run. `while True` must end within a second, also if it is played in nine worlds.
inline constexpr std::int64_t kStepsMax = 1'000'000;
// Items that a function in C++ looks at for the price of one step, and bytes that are one item.
inline constexpr std::size_t kWorkPerStep = 4;
inline constexpr std::size_t kWorkTextBytes = 32;
// The price of an operation of the network, in steps; in checking a call has only two or three.
inline constexpr std::int64_t kNetworkSteps = 250;
inline constexpr std::int64_t kNetworkCheckSteps = 500;
// One request: an hour of virtual time.
inline constexpr std::int64_t kVirtualTimeMaxUs = 3'600'000'000;

// -- the memory of a run
inline constexpr std::size_t kHeapBytesMax = 64U << 20;

// -- nesting
inline constexpr int kCallDepthMax = 1000;   // Python frames in a chain: sys.getrecursionlimit()
inline constexpr int kNativeDepthMax = 60;   // Python -> C++ -> Python, on the C++ stack
inline constexpr int kCallNestingMax = 200;  // callables that lead to callables: `A.__call__ = A()`
inline constexpr int kValueDepthMax = 200;   // values in values that C++ walks through
inline constexpr int kIteratorDepthMax = 200;        // map(f, map(f, ...))
inline constexpr std::size_t kClassBasesMax = 300;   // classes that one class derives from
inline constexpr std::size_t kIntDigitsMax = 4'300;  // sys.int_info.default_max_str_digits

// -- what is told of a run
inline constexpr std::size_t kSeenMax = 1'000;       // exceptions in one phase
inline constexpr std::size_t kNotModelledMax = 200;  // different things that are not modelled

// -- checking
inline constexpr std::int64_t kStepsCheckMax = 120'000;        // one path of an entry point
inline constexpr int kPathsMax = 64;                           // paths of an entry point
inline constexpr std::int64_t kStepsAllChecksMax = 4'000'000;  // all paths of all entry points
inline constexpr std::size_t kDecisionsMax = 400;              // taken both ways on one path
inline constexpr std::size_t kCallsCheckMax = 1'500;           // outbound calls, and findings

// -- a scenario made from the code
inline constexpr std::size_t kRequestsMax = 150;  // endpoints that are asked
inline constexpr std::size_t kHostsMax = 150;     // hosts that exist

}  // namespace wh::limits
