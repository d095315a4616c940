// httpx.URL, Headers, QueryParams, Cookies, Timeout, Limits (httpx 0.28 _urls.py, _models.py,
// _config.py).
#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "libraries/clients/_httpx.h"

namespace wh::libraries::httpx {

using program::native_state;

Class* class_of(Vm& vm, std::string_view name) {
    return vm.class_in("httpx", name);
}

Value raise(Vm& vm, std::string_view name, std::string_view message) {
    return vm.raise(class_of(vm, name), message);
}

Value attribute(const Value& instance, std::string_view name) {
    const Instance* object = program::as_instance(instance);
    const Value* found = object ? object->attributes.find(name) : nullptr;
    return found ? *found : Value();
}

UrlState& url_of(const Value& url) {
    UrlState* state = native_state<UrlState>(url);
    WH_CHECK(state != nullptr);
    return *state;
}
HeaderMap& headers_of(const Value& headers) {
    HeadersState* state = native_state<HeadersState>(headers);
    WH_CHECK(state != nullptr);
    return state->map;
}
HeaderMap& header_attribute(const Value& instance) {
    return headers_of(attribute(instance, "headers"));
}

// -- URL
// -------------------------------------------------------------------------------------------
Value make_url(Vm& vm, Url url, SymbolicText raw, bool known) {
    auto state = std::make_unique<UrlState>();
    state->url = std::move(url);
    state->raw = std::move(raw);
    state->known = known;
    return vm.instance(class_of(vm, "URL"), std::move(state));
}

Value make_url(Vm& vm, const Value& value) {
    if (native_state<UrlState>(value)) return value;
    if (!as_str(value) && !as_unknown(value)) {
        std::string shown;
        vm.repr(value, shown);
        return vm.raise(vm.types().type_error,
                        cat("Invalid type for url.  Expected str or httpx.URL, got <class '",
                            type_name_of(vm, value), "'>: ", shown));
    }
    SymbolicText raw = vm.symbolic(value);
    Url url;
    std::string error;
    const bool known = raw.fully_known();
    if (!parse_url(known ? raw.text : masked(raw), UrlHabits::Httpx, url, error) && known) {
        return raise(vm, "InvalidURL", error);
    }
    return make_url(vm, std::move(url), std::move(raw), known);
}

namespace {

Value url_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(
            vm, "URL.__init__",
            "url?, *, params?, scheme?, host?, port?, path?, query?, fragment?, username?, "
            "password?, netloc?, raw_path?, userinfo?, authority?",
            bound)) {
        return {};
    }
    const Value parsed = make_url(vm, bound.has("url") ? bound["url"] : vm.str(""));
    if (parsed.is_null()) return {};
    auto state = std::make_unique<UrlState>();
    UrlState& from = url_of(parsed);
    state->url = from.url;
    state->raw = from.raw;
    state->known = from.known;
    Url& url = state->url;
    const auto text = [&](std::string_view name) { return vm.symbolic(bound[name]).text; };
    bool changed = false;
    if (bound.has_value("scheme")) url.scheme = ascii_lower(text("scheme")), changed = true;
    if (bound.has_value("host")) url.host = ascii_lower(text("host")), changed = true;
    if (bound.has("port")) {
        url.port = bound["port"].is_int() ? static_cast<int>(bound["port"].integer) : -1;
        changed = true;
    }
    if (bound.has_value("path"))
        url.path = percent_encode(text("path"), "!$&'()*+,;=:@/%", true), changed = true;
    if (bound.has("query")) {
        url.query.reset();
        if (bound.has_value("query")) url.query = text("query");
        changed = true;
    }
    if (bound.has_value("raw_path")) {
        const std::string raw = text("raw_path");
        const std::size_t mark = raw.find('?');
        url.path = raw.substr(0, mark);
        url.query.reset();
        if (mark != std::string::npos) url.query = raw.substr(mark + 1);
        changed = true;
    }
    if (bound.has_value("fragment")) url.fragment = text("fragment"), changed = true;
    if (bound.has("username") || bound.has("password")) {
        const std::string user = bound.has_value("username") ? text("username") : "";
        const std::string password = bound.has_value("password") ? text("password") : "";
        url.userinfo = percent_encode(user, "!$&'()*+,", false);
        if (!password.empty())
            url.userinfo += cat(":", percent_encode(password, "!$&'()*+,", false));
        changed = true;
    }
    if (bound.has_value("params")) {
        const Value params = make_params(vm, bound["params"]);
        if (params.is_null()) return {};
        const std::string query = encode(native_state<ParamsState>(params)->pairs);
        url.query.reset();
        if (!query.empty()) url.query = query;
        changed = true;
    }
    if (changed && state->known) state->raw = text_from(url.text(), origin_of(vm, state->raw));
    program::as_instance(arguments.self)->native = std::move(state);
    return Value::none();
}

