// httpx.Request and httpx.Response (httpx 0.28 _models.py, _content.py).
#include "base/text.h"
#include "libraries/clients/_httpx.h"
#include "libraries/shared/lookup.h"
#include "libraries/shared/validation.h"

namespace wh::libraries::httpx {

using program::native_state;
using Kind = Failure::Kind;

RequestState& request_state(const Value& request) {
    RequestState* state = native_state<RequestState>(request);
    WH_CHECK(state != nullptr);
    return *state;
}
ResponseState* response_state(const Value& response) {
    return native_state<ResponseState>(response);
}

// -- Request
// ---------------------------------------------------------------------------------------
namespace {

bool fill_request(Vm& vm, const Value& self, RequestParts parts) {
    auto state = std::make_unique<RequestState>();
    state->span = vm.current_span();
    program::Namespace& attributes = program::as_instance(self)->attributes;
    for (char& c : parts.method) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    Value url = make_url(vm, parts.url);
    if (url.is_null()) return false;
    if (!parts.params.is_null() && !parts.params.is_none()) {  // replaces what the URL had
        const Value params = make_params(vm, parts.params);
        if (params.is_null()) return false;
        const Pairs& pairs = native_state<ParamsState>(params)->pairs;
        UrlState& from = url_of(url);
        Url changed = from.url;
        SymbolicText raw = from.raw;
        changed.query.reset();
        raw = slice(raw, 0, raw.text.find('?'));
        const std::string query = encode(pairs);
        if (!query.empty()) {
            changed.query = query;
            append(raw, plain("?"));
            bool first = true;
            for (const PairValue& pair : pairs) {
                append(raw, plain(cat(first ? "" : "&", pair.name.text, "=")));
                append(raw, pair.value);
                first = false;
            }
        }
        url = make_url(vm, std::move(changed), std::move(raw), from.known);
    }
    const Value headers = make_headers(vm, parts.headers);
    if (headers.is_null()) return false;
    HeaderMap& map = headers_of(headers);
    const UrlState& target = url_of(url);
    if (!parts.cookies.is_null() && !parts.cookies.is_none()) {
        const Value cookies = make_cookies(vm, parts.cookies);
        if (cookies.is_null()) return false;
        SymbolicText line = native_state<CookiesState>(cookies)->jar.header_for(target.url);
        if (!line.text.empty() && !map.has("cookie")) map.add("Cookie", std::move(line));
    }
    Body& body = state->body;
    const auto given = [](const Value& value) { return !value.is_null() && !value.is_none(); };
    bool truthy = false;
    bool raw_data = given(parts.data) && !as_dict(parts.data) && !as_unknown(parts.data);
    if (raw_data && !vm.find_attribute(parts.data, "items").is_null()) raw_data = false;
    if (vm.failed()) return false;
    const bool content = raw_data || given(parts.content);
    if (content) {
        if (!raw_body(vm, raw_data ? parts.data : parts.content, body)) return false;
    } else if (given(parts.files) && (!vm.truth(parts.files, truthy) || truthy)) {
        if (vm.failed() || !multipart_body(vm, parts.data, parts.files, true, body)) return false;
    } else if (given(parts.data) &&
               (as_unknown(parts.data) || !vm.truth(parts.data, truthy) || truthy)) {
        if (vm.failed() || !form_body(vm, parts.data, true, body)) return false;
    } else if (given(parts.json)) {
        if (!json_body(vm, parts.json, body)) return false;
    }
    if (body.chunked) {
        if (!map.has("content-length")) map.set_default("Transfer-Encoding", "chunked");
    } else if (body.present && !body.bytes.empty()) {
        map.set_default("Content-Length", cat(body.bytes.size()));
    }
    if (!body.content_type.empty()) map.set_default("Content-Type", body.content_type);
    HeaderMap all;
    if (!map.has("host") && !target.url.host.empty()) all.add("Host", target.url.netloc());
    const bool sized = map.has("content-length") || map.has("transfer-encoding");
    if (!sized && (parts.method == "POST" || parts.method == "PUT" || parts.method == "PATCH")) {
        all.add("Content-Length", "0");
    }
    all.fields.insert(all.fields.end(), map.fields.begin(), map.fields.end());
    attributes.set("method", vm.str(parts.method));
    attributes.set("url", url);
    attributes.set("headers", make_headers(vm, std::move(all)));
    const Value extensions = vm.dict();
    if (const program::Dict* more = as_dict(parts.extensions)) {
        for (const program::Dict::Entry& entry : more->entries) {
            if (entry.live) vm.set_item(extensions, entry.key, entry.value);
        }
    }
    attributes.set("extensions", extensions);
    program::as_instance(self)->native = std::move(state);
    return true;
}

Value request_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(
            vm, "Request.__init__",
            "method, url, *, params?, headers?, cookies?, content?, data?, files?, json?, "
            "stream?, extensions?",
            bound)) {
        return {};
    }
    RequestParts parts{vm.symbolic(bound["method"]).text,
                       bound["url"],
                       bound["content"],
                       bound["data"],
                       bound["files"],
                       bound["json"],
                       bound["params"],
                       bound["headers"],
                       bound["cookies"],
                       bound["extensions"]};
    return fill_request(vm, arguments.self, std::move(parts)) ? Value::none() : Value();
}
Value request_content(Vm& vm, Arguments& arguments) {
    return vm.bytes(request_state(arguments.self).body.bytes);
}
Value request_repr(Vm& vm, Arguments& arguments) {
    return vm.str(cat("<Request('", text_of(attribute(arguments.self, "method")), "', '",
                      url_of(attribute(arguments.self, "url")).url.text(), "')>"));
}

}  // namespace

