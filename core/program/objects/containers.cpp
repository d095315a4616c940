// Operators, comparisons and `in` of the builtin containers.
#include <algorithm>

#include "base/limits.h"
#include "program/objects/support.h"
#include "program/objects/text_methods.h"

namespace wh::program {

using syntax::BinaryOp;
using syntax::CompareOp;

namespace {

Value repeated(Vm& vm, const Value& sequence, std::int64_t times, bool in_place) {
    if (times < 0) times = 0;
    if (TextView view; text_view(sequence, view)) {
        std::int64_t size = 0;
        if (__builtin_mul_overflow(static_cast<std::int64_t>(view.text.size()), times, &size) ||
            !vm.charge(static_cast<std::size_t>(size))) {
            if (!vm.failed()) vm.charge(limits::kHeapBytesMax);
            return {};
        }
        if (size == 0) times = 0;
        TextBuilder builder;
        if (view.parts->empty()) {
            std::string text;
            text.reserve(static_cast<std::size_t>(size));
            for (std::int64_t i = 0; i < times; ++i) text += view.text;
            builder.add(text, view.origin);
            return builder.same_kind(vm, sequence);
        }
        for (std::int64_t i = 0; i < times && vm.work(view.parts->size()); ++i) {
            builder.add(view, 0, view.text.size());
        }
        return builder.same_kind(vm, sequence);
    }
    const std::vector<Value>& items = *sequence_items(sequence);
    std::int64_t count = 0;
    if (__builtin_mul_overflow(static_cast<std::int64_t>(items.size()), times, &count) ||
        count > static_cast<std::int64_t>(limits::kHeapBytesMax) ||
        !vm.charge(static_cast<std::size_t>(count) * sizeof(Value))) {
        if (!vm.failed()) vm.charge(limits::kHeapBytesMax);
        return {};
    }
    std::vector<Value> out;
    if (count == 0) times = 0;
    out.reserve(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < times; ++i) out.insert(out.end(), items.begin(), items.end());
    if (List* list = as_list(sequence); list && in_place) {
        list->items = std::move(out);
        return sequence;
    }
    return as_list(sequence) ? vm.list(std::move(out)) : vm.tuple(std::move(out));
}

Value added(Vm& vm, const Value& a, const Value& b, bool in_place) {
    if ((as_str(a) && as_str(b)) || (as_bytes(a) && as_bytes(b))) {
        TextBuilder builder;
        builder.add(a);
        builder.add(b);
        if (Bytes* bytes = as_bytes(a); bytes && bytes->is_mutable && in_place) {
            const Value made = builder.bytes(vm, true);
            if (!made) return {};
            bytes->data = as_bytes(made)->data;
            bytes->parts = as_bytes(made)->parts;
            return a.with_origin(made.origin);
        }
        return builder.same_kind(vm, a);
    }
    if (List* list = as_list(a); list && in_place) {
        std::vector<Value> more;
        if (!vm.collect(b, more) || !vm.charge(more.size() * sizeof(Value))) return {};
        list->items.insert(list->items.end(), more.begin(), more.end());
        return a;
    }
    const bool lists = as_list(a) && as_list(b);
    if (!lists && !(as_tuple(a) && as_tuple(b))) return Value::not_implemented();
    std::vector<Value> out = *sequence_items(a);
    const std::vector<Value>& more = *sequence_items(b);
    if (!vm.charge((out.size() + more.size()) * sizeof(Value))) return {};
    out.insert(out.end(), more.begin(), more.end());
    return lists ? vm.list(std::move(out)) : vm.tuple(std::move(out));
}

Value merged_dict(Vm& vm, const Value& a, const Value& b, bool in_place) {
    Value target = a;
    if (!in_place) {
        target = vm.dict();
        if (!target || !update_dict(vm, *as_dict(target), a)) return {};
        as_dict(target)->cls = as_dict(a)->cls;
        as_dict(target)->default_factory = as_dict(a)->default_factory;
    }
    if (!update_dict(vm, *as_dict(target), b)) return {};
    write_through(vm, *as_dict(target));
    return target;
}

}  // namespace

Value make_set(Vm& vm, bool frozen) {
    Set* set = vm.make<Set>(ObjectKind::Set, frozen ? vm.types().frozenset : vm.types().set);
    set->frozen = frozen;
    return Value::of(set);
}

Set* set_like(Vm& vm, const Value& value) {
    if (Set* set = as_set(value)) return set;
    const DictView* view = native_state<DictView>(value);
    if (!view || view->kind == 1) return nullptr;
    const Value made = make_set(vm);
    return update_set(vm, *as_set(made), value) ? as_set(made) : nullptr;
}

Value set_operation(Vm& vm, char op, const Value& a, const Value& b) {
    Set* left = set_like(vm, a);
    Set* right = set_like(vm, b);
    if (!left || !right) return vm.failed() ? Value() : Value::not_implemented();
    const Value made = make_set(vm, as_set(a) && left->frozen);
    Set& out = *as_set(made);
    for (const Table::Entry& entry : left->entries) {
        if (!entry.live) continue;
        const bool common = op != '|' && right->contains(vm, entry.key);
        if (vm.failed()) return {};
        if ((op == '|' || common == (op == '&')) && !out.add(vm, entry.key)) return {};
    }
    if (op == '|' || op == '^') {
        for (const Table::Entry& entry : right->entries) {
            if (!entry.live) continue;
            const bool common = op == '^' && left->contains(vm, entry.key);
            if (vm.failed() || (!common && !out.add(vm, entry.key))) return {};
        }
    }
    return made;
}

Value container_operation(Vm& vm, BinaryOp op, const Value& a, const Value& b, bool in_place) {
    if (op == BinaryOp::Add) return added(vm, a, b, in_place);
    if (op == BinaryOp::Multiply) {
        const auto is_sequence = [](const Value& value) {
            return as_str(value) || as_bytes(value) || sequence_items(value);
        };
        if (is_sequence(a) && is_integral(b)) return repeated(vm, a, int_of(b), in_place);
        if (is_integral(a) && is_sequence(b)) return repeated(vm, b, int_of(a), false);
    }
    if (op == BinaryOp::Modulo && (as_str(a) || as_bytes(a))) return percent_format(vm, a, b);
    if (op == BinaryOp::BitOr && as_dict(a) && as_dict(b)) {
        return merged_dict(vm, a, b, in_place);
    }
    const char symbol = op == BinaryOp::BitOr      ? '|'
                        : op == BinaryOp::BitAnd   ? '&'
                        : op == BinaryOp::Subtract ? '-'
                        : op == BinaryOp::BitXor   ? '^'
                                                   : 0;
    if (symbol == 0 || type_form(a) || type_form(b)) return Value::not_implemented();
    const Value result = set_operation(vm, symbol, a, b);
    Set* target = as_set(a);
    if (in_place && target && !target->frozen && result && result.tag != Tag::NotImplemented) {
        target->clear();
        return update_set(vm, *target, result) ? a : Value();
    }
    return result;
}

// -- comparisons
// -----------------------------------------------------------------------------------

namespace {

Value ordered(CompareOp op, int order) {
    switch (op) {
        case CompareOp::Equal:
            return Value::of(order == 0);
        case CompareOp::NotEqual:
            return Value::of(order != 0);
        case CompareOp::Less:
            return Value::of(order < 0);
        case CompareOp::LessEqual:
            return Value::of(order <= 0);
        case CompareOp::Greater:
            return Value::of(order > 0);
        case CompareOp::GreaterEqual:
            return Value::of(order >= 0);
        case CompareOp::Is:
        case CompareOp::IsNot:
        case CompareOp::In:
        case CompareOp::NotIn:
            break;
    }
    return Value::not_implemented();
}

bool is_equality(CompareOp op) {
    return op == CompareOp::Equal || op == CompareOp::NotEqual;
}

Value compare_numbers(CompareOp op, const Value& a, const Value& b) {
    if (is_integral(a) && is_integral(b)) {
        const std::int64_t x = int_of(a);
        const std::int64_t y = int_of(b);
        return ordered(op, x < y ? -1 : x > y ? 1 : 0);
    }
    const double x = real_of(a);
    const double y = real_of(b);
    if (x != x || y != y) return Value::of(op == CompareOp::NotEqual);  // NaN
    return ordered(op, x < y ? -1 : x > y ? 1 : 0);
}

// How far two texts are known to agree; false: one has a placeholder before they differ.
bool decidable(const TextView& a, const TextView& b) {
    const auto known = [](const TextView& view) {
        for (const trust::TextPart& part : *view.parts) {
            if (part.unknown) return static_cast<std::size_t>(part.begin);
        }
        return view.text.size() + 1;  // all of it, the end included
    };
    const std::size_t common = std::min(known(a), known(b));
    const std::size_t all = std::max(a.text.size(), b.text.size()) + 1;
    return common >= all || a.text.substr(0, common) != b.text.substr(0, common);
}

Value compare_sequences(Vm& vm, CompareOp op, const std::vector<Value>& a,
                        const std::vector<Value>& b) {
    if (is_equality(op) && a.size() != b.size()) return Value::of(op == CompareOp::NotEqual);
    const Deeper deeper(vm, "maximum recursion depth exceeded in comparison");
    if (!deeper.ok()) return {};
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        const Value left = a[i];
        const Value right = b[i];
        bool same = false;
        if (!vm.work(1) || !vm.equal(left, right, same)) return {};
        if (same) continue;
        if (is_equality(op)) return Value::of(op == CompareOp::NotEqual);
        return compare_operation(vm, op, left, right);
    }
    return ordered(op, a.size() < b.size() ? -1 : a.size() > b.size() ? 1 : 0);
}

// Is every key of a in b (and, with values, are they equal there)?
bool within(Vm& vm, const Table& a, Table& b, bool values, bool& out) {
    const Deeper deeper(vm, "maximum recursion depth exceeded in comparison");
    if (!deeper.ok()) return false;
    out = false;
    for (std::size_t i = 0; i < a.entries.size(); ++i) {
        const Table::Entry entry = a.entries[i];
        if (!entry.live) continue;
        if (!vm.work(1)) return false;
        const Table::Entry* other = b.find_entry(vm, entry.key);
        if (vm.failed()) return false;
        if (!other) return true;
        bool same = true;
        if (values && !vm.equal(entry.value, other->value, same)) return false;
        if (!same) return true;
    }
    out = true;
    return true;
}

Value compare_sets(Vm& vm, CompareOp op, Set& a, Set& b) {
    const bool turned = op == CompareOp::Greater || op == CompareOp::GreaterEqual;
    Set& small = turned ? b : a;
    Set& large = turned ? a : b;
    bool inside = false;
    if (small.live_count <= large.live_count && !within(vm, small, large, false, inside)) return {};
    const bool same_size = a.live_count == b.live_count;
    switch (op) {
        case CompareOp::Equal:
            return Value::of(inside && same_size);
        case CompareOp::NotEqual:
            return Value::of(!(inside && same_size));
        case CompareOp::Less:
        case CompareOp::Greater:
            return Value::of(inside && !same_size);
        case CompareOp::LessEqual:
        case CompareOp::GreaterEqual:
            return Value::of(inside);
        case CompareOp::Is:
        case CompareOp::IsNot:
        case CompareOp::In:
        case CompareOp::NotIn:
            break;
    }
    return Value::not_implemented();
}

// Equality of kinds that have no order. -1: no opinion, 0/1: result, -2: failed.
int equal_objects(Vm& vm, const Value& a, const Value& b) {
    if (Dict* left = as_dict(a)) {
        Dict* right = as_dict(b);
        if (!right) return -1;
        if (left->live_count != right->live_count) return 0;
        bool same = false;
        return within(vm, *left, *right, true, same) ? (same ? 1 : 0) : -2;
    }
    if (const Range* left = as_range(a)) {
        const Range* right = as_range(b);
        if (!right) return -1;
        const std::int64_t count = range_length(*left);
        if (count != range_length(*right)) return 0;
        return count == 0 ||
                       (left->start == right->start && (count == 1 || left->step == right->step))
                   ? 1
                   : 0;
    }
    if (const BoundMethod* left = as_bound_method(a)) {
        const BoundMethod* right = as_bound_method(b);
        if (!right) return -1;
        return same_object(left->function, right->function) && same_object(left->self, right->self)
                   ? 1
                   : 0;
    }
    if (const Slice* left = as_slice(a)) {
        const Slice* right = as_slice(b);
        if (!right) return -1;
        const Value pairs[][2] = {
            {left->lower, right->lower}, {left->upper, right->upper}, {left->step, right->step}};
        for (const auto& pair : pairs) {
            bool same = false;
            if (!vm.equal(pair[0], pair[1], same)) return -2;
            if (!same) return 0;
        }
        return 1;
    }
    const TypeForm* left = type_form(a);
    const TypeForm* right = type_form(b);
    if (!left || !right) return -1;
    if (left == right) return 1;
    const Deeper deeper(vm);
    if (!deeper.ok()) return -2;
    if (left->kind != right->kind || left->name != right->name ||
        left->args.size() != right->args.size() || left->kind == TypeForm::Kind::TypeVar ||
        left->kind == TypeForm::Kind::NewType) {
        return 0;
    }
    bool same = true;
    if (left->origin && right->origin && !vm.equal(left->origin, right->origin, same)) return -2;
    if (left->kind != TypeForm::Kind::Union) {
        for (std::size_t i = 0; same && i < left->args.size(); ++i) {
            if (!vm.equal(left->args[i], right->args[i], same)) return -2;
        }
        return same ? 1 : 0;
    }
    for (const Value& member : left->args) {
        bool any = false;
        for (const Value& other : right->args) {
            bool equal = false;
            if (!vm.equal(member, other, equal)) return -2;
            any = any || equal;
        }
        if (!any) return 0;
    }
    return 1;
}

}  // namespace

