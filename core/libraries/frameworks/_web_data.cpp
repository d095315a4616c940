// starlette.datastructures (starlette 0.46.1, starlette/datastructures.py) and fastapi.UploadFile.
#include <algorithm>

#include "base/text.h"
#include "libraries/frameworks/_web.h"
#include "libraries/shared/url.h"

namespace wh::libraries::web {

// -- Headers, QueryParams, FormData ---------------------------------------------------------------
const Value* Pairs::find(std::string_view name) const {
    const Value* found = nullptr;
    for (const auto& [key, value] : items) {
        if (headers ? ascii_equal_ignoring_case(key, name) : key == name) {
            found = &value;
            if (headers) break;
        }
    }
    return found;
}

void Pairs::set(std::string_view name, const Value& value) {
    const std::string key = headers ? ascii_lower(name) : std::string(name);
    const auto same = [&key](const auto& item) { return item.first == key; };
    const auto first = std::find_if(items.begin(), items.end(), same);
    if (first == items.end()) {
        items.emplace_back(key, value);
        return;
    }
    first->second = value;
    items.erase(std::remove_if(first + 1, items.end(), same), items.end());
}

bool Pairs::erase(std::string_view name) {
    const std::size_t before = items.size();
    std::erase_if(items, [this, name](const auto& item) {
        return headers ? ascii_equal_ignoring_case(item.first, name) : item.first == name;
    });
    return items.size() != before;
}

Value make_pairs(Vm& vm, std::string_view class_name, bool unknown, std::string label,
                 std::vector<std::pair<std::string, Value>> items) {
    const Value made = vm.instance(vm.class_in("starlette.datastructures", class_name));
    Pairs& pairs = attach<Pairs>(made);
    pairs.headers = class_name.ends_with("Headers");
    pairs.unknown = unknown;
    pairs.label = std::move(label);
    pairs.items = std::move(items);
    return made;
}

Value pairs_get(Vm& vm, const Pairs& pairs, std::string_view name) {
    if (const Value* found = pairs.find(name)) return *found;
    return pairs.unknown ? unknown_input(vm, name, vm.types().str) : Value();
}

bool read_pairs(Vm& vm, const Value& source, std::vector<std::pair<std::string, Value>>& out) {
    if (!source || source.is_none()) return true;
    if (const Pairs* pairs = native_state<Pairs>(source)) {
        out = pairs->items;
        return true;
    }
    if (const Bytes* bytes = as_bytes(source)) {
        for (auto& [key, value] : decode_pairs(bytes->data)) out.emplace_back(key, vm.str(value));
        return true;
    }
    if (as_str(source)) {
        for (auto& [key, value] : decode_pairs(text_of(source))) {
            out.emplace_back(key, vm.str(value));
        }
        return true;
    }
    if (as_unknown(source)) return true;
    const Value items = vm.find_attribute(source, "items");
    const Value list = items ? vm.call(items) : source;
    if (!list) return false;
    for (const Value& item : items_of(vm, list)) {
        const std::vector<Value> pair = items_of(vm, item);
        if (pair.size() == 2) out.emplace_back(symbolic_text(vm, pair[0]), pair[1]);
    }
    return !vm.failed();
}

namespace {

Pairs& pairs_of(const Arguments& arguments) {
    return *native_state<Pairs>(arguments.self);
}

Value pairs_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "source?, headers?, raw?, scope?, **kwargs", bound)) {
        return {};
    }
    Pairs& pairs = attach<Pairs>(arguments.self);
    const Class* cls = vm.class_of(arguments.self);
    pairs.headers = cls->derives_from(vm.class_in("starlette.datastructures", "Headers"));
    Value source = bound["source"];
    for (const char* name : {"headers", "raw"}) {
        if (bound.has_value(name)) source = bound[name];
    }
    if (bound.has_value("scope")) {
        source = vm.get_item(bound["scope"], vm.str("headers"));
        if (!source) return {};
    }
    if (!read_pairs(vm, source, pairs.items)) return {};
    for (auto& [key, value] : pairs.items) {
        if (pairs.headers) key = ascii_lower(key);
        if (const Bytes* bytes = as_bytes(value)) value = vm.str(bytes->data, value.origin);
    }
    for (const auto& [key, value] : bound.extra()) pairs.items.emplace_back(key, value);
    return Value::none();
}

