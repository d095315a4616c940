// Every bound of the core in one place, each with its reason. A bound that is hit is reported.
#pragma once

#include <cstddef>
#include <cstdint>

namespace wh::limits {

inline constexpr std::size_t kSourceBytesMax = 2U << 20;     // a 1 MB paste must still be answered
inline constexpr int kTreeDepthMax = 400;                    // the C++ stack in Wasm is 5 MB
inline constexpr std::int64_t kStepsMax = 2'000'000;         // one run: `while True` ends within a second
inline constexpr std::int64_t kStepsCheckMax = 60'000;       // one path of the checker
inline constexpr int kCallDepthMax = 200;                    // Python frames in one chain
inline constexpr int kNativeDepthMax = 60;                   // Python -> C++ -> Python nesting
inline constexpr std::size_t kHeapBytesMax = 128U << 20;     // objects of one run
inline constexpr int kPathsMax = 64;                         // re-runs of one entry point in checking
inline constexpr int kOutboundCallsMax = 400;                // connections attempted in one run
inline constexpr std::int64_t kVirtualTimeMaxUs = 3'600'000'000;  // one request: an hour of virtual time

}  // namespace wh::limits
