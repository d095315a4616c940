// pydantic_core's errors and URLs; secrets, constrained types and networks of pydantic 2.10
// (types.py, networks.py, errors.py; pydantic_core 2.27 _pydantic_core.pyi).
#include <algorithm>

#include "base/text.h"
#include "libraries/frameworks/_pydantic.h"
#include "libraries/shared/json_text.h"
#include "libraries/shared/url.h"
#include "program/typing_objects.h"

namespace wh::libraries::pydantic {

using namespace program;

namespace {

// -- errors
// -----------------------------------------------------------------------------------------

Value error_list(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "errors", "*, include_url?, include_context?, include_input?", bound))
        return {};
    const ErrorState* state = native_state<ErrorState>(arguments.self);
    if (!state) return vm.list();
    std::vector<ValidationIssue> issues = state->issues;
    for (ValidationIssue& issue : issues) {
        if (bound["include_context"].is_false()) issue.context = {};
        if (bound["include_input"].is_false()) issue.input = {};
    }
    return issues_to_list(vm, issues, !bound["include_url"].is_false());
}
Value error_count(Vm&, Arguments& arguments) {
    const ErrorState* state = native_state<ErrorState>(arguments.self);
    return Value::of(static_cast<std::int64_t>(state ? state->issues.size() : 0));
}
Value error_title(Vm& vm, Arguments& arguments) {
    const ErrorState* state = native_state<ErrorState>(arguments.self);
    return vm.str(state ? state->title : "");
}
Value error_str(Vm& vm, Arguments& arguments) {
    const ErrorState* state = native_state<ErrorState>(arguments.self);
    return vm.str(state ? error_text(vm, *state, false) : "");
}
// Exceptions in "ctx" and values that are not plain become text.
Value error_json_item(Vm& vm, Arguments& arguments) {
    const Value value = arguments.positional.empty() ? Value::none() : arguments.positional[0];
    if (as_exception(value)) return vm.str_of(value);
    DumpOptions options;
    options.json = true;
    const Value made = dump_value(vm, value, nullptr, options);
    if (made || vm.stopped()) return made;
    vm.take_error();
    return vm.str_of(value);
}
Value error_json(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "json", "*, indent?, include_url?, include_context?, include_input?",
                        bound))
        return {};
    Arguments inner;
    inner.self = arguments.self;
    for (const char* name : {"include_url", "include_context", "include_input"}) {
        if (bound.has(name)) inner.keywords.emplace_back(name, bound[name]);
    }
    const Value list = error_list(vm, inner);
    if (!list) return {};
    JsonWriteOptions options;
    options.item_separator = ",";
    options.key_separator = ":";
    options.ensure_ascii = false;
    options.null_for_nan = true;
    options.fallback = vm.native("fallback", &error_json_item);
    if (bound["indent"].is_int()) {
        options.pretty = true;
        options.key_separator = ": ";
        options.indent = std::string(
            static_cast<std::size_t>(std::clamp<std::int64_t>(bound["indent"].integer, 0, 16)),
            ' ');
    }
    trust::SymbolicText text;
    return write_json(vm, list, options, text) ? vm.str(text) : Value();
}
Value error_from_data(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "from_exception_data", "title, line_errors, input_type?, hide_input?",
                        bound))
        return {};
    std::vector<Value> items;
    std::vector<ValidationIssue> issues;
    if (!vm.collect(bound["line_errors"], items)) return {};
    for (const Value& item : items) {
        Dict* dict = as_dict(item);
        if (!dict) continue;
        const auto get = [&](const char* name) {
            const Value* found = dict->find_text(name);
            return found ? *found : Value();
        };
        ValidationIssue issue;
        const Value type = get("type");
        issue.context = get("ctx");
        issue.input = get("input");
        if (const Value loc = get("loc")) vm.collect(loc, issue.loc);
        if (as_str(type)) {
            issue.type = text_of(type);
            issue.message = render_message(vm, issue.type, InputMode::Python, issue.context);
        } else {
            issue.type = text_of(vm.find_attribute(type, "type"));
            issue.custom = true;
            vm.to_str(type, issue.message);
        }
        issues.push_back(std::move(issue));
    }
    return make_validation_error(vm, text_of(bound["title"]), InputMode::Python, issues, false);
}

