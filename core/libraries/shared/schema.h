// The compiled form of annotations and models, and one validation over it (pydantic 2.10.6 with
// pydantic-core 2.27.2). Shared by validation, serialisation and the pydantic module.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "libraries/shared/validation.h"

namespace wh::libraries {

using program::Arguments;
using program::Dict;
using program::Instance;
using program::Module;
using program::Namespace;
using program::NativeState;

enum class TypeKind : std::uint8_t {
    Any,
    None,
    Bool,
    Int,
    Float,
    Str,
    Bytes,
    Decimal,
    Date,
    Time,
    DateTime,
    TimeDelta,
    Uuid,
    Path,
    IpAddress,
    Enum,
    Literal,
    List,
    Set,
    FrozenSet,
    Tuple,
    Dict,
    Union,
    Nullable,
    Model,  // with ModelInfo: models, dataclasses, typed dicts, named tuples
    Instance,
    Subclass,
    Callable,
    Iterable,
    Pattern,
    Url,
    Email,
    NameEmail,
    Secret,
    Json,
    ByteSize,
    Encoded,  // Base64Bytes and its like
    Before,
    After,
    Wrap,
    Plain,  // functions around items[0]
};

// A validator or serialiser of the pasted code. Called with (value), and as it wishes with a
// handler and with a ValidationInfo.
struct Callback {
    Value function;
    bool takes_info = false;
    bool takes_self = false;               // serialisers: (self, value)
    std::vector<std::string> v1_keywords;  // @validator: of "values", "config", "field"
    std::string name;                      // for "function-after[name(), int]"
};

struct ModelInfo;

struct TypeSchema {
    TypeKind kind = TypeKind::Any;
    std::vector<const TypeSchema*> items;  // arguments: list[T], dict[K, V], members of a union
    Class* cls = nullptr;                  // Model, Enum, Instance, Url, IpAddress, Secret ...
    ModelInfo* model = nullptr;
    bool variadic = false;  // tuple[T, ...]
    std::vector<Value> literals;
    Callback call;
    std::string tag;                   // Tag("...") of a member of a discriminated union
    std::vector<std::string> schemes;  // Url
    std::string detail;                // Path: "file", "dir", "new"; Encoded: "base64" ...
    Value discriminator;               // name of the field, or a callable; Null: none
    Value source;                      // annotation it was made from, for display
    // Constraints; Null or -1: none.
    Value gt, ge, lt, le, multiple_of;
    std::int64_t min_length = -1, max_length = -1, max_digits = -1, decimal_places = -1;
    std::int64_t version = 0;  // UUID4 and its like
    std::string pattern;
    std::string temporal;  // "past", "future", "aware", "naive"
    bool strip = false, lower = false, upper = false, strict = false, lax = false;
    bool numbers_to_text = false, enum_values = false, no_inf_nan = false, left_to_right = false;
    bool host_required = false, multi_host = false;  // Url
    bool fail_fast = false;
    // Serialisation: PlainSerializer / WrapSerializer of Annotated.
    Callback serializer;
    bool serializer_wraps = false, serializer_json_only = false;
};

enum class Extra : std::uint8_t { Ignore, Allow, Forbid };

// model_config, compiled. `raw` has everything that was given, inherited entries first.
struct ModelConfig {
    Extra extra = Extra::Ignore;
    bool populate_by_name = false, from_attributes = false, frozen = false, strip = false,
         lower = false, upper = false, arbitrary_types = false, enum_values = false,
         validate_assignment = false, validate_default = false, strict = false,
         numbers_to_text = false, hide_input = false, loc_by_alias = true,
         always_revalidate = false;
    std::int64_t min_length = -1, max_length = -1;
    Value alias_generator;
    Dict* raw = nullptr;
};

struct ModelField {
    std::string name;
    Value annotation;
    Value info;  // FieldInfo instance
    const TypeSchema* schema = nullptr;
    Value default_value;  // Null: required, unless there is a factory
    Value default_factory;
    bool factory_takes_data = false;
    std::vector<std::vector<Value>> lookup;  // paths in the input, first hit wins
    std::string alias;                       // location of errors
    std::string serialization_alias;
    bool exclude = false, frozen = false, validate_default = false, not_required = false,
         shown = true, keyword_only = false, init_only = false, in_init = true, in_repr = true;
    Span span;
    Class* owner = nullptr;  // where it was declared
    Callback serializer;     // @field_serializer
    bool serializer_wraps = false, serializer_json_only = false;
    [[nodiscard]] bool required() const {
        return !default_value && !default_factory && !not_required;
    }
};

// What a decorator said about a function of a class.
struct Decorated : NativeState {
    static constexpr char kType = 0;
    Decorated() : NativeState(&kType) {}
    enum class Kind : std::uint8_t {
        FieldValidator,
        ModelValidator,
        V1Validator,
        V1Root,
        FieldSerializer,
        ModelSerializer,
        Computed
    };
    Kind kind = Kind::FieldValidator;
    std::string name;  // attribute of the class
    std::string mode = "after";
    std::vector<std::string> fields;
    Value function;  // plain function, unwrapped
    Value original;  // what the class gets in its place
    bool is_static = false, is_method = false;
    bool always = false, each_item = false, json_only = false;
    Value alias;  // computed_field
    bool shown = true;
};

struct ModelInfo : NativeState {
    static constexpr char kType = 0;
    ModelInfo() : NativeState(&kType) {}
    enum class Shape : std::uint8_t { Model, Root, Dataclass, TypedDict, NamedTuple };
    Shape shape = Shape::Model;
    Class* cls = nullptr;
    ModelConfig config;
    std::vector<ModelField> fields;
    std::vector<Value> decorators;  // instances with Decorated, base classes first
    std::vector<std::pair<std::string, Value>> privates;  // name, PrivateAttr/default (Null: none)
    std::vector<Callback> before;                         // model validators, in calling order
    std::vector<Callback> post_root;  // @root_validator: get and give the dict of values
    Callback serializer;              // @model_serializer
    bool serializer_wraps = false;
    std::vector<std::string> computed;  // attribute names
    bool completing = false;
    bool complete = false;              // schemas of fields are there
    bool custom_init = false;
    std::vector<Value> parameters;          // TypeVars of a generic model that are still open
    std::map<std::string, Value> bindings;  // TypeVar name -> type
    Class* generic_origin = nullptr;
    std::vector<Value> generic_arguments;
    const TypeSchema* self_schema = nullptr;
    [[nodiscard]] const ModelField* field(std::string_view name) const;
};

// Of an instance of a model.
struct ModelState : NativeState {
    static constexpr char kType = 0;
    ModelState() : NativeState(&kType) {}
    std::vector<std::string> fields_set;  // in order
    Namespace extra, privates;
    void mark(std::string_view name);
};
// str and repr show no value of it; SecretStr, SecretBytes, Secret.
struct SecretState : NativeState {
    static constexpr char kType = 0;
    SecretState() : NativeState(&kType) {}
    Value value;
};
// pydantic.networks' and pydantic_core's URL objects.
struct UrlParts {
    std::string scheme, username, password, host, path, query, fragment;
    int port = -1;  // -1: none and none implied by the scheme
    bool has_authority = false, has_query = false, has_fragment = false, has_password = false;
    std::vector<std::string> more_hosts;  // "user@host:port" before the last one (DSNs)
    bool default_port = false;            // the port is implied
    [[nodiscard]] std::string text() const;
};
struct UrlState : NativeState {
    static constexpr char kType = 0;
    UrlState() : NativeState(&kType) {}
    UrlParts parts;
    const trust::Origin* origin = nullptr;
};

struct SchemaState : NativeState {
    static constexpr char kType = 0;
    SchemaState() : NativeState(&kType) {}
    std::deque<TypeSchema> pool;
    std::map<const program::Object*, const TypeSchema*> by_annotation;
    std::map<std::string, Class*> generics;  // "id|args" -> specialised class
    int depth = 0;
};
inline SchemaState& schema_state(Vm& vm) {
    return vm.library_state<SchemaState>("schema");
}

enum class Exactness : std::uint8_t { Lax, Strict, Exact };

// One validation.
struct Run {
    Vm& vm;
    InputMode mode = InputMode::Python;
    std::vector<ValidationIssue>& issues;
    std::vector<Value> loc = {};
    bool strict = false;
    int from_attributes = -1;  // -1: as the model's configuration says
    Value context = {};
    Exactness exactness = Exactness::Exact;
    int fields_set = -1;
    Value self_instance = {};  // filled instead of a new instance (Model.__init__); top level only
    // Of the model that is being validated.
    Value data = {};
    std::string field_name = {};
    const ModelInfo* model = nullptr;
    int depth = 0;

