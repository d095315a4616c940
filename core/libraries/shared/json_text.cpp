#include "libraries/shared/json_text.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>

#include "base/limits.h"
#include "base/text.h"
#include "libraries/shared/validation.h"

namespace wh::libraries {

using namespace program;

namespace {

constexpr int kJsonDepthMax = 200;  // jiter's recursion limit; Python's own is of that order

void append_utf8(std::string& out, std::uint32_t code) {
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | code >> 6);
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3F));
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

constexpr const char* kTooDeep = "recursion limit exceeded";  // jiter's words
constexpr std::size_t kChargedAtOnce = 64U << 10;

void too_deep(Vm& vm) {
    vm.note_bound("nesting-limit", cat("more than ", kJsonDepthMax, " values in each other as JSON"));
}

class Writer {
  public:
    Writer(Vm& vm, const JsonWriteOptions& options, trust::SymbolicText& out)
        : vm_(vm), options_(options), out_(out) {}

    bool write(const Value& value, int depth) {
        if (depth > kJsonDepthMax) {
            too_deep(vm_);
            vm_.raise(vm_.types().recursion_error,
                      "maximum recursion depth exceeded while encoding a JSON object");
            return false;
        }
        // As much as a step for each value, and the text as it grows: a value may stand in many places.
        const std::size_t begin = out_.text.size();
        if (!vm_.work(4) || (begin > charged_ + kChargedAtOnce && !charge())) return false;
        switch (value.tag) {
            case Tag::None:
                out_.text += "null";
                break;
            case Tag::Bool:
                out_.text += value.boolean ? "true" : "false";
                break;
            case Tag::Int:
                out_.text += cat(static_cast<long long>(value.integer));
                break;
            case Tag::Float:
                if (!number(value.real)) return false;
                break;
            case Tag::Object:
                return object(value, depth);
            case Tag::Null:
            case Tag::Ellipsis:
            case Tag::NotImplemented:
                return other(value, depth);
        }
        note(begin, value.origin);
        return true;
    }