Value make_request(Vm& vm, RequestParts parts) {
    const Value made = vm.instance(class_of(vm, "Request"));
    return fill_request(vm, made, std::move(parts)) ? made : Value();
}

// -- Response
// --------------------------------------------------------------------------------------
namespace {

ResponseState* state_of(Vm& vm, const Value& response) {
    ResponseState* state = response_state(response);
    if (!state) vm.raise(vm.types().type_error, "not a Response");
    return state;
}

Value unknown_of(Vm& vm, const ResponseState& state, const char* label, Class* shape = nullptr) {
    return vm.unknown(state.origin, label, shape);
}

Value response_init(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(
            vm, "Response.__init__",
            "status_code, *, headers?, content?, text?, html?, json?, stream?, request?, "
            "extensions?, history?, default_encoding?",
            bound)) {
        return {};
    }
    const Value headers = make_headers(vm, bound["headers"]);
    if (headers.is_null()) return {};
    auto state = std::make_unique<ResponseState>();
    state->read = state->closed = true;
    Body body;
    for (const std::string_view kind : {"content", "text", "html"}) {
        if (!bound.has_value(kind) || body.present) continue;
        if (!raw_body(vm, bound[kind], body)) return {};
        if (kind != "content")
            body.content_type = cat("text/", kind == "text" ? "plain" : "html", "; charset=utf-8");
    }
    if (!body.present && bound.has_value("json") && !json_body(vm, bound["json"], body)) return {};
    HeaderMap& map = headers_of(headers);
    if (body.present) map.set_default("Content-Length", cat(body.bytes.size()));
    if (!body.content_type.empty()) map.set_default("Content-Type", body.content_type);
    state->body = std::move(body.bytes);
    Instance* self = program::as_instance(arguments.self);
    self->attributes.set("status_code", bound["status_code"]);
    self->attributes.set("headers", headers);
    self->attributes.set("history", bound.has_value("history") ? bound["history"] : vm.list());
    self->attributes.set("next_request", Value::none());
    self->attributes.set("extensions",
                         bound.has_value("extensions") ? bound["extensions"] : vm.dict());
    self->attributes.set("default_encoding", vm.str("utf-8"));
    if (bound.has_value("request")) self->attributes.set("_request", bound["request"]);
    self->native = std::move(state);
    return Value::none();
}

Value raise_not_read(Vm& vm) {
    return raise(vm, "ResponseNotRead",
                 "Attempted to access streaming response content, without having called `read()`.");
}

Value content(Vm& vm, Arguments& arguments) {
    const ResponseState* state = state_of(vm, arguments.self);
    if (!state) return {};
    if (state->unknown) return unknown_of(vm, *state, "response.content", vm.types().bytes);
    if (!state->read) return raise_not_read(vm);
    return vm.bytes(state->body, state->origin);
}

