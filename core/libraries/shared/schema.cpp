// Annotations to schemas: pydantic 2.10 _internal/_generate_schema.py,
// _known_annotated_metadata.py.
#include "libraries/shared/schema.h"

#include <algorithm>

#include "base/text.h"
#include "program/signature.h"
#include "program/typing_objects.h"

namespace wh::libraries {

using namespace program;

namespace {

constexpr int kSchemaDepthMax = 60;

struct KnownClass {
    std::string_view module, name;  // empty module: builtins
    TypeKind kind;
    const char* detail = "";
};
constexpr KnownClass kKnown[] = {
    {"datetime", "datetime", TypeKind::DateTime},
    {"datetime", "date", TypeKind::Date},
    {"datetime", "time", TypeKind::Time},
    {"datetime", "timedelta", TypeKind::TimeDelta},
    {"decimal", "Decimal", TypeKind::Decimal},
    {"uuid", "UUID", TypeKind::Uuid},
    {"pathlib", "Path", TypeKind::Path},
    {"pathlib", "PurePath", TypeKind::Path},
    {"pathlib", "PosixPath", TypeKind::Path},
    {"pydantic.types", "FilePath", TypeKind::Path, "file"},
    {"pydantic.types", "DirectoryPath", TypeKind::Path, "dir"},
    {"pydantic.types", "NewPath", TypeKind::Path, "new"},
    {"pydantic.types", "UUID1", TypeKind::Uuid},
    {"pydantic.types", "UUID3", TypeKind::Uuid},
    {"pydantic.types", "UUID4", TypeKind::Uuid},
    {"pydantic.types", "UUID5", TypeKind::Uuid},
    {"pydantic.types", "UUID6", TypeKind::Uuid},
    {"pydantic.types", "UUID7", TypeKind::Uuid},
    {"pydantic.types", "UUID8", TypeKind::Uuid},
    {"ipaddress", "IPv4Address", TypeKind::IpAddress},
    {"ipaddress", "IPv6Address", TypeKind::IpAddress},
    {"ipaddress", "IPv4Network", TypeKind::IpAddress},
    {"ipaddress", "IPv6Network", TypeKind::IpAddress},
    {"ipaddress", "IPv4Interface", TypeKind::IpAddress},
    {"ipaddress", "IPv6Interface", TypeKind::IpAddress},
    {"re", "Pattern", TypeKind::Pattern},
    {"collections", "deque", TypeKind::List},
    {"collections", "OrderedDict", TypeKind::Dict},
    {"collections", "defaultdict", TypeKind::Dict},
    {"collections", "Counter", TypeKind::Dict},
    {"collections.abc", "Sequence", TypeKind::List, "sequence"},
    {"collections.abc", "MutableSequence", TypeKind::List, "sequence"},
    {"collections.abc", "Collection", TypeKind::List, "sequence"},
    {"collections.abc", "Iterable", TypeKind::Iterable},
    {"collections.abc", "Iterator", TypeKind::Iterable},
    {"collections.abc", "Generator", TypeKind::Iterable},
    {"collections.abc", "Mapping", TypeKind::Dict},
    {"collections.abc", "MutableMapping", TypeKind::Dict},
    {"collections.abc", "Set", TypeKind::Set},
    {"collections.abc", "MutableSet", TypeKind::Set},
    {"collections.abc", "Callable", TypeKind::Callable},
    {"collections.abc", "Hashable", TypeKind::Any},
    {"pydantic.networks", "EmailStr", TypeKind::Email},
    {"pydantic.networks", "NameEmail", TypeKind::NameEmail},
    {"pydantic.networks", "IPvAnyAddress", TypeKind::IpAddress, "address"},
    {"pydantic.networks", "IPvAnyNetwork", TypeKind::IpAddress, "network"},
    {"pydantic.networks", "IPvAnyInterface", TypeKind::IpAddress, "interface"},
    {"pydantic.types", "SecretStr", TypeKind::Secret},
    {"pydantic.types", "SecretBytes", TypeKind::Secret},
    {"pydantic.types", "Secret", TypeKind::Secret},
    {"pydantic.types", "ByteSize", TypeKind::ByteSize},
    {"pydantic.types", "Json", TypeKind::Json},
    {"pydantic.types", "PastDate", TypeKind::Date, "past"},
    {"pydantic.types", "FutureDate", TypeKind::Date, "future"},
    {"pydantic.types", "PastDatetime", TypeKind::DateTime, "past"},
    {"pydantic.types", "FutureDatetime", TypeKind::DateTime, "future"},
    {"pydantic.types", "AwareDatetime", TypeKind::DateTime, "aware"},
    {"pydantic.types", "NaiveDatetime", TypeKind::DateTime, "naive"},
};

// Constraints of the URL classes (pydantic 2.10 networks.py).
struct KnownUrl {
    std::string_view name, schemes;
    bool multi, host_required;
    const char* host;
    int port;
    const char* path;
};
constexpr KnownUrl kUrls[] = {
    {"AnyUrl", "", false, false, "", 0, ""},
    {"AnyHttpUrl", "http,https", false, false, "", 0, ""},
    {"HttpUrl", "http,https", false, false, "", 0, ""},
    {"AnyWebsocketUrl", "ws,wss", false, false, "", 0, ""},
    {"WebsocketUrl", "ws,wss", false, false, "", 0, ""},
    {"FileUrl", "file", false, false, "", 0, ""},
    {"FtpUrl", "ftp", false, false, "", 0, ""},
    {"PostgresDsn",
     "postgres,postgresql,postgresql+asyncpg,postgresql+pg8000,postgresql+psycopg,"
     "postgresql+psycopg2,postgresql+psycopg2cffi,postgresql+py-postgresql,postgresql+pygresql",
     true, true, "", 0, ""},
    {"CockroachDsn", "cockroachdb,cockroachdb+psycopg2,cockroachdb+asyncpg", false, true, "", 0,
     ""},
    {"AmqpDsn", "amqp,amqps", false, false, "", 0, ""},
    {"RedisDsn", "redis,rediss", false, true, "localhost", 6379, "/0"},
    {"MongoDsn", "mongodb,mongodb+srv", true, false, "", 27017, ""},
    {"KafkaDsn", "kafka", false, false, "localhost", 9092, ""},
    {"NatsDsn", "nats,tls,ws,wss", true, false, "localhost", 4222, ""},
    {"MySQLDsn",
     "mysql,mysql+mysqlconnector,mysql+aiomysql,mysql+asyncmy,mysql+mysqldb,mysql+pymysql,"
     "mysql+cymysql,mysql+pyodbc",
     false, false, "localhost", 3306, ""},
    {"MariaDBDsn", "mariadb,mariadb+mariadbconnector,mariadb+pymysql", false, false, "localhost",
     3306, ""},
    {"ClickHouseDsn", "clickhouse+native,clickhouse+asynch", false, false, "localhost", 9000, ""},
    {"SnowflakeDsn", "snowflake", false, true, "", 0, ""},
};

struct Builder {
    Vm& vm;
    const ModelInfo* of;
    SchemaState& state = schema_state(vm);

