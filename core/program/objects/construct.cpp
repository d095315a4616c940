// int(x), str(x), list(x) ...: what calling a builtin class gives, also for classes derived from
// it.
#include <algorithm>
#include <cmath>

#include "base/limits.h"
#include "program/objects/support.h"

namespace wh::program {

namespace {

// -- numbers
// ---------------------------------------------------------------------------------------

Value int_from_float(Vm& vm, double number) {
    if (std::isnan(number)) return value_error(vm, "cannot convert float NaN to integer");
    if (std::isinf(number)) {
        return vm.raise(as_class(builtin_object(vm, "OverflowError")),
                        "cannot convert float infinity to integer");
    }
    if (std::fabs(number) >= 9.2233720368547748e18) {
        return vm.not_modelled("int larger than 64 bits");
    }
    return Value::of(static_cast<std::int64_t>(number));
}

Value int_from_text(Vm& vm, const Value& text, std::int64_t base) {
    TextView view;
    text_view(text, view);
    if (has_unknown_part(text)) {
        return derived_unknown(vm, cat("int(", label_of(vm, text), ")"), text, {},
                               vm.types().integer);
    }
    // CPython: Objects/longobject.c; bases that are powers of two are read in linear time.
    const auto digits = static_cast<std::size_t>(std::count_if(
        view.text.begin(), view.text.end(), [](char c) { return c >= '0' && c <= '9'; }));
    if (digits > limits::kIntDigitsMax && (base & (base - 1)) != 0) {
        return value_error(vm, cat("Exceeds the limit (", limits::kIntDigitsMax,
                                   " digits) for integer string conversion: value has ", digits,
                                   " digits; use sys.set_int_max_str_digits() to increase the limit"));
    }
    std::int64_t number = 0;
    bool too_large = false;
    if (!parse_int(view.text, static_cast<int>(base), number, too_large)) {
        std::string shown;
        if (!builtin_repr(vm, text, shown)) return {};
        return value_error(vm, cat("invalid literal for int() with base ", base, ": ", shown));
    }
    if (too_large) return vm.not_modelled("int larger than 64 bits");
    return Value::of(number);
}

// The result of __int__, __float__ ...; NotImplemented if there is no such method.
Value converted(Vm& vm, const Value& value, const char* name) {
    bool found = false;
    if (!as_instance(value) && !(value.is_object() && !value.object->cls->methods)) {
        return Value::not_implemented();
    }
    const Value result = call_special(vm, value, name, {}, found);
    return found ? result : Value::not_implemented();
}

Value make_int(Vm& vm, Class&, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "int", "x?, /, base?", bound)) return {};
    const Value value = bound["x"];
    if (!value) return Value::of(0);
    const bool text = as_str(value) || as_bytes(value);
    if (bound.has("base")) {
        std::int64_t base = 10;
        if (!to_index(vm, bound["base"], base)) return {};
        if (base != 0 && (base < 2 || base > 36)) {
            return value_error(vm, "int() base must be >= 2 and <= 36, or 0");
        }
        if (as_unknown(value)) {
            return derived_unknown(vm, cat("int(", label_of(vm, value), ")"), value, {},
                                   vm.types().integer);
        }
        if (!text) return type_error(vm, "int() can't convert non-string with explicit base");
        const Value made = int_from_text(vm, value, base);
        return made.is_int() ? made.with_origin(deep_origin(vm, value)) : made;
    }
    if (text) {
        const Value made = int_from_text(vm, value, 10);
        return made.is_int() ? made.with_origin(deep_origin(vm, value)) : made;
    }
    const Value plain = unboxed(value);
    if (is_integral(plain)) return Value::of(int_of(plain)).with_origin(value.origin);
    if (plain.is_float()) {
        const Value made = int_from_float(vm, plain.real);
        return made.is_int() ? made.with_origin(value.origin) : made;
    }
    if (as_unknown(value)) {
        return derived_unknown(vm, cat("int(", label_of(vm, value), ")"), value, {},
                               vm.types().integer);
    }
    for (const char* name : {"__int__", "__index__", "__trunc__"}) {
        const Value result = converted(vm, value, name);
        if (result.tag != Tag::NotImplemented) return unboxed(result);
    }
    return type_error(vm, cat("int() argument must be a string, a bytes-like object or a real "
                              "number, not '",
                              type_name(vm, value), "'"));
}

