#include "libraries/clients/_python_part.h"

#include "base/text.h"
#include "libraries/shared/symbolic.h"

namespace wh::libraries {

using program::native_state;
using trust::Because;
using trust::BecauseKind;

Span Place::keyword(std::string_view name) const {
    for (const auto& [key, span] : keywords) {
        if (key == name) return span;
    }
    return {};
}

Span Place::argument(std::string_view name, std::size_t index) const {
    const Span named = keyword(name);
    return named.empty() && index < positional.size() ? positional[index] : named;
}

Value make_place(Vm& vm) {
    auto state = std::make_unique<Place>();
    state->call = vm.current_span();
    state->function = calling_function(vm);
    if (const program::CallSite* site = vm.pasted_call_site()) {
        state->call = site->span;
        if (!site->has_star) state->positional = site->positional;
        state->keywords = site->keywords;
    }
    return vm.instance(vm.class_in("_urllib3", "Place"), std::move(state));
}

namespace {

Value place(Vm& vm, program::Arguments&) {
    return make_place(vm);
}
Value call_now(Vm& vm, program::Arguments& arguments) {
    program::Arguments inner;
    inner.positional.assign(arguments.positional.begin() + 1, arguments.positional.end());
    return vm.call(arguments.positional[0], std::move(inner));
}
Value later(Vm& vm, program::Arguments& arguments) {  // called when it is awaited
    return defer(vm, &call_now, arguments);
}
Value known_text(Vm& vm, program::Arguments& arguments) {
    const Value& given = arguments.positional[0];
    return as_unknown(given) ? vm.str(vm.symbolic(given)) : given;
}
Value checking(Vm& vm, program::Arguments&) {
    return Value::of(vm.checking());
}
// plain(text, lead?): in checking, the text with letters where nobody knows what stands there, so
// that nothing has to be decided about it. A URL whose scheme nobody knows is one of https: what is
// said about the certificate holds for it.
Value plain_text(Vm& vm, program::Arguments& arguments) {
    const Value& given = arguments.positional[0];
    if (!vm.checking() || (!as_str(given) && !as_unknown(given))) return given;
    const trust::SymbolicText text = vm.symbolic(given);
    if (text.fully_known()) return given;
    std::string out = masked(text);
    const std::size_t scheme = out.find("://");
    if (scheme == std::string::npos) {
        const std::string_view lead =
            arguments.positional.size() > 1 ? text_of(arguments.positional[1]) : "https://";
        if (!out.starts_with('/') && !out.starts_with('?')) out = cat(lead, out);
    } else {
        for (const trust::TextPart& part : text.parts) {
            if (part.unknown && part.begin < scheme) out = cat("https", out.substr(out.find(':')));
        }
    }
    return vm.str(out, given.origin);
}
Value is_unknown(Vm&, program::Arguments& arguments) {
    return Value::of(as_unknown(arguments.positional[0]) != nullptr);
}
Value not_modelled(Vm& vm, program::Arguments& arguments) {
    return vm.not_modelled(std::string(text_of(arguments.positional[0])));
}

}  // namespace

void install_python_part(Vm& vm, program::Module& module) {
    vm.function(module, "place", &place);
    vm.function(module, "later", &later);
    vm.function(module, "known_text", &known_text);
    vm.function(module, "checking", &checking);
    vm.function(module, "plain", &plain_text);
    vm.function(module, "is_unknown", &is_unknown);
    vm.function(module, "not_modelled", &not_modelled);
}

Value Options::get(std::string_view name) const {
    const Value* found = dict_ ? dict_->find_text(name) : nullptr;
    return found && !found->is_none() ? plain_number(vm_, *found) : Value();
}

std::string Options::text(std::string_view name) const {
    const Value value = get(name);
    return value.is_null() ? "" : vm_.symbolic(value).text;
}

Because Options::because(const std::string& name, std::string_view source) const {
    Because out = because_default(source);
    const Value value = get(name);
    out.origin = value.origin;
    program::Dict* why = as_dict(get("why"));
    const Value* reason = why ? why->find_text(name) : nullptr;
    const program::Tuple* parts = reason ? as_tuple(*reason) : nullptr;
    if (!parts || parts->items.size() < 2) return out;
    const std::string_view kind = text_of(parts->items[0]);
    const Place* place = native_state<Place>(parts->items[1]);
    out.text = parts->items.size() > 2 ? std::string(text_of(parts->items[2])) : name;
    if (parts->items.size() > 3) out.origin = parts->items[3].origin;
    if (as_unknown(value)) {
        out.kind = BecauseKind::NotModelled;
    } else if (kind == "environment") {
        out.kind = BecauseKind::Environment;
        out.text = std::string(text_of(parts->items[1]));
    } else if (kind == "attribute") {
        out.kind = BecauseKind::AttributeSet;
        if (place) out.span = place->call;
    } else {
        out.kind = kind == "argument" ? BecauseKind::Argument : BecauseKind::ConstructorArgument;
        if (place) out.span = place->keyword(out.text);
        // It came in a dict: **kwargs.
        if (place && out.span.empty() && kind == "constructor" && !value.is_null()) out.span = place->call;
    }
    return out;
}

const Place* Options::place() const {
    return native_state<Place>(get("place"));
}

void Options::limit(std::string_view name, TimeUs& out) const {
    const Value value = get(name);
    if (!value.is_null()) seconds(value, out);
}

bool Options::headers(std::string_view name, HeaderMap& out) const {
    const Value pairs = get(name);
    std::vector<Value> all;
    if (pairs.is_null()) return true;
    if (!vm_.collect(pairs, all)) return false;
    for (const Value& each : all) {
        const program::Tuple* pair = as_tuple(each);
        trust::SymbolicText value;
        if (!pair || pair->items.size() != 2) continue;
        if (!text_argument(vm_, pair->items[1], value)) return false;
        out.add(vm_.symbolic(pair->items[0]).text, std::move(value));
    }
    return true;
}

void Options::describe(trust::OutboundCall& call) const {
    const Place* at = place();
    call.span = at ? at->call : vm_.current_span();
    call.function = at ? at->function : "";
    call.library = text("library");
    call.callable = text("callable");
    call.method = text("method");
    const Value index = get("url_index");
    if (at) {
        call.url_span =
            at->argument("url", static_cast<std::size_t>(index.is_int() ? index.integer : 0));
    }
    const Value from = get("redirected_from");
    if (from.is_int()) call.redirected_from = static_cast<int>(from.integer);
}

}  // namespace wh::libraries
