// The Vm itself: making it, its heap, values, time, what is known about the run.
#include "program/vm.h"

#include "base/limits.h"
#include "base/text.h"
#include "program/objects/operations.h"
#include "program/program.h"
#include "program/vm/frame.h"

namespace wh::program {

namespace {

bool is_ascii(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    }
    return true;
}

constexpr std::size_t kOutputBytesMax = 64U << 10;
constexpr std::size_t kOriginBytes = 160;
constexpr const char* kTooManySteps = "the run was stopped: too many steps";

}  // namespace

Vm::Vm(const Program& program, const ModuleSource& modules, trust::ClientNetwork& network,
       Decider* decider, VmSettings settings)
    : program_(program),
      modules_(modules),
      network_(network),
      decider_(decider),
      settings_(std::move(settings)),
      internals_(std::make_unique<Internals>(*this, settings_.host.seed)) {
    Internals& in = *internals_;
    in.steps_left = settings_.steps_max > 0 ? settings_.steps_max : limits::kStepsMax;
    in.covered.resize(program_.marks().size());
    in.entered.resize(program_.code_count());
    Module* builtins = make<Module>(ObjectKind::Module, nullptr);
    builtins->name = "builtins";
    in.builtins = builtins;
    in.modules.emplace("builtins", builtins);
    create_builtins(*this, types_, *builtins);
    builtins->cls = types_.module;
    builtins->globals.set("__name__", str("builtins"));
    in.scheduler.adopt_types();
    install_generator_methods(*this);
    install_task_methods(*this);
}

Vm::~Vm() = default;

Vm::Internals::Internals(Vm& vm, std::uint64_t seed) : scheduler(vm), random(seed) {}
Vm::Internals::~Internals() = default;

void Vm::adopt(std::unique_ptr<Object> object, std::size_t bytes) {
    internals_->heap.push_back(std::move(object));
    charge(bytes);
}

bool Vm::charge(std::size_t bytes) {
    internals_->heap_bytes += bytes;
    if (internals_->heap_bytes <= limits::kHeapBytesMax) return true;
    if (!internals_->stopped) {
        internals_->heap_bytes = 0;  // room for the exception that says so
        stop(*this, "heap-limit", "the run was stopped: too much memory");
        internals_->heap_bytes = limits::kHeapBytesMax;
    }
    return false;
}

bool Vm::work(std::size_t units) {
    Internals& in = *internals_;
    in.work_units += units;
    if (in.work_units < limits::kWorkPerStep) return !in.stopped;
    in.steps_left -= static_cast<std::int64_t>(in.work_units / limits::kWorkPerStep);
    in.work_units %= limits::kWorkPerStep;
    if (in.steps_left >= 0) return !in.stopped;
    stop(*this, "step-limit", kTooManySteps);
    return false;
}

void Vm::note_bound(const char* code, std::string message) {
    for (const Diagnostic& each : diagnostics_) {
        if (each.code == code) return;
    }
    diagnostics_.push_back({Severity::Warning, code, std::move(message), current_span()});
}

const std::vector<Value>& Interpreter::constants_of(Vm& vm, const Code& code) {
    Vm::Internals& in = *vm.internals_;
    std::vector<std::vector<Value>>& of = code.is_library ? in.library_constants : in.constants;
    if (of.size() <= code.id) of.resize(code.id + 1);
    std::vector<Value>& values = of[code.id];
    if (values.size() == code.constants.size()) return values;
    values.reserve(code.constants.size());
    for (const Constant& each : code.constants) {
        Value made = Value::none();
        switch (each.kind) {
            case Constant::Kind::None:
                break;
            case Constant::Kind::Bool:
                made = Value::of(each.integer != 0);
                break;
            case Constant::Kind::Int:
                made = Value::of(each.integer);
                break;
            case Constant::Kind::Float:
                made = Value::of(each.real);
                break;
            case Constant::Kind::Ellipsis:
                made = Value::ellipsis();
                break;
            case Constant::Kind::Str:
                made = vm.str(each.text);
                break;
            case Constant::Kind::Bytes:
                made = vm.bytes(each.text);
                break;
            case Constant::Kind::StrTuple: {
                std::vector<Value> items;
                for (const std::string& text : each.texts) items.push_back(vm.str(text));
                made = vm.tuple(std::move(items));
                break;
            }
            case Constant::Kind::BigInt:
                made = vm.not_modelled("int larger than 64 bits",
                                       each.origin ? each.origin->span : Span{});
                break;
            case Constant::Kind::Complex:
                made = vm.not_modelled("complex number", each.origin ? each.origin->span : Span{});
                break;
        }
        if (each.origin && made) made.origin = each.origin;
        values.push_back(made);
    }
    return values;
}

