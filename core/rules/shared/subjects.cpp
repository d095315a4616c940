#include "rules/shared/subjects.h"

#include <vector>

#include "base/text.h"

namespace wh::rules {

using trust::CarriedData;
using trust::Carrier;
using trust::OutboundCall;

bool is_loopback(std::string_view host) {
    const std::string name = ascii_lower(host);
    if (name == "localhost" || name == "::1" || name == "[::1]") return true;
    if (name.size() > 10 && name.ends_with(".localhost")) return true;
    if (!name.starts_with("127.")) return false;
    for (const char c : name) {
        if (c != '.' && (c < '0' || c > '9')) return false;
    }
    return true;
}

bool is_link_local(std::string_view host) { return host.starts_with("169.254."); }

bool stays_on_machine(const OutboundCall& call) {
    if (call.transport == trust::Transport::InProcess ||
        call.transport == trust::Transport::UnixSocket) {
        return true;
    }
    const trust::SymbolicText& host = call.host.value;
    return host.fully_known() && (is_loopback(host.text) || is_link_local(host.text));
}

std::string destination(const OutboundCall& call) {
    const std::string& host = call.host.value.text;
    const std::string name = host.empty() ? "an unknown host" : host;
    switch (call.transport) {
        case trust::Transport::Tls: return cat("https://", name);
        case trust::Transport::Cleartext: return cat("http://", name);
        case trust::Transport::InProcess:
        case trust::Transport::UnixSocket:
        case trust::Transport::NotModelled: break;
    }
    return name;
}

static std::string describe(const CarriedData& data) {
    switch (data.carrier) {
        case Carrier::Header: return cat("the ", data.name, " header");
        case Carrier::Cookie: return cat("the cookie ", data.name);
        case Carrier::Query: return cat("the parameter ", data.name);
        case Carrier::UserInfo: return "the password in the URL";
        case Carrier::Body: return data.name.empty() ? "the body" : cat("the field ", data.name);
        case Carrier::Path: return "the path";
        case Carrier::Line: return "what is sent";
    }
    return {};
}

bool carries_secret(const OutboundCall& call) {
    for (const CarriedData& data : call.data) {
        if (data.secret) return true;
    }
    return false;
}

static std::string at_stake(const OutboundCall& call, bool only_secrets) {
    std::vector<std::string> named;
    for (const bool secret : {true, false}) {
        for (const CarriedData& data : call.data) {
            if (data.secret != secret || named.size() == 3 || (only_secrets && !secret)) continue;
            if (!secret && (data.carrier == Carrier::Header || data.carrier == Carrier::Path)) continue;
            std::string text = describe(data);
            bool known = false;
            for (const std::string& one : named) known = known || one == text;
            if (!known) named.push_back(std::move(text));
        }
    }
    if (named.empty()) return "the request";
    if (named.size() == 1) return named[0];
    const std::string last = named.back();
    named.pop_back();
    return cat(join(named, ", "), " and ", last);
}

std::string data_at_stake(const OutboundCall& call) { return at_stake(call, false); }
std::string secrets_at_stake(const OutboundCall& call) { return at_stake(call, true); }

trust::FindingSeverity severity_of(const OutboundCall& call) {
    return carries_secret(call) ? trust::FindingSeverity::Critical : trust::FindingSeverity::High;
}

trust::Finding finding_on(const OutboundCall& call, Span span) {
    trust::Finding finding;
    finding.span = span.empty() ? call.span : span;
    finding.severity = severity_of(call);
    finding.conditions = call.conditions;
    finding.call = call.id;
    finding.function = call.function;
    if (!(finding.span == call.span)) finding.related.push_back({call.span, "used by this call"});
    return finding;
}

void relate_origin(trust::Finding& finding, const trust::Origin* origin) {
    for (const trust::Origin* leaf : trust::leaves(origin)) {
        if (leaf->span.empty()) continue;
        const bool inside = leaf->span.file == finding.span.file &&
                            leaf->span.begin >= finding.span.begin &&
                            leaf->span.end <= finding.span.end;
        if (inside) continue;
        std::string label = "the value comes from here";
        if (leaf->kind == trust::OriginKind::Environment) {
            label = cat("the value is read from the environment variable ", leaf->name);
        } else if (leaf->kind == trust::OriginKind::SettingsFile) {
            label = cat("the value of ", leaf->name, " stands in the settings file");
        } else if (leaf->kind == trust::OriginKind::ParameterDefault) {
            label = "this default is used";
        }
        finding.related.push_back({leaf->span, std::move(label)});
    }
}

}  // namespace wh::rules
