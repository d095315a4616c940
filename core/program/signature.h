// What a callable's parameters are, and names in annotations that are text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "program/vm.h"

namespace wh::program {

struct ParameterInfo {
    enum class Kind : std::uint8_t { PositionalOnly, Normal, Star, KeywordOnly, DoubleStar };
    std::string name;
    Kind kind = Kind::Normal;
    Value annotation;  // Null: none. Text annotations are evaluated already if that was possible.
    Value default_value;  // Null: none
    Span span;            // in the paste; empty for natives
};

// Parameters of a function, bound method (without the receiver), class (of its __init__, without
// self), callable instance, functools.wraps-wrapped function (follows __wrapped__, as
// inspect.signature). Natives: empty. Never fails.
std::vector<ParameterInfo> signature_of(Vm& vm, const Value& callable);
// Its return annotation; Null: none.
Value return_annotation_of(Vm& vm, const Value& callable);

// The value of a Python expression in a module's namespace; Null: exception. For annotations that
// are text ("list[Item]") and forward references.
Value evaluate_text(Vm& vm, std::string_view expression, Module& globals, Span span);

// The def statement's place in the paste (its name); empty for natives.
Span definition_span(const Value& callable);
// co_name and the like of a Function; empty for other things.
std::string_view function_name(const Value& callable);

}  // namespace wh::program
