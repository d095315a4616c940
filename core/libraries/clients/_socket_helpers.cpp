// What the standard library's network modules need besides connections: places, URLs of which parts
// are unknown, steps that are awaited.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "libraries/clients/_python_part.h"
#include "libraries/clients/_socket_wire.h"
#include "libraries/clients/_tls_context.h"

namespace wh::libraries {

namespace {

using program::NativeState;
using trust::BecauseKind;
using trust::SymbolicText;

// The call that the next socket.create_connection belongs to (http.client's).
struct Held : NativeState {
    static constexpr char kType = 0;
    Held() : NativeState(&kType) {}
    Value call = Value::none();
};

// hold(call) -> what was held before; held()
Value hold(Vm& vm, Arguments& arguments) {
    Value& slot = vm.library_state<Held>("socket:held").call;
    std::swap(slot, arguments.positional[0]);
    return arguments.positional[0];
}
Value held(Vm& vm, Arguments&) {
    return vm.library_state<Held>("socket:held").call;
}
Value not_modelled(Vm& vm, Arguments& arguments) {
    return vm.not_modelled(vm.symbolic(arguments.positional[0]).text);
}
// patched(context, factory): `factory` is what the pasted code put in the place of the library's
// own; the context's checks are as they are because of that.
Value patched(Vm&, Arguments& arguments) {
    TlsContext* context = as_tls_context(arguments.positional[0]);
    const trust::Origin* origin = arguments.positional[1].origin;
    if (context && origin && !context->settings.chain_check.value) {
        context->settings.verify_nothing(
            {BecauseKind::GlobalPatch, origin->span, "ssl._create_default_https_context", origin});
    }
    return arguments.positional[0];
}

Value place_of(Vm& vm, Arguments&) {
    return make_place(vm);
}
Value is_checking(Vm& vm, Arguments&) {
    return Value::of(vm.checking());
}
// text(value): in checking, an unknown value as a text with a placeholder; in play: as it is.
Value as_known_text(Vm& vm, Arguments& arguments) {
    const Value value = arguments.positional[0];
    return as_unknown(value) ? vm.str(vm.symbolic(value)) : value;
}
Value is_unknown(Vm&, Arguments& arguments) {
    return Value::of(as_unknown(arguments.positional[0]) != nullptr);
}
Value is_fully_known(Vm& vm, Arguments& arguments) {
    return Value::of(!as_unknown(arguments.positional[0]) &&
                     vm.symbolic(arguments.positional[0]).fully_known());
}
// split_url(url): (scheme in lower case, host with port, the rest), each None where it is not
// there. Parts keep their origins; a scheme that nobody knows is taken for https.
Value split_url(Vm& vm, Arguments& arguments) {
    const SymbolicText url = vm.symbolic(arguments.positional[0]);
    const std::string shape = masked(url);
    std::size_t at = shape.find(':');
    Value scheme = Value::none();
    const bool named = at != std::string::npos && at > 0 && shape.find('/') > at;
    if (named && slice(url, 0, at).fully_known()) {
        scheme = vm.str(ascii_lower(shape.substr(0, at)));
        ++at;
    } else {
        if (!slice(url, 0, 8).fully_known()) scheme = vm.str("https");
        at = named ? at + 1 : 0;
    }
    const bool authority = shape.compare(at, 2, "//") == 0;
    if (!authority && (scheme.is_none() || slice(url, 0, 8).fully_known())) {
        return vm.tuple({scheme, Value::none(), vm.str(slice(url, at, url.text.size()))});
    }
    if (authority) at += 2;
    const std::size_t end = std::min(shape.find_first_of("/?#", at), shape.size());
    SymbolicText rest = slice(url, end, shape.size());
    if (!rest.text.empty() && shape[end] != '/') {
        SymbolicText led = plain("/");
        append(led, rest);
        rest = std::move(led);
    }
    return vm.tuple({scheme, vm.str(slice(url, at, end)), vm.str(rest)});
}

// later(function, *args): an awaitable that calls it; the time that it takes is not the loop's.
Value call_now(Vm& vm, Arguments& arguments) {
    Arguments rest;
    rest.positional.assign(arguments.positional.begin() + 1, arguments.positional.end());
    return vm.call(arguments.positional[0], std::move(rest));
}
Value later(Vm& vm, Arguments& arguments) {
    return defer(vm, &call_now, arguments);
}
// decide(text): in checking, one of two ways.
Value decide_two(Vm& vm, Arguments& arguments) {
    return Value::of(
        vm.checking() &&
        vm.decide(vm.current_span(), 2, std::string(text_of(arguments.positional[0]))) == 1);
}
Value clock_seconds(Vm& vm, Arguments&) {
    return Value::of(static_cast<double>(vm.clock()) / 1e6);
}
Value environment_proxy(Vm& vm, Arguments& arguments) {
    const std::string scheme = vm.symbolic(arguments.positional[0]).text;
    const std::string_view value = proxy_variable(vm, scheme);
    if (value.empty()) return Value::none();
    return vm.str(std::string(value),
                  vm.origins().add(trust::OriginKind::Environment, {}, cat(scheme, "_proxy")));
}

}  // namespace

void install_helpers(Vm& vm, Module& module) {
    struct Row {
        const char* name;
        program::NativeFunction function;
    };
    static constexpr Row kFunctions[] = {
        {"place", &place_of},
        {"checking", &is_checking},
        {"text", &as_known_text},
        {"is_unknown", &is_unknown},
        {"is_known", &is_fully_known},
        {"later", &later},
        {"decide", &decide_two},
        {"clock", &clock_seconds},
        {"proxy_variable", &environment_proxy},
        {"split_url", &split_url},
        {"hold", &hold},
        {"held", &held},
        {"patched", &patched},
        {"not_modelled", &not_modelled},
    };
    for (const Row& row : kFunctions) vm.function(module, row.name, row.function);
}

}  // namespace wh::libraries