void Interpreter::note_time(Vm& vm) {
    Vm::Internals& in = *vm.internals_;
    if (in.native_depth == 0) in.time_limit = vm.clock() + limits::kVirtualTimeMaxUs;
}

// -- making values
// -----------------------------------------------------------------------------------

Value Vm::str(std::string_view text, const trust::Origin* origin) {
    return str(std::string(text), origin);
}

Value Vm::str(std::string&& text, const trust::Origin* origin) {
    Str* made = make<Str>(ObjectKind::Str, types_.str);
    charge(text.size());
    made->ascii = is_ascii(text);
    made->text = std::move(text);
    return Value::of(made).with_origin(origin);
}

Value Vm::str(const trust::SymbolicText& text) {
    const Value made = str(text.text);
    as_str(made)->parts = text.parts;
    if (text.parts.size() == 1 && text.parts[0].begin == 0 && !text.parts[0].unknown &&
        text.parts[0].end == text.text.size()) {
        as_str(made)->parts.clear();
        return made.with_origin(text.parts[0].origin);
    }
    std::vector<const trust::Origin*> from;
    for (const trust::TextPart& part : text.parts) {
        if (part.origin && from.size() < 4) from.push_back(part.origin);
    }
    if (from.empty()) return made;
    if (from.size() == 1) return made.with_origin(from[0]);
    return made.with_origin(
        origins().add({trust::OriginKind::Derived, current_span(), {}, false, std::move(from)}));
}

Value Vm::bytes(std::string data, const trust::Origin* origin) {
    Bytes* made = make<Bytes>(ObjectKind::Bytes, types_.bytes);
    charge(data.size());
    made->data = std::move(data);
    return Value::of(made).with_origin(origin);
}

Value Vm::list(std::vector<Value> items) {
    List* made = make<List>(ObjectKind::List, types_.list);
    charge(items.size() * sizeof(Value));
    made->items = std::move(items);
    return Value::of(made);
}

Value Vm::tuple(std::vector<Value> items) {
    Tuple* made = make<Tuple>(ObjectKind::Tuple, types_.tuple);
    charge(items.size() * sizeof(Value));
    made->items = std::move(items);
    return Value::of(made);
}

Value Vm::dict() {
    return Value::of(make<Dict>(ObjectKind::Dict, types_.dict));
}

Value Vm::dict(std::initializer_list<std::pair<std::string_view, Value>> entries) {
    Dict* made = make<Dict>(ObjectKind::Dict, types_.dict);
    for (const auto& [key, value] : entries) made->set(*this, str(std::string(key)), value);
    return Value::of(made);
}

Value Vm::instance(Class* cls, std::unique_ptr<NativeState> state) {
    if (cls->is_exception) {
        ExceptionInstance* made = make<ExceptionInstance>(ObjectKind::Instance, cls);
        made->native = std::move(state);
        return Value::of(made);
    }
    Instance* made = make<Instance>(ObjectKind::Instance, cls);
    made->native = std::move(state);
    return Value::of(made);
}

Value Vm::bound(const Value& function, const Value& self) {
    BoundMethod* made = make<BoundMethod>(ObjectKind::BoundMethod, types_.method);
    made->function = function;
    made->self = self;
    return Value::of(made);
}

Value Vm::unknown(const trust::Origin* origin, std::string_view label, Class* shape) {
    Unknown* made = make<Unknown>(ObjectKind::Unknown, types_.unknown);
    made->shape = shape;
    made->label = label;
    return Value::of(made).with_origin(origin);
}

Value Vm::unknown_answer(const trust::Origin* origin, std::string_view label) {
    const Value made = unknown(origin, label);
    as_unknown(made)->answer = true;
    return made;
}

Value Vm::not_modelled(std::string_view what, Span span) {
    const Span place = span.empty() ? current_span() : span;
    const NotModelled entry{std::string(what), place};
    bool known = false;
    for (const NotModelled& each : not_modelled_) known = known || each == entry;
    if (!known && not_modelled_.size() >= limits::kNotModelledMax) {
        note_bound("not-modelled-limit", cat("more than ", limits::kNotModelledMax,
                                             " different things are not modelled: the first are told"));
    } else if (!known) {
        not_modelled_.push_back(entry);
    }
    work(not_modelled_.size());
    charge(kOriginBytes);
    const trust::Origin* origin = origins().add(trust::OriginKind::NotModelled, place, entry.what);
    return unknown(origin, what);
}

