// Field(), the decorators of validators and serialisers, and what Annotated takes as metadata
// (pydantic 2.10 fields.py, functional_validators.py, functional_serializers.py, deprecated/).
#include <algorithm>

#include "base/text.h"
#include "libraries/frameworks/_pydantic.h"
#include "program/signature.h"

namespace wh::libraries::pydantic {

using namespace program;

namespace {

using Kind = Decorated::Kind;

struct Record {
    const char* name;
    const char* parameters;  // in order of position
};
constexpr Record kRecords[] = {
    {"BeforeValidator", "func"},
    {"AfterValidator", "func"},
    {"PlainValidator", "func,json_schema_input_type"},
    {"WrapValidator", "func,json_schema_input_type"},
    {"PlainSerializer", "func,return_type,when_used"},
    {"WrapSerializer", "func,return_type,when_used"},
    {"StringConstraints",
     "strip_whitespace,to_upper,to_lower,strict,min_length,max_length,pattern"},
    {"Strict", "strict"},
    {"Discriminator", "discriminator,custom_error_type,custom_error_message,custom_error_context"},
    {"Tag", "tag"},
    {"FailFast", "fail_fast"},
    {"AllowInfNan", "allow_inf_nan"},
    {"WithJsonSchema", "json_schema,mode"},
    {"UrlConstraints",
     "max_length,allowed_schemes,host_required,default_host,default_port,default_path"},
    {"AliasGenerator", "alias,validation_alias,serialization_alias"},
    {"ModelPrivateAttr", "default,default_factory"},
    {"Gt", "gt"},
    {"Ge", "ge"},
    {"Lt", "lt"},
    {"Le", "le"},
    {"MultipleOf", "multiple_of"},
    {"MinLen", "min_length"},
    {"MaxLen", "max_length"},
    {"Len", "min_length,max_length"},
    {"Interval", "gt,ge,lt,le"},
};

Value record_init(Vm& vm, Arguments& arguments) {
    for (const Class* each : vm.class_of(arguments.self)->mro) {
        for (const Record& record : kRecords) {
            if (record.name != each->name) continue;
            if (arguments.positional.empty() && arguments.keywords.empty() &&
                (each->name == "Strict" || each->name == "FailFast")) {
                arguments.positional.push_back(Value::of(true));
            }
            return keep_arguments(vm, arguments, record.parameters) ? Value::none() : Value();
        }
    }
    return Value::none();
}

constexpr std::string_view kFieldNames =
    "default,default_factory,alias,alias_priority,validation_alias,serialization_alias,title,"
    "field_title_generator,description,examples,exclude,discriminator,deprecated,json_schema_extra,"
    "frozen,validate_default,repr,init,init_var,kw_only,pattern,strict,coerce_numbers_to_str,gt,ge,"
    "lt,"
    "le,multiple_of,allow_inf_nan,max_digits,decimal_places,min_length,max_length,union_mode,fail_"
    "fast,"
    "annotation,metadata,const,regex,unique_items,min_items,max_items,allow_mutation,include,extra";

struct FieldHooks : ClassHooks {
    Value instance_attribute(Vm& vm, Value self, std::string_view name) const override {
        if (name == "default") return undefined(vm);
        if (name == "metadata") {
            std::vector<Value> out;
            for (const char* setting :
                 {"gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length"}) {
                const Value value = field_setting(vm, self, setting);
                if (!value) continue;
                const Value made = vm.instance(vm.types().object);
                as_instance(made)->attributes.set(setting, value);
                out.push_back(made);
            }
            return vm.list(std::move(out));
        }
        // Known settings that were not given are None.
        for (const std::string& each : split(kFieldNames, ',')) {
            if (each == name) return Value::none();
        }
        return {};
    }
};

Value field_init(Vm& vm, Arguments& arguments) {
    return keep_arguments(vm, arguments, "default") ? Value::none() : Value();
}

Value field_is_required(Vm& vm, Arguments& arguments) {
    const Instance* self = as_instance(arguments.self);
    const Value* given = self->attributes.find("default");
    return Value::of((!given || is_undefined(*given)) &&
                     field_setting(vm, arguments.self, "default_factory").is_null());
}

Value field_get_default(Vm& vm, Arguments& arguments) {
    const Value* given = as_instance(arguments.self)->attributes.find("default");
    const Value factory = field_setting(vm, arguments.self, "default_factory");
    const Value* call = arguments.keyword("call_default_factory");
    if (factory && call && call->is_true()) return vm.call(factory);
    return given ? *given : undefined(vm);
}

Value field_repr(Vm& vm, Arguments& arguments) {
    std::vector<std::string> parts;
    const Value annotation = vm.find_attribute(arguments.self, "annotation");
    std::string shown = "NoneType";
    if (const Class* cls = as_class(annotation)) {
        shown = cls->name;
    } else if (annotation && !annotation.is_none()) {
        vm.repr(annotation, shown);
    }
    parts.push_back(cat("annotation=", shown));
    const bool required = field_is_required(vm, arguments).is_true();
    parts.push_back(cat("required=", required ? "True" : "False"));
    for (const Namespace::Entry& entry : as_instance(arguments.self)->attributes.entries()) {
        if (entry.name == "annotation" || is_undefined(entry.value)) continue;
        shown.clear();
        vm.repr(entry.value, shown);
        parts.push_back(cat(entry.name, "=", shown));
    }
    return vm.str(cat("FieldInfo(", join(parts, ", "), ")"));
}

// Field(default=..., *, ...): the settings become attributes of a FieldInfo.
Value make_field(Vm& vm, Arguments& arguments) {
    const std::pair<const char*, const char*> removed[] = {
        {"regex", "`regex` is removed. use `pattern` instead"},
        {"const", "`const` is removed, use `Literal` instead"},
        {"unique_items",
         "`unique_items` is removed, use `Set` instead(this feature is discussed in "
         "https://github.com/pydantic/pydantic-core/issues/296)"},
    };
    for (const auto& [name, message] : removed) {
        if (!arguments.keyword(name)) continue;
        return vm.raise(pydantic_class(vm, "PydanticUserError"),
                        cat(message,
                            "\n\nFor further information visit "
                            "https://errors.pydantic.dev/2.10/u/removed-kwargs"));
    }
    if (arguments.keyword("default_factory") &&
        (arguments.keyword("default") || !arguments.positional.empty())) {
        return vm.raise(vm.types().type_error, "cannot specify both default and default_factory");
    }
    const Value made = vm.instance(field_info_class(vm));
    arguments.self = made;
    return keep_arguments(vm, arguments, "default") ? made : Value();
}

Value make_private(Vm& vm, Arguments& arguments) {
    const Value made = vm.instance(vm.class_in("pydantic.fields", "ModelPrivateAttr"));
    arguments.self = made;
    return keep_arguments(vm, arguments, "default,default_factory") ? made : Value();
}

Value make_alias_path(Vm& vm, Arguments& arguments) {
    const bool choices = vm.class_of(arguments.self)->name == "AliasChoices";
    as_instance(arguments.self)
        ->attributes.set(choices ? "choices" : "path", vm.list(arguments.positional));
    return Value::none();
}

// The function that a decorator gets: captured are kind, mode, fields, always, each_item,
// json_only, alias, repr.
Value decorate(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "dec", "f", bound)) return {};
    const std::vector<Value>& captured = *arguments.captured;
    auto made = std::make_unique<Decorated>();
    made->kind = static_cast<Kind>(captured[0].integer);
    made->mode = text_of(captured[1]);
    for (const Value& field : as_tuple(captured[2])->items)
        made->fields.emplace_back(text_of(field));
    made->always = captured[3].is_true();
    made->each_item = captured[4].is_true();
    made->json_only = captured[5].is_true();
    made->alias = captured[6];
    Value function = bound["f"];
    Object* object = function.is_object() ? function.object : nullptr;
    made->original = function;
    if (object && object->kind == ObjectKind::ClassMethod) {
        made->function = static_cast<ClassMethod*>(object)->function;
    } else if (object && object->kind == ObjectKind::StaticMethod) {
        made->function = static_cast<StaticMethod*>(object)->function;
        made->is_static = true;
    } else {
        made->function = function;
        const std::vector<ParameterInfo> parameters = signature_of(vm, function);
        const bool serializer = made->kind == Kind::FieldSerializer;
        made->is_method = made->kind == Kind::ModelValidator && made->mode == "after";
        if (serializer) made->is_static = parameters.empty() || parameters[0].name != "self";
        const bool validator = made->kind == Kind::FieldValidator ||
                               made->kind == Kind::V1Validator || made->kind == Kind::V1Root ||
                               (made->kind == Kind::ModelValidator && !made->is_method);
        if (validator && as_function(function)) {
            auto* method = vm.make<ClassMethod>(ObjectKind::ClassMethod, vm.types().classmethod);
            method->function = function;
            made->original = Value::of(method);
        } else if (made->kind == Kind::Computed && !as_property(function)) {
            auto* property = vm.make<Property>(ObjectKind::Property, vm.types().property);
            property->getter = function;
            property->name = function_name(function);
            made->original = Value::of(property);
        }
    }
    return vm.instance(pydantic_class(vm, "PydanticDescriptorProxy"), std::move(made));
}

