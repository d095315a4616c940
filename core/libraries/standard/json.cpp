// json (Python 3.13 library reference "json", Lib/json).
#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "libraries/library.h"
#include "libraries/shared/json_text.h"

namespace wh::libraries {

namespace {

using namespace program;

// Bound keeps views into these.
#define WH_DUMP_OPTIONS                                                                      \
    "*, skipkeys?, ensure_ascii?, check_circular?, allow_nan?, cls?, indent?, separators?, " \
    "default?, sort_keys?, **kwargs"
#define WH_LOAD_OPTIONS                                                                      \
    "*, cls?, object_hook?, parse_float?, parse_int?, parse_constant?, object_pairs_hook?, " \
    "**kwargs"

bool flag(Vm& vm, const Bound& bound, std::string_view name, bool fallback) {
    bool out = fallback;
    if (bound.has(name)) vm.truth(bound[name], out);
    return out;
}

// Layout of json.dumps' keywords. false: exception.
bool write_options(Vm& vm, const Bound& bound, JsonWriteOptions& out) {
    out.ensure_ascii = flag(vm, bound, "ensure_ascii", true);
    out.allow_nan = flag(vm, bound, "allow_nan", true);
    out.sort_keys = flag(vm, bound, "sort_keys", false);
    out.skip_keys = flag(vm, bound, "skipkeys", false);
    if (bound.has_value("indent")) {
        const Value indent = bound["indent"];
        out.pretty = true;
        if (as_str(indent)) {
            out.indent = text_of(indent);
        } else if (indent.is_int() && indent.integer > 0) {
            const auto width = static_cast<std::size_t>(indent.integer);
            if (!vm.charge(std::min(width, limits::kHeapBytesMax))) return false;
            out.indent.assign(width, ' ');
        }
        out.item_separator = ",";
    }
    if (bound.has_value("separators")) {
        std::vector<Value> pair;
        if (!vm.collect(bound["separators"], pair)) return false;
        if (pair.size() != 2) {
            vm.raise(vm.types().value_error, "not enough values to unpack (expected 2)");
            return false;
        }
        out.item_separator = text_of(pair[0]);
        out.key_separator = text_of(pair[1]);
    }
    if (bound.has_value("default")) out.fallback = bound["default"];
    if (bound.has_value("cls")) {
        const Value encoder = vm.call(bound["cls"]);
        if (!encoder) return false;
        out.fallback = vm.get_attribute(encoder, "default");
    }
    return !vm.failed();
}

Value dumped(Vm& vm, const Value& value, const Bound& bound) {
    JsonWriteOptions options;
    trust::SymbolicText text;
    if (!write_options(vm, bound, options) || !write_json(vm, value, options, text)) return {};
    return vm.str(text);
}

Value json_dumps(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "dumps", "obj, " WH_DUMP_OPTIONS, bound)) return {};
    return dumped(vm, bound["obj"], bound);
}

Value json_dump(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "dump", "obj, fp, " WH_DUMP_OPTIONS, bound)) return {};
    const Value text = dumped(vm, bound["obj"], bound);
    if (!text || !vm.call_method(bound["fp"], "write", {text})) return {};
    return Value::none();
}

Value loaded(Vm& vm, const Value& source, const Bound& bound) {
    if (const Unknown* unknown = as_unknown(source)) {
        return vm.unknown_answer(source.origin, cat("json(", unknown->label, ")"));
    }
    const Bytes* bytes = as_bytes(source);
    if (!as_str(source) && !bytes) {
        return vm.raise(vm.types().type_error,
                        cat("the JSON object must be str, bytes or bytearray, not ",
                            vm.class_of(source)->name));
    }
    const trust::SymbolicText symbolic = vm.symbolic(source);
    if (!symbolic.fully_known()) return vm.unknown(source.origin, "json");
    JsonReadOptions options;
    options.origin = source.origin;
    for (const trust::TextPart& part : symbolic.parts) {
        options.origin = vm.derive({options.origin, part.origin});
    }
    options.object_hook = bound["object_hook"];
    options.pairs_hook = bound["object_pairs_hook"];
    options.parse_float = bound["parse_float"];
    options.parse_int = bound["parse_int"];
    if (bound.has_value("cls")) return vm.not_modelled("json.loads(cls=...)");
    const std::string_view text = bytes ? std::string_view(bytes->data) : text_of(source);
    if (!bytes && text.starts_with("\xEF\xBB\xBF")) {
        const JsonError error{"Unexpected UTF-8 BOM (decode using utf-8-sig)", "", 0, 0};
        return raise_decode_error(vm, text, error);
    }
    JsonError error;
    const std::string_view body = text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
    const Value value = read_json(vm, body, options, error);
    return value || vm.failed() ? value : raise_decode_error(vm, body, error);
}

