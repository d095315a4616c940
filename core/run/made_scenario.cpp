#include "run/made_scenario.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "trust/origin.h"

namespace wh::run {

namespace {

using world::Answer;
using world::HostEntry;
using world::PortKind;
using world::Scenario;

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) {
        if (text.find(word) != std::string_view::npos) return true;
    }
    return false;
}

// An answer as a small tree of what the code reads of it.
struct Shape {
    std::string name;  // key in the parent; "[]" for a list's item
    std::vector<Shape> parts;
    Shape& part(const std::string& key) {
        for (Shape& each : parts) {
            if (each.name == key) return each;
        }
        parts.push_back({key, {}});
        return parts.back();
    }
};

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

std::string leaf(const std::string& name, bool forged) {
    const std::string lower = ascii_lower(name);
    if (has_any(lower, {"amount", "count", "total", "price", "quantity", "balance", "usd", "eur",
                        "temp", "rate", "limit", "left", "page", "age", "size", "expires_in",
                        "lat", "lon", "sum", "number"})) {
        return forged ? "999999" : "12";
    }
    if (has_any(lower, {"is_", "has_", "success", "valid", "active", "enabled", "allowed", "ok"})) {
        return "true";
    }
    std::string value = cat(lower.empty() ? "value" : lower, "-1001");
    if (lower == "status" || lower == "state") value = "ok";
    if (lower == "id" || lower.ends_with("_id")) value = "id-1001";
    if (has_any(lower, {"email", "mail"})) value = "ada@people.example";
    if (has_any(lower, {"url", "link", "href"})) value = "https://files.example/1001";
    return quoted(forged ? cat("FORGED-", value) : value);
}

std::string render(const Shape& shape, bool forged) {
    if (shape.parts.empty()) return leaf(shape.name, forged);
    if (shape.parts.front().name == "[]") return cat("[", render(shape.parts.front(), forged), "]");
    std::string out = "{";
    for (const Shape& each : shape.parts) {
        if (each.name == "[]") continue;
        if (out.size() > 1) out += ", ";
        out += cat(quoted(each.name), ": ", render(each, forged));
    }
    return out + "}";
}

// "https://a.example:8443/v1/{id}?x=1" -> "/v1/*"
std::string path_pattern(const CallSummary& call) {
    std::string url = call.url;
    const std::size_t scheme = url.find("://");
    const std::size_t start = url.find('/', scheme == std::string::npos ? 0 : scheme + 3);
    std::string path = start == std::string::npos ? "/" : url.substr(start);
    path = path.substr(0, path.find('?'));
    std::string out;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '{') {
            const std::size_t close = path.find('}', i);
            if (close != std::string::npos) {
                out += '*';
                i = close;
                continue;
            }
        }
        out += path[i] == '[' || path[i] == ']' ? '?' : path[i];
    }
    return out;
}

class Maker {
  public:
    explicit Maker(const CheckResult& checked) : checked_(checked) {}
    MadeScenario make();

  private:
    HostEntry& host_of(const CallSummary& call);
    void add_call(const CallSummary& call);
    void add_secrets();
    void add_requests();
    void secret(std::string name, std::string value);

    const CheckResult& checked_;
    MadeScenario made_;
    int public_hosts_ = 0;
    int internal_hosts_ = 0;
};

void Maker::secret(std::string name, std::string value) {
    if (value.size() < 3 || value.find('{') != std::string::npos) return;
    for (const world::Secret& each : made_.scenario.secrets) {
        if (each.name == name || each.value == value) return;
    }
    made_.scenario.secrets.push_back({std::move(name), std::move(value)});
}

HostEntry& Maker::host_of(const CallSummary& call) {
    const bool by_header = call.host_is_address && !call.host_header.empty();
    const std::string name = ascii_lower(by_header ? call.host_header : call.host);
    for (HostEntry& each : made_.scenario.hosts) {
        if (each.name == name) return each;
    }
    HostEntry host;
    host.name = name;
    if (call.host_is_address) {
        host.address = call.host;
        host.dns = by_header;
    } else {
        const bool internal = name.find('.') == std::string::npos || name.ends_with(".internal") ||
                              name.ends_with(".local") || name.ends_with(".cluster.local");
        host.address = internal ? cat("198.51.100.", 10 + internal_hosts_++ % 80)
                                : cat("192.0.2.", 10 + public_hosts_++ % 200);
    }
    if (call.private_roots) host.issuer = world::Issuer::Internal;
    host.ports.clear();
    made_.scenario.hosts.push_back(std::move(host));
    if (!call.host_is_address || by_header) made_.scenario.poisoned.push_back(name);
    made_.assumptions.push_back(
        cat(name, " exists at ", made_.scenario.hosts.back().address,
            call.private_roots ? ", with a certificate of the company's own CA" : "",
            call.host_is_address && !by_header ? "." : ", and its DNS answer can be poisoned."));
    return made_.scenario.hosts.back();
}

