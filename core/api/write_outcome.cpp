// The lab's outcome record (tests/reality/README.md, "Outcomes"; tests/reality/outcome.py).
#include <algorithm>

#include "api/write.h"
#include "base/text.h"

namespace wh::api {

using world::ConnectionRecord;
using world::Outcome;
using world::TlsRecord;

Json write_exception(const trust::ExceptionRecord& error) {
    Json out = {{"class", error.class_name}, {"message", error.message}};
    if (!error.group.empty()) {
        Json group = Json::array();
        for (const trust::ExceptionRecord& one : error.group) group.push_back(write_exception(one));
        out["group"] = std::move(group);
    }
    if (!error.cause.empty()) out["cause"] = write_exception(error.cause.front());
    return out;
}

// The far side tells each byte as the character of that number, as the lab's does.
static std::string latin1(std::string_view bytes) {
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 128) out += static_cast<char>(0xC0 | byte >> 6);
        out += byte < 128 ? c : static_cast<char>(0x80 | (byte & 0x3F));
    }
    return out;
}

// A body is told as JSON if it is JSON, else as text.
static Json body_value(const std::string& body) {
    if (body.empty()) return nullptr;
    const std::string text = latin1(body);
    Json parsed = Json::parse(text, nullptr, false);
    return parsed.is_discarded() ? Json(text) : parsed;
}

static Json header_object(const trust::HeaderList& headers, bool lower) {
    Json out = Json::object();
    for (const auto& [name, value] : headers) {
        const std::string key = lower ? ascii_lower(name) : name;
        if (lower && (key == "date" || key == "server" || key == "content-length" ||
                      key == "connection")) {
            continue;
        }
        const std::string text =
            ascii_lower(name) == "sec-websocket-key" ? "KEY" : latin1(value);
        if (!lower && out.contains(key)) {
            out[key] = cat(*out[key].get_ptr<const std::string*>(), ", ", text);
        } else {
            out[key] = text;
        }
    }
    return out;
}

static Json write_certificate(const world::CertificateDescription& certificate) {
    Json out = {{"names", certificate.names},
                {"issuer", certificate.issuer},
                {"expired", certificate.expired}};
    if (!certificate.common_name_only.empty()) {
        out["common_name_only"] = certificate.common_name_only;
    }
    return out;
}

static Json write_tls(const TlsRecord& tls) {
    const char* const names[] = {"none", "ok", "failed", "unfinished"};
    Json out = {{"state", names[static_cast<int>(tls.state)]}};
    if (tls.server_saw) {
        out["sni"] = tls.sni ? Json(*tls.sni) : Json(nullptr);
        out["certificate"] = write_certificate(tls.certificate);
        if (tls.demands_client_certificate) {
            out["client_certificate"] =
                tls.client_certificate ? Json(*tls.client_certificate) : Json(nullptr);
        }
        if (!tls.server_error.empty()) out["server_error"] = tls.server_error;
    }
    if (tls.error) out["error"] = write_exception(*tls.error);
    return out;
}

static Json write_connection(const ConnectionRecord& connection) {
    Json out = {{"host", connection.host},
                {"address", connection.address},
                {"port", connection.port},
                {"peer", connection.peer},
                {"connect", connection.connect}};
    if (connection.reused) out["reused"] = true;
    if (!connection.reached) return out;
    if (connection.proxy_tls) {
        Json proxy = write_tls(*connection.proxy_tls);
        out["proxy_tls"] = {{"sni", proxy["sni"]}, {"certificate", proxy["certificate"]}};
    }
    out["tls"] = write_tls(connection.tls);
    if (!connection.tunnel_to.empty()) out["tunnel_to"] = connection.tunnel_to;
    if (connection.plain_on_tls_port) out["plain_on_tls_port"] = true;
    Json requests = Json::array();
    for (const world::ReceivedRequest& request : connection.requests) {
        Json one = {{"method", request.method},
                    {"target", request.target},
                    {"headers", header_object(request.headers, false)},
                    {"body", body_value(request.body)}};
        if (request.websocket) one["websocket"] = *request.websocket;
        requests.push_back(std::move(one));
    }
    out["requests"] = std::move(requests);
    if (!connection.raw.empty()) out["raw"] = latin1(connection.raw);
    if (connection.nothing_sent) out["nothing_sent"] = true;
    return out;
}