Value url_copy(Vm& vm, Arguments& arguments) {
    Arguments again = arguments;
    again.self = Value();
    again.positional.insert(again.positional.begin(), arguments.self);
    return vm.call(Value::of(vm.class_of(arguments.self)), again);
}

Value url_text(Vm& vm, const UrlState& state) {
    if (!state.known) return vm.str(state.raw);
    return vm.str(state.url.text(), origin_of(vm, state.raw));
}
Value url_str(Vm& vm, Arguments& arguments) {
    return url_text(vm, url_of(arguments.self));
}
Value url_repr(Vm& vm, Arguments& arguments) {
    Url url = url_of(arguments.self).url;
    const std::size_t colon = url.userinfo.find(':');
    if (colon != std::string::npos) url.userinfo = cat(url.userinfo.substr(0, colon), ":[secure]");
    return vm.str(cat("URL('", url.text(), "')"));
}
Value url_join(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "join", "url", bound)) return {};
    const Value other = make_url(vm, bound["url"]);
    if (other.is_null()) return {};
    const UrlState& base = url_of(arguments.self);
    const UrlState& more = url_of(other);
    if (!base.known || !more.known) {
        SymbolicText raw = base.raw;
        append(raw, more.raw);
        return make_url(vm, base.url, std::move(raw), false);
    }
    const trust::Origin* origin = vm.derive({origin_of(vm, base.raw), origin_of(vm, more.raw)});
    return make_url(vm, vm.str(join_url(base.url.text(), more.url.text()), origin));
}
Value url_equal(Vm& vm, Arguments& arguments) {
    const Value other = arguments.positional.empty() ? Value() : arguments.positional[0];
    if (!native_state<UrlState>(other) && !as_str(other)) return Value::of(false);
    const Value parsed = make_url(vm, other);
    if (parsed.is_null()) return {};
    return Value::of(url_of(arguments.self).url.text() == url_of(parsed).url.text());
}
Value url_hash(Vm& vm, Arguments& arguments) {
    std::uint64_t hash = 0;
    vm.hash(vm.str(url_of(arguments.self).url.text()), hash);
    return Value::of(static_cast<std::int64_t>(hash >> 2));
}

