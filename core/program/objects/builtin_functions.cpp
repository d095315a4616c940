// Builtin functions that look at values, attributes and the program (Python 3.13, "Built-in
// Functions" of the library reference). open() is with the files.
#include "program/objects/support.h"

namespace wh::program {

namespace {

Value print(Vm& vm, Arguments& arguments) {
    std::string separator = " ";
    if (const Value* given = arguments.keyword("sep"); given && as_str(*given)) {
        separator = text_of(*given);
    }
    std::string line;
    for (std::size_t i = 0; i < arguments.positional.size(); ++i) {
        std::string one;
        if (!vm.to_str(arguments.positional[i], one)) return {};
        line += cat(i ? separator : "", one);
    }
    vm.print(line);
    return Value::none();
}

Value len(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "len", 1, 1)) return {};
    const Value of = argument(arguments, 0);
    if (as_unknown(of)) {
        return derived_unknown(vm, cat("len(", label_of(vm, of), ")"), of, {}, vm.types().integer);
    }
    std::int64_t size = 0;
    if (!vm.length(of, size)) return {};
    return Value::of(size).with_origin(of.origin);
}

Value repr(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "repr", 1, 1)) return {};
    return format_value(vm, argument(arguments, 0), 'r', {});
}
Value ascii(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "ascii", 1, 1)) return {};
    return format_value(vm, argument(arguments, 0), 'a', {});
}
Value format(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "format", 1, 2)) return {};
    return vm.format(argument(arguments, 0), text_of(argument(arguments, 1)));
}

Value isinstance(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "isinstance", 2, 2)) return {};
    bool out = false;
    if (!is_instance_of(vm, argument(arguments, 0), argument(arguments, 1), out)) return {};
    return Value::of(out);
}
Value issubclass(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "issubclass", 2, 2)) return {};
    bool out = false;
    if (!is_subclass_of(vm, argument(arguments, 0), argument(arguments, 1), out)) return {};
    return Value::of(out);
}
Value callable(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "callable", 1, 1)) return {};
    return Value::of(vm.is_callable(argument(arguments, 0)));
}

bool attribute_name(Vm& vm, const Value& given, std::string& out) {
    if (!as_str(given)) {
        type_error(vm, cat("attribute name must be string, not '", type_name(vm, given), "'"));
        return false;
    }
    out = text_of(given);
    return true;
}

Value getattr(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "getattr", 2, 3)) return {};
    std::string name;
    if (!attribute_name(vm, argument(arguments, 1), name)) return {};
    const Value found = vm.get_attribute(argument(arguments, 0), name);
    if (found || arguments.positional.size() < 3) return found;
    if (!vm.error_is(vm.types().attribute_error)) return {};
    vm.take_error();
    return argument(arguments, 2);
}
Value hasattr(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "hasattr", 2, 2)) return {};
    std::string name;
    if (!attribute_name(vm, argument(arguments, 1), name)) return {};
    const Value found = vm.get_attribute(argument(arguments, 0), name);
    if (found) return Value::of(true);
    if (!vm.error_is(vm.types().attribute_error)) return {};
    vm.take_error();
    return Value::of(false);
}
Value setattr(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "setattr", 3, 3)) return {};
    std::string name;
    if (!attribute_name(vm, argument(arguments, 1), name)) return {};
    if (!vm.set_attribute(argument(arguments, 0), name, argument(arguments, 2))) return {};
    return Value::none();
}
Value delattr(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "delattr", 2, 2)) return {};
    std::string name;
    if (!attribute_name(vm, argument(arguments, 1), name)) return {};
    if (!vm.delete_attribute(argument(arguments, 0), name)) return {};
    return Value::none();
}

void add_names(Vm& vm, const Namespace* from, std::vector<Value>& names) {
    if (!from) return;
    for (const Namespace::Entry& entry : from->entries()) {
        bool known = false;
        for (const Value& each : names) known = known || text_of(each) == entry.name;
        if (!known) names.push_back(vm.str(entry.name));
    }
}

Value dir(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "dir", 0, 1)) return {};
    std::vector<Value> names;
    if (arguments.positional.empty()) {
        const Value locals = current_locals(vm);
        if (!locals || !vm.collect(locals, names)) return {};
    } else {
        const Value of = argument(arguments, 0);
        add_names(vm, attributes_of(vm, of), names);
        const Class* cls = as_class(of) ? as_class(of) : vm.class_of(of);
        for (const Class* each : cls->mro) {
            add_names(vm, &each->attributes, names);
            for (const MethodEntry* entry = each->methods; entry && entry->name; ++entry) {
                names.push_back(vm.str(entry->name));
            }
        }
    }
    if (!sort_values(vm, names, {}, false)) return {};
    return vm.list(std::move(names));
}

