// What the files of objects/ share with each other and with nobody else.
#pragma once

#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "program/objects/operations.h"
#include "program/typing_objects.h"
#include "program/vm.h"
#include "program/vm/internals.h"

namespace wh::program {

std::uint64_t hash_text(std::string_view text);
// Accounts for looking at all of a long text. false: the step bound is hit.
bool work_on_text(Vm& vm, std::size_t bytes);

// -- per run
// --------------------------------------------------------------------------------------- An open
// or closed virtual file.
// What find_in_mro found lately, also that there is nothing: programs ask the same of the same classes
// again and again. An entry holds as long as no class was changed since.
struct MroCache {
    struct Entry {
        const Class* cls = nullptr;
        std::uint64_t hash = 0;
        std::string name;
        std::uint32_t changes = 0;
        Value found;
        Class* owner = nullptr;
    };
    static constexpr std::size_t kEntries = 1024;
    std::uint32_t changes = 0;  // of all classes that were ever looked into
    std::vector<Entry> entries;
};

struct ObjectsState : NativeState {
    static constexpr char kType = 0;
    ObjectsState() : NativeState(&kType) {}
    // id() and addresses in reprs: numbers in the order of asking, so that runs are alike.
    std::unordered_map<const Object*, std::uint64_t> identities;
    // Attributes of objects that have no room for them: instances of user's subclasses of str, dict
    // ...
    std::unordered_map<const Object*, Namespace> side_attributes;
    // Dicts that stand for the attributes of something (x.__dict__): changes are written through.
    std::unordered_map<const Object*, Value> namespace_dicts;
    std::map<std::string, bool, std::less<>>
        decided;    // truth of Unknown values, by label and origin
    int depth = 0;  // of nested values that C++ walks through: compared, hashed, asked for items
    std::vector<const Object*> repr_stack;
    MroCache mro_cache;
    std::map<std::string, Class*, std::less<>> classes;       // dict_keys, list_iterator ...
    std::map<std::string, std::string, std::less<>> written;  // files that the run wrote
};
ObjectsState& objects_state(Vm& vm);

// Guards the C++ stack against values that are nested without end, and the time against values that
// hold the same part again and again. Not ok(): an exception is raised.
class Deeper {
  public:
    explicit Deeper(Vm& vm, const char* message = "maximum recursion depth exceeded");
    ~Deeper() { --state_.depth; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    [[nodiscard]] bool ok() const { return ok_; }

  private:
    ObjectsState& state_;
    bool ok_;
};

// A fake address: the same object always has the same, from 0x7f0000000010 on.
std::uint64_t identity_of(Vm& vm, const Value& value);
std::string address_text(Vm& vm, const Value& value);  // "0x7f0000000010"
// A builtin class that builtins has no name for ("dict_keys"), made when it is first asked for.
Class* named_class(Vm& vm, std::string_view name, const MethodEntry* methods = nullptr);

// -- arguments
// ------------------------------------------------------------------------------------- Checks the
// count of a builtin's positional arguments and that no keywords are given.
bool take(Vm& vm, const Arguments& arguments, std::string_view name, std::size_t least,
          std::size_t most);
inline Value argument(const Arguments& arguments, std::size_t index) {
    return index < arguments.positional.size() ? arguments.positional[index] : Value();
}
// An int (or __index__) argument; false: TypeError raised.
bool to_index(Vm& vm, const Value& value, std::int64_t& out);
// The number in a Bool or Int.
inline std::int64_t int_of(const Value& value) {
    return value.is_bool() ? (value.boolean ? 1 : 0) : value.integer;
}
inline bool is_integral(const Value& value) {
    return value.is_int() || value.is_bool();
}
inline bool is_number(const Value& value) {
    return is_integral(value) || value.is_float();
}
inline double real_of(const Value& value) {
    return value.is_float() ? value.real : static_cast<double>(int_of(value));
}

// -- texts with origins
// ----------------------------------------------------------------------------
struct TextView {  // of a str or bytes
    std::string_view text;
    const std::vector<trust::TextPart>* parts = nullptr;
    const trust::Origin* origin = nullptr;
};
bool text_view(const Value& value, TextView& out);

class TextBuilder {
  public:
    void add(std::string_view text, const trust::Origin* origin = nullptr, bool unknown = false);
    void add(const TextView& view, std::size_t begin, std::size_t end);
    // A str, bytes or Unknown; other values are not texts.
    void add(const Value& text);
    [[nodiscard]] std::size_t size() const { return text_.size(); }
    Value str(Vm& vm);
    Value bytes(Vm& vm, bool is_mutable = false);
    // As `like` is: str, bytes or bytearray.
    Value same_kind(Vm& vm, const Value& like);