// PydanticCustomError(type, template, context), PydanticKnownError(type, context).
Value custom_init(Vm& vm, Arguments& arguments) {
    const bool known = vm.class_of(arguments.self)->name == "PydanticKnownError";
    Bound bound;
    if (!arguments.bind(vm, "__new__",
                        known ? "error_type, context?" : "error_type, message_template, context?",
                        bound)) {
        return {};
    }
    ExceptionInstance* self = as_exception(arguments.self);
    const Value context = bound.has("context") ? bound["context"] : Value::none();
    std::string message;
    if (known) {
        message = render_message(vm, text_of(bound["error_type"]), InputMode::Python, context);
    } else {
        message = text_of(bound["message_template"]);
        if (const Dict* dict = as_dict(context)) {
            for (const Dict::Entry& entry : dict->entries) {
                const std::string key = cat("{", text_of(entry.key), "}");
                std::string shown;
                if (!entry.live || !vm.to_str(entry.value, shown)) continue;
                for (std::size_t at = message.find(key); at != std::string::npos;
                     at = message.find(key, at + shown.size())) {
                    message.replace(at, key.size(), shown);
                }
            }
        }
        self->attributes.set("message_template", bound["message_template"]);
    }
    self->args = {vm.str(message)};
    self->attributes.set("type", bound["error_type"]);
    self->attributes.set("context", context);
    return Value::none();
}
Value custom_message(Vm& vm, Arguments& arguments) {
    return vm.str_of(arguments.self);
}

// -- URLs
// -------------------------------------------------------------------------------------------

Value url_text(Vm& vm, Arguments& arguments) {
    const UrlState* state = native_state<UrlState>(arguments.self);
    return state ? vm.str(state->parts.text(), state->origin) : vm.str("");
}
Value url_repr(Vm& vm, Arguments& arguments) {
    const UrlState* state = native_state<UrlState>(arguments.self);
    return vm.str(
        cat(vm.class_of(arguments.self)->name, "('", state ? state->parts.text() : "", "')"),
        state ? state->origin : nullptr);
}
template <std::string UrlParts::*Part>
Value url_part(Vm& vm, Arguments& arguments) {
    const UrlState* state = native_state<UrlState>(arguments.self);
    if (!state || (state->parts.*Part).empty()) return Value::none();
    return vm.str(state->parts.*Part, state->origin);
}
Value url_query(Vm& vm, Arguments& arguments) {
    const UrlState* state = native_state<UrlState>(arguments.self);
    return state && state->parts.has_query ? vm.str(state->parts.query, state->origin)
                                           : Value::none();
}
Value url_port(Vm&, Arguments& arguments) {
    const UrlState* state = native_state<UrlState>(arguments.self);
    return state && state->parts.port >= 0 ? Value::of(state->parts.port).with_origin(state->origin)
                                           : Value::none();
}
Value url_query_params(Vm& vm, Arguments& arguments) {
    const UrlState* state = native_state<UrlState>(arguments.self);
    std::vector<Value> out;
    if (!state) return vm.list();
    for (const auto& [name, value] : decode_pairs(state->parts.query)) {
        out.push_back(vm.tuple({vm.str(name), vm.str(value, state->origin)}));
    }
    return vm.list(std::move(out));
}
Value url_hosts(Vm& vm, Arguments& arguments) {
    const UrlState* state = native_state<UrlState>(arguments.self);
    std::vector<Value> out;
    if (!state) return vm.list();
    std::vector<UrlParts> hosts;
    for (const std::string& other : state->parts.more_hosts) {
        hosts.emplace_back();
        parse_whatwg(cat("x://", other), hosts.back());
    }
    hosts.push_back(state->parts);
    for (const UrlParts& each : hosts) {
        const auto text = [&](const std::string& value) {
            return value.empty() ? Value::none() : vm.str(value, state->origin);
        };
        out.push_back(vm.dict({{"username", text(each.username)},
                               {"password", text(each.password)},
                               {"host", text(each.host)},
                               {"port", each.port < 0 ? Value::none() : Value::of(each.port)}}));
    }
    return vm.list(std::move(out));
}
Value url_equal(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__eq__", "other", bound)) return {};
    const UrlState* mine = native_state<UrlState>(arguments.self);
    const UrlState* other = native_state<UrlState>(bound["other"]);
    if (!mine || !other) return Value::of(false);
    return Value::of(vm.class_of(arguments.self) == vm.class_of(bound["other"]) &&
                     mine->parts.text() == other->parts.text());
}
Value url_hash(Vm& vm, Arguments& arguments) {
    std::uint64_t hash = 0;
    return vm.hash(url_text(vm, arguments), hash) ? Value::of(static_cast<std::int64_t>(hash >> 2))
                                                  : Value();
}
Value url_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "url", bound)) return {};
    Class* cls = vm.class_of(arguments.self);
    const TypeSchema* schema = schema_for(vm, Value::of(cls), {});
    if (!schema) return {};
    const Value made =
        validate_or_raise(vm, schema, bound["url"], cls->name, InputMode::Python, {}, {}, {});
    const UrlState* state = native_state<UrlState>(made);
    if (!state) return {};
    auto copied = std::make_unique<UrlState>();
    copied->parts = state->parts;
    copied->origin = state->origin;
    as_instance(arguments.self)->native = std::move(copied);
    return Value::none();
}
Value url_build(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(
            vm, "build",
            "*, scheme, username?, password?, host?, port?, path?, query?, fragment?, hosts?",
            bound)) {
        return {};
    }
    std::vector<Value> parts;
    const auto add = [&](const char* before, const Value& value) {
        if (value.is_null() || value.is_none()) return;
        parts.push_back(vm.str(before));
        parts.push_back(as_str(value) ? value : vm.str_of(value));
    };
    add("", bound["scheme"]);
    parts.push_back(vm.str("://"));
    add("", bound["username"]);
    add(":", bound["password"]);
    if (bound.has_value("username") || bound.has_value("password")) parts.push_back(vm.str("@"));
    add("", bound["host"]);
    add(":", bound["port"]);
    if (bound.has_value("path") && !text_of(bound["path"]).starts_with("/"))
        parts.push_back(vm.str("/"));
    add("", bound["path"]);
    add("?", bound["query"]);
    add("#", bound["fragment"]);
    Value text = vm.str("");
    for (const Value& part : parts) text = vm.concat({text, part});
    return vm.call(arguments.self, {text});
}

