// Parts of instructions that are too long for the loop: names, raise, except, with.
#include "base/text.h"
#include "program/objects/operations.h"
#include "program/vm/frame.h"

namespace wh::program {

static Value raise_name_error(Vm& vm, const std::string& name) {
    return vm.raise(vm.types().name_error, cat("name '", name, "' is not defined"));
}

bool delete_name(Vm& vm, Namespace& from, const std::string& name) {
    if (from.erase(name)) return true;
    raise_name_error(vm, name);
    return false;
}

Value load_global(Vm& vm, Frame& frame, const std::string& name) {
    if (const Value* found = frame.module->globals.find(name)) return *found;
    if (const Value* found = Interpreter::internals(vm).builtins->globals.find(name)) {
        return *found;
    }
    return raise_name_error(vm, name);
}

Value load_name(Vm& vm, Frame& frame, const std::string& name) {
    if (const Value* found = frame.names->find(name)) return *found;
    return load_global(vm, frame, name);
}

Value unbound_local(Vm& vm, const Code& code, std::uint32_t local) {
    return vm.raise(vm.class_in("builtins", "UnboundLocalError"),
                    cat("cannot access local variable '", code.locals[local],
                        "' where it is not associated with a value"));
}

Value unbound_cell(Vm& vm, const Code& code, std::uint32_t cell) {
    if (cell < code.own_cells) {
        return vm.raise(vm.class_in("builtins", "UnboundLocalError"),
                        cat("cannot access local variable '", code.cells[cell],
                            "' where it is not associated with a value"));
    }
    return vm.raise(vm.types().name_error,
                    cat("cannot access free variable '", code.cells[cell],
                        "' where it is not associated with a value in enclosing scope"));
}

void syntax_error(Vm& vm, Frame& frame) {
    vm.raise(vm.class_in("builtins", "SyntaxError"), "invalid syntax");
    (void)frame;
}

Value make_function(Vm& vm, Frame& frame, const Code& code) {
    const Value annotations = frame.pop();
    const Value keyword_defaults = frame.pop();
    const Value defaults = frame.pop();
    Function* made = vm.make<Function>(ObjectKind::Function, vm.types().function);
    made->code = &code;
    made->name = code.name;
    made->qualname = code.qualname;
    made->module = frame.module;
    if (const Tuple* tuple = as_tuple(defaults)) made->defaults = tuple->items;
    if (const Dict* dict = as_dict(keyword_defaults)) {
        for (const Dict::Entry& each : dict->entries) {
            made->keyword_defaults.emplace_back(std::string(text_of(each.key)), each.value);
        }
    }
    made->annotations = as_dict(annotations);
    for (const std::uint32_t cell : code.closure) made->closure.push_back(frame.cells[cell]);
    return Value::of(made);
}

namespace {

// As _PyObject_FunctionStr shows what is called.
std::string callee_text(const Value& callee) {
    if (const BoundMethod* method = as_bound_method(callee)) return callee_text(method->function);
    if (const Function* function = as_function(callee)) {
        return cat(function->module->name, ".", function->qualname);
    }
    if (const Native* native = as_native(callee)) return native->name;
    if (const Class* cls = as_class(callee)) {
        return cls->module == "builtins" ? cls->qualname : cat(cls->module, ".", cls->qualname);
    }
    return "function";
}

}  // namespace

bool merge_dict(Vm& vm, const Value& into, const Value& from, const Value* callee) {
    Dict* target = as_dict(into);
    if (as_unknown(from)) {
        vm.not_modelled("unpacking of an unknown mapping");
        return true;
    }
    const auto add = [&](const Value& key, const Value& value) {
        if (callee) {
            if (!as_str(key)) {
                vm.raise(vm.types().type_error, "keywords must be strings");
                return false;
            }
            if (target->find_text(text_of(key))) {
                vm.raise(vm.types().type_error,
                         cat(callee_text(*callee), "() got multiple values for keyword argument '",
                             text_of(key), "'"));
                return false;
            }
        }
        return target->set(vm, key, value);
    };
    if (const Dict* dict = as_dict(from)) {
        for (std::size_t i = 0; i < dict->entries.size(); ++i) {
            const Dict::Entry entry = dict->entries[i];
            if (entry.live && !add(entry.key, entry.value)) return false;
        }
        return true;
    }
    const Value keys_method = vm.find_attribute(from, "keys");
    if (keys_method.is_null()) {
        if (vm.failed()) return false;
        vm.raise(vm.types().type_error,
                 callee ? cat(callee_text(*callee), "() argument after ** must be a mapping, not ",
                              type_name(vm, from))
                        : cat("'", type_name(vm, from), "' object is not a mapping"));
        return false;
    }
    std::vector<Value> keys;
    const Value listed = vm.call(keys_method);
    if (listed.is_null() || !vm.collect(listed, keys)) return false;
    for (const Value& key : keys) {
        const Value value = vm.get_item(from, key);
        if (value.is_null() || !add(key, value)) return false;
    }
    return true;
}

bool raise_statement(Vm& vm, Frame& frame, std::uint32_t count) {
    if (count == 0) {
        const Value handled = topmost_handled(vm);
        if (handled.is_null()) {
            vm.raise(vm.types().runtime_error, "No active exception to reraise");
        } else {
            Interpreter::internals(vm).error = handled;
        }
        return false;
    }
    Value cause = count == 2 ? frame.pop() : Value();
    Value raised = frame.pop();
    const auto instantiate = [&](Value& value) {
        if (const Class* cls = as_class(value)) {
            if (cls->is_exception) value = vm.call(value);
        }
        return !value.is_null();
    };
    if (!instantiate(raised)) return false;
    if (as_unknown(raised)) {
        raised = vm.make_exception(vm.types().exception,
                                   cat("unknown exception ", as_unknown(raised)->label));
    }
    if (!as_exception(raised)) {
        vm.raise(vm.types().type_error, "exceptions must derive from BaseException");
        return false;
    }
    if (count == 1) {
        vm.raise(raised);
        return false;
    }
    if (!instantiate(cause)) return false;
    if (!cause.is_none() && !as_exception(cause) && !as_unknown(cause)) {
        vm.raise(vm.types().type_error, "exception causes must derive from BaseException");
        return false;
    }
    vm.raise_from(raised, cause);
    return false;
}

bool matches_exception(Vm& vm, const Value& exception, const Value& type, bool& out) {
    out = false;
    if (const Tuple* tuple = as_tuple(type)) {
        for (const Value& each : tuple->items) {
            if (!matches_exception(vm, exception, each, out)) return false;
            if (out) return true;
        }
        return true;
    }
    if (as_unknown(type)) return true;  // whatever it is, nothing that is modelled raises it
    const Class* cls = as_class(type);
    if (!cls || !cls->is_exception) {
        // A class made from one that is not known may well be an exception class.
        if (cls && cls->derives_from(vm.types().unknown)) return true;
        vm.raise(vm.types().type_error,
                 "catching classes that do not inherit from BaseException is not allowed");
        return false;
    }
    out = exception.object->cls->derives_from(cls);
    return true;
}

namespace {

// The part of a group (or the exception itself) whose leaves match, and the rest; Null where empty.
bool split_group(Vm& vm, const Value& exception, const Value& type, Value& match, Value& rest) {
    bool matches = false;
    if (!matches_exception(vm, exception, type, matches)) return false;
    if (matches) {
        match = exception;
        return true;
    }
    const ExceptionInstance* group = as_exception(exception);
    if (!group->cls->derives_from(vm.types().base_exception_group)) {
        rest = exception;
        return true;
    }
    std::vector<Value> matched, others;
    for (const Value& member : group->group) {
        Value inner_match, inner_rest;
        if (!split_group(vm, member, type, inner_match, inner_rest)) return false;
        if (inner_match) matched.push_back(inner_match);
        if (inner_rest) others.push_back(inner_rest);
    }
    if (others.empty()) {
        match = exception;
    } else if (matched.empty()) {
        rest = exception;
    } else {
        match = group_like(vm, exception, std::move(matched));
        rest = group_like(vm, exception, std::move(others));
    }
    return true;
}

void leaves_of(const Value& exception, std::vector<const Object*>& out) {
    const ExceptionInstance* group = as_exception(exception);
    if (group->group.empty()) out.push_back(group);
    for (const Value& member : group->group) leaves_of(member, out);
}

}  // namespace

// As BaseExceptionGroup.derive() of `original`, with its message and causes.
Value group_like(Vm& vm, const Value& original, std::vector<Value> members) {
    const ExceptionInstance* from = as_exception(original);
    const Value made =
        make_group(vm, from->args.empty() ? vm.str("") : from->args[0], std::move(members));
    ExceptionInstance* group = as_exception(made);
    group->cause = from->cause;
    group->context = from->context;
    group->suppress_context = from->suppress_context;
    group->part_of = from->part_of ? from->part_of : from;
    return made;
}

Value make_group(Vm& vm, const Value& message, std::vector<Value> members) {
    bool plain = true;
    for (const Value& each : members) {
        plain = plain && as_exception(each)->cls->derives_from(vm.types().exception);
    }
    const Value list = vm.list(members);
    const Value made =
        vm.make_exception(plain ? vm.types().exception_group : vm.types().base_exception_group,
                          std::vector<Value>{message, list});
    as_exception(made)->group = std::move(members);
    return made;
}

// group type -> rest match-or-None
bool match_group(Vm& vm, Frame& frame) {
    const Value type = frame.pop();
    const Value group = frame.pop();
    if (group.is_none()) {
        frame.push(group);
        frame.push(Value::none());
        return true;
    }
    Value match, rest;
    if (!split_group(vm, group, type, match, rest)) return false;
    if (match && !as_exception(match)->cls->derives_from(vm.types().base_exception_group)) {
        // An exception that is no group is caught as if it were the only member of one.
        match = make_group(vm, vm.str(""), {match});
    }
    frame.push(rest ? rest : Value::none());
    frame.push(match ? match : Value::none());
    return true;
}

// list of raised, rest -> ; the exception being handled is the original (PEP 654, "Raising
// exceptions in an except* block").
bool raise_star(Vm& vm, Frame& frame) {
    const Value rest = frame.pop();
    const std::vector<Value> results = as_list(frame.pop())->items;
    const Value original = frame.handled.back();
    std::vector<Value> raised;
    std::vector<const Object*> again;  // leaves that were raised again, or never handled
    if (!rest.is_none()) leaves_of(rest, again);
    for (const Value& each : results) {
        const ExceptionInstance* exception = as_exception(each);
        const Object* root = exception->part_of ? exception->part_of : exception;
        if (root == original.object) {
            leaves_of(each, again);
        } else {
            raised.push_back(each);
        }
    }
    if (raised.empty() && again.empty()) return true;
    Value back;
    if (!again.empty()) {
        struct Keep {  // the original with only those leaves
            Vm& vm;
            const std::vector<const Object*>& leaves;
            Value only(const Value& exception) {
                const ExceptionInstance* group = as_exception(exception);
                if (group->group.empty()) {
                    for (const Object* leaf : leaves) {
                        if (leaf == group) return exception;
                    }
                    return {};
                }
                std::vector<Value> members;
                for (const Value& member : group->group) {
                    const Value kept = only(member);
                    if (kept) members.push_back(kept);
                }
                if (members.empty()) return {};
                if (members.size() == group->group.size()) return exception;
                return group_like(vm, exception, std::move(members));
            }
        };
        back = Keep{vm, again}.only(original);
    }
    Vm::Internals& in = Interpreter::internals(vm);
    if (raised.empty()) {
        in.error = back;
        frame.handled.pop_back();
        return false;
    }
    if (back) raised.push_back(back);
    if (raised.size() == 1) {
        in.error = raised[0];
        frame.handled.pop_back();
        return false;
    }
    const Value made = make_group(vm, vm.str(""), std::move(raised));
    frame.handled.pop_back();
    vm.raise(made);
    return false;
}

bool with_enter(Vm& vm, Frame& frame, bool is_async) {
    const Value manager = frame.pop();
    if (const Unknown* unknown = as_unknown(manager)) {
        // Its exit does not swallow exceptions: Null stands for it.
        const Value inside =
            derived_unknown(vm, cat(unknown->label, ".__enter__()"), manager, {}, unknown->shape);
        frame.push(Value());
        frame.push(inside);
        return !inside.is_null();
    }
    const char* enter_name = is_async ? "__aenter__" : "__enter__";
    const char* exit_name = is_async ? "__aexit__" : "__exit__";
    const Value enter = special_method(vm, manager, enter_name);
    const Value exit = enter ? special_method(vm, manager, exit_name) : Value();
    if (enter.is_null() || exit.is_null()) {
        if (vm.failed()) return false;
        vm.raise(vm.types().type_error,
                 cat("'", type_name(vm, manager), "' object does not support the ",
                     is_async ? "asynchronous context manager" : "context manager", " protocol",
                     enter ? (is_async ? " (missed __aexit__ method)" : " (missed __exit__ method)")
                           : ""));
        return false;
    }
    const Value inside = vm.call(enter);
    if (inside.is_null()) return false;
    frame.push(exit);
    frame.push(inside);
    return true;
}

bool with_exit(Vm& vm, Frame& frame, bool is_async, bool error) {
    const Value exit = frame.pop();
    if (exit.is_null()) {
        frame.push(is_async ? Interpreter::internals(vm).scheduler.ready(Value::of(false))
                            : Value::of(false));
        return true;
    }
    Arguments arguments;
    for (int i = 0; i < 3; ++i) arguments.positional.push_back(Value::none());
    if (error) {
        const Value exception = frame.handled.back();
        arguments.positional[0] = Value::of(exception.object->cls);
        arguments.positional[1] = exception;
    }
    const Value result = vm.call(exit, std::move(arguments));
    if (result.is_null()) return false;
    frame.push(result);
    return true;
}

bool decorate(Vm& vm, Frame& frame, const CallSite& site, Called& called, Value& result) {
    const Value decorated = frame.pop();
    const Value decorator = frame.pop();
    if (const Unknown* unknown = as_unknown(decorator)) {
        // What it does is not known; the function itself is the best that can be looked at.
        vm.not_modelled(cat("decorator '", unknown->label, "'"), site.span);
        result = decorated;
        return true;
    }
    Arguments arguments;
    arguments.site = &site;
    arguments.positional.push_back(decorated);
    called = begin_call(vm, decorator, arguments, false, result);
    return called != Called::Failed;
}

Value match_keys(Vm& vm, const Value& subject, const Value& keys) {
    std::vector<Value> found;
    for (const Value& key : as_tuple(keys)->items) {
        const Value* value = as_dict(subject)->find(vm, key);
        if (!value) return vm.failed() ? Value() : Value::none();
        found.push_back(*value);
    }
    return vm.tuple(std::move(found));
}

Value match_class(Vm& vm, const Value& subject, const Value& cls, std::uint32_t positional,
                  const Value& names) {
    if (!as_class(cls) && !as_unknown(cls)) {
        return vm.raise(vm.types().type_error, "called match pattern must be a class");
    }
    bool matches = false;
    if (!is_instance_of(vm, subject, cls, matches)) return {};
    if (!matches) return Value::none();
    std::vector<Value> found;
    std::vector<std::string> wanted;
    if (positional > 0) {
        const Value listed = vm.find_attribute(cls, "__match_args__");
        if (vm.failed()) return {};
        if (const Tuple* tuple = as_tuple(listed)) {
            if (tuple->items.size() < positional) {
                return vm.raise(vm.types().type_error,
                                cat(as_class(cls)->name, "() accepts ", tuple->items.size(),
                                    " positional sub-pattern", tuple->items.size() == 1 ? "" : "s",
                                    " (", positional, " given)"));
            }
            for (std::uint32_t i = 0; i < positional; ++i) {
                wanted.emplace_back(text_of(tuple->items[i]));
            }
        } else if (positional == 1) {
            found.push_back(subject);  // int(x), str(x) ...
        } else {
            return vm.raise(vm.types().type_error,
                            cat(type_name(vm, subject), "() accepts 0 positional sub-patterns (",
                                positional, " given)"));
        }
    }
    for (const Value& name : as_tuple(names)->items) wanted.emplace_back(text_of(name));
    for (const std::string& name : wanted) {
        const Value value = vm.find_attribute(subject, name);
        if (value.is_null()) return vm.failed() ? Value() : Value::none();
        found.push_back(value);
    }
    return vm.tuple(std::move(found));
}

}  // namespace wh::program
