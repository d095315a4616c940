#include "libraries/shared/symbolic.h"

#include <algorithm>

namespace wh::libraries {

using trust::SymbolicText;
using trust::TextPart;

SymbolicText plain(std::string_view text) {
    return {std::string(text), {}};
}

SymbolicText text_from(std::string_view text, const trust::Origin* origin) {
    SymbolicText made = plain(text);
    if (origin && !text.empty()) {
        made.parts.push_back({0, static_cast<std::uint32_t>(text.size()), origin, false});
    }
    return made;
}

SymbolicText slice(const SymbolicText& text, std::size_t begin, std::size_t end) {
    SymbolicText out;
    end = std::min(end, text.text.size());
    begin = std::min(begin, end);
    out.text = text.text.substr(begin, end - begin);
    for (TextPart part : text.parts) {
        const auto first = std::max<std::size_t>(part.begin, begin);
        const auto last = std::min<std::size_t>(part.end, end);
        if (first >= last) continue;
        part.begin = static_cast<std::uint32_t>(first - begin);
        part.end = static_cast<std::uint32_t>(last - begin);
        out.parts.push_back(part);
    }
    return out;
}

void append(SymbolicText& to, const SymbolicText& more) {
    const auto shift = static_cast<std::uint32_t>(to.text.size());
    to.text += more.text;
    for (TextPart part : more.parts) {
        part.begin += shift;
        part.end += shift;
        to.parts.push_back(part);
    }
}

std::string masked(const SymbolicText& text) {
    std::string out = text.text;
    for (const TextPart& part : text.parts) {
        if (!part.unknown) continue;
        for (std::size_t i = part.begin; i < part.end && i < out.size(); ++i) out[i] = 'u';
    }
    return out;
}

bool holds_secret(const SymbolicText& text) {
    return std::any_of(text.parts.begin(), text.parts.end(),
                       [](const TextPart& part) { return trust::is_secret(part.origin); });
}

const trust::Origin* origin_of(program::Vm& vm, const SymbolicText& text) {
    const trust::Origin* made = nullptr;
    for (const TextPart& part : text.parts) {
        if (part.origin && part.origin != made) made = vm.derive({made, part.origin});
    }
    return made;
}

}  // namespace wh::libraries