enum UrlPart : std::int64_t {
    kScheme,
    kHost,
    kPort,
    kPath,
    kQuery,
    kRawPath,
    kFragment,
    kNetloc,
    kUsername,
    kPassword,
    kUserinfo,
    kParams,
    kAbsolute,
    kRelative,
    kRawHost,
    kRawScheme,
};
template <UrlPart part>
Value url_part(Vm& vm, Arguments& arguments) {
    const UrlState& state = url_of(arguments.self);
    const Url& url = state.url;
    const trust::Origin* origin = origin_of(vm, state.raw);
    if (!state.known && part != kScheme) return vm.unknown(origin, "url");
    switch (part) {
        case kScheme:
            return vm.str(url.scheme, origin);
        case kHost:
            return vm.str(url.host, origin);
        case kPort:
            return url.port < 0 ? Value::none() : Value::of(url.port);
        case kPath:
            return vm.str(percent_decode(url.path.empty() ? "/" : url.path), origin);
        case kQuery:
            return vm.bytes(url.query.value_or(""), origin);
        case kRawPath:
            return vm.bytes(url.target(), origin);
        case kFragment:
            return vm.str(percent_decode(url.fragment.value_or("")), origin);
        case kNetloc:
            return vm.bytes(url.netloc(), origin);
        case kUsername:
            return vm.str(url.username(), origin);
        case kPassword:
            return vm.str(url.password(), origin);
        case kUserinfo:
            return vm.bytes(url.userinfo, origin);
        case kRawHost:
            return vm.bytes(url.host, origin);
        case kRawScheme:
            return vm.bytes(url.scheme, origin);
        case kParams:
            return make_params(vm, vm.str(url.query.value_or(""), origin));
        case kAbsolute:
            return Value::of(!url.is_relative());
        case kRelative:
            return Value::of(url.is_relative());
    }
    return {};
}

// -- Headers
// ---------------------------------------------------------------------------------------
bool header_value(Vm& vm, const Value& value, SymbolicText& out) {
    if (!as_str(value) && !as_bytes(value) && !as_unknown(value)) {
        vm.raise(vm.types().type_error,
                 cat("Header value must be str or bytes, not <class '",
                     value.is_none() ? "NoneType" : type_name_of(vm, value), "'>"));
        return false;
    }
    out = vm.symbolic(value);
    return true;
}

bool read_headers(Vm& vm, const Value& value, HeaderMap& out) {
    if (value.is_null() || value.is_none()) return true;
    if (const HeadersState* other = native_state<HeadersState>(value)) {
        out = other->map;
        return true;
    }
    if (as_unknown(value)) return true;
    const auto add = [&](const Value& name, const Value& given) {
        SymbolicText text;
        if (!header_value(vm, given, text)) return false;
        out.add(vm.symbolic(name).text, std::move(text));
        return true;
    };
    if (const program::Dict* dict = as_dict(value)) {
        for (const program::Dict::Entry& entry : dict->entries) {
            if (entry.live && !add(entry.key, entry.value)) return false;
        }
        return true;
    }
    Value iterable = value;
    const Value items = vm.find_attribute(value, "items");
    if (!items.is_null()) iterable = vm.call(items);
    std::vector<Value> pairs;
    if (iterable.is_null() || !vm.collect(iterable, pairs)) return false;
    for (const Value& each : pairs) {
        const Value name = vm.get_item(each, Value::of(0));
        const Value given = name.is_null() ? name : vm.get_item(each, Value::of(1));
        if (given.is_null() || !add(name, given)) return false;
    }
    return true;
}

Value headers_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    auto state = std::make_unique<HeadersState>();
    if (!arguments.bind(vm, "Headers.__init__", "headers?, encoding?", bound) ||
        !read_headers(vm, bound["headers"], state->map)) {
        return {};
    }
    program::as_instance(arguments.self)->native = std::move(state);
    return Value::none();
}

Value header_text(Vm& vm, const HeaderMap& map, std::string_view name) {
    return vm.str(map.get(name));
}