  private:
    void note(std::size_t begin, const trust::Origin* origin, bool unknown = false) {
        if (!origin && !unknown) return;
        out_.parts.push_back({static_cast<std::uint32_t>(begin),
                              static_cast<std::uint32_t>(out_.text.size()), origin, unknown});
    }
    bool number(double real) {
        if (std::isfinite(real)) {
            std::string text;
            if (!vm_.repr(Value::of(real), text)) return false;
            out_.text += text;
            return true;
        }
        const char* name = std::isnan(real) ? "NaN" : real > 0 ? "Infinity" : "-Infinity";
        if (options_.null_for_nan) name = "null";
        if (!options_.allow_nan && !options_.null_for_nan) {
            const char* shown = std::isnan(real) ? "nan" : real > 0 ? "inf" : "-inf";
            vm_.raise(vm_.types().value_error,
                      cat("Out of range float values are not JSON compliant: ", shown));
            return false;
        }
        out_.text += name;
        return true;
    }
    void text(std::string_view raw) {
        static constexpr char kHex[] = "0123456789abcdef";
        std::string& out = out_.text;
        const auto unicode = [&](std::uint32_t unit) {
            out += "\\u";
            for (int shift = 12; shift >= 0; shift -= 4) out += kHex[unit >> shift & 15];
        };
        out += '"';
        for (std::size_t i = 0; i < raw.size(); ++i) {
            const auto byte = static_cast<unsigned char>(raw[i]);
            if (byte == '"' || byte == '\\') {
                out += '\\';
                out += raw[i];
            } else if (byte < 0x20) {
                static constexpr std::string_view kShort =
                    "btn\x01"
                    "fr";  // 8 to 13
                const char letter = byte >= 8 && byte <= 13 ? kShort[byte - 8U] : '\x01';
                if (letter == '\x01') {
                    unicode(byte);
                } else {
                    out += '\\';
                    out += letter;
                }
            } else if (byte < 0x80 || !options_.ensure_ascii) {
                out += raw[i];
            } else {
                std::uint32_t code = byte >= 0xF0   ? byte & 7U
                                     : byte >= 0xE0 ? byte & 15U
                                                    : byte & 31U;
                for (int more = byte >= 0xF0   ? 3
                                : byte >= 0xE0 ? 2
                                               : 1;
                     more > 0 && i + 1 < raw.size(); --more) {
                    code = code << 6 | (static_cast<unsigned char>(raw[++i]) & 0x3FU);
                }
                if (code >= 0x10000) {
                    unicode(0xD800 + ((code - 0x10000) >> 10));
                    code = 0xDC00 + ((code - 0x10000) & 0x3FF);
                }
                unicode(code);
            }
        }
        out += '"';
    }
    void text_value(const Value& value) {
        const std::size_t begin = out_.text.size();
        const trust::SymbolicText symbolic = vm_.symbolic(value);
        text(symbolic.text);
        if (symbolic.parts.empty()) return note(begin, value.origin);
        // Positions move where a character is escaped: then the text counts as one part.
        if (out_.text.size() - begin == symbolic.text.size() + 2) {
            for (trust::TextPart part : symbolic.parts) {
                part.begin += static_cast<std::uint32_t>(begin) + 1;
                part.end += static_cast<std::uint32_t>(begin) + 1;
                out_.parts.push_back(part);
            }
            return;
        }
        const trust::Origin* origin = nullptr;
        for (const trust::TextPart& part : symbolic.parts)
            origin = vm_.derive({origin, part.origin});
        note(begin, origin, !symbolic.fully_known());
    }
    bool charge() {
        const std::size_t fresh = out_.text.size() - charged_;
        charged_ = out_.text.size();
        return vm_.charge(fresh);
    }
    // Into a container; false: it holds itself.
    bool enter(const Value& value) {
        if (std::find(inside_.begin(), inside_.end(), value.object) != inside_.end()) {
            vm_.raise(vm_.types().value_error, "Circular reference detected");
            return false;
        }
        inside_.push_back(value.object);
        return true;
    }
    bool line(int depth) {
        if (!options_.pretty) return true;
        const std::size_t width = static_cast<std::size_t>(depth) * options_.indent.size();
        if (width > limits::kHeapBytesMax / 64 && !vm_.charge(width)) return false;
        out_.text += '\n';
        for (int i = 0; i < depth; ++i) out_.text += options_.indent;
        return true;
    }
    bool sequence(const std::vector<Value>& items, int depth) {
        out_.text += '[';
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (i) out_.text += options_.item_separator;
            if (!line(depth + 1)) return false;
            if (!write(items[i], depth + 1)) return false;
        }
        if (!items.empty() && !line(depth)) return false;
        out_.text += ']';
        return true;
    }
    // false with failed(): exception; false without: the key is skipped.
    bool key_text(const Value& key, std::string& out) {
        if (as_str(key)) {
            out = text_of(key);
            return true;
        }
        const bool scalar = key.is_int() || key.is_float() || key.is_bool() || key.is_none();
        if (scalar) {
            trust::SymbolicText made;
            if (!Writer(vm_, options_, made).write(key, 0)) return false;
            out = made.text;
            return true;
        }
        if (const Value inner = plain_subclass(key)) return key_text(inner, out);
        if (as_unknown(key)) {
            out = vm_.symbolic(key).text;
            return true;
        }
        if (!options_.skip_keys) {
            vm_.raise(
                vm_.types().type_error,
                cat("keys must be str, int, float, bool or None, not ", vm_.class_of(key)->name));
        }
        return false;
    }
    bool mapping(const Dict& dict, int depth) {
        std::vector<std::pair<std::string, Value>> items;
        for (const Dict::Entry& entry : dict.entries) {
            std::string key;
            if (!entry.live) continue;
            if (key_text(entry.key, key)) {
                items.emplace_back(std::move(key), entry.value);
            } else if (vm_.failed()) {
                return false;
            }
        }
        if (options_.sort_keys) {
            std::stable_sort(items.begin(), items.end(),
                             [](const auto& a, const auto& b) { return a.first < b.first; });
        }
        out_.text += '{';
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (i) out_.text += options_.item_separator;
            if (!line(depth + 1)) return false;
            text(items[i].first);
            out_.text += options_.key_separator;
            if (!write(items[i].second, depth + 1)) return false;
        }
        if (!items.empty() && !line(depth)) return false;
        out_.text += '}';
        return true;
    }
    // An instance of a class derived from str, int or float: the plain value (enum members too).
    Value plain_subclass(const Value& value) {
        const Builtins& types = vm_.types();
        Class* cls = vm_.class_of(value);
        if (!as_instance(value)) return {};
        if (!cls->derives_from(types.str) && !cls->derives_from(types.integer) &&
            !cls->derives_from(types.real)) {
            return {};
        }
        if (const Value inner = vm_.find_attribute(value, "_value_")) return inner;
        if (cls->derives_from(types.str)) return vm_.str_of(value);
        return vm_.call(Value::of(cls->derives_from(types.integer) ? types.integer : types.real),
                        {value});
    }
    bool object(const Value& value, int depth) {
        if (as_str(value)) {
            text_value(value);
            return true;
        }
        const Dict* dict = as_dict(value);
        const List* list = as_list(value);
        const Tuple* tuple = as_tuple(value);
        if (dict || list || tuple) {
            if (!enter(value)) return false;
            const bool done = dict   ? mapping(*dict, depth)
                              : list ? sequence(list->items, depth)
                                     : sequence(tuple->items, depth);
            inside_.pop_back();
            return done;
        }
        if (as_unknown(value)) {
            const trust::SymbolicText symbolic = vm_.symbolic(value);
            const std::size_t begin = out_.text.size();
            out_.text += '"';
            out_.text += symbolic.text;
            out_.text += '"';
            note(begin, value.origin, true);
            return true;
        }
        if (const Value inner = plain_subclass(value)) return write(inner, depth + 1);
        return !vm_.failed() && other(value, depth);
    }
    bool other(const Value& value, int depth) {
        if (options_.fallback) {
            const Value made = vm_.call(options_.fallback, {value});
            return made && write(made, depth + 1);
        }
        vm_.raise(vm_.types().type_error,
                  cat("Object of type ", vm_.class_of(value)->name, " is not JSON serializable"));
        return false;
    }

    Vm& vm_;
    const JsonWriteOptions& options_;
    trust::SymbolicText& out_;
    std::vector<const program::Object*> inside_;  // containers that are being written
    std::size_t charged_ = 0;                     // of the text
};