  private:
    const trust::Origin* finish(Vm& vm);
    std::string text_;
    bool too_long_ = false;  // for the heap; what was added since is left out
    std::vector<trust::TextPart> parts_;
};
// Bytes [begin, end) of a str or bytes, origins kept.
Value text_slice(Vm& vm, const Value& text, std::size_t begin, std::size_t end);
// A text of the same length whose bytes were mapped one to one: parts and origin of `like`.
Value text_like(Vm& vm, const Value& like, std::string text);

// Derived from those that are not null; secrets are never dropped.
const trust::Origin* merge_origins(Vm& vm, const std::vector<const trust::Origin*>& from);
// Of the result of arithmetic: plain constants give way to where data came from.
const trust::Origin* number_origin(Vm& vm, const Value& a, const Value& b);
// The origins inside a value and, if it is a container, of what it holds.
const trust::Origin* deep_origin(Vm& vm, const Value& value);

// UTF-8 by code points.
inline std::size_t sequence_size(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}
char32_t code_point_at(std::string_view text, std::size_t& offset);  // moves offset past it
void append_utf8(std::string& out, char32_t code_point);
std::size_t code_point_count(std::string_view text);
std::size_t offset_of(const Str& text, std::size_t index);  // of code point `index`, at most size
inline std::size_t length_of(const Str& text) {
    return text.ascii ? text.text.size() : code_point_count(text.text);
}
bool is_space(char32_t code_point);
bool is_printable(char32_t code_point);
bool is_alpha(char32_t code_point);
bool is_digit(char32_t code_point);
char32_t to_upper(char32_t code_point);
char32_t to_lower(char32_t code_point);

// -- text of numbers and values
// ---------------------------------------------------------------------
std::string float_repr(double value);
std::string quoted(std::string_view text);       // repr() of a str
std::string bytes_repr(std::string_view bytes);  // b'...'
bool builtin_repr(Vm& vm, const Value& value, std::string& out);
Value builtin_str(Vm& vm, const Value& value);
Value builtin_format(Vm& vm, const Value& value, std::string_view spec);
bool form_repr(Vm& vm, const Value& form, std::string& out);
std::string unicode_error_text(Vm& vm, const ExceptionInstance& error);
// A plain value in the format mini-language; false: raised.
bool format_number(Vm& vm, const Value& number, std::string_view spec, std::string& out);
Value format_text(Vm& vm, const Value& text, std::string_view spec);
Value percent_format(Vm& vm, const Value& format, const Value& arguments);
Value str_format(Vm& vm, const Value& format, const Arguments& arguments);
Value str_format_map(Vm& vm, const Value& format, const Value& mapping);
// int("..."), float("..."): false: not a number.
bool parse_int(std::string_view text, int base, std::int64_t& out, bool& too_large);
bool parse_float(std::string_view text, double& out);
// codecs; false: raised.
bool encode_text(Vm& vm, const Value& text, std::string_view encoding, std::string_view errors,
                 Value& out);
bool decode_bytes(Vm& vm, const Value& bytes, std::string_view encoding, std::string_view errors,
                  Value& out);

// -- containers
// ------------------------------------------------------------------------------------
inline const std::vector<Value>* sequence_items(const Value& value) {  // of a list or tuple
    if (const List* list = as_list(value)) return &list->items;
    if (const Tuple* tuple = as_tuple(value)) return &tuple->items;
    return nullptr;
}
std::int64_t range_length(const Range& range);
// Slice bounds for a length; false: raised (step 0, wrong types).
bool slice_indices(Vm& vm, const Slice& slice, std::int64_t length, std::int64_t& start,
                   std::int64_t& stop, std::int64_t& step);
Value make_set(Vm& vm, bool frozen = false);
bool update_dict(Vm& vm, Dict& dict, const Value& from);  // mapping or pairs
bool update_set(Vm& vm, Set& set, const Value& from);
Value set_operation(Vm& vm, char op, const Value& a, const Value& b);  // | & - ^ of sets
bool sort_values(Vm& vm, std::vector<Value>& items, const Value& key, bool reverse);
// Live views: kind 0 keys, 1 values, 2 items.
struct DictView : NativeState {
    static constexpr char kType = 0;
    DictView() : NativeState(&kType) {}
    Value dict;
    int kind = 0;
};
Value make_view(Vm& vm, const Value& dict, int kind);
// An iterator over a table: kind as in DictView.
Value iterate_table(Vm& vm, const Value& owner, const Table& table, int kind,
                    bool reversed = false);
// What builtin kinds do by themselves, whatever a subclass of the paste overrides.
Value builtin_get_item(Vm& vm, const Value& value, const Value& key);
bool builtin_set_item(Vm& vm, const Value& value, const Value& key, const Value& to);
bool builtin_delete_item(Vm& vm, const Value& value, const Value& key);
bool builtin_length(Vm& vm, const Value& value, std::int64_t& out);
Value builtin_iterate(Vm& vm, const Value& value);
Value iterate_until(Vm& vm, const Value& callable, const Value& sentinel);
// An iterator over items that are already there.
Value iterate_values(Vm& vm, std::vector<Value> items, std::string_view class_name);
Value iterate_sequence(Vm& vm, const Value& sequence, bool reversed);

// The set that a set or a view of keys or items stands for; nullptr: something else, or failed.
Set* set_like(Vm& vm, const Value& value);
Value arithmetic(Vm& vm, syntax::BinaryOp op, const Value& a, const Value& b);  // of plain numbers
// a op b of builtin kinds other than plain numbers; NotImplemented if they have no such operation.
Value container_operation(Vm& vm, syntax::BinaryOp op, const Value& a, const Value& b,
                          bool in_place);
// NotImplemented, a bool or an Unknown.
Value builtin_compare(Vm& vm, syntax::CompareOp op, const Value& a, const Value& b);
Value contains_value(Vm& vm, const Value& container, const Value& item);
Value builtin_contains(Vm& vm, const Value& container, const Value& item);
bool truth_of_builtin(const Value& value, bool& out);  // false: not a builtin kind with a size

// -- classes and functions
// --------------------------------------------------------------------------- The payload of an
// instance of a user's subclass of int or float.
struct BoxedNumber : NativeState {
    static constexpr char kType = 0;
    BoxedNumber() : NativeState(&kType) {}
    Value value;
};
bool is_builtin_method(const Value& function);  // made from a MethodEntry
// An attribute of a class as the class itself shows it.
Value class_lookup(Vm& vm, const Value& of, Class& cls, std::string_view name);
bool is_data_descriptor(Vm& vm, const Value& attribute);
// A class attribute as an instance shows it: functions bound, properties read.
Value bind_attribute(Vm& vm, const Value& attribute, const Value& self, Class* cls);
Value object_getattribute(Vm& vm, const Value& value, std::string_view name);
bool object_setattr(Vm& vm, const Value& value, std::string_view name, const Value& to);
bool object_delattr(Vm& vm, const Value& value, std::string_view name);
// x.__dict__: a dict whose changes become attributes of x (write_through after each change).
Value namespace_dict(Vm& vm, const Value& owner);
void write_through(Vm& vm, const Dict& dict);
// A special method that is not object's own, and not one that the builtin kind does by itself.
Value find_special(Vm& vm, const Value& value, std::string_view name);
Value builtin_object(Vm& vm, std::string_view name);
// function(args) with `self`, if it is callable that way.
Value call_special(Vm& vm, const Value& self, std::string_view name,
                   std::initializer_list<Value> arguments, bool& found);
// (name, value) rows of builtins, made by the files that have them.
struct FunctionEntry {
    const char* name;
    NativeFunction function;
};
extern const FunctionEntry kBuiltinFunctions[];
extern const FunctionEntry kMoreBuiltinFunctions[];

extern const MethodEntry kObjectMethods[], kTypeMethods[], kStrMethods[], kBytesMethods[],
    kBytearrayMethods[], kListMethods[], kTupleMethods[], kDictMethods[], kSetMethods[],
    kFrozensetMethods[], kRangeMethods[], kSliceMethods[], kIntMethods[], kFloatMethods[],
    kPropertyMethods[], kIteratorMethods[], kViewMethods[], kFileMethods[], kExceptionMethods[],
    kGroupMethods[], kOsErrorMethods[], kStopIterationMethods[], kSystemExitMethods[],
    kImportErrorMethods[], kUnicodeErrorMethods[], kNameErrorMethods[], kFormMethods[],
    kFunctionMethods[], kWrapperMethods[], kCellMethods[];
// cls.__new__(cls, ...) of builtin classes.
Value new_object(Vm& vm, Arguments& arguments);
Value new_str(Vm& vm, Arguments& arguments);
Value new_bytes(Vm& vm, Arguments& arguments);
Value new_number(Vm& vm, Arguments& arguments);
Value new_container(Vm& vm, Arguments& arguments);
Value new_exception(Vm& vm, Arguments& arguments);
Value new_type(Vm& vm, Arguments& arguments);
// enumerate(), zip(), map(), filter(), reversed().
Value make_enumerate(Vm& vm, Class& cls, Arguments& arguments);
Value make_zip(Vm& vm, Class& cls, Arguments& arguments);
Value make_map(Vm& vm, Class& cls, Arguments& arguments);
Value make_filter(Vm& vm, Class& cls, Arguments& arguments);
Value make_reversed(Vm& vm, Class& cls, Arguments& arguments);
std::string function_name_of(const Value& function);             // __name__, or empty
const ClassHooks* construct_hooks(std::string_view class_name);  // nullptr: made as usual

// `object` is an Unknown, or something that is not fully known (a text with a placeholder).
Value unknown_bool(Vm& vm, std::string label, const Value& a, const Value& b = {});
// The same truth value, which tells of something whether it is one of `known` (Unknown::narrows).
Value narrowing(const Value& truth, const Value& known, int narrows);
bool has_unknown_part(const Value& text);

}  // namespace wh::program