    void floor(Exactness to) {
        if (to < exactness) exactness = to;
    }
    // Adds an issue; returns Null. The message is made from the type's template and the context.
    Value fail(std::string_view type, const Value& input,
               std::initializer_list<std::pair<std::string_view, Value>> context = {});
};

// -- schema.cpp ---------------------------------------------------------------------------------
// A schema for an annotation under a model's configuration; Null schema: exception.
const TypeSchema* build_schema(Vm& vm, const Value& annotation, const ModelInfo* of);
// The schema with the constraints and functions of one piece of metadata.
const TypeSchema* with_metadata(Vm& vm, const TypeSchema* schema, const Value& metadata);
const TypeSchema* with_callback(Vm& vm, const TypeSchema* inner, TypeKind kind, Callback callback);
// The fields, config, validators of a model-like class; nullptr: it is none. Never fails.
ModelInfo* model_info(Vm& vm, const Class* cls);
// Schemas of all fields; false: exception.
bool complete_model(Vm& vm, ModelInfo& info);
// How pydantic-core names it: "list[int]", "function-after[check(), str]"; union members'
// locations.
std::string core_name(Vm& vm, const TypeSchema* schema);
// Without Optional and functions around it.
const TypeSchema* unwrapped(const TypeSchema* schema);
// Attribute of a FieldInfo-like instance; Null: not given.
Value field_setting(Vm& vm, const Value& info, std::string_view name);
bool is_undefined(const Value& value);  // PydanticUndefined, Ellipsis or Null
// Counts what may be passed by position; for "does it want an info".
Callback make_callback(Vm& vm, const Value& function, std::size_t without_info);

// -- model_fields.cpp -----------------------------------------------------------------------------
// Collects fields, validators and configuration after a class statement. false: exception.
bool collect_model(Vm& vm, Class& cls, ModelInfo::Shape shape, Arguments* keywords);
// Evaluated annotation, with the type variables of a specialised generic replaced. Null: exception.
// The value of an annotation that is text, in the scope of a class (null: of the main module).
Value evaluate_annotation(Vm& vm, std::string_view text, const Class* where);
Value resolve_annotation(Vm& vm, const Value& annotation, const ModelInfo& info,
                         const Class* owner);

// -- validate.cpp ---------------------------------------------------------------------------------
Value run(Run& state, const TypeSchema* schema, const Value& input);
Value validate_scalar(Run& state, const TypeSchema& schema, const Value& input);
bool check_constraints(Run& state, const TypeSchema& schema, const Value& value,
                       const Value& input);
// The schema of kind Model itself, without validators around it.
Value validate_model(Run& state, const ModelInfo& info, const Value& input);
// The schema of a model with its validators around it; nullptr: exception.
const TypeSchema* model_schema(Vm& vm, ModelInfo& info);
// What pydantic's TypeAdapter.validate_python() and Model.model_validate() do: raises
// ValidationError.
Value validate_or_raise(Vm& vm, const TypeSchema* schema, const Value& input,
                        std::string_view title, InputMode mode, const Value& strict,
                        const Value& from_attributes, const Value& context);
bool validate_assignment(Vm& vm, const ModelInfo& info, const Value& self, std::string_view name,
                         const Value& value);
// Calls a validator of the pasted code; its ValueError and AssertionError become issues.
Value call_validator(Run& state, const Callback& call, const Value& value,
                     const TypeSchema* handler_schema);
// Value of a field without input; Null: none, or an issue or exception was added.
Value default_of(Run& state, const ModelField& field);
// An Unknown, or an instance full of them.
Value unknown_of(Vm& vm, const TypeSchema* schema, const trust::Origin* origin,
                 const std::string& label, int depth);
// Makes a ValidationError; raise_issues raises it and returns Null.
Value make_validation_error(Vm& vm, std::string_view title, InputMode mode,
                            const std::vector<ValidationIssue>& issues, bool hide_input);
Value raise_issues(Vm& vm, std::string_view title, InputMode mode,
                   const std::vector<ValidationIssue>& issues, bool hide_input = false);
// What is in a ValidationError.
struct ErrorState : NativeState {
    static constexpr char kType = 0;
    ErrorState() : NativeState(&kType) {}
    std::string title;
    InputMode mode = InputMode::Python;
    std::vector<ValidationIssue> issues;
};
std::string error_text(Vm& vm, const ErrorState& error, bool hide_input);
std::string render_message(Vm& vm, std::string_view type, InputMode mode, const Value& context);

// -- times.cpp, urls.cpp -----------------------------------------------------------------------
Value validate_temporal(Run& state, const TypeSchema& schema, const Value& input);
Value validate_url(Run& state, const TypeSchema& schema, const Value& input);
Value validate_email(Run& state, const TypeSchema& schema, const Value& input);
// nullptr: parsed; otherwise what is wrong with it.
const char* parse_whatwg(std::string_view text, UrlParts& out);
Value make_url(Vm& vm, Class* cls, const UrlParts& parts, const trust::Origin* origin);
std::string duration_text(Vm& vm, const Value& timedelta);  // ISO 8601: "P1DT2H"

// -- serialize.cpp ------------------------------------------------------------------------------
struct DumpOptions {
    bool json = false, by_alias = false, exclude_unset = false, exclude_defaults = false,
         exclude_none = false;
    Value include, exclude, context;
};
// model_dump(): models become dicts; with `json` everything becomes plain. Null: exception.
Value dump_value(Vm& vm, const Value& value, const TypeSchema* schema, const DumpOptions& options,
                 int depth = 0);
Value dump_model(Vm& vm, const Value& self, const ModelInfo& info, const DumpOptions& options,
                 int depth);
Value json_schema_of(Vm& vm, const TypeSchema* schema, bool by_alias,
                     std::string_view ref_template);

// What the pydantic module's classes are, for the parts that make instances of them.
Class* pydantic_class(Vm& vm, std::string_view name);

}  // namespace wh::libraries
