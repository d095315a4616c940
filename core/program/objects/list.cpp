// list, tuple, range, slice; sorting.
#include <algorithm>

#include "program/objects/text_methods.h"

namespace wh::program {

Value container_getitem(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "__getitem__", 1, 1)) return {};
    return builtin_get_item(vm, arguments.self, arguments.positional[0]);
}

static Value done(bool ok) {
    return ok ? Value::none() : Value();
}

Value container_setitem(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "__setitem__", 2, 2)) return {};
    return done(
        builtin_set_item(vm, arguments.self, arguments.positional[0], arguments.positional[1]));
}

Value container_delitem(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "__delitem__", 1, 1)) return {};
    return done(builtin_delete_item(vm, arguments.self, arguments.positional[0]));
}

Value container_len(Vm& vm, Arguments& arguments) {
    std::int64_t length = 0;
    return builtin_length(vm, arguments.self, length) ? Value::of(length) : Value();
}

Value container_iter(Vm& vm, Arguments& arguments) {
    return builtin_iterate(vm, arguments.self);
}

Value container_contains(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "__contains__", 1, 1)) return {};
    return builtin_contains(vm, arguments.self, arguments.positional[0]);
}

static Value operated(Vm& vm, Arguments& arguments, syntax::BinaryOp op) {
    if (!take(vm, arguments, "operator", 1, 1)) return {};
    return container_operation(vm, op, arguments.self, arguments.positional[0], false);
}

Value container_add(Vm& vm, Arguments& a) {
    return operated(vm, a, syntax::BinaryOp::Add);
}
Value container_mul(Vm& vm, Arguments& a) {
    return operated(vm, a, syntax::BinaryOp::Multiply);
}
Value container_or(Vm& vm, Arguments& a) {
    return operated(vm, a, syntax::BinaryOp::BitOr);
}

namespace {

std::vector<Value>& items_of(Arguments& arguments) {
    return as_list(arguments.self)->items;
}

// Accounts for moving that many items by one place.
bool work_of_moving(Vm& vm, std::int64_t count) {
    return vm.work(static_cast<std::size_t>(count) / 16);
}

Value list_init(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "list", 0, 1)) return {};
    std::vector<Value> items;
    if (const Value from = argument(arguments, 0); from && !vm.collect(from, items)) return {};
    items_of(arguments) = std::move(items);
    return Value::none();
}

Value list_append(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "list.append", 1, 1) || !vm.charge(sizeof(Value))) return {};
    items_of(arguments).push_back(arguments.positional[0]);
    return Value::none();
}

Value list_extend(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "list.extend", 1, 1)) return {};
    return container_operation(vm, syntax::BinaryOp::Add, arguments.self, arguments.positional[0],
                               true)
               ? Value::none()
               : Value();
}

Value list_insert(Vm& vm, Arguments& arguments) {
    std::int64_t index = 0;
    if (!take(vm, arguments, "insert", 2, 2) || !to_index(vm, arguments.positional[0], index) ||
        !vm.charge(sizeof(Value))) {
        return {};
    }
    std::vector<Value>& items = items_of(arguments);
    const auto size = static_cast<std::int64_t>(items.size());
    if (index < 0) index += size;
    index = std::clamp<std::int64_t>(index, 0, size);
    if (!work_of_moving(vm, size - index)) return {};
    items.insert(items.begin() + static_cast<std::ptrdiff_t>(index), arguments.positional[1]);
    return Value::none();
}

Value list_pop(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "pop", 0, 1)) return {};
    std::vector<Value>& items = items_of(arguments);
    std::int64_t index = -1;
    if (const Value given = argument(arguments, 0); given && !to_index(vm, given, index)) return {};
    if (items.empty()) return vm.raise(vm.types().index_error, "pop from empty list");
    if (index < 0) index += static_cast<std::int64_t>(items.size());
    if (index < 0 || index >= static_cast<std::int64_t>(items.size())) {
        return vm.raise(vm.types().index_error, "pop index out of range");
    }
    if (!work_of_moving(vm, static_cast<std::int64_t>(items.size()) - index)) return {};
    const Value item = items[static_cast<std::size_t>(index)];
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(index));
    return item;
}

// Position of an equal item; -1: none, -2: failed.
std::int64_t position_of(Vm& vm, const Value& sequence, const Value& item, std::int64_t from,
                         std::int64_t to) {
    const std::vector<Value>& items = *sequence_items(sequence);
    for (auto i = from; i < to && i < static_cast<std::int64_t>(items.size()); ++i) {
        bool same = false;
        const Value each = items[static_cast<std::size_t>(i)];
        if (!vm.work(1) || !vm.equal(each, item, same)) return -2;
        if (same) return i;
    }
    return -1;
}