void Maker::add_call(const CallSummary& call) {
    if (!call.host_known) {
        // An address that the code looked up, called under the name's own Host header.
        const std::vector<std::string>& names = checked_.looked_up;
        if (std::find(names.begin(), names.end(), call.host_header) == names.end()) return;
        CallSummary by_name = call;
        by_name.host = call.host_header;
        by_name.host_known = true;
        by_name.host_is_address = false;
        by_name.host_header.clear();
        return add_call(by_name);
    }
    const bool loopback = call.host == "localhost" || call.host.starts_with("127.");
    if (loopback || call.transport == trust::Transport::InProcess ||
        call.transport == trust::Transport::UnixSocket) {
        return;
    }
    HostEntry& host = host_of(call);
    if (call.port != 0) {
        host.ports[call.port] =
            call.transport == trust::Transport::Tls ? PortKind::Https : PortKind::Http;
    }
    Shape shape;
    for (const trust::ResponseRead& read : checked_.reads) {
        if (read.call != call.span) continue;
        Shape* at = &shape;
        for (const std::string& step : read.path) at = &at->part(step);
    }
    const bool guessed = shape.parts.empty();
    if (guessed) {
        shape.part("status");
        shape.part("id");
    }
    Answer answer;
    answer.method = call.method;
    answer.path = path_pattern(call);
    answer.is_json = true;
    answer.body = render(shape, false);
    const bool socket = call.url.starts_with("ws");
    if (socket) answer.websocket.assign(3, answer.body);  // a text for each of the first messages
    for (const Answer& each : host.answers) {
        if (each.method == answer.method && each.path == answer.path) return;
    }
    Answer forged = answer;
    forged.method.clear();
    forged.host = host.name;
    forged.body = render(shape, true);
    if (forged.body.find("FORGED") == std::string::npos && forged.body.front() == '{') {
        forged.body.insert(forged.body.size() - 1, ", \"note\": \"FORGED\"");
    }
    if (socket) forged.websocket.assign(3, forged.body);
    made_.assumptions.push_back(cat(call.method, " ", answer.path, " at ", host.name,
                                    " is answered with ", answer.body,
                                    guessed ? " (the code does not say what it reads)." : "."));
    host.answers.push_back(std::move(answer));
    made_.scenario.attacker.answers.push_back(std::move(forged));
}

void Maker::add_secrets() {
    for (const auto& [name, value] : made_.scenario.environment) {
        if (trust::names_a_secret(name)) secret(name, value);
    }
    for (const CallSummary& call : checked_.calls) {
        for (const CallSummary::Carried& data : call.data) {
            if (data.secret && data.known && !data.from_caller) secret(data.name, data.text);
        }
    }
    if (!made_.scenario.secrets.empty()) return;
    // Nothing is secret by name: then what the call carries is what is at stake.
    for (const CallSummary& call : checked_.calls) {
        for (const CallSummary::Carried& data : call.data) {
            if (!data.known) continue;
            if (data.carrier == trust::Carrier::Query) {
                secret(data.name, cat(data.name, "=", data.text));
            } else if (data.carrier == trust::Carrier::Body) {
                secret(data.name.empty() ? "body" : data.name, data.text);
            }
        }
    }
}

// Percent-encodes what may not stand in a path segment or a query value.
std::string encoded(std::string_view text) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += kDigits[byte >> 4];
            out += kDigits[byte & 15];
        }
    }
    return out;
}

// The text that a JSON scalar stands for in a path, query or header.
std::string plain_text(const std::string& json) {
    if (json.size() < 2 || json.front() != '"') return json;
    std::string out;
    for (std::size_t i = 1; i + 1 < json.size(); ++i) {
        if (json[i] == '\\' && i + 2 < json.size()) ++i;
        out += json[i];
    }
    return out;
}

