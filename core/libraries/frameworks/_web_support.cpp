// Calls, context managers and origins: what every part of the web models needs.
#include "base/text.h"
#include "libraries/frameworks/_web.h"
#include "program/vm/code.h"

namespace wh::libraries::web {

namespace {

struct Deferred : Awaitable {
    NativeFunction function = nullptr;
    Arguments arguments;
    using Awaitable::Awaitable;
    Value run(Vm& vm) override { return function(vm, arguments); }
};

const Code* code_of(const Value& callable) {
    if (const Function* function = as_function(callable)) return function->code;
    if (const BoundMethod* method = as_bound_method(callable)) return code_of(method->function);
    return nullptr;
}

}  // namespace

void add_methods(Vm& vm, Class* cls, std::initializer_list<Row> rows) {
    for (const Row& row : rows) vm.method(cls, row.name, row.function);
}

void add_properties(Vm& vm, Class* cls, std::initializer_list<Row> rows) {
    for (const Row& row : rows) vm.property(cls, row.name, row.function);
}

Value later(Vm& vm, NativeFunction function, const Arguments& arguments) {
    auto* made = vm.make<Deferred>(ObjectKind::Awaitable, vm.types().awaitable);
    made->function = function;
    made->arguments = arguments;
    return Value::of(made);
}

Value call_with(Vm& vm, const Value& callable, Keywords keywords, std::vector<Value> positional) {
    Arguments arguments;
    arguments.positional = std::move(positional);
    arguments.keywords = std::move(keywords);
    return vm.call(callable, std::move(arguments));
}

Value attribute(Vm& vm, const Value& object, std::string_view name) {
    const Value found = vm.find_attribute(object, name);
    return found ? found : Value::none();
}

std::string text(Vm& vm, const Value& value) {
    std::string out;
    if (value && !value.is_none()) vm.to_str(value, out);
    return out;
}

bool flag(Vm& vm, const Value& value, bool fallback) {
    bool out = fallback;
    if (value && !value.is_none()) vm.truth(value, out);
    return out;
}

std::vector<Value> items_of(Vm& vm, const Value& iterable) {
    std::vector<Value> out;
    if (iterable && !iterable.is_none()) vm.collect(iterable, out);
    return out;
}

std::vector<std::string> texts_of(Vm& vm, const Value& iterable) {
    std::vector<std::string> out;
    for (const Value& item : items_of(vm, iterable)) out.push_back(text(vm, item));
    return out;
}

Value string_list(Vm& vm, const std::vector<std::string>& texts) {
    std::vector<Value> items;
    for (const std::string& each : texts) items.push_back(vm.str(each));
    return vm.list(std::move(items));
}

std::string symbolic_text(Vm& vm, const Value& value) {
    if (const Bytes* bytes = as_bytes(value)) return bytes->data;
    if (as_unknown(value)) return vm.symbolic(value).text;
    return text(vm, value);
}

Value import_attribute(Vm& vm, std::string_view module, std::string_view name) {
    const Value imported = vm.import_module(module);
    return imported ? vm.get_attribute(imported, name) : Value();
}

bool is_a(Vm& vm, const Value& value, std::string_view module, std::string_view name) {
    return vm.is_instance(value, vm.class_in(module, name));
}

const trust::Origin* input_origin(Vm& vm, std::string_view name) {
    trust::Origin origin;
    origin.kind = trust::OriginKind::CallerInput;
    origin.name = std::string(name);
    origin.secret = trust::names_a_secret(name);
    return vm.origins().add(std::move(origin));
}

Value input_text(Vm& vm, std::string_view name, std::string value) {
    return vm.str(std::move(value), input_origin(vm, name));
}

void label_input(Vm& vm, Value& value, std::string_view name) {
    value.origin = input_origin(vm, name);
    if (Str* str = as_str(value)) str->parts.clear();
    if (List* list = as_list(value)) {
        for (Value& item : list->items) label_input(vm, item, name);
    }
    if (Dict* dict = as_dict(value)) {
        for (Dict::Entry& entry : dict->entries) {
            if (entry.live) label_input(vm, entry.value, text_of(entry.key));
        }
    }
}

Value unknown_input(Vm& vm, std::string_view name, Class* shape) {
    return vm.unknown(input_origin(vm, name), std::string(name), shape);
}

CallKind kind_of(Vm& vm, const Value& callable, bool through_partial) {
    Value target = callable;
    while (as_instance(target) && vm.class_of(target)->name == "partial") {
        if (!through_partial) return CallKind::Plain;
        target = attribute(vm, target, "func");
    }
    if (as_instance(target)) target = vm.find_attribute(target, "__call__");
    const Code* code = code_of(target);
    if (!code) return CallKind::Plain;
    return code->is_coroutine         ? CallKind::Coroutine
           : code->is_async_generator ? CallKind::AsyncGenerator
           : code->is_generator       ? CallKind::Generator
                                      : CallKind::Plain;
}

Value run_callable(Vm& vm, const Value& callable, Arguments arguments, bool through_partial) {
    if (kind_of(vm, callable, through_partial) == CallKind::Coroutine) {
        const Value coroutine = vm.call(callable, std::move(arguments));
        return coroutine ? vm.await_now(coroutine) : coroutine;
    }
    if (as_function(callable) || as_bound_method(callable) || as_class(callable)) {
        const Value result = vm.run_in_thread(callable, std::move(arguments));
        // Coroutine functions of our own models look plain.
        return as_awaitable(result) ? vm.await_now(result) : result;
    }
    const Value result = vm.call(callable, std::move(arguments));
    return as_awaitable(result) || as_unknown(callable) ? vm.await_if_needed(result) : result;
}

// contextlib._GeneratorContextManager.__enter__ and its asynchronous twin.
Value ExitStack::enter_generator(Vm& vm, const Value& function, CallKind kind,
                                 Arguments arguments) {
    const Value generator = vm.call(function, std::move(arguments));
    if (!generator) return {};
    Value got;
    if (kind == CallKind::AsyncGenerator) {
        const Value step = vm.call_method(generator, "__anext__");
        got = step ? vm.await_now(step) : step;
    } else {
        const Value step = vm.get_attribute(generator, "__next__");
        got = step ? vm.run_in_thread(step, {}) : step;
    }
    if (!got) {
        if (vm.error_is(vm.types().stop_iteration) ||
            vm.error_is(vm.types().stop_async_iteration)) {
            vm.take_error();
            vm.raise(vm.types().runtime_error, "generator didn't yield");
        }
        return {};
    }
    entries.push_back({generator, kind});
    return got;
}

Value ExitStack::enter_manager(Vm& vm, const Value& manager) {
    const Value entering = vm.call_method(manager, "__aenter__");
    const Value got = entering ? vm.await_now(entering) : entering;
    if (got) entries.push_back({manager, CallKind::Plain});
    return got;
}

void ExitStack::close(Vm& vm) {
    Value error = vm.failed() ? vm.take_error() : Value();
    while (!entries.empty() && !vm.stopped()) {
        const Entry entry = entries.back();
        entries.pop_back();
        if (entry.kind == CallKind::Coroutine) {
            if (!run_shutdown_handlers(vm, entry.object)) error = vm.take_error();
            continue;
        }
        if (entry.kind == CallKind::Plain) {
            const Value none = Value::none();
            const Value leaving = vm.call_method(
                entry.object, "__aexit__",
                {error ? Value::of(vm.class_of(error)) : none, error ? error : none, none});
            const Value swallow = leaving ? vm.await_now(leaving) : leaving;
            if (!swallow) {
                error = vm.take_error();
            } else if (error && flag(vm, swallow, false)) {
                error = Value();
            }
            continue;
        }
        const bool async = entry.kind == CallKind::AsyncGenerator;
        Value step;
        if (error) {
            step = vm.call_method(entry.object, async ? "athrow" : "throw", {error});
        } else if (async) {
            step = vm.call_method(entry.object, "__anext__");
        } else {
            const Value next = vm.get_attribute(entry.object, "__next__");
            step = next ? vm.run_in_thread(next, {}) : next;
        }
        if (async && step) step = vm.await_now(step);
        if (step) {
            error = vm.make_exception(
                vm.types().runtime_error,
                error ? "generator didn't stop after throw()" : "generator didn't stop");
        } else if (vm.error_is(async ? vm.types().stop_async_iteration
                                     : vm.types().stop_iteration)) {
            vm.take_error();
            error = Value();  // it ended: what was thrown in is dealt with
        } else {
            error = vm.take_error();
        }
    }
    if (error) vm.raise(error);
}

}  // namespace wh::libraries::web
