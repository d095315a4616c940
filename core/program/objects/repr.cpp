// str() and repr().
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "base/limits.h"
#include "program/objects/support.h"

namespace wh::program {

namespace {
constexpr std::size_t kReprDepthMax = 60;

bool repr_items(Vm& vm, const std::vector<Value>& items, std::string& out) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) out += ", ";
        const Value item = items[i];  // a __repr__ may change the list
        if (!vm.repr(item, out)) return false;
    }
    return true;
}

bool repr_table(Vm& vm, const Table& table, int kind, std::string& out) {
    bool first = true;
    for (std::size_t i = 0; i < table.entries.size(); ++i) {
        const Table::Entry entry = table.entries[i];
        if (!entry.live) continue;
        if (!first) out += ", ";
        first = false;
        if (kind == 2) out += '(';
        if (kind != 1 && !vm.repr(entry.key, out)) return false;
        if (kind == 3) out += ": ";
        if (kind == 2) out += ", ";
        if (kind != 0 && !vm.repr(entry.value, out)) return false;
        if (kind == 2) out += ')';
    }
    return true;
}

// "(a, b)" and "(a,)".
bool repr_tuple(Vm& vm, const std::vector<Value>& items, std::string& out) {
    out += '(';
    if (!repr_items(vm, items, out)) return false;
    out += items.size() == 1 ? ",)" : ")";
    return true;
}

bool repr_container(Vm& vm, const Value& value, std::string& out) {
    auto& stack = objects_state(vm).repr_stack;
    const bool inside = std::find(stack.begin(), stack.end(), value.object) != stack.end();
    if (stack.size() > kReprDepthMax) {
        vm.raise(vm.types().recursion_error,
                 "maximum recursion depth exceeded while getting the repr of an object");
        return false;
    }
    stack.push_back(value.object);
    bool ok = true;
    if (const List* list = as_list(value)) {
        out += '[';
        ok = inside ? (out += "...", true) : repr_items(vm, list->items, out);
        out += ']';
    } else if (const Tuple* tuple = as_tuple(value)) {
        if (inside) {
            out += "(...)";
        } else {
            ok = repr_tuple(vm, tuple->items, out);
        }
    } else if (const Dict* dict = as_dict(value)) {
        const bool is_default = static_cast<bool>(dict->default_factory);
        if (is_default) {
            out += "defaultdict(";
            ok = vm.repr(dict->default_factory, out);
            out += ", ";
        }
        out += '{';
        ok = ok && (inside ? (out += "...", true) : repr_table(vm, *dict, 3, out));
        out += is_default ? "})" : "}";
    } else if (const Set* set = as_set(value)) {
        const bool plain = set->cls == vm.types().set;
        if (set->live_count == 0 || inside) {
            out += cat(set->cls->name, inside ? "(...)" : "()");
        } else {
            out += plain ? "{" : cat(set->cls->name, "({");
            ok = repr_table(vm, *set, 0, out);
            out += plain ? "}" : "})";
        }
    }
    stack.pop_back();
    return ok;
}

std::string qualified(const Class& cls) {
    const std::string& name = cls.qualname.empty() ? cls.name : cls.qualname;
    return cls.module.empty() || cls.module == "builtins" ? name : cat(cls.module, ".", name);
}

bool repr_exception(Vm& vm, const ExceptionInstance& error, std::string& out) {
    out += error.cls->name;
    if (error.args.size() != 1) return repr_tuple(vm, error.args, out);
    out += '(';
    if (!vm.repr(error.args[0], out)) return false;
    out += ')';
    return true;
}