void Maker::add_requests() {
    for (const program::RouteInfo& route : checked_.routes) {
        if (route.methods.empty()) continue;
        if (made_.scenario.requests.size() >= limits::kRequestsMax) {
            made_.assumptions.push_back(cat("Only the first ", limits::kRequestsMax, " of ",
                                            checked_.routes.size(), " endpoints are played."));
            return;
        }
        world::ScenarioRequest made;
        trust::InboundRequest& request = made.request;
        request.method = route.methods.front();
        std::string path = route.path;
        std::string headers;
        for (const program::RouteParameter& parameter : route.parameters) {
            std::string value = plain_text(parameter.example_json);
            if (value.empty()) value = cat(parameter.name, "-1");
            using In = program::RouteParameter::In;
            if (parameter.in == In::Path) {
                for (const std::string& suffix : {std::string("}"), std::string(":path}"),
                                                  std::string(":int}"), std::string(":str}")}) {
                    const std::string mark = cat("{", parameter.name, suffix);
                    const std::size_t at = path.find(mark);
                    if (at != std::string::npos) path.replace(at, mark.size(), encoded(value));
                }
            } else if (parameter.in == In::Query && parameter.required) {
                request.query += cat(request.query.empty() ? "" : "&", encoded(parameter.name), "=",
                                     encoded(value));
            } else if (parameter.in == In::Header && parameter.required) {
                const std::string lower = ascii_lower(parameter.name);
                if (lower == "authorization") value = "Bearer caller-token-1001";
                if (trust::names_a_secret(lower) && lower != "authorization") {
                    value = cat("caller-", lower, "-1001");
                }
                request.headers.emplace_back(parameter.name, value);
                headers += cat(headers.empty() ? "" : ", ", quoted(parameter.name), ": ",
                               quoted(value));
                if (trust::names_a_secret(lower)) secret(parameter.name, value);
            } else if (parameter.in == In::Cookie && parameter.required) {
                request.headers.emplace_back("Cookie", cat(parameter.name, "=", value));
                headers += cat(headers.empty() ? "" : ", ", "\"Cookie\": ",
                               quoted(cat(parameter.name, "=", value)));
                if (trust::names_a_secret(parameter.name)) secret(parameter.name, value);
            }
        }
        request.path = path;
        request.body = route.body_example_json;
        made.original_json = cat("{\"method\": ", quoted(request.method), ", \"path\": ",
                                 quoted(request.query.empty() ? path
                                                              : cat(path, "?", request.query)));
        if (!headers.empty()) made.original_json += cat(", \"headers\": {", headers, "}");
        if (!request.body.empty()) {
            made.original_json += cat(", \"json\": ", request.body);
            request.headers.emplace_back("Content-Length", cat(request.body.size()));
            request.headers.emplace_back("Content-Type", "application/json");
        }
        made.original_json += "}";
        request.headers.emplace_back("Host", "app.lab.example");
        request.headers.emplace_back("User-Agent", "lab-client");
        request.headers.emplace_back("Connection", "close");
        made_.scenario.requests.push_back(std::move(made));
    }
    if (!checked_.routes.empty()) {
        made_.assumptions.push_back(
            cat("One request is made for each endpoint (", checked_.routes.size(),
                "), with example values where a parameter is required."));
    }
}

MadeScenario Maker::make() {
    Scenario& scenario = made_.scenario;
    scenario.title = "Made from the code";
    scenario.attacker.markers.emplace_back("999999");  // what he writes where a number is read
    scenario.environment = make_environment(checked_.environment_reads);
    for (const auto& [name, value] : scenario.environment) {
        made_.assumptions.push_back(cat("The environment variable ", name, " is ", value, "."));
    }
    for (const CallSummary& call : checked_.calls) {
        if (scenario.hosts.size() >= limits::kHostsMax) {
            made_.assumptions.push_back(
                cat("Only the first ", limits::kHostsMax, " hosts that the code calls exist."));
            break;
        }
        add_call(call);
    }
    for (const std::string& name : checked_.looked_up) {
        if (scenario.hosts.size() >= limits::kHostsMax || name == "localhost") continue;
        CallSummary by_name;
        by_name.host = name;
        host_of(by_name);
    }
    for (HostEntry& host : scenario.hosts) {
        // The usual ports too: a fallback from https to http must find somebody.
        if (host.ports.contains(443) || host.ports.contains(80)) {
            host.ports.try_emplace(443, PortKind::Https);
            host.ports.try_emplace(80, PortKind::Http);
        }
    }
    add_requests();
    add_secrets();
    return std::move(made_);
}

}  // namespace

std::map<std::string, std::string> make_environment(
    const std::vector<trust::EnvironmentRead>& reads) {
    std::map<std::string, std::string> out;
    for (const auto& [name, example] : reads) {
        if (!example.empty() && !example.starts_with("\"https")) {
            out[name] = plain_text(example);
            continue;
        }
        const std::string lower = ascii_lower(name);
        std::string label;
        for (const char c : lower) label += c == '_' ? '-' : c;
        if (has_any(lower, {"url", "uri", "endpoint", "base"})) {
            out[name] = cat("https://", label, ".example");
        } else if (has_any(lower, {"host", "server", "domain"})) {
            out[name] = cat(label, ".example");
        } else if (has_any(lower, {"port", "timeout", "limit", "count", "size", "ttl", "retries"})) {
            out[name] = lower.find("port") != std::string::npos ? "443" : "5";
        } else {
            out[name] = cat("env-", label, "-1001");
        }
    }
    return out;
}

MadeScenario make_scenario(const CheckResult& checked) {
    return Maker(checked).make();
}

}  // namespace wh::run