// keys(), values(), items(), multi_items(): told apart by what was captured.
Value headers_view(Vm& vm, Arguments& arguments) {
    const HeaderMap& map = headers_of(arguments.self);
    const std::int64_t what = (*arguments.captured)[0].integer;
    const HeaderMap shown = what == 3 ? map : map.joined();
    std::vector<Value> out;
    for (const HeaderField& field : shown.fields) {
        const Value name = vm.str(ascii_lower(field.name));
        const Value value = vm.str(field.value);
        out.push_back(what == 0 ? name : what == 1 ? value : vm.tuple({name, value}));
    }
    return vm.list(std::move(out));
}
Value headers_iter(Vm& vm, Arguments& arguments) {
    const Value keys = headers_view(vm, arguments);
    return vm.iterate(keys);
}
Value headers_raw(Vm& vm, Arguments& arguments) {
    std::vector<Value> out;
    for (const HeaderField& field : headers_of(arguments.self).fields) {
        out.push_back(vm.tuple({vm.bytes(field.name), vm.bytes(field.value.text)}));
    }
    return vm.list(std::move(out));
}
Value headers_get(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "get", "key, default?", bound)) return {};
    const HeaderMap& map = headers_of(arguments.self);
    const std::string_view key = text_of(bound["key"]);
    if (map.has(key)) return header_text(vm, map, key);
    return bound.has("default") ? bound["default"] : Value::none();
}
Value headers_get_list(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "get_list", "key, split_commas?", bound)) return {};
    std::vector<Value> out;
    for (const HeaderField& field : headers_of(arguments.self).fields) {
        if (!ascii_equal_ignoring_case(field.name, text_of(bound["key"]))) continue;
        if (!bound["split_commas"].is_true()) {
            out.push_back(vm.str(field.value));
            continue;
        }
        for (const std::string& piece : split(field.value.text, ',')) {
            out.push_back(vm.str(std::string(trim(piece)), origin_of(vm, field.value)));
        }
    }
    return vm.list(std::move(out));
}
Value headers_item(Vm& vm, Arguments& arguments) {
    const HeaderMap& map = headers_of(arguments.self);
    const std::string_view key = text_of(arguments.positional[0]);
    if (map.has(key)) return header_text(vm, map, key);
    return vm.raise(
        vm.make_exception(vm.types().key_error, std::vector<Value>{arguments.positional[0]}));
}
Value headers_set(Vm& vm, Arguments& arguments) {
    SymbolicText value;
    if (!header_value(vm, arguments.positional[1], value)) return {};
    headers_of(arguments.self).set(vm.symbolic(arguments.positional[0]).text, std::move(value));
    return Value::none();
}
Value headers_delete(Vm& vm, Arguments& arguments) {
    if (headers_of(arguments.self).erase(text_of(arguments.positional[0]))) return Value::none();
    return vm.raise(
        vm.make_exception(vm.types().key_error, std::vector<Value>{arguments.positional[0]}));
}
Value headers_pop(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "pop", "key, default?", bound)) return {};
    HeaderMap& map = headers_of(arguments.self);
    const std::string_view key = text_of(bound["key"]);
    if (map.has(key)) {
        const Value value = header_text(vm, map, key);
        map.erase(key);
        return value;
    }
    if (bound.has("default")) return bound["default"];
    return vm.raise(vm.make_exception(vm.types().key_error, std::vector<Value>{bound["key"]}));
}
Value headers_setdefault(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "setdefault", "key, default", bound)) return {};
    HeaderMap& map = headers_of(arguments.self);
    const std::string key = vm.symbolic(bound["key"]).text;
    SymbolicText value;
    if (!map.has(key)) {
        if (!header_value(vm, bound["default"], value)) return {};
        map.add(key, std::move(value));
    }
    return header_text(vm, map, key);
}
Value headers_update(Vm& vm, Arguments& arguments) {
    HeaderMap more;
    if (!arguments.positional.empty() && !read_headers(vm, arguments.positional[0], more))
        return {};
    headers_of(arguments.self).update(more);
    return Value::none();
}
Value headers_contains(Vm&, Arguments& arguments) {
    return Value::of(headers_of(arguments.self).has(text_of(arguments.positional[0])));
}
Value headers_len(Vm&, Arguments& arguments) {
    return Value::of(static_cast<std::int64_t>(headers_of(arguments.self).fields.size()));
}
Value headers_copy(Vm& vm, Arguments& arguments) {
    return make_headers(vm, headers_of(arguments.self));
}

