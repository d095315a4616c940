// fastapi.params and the analysis of signatures (FastAPI 0.115.11, fastapi/dependencies/utils.py,
// get_dependant and analyze_param).
#include <algorithm>

#include "base/text.h"
#include "libraries/frameworks/_web.h"
#include "program/signature.h"
#include "program/typing_objects.h"

namespace wh::libraries::web {

bool is_body(In in) {
    return in == In::Body || in == In::Form || in == In::File;
}

namespace {

// -- Query(), Path() ... Depends() ----------------------------------------------------------------
constexpr std::pair<const char*, In> kParams[] = {
    {"Query", In::Query}, {"Path", In::Path}, {"Header", In::Header}, {"Cookie", In::Cookie},
    {"Body", In::Body},   {"Form", In::Form}, {"File", In::File},
};

// Constraints are attributes, as pydantic's FieldInfo has them, so that schemas are made of both
// in the same way; what was not given is not there.
template <In I>
Value param_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, vm.class_of(arguments.self)->name,
                        "default?, *, default_factory?, annotation?, alias?, validation_alias?, "
                        "convert_underscores?, embed?, media_type?, regex?, **kwargs",
                        bound)) {
        return {};
    }
    ParamState& state = attach<ParamState>(arguments.self);
    state.in = I;
    const Value given = bound["default"];
    if (given && given.tag != Tag::Ellipsis) state.default_value = given;
    if (bound.has_value("default_factory")) state.default_factory = bound["default_factory"];
    for (const char* name : {"alias", "validation_alias"}) {
        if (as_str(bound[name])) state.alias = text_of(bound[name]);
    }
    state.convert_underscores = I == In::Header && flag(vm, bound["convert_underscores"], true);
    state.embed = flag(vm, bound["embed"], false);
    state.media_type = text(vm, bound["media_type"]);
    for (const auto& [name, value] : bound.extra()) {
        if (!value.is_none()) vm.set_attribute(arguments.self, name, value);
    }
    if (bound.has_value("regex")) vm.set_attribute(arguments.self, "pattern", bound["regex"]);
    return vm.failed() ? Value() : Value::none();
}

Value depends_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, vm.class_of(arguments.self)->name,
                        "dependency?, *, scopes?, use_cache?", bound)) {
        return {};
    }
    const auto keep = [&](const char* name, const Value& fallback) {
        vm.set_attribute(arguments.self, name, bound.has(name) ? bound[name] : fallback);
    };
    keep("dependency", Value::none());
    keep("use_cache", Value::of(true));
    if (vm.class_of(arguments.self)->name == "Security") keep("scopes", vm.list());
    return Value::none();
}

Value depends_repr(Vm& vm, Arguments& arguments) {
    const Value dependency = attribute(vm, arguments.self, "dependency");
    const Value name = vm.find_attribute(dependency, "__name__");
    return vm.str(
        cat(vm.class_of(arguments.self)->name, "(", text(vm, name ? name : dependency), ")"));
}

// -- annotations ----------------------------------------------------------------------------------
// Is the annotation this class, or does it hold it (Optional[UploadFile], list[UploadFile])?
bool mentions(const Value& annotation, const Class* cls) {
    if (const Class* found = as_class(annotation)) return found->derives_from(cls);
    const TypeForm* form = type_form(annotation);
    if (!form || form->kind == TypeForm::Kind::Literal) return false;
    if (form->kind == TypeForm::Kind::Annotated) return mentions(form->origin, cls);
    return std::any_of(form->args.begin(), form->args.end(),
                       [cls](const Value& each) { return mentions(each, cls); });
}

// list[...], set[...], tuple[...] or one of them bare, also behind Optional.
bool is_sequence(Vm& vm, const Value& annotation) {
    const Builtins& types = vm.types();
    if (const Class* cls = as_class(annotation)) {
        for (const Class* each : {types.list, types.tuple, types.set, types.frozenset}) {
            if (cls->derives_from(each)) return true;
        }
        return cls->name == "Sequence" || cls->name == "deque";
    }
    const TypeForm* form = type_form(annotation);
    if (!form) return false;
    switch (form->kind) {
        case TypeForm::Kind::Union:
            return std::any_of(form->args.begin(), form->args.end(),
                               [&vm](const Value& each) { return is_sequence(vm, each); });
        case TypeForm::Kind::Special:
        case TypeForm::Kind::Generic:
        case TypeForm::Kind::Annotated:
            return form->origin && is_sequence(vm, form->origin);
        case TypeForm::Kind::Any:
        case TypeForm::Kind::Literal:
        case TypeForm::Kind::Callable:
        case TypeForm::Kind::ClassVar:
        case TypeForm::Kind::Final:
        case TypeForm::Kind::Required:
        case TypeForm::Kind::NotRequired:
        case TypeForm::Kind::TypeVar:
        case TypeForm::Kind::ForwardRef:
        case TypeForm::Kind::NewType:
        case TypeForm::Kind::Other:
            return false;
    }
    return false;
}

