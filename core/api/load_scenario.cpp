#include "api/load_scenario.h"

#include "base/text.h"
#include "world/worlds.h"
#include "world/contest.h"

namespace wh::api {

namespace {

using world::Answer;
using world::HostEntry;
using world::Issuer;
using world::PortKind;
using world::Scenario;

constexpr double kUsPerSecond = 1e6;
constexpr double kDelayMax = 3600;

std::string scalar_text(const Reader& reader) {
    const Json& value = reader.raw();
    if (const auto* text = value.get_ptr<const std::string*>()) return *text;
    // urllib.parse.urlencode and header values take str() of what is there.
    if (value.is_boolean()) return value.get<bool>() ? "True" : "False";
    if (value.is_null()) return "None";
    if (value.is_number()) return value.dump();
    reader.fail("must be a string or a number");
    return {};
}

template <class Enum, std::size_t N>
Enum pick(const Reader& reader, const std::pair<std::string_view, Enum> (&table)[N]) {
    const std::string text = reader.text();
    std::vector<std::string> names;
    for (const auto& row : table) {
        if (row.first == text) return row.second;
        names.emplace_back(row.first);
    }
    if (!reader.failed()) {
        reader.fail(cat("\"", text, "\" is none of ", join(names, ", ")));
    }
    return table[0].second;
}

constexpr std::pair<std::string_view, PortKind> kPortKinds[] = {
    {"http", PortKind::Http},         {"https", PortKind::Https}, {"proxy", PortKind::Proxy},
    {"proxy-tls", PortKind::ProxyTls}, {"line", PortKind::Line},   {"line-tls", PortKind::LineTls}};
constexpr std::pair<std::string_view, Issuer> kIssuers[] = {{"public", Issuer::Public},
                                                            {"internal", Issuer::Internal},
                                                            {"legacy", Issuer::Legacy},
                                                            {"self", Issuer::Self}};

std::map<std::uint16_t, PortKind> load_ports(const Reader& reader) {
    std::map<std::uint16_t, PortKind> ports;
    for (const auto& [name, kind] : reader.members()) {
        int port = 0;
        for (const char c : name) {
            if (c < '0' || c > '9' || port > 65535) {
                port = 0;
                break;
            }
            port = port * 10 + (c - '0');
        }
        if (port < 1 || port > 65535) kind.fail(cat("\"", name, "\" is not a port"));
        ports[static_cast<std::uint16_t>(port)] = pick(kind, kPortKinds);
    }
    return ports;
}

trust::HeaderList load_headers(const Reader& reader) {
    trust::HeaderList headers;
    for (const auto& [name, value] : reader.members()) {
        if (value.raw().is_array()) {
            for (const Reader& one : value.items()) headers.emplace_back(name, one.text());
        } else {
            headers.emplace_back(name, scalar_text(value));
        }
    }
    return headers;
}

Answer load_answer(const Reader& reader, bool attackers) {
    reader.only({"method", "path", "if_headers", "status", "headers", "json", "text", "delay",
                 "websocket", "host"});
    Answer answer;
    if (auto found = reader.find("method")) answer.method = found->text();
    if (auto found = reader.find("path")) answer.path = found->text();
    if (auto found = reader.find("if_headers")) answer.if_headers = load_headers(*found);
    if (auto found = reader.find("status")) {
        answer.status = static_cast<int>(found->integer(100, 599));
    }
    if (auto found = reader.find("headers")) answer.headers = load_headers(*found);
    if (auto found = reader.find("json")) {
        answer.is_json = true;
        answer.body = python_dumps(found->raw());
    } else if (auto text = reader.find("text")) {
        answer.body = text->text();
    }
    if (auto found = reader.find("delay")) {
        const double seconds = found->number();
        if (seconds < 0 || seconds > kDelayMax) found->fail("must be from 0 to 3600 seconds");
        answer.delay_us = static_cast<trust::TimeUs>(seconds * kUsPerSecond);
    }
    if (auto found = reader.find("websocket")) answer.websocket = found->texts();
    if (auto found = reader.find("host")) {
        answer.host = found->text();
        if (!attackers) found->fail("only the attacker's answers may have a host");
    }
    return answer;
}

std::vector<Answer> load_answers(const Reader& reader, bool attackers) {
    std::vector<Answer> answers;
    for (const Reader& item : reader.items()) answers.push_back(load_answer(item, attackers));
    return answers;
}

HostEntry load_host(const std::string& name, const Reader& reader) {
    reader.only({"address", "ports", "issuer", "certificate_name", "certificate_names",
                 "common_name_only", "ip_san", "expired", "client_certificate", "owner", "dns",
                 "line_answer", "answers"});
    HostEntry host;
    host.name = name;
    host.address = reader.need("address").text();
    if (auto found = reader.find("ports")) host.ports = load_ports(*found);
    if (auto found = reader.find("issuer")) host.issuer = pick(*found, kIssuers);
    if (auto found = reader.find("certificate_name")) host.certificate_name = found->text();
    if (auto found = reader.find("certificate_names")) host.certificate_names = found->texts();
    const std::pair<const char*, bool*> flags[] = {{"common_name_only", &host.common_name_only},
                                                   {"ip_san", &host.ip_san},
                                                   {"expired", &host.expired},
                                                   {"client_certificate", &host.client_certificate},
                                                   {"dns", &host.dns}};
    for (const auto& flag : flags) {
        if (auto found = reader.find(flag.first)) *flag.second = found->boolean();
    }
    if (auto found = reader.find("owner")) {
        host.owned_by_attacker = found->text() == "attacker";
        if (!host.owned_by_attacker) found->fail("must be \"attacker\"");
    }
    if (auto found = reader.find("line_answer")) host.line_answer = found->text();
    if (auto found = reader.find("answers")) host.answers = load_answers(*found, false);
    return host;
}

world::Records load_records(const Reader& reader) {
    world::Records records;
    for (const auto& [name, types] : reader.members()) {
        for (const auto& [type, values] : types.members()) records[name][type] = values.texts();
    }
    return records;
}

void load_attacker(const Reader& reader, world::Attacker& attacker) {
    reader.only({"answers", "ports", "line_answer", "ptr", "address_type", "markers"});
    if (auto found = reader.find("answers")) attacker.answers = load_answers(*found, true);
    if (auto found = reader.find("ports")) attacker.ports = load_ports(*found);
    if (auto found = reader.find("line_answer")) attacker.line_answer = found->text();
    if (auto found = reader.find("ptr")) attacker.ptr = found->text();
    if (auto found = reader.find("address_type")) attacker.forges_aaaa = found->text() == "AAAA";
    if (auto found = reader.find("markers")) attacker.markers = found->texts();
}

std::map<std::string, std::string> load_texts(const Reader& reader) {
    std::map<std::string, std::string> out;
    for (const auto& [name, value] : reader.members()) out[name] = value.text();
    return out;
}

// urllib.parse.quote_plus: what urlencode() does to each part.
std::string quote_plus(std::string_view text) {
    constexpr std::string_view kSafe = "_.-~";
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || kSafe.find(c) != std::string_view::npos;
        if (plain) {
            out += c;
        } else if (c == ' ') {
            out += '+';
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += kDigits[byte >> 4];
            out += kDigits[byte & 15];
        }
    }
    return out;
}

}  // namespace

