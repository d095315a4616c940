// For modules written in Python: what to do with values that nobody knows, in checking, where going
// through their letters would only ask questions that do not matter.
#include "base/text.h"
#include "libraries/library.h"
#include "libraries/shared/symbolic.h"

namespace wh::libraries {

namespace {

// is_unknown(value): nothing of it is known.
Value is_unknown(Vm& vm, Arguments& arguments) {
    const Value& value = arguments.positional[0];
    if (as_unknown(value)) return Value::of(true);
    if (!vm.checking() || !as_str(value)) return Value::of(false);
    const trust::SymbolicText text = vm.symbolic(value);
    const bool whole = text.parts.size() == 1 && text.parts[0].unknown &&
                       text.parts[0].end - text.parts[0].begin == text.text.size();
    return Value::of(whole);
}

std::string name_of(Vm& vm, const Value& value) {
    std::string name = vm.symbolic(value).text;
    if (name.starts_with('{') && name.ends_with('}')) name = name.substr(1, name.size() - 2);
    return name;
}

// part(value, name, kind?): what is made of it, of that kind (str, int, bool; None: anything).
Value part(Vm& vm, Arguments& arguments) {
    const Value& value = arguments.positional[0];
    Class* kind =
        arguments.positional.size() > 2 ? program::as_class(arguments.positional[2]) : nullptr;
    return vm.unknown(value.origin, cat(name_of(vm, value), ".", text_of(arguments.positional[1])),
                      kind);
}

// aside(value, name, kind): a part that does not tell the rest: a URL's scheme says nothing of its
// host. Its origin is like the whole's, but another one.
Value aside(Vm& vm, Arguments& arguments) {
    const Value& value = arguments.positional[0];
    std::vector<const trust::Origin*> copies;
    for (const trust::Origin* leaf : trust::leaves(value.origin)) {
        trust::Origin copy = *leaf;
        copy.from.clear();
        if (copies.size() < 4) copies.push_back(vm.origins().add(std::move(copy)));
    }
    const trust::Origin* origin = copies.size() == 1 ? copies[0] : nullptr;
    if (copies.size() > 1) {
        origin = vm.origins().add(trust::Origin{trust::OriginKind::Derived, vm.current_span(), "",
                                                false, std::move(copies)});
    }
    return vm.unknown(origin, cat(name_of(vm, value), ".", text_of(arguments.positional[1])),
                      program::as_class(arguments.positional[2]));
}

void install(Vm& vm, Module& module) {
    vm.function(module, "is_unknown", &is_unknown);
    vm.function(module, "part", &part);
    vm.function(module, "aside", &aside);
}

constexpr ModuleInstaller kModules[] = {{"_unknowns", &install}};

}  // namespace

const Library& library_unknowns_native() {
    static const Library library{"_unknowns", "3.13",   "Values that nobody knows",
                                 false,       kModules, {}};
    return library;
}

}  // namespace wh::libraries