std::string charset_of(const Value& response) {
    const std::string type = header_attribute(response).text("content-type");
    const std::size_t at = ascii_lower(type).find("charset=");
    if (at == std::string::npos) return "";
    std::string name = ascii_lower(type.substr(at + 8, type.find(';', at) - at - 8));
    std::erase(name, '"');
    return std::string(trim(name));
}

std::string decode_text(const std::string& bytes, const std::string& charset) {
    if (charset != "iso-8859-1" && charset != "latin-1" && charset != "latin1")
        return valid_utf8(bytes);
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 128) {
            out += c;
        } else {
            out += static_cast<char>(0xC0 | byte >> 6);
            out += static_cast<char>(0x80 | (byte & 63));
        }
    }
    return out;
}

Value text(Vm& vm, Arguments& arguments) {
    const ResponseState* state = state_of(vm, arguments.self);
    if (!state) return {};
    if (state->unknown) return unknown_of(vm, *state, "response.text", vm.types().str);
    if (!state->read) return raise_not_read(vm);
    const Value encoding = attribute(arguments.self, "encoding");
    return vm.str(decode_text(state->body, as_str(encoding) ? std::string(text_of(encoding))
                                                            : charset_of(arguments.self)),
                  state->origin);
}

Value json(Vm& vm, Arguments& arguments) {
    const ResponseState* state = state_of(vm, arguments.self);
    if (!state) return {};
    if (state->unknown) return vm.unknown_answer(state->origin, "response.json()");
    if (!state->read) return raise_not_read(vm);
    return load_json(vm, valid_utf8(state->body), state->origin);
}

Value request_of(Vm& vm, Arguments& arguments) {
    const Value request = attribute(arguments.self, "_request");
    if (!request.is_null()) return request;
    return vm.raise(vm.types().runtime_error,
                    "The request instance has not been set on this response.");
}
Value set_request(Vm&, Arguments& arguments) {
    program::as_instance(arguments.self)->attributes.set("_request", arguments.positional.back());
    return Value::none();
}
Value url(Vm& vm, Arguments& arguments) {
    const Value request = request_of(vm, arguments);
    return request.is_null() ? request : attribute(request, "url");
}

// is_success and so on: the first digits that are meant, as captured numbers.
Value is_class(Vm& vm, Arguments& arguments) {
    const ResponseState* state = state_of(vm, arguments.self);
    if (!state) return {};
    if (state->unknown) return unknown_of(vm, *state, "response.status_code", vm.types().boolean);
    const int digit = status_of(arguments.self) / 100;
    for (const Value& wanted : *arguments.captured) {
        if (wanted.integer == digit) return Value::of(true);
    }
    return Value::of(false);
}

Value reason(Vm& vm, Arguments& arguments) {
    const ResponseState* state = state_of(vm, arguments.self);
    if (!state) return {};
    if (state->unknown) return unknown_of(vm, *state, "response.reason_phrase", vm.types().str);
    return vm.str(state->reason.empty() ? std::string(reason_phrase(status_of(arguments.self)))
                                        : state->reason);
}
Value encoding(Vm& vm, Arguments& arguments) {
    const std::string charset = charset_of(arguments.self);
    return vm.str(charset.empty() ? "utf-8" : charset);
}
Value charset_encoding(Vm& vm, Arguments& arguments) {
    const std::string charset = charset_of(arguments.self);
    return charset.empty() ? Value::none() : vm.str(charset);
}
Value http_version(Vm& vm, Arguments&) {
    return vm.str("HTTP/1.1");
}
Value elapsed(Vm& vm, Arguments& arguments) {
    const ResponseState* state = state_of(vm, arguments.self);
    if (!state) return {};
    const Value timedelta = vm.import_module("datetime");
    const Value make = timedelta.is_null() ? timedelta : vm.get_attribute(timedelta, "timedelta");
    if (make.is_null()) return {};
    Arguments how;
    how.keywords.emplace_back("microseconds", Value::of(vm.clock() - state->started));
    return vm.call(make, how);
}
Value cookies(Vm& vm, Arguments& arguments) {
    const Value made = make_cookies(vm, Value::none());
    const Value request = attribute(arguments.self, "_request");
    const ResponseState* state = state_of(vm, arguments.self);
    if (!state || made.is_null() || request.is_null()) return made;
    native_state<CookiesState>(made)->jar.extract(url_of(attribute(request, "url")).url,
                                                  header_attribute(arguments.self), state->origin);
    return made;
}
Value downloaded(Vm& vm, Arguments& arguments) {
    const ResponseState* state = state_of(vm, arguments.self);
    return state ? Value::of(static_cast<std::int64_t>(state->body.size())) : Value();
}
Value is_stream_consumed(Vm& vm, Arguments& arguments) {
    const ResponseState* state = state_of(vm, arguments.self);
    return state ? Value::of(state->consumed || state->read) : Value();
}
Value is_closed(Vm& vm, Arguments& arguments) {
    const ResponseState* state = state_of(vm, arguments.self);
    return state ? Value::of(state->closed) : Value();
}
Value links(Vm& vm, Arguments& arguments) {
    const Value out = vm.dict();
    const ResponseState* state = state_of(vm, arguments.self);
    if (!state) return {};
    for (const std::string& each : split(header_attribute(arguments.self).text("link"), ',')) {
        const std::size_t open = each.find('<');
        const std::size_t close = each.find('>');
        if (open == std::string::npos || close == std::string::npos) continue;
        const Value link =
            vm.dict({{"url", vm.str(each.substr(open + 1, close - open - 1), state->origin)}});
        std::string key = each.substr(open + 1, close - open - 1);
        for (const std::string& piece : split(each.substr(close + 1), ';')) {
            const std::size_t equals = piece.find('=');
            if (equals == std::string::npos) continue;
            const std::string name(trim(piece.substr(0, equals)));
            std::string value(trim(piece.substr(equals + 1)));
            std::erase(value, '"');
            vm.set_item(link, vm.str(name), vm.str(value, state->origin));
            if (name == "rel") key = value;
        }
        vm.set_item(out, vm.str(key), link);
    }
    return out;
}

