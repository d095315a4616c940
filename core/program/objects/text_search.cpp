// Methods of str and bytes that look for other texts: find, split, strip, replace, join ...
#include <algorithm>
#include <cstring>

#include "base/limits.h"
#include "program/objects/text_methods.h"

namespace wh::program {

std::size_t past_unknown(const TextView& view, std::size_t at) {
    for (const trust::TextPart& part : *view.parts) {
        if (part.unknown && part.begin <= at && at < part.end) return part.end;
    }
    return at;
}

std::size_t find_text(std::string_view text, std::string_view needle, std::size_t begin) {
    if (begin > text.size()) return std::string_view::npos;
    if (needle.empty()) return begin;
    const void* const found =
        memmem(text.data() + begin, text.size() - begin, needle.data(), needle.size());
    return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text.data())
                 : std::string_view::npos;
}

namespace {

std::size_t find_last(std::string_view text, std::string_view needle) {
    constexpr std::size_t kNaiveMax = 1U << 20;
    if (text.size() < needle.size() || text.size() * needle.size() < kNaiveMax) {
        return text.rfind(needle);
    }
    const std::string backwards(text.rbegin(), text.rend());
    const std::size_t at = find_text(backwards, std::string(needle.rbegin(), needle.rend()), 0);
    return at == std::string_view::npos ? at : text.size() - at - needle.size();
}

}  // namespace

std::size_t find_known(Vm& vm, const TextView& view, std::string_view needle, std::size_t begin,
                       std::size_t end, bool last) {
    const auto touches = [&](std::size_t at) {
        return std::any_of(
            view.parts->begin(), view.parts->end(), [&](const trust::TextPart& part) {
                return part.unknown && part.begin < at + needle.size() && part.end > at;
            });
    };
    if (end > view.text.size() || begin > end || needle.size() > end - begin) {
        return std::string_view::npos;
    }
    const std::string_view text = view.text.substr(0, end);
    std::size_t at = last ? find_last(text, needle) : find_text(text, needle, begin);
    while (at != std::string_view::npos && at >= begin && touches(at)) {
        if (last && at == 0) return std::string_view::npos;
        at = last ? find_last(text.substr(0, at - 1 + needle.size()), needle)
                  : find_text(text, needle, at + 1);
    }
    const bool found = at != std::string_view::npos && at >= begin;
    const std::size_t passed = !found ? end - begin : last ? end - at : at - begin;
    return work_on_text(vm, passed) && found ? at : std::string_view::npos;
}

bool same_text(Vm& vm, const Value& self, const Value& value, TextView& out,
               std::string_view context) {
    if (value && text_view(value, out) && (as_str(self) != nullptr) == (as_str(value) != nullptr)) {
        return true;
    }
    if (as_str(self)) {
        type_error(vm, cat(context, context.empty() ? "" : " ", "must be str, not ",
                           type_name(vm, value)));
    } else {
        type_error(vm, cat("a bytes-like object is required, not '", type_name(vm, value), "'"));
    }
    return false;
}

Value unknown_result(Vm& vm, const Arguments& arguments, const char* method, Class* shape) {
    std::string label = cat(label_of(vm, arguments.self), ".", method, "(");
    for (std::size_t i = 0; i < arguments.positional.size(); ++i) {
        label += cat(i > 0 ? ", " : "", label_of(vm, arguments.positional[i]));
    }
    return derived_unknown(vm, label + ")", arguments.self, argument(arguments, 0), shape);
}

bool unknown_argument(Vm& vm, const Arguments& arguments, const char* method, Value& out) {
    for (const Value& value : arguments.positional) {
        if (!as_unknown(value)) continue;
        out = unknown_result(vm, arguments, method, nullptr);
        return true;
    }
    return false;
}