Value list_remove(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "list.remove", 1, 1)) return {};
    const std::int64_t at = position_of(vm, arguments.self, arguments.positional[0], 0, INT64_MAX);
    if (at == -2) return {};
    if (at == -1) return value_error(vm, "list.remove(x): x not in list");
    if (!work_of_moving(vm, static_cast<std::int64_t>(items_of(arguments).size()))) return {};
    items_of(arguments).erase(items_of(arguments).begin() + static_cast<std::ptrdiff_t>(at));
    return Value::none();
}

Value sequence_index(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "index", 1, 3)) return {};
    const auto size = static_cast<std::int64_t>(sequence_items(arguments.self)->size());
    std::int64_t limits[2] = {0, size};
    for (std::size_t i = 0; i < 2; ++i) {
        const Value given = argument(arguments, i + 1);
        if (given && !to_index(vm, given, limits[i])) return {};
        if (limits[i] < 0) limits[i] = std::max<std::int64_t>(0, limits[i] + size);
    }
    const std::int64_t at =
        position_of(vm, arguments.self, arguments.positional[0], limits[0], limits[1]);
    if (at >= 0) return Value::of(at);
    if (at == -2) return {};
    if (as_tuple(arguments.self)) return value_error(vm, "tuple.index(x): x not in tuple");
    std::string shown;
    if (!vm.repr(arguments.positional[0], shown)) return {};
    return value_error(vm, cat(shown, " is not in list"));
}

Value sequence_count(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "count", 1, 1)) return {};
    std::int64_t count = 0;
    for (std::int64_t at = 0;; ++at, ++count) {
        at = position_of(vm, arguments.self, arguments.positional[0], at, INT64_MAX);
        if (at == -2) return {};
        if (at == -1) return Value::of(count);
    }
}

Value list_clear(Vm&, Arguments& arguments) {
    items_of(arguments).clear();
    return Value::none();
}

Value list_reverse(Vm& vm, Arguments& arguments) {
    if (!work_of_moving(vm, static_cast<std::int64_t>(items_of(arguments).size()))) return {};
    std::reverse(items_of(arguments).begin(), items_of(arguments).end());
    return Value::none();
}

Value list_copy(Vm& vm, Arguments& arguments) {
    return vm.list(items_of(arguments));
}

Value list_sort(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "sort", "*, key?, reverse?", bound)) return {};
    bool reverse = false;
    if (bound.has("reverse") && !vm.truth(bound["reverse"], reverse)) return {};
    std::vector<Value> items = items_of(arguments);
    if (!sort_values(vm, items, bound.has_value("key") ? bound["key"] : Value(), reverse)) {
        return {};
    }
    items_of(arguments) = std::move(items);
    return Value::none();
}

Value sequence_reversed(Vm& vm, Arguments& arguments) {
    return iterate_sequence(vm, arguments.self, true);
}

Value sequence_hash(Vm& vm, Arguments& arguments) {
    std::uint64_t out = 0;
    return vm.hash(arguments.self, out) ? Value::of(static_cast<std::int64_t>(out >> 3)) : Value();
}

Value range_field(Vm&, Arguments& arguments, int which) {
    const Range* range = as_range(arguments.self);
    return Value::of(which == 0 ? range->start : which == 1 ? range->stop : range->step);
}
Value range_start(Vm& vm, Arguments& a) {
    return range_field(vm, a, 0);
}
Value range_stop(Vm& vm, Arguments& a) {
    return range_field(vm, a, 1);
}
Value range_step(Vm& vm, Arguments& a) {
    return range_field(vm, a, 2);
}

Value range_index(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "range.index", 1, 1)) return {};
    const Range* range = as_range(arguments.self);
    const Value item = arguments.positional[0];
    const Value inside = builtin_contains(vm, arguments.self, item);
    if (inside.is_true()) return Value::of((int_of(item) - range->start) / range->step);
    std::string shown;
    if (!inside || !vm.repr(item, shown)) return {};
    return value_error(vm, cat(shown, " is not in range"));
}