Value make_float(Vm& vm, Class&, Arguments& arguments) {
    if (!take(vm, arguments, "float", 0, 1)) return {};
    const Value value = argument(arguments, 0);
    if (!value) return Value::of(0.0);
    const Value plain = unboxed(value);
    if (is_number(plain)) return Value::of(real_of(plain)).with_origin(value.origin);
    TextView view;
    if (text_view(value, view) && !has_unknown_part(value)) {
        double number = 0;
        if (parse_float(view.text, number)) {
            return Value::of(number).with_origin(deep_origin(vm, value));
        }
        std::string shown;
        if (!builtin_repr(vm, value, shown)) return {};
        return value_error(vm, cat("could not convert string to float: ", shown));
    }
    if (not_fully_known(value)) {
        return derived_unknown(vm, cat("float(", label_of(vm, value), ")"), value, {},
                               vm.types().real);
    }
    for (const char* name : {"__float__", "__index__"}) {
        const Value result = converted(vm, value, name);
        if (result.tag == Tag::NotImplemented) continue;
        return is_integral(result) ? Value::of(real_of(result)) : result;
    }
    return type_error(vm, cat("float() argument must be a string or a real number, not '",
                              type_name(vm, value), "'"));
}

Value make_bool(Vm& vm, Class&, Arguments& arguments) {
    if (!take(vm, arguments, "bool", 0, 1)) return {};
    const Value value = argument(arguments, 0);
    if (!value) return Value::of(false);
    if (const Unknown* unknown = as_unknown(value)) {
        return unknown_bool(vm, unknown->label, value);  // decided when it is needed
    }
    bool truth = false;
    return vm.truth(value, truth) ? Value::of(truth).with_origin(value.origin) : Value();
}

// -- texts
// -----------------------------------------------------------------------------------------

Value make_str(Vm& vm, Class&, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "str", "object?, encoding?, errors?", bound)) return {};
    const Value value = bound["object"];
    if (!value) return vm.str("");
    if (!bound.has("encoding") && !bound.has("errors")) return vm.str_of(value);
    if (as_unknown(value)) return vm.str_of(value);
    if (as_str(value)) return type_error(vm, "decoding str is not supported");
    if (!as_bytes(value)) {
        return type_error(
            vm, cat("decoding to str: need a bytes-like object, ", type_name(vm, value), " found"));
    }
    Value out;
    const Value encoding = bound["encoding"];
    return decode_bytes(vm, value, encoding ? text_of(encoding) : "utf-8", text_of(bound["errors"]),
                        out)
               ? out
               : Value();
}

Value make_bytes(Vm& vm, Class& cls, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "bytes", "source?, encoding?, errors?", bound)) return {};
    const bool is_mutable = cls.derives_from(vm.types().bytearray);
    const Value value = bound["source"];
    Value made;
    std::int64_t size = 0;
    bool found = false;
    if (!value) {
        made = vm.bytes("");
    } else if (as_str(value)) {
        if (!bound.has("encoding")) return type_error(vm, "string argument without an encoding");
        if (!encode_text(vm, value, text_of(bound["encoding"]), text_of(bound["errors"]), made)) {
            return {};
        }
    } else if (as_bytes(value)) {
        made = value;
    } else if (as_unknown(value)) {
        made = value;
    } else if (is_integral(unboxed(value))) {
        size = int_of(unboxed(value));
        if (size < 0) return value_error(vm, "negative count");
        if (!vm.charge(static_cast<std::size_t>(size))) return {};
        made = vm.bytes(std::string(static_cast<std::size_t>(size), '\0'));
    } else if (made = call_special(vm, value, "__bytes__", {}, found); found) {
        if (!made) return {};
    } else {
        std::vector<Value> items;
        if (value.is_none() || value.is_float() || !vm.collect(value, items)) {
            if (vm.failed() && !vm.error_is(vm.types().type_error)) return {};
            if (vm.failed()) vm.take_error();
            return type_error(vm,
                              cat("cannot convert '", type_name(vm, value), "' object to bytes"));
        }
        std::string data;
        for (const Value& item : items) {
            if (!to_index(vm, item, size)) return {};
            if (size < 0 || size > 255) {
                return value_error(vm, is_mutable ? "byte must be in range(0, 256)"
                                                  : "bytes must be in range(0, 256)");
            }
            data += static_cast<char>(size);
        }
        made = vm.bytes(data, deep_origin(vm, value));
    }
    if (as_bytes(made) && !is_mutable && !as_bytes(made)->is_mutable) return made;
    TextBuilder copy;
    copy.add(made);
    return copy.bytes(vm, is_mutable);
}

// -- containers
// ------------------------------------------------------------------------------------