    TypeSchema* add(TypeKind kind, const Value& source, Class* cls = nullptr) {
        state.pool.emplace_back();
        TypeSchema& made = state.pool.back();
        made.kind = kind;
        made.source = source;
        made.cls = cls;
        if (!of) return &made;
        const ModelConfig& config = of->config;
        made.strict = config.strict;
        made.enum_values = config.enum_values;
        if (kind == TypeKind::Str) {
            made.strip = config.strip;
            made.lower = config.lower;
            made.upper = config.upper;
            made.min_length = config.min_length;
            made.max_length = config.max_length;
            made.numbers_to_text = config.numbers_to_text;
        }
        return &made;
    }

    const TypeSchema* unsupported(const Value& annotation) {
        std::string shown;
        vm.repr(annotation, shown);
        vm.raise(
            pydantic_class(vm, "PydanticSchemaGenerationError"),
            cat("Unable to generate pydantic-core schema for ", shown,
                ". Set `arbitrary_types_allowed=True` in the model_config to ignore this error or "
                "implement `__get_pydantic_core_schema__` on your type to fully support it.\n\nIf "
                "you got this error by calling handler(<some type>) within "
                "`__get_pydantic_core_schema__` then you likely need to call "
                "`handler.generate_schema(<some type>)` since we do not call "
                "`__get_pydantic_core_schema__` on `<some type>` otherwise to avoid infinite "
                "recursion.\n\nFor further information visit "
                "https://errors.pydantic.dev/2.10/u/schema-for-unknown-type"));
        return nullptr;
    }

