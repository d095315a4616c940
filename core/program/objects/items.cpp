// value[key]: items, slices, and len().
#include <algorithm>

#include "program/objects/support.h"

namespace wh::program {

namespace {

const char* sequence_name(const Value& value) {
    if (as_str(value)) return "string";
    if (as_list(value)) return "list";
    if (as_tuple(value)) return "tuple";
    if (const Bytes* bytes = as_bytes(value); bytes && bytes->is_mutable) return "bytearray";
    return as_bytes(value) ? "index" : "range object";
}

// What CPython calls the type in "list indices must be integers or slices, not str".
const char* indices_name(const Value& value) {
    if (as_str(value)) return "string";
    if (const Bytes* bytes = as_bytes(value)) return bytes->is_mutable ? "bytearray" : "byte";
    if (as_list(value)) return "list";
    if (as_tuple(value)) return "tuple";
    return "range";
}

// false: raised.
bool wrap_index(Vm& vm, const Value& value, const Value& key, std::int64_t length,
                std::int64_t& index, const char* what) {
    const Value plain = unboxed(key);
    if (is_integral(plain)) {
        index = int_of(plain);
    } else if (find_special(vm, key, "__index__")) {
        if (!to_index(vm, key, index)) return false;
    } else {
        if (as_str(value)) {
            type_error(vm, cat("string indices must be integers, not '", type_name(vm, key), "'"));
        } else {
            type_error(vm, cat(indices_name(value), " indices must be integers or slices, not ",
                               type_name(vm, key)));
        }
        return false;
    }
    if (index < 0) index += length;
    if (index >= 0 && index < length) return true;
    vm.raise(vm.types().index_error, cat(sequence_name(value), what, " out of range"));
    return false;
}

bool slice_bound(Vm& vm, const Value& value, std::int64_t& out) {
    const Value plain = unboxed(value);
    if (is_integral(plain)) {
        out = int_of(plain);
        return true;
    }
    if (find_special(vm, value, "__index__")) return to_index(vm, value, out);
    type_error(vm, "slice indices must be integers or None or have an __index__ method");
    return false;
}

Value text_sliced(Vm& vm, const Value& text, std::int64_t start, std::int64_t stop,
                  std::int64_t step) {
    const Str* str = as_str(text);
    TextView view;
    text_view(text, view);
    if (!work_on_text(vm, view.text.size() * (view.parts->size() + 1))) return {};
    const auto at = [&](std::int64_t index) {
        return str ? offset_of(*str, static_cast<std::size_t>(index))
                   : static_cast<std::size_t>(index);
    };
    if (step == 1) {
        const std::size_t begin = at(start);
        return text_slice(vm, text, begin, std::max(begin, at(std::max(start, stop))));
    }
    TextBuilder builder;
    if (str && !str->ascii) {
        // Offsets of all code points once: offset_of in a loop would be quadratic.
        std::vector<std::size_t> offsets;
        for (std::size_t i = 0; i < str->text.size(); i += sequence_size(str->text[i])) {
            offsets.push_back(i);
        }
        for (std::int64_t i = start; step > 0 ? i < stop : i > stop; i += step) {
            const std::size_t begin = offsets[static_cast<std::size_t>(i)];
            builder.add(view, begin, begin + sequence_size(str->text[begin]));
        }
    } else {
        for (std::int64_t i = start; step > 0 ? i < stop : i > stop; i += step) {
            builder.add(view, static_cast<std::size_t>(i), static_cast<std::size_t>(i) + 1);
        }
    }
    return builder.same_kind(vm, text);
}

Value sliced(Vm& vm, const Value& value, const Slice& slice, std::int64_t length) {
    if (as_unknown(slice.lower) || as_unknown(slice.upper) || as_unknown(slice.step)) {
        return derived_unknown(vm, cat(label_of(vm, value), "[...]"), value, {},
                               vm.class_of(value));
    }
    std::int64_t start = 0;
    std::int64_t stop = 0;
    std::int64_t step = 1;
    if (!slice_indices(vm, slice, length, start, stop, step)) return {};
    if (as_str(value) || as_bytes(value)) return text_sliced(vm, value, start, stop, step);
    if (const Range* range = as_range(value)) {
        Range* made = vm.make<Range>(ObjectKind::Range, vm.types().range);
        made->start = range->start + start * range->step;
        made->stop = range->start + stop * range->step;
        made->step = range->step * step;
        return Value::of(made);
    }
    const std::vector<Value>& items = *sequence_items(value);
    if (!vm.work((items.size() + 7) / 8)) return {};
    std::vector<Value> out;
    for (std::int64_t i = start; step > 0 ? i < stop : i > stop; i += step) {
        out.push_back(items[static_cast<std::size_t>(i)]);
    }
    return as_list(value) ? vm.list(std::move(out)) : vm.tuple(std::move(out));
}

Value item_of_text(Vm& vm, const Value& value, std::int64_t index) {
    if (const Bytes* bytes = as_bytes(value)) {
        return Value::of(static_cast<int>(static_cast<unsigned char>(
                             bytes->data[static_cast<std::size_t>(index)])))
            .with_origin(value.origin);
    }
    const Str& str = *as_str(value);
    if (!str.ascii && !work_on_text(vm, str.text.size())) return {};
    const std::size_t begin = offset_of(str, static_cast<std::size_t>(index));
    return text_slice(vm, value, begin, begin + sequence_size(str.text[begin]));
}

Value missing_key(Vm& vm, const Value& key) {
    return vm.raise(vm.make_exception(vm.types().key_error, std::vector<Value>{key}));
}

}  // namespace

std::int64_t range_length(const Range& range) {
    // In unsigned arithmetic: the difference may not fit.
    const auto distance = [](std::int64_t from, std::int64_t to, std::int64_t step) {
        if (from >= to) return std::int64_t{0};
        const std::uint64_t span =
            static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
        return static_cast<std::int64_t>((span - 1) / static_cast<std::uint64_t>(step) + 1);
    };
    return range.step > 0 ? distance(range.start, range.stop, range.step)
                          : distance(range.stop, range.start, -range.step);
}

// PySlice_AdjustIndices.
bool slice_indices(Vm& vm, const Slice& slice, std::int64_t length, std::int64_t& start,
                   std::int64_t& stop, std::int64_t& step) {
    step = 1;
    if (!slice.step.is_none() && !slice_bound(vm, slice.step, step)) return false;
    if (step == 0) {
        value_error(vm, "slice step cannot be zero");
        return false;
    }
    const std::int64_t lowest = step < 0 ? -1 : 0;
    const std::int64_t highest = step < 0 ? length - 1 : length;
    const auto bound = [&](const Value& value, std::int64_t otherwise, std::int64_t& out) {
        out = otherwise;
        if (value.is_none()) return true;
        if (!slice_bound(vm, value, out)) return false;
        if (out < 0) out += length;
        out = std::clamp(out, lowest, std::max(lowest, highest));
        return true;
    };
    return bound(slice.lower, step < 0 ? highest : lowest, start) &&
           bound(slice.upper, step < 0 ? lowest : highest, stop);
}

Value make_slice(Vm& vm, const Value& lower, const Value& upper, const Value& step) {
    Slice* made = vm.make<Slice>(ObjectKind::Slice, vm.types().slice);
    made->lower = lower ? lower : Value::none();
    made->upper = upper ? upper : Value::none();
    made->step = step ? step : Value::none();
    return Value::of(made);
}

// What the builtin kind does; the methods of MethodEntry tables call this too.
Value builtin_get_item(Vm& vm, const Value& value, const Value& key) {
    if (Dict* dict = as_dict(value)) {
        if (const Value* found = dict->find(vm, key)) return *found;
        if (vm.failed()) return {};
        bool has_missing = false;
        const Value made = call_special(vm, value, "__missing__", {key}, has_missing);
        if (has_missing) return made;
        if (dict->default_factory && !dict->default_factory.is_none()) {
            const Value fresh = vm.call(dict->default_factory, {});
            return fresh && dict->set(vm, key, fresh) ? fresh : Value();
        }
        if (as_unknown(key) && dict->live_count > 0) {
            // One of what is in it: the key chooses, but nothing of it is in the value.
            return derived_unknown(vm, cat(label_of(vm, value), "[", label_of(vm, key), "]"), value);
        }
        return missing_key(vm, key);
    }
    const bool text = as_str(value) || as_bytes(value);
    const std::vector<Value>* items = sequence_items(value);
    const Range* range = as_range(value);
    if (!text && !items && !range) {
        return type_error(vm, cat("'", type_name(vm, value), "' object is not subscriptable"));
    }
    std::int64_t length = 0;
    if (const Str* str = as_str(value)) {
        length = static_cast<std::int64_t>(length_of(*str));
    } else if (const Bytes* bytes = as_bytes(value)) {
        length = static_cast<std::int64_t>(bytes->data.size());
    } else {
        length = range ? range_length(*range) : static_cast<std::int64_t>(items->size());
    }
    if (const Slice* slice = as_slice(key)) return sliced(vm, value, *slice, length);
    if (as_unknown(key)) {
        return derived_unknown(vm, cat(label_of(vm, value), "[", label_of(vm, key), "]"), value, {},
                               as_str(value) ? vm.types().str : nullptr);
    }
    std::int64_t index = 0;
    if (!wrap_index(vm, value, key, length, index, as_bytes(value) ? "" : " index")) return {};
    if (range) return Value::of(range->start + index * range->step);
    return text ? item_of_text(vm, value, index) : (*items)[static_cast<std::size_t>(index)];
}

Value Vm::get_item(const Value& value, const Value& key) {
    if (const Unknown* unknown = as_unknown(value)) {
        const Value part =
            derived_unknown(*this, cat(unknown->label, "[", label_of(*this, key), "]"), value, key,
                            unknown->shape == types_.str ? types_.str : nullptr);
        const Str* name = as_str(key);
        return answer_part(*this, value, part, name ? std::string_view(name->text) : "[]");
    }
    if (Class* cls = as_class(value)) {
        if (cls->metaclass) {
            if (const Value method = find_special(*this, value, "__getitem__")) {
                return call(bind_attribute(*this, method, value, cls->metaclass), {key});
            }
        }
        if (cls->hooks) {
            const Value found = cls->hooks->class_item(*this, *cls, key);
            if (found || failed()) return found;
        }
        return subscript_form(*this, value, key);
    }
    if (value.is_object() && (!value.object->cls->methods || as_instance(value))) {
        bool found = false;
        const Value result = call_special(*this, value, "__getitem__", {key}, found);
        if (found) return result;
        if (type_form(value)) return subscript_form(*this, value, key);
    }
    return builtin_get_item(*this, value, key);
}

namespace {

bool set_slice(Vm& vm, List& list, const Slice& slice, const std::vector<Value>& with, bool erase) {
    std::int64_t start = 0;
    std::int64_t stop = 0;
    std::int64_t step = 1;
    auto& items = list.items;
    if (!slice_indices(vm, slice, static_cast<std::int64_t>(items.size()), start, stop, step)) {
        return false;
    }
    if (step == 1) {
        const auto first = items.begin() + static_cast<std::ptrdiff_t>(start);
        const auto last = items.begin() + static_cast<std::ptrdiff_t>(std::max(start, stop));
        items.insert(items.erase(first, last), with.begin(), with.end());
        return true;
    }
    std::vector<std::size_t> places;
    for (std::int64_t i = start; step > 0 ? i < stop : i > stop; i += step) {
        places.push_back(static_cast<std::size_t>(i));
    }
    if (erase) {
        std::sort(places.rbegin(), places.rend());
        for (const std::size_t place : places) {
            items.erase(items.begin() + static_cast<std::ptrdiff_t>(place));
        }
        return true;
    }
    if (places.size() != with.size()) {
        value_error(vm, cat("attempt to assign sequence of size ", with.size(),
                            " to extended slice of size ", places.size()));
        return false;
    }
    for (std::size_t i = 0; i < places.size(); ++i) items[places[i]] = with[i];
    return true;
}

bool set_byte(Vm& vm, const Value& value, const Value& key, const Value& to) {
    Bytes& bytes = *as_bytes(value);
    const auto size = static_cast<std::int64_t>(bytes.data.size());
    bytes.parts.clear();
    if (const Slice* slice = as_slice(key)) {
        std::int64_t start = 0;
        std::int64_t stop = 0;
        std::int64_t step = 1;
        TextView view;
        if (!slice_indices(vm, *slice, size, start, stop, step)) return false;
        if (!text_view(to, view) || step != 1) {
            type_error(vm, "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
            return false;
        }
        bytes.data.replace(static_cast<std::size_t>(start),
                           static_cast<std::size_t>(std::max(start, stop) - start), view.text);
        return true;
    }
    std::int64_t index = 0;
    std::int64_t byte = 0;
    if (!wrap_index(vm, value, key, size, index, " index") || !to_index(vm, to, byte)) return false;
    if (byte < 0 || byte > 255) {
        value_error(vm, "byte must be in range(0, 256)");
        return false;
    }
    bytes.data[static_cast<std::size_t>(index)] = static_cast<char>(byte);
    return true;
}

}  // namespace

bool builtin_set_item(Vm& vm, const Value& value, const Value& key, const Value& to) {
    if (Dict* dict = as_dict(value)) {
        if (!dict->set(vm, key, to)) return false;
        write_through(vm, *dict);
        return true;
    }
    if (List* list = as_list(value)) {
        if (const Slice* slice = as_slice(key)) {
            std::vector<Value> items;
            return vm.collect(to, items) && vm.charge(items.size() * sizeof(Value)) &&
                   set_slice(vm, *list, *slice, items, false);
        }
        if (as_unknown(key)) return true;
        std::int64_t index = 0;
        if (!wrap_index(vm, value, key, static_cast<std::int64_t>(list->items.size()), index,
                        " assignment index")) {
            return false;
        }
        list->items[static_cast<std::size_t>(index)] = to;
        return true;
    }
    if (const Bytes* bytes = as_bytes(value); bytes && bytes->is_mutable) {
        return set_byte(vm, value, key, to);
    }
    type_error(vm, cat("'", type_name(vm, value), "' object does not support item assignment"));
    return false;
}

bool Vm::set_item(const Value& value, const Value& key, const Value& to) {
    if (as_unknown(value)) return true;
    bool found = false;
    const Value result = call_special(*this, value, "__setitem__", {key, to}, found);
    if (found) return !result.is_null();
    return builtin_set_item(*this, value, key, to);
}

bool builtin_delete_item(Vm& vm, const Value& value, const Value& key) {
    if (Dict* dict = as_dict(value)) {
        if (dict->erase(vm, key)) {
            write_through(vm, *dict);
            return true;
        }
        if (!vm.failed()) missing_key(vm, key);
        return false;
    }
    if (List* list = as_list(value)) {
        if (const Slice* slice = as_slice(key)) return set_slice(vm, *list, *slice, {}, true);
        std::int64_t index = 0;
        if (!wrap_index(vm, value, key, static_cast<std::int64_t>(list->items.size()), index,
                        " assignment index")) {
            return false;
        }
        list->items.erase(list->items.begin() + static_cast<std::ptrdiff_t>(index));
        return true;
    }
    if (const Bytes* bytes = as_bytes(value); bytes && bytes->is_mutable) {
        if (as_slice(key)) return set_byte(vm, value, key, vm.bytes(""));
    }
    type_error(vm, cat("'", type_name(vm, value), "' object doesn't support item deletion"));
    return false;
}

bool Vm::delete_item(const Value& value, const Value& key) {
    if (as_unknown(value)) return true;
    bool found = false;
    const Value result = call_special(*this, value, "__delitem__", {key}, found);
    if (found) return !result.is_null();
    return builtin_delete_item(*this, value, key);
}

bool builtin_length(Vm& vm, const Value& value, std::int64_t& out) {
    if (const std::vector<Value>* items = sequence_items(value)) {
        out = static_cast<std::int64_t>(items->size());
    } else if (const Str* str = as_str(value)) {
        if (!str->ascii && !work_on_text(vm, str->text.size())) return false;
        out = static_cast<std::int64_t>(length_of(*str));
    } else if (const Bytes* bytes = as_bytes(value)) {
        out = static_cast<std::int64_t>(bytes->data.size());
    } else if (const Dict* dict = as_dict(value)) {
        out = static_cast<std::int64_t>(dict->live_count);
    } else if (const Set* set = as_set(value)) {
        out = static_cast<std::int64_t>(set->live_count);
    } else if (const Range* range = as_range(value)) {
        out = range_length(*range);
    } else if (const DictView* view = native_state<DictView>(value)) {
        out = static_cast<std::int64_t>(as_dict(view->dict)->live_count);
    } else {
        type_error(vm, cat("object of type '", type_name(vm, value), "' has no len()"));
        return false;
    }
    return true;
}

bool Vm::length(const Value& value, std::int64_t& out) {
    if (as_unknown(value)) {
        out = 1;  // as iteration has it: one unknown item
        return true;
    }
    bool found = false;
    const Value result = call_special(*this, value, "__len__", {}, found);
    if (found) {
        if (!result || !to_index(*this, result, out)) return false;
        if (out >= 0) return true;
        value_error(*this, "__len__() should return >= 0");
        return false;
    }
    if (Class* cls = as_class(value); cls && cls->hooks) {
        if (const Value members = cls->hooks->class_iterate(*this, *cls)) {
            std::vector<Value> items;
            if (!collect(members, items)) return false;
            out = static_cast<std::int64_t>(items.size());
            return true;
        }
        if (failed()) return false;
    }
    return builtin_length(*this, value, out);
}

}  // namespace wh::program
