// What is wrong with the text that the user gave us, or what we cannot say about it.
#pragma once

#include <string>
#include <vector>

#include "base/span.h"

namespace wh {

enum class Severity : std::uint8_t { Error, Warning, Note };

struct Diagnostic {
    Severity severity = Severity::Error;
    std::string code;     // stable, kebab-case: "syntax-error", "step-limit", "import-failed" ...
    std::string message;  // one sentence for the user
    Span span;
};

// Something the core does not know. A value, never a guess (rule 4 of the design): it is counted,
// shown with its place, and no rule fires on what depends on it.
struct NotModelled {
    std::string what;  // "httpx.Client(mounts=...)", "import of 'acme_sdk'", "int larger than 64 bits"
    Span span;
    friend bool operator==(const NotModelled&, const NotModelled&) = default;
};

}  // namespace wh
