// Arguments of a call as a native function gets them, with the place of each in the pasted text.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "program/value.h"

namespace wh::program {

// Where a call stands in the paste; made by the compiler, one per call expression.
struct CallSite {
    Span span;                            // the whole call expression
    std::vector<Span> positional;         // of each positional argument (a *star covers several)
    std::vector<std::pair<std::string, Span>> keywords;  // whole `name=value`
    bool has_star = false;                // then positional spans are not index-exact
};

class Bound;

struct Arguments {
    Value self;                  // receiver of a method; Null for functions
    std::vector<Value> positional;
    std::vector<std::pair<std::string, Value>> keywords;
    const CallSite* site = nullptr;              // null when called from C++
    const std::vector<Value>* captured = nullptr;  // of a native closure

    [[nodiscard]] const Value* keyword(std::string_view name) const;
    [[nodiscard]] Span span() const { return site ? site->span : Span{}; }
    [[nodiscard]] Span span_of(std::size_t index) const;
    [[nodiscard]] Span span_of(std::string_view keyword) const;

    // Binds to parameters given as text, in Python's own order and marks:
    //   "url, *, params?, headers?, verify?, timeout?"   names; ? = optional; after * keyword-only;
    //   "a, b?, *args", "**kwargs" collect the rest (Bound::rest(), Bound::extra()).
    //   before / positional-only.
    // On mismatch raises the TypeError that Python would ("get() missing 1 required positional
    // argument: 'url'", "get() got an unexpected keyword argument 'verfy'") and returns false.
    bool bind(Vm& vm, std::string_view function_name, std::string_view parameters, Bound& out);
};

class Bound {
  public:
    // Null: not given.
    [[nodiscard]] Value get(std::string_view name) const;
    Value operator[](std::string_view name) const { return get(name); }
    [[nodiscard]] bool has(std::string_view name) const { return !get(name).is_null(); }
    // Given and not None.
    [[nodiscard]] bool has_value(std::string_view name) const {
        const Value value = get(name);
        return !value.is_null() && !value.is_none();
    }
    // The argument's place; empty if not given.
    [[nodiscard]] Span span(std::string_view name) const;
    [[nodiscard]] const std::vector<Value>& rest() const { return rest_; }
    [[nodiscard]] const std::vector<std::pair<std::string, Value>>& extra() const { return extra_; }

  private:
    friend struct Arguments;
    struct Slot {
        std::string name;  // a copy: the list of parameters may be a temporary
        Value value;
        Span span;
    };
    std::vector<Slot> slots_;
    std::vector<Value> rest_;
    std::vector<std::pair<std::string, Value>> extra_;
};

}  // namespace wh::program
