// Where a value came from. Every value of the evaluator may point at one; findings, secrets and
// "what the attacker got" are told with it.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "base/span.h"

namespace wh::trust {

enum class OriginKind : std::uint8_t {
    Literal,         // written in the code at span
    ParameterDefault,// default of a function or model field, at span
    Environment,     // environment variable `name` (span: where it is read)
    SettingsFile,    // `name` from an env file
    CallerInput,     // from the request that the app is answering: `name` is the parameter/field/header
    Response,        // from an earlier answer over the network (an attacker may have written it)
    LibraryDefault,  // a library's own default; `name` cites the source
    Generated,       // random, clock, uuid
    Derived,         // made from `from`
    NotModelled,     // `name` says what the core does not know
};

struct Origin {
    OriginKind kind = OriginKind::Literal;
    Span span;
    std::string name;
    bool secret = false;  // by name or by use: API keys, tokens, passwords, card data
    std::vector<const Origin*> from;  // Derived: at most 4, the first ones
    bool limited = false;  // CallerInput: a number, date or one of a few words, no text of his choice
};

// Owns the origins of one run; addresses are stable.
class OriginPool {
  public:
    const Origin* add(Origin origin) {
        origins_.push_back(std::move(origin));
        return &origins_.back();
    }
    const Origin* add(OriginKind kind, Span span, std::string name = {}) {
        return add(Origin{kind, span, std::move(name), false, {}});
    }
    [[nodiscard]] std::size_t size() const { return origins_.size(); }

  private:
    std::deque<Origin> origins_;
};

// True if the value, or anything it was made of, came from `kind`.
bool comes_from(const Origin* origin, OriginKind kind);
// The leaves (not Derived) in order, without repetition, at most 16.
std::vector<const Origin*> leaves(const Origin* origin);
// True if a leaf is marked secret.
bool is_secret(const Origin* origin);
// True for names that people give to secrets: API_KEY, token, password, authorization, cvc ...
bool names_a_secret(std::string_view name);

// A text of which each part has an origin, and of which parts may be unknown.
struct TextPart {
    std::uint32_t begin = 0;  // bytes in text
    std::uint32_t end = 0;
    const Origin* origin = nullptr;
    bool unknown = false;  // text holds a placeholder such as "{user_id}"
};
struct SymbolicText {
    std::string text;
    std::vector<TextPart> parts;  // in order, without overlap; gaps are of no known origin
    [[nodiscard]] bool fully_known() const {
        for (const TextPart& part : parts) {
            if (part.unknown) return false;
        }
        return true;
    }
};

}  // namespace wh::trust