// Wording: CPython 3.13 Lib/json/decoder.py and scanner.py; jiter 0.8 errors.rs.
class Reader {
  public:
    Reader(Vm& vm, std::string_view text, const JsonReadOptions& options, JsonError& error)
        : vm_(vm), text_(text), options_(options), error_(error) {}

    Value document() {
        space();
        Value value = this->value(0);
        if (!value) return {};
        space();
        if (at_ < text_.size()) return fail("Extra data", "trailing characters", at_);
        return value;
    }

  private:
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    [[nodiscard]] bool end() const { return at_ >= text_.size(); }
    void space() {
        while (!end() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r'))
            ++at_;
    }
    Value fail(const char* python, const char* jiter, std::size_t at) {
        if (!error_.python) error_ = {python, end() ? eof_ : jiter, at, at_};
        return {};
    }
    Value value(int depth) {
        eof_ = "EOF while parsing a value";
        if (!vm_.work(1)) return {};
        if (depth > kJsonDepthMax) {
            error_ = {"Expecting value", kTooDeep, at_, at_};
            return {};
        }
        const char c = peek();
        if (c == '"') return text(false);
        if (c == '{') return object(depth);
        if (c == '[') return array(depth);
        struct Word {
            std::string_view text;
            Value value;
        };
        const Word words[] = {
            {"null", Value::none()},           {"true", Value::of(true)},
            {"false", Value::of(false)},       {"NaN", Value::of(std::nan(""))},
            {"Infinity", Value::of(HUGE_VAL)}, {"-Infinity", Value::of(-HUGE_VAL)}};
        for (const Word& word : words) {
            if (text_.substr(at_).starts_with(word.text)) {
                at_ += word.text.size();
                return word.value.with_origin(options_.origin);
            }
        }
        if (c == '-' || (c >= '0' && c <= '9')) return number();
        const bool ident = c == 'n' || c == 't' || c == 'f' || c == 'N' || c == 'I';
        return fail("Expecting value", ident ? "expected ident" : "expected value", at_);
    }
    Value number() {
        const std::size_t begin = at_;
        const auto digits = [&] {
            const std::size_t first = at_;
            while (peek() >= '0' && peek() <= '9') ++at_;
            return at_ - first;
        };
        if (peek() == '-') ++at_;
        if (peek() == '0') {
            ++at_;
        } else if (digits() == 0) {
            return fail("Expecting value", "invalid number", begin);
        }
        bool whole = true;
        std::size_t back = at_;
        if (peek() == '.') {
            ++at_;
            if (digits()) {
                whole = false;
            } else {
                at_ = back;
            }
        }
        back = at_;
        if (peek() == 'e' || peek() == 'E') {
            ++at_;
            if (peek() == '+' || peek() == '-') ++at_;
            if (digits()) {
                whole = false;
            } else {
                at_ = back;
            }
        }
        const std::string word(text_.substr(begin, at_ - begin));
        const Value& hook = whole ? options_.parse_int : options_.parse_float;
        if (hook && !hook.is_none()) {
            const Value made = vm_.call(hook, {vm_.str(word, options_.origin)});
            return made ? made.with_origin(options_.origin) : made;
        }
        if (!whole)
            return Value::of(std::strtod(word.c_str(), nullptr)).with_origin(options_.origin);
        errno = 0;
        const long long parsed = std::strtoll(word.c_str(), nullptr, 10);
        if (errno == ERANGE) return vm_.not_modelled("int larger than 64 bits");
        return Value::of(static_cast<std::int64_t>(parsed)).with_origin(options_.origin);
    }
    bool hex4(std::uint32_t& out) {
        out = 0;
        for (int i = 0; i < 4; ++i, ++at_) {
            const char c = peek();
            const int digit = c >= '0' && c <= '9'   ? c - '0'
                              : c >= 'a' && c <= 'f' ? c - 'a' + 10
                              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                     : -1;
            if (digit < 0) return false;
            out = out << 4 | static_cast<std::uint32_t>(digit);
        }
        return true;
    }
    Value text(bool is_key) {
        const std::size_t begin = at_++;
        eof_ = "EOF while parsing a string";
        std::string out;
        for (;;) {
            if (end()) return fail("Unterminated string starting at", eof_, begin);
            const char c = text_[at_];
            if (c == '"') break;
            if (static_cast<unsigned char>(c) < 0x20) {
                ++at_;
                return fail("Invalid control character at",
                            "control character (\\u0000-\\u001F) found while parsing a string",
                            at_ - 1);
            }
            ++at_;
            if (c != '\\') {
                out += c;
                continue;
            }
            const char escape = peek();
            if (end()) return fail("Unterminated string starting at", eof_, begin);
            ++at_;
            static constexpr std::string_view kFrom = "\"\\/bfnrt";
            static constexpr std::string_view kTo = "\"\\/\b\f\n\r\t";
            if (const std::size_t which = kFrom.find(escape); which != std::string_view::npos) {
                out += kTo[which];
                continue;
            }
            const std::size_t start = at_;
            std::uint32_t code = 0;
            if (escape != 'u') return fail("Invalid \\escape", "invalid escape", at_ - 2);
            if (!hex4(code)) return fail("Invalid \\uXXXX escape", "invalid escape", start - 1);
            if (code >= 0xD800 && code < 0xDC00 && text_.substr(at_).starts_with("\\u")) {
                const std::size_t back = at_;
                std::uint32_t low = 0;
                at_ += 2;
                if (!hex4(low)) return fail("Invalid \\uXXXX escape", "invalid escape", back + 1);
                if (low >= 0xDC00 && low < 0xE000) {
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                } else {
                    at_ = back;
                }
            }
            append_utf8(out, code);
        }
        ++at_;
        return vm_.str(std::move(out), is_key ? nullptr : options_.origin);
    }
    Value array(int depth) {
        ++at_;
        std::vector<Value> items;
        space();
        if (peek() == ']') {
            ++at_;
            return vm_.list().with_origin(options_.origin);
        }
        for (;;) {
            Value item = value(depth + 1);
            if (!item) return {};
            items.push_back(item);
            space();
            eof_ = "EOF while parsing a list";
            const char c = peek();
            if (c == ']') break;
            if (c != ',') return fail("Expecting ',' delimiter", "expected `,` or `]`", at_);
            const std::size_t comma = at_++;
            space();
            if (peek() == ']') {
                return fail("Illegal trailing comma before end of array", "trailing comma", comma);
            }
        }
        ++at_;
        return vm_.list(std::move(items)).with_origin(options_.origin);
    }
    Value object(int depth) {
        static constexpr const char* kName = "Expecting property name enclosed in double quotes";
        ++at_;
        const Value made = vm_.dict();
        std::vector<Value> pairs;
        const bool with_pairs = options_.pairs_hook && !options_.pairs_hook.is_none();
        space();
        eof_ = "EOF while parsing an object";
        if (peek() != '}') {
            for (;;) {
                if (peek() != '"') return fail(kName, "key must be a string", at_);
                const Value key = text(true);
                if (!key) return {};
                space();
                eof_ = "EOF while parsing an object";
                if (peek() != ':') return fail("Expecting ':' delimiter", "expected `:`", at_);
                ++at_;
                space();
                const Value item = value(depth + 1);
                if (!item) return {};
                if (with_pairs) pairs.push_back(vm_.tuple({key, item}));
                if (!as_dict(made)->set(vm_, key, item)) return {};
                space();
                eof_ = "EOF while parsing an object";
                const char c = peek();
                if (c == '}') break;
                if (c != ',') return fail("Expecting ',' delimiter", "expected `,` or `}`", at_);
                const std::size_t comma = at_++;
                space();
                if (peek() == '}') {
                    return fail("Illegal trailing comma before end of object", "trailing comma",
                                comma);
                }
            }
        }
        ++at_;
        if (with_pairs) return vm_.call(options_.pairs_hook, {vm_.list(std::move(pairs))});
        if (options_.object_hook && !options_.object_hook.is_none()) {
            return vm_.call(options_.object_hook, {made});
        }
        return made.with_origin(options_.origin);
    }

    Vm& vm_;
    std::string_view text_;
    const JsonReadOptions& options_;
    JsonError& error_;
    std::size_t at_ = 0;
    const char* eof_ = "EOF while parsing a value";
};

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
    }));
}

}  // namespace