Value make_list(Vm& vm, Class&, Arguments& arguments) {
    std::vector<Value> items;
    if (!take(vm, arguments, "list", 0, 1)) return {};
    const Value from = argument(arguments, 0);
    return !from || vm.collect(from, items) ? vm.list(std::move(items)) : Value();
}

Value make_tuple(Vm& vm, Class& cls, Arguments& arguments) {
    std::vector<Value> items;
    if (!take(vm, arguments, "tuple", 0, 1)) return {};
    const Value from = argument(arguments, 0);
    if (as_tuple(from) && from.object->cls == &cls) return from;
    return !from || vm.collect(from, items) ? vm.tuple(std::move(items)) : Value();
}

Value make_any_set(Vm& vm, Class& cls, Arguments& arguments) {
    if (!take(vm, arguments, "set", 0, 1)) return {};
    const Value from = argument(arguments, 0);
    const Value made = make_set(vm, cls.derives_from(vm.types().frozenset));
    return !from || update_set(vm, *as_set(made), from) ? made : Value();
}

Value make_dict(Vm& vm, Class&, Arguments& arguments) {
    const Value from = argument(arguments, 0);
    if (as_unknown(from) && arguments.keywords.empty()) {
        return derived_unknown(vm, cat("dict(", label_of(vm, from), ")"), from, {},
                               vm.types().dict);
    }
    const Value made = vm.dict();
    if (arguments.positional.size() > 1) {
        return type_error(
            vm, cat("dict expected at most 1 argument, got ", arguments.positional.size()));
    }
    if (from && !update_dict(vm, *as_dict(made), from)) return {};
    for (const auto& [name, value] : arguments.keywords) {
        if (!as_dict(made)->set(vm, vm.str(name), value)) return {};
    }
    return made;
}

Value make_range(Vm& vm, Class&, Arguments& arguments) {
    if (!take(vm, arguments, "range", 1, 3)) return {};
    if (arguments.positional.size() < 3) {
        for (const Value& value : arguments.positional) {
            if (!as_unknown(value)) continue;
            return derived_unknown(vm, cat("range(", label_of(vm, value), ")"), value);
        }
    }
    std::int64_t numbers[3] = {0, 0, 1};
    for (std::size_t i = 0; i < arguments.positional.size(); ++i) {
        if (!to_index(vm, arguments.positional[i], numbers[i])) return {};
    }
    if (numbers[2] == 0) return value_error(vm, "range() arg 3 must not be zero");
    const bool one = arguments.positional.size() == 1;
    Range* range = vm.make<Range>(ObjectKind::Range, vm.types().range);
    range->start = one ? 0 : numbers[0];
    range->stop = one ? numbers[0] : numbers[1];
    range->step = numbers[2];
    return Value::of(range);
}

Value make_slice_object(Vm& vm, Class&, Arguments& arguments) {
    if (!take(vm, arguments, "slice", 1, 3)) return {};
    const bool one = arguments.positional.size() == 1;
    return make_slice(vm, one ? Value() : argument(arguments, 0), argument(arguments, one ? 0 : 1),
                      argument(arguments, 2));
}

// -- functions and classes
// ---------------------------------------------------------------------------

Value make_property(Vm& vm, Class& cls, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "property", "fget?, fset?, fdel?, doc?", bound)) return {};
    auto* made = vm.make<Property>(ObjectKind::Property, &cls);
    made->getter = bound["fget"];
    made->setter = bound["fset"];
    made->deleter = bound["fdel"];
    made->name = function_name_of(made->getter);
    return Value::of(made);
}

Value make_static(Vm& vm, Class& cls, Arguments& arguments) {
    if (!take(vm, arguments, cls.name, 1, 1)) return {};
    auto* made = vm.make<StaticMethod>(ObjectKind::StaticMethod, &cls);
    made->function = arguments.positional[0];
    return Value::of(made);
}

Value make_class_method(Vm& vm, Class& cls, Arguments& arguments) {
    if (!take(vm, arguments, cls.name, 1, 1)) return {};
    auto* made = vm.make<ClassMethod>(ObjectKind::ClassMethod, &cls);
    made->function = arguments.positional[0];
    return Value::of(made);
}

Value make_super_object(Vm& vm, Class&, Arguments& arguments) {
    return make_super(vm, arguments);
}

