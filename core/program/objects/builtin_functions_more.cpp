// Builtin functions that compute: numbers, sequences, lazy iterators.
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "program/objects/support.h"

namespace wh::program {

namespace {

bool any_unknown(const std::vector<Value>& items) {
    for (const Value& each : items) {
        if (as_unknown(each)) return true;
    }
    return false;
}

Value abs(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "abs", 1, 1)) return {};
    const Value of = argument(arguments, 0);
    if (is_integral(of)) {
        const std::int64_t number = int_of(of);
        if (number == INT64_MIN) return vm.not_modelled("int larger than 64 bits");
        return Value::of(number < 0 ? -number : number).with_origin(of.origin);
    }
    if (of.is_float()) return Value::of(std::fabs(of.real)).with_origin(of.origin);
    if (as_unknown(of)) return derived_unknown(vm, cat("abs(", label_of(vm, of), ")"), of);
    bool found = false;
    const Value made = call_special(vm, of, "__abs__", {}, found);
    if (found) return made;
    return type_error(vm, cat("bad operand type for abs(): '", type_name(vm, of), "'"));
}

Value extreme(Vm& vm, Arguments& arguments, const char* name, bool wants_max) {
    std::vector<Value> items;
    Value key, otherwise;
    for (const auto& [keyword, value] : arguments.keywords) {
        if (keyword == "key") {
            key = value.is_none() ? Value() : value;
        } else if (keyword == "default") {
            otherwise = value;
        } else {
            return type_error(vm,
                              cat(name, "() got an unexpected keyword argument '", keyword, "'"));
        }
    }
    if (arguments.positional.empty()) {
        return type_error(vm, cat(name, " expected at least 1 argument, got 0"));
    }
    if (arguments.positional.size() > 1) {
        items = arguments.positional;
    } else if (!vm.collect(argument(arguments, 0), items)) {
        return {};
    }
    if (items.empty()) {
        if (otherwise) return otherwise;
        return value_error(vm, cat(name, "() iterable argument is empty"));
    }
    if (any_unknown(items) && !key) {
        return derived_unknown(vm, cat(name, "(", label_of(vm, items.front()), ", ...)"),
                               items.front(), items.back());
    }
    Value best = items.front();
    Value best_key = key ? vm.call(key, {best}) : best;
    if (!best_key) return {};
    for (std::size_t i = 1; i < items.size(); ++i) {
        const Value this_key = key ? vm.call(key, {items[i]}) : items[i];
        if (!this_key) return {};
        bool better = false;
        const bool fine =
            wants_max ? vm.less(best_key, this_key, better) : vm.less(this_key, best_key, better);
        if (!fine) return {};
        if (better) {
            best = items[i];
            best_key = this_key;
        }
    }
    return best;
}
Value min(Vm& vm, Arguments& arguments) {
    return extreme(vm, arguments, "min", false);
}
Value max(Vm& vm, Arguments& arguments) {
    return extreme(vm, arguments, "max", true);
}

Value sum(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "sum", "iterable, /, start?", bound)) return {};
    std::vector<Value> items;
    if (!vm.collect(bound["iterable"], items)) return {};
    Value total = bound.has("start") ? bound["start"] : Value::of(0);
    if (as_str(total)) {
        return type_error(vm, "sum() can't sum strings [use ''.join(seq) instead]");
    }
    for (const Value& each : items) {
        total = binary_operation(vm, syntax::BinaryOp::Add, total, each);
        if (!total) return {};
    }
    return total;
}

Value sorted(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "sorted", "iterable, /, *, key?, reverse?", bound)) return {};
    std::vector<Value> items;
    if (!vm.collect(bound["iterable"], items)) return {};
    bool reverse = false;
    if (bound.has("reverse") && !vm.truth(bound["reverse"], reverse)) return {};
    const Value key = bound.has_value("key") ? bound["key"] : Value();
    if (!sort_values(vm, items, key, reverse)) return {};
    return vm.list(std::move(items));
}