std::string load_attack(const Reader& reader) {
    std::string name = reader.text();
    const world::Attack* found = world::find_attack(name);
    if (found && world::can_be_played(*found)) return name;
    std::vector<std::string> names;
    for (const world::Attack* each : world::all_attacks()) {
        if (world::can_be_played(*each)) names.emplace_back(each->name);
    }
    const std::string meant = nearest(name, names);
    reader.fail(found ? cat("the attack \"", name, "\" is not one on an app's names")
                      : cat("there is no attack \"", name, "\"",
                            meant.empty() ? "" : cat("; did you mean \"", meant, "\"?")));
    return {};
}

std::vector<std::string> load_defences(const Reader& reader) {
    std::vector<std::string> chosen = reader.texts();
    for (const std::string& name : chosen) {
        if (world::find_defence(name)) continue;
        std::vector<std::string> names;
        for (const world::Defence* each : world::all_defences()) names.emplace_back(each->name);
        const std::string meant = nearest(name, names);
        reader.fail(cat("there is no defence \"", name, "\"",
                        meant.empty() ? "" : cat("; did you mean \"", meant, "\"?")));
    }
    return chosen;
}

world::ScenarioRequest load_request(const Reader& reader) {
    reader.only({"method", "path", "query", "headers", "json", "body", "settle_seconds"});
    world::ScenarioRequest out;
    out.original_json = dump(reader.raw());
    trust::InboundRequest& request = out.request;
    if (auto found = reader.find("method")) request.method = found->text();
    if (auto found = reader.find("path")) request.path = found->text();
    const std::size_t question = request.path.find('?');
    if (question != std::string::npos) {
        request.query = request.path.substr(question + 1);
        request.path.resize(question);
    }
    if (auto found = reader.find("query")) {
        for (const auto& [name, value] : found->members()) {
            std::vector<Reader> values;
            if (value.raw().is_array()) {
                values = value.items();
            } else {
                values.push_back(value);
            }
            for (const Reader& one : values) {
                if (!request.query.empty()) request.query += '&';
                request.query += quote_plus(name);
                request.query += '=';
                request.query += quote_plus(scalar_text(one));
            }
        }
    }
    // http.client writes these two before the caller's own.
    std::string body;
    bool has_body = false;
    trust::HeaderList own = {{"Host", "app.lab.example"}, {"User-Agent", "lab-client"},
                             {"Connection", "close"}};
    const auto set = [&](const std::string& name, const std::string& value) {
        for (auto& header : own) {
            if (header.first == name) {
                header.second = value;
                return;
            }
        }
        own.emplace_back(name, value);
    };
    if (auto found = reader.find("headers")) {
        for (const auto& header : load_headers(*found)) set(header.first, header.second);
    }
    if (auto found = reader.find("json")) {
        body = python_dumps(found->raw());
        has_body = true;
        set("Content-Type", "application/json");
    } else if (auto text = reader.find("body")) {
        body = text->text();
        has_body = true;
    }
    request.headers.emplace_back("Accept-Encoding", "identity");
    const bool expects_body =
        request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (has_body || expects_body) {
        request.headers.emplace_back("Content-Length", cat(body.size()));
    }
    for (auto& header : own) request.headers.push_back(std::move(header));
    request.body = std::move(body);
    if (auto found = reader.find("settle_seconds")) {
        request.settle_us = static_cast<trust::TimeUs>(found->number() * kUsPerSecond);
    }
    return out;
}