Value vars(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "vars", 0, 1)) return {};
    if (arguments.positional.empty()) return current_locals(vm);
    return vm.get_attribute(argument(arguments, 0), "__dict__");
}
Value globals(Vm& vm, Arguments&) {
    return current_globals(vm);
}
Value locals(Vm& vm, Arguments&) {
    return current_locals(vm);
}

Value id(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "id", 1, 1)) return {};
    return Value::of(static_cast<std::int64_t>(identity_of(vm, argument(arguments, 0))));
}
Value hash(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "hash", 1, 1)) return {};
    std::uint64_t out = 0;
    if (!vm.hash(argument(arguments, 0), out)) return {};
    return Value::of(static_cast<std::int64_t>(out >> 3));
}

// iter(callable, sentinel)
struct CallIterator : Iterator {
    Value callable, sentinel;
    using Iterator::Iterator;
    Value next(Vm& vm) override {
        const Value made = vm.call(callable, {});
        if (!made) return {};
        bool last = false;
        if (!vm.equal(made, sentinel, last) || last) return {};
        return made;
    }
};

Value iter(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "iter", 1, 2)) return {};
    if (arguments.positional.size() == 1) return vm.iterate(argument(arguments, 0));
    auto* made = vm.make<CallIterator>(ObjectKind::Iterator, vm.types().iterator);
    made->callable = argument(arguments, 0);
    made->sentinel = argument(arguments, 1);
    return Value::of(made);
}

Value next(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "next", 1, 2)) return {};
    const Value made = vm.next(argument(arguments, 0));
    if (made || vm.failed()) return made;
    if (arguments.positional.size() == 2) return argument(arguments, 1);
    return vm.raise(vm.make_exception(vm.types().stop_iteration, std::vector<Value>{}));
}

Value aiter(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "aiter", 1, 1)) return {};
    bool found = false;
    const Value made = call_special(vm, argument(arguments, 0), "__aiter__", {}, found);
    if (found) return made;
    return type_error(
        vm, cat("'", type_name(vm, argument(arguments, 0)), "' object is not an async iterable"));
}

// anext(iterator, default): awaits the next item; the default when there is none.
struct NextOrDefault : Awaitable {
    Value next, otherwise;
    using Awaitable::Awaitable;
    Value run(Vm& vm) override {
        const Value made = vm.await_now(next);
        if (made || !vm.error_is(vm.types().stop_async_iteration)) return made;
        vm.take_error();
        return otherwise;
    }
};

Value anext(Vm& vm, Arguments& arguments) {
    if (!take(vm, arguments, "anext", 1, 2)) return {};
    bool found = false;
    const Value made = call_special(vm, argument(arguments, 0), "__anext__", {}, found);
    if (!found) {
        return type_error(vm, cat("'", type_name(vm, argument(arguments, 0)),
                                  "' object is not an async iterator"));
    }
    if (!made || arguments.positional.size() == 1) return made;
    auto* waiting = vm.make<NextOrDefault>(ObjectKind::Awaitable, vm.types().awaitable);
    waiting->next = made;
    waiting->otherwise = argument(arguments, 1);
    return Value::of(waiting);
}

Value import(Vm& vm, Arguments& arguments) {
    if (arguments.positional.empty() || !as_str(argument(arguments, 0))) {
        return type_error(vm, "__import__() needs the name of a module");
    }
    const std::string name(text_of(argument(arguments, 0)));
    const Value made = vm.import_module(name);
    const std::size_t dot = name.find('.');
    if (!made || dot == std::string::npos) return made;
    return vm.import_module(name.substr(0, dot));
}

Value input(Vm& vm, Arguments&) {
    return vm.raise(as_class(builtin_object(vm, "EOFError")), "EOF when reading a line");
}
Value exec(Vm& vm, Arguments&) {
    return vm.not_modelled("exec()");
}
Value eval(Vm& vm, Arguments&) {
    return vm.not_modelled("eval()");
}
Value compile(Vm& vm, Arguments&) {
    return vm.not_modelled("compile()");
}
Value breakpoint(Vm&, Arguments&) {
    return Value::none();
}

}  // namespace

const FunctionEntry kBuiltinFunctions[] = {
    {"print", &print},
    {"len", &len},
    {"repr", &repr},
    {"ascii", &ascii},
    {"format", &format},
    {"isinstance", &isinstance},
    {"issubclass", &issubclass},
    {"callable", &callable},
    {"getattr", &getattr},
    {"hasattr", &hasattr},
    {"setattr", &setattr},
    {"delattr", &delattr},
    {"dir", &dir},
    {"vars", &vars},
    {"globals", &globals},
    {"locals", &locals},
    {"id", &id},
    {"hash", &hash},
    {"iter", &iter},
    {"next", &next},
    {"aiter", &aiter},
    {"anext", &anext},
    {"__import__", &import},
    {"input", &input},
    {"exec", &exec},
    {"eval", &eval},
    {"compile", &compile},
    {"breakpoint", &breakpoint},
    {nullptr, nullptr},
};

}  // namespace wh::program