Value all_any(Vm& vm, Arguments& arguments, const char* name, bool stops_at) {
    if (!take(vm, arguments, name, 1, 1)) return {};
    const Value iterator = vm.iterate(argument(arguments, 0));
    if (!iterator) return {};
    for (;;) {
        const Value item = vm.next(iterator);
        if (!item) break;
        bool truth = false;
        if (!vm.truth(item, truth)) return {};
        if (truth == stops_at) return Value::of(stops_at);
    }
    if (vm.failed()) return {};
    return Value::of(!stops_at);
}
Value all(Vm& vm, Arguments& arguments) {
    return all_any(vm, arguments, "all", false);
}
Value any(Vm& vm, Arguments& arguments) {
    return all_any(vm, arguments, "any", true);
}

// Round half to even; with digits as CPython does it: by the decimal text of the exact value.
Value round(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "round", "number, ndigits?", bound)) return {};
    const Value of = bound["number"];
    if (as_unknown(of)) return derived_unknown(vm, cat("round(", label_of(vm, of), ")"), of);
    const bool has_digits = bound.has_value("ndigits");
    std::int64_t digits = 0;
    if (has_digits && !to_index(vm, bound["ndigits"], digits)) return {};
    if (is_integral(of)) {
        std::int64_t number = int_of(of);
        if (has_digits && digits < 0) {
            if (digits < -18) return Value::of(0);
            std::int64_t unit = 1;
            for (std::int64_t i = digits; i < 0; ++i) unit *= 10;
            const std::int64_t rest = ((number % unit) + unit) % unit;
            number -= rest;
            if (rest * 2 > unit || (rest * 2 == unit && (number / unit) % 2 != 0)) number += unit;
        }
        return Value::of(number).with_origin(of.origin);
    }
    if (of.is_float()) {
        if (!has_digits) {
            if (std::isnan(of.real)) return value_error(vm, "cannot convert float NaN to integer");
            if (std::isinf(of.real)) {
                return vm.raise(as_class(builtin_object(vm, "OverflowError")),
                                "cannot convert float infinity to integer");
            }
            const double rounded = std::nearbyint(of.real);
            if (std::fabs(rounded) >= 9.2e18) return vm.not_modelled("int larger than 64 bits");
            return Value::of(static_cast<std::int64_t>(rounded)).with_origin(of.origin);
        }
        if (!std::isfinite(of.real) || digits > 300) return of;
        char buffer[700];
        if (digits >= 0) {
            std::snprintf(buffer, sizeof buffer, "%.*f", static_cast<int>(digits), of.real);
            return Value::of(std::strtod(buffer, nullptr)).with_origin(of.origin);
        }
        const double unit = std::pow(10.0, static_cast<double>(-digits));
        return Value::of(std::nearbyint(of.real / unit) * unit).with_origin(of.origin);
    }
    bool found = false;
    const Value made = has_digits ? call_special(vm, of, "__round__", {bound["ndigits"]}, found)
                                  : call_special(vm, of, "__round__", {}, found);
    if (found) return made;
    return type_error(vm, cat("type ", type_name(vm, of), " doesn't define __round__ method"));
}

Value power(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "pow", "base, exp, mod?", bound)) return {};
    if (!bound.has_value("mod")) {
        return binary_operation(vm, syntax::BinaryOp::Power, bound["base"], bound["exp"]);
    }
    if (!is_integral(bound["base"]) || !is_integral(bound["exp"]) || !is_integral(bound["mod"])) {
        return type_error(vm, "pow() 3rd argument not allowed unless all arguments are integers");
    }
    const std::int64_t modulus = int_of(bound["mod"]);
    std::int64_t exponent = int_of(bound["exp"]);
    if (modulus == 0) return value_error(vm, "pow() 3rd argument cannot be 0");
    if (exponent < 0 || modulus > INT32_MAX || modulus < 0) {
        return vm.not_modelled("pow() with a large or negative argument");
    }
    std::int64_t base = int_of(bound["base"]) % modulus;
    if (base < 0) base += modulus;
    std::int64_t result = 1 % modulus;
    for (; exponent > 0; exponent >>= 1) {
        if (exponent & 1) result = result * base % modulus;
        base = base * base % modulus;
    }
    return Value::of(result);
}