namespace {

// "https://api.example/" at the beginning of a URL, ".api.example" at the end of a name: what is left open
// is not the host any more, or only within a domain.
bool holds_a_host(const Value& affix, bool at_end) {
    TextView view;
    if (!text_view(affix, view)) return false;
    if (at_end) return view.text.size() > 2 && view.text[0] == '.';
    const std::size_t host = view.text.find("://");
    return host != std::string_view::npos && view.text.find('/', host + 3) > host + 3 &&
           view.text.find('/', host + 3) != std::string_view::npos;
}

}  // namespace

Value narrowing_by_affix(const Value& truth, const Value& affix, bool at_end) {
    const std::vector<Value>* all = sequence_items(affix);
    const bool whole =
        all ? std::all_of(all->begin(), all->end(),
                          [&](const Value& each) { return holds_a_host(each, at_end); })
            : holds_a_host(affix, at_end);
    return whole ? narrowing(truth, affix, 1) : truth;
}

namespace {

constexpr std::size_t kNone = std::string_view::npos;

// Optional start and end arguments as byte offsets. false: raised.
bool bounds(Vm& vm, const Arguments& arguments, std::size_t from, std::size_t& begin,
            std::size_t& end) {
    const Str* str = as_str(arguments.self);
    TextView view;
    text_view(arguments.self, view);
    begin = 0;
    end = view.text.size();
    if (arguments.positional.size() <= from) return true;
    const auto length = static_cast<std::int64_t>(str ? length_of(*str) : view.text.size());
    std::int64_t limits[2] = {0, length};
    for (std::size_t i = 0; i < 2; ++i) {
        const Value given = argument(arguments, from + i);
        if (!given || given.is_none()) continue;
        if (!to_index(vm, given, limits[i])) return false;
        if (limits[i] < 0) limits[i] = std::max<std::int64_t>(0, limits[i] + length);
    }
    const auto offset = [&](std::int64_t index) {
        const auto at = static_cast<std::size_t>(std::min(index, length));
        return str ? offset_of(*str, at) : at;
    };
    begin = limits[0] > length ? view.text.size() + 1 : offset(limits[0]);
    end = offset(limits[1]);
    return true;
}

Value found_index(Vm& vm, Arguments& arguments, const char* name, bool last, bool raises) {
    if (!take(vm, arguments, name, 1, 3)) return {};
    if (Value out; unknown_argument(vm, arguments, name, out)) return out;
    TextView view;
    TextView needle;
    text_view(arguments.self, view);
    std::string byte;
    const Value wanted = argument(arguments, 0);
    if (as_bytes(arguments.self) && is_integral(wanted)) {
        byte = static_cast<char>(int_of(wanted));
        static const std::vector<trust::TextPart> kNoParts;
        needle = {byte, &kNoParts, nullptr};
    } else if (!same_text(vm, arguments.self, wanted, needle)) {
        return {};
    }
    std::size_t begin = 0;
    std::size_t end = 0;
    if (!bounds(vm, arguments, 1, begin, end)) return {};
    const std::size_t at = find_known(vm, view, needle.text, begin, end, last);
    const auto unknown_before = [&](std::size_t place) {
        return std::any_of(
            view.parts->begin(), view.parts->end(),
            [&](const trust::TextPart& part) { return part.unknown && part.begin < place; });
    };
    if (last ? has_unknown_part(arguments.self) : unknown_before(at)) {
        return unknown_result(vm, arguments, name, vm.types().integer);
    }
    if (at == kNone && raises) {
        return value_error(vm,
                           as_str(arguments.self) ? "substring not found" : "subsection not found");
    }
    std::int64_t index = at == kNone ? -1 : static_cast<std::int64_t>(at);
    const Str* str = as_str(arguments.self);
    if (at != kNone && str && !str->ascii) {
        index = static_cast<std::int64_t>(code_point_count(view.text.substr(0, at)));
    }
    return Value::of(index);
}

// 1: yes, 0: no, -1: a placeholder decides.
int begins_or_ends(const TextView& view, std::string_view affix, std::size_t begin, std::size_t end,
                   bool at_end) {
    // Character by character from the edge, until they differ or a placeholder comes.
    for (std::size_t i = 0; i < affix.size(); ++i) {
        if (i >= end - begin) return 0;
        const std::size_t at = at_end ? end - 1 - i : begin + i;
        if (past_unknown(view, at) != at) return -1;
        if (view.text[at] != affix[at_end ? affix.size() - 1 - i : i]) return 0;
    }
    return 1;
}

Value has_affix(Vm& vm, Arguments& arguments, const char* name, bool at_end) {
    if (!take(vm, arguments, name, 1, 3)) return {};
    if (Value out; unknown_argument(vm, arguments, name, out)) return out;
    TextView view;
    text_view(arguments.self, view);
    std::size_t begin = 0;
    std::size_t end = 0;
    if (!bounds(vm, arguments, 1, begin, end)) return {};
    const Value wanted = arguments.positional[0];
    std::vector<Value> all{wanted};
    if (const Tuple* tuple = as_tuple(wanted)) all = tuple->items;
    bool open = false;
    for (const Value& each : all) {
        TextView affix;
        if (!text_view(each, affix) ||
            (as_str(each) != nullptr) != (as_str(arguments.self) != nullptr)) {
            const char* const kind = as_str(arguments.self) ? "str" : "bytes";
            if (as_tuple(wanted)) {
                return type_error(vm, cat("tuple for ", name, " must only contain ", kind, ", not ",
                                          type_name(vm, each)));
            }
            return type_error(vm, cat(name, " first arg must be ", kind, " or a tuple of ", kind,
                                      ", not ", type_name(vm, each)));
        }
        if (begin > end) continue;
        const int answer = begins_or_ends(view, affix.text, begin, end, at_end);
        if (answer == 1) return Value::of(true);
        open = open || answer < 0;
    }
    if (!open) return Value::of(false);
    return narrowing_by_affix(unknown_result(vm, arguments, name, vm.types().boolean), wanted,
                              at_end);
}

struct PieceBounds {
    std::size_t begin, end;
};

// Runs of whitespace separate; empty pieces do not occur.
std::vector<PieceBounds> split_space(const TextView& view, std::int64_t most, bool from_right) {
    const std::string_view text = view.text;
    std::vector<PieceBounds> words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t past = past_unknown(view, at);
        std::size_t next = at;
        if (past == at && is_space(code_point_at(text, next))) {
            at = next;
            continue;
        }
        const std::size_t begin = at;
        while (at < text.size()) {
            if (const std::size_t skip = past_unknown(view, at); skip != at) {
                at = skip;
                continue;
            }
            next = at;
            if (is_space(code_point_at(text, next))) break;
            at = next;
        }
        words.push_back({begin, at});
    }
    if (most < 0 || static_cast<std::size_t>(most) + 1 >= words.size()) return words;
    const auto count = static_cast<std::size_t>(most);
    std::vector<PieceBounds> out;
    if (from_right) {
        const std::size_t joined = words.size() - count;
        out.push_back({0, words[joined - 1].end});
        out.insert(out.end(), words.end() - static_cast<std::ptrdiff_t>(count), words.end());
    } else {
        out.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count));
        out.push_back({words[count].begin, text.size()});
    }
    return out;
}