Value json_loads(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "loads", "s, " WH_LOAD_OPTIONS, bound)) return {};
    return loaded(vm, bound["s"], bound);
}

Value json_load(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "load", "fp, " WH_LOAD_OPTIONS, bound)) return {};
    const Value text = vm.call_method(bound["fp"], "read");
    return text ? loaded(vm, text, bound) : text;
}

// JSONDecodeError(msg, doc, pos), as code raises it in tests of its own.
Value error_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "msg, doc, pos", bound)) return {};
    const std::string_view doc = text_of(bound["doc"]);
    const Value pos = bound["pos"];
    const auto offset =
        pos.is_int() ? static_cast<std::size_t>(std::max<std::int64_t>(pos.integer, 0)) : 0;
    const std::string_view before = doc.substr(0, offset);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto column = offset - (before.rfind('\n') + 1) + 1;
    ExceptionInstance* self = as_exception(arguments.self);
    for (const char* name : {"msg", "doc", "pos"}) self->attributes.set(name, bound[name]);
    self->attributes.set("lineno", Value::of(static_cast<std::int64_t>(line)));
    self->attributes.set("colno", Value::of(static_cast<std::int64_t>(column)));
    self->args = {vm.str(cat(text_of(bound["msg"]), ": line ", static_cast<long long>(line),
                             " column ", column, " (char ", offset, ")"))};
    return Value::none();
}

// JSONEncoder keeps its keywords; a subclass overrides default().
Value encoder_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", WH_DUMP_OPTIONS, bound)) return {};
    const Value options = vm.dict();
    for (const auto& [name, value] : arguments.keywords) {
        if (!as_dict(options)->set(vm, vm.str(name), value)) return {};
    }
    if (!vm.set_attribute(arguments.self, "_options", options)) return {};
    return Value::none();
}

Value encoder_encode(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "encode", "o", bound)) return {};
    Arguments inner;
    inner.positional = {bound["o"]};
    const Value options = vm.find_attribute(arguments.self, "_options");
    if (const Dict* dict = as_dict(options)) {
        for (const Dict::Entry& entry : dict->entries) {
            if (entry.live) inner.keywords.emplace_back(text_of(entry.key), entry.value);
        }
    }
    if (!inner.keyword("default")) {
        inner.keywords.emplace_back("default", vm.get_attribute(arguments.self, "default"));
    }
    return json_dumps(vm, inner);
}

Value encoder_default(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "default", "o", bound)) return {};
    return vm.raise(vm.types().type_error, cat("Object of type ", vm.class_of(bound["o"])->name,
                                               " is not JSON serializable"));
}

void install_json(Vm& vm, Module& module) {
    vm.function(module, "dumps", &json_dumps);
    vm.function(module, "dump", &json_dump);
    vm.function(module, "loads", &json_loads);
    vm.function(module, "load", &json_load);
    Class* error = vm.make_class(module, "JSONDecodeError", {vm.types().value_error});
    error->module = "json.decoder";
    vm.method(error, "__init__", &error_init);
    Class* encoder = vm.make_class(module, "JSONEncoder");
    encoder->module = "json.encoder";
    vm.method(encoder, "__init__", &encoder_init);
    vm.method(encoder, "encode", &encoder_encode);
    vm.method(encoder, "default", &encoder_default);
    Class* decoder = vm.make_class(module, "JSONDecoder");
    decoder->module = "json.decoder";
    vm.method(decoder, "decode", &json_loads);
}

// json.decoder holds the same classes.
void install_decoder(Vm& vm, Module& module) {
    for (const char* name : {"JSONDecodeError", "JSONDecoder"}) {
        module.globals.set(name, Value::of(vm.class_in("json", name)));
    }
}

constexpr ModuleInstaller kModules[] = {{"json", &install_json},
                                        {"json.decoder", &install_decoder}};

}  // namespace

const Library& library_json() {
    static const Library library{"json", "3.13", "JSON encoder and decoder", false, kModules, {}};
    return library;
}

}  // namespace wh::libraries
