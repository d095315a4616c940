// Generators, coroutines, async generators: resuming them, and their methods.
#include "base/text.h"
#include "program/objects/operations.h"
#include "program/vm/frame.h"

namespace wh::program {

Generator::Generator(ObjectKind k, Class* c) : Object(k, c) {}
Generator::~Generator() = default;

namespace {

constexpr std::uint32_t kDelegating = 1;  // argument of Yield

// What an asend(), athrow(), aclose() or __anext__() of an async generator gives: awaiting it
// resumes the generator.
struct AsyncOperation : Awaiter {
    Generator* generator;
    Generator::Operation operation;
    Value value;
    bool begun = false;
    AsyncOperation(Vm& vm, Generator& of, Generator::Operation what, const Value& with)
        : Awaiter(ObjectKind::Iterator, vm.types().awaitable),
          generator(&of),
          operation(what),
          value(with) {
        is_operation = true;
    }
    Resumed step(Vm& vm, const Value& sent) override {
        return step_iterator(vm, Value::of(this), sent);
    }
};

Generator* delegate_of(Vm& vm, const Value& value) {
    if (Generator* generator = as_generator(value)) return generator;
    Awaiter* awaiter = as_awaiter(vm, value);
    return awaiter && awaiter->is_operation ? static_cast<AsyncOperation*>(awaiter)->generator
                                            : nullptr;
}

bool waits_for_another(const Frame& frame) {
    if (frame.ip == 0) return false;
    const Instruction& last = frame.code->instructions[frame.ip - 1];
    return last.op == Op::Yield && last.arg == kDelegating;
}

const char* type_text(const Generator& generator) {
    switch (generator.type) {
        case Generator::Type::Generator:
            return "generator";
        case Generator::Type::Coroutine:
            return "coroutine";
        case Generator::Type::AsyncGenerator:
            return "async generator";
    }
    return "";
}

Called begin_finished(Vm& vm, Generator& generator, const Value& thrown) {
    const bool closing = generator.operation == Generator::Operation::Close;
    const bool async = generator.type == Generator::Type::AsyncGenerator;
    if (async && closing) return Called::Done;
    if (thrown) {
        vm.raise(thrown);
    } else if (generator.type == Generator::Type::Coroutine) {
        vm.raise(vm.types().runtime_error, "cannot reuse already awaited coroutine");
    } else if (async) {
        vm.raise(vm.make_exception(vm.types().stop_async_iteration, std::vector<Value>{}));
    } else {
        return Called::Done;
    }
    return Called::Failed;
}

}  // namespace

Called begin_resume(Vm& vm, Generator& generator, Entry entry, const Value& sent,
                    const Value& thrown) {
    if (generator.running) {
        vm.raise(vm.types().value_error, cat(type_text(generator), " already executing"));
        return Called::Failed;
    }
    if (generator.frame && !generator.started) {
        if (!thrown && !sent.is_none()) {
            vm.raise(vm.types().type_error,
                     cat("can't send non-None value to a just-started ", type_text(generator)));
            return Called::Failed;
        }
        if (thrown) recycle(vm, std::move(generator.frame));
    }
    if (!generator.frame) return begin_finished(vm, generator, thrown);
    if (!enter(vm, *generator.frame, entry)) return Called::Failed;
    generator.running = true;
    if (!thrown) {
        if (generator.started) generator.frame->push(sent);
        generator.started = true;
        return Called::Entered;
    }
    // An exception goes to the innermost generator that this one waits for.
    Frame* at = generator.frame.get();
    while (waits_for_another(*at)) {
        Generator* inner = delegate_of(vm, at->top());
        if (!inner || !inner->frame || inner->running || !inner->started) break;
        // As if Send had just been executed: the instruction after Yield jumps back to it.
        at->ip = at->code->instructions[at->ip].arg + 1;
        if (!enter(vm, *inner->frame, Entry::Send)) return Called::Entered;
        inner->running = true;
        at = inner->frame.get();
    }
    vm.raise(thrown);
    return Called::Entered;
}

Called begin_send(Vm& vm, const Value& iterator, const Value& sent, Resumed& got, Entry entry,
                  const Value& thrown) {
    got = {Left::Returned, Value::none()};
    const auto resumed = [&got](Called called) {
        if (called == Called::Failed) got = {};  // not entered: too deep, or running already
        return called;
    };
    if (Generator* generator = as_generator(iterator)) {
        return resumed(begin_resume(vm, *generator, entry, sent, thrown));
    }
    if (Awaiter* awaiter = as_awaiter(vm, iterator)) {
        if (awaiter->is_operation) {
            AsyncOperation& operation = static_cast<AsyncOperation&>(*awaiter);
            Generator& generator = *operation.generator;
            if (operation.begun) return resumed(begin_resume(vm, generator, entry, sent, thrown));
            operation.begun = true;
            if (generator.running) {
                vm.raise(vm.types().runtime_error,
                         "anext(): asynchronous generator is already running");
                return Called::Failed;
            }
            generator.operation = operation.operation;
            const bool next = operation.operation == Generator::Operation::Next;
            return resumed(begin_resume(vm, generator, entry,
                                        next ? operation.value : Value::none(),
                                        thrown ? thrown : (next ? Value() : operation.value)));
        }
        if (thrown) {
            vm.raise(thrown);
            got = {};
        } else {
            got = awaiter->step(vm, sent);
        }
    } else if (thrown) {
        vm.raise(thrown);
        got = {};
    } else if (Iterator* native = as_iterator(iterator)) {
        const Value item = native->next(vm);
        if (item) got = {Left::Yielded, item};
        if (vm.failed()) got = {};
    } else {
        // An iterator of the user's: StopIteration carries the result.
        const Value item = sent.is_none() ? vm.call_method(iterator, "__next__")
                                          : vm.call_method(iterator, "send", {sent});
        if (item) {
            got = {Left::Yielded, item};
        } else if (vm.error_is(vm.types().stop_iteration)) {
            const ExceptionInstance* end = as_exception(vm.take_error());
            if (!end->args.empty()) got.value = end->args[0];
        } else {
            got = {};
        }
    }
    return got.left == Left::Failed ? Called::Failed : Called::Done;
}

Resumed step_iterator(Vm& vm, const Value& iterator, const Value& sent, const Value& thrown) {
    Resumed got;
    switch (begin_send(vm, iterator, sent, got, Entry::Native, thrown)) {
        case Called::Done:
            return got;
        case Called::Entered:
            return Interpreter::run(vm, vm.failed());
        case Called::Failed:
            break;
    }
    return {};
}

Resumed resume(Vm& vm, Generator& generator, const Value& sent, const Value& thrown) {
    return step_iterator(vm, Value::of(&generator), sent, thrown);
}

Value generator_next(Vm& vm, Generator& generator) {
    const Resumed got = resume(vm, generator, Value::none());
    if (got.left == Left::Yielded) return got.value;
    generator.returned = got.value;
    return {};
}

Value Awaiter::next(Vm& vm) {
    const Resumed got = step(vm, Value::none());
    if (got.left == Left::Returned) {
        return vm.raise(vm.make_exception(vm.types().stop_iteration, {got.value}));
    }
    return got.value;
}

Value awaiter_of(Vm& vm, const Value& value) {
    if (Generator* generator = as_generator(value)) {
        if (generator->type == Generator::Type::Coroutine) {
            if (generator->running || (generator->started && generator->frame)) {
                return vm.raise(vm.types().runtime_error, "coroutine is being awaited already");
            }
            return value;
        }
    }
    if (as_awaiter(vm, value)) return value;
    if (Awaitable* awaitable = as_awaitable(value)) return awaitable_runner(vm, *awaitable);
    if (Future* future = as_future(value)) return future_awaiter(vm, *future);
    if (const Unknown* unknown = as_unknown(value)) {
        const Value result = derived_unknown(vm, unknown->label, value, {}, unknown->shape);
        return Value::of(vm.make<ReadyAwaiter>(vm, result));
    }
    const Value method = special_method(vm, value, "__await__");
    if (method.is_null()) {
        if (vm.failed()) return {};
        return vm.raise(vm.types().type_error, cat("object ", type_name(vm, value),
                                                   " can't be used in 'await' expression"));
    }
    const Value iterator = vm.call(method);
    if (iterator.is_null() || as_generator(iterator) || as_iterator(iterator)) return iterator;
    return vm.iterate(iterator);
}

Value async_iterator_of(Vm& vm, const Value& iterable) {
    if (as_generator(iterable) && as_generator(iterable)->type == Generator::Type::AsyncGenerator) {
        return iterable;
    }
    if (as_unknown(iterable)) return vm.iterate(iterable);
    const Value method = special_method(vm, iterable, "__aiter__");
    if (method.is_null()) {
        if (vm.failed()) return {};
        return vm.raise(vm.types().type_error,
                        cat("'async for' requires an object with __aiter__ method, got ",
                            type_name(vm, iterable)));
    }
    return vm.call(method);
}

Value async_next_of(Vm& vm, const Value& iterator) {
    if (Generator* generator = as_generator(iterator)) {
        return Value::of(
            vm.make<AsyncOperation>(vm, *generator, Generator::Operation::Next, Value::none()));
    }
    if (Iterator* items = as_iterator(iterator)) {  // of an unknown value
        const Value item = items->next(vm);
        if (item) return Value::of(vm.make<ReadyAwaiter>(vm, item));
        if (vm.failed()) return {};
        return vm.raise(vm.make_exception(vm.types().stop_async_iteration, std::vector<Value>{}));
    }
    const Value method = special_method(vm, iterator, "__anext__");
    if (method.is_null()) {
        if (vm.failed()) return {};
        return vm.raise(vm.types().type_error,
                        cat("'async for' requires an iterator with __anext__ method, got ",
                            type_name(vm, iterator)));
    }
    const Value awaitable = vm.call(method);
    return awaitable ? awaiter_of(vm, awaitable) : Value();
}

// -- methods
// -----------------------------------------------------------------------------------------

namespace {

Value outcome(Vm& vm, const Resumed& got) {
    if (got.left != Left::Returned) return got.value;
    std::vector<Value> args;
    if (!got.value.is_none()) args.push_back(got.value);
    return vm.raise(vm.make_exception(vm.types().stop_iteration, std::move(args)));
}

// throw(exception) or throw(type[, value]): Null if it raised a TypeError.
Value exception_to_throw(Vm& vm, const Arguments& arguments) {
    Value given = arguments.positional.empty() ? Value() : arguments.positional[0];
    if (as_class(given)) {
        if (arguments.positional.size() > 1 && !arguments.positional[1].is_none()) {
            const Value second = arguments.positional[1];
            given = as_exception(second) ? second : vm.call(given, {second});
        } else {
            given = vm.call(given);
        }
        if (given.is_null()) return given;
    }
    if (as_exception(given)) return given;
    return vm.raise(vm.types().type_error,
                    "exceptions must be classes or instances deriving from BaseException");
}

Value generator_send(Vm& vm, Arguments& arguments) {
    const Value sent = arguments.positional.empty() ? Value::none() : arguments.positional[0];
    return outcome(vm, resume(vm, *as_generator(arguments.self), sent));
}
Value generator_throw(Vm& vm, Arguments& arguments) {
    const Value thrown = exception_to_throw(vm, arguments);
    if (thrown.is_null()) return {};
    return outcome(vm, resume(vm, *as_generator(arguments.self), Value::none(), thrown));
}
Value generator_close(Vm& vm, Arguments& arguments) {
    Generator& generator = *as_generator(arguments.self);
    if (!generator.frame) return Value::none();
    const Value exit = vm.make_exception(vm.types().generator_exit, std::vector<Value>{});
    const Resumed got = resume(vm, generator, Value::none(), exit);
    if (got.left == Left::Yielded) {
        return vm.raise(vm.types().runtime_error,
                        cat(type_text(generator), " ignored GeneratorExit"));
    }
    if (got.left == Left::Returned) return got.value;
    if (!vm.stopped() &&
        (vm.error_is(vm.types().generator_exit) || vm.error_is(vm.types().stop_iteration))) {
        vm.take_error();
        return Value::none();
    }
    return {};
}
Value generator_self(Vm&, Arguments& arguments) {
    return arguments.self;
}

template <Generator::Operation kOperation>
Value async_operation(Vm& vm, Arguments& arguments) {
    Value value = Value::none();
    if (kOperation == Generator::Operation::Close) {
        value = vm.make_exception(vm.types().generator_exit, std::vector<Value>{});
    } else if (kOperation == Generator::Operation::Throw) {
        value = exception_to_throw(vm, arguments);
        if (value.is_null()) return {};
    } else if (!arguments.positional.empty()) {
        value = arguments.positional[0];
    }
    return Value::of(vm.make<AsyncOperation>(vm, *as_generator(arguments.self), kOperation, value));
}

}  // namespace

void install_generator_methods(Vm& vm) {
    const Builtins& types = vm.types();
    for (Class* cls : {types.generator, types.coroutine}) {
        vm.method(cls, "send", &generator_send);
        vm.method(cls, "throw", &generator_throw);
        vm.method(cls, "close", &generator_close);
    }
    vm.method(types.generator, "__next__", &generator_send);
    vm.method(types.generator, "__iter__", &generator_self);
    vm.method(types.coroutine, "__await__", &generator_self);
    using Operation = Generator::Operation;
    vm.method(types.async_generator, "__aiter__", &generator_self);
    vm.method(types.async_generator, "__anext__", &async_operation<Operation::Next>);
    vm.method(types.async_generator, "asend", &async_operation<Operation::Next>);
    vm.method(types.async_generator, "athrow", &async_operation<Operation::Throw>);
    vm.method(types.async_generator, "aclose", &async_operation<Operation::Close>);
}

}  // namespace wh::program