// -- secrets
// ----------------------------------------------------------------------------------------

Value secret_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "secret_value", bound)) return {};
    auto state = std::make_unique<SecretState>();
    state->value = bound["secret_value"];
    as_instance(arguments.self)->native = std::move(state);
    return Value::none();
}
Value secret_value(Vm& vm, Arguments& arguments) {
    const SecretState* state = native_state<SecretState>(arguments.self);
    if (!state) return vm.str("");
    Value value = state->value;
    const trust::Origin* origin = value.origin;
    if (origin && !trust::is_secret(origin)) {
        trust::Origin marked = *origin;
        marked.secret = true;
        value = value.with_origin(vm.origins().add(std::move(marked)));
    }
    return value;
}
bool secret_length(Vm& vm, const Value& self, std::int64_t& out) {
    const SecretState* state = native_state<SecretState>(self);
    out = 1;
    if (!state || (!as_str(state->value) && !as_bytes(state->value))) return true;
    return vm.length(state->value, out);
}
Value secret_masked(Vm& vm, const Value& self, bool quoted) {
    std::int64_t length = 0;
    if (!secret_length(vm, self, length)) return {};
    const SecretState* state = native_state<SecretState>(self);
    const bool bytes = state && as_bytes(state->value);
    const std::string stars = length ? "**********" : "";
    const std::string shown = bytes ? cat("b'", stars, "'") : stars;
    if (!quoted) return vm.str(shown);
    return vm.str(cat(vm.class_of(self)->name, "(", bytes ? shown : cat("'", stars, "'"), ")"));
}
Value secret_str(Vm& vm, Arguments& a) {
    return secret_masked(vm, a.self, false);
}
Value secret_repr(Vm& vm, Arguments& a) {
    return secret_masked(vm, a.self, true);
}
Value secret_len(Vm& vm, Arguments& arguments) {
    std::int64_t length = 0;
    return secret_length(vm, arguments.self, length) ? Value::of(length) : Value();
}
Value secret_equal(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__eq__", "other", bound)) return {};
    const SecretState* mine = native_state<SecretState>(arguments.self);
    const SecretState* other = native_state<SecretState>(bound["other"]);
    bool same = false;
    if (!mine || !other || vm.class_of(arguments.self) != vm.class_of(bound["other"]))
        return Value::of(false);
    return vm.equal(mine->value, other->value, same) ? Value::of(same) : Value();
}
Value secret_hash(Vm& vm, Arguments& arguments) {
    const SecretState* state = native_state<SecretState>(arguments.self);
    std::uint64_t hash = 0;
    return state && vm.hash(state->value, hash) ? Value::of(static_cast<std::int64_t>(hash >> 2))
                                                : Value();
}