Class* model_class(Vm& vm, const Value& annotation) {
    Class* cls = as_class(annotation);
    return cls && cls->derives_from(vm.class_in("pydantic", "BaseModel")) ? cls : nullptr;
}

// What a parameter's annotation and default say.
struct Details {
    Value type;        // without Annotated; Null: none given
    Value annotation;  // as written
    Value info;        // instance with ParamState; Null: none
    Value depends;     // Null: none
};

Details read_annotation(Vm& vm, const ParameterInfo& parameter) {
    Details out;
    out.annotation = out.type = parameter.annotation;
    Class* depends = vm.class_in("fastapi.params", "Depends");
    const TypeForm* form = parameter.annotation ? type_form(parameter.annotation) : nullptr;
    if (form && form->kind == TypeForm::Kind::Annotated) {
        out.type = form->origin;
        for (const Value& extra : form->args) {  // the last one counts
            if (native_state<ParamState>(extra)) {
                out.info = extra;
                out.depends = {};
            } else if (vm.is_instance(extra, depends)) {
                out.depends = extra;
                out.info = {};
            }
        }
    }
    const Value& value = parameter.default_value;
    if (value && vm.is_instance(value, depends)) out.depends = value;
    if (value && native_state<ParamState>(value)) out.info = value;
    return out;
}

// The special parameters; nullptr: none of them.
std::string* special_slot(Vm& vm, Dependant& dependant, const Value& type) {
    const Class* cls = type ? as_class(type) : nullptr;
    if (!cls) return nullptr;
    const auto is = [&](const char* module, const char* name) {
        return cls->derives_from(vm.class_in(module, name));
    };
    if (is("starlette.requests", "Request")) return &dependant.request;
    if (is("starlette.websockets", "WebSocket")) return &dependant.websocket;
    if (is("starlette.requests", "HTTPConnection")) return &dependant.connection;
    if (is("starlette.responses", "Response")) return &dependant.response;
    if (is("starlette.background", "BackgroundTasks")) return &dependant.background;
    if (is("fastapi.security", "SecurityScopes")) return &dependant.security_scopes;
    return nullptr;
}

bool make_field(Vm& vm, const std::vector<std::string>& path_names, const std::string& name,
                const Details& details, const Value& given_default, Field& field) {
    const bool in_path = std::find(path_names.begin(), path_names.end(), name) != path_names.end();
    const ParamState* param = details.info ? native_state<ParamState>(details.info) : nullptr;
    const bool own_default = given_default && native_state<ParamState>(given_default);
    field.name = name;
    field.annotation = details.annotation;
    field.model = model_class(vm, details.type);
    const bool upload =
        details.type &&
        mentions(details.type, vm.class_in("starlette.datastructures", "UploadFile"));
    if (!upload) {
        const Value annotation =
            details.annotation ? details.annotation : import_attribute(vm, "typing", "Any");
        if (!annotation) return false;
        field.schema = schema_for(vm, annotation, own_default ? details.info : Value());
        if (!field.schema) return false;
    }
    field.sequence = details.type && is_sequence(vm, details.type);
    field.bytes = details.type && mentions(details.type, vm.types().bytes);
    if (param) {
        field.in = param->in;
        field.embed = param->embed;
        field.convert_underscores = param->convert_underscores;
        field.default_value = own_default ? param->default_value : given_default;
        field.default_factory = param->default_factory;
    } else {
        field.in = in_path                                    ? In::Path
                   : upload                                   ? In::File
                   : !field.schema || is_scalar(field.schema) ? In::Query
                                                              : In::Body;
        field.default_value = in_path ? Value() : given_default;
    }
    if (in_path && field.in != In::Path) {
        vm.raise(vm.types().assertion_error, cat("Cannot use `", vm.class_of(details.info)->name,
                                                 "` for path param '", name, "'"));
        return false;
    }
    field.required = !field.default_value && !field.default_factory;
    field.alias = param ? param->alias : std::string();
    if (field.alias.empty()) {
        field.alias = name;
        if (field.convert_underscores) {
            std::replace(field.alias.begin(), field.alias.end(), '_', '-');
        }
    }
    return true;
}

Value field_annotation(Vm& vm, Class* model, const std::string& name) {
    const Value fields = attribute(vm, Value::of(model), "model_fields");
    const Value info = vm.get_item(fields, vm.str(name));
    return info ? attribute(vm, info, "annotation") : Value();
}