    const TypeSchema* build(const Value& annotation) {
        if (state.depth > kSchemaDepthMax) return add(TypeKind::Any, annotation);
        ++state.depth;
        const TypeSchema* made = build_inner(annotation);
        --state.depth;
        return made;
    }

    const TypeSchema* build_inner(const Value& annotation) {
        if (annotation.is_none()) return add(TypeKind::None, annotation);
        if (Class* cls = as_class(annotation)) return of_class(annotation, *cls);
        if (TypeForm* form = type_form(annotation)) return of_form(annotation, *form);
        if (as_str(annotation)) {
            const Value value =
                evaluate_annotation(vm, text_of(annotation), of ? of->cls : nullptr);
            return value ? build(value) : nullptr;
        }
        if (as_unknown(annotation) || annotation.is_null()) return add(TypeKind::Any, annotation);
        if (const Instance* instance = as_instance(annotation);
            instance && instance->cls->name == "Json") {
            return add(TypeKind::Json, annotation);
        }
        return unsupported(annotation);
    }

    bool collect(const std::vector<Value>& args, TypeSchema& into) {
        for (const Value& arg : args) {
            const TypeSchema* item = build(arg);
            if (!item) return false;
            into.items.push_back(item);
        }
        return true;
    }

    const TypeSchema* of_union(const Value& annotation, const TypeForm& form) {
        TypeSchema* made = add(TypeKind::Union, annotation);
        bool nullable = false;
        for (const Value& arg : form.args) {
            if (arg.is_none() || as_class(arg) == vm.types().none_type) {
                nullable = true;
                continue;
            }
            const TypeSchema* item = build(arg);
            if (!item) return nullptr;
            made->items.push_back(item);
        }
        if (!nullable) return made;
        TypeSchema* outer = add(TypeKind::Nullable, annotation);
        outer->items = {made->items.size() == 1 ? made->items[0] : made};
        return outer;
    }

    const TypeSchema* of_generic(const Value& annotation, const TypeForm& form) {
        Class* cls = as_class(form.origin);
        if (!cls) return build(form.origin);
        if (cls == vm.types().type) {
            TypeSchema* made = add(TypeKind::Subclass, annotation);
            if (!form.args.empty()) made->cls = as_class(form.args[0]);
            return made;
        }
        if (cls == vm.types().tuple) {
            TypeSchema* made = add(TypeKind::Tuple, annotation, cls);
            std::vector<Value> args = form.args;
            if (args.size() == 2 && args[1].tag == Tag::Ellipsis) {
                made->variadic = true;
                args.pop_back();
            }
            return collect(args, *made) ? made : nullptr;
        }
        const TypeSchema* bare = of_class(form.origin, *cls);
        if (!bare) return nullptr;
        if (bare->model) {  // Page[Item] that was not specialised by the class itself
            const Value made = cls->hooks && form.args.size() == 1
                                   ? cls->hooks->class_item(vm, *cls, form.args[0])
                                   : Value();
            if (vm.failed()) return nullptr;
            return made && as_class(made) && as_class(made) != cls ? build(made) : bare;
        }
        TypeSchema copy = *bare;
        copy.source = annotation;
        copy.items.clear();
        std::vector<Value> args = form.args;
        if (copy.kind == TypeKind::Iterable && args.size() > 1) args.resize(1);
        if (cls->name == "Counter") args.push_back(Value::of(vm.types().integer));
        if (copy.kind != TypeKind::Callable && !collect(args, copy)) return nullptr;
        state.pool.push_back(std::move(copy));
        return &state.pool.back();
    }

