// What annotations are made of: `int | None`, `list[int]`, `Literal["a"]`, `Annotated[int,
// Query()]`, type variables, forward references. Each is an Instance whose payload is a TypeForm,
// so that models of pydantic, FastAPI, dataclasses and typing all read the same thing.
//
// Plain classes in annotations stay Class values; `None` inside a form is the class NoneType
// (vm.types().none_type), as in Python's __args__.
#pragma once

#include <string>
#include <vector>

#include "program/vm.h"

namespace wh::program {

struct TypeForm : NativeState {
    static constexpr char kType = 0;
    enum class Kind : std::uint8_t {
        Any,
        Union,    // args: the members, flat and without repetition (Optional[X] is X, NoneType)
        Generic,  // origin[args]: list[int], Page[Item]; tuple[int, ...] has the Ellipsis value in
                  // args
        Literal,  // args: the values
        Annotated,  // origin: the type; args: the metadata
        Callable,   // args: parameter types (or one Ellipsis), then the return type
        ClassVar,   // origin: the type (Null if bare); also for Final, Required, NotRequired ...
        Final,
        Required,
        NotRequired,
        TypeVar,     // name; origin: bound or Null; args: constraints
        ForwardRef,  // name: the text
        NewType,     // name; origin: the type it is made of
        Special,     // a bare special form: typing.Union, Optional, List ... (name); see
                     // subscript_form
        Other,       // a form of which only the text is known (TypeGuard[...], Concatenate ...)
    };
    TypeForm() : NativeState(&kType) {}
    Kind kind = Kind::Any;
    std::string name;
    Value origin;
    std::vector<Value> args;
    bool from_typing = false;  // written typing.List[int] instead of list[int]: repr only
};

// nullptr: not a form (a class, None, a str ...).
TypeForm* type_form(const Value& value);

Value make_form(Vm& vm, TypeForm::Kind kind, std::string name, Value origin = {},
                std::vector<Value> args = {});
// Flattens, drops repetitions, turns None into NoneType; one member left: itself.
Value make_union(Vm& vm, const std::vector<Value>& members);
Value make_generic(Vm& vm, const Value& origin, std::vector<Value> args);
// typing.NAME: "Any", "Union", "Optional", "List", "Dict", "Callable", "Literal", "Annotated",
// "ClassVar" ...; for "List" and the like `origin` is the class that it stands for.
Value make_special(Vm& vm, std::string name, Value origin = {});
// form[key], with Python's meaning. `form` is Special, Generic (over type variables) or a class.
Value subscript_form(Vm& vm, const Value& form, const Value& key);
// The class that a base in a class statement stands for: of Generic[T], list[int] the origin.
// Null: not a form that can be a base.
Value form_base(const Value& base);
// As typing shows a type in a repr: "int", "snippet.Item", "None" (for NoneType), "list[int]".
bool type_text(Vm& vm, const Value& type, std::string& out);

}  // namespace wh::program
