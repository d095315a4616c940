#include "base/span.h"

#include <algorithm>

#include "base/check.h"

namespace wh {

LineIndex::LineIndex(std::string_view text) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') starts_.push_back(static_cast<std::uint32_t>(i + 1));
    }
}

LineColumn LineIndex::at(std::uint32_t offset) const {
    auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    auto line = static_cast<std::uint32_t>(after - starts_.begin());
    return {line, offset - starts_[line - 1] + 1};
}

std::uint32_t LineIndex::line_start(std::uint32_t line) const {
    WH_CHECK(line >= 1 && line <= starts_.size());
    return starts_[line - 1];
}

}  // namespace wh