// Signatures that are not those of a function: models take their fields, the password form of
// OAuth2 its form fields.
std::vector<ParameterInfo> parameters_of(Vm& vm, const Value& call) {
    std::vector<ParameterInfo> out;
    if (Class* model = model_class(vm, call)) {
        const TypeSchema* schema = schema_for(vm, Value::of(model), {});
        if (!schema) return out;
        for (FieldView& field : fields_of(vm, schema)) {
            ParameterInfo made;
            made.name = field.alias;
            made.annotation = field_annotation(vm, model, field.name);
            made.default_value = field.default_value;
            out.push_back(std::move(made));
        }
        return out;
    }
    Class* form = vm.class_in("fastapi.security", "OAuth2PasswordRequestForm");
    const Class* cls = as_class(call);
    if (cls && cls->derives_from(form) && as_native(attribute(vm, call, "__init__"))) {
        Class* form_param = vm.class_in("fastapi.params", "Form");
        const bool strict = cls->name == "OAuth2PasswordRequestFormStrict";
        for (const char* name :
             {"grant_type", "username", "password", "scope", "client_id", "client_secret"}) {
            const std::string_view view = name;
            ParameterInfo made;
            made.name = name;
            made.annotation = Value::of(vm.types().str);
            Keywords keywords;
            if (view == "scope") keywords.emplace_back("default", vm.str(""));
            if (view.starts_with("client_") || (view == "grant_type" && !strict)) {
                made.annotation =
                    make_union(vm, {Value::of(vm.types().str), Value::of(vm.types().none_type)});
                keywords.emplace_back("default", Value::none());
            }
            if (view == "grant_type") keywords.emplace_back("pattern", vm.str("^password$"));
            made.default_value = call_with(vm, Value::of(form_param), std::move(keywords));
            out.push_back(std::move(made));
        }
        return out;
    }
    if (is_native_security(vm, call)) {
        ParameterInfo request;
        request.name = "request";
        request.annotation = Value::of(vm.class_in("starlette.requests", "Request"));
        out.push_back(std::move(request));
        return out;
    }
    return signature_of(vm, call);
}

}  // namespace

bool add_dependency(Vm& vm, Dependant& to, const std::vector<std::string>& path_names,
                    const Value& depends, std::string name, const Value& annotation) {
    Value call = attribute(vm, depends, "dependency");
    if (call.is_none()) {
        call = annotation;
        if (!call || !vm.is_callable(call)) {
            vm.raise(vm.types().assertion_error,
                     "A parameter-less dependency must have a callable dependency");
            return false;
        }
    }
    std::vector<std::string> scopes = to.scopes;
    for (std::string& scope : texts_of(vm, attribute(vm, depends, "scopes"))) {
        scopes.push_back(std::move(scope));
    }
    auto made = analyse(vm, path_names, call, std::move(scopes));
    if (!made) return false;
    made->name = std::move(name);
    made->use_cache = flag(vm, attribute(vm, depends, "use_cache"), true);
    to.dependencies.push_back(std::move(made));
    return true;
}

std::unique_ptr<Dependant> analyse(Vm& vm, const std::vector<std::string>& path_names,
                                   const Value& call, std::vector<std::string> scopes) {
    auto out = std::make_unique<Dependant>();
    out->call = call;
    out->scopes = std::move(scopes);
    for (const ParameterInfo& parameter : parameters_of(vm, call)) {
        // *args and **kwargs become query parameters named so, in FastAPI as well.
        const Details details = read_annotation(vm, parameter);
        if (details.depends) {
            if (!add_dependency(vm, *out, path_names, details.depends, parameter.name,
                                details.type)) {
                return nullptr;
            }
            continue;
        }
        if (std::string* slot = special_slot(vm, *out, details.type)) {
            *slot = parameter.name;
            continue;
        }
        Field field;
        if (!make_field(vm, path_names, parameter.name, details, parameter.default_value, field)) {
            return nullptr;
        }
        out->fields.push_back(std::move(field));
    }
    return vm.failed() ? nullptr : std::move(out);
}

std::vector<const Field*> Dependant::flat_fields(bool body) const {
    std::vector<const Field*> out;
    for (const Field& field : fields) {
        if (is_body(field.in) == body) out.push_back(&field);
    }
    for (const auto& dependency : dependencies) {
        for (const Field* field : dependency->flat_fields(body)) out.push_back(field);
    }
    return out;
}

// _should_embed_body_fields; true: there is a body.
bool finish_body(Dependant& dependant, bool& embed, bool& form) {
    const std::vector<const Field*> fields = dependant.flat_fields(true);
    embed = form = false;
    if (fields.empty()) return false;
    const Field& first = *fields.front();
    for (const Field* field : fields) {
        embed = embed || field->name != first.name;
        form = form || field->in != In::Body;
    }
    embed = embed || first.embed || (first.in != In::Body && !first.model);
    return true;
}

void install_params(Vm& vm, Module& module) {
    constexpr NativeFunction kInits[] = {
        &param_init<In::Query>,  &param_init<In::Path>, &param_init<In::Header>,
        &param_init<In::Cookie>, &param_init<In::Body>, &param_init<In::Form>,
        &param_init<In::File>,
    };
    Class* param = vm.make_class(module, "Param");
    Class* body = nullptr;
    std::size_t index = 0;
    for (const auto& [name, in] : kParams) {
        Class* cls = vm.make_class(module, name, {is_body(in) && body ? body : param});
        if (in == In::Body) body = cls;
        vm.method(cls, "__init__", kInits[index++]);
    }
    Class* depends = vm.make_class(module, "Depends");
    add_methods(vm, depends, {{"__init__", &depends_init}, {"__repr__", &depends_repr}});
    vm.make_class(module, "Security", {depends});
}

}  // namespace wh::libraries::web