Value divmod(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "divmod", 2, 2)) return {};
    const Value a = argument(arguments, 0);
    const Value b = argument(arguments, 1);
    const Value quotient = binary_operation(vm, syntax::BinaryOp::FloorDivide, a, b);
    if (!quotient) return {};
    const Value rest = binary_operation(vm, syntax::BinaryOp::Modulo, a, b);
    return rest ? vm.tuple({quotient, rest}) : Value();
}

Value ord(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "ord", 1, 1)) return {};
    const Value of = argument(arguments, 0);
    if (const Str* text = as_str(of); text && length_of(*text) == 1) {
        std::size_t offset = 0;
        return Value::of(static_cast<std::int64_t>(code_point_at(text->text, offset)))
            .with_origin(of.origin);
    }
    if (const Bytes* bytes = as_bytes(of); bytes && bytes->data.size() == 1) {
        return Value::of(static_cast<int>(static_cast<unsigned char>(bytes->data[0])));
    }
    if (as_unknown(of)) return derived_unknown(vm, cat("ord(", label_of(vm, of), ")"), of);
    std::int64_t size = 0;
    if ((as_str(of) || as_bytes(of)) && vm.length(of, size)) {
        return type_error(vm,
                          cat("ord() expected a character, but string of length ", size, " found"));
    }
    return type_error(vm,
                      cat("ord() expected string of length 1, but ", type_name(vm, of), " found"));
}

Value chr(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "chr", 1, 1)) return {};
    std::int64_t point = 0;
    if (!to_index(vm, argument(arguments, 0), point)) return {};
    if (point < 0 || point > 0x10FFFF) {
        return value_error(vm, "chr() arg not in range(0x110000)");
    }
    std::string out;
    append_utf8(out, static_cast<char32_t>(point));
    return vm.str(std::move(out), argument(arguments, 0).origin);
}

Value in_base(Vm& vm, Arguments& arguments, const char* name, unsigned bits, const char* prefix) {
    if (!take(vm, arguments, name, 1, 1)) return {};
    std::int64_t number = 0;
    if (!to_index(vm, argument(arguments, 0), number)) return {};
    std::uint64_t rest =
        number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    std::string digits;
    do {
        digits.insert(digits.begin(), "0123456789abcdef"[rest & ((1U << bits) - 1)]);
        rest >>= bits;
    } while (rest);
    return vm.str(cat(number < 0 ? "-" : "", prefix, digits), argument(arguments, 0).origin);
}
Value hexadecimal(Vm& vm, Arguments& arguments) {
    return in_base(vm, arguments, "hex", 4, "0x");
}
Value octal(Vm& vm, Arguments& arguments) {
    return in_base(vm, arguments, "oct", 3, "0o");
}
Value binary_text(Vm& vm, Arguments& arguments) {
    return in_base(vm, arguments, "bin", 1, "0b");
}

// -- lazy iterators
// ------------------------------------------------------------------------------------

struct Enumerate : Iterator {
    Value inner;
    std::int64_t index = 0;
    using Iterator::Iterator;
    Value next(Vm& vm) override {
        const Value item = vm.next(inner);
        return item ? vm.tuple({Value::of(index++), item}) : Value();
    }
};

Value enumerate(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "enumerate", "iterable, start?", bound)) return {};
    std::int64_t start = 0;
    if (bound.has("start") && !to_index(vm, bound["start"], start)) return {};
    const Value inner = vm.iterate(bound["iterable"]);
    if (!inner) return {};
    auto* made =
        vm.make<Enumerate>(ObjectKind::Iterator, named_class(vm, "enumerate", kIteratorMethods));
    made->inner = inner;
    made->index = start;
    return Value::of(made);
}

