// Methods of dict, set, frozenset and of the views of a dict.
#include "program/objects/text_methods.h"

namespace wh::program {

bool update_dict(Vm& vm, Dict& dict, const Value& from) {
    if (as_unknown(from)) return true;
    const Dict* other = as_dict(from);
    if (other && (other->cls->methods || !find_special(vm, from, "keys"))) {
        for (std::size_t i = 0; i < other->entries.size(); ++i) {
            const Table::Entry entry = other->entries[i];
            if (entry.live && !dict.set(vm, entry.key, entry.value)) return false;
        }
        return true;
    }
    const Value keys = as_instance(from) || other ? vm.find_attribute(from, "keys") : Value();
    if (vm.failed()) return false;
    if (keys) {
        const Value list = vm.call(keys, {});
        const Value iterator = list ? vm.iterate(list) : Value();
        if (!iterator) return false;
        while (const Value key = vm.next(iterator)) {
            const Value value = vm.get_item(from, key);
            if (!value || !dict.set(vm, key, value)) return false;
        }
        return !vm.failed();
    }
    const Value iterator = vm.iterate(from);
    if (!iterator) return false;
    std::size_t number = 0;
    while (const Value pair = vm.next(iterator)) {
        std::vector<Value> items;
        if (as_unknown(pair)) continue;
        if (!vm.collect(pair, items)) {
            if (vm.error_is(vm.types().type_error)) {
                vm.take_error();
                type_error(vm, cat("cannot convert dictionary update sequence element #", number,
                                   " to a sequence"));
            }
            return false;
        }
        if (items.size() != 2) {
            value_error(vm, cat("dictionary update sequence element #", number, " has length ",
                                items.size(), "; 2 is required"));
            return false;
        }
        if (!dict.set(vm, items[0], items[1])) return false;
        ++number;
    }
    return !vm.failed();
}

bool update_set(Vm& vm, Set& set, const Value& from) {
    std::vector<Value> items;
    if (!vm.collect(from, items)) return false;
    for (const Value& item : items) {
        if (!set.add(vm, item)) return false;
    }
    return true;
}

Value make_view(Vm& vm, const Value& dict, int kind) {
    static constexpr std::string_view kNames[] = {"dict_keys", "dict_values", "dict_items"};
    auto state = std::make_unique<DictView>();
    state->dict = dict;
    state->kind = kind;
    return vm.instance(named_class(vm, kNames[kind], kViewMethods), std::move(state));
}

namespace {

Dict& dict_of(const Arguments& arguments) {
    return *as_dict(arguments.self);
}

Value dict_init(Vm& vm, Arguments& arguments) {
    const std::vector<std::pair<std::string, Value>> keywords = std::move(arguments.keywords);
    arguments.keywords.clear();
    if (!take(vm, arguments, "dict", 0, 1)) return {};
    if (const Value from = argument(arguments, 0);
        from && !update_dict(vm, dict_of(arguments), from)) {
        return {};
    }
    for (const auto& [name, value] : keywords) {
        if (!dict_of(arguments).set(vm, vm.str(name), value)) return {};
    }
    write_through(vm, dict_of(arguments));
    return Value::none();
}

Value dict_get(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "get", 1, 2)) return {};
    const Value key = arguments.positional[0];
    if (const Value* found = dict_of(arguments).find(vm, key)) return *found;
    if (vm.failed()) return {};
    const Value otherwise = argument(arguments, 1);
    if (as_unknown(key) && dict_of(arguments).live_count > 0) {
        return derived_unknown(vm, cat(label_of(vm, arguments.self), "[", label_of(vm, key), "]"),
                               arguments.self, argument(arguments, 1));
    }
    return otherwise ? otherwise : Value::none();
}

Value dict_setdefault(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "setdefault", 1, 2)) return {};
    const Value key = arguments.positional[0];
    if (const Value* found = dict_of(arguments).find(vm, key)) return *found;
    const Value otherwise = argument(arguments, 1) ? argument(arguments, 1) : Value::none();
    if (vm.failed() || !dict_of(arguments).set(vm, key, otherwise)) return {};
    write_through(vm, dict_of(arguments));
    return otherwise;
}

Value dict_pop(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "pop", 1, 2)) return {};
    const Value key = arguments.positional[0];
    Dict& dict = dict_of(arguments);
    if (Table::Entry* entry = dict.find_entry(vm, key)) {
        const Value value = entry->value;
        dict.remove(*entry);
        write_through(vm, dict);
        return value;
    }
    if (vm.failed()) return {};
    if (const Value otherwise = argument(arguments, 1)) return otherwise;
    return vm.raise(vm.make_exception(vm.types().key_error, std::vector<Value>{key}));
}

