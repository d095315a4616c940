// What is known about an application's routes without running it: for display and for made-up
// requests.
#include "base/text.h"
#include "libraries/frameworks/_web.h"
#include "program/signature.h"

namespace wh::libraries::web {

namespace {

RouteParameter describe(Vm& vm, const Field& field) {
    RouteParameter out;
    out.in = field.in;
    out.name = field.alias;
    out.required = field.required;
    if (field.schema) {
        out.type = type_name(field.schema);
        out.example_json = example_json(vm, field.schema);
    } else {
        out.type = "UploadFile";
    }
    return out;
}

// Query, header and form models bring one parameter a field.
void describe_model(Vm& vm, const Field& field, std::vector<RouteParameter>& out) {
    for (const FieldView& each : fields_of(vm, field.schema)) {
        RouteParameter made;
        made.in = field.in;
        made.name = each.alias;
        made.type = type_name(each.schema);
        made.required = each.required;
        made.example_json = example_json(vm, each.schema);
        out.push_back(std::move(made));
    }
}

// Credentials that a security helper asks for.
void describe_security(Vm& vm, const Dependant& dependant, std::vector<RouteParameter>& out) {
    for (const auto& dependency : dependant.dependencies) {
        describe_security(vm, *dependency, out);
        const Value& call = dependency->call;
        if (!as_instance(call) || !is_a(vm, call, "fastapi.security", "SecurityBase")) continue;
        RouteParameter made;
        made.in = In::Header;
        made.name = "Authorization";
        made.type = "str";
        made.required = flag(vm, attribute(vm, call, "auto_error"), true);
        made.example_json = "\"Bearer example-token\"";
        for (const Class* each : vm.class_of(call)->mro) {
            if (each->name == "HTTPBasic") made.example_json = "\"Basic YWRhOmV4YW1wbGU=\"";
            if (each->name == "HTTPDigest") made.example_json = "\"Digest example\"";
            if (each->name != "APIKeyBase") continue;
            const std::string& kind = vm.class_of(call)->name;
            made.name = text(vm, attribute(vm, call, "name"));
            made.in = kind == "APIKeyQuery"    ? In::Query
                      : kind == "APIKeyCookie" ? In::Cookie
                                               : In::Header;
            made.example_json = "\"example-key\"";
        }
        out.push_back(std::move(made));
    }
}

}  // namespace

std::vector<RouteInfo> AppState::routes(Vm& vm) const {
    std::vector<RouteInfo> out;
    for (const RouteRef& ref : route_refs()) {
        const Route& route = *native_state<Route>(ref.route);
        RouteInfo info;
        info.methods = route.methods;
        info.path = ref.prefix + route.pattern.format();
        info.function = std::string(function_name(route.endpoint));
        if (info.function.empty()) info.function = route.name;
        info.span = definition_span(route.endpoint);
        if (route.dependant) {
            describe_security(vm, *route.dependant, info.parameters);
            for (const Field* field : route.dependant->flat_fields(false)) {
                if (field->model) {
                    describe_model(vm, *field, info.parameters);
                } else {
                    info.parameters.push_back(describe(vm, *field));
                }
            }
            std::string body;
            for (const Field* field : route.dependant->flat_fields(true)) {
                if (field->in != In::Body) {
                    if (field->model) {
                        describe_model(vm, *field, info.parameters);
                    } else {
                        info.parameters.push_back(describe(vm, *field));
                    }
                    continue;
                }
                const RouteParameter made = describe(vm, *field);
                if (!route.embed) {
                    info.body_example_json = made.example_json;
                } else if (!made.example_json.empty()) {
                    body +=
                        cat(body.empty() ? "" : ", ", "\"", made.name, "\": ", made.example_json);
                }
                info.parameters.push_back(made);
            }
            if (route.embed && !route.form) info.body_example_json = cat("{", body, "}");
        }
        out.push_back(std::move(info));
    }
    return out;
}

}  // namespace wh::libraries::web