Value pairs_getitem(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__getitem__", "key", bound)) return {};
    const std::string key = text(vm, bound["key"]);
    const Value found = pairs_get(vm, pairs_of(arguments), key);
    return found ? found
                 : vm.raise(vm.make_exception(vm.types().key_error, std::vector{vm.str(key)}));
}

Value pairs_get_method(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "get", "key, default?", bound)) return {};
    const Value found = pairs_get(vm, pairs_of(arguments), text(vm, bound["key"]));
    if (found) return found;
    return bound.has("default") ? bound["default"] : Value::none();
}

Value pairs_getlist(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "getlist", "key", bound)) return {};
    const Pairs& pairs = pairs_of(arguments);
    const std::string name = text(vm, bound["key"]);
    std::vector<Value> out;
    for (const auto& [key, value] : pairs.items) {
        if (pairs.headers ? ascii_equal_ignoring_case(key, name) : key == name) {
            out.push_back(value);
        }
    }
    if (pairs.unknown && out.empty()) return unknown_input(vm, name, vm.types().list);
    return vm.list(std::move(out));
}

enum class Part : std::uint8_t { Keys, Values, Items };
// Headers repeat names; the others behave as a dict of the last values, except multi_items().
Value pairs_list(Vm& vm, const Pairs& pairs, Part part, bool all) {
    if (pairs.unknown) return unknown_input(vm, pairs.label, vm.types().list);
    std::vector<Value> out;
    std::vector<std::string> done;
    for (const auto& [key, value] : pairs.items) {
        if (!all && std::find(done.begin(), done.end(), key) != done.end()) continue;
        done.push_back(key);
        const Value shown = all ? value : *pairs.find(key);
        out.push_back(part == Part::Keys     ? vm.str(key)
                      : part == Part::Values ? shown
                                             : vm.tuple({vm.str(key), shown}));
    }
    return vm.list(std::move(out));
}
template <Part P>
Value pairs_part(Vm& vm, Arguments& arguments) {
    const Pairs& pairs = pairs_of(arguments);
    return pairs_list(vm, pairs, P, pairs.headers);
}
Value pairs_multi_items(Vm& vm, Arguments& arguments) {
    return pairs_list(vm, pairs_of(arguments), Part::Items, true);
}
Value pairs_iter(Vm& vm, Arguments& arguments) {
    const Value keys = pairs_part<Part::Keys>(vm, arguments);
    return keys ? vm.iterate(keys) : keys;
}
Value pairs_len(Vm& vm, Arguments& arguments) {
    const Value keys = pairs_part<Part::Keys>(vm, arguments);
    std::int64_t length = 0;
    return keys && vm.length(keys, length) ? Value::of(length) : Value();
}
Value pairs_contains(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__contains__", "key", bound)) return {};
    const Pairs& pairs = pairs_of(arguments);
    const std::string name = text(vm, bound["key"]);
    if (pairs.find(name)) return Value::of(true);
    return pairs.unknown ? unknown_input(vm, name, vm.types().boolean) : Value::of(false);
}
Value pairs_raw(Vm& vm, Arguments& arguments) {
    std::vector<Value> out;
    for (const auto& [key, value] : pairs_of(arguments).items) {
        out.push_back(vm.tuple({vm.bytes(key), vm.bytes(symbolic_text(vm, value), value.origin)}));
    }
    return vm.list(std::move(out));
}
Value pairs_str(Vm& vm, Arguments& arguments) {
    const Pairs& pairs = pairs_of(arguments);
    std::vector<std::pair<std::string, std::string>> out;
    for (const auto& [key, value] : pairs.items) out.emplace_back(key, text(vm, value));
    return vm.str(encode_pairs(out));
}
Value pairs_repr(Vm& vm, Arguments& arguments) {
    const Pairs& pairs = pairs_of(arguments);
    const std::string name = vm.class_of(arguments.self)->name;
    if (!pairs.headers && name == "QueryParams") {
        const Value query = pairs_str(vm, arguments);
        std::string shown;
        return vm.repr(query, shown) ? vm.str(cat("QueryParams(", shown, ")")) : Value();
    }
    std::string shown;
    Value list = pairs_list(vm, pairs, Part::Items, true);
    if (pairs.headers) {
        const Value dict = vm.dict();
        for (const auto& [key, value] : pairs.items) as_dict(dict)->set(vm, vm.str(key), value);
        list = dict;
    }
    return vm.repr(list, shown) ? vm.str(cat(name, "(", shown, ")")) : Value();
}
Value pairs_mutablecopy(Vm& vm, Arguments& arguments) {
    return make_pairs(vm, "MutableHeaders", false, {}, pairs_of(arguments).items);
}

