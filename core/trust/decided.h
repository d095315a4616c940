// A decision of the code under examination, and why it is so.
#pragma once

#include <string>
#include <utility>

#include "trust/origin.h"

namespace wh::trust {

enum class BecauseKind : std::uint8_t {
    Argument,             // of the call itself; span is the argument
    ConstructorArgument,  // of the client, session, transport or context; span is that argument
    AttributeSet,         // assignment after construction; span is the assignment
    GlobalPatch,          // a module-level default was replaced; span is that place
    LibraryDefault,       // nobody said anything; text cites documentation and version
    Environment,          // an environment variable that the library reads by itself; text is its name
    NotModelled,          // the core does not know; text says what. No rule may fire on it.
};

struct Because {
    BecauseKind kind = BecauseKind::LibraryDefault;
    Span span;
    std::string text;
    const Origin* origin = nullptr;  // of the value that decided, if any
};

template <class T>
struct Decided {
    T value{};
    Because because;
    [[nodiscard]] bool known() const { return because.kind != BecauseKind::NotModelled; }
    // True only if the value is known and equal: what a rule asks.
    [[nodiscard]] bool is(const T& wanted) const { return known() && value == wanted; }
};

}  // namespace wh::trust