std::vector<PieceBounds> split_at(Vm& vm, const TextView& view, std::string_view separator,
                                  std::int64_t most, bool from_right) {
    std::vector<PieceBounds> out;
    std::size_t begin = 0;
    std::size_t end = view.text.size();
    while (most != 0) {
        const std::size_t at = find_known(vm, view, separator, begin, end, from_right);
        if (at == kNone) break;
        if (from_right) {
            out.push_back({at + separator.size(), end});
            end = at;
        } else {
            out.push_back({begin, at});
            begin = at + separator.size();
        }
        if (most > 0) --most;
    }
    out.push_back({begin, end});
    if (from_right) std::reverse(out.begin(), out.end());
    return out;
}

Value split(Vm& vm, Arguments& arguments, const char* name, bool from_right) {
    Bound bound;
    if (!arguments.bind(vm, name, "sep?, maxsplit?", bound)) return {};
    if (Value out; unknown_argument(vm, arguments, name, out)) return out;
    std::int64_t most = -1;
    if (bound.has("maxsplit") && !to_index(vm, bound["maxsplit"], most)) return {};
    TextView view;
    text_view(arguments.self, view);
    std::vector<PieceBounds> pieces;
    if (bound.has_value("sep")) {
        TextView separator;
        const Value given = bound["sep"];
        if (as_str(arguments.self) && !as_str(given)) {
            return type_error(vm, cat("must be str or None, not ", type_name(vm, given)));
        }
        if (!same_text(vm, arguments.self, given, separator)) return {};
        if (separator.text.empty()) return value_error(vm, "empty separator");
        pieces = split_at(vm, view, separator.text, most, from_right);
    } else {
        pieces = split_space(view, most, from_right);
    }
    std::vector<Value> out;
    for (const PieceBounds& piece : pieces) {
        out.push_back(text_slice(vm, arguments.self, piece.begin, piece.end));
    }
    return vm.list(std::move(out));
}