Value raise_for_status(Vm& vm, Arguments& arguments) {
    const ResponseState* state = state_of(vm, arguments.self);
    if (!state) return {};
    const Value request = attribute(arguments.self, "_request");
    if (request.is_null()) {
        return vm.raise(
            vm.types().runtime_error,
            "Cannot call `raise_for_status` as the request instance has not been set on this "
            "response.");
    }
    int status = 0;
    if (state->unknown) {
        if (vm.decide(arguments.span(), 2, "the answer is an error (raise_for_status)") == 0) {
            return arguments.self;
        }
        status = 500;
    } else {
        status = status_of(arguments.self);
    }
    const int digit = status / 100;
    if (digit == 2) return arguments.self;
    const char* kind = digit == 1   ? "Informational response"
                       : digit == 3 ? "Redirect response"
                       : digit == 4 ? "Client error"
                       : digit == 5 ? "Server error"
                                    : "Invalid status code";
    std::string message =
        cat(kind, " '", status, " ", state->reason.empty() ? reason_phrase(status) : state->reason,
            "' for url '", url_of(attribute(request, "url")).url.text(), "'\n");
    if (is_redirect(arguments.self)) {
        message +=
            cat("Redirect location: '", header_attribute(arguments.self).text("location"), "'\n");
    }
    message +=
        cat("For more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/",
            status);
    const Value error = vm.make_exception(class_of(vm, "HTTPStatusError"), message);
    program::as_instance(error)->attributes.set("_request", request);
    program::as_instance(error)->attributes.set("response", arguments.self);
    return vm.raise(error);
}

Value response_repr(Vm& vm, Arguments& arguments) {
    const ResponseState* state = state_of(vm, arguments.self);
    if (!state) return {};
    const int status = state->unknown ? 200 : status_of(arguments.self);
    return vm.str(cat("<Response [", status, " ",
                      state->reason.empty() ? reason_phrase(status) : state->reason, "]>"));
}

// -- reading
// ---------------------------------------------------------------------------------------
Value read(Vm& vm, Arguments& arguments) {
    if (!read_response(vm, arguments.self)) return {};
    return content(vm, arguments);
}
Value aread(Vm& vm, Arguments& arguments) {
    return defer(vm, &read, arguments);
}
Value close(Vm& vm, Arguments& arguments) {
    ResponseState* state = state_of(vm, arguments.self);
    if (!state) return {};
    close_response(vm, *state);
    return Value::none();
}
Value aclose(Vm& vm, Arguments& arguments) {
    return defer(vm, &close, arguments);
}

enum Chunks : std::int64_t { kBytes, kText, kLines };