Value builtin_compare(Vm& vm, CompareOp op, const Value& a, const Value& b) {
    if (is_number(a) && is_number(b)) return compare_numbers(op, a, b);
    if (!a.is_object() || !b.is_object()) return Value::not_implemented();
    TextView left;
    TextView right;
    if (text_view(a, left) && text_view(b, right) && a.object->kind == b.object->kind) {
        if (!work_on_text(vm, std::min(left.text.size(), right.text.size()))) return {};
        if ((has_unknown_part(a) || has_unknown_part(b)) && !decidable(left, right)) {
            return same_object(a, b) ? ordered(op, 0) : Value::not_implemented();
        }
        return ordered(op, left.text.compare(right.text));
    }
    const std::vector<Value>* items = sequence_items(a);
    if (items && sequence_items(b) && a.object->kind == b.object->kind) {
        return compare_sequences(vm, op, *items, *sequence_items(b));
    }
    if (Set* set = set_like(vm, a)) {
        Set* other = set_like(vm, b);
        return other         ? compare_sets(vm, op, *set, *other)
               : vm.failed() ? Value()
                             : Value::not_implemented();
    }
    if (vm.failed()) return {};
    if (!is_equality(op)) return Value::not_implemented();
    const int same = equal_objects(vm, a, b);
    if (same == -2) return {};
    if (same < 0) return Value::not_implemented();
    return Value::of((same == 1) == (op == CompareOp::Equal));
}