Value partition(Vm& vm, Arguments& arguments, const char* name, bool last) {
    if (!take(vm, arguments, name, 1, 1)) return {};
    TextView view;
    TextView separator;
    text_view(arguments.self, view);
    const Value given = arguments.positional[0];
    if (Value out; unknown_argument(vm, arguments, name, out)) return out;
    if (!same_text(vm, arguments.self, given, separator)) return {};
    if (separator.text.empty()) return value_error(vm, "empty separator");
    const std::size_t size = view.text.size();
    const std::size_t at = find_known(vm, view, separator.text, 0, size, last);
    const Value empty = text_slice(vm, arguments.self, 0, 0);
    if (at == kNone) {
        const Value whole = text_slice(vm, arguments.self, 0, size);
        return last ? vm.tuple({empty, empty, whole}) : vm.tuple({whole, empty, empty});
    }
    const std::size_t behind = at + separator.text.size();
    return vm.tuple({text_slice(vm, arguments.self, 0, at),
                     text_slice(vm, arguments.self, at, behind),
                     text_slice(vm, arguments.self, behind, size)});
}

// sides: 1 left, 2 right.
Value strip(Vm& vm, Arguments& arguments, const char* name, int sides) {
    if (!take(vm, arguments, name, 0, 1)) return {};
    TextView view;
    text_view(arguments.self, view);
    const Value given = argument(arguments, 0);
    if (as_unknown(given)) return unknown_result(vm, arguments, name, vm.types().str);
    const bool space = !given || given.is_none();
    TextView set;
    if (!space && !as_str(given) && as_str(arguments.self)) {
        return type_error(vm, cat(name, " arg must be None or str, not ", type_name(vm, given)));
    }
    if (!space && !same_text(vm, arguments.self, given, set)) return {};
    const bool bytes = as_bytes(arguments.self) != nullptr;
    const auto drops = [&](std::string_view character, char32_t code) {
        if (space) return is_space(code);
        return set.text.find(character) != std::string_view::npos;
    };
    std::size_t begin = 0;
    std::size_t end = view.text.size();
    while ((sides & 1) != 0 && begin < end && past_unknown(view, begin) == begin) {
        std::size_t next = begin;
        const char32_t code =
            bytes ? static_cast<unsigned char>(view.text[next++]) : code_point_at(view.text, next);
        if (!drops(view.text.substr(begin, next - begin), code)) break;
        begin = next;
    }
    while ((sides & 2) != 0 && end > begin && past_unknown(view, end - 1) == end - 1) {
        std::size_t start = end - 1;
        while (!bytes && start > begin &&
               (static_cast<unsigned char>(view.text[start]) & 0xC0) == 0x80) {
            --start;
        }
        std::size_t next = start;
        const char32_t code =
            bytes ? static_cast<unsigned char>(view.text[start]) : code_point_at(view.text, next);
        if (!drops(view.text.substr(start, end - start), code)) break;
        end = start;
    }
    return text_slice(vm, arguments.self, begin, end);
}

}  // namespace

