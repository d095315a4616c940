// The scenario: who exists, who is poisoned, what everybody answers. Plain data in the form of the
// reality lab's case.json (tests/reality/README.md documents every key); api/ reads it from JSON.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "trust/application.h"

namespace wh::world {

// One canned HTTP answer; the first that matches wins.
struct Answer {
    std::string method;            // empty: any
    std::string path = "*";        // glob as Python's fnmatch (case-sensitive)
    trust::HeaderList if_headers;  // names case-insensitive
    std::string host;              // attacker's answers only; empty: any
    int status = 200;
    trust::HeaderList headers;  // in order; a list value is repeated
    std::string body;           // JSON as Python's json.dumps writes it, or text
    bool is_json = false;
    trust::TimeUs delay_us = 0;
    std::vector<std::string> websocket;
};

enum class PortKind : std::uint8_t { Http, Https, Proxy, ProxyTls, Line, LineTls };
enum class Issuer : std::uint8_t { Public, Internal, Legacy, Self };

// name -> type ("CNAME") -> values
using Records = std::map<std::string, std::map<std::string, std::vector<std::string>>>;

struct HostEntry {
    std::string name;
    std::string address;  // IPv4 or IPv6
    std::map<std::uint16_t, PortKind> ports{{80, PortKind::Http}, {443, PortKind::Https}};
    Issuer issuer = Issuer::Public;
    std::string certificate_name;  // empty: the host's own
    std::vector<std::string> certificate_names;
    bool common_name_only = false;
    bool ip_san = false;
    bool expired = false;
    bool client_certificate = false;
    bool owned_by_attacker = false;
    bool dns = true;
    std::string line_answer;
    std::vector<Answer> answers;
};

struct Attacker {
    std::vector<Answer> answers;
    std::map<std::uint16_t, PortKind> ports;
    std::string line_answer;
    std::string ptr;
    bool forges_aaaa = false;
    std::vector<std::string> markers{"FORGED"};
};

struct Secret {
    std::string name;
    std::string value;
};

struct ScenarioRequest {
    trust::InboundRequest request;
    std::string original_json;  // as in the scenario: outcomes repeat it
};

// What one world replaces.
struct WorldOverride {
    std::optional<std::vector<std::string>> poisoned;
    std::map<std::string, std::vector<Answer>> answers;
    std::optional<Records> dns;
    std::optional<std::string> attack;
    std::optional<std::vector<std::string>> defences;
};

struct Scenario {
    std::string title;
    std::vector<HostEntry> hosts;
    std::vector<std::string> poisoned;
    Attacker attacker;
    Records dns;
    Records poisoned_dns;
    std::map<std::string, std::string> environment;  // may hold {sha256:HOST}
    std::map<std::string, std::string> files;
    std::map<std::string, std::string> pinned_certificates;  // path -> host
    std::vector<Secret> secrets;
    std::vector<ScenarioRequest> requests;
    std::vector<std::string> world_list;  // empty: all but the last
    std::map<std::string, WorldOverride> worlds;
    bool concurrent = false;
    std::uint64_t seed = 1;
    std::string attack;                 // how names are poisoned; empty: txid-guessing
    std::vector<std::string> defences;  // in core/world/defences
};

}  // namespace wh::world
