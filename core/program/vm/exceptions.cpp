// Raising, context and cause, what the paste saw, descriptions, bounds.
#include "base/limits.h"
#include "base/text.h"
#include "program/objects/operations.h"
#include "program/vm/frame.h"

namespace wh::program {

Value topmost_handled(Vm& vm) {
    for (const Frame* frame = Interpreter::internals(vm).frame; frame; frame = frame->back) {
        if (!frame->handled.empty()) return frame->handled.back();
    }
    return {};
}

bool Vm::failed() const {
    return !internals_->error.is_null();
}

bool Vm::stopped() const {
    return internals_->stopped;
}

Value Vm::error() const {
    return internals_->error;
}

Value Vm::take_error() {
    const Value taken = internals_->error;
    if (!internals_->stopped) internals_->error = Value();
    return taken;
}

bool Vm::error_is(const Class* cls) const {
    const Value& error = internals_->error;
    return !internals_->stopped && error.is_object() && error.object->cls->derives_from(cls);
}

Value Vm::make_exception(Class* cls, std::vector<Value> args) {
    ExceptionInstance* made = make<ExceptionInstance>(ObjectKind::Instance, cls);
    made->args = std::move(args);
    if (cls->derives_from(types_.base_exception_group) && made->args.size() > 1) {
        if (const List* list = as_list(made->args[1])) made->group = list->items;
        if (const Tuple* tuple = as_tuple(made->args[1])) made->group = tuple->items;
    }
    return Value::of(made);
}

Value Vm::make_exception(Class* cls, std::string_view message) {
    const Value text = str(message);
    return make_exception(cls, std::vector<Value>{text});
}

Value Vm::raise(Class* cls, std::string_view message) {
    return raise(make_exception(cls, message));
}

Value Vm::raise(const Value& exception) {
    if (internals_->stopped) return {};
    ExceptionInstance* raised = as_exception(exception);
    WH_CHECK(raised);
    const Value handled = topmost_handled(*this);
    if (handled && handled.object != raised) {
        // No cycles (Python/errors.c, _PyErr_SetObject): cut where `raised` is its own context.
        for (ExceptionInstance* at = as_exception(handled); at;) {
            work(1);
            ExceptionInstance* next = at->context ? as_exception(at->context) : nullptr;
            if (next == raised) {
                at->context = Value();
                break;
            }
            at = next;
        }
        raised->context = handled;
    }
    if (internals_->stopped) return {};
    if (raised->raised_at.empty()) raised->raised_at = current_span();
    internals_->error = exception;
    return {};
}

Value Vm::raise_from(const Value& exception, const Value& cause) {
    if (internals_->stopped) return {};
    ExceptionInstance* raised = as_exception(exception);
    WH_CHECK(raised);
    raised->cause = as_exception(cause) ? cause : Value();
    raised->suppress_context = true;
    return raise(exception);
}

trust::ExceptionRecord Vm::describe(const Value& exception) {
    struct Describer {
        Vm& vm;
        trust::ExceptionRecord of(const Value& value, int depth) {
            constexpr int kDepth = 6;
            trust::ExceptionRecord record;
            const ExceptionInstance* error = as_exception(value);
            if (!error) return record;
            const Class& cls = *error->cls;
            record.class_name =
                cls.module == "builtins" ? cls.qualname : cat(cls.module, ".", cls.qualname);
            if (!vm.to_str(value, record.message) && !vm.stopped()) vm.take_error();
            if (depth >= kDepth) return record;
            for (const Value& member : error->group) record.group.push_back(of(member, depth + 1));
            Value cause = error->cause;
            if (cause.is_null() && !error->suppress_context) cause = error->context;
            if (cause) record.cause.push_back(of(cause, depth + 1));
            return record;
        }
    };
    const Value subject = exception;  // may be a reference to the pending error itself
    const Value pending = internals_->error;
    if (!internals_->stopped) internals_->error = Value();
    trust::ExceptionRecord record = Describer{*this}.of(subject, 0);
    if (!internals_->stopped) internals_->error = pending;
    return record;
}

bool go_on_after(Vm& vm, Frame& frame) {
    if (!vm.checking() || frame.code->statement_starts.empty() || frame.code->is_library) return false;
    const Builtins& types = vm.types();
    const bool mistake = vm.error_is(types.name_error) || vm.error_is(types.attribute_error) ||
                         vm.error_is(types.type_error) || vm.error_is(types.import_error);
    if (!mistake) return false;
    const std::vector<std::uint32_t>& starts = frame.code->statement_starts;
    const auto next = std::lower_bound(starts.begin(), starts.end(), frame.ip);
    if (next == starts.end()) return false;
    const trust::ExceptionRecord error = vm.describe(vm.take_error());
    vm.diagnostics().push_back({Severity::Warning, "import-failed",
                                cat("This statement fails: ", error.class_name, ": ", error.message),
                                frame.span()});
    frame.stack.resize(frame.code->locals.size());
    frame.handled.clear();
    frame.ip = *next;
    return true;
}

void note_seen(Vm& vm, Frame& frame) {
    Vm::Internals& in = Interpreter::internals(vm);
    ExceptionInstance* error = as_exception(in.error);
    if (!error || error->seen || frame.code->is_library) return;
    const Builtins& types = vm.types();
    for (const Class* ignored :
         {types.stop_iteration, types.stop_async_iteration, types.generator_exit}) {
        if (error->cls->derives_from(ignored)) return;
    }
    error->seen = true;
    if (in.seen.size() >= limits::kSeenMax) {
        vm.note_bound("exceptions-limit",
                      cat("only the first ", limits::kSeenMax, " exceptions are told"));
        return;
    }
    trust::SeenException seen;
    seen.function = frame.code->name;
    seen.span = frame.span();
    seen.at_us = vm.clock();
    seen.error = vm.describe(in.error);
    in.seen.push_back(std::move(seen));
}

std::vector<trust::SeenException> Vm::take_seen() {
    return std::exchange(internals_->seen, {});
}

bool nested_too_deeply(Vm& vm) {
    if (Interpreter::internals(vm).native_depth <= limits::kNativeDepthMax) return false;
    vm.note_bound("nesting-limit", cat("more than ", limits::kNativeDepthMax,
                                       " calls through built-in functions in each other"));
    vm.raise(vm.types().recursion_error, "maximum recursion depth exceeded");
    return true;
}

void stop(Vm& vm, const char* code, const char* message) {
    Vm::Internals& in = Interpreter::internals(vm);
    if (in.stopped) return;
    vm.diagnostics().push_back({Severity::Error, code, message, vm.current_span()});
    in.error = vm.make_exception(vm.types().base_exception, message);
    in.stopped = true;
    in.stopped_by_steps = std::string_view(code) == "step-limit";
    // The next instruction leaves the frame, whatever the native function that hit the bound returns.
    in.steps_left = 0;
}

std::int64_t Vm::steps_left() const {
    return internals_->steps_left;
}

void Vm::grant_steps(std::int64_t steps) {
    Vm::Internals& in = *internals_;
    if (in.stopped) {
        if (!in.stopped_by_steps) return;
        in.stopped = false;
        in.error = Value();
    }
    in.steps_left = steps;
}

}  // namespace wh::program