Value decorator(Vm& vm, Arguments& arguments, Kind kind, std::string mode, bool fields) {
    const auto flag = [&](const char* name) {
        const Value* value = arguments.keyword(name);
        return Value::of(value && value->is_true());
    };
    if (const Value* given = arguments.keyword("mode")) mode = text_of(*given);
    if (flag("pre").is_true()) mode = "before";
    std::vector<Value> names;
    if (fields) {
        for (const Value& each : arguments.positional) {
            if (!as_str(each)) {
                return vm.raise(
                    pydantic_class(vm, "PydanticUserError"),
                    "`@field_validator` should be used with fields and keyword arguments, not "
                    "bare. E.g. usage should be `@field_validator('<field_name>', ...)`\n\nFor "
                    "further information visit "
                    "https://errors.pydantic.dev/2.10/u/validator-no-fields");
            }
            names.push_back(each);
        }
    }
    const Value* when = arguments.keyword("when_used");
    const Value* alias = arguments.keyword("alias");
    const Value made = vm.native(
        "dec", &decorate,
        {Value::of(static_cast<std::int64_t>(kind)), vm.str(mode), vm.tuple(std::move(names)),
         flag("always"), flag("each_item"), Value::of(when && text_of(*when).starts_with("json")),
         alias ? *alias : Value::none()});
    // Used bare: @computed_field, @model_serializer, @root_validator
    if (!fields && arguments.positional.size() == 1)
        return vm.call(made, {arguments.positional[0]});
    return made;
}