static Json write_response(const Outcome& outcome) {
    Json out = Json::object();
    if (!outcome.response || outcome.response->status == 0) {
        out["status"] = nullptr;
        out["note"] = outcome.response_note;
        return out;
    }
    const trust::InboundResponse& response = *outcome.response;
    out["status"] = response.status;
    Json parsed = Json::parse(response.body, nullptr, false);
    if (response.body.empty() || parsed.is_discarded()) {
        out["text"] = valid_utf8(response.body);
    } else {
        out["json"] = std::move(parsed);
    }
    out["headers"] = header_object(response.headers, true);
    if (response.broken) out["broken"] = response.broken_text;
    if (outcome.unhandled) out["exception"] = write_exception(*outcome.unhandled);
    return out;
}

Json write_outcome(const Outcome& outcome) {
    Json out = {{"world", outcome.world}, {"request", Json::parse(outcome.request_json)}};
    if (outcome.response || !outcome.response_note.empty()) out["response"] = write_response(outcome);
    if (!outcome.app_failed.empty()) {
        Json failures = Json::array();
        for (const auto& [at, error] : outcome.app_failed) {
            Json one = {{"at", at}};
            if (error) one["error"] = write_exception(*error);
            failures.push_back(std::move(one));
        }
        out["app_failed"] = std::move(failures);
    }
    Json lookups = Json::array();
    for (const world::LookupRecord& lookup : outcome.lookups) {
        lookups.push_back({{"name", lookup.name},
                           {"type", lookup.type},
                           {"answer", lookup.status.empty() ? Json(lookup.values)
                                                            : Json(lookup.status)}});
    }
    out["lookups"] = std::move(lookups);
    Json connections = Json::array();
    for (const ConnectionRecord& each : outcome.connections) {
        connections.push_back(write_connection(each));
    }
    out["connections"] = std::move(connections);
    Json seen = Json::array();
    for (const trust::SeenException& each : outcome.exceptions_seen) {
        Json one = {{"function", each.function}};
        one.update(write_exception(each.error));
        seen.push_back(std::move(one));
    }
    out["exceptions_seen"] = std::move(seen);
    out["verdict"] = world::name_of(outcome.verdict);
    out["forged_response_used"] = outcome.forged_response_used;
    out["leaked"] = outcome.leaked;
    return out;
}

Json write_attacker_got(const Outcome& outcome, const std::vector<world::Secret>& secrets) {
    Json lines = Json::array();
    const auto add = [&](const std::string& label, const std::string& text) {
        if (text.empty()) return;
        bool secret = false;
        for (const world::Secret& each : secrets) {
            const bool leaked = std::find(outcome.leaked.begin(), outcome.leaked.end(),
                                          each.name) != outcome.leaked.end();
            secret = secret || (leaked && !each.value.empty() &&
                                text.find(each.value) != std::string::npos);
        }
        // Credentials are written Base64; the lab decodes them before it looks.
        if (label == "authorization" && text.starts_with("Basic ")) secret = !outcome.leaked.empty();
        lines.push_back({{"label", label}, {"text", valid_utf8(text)}, {"secret", secret}});
    };
    for (const ConnectionRecord& connection : outcome.connections) {
        if (connection.peer != "attacker") continue;
        for (const world::ReceivedRequest& request : connection.requests) {
            add("request", cat(request.method, " ", request.target));
            for (const auto& [name, value] : request.headers) {
                const std::string key = ascii_lower(name);
                if (key == "accept" || key == "accept-encoding" || key == "connection" ||
                    key == "content-length") {
                    continue;
                }
                add(key, value);
            }
            add("body", request.body);
            if (request.websocket) add("websocket", join(*request.websocket, "\n"));
        }
        if (connection.raw != "[TLS ClientHello]") add("bytes", connection.raw);
    }
    return lines;
}

}  // namespace wh::api
