// JSON text as Python's json module and as jiter (pydantic's parser) read and write it.
#pragma once

#include <string>
#include <string_view>

#include "program/vm.h"

namespace wh::libraries {

using program::Value;
using program::Vm;

struct JsonWriteOptions {
    std::string item_separator = ", ";
    std::string key_separator = ": ";
    std::string indent;  // with `pretty`: what one level adds
    bool pretty = false;
    bool ensure_ascii = true;
    bool allow_nan = true;
    bool null_for_nan = false;  // pydantic: "ser_json_inf_nan" = "null"
    bool sort_keys = false;
    bool skip_keys = false;
    Value fallback;  // default=...: called with what cannot be written
};
// Origins of the parts are kept, Unknown values become unknown parts. false: exception.
bool write_json(Vm& vm, const Value& value, const JsonWriteOptions& options,
                trust::SymbolicText& out);

struct JsonReadOptions {
    const trust::Origin* origin = nullptr;  // every value read gets it
    Value object_hook, pairs_hook, parse_float, parse_int;
};
struct JsonError {
    const char* python = nullptr;  // JSONDecodeError's msg; null: no error
    const char* jiter = nullptr;   // pydantic's words
    std::size_t position = 0;      // byte in the text
    std::size_t jiter_position = 0;
};
// Null: a syntax error (error.python is set), or an exception of a hook (Vm::failed()).
Value read_json(Vm& vm, std::string_view text, const JsonReadOptions& options, JsonError& error);
// "EOF while parsing a value at line 1 column 0"
std::string jiter_message(std::string_view text, const JsonError& error);
// Raises json.JSONDecodeError.
Value raise_decode_error(Vm& vm, std::string_view text, const JsonError& error);

}  // namespace wh::libraries
