// Every bound of the core in one place, each with its reason. A bound that is hit is reported.
#pragma once

#include <cstddef>
#include <cstdint>

namespace wh::limits {

inline constexpr std::size_t kSourceBytesMax = 2U << 20;     // a 1 MB paste must still be answered
inline constexpr int kTreeDepthMax = 400;                    // the C++ stack in Wasm is 5 MB
inline constexpr std::int64_t kStepsMax = 1'000'000;         // one run: a scan of nine worlds ends within a second
inline constexpr std::int64_t kStepsCheckMax = 60'000;       // one path of the checker
inline constexpr std::size_t kWorkPerStep = 4;               // items that a native function looks at for one step
inline constexpr std::size_t kWorkTextBytes = 32;            // bytes of text that count as one item
inline constexpr std::int64_t kNetworkSteps = 250;           // an operation of the simulated network, in steps
inline constexpr std::int64_t kNetworkCheckSteps = 20;       // the same in checking, where there is no network
inline constexpr int kCallDepthMax = 1000;                   // Python frames in one chain: sys.getrecursionlimit()
inline constexpr int kNativeDepthMax = 60;                   // Python -> C++ -> Python nesting
inline constexpr int kValueDepthMax = 200;                   // values in values that C++ walks through
inline constexpr int kCallNestingMax = 200;                  // methods of methods, callables that call themselves
inline constexpr int kIteratorDepthMax = 200;                // map(f, map(f, ...)): iterators in C++ that ask each other
inline constexpr std::size_t kClassBasesMax = 300;           // classes that one class derives from
inline constexpr std::size_t kHeapBytesMax = 64U << 20;      // objects of one run
inline constexpr std::size_t kSeenMax = 1'000;               // exceptions noted in one phase
inline constexpr std::size_t kNotModelledMax = 200;          // different things not modelled in one run
inline constexpr std::size_t kIntDigitsMax = 4'300;          // CPython's sys.int_info.default_max_str_digits
inline constexpr std::int64_t kStepsAllChecksMax = 4'000'000; // all paths of all entry points
inline constexpr std::size_t kDecisionsMax = 400;            // taken on one path of the checker
inline constexpr std::size_t kCallsCheckMax = 1'500;         // different outbound calls that are told
inline constexpr std::size_t kRequestsMax = 150;             // endpoints for which a made scenario has a request
inline constexpr std::size_t kHostsMax = 150;                // hosts of a made scenario
inline constexpr int kPathsMax = 64;                         // re-runs of one entry point in checking
inline constexpr std::int64_t kVirtualTimeMaxUs = 3'600'000'000;  // one request: an hour of virtual time

}  // namespace wh::limits