// The pieces of a body: read when the first one is asked for.
struct ChunkIterator final : program::Iterator {
    Value response;
    Chunks chunks = kBytes;
    std::size_t size = 0;  // 0: all at once
    bool raw = false, started = false, unknown_given = false;
    std::vector<std::string> pieces;
    std::size_t at = 0;
    using Iterator::Iterator;

    Value next(Vm& vm) override {
        ResponseState& state = *response_state(response);
        if (state.unknown) {
            if (unknown_given) return {};
            unknown_given = true;
            return vm.unknown(state.origin, "response body",
                              chunks == kBytes ? vm.types().bytes : vm.types().str);
        }
        if (!started) {
            started = true;
            if (!state.read && state.consumed) {
                return raise(
                    vm, "StreamConsumed",
                    "Attempted to read or stream some content, but the content has already been "
                    "streamed. For requests, this could be due to passing a generator as request "
                    "content, and then receiving a redirect response or a secondary request as "
                    "part of an authentication flow.For responses, this could be due to "
                    "attempting to stream the response content more than once.");
            }
            if (!state.read && state.closed) {
                return raise(
                    vm, "StreamClosed",
                    "Attempted to read or stream content, but the stream has been closed.");
            }
            const bool was_read = state.read;
            if (!read_response(vm, response)) return {};
            if (!was_read) {
                state.consumed = true;
                state.read = false;  // streaming does not keep the content
            }
            cut(state);
        }
        if (at >= pieces.size()) return {};
        const std::string& piece = pieces[at++];
        return chunks == kBytes ? vm.bytes(piece, state.origin) : vm.str(piece, state.origin);
    }

    void cut(const ResponseState& state) {
        const std::string all =
            chunks == kBytes ? state.body : decode_text(state.body, charset_of(response));
        if (chunks == kLines) {
            std::string line;
            for (std::size_t i = 0; i < all.size(); ++i) {
                if (all[i] != '\n' && all[i] != '\r') {
                    line += all[i];
                    continue;
                }
                if (all[i] == '\r' && i + 1 < all.size() && all[i + 1] == '\n') ++i;
                pieces.push_back(line);
                line.clear();
            }
            if (!line.empty()) pieces.push_back(line);
            return;
        }
        const std::size_t step = size ? size : all.size();
        for (std::size_t i = 0; i < all.size(); i += step) pieces.push_back(all.substr(i, step));
    }
};

Value chunks_of(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "iter", "chunk_size?", bound)) return {};
    if (!state_of(vm, arguments.self)) return {};
    auto* made = vm.make<ChunkIterator>(program::ObjectKind::Iterator, vm.types().iterator);
    made->response = arguments.self;
    made->chunks = static_cast<Chunks>((*arguments.captured)[0].integer);
    if (bound["chunk_size"].is_int())
        made->size = static_cast<std::size_t>(bound["chunk_size"].integer);
    return Value::of(made);
}

// Async iterators: __anext__ is the next piece, or StopAsyncIteration.
Value async_step(Vm& vm, Arguments& arguments) {
    const Value pieces = attribute(arguments.self, "_pieces");
    const Value piece = vm.next(pieces);
    if (!piece.is_null() || vm.failed()) return piece;
    return vm.raise(vm.make_exception(vm.types().stop_async_iteration, std::vector<Value>{}));
}
Value async_next(Vm& vm, Arguments& arguments) {
    return defer(vm, &async_step, arguments);
}
Value itself(Vm&, Arguments& arguments) {
    return arguments.self;
}
Value achunks_of(Vm& vm, Arguments& arguments) {
    const Value pieces = chunks_of(vm, arguments);
    if (pieces.is_null()) return {};
    const Value made = vm.instance(class_of(vm, "_AsyncChunks"));
    program::as_instance(made)->attributes.set("_pieces", pieces);
    return made;
}
Value async_close(Vm& vm, Arguments& arguments) {
    return defer(
        vm, [](Vm&, Arguments&) { return Value::none(); }, arguments);
}

}  // namespace

int status_of(const Value& response) {
    const Value status = attribute(response, "status_code");
    return status.is_int() ? static_cast<int>(status.integer) : 0;
}

bool is_redirect(const Value& response) {
    const ResponseState* state = response_state(response);
    if (!state || state->unknown) return false;
    const int status = status_of(response);
    return (status == 301 || status == 302 || status == 303 || status == 307 || status == 308) &&
           header_attribute(response).has("location");
}