Value pairs_setitem(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__setitem__", "key, value", bound)) return {};
    pairs_of(arguments).set(text(vm, bound["key"]), bound["value"]);
    return Value::none();
}
Value pairs_delitem(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__delitem__", "key", bound)) return {};
    pairs_of(arguments).erase(text(vm, bound["key"]));
    return Value::none();
}
Value pairs_setdefault(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "setdefault", "key, value", bound)) return {};
    Pairs& pairs = pairs_of(arguments);
    const std::string key = text(vm, bound["key"]);
    if (const Value* found = pairs.find(key)) return *found;
    pairs.set(key, bound["value"]);
    return bound["value"];
}
Value pairs_update(Vm& vm, Arguments& arguments) {
    Bound bound;
    std::vector<std::pair<std::string, Value>> more;
    if (!arguments.bind(vm, "update", "other", bound) || !read_pairs(vm, bound["other"], more)) {
        return {};
    }
    for (const auto& [key, value] : more) pairs_of(arguments).set(key, value);
    return Value::none();
}
Value pairs_ior(Vm& vm, Arguments& arguments) {
    return pairs_update(vm, arguments) ? arguments.self : Value();
}
Value pairs_append(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "append", "key, value", bound)) return {};
    pairs_of(arguments).items.emplace_back(ascii_lower(text(vm, bound["key"])), bound["value"]);
    return Value::none();
}
Value pairs_add_vary(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "add_vary_header", "vary", bound)) return {};
    Pairs& pairs = pairs_of(arguments);
    const Value* old = pairs.find("vary");
    pairs.set("vary", old ? vm.concat({*old, vm.str(", "), bound["vary"]}) : bound["vary"]);
    return Value::none();
}
Value pairs_close(Vm&, Arguments&) {
    return Value::none();
}

// -- URL ------------------------------------------------------------------------------------------
std::string url_text(Vm& vm, const Value& self) {
    return text(vm, attribute(vm, self, "_url"));
}

Value url_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "url?, scope?, **components", bound)) return {};
    Value url = bound.has("url") ? vm.str_of(bound["url"]) : vm.str("");
    if (bound.has_value("scope")) url = vm.not_modelled("URL(scope=...)");
    vm.set_attribute(arguments.self, "_url", url);
    return Value::none();
}

Value url_str(Vm& vm, Arguments& arguments) {
    return attribute(vm, arguments.self, "_url");
}

Value url_repr(Vm& vm, Arguments& arguments) {
    std::string shown;
    if (!vm.repr(attribute(vm, arguments.self, "_url"), shown)) return {};
    return vm.str(cat(vm.class_of(arguments.self)->name, "(", shown, ")"));
}