// -- QueryParams
// -----------------------------------------------------------------------------------
Pairs& pairs_of(const Value& params) {
    return native_state<ParamsState>(params)->pairs;
}

// QueryParams is a dict of lists: values of one name stand together.
Pairs grouped(const Pairs& pairs) {
    Pairs out;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto same = [&](const PairValue& pair) {
            return pair.name.text == pairs[i].name.text;
        };
        if (std::none_of(out.begin(), out.end(), same))
            std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(out), same);
    }
    return out;
}

Value params_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    auto state = std::make_unique<ParamsState>();
    if (!arguments.bind(vm, "QueryParams.__init__", "params?, **kwargs", bound)) return {};
    const ParamsState* other = native_state<ParamsState>(bound["params"]);
    if (other)
        state->pairs = other->pairs;
    else if (!read_pairs(vm, bound["params"], true, false, state->pairs))
        return {};
    for (const auto& [name, value] : bound.extra()) {
        if (!read_pairs(vm, vm.dict({{name, value}}), true, false, state->pairs)) return {};
    }
    state->pairs = grouped(state->pairs);
    program::as_instance(arguments.self)->native = std::move(state);
    return Value::none();
}
Value params_str(Vm& vm, Arguments& arguments) {
    return vm.str(encode(pairs_of(arguments.self)));
}
Value params_get(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "get", "key, default?", bound)) return {};
    for (const PairValue& pair : pairs_of(arguments.self)) {
        if (pair.name.text == text_of(bound["key"])) return vm.str(pair.value);
    }
    return bound.has("default") ? bound["default"] : Value::none();
}
Value params_item(Vm& vm, Arguments& arguments) {
    for (const PairValue& pair : pairs_of(arguments.self)) {
        if (pair.name.text == text_of(arguments.positional[0])) return vm.str(pair.value);
    }
    return vm.raise(
        vm.make_exception(vm.types().key_error, std::vector<Value>{arguments.positional[0]}));
}
Value params_items(Vm& vm, Arguments& arguments) {
    std::vector<Value> out;
    for (const PairValue& pair : pairs_of(arguments.self)) {
        out.push_back(vm.tuple({vm.str(pair.name), vm.str(pair.value)}));
    }
    return vm.list(std::move(out));
}
// set(), add(), merge(): a new object each time.
Value params_with(Vm& vm, Arguments& arguments) {
    const std::int64_t what = (*arguments.captured)[0].integer;
    Pairs added;
    if (what == 2) {
        const Value more =
            make_params(vm, arguments.positional.empty() ? Value() : arguments.positional[0]);
        if (more.is_null()) return {};
        added = pairs_of(more);
    } else if (arguments.positional.size() == 2) {
        if (!read_pairs(vm, vm.list({vm.tuple({arguments.positional[0], arguments.positional[1]})}),
                        true, false, added)) {
            return {};
        }
    }
    Pairs pairs = pairs_of(arguments.self);
    auto state = std::make_unique<ParamsState>();
    if (what != 1) {  // a name keeps its place, with the new values only
        Pairs merged;
        Pairs rest = added;
        for (const PairValue& old : pairs) {
            const auto same = [&](const PairValue& pair) {
                return pair.name.text == old.name.text;
            };
            if (std::none_of(added.begin(), added.end(), same)) merged.push_back(old);
            std::copy_if(rest.begin(), rest.end(), std::back_inserter(merged), same);
            std::erase_if(rest, same);
        }
        pairs = std::move(merged);
        added = std::move(rest);
    }
    pairs.insert(pairs.end(), added.begin(), added.end());
    state->pairs = grouped(pairs);
    return vm.instance(class_of(vm, "QueryParams"), std::move(state));
}

// -- Cookies
// ---------------------------------------------------------------------------------------
CookieJar& jar_of(const Value& cookies) {
    return native_state<CookiesState>(cookies)->jar;
}

