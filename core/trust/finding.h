// What a rule says.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "trust/outbound_call.h"

namespace wh::trust {

enum class Category : std::uint8_t { Encryption, DataExposure };
enum class FindingSeverity : std::uint8_t { Low, Medium, High, Critical };

struct RelatedRange {
    Span span;
    std::string label;  // "the value comes from here"
};

struct TextEdit {
    Span span;         // replaced; empty span: insertion
    std::string text;
};

struct Fix {
    std::string title;  // imperative: "Remove verify=False"
    std::vector<TextEdit> edits;
};

struct Finding {
    std::string rule;  // id: "tls-verify-disabled"
    std::string name;
    Category category = Category::Encryption;
    int cwe = 0;
    std::vector<std::string> owasp_api_2023;  // "API8", ...
    FindingSeverity severity = FindingSeverity::High;
    std::string message;
    Span span;
    std::vector<RelatedRange> related;
    std::vector<Condition> conditions;
    std::vector<Fix> fixes;
    std::string no_fix_reason;  // if fixes is empty
    std::string function;       // of the pasted code in which it holds; "<module>" at top level
    int call = 0;               // id of the outbound call it was seen on; 0: none
};

}  // namespace wh::trust
