// _re: compiling and running regular expressions; re.py is the rest.
#include "libraries/library.h"
#include "libraries/shared/regex.h"

namespace wh::libraries {

namespace {

struct Compiled : program::NativeState {
    static constexpr char kType = 0;
    Regex regex;
    Compiled() : NativeState(&kType) {}
};

std::string_view text_or_bytes(const Value& value) {
    const program::Bytes* bytes = program::as_bytes(value);
    return bytes ? std::string_view(bytes->data) : program::text_of(value);
}

// compile(pattern, flags) -> (handle, number of groups, {name: number}, flags), or the error's text.
Value compile(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "compile", "pattern, flags", bound)) return {};
    const auto flags = bound["flags"].is_int() ? static_cast<unsigned>(bound["flags"].integer) : 0U;
    auto state = std::make_unique<Compiled>();
    state->regex = compile_regex(text_or_bytes(bound["pattern"]), flags);
    if (!state->regex.error.empty()) return vm.str(state->regex.error);
    const Value names = vm.dict();
    for (const auto& [name, number] : state->regex.names) {
        if (!vm.set_item(names, vm.str(name), Value::of(number))) return {};
    }
    const Value count = Value::of(state->regex.group_count);
    const Value handle = vm.instance(vm.class_in("_re", "Compiled"), std::move(state));
    return vm.tuple({handle, count, names, Value::of(static_cast<std::int64_t>(flags))});
}

// run(handle, text, from, mode) -> list of (begin, end), or None.
Value run(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "run", "handle, text, start, mode", bound)) return {};
    const Compiled* compiled = program::native_state<Compiled>(bound["handle"]);
    if (!compiled || !bound["start"].is_int() || !bound["mode"].is_int()) {
        return vm.raise(vm.types().type_error, "expected string or bytes-like object");
    }
    const std::u32string text = to_code_points(text_or_bytes(bound["text"]));
    const std::int64_t from = bound["start"].integer;
    if (from < 0 || from > static_cast<std::int64_t>(text.size())) return Value::none();
    RegexRun search{compiled->regex, text, static_cast<RegexMode>(bound["mode"].integer)};
    const bool found = search.run(static_cast<int>(from));
    if (!vm.work(static_cast<std::size_t>(search.steps))) return {};
    // Neither "matches" nor "does not": Python would go on, perhaps for years.
    if (search.exhausted) return vm.not_modelled("regular expression that takes too many steps");
    if (!found) return Value::none();
    const RegexGroups& groups = search.groups;
    std::vector<Value> spans;
    for (const auto& [begin, end] : groups) {
        spans.push_back(vm.tuple({Value::of(begin), Value::of(end)}));
    }
    return vm.list(std::move(spans));
}

void install(Vm& vm, Module& module) {
    vm.make_class(module, "Compiled");
    vm.function(module, "compile", &compile);
    vm.function(module, "run", &run);
}

constexpr ModuleInstaller kModules[] = {{"_re", &install}};

}  // namespace

const Library& library_re_native() {
    static const Library library{"_re", "3.13", "Regular expressions", false, kModules, {}};
    return library;
}

}  // namespace wh::libraries