Value url_eq(Vm& vm, Arguments& arguments) {
    if (arguments.positional.empty()) return Value::not_implemented();
    return Value::of(text(vm, arguments.positional[0]) == url_text(vm, arguments.self));
}

// One component, None if it is not there.
Value url_component(Vm& vm, const Value& self, std::string_view name) {
    const Value whole = attribute(vm, self, "_url");
    if (as_unknown(whole)) {
        return vm.unknown(whole.origin, cat("url.", name), vm.types().str);
    }
    const std::string url = text(vm, whole);
    const UrlPieces pieces = split_url(url);
    const auto piece = [&vm, &whole](std::string_view part) {
        return vm.str(std::string(part), whole.origin);
    };
    if (name == "scheme") return piece(pieces.scheme);
    if (name == "netloc") return piece(pieces.authority);
    if (name == "path") return piece(pieces.path);
    if (name == "query") return piece(pieces.query);
    if (name == "fragment") return piece(pieces.fragment);
    if (name == "is_secure") {
        return Value::of(pieces.scheme == "https" || pieces.scheme == "wss");
    }
    std::string_view host = pieces.authority;
    std::string_view user;
    if (const std::size_t at = host.rfind('@'); at != host.npos) {
        user = host.substr(0, at);
        host = host.substr(at + 1);
    }
    const std::size_t colon = host.rfind(':');
    const bool port = colon != host.npos && host.find(']', colon) == host.npos;
    if (name == "port") {
        return port ? Value::of(std::atoi(std::string(host.substr(colon + 1)).c_str()))
                    : Value::none();
    }
    if (name == "hostname") {
        if (port) host = host.substr(0, colon);
        return host.empty() ? Value::none() : piece(ascii_lower(host));
    }
    const std::size_t split = user.find(':');
    if (user.empty()) return Value::none();
    if (name == "username") return piece(user.substr(0, split));
    return split == user.npos ? Value::none() : piece(user.substr(split + 1));
}
#define WH_URL_PART(part)                                \
    Value url_##part(Vm& vm, Arguments& arguments) {     \
        return url_component(vm, arguments.self, #part); \
    }
WH_URL_PART(scheme)
WH_URL_PART(netloc)
WH_URL_PART(path)
WH_URL_PART(query)
WH_URL_PART(fragment)
WH_URL_PART(is_secure)
WH_URL_PART(port)
WH_URL_PART(hostname)
WH_URL_PART(username)
WH_URL_PART(password)
#undef WH_URL_PART

Value url_replace(Vm& vm, Arguments& arguments) {
    const Value whole = attribute(vm, arguments.self, "_url");
    const std::string url = text(vm, whole);
    const UrlPieces old = split_url(url);
    std::string scheme(old.scheme), netloc(old.authority), path(old.path), query(old.query),
        fragment(old.fragment);
    std::string hostname = text(vm, url_component(vm, arguments.self, "hostname"));
    std::string port = text(vm, url_component(vm, arguments.self, "port"));
    bool rebuilt = false;
    for (const auto& [name, value] : arguments.keywords) {
        const std::string given = text(vm, value);
        if (name == "scheme") scheme = given;
        if (name == "netloc") netloc = given;
        if (name == "path") path = given;
        if (name == "query") query = given;
        if (name == "fragment") fragment = given;
        if (name == "hostname") hostname = given;
        if (name == "port") port = given;
        rebuilt = rebuilt || name == "hostname" || name == "port";
    }
    if (rebuilt) netloc = port.empty() ? hostname : cat(hostname, ":", port);
    std::string out = scheme.empty() ? "" : cat(scheme, ":");
    if (!netloc.empty()) out += cat("//", netloc);
    out += path;
    if (!query.empty()) out += cat("?", query);
    if (!fragment.empty()) out += cat("#", fragment);
    return make_url(vm, out, whole.origin);
}