    const TypeSchema* of_form(const Value& annotation, const TypeForm& form) {
        using Kind = TypeForm::Kind;
        switch (form.kind) {
            case Kind::Union:
                return of_union(annotation, form);
            case Kind::Generic:
                return of_generic(annotation, form);
            case Kind::Literal: {
                TypeSchema* made = add(TypeKind::Literal, annotation);
                made->literals = form.args;
                return made;
            }
            case Kind::Annotated: {
                const TypeSchema* made = build(form.origin);
                for (const Value& item : form.args) {
                    if (made) made = with_metadata(vm, made, item);
                }
                return made;
            }
            case Kind::Callable:
                return add(TypeKind::Callable, annotation);
            case Kind::ClassVar:
            case Kind::Final:
            case Kind::Required:
            case Kind::NotRequired:
                return form.origin ? build(form.origin) : add(TypeKind::Any, annotation);
            case Kind::NewType:
                return build(form.origin);
            case Kind::TypeVar: {
                if (of) {
                    const auto bound = of->bindings.find(form.name);
                    if (bound != of->bindings.end()) return build(bound->second);
                }
                if (form.origin && !form.origin.is_null()) return build(form.origin);
                if (form.args.empty()) return add(TypeKind::Any, annotation);
                TypeSchema* made = add(TypeKind::Union, annotation);
                return collect(form.args, *made) ? made : nullptr;
            }
            case Kind::ForwardRef:
                return build(vm.str(form.name));
            case Kind::Special: {
                if (Class* cls = as_class(form.origin)) return of_class(form.origin, *cls);
                if (form.name == "Callable") return add(TypeKind::Callable, annotation);
                if (form.name == "Self" && of && of->cls)
                    return of_class(Value::of(of->cls), *of->cls);
                if (form.name == "LiteralString" || form.name == "Text") {
                    return add(TypeKind::Str, annotation);
                }
                return add(TypeKind::Any, annotation);
            }
            case Kind::Any:
            case Kind::Other:
                return add(TypeKind::Any, annotation);
        }
        return add(TypeKind::Any, annotation);
    }

    const TypeSchema* of_class(const Value& annotation, Class& cls) {
        const Builtins& types = vm.types();
        const std::pair<const Class*, TypeKind> builtin[] = {
            {types.integer, TypeKind::Int},         {types.str, TypeKind::Str},
            {types.real, TypeKind::Float},          {types.boolean, TypeKind::Bool},
            {types.none_type, TypeKind::None},      {types.bytes, TypeKind::Bytes},
            {types.list, TypeKind::List},           {types.tuple, TypeKind::Tuple},
            {types.dict, TypeKind::Dict},           {types.set, TypeKind::Set},
            {types.frozenset, TypeKind::FrozenSet}, {types.object, TypeKind::Any},
            {types.type, TypeKind::Subclass},
        };
        for (const auto& [known, kind] : builtin) {
            if (known != &cls) continue;
            TypeSchema* made = add(kind, annotation, &cls);
            made->variadic = kind == TypeKind::Tuple;
            if (kind == TypeKind::Subclass) made->cls = nullptr;
            return made;
        }
        for (const KnownClass& known : kKnown) {
            if (known.name != cls.name || known.module != cls.module) continue;
            TypeSchema* made = add(known.kind, annotation, &cls);
            (known.kind == TypeKind::Date || known.kind == TypeKind::DateTime ? made->temporal
                                                                              : made->detail) =
                known.detail;
            if (known.module == "pydantic.types" && known.kind == TypeKind::Uuid) {
                made->version = cls.name.back() - '0';
                made->cls = vm.class_in("uuid", "UUID");
            } else if (known.module == "pydantic.types" && known.kind == TypeKind::Path) {
                made->cls = vm.class_in("pathlib", "Path");
            }
            return made;
        }
        for (const KnownUrl& known : kUrls) {
            if (known.name != cls.name || cls.module != "pydantic.networks") continue;
            TypeSchema* made = add(TypeKind::Url, annotation, &cls);
            if (!known.schemes.empty()) made->schemes = split(known.schemes, ',');
            made->multi_host = known.multi;
            made->host_required = known.host_required;
            made->detail = known.host;
            made->version = known.port;
            made->pattern = known.path;
            if (cls.name == "HttpUrl") made->max_length = 2083;
            return made;
        }
        if (cls.name == "Url" && cls.module.starts_with("pydantic_core")) {
            return add(TypeKind::Url, annotation, &cls);
        }
        if (ModelInfo* info = model_info(vm, &cls)) {
            return model_schema(vm, *info);
        }
        if (const Value hook = vm.find_attribute(annotation, "__get_pydantic_core_schema__")) {
            vm.not_modelled(cat("__get_pydantic_core_schema__ of ", cls.name), cls.span);
            return add(TypeKind::Any, annotation);
        }
        for (const Class* each : cls.mro) {
            if (each->name == "Enum" && each->module == "enum")
                return add(TypeKind::Enum, annotation, &cls);
        }
        if (collect_foreign(cls)) return of_class(annotation, cls);
        if (vm.failed()) return nullptr;
        // A subclass of a plain type: an instance of it, as pydantic's match of the mro gives.
        if (of && of->config.arbitrary_types) return add(TypeKind::Instance, annotation, &cls);
        return unsupported(annotation);
    }

