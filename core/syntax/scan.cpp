#include "syntax/scan.h"

#include "base/limits.h"

namespace wh::syntax {

Scan scan(std::string_view text, Tree& tree) {
    Scan out;
    if (text.size() > limits::kSourceBytesMax) {
        out.parseable = false;
        tree.diagnostics.push_back(
            {Severity::Error, "syntax-error", "the text is too long", {tree.file, 0, 0}});
        return out;
    }
    out.shadow = text;
    for (char& c : out.shadow) {
        if (c == '\0') c = ' ';
    }
    return out;
}

}  // namespace wh::syntax
