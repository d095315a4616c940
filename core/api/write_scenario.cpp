#include "api/write.h"
#include "base/text.h"

namespace wh::api {

namespace {

Json header_json(const trust::HeaderList& headers) {
    Json out = Json::object();
    for (const auto& [name, value] : headers) {
        if (!out.contains(name)) {
            out[name] = value;
        } else if (out[name].is_array()) {
            out[name].push_back(value);
        } else {
            out[name] = Json::array({out[name], value});
        }
    }
    return out;
}

Json answer_json(const world::Answer& answer) {
    Json out = Json::object();
    if (!answer.host.empty()) out["host"] = answer.host;
    if (!answer.method.empty()) out["method"] = answer.method;
    out["path"] = answer.path;
    if (!answer.if_headers.empty()) out["if_headers"] = header_json(answer.if_headers);
    if (answer.status != 200) out["status"] = answer.status;
    if (!answer.headers.empty()) out["headers"] = header_json(answer.headers);
    Json parsed = answer.is_json ? Json::parse(answer.body, nullptr, false) : Json();
    if (answer.is_json && !parsed.is_discarded()) {
        out["json"] = std::move(parsed);
    } else {
        out["text"] = answer.body;
    }
    if (answer.delay_us) out["delay"] = static_cast<double>(answer.delay_us) / 1e6;
    if (!answer.websocket.empty()) out["websocket"] = answer.websocket;
    return out;
}

Json answers_json(const std::vector<world::Answer>& answers) {
    Json out = Json::array();
    for (const world::Answer& each : answers) out.push_back(answer_json(each));
    return out;
}

Json ports_json(const std::map<std::uint16_t, world::PortKind>& ports) {
    const char* const kinds[] = {"http", "https", "proxy", "proxy-tls", "line", "line-tls"};
    Json out = Json::object();
    for (const auto& [port, kind] : ports) out[cat(port)] = kinds[static_cast<int>(kind)];
    return out;
}

Json records_json(const world::Records& records) {
    Json out = Json::object();
    for (const auto& [name, types] : records) {
        for (const auto& [type, values] : types) out[name][type] = values;
    }
    return out;
}

Json host_json(const world::HostEntry& host) {
    const char* const issuers[] = {"public", "internal", "legacy", "self"};
    Json out = {{"address", host.address}};
    const world::HostEntry usual;
    if (host.ports != usual.ports) out["ports"] = ports_json(host.ports);
    if (host.issuer != usual.issuer) out["issuer"] = issuers[static_cast<int>(host.issuer)];
    if (!host.certificate_name.empty()) out["certificate_name"] = host.certificate_name;
    if (!host.certificate_names.empty()) out["certificate_names"] = host.certificate_names;
    if (host.common_name_only) out["common_name_only"] = true;
    if (host.ip_san) out["ip_san"] = true;
    if (host.expired) out["expired"] = true;
    if (host.client_certificate) out["client_certificate"] = true;
    if (host.owned_by_attacker) out["owner"] = "attacker";
    if (!host.dns) out["dns"] = false;
    if (!host.line_answer.empty()) out["line_answer"] = host.line_answer;
    out["answers"] = answers_json(host.answers);
    return out;
}

}  // namespace

Json write_scenario(const world::Scenario& scenario) {
    Json out = {{"title", scenario.title}};
    Json hosts = Json::object();
    for (const world::HostEntry& host : scenario.hosts) hosts[host.name] = host_json(host);
    out["hosts"] = std::move(hosts);
    out["poisoned"] = scenario.poisoned;
    Json attacker = {{"answers", answers_json(scenario.attacker.answers)}};
    if (!scenario.attacker.ports.empty()) attacker["ports"] = ports_json(scenario.attacker.ports);
    if (!scenario.attacker.line_answer.empty()) {
        attacker["line_answer"] = scenario.attacker.line_answer;
    }
    if (!scenario.attacker.ptr.empty()) attacker["ptr"] = scenario.attacker.ptr;
    if (scenario.attacker.forges_aaaa) attacker["address_type"] = "AAAA";
    if (scenario.attacker.markers != world::Attacker().markers) {
        attacker["markers"] = scenario.attacker.markers;
    }
    out["attacker"] = std::move(attacker);
    if (!scenario.dns.empty()) out["dns"] = records_json(scenario.dns);
    if (!scenario.poisoned_dns.empty()) out["poisoned_dns"] = records_json(scenario.poisoned_dns);
    if (!scenario.environment.empty()) out["env"] = scenario.environment;
    if (!scenario.files.empty()) out["files"] = scenario.files;
    if (!scenario.pinned_certificates.empty()) {
        out["pinned_certificates"] = scenario.pinned_certificates;
    }
    Json secrets = Json::array();
    for (const world::Secret& each : scenario.secrets) {
        secrets.push_back({{"name", each.name}, {"value", each.value}});
    }
    out["secrets"] = std::move(secrets);
    Json requests = Json::array();
    for (const world::ScenarioRequest& each : scenario.requests) {
        requests.push_back(Json::parse(each.original_json));
    }
    out["requests"] = std::move(requests);
    if (!scenario.world_list.empty()) out["world_list"] = scenario.world_list;
    if (!scenario.worlds.empty()) {
        Json worlds = Json::object();
        for (const auto& [name, change] : scenario.worlds) {
            Json entry = Json::object();
            if (change.poisoned) entry["poisoned"] = *change.poisoned;
            if (!change.answers.empty()) {
                Json answers = Json::object();
                for (const auto& [host, list] : change.answers) answers[host] = answers_json(list);
                entry["answers"] = std::move(answers);
            }
            if (change.dns) entry["dns"] = records_json(*change.dns);
            if (change.attack) entry["attack"] = *change.attack;
            if (change.defences) entry["defences"] = *change.defences;
            worlds[name] = std::move(entry);
        }
        out["worlds"] = std::move(worlds);
    }
    if (scenario.concurrent) out["concurrent"] = true;
    if (!scenario.attack.empty()) out["attack"] = scenario.attack;
    if (!scenario.defences.empty()) out["defences"] = scenario.defences;
    return out;
}

}  // namespace wh::api