Value slice_start(Vm&, Arguments& arguments) {
    return as_slice(arguments.self)->lower;
}
Value slice_stop(Vm&, Arguments& arguments) {
    return as_slice(arguments.self)->upper;
}
Value slice_step(Vm&, Arguments& arguments) {
    return as_slice(arguments.self)->step;
}
Value slice_indices_method(Vm& vm, Arguments& arguments) {
    std::int64_t length = 0;
    std::int64_t start = 0;
    std::int64_t stop = 0;
    std::int64_t step = 1;
    if (!take(vm, arguments, "indices", 1, 1) || !to_index(vm, arguments.positional[0], length) ||
        !slice_indices(vm, *as_slice(arguments.self), length, start, stop, step)) {
        return {};
    }
    return vm.tuple({Value::of(start), Value::of(stop), Value::of(step)});
}

struct Sorted {
    Value key;
    Value item;
};

// Own merge sort: stable, and safe with comparisons that contradict themselves.
bool merge_sort(Vm& vm, std::vector<Sorted>& items, std::vector<Sorted>& spare, std::size_t begin,
                std::size_t end, bool reverse) {
    if (end - begin < 2) return true;
    const std::size_t middle = begin + (end - begin) / 2;
    if (!merge_sort(vm, items, spare, begin, middle, reverse) ||
        !merge_sort(vm, items, spare, middle, end, reverse)) {
        return false;
    }
    std::size_t left = begin;
    std::size_t right = middle;
    for (std::size_t out = begin; out < end; ++out) {
        bool take_right = left >= middle;
        if (!take_right && right < end) {
            // Equal ones keep their order, also when reversed.
            if (!vm.work(1)) return false;
            const bool ok = reverse ? vm.less(items[left].key, items[right].key, take_right)
                                    : vm.less(items[right].key, items[left].key, take_right);
            if (!ok) return false;
        }
        spare[out] = items[take_right ? right++ : left++];
    }
    std::copy(spare.begin() + static_cast<std::ptrdiff_t>(begin),
              spare.begin() + static_cast<std::ptrdiff_t>(end),
              items.begin() + static_cast<std::ptrdiff_t>(begin));
    return true;
}

}  // namespace

bool sort_values(Vm& vm, std::vector<Value>& items, const Value& key, bool reverse) {
    std::vector<Sorted> rows;
    for (const Value& item : items) {
        const Value by = key ? vm.call(key, {item}) : item;
        if (!by) return false;
        rows.push_back({by, item});
    }
    if (!vm.charge(rows.size() * sizeof(Sorted))) return false;
    std::vector<Sorted> spare(rows.size());
    if (!merge_sort(vm, rows, spare, 0, rows.size(), reverse)) return false;
    for (std::size_t i = 0; i < items.size(); ++i) items[i] = rows[i].item;
    return true;
}

#define WH_SEQUENCE_METHODS                                                     \
    {"__getitem__", &container_getitem}, {"__len__", &container_len},           \
        {"__iter__", &container_iter}, {"__contains__", &container_contains}, { \
        "__reversed__", &sequence_reversed                                      \
    }

const MethodEntry kListMethods[] = {{"append", &list_append},
                                    {"extend", &list_extend},
                                    {"insert", &list_insert},
                                    {"pop", &list_pop},
                                    {"remove", &list_remove},
                                    {"index", &sequence_index},
                                    {"count", &sequence_count},
                                    {"clear", &list_clear},
                                    {"reverse", &list_reverse},
                                    {"copy", &list_copy},
                                    {"sort", &list_sort},
                                    WH_SEQUENCE_METHODS,
                                    {"__add__", &container_add},
                                    {"__mul__", &container_mul},
                                    {"__setitem__", &container_setitem},
                                    {"__delitem__", &container_delitem},
                                    {"__init__", &list_init},
                                    {"__new__", &new_container, MethodEntry::Static},
                                    {nullptr, nullptr}};

const MethodEntry kTupleMethods[] = {{"index", &sequence_index},
                                     {"count", &sequence_count},
                                     WH_SEQUENCE_METHODS,
                                     {"__add__", &container_add},
                                     {"__mul__", &container_mul},
                                     {"__hash__", &sequence_hash},
                                     {"__new__", &new_container, MethodEntry::Static},
                                     {nullptr, nullptr}};

const MethodEntry kRangeMethods[] = {{"index", &range_index},
                                     {"start", &range_start, MethodEntry::Getter},
                                     {"stop", &range_stop, MethodEntry::Getter},
                                     {"step", &range_step, MethodEntry::Getter},
                                     WH_SEQUENCE_METHODS,
                                     {nullptr, nullptr}};

const MethodEntry kSliceMethods[] = {{"start", &slice_start, MethodEntry::Getter},
                                     {"stop", &slice_stop, MethodEntry::Getter},
                                     {"step", &slice_step, MethodEntry::Getter},
                                     {"indices", &slice_indices_method},
                                     {nullptr, nullptr}};

}  // namespace wh::program
