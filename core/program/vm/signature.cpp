#include "program/signature.h"

#include "base/text.h"
#include "program/objects/operations.h"
#include "program/program.h"
#include "program/vm/frame.h"

namespace wh::program {

namespace {

// The function behind a callable; `skip` counts receivers that are bound already.
const Function* function_behind(Vm& vm, const Value& callable, std::size_t& skip) {
    Value at = callable;
    constexpr int kHops = 16;
    for (int i = 0; i < kHops; ++i) {
        if (const Function* function = as_function(at)) {
            const Value* wrapped = function->attributes.find("__wrapped__");
            if (!wrapped) return function;
            at = *wrapped;
        } else if (const BoundMethod* method = as_bound_method(at)) {
            ++skip;
            at = method->function;
        } else if (Class* cls = as_class(at)) {
            at = find_in_mro(vm, *cls, "__init__");
            ++skip;
        } else if (const Object* fixed = object_of(at, ObjectKind::StaticMethod)) {
            at = static_cast<const StaticMethod*>(fixed)->function;
        } else if (as_instance(at)) {
            at = special_method(vm, at, "__call__");
        } else {
            return nullptr;
        }
    }
    return nullptr;
}

Value annotation_of(Vm& vm, const Function& function, std::string_view name, Span span) {
    if (!function.annotations) return {};
    const Value* found = function.annotations->find_text(name);
    if (!found) return {};
    if (!as_str(*found)) return *found;
    const Value evaluated = evaluate_text(vm, text_of(*found), *function.module, span);
    if (evaluated) return evaluated;
    if (!vm.stopped()) vm.take_error();
    return *found;
}

}  // namespace

std::vector<ParameterInfo> signature_of(Vm& vm, const Value& callable) {
    std::vector<ParameterInfo> list;
    std::size_t skip = 0;
    const Function* function = function_behind(vm, callable, skip);
    if (!function) return list;
    const Code& code = *function->code;
    std::size_t at = 0;
    const auto add = [&](std::size_t local, ParameterInfo::Kind kind) {
        ParameterInfo info;
        info.name = code.locals[local];
        info.kind = kind;
        // They mostly come in the order of the locals, so the search goes on where the last one was.
        const std::size_t count = code.parameters ? code.parameters->size() : 0;
        for (std::size_t tries = 0; tries < count; ++tries, ++at) {
            const syntax::Parameter& each = (*code.parameters)[at % count];
            if (each.name != info.name) continue;
            info.span = each.span;
            break;
        }
        info.annotation = annotation_of(vm, *function, info.name, info.span);
        list.push_back(std::move(info));
    };
    using Kind = ParameterInfo::Kind;
    const std::size_t named = code.positional + code.keyword_only;
    for (std::size_t i = 0; i < code.positional; ++i) {
        add(i, i < code.positional_only ? Kind::PositionalOnly : Kind::Normal);
        const std::size_t first = code.positional - function->defaults.size();
        if (i >= first) list.back().default_value = function->defaults[i - first];
    }
    if (code.has_star) add(named, Kind::Star);
    for (std::size_t i = code.positional; i < named; ++i) {
        add(i, Kind::KeywordOnly);
        for (const auto& [name, value] : function->keyword_defaults) {
            if (name == list.back().name) list.back().default_value = value;
        }
    }
    if (code.has_double_star) add(named + (code.has_star ? 1 : 0), Kind::DoubleStar);
    while (skip > 0 && !list.empty() && list.front().kind != Kind::Star) {
        list.erase(list.begin());
        --skip;
    }
    return list;
}

Value return_annotation_of(Vm& vm, const Value& callable) {
    std::size_t skip = 0;
    const Function* function = function_behind(vm, callable, skip);
    return function ? annotation_of(vm, *function, "return", function->code->name_span) : Value();
}

Value evaluate_text(Vm& vm, std::string_view expression, Module& globals, Span span) {
    Vm::Internals& in = Interpreter::internals(vm);
    if (in.stopped || !in.error.is_null()) return {};
    const Code* code = vm.program().expression(expression, span);
    if (!code) {
        return vm.raise(vm.class_in("builtins", "SyntaxError"),
                        cat("Forward reference must be an expression -- got '", expression, "'"));
    }
    std::unique_ptr<Frame> frame = make_frame(vm, *code, nullptr, &globals);
    frame->names = &globals.globals;
    if (!enter(vm, *frame, Entry::Native)) return {};
    frame.release();
    return Interpreter::run(vm).value;
}

Span definition_span(const Value& callable) {
    if (const BoundMethod* method = as_bound_method(callable)) {
        return definition_span(method->function);
    }
    if (const Function* function = as_function(callable)) {
        return function->code->name_span.empty() ? function->code->span : function->code->name_span;
    }
    if (const Class* cls = as_class(callable)) return cls->span;
    return {};
}

std::string_view function_name(const Value& callable) {
    if (const BoundMethod* method = as_bound_method(callable))
        return function_name(method->function);
    const Function* function = as_function(callable);
    return function ? std::string_view(function->code->name) : std::string_view();
}

Value Vm::call_with_unknowns(const Value& callable, const Value& self) {
    Arguments arguments;
    arguments.self = self;
    for (const ParameterInfo& each : signature_of(*this, callable)) {
        if (each.default_value) continue;
        const Value input =
            unknown(origins().add(trust::OriginKind::CallerInput, each.span, each.name), each.name,
                    as_class(each.annotation));
        using Kind = ParameterInfo::Kind;
        if (each.kind == Kind::Star || each.kind == Kind::DoubleStar) continue;
        if (each.kind == Kind::KeywordOnly) {
            arguments.keywords.emplace_back(each.name, input);
        } else {
            arguments.positional.push_back(input);
        }
    }
    if (self && as_function(callable) && !arguments.positional.empty()) {
        arguments.positional.erase(arguments.positional.begin());  // that is `self`
    }
    const Value result = call(callable, std::move(arguments));
    if (Generator* generator = as_generator(result)) {
        if (generator->type == Generator::Type::Coroutine) return await_now(result);
        if (generator->type == Generator::Type::AsyncGenerator) {
            return await_now(call_method(result, "__anext__"));
        }
        generator_next(*this, *generator);
        return failed() ? Value() : Value::none();
    }
    return result;
}

}  // namespace wh::program