Value dict_popitem(Vm& vm, Arguments& arguments) {
    Dict& dict = dict_of(arguments);
    for (std::size_t i = dict.entries.size(); i-- > 0;) {
        if (!dict.entries[i].live) continue;
        const Value pair = vm.tuple({dict.entries[i].key, dict.entries[i].value});
        dict.remove(dict.entries[i]);
        return pair;
    }
    return vm.raise(vm.types().key_error, "popitem(): dictionary is empty");
}

Value dict_clear(Vm& vm, Arguments& arguments) {
    dict_of(arguments).clear();
    write_through(vm, dict_of(arguments));
    return Value::none();
}

Value dict_copy(Vm& vm, Arguments& arguments) {
    const Value made = vm.dict();
    const bool ok = update_dict(vm, *as_dict(made), arguments.self);
    // defaultdict.copy() is one too; other subclasses give a plain dict.
    as_dict(made)->default_factory = dict_of(arguments).default_factory;
    if (dict_of(arguments).default_factory) as_dict(made)->cls = dict_of(arguments).cls;
    return ok ? made : Value();
}

Value dict_keys(Vm& vm, Arguments& arguments) {
    return make_view(vm, arguments.self, 0);
}
Value dict_values(Vm& vm, Arguments& arguments) {
    return make_view(vm, arguments.self, 1);
}
Value dict_items(Vm& vm, Arguments& arguments) {
    return make_view(vm, arguments.self, 2);
}

Value dict_reversed(Vm& vm, Arguments& arguments) {
    return iterate_table(vm, arguments.self, dict_of(arguments), 0, true);
}

Value dict_fromkeys(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "fromkeys", 1, 2)) return {};
    const Value made = vm.call(arguments.self, {});
    std::vector<Value> keys;
    if (!made || !vm.collect(arguments.positional[0], keys)) return {};
    const Value value = argument(arguments, 1) ? argument(arguments, 1) : Value::none();
    for (const Value& key : keys) {
        if (!vm.set_item(made, key, value)) return {};
    }
    return made;
}

// -- sets
// ------------------------------------------------------------------------------------------

Set& set_of(const Arguments& arguments) {
    return *as_set(arguments.self);
}

Value as_set_value(Vm& vm, const Value& value) {
    if (as_set(value)) return value;
    const Value made = make_set(vm);
    return update_set(vm, *as_set(made), value) ? made : Value();
}

// union, intersection ... with any number of iterables; `in_place`: the ..._update methods.
Value combined(Vm& vm, Arguments& arguments, char op, bool in_place) {
    if (!arguments.keywords.empty()) return type_error(vm, "set methods take no keyword arguments");
    Value result = arguments.self;
    if (arguments.positional.empty() && !in_place) {
        result = make_set(vm, set_of(arguments).frozen);
        return update_set(vm, *as_set(result), arguments.self) ? result : Value();
    }
    for (const Value& each : arguments.positional) {
        const Value other = as_set_value(vm, each);
        result = other ? set_operation(vm, op, result, other) : Value();
        if (!result) return {};
    }
    if (!in_place) return result;
    if (!same_object(result, arguments.self)) {
        set_of(arguments).clear();
        if (!update_set(vm, set_of(arguments), result)) return {};
    }
    return Value::none();
}

Value set_union(Vm& vm, Arguments& a) {
    return combined(vm, a, '|', false);
}
Value set_intersection(Vm& vm, Arguments& a) {
    return combined(vm, a, '&', false);
}
Value set_difference(Vm& vm, Arguments& a) {
    return combined(vm, a, '-', false);
}
Value set_symmetric(Vm& vm, Arguments& a) {
    return combined(vm, a, '^', false);
}
Value set_update(Vm& vm, Arguments& arguments) {
    for (const Value& each : arguments.positional) {
        if (!update_set(vm, set_of(arguments), each)) return {};
    }
    return Value::none();
}
Value set_intersection_update(Vm& vm, Arguments& a) {
    return combined(vm, a, '&', true);
}
Value set_difference_update(Vm& vm, Arguments& a) {
    return combined(vm, a, '-', true);
}
Value set_symmetric_update(Vm& vm, Arguments& a) {
    return combined(vm, a, '^', true);
}

Value set_init(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "set", 0, 1)) return {};
    set_of(arguments).clear();
    const Value from = argument(arguments, 0);
    return !from || update_set(vm, set_of(arguments), from) ? Value::none() : Value();
}

Value set_add(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "set.add", 1, 1)) return {};
    return set_of(arguments).add(vm, arguments.positional[0]) ? Value::none() : Value();
}

Value set_discard(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "set.discard", 1, 1)) return {};
    set_of(arguments).erase(vm, arguments.positional[0]);
    return vm.failed() ? Value() : Value::none();
}