Value field_validator(Vm& vm, Arguments& a) {
    return decorator(vm, a, Kind::FieldValidator, "after", true);
}
Value model_validator(Vm& vm, Arguments& a) {
    return decorator(vm, a, Kind::ModelValidator, "after", false);
}
Value v1_validator(Vm& vm, Arguments& a) {
    return decorator(vm, a, Kind::V1Validator, "after", true);
}
Value v1_root(Vm& vm, Arguments& a) {
    const Value* pre = a.keyword("pre");
    const Value* skip = a.keyword("skip_on_failure");
    if (!(pre && pre->is_true()) && !(skip && skip->is_true())) {
        return vm.raise(
            pydantic_class(vm, "PydanticUserError"),
            "If you use `@root_validator` with pre=False (the default) you MUST specify "
            "`skip_on_failure=True`. Note that `@root_validator` is deprecated and should be "
            "replaced with `@model_validator`.\n\nFor further information visit "
            "https://errors.pydantic.dev/2.10/u/root-validator-pre-skip");
    }
    return decorator(vm, a, Kind::V1Root, "after", false);
}
Value field_serializer(Vm& vm, Arguments& a) {
    return decorator(vm, a, Kind::FieldSerializer, "plain", true);
}
Value model_serializer(Vm& vm, Arguments& a) {
    return decorator(vm, a, Kind::ModelSerializer, "plain", false);
}
Value computed_field(Vm& vm, Arguments& a) {
    return decorator(vm, a, Kind::Computed, "plain", false);
}