// -- in
// --------------------------------------------------------------------------------------------

namespace {

Value maybe_in(Vm& vm, const Value& container, const Value& item) {
    const Value truth =
        unknown_bool(vm, cat(label_of(vm, item), " in ", label_of(vm, container)), item, container);
    const bool of_text = as_str(container) || as_bytes(container);
    return of_text ? truth : narrowing(truth, container, 1);
}

Value in_items(Vm& vm, const Value& container, const std::vector<Value>& items, const Value& item) {
    bool open = false;  // an unknown value may be the one
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Value each = items[i];
        if (!vm.work(1)) return {};
        if (same_object(each, item)) return Value::of(true);
        const Value same = compare_operation(vm, CompareOp::Equal, each, item);
        if (!same) return {};
        if (as_unknown(same)) {
            open = true;
            continue;
        }
        bool truth = false;
        if (!vm.truth(same, truth)) return {};
        if (truth) return Value::of(true);
    }
    return open ? maybe_in(vm, container, item) : Value::of(false);
}

Value in_text(Vm& vm, const Value& container, const Value& item) {
    if (as_unknown(item)) return maybe_in(vm, container, item);
    TextView outer;
    TextView inner;
    text_view(container, outer);
    if (!work_on_text(vm, outer.text.size())) return {};
    char byte = 0;
    if (as_bytes(container) && is_integral(item)) {
        byte = static_cast<char>(int_of(item));
        return Value::of(outer.text.find(byte) != std::string_view::npos);
    }
    if (!text_view(item, inner) || item.object->kind != container.object->kind) {
        if (as_str(container)) {
            return type_error(vm, cat("'in <string>' requires string as left operand, not ",
                                      type_name(vm, item)));
        }
        return type_error(vm,
                          cat("a bytes-like object is required, not '", type_name(vm, item), "'"));
    }
    if (has_unknown_part(item)) return maybe_in(vm, container, item);
    // Found in what is known: true. Else a placeholder may still hold it.
    const std::size_t at = find_text(outer.text, inner.text);
    if (!has_unknown_part(container)) return Value::of(at != std::string_view::npos);
    if (at != std::string_view::npos) {
        const bool touches =
            std::any_of(outer.parts->begin(), outer.parts->end(), [&](const trust::TextPart& part) {
                return part.unknown && part.begin < at + inner.text.size() && part.end > at;
            });
        if (!touches) return Value::of(true);
    }
    return maybe_in(vm, container, item);
}

}  // namespace