Value make_type(Vm& vm, Class& cls, Arguments& arguments) {
    const std::vector<Value>& given = arguments.positional;
    if (given.size() == 1 && &cls == vm.types().type) {
        if (const Unknown* unknown = as_unknown(given[0])) {
            return unknown->shape
                       ? Value::of(unknown->shape)
                       : derived_unknown(vm, cat("type(", unknown->label, ")"), given[0]);
        }
        return Value::of(vm.class_of(given[0]));
    }
    if (given.size() != 3) return type_error(vm, "type() takes 1 or 3 arguments");
    const Tuple* bases = as_tuple(given[1]);
    const Dict* body = as_dict(given[2]);
    if (!as_str(given[0]) || !bases || !body) {
        return type_error(vm, cat("type.__new__() argument ",
                                  !as_str(given[0]) ? 1
                                  : !bases          ? 2
                                                    : 3,
                                  " must be ",
                                  !as_str(given[0]) ? "str"
                                  : !bases          ? "tuple"
                                                    : "dict",
                                  ", not ",
                                  type_name(vm, given[!as_str(given[0]) ? 0U
                                                      : !bases          ? 1U
                                                                        : 2U])));
    }
    Namespace attributes;
    for (const Table::Entry& entry : body->entries) {
        if (entry.live && as_str(entry.key)) attributes.set(text_of(entry.key), entry.value);
    }
    Arguments keywords;
    keywords.keywords = arguments.keywords;
    const std::string name(text_of(given[0]));
    std::string qualname = name;
    if (const Value* found = attributes.find("__qualname__")) qualname = text_of(*found);
    const auto& modules = Interpreter::internals(vm).modules;
    const Value* where = attributes.find("__module__");
    auto known = modules.find(where ? std::string(text_of(*where)) : "snippet");
    if (known == modules.end()) known = modules.find("snippet");
    Module* module = known == modules.end() ? Interpreter::internals(vm).builtins : known->second;
    const Value made = create_class(vm, name, bases->items, std::move(attributes), keywords, module,
                                    qualname, arguments.span(), true);
    if (Class* created = as_class(made); created && &cls != vm.types().type) {
        created->metaclass = &cls;
    }
    return made;
}

Value make_complex(Vm& vm, Class&, Arguments&) {
    return vm.not_modelled("complex numbers");
}

Value make_memoryview(Vm& vm, Class&, Arguments& arguments) {
    if (!take(vm, arguments, "memoryview", 1, 1)) return {};
    if (as_bytes(arguments.positional[0])) return arguments.positional[0];
    return type_error(vm, cat("memoryview: a bytes-like object is required, not '",
                              type_name(vm, arguments.positional[0]), "'"));
}

Value make_nothing(Vm& vm, Class& cls, Arguments&) {
    return type_error(vm, cat("cannot create '", cls.name, "' instances"));
}
Value make_none(Vm& vm, Class& cls, Arguments& arguments) {
    return take(vm, arguments, cls.name, 0, 0) ? Value::none() : Value();
}

// -- derived classes
// -------------------------------------------------------------------------------

// A subclass's own method, found before the builtin class in the mro.
bool defines(Class& cls, const Class* builtin, std::string_view name) {
    for (const Class* each : cls.mro) {
        if (each == builtin) return false;
        if (each->attributes.find(name)) return true;
    }
    return false;
}

// Gives a fresh value the class of a subclass.
Value of_class(Vm& vm, const Value& value, Class& cls) {
    if (!value.is_object()) {
        auto boxed = std::make_unique<BoxedNumber>();
        boxed->value = value;
        return vm.instance(&cls, std::move(boxed)).with_origin(value.origin);
    }
    if (const Str* text = as_str(value)) {
        Str* copy = vm.make<Str>(ObjectKind::Str, &cls);
        copy->text = text->text;
        copy->ascii = text->ascii;
        copy->parts = text->parts;
        return Value::of(copy).with_origin(value.origin);
    }
    if (const Tuple* tuple = as_tuple(value); tuple && tuple->cls != &cls) {
        Tuple* copy = vm.make<Tuple>(ObjectKind::Tuple, &cls);
        copy->items = tuple->items;
        return Value::of(copy).with_origin(value.origin);
    }
    if (as_unknown(value)) return value;
    value.object->cls = &cls;
    return value;
}

struct Maker {
    const char* name;
    Value (*make)(Vm& vm, Class& cls, Arguments& arguments);
    bool fills_in_init = false;  // a subclass's __init__ gets an empty one
};