    // Standard dataclasses, typed dicts and named tuples become models of their own shape.
    bool collect_foreign(Class& cls) {
        const auto has = [&](const char* name) { return cls.attributes.find(name) != nullptr; };
        if (has("__total__")) return collect_model(vm, cls, ModelInfo::Shape::TypedDict, nullptr);
        if (has("__dataclass_fields__"))
            return collect_model(vm, cls, ModelInfo::Shape::Dataclass, nullptr);
        if (has("_fields") && cls.derives_from(vm.types().tuple)) {
            return collect_model(vm, cls, ModelInfo::Shape::NamedTuple, nullptr);
        }
        return false;
    }
};

std::int64_t count_setting(Vm& vm, const Value& info, const char* name) {
    const Value value = field_setting(vm, info, name);
    return value.is_int() ? value.integer : -1;
}

}  // namespace

bool is_undefined(const Value& value) {
    if (value.is_null() || value.tag == Tag::Ellipsis) return true;
    const Instance* instance = as_instance(value);
    return instance && instance->cls->name == "PydanticUndefinedType";
}

Value field_setting(Vm&, const Value& info, std::string_view name) {
    const Instance* instance = as_instance(info);
    const Value* found = instance ? instance->attributes.find(name) : nullptr;
    if (!found || found->is_none() || is_undefined(*found)) return {};
    return *found;
}

Callback make_callback(Vm& vm, const Value& function, std::size_t without_info) {
    Callback out;
    out.function = function;
    std::size_t count = 0;
    for (const ParameterInfo& parameter : signature_of(vm, function)) {
        if (parameter.kind == ParameterInfo::Kind::Star) count = 9;
        const bool positional = parameter.kind == ParameterInfo::Kind::PositionalOnly ||
                                parameter.kind == ParameterInfo::Kind::Normal;
        if (positional && !parameter.default_value) ++count;
    }
    out.takes_info = count > without_info && count < 9;
    const BoundMethod* bound = as_bound_method(function);
    out.name = function_name(bound ? bound->function : function);
    if (bound) {
        if (const Class* cls = as_class(bound->self)) out.name = cat(cls->name, ".", out.name);
    }
    if (out.name.empty()) out.name = vm.class_of(function)->name;
    return out;
}

const TypeSchema* with_callback(Vm& vm, const TypeSchema* inner, TypeKind kind, Callback callback) {
    SchemaState& state = schema_state(vm);
    state.pool.emplace_back();
    TypeSchema& made = state.pool.back();
    made.kind = kind;
    made.items = {inner};
    made.source = inner->source;
    made.call = std::move(callback);
    return &made;
}

const TypeSchema* with_metadata(Vm& vm, const TypeSchema* schema, const Value& metadata) {
    const Instance* instance = as_instance(metadata);
    if (const Class* cls = as_class(metadata); cls && cls->name == "Strict") {
        TypeSchema copy = *schema;
        copy.strict = true;
        schema_state(vm).pool.push_back(std::move(copy));
        return &schema_state(vm).pool.back();
    }
    if (!instance) return schema;
    const std::string& name = instance->cls->name;
    const Value function = field_setting(vm, metadata, "func");
    if (function && name.ends_with("Validator")) {
        const bool wrap = name == "WrapValidator";
        const TypeKind kind = name == "BeforeValidator"  ? TypeKind::Before
                              : name == "AfterValidator" ? TypeKind::After
                              : wrap                     ? TypeKind::Wrap
                                                         : TypeKind::Plain;
        return with_callback(vm, schema, kind, make_callback(vm, function, wrap ? 2 : 1));
    }
    const bool serializer = function && name.ends_with("Serializer");
    if (schema->kind == TypeKind::Nullable && !serializer) {
        const TypeSchema* inner = with_metadata(vm, schema->items[0], metadata);
        if (!inner || inner == schema->items[0]) return inner ? schema : nullptr;
        TypeSchema copy = *schema;
        copy.items = {inner};
        schema_state(vm).pool.push_back(std::move(copy));
        return &schema_state(vm).pool.back();
    }
    TypeSchema copy = *schema;
    bool changed = serializer;
    if (serializer) {
        copy.serializer_wraps = name == "WrapSerializer";
        copy.serializer = make_callback(vm, function, copy.serializer_wraps ? 2 : 1);
        const std::string_view when = text_of(field_setting(vm, metadata, "when_used"));
        copy.serializer_json_only = when.starts_with("json");
    }
    if (name == "Tag") {
        copy.tag = text_of(field_setting(vm, metadata, "tag"));
        changed = true;
    }
    const auto value = [&](const char* setting, Value& into) {
        if (const Value given = field_setting(vm, metadata, setting)) {
            into = given;
            changed = true;
        }
    };
    value("gt", copy.gt);
    value("ge", copy.ge);
    value("lt", copy.lt);
    value("le", copy.le);
    value("multiple_of", copy.multiple_of);
    value("discriminator", copy.discriminator);
    const std::pair<const char*, std::int64_t*> counts[] = {
        {"min_length", &copy.min_length},        {"min_items", &copy.min_length},
        {"max_length", &copy.max_length},        {"max_items", &copy.max_length},
        {"max_digits", &copy.max_digits},        {"uuid_version", &copy.version},
        {"decimal_places", &copy.decimal_places}};
    for (const auto& [setting, into] : counts) {
        const std::int64_t given = count_setting(vm, metadata, setting);
        if (given < 0) continue;
        *into = given;
        changed = true;
    }
    const std::pair<const char*, bool*> flags[] = {
        {"strip_whitespace", &copy.strip}, {"to_lower", &copy.lower},
        {"to_upper", &copy.upper},         {"host_required", &copy.host_required},
        {"fail_fast", &copy.fail_fast},    {"coerce_numbers_to_str", &copy.numbers_to_text}};
    for (const auto& [setting, into] : flags) {
        if (!field_setting(vm, metadata, setting).is_true()) continue;
        *into = true;
        changed = true;
    }
    if (const Value strict = field_setting(vm, metadata, "strict"); strict.is_bool()) {
        copy.strict = strict.boolean;
        copy.lax = !strict.boolean;
        changed = true;
    }
    if (field_setting(vm, metadata, "allow_inf_nan").is_false()) copy.no_inf_nan = changed = true;
    if (text_of(field_setting(vm, metadata, "union_mode")) == "left_to_right") {
        copy.left_to_right = changed = true;
    }
    for (const char* setting : {"pattern", "regex"}) {
        const Value pattern = field_setting(vm, metadata, setting);
        if (!pattern) continue;
        copy.pattern =
            as_str(pattern) ? text_of(pattern) : text_of(vm.find_attribute(pattern, "pattern"));
        changed = true;
    }
    for (const auto& [setting, into] :
         {std::pair<const char*, std::string*>{"path_type", &copy.detail},
          {"encoding", &copy.detail}}) {
        if (const Value text = field_setting(vm, metadata, setting)) {
            *into = text_of(text);
            if (std::string_view(setting) == "encoding") copy.kind = TypeKind::Encoded;
            changed = true;
        }
    }
    if (const Value allowed = field_setting(vm, metadata, "allowed_schemes")) {
        std::vector<Value> items;
        if (!vm.collect(allowed, items)) return nullptr;
        copy.schemes.clear();
        for (const Value& item : items) copy.schemes.emplace_back(text_of(item));
        changed = true;
    }
    if (!changed) return schema;
    // Functions carry no constraints of their own: they go to what is inside, as pydantic does for
    // before validators; after and wrap validators are followed by the check.
    if (copy.kind == TypeKind::Before && !serializer) {
        const TypeSchema* inner = with_metadata(vm, schema->items[0], metadata);
        if (!inner) return nullptr;
        TypeSchema outer = *schema;
        outer.items = {inner};
        copy = std::move(outer);
    }
    schema_state(vm).pool.push_back(std::move(copy));
    return &schema_state(vm).pool.back();
}

const TypeSchema* build_schema(Vm& vm, const Value& annotation, const ModelInfo* of) {
    return Builder{vm, of}.build(annotation);
}

const TypeSchema* schema_for(Vm& vm, const Value& annotation, const Value& field_info) {
    SchemaState& state = schema_state(vm);
    const Object* key = annotation.is_object() ? annotation.object : nullptr;
    const TypeSchema* schema = nullptr;
    if (const auto known = state.by_annotation.find(key);
        key && known != state.by_annotation.end()) {
        schema = known->second;
    } else {
        schema = build_schema(vm, annotation, nullptr);
        if (schema && key) state.by_annotation[key] = schema;
    }
    if (schema && as_instance(field_info)) schema = with_metadata(vm, schema, field_info);
    return schema;
}

std::string core_name(Vm& vm, const TypeSchema* schema) {
    // In the order of TypeKind; "<" starts what carries the names of its items: "<list" ->
    // list[int].
    static constexpr const char* kNames[] = {
        "any",
        "none",
        "bool",
        "int",
        "float",
        "str",
        "bytes",
        "decimal",
        "date",
        "time",
        "datetime",
        "timedelta",
        "uuid",
        "lax-or-strict[lax=union[json-or-python[json=function-after[path_validator(), str],"
        "python=is-instance[Path]],function-after[path_validator(), str]],strict=json-or-python["
        "json=function-after[path_validator(), str],python=is-instance[Path]]]",
        "function-plain[ip_validator()]",
        "enum",
        "literal",
        "<list",
        "<set",
        "<frozenset",
        "<tuple",
        "<dict",
        "<union",
        "<nullable",
        "model",
        "is-instance",
        "is-subclass",
        "callable",
        "<generator",
        "function-plain[pattern_str_validator()]",
        "function-wrap[wrap_val()]",
        "function-after[_validate(), str]",
        "function-after[_validate(), json-or-python]",
        "function-after[validate_secret_value(), str]",
        "json",
        "function-plain[_validate()]",
        "function-after[decode(), bytes]",
        "function-before[",
        "function-after[",
        "function-wrap[",
        "function-plain["};
    const char* base = kNames[static_cast<std::size_t>(schema->kind)];
    const TypeKind kind = schema->kind;
    if (kind == TypeKind::Model) return schema->cls->name;
    if (kind == TypeKind::Instance || kind == TypeKind::Subclass) {
        return schema->cls ? cat(base, "[", schema->cls->name, "]") : "is-type";
    }
    const bool number = schema->gt || schema->ge || schema->lt || schema->le || schema->multiple_of;
    const bool text = schema->min_length >= 0 || schema->max_length >= 0;
    if (((kind == TypeKind::Int || kind == TypeKind::Float) && number) ||
        (kind == TypeKind::Bytes && text) ||
        (kind == TypeKind::Str &&
         (text || !schema->pattern.empty() || schema->strip || schema->lower || schema->upper))) {
        return cat("constrained-", base);
    }
    std::vector<std::string> names;
    for (const TypeSchema* item : schema->items) names.push_back(core_name(vm, item));
    for (const Value& each : schema->literals) {
        names.emplace_back();
        vm.repr(each, names.back());
    }
    if (kind == TypeKind::Literal) return cat("literal[", join(names, ","), "]");
    if (kind == TypeKind::Before || kind == TypeKind::After) {
        return cat(base, schema->call.name, "(), ", names[0], "]");
    }
    if (kind == TypeKind::Wrap || kind == TypeKind::Plain)
        return cat(base, schema->call.name, "()]");
    if (base[0] != '<') return base;
    if (names.empty()) names = {kind == TypeKind::Dict ? "any,any" : "any"};
    if (schema->variadic) names.emplace_back("...");
    return cat(base + 1, "[", join(names, kind == TypeKind::Tuple ? ", " : ","), "]");
}

const TypeSchema* unwrapped(const TypeSchema* schema) {
    while (schema->kind == TypeKind::Nullable || schema->kind == TypeKind::Before ||
           schema->kind == TypeKind::After || schema->kind == TypeKind::Wrap) {
        schema = schema->items[0];
    }
    return schema;
}

namespace {
bool is_sequence(TypeKind kind) {
    return kind == TypeKind::List || kind == TypeKind::Set || kind == TypeKind::FrozenSet ||
           kind == TypeKind::Tuple;
}
}  // namespace

bool is_scalar(const TypeSchema* schema) {
    schema = unwrapped(schema);
    if (schema->kind == TypeKind::Union) {
        return std::all_of(schema->items.begin(), schema->items.end(), &is_scalar);
    }
    return !is_sequence(schema->kind) && schema->kind != TypeKind::Model &&
           schema->kind != TypeKind::Dict && schema->kind != TypeKind::Iterable;
}

bool is_sequence_of_scalars(const TypeSchema* schema) {
    schema = unwrapped(schema);
    const std::vector<const TypeSchema*>& items = schema->items;
    if (schema->kind == TypeKind::Union) {
        return std::any_of(items.begin(), items.end(), &is_sequence_of_scalars);
    }
    return is_sequence(schema->kind) && std::all_of(items.begin(), items.end(), &is_scalar);
}

bool is_optional(const TypeSchema* schema) {
    if (schema->kind == TypeKind::Nullable || schema->kind == TypeKind::None ||
        schema->kind == TypeKind::Any) {
        return true;
    }
    const bool inside = schema->kind == TypeKind::Before || schema->kind == TypeKind::After ||
                        schema->kind == TypeKind::Wrap;
    return inside && is_optional(schema->items[0]);
}

bool is_model(const TypeSchema* schema) {
    return unwrapped(schema)->kind == TypeKind::Model;
}

std::string type_name(const TypeSchema* schema) {
    const auto inner = [&](const char* separator) {
        std::vector<std::string> names;
        for (const TypeSchema* item : schema->items) names.push_back(type_name(item));
        return join(names, separator);
    };
    if (schema->kind == TypeKind::Nullable) return cat(inner(" | "), " | None");
    if (schema->kind == TypeKind::Union) return inner(" | ");
    if (schema->kind >= TypeKind::Before) return type_name(schema->items[0]);
    if (schema->kind == TypeKind::Any) return "Any";
    if (schema->kind == TypeKind::None) return "None";
    if (schema->kind == TypeKind::Literal) return "Literal";
    std::string name = schema->cls ? schema->cls->name : "Any";
    if (!schema->cls && schema->kind == TypeKind::Callable) name = "Callable";
    if (schema->items.empty() || schema->kind == TypeKind::Model) return name;
    return cat(name, "[", inner(", "), schema->variadic ? ", ...]" : "]");
}

}  // namespace wh::libraries
