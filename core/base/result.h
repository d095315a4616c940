// Result<T>: a value, or an Error that says what was wrong with the input. No exceptions in core.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "base/check.h"

namespace wh {

struct Error {
    std::string message;  // a sentence for the person who gave the input
    std::string where;    // JSON pointer, file name or the like; may be empty
};

template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : value_(std::move(value)) {}       // NOLINT: implicit on purpose
    Result(Error error) : error_(std::move(error)) {}   // NOLINT: implicit on purpose
    [[nodiscard]] bool ok() const { return value_.has_value(); }
    [[nodiscard]] T& value() {
        WH_CHECK(ok());
        return *value_;
    }
    [[nodiscard]] const T& value() const {
        WH_CHECK(ok());
        return *value_;
    }
    [[nodiscard]] const Error& error() const {
        WH_CHECK(!ok());
        return error_;
    }

  private:
    std::optional<T> value_;
    Error error_;
};

}  // namespace wh