class BuiltinHooks final : public ClassHooks {
  public:
    explicit BuiltinHooks(const Maker& maker) : maker_(maker) {}
    Value construct(Vm& vm, Class& cls, Arguments& arguments) const override {
        if (cls.methods) return maker_.make(vm, cls, arguments);
        const Class* builtin = nullptr;
        for (const Class* each : cls.mro) {
            if (!builtin && each->methods) builtin = each;
        }
        if (builtin == vm.types().type) return maker_.make(vm, cls, arguments);
        // A __new__ of its own calls ours through super(): as usual.
        if (defines(cls, builtin, "__new__")) return {};
        const bool own_init = defines(cls, builtin, "__init__");
        Arguments passed = arguments;
        if (own_init && maker_.fills_in_init) {
            passed.positional.clear();
            passed.keywords.clear();
        }
        const Value plain = maker_.make(vm, cls, passed);
        if (!plain) return {};
        const Value made = of_class(vm, plain, cls);
        return run_user_init(vm, made, builtin, arguments) ? made : Value();
    }

  private:
    const Maker& maker_;
};

constexpr Maker kMakers[] = {
    {"int", &make_int},
    {"float", &make_float},
    {"bool", &make_bool},
    {"str", &make_str},
    {"bytes", &make_bytes},
    {"bytearray", &make_bytes, true},
    {"list", &make_list, true},
    {"tuple", &make_tuple},
    {"dict", &make_dict, true},
    {"set", &make_any_set, true},
    {"frozenset", &make_any_set},
    {"range", &make_range},
    {"slice", &make_slice_object},
    {"property", &make_property},
    {"staticmethod", &make_static},
    {"classmethod", &make_class_method},
    {"super", &make_super_object},
    {"type", &make_type},
    {"complex", &make_complex},
    {"memoryview", &make_memoryview},
    {"enumerate", &make_enumerate},
    {"zip", &make_zip},
    {"map", &make_map},
    {"filter", &make_filter},
    {"reversed", &make_reversed},
    {"NoneType", &make_none},
    {"function", &make_nothing},
    {"generator", &make_nothing},
};

Value new_with(Vm& vm, Arguments& arguments, const Maker& maker) {
    Class* cls = as_class(argument(arguments, 0));
    if (!cls) {
        return type_error(vm, cat(maker.name, ".__new__(): not enough arguments"));
    }
    Arguments rest = arguments;
    rest.self = Value();
    rest.site = nullptr;
    rest.positional.erase(rest.positional.begin());
    if (maker.fills_in_init) {
        rest.positional.clear();
        rest.keywords.clear();
    }
    const Value made = maker.make(vm, *cls, rest);
    return made && !cls->methods ? of_class(vm, made, *cls) : made;
}

const Maker* maker_for(std::string_view name) {
    for (const Maker& maker : kMakers) {
        if (name == maker.name) return &maker;
    }
    return nullptr;
}

Value new_of_builtin(Vm& vm, Arguments& arguments) {
    if (const Class* cls = as_class(argument(arguments, 0))) {
        for (const Class* each : cls->mro) {
            const Maker* maker = each->methods ? maker_for(each->name) : nullptr;
            if (maker) return new_with(vm, arguments, *maker);
        }
    }
    return type_error(vm, "__new__(X): X is not a type object");
}

}  // namespace

Value new_str(Vm& vm, Arguments& arguments) {
    return new_of_builtin(vm, arguments);
}
Value new_bytes(Vm& vm, Arguments& arguments) {
    return new_of_builtin(vm, arguments);
}
Value new_number(Vm& vm, Arguments& arguments) {
    return new_of_builtin(vm, arguments);
}
Value new_container(Vm& vm, Arguments& arguments) {
    return new_of_builtin(vm, arguments);
}
Value new_type(Vm& vm, Arguments& arguments) {
    return new_of_builtin(vm, arguments);
}

Value new_object(Vm& vm, Arguments& arguments) {
    Class* cls = as_class(argument(arguments, 0));
    if (!cls) return type_error(vm, "object.__new__(): not enough arguments");
    Arguments rest = arguments;
    rest.self = Value();
    rest.positional.erase(rest.positional.begin());
    return allocate_instance(vm, *cls, rest);
}

const ClassHooks* construct_hooks(std::string_view name) {
    static const BuiltinHooks hooks[] = {
#define WH_HOOKS(i)                                                                       \
    BuiltinHooks(kMakers[i]), BuiltinHooks(kMakers[i + 1]), BuiltinHooks(kMakers[i + 2]), \
        BuiltinHooks(kMakers[i + 3])
        WH_HOOKS(0),  WH_HOOKS(4),  WH_HOOKS(8),  WH_HOOKS(12),
        WH_HOOKS(16), WH_HOOKS(20), WH_HOOKS(24),
#undef WH_HOOKS
    };
    static_assert(std::size(kMakers) == 28);
    const Maker* maker = maker_for(name);
    return maker ? &hooks[maker - kMakers] : nullptr;
}

}  // namespace wh::program