struct Zip : Iterator {
    std::vector<Value> inner;
    bool strict = false;
    using Iterator::Iterator;
    Value next(Vm& vm) override {
        std::vector<Value> row;
        for (std::size_t i = 0; i < inner.size(); ++i) {
            const Value item = vm.next(inner[i]);
            if (item) {
                row.push_back(item);
                continue;
            }
            if (vm.failed() || !strict) return {};
            if (i > 0) {
                return value_error(vm, cat("zip() argument ", i + 1, " is shorter than argument",
                                           i == 1 ? " 1" : cat("s 1-", i)));
            }
            for (std::size_t k = 1; k < inner.size(); ++k) {
                if (vm.next(inner[k])) {
                    return value_error(vm, cat("zip() argument ", k + 1, " is longer than argument",
                                               k == 1 ? " 1" : cat("s 1-", k)));
                }
                if (vm.failed()) return {};
            }
            return {};
        }
        return row.empty() ? Value() : vm.tuple(std::move(row));
    }
};

Value zip(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "zip", "*iterables, strict?", bound)) return {};
    auto* made = vm.make<Zip>(ObjectKind::Iterator, named_class(vm, "zip", kIteratorMethods));
    if (bound.has("strict") && !vm.truth(bound["strict"], made->strict)) return {};
    for (const Value& each : bound.rest()) {
        const Value inner = vm.iterate(each);
        if (!inner) return {};
        made->inner.push_back(inner);
    }
    return Value::of(made);
}

struct Map : Iterator {
    Value function;
    std::vector<Value> inner;
    using Iterator::Iterator;
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

Value map(Vm& vm, Arguments& arguments) {
    if (arguments.positional.size() < 2) {
        return type_error(vm, "map() must have at least two arguments.");
    }
    auto* made = vm.make<Map>(ObjectKind::Iterator, named_class(vm, "map", kIteratorMethods));
    made->function = argument(arguments, 0);
    for (std::size_t i = 1; i < arguments.positional.size(); ++i) {
        const Value inner = vm.iterate(arguments.positional[i]);
        if (!inner) return {};
        made->inner.push_back(inner);
    }
    return Value::of(made);
}

struct Filter : Iterator {
    Value function;  // Null: the item's own truth
    Value inner;
    using Iterator::Iterator;
    Value next(Vm& vm) override {
        for (;;) {
            const Value item = vm.next(inner);
            if (!item) return {};
            const Value verdict = function ? vm.call(function, {item}) : item;
            bool keep = false;
            if (!verdict || !vm.truth(verdict, keep)) return {};
            if (keep) return item;
        }
    }
};

Value filter(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "filter", 2, 2)) return {};
    const Value inner = vm.iterate(argument(arguments, 1));
    if (!inner) return {};
    auto* made = vm.make<Filter>(ObjectKind::Iterator, named_class(vm, "filter", kIteratorMethods));
    if (!argument(arguments, 0).is_none()) made->function = argument(arguments, 0);
    made->inner = inner;
    return Value::of(made);
}

Value reversed(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "reversed", 1, 1)) return {};
    const Value of = argument(arguments, 0);
    bool found = false;
    const Value own = call_special(vm, of, "__reversed__", {}, found);
    if (found) return own;
    if (as_list(of) || as_tuple(of) || as_str(of) || as_range(of) || as_bytes(of)) {
        return iterate_sequence(vm, of, true);
    }
    if (Dict* dict = as_dict(of)) return iterate_table(vm, of, *dict, 0, true);
    if (const DictView* view = native_state<DictView>(of)) {
        return iterate_table(vm, view->dict, *as_dict(view->dict), view->kind, true);
    }
    if (as_unknown(of)) return vm.iterate(of);
    return type_error(vm, cat("'", type_name(vm, of), "' object is not reversible"));
}

}  // namespace

const FunctionEntry kMoreBuiltinFunctions[] = {
    {"abs", &abs},         {"min", &min},       {"max", &max},         {"sum", &sum},
    {"sorted", &sorted},   {"all", &all},       {"any", &any},         {"round", &round},
    {"pow", &power},       {"divmod", &divmod}, {"ord", &ord},         {"chr", &chr},
    {"hex", &hexadecimal}, {"oct", &octal},     {"bin", &binary_text}, {"enumerate", &enumerate},
    {"zip", &zip},         {"map", &map},       {"filter", &filter},   {"reversed", &reversed},
    {nullptr, nullptr},
};

}  // namespace wh::program