bool write_json(Vm& vm, const Value& value, const JsonWriteOptions& options,
                trust::SymbolicText& out) {
    return Writer(vm, options, out).write(value, 0);
}

Value read_json(Vm& vm, std::string_view text, const JsonReadOptions& options, JsonError& error) {
    return Reader(vm, text, options, error).document();
}

std::string jiter_message(std::string_view text, const JsonError& error) {
    const std::string_view before = text.substr(0, error.jiter_position);
    const std::size_t start = before.rfind('\n') + 1;  // npos + 1 = 0
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const bool at_end = error.jiter_position >= text.size();
    return cat(error.jiter, " at line ", static_cast<long long>(lines + 1), " column ",
               before.size() - start + (at_end ? 0U : 1U));
}

Value raise_decode_error(Vm& vm, std::string_view text, const JsonError& error) {
    if (error.jiter == kTooDeep) {
        too_deep(vm);
        return vm.raise(vm.types().recursion_error,
                        "maximum recursion depth exceeded while decoding a JSON array from a "
                        "unicode string");
    }
    const std::string_view before = text.substr(0, error.position);
    const std::size_t start = before.rfind('\n') + 1;
    const auto line = static_cast<std::int64_t>(std::count(before.begin(), before.end(), '\n') + 1);
    const auto column = static_cast<std::int64_t>(characters(before.substr(start)) + 1);
    const auto position = static_cast<std::int64_t>(characters(before));
    const Value raised = vm.make_exception(
        vm.class_in("json", "JSONDecodeError"),
        cat(error.python, ": line ", static_cast<long long>(line), " column ",
            static_cast<long long>(column), " (char ", static_cast<long long>(position), ")"));
    Namespace& attributes = as_instance(raised)->attributes;
    attributes.set("msg", vm.str(error.python));
    attributes.set("doc", vm.str(std::string(text)));
    attributes.set("pos", Value::of(position));
    attributes.set("lineno", Value::of(line));
    attributes.set("colno", Value::of(column));
    return vm.raise(raised);
}

bool dump_json(Vm& vm, const Value& value, std::string_view item_separator,
               std::string_view key_separator, bool ensure_ascii, std::string& out) {
    JsonWriteOptions options;
    options.item_separator = item_separator;
    options.key_separator = key_separator;
    options.ensure_ascii = ensure_ascii;
    trust::SymbolicText text;
    if (!write_json(vm, value, options, text)) return false;
    out += text.text;
    return true;
}

Value load_json(Vm& vm, std::string_view text, const trust::Origin* origin) {
    JsonReadOptions options;
    options.origin = origin;
    JsonError error;
    const Value value = read_json(vm, text, options, error);
    return value || vm.failed() ? value : raise_decode_error(vm, text, error);
}

}  // namespace wh::libraries
