// Texts that know where each of their bytes came from.
#include <algorithm>

#include "base/limits.h"
#include "program/objects/support.h"

namespace wh::program {

namespace {

// More parts than this and the oldest pair is told as one: a page built in a loop stays affordable.
constexpr std::size_t kPartsMax = 256;
constexpr std::size_t kOriginsMax = 4;
constexpr std::size_t kOriginBytes = 160;

bool is_plain_literal(const trust::Origin* origin) {
    return origin->kind == trust::OriginKind::Literal && !origin->secret;
}

}  // namespace

bool work_on_text(Vm& vm, std::size_t bytes) {
    constexpr std::size_t kShort = 1024;  // the step that the operation costs anyway
    return bytes < kShort || vm.work(bytes / limits::kWorkTextBytes);
}

const trust::Origin* merge_origins(Vm& vm, const std::vector<const trust::Origin*>& from) {
    // The first few, but a secret among the others is never dropped.
    std::vector<const trust::Origin*> distinct;
    for (const trust::Origin* each : from) {
        if (!each || std::find(distinct.begin(), distinct.end(), each) != distinct.end()) continue;
        if (distinct.size() < kOriginsMax) {
            distinct.push_back(each);
        } else if (trust::is_secret(each)) {
            distinct[kOriginsMax - 1] = each;
        }
    }
    if (distinct.empty()) return nullptr;
    if (distinct.size() == 1) return distinct[0];
    vm.charge(kOriginBytes);
    return vm.origins().add(
        trust::Origin{trust::OriginKind::Derived, vm.current_span(), {}, false, distinct});
}

const trust::Origin* number_origin(Vm& vm, const Value& a, const Value& b) {
    if (!a.origin || a.origin == b.origin) return b.origin;
    if (!b.origin || is_plain_literal(b.origin)) return a.origin;
    if (is_plain_literal(a.origin)) return b.origin;
    return merge_origins(vm, {a.origin, b.origin});
}

namespace {

// Walks through a value until enough origins are found or enough values were looked at.
struct OriginGatherer {
    static constexpr std::size_t kFoundMax = 64;
    static constexpr std::size_t kLookedMax = 4096;
    std::vector<const trust::Origin*> found;
    std::size_t looked = 0;