Value text_find(Vm& vm, Arguments& a) {
    return found_index(vm, a, "find", false, false);
}
Value text_rfind(Vm& vm, Arguments& a) {
    return found_index(vm, a, "rfind", true, false);
}
Value text_index(Vm& vm, Arguments& a) {
    return found_index(vm, a, "index", false, true);
}
Value text_rindex(Vm& vm, Arguments& a) {
    return found_index(vm, a, "rindex", true, true);
}
Value text_startswith(Vm& vm, Arguments& a) {
    return has_affix(vm, a, "startswith", false);
}
Value text_endswith(Vm& vm, Arguments& a) {
    return has_affix(vm, a, "endswith", true);
}
Value text_split(Vm& vm, Arguments& a) {
    return split(vm, a, "split", false);
}
Value text_rsplit(Vm& vm, Arguments& a) {
    return split(vm, a, "rsplit", true);
}
Value text_partition(Vm& vm, Arguments& a) {
    return partition(vm, a, "partition", false);
}
Value text_rpartition(Vm& vm, Arguments& a) {
    return partition(vm, a, "rpartition", true);
}
Value text_strip(Vm& vm, Arguments& a) {
    return strip(vm, a, "strip", 3);
}
Value text_lstrip(Vm& vm, Arguments& a) {
    return strip(vm, a, "lstrip", 1);
}
Value text_rstrip(Vm& vm, Arguments& a) {
    return strip(vm, a, "rstrip", 2);
}

Value text_count(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "count", 1, 3)) return {};
    if (Value out; unknown_argument(vm, arguments, "count", out)) return out;
    if (has_unknown_part(arguments.self)) {
        return unknown_result(vm, arguments, "count", vm.types().integer);
    }
    TextView view;
    TextView needle;
    text_view(arguments.self, view);
    std::size_t begin = 0;
    std::size_t end = 0;
    if (!same_text(vm, arguments.self, arguments.positional[0], needle) ||
        !bounds(vm, arguments, 1, begin, end)) {
        return {};
    }
    if (needle.text.empty()) {
        return Value::of(begin > end ? std::int64_t{0}
                                     : static_cast<std::int64_t>(
                                           code_point_count(view.text.substr(begin, end - begin))) +
                                           1);
    }
    std::int64_t count = 0;
    for (std::size_t at = begin; (at = find_known(vm, view, needle.text, at, end)) != kNone;
         at += needle.text.size()) {
        ++count;
    }
    return Value::of(count);
}

Value text_splitlines(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "splitlines", "keepends?", bound)) return {};
    bool keep = false;
    if (bound.has("keepends") && !vm.truth(bound["keepends"], keep)) return {};
    TextView view;
    text_view(arguments.self, view);
    const bool bytes = as_bytes(arguments.self) != nullptr;
    std::vector<Value> out;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < view.text.size();) {
        if (const std::size_t past = past_unknown(view, at); past != at) {
            at = past;
            continue;
        }
        const std::size_t end = at;
        const char32_t c =
            bytes ? static_cast<unsigned char>(view.text[at++]) : code_point_at(view.text, at);
        const bool breaks = c == '\n' || c == '\r' ||
                            (!bytes && (c == 11 || c == 12 || (c >= 0x1C && c <= 0x1E) ||
                                        c == 0x85 || c == 0x2028 || c == 0x2029));
        if (!breaks) continue;
        if (c == '\r' && at < view.text.size() && view.text[at] == '\n') ++at;
        out.push_back(text_slice(vm, arguments.self, begin, keep ? at : end));
        begin = at;
    }
    if (begin < view.text.size()) {
        out.push_back(text_slice(vm, arguments.self, begin, view.text.size()));
    }
    return vm.list(std::move(out));
}