Value set_remove(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "set.remove", 1, 1)) return {};
    if (set_of(arguments).erase(vm, arguments.positional[0])) return Value::none();
    if (vm.failed()) return {};
    return vm.raise(
        vm.make_exception(vm.types().key_error, std::vector<Value>{arguments.positional[0]}));
}

Value set_pop(Vm& vm, Arguments& arguments) {
    for (Table::Entry& entry : set_of(arguments).entries) {
        if (!entry.live) continue;
        const Value key = entry.key;
        set_of(arguments).remove(entry);
        return key;
    }
    return vm.raise(vm.types().key_error, "pop from an empty set");
}

Value set_clear(Vm&, Arguments& arguments) {
    set_of(arguments).clear();
    return Value::none();
}

Value set_copy(Vm& vm, Arguments& arguments) {
    const Value made = make_set(vm, set_of(arguments).frozen);
    return update_set(vm, *as_set(made), arguments.self) ? made : Value();
}

Value set_compared(Vm& vm, Arguments& arguments, const char* name, syntax::CompareOp op) {
    if (!take(vm, arguments, name, 1, 1)) return {};
    const Value other = as_set_value(vm, arguments.positional[0]);
    return other ? builtin_compare(vm, op, arguments.self, other) : other;
}
Value set_issubset(Vm& vm, Arguments& a) {
    return set_compared(vm, a, "set.issubset", syntax::CompareOp::LessEqual);
}
Value set_issuperset(Vm& vm, Arguments& a) {
    return set_compared(vm, a, "set.issuperset", syntax::CompareOp::GreaterEqual);
}
Value set_isdisjoint(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "isdisjoint", 1, 1)) return {};
    const Value other = as_set_value(vm, arguments.positional[0]);
    const Value common = other ? set_operation(vm, '&', arguments.self, other) : other;
    return common ? Value::of(as_set(common)->live_count == 0) : common;
}

Value view_mapping(Vm&, Arguments& arguments) {
    return native_state<DictView>(arguments.self)->dict;
}

Value view_reversed(Vm& vm, Arguments& arguments) {
    const DictView* view = native_state<DictView>(arguments.self);
    return iterate_table(vm, view->dict, *as_dict(view->dict), view->kind, true);
}

}  // namespace

#define WH_TABLE_METHODS                                        \
    {"__len__", &container_len}, {"__iter__", &container_iter}, \
        {"__contains__", &container_contains}, {                \
        "__or__", &container_or                                 \
    }

const MethodEntry kDictMethods[] = {{"get", &dict_get},
                                    {"items", &dict_items},
                                    {"keys", &dict_keys},
                                    {"values", &dict_values},
                                    {"setdefault", &dict_setdefault},
                                    {"pop", &dict_pop},
                                    {"popitem", &dict_popitem},
                                    {"update", &dict_init},
                                    {"clear", &dict_clear},
                                    {"copy", &dict_copy},
                                    {"fromkeys", &dict_fromkeys, MethodEntry::ClassMethod},
                                    WH_TABLE_METHODS,
                                    {"__reversed__", &dict_reversed},
                                    {"__getitem__", &container_getitem},
                                    {"__setitem__", &container_setitem},
                                    {"__delitem__", &container_delitem},
                                    {"__init__", &dict_init},
                                    {"__new__", &new_container, MethodEntry::Static},
                                    {nullptr, nullptr}};

#define WH_SET_METHODS                                                                           \
    {"union", &set_union}, {"intersection", &set_intersection}, {"difference", &set_difference}, \
        {"symmetric_difference", &set_symmetric}, {"issubset", &set_issubset},                   \
        {"issuperset", &set_issuperset}, {"isdisjoint", &set_isdisjoint}, {"copy", &set_copy},   \
        WH_TABLE_METHODS, {                                                                      \
        "__new__", &new_container, MethodEntry::Static                                           \
    }

const MethodEntry kSetMethods[] = {WH_SET_METHODS,
                                   {"add", &set_add},
                                   {"remove", &set_remove},
                                   {"discard", &set_discard},
                                   {"pop", &set_pop},
                                   {"clear", &set_clear},
                                   {"update", &set_update},
                                   {"intersection_update", &set_intersection_update},
                                   {"difference_update", &set_difference_update},
                                   {"symmetric_difference_update", &set_symmetric_update},
                                   {"__init__", &set_init},
                                   {nullptr, nullptr}};

const MethodEntry kFrozensetMethods[] = {WH_SET_METHODS, {nullptr, nullptr}};

const MethodEntry kViewMethods[] = {{"__len__", &container_len},
                                    {"__iter__", &container_iter},
                                    {"__reversed__", &view_reversed},
                                    {"isdisjoint", &set_isdisjoint},
                                    {"mapping", &view_mapping, MethodEntry::Getter},
                                    {nullptr, nullptr}};

}  // namespace wh::program
