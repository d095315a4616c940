// iter() and next().
#include <algorithm>

#include "base/limits.h"
#include "program/objects/support.h"

namespace wh::program {

namespace {

struct SequenceIterator : Iterator {
    using Iterator::Iterator;
    Value sequence;  // list, tuple, range, bytes
    std::int64_t position = 0;
    bool reversed = false;
    Value next(Vm& vm) override {
        if (!sequence) return {};
        std::int64_t length = 0;
        if (!builtin_length(vm, sequence, length)) return {};
        if (reversed ? position < 0 : position >= length) {
            sequence = Value();
            return {};
        }
        const std::int64_t at = reversed ? position-- : position++;
        if (const std::vector<Value>* items = sequence_items(sequence)) {
            if (at >= length) return {};
            return (*items)[static_cast<std::size_t>(at)];
        }
        if (const Range* range = as_range(sequence)) {
            return Value::of(range->start + at * range->step);
        }
        return builtin_get_item(vm, sequence, Value::of(at));
    }
};

struct TextIterator : Iterator {
    using Iterator::Iterator;
    Value text;
    std::size_t offset = 0;
    Value next(Vm& vm) override {
        const std::string& bytes = as_str(text)->text;
        if (offset >= bytes.size()) return {};
        // A placeholder is one unknown character, not its letters.
        for (const trust::TextPart& part : as_str(text)->parts) {
            if (part.unknown && part.begin == offset) {
                offset = part.end;
                return text_slice(vm, text, part.begin, part.end);
            }
        }
        const std::size_t begin = offset;
        offset += sequence_size(bytes[begin]);
        return text_slice(vm, text, begin, offset);
    }
};

struct TableIterator : Iterator {
    using Iterator::Iterator;
    Value owner;
    const Table* table = nullptr;
    int kind_of_view = 0;
    bool reversed = false;
    std::uint32_t version = 0;
    std::size_t position = 0;  // entries taken
    Value next(Vm& vm) override {
        if (!table) return {};
        if (version != table->version) {
            const bool dict = as_dict(owner) != nullptr;
            table = nullptr;
            return vm.raise(vm.types().runtime_error,
                            dict ? "dictionary changed size during iteration"
                                 : "Set changed size during iteration");
        }
        while (position < table->entries.size()) {
            const std::size_t at = reversed ? table->entries.size() - 1 - position : position;
            ++position;
            const Table::Entry& entry = table->entries[at];
            if (!entry.live) continue;
            if (kind_of_view == 0) return entry.key;
            if (kind_of_view == 1) return entry.value;
            return vm.tuple({entry.key, entry.value});
        }
        table = nullptr;
        return {};
    }
};

struct ValuesIterator : Iterator {
    using Iterator::Iterator;
    std::vector<Value> items;
    std::size_t position = 0;
    Value next(Vm&) override { return position < items.size() ? items[position++] : Value(); }
};

// An object with __getitem__ only: 0, 1, 2 ... until IndexError.
struct ItemIterator : Iterator {
    using Iterator::Iterator;
    Value object;
    std::int64_t position = 0;
    Value next(Vm& vm) override {
        const Value item = vm.get_item(object, Value::of(position++));
        if (!item && vm.error_is(vm.types().index_error)) vm.take_error();
        return item;
    }
};

// iter(callable, sentinel).
struct SentinelIterator : Iterator {
    using Iterator::Iterator;
    Value callable, sentinel;
    bool ended = false;
    Value next(Vm& vm) override {
        if (ended) return {};
        const Value item = vm.call(callable, {});
        if (!item) return {};
        if (as_unknown(item)) {
            // What it gives is not known: one item, then the end.
            ended = true;
            return item;
        }
        return vm.equal(item, sentinel, ended) && !ended ? item : Value();
    }
};

}  // namespace

Value iterate_values(Vm& vm, std::vector<Value> items, std::string_view class_name) {
    auto* made = vm.make<ValuesIterator>(ObjectKind::Iterator,
                                         named_class(vm, class_name, kIteratorMethods));
    made->items = std::move(items);
    return Value::of(made);
}

Value iterate_table(Vm& vm, const Value& owner, const Table& table, int kind, bool reversed) {
    static constexpr std::string_view kNames[] = {"dict_keyiterator", "dict_valueiterator",
                                                  "dict_itemiterator"};
    auto* made = vm.make<TableIterator>(
        ObjectKind::Iterator,
        named_class(vm, as_set(owner) ? "set_iterator" : kNames[kind], kIteratorMethods));
    made->owner = owner;
    made->table = &table;
    made->kind_of_view = kind;
    made->reversed = reversed;
    made->version = table.version;
    return Value::of(made);
}

Value iterate_sequence(Vm& vm, const Value& sequence, bool reversed) {
    const char* const name = as_list(sequence)    ? "list_iterator"
                             : as_tuple(sequence) ? "tuple_iterator"
                             : as_range(sequence) ? "range_iterator"
                                                  : "bytes_iterator";
    auto* made =
        vm.make<SequenceIterator>(ObjectKind::Iterator, named_class(vm, name, kIteratorMethods));
    made->sequence = sequence;
    made->reversed = reversed;
    if (reversed && !builtin_length(vm, sequence, made->position)) return {};
    if (reversed) --made->position;
    return Value::of(made);
}

Value iterate_until(Vm& vm, const Value& callable, const Value& sentinel) {
    auto* made = vm.make<SentinelIterator>(ObjectKind::Iterator,
                                           named_class(vm, "callable_iterator", kIteratorMethods));
    made->callable = callable;
    made->sentinel = sentinel;
    return Value::of(made);
}

Value builtin_iterate(Vm& vm, const Value& value) {
    if (sequence_items(value) || as_range(value) || as_bytes(value)) {
        return iterate_sequence(vm, value, false);
    }
    if (as_str(value)) {
        auto* made = vm.make<TextIterator>(ObjectKind::Iterator,
                                           named_class(vm, "str_iterator", kIteratorMethods));
        made->text = value;
        return Value::of(made);
    }
    if (const Dict* dict = as_dict(value)) return iterate_table(vm, value, *dict, 0);
    if (const Set* set = as_set(value)) return iterate_table(vm, value, *set, 0);
    if (const DictView* view = native_state<DictView>(value)) {
        return iterate_table(vm, view->dict, *as_dict(view->dict), view->kind);
    }
    const Generator* generator = as_generator(value);
    if (as_iterator(value) || (generator && generator->type == Generator::Type::Generator)) {
        return value;
    }
    return type_error(vm, cat("'", type_name(vm, value), "' object is not iterable"));
}

Value Vm::iterate(const Value& value) {
    if (const Unknown* unknown = as_unknown(value)) {
        const Value item = derived_unknown(*this, cat(unknown->label, "[...]"), value, {},
                                           unknown->shape == types_.str ? types_.str : nullptr);
        answer_part(*this, value, item, "[]");
        return iterate_values(*this, {item}, "iterator");
    }
    if (Class* cls = as_class(value)) {
        if (cls->metaclass) {
            if (const Value method = find_special(*this, value, "__iter__")) {
                return call(bind_attribute(*this, method, value, cls->metaclass), {});
            }
        }
        const Value found = cls->hooks ? cls->hooks->class_iterate(*this, *cls) : Value();
        if (found || failed()) return found ? iterate(found) : found;
    }
    if (value.is_object() && (!value.object->cls->methods || as_instance(value))) {
        bool found = false;
        const Value iterator = call_special(*this, value, "__iter__", {}, found);
        if (found) {
            if (!iterator || as_unknown(iterator)) return iterator ? iterate(iterator) : iterator;
            if (as_iterator(iterator) || as_generator(iterator) ||
                find_special(*this, iterator, "__next__")) {
                return iterator;
            }
            return type_error(*this, cat("iter() returned non-iterator of type '",
                                         type_name(*this, iterator), "'"));
        }
        if (as_instance(value) && find_special(*this, value, "__getitem__")) {
            auto* made = make<ItemIterator>(ObjectKind::Iterator,
                                            named_class(*this, "iterator", kIteratorMethods));
            made->object = value;
            return Value::of(made);
        }
    }
    return builtin_iterate(*this, value);
}

Value Vm::next(const Value& iterator) {
    if (Iterator* native = as_iterator(iterator)) {
        Internals& in = *internals_;
        if (!work(1)) return {};
        if (in.iterator_depth >= limits::kIteratorDepthMax) {
            note_bound("nesting-limit",
                       cat("more than ", limits::kIteratorDepthMax, " iterators in each other"));
            return raise(types_.recursion_error, "maximum recursion depth exceeded");
        }
        ++in.iterator_depth;
        const Value item = native->next(*this);
        --in.iterator_depth;
        return item;
    }
    if (Generator* generator = as_generator(iterator)) {
        if (generator->type == Generator::Type::Generator) {
            return generator_next(*this, *generator);
        }
    }
    if (as_unknown(iterator)) {
        return derived_unknown(*this, cat("next(", label_of(*this, iterator), ")"), iterator);
    }
    bool found = false;
    const Value item = call_special(*this, iterator, "__next__", {}, found);
    if (found) {
        if (!item && error_is(types_.stop_iteration)) take_error();
        return item;
    }
    return type_error(*this, cat("'", type_name(*this, iterator), "' object is not an iterator"));
}

bool Vm::collect(const Value& iterable, std::vector<Value>& out) {
    if (const std::vector<Value>* items = sequence_items(iterable);
        items && iterable.object->cls->methods) {
        if (!work(items->size())) return false;
        out.insert(out.end(), items->begin(), items->end());
        return true;
    }
    const Value iterator = iterate(iterable);
    if (!iterator) return false;
    while (const Value item = next(iterator)) {
        // Native iterators take no steps of the interpreter: memory is what bounds them.
        if (!charge(sizeof(Value))) return false;
        out.push_back(item);
    }
    return !failed();
}

bool unpack(Vm& vm, const Value& value, std::size_t count, int star, std::vector<Value>& out) {
    std::vector<Value> items;
    if (as_unknown(value)) {
        for (std::size_t i = 0; i < count; ++i) {
            const Value item =
                derived_unknown(vm, cat(as_unknown(value)->label, "[", i, "]"), value);
            out.push_back(static_cast<int>(i) == star ? vm.list({item}) : item);
        }
        return true;
    }
    const Value iterator = vm.iterate(value);
    if (!iterator) {
        if (vm.error_is(vm.types().type_error)) {
            vm.take_error();
            type_error(vm, cat("cannot unpack non-iterable ", type_name(vm, value), " object"));
        }
        return false;
    }
    // One more than needed tells whether there are too many.
    while (star >= 0 || items.size() <= count) {
        const Value item = vm.next(iterator);
        if (!item) break;
        if (!vm.charge(sizeof(Value))) return false;
        items.push_back(item);
    }
    if (vm.failed()) return false;
    const std::size_t least = star >= 0 ? count - 1 : count;
    if (items.size() < least) {
        value_error(vm, cat("not enough values to unpack (expected ", star >= 0 ? "at least " : "",
                            least, ", got ", items.size(), ")"));
        return false;
    }
    if (star < 0) {
        if (items.size() > count) {
            value_error(vm, cat("too many values to unpack (expected ", count, ")"));
            return false;
        }
        out.insert(out.end(), items.begin(), items.end());
        return true;
    }
    const auto before = static_cast<std::size_t>(star);
    const std::size_t middle = items.size() - least;
    for (std::size_t i = 0; i < count; ++i) {
        if (i == before) {
            out.push_back(vm.list(
                std::vector<Value>(items.begin() + static_cast<std::ptrdiff_t>(before),
                                   items.begin() + static_cast<std::ptrdiff_t>(before + middle))));
        } else {
            out.push_back(items[i < before ? i : i + middle - 1]);
        }
    }
    return true;
}

}  // namespace wh::program
