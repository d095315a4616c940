// Validation and serialisation by type annotation, as pydantic 2.10 does it: shared by the pydantic
// model (which implements it) and by FastAPI (which validates parameters and bodies with it).
#pragma once

#include <string>
#include <vector>

#include "program/vm.h"

namespace wh::libraries {

using program::Class;
using program::Value;
using program::Vm;

// One entry of ValidationError.errors() / of FastAPI's 422 "detail".
struct ValidationIssue {
    std::string type;        // "int_parsing", "missing", "string_too_short" ...
    std::vector<Value> loc;  // str and int
    std::string message;  // "Input should be a valid integer, unable to parse string as an integer"
    Value input;          // as given; Null: none is told
    Value context;        // dict for "ctx"; Null: none
    bool custom = false;  // a PydanticCustomError: no documentation link
};

// Compiled form of an annotation; owned by the Vm's library state, cached per annotation object.
struct TypeSchema;

enum class InputMode : std::uint8_t {
    Python,   // values of the program (Model(**kwargs))
    Json,     // values made from JSON (request bodies)
    Strings,  // values are str (path, query, header, cookie, form)
};

// Constraints from Field(...)/Query(...)/Path(...)/Annotated metadata are part of the schema.
// `field_info` is the FieldInfo-like instance of a default (Field, Query, ...) or Null.
const TypeSchema* schema_for(Vm& vm, const Value& annotation, const Value& field_info);

// The validated (converted) value; Null if issues were added (or, with Vm::failed(), on an
// exception that leaves validation, e.g. from a user's validator that raises something else). As
// TypeAdapter.validate_python(input, from_attributes=True), which is how FastAPI validates
// parameters and JSON bodies alike: `mode` only says where the input came from.
Value validate(Vm& vm, const TypeSchema* schema, const Value& input, InputMode mode,
               const std::vector<Value>& loc, std::vector<ValidationIssue>& issues);
// An issue of one of pydantic's types that needs no context ("missing"), with its message.
void add_issue(Vm& vm, std::string_view type, const std::vector<Value>& loc, const Value& input,
               std::vector<ValidationIssue>& issues);
// An Unknown for this type (checking): a model is an instance with every field unknown; labels are
// "payment.card.number"; fields whose name says so are secret.
Value unknown_input(Vm& vm, const TypeSchema* schema, const trust::Origin* origin,
                    const std::string& label);

// The fields of a model, for a framework that reads them one by one (forms, query models).
struct FieldView {
    std::string name, alias;
    const TypeSchema* schema = nullptr;
    bool required = true;
    Value default_value;  // made fresh; Null: required
};
std::vector<FieldView> fields_of(Vm& vm, const TypeSchema* schema);  // empty: not a model
// pydantic.fields.FieldInfo; a FieldInfo-like instance keeps each setting as an attribute of its
// own
// ("gt", "min_length", "alias", "default"); what was not given is absent or None.
Class* field_info_class(Vm& vm);

// What kind of place FastAPI gives a parameter of this type: a scalar goes to the query, a model,
// dict or list to the body; a list of scalars is allowed in the query when declared with Query().
bool is_scalar(const TypeSchema* schema);
bool is_sequence_of_scalars(const TypeSchema* schema);
bool is_optional(const TypeSchema* schema);  // None is allowed
bool is_model(
    const TypeSchema* schema);  // a model, dataclass, TypedDict or NamedTuple, or it or None
std::string type_name(const TypeSchema* schema);  // "int", "Payment", "list[str]" for display
// A JSON value that validates; empty: none was found. `name` of the field or parameter makes it
// speaking ("email" -> "ada@people.example").
std::string example_json(Vm& vm, const TypeSchema* schema, std::string_view name = {});

// fastapi.encoders.jsonable_encoder: models, dataclasses, enums, datetimes, Decimal ... to plain
// dict/list/str/int/float/bool/None. Null: exception.
Value to_jsonable(Vm& vm, const Value& value, bool exclude_unset = false, bool exclude_none = false,
                  bool by_alias = true, int depth = 0);
// Serialises `value` as response_model `schema` does: validates (from attributes too), drops fields
// that the model does not have. Null: issues (ResponseValidationError) or exception.
Value serialize_response(Vm& vm, const TypeSchema* schema, const Value& value,
                         std::vector<ValidationIssue>& issues, bool exclude_unset = false,
                         bool exclude_none = false, bool exclude_defaults = false,
                         bool by_alias = true, const Value& include = {},
                         const Value& exclude = {});

// The list of dicts that errors() gives; `with_url` adds pydantic's documentation link.
Value issues_to_list(Vm& vm, const std::vector<ValidationIssue>& issues, bool with_url);

// json.dumps(value) with the separators given, ensure_ascii as asked, as Python writes it. Values
// must be plain. false: exception (TypeError: Object of type X is not JSON serializable).
bool dump_json(Vm& vm, const Value& value, std::string_view item_separator,
               std::string_view key_separator, bool ensure_ascii, std::string& out);
// json.loads; Null: raises json.JSONDecodeError with Python's message. Origins of parts are kept:
// every value read gets `origin`.
Value load_json(Vm& vm, std::string_view text, const trust::Origin* origin);

}  // namespace wh::libraries