    void gather(const Value& value, int depth) {
        if (found.size() >= kFoundMax || ++looked > kLookedMax) return;
        if (value.origin) found.push_back(value.origin);
        if (depth == 0) return;
        if (const std::vector<Value>* items = sequence_items(value)) {
            gather_all(*items, depth - 1);
        } else if (const Dict* dict = as_dict(value)) {
            for (const Table::Entry& entry : dict->entries) {
                if (looked > kLookedMax) return;
                if (entry.live) gather(entry.value, depth - 1);
            }
        } else if (const ExceptionInstance* exception = as_exception(value)) {
            gather_all(exception->args, depth - 1);
        }
    }
    void gather_all(const std::vector<Value>& items, int depth) {
        for (const Value& item : items) {
            if (looked > kLookedMax) return;
            gather(item, depth);
        }
    }
};

}  // namespace

const trust::Origin* deep_origin(Vm& vm, const Value& value) {
    OriginGatherer gatherer;
    gatherer.gather(value, 4);
    vm.work(gatherer.looked);
    return merge_origins(vm, gatherer.found);
}

bool text_view(const Value& value, TextView& out) {
    if (const Str* str = as_str(value)) {
        out = {str->text, &str->parts, value.origin};
        return true;
    }
    if (const Bytes* bytes = as_bytes(value)) {
        out = {bytes->data, &bytes->parts, value.origin};
        return true;
    }
    return false;
}

void TextBuilder::add(std::string_view text, const trust::Origin* origin, bool unknown) {
    const auto begin = static_cast<std::uint32_t>(text_.size());
    if (text.size() > limits::kHeapBytesMax - text_.size()) {
        too_long_ = true;
        return;
    }
    text_ += text;
    if ((!origin && !unknown) || text.empty()) return;
    const auto end = static_cast<std::uint32_t>(text_.size());
    if (!parts_.empty()) {
        trust::TextPart& last = parts_.back();
        // Placeholders stay apart from each other, so that each is still one value.
        if (last.end == begin && last.origin == origin && !unknown && !last.unknown) {
            last.end = end;
            return;
        }
    }
    parts_.push_back({begin, end, origin, unknown});
}

void TextBuilder::add(const TextView& view, std::size_t begin, std::size_t end) {
    end = std::min(end, view.text.size());
    if (begin >= end) return;
    if (view.parts->empty()) {
        add(view.text.substr(begin, end - begin), view.origin);
        return;
    }
    std::size_t at = begin;
    for (const trust::TextPart& part : *view.parts) {
        const std::size_t from = std::max<std::size_t>(part.begin, at);
        const std::size_t to = std::min<std::size_t>(part.end, end);
        if (from >= to) continue;
        add(view.text.substr(at, from - at));
        add(view.text.substr(from, to - from), part.origin, part.unknown);
        at = to;
    }
    add(view.text.substr(at, end - at));
}

void TextBuilder::add(const Value& text) {
    TextView view;
    if (text_view(text, view)) {
        add(view, 0, view.text.size());
    } else if (const Unknown* unknown = as_unknown(text)) {
        add(cat("{", unknown->label, "}"), text.origin, true);
    }
}

const trust::Origin* TextBuilder::finish(Vm& vm) {
    if (too_long_) vm.charge(limits::kHeapBytesMax);
    if (parts_.empty()) return nullptr;
    if (parts_.size() == 1 && !parts_[0].unknown && parts_[0].begin == 0 &&
        parts_[0].end == text_.size()) {
        const trust::Origin* origin = parts_[0].origin;
        parts_.clear();
        return origin;
    }
    std::vector<const trust::Origin*> all;
    for (const trust::TextPart& part : parts_) all.push_back(part.origin);
    const trust::Origin* origin = merge_origins(vm, all);
    if (parts_.size() > kPartsMax) {
        bool unknown = false;
        for (const trust::TextPart& part : parts_) unknown = unknown || part.unknown;
        parts_.assign(1, {0, static_cast<std::uint32_t>(text_.size()), origin, unknown});
    }
    vm.charge(parts_.size() * sizeof(trust::TextPart));
    return origin;
}

Value TextBuilder::str(Vm& vm) {
    const trust::Origin* origin = finish(vm);
    const Value made = vm.str(std::move(text_), origin);
    if (Str* str = as_str(made)) str->parts = std::move(parts_);
    return made;
}

Value TextBuilder::bytes(Vm& vm, bool is_mutable) {
    const trust::Origin* origin = finish(vm);
    const Value made = vm.bytes(std::move(text_), origin);
    if (Bytes* bytes = as_bytes(made)) {
        bytes->parts = std::move(parts_);
        bytes->is_mutable = is_mutable;
        if (is_mutable) bytes->cls = vm.types().bytearray;
    }
    return made;
}

Value TextBuilder::same_kind(Vm& vm, const Value& like) {
    const Bytes* bytes_like = as_bytes(like);
    return bytes_like ? bytes(vm, bytes_like->is_mutable) : str(vm);
}

Value text_slice(Vm& vm, const Value& text, std::size_t begin, std::size_t end) {
    TextView view;
    if (!text_view(text, view)) return text;
    if (begin == 0 && end >= view.text.size() && text.object->cls == vm.types().str) return text;
    TextBuilder builder;
    builder.add(view, begin, end);
    return builder.same_kind(vm, text);
}

Value text_like(Vm& vm, const Value& like, std::string text) {
    TextView view;
    text_view(like, view);
    if (view.parts->empty() || text.size() != view.text.size()) {
        TextBuilder builder;
        builder.add(text, like.origin);
        return builder.same_kind(vm, like);
    }
    TextBuilder builder;
    const TextView mapped{text, view.parts, view.origin};
    builder.add(mapped, 0, text.size());
    return builder.same_kind(vm, like);
}

Value Vm::concat(std::initializer_list<Value> texts) {
    TextBuilder builder;
    for (const Value& text : texts) {
        if (as_str(text) || as_unknown(text)) {
            builder.add(text);
        } else {
            const Value made = str_of(text);
            if (!made) return {};
            builder.add(made);
        }
    }
    return builder.str(*this);
}

Value build_string(Vm& vm, const Value* parts, std::size_t count) {
    TextBuilder builder;
    for (std::size_t i = 0; i < count; ++i) builder.add(parts[i]);
    return builder.str(vm);
}

trust::SymbolicText Vm::symbolic(const Value& text) const {
    trust::SymbolicText out;
    TextView view;
    if (text_view(text, view)) {
        out.text = view.text;
        out.parts = *view.parts;
        if (out.parts.empty() && view.origin && !out.text.empty()) {
            out.parts.push_back(
                {0, static_cast<std::uint32_t>(out.text.size()), view.origin, false});
        }
    } else if (const Unknown* unknown = as_unknown(text)) {
        out.text = cat("{", unknown->label, "}");
        out.parts.push_back({0, static_cast<std::uint32_t>(out.text.size()), text.origin, true});
    }
    return out;
}

bool has_unknown_part(const Value& text) {
    TextView view;
    if (!text_view(text, view)) return false;
    return std::any_of(view.parts->begin(), view.parts->end(),
                       [](const trust::TextPart& part) { return part.unknown; });
}

bool not_fully_known(const Value& value) {
    return as_unknown(value) || has_unknown_part(value);
}

char32_t code_point_at(std::string_view text, std::size_t& offset) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<char32_t>(static_cast<unsigned char>(text[i])) : 0;
    };
    const char32_t lead = byte(offset);
    const std::size_t size = sequence_size(text[offset]);
    char32_t out = size == 1 ? lead : lead & (0x7Fu >> size);
    for (std::size_t i = 1; i < size; ++i) out = (out << 6) | (byte(offset + i) & 0x3F);
    offset = std::min(offset + size, text.size());
    return out;
}

void append_utf8(std::string& out, char32_t code_point) {
    const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0 | (code_point >> 6));
        put(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        put(0xE0 | (code_point >> 12));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    } else {
        put(0xF0 | (code_point >> 18));
        put(0x80 | ((code_point >> 12) & 0x3F));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    }
}

std::size_t code_point_count(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    return count;
}

std::size_t offset_of(const Str& text, std::size_t index) {
    if (text.ascii) return std::min(index, text.text.size());
    std::size_t offset = 0;
    while (index > 0 && offset < text.text.size()) {
        offset += sequence_size(text.text[offset]);
        --index;
    }
    return std::min(offset, text.text.size());
}

}  // namespace wh::program