Value contains_value(Vm& vm, const Value& container, const Value& item) {
    if (as_unknown(container)) return maybe_in(vm, container, item);
    bool found = false;
    const Value answer = call_special(vm, container, "__contains__", {item}, found);
    if (found) {
        if (!answer || as_unknown(answer)) return answer;
        bool truth = false;
        return vm.truth(answer, truth) ? Value::of(truth) : Value();
    }
    return builtin_contains(vm, container, item);
}

Value builtin_contains(Vm& vm, const Value& container, const Value& item) {
    if (as_str(container) || as_bytes(container)) return in_text(vm, container, item);
    if (const std::vector<Value>* items = sequence_items(container)) {
        return in_items(vm, container, *items, item);
    }
    Table* table = as_dict(container)  ? static_cast<Table*>(as_dict(container))
                   : as_set(container) ? static_cast<Table*>(as_set(container))
                                       : nullptr;
    const DictView* view = native_state<DictView>(container);
    if (view && view->kind == 0) table = as_dict(view->dict);
    if (table) {
        const bool present = table->find_entry(vm, item) != nullptr;
        if (vm.failed()) return {};
        if (!present && table->live_count > 0) {
            bool open = not_fully_known(item);
            for (const Table::Entry& entry : table->entries) {
                open = open || (entry.live && as_unknown(entry.key));
            }
            if (open) return maybe_in(vm, container, item);
        }
        return Value::of(present);
    }
    if (const Range* range = as_range(container); range && is_integral(item)) {
        const std::int64_t number = int_of(item);
        const bool inside = range->step > 0 ? number >= range->start && number < range->stop
                                            : number <= range->start && number > range->stop;
        return Value::of(inside && (number - range->start) % range->step == 0);
    }
    std::vector<Value> items;
    const Value iterator = vm.iterate(container);
    if (!iterator) {
        if (vm.error_is(vm.types().type_error)) {
            vm.take_error();
            return type_error(
                vm, cat("argument of type '", type_name(vm, container), "' is not iterable"));
        }
        return {};
    }
    // Item by item: the iterable may be endless, and stops at the first that is equal.
    while (const Value each = vm.next(iterator)) {
        items.assign(1, each);
        const Value answer_here = in_items(vm, container, items, item);
        if (!answer_here || answer_here.is_true() || as_unknown(answer_here)) return answer_here;
    }
    return vm.failed() ? Value() : Value::of(false);
}

}  // namespace wh::program