Value name_email_init(Vm& vm, Arguments& arguments) {
    arguments.site = nullptr;
    return keep_arguments(vm, arguments, "name,email") ? Value::none() : Value();
}
Value name_email_str(Vm& vm, Arguments& arguments) {
    const Value name = vm.get_attribute(arguments.self, "name");
    const Value email = vm.get_attribute(arguments.self, "email");
    const bool quoted = text_of(name).find('@') != std::string_view::npos;
    return vm.concat(
        {vm.str(quoted ? "\"" : ""), name, vm.str(quoted ? "\" <" : " <"), email, vm.str(">")});
}

// Annotated[base, metadata] where the metadata has these settings.
Value constrained(Vm& vm, const Value& base, const Arguments& arguments) {
    const Value info = vm.instance(field_info_class(vm));
    for (const auto& [name, value] : arguments.keywords)
        as_instance(info)->attributes.set(name, value);
    return make_form(vm, TypeForm::Kind::Annotated, "", base, {info});
}
template <Class* Builtins::*Base>
Value con_plain(Vm& vm, Arguments& a) {
    return constrained(vm, Value::of(vm.types().*Base), a);
}
template <Class* Builtins::*Base>
Value con_items(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "conlist", "item_type, **kwargs", bound)) return {};
    std::erase_if(arguments.keywords, [](const auto& each) { return each.first == "item_type"; });
    return constrained(vm, make_generic(vm, Value::of(vm.types().*Base), {bound["item_type"]}),
                       arguments);
}
Value con_decimal(Vm& vm, Arguments& a) {
    return constrained(vm, Value::of(vm.class_in("decimal", "Decimal")), a);
}
Value con_date(Vm& vm, Arguments& a) {
    return constrained(vm, Value::of(vm.class_in("datetime", "date")), a);
}

// Json[T], Secret[T], InstanceOf[T] are forms; SkipValidation[T] is anything.
struct GenericHooks : ClassHooks {
    Value class_item(Vm& vm, Class& cls, Value key) const override {
        if (cls.name == "SkipValidation") return make_form(vm, TypeForm::Kind::Any, "Any");
        if (cls.name == "SerializeAsAny" || cls.name == "OnErrorOmit") return key;
        return make_generic(vm, Value::of(&cls), {key});
    }
};
const GenericHooks kGenericHooks;

// `validate_email(value)` gives (name, email).
Value email_tuple(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "validate_email", "value", bound)) return {};
    TypeSchema schema;
    schema.kind = TypeKind::Email;
    std::vector<ValidationIssue> issues;
    Run state{vm, InputMode::Python, issues};
    const Value made = validate_email(state, schema, bound["value"]);
    if (issues.empty() || vm.failed()) {
        return made ? vm.tuple(
                          {vm.str(std::string(text_of(made).substr(0, text_of(made).find('@')))),
                           made})
                    : made;
    }
    Arguments inner;
    inner.positional = {vm.str(issues[0].type), vm.str(issues[0].message)};
    return vm.raise(
        vm.call(Value::of(pydantic_class(vm, "PydanticCustomError")), std::move(inner)));
}

Value to_jsonable_python(Vm& vm, Arguments& arguments) {
    DumpOptions options;
    options.json = true;
    return dump_value(vm, arguments.positional.empty() ? Value::none() : arguments.positional[0],
                      nullptr, options);
}

}  // namespace

Value undefined(Vm& vm) {
    const Value module = vm.import_module("pydantic_core");
    return module ? vm.get_attribute(module, "PydanticUndefined") : module;
}

