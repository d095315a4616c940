// The one place that includes nlohmann_json, and the checked reader around it: with JSON_NOEXCEPTION a
// wrong access would abort, so nothing but Reader touches values that came from outside.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wh::api {

using Json = nlohmann::ordered_json;

// Text -> value; the error names line and column.
Result<Json> parse_json(std::string_view text);
// As Python's json.dumps writes it with its default arguments (", " and ": ", ASCII only).
std::string python_dumps(const Json& value);
// Compact, UTF-8, bytes that are not UTF-8 replaced.
std::string dump(const Json& value);

// Reads a value strictly: wrong types and unknown keys are errors with the JSON pointer of the place.
// Errors are collected in the shared sink; the first one is told.
class Reader {
  public:
    Reader(const Json& value, std::string where, std::optional<Error>& sink)
        : value_(&value), where_(std::move(where)), sink_(&sink) {}

    [[nodiscard]] const Json& raw() const { return *value_; }
    [[nodiscard]] const std::string& where() const { return where_; }
    [[nodiscard]] bool failed() const { return sink_->has_value(); }
    void fail(std::string message) const;

    // The type must fit; otherwise an error and an empty value.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool boolean() const;
    [[nodiscard]] std::int64_t integer(std::int64_t from, std::int64_t to) const;
    [[nodiscard]] double number() const;
    [[nodiscard]] std::vector<Reader> items() const;
    [[nodiscard]] std::vector<std::pair<std::string, Reader>> members() const;
    [[nodiscard]] std::vector<std::string> texts() const;  // a list of strings
    // Member of an object, if there.
    [[nodiscard]] std::optional<Reader> find(std::string_view key) const;
    [[nodiscard]] Reader need(std::string_view key) const;
    // Every member must be one of these; the error offers the nearest.
    void only(std::initializer_list<std::string_view> keys) const;

  private:
    const Json* value_;
    std::string where_;
    std::optional<Error>* sink_;
};

// The candidate with the smallest edit distance, if that is small; empty otherwise.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace wh::api
