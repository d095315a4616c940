// The cookie jar of requests (requests.cookies.py).
#include "libraries/clients/_urllib3_pool.h"
#include "libraries/shared/cookies.h"

namespace wh::libraries {

using program::as_instance;
using program::Instance;
using program::native_state;
using trust::SymbolicText;

namespace {

struct Jar : program::NativeState {
    static constexpr char kType = 0;
    Jar() : NativeState(&kType) {}
    CookieJar jar;
};
CookieJar& jar_of(const Value& self) {
    Instance* instance = as_instance(self);
    if (!instance->native) instance->native = std::make_unique<Jar>();
    return native_state<Jar>(self)->jar;
}
Value jar_put(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "set", "name, value, domain?, path?", bound)) return {};
    Cookie cookie;
    cookie.name = vm.symbolic(bound["name"]).text;
    if (!text_argument(vm, bound["value"], cookie.value)) return {};
    if (as_str(bound["domain"])) cookie.domain = std::string(text_of(bound["domain"]));
    if (as_str(bound["path"])) cookie.path = std::string(text_of(bound["path"]));
    jar_of(arguments.self).set(std::move(cookie));
    return Value::none();
}
// _all(): [(name, value, domain, path)]
Value jar_all(Vm& vm, Arguments& arguments) {
    std::vector<Value> out;
    for (const Cookie& cookie : jar_of(arguments.self).cookies) {
        out.push_back(vm.tuple({vm.str(cookie.name), vm.str(cookie.value), vm.str(cookie.domain),
                                vm.str(cookie.path)}));
    }
    return vm.list(std::move(out));
}
Value jar_header(Vm& vm, Arguments& arguments) {
    Url url;
    std::string error;
    parse_url(vm.symbolic(arguments.positional[0]).text, UrlHabits::Urllib3, url, error);
    const SymbolicText line = jar_of(arguments.self).header_for(url);
    return line.text.empty() ? Value::none() : vm.str(line);
}
Value jar_extract(Vm& vm, Arguments& arguments) {
    const AnswerState* state = native_state<AnswerState>(arguments.positional[1]);
    if (!state || state->unknown) return Value::none();
    Url url;
    std::string error;
    parse_url(vm.symbolic(arguments.positional[0]).text, UrlHabits::Urllib3, url, error);
    jar_of(arguments.self).extract(url, state->reader->headers, state->origin);
    return Value::none();
}
Value jar_merge(Vm&, Arguments& arguments) {
    if (native_state<Jar>(arguments.positional[0])) {
        jar_of(arguments.self).merge(jar_of(arguments.positional[0]));
    }
    return Value::none();
}
Value jar_remove(Vm& vm, Arguments& arguments) {
    const std::string name =
        arguments.positional.empty() ? "" : vm.symbolic(arguments.positional[0]).text;
    std::erase_if(jar_of(arguments.self).cookies,
                  [&](const Cookie& cookie) { return name.empty() || cookie.name == name; });
    return Value::none();
}

}  // namespace

void install_cookies(Vm& vm, Module& module) {
    Class* jar = vm.make_class(module, "Jar");
    vm.method(jar, "_put", &jar_put);
    vm.method(jar, "_all", &jar_all);
    vm.method(jar, "_header", &jar_header);
    vm.method(jar, "_extract", &jar_extract);
    vm.method(jar, "_merge", &jar_merge);
    vm.method(jar, "_remove", &jar_remove);
}

}  // namespace wh::libraries