void install_core(Vm& vm, Module& module) {
    const Builtins& types = vm.types();
    const auto error = [&](const char* name, Class* base, const char* where) {
        Class* cls = vm.make_class(module, name, {base});
        cls->module = where;
        return cls;
    };
    Class* validation = error("ValidationError", types.value_error, "pydantic_core._pydantic_core");
    const Method methods[] = {{"errors", &error_list},
                              {"error_count", &error_count},
                              {"json", &error_json},
                              {"__str__", &error_str},
                              {"__repr__", &error_str}};
    add_methods(vm, validation, methods);
    vm.property(validation, "title", &error_title);
    vm.class_method(validation, "from_exception_data", &error_from_data);
    for (const char* name : {"PydanticCustomError", "PydanticKnownError"}) {
        Class* cls = error(name, types.value_error, "pydantic_core._pydantic_core");
        vm.method(cls, "__init__", &custom_init);
        vm.method(cls, "message", &custom_message);
    }
    error("PydanticOmit", types.exception, "pydantic_core._pydantic_core");
    error("PydanticUseDefault", types.exception, "pydantic_core._pydantic_core");
    error("PydanticSerializationError", types.value_error, "pydantic_core._pydantic_core");
    Class* user = error("PydanticUserError", types.type_error, "pydantic.errors");
    error("PydanticUndefinedAnnotation", types.name_error, "pydantic.errors");
    error("PydanticImportError", types.import_error, "pydantic.errors");
    error("PydanticSchemaGenerationError", user, "pydantic.errors");
    error("PydanticInvalidForJsonSchema", user, "pydantic.errors");
    for (const char* name : {"PydanticUndefinedType", "ValidationInfo", "SerializationInfo",
                             "PydanticDescriptorProxy"}) {
        vm.make_class(module, name)->module = "pydantic_core._pydantic_core";
    }
    Class* sentinel = as_class(*module.globals.find("PydanticUndefinedType"));
    module.globals.set("PydanticUndefined", vm.instance(sentinel));
    for (const char* name : {"FieldValidationInfo", "FieldSerializationInfo",
                             "ValidatorFunctionWrapHandler", "SerializerFunctionWrapHandler"}) {
        vm.make_class(module, name)->module = "pydantic_core.core_schema";
    }
    vm.function(module, "to_jsonable_python", &to_jsonable_python);
    for (const char* name : {"Url", "MultiHostUrl"}) {
        Class* cls = vm.make_class(module, name);
        cls->module = "pydantic_core._pydantic_core";
        vm.method(cls, "__init__", &url_init);
    }
}

