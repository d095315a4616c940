// Start-up and shutdown handlers of a router (starlette 0.46 routing.py: on_event, add_event_handler).
#include <algorithm>
#include "base/text.h"
#include "libraries/frameworks/_web.h"
#include "program/signature.h"

namespace wh::libraries::web {

namespace {

bool add_handler(Vm& vm, const Value& router, const Value& event, const Value& function) {
    RouterState& state = *router_of(vm, router);
    const std::string name = text(vm, event);
    if (name != "startup" && name != "shutdown") {
        vm.raise(vm.types().assertion_error, "");
        return false;
    }
    (name == "startup" ? state.on_startup : state.on_shutdown).push_back(function);
    return true;
}
Value on_event_inner(Vm& vm, Arguments& arguments) {
    Bound bound;
    return arguments.bind(vm, "decorator", "func", bound) &&
                   add_handler(vm, arguments.captured->at(0), arguments.captured->at(1),
                               bound["func"])
               ? bound["func"]
               : Value();
}

}  // namespace

Value on_event(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "on_event", "event_type", bound)) return {};
    return vm.native("decorator", &on_event_inner, {arguments.self, bound["event_type"]});
}
Value add_event_handler(Vm& vm, Arguments& arguments) {
    Bound bound;
    return arguments.bind(vm, "add_event_handler", "event_type, func", bound) &&
                   add_handler(vm, arguments.self, bound["event_type"], bound["func"])
               ? Value::none()
               : Value();
}

}  // namespace wh::libraries::web
