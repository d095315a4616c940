// Values the core does not know, in operations: what comes out is unknown too and says of what it
// was made.
#include <algorithm>

#include "program/objects/support.h"

namespace wh::program {

namespace {
constexpr std::size_t kLabelMax = 80;
constexpr std::size_t kReprMax = 32;
constexpr std::size_t kPathMax = 8;  // steps into an answer
}  // namespace

std::string label_of(Vm& vm, const Value& value) {
    if (const Unknown* unknown = as_unknown(value)) return unknown->label;
    if (const Class* cls = as_class(value)) return cls->name;
    if (const Function* function = as_function(value)) return function->name;
    std::string text;
    if (value.is_object() && as_instance(value)) {
        text = value.object->cls->name;  // a user's __repr__ must not run for a label
    } else if (!vm.repr(value, text)) {
        vm.take_error();
        return "...";
    }
    return shortened(std::move(text), kReprMax);
}

Value derived_unknown(Vm& vm, std::string label, const Value& a, const Value& b, Class* shape) {
    const trust::Origin* origin = merge_origins(vm, {deep_origin(vm, a), deep_origin(vm, b)});
    const std::size_t dot = label.rfind('.');
    if (dot != std::string::npos && !trust::is_secret(origin) &&
        trust::names_a_secret(std::string_view(label).substr(dot + 1))) {
        std::vector<const trust::Origin*> from;
        if (origin) from.push_back(origin);
        origin = vm.origins().add(trust::Origin{trust::OriginKind::Derived, vm.current_span(),
                                                label.substr(dot + 1), true, std::move(from)});
    }
    return vm.unknown(origin, shortened(std::move(label), kLabelMax), shape);
}

Value answer_part(Vm& vm, const Value& whole, const Value& part, std::string_view step) {
    const Unknown* from = as_unknown(whole);
    Unknown* to = as_unknown(part);
    if (!from || !to || !from->answer || from->path.size() >= kPathMax) return part;
    to->answer = true;
    to->path = from->path;
    to->path.emplace_back(step);
    for (const trust::Origin* leaf : trust::leaves(whole.origin)) {
        if (leaf->kind != trust::OriginKind::Response) continue;
        const trust::ResponseRead read{leaf->span, to->path};
        std::vector<trust::ResponseRead>& reads = vm.observations().reads;
        if (std::find(reads.begin(), reads.end(), read) == reads.end()) reads.push_back(read);
        break;
    }
    return part;
}

Value unknown_bool(Vm& vm, std::string label, const Value& a, const Value& b) {
    return derived_unknown(vm, std::move(label), a, b, vm.types().boolean);
}

Value narrowing(const Value& truth, const Value& known, int narrows) {
    Unknown* unknown = as_unknown(truth);
    // What the caller wrote himself is no list of the code's.
    if (unknown && !trust::comes_from(known.origin, trust::OriginKind::CallerInput)) {
        unknown->narrows = narrows;
    }
    return truth;
}

Value unboxed(const Value& value) {
    const BoxedNumber* boxed = native_state<BoxedNumber>(value);
    return boxed ? boxed->value.with_origin(value.origin) : value;
}

bool same_object(const Value& a, const Value& b) {
    if (a.tag != b.tag) return false;
    switch (a.tag) {
        case Tag::Null:
        case Tag::None:
        case Tag::Ellipsis:
        case Tag::NotImplemented:
            return true;
        case Tag::Bool:
            return a.boolean == b.boolean;
        case Tag::Int:
            return a.integer == b.integer;
        case Tag::Float:
            return a.real == b.real;
        case Tag::Object:
            return a.object == b.object;
    }
    return false;
}

bool truth_of_builtin(const Value& value, bool& out) {
    switch (value.tag) {
        case Tag::Null:
        case Tag::None:
            out = false;
            return true;
        case Tag::Bool:
            out = value.boolean;
            return true;
        case Tag::Int:
            out = value.integer != 0;
            return true;
        case Tag::Float:
            out = value.real != 0.0;
            return true;
        case Tag::Ellipsis:
        case Tag::NotImplemented:
            out = true;
            return true;
        case Tag::Object:
            break;
    }
    if (const std::vector<Value>* items = sequence_items(value)) {
        out = !items->empty();
    } else if (const Str* str = as_str(value)) {
        out = !str->text.empty();
    } else if (const Bytes* bytes = as_bytes(value)) {
        out = !bytes->data.empty();
    } else if (const Dict* dict = as_dict(value)) {
        out = dict->live_count > 0;
    } else if (const Set* set = as_set(value)) {
        out = set->live_count > 0;
    } else if (const Range* range = as_range(value)) {
        out = range_length(*range) > 0;
    } else {
        return false;
    }
    return true;
}

bool Vm::truth(const Value& value, bool& out) {
    if (value.is_null()) return false;
    if (const Unknown* unknown = as_unknown(value)) {
        // The same unknown thing is decided once; the results of two calls may differ.
        auto& decided = objects_state(*this).decided;
        const bool stable = unknown->label.find('(') == std::string::npos;
        const std::string key =
            cat(unknown->label, "\n", reinterpret_cast<std::uintptr_t>(value.origin));
        if (stable) {
            if (const auto found = decided.find(key); found != decided.end()) {
                out = found->second;
                return true;
            }
        }
        out = decide(current_span(), 2, unknown->label) == 1;
        const bool question = !unknown->shape || unknown->shape == types_.boolean;
        if (decider_ && question) decider_->judged(value.origin);
        if (decider_ && unknown->narrows == (out ? 1 : -1)) decider_->narrowed(value.origin);
        if (stable) decided.emplace(key, out);
        return !failed();
    }
    // A text of which all is unknown may be empty.
    if (const Str* str = as_str(value);
        str && str->parts.size() == 1 && str->parts[0].unknown &&
        str->parts[0].end - str->parts[0].begin == str->text.size()) {
        return truth(unknown_bool(*this, str->text.substr(1, str->text.size() - 2), value), out);
    }
    const bool exact = !value.is_object() || value.object->cls->methods != nullptr;
    if (exact && truth_of_builtin(value, out)) return true;
    bool found = false;
    const Value result = call_special(*this, value, "__bool__", {}, found);
    if (found) {
        if (!result) return false;
        if (result.is_bool()) {
            out = result.boolean;
            return true;
        }
        if (as_unknown(result)) return truth(result, out);
        type_error(*this, cat("__bool__ should return bool, returned ", type_name(*this, result)));
        return false;
    }
    const Value size = call_special(*this, value, "__len__", {}, found);
    if (found) {
        if (!size) return false;
        return truth(unboxed(size), out);
    }
    if (truth_of_builtin(unboxed(value), out)) return true;
    out = true;
    return true;
}

}  // namespace wh::program
