// httpx.MockTransport, ASGITransport, WSGITransport (httpx 0.28 _transports/): nothing leaves the process.
#include "libraries/clients/_httpx.h"

namespace wh::libraries::httpx {

namespace {

// The call, for the record.
void note_in_process(Vm& vm, const Value& request) {
    const UrlState& url = url_of(attribute(request, "url"));
    RequestState& state = request_state(request);
    trust::OutboundCall call;
    call.span = state.span;
    call.url_span = state.url_span;
    call.function = state.function;
    call.library = "httpx";
    call.callable = state.callable;
    call.method = std::string(text_of(attribute(request, "method")));
    describe_target(call, url.raw, url.url, url.known, state.url_because);
    call.transport = trust::Transport::InProcess;
    const int id = announce(vm, call);
    vm.network().end_call(id, vm.clock());
}

Value mock_init(Vm&, Arguments& arguments) {
    program::as_instance(arguments.self)
        ->attributes.set("handler",
                         arguments.positional.empty() ? Value::none() : arguments.positional[0]);
    return Value::none();
}
Value mock_handle(Vm& vm, Arguments& arguments) {
    note_in_process(vm, arguments.positional[0]);
    const Value made = vm.call(attribute(arguments.self, "handler"), {arguments.positional[0]});
    return made.is_null() ? made : vm.await_if_needed(made);
}
Value mock_handle_async(Vm& vm, Arguments& arguments) {
    return defer(vm, &mock_handle, arguments);
}

Value app_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "ASGITransport.__init__", "app, *args, **kwargs", bound)) return {};
    program::as_instance(arguments.self)->attributes.set("app", bound["app"]);
    return Value::none();
}
Value app_handle(Vm& vm, Arguments& arguments) {
    note_in_process(vm, arguments.positional[0]);
    auto answer = std::make_unique<ResponseState>();
    answer->unknown = answer->read = true;
    answer->origin =
        vm.origins().add(trust::OriginKind::NotModelled, vm.current_span(), "httpx.ASGITransport");
    if (!vm.checking()) vm.not_modelled("httpx.ASGITransport(app=...)");
    return make_response(vm, std::move(answer), 200, {});
}
Value app_handle_async(Vm& vm, Arguments& arguments) {
    return defer(vm, &app_handle, arguments);
}

}  // namespace

void install_in_process(Vm& vm, Module& module, Class* base, Class* async_base) {
    Class* mock = vm.make_class(module, "MockTransport", {async_base, base});
    vm.method(mock, "__init__", &mock_init);
    vm.method(mock, "handle_request", &mock_handle);
    vm.method(mock, "handle_async_request", &mock_handle_async);
    Class* asgi = vm.make_class(module, "ASGITransport", {async_base});
    vm.method(asgi, "__init__", &app_init);
    vm.method(asgi, "handle_async_request", &app_handle_async);
    Class* wsgi = vm.make_class(module, "WSGITransport", {base});
    vm.method(wsgi, "__init__", &app_init);
    vm.method(wsgi, "handle_request", &app_handle);
}

}  // namespace wh::libraries::httpx