Value text_replace(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "replace", "old, new, /, count?", bound)) return {};
    if (Value out; as_unknown(bound["old"]) && unknown_argument(vm, arguments, "replace", out)) {
        return out;
    }
    TextView view;
    TextView old_text;
    TextView new_text;
    text_view(arguments.self, view);
    const bool str = as_str(arguments.self) != nullptr;
    if (!same_text(vm, arguments.self, bound["old"], old_text, "replace() argument 1")) return {};
    const Value with = bound["new"];
    if (!as_unknown(with) &&
        !same_text(vm, arguments.self, with, new_text, "replace() argument 2")) {
        return {};
    }
    std::int64_t most = -1;
    if (bound.has("count") && !to_index(vm, bound["count"], most)) return {};
    TextBuilder out;
    std::size_t at = 0;
    const std::size_t size = view.text.size();
    bool any = false;
    while (most != 0) {
        const std::size_t next = find_known(vm, view, old_text.text, at, size);
        if (next == kNone) break;
        any = true;
        out.add(view, at, next);
        out.add(with);
        if (!vm.charge(new_text.text.size())) return {};
        at = next + old_text.text.size();
        if (old_text.text.empty()) {  // between all characters
            if (next >= size) break;
            const std::size_t past = next + (str ? sequence_size(view.text[next]) : 1);
            out.add(view, next, past);
            at = past;
        }
        if (most > 0) --most;
    }
    if (!any) return text_slice(vm, arguments.self, 0, size);
    out.add(view, at, size);
    return out.same_kind(vm, arguments.self);
}

Value text_join(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, as_str(arguments.self) ? "str.join" : "bytes.join", 1, 1)) return {};
    std::vector<Value> items;
    const Value given = arguments.positional[0];
    const Value iterator = vm.iterate(given);
    if (!iterator) {
        if (vm.error_is(vm.types().type_error)) {
            vm.take_error();
            return type_error(vm, "can only join an iterable");
        }
        return {};
    }
    if (!vm.collect(iterator, items)) return {};
    TextBuilder out;
    for (std::size_t i = 0; i < items.size(); ++i) {
        TextView view;
        const bool fits = as_unknown(items[i]) ||
                          (text_view(items[i], view) &&
                           (as_str(items[i]) != nullptr) == (as_str(arguments.self) != nullptr));
        if (!fits) {
            return type_error(vm, as_str(arguments.self)
                                      ? cat("sequence item ", i, ": expected str instance, ",
                                            type_name(vm, items[i]), " found")
                                      : cat("sequence item ", i, ": expected a bytes-like object, ",
                                            type_name(vm, items[i]), " found"));
        }
        if (i > 0) out.add(arguments.self);
        out.add(items[i]);
        if (out.size() > limits::kHeapBytesMax && !vm.charge(out.size())) return {};
    }
    return out.same_kind(vm, arguments.self);
}

static Value remove_affix(Vm& vm, Arguments& arguments, const char* name, bool at_end) {
    if (!take(vm, arguments, name, 1, 1)) return {};
    if (Value out; unknown_argument(vm, arguments, name, out)) return out;
    TextView view;
    TextView affix;
    text_view(arguments.self, view);
    const std::string context = cat(name, "() argument");
    if (!same_text(vm, arguments.self, arguments.positional[0], affix, context)) return {};
    const std::size_t size = view.text.size();
    const bool has = begins_or_ends(view, affix.text, 0, size, at_end) == 1;
    const std::size_t cut = has ? affix.text.size() : 0;
    return at_end ? text_slice(vm, arguments.self, 0, size - cut)
                  : text_slice(vm, arguments.self, cut, size);
}

Value text_removeprefix(Vm& vm, Arguments& a) {
    return remove_affix(vm, a, "removeprefix", false);
}
Value text_removesuffix(Vm& vm, Arguments& a) {
    return remove_affix(vm, a, "removesuffix", true);
}

}  // namespace wh::program
