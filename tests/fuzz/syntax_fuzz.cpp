// Any bytes give a tree, and every place in it lies in the text.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "program/program.h"
#include "syntax/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const wh::syntax::Tree tree = wh::syntax::parse(text, 0);
    static_cast<void>(wh::syntax::dump(tree));
    const wh::program::Program program({{"snippet.py", std::string(text)}});
    for (const wh::Diagnostic& each : program.diagnostics()) {
        if (each.span.begin > each.span.end || each.span.end > size) std::abort();
    }
    return 0;
}