Value url_include(Vm& vm, Arguments& arguments) {
    const std::string url = url_text(vm, arguments.self);
    auto pairs = decode_pairs(split_url(url).query);
    for (const auto& [name, value] : arguments.keywords) {
        const std::string& key = name;
        std::erase_if(pairs, [&key](const auto& pair) { return pair.first == key; });
        pairs.emplace_back(name, text(vm, value));
    }
    Arguments replaced;
    replaced.self = arguments.self;
    replaced.keywords.emplace_back("query", vm.str(encode_pairs(pairs)));
    return url_replace(vm, replaced);
}

// -- State, Address, UploadFile -------------------------------------------------------------------
Value state_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    std::vector<std::pair<std::string, Value>> items;
    if (!arguments.bind(vm, "__init__", "state?", bound) ||
        !read_pairs(vm, bound["state"], items)) {
        return {};
    }
    for (const auto& [name, value] : items) vm.set_attribute(arguments.self, name, value);
    return Value::none();
}

Value address_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "host, port", bound)) return {};
    vm.set_attribute(arguments.self, "host", bound["host"]);
    vm.set_attribute(arguments.self, "port", bound["port"]);
    return Value::none();
}
Value address_tuple(Vm& vm, const Value& self) {
    return vm.tuple({attribute(vm, self, "host"), attribute(vm, self, "port")});
}
Value address_item(Vm& vm, Arguments& arguments) {
    return vm.get_item(address_tuple(vm, arguments.self), arguments.positional.at(0));
}
Value address_iter(Vm& vm, Arguments& arguments) {
    return vm.iterate(address_tuple(vm, arguments.self));
}

Value upload_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "__init__", "file, *, size?, filename?, headers?", bound)) return {};
    for (const char* name : {"file", "size", "filename", "headers"}) {
        vm.set_attribute(arguments.self, name, bound.has(name) ? bound[name] : Value::none());
    }
    return Value::none();
}
// Everything goes to the file object inside (an io.BytesIO).
template <std::size_t N>
struct Name {
    char text[N];
    constexpr Name(const char (&from)[N]) { std::copy(from, from + N, text); }
};
template <Name M>
Value upload_file(Vm& vm, Arguments& arguments) {
    const Value file = attribute(vm, arguments.self, "file");
    const Value method = vm.get_attribute(file, M.text);
    Arguments passed;
    passed.positional = arguments.positional;
    passed.keywords = arguments.keywords;
    return method ? vm.call(method, std::move(passed)) : method;
}
Value upload_content_type(Vm& vm, Arguments& arguments) {
    const Pairs* headers = native_state<Pairs>(attribute(vm, arguments.self, "headers"));
    const Value* found = headers ? headers->find("content-type") : nullptr;
    return found ? *found : Value::none();
}

}  // namespace

Value make_url(Vm& vm, std::string url, const trust::Origin* origin) {
    const Value made = vm.instance(vm.class_in("starlette.datastructures", "URL"));
    vm.set_attribute(made, "_url", vm.str(std::move(url), origin));
    return made;
}

Value make_state(Vm& vm) {
    return vm.instance(vm.class_in("starlette.datastructures", "State"));
}

Value make_upload(Vm& vm, std::string filename, std::string content_type, std::string content,
                  std::string_view field) {
    const auto size = static_cast<std::int64_t>(content.size());
    const Value bytes = vm.bytes(std::move(content), input_origin(vm, field));
    const Value maker = import_attribute(vm, "io", "BytesIO");
    const Value file = maker ? vm.call(maker, {bytes}) : maker;
    if (!file) return {};
    const Value made = vm.instance(vm.class_in("fastapi.datastructures", "UploadFile"));
    vm.set_attribute(made, "file", file);
    vm.set_attribute(made, "size", Value::of(size));
    vm.set_attribute(made, "filename", input_text(vm, field, std::move(filename)));
    vm.set_attribute(
        made, "headers",
        make_pairs(vm, "Headers", false, {}, {{"content-type", vm.str(std::move(content_type))}}));
    return made;
}

