// The loop that executes instructions. Long instructions are in interpreter_parts.cpp.
#include "base/text.h"
#include "program/objects/operations.h"
#include "program/vm/frame.h"

namespace wh::program {

namespace {

// How a generator's way of leaving looks to whoever resumed it.
Resumed as_seen_outside(Vm& vm, Generator& generator, Resumed raw, bool wrapped) {
    const Builtins& types = vm.types();
    if (raw.left == Left::Failed && !vm.stopped()) {
        const bool async = generator.type == Generator::Type::AsyncGenerator;
        const bool ended = vm.error_is(types.stop_iteration);
        if (ended || (async && vm.error_is(types.stop_async_iteration) &&
                      generator.operation != Generator::Operation::Close)) {
            // PEP 479: an end that was not meant is an error.
            const Value cause = vm.take_error();
            const char* what = async                                          ? "async generator"
                               : generator.type == Generator::Type::Coroutine ? "coroutine"
                                                                              : "generator";
            const Value made = vm.make_exception(
                types.runtime_error,
                cat(what, ended ? " raised StopIteration" : " raised StopAsyncIteration"));
            vm.raise_from(made, cause);
            as_exception(made)->context = cause;
            return raw;
        }
    }
    if (generator.type != Generator::Type::AsyncGenerator) return raw;
    const bool closing = generator.operation == Generator::Operation::Close;
    if (raw.left == Left::Yielded && wrapped) {
        if (closing) {
            vm.raise(types.runtime_error, "async generator ignored GeneratorExit");
            return {Left::Failed, {}};
        }
        return {Left::Returned, raw.value};
    }
    if (raw.left == Left::Returned) {
        if (closing) return {Left::Returned, Value::none()};
        vm.raise(vm.make_exception(types.stop_async_iteration, std::vector<Value>{}));
        return {Left::Failed, {}};
    }
    if (raw.left == Left::Failed && closing && !vm.stopped() &&
        (vm.error_is(types.stop_async_iteration) || vm.error_is(types.generator_exit))) {
        vm.take_error();
        return {Left::Returned, Value::none()};
    }
    return raw;
}

}  // namespace

#define WH_NEXT continue
#define WH_PUSH_OR_FAIL(expression)        \
    {                                      \
        const Value pushed = (expression); \
        if (pushed.is_null()) goto failed; \
        f->push(pushed);                   \
        WH_NEXT;                           \
    }
#define WH_OR_FAIL(condition)          \
    {                                  \
        if (!(condition)) goto failed; \
        WH_NEXT;                       \
    }

Resumed Interpreter::run(Vm& vm, bool thrown) {
    Vm::Internals& in = *vm.internals_;
    Frame* f = in.frame;
    ++in.native_depth;
    thrown = thrown || nested_too_deeply(vm);
    Resumed leaving;
    bool wrapped = false;
    Instruction instruction;
    std::uint32_t arg = 0;
    if (thrown) goto failed;
    for (;;) {
        if (--in.steps_left < 0) {
            stop(vm, "step-limit", "the run was stopped: too many steps");
            goto failed;
        }
        instruction = f->code->instructions[f->ip++];
        arg = instruction.arg;
        switch (instruction.op) {
            case Op::Nop:
                WH_NEXT;
            case Op::Mark:
                if (arg < in.covered.size()) in.covered[arg] = true;
                WH_NEXT;
            case Op::Pop:
                f->stack.pop_back();
                WH_NEXT;
            case Op::Copy: {
                const Value copied = f->top(arg);
                f->push(copied);
                WH_NEXT;
            }
            case Op::Swap:
                std::swap(f->top(), f->top(arg));
                WH_NEXT;
            case Op::LoadConst:
                f->push(f->constants[arg]);
                WH_NEXT;
            case Op::LoadNull:
                f->push(Value());
                WH_NEXT;
            case Op::LoadFast: {
                const Value value = f->stack[arg];
                if (value.is_null()) {
                    unbound_local(vm, *f->code, arg);
                    goto failed;
                }
                f->push(value);
                WH_NEXT;
            }
            case Op::StoreFast:
                f->stack[arg] = f->stack.back();
                f->stack.pop_back();
                WH_NEXT;
            case Op::DeleteFast:
                if (f->stack[arg].is_null()) {
                    unbound_local(vm, *f->code, arg);
                    goto failed;
                }
                f->stack[arg] = Value();
                WH_NEXT;
            case Op::LoadClassCell:
                if (const Value* own = f->names->find(f->code->cells[arg])) {
                    f->push(*own);
                    WH_NEXT;
                }
                [[fallthrough]];
            case Op::LoadCell:
                if (f->cells[arg]->value.is_null()) {
                    unbound_cell(vm, *f->code, arg);
                    goto failed;
                }
                f->push(f->cells[arg]->value);
                WH_NEXT;
            case Op::StoreCell:
                f->cells[arg]->value = f->pop();
                WH_NEXT;
            case Op::DeleteCell:
                if (f->cells[arg]->value.is_null()) {
                    unbound_cell(vm, *f->code, arg);
                    goto failed;
                }
                f->cells[arg]->value = Value();
                WH_NEXT;
            case Op::LoadName:
                WH_PUSH_OR_FAIL(load_name(vm, *f, f->code->names[arg]));
            case Op::StoreName:
                f->names->set(f->code->names[arg], f->pop());
                WH_NEXT;
            case Op::DeleteName:
                WH_OR_FAIL(delete_name(vm, *f->names, f->code->names[arg]));
            case Op::DeleteGlobal:
                WH_OR_FAIL(delete_name(vm, f->module->globals, f->code->names[arg]));
            case Op::LoadGlobal:
                WH_PUSH_OR_FAIL(load_global(vm, *f, f->code->names[arg]));
            case Op::StoreGlobal:
                f->module->globals.set(f->code->names[arg], f->pop());
                WH_NEXT;
            case Op::LoadAttribute: {
                const Value made = vm.get_attribute(f->top(), f->code->names[arg]);
                if (made.is_null()) goto failed;
                f->top() = made;
                WH_NEXT;
            }
            case Op::StoreAttribute: {
                const Value object = f->pop();
                const Value value = f->pop();
                WH_OR_FAIL(vm.set_attribute(object, f->code->names[arg], value));
            }
            case Op::DeleteAttribute:
                WH_OR_FAIL(vm.delete_attribute(f->pop(), f->code->names[arg]));
            case Op::LoadMethod: {
                Value function, self;
                if (!load_method(vm, f->top(), f->code->names[arg], function, self)) goto failed;
                f->top() = function;
                f->push(self);
                WH_NEXT;
            }
            case Op::GetItem: {
                const Value key = f->pop();
                WH_PUSH_OR_FAIL(vm.get_item(f->pop(), key));
            }
            case Op::SetItem: {
                const Value key = f->pop();
                const Value object = f->pop();
                const Value value = f->pop();
                WH_OR_FAIL(vm.set_item(object, key, value));
            }
            case Op::DeleteItem: {
                const Value key = f->pop();
                WH_OR_FAIL(vm.delete_item(f->pop(), key));
            }
            case Op::Binary:
            case Op::Inplace: {
                const Value right = f->pop();
                const Value left = f->pop();
                WH_PUSH_OR_FAIL(binary_operation(vm, static_cast<syntax::BinaryOp>(arg), left,
                                                 right, instruction.op == Op::Inplace));
            }
            case Op::Unary:
                WH_PUSH_OR_FAIL(unary_operation(vm, static_cast<syntax::UnaryOp>(arg), f->pop()));
            case Op::Compare: {
                const Value right = f->pop();
                const Value left = f->pop();
                WH_PUSH_OR_FAIL(
                    compare_operation(vm, static_cast<syntax::CompareOp>(arg), left, right));
            }
            case Op::BuildList:
            case Op::BuildTuple: {
                std::vector<Value> items(f->stack.end() - static_cast<std::ptrdiff_t>(arg),
                                         f->stack.end());
                f->drop(arg);
                WH_PUSH_OR_FAIL(instruction.op == Op::BuildList ? vm.list(std::move(items))
                                                                : vm.tuple(std::move(items)));
            }
            case Op::BuildSet: {
                Set* set = vm.make<Set>(ObjectKind::Set, vm.types_.set);
                for (std::size_t i = arg; i > 0; --i) {
                    if (!set->add(vm, f->top(i))) goto failed;
                }
                f->drop(arg);
                f->push(Value::of(set));
                WH_NEXT;
            }
            case Op::BuildDict: {
                const Value made = vm.dict();
                if (made.is_null()) goto failed;
                for (std::size_t i = arg; i > 0; --i) {
                    if (!as_dict(made)->set(vm, f->top(2 * i), f->top(2 * i - 1))) goto failed;
                }
                f->drop(2 * std::size_t{arg});
                f->push(made);
                WH_NEXT;
            }
            case Op::BuildSlice: {
                const Value made = make_slice(vm, f->top(3), f->top(2), f->top(1));
                f->drop(3);
                WH_PUSH_OR_FAIL(made);
            }
            case Op::BuildString: {
                const Value made = build_string(vm, f->stack.data() + (f->stack.size() - arg), arg);
                f->drop(arg);
                WH_PUSH_OR_FAIL(made);
            }
            case Op::ListAppend: {
                const Value item = f->pop();
                as_list(f->top(arg))->items.push_back(item);
                WH_OR_FAIL(vm.charge(sizeof(Value)));
            }
            case Op::SetAdd: {
                const Value item = f->pop();
                WH_OR_FAIL(as_set(f->top(arg))->add(vm, item));
            }
            case Op::DictAdd: {
                const Value value = f->pop();
                const Value key = f->pop();
                WH_OR_FAIL(as_dict(f->top(arg))->set(vm, key, value));
            }
            case Op::ListExtend:
            case Op::SetUpdate: {
                const Value from = f->pop();
                std::vector<Value> items;
                if (!vm.collect(from, items)) goto failed;
                if (List* list = as_list(f->top())) {
                    list->items.insert(list->items.end(), items.begin(), items.end());
                } else {
                    for (const Value& item : items) {
                        if (!as_set(f->top())->add(vm, item)) goto failed;
                    }
                }
                WH_NEXT;
            }
            case Op::DictUpdate:
            case Op::DictMerge: {
                const Value from = f->pop();
                // Stack of a call: callable, list, dict.
                const Value* callee = instruction.op == Op::DictMerge ? &f->top(3) : nullptr;
                WH_OR_FAIL(merge_dict(vm, f->top(), from, callee));
            }
            case Op::ListToTuple:
                WH_PUSH_OR_FAIL(vm.tuple(as_list(f->pop())->items));
            case Op::FormatValue: {
                const Value spec = (arg & 0x100U) ? f->pop() : Value();
                WH_PUSH_OR_FAIL(format_value(vm, f->pop(), static_cast<char>(arg & 0xFFU), spec));
            }
            case Op::Unpack:
            case Op::UnpackStar: {
                std::vector<Value> items;
                const bool star = instruction.op == Op::UnpackStar;
                const std::uint32_t before = star ? arg & 0xFFFU : arg;
                const std::uint32_t after = star ? (arg >> 12U) + 1 : 0;  // the starred one too
                if (!unpack(vm, f->pop(), before + after, star ? static_cast<int>(before) : -1,
                            items)) {
                    goto failed;
                }
                f->stack.insert(f->stack.end(), items.rbegin(), items.rend());
                WH_NEXT;
            }
            case Op::Jump:
                f->ip = arg;
                WH_NEXT;
            case Op::PopJumpIfFalse:
            case Op::PopJumpIfTrue: {
                bool truth = false;
                const Value value = f->pop();
                if (value.is_bool()) {
                    truth = value.boolean;
                } else if (!vm.truth(value, truth)) {
                    goto failed;
                }
                if (truth == (instruction.op == Op::PopJumpIfTrue)) f->ip = arg;
                WH_NEXT;
            }
            case Op::PopJumpIfNone:
                if (f->pop().is_none()) f->ip = arg;
                WH_NEXT;
            case Op::JumpIfFalseOrPop:
            case Op::JumpIfTrueOrPop: {
                bool truth = false;
                if (!vm.truth(f->top(), truth)) goto failed;
                if (truth == (instruction.op == Op::JumpIfTrueOrPop)) {
                    f->ip = arg;
                } else {
                    f->stack.pop_back();
                }
                WH_NEXT;
            }
            case Op::GetIterator:
                WH_PUSH_OR_FAIL(vm.iterate(f->pop()));
            case Op::ForIterator: {
                if (Generator* generator = as_generator(f->top())) {
                    const Called called =
                        begin_resume(vm, *generator, Entry::ForIterator, Value::none(), {});
                    if (called == Called::Failed) goto failed;
                    if (called == Called::Entered) {
                        f = in.frame;
                        WH_NEXT;
                    }
                } else {
                    const Value item = vm.next(f->top());
                    if (item) {
                        f->push(item);
                        WH_NEXT;
                    }
                    if (vm.failed()) goto failed;
                }
                f->stack.pop_back();
                f->ip = arg;
                WH_NEXT;
            }
            case Op::Call:
            case Op::CallMethod: {
                const CallSite& site = f->code->sites[arg];
                const std::size_t keywords = site.keywords.size();
                const std::size_t count = site.positional.size() + keywords;
                Arguments arguments;
                arguments.site = f->code->is_library ? nullptr : &site;
                const auto end = f->stack.end();
                const auto key = end - static_cast<std::ptrdiff_t>(keywords);
                arguments.positional.assign(end - static_cast<std::ptrdiff_t>(count), key);
                for (std::size_t i = 0; i < keywords; ++i) {
                    arguments.keywords.emplace_back(site.keywords[i].first,
                                                    key[static_cast<std::ptrdiff_t>(i)]);
                }
                f->drop(count);
                if (instruction.op == Op::CallMethod) arguments.self = f->pop();
                const Value callable = f->pop();
                Value result;
                const Called called = begin_call(vm, callable, arguments, false, result);
                if (called == Called::Failed) goto failed;
                if (called == Called::Entered) {
                    f = in.frame;
                } else {
                    f->push(result);
                }
                WH_NEXT;
            }
            case Op::CallStar: {
                Arguments arguments;
                arguments.site = f->code->is_library ? nullptr : &f->code->sites[arg];
                const Value keywords = f->pop();
                arguments.positional = std::move(as_list(f->pop())->items);
                if (const Dict* dict = as_dict(keywords)) {
                    for (const Dict::Entry& entry : dict->entries) {
                        if (!entry.live) continue;
                        arguments.keywords.emplace_back(std::string(text_of(entry.key)),
                                                        entry.value);
                    }
                }
                Value result;
                const Called called = begin_call(vm, f->pop(), arguments, false, result);
                if (called == Called::Failed) goto failed;
                if (called == Called::Entered) {
                    f = in.frame;
                } else {
                    f->push(result);
                }
                WH_NEXT;
            }
            case Op::CallDecorator: {
                Called called = Called::Done;
                Value result;
                if (!decorate(vm, *f, f->code->sites[arg], called, result)) goto failed;
                if (called == Called::Entered) {
                    f = in.frame;
                } else {
                    f->push(result);
                }
                WH_NEXT;
            }
            case Op::MakeFunction:
                WH_PUSH_OR_FAIL(make_function(vm, *f, *f->code->children[arg]));
            case Op::BuildClass: {
                const Value keywords = f->pop();
                const Value bases = f->pop();
                const Value body = f->pop();
                WH_PUSH_OR_FAIL(
                    build_class(vm, *as_function(body), bases, keywords, f->code->sites[arg]));
            }
            case Op::Return:
                leaving = {Left::Returned, f->pop()};
                goto leave;
            case Op::Yield:
                leaving = {Left::Yielded, f->pop()};
                wrapped = arg == 2;
                goto leave;
            case Op::GetYieldFrom:
                if (as_generator(f->top())) WH_NEXT;
                WH_PUSH_OR_FAIL(vm.iterate(f->pop()));
            case Op::GetAwaitable: {
                const Value made = awaiter_of(vm, f->pop());
                WH_PUSH_OR_FAIL(made);
            }
            case Op::Send: {
                const Value sent = f->pop();
                Resumed got;
                const Called called = begin_send(vm, f->top(), sent, got);
                if (called == Called::Entered) {
                    f = in.frame;
                    if (vm.failed()) goto failed;  // thrown into it
                    WH_NEXT;
                }
                if (got.left == Left::Failed) goto failed;
                if (got.left == Left::Yielded) {
                    f->push(got.value);
                } else {
                    f->top() = got.value;
                    f->ip = arg;
                }
                WH_NEXT;
            }
            case Op::GetAsyncIterator: {
                const Value iterable = f->pop();
                WH_PUSH_OR_FAIL(async_iterator_of(vm, iterable));
            }
            case Op::GetAsyncNext:
                WH_PUSH_OR_FAIL(async_next_of(vm, f->top()));
            case Op::EndAsyncFor: {
                const ExceptionInstance* ended = as_exception(f->handled.back());
                if (!ended || !ended->cls->derives_from(vm.types_.stop_async_iteration)) {
                    in.error = f->handled.back();
                    f->handled.pop_back();
                    goto failed;
                }
                f->handled.pop_back();
                f->stack.pop_back();
                WH_NEXT;
            }
            case Op::SetupTry:
            case Op::SetupWith:
                f->blocks.push_back(
                    {arg,
                     static_cast<std::uint32_t>(f->stack.size() -
                                                (instruction.op == Op::SetupWith ? 1U : 0U)),
                     static_cast<std::uint32_t>(f->handled.size())});
                WH_NEXT;
            case Op::PopBlock:
                f->blocks.pop_back();
                WH_NEXT;
            case Op::LoadHandled:
                f->push(f->handled.back());
                WH_NEXT;
            case Op::PushHandled:
                f->handled.push_back(f->pop());
                WH_NEXT;
            case Op::PopHandled:
                f->handled.pop_back();
                WH_NEXT;
            case Op::Reraise:
                in.error = f->handled.back();
                f->handled.pop_back();
                goto failed;
            case Op::Raise:
                raise_statement(vm, *f, arg);
                goto failed;
            case Op::MatchException: {
                bool matches = false;
                if (!matches_exception(vm, f->handled.back(), f->pop(), matches)) goto failed;
                f->push(Value::of(matches));
                WH_NEXT;
            }
            case Op::MatchExceptionGroup:
                WH_OR_FAIL(match_group(vm, *f));
            case Op::RaiseStar:
                WH_OR_FAIL(raise_star(vm, *f));
            case Op::WithEnter:
            case Op::AsyncWithEnter:
                WH_OR_FAIL(with_enter(vm, *f, instruction.op == Op::AsyncWithEnter));
            case Op::WithExit:
                WH_OR_FAIL(with_exit(vm, *f, false, false));
            case Op::WithExitError:
                WH_OR_FAIL(with_exit(vm, *f, false, true));
            case Op::AsyncWithExit:
                WH_OR_FAIL(with_exit(vm, *f, true, false));
            case Op::AsyncWithExitError:
                WH_OR_FAIL(with_exit(vm, *f, true, true));
            case Op::ImportName: {
                const Value level = f->pop();
                const Value names = f->pop();
                WH_PUSH_OR_FAIL(
                    import_from_frame(vm, *f, f->code->names[arg], names, level.integer));
            }
            case Op::ImportFrom:
                WH_PUSH_OR_FAIL(import_name_of(vm, f->top(), f->code->names[arg]));
            case Op::ImportStar:
                WH_OR_FAIL(import_star(vm, *f, f->pop()));
            case Op::LoadBuildAnnotations: {
                if (const Value* known = f->names->find("__annotations__")) {
                    f->push(*known);
                    WH_NEXT;
                }
                const Value made = vm.dict();
                if (made.is_null()) goto failed;
                f->names->set("__annotations__", made);
                f->push(made);
                WH_NEXT;
            }
            case Op::LoadAssertionError:
                f->push(Value::of(vm.types_.assertion_error));
                WH_NEXT;
            case Op::GetLength: {
                std::int64_t length = 0;
                if (!vm.length(f->pop(), length)) goto failed;
                f->push(Value::of(length));
                WH_NEXT;
            }
            case Op::MatchSequence: {
                const Value subject = f->pop();
                f->push(Value::of(as_list(subject) || as_tuple(subject) || as_range(subject)));
                WH_NEXT;
            }
            case Op::MatchMapping:
                f->push(Value::of(as_dict(f->pop()) != nullptr));
                WH_NEXT;
            case Op::MatchKeys: {
                const Value keys = f->pop();
                WH_PUSH_OR_FAIL(match_keys(vm, f->pop(), keys));
            }
            case Op::MatchClass: {
                const Value names = f->pop();
                const Value cls = f->pop();
                WH_PUSH_OR_FAIL(match_class(vm, f->pop(), cls, arg, names));
            }
            case Op::SyntaxError: {
                syntax_error(vm, *f);
                goto failed;
            }
        }
        continue;

    failed:
        WH_CHECK(vm.failed());
        if (!in.stopped) {
            note_seen(vm, *f);
            if (!f->blocks.empty()) {
                const Frame::Block block = f->blocks.back();
                f->blocks.pop_back();
                f->stack.resize(block.height);
                f->handled.resize(block.handled);
                f->handled.push_back(in.error);
                in.error = Value();
                f->ip = block.handler;
                continue;
            }
            if (go_on_after(vm, *f)) continue;
        }
        leaving = {Left::Failed, {}};

    leave : {
        Frame* left = f;
        const Entry entry = left->entry;
        f = in.frame = left->back;
        --in.depth;
        if (Generator* generator = left->generator) {
            generator->running = false;
            left->back = nullptr;
            if (leaving.left != Left::Yielded) recycle(vm, std::move(generator->frame));
            leaving = as_seen_outside(vm, *generator, leaving, wrapped);
            wrapped = false;
        } else {
            if (entry == Entry::Init && leaving.left == Left::Returned) {
                if (leaving.value.is_none()) {
                    leaving.value = left->constructing;
                } else {
                    vm.raise(vm.types_.type_error, cat("__init__() should return None, not '",
                                                       type_name(vm, leaving.value), "'"));
                    leaving.left = Left::Failed;
                }
            }
            recycle(vm, std::unique_ptr<Frame>(left));
        }
        if (entry == Entry::Native) {
            --in.native_depth;
            if (leaving.left == Left::Failed) leaving.value = Value();
            return leaving;
        }
        if (leaving.left == Left::Failed) goto failed;
        if (leaving.left == Left::Yielded || entry == Entry::Call || entry == Entry::Init) {
            f->push(leaving.value);
            continue;
        }
        // Returned to a Send or ForIterator, which is the last instruction that was executed.
        if (entry == Entry::Send) {
            f->top() = leaving.value;
        } else {
            f->stack.pop_back();
        }
        f->ip = f->code->instructions[f->ip - 1].arg;
    }
    }
}

#undef WH_NEXT
#undef WH_PUSH_OR_FAIL
#undef WH_OR_FAIL

}  // namespace wh::program