bool repr_instance(Vm& vm, const Value& value, std::string& out) {
    if (const ExceptionInstance* error = as_exception(value)) {
        return repr_exception(vm, *error, out);
    }
    if (type_form(value)) return form_repr(vm, value, out);
    if (const DictView* view = native_state<DictView>(value)) {
        out += value.object->cls->name;
        out += "([";
        if (!repr_table(vm, *as_dict(view->dict), view->kind, out)) return false;
        out += "])";
        return true;
    }
    const Value plain = unboxed(value);
    if (!plain.is_object()) return vm.repr(plain, out);
    out += cat("<", qualified(*value.object->cls), " object at ", address_text(vm, value), ">");
    return true;
}

bool repr_range(const Range& range, std::string& out) {
    out += cat("range(", range.start, ", ", range.stop);
    if (range.step != 1) out += cat(", ", range.step);
    out += ')';
    return true;
}

bool repr_slice(Vm& vm, const Slice& slice, std::string& out) {
    out += "slice(";
    return vm.repr(slice.lower, out) && (out += ", ", vm.repr(slice.upper, out)) &&
           (out += ", ", vm.repr(slice.step, out)) && (out += ")", true);
}

std::string generator_repr(Vm& vm, const Value& value) {
    const Generator* generator = as_generator(value);
    const char* const kind = generator->type == Generator::Type::Coroutine ? "coroutine"
                             : generator->type == Generator::Type::AsyncGenerator
                                 ? "async_generator"
                                 : "generator";
    return cat("<", kind, " object ", generator->qualname, " at ", address_text(vm, value), ">");
}

bool repr_bound(Vm& vm, const BoundMethod& method, std::string& out) {
    if (const Native* native = as_native(method.function)) {
        out += cat("<built-in method ", native->name, " of ", type_name(vm, method.self),
                   " object at ", address_text(vm, method.self), ">");
        return true;
    }
    const Function* function = as_function(method.function);
    out += cat("<bound method ", function ? function->qualname : "?", " of ");
    if (!vm.repr(method.self, out)) return false;
    out += '>';
    return true;
}

}  // namespace

std::string float_repr(double value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
    char text[32];
    int precision = 0;
    do {
        std::snprintf(text, sizeof text, "%.*e", precision, value);
    } while (std::strtod(text, nullptr) != value && ++precision < 17);
    const std::string_view all(text);
    const std::size_t e = all.find('e');
    const int exponent = std::atoi(text + e + 1);
    std::string digits;
    for (const char c : all.substr(0, e)) {
        if (c >= '0' && c <= '9') digits += c;
    }
    while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
    std::string out = text[0] == '-' ? "-" : "";
    const auto count = static_cast<int>(digits.size());
    if (exponent >= 16 || exponent < -4) {
        out += digits[0];
        if (count > 1) out += cat(".", digits.substr(1));
        const int size = exponent < 0 ? -exponent : exponent;
        return out + cat(exponent < 0 ? "e-" : "e+", size < 10 ? "0" : "", size);
    }
    if (exponent < 0) {
        return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    }
    if (count <= exponent + 1) {
        return out + digits + std::string(static_cast<std::size_t>(exponent + 1 - count), '0') +
               ".0";
    }
    const auto point = static_cast<std::size_t>(exponent + 1);
    return out + digits.substr(0, point) + "." + digits.substr(point);
}

static void append_escaped(std::string& out, char32_t c, char quote) {
    constexpr char kHex[] = "0123456789abcdef";
    const auto put_hex = [&](int digits) {
        for (int i = digits - 1; i >= 0; --i) out += kHex[(c >> (4 * i)) & 15];
    };
    if (c == static_cast<char32_t>(quote) || c == '\\') {
        out += '\\';
        out += static_cast<char>(c);
    } else if (c == '\n') {
        out += "\\n";
    } else if (c == '\r') {
        out += "\\r";
    } else if (c == '\t') {
        out += "\\t";
    } else if (c < 0x100) {
        out += "\\x";
        put_hex(2);
    } else if (c < 0x10000) {
        out += "\\u";
        put_hex(4);
    } else {
        out += "\\U";
        put_hex(8);
    }
}