Result<Scenario> load_scenario(const Json& json) {
    std::optional<Error> error;
    const Reader reader(json, "", error);
    Scenario scenario;
    reader.only({"title", "profiles", "profiles_why", "hosts", "poisoned", "attacker", "dns",
                 "poisoned_dns", "env", "files", "pinned_certificates", "secrets", "requests",
                 "world_list", "worlds", "concurrent", "seed", "attack", "defences"});
    if (auto found = reader.find("title")) scenario.title = found->text();
    if (auto found = reader.find("hosts")) {
        for (const auto& [name, host] : found->members()) {
            scenario.hosts.push_back(load_host(name, host));
        }
    }
    if (auto found = reader.find("poisoned")) scenario.poisoned = found->texts();
    if (auto found = reader.find("attacker")) load_attacker(*found, scenario.attacker);
    if (auto found = reader.find("dns")) scenario.dns = load_records(*found);
    if (auto found = reader.find("poisoned_dns")) scenario.poisoned_dns = load_records(*found);
    if (auto found = reader.find("env")) scenario.environment = load_texts(*found);
    if (auto found = reader.find("files")) scenario.files = load_texts(*found);
    if (auto found = reader.find("pinned_certificates")) {
        scenario.pinned_certificates = load_texts(*found);
    }
    if (auto found = reader.find("secrets")) {
        for (const Reader& item : found->items()) {
            item.only({"name", "value"});
            scenario.secrets.push_back({item.need("name").text(), item.need("value").text()});
        }
    }
    if (auto found = reader.find("requests")) {
        for (const Reader& item : found->items()) scenario.requests.push_back(load_request(item));
    }
    const auto known_world = [](const Reader& at, const std::string& name) {
        if (world::find_world(name)) return;
        std::vector<std::string> names;
        for (const world::World& each : world::all_worlds()) names.emplace_back(each.name);
        const std::string meant = nearest(name, names);
        at.fail(cat("there is no world \"", name, "\"",
                    meant.empty() ? "" : cat("; did you mean \"", meant, "\"?")));
    };
    if (auto found = reader.find("world_list")) {
        scenario.world_list = found->texts();
        for (const std::string& name : scenario.world_list) known_world(*found, name);
    }
    if (auto found = reader.find("worlds")) {
        for (const auto& [name, entry] : found->members()) {
            known_world(entry, name);
            entry.only({"poisoned", "answers", "dns", "attack", "defences"});
            world::WorldOverride& target = scenario.worlds[name];
            if (auto poisoned = entry.find("poisoned")) target.poisoned = poisoned->texts();
            if (auto answers = entry.find("answers")) {
                for (const auto& [host, list] : answers->members()) {
                    target.answers[host] = load_answers(list, false);
                }
            }
            if (auto dns = entry.find("dns")) target.dns = load_records(*dns);
            if (auto attack = entry.find("attack")) target.attack = load_attack(*attack);
            if (auto defences = entry.find("defences")) target.defences = load_defences(*defences);
        }
    }
    if (auto found = reader.find("attack")) scenario.attack = load_attack(*found);
    if (auto found = reader.find("defences")) scenario.defences = load_defences(*found);
    if (auto found = reader.find("concurrent")) scenario.concurrent = found->boolean();
    if (auto found = reader.find("seed")) {
        scenario.seed = static_cast<std::uint64_t>(found->integer(0, INT64_MAX));
    }
    if (error) return *error;
    return scenario;
}

}  // namespace wh::api
