// A place in the pasted text: half-open range of bytes (UTF-8) in one source file.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace wh {

struct Span {
    std::uint32_t file = 0;   // index into the paste's list of files
    std::uint32_t begin = 0;  // first byte
    std::uint32_t end = 0;    // one past the last byte
    friend bool operator==(const Span&, const Span&) = default;
    [[nodiscard]] bool empty() const { return begin == end; }
};

struct LineColumn {
    std::uint32_t line = 1;    // from 1
    std::uint32_t column = 1;  // from 1, in bytes
};

// Byte offset -> line and column, by binary search over the line starts.
class LineIndex {
  public:
    explicit LineIndex(std::string_view text);
    [[nodiscard]] LineColumn at(std::uint32_t offset) const;
    [[nodiscard]] std::uint32_t line_count() const {
        return static_cast<std::uint32_t>(starts_.size());
    }
    // Byte offset at which a line (from 1) begins.
    [[nodiscard]] std::uint32_t line_start(std::uint32_t line) const;

  private:
    std::vector<std::uint32_t> starts_;
};

}  // namespace wh
