#include "api/json.h"

#include <algorithm>
#include <cstdio>

#include "base/span.h"
#include "base/text.h"

namespace wh::api {

namespace {

// Remembers where the parser stopped; values are made by a second, ordinary parse.
struct ErrorSax : nlohmann::json_sax<Json> {
    std::size_t position = 0;
    std::string problem;
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool key(string_t&) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t at, const std::string& token,
                     const nlohmann::detail::exception&) override {
        position = at;
        problem = token;
        return false;
    }
};

}  // namespace

Result<Json> parse_json(std::string_view text) {
    Json value = Json::parse(text.begin(), text.end(), nullptr, false);
    if (!value.is_discarded()) return value;
    ErrorSax sax;
    Json::sax_parse(text.begin(), text.end(), &sax, nlohmann::detail::input_format_t::json, true);
    const auto offset = static_cast<std::uint32_t>(
        std::min(sax.position > 0 ? sax.position - 1 : 0, text.size()));
    const LineColumn place = LineIndex(text).at(offset);
    return Error{cat("this is not JSON: line ", place.line, ", column ", place.column), ""};
}

static void append_ascii(std::string& out, const std::string& text) {
    char buffer[16];
    out += '"';
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80) {
            ++i;
            switch (byte) {
                case '"': out += "\\\""; break;
                case '\\': out += "\\\\"; break;
                case '\n': out += "\\n"; break;
                case '\r': out += "\\r"; break;
                case '\t': out += "\\t"; break;
                case '\b': out += "\\b"; break;
                case '\f': out += "\\f"; break;
                default:
                    if (byte < 0x20 || byte == 0x7F) {
                        if (byte == 0x7F) {
                            out += '\x7F';
                        } else {
                            std::snprintf(buffer, sizeof buffer, "\\u%04x", byte);
                            out += buffer;
                        }
                    } else {
                        out += static_cast<char>(byte);
                    }
            }
            continue;
        }
        const int length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
        unsigned point = byte & (0xFFU >> (length + 1));
        for (int k = 1; k < length && i + static_cast<std::size_t>(k) < text.size(); ++k) {
            point = point << 6 |
                    (static_cast<unsigned char>(text[i + static_cast<std::size_t>(k)]) & 0x3FU);
        }
        i += static_cast<std::size_t>(length);
        if (point >= 0x10000) {
            point -= 0x10000;
            std::snprintf(buffer, sizeof buffer, "\\u%04x\\u%04x", 0xD800 + (point >> 10),
                          0xDC00 + (point & 0x3FF));
        } else {
            std::snprintf(buffer, sizeof buffer, "\\u%04x", point);
        }
        out += buffer;
    }
    out += '"';
}

static void append_python(std::string& out, const Json& value) {
    if (value.is_object()) {
        out += '{';
        bool first = true;
        for (const auto& member : value.items()) {
            if (!first) out += ", ";
            first = false;
            append_ascii(out, member.key());
            out += ": ";
            append_python(out, member.value());
        }
        out += '}';
    } else if (value.is_array()) {
        out += '[';
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (i) out += ", ";
            append_python(out, value[i]);
        }
        out += ']';
    } else if (const auto* text = value.get_ptr<const std::string*>()) {
        append_ascii(out, *text);
    } else {
        out += value.dump();
    }
}

std::string python_dumps(const Json& value) {
    std::string out;
    append_python(out, value);
    return out;
}

std::string dump(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void Reader::fail(std::string message) const {
    if (!*sink_) *sink_ = Error{std::move(message), where_.empty() ? "/" : where_};
}

std::string Reader::text() const {
    if (const auto* found = value_->get_ptr<const std::string*>()) return *found;
    fail("must be a string");
    return {};
}

bool Reader::boolean() const {
    if (const auto* found = value_->get_ptr<const bool*>()) return *found;
    fail("must be true or false");
    return false;
}

std::int64_t Reader::integer(std::int64_t from, std::int64_t to) const {
    if (value_->is_number_integer()) {
        const auto number = value_->get<std::int64_t>();
        if (number >= from && number <= to) return number;
    }
    fail(cat("must be a whole number from ", static_cast<long long>(from), " to ",
             static_cast<long long>(to)));
    return from;
}

double Reader::number() const {
    if (value_->is_number()) return value_->get<double>();
    fail("must be a number");
    return 0;
}

std::vector<Reader> Reader::items() const {
    std::vector<Reader> out;
    if (!value_->is_array()) {
        fail("must be a list");
        return out;
    }
    for (std::size_t i = 0; i < value_->size(); ++i) {
        out.emplace_back((*value_)[i], cat(where_, "/", i), *sink_);
    }
    return out;
}

std::vector<std::pair<std::string, Reader>> Reader::members() const {
    std::vector<std::pair<std::string, Reader>> out;
    if (!value_->is_object()) {
        fail("must be an object");
        return out;
    }
    for (const auto& member : value_->items()) {
        out.emplace_back(member.key(),
                         Reader(member.value(), cat(where_, "/", member.key()), *sink_));
    }
    return out;
}

std::vector<std::string> Reader::texts() const {
    std::vector<std::string> out;
    for (const Reader& item : items()) out.push_back(item.text());
    return out;
}

std::optional<Reader> Reader::find(std::string_view key) const {
    if (!value_->is_object()) {
        fail("must be an object");
        return std::nullopt;
    }
    const auto found = value_->find(std::string(key));
    if (found == value_->end()) return std::nullopt;
    return Reader(*found, cat(where_, "/", key), *sink_);
}

Reader Reader::need(std::string_view key) const {
    if (std::optional<Reader> found = find(key)) return *found;
    static const Json kNull;  // immutable
    fail(cat("\"", key, "\" is missing"));
    return {kNull, cat(where_, "/", key), *sink_};
}

void Reader::only(std::initializer_list<std::string_view> keys) const {
    for (const auto& member : members()) {
        if (std::find(keys.begin(), keys.end(), member.first) != keys.end()) continue;
        std::vector<std::string> candidates;
        for (const std::string_view key : keys) candidates.emplace_back(key);
        const std::string meant = nearest(member.first, candidates);
        member.second.fail(cat("unknown key \"", member.first, "\"",
                               meant.empty() ? "" : cat("; did you mean \"", meant, "\"?")));
    }
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    std::string best;
    std::size_t best_distance = word.size() / 3 + 2;
    for (const std::string& candidate : candidates) {
        std::vector<std::size_t> row(candidate.size() + 1);
        for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
        for (std::size_t i = 1; i <= word.size(); ++i) {
            std::size_t diagonal = row[0];
            row[0] = i;
            for (std::size_t j = 1; j < row.size(); ++j) {
                const std::size_t above = row[j];
                const std::size_t change = diagonal + (word[i - 1] == candidate[j - 1] ? 0 : 1);
                row[j] = std::min({above + 1, row[j - 1] + 1, change});
                diagonal = above;
            }
        }
        if (row.back() < best_distance) {
            best_distance = row.back();
            best = candidate;
        }
    }
    return best;
}

}  // namespace wh::api
