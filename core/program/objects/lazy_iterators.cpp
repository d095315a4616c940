// enumerate, zip, map, filter, reversed; the methods of native iterators.
#include "program/objects/support.h"

namespace wh::program {

namespace {

struct Enumerate : Iterator {
    using Iterator::Iterator;
    Value inner;
    std::int64_t number = 0;
    Value next(Vm& vm) override {
        const Value item = vm.next(inner);
        return item ? vm.tuple({Value::of(number++), item}) : item;
    }
};

struct Zip : Iterator {
    using Iterator::Iterator;
    std::vector<Value> inner;
    bool strict = false;
    Value next(Vm& vm) override {
        std::vector<Value> items;
        for (std::size_t i = 0; i < inner.size(); ++i) {
            const Value item = vm.next(inner[i]);
            if (vm.failed()) return {};
            if (!item && strict && i > 0) return differs(vm, i, "shorter");
            if (!item && strict) return first_ended(vm);
            if (!item) return {};
            items.push_back(item);
        }
        return items.empty() ? Value() : vm.tuple(std::move(items));
    }

  private:
    static Value differs(Vm& vm, std::size_t i, const char* how) {
        return value_error(vm, cat("zip() argument ", i + 1, " is ", how, " than argument",
                                   i == 1 ? " " : "s 1-", i));
    }
    Value first_ended(Vm& vm) {
        for (std::size_t i = 1; i < inner.size(); ++i) {
            if (vm.next(inner[i])) return differs(vm, i, "longer");
            if (vm.failed()) return {};
        }
        return {};
    }
};

struct Map : Iterator {
    using Iterator::Iterator;
    Value function;
    std::vector<Value> inner;
    Value next(Vm& vm) override {
        Arguments arguments;
        for (const Value& each : inner) {
            const Value item = vm.next(each);
            if (!item) return {};
            arguments.positional.push_back(item);
        }
        return vm.call(function, std::move(arguments));
    }
};

struct Filter : Iterator {
    using Iterator::Iterator;
    Value function;
    Value inner;
    Value next(Vm& vm) override {
        while (const Value item = vm.next(inner)) {
            const Value answer = function.is_none() ? item : vm.call(function, {item});
            bool keep = false;
            if (!answer || !vm.truth(answer, keep)) return {};
            if (keep) return item;
        }
        return {};
    }
};

bool iterate_all(Vm& vm, const std::vector<Value>& values, std::size_t from, const char* name,
                 std::vector<Value>& out) {
    for (std::size_t i = from; i < values.size(); ++i) {
        const Value iterator = vm.iterate(values[i]);
        if (!iterator) {
            if (*name && vm.error_is(vm.types().type_error)) {
                vm.take_error();
                type_error(vm, cat(name, " argument #", i + 1, " must support iteration"));
            }
            return false;
        }
        out.push_back(iterator);
    }
    return true;
}

Value iterator_iter(Vm&, Arguments& arguments) {
    return arguments.self;
}

Value iterator_next(Vm& vm, Arguments& arguments) {
    const Value item = vm.next(arguments.self);
    if (item || vm.failed()) return item;
    return vm.raise(vm.make_exception(vm.types().stop_iteration, std::vector<Value>{}));
}

Value iterator_length_hint(Vm&, Arguments&) {
    return Value::of(0);
}

}  // namespace

Value make_enumerate(Vm& vm, Class& cls, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "enumerate", "iterable, start?", bound)) return {};
    auto* made = vm.make<Enumerate>(ObjectKind::Iterator, &cls);
    made->inner = vm.iterate(bound["iterable"]);
    if (!made->inner) return {};
    if (bound.has("start") && !to_index(vm, bound["start"], made->number)) return {};
    return Value::of(made);
}

Value make_zip(Vm& vm, Class& cls, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "zip", "*iterables, strict?", bound)) return {};
    auto* made = vm.make<Zip>(ObjectKind::Iterator, &cls);
    if (bound.has("strict") && !vm.truth(bound["strict"], made->strict)) return {};
    return iterate_all(vm, bound.rest(), 0, "zip", made->inner) ? Value::of(made) : Value();
}

Value make_map(Vm& vm, Class& cls, Arguments& arguments) {
    if (arguments.positional.size() < 2) {
        return type_error(vm, "map() must have at least two arguments.");
    }
    auto* made = vm.make<Map>(ObjectKind::Iterator, &cls);
    made->function = arguments.positional[0];
    return iterate_all(vm, arguments.positional, 1, "", made->inner) ? Value::of(made) : Value();
}

Value make_filter(Vm& vm, Class& cls, Arguments& arguments) {
    if (!take(vm, arguments, "filter", 2, 2)) return {};
    auto* made = vm.make<Filter>(ObjectKind::Iterator, &cls);
    made->function = arguments.positional[0];
    made->inner = vm.iterate(arguments.positional[1]);
    return made->inner ? Value::of(made) : Value();
}

Value make_reversed(Vm& vm, Class&, Arguments& arguments) {
    if (!take(vm, arguments, "reversed", 1, 1)) return {};
    const Value value = arguments.positional[0];
    bool found = false;
    const Value own = call_special(vm, value, "__reversed__", {}, found);
    if (found) return own;
    if (sequence_items(value) || as_range(value) || as_bytes(value)) {
        return iterate_sequence(vm, value, true);
    }
    if (const Dict* dict = as_dict(value)) return iterate_table(vm, value, *dict, 0, true);
    if (as_unknown(value)) return vm.iterate(value);
    const bool sequence = as_str(value) || find_special(vm, value, "__getitem__");
    if (!sequence || as_set(value)) {
        return type_error(vm, cat("'", type_name(vm, value), "' object is not reversible"));
    }
    std::int64_t length = 0;
    std::vector<Value> items;
    if (!vm.length(value, length)) return {};
    for (std::int64_t i = length; i-- > 0;) {
        const Value item = vm.get_item(value, Value::of(i));
        if (!item) return {};
        items.push_back(item);
    }
    return iterate_values(vm, std::move(items), "reversed");
}

const MethodEntry kIteratorMethods[] = {{"__iter__", &iterator_iter},
                                        {"__next__", &iterator_next},
                                        {"__length_hint__", &iterator_length_hint},
                                        {nullptr, nullptr}};

}  // namespace wh::program