Value make_response(Vm& vm, std::unique_ptr<ResponseState> state, int status, HeaderMap headers) {
    const bool unknown = state->unknown;
    const trust::Origin* origin = state->origin;
    const Value made = vm.instance(class_of(vm, "Response"), std::move(state));
    program::Namespace& attributes = program::as_instance(made)->attributes;
    attributes.set("status_code",
                   unknown ? vm.unknown(origin, "response.status_code", vm.types().integer)
                           : Value::of(status).with_origin(origin));
    for (HeaderField& field : headers.fields) field.value = text_from(field.value.text, origin);
    attributes.set("headers", unknown ? vm.unknown(headers_of_answer(vm, origin), "response.headers")
                                      : make_headers(vm, std::move(headers)));
    attributes.set("history", vm.list());
    attributes.set("next_request", Value::none());
    attributes.set("extensions", vm.dict());
    return made;
}

void install_messages(Vm& vm, Module& module) {
    Class* request = vm.make_class(module, "Request");
    vm.method(request, "__init__", &request_init);
    vm.method(request, "__repr__", &request_repr);
    vm.property(request, "content", &request_content);
    vm.method(request, "read", &request_content);
    vm.method(request, "aread", [](Vm& each, Arguments& arguments) {
        return defer(each, &request_content, arguments);
    });
    Class* pieces = vm.make_class(module, "_AsyncChunks");
    vm.method(pieces, "__aiter__", &itself);
    vm.method(pieces, "__anext__", &async_next);
    vm.method(pieces, "aclose", &async_close);
    Class* response = vm.make_class(module, "Response");
    vm.method(response, "__init__", &response_init);
    vm.method(response, "__repr__", &response_repr);
    vm.method(response, "json", &json);
    vm.method(response, "raise_for_status", &raise_for_status);
    vm.method(response, "read", &read);
    vm.method(response, "aread", &aread);
    vm.method(response, "close", &close);
    vm.method(response, "aclose", &aclose);
    static constexpr struct {
        const char* name;
        Chunks what;
    } kIterators[] = {
        {"iter_bytes", kBytes}, {"iter_raw", kBytes}, {"iter_text", kText}, {"iter_lines", kLines}};
    for (const auto& each : kIterators) {
        const Value what = Value::of(static_cast<std::int64_t>(each.what));
        bind_method(vm, response, each.name, &chunks_of, {what});
        bind_method(vm, response, cat("a", each.name), &achunks_of, {what});
    }
    static constexpr struct {
        const char* name;
        program::NativeFunction get;
    } kProperties[] = {{"content", &content},
                       {"text", &text},
                       {"url", &url},
                       {"reason_phrase", &reason},
                       {"charset_encoding", &charset_encoding},
                       {"http_version", &http_version},
                       {"elapsed", &elapsed},
                       {"cookies", &cookies},
                       {"is_closed", &is_closed},
                       {"is_stream_consumed", &is_stream_consumed},
                       {"num_bytes_downloaded", &downloaded},
                       {"links", &links}};
    for (const auto& each : kProperties) vm.property(response, each.name, each.get);
    vm.property(response, "request", &request_of, &set_request);
    vm.property(response, "encoding", &encoding, [](Vm&, Arguments& arguments) {
        program::as_instance(arguments.self)
            ->attributes.set("encoding", arguments.positional.back());
        return Value::none();
    });
    static constexpr struct {
        const char* name;
        int first, second;
    } kClasses[] = {{"is_informational", 1, 1}, {"is_success", 2, 2},      {"is_redirect", 3, 3},
                    {"is_client_error", 4, 4},  {"is_server_error", 5, 5}, {"is_error", 4, 5}};
    for (const auto& each : kClasses) {
        auto* made = vm.make<program::Property>(program::ObjectKind::Property, vm.types().property);
        made->name = each.name;
        made->getter =
            vm.native(each.name, &is_class, {Value::of(each.first), Value::of(each.second)});
        as_native(made->getter)->is_method = true;
        response->attributes.set(each.name, Value::of(made));
    }
    vm.property(response, "has_redirect_location",
                [](Vm&, Arguments& arguments) { return Value::of(is_redirect(arguments.self)); });
}

}  // namespace wh::libraries::httpx