bool read_cookies(Vm& vm, const Value& value, CookieJar& out) {
    if (value.is_null() || value.is_none() || as_unknown(value)) return true;
    if (const CookiesState* other = native_state<CookiesState>(value)) {
        out = other->jar;
        return true;
    }
    Pairs pairs;
    if (!read_pairs(vm, value, false, false, pairs)) return false;
    for (PairValue& pair : pairs) out.set({pair.name.text, pair.value, "", "/", false});
    return true;
}
Value cookies_init(Vm& vm, Arguments& arguments) {
    auto state = std::make_unique<CookiesState>();
    Bound bound;
    if (!arguments.bind(vm, "Cookies.__init__", "cookies?", bound) ||
        !read_cookies(vm, bound["cookies"], state->jar)) {
        return {};
    }
    program::as_instance(arguments.self)->native = std::move(state);
    return Value::none();
}
Value cookies_set(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "set", "name, value, domain?, path?", bound)) return {};
    Cookie cookie{
        vm.symbolic(bound["name"]).text, {}, std::string(text_of(bound["domain"])), "/", false};
    if (!text_argument(vm, bound["value"], cookie.value)) return {};
    if (as_str(bound["path"])) cookie.path = std::string(text_of(bound["path"]));
    jar_of(arguments.self).set(std::move(cookie));
    return Value::none();
}
Value cookies_get(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "get", "name, default?, domain?, path?", bound)) return {};
    const Cookie* found = nullptr;
    for (const Cookie& cookie : jar_of(arguments.self).cookies) {
        if (cookie.name != text_of(bound["name"])) continue;
        if (bound.has_value("domain") && cookie.domain != text_of(bound["domain"])) continue;
        if (bound.has_value("path") && cookie.path != text_of(bound["path"])) continue;
        if (found)
            return raise(vm, "CookieConflict",
                         cat("Multiple cookies exist with name=", cookie.name));
        found = &cookie;
    }
    if (found) return vm.str(found->value);
    return bound.has("default") ? bound["default"] : Value::none();
}
Value cookies_item(Vm& vm, Arguments& arguments) {
    const Cookie* found = jar_of(arguments.self).find(text_of(arguments.positional[0]));
    if (found) return vm.str(found->value);
    return vm.raise(
        vm.make_exception(vm.types().key_error, std::vector<Value>{arguments.positional[0]}));
}
Value cookies_update(Vm& vm, Arguments& arguments) {
    CookieJar more;
    if (!read_cookies(vm, arguments.positional.empty() ? Value() : arguments.positional[0], more))
        return {};
    jar_of(arguments.self).merge(more);
    return Value::none();
}
Value cookies_delete(Vm& vm, Arguments& arguments) {
    const std::string name = vm.symbolic(arguments.positional[0]).text;
    std::erase_if(jar_of(arguments.self).cookies,
                  [&](const Cookie& cookie) { return cookie.name == name; });
    return Value::none();
}
Value cookies_clear(Vm&, Arguments& arguments) {
    jar_of(arguments.self).cookies.clear();
    return Value::none();
}
Value cookies_view(Vm& vm, Arguments& arguments) {
    const std::int64_t what = (*arguments.captured)[0].integer;
    std::vector<Value> out;
    for (const Cookie& cookie : jar_of(arguments.self).cookies) {
        const Value name = vm.str(cookie.name);
        const Value value = vm.str(cookie.value);
        out.push_back(what == 0 ? name : what == 1 ? value : vm.tuple({name, value}));
    }
    return vm.list(std::move(out));
}
Value cookies_iter(Vm& vm, Arguments& arguments) {
    return vm.iterate(cookies_view(vm, arguments));
}
Value cookies_len(Vm&, Arguments& arguments) {
    return Value::of(static_cast<std::int64_t>(jar_of(arguments.self).cookies.size()));
}
Value cookies_contains(Vm&, Arguments& arguments) {
    return Value::of(jar_of(arguments.self).find(text_of(arguments.positional[0])) != nullptr);
}

