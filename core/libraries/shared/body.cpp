#include "libraries/shared/body.h"

#include "base/encoding.h"
#include "base/text.h"
#include "libraries/shared/json_text.h"
#include "libraries/shared/validation.h"

namespace wh::libraries {

using trust::Carrier;
using trust::SymbolicText;

namespace {

// The items of a list or tuple; false: it is neither.
const std::vector<Value>* items_of(const Value& value) {
    if (const program::List* list = as_list(value)) return &list->items;
    if (const program::Tuple* tuple = as_tuple(value)) return &tuple->items;
    return nullptr;
}

bool add_pair(Vm& vm, const Value& name, const Value& value, bool json_words, bool drop_none,
              Pairs& out) {
    if (const std::vector<Value>* items = items_of(value)) {
        for (const Value& item : *items) {
            if (!add_pair(vm, name, item, json_words, drop_none, out)) return false;
        }
        return true;
    }
    PairValue pair;
    if (!text_argument(vm, name, pair.name)) return false;
    if (value.is_none() && drop_none) return true;
    if (json_words && (value.is_bool() || value.is_none())) {
        pair.value = text_from(value.is_none() ? ""
                               : value.boolean ? "true"
                                               : "false",
                               value.origin);
    } else if (!text_argument(vm, value, pair.value)) {
        return false;
    }
    out.push_back(std::move(pair));
    return true;
}

std::string guessed_type(const std::string& file) {
    static constexpr struct {
        std::string_view ending, type;
    } kTypes[] = {{".txt", "text/plain"},
                  {".html", "text/html"},
                  {".json", "application/json"},
                  {".csv", "text/csv"},
                  {".xml", "text/xml"},
                  {".pdf", "application/pdf"},
                  {".png", "image/png"},
                  {".jpg", "image/jpeg"},
                  {".jpeg", "image/jpeg"},
                  {".gif", "image/gif"},
                  {".zip", "application/zip"},
                  {".py", "text/x-python"},
                  {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};
    for (const auto& each : kTypes) {
        if (ascii_lower(file).ends_with(each.ending)) return std::string(each.type);
    }
    return "application/octet-stream";
}

// What a file argument holds: bytes, text, or something with read().
bool contents(Vm& vm, const Value& value, SymbolicText& out) {
    if (as_str(value) || as_bytes(value) || as_unknown(value)) {
        out = vm.symbolic(value);
        return true;
    }
    const Value read = vm.find_attribute(value, "read");
    if (read.is_null()) return !vm.failed() && text_argument(vm, value, out);
    const Value data = vm.await_if_needed(vm.call(read));
    if (data.is_null()) return false;
    out = vm.symbolic(data);
    return true;
}

void part(Body& out, const std::string& boundary, const std::string& name, const std::string& file,
          const std::string& type, const SymbolicText& value) {
    out.bytes += cat("--", boundary, "\r\nContent-Disposition: form-data; name=\"", name, "\"");
    if (!file.empty()) out.bytes += cat("; filename=\"", file, "\"");
    if (!type.empty()) out.bytes += cat("\r\nContent-Type: ", type);
    out.bytes += cat("\r\n\r\n", value.text, "\r\n");
    carry(out.data, Carrier::Body, name, value);
}

}  // namespace

bool read_pairs(Vm& vm, const Value& value, bool json_words, bool drop_none, Pairs& out) {
    if (value.is_null() || value.is_none()) return true;
    if (const program::Dict* dict = as_dict(value)) {
        for (const program::Dict::Entry& entry : dict->entries) {
            if (entry.live && !add_pair(vm, entry.key, entry.value, json_words, drop_none, out))
                return false;
        }
        return true;
    }
    if (as_str(value) || as_bytes(value)) {
        for (const auto& [name, text] : decode_pairs(vm.symbolic(value).text)) {
            out.push_back({plain(name), text_from(text, value.origin)});
        }
        return true;
    }
    if (as_unknown(value)) {
        out.push_back({vm.symbolic(value), vm.symbolic(value)});
        return true;
    }
    Value iterable = value;
    const Value items = vm.find_attribute(value, "items");
    if (!items.is_null()) iterable = vm.call(items);
    std::vector<Value> pairs;
    if (iterable.is_null() || !vm.collect(iterable, pairs)) return false;
    for (const Value& each : pairs) {
        const std::vector<Value>* two = items_of(each);
        if (!two || two->size() != 2) {
            vm.raise(vm.types().value_error, "not enough values to unpack (expected 2, got 1)");
            return false;
        }
        if (!add_pair(vm, (*two)[0], (*two)[1], json_words, drop_none, out)) return false;
    }
    return true;
}

std::string encode(const Pairs& pairs) {
    std::string out;
    for (const PairValue& pair : pairs) {
        if (!out.empty()) out += '&';
        out += cat(form_encode(pair.name.text), "=", form_encode(pair.value.text));
    }
    return out;
}

void carry_pairs(std::vector<trust::CarriedData>& to, Carrier carrier, const Pairs& pairs) {
    for (const PairValue& pair : pairs) carry(to, carrier, pair.name.text, pair.value);
}

bool raw_body(Vm& vm, const Value& content, Body& out) {
    out.present = true;
    SymbolicText text;
    if (as_str(content) || as_bytes(content) || as_unknown(content)) {
        text = vm.symbolic(content);
    } else if (!vm.find_attribute(content, "read").is_null()) {
        if (!contents(vm, content, text)) return false;
    } else {
        if (vm.failed()) return false;
        const bool asynchronous = vm.class_of(content) == vm.types().async_generator ||
                                  !vm.find_attribute(content, "__aiter__").is_null();
        const bool synchronous =
            !asynchronous && !as_dict(content) && !vm.iterate(content).is_null();
        if (!synchronous && !asynchronous) {
            if (vm.failed()) vm.take_error();
            vm.raise(vm.types().type_error, cat("Unexpected type for 'content', <class '",
                                                type_name_of(vm, content), "'>"));
            return false;
        }
        out.chunked = true;
        std::vector<Value> pieces;
        if (synchronous) {
            if (!vm.collect(content, pieces)) return false;
        } else {
            const Value iterator = vm.call_method(content, "__aiter__");
            if (iterator.is_null()) return false;
            for (;;) {
                const Value step = vm.call_method(iterator, "__anext__");
                const Value piece = step.is_null() ? step : vm.await_now(step);
                if (piece.is_null()) {
                    if (!vm.error_is(vm.types().stop_async_iteration)) return false;
                    vm.take_error();
                    break;
                }
                pieces.push_back(piece);
            }
        }
        for (const Value& piece : pieces) append(text, vm.symbolic(piece));
    }
    carry(out.data, Carrier::Body, "", text);
    out.bytes = std::move(text.text);
    return true;
}

bool form_body(Vm& vm, const Value& data, bool httpx, Body& out) {
    out.present = true;
    Pairs pairs;
    if (!read_pairs(vm, data, httpx, !httpx, pairs)) return false;
    out.bytes = encode(pairs);
    out.content_type = "application/x-www-form-urlencoded";
    carry_pairs(out.data, Carrier::Body, pairs);
    return true;
}

bool json_body(Vm& vm, const Value& value, Body& out) {
    out.present = true;
    out.content_type = "application/json";
    carry_value(vm, out.data, "", value);
    // In checking, fields may be unknown, and nobody reads the bytes.
    if (vm.checking()) return true;
    JsonWriteOptions options;  // httpx 0.28 _content.py
    options.item_separator = ",";
    options.key_separator = ":";
    options.ensure_ascii = options.allow_nan = false;
    trust::SymbolicText text;
    if (!write_json(vm, value, options, text)) return false;
    out.bytes = std::move(text.text);
    return true;
}

bool multipart_body(Vm& vm, const Value& data, const Value& files, bool httpx, Body& out) {
    out.present = true;
    std::string raw;
    put32(raw, static_cast<std::uint32_t>(vm.random()));
    put32(raw, static_cast<std::uint32_t>(vm.random()));
    put32(raw, static_cast<std::uint32_t>(vm.random()));
    put32(raw, static_cast<std::uint32_t>(vm.random()));
    const std::string boundary = hex(raw);
    out.content_type = cat("multipart/form-data; boundary=", boundary);
    Pairs fields;
    if (!read_pairs(vm, data, httpx, !httpx, fields)) return false;
    for (const PairValue& field : fields) part(out, boundary, field.name.text, "", "", field.value);
    std::vector<Value> entries;
    if (const program::Dict* dict = as_dict(files)) {
        for (const program::Dict::Entry& entry : dict->entries) {
            if (entry.live) entries.push_back(vm.tuple({entry.key, entry.value}));
        }
    } else if (!vm.collect(files, entries)) {
        return false;
    }
    for (const Value& entry : entries) {
        const std::vector<Value>* two = items_of(entry);
        if (!two || two->size() != 2) continue;
        const std::string name = vm.symbolic((*two)[0]).text;
        Value content = (*two)[1];
        std::string file = "upload";
        std::string type;
        if (const std::vector<Value>* details = items_of(content)) {
            if (details->size() < 2) continue;
            file = (*details)[0].is_none() ? "" : vm.symbolic((*details)[0]).text;
            if (details->size() > 2 && !(*details)[2].is_none())
                type = vm.symbolic((*details)[2]).text;
            content = (*details)[1];
        } else {
            const Value named = vm.find_attribute(content, "name");
            if (as_str(named)) file = std::string(text_of(named));
            const std::size_t slash = file.rfind('/');
            if (slash != std::string::npos) file.erase(0, slash + 1);
            if (!httpx && named.is_null()) file = name;  // requests: the field's own name
        }
        if (type.empty() && httpx && !file.empty()) type = guessed_type(file);
        SymbolicText text;
        if (!contents(vm, content, text)) return false;
        part(out, boundary, name, file, type, text);
    }
    out.bytes += cat("--", boundary, "--\r\n");
    return true;
}

}  // namespace wh::libraries