// -- time, network, host
// -----------------------------------------------------------------------------

trust::TimeUs& Vm::clock() {
    return internals_->scheduler.current().clock;
}
trust::TimeUs Vm::deadline() const {
    return internals_->scheduler.deadline();
}

bool Vm::deadline_struck() const {
    return internals_->scheduler.current().clock >= internals_->scheduler.deadline();
}

Value Vm::raise_cancelled() {
    internals_->scheduler.note_struck();
    return raise(make_exception(types_.cancelled_error, std::vector<Value>{}));
}

// Every operation of the network goes through here, so that endless calling ends as well.
trust::ClientNetwork& Vm::network() {
    const std::int64_t steps = settings_.checking ? limits::kNetworkCheckSteps : limits::kNetworkSteps;
    work(static_cast<std::size_t>(steps) * limits::kWorkPerStep);
    return network_;
}
std::uint64_t Vm::random() {
    return internals_->random.next();
}
Scheduler& Vm::scheduler() {
    return internals_->scheduler;
}

Value Vm::await_now(const Value& awaitable) {
    if (internals_->stopped) return {};
    Interpreter::note_time(*this);
    return internals_->scheduler.drive(awaitable);
}

Value Vm::await_if_needed(const Value& value) {
    if (value.is_null() || as_unknown(value) || !is_awaitable(value)) return value;
    return await_now(value);
}

Value Vm::run_in_thread(const Value& callable, Arguments arguments) {
    if (internals_->stopped) return {};
    Interpreter::note_time(*this);
    return internals_->scheduler.run_in_thread(callable, std::move(arguments));
}

void Vm::run_pending(trust::TimeUs until_us) {
    if (internals_->stopped) return;
    Interpreter::note_time(*this);
    internals_->scheduler.run_pending(until_us);
}

int Vm::decide(Span site, int choices, const std::string& text) {
    return decider_ ? decider_->decide(site, choices, text) : 0;
}

// -- what is known about the run
// -----------------------------------------------------------------------

namespace {

// Library code that runs in a thread was called where the thread was started.
const Frame* paste_frame(const Vm::Internals& in) {
    for (const Frame* frame : {in.frame, in.spawner}) {
        while (frame && frame->code->is_library) frame = frame->back;
        if (frame) return frame;
    }
    return nullptr;
}

}  // namespace

Span Vm::current_span() const {
    const Frame* frame = paste_frame(*internals_);
    return frame ? frame->span() : Span{};
}

const CallSite* Vm::pasted_call_site() const {
    const Frame* frame = paste_frame(*internals_);
    if (!frame || frame->ip == 0) return nullptr;
    const Instruction& instruction = frame->code->instructions[frame->ip - 1];
    const bool calls = instruction.op == Op::Call || instruction.op == Op::CallMethod ||
                       instruction.op == Op::CallStar || instruction.op == Op::CallDecorator;
    return calls ? &frame->code->sites[instruction.arg] : nullptr;
}

std::string Vm::current_function() const {
    const Frame* frame = paste_frame(*internals_);
    return frame ? frame->code->name : "<module>";
}

trust::OriginPool& Vm::origins() {
    return internals_->origins;
}

const trust::Origin* Vm::derive(std::initializer_list<const trust::Origin*> from) {
    std::vector<const trust::Origin*> kept;
    for (const trust::Origin* each : from) {
        bool repeated = each == nullptr || kept.size() == 4;
        for (const trust::Origin* before : kept) repeated = repeated || before == each;
        if (!repeated) kept.push_back(each);
    }
    if (kept.empty()) return nullptr;
    if (kept.size() == 1) return kept[0];
    charge(kOriginBytes);
    return origins().add({trust::OriginKind::Derived, current_span(), {}, false, std::move(kept)});
}

std::unique_ptr<NativeState>& Vm::library_slot(std::string_view key) {
    const auto found = internals_->library_state.find(key);
    if (found != internals_->library_state.end()) return found->second;
    return internals_->library_state[std::string(key)];
}

void Vm::print(std::string_view line) {
    if (output_.size() + line.size() <= kOutputBytesMax) {
        output_.append(line);
    } else {
        note_bound("output-limit", cat("only the first ", kOutputBytesMax / 1024,
                                       " kB of what is printed are kept"));
    }
}

const std::vector<bool>& Vm::covered() const {
    return internals_->covered;
}

bool Vm::was_entered(const Code* code) const {
    return !code->is_library && code->id < internals_->entered.size() &&
           internals_->entered[code->id];
}

}  // namespace wh::program