void install_datastructures(Vm& vm, Module& module) {
    if (module.name == "fastapi.datastructures") {
        vm.make_class(module, "UploadFile",
                      {vm.class_in("starlette.datastructures", "UploadFile")});
        for (const char* name : {"URL", "Address", "FormData", "Headers", "QueryParams", "State"}) {
            module.globals.set(name, Value::of(vm.class_in("starlette.datastructures", name)));
        }
        return;
    }
    Class* multi = vm.make_class(module, "ImmutableMultiDict");
    Class* headers = vm.make_class(module, "Headers");
    for (Class* cls : {multi, headers}) {
        add_methods(vm, cls,
                    {{"__init__", &pairs_init},
                     {"__getitem__", &pairs_getitem},
                     {"__contains__", &pairs_contains},
                     {"__iter__", &pairs_iter},
                     {"__len__", &pairs_len},
                     {"__repr__", &pairs_repr},
                     {"get", &pairs_get_method},
                     {"getlist", &pairs_getlist},
                     {"keys", &pairs_part<Part::Keys>},
                     {"values", &pairs_part<Part::Values>},
                     {"items", &pairs_part<Part::Items>}});
    }
    vm.method(multi, "multi_items", &pairs_multi_items);
    vm.method(headers, "mutablecopy", &pairs_mutablecopy);
    vm.property(headers, "raw", &pairs_raw);
    Class* query = vm.make_class(module, "QueryParams", {multi});
    vm.method(query, "__str__", &pairs_str);
    Class* form = vm.make_class(module, "FormData", {multi});
    vm.method(form, "close", &async_method<&pairs_close>);
    Class* mutable_headers = vm.make_class(module, "MutableHeaders", {headers});
    Class* mutable_multi = vm.make_class(module, "MultiDict", {multi});
    for (Class* cls : {mutable_headers, mutable_multi}) {
        add_methods(vm, cls,
                    {{"__setitem__", &pairs_setitem},
                     {"__delitem__", &pairs_delitem},
                     {"__ior__", &pairs_ior},
                     {"setdefault", &pairs_setdefault},
                     {"update", &pairs_update},
                     {"append", &pairs_append},
                     {"add_vary_header", &pairs_add_vary}});
    }
    Class* url = vm.make_class(module, "URL");
    add_methods(vm, url,
                {{"__init__", &url_init},
                 {"__str__", &url_str},
                 {"__repr__", &url_repr},
                 {"__eq__", &url_eq},
                 {"replace", &url_replace},
                 {"include_query_params", &url_include},
                 {"replace_query_params", &url_include}});
    add_properties(vm, url,
                   {{"scheme", &url_scheme},
                    {"netloc", &url_netloc},
                    {"path", &url_path},
                    {"query", &url_query},
                    {"fragment", &url_fragment},
                    {"is_secure", &url_is_secure},
                    {"port", &url_port},
                    {"hostname", &url_hostname},
                    {"username", &url_username},
                    {"password", &url_password}});
    Class* state = vm.make_class(module, "State");
    vm.method(state, "__init__", &state_init);
    Class* address = vm.make_class(module, "Address");
    add_methods(
        vm, address,
        {{"__init__", &address_init}, {"__getitem__", &address_item}, {"__iter__", &address_iter}});
    Class* upload = vm.make_class(module, "UploadFile");
    add_methods(vm, upload,
                {{"__init__", &upload_init},
                 {"read", &async_method<&upload_file<"read">>},
                 {"seek", &async_method<&upload_file<"seek">>},
                 {"write", &async_method<&upload_file<"write">>},
                 {"close", &async_method<&upload_file<"close">>}});
    vm.property(upload, "content_type", &upload_content_type);
}

}  // namespace wh::libraries::web
