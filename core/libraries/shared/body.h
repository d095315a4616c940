// Request bodies: forms, multipart, JSON, raw, as the clients encode them.
#pragma once

#include <string>
#include <vector>

#include "libraries/shared/fetch.h"

namespace wh::libraries {

struct Body {
    bool present = false;
    bool chunked = false;  // from an iterator: framed in chunks
    std::string bytes;
    std::string content_type;  // empty: none is set
    std::vector<trust::CarriedData> data;
};

struct PairValue {
    trust::SymbolicText name, value;
};
using Pairs = std::vector<PairValue>;

// dict, list of pairs, or any mapping: names and values as text; a list value is repeated.
// `json_words`: true/false/"" for True/False/None (httpx); otherwise None values are dropped if
// `drop_none`.
bool read_pairs(Vm& vm, const Value& value, bool json_words, bool drop_none, Pairs& out);
std::string encode(const Pairs& pairs);
void carry_pairs(std::vector<trust::CarriedData>& to, trust::Carrier carrier, const Pairs& pairs);

// str, bytes, file-like, or an iterable of bytes. false: exception (TypeError: "Unexpected type
// ...").
bool raw_body(Vm& vm, const Value& content, Body& out);
bool form_body(Vm& vm, const Value& data, bool httpx, Body& out);
bool json_body(Vm& vm, const Value& value, Body& out);  // as httpx writes it
// `guess_types`: content types from file names (httpx).
bool multipart_body(Vm& vm, const Value& data, const Value& files, bool httpx, Body& out);

}  // namespace wh::libraries