// -- Timeout, Limits
// -------------------------------------------------------------------------------
constexpr const char* kTimeouts[] = {"connect", "read", "write", "pool"};

Value timeout_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "Timeout.__init__", "timeout?, *, connect?, read?, write?, pool?",
                        bound)) {
        return {};
    }
    program::Namespace& attributes = program::as_instance(arguments.self)->attributes;
    const Value whole = bound["timeout"];
    const program::Tuple* tuple = as_tuple(whole);
    const Instance* other = program::as_instance(whole);
    for (std::size_t i = 0; i < 4; ++i) {
        Value value = bound[kTimeouts[i]];
        if (tuple) {
            value = i < tuple->items.size() ? tuple->items[i] : Value::none();
        } else if (value.is_null() && other) {
            const Value* of_other = other->attributes.find(kTimeouts[i]);
            value = of_other ? *of_other : Value::none();
        } else if (value.is_null()) {
            value = whole;
        }
        if (value.is_null()) {
            return vm.raise(
                vm.types().value_error,
                "httpx.Timeout must either include a default, or set all four parameters "
                "explicitly.");
        }
        attributes.set(kTimeouts[i], value);
    }
    return Value::none();
}
Value timeout_dict(Vm& vm, Arguments& arguments) {
    const Value out = vm.dict();
    for (const char* name : kTimeouts)
        vm.set_item(out, vm.str(name), attribute(arguments.self, name));
    return out;
}
Value timeout_repr(Vm& vm, Arguments& arguments) {
    std::string texts[4];
    bool same = true;
    for (std::size_t i = 0; i < 4; ++i) {
        vm.repr(attribute(arguments.self, kTimeouts[i]), texts[i]);
        same = same && texts[i] == texts[0];
    }
    if (same) return vm.str(cat("Timeout(timeout=", texts[0], ")"));
    return vm.str(cat("Timeout(connect=", texts[0], ", read=", texts[1], ", write=", texts[2],
                      ", pool=", texts[3], ")"));
}

}  // namespace

Value make_headers(Vm& vm, HeaderMap map) {
    auto state = std::make_unique<HeadersState>();
    state->map = std::move(map);
    return vm.instance(class_of(vm, "Headers"), std::move(state));
}
Value make_headers(Vm& vm, const Value& value) {
    HeaderMap map;
    if (!read_headers(vm, value, map)) return {};
    return make_headers(vm, std::move(map));
}
Value make_params(Vm& vm, const Value& value) {
    if (native_state<ParamsState>(value)) return value;
    auto state = std::make_unique<ParamsState>();
    if (!read_pairs(vm, value, true, false, state->pairs)) return {};
    state->pairs = grouped(state->pairs);
    return vm.instance(class_of(vm, "QueryParams"), std::move(state));
}
Value make_cookies(Vm& vm, const Value& value) {
    auto state = std::make_unique<CookiesState>();
    if (!read_cookies(vm, value, state->jar)) return {};
    return vm.instance(class_of(vm, "Cookies"), std::move(state));
}
Value make_timeout(Vm& vm, const Value& value) {
    return vm.call(Value::of(class_of(vm, "Timeout")), {value});
}