void install_types(Vm& vm, Module& module) {
    const Method url_methods[] = {{"__init__", &url_init},
                                  {"__str__", &url_text},
                                  {"__repr__", &url_repr},
                                  {"__eq__", &url_equal},
                                  {"__hash__", &url_hash},
                                  {"unicode_string", &url_text},
                                  {"encoded_string", &url_text},
                                  {"query_params", &url_query_params},
                                  {"unicode_host", &url_part<&UrlParts::host>},
                                  {"hosts", &url_hosts}};
    const Method url_properties[] = {{"scheme", &url_part<&UrlParts::scheme>},
                                     {"username", &url_part<&UrlParts::username>},
                                     {"password", &url_part<&UrlParts::password>},
                                     {"host", &url_part<&UrlParts::host>},
                                     {"path", &url_part<&UrlParts::path>},
                                     {"fragment", &url_part<&UrlParts::fragment>},
                                     {"query", &url_query},
                                     {"port", &url_port}};
    static constexpr std::pair<const char*, const char*> kUrls[] = {{"AnyUrl", ""},
                                                                    {"AnyHttpUrl", "AnyUrl"},
                                                                    {"HttpUrl", "AnyUrl"},
                                                                    {"AnyWebsocketUrl", "AnyUrl"},
                                                                    {"WebsocketUrl", "AnyUrl"},
                                                                    {"FileUrl", "AnyUrl"},
                                                                    {"FtpUrl", "AnyUrl"},
                                                                    {"PostgresDsn", ""},
                                                                    {"CockroachDsn", "AnyUrl"},
                                                                    {"AmqpDsn", "AnyUrl"},
                                                                    {"RedisDsn", "AnyUrl"},
                                                                    {"MongoDsn", ""},
                                                                    {"KafkaDsn", "AnyUrl"},
                                                                    {"NatsDsn", ""},
                                                                    {"MySQLDsn", "AnyUrl"},
                                                                    {"MariaDBDsn", "AnyUrl"},
                                                                    {"ClickHouseDsn", "AnyUrl"},
                                                                    {"SnowflakeDsn", "AnyUrl"}};
    Class* any = nullptr;
    for (const auto& [name, base] : kUrls) {
        std::vector<Class*> bases;
        if (*base) bases.push_back(any);
        Class* cls = vm.make_class(module, name, bases);
        cls->module = "pydantic.networks";
        if (!any) any = cls;
        if (*base) continue;
        add_methods(vm, cls, url_methods);
        for (const Method& each : url_properties) vm.property(cls, each.name, each.function);
        vm.class_method(cls, "build", &url_build);
    }
    const auto plain = [&](const char* name, const char* where, const ClassHooks* hooks = nullptr) {
        Class* cls = vm.make_class(module, name, {}, hooks);
        cls->module = where;
        return cls;
    };
    for (const char* name : {"EmailStr", "IPvAnyAddress", "IPvAnyInterface", "IPvAnyNetwork"}) {
        plain(name, "pydantic.networks");
    }
    Class* name_email = plain("NameEmail", "pydantic.networks");
    vm.method(name_email, "__init__", &name_email_init);
    vm.method(name_email, "__str__", &name_email_str);
    for (const char* name : {"ByteSize", "PastDate", "FutureDate", "PastDatetime", "FutureDatetime",
                             "AwareDatetime", "NaiveDatetime", "UUID1", "UUID3", "UUID4", "UUID5",
                             "UUID6", "UUID7", "UUID8", "FilePath", "DirectoryPath", "NewPath"}) {
        plain(name, "pydantic.types");
    }
    for (const char* name :
         {"Json", "InstanceOf", "SkipValidation", "SerializeAsAny", "OnErrorOmit"}) {
        plain(name, "pydantic.types", &kGenericHooks);
    }
    for (const char* name : {"SecretStr", "SecretBytes", "Secret"}) {
        Class* cls = plain(name, "pydantic.types", &kGenericHooks);
        const Method methods[] = {{"__init__", &secret_init}, {"get_secret_value", &secret_value},
                                  {"__str__", &secret_str},   {"__repr__", &secret_repr},
                                  {"__len__", &secret_len},   {"__eq__", &secret_equal},
                                  {"__hash__", &secret_hash}};
        add_methods(vm, cls, methods);
    }
    const Builtins& types = vm.types();
    struct Alias {
        const char* name;
        Class* base;
        const char* setting;
        Value value;
    };
    const Value yes = Value::of(true);
    const Alias aliases[] = {
        {"PositiveInt", types.integer, "gt", Value::of(0)},
        {"NegativeInt", types.integer, "lt", Value::of(0)},
        {"NonNegativeInt", types.integer, "ge", Value::of(0)},
        {"NonPositiveInt", types.integer, "le", Value::of(0)},
        {"PositiveFloat", types.real, "gt", Value::of(0)},
        {"NegativeFloat", types.real, "lt", Value::of(0)},
        {"NonNegativeFloat", types.real, "ge", Value::of(0)},
        {"NonPositiveFloat", types.real, "le", Value::of(0)},
        {"FiniteFloat", types.real, "allow_inf_nan", Value::of(false)},
        {"StrictInt", types.integer, "strict", yes},
        {"StrictFloat", types.real, "strict", yes},
        {"StrictStr", types.str, "strict", yes},
        {"StrictBool", types.boolean, "strict", yes},
        {"StrictBytes", types.bytes, "strict", yes},
        {"Base64Bytes", types.bytes, "encoding", vm.str("base64")},
        {"Base64Str", types.str, "encoding", vm.str("base64")},
        {"Base64UrlBytes", types.bytes, "encoding", vm.str("base64url")},
        {"Base64UrlStr", types.str, "encoding", vm.str("base64url")},
    };
    for (const Alias& each : aliases) {
        Arguments settings;
        settings.keywords.emplace_back(each.setting, each.value);
        module.globals.set(each.name, constrained(vm, Value::of(each.base), settings));
    }
    module.globals.set("JsonValue", make_form(vm, TypeForm::Kind::Any, "Any"));
    const Method functions[] = {{"conint", &con_plain<&Builtins::integer>},
                                {"confloat", &con_plain<&Builtins::real>},
                                {"constr", &con_plain<&Builtins::str>},
                                {"conbytes", &con_plain<&Builtins::bytes>},
                                {"conlist", &con_items<&Builtins::list>},
                                {"conset", &con_items<&Builtins::set>},
                                {"confrozenset", &con_items<&Builtins::frozenset>},
                                {"condecimal", &con_decimal},
                                {"condate", &con_date},
                                {"validate_email", &email_tuple}};
    for (const Method& each : functions) vm.function(module, each.name, each.function);
}

}  // namespace wh::libraries::pydantic