static char quote_for(std::string_view text) {
    return text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos
               ? '"'
               : '\'';
}

std::string quoted(std::string_view text) {
    const char quote = quote_for(text);
    std::string out(1, quote);
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t begin = i;
        const char32_t c = code_point_at(text, i);
        if (c == static_cast<char32_t>(quote) || c == '\\' || !is_printable(c)) {
            append_escaped(out, c, quote);
        } else {
            out += text.substr(begin, i - begin);
        }
    }
    out += quote;
    return out;
}

std::string bytes_repr(std::string_view bytes) {
    const char quote = quote_for(bytes);
    std::string out = "b";
    out += quote;
    for (const char each : bytes) {
        const auto c = static_cast<unsigned char>(each);
        if (each == quote || c == '\\' || c < 0x20 || c >= 0x7F) {
            append_escaped(out, c, quote);
        } else {
            out += each;
        }
    }
    out += quote;
    return out;
}

bool builtin_repr(Vm& vm, const Value& value, std::string& out) {
    switch (value.tag) {
        case Tag::Null:
            out += "<NULL>";
            return true;
        case Tag::None:
            out += "None";
            return true;
        case Tag::Ellipsis:
            out += "Ellipsis";
            return true;
        case Tag::NotImplemented:
            out += "NotImplemented";
            return true;
        case Tag::Bool:
            out += value.boolean ? "True" : "False";
            return true;
        case Tag::Int:
            out += cat(static_cast<long long>(value.integer));
            return true;
        case Tag::Float:
            out += float_repr(value.real);
            return true;
        case Tag::Object:
            break;
    }
    const auto simple = [&](std::string text) {
        out += text;
        return true;
    };
    switch (value.object->kind) {
        case ObjectKind::Str:
            return simple(quoted(text_of(value)));
        case ObjectKind::Bytes: {
            const Bytes* bytes = as_bytes(value);
            const std::string text = bytes_repr(bytes->data);
            return simple(bytes->is_mutable ? cat("bytearray(", text, ")") : text);
        }
        case ObjectKind::List:
        case ObjectKind::Tuple:
        case ObjectKind::Dict:
        case ObjectKind::Set:
            return repr_container(vm, value, out);
        case ObjectKind::Range:
            return repr_range(*as_range(value), out);
        case ObjectKind::Slice:
            return repr_slice(vm, *as_slice(value), out);
        case ObjectKind::Function:
            return simple(cat("<function ", as_function(value)->qualname, " at ",
                              address_text(vm, value), ">"));
        case ObjectKind::Native:
            return simple(cat("<built-in function ", as_native(value)->name, ">"));
        case ObjectKind::BoundMethod:
            return repr_bound(vm, *as_bound_method(value), out);
        case ObjectKind::Class: {
            const Class* cls = as_class(value);
            if (cls->is_exception && cls->module == "builtins") {
                return simple(cat("<class '", cls->name, "'>"));
            }
            return simple(cat("<class '", qualified(*cls), "'>"));
        }
        case ObjectKind::Module: {
            const Module* module = as_module(value);
            return simple(cat("<module '", module->name, "' from '", module->name, ".py'>"));
        }
        case ObjectKind::Instance:
            return repr_instance(vm, value, out);
        case ObjectKind::Generator:
            return simple(generator_repr(vm, value));
        case ObjectKind::Unknown:
            return simple(cat("{", as_unknown(value)->label, "}"));
        case ObjectKind::Property:
        case ObjectKind::StaticMethod:
        case ObjectKind::ClassMethod:
        case ObjectKind::Cell:
        case ObjectKind::Iterator:
        case ObjectKind::Awaitable:
        case ObjectKind::Task:
        case ObjectKind::Future:
        case ObjectKind::Super:
            break;
    }
    return simple(
        cat("<", qualified(*value.object->cls), " object at ", address_text(vm, value), ">"));
}