void install_models(Vm& vm, Module& module) {
    const auto with_base = [&](const char* name) {
        return vm.make_class(module, name, {vm.class_in("httpx._values", name)});
    };
    Class* url = with_base("URL");
    vm.method(url, "__init__", &url_init);
    vm.method(url, "__str__", &url_str);
    vm.method(url, "__repr__", &url_repr);
    vm.method(url, "__eq__", &url_equal);
    vm.method(url, "__hash__", &url_hash);
    vm.method(url, "join", &url_join);
    vm.method(url, "copy_with", &url_copy);
    vm.property(url, "scheme", &url_part<kScheme>);
    vm.property(url, "host", &url_part<kHost>);
    vm.property(url, "port", &url_part<kPort>);
    vm.property(url, "path", &url_part<kPath>);
    vm.property(url, "query", &url_part<kQuery>);
    vm.property(url, "raw_path", &url_part<kRawPath>);
    vm.property(url, "fragment", &url_part<kFragment>);
    vm.property(url, "netloc", &url_part<kNetloc>);
    vm.property(url, "username", &url_part<kUsername>);
    vm.property(url, "password", &url_part<kPassword>);
    vm.property(url, "userinfo", &url_part<kUserinfo>);
    vm.property(url, "raw_host", &url_part<kRawHost>);
    vm.property(url, "raw_scheme", &url_part<kRawScheme>);
    vm.property(url, "params", &url_part<kParams>);
    vm.property(url, "is_absolute_url", &url_part<kAbsolute>);
    vm.property(url, "is_relative_url", &url_part<kRelative>);

    Class* headers = with_base("Headers");
    vm.method(headers, "__init__", &headers_init);
    bind_method(vm, headers, "keys", &headers_view, {Value::of(0)});
    bind_method(vm, headers, "values", &headers_view, {Value::of(1)});
    bind_method(vm, headers, "items", &headers_view, {Value::of(2)});
    bind_method(vm, headers, "multi_items", &headers_view, {Value::of(3)});
    bind_method(vm, headers, "__iter__", &headers_iter, {Value::of(0)});
    vm.property(headers, "raw", &headers_raw);
    vm.method(headers, "get", &headers_get);
    vm.method(headers, "get_list", &headers_get_list);
    vm.method(headers, "__getitem__", &headers_item);
    vm.method(headers, "__setitem__", &headers_set);
    vm.method(headers, "__delitem__", &headers_delete);
    vm.method(headers, "pop", &headers_pop);
    vm.method(headers, "setdefault", &headers_setdefault);
    vm.method(headers, "update", &headers_update);
    vm.method(headers, "__contains__", &headers_contains);
    vm.method(headers, "__len__", &headers_len);
    vm.method(headers, "copy", &headers_copy);

    Class* params = with_base("QueryParams");
    vm.method(params, "__init__", &params_init);
    vm.method(params, "__str__", &params_str);
    vm.method(params, "get", &params_get);
    vm.method(params, "__getitem__", &params_item);
    vm.method(params, "multi_items", &params_items);
    bind_method(vm, params, "set", &params_with, {Value::of(0)});
    bind_method(vm, params, "add", &params_with, {Value::of(1)});
    bind_method(vm, params, "merge", &params_with, {Value::of(2)});

    Class* cookies = vm.make_class(module, "Cookies");
    vm.method(cookies, "__init__", &cookies_init);
    vm.method(cookies, "set", &cookies_set);
    vm.method(cookies, "__setitem__", &cookies_set);
    vm.method(cookies, "get", &cookies_get);
    vm.method(cookies, "__getitem__", &cookies_item);
    vm.method(cookies, "update", &cookies_update);
    vm.method(cookies, "delete", &cookies_delete);
    vm.method(cookies, "__delitem__", &cookies_delete);
    vm.method(cookies, "clear", &cookies_clear);
    bind_method(vm, cookies, "keys", &cookies_view, {Value::of(0)});
    bind_method(vm, cookies, "values", &cookies_view, {Value::of(1)});
    bind_method(vm, cookies, "items", &cookies_view, {Value::of(2)});
    bind_method(vm, cookies, "__iter__", &cookies_iter, {Value::of(0)});
    vm.method(cookies, "__len__", &cookies_len);
    vm.method(cookies, "__contains__", &cookies_contains);

    Class* timeout = with_base("Timeout");
    vm.method(timeout, "__init__", &timeout_init);
    vm.method(timeout, "as_dict", &timeout_dict);
    vm.method(timeout, "__repr__", &timeout_repr);
    with_base("Limits");
}

}  // namespace wh::libraries::httpx
