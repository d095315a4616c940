#include "world/plan.h"

#include <algorithm>

#include "base/address.h"
#include "base/text.h"

namespace wh::world {
namespace {

constexpr std::string_view kAttackerNet = "203.0.113.";
constexpr std::string_view kAttackerNet6 = "2001:db8:bad::";
constexpr std::string_view kBlackholeNet6 = "2001:db8:dead::";
constexpr int kAttackerFirst = 10;
constexpr int kBlackholeFirst = 200;

bool speaks_tls(PortKind kind) {
    return kind == PortKind::Https || kind == PortKind::ProxyTls || kind == PortKind::LineTls;
}

using Types = std::map<std::string, std::vector<std::string>>;

// What a resolver that knows these records says, in the lab's way: values, an alias, or nothing.
Forgery view_of(const Records& records, const std::string& name, const std::string& type) {
    Forgery view{name, type, {}, {}, false};
    const auto found = records.find(name);
    if (found == records.end()) {
        view.no_such_name = true;
        return view;
    }
    for (const std::string& kind : {std::string("CNAME"), type}) {
        const auto set = found->second.find(kind);
        if (set == found->second.end() || set->second.empty()) continue;
        view.answer_type = kind;
        view.values = set->second;
        return view;
    }
    return view;
}

bool same(const Forgery& a, const Forgery& b) {
    return a.answer_type == b.answer_type && a.values == b.values &&
           a.no_such_name == b.no_such_name;
}

Records lower_case(const Records& records) {
    Records out;
    for (const auto& [name, types] : records) out[ascii_lower(name)] = types;
    return out;
}

// Every question of which the answer has to be changed to get from `truth` to `wanted`.
std::vector<Forgery> forgeries_between(const Records& truth, const Records& wanted,
                                       const std::vector<std::string>& names) {
    std::vector<Forgery> out;
    for (const std::string& name : names) {
        std::vector<std::string> types{"A", "AAAA"};
        for (const Records* records : {&truth, &wanted}) {
            const auto found = records->find(name);
            if (found == records->end()) continue;
            for (const auto& [type, values] : found->second) {
                if (type != "CNAME" && std::find(types.begin(), types.end(), type) == types.end()) {
                    types.push_back(type);
                }
            }
        }
        for (const std::string& type : types) {
            const Forgery is = view_of(truth, name, type);
            Forgery wish = view_of(wanted, name, type);
            if (same(is, wish)) continue;
            // A name that does not exist has no AAAA either; no need to say so.
            if (is.no_such_name && wish.answer_type.empty() && !wish.no_such_name) continue;
            const bool covers_all_types = wish.no_such_name || wish.answer_type == "CNAME";
            out.push_back(std::move(wish));
            if (covers_all_types) break;
        }
    }
    return out;
}

}  // namespace

std::optional<CertificateWish> attackers_certificate(AttackerTls kind, const std::string& victim,
                                                     Issuer issuer) {
    CertificateWish wish;
    wish.name = victim;
    wish.key_of_attacker = true;
    switch (kind) {
        case AttackerTls::None:
            return std::nullopt;
        case AttackerTls::SelfSigned:
            wish.issuer = Issuer::Self;
            wish.key_of_attacker = false;  // as below: pins of a self-signed host fit in the lab
            break;
        case AttackerTls::OwnDomain:
            wish.name = kAttackerOwnName;
            break;
        case AttackerTls::Misissued:
            // The lab issues one certificate for a name and a CA, whoever asks: the attacker's is the
            // genuine one of a public host, key and all, so that a pinned fingerprint fits it.
            wish.key_of_attacker = false;
            break;
        case AttackerTls::Expired:
            wish.issuer = issuer;
            wish.expired = true;
            wish.key_of_attacker = false;  // stolen together with the key
            break;
    }
    return wish;
}

Plan make_plan(const Scenario& scenario, const World& world) {
    Plan plan;
    const auto override_at = scenario.worlds.find(std::string(world.name));
    const WorldOverride* over =
        override_at == scenario.worlds.end() ? nullptr : &override_at->second;
    std::vector<std::string> poisoned =
        over && over->poisoned ? *over->poisoned : scenario.poisoned;
    if (world.name == "honest") poisoned.clear();

    std::map<std::uint16_t, PortKind> all_ports{{80, PortKind::Http}, {443, PortKind::Https}};
    for (const HostEntry& host : scenario.hosts) {
        for (const auto& [port, kind] : host.ports) all_ports[port] = kind;
    }
    for (const auto& [port, kind] : scenario.attacker.ports) all_ports[port] = kind;

    for (const HostEntry& host : scenario.hosts) {
        Site site;
        site.name = host.name;
        site.address = canonical_address(host.address);
        site.attacker = host.owned_by_attacker;
        site.ports = host.ports;
        site.certificate = genuine_wish(host);
        site.answers = host.answers;
        if (over) {
            if (const auto own = over->answers.find(host.name); own != over->answers.end()) {
                site.answers = own->second;
            }
        }
        site.line_answer = host.line_answer;
        site.demands_client_certificate = host.client_certificate && !host.owned_by_attacker;
        if (host.dns) {
            const bool six = site.address.find(':') != std::string::npos;
            plan.truth[ascii_lower(host.name)][six ? "AAAA" : "A"] = {site.address};
        }
        plan.sites.push_back(std::move(site));
    }
    for (const auto& [name, types] : lower_case(scenario.dns)) {
        for (const auto& [type, values] : types) plan.truth[name][type] = values;
    }

    Records wanted = plan.truth;
    std::vector<std::string> changed;
    for (std::size_t index = 0; index < poisoned.size(); ++index) {
        const std::string& name = poisoned[index];
        const std::string lower = ascii_lower(name);
        changed.push_back(lower);
        if (world.dns == DnsState::NxDomain) {
            wanted.erase(lower);
            continue;
        }
        const bool six = scenario.attacker.forges_aaaa;
        const bool hole = world.dns == DnsState::Blackhole;
        const int number = static_cast<int>(index) + (hole ? kBlackholeFirst : kAttackerFirst);
        const std::string address = canonical_address(
            cat(six ? (hole ? kBlackholeNet6 : kAttackerNet6) : kAttackerNet, number));
        if (six) {
            wanted[lower]["AAAA"] = {address};  // the genuine A record stays
        } else {
            wanted[lower] = {{"A", {address}}};
        }
        if (hole) continue;
        if (!scenario.attacker.ptr.empty() && !six) {
            std::vector<std::string> parts = split(address, '.');
            std::reverse(parts.begin(), parts.end());
            plan.attackers_own[cat(join(parts, "."), ".in-addr.arpa")]["PTR"] = {
                scenario.attacker.ptr};
        }
        Site site;
        site.name = name;
        site.address = address;
        site.attacker = true;
        const HostEntry* victim = nullptr;
        for (const HostEntry& host : scenario.hosts) {
            if (host.name == name) victim = &host;
            site.tunnel[host.name] = attackers_certificate(world.tls, host.name, host.issuer);
        }
        site.certificate = attackers_certificate(
            world.tls,
            victim && !victim->certificate_name.empty() ? victim->certificate_name : name,
            victim ? victim->issuer : Issuer::Public);
        for (const auto& [port, kind] : all_ports) {
            if (site.certificate || !speaks_tls(kind)) site.ports[port] = kind;
        }
        for (const Answer& answer : scenario.attacker.answers) {
            if (answer.host.empty() || answer.host == name) site.answers.push_back(answer);
        }
        site.line_answer = scenario.attacker.line_answer;
        plan.sites.push_back(std::move(site));
    }
    if (world.name != "honest" && world.dns == DnsState::Attacker) {
        for (const auto& [name, types] :
             lower_case(over && over->dns ? *over->dns : scenario.poisoned_dns)) {
            wanted[name] = types;
            if (std::find(changed.begin(), changed.end(), name) == changed.end()) {
                changed.push_back(name);
            }
        }
    }
    plan.forgeries = forgeries_between(plan.truth, wanted, changed);
    return plan;
}

}  // namespace wh::world
