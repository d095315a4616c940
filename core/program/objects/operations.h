// Operations with Python's meaning beyond those that Vm names: for the interpreter, and for models
// that need the value of a comparison instead of its truth. All return Null when an exception was
// raised (Vm::failed()).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "program/vm.h"
#include "syntax/tree.h"

namespace wh::program {

// text.startswith(affix) or text.endswith(affix), as far as it tells that a URL has a known host
// (Unknown::narrows).
Value narrowing_by_affix(const Value& truth, const Value& affix, bool at_end);

// a op b, a op= b (`in_place`: lists, sets, dicts and bytearrays are changed; __iadd__ ... are
// tried).
Value binary_operation(Vm& vm, syntax::BinaryOp op, const Value& a, const Value& b,
                       bool in_place = false);
Value unary_operation(Vm& vm, syntax::UnaryOp op, const Value& a);
// The result of a comparison: mostly a bool, but what __lt__ etc. return, and Unknown if an operand
// is not known well enough.
Value compare_operation(Vm& vm, syntax::CompareOp op, const Value& a, const Value& b);
// `is`: same object; numbers and singletons by value.
bool same_object(const Value& a, const Value& b);

// What `value.name(...)` calls: a function that takes `self` first (then self is set), or any
// callable (then self is Null). false: AttributeError raised.
bool load_method(Vm& vm, const Value& value, std::string_view name, Value& function, Value& self);

// The attribute `name` as found in the classes of `cls`'s mro, not bound. Null: none. `owner` (may
// be null) gets the class that has it. Builtin methods are made when they are first looked up.
Value find_in_mro(Vm& vm, const Class& cls, std::string_view name, Class** owner = nullptr);
// The same for the classes after `after` in the mro (super()).
Value find_after(Vm& vm, const Class& cls, const Class* after, std::string_view name);
// A special method of a value's class, bound to it; Null: none. Never looks at the instance.
Value special_method(Vm& vm, const Value& value, std::string_view name);

// An int, float ... that a subclass of int or float wraps (IntEnum members): the plain number.
// Other values as they are.
Value unboxed(const Value& value);
// The attributes that a value has of its own; nullptr if values of that kind have none (or, unless
// `create`, have none yet).
Namespace* attributes_of(Vm& vm, const Value& value, bool create = false);

// f"{value!r:spec}": conversion 's', 'r', 'a' or 0; spec may be Null.
Value format_value(Vm& vm, const Value& value, char conversion, const Value& spec);
// Text from parts; Unknown parts become placeholders.
Value build_string(Vm& vm, const Value* parts, std::size_t count);
Value make_slice(Vm& vm, const Value& lower, const Value& upper, const Value& step);
// Items of an iterable for `a, b = value`: exactly `count`, or (star >= 0) at least that many with
// the starred list at index `star`. false: ValueError or TypeError as Python words it.
bool unpack(Vm& vm, const Value& value, std::size_t count, int star, std::vector<Value>& out);

// An Unknown made from others: origin derived, label as given.
Value derived_unknown(Vm& vm, std::string label, const Value& a, const Value& b = {},
                      Class* shape = nullptr);
// `part` as the part of an answer that `step` leads to ("key", or "[]" for an item), noted as read;
// as it is if `whole` is no answer.
Value answer_part(Vm& vm, const Value& whole, const Value& part, std::string_view step);
// How a value is named in labels and conditions: an Unknown's label, else a short repr.
std::string label_of(Vm& vm, const Value& value);
// True for Unknown, and for a str or bytes of which a part is unknown.
bool not_fully_known(const Value& value);

// isinstance(value, classinfo) and issubclass: false: exception. Unknown values are decided.
bool is_instance_of(Vm& vm, const Value& value, const Value& classinfo, bool& out);
bool is_subclass_of(Vm& vm, const Value& cls, const Value& classinfo, bool& out);

// "Foo" or "pkg.mod.Foo" as %T of CPython's messages shows a value's class: its __name__.
std::string_view type_name(Vm& vm, const Value& value);
// raise TypeError/ValueError with a text; return Null.
Value type_error(Vm& vm, std::string_view message);
Value value_error(Vm& vm, std::string_view message);

}  // namespace wh::program