Value config_dict(Vm& vm, Arguments& arguments) {
    const Value made = vm.dict();
    for (const auto& [name, value] : arguments.keywords) {
        if (!as_dict(made)->set(vm, vm.str(name), value)) return {};
    }
    return made;
}

// alias_generators.py
Value rename(Vm& vm, Arguments& arguments, int style) {
    Bound bound;
    if (!arguments.bind(vm, "to_camel", "text", bound)) return {};
    const std::string_view text = text_of(bound["text"]);
    std::string out;
    bool up = style == 1;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool upper = c >= 'A' && c <= 'Z';
        if (style == 2) {
            if (upper && i && text[i - 1] != '_' && !(text[i - 1] >= 'A' && text[i - 1] <= 'Z'))
                out += '_';
            out += upper ? static_cast<char>(c + 32) : c == '-' ? '_' : c;
        } else if (c == '_' && i && i + 1 < text.size()) {
            up = true;
        } else {
            const bool letter = c >= 'a' && c <= 'z';
            out += up && letter ? static_cast<char>(c - 32) : c;
            if (style == 0 && i == 0 && upper) out.back() = static_cast<char>(c + 32);
            up = false;
        }
    }
    return vm.str(out);
}
Value to_camel(Vm& vm, Arguments& a) {
    return rename(vm, a, 0);
}
Value to_pascal(Vm& vm, Arguments& a) {
    return rename(vm, a, 1);
}
Value to_snake(Vm& vm, Arguments& a) {
    return rename(vm, a, 2);
}

const FieldHooks kFieldHooks;

}  // namespace

bool keep_arguments(Vm& vm, Arguments& arguments, std::string_view names) {
    const std::vector<std::string> order = split(names, ',');
    Namespace& attributes = as_instance(arguments.self)->attributes;
    if (arguments.positional.size() > order.size()) {
        vm.raise(
            vm.types().type_error,
            cat(vm.class_of(arguments.self)->name, ".__init__() takes from 1 to ", order.size() + 1,
                " positional arguments but ", arguments.positional.size() + 1, " were given"));
        return false;
    }
    for (std::size_t i = 0; i < arguments.positional.size(); ++i) {
        Value value = arguments.positional[i];
        if (!value.origin && arguments.site) {
            value = value.with_origin(
                vm.origins().add(trust::OriginKind::Literal, arguments.span_of(i)));
        }
        attributes.set(order[i], value);
    }
    for (const auto& [name, value] : arguments.keywords) attributes.set(name, value);
    return true;
}

void install_fields(Vm& vm, Module& module) {
    Class* info = vm.make_class(module, "FieldInfo", {}, &kFieldHooks);
    info->module = "pydantic.fields";
    const Method methods[] = {{"__init__", &field_init},
                              {"is_required", &field_is_required},
                              {"get_default", &field_get_default},
                              {"__repr__", &field_repr}};
    add_methods(vm, info, methods);
    for (const Record& record : kRecords) {
        Class* cls = vm.make_class(module, record.name);
        cls->module = "pydantic.types";
        vm.method(cls, "__init__", &record_init);
    }
    for (const char* name : {"AliasPath", "AliasChoices"}) {
        Class* cls = vm.make_class(module, name);
        cls->module = "pydantic.aliases";
        vm.method(cls, "__init__", &make_alias_path);
    }
    const Method functions[] = {{"Field", &make_field},
                                {"PrivateAttr", &make_private},
                                {"field_validator", &field_validator},
                                {"model_validator", &model_validator},
                                {"validator", &v1_validator},
                                {"root_validator", &v1_root},
                                {"field_serializer", &field_serializer},
                                {"model_serializer", &model_serializer},
                                {"computed_field", &computed_field},
                                {"ConfigDict", &config_dict},
                                {"to_camel", &to_camel},
                                {"to_pascal", &to_pascal},
                                {"to_snake", &to_snake}};
    for (const Method& each : functions) vm.function(module, each.name, each.function);
}

}  // namespace wh::libraries::pydantic