// __str__ or __repr__ of the paste or of a library; `found` false: the builtin way.
static Value call_text_method(Vm& vm, const Value& value, const char* name, bool& found) {
    found = false;
    if (!value.is_object() || (value.object->cls->methods && !as_class(value))) return {};
    if (as_class(value) && !as_class(value)->metaclass) return {};
    const Value result = call_special(vm, value, name, {}, found);
    if (!found || !result || as_str(result) || as_unknown(result)) return result;
    return type_error(vm, cat(name, " returned non-string (type ", type_name(vm, result), ")"));
}

bool Vm::repr(const Value& value, std::string& out) {
    const Deeper deeper(*this,
                        "maximum recursion depth exceeded while getting the repr of an object");
    if (!deeper.ok()) return false;
    if (out.size() > limits::kHeapBytesMax && !charge(out.size())) return false;
    bool found = false;
    const Value text = call_text_method(*this, value, "__repr__", found);
    if (!found) return builtin_repr(*this, value, out);
    if (!text) return false;
    out += symbolic(text).text;
    return true;
}

// What an exception's own __str__ says.
static Value exception_text(Vm& vm, const Value& value) {
    const Deeper deeper(vm);
    if (!deeper.ok()) return {};
    const ExceptionInstance& error = *as_exception(value);
    const Builtins& types = vm.types();
    const auto number = static_cast<std::size_t>(error.args.size());
    if (error.cls->derives_from(types.base_exception_group) && !error.args.empty()) {
        const std::size_t count = error.group.size();
        TextBuilder builder;
        builder.add(vm.str_of(error.args[0]));
        builder.add(cat(" (", count, count == 1 ? " sub-exception)" : " sub-exceptions)"));
        return builder.str(vm);
    }
    if (error.cls->derives_from(types.key_error) && number == 1) {
        std::string text;
        if (!vm.repr(error.args[0], text)) return {};
        return vm.str(text, deep_origin(vm, error.args[0]));
    }
    if (error.cls->derives_from(types.os_error) && number >= 2) {
        std::string text = "[Errno ";
        if (!vm.to_str(error.args[0], text)) return {};
        text += "] ";
        if (!vm.to_str(error.args[1], text)) return {};
        const Value* filename = error.attributes.find("filename");
        const Value named = filename ? *filename : number > 2 ? error.args[2] : Value::none();
        if (!named.is_none()) {
            text += ": ";
            if (!vm.repr(named, text)) return {};
        }
        return vm.str(text);
    }
    if (error.cls->derives_from(types.unicode_error) && number == 5) {
        return vm.str(unicode_error_text(vm, error), deep_origin(vm, value));
    }
    if (number == 0) return vm.str("");
    if (number == 1) return vm.str_of(error.args[0]);
    std::string text;
    if (!repr_tuple(vm, error.args, text)) return {};
    return vm.str(text, deep_origin(vm, value));
}

Value builtin_str(Vm& vm, const Value& value) {
    if (as_exception(value)) return exception_text(vm, value);
    if (as_str(value)) return text_slice(vm, value, 0, std::string::npos);
    if (as_unknown(value)) return build_string(vm, &value, 1);
    std::string text;
    if (value.is_object()) {
        if (!vm.repr(value, text)) return {};
    } else if (!builtin_repr(vm, value, text)) {
        return {};
    }
    return vm.str(std::move(text), deep_origin(vm, value));
}

Value Vm::str_of(const Value& value) {
    if (const Str* text = as_str(value); text && text->cls == types_.str) return value;
    bool found = false;
    const Value text = call_text_method(*this, value, "__str__", found);
    if (!found) return value ? builtin_str(*this, value) : Value();
    return as_unknown(text) ? build_string(*this, &text, 1) : text;
}

bool Vm::to_str(const Value& value, std::string& out) {
    const Value text = str_of(value);
    if (!text) return false;
    out += text_of(text);
    return true;
}

}  // namespace wh::program
