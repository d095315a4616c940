#include "run/call_summary.h"

#include "base/text.h"

namespace wh::run {

using trust::Because;
using trust::BecauseKind;

static std::string why(const Because& because) {
    switch (because.kind) {
        case BecauseKind::Argument: return "argument of the call";
        case BecauseKind::ConstructorArgument: return "argument where the client is made";
        case BecauseKind::AttributeSet: return "assigned after it was made";
        case BecauseKind::GlobalPatch: return "the library's default was replaced";
        case BecauseKind::LibraryDefault:
            return because.text.empty() ? "library default" : cat("default: ", because.text);
        case BecauseKind::Environment: return cat("environment variable ", because.text);
        case BecauseKind::NotModelled: return cat("not modelled: ", because.text);
    }
    return {};
}

template <class T>
static void add(CallSummary& summary, const char* name, const trust::Decided<T>& decided,
                std::string value) {
    summary.trusts.push_back({name, decided.known() ? std::move(value) : std::string("unknown"),
                              why(decided.because), decided.because.span});
}

static std::string roots_text(const trust::Roots& roots) {
    std::vector<std::string> parts;
    if (roots.system) parts.emplace_back("the system's certificate authorities");
    for (const std::string& file : roots.files) parts.push_back(file);
    if (!roots.pem.empty()) parts.emplace_back("certificates given as text");
    return parts.empty() ? "nothing" : join(parts, ", ");
}

CallSummary summarise(const trust::OutboundCall& call) {
    CallSummary out;
    out.id = call.id;
    out.span = call.span;
    out.function = call.function;
    out.library = call.library;
    out.callable = call.callable;
    out.method = call.method;
    out.url = call.url.value.text;
    out.host = call.host.value.text;
    out.port = call.port;
    out.transport = call.transport;
    out.host_known = call.host.known() && call.host.value.fully_known() && !out.host.empty();
    out.host_is_address = call.host_is_address;
    out.private_roots = call.policy.roots.known() && !call.policy.roots.value.system;
    out.host_header = call.host_header.text;
    out.conditions = call.conditions;
    const trust::TrustPolicy& policy = call.policy;
    if (call.transport == trust::Transport::Tls) {
        const bool chain = policy.chain_check.value;
        add(out, "certificate chain", policy.chain_check, chain ? "checked" : "not checked");
        const char* name = "checked in the handshake";
        if (policy.name_check.value == trust::NameCheck::Off) name = "not checked";
        if (policy.name_check.value == trust::NameCheck::AfterHandshake) {
            name = "checked after the handshake";
        }
        add(out, "name in the certificate", policy.name_check, name);
        if (policy.name_check.value != trust::NameCheck::Off) {
            add(out, "name that it must have", policy.reference_identity,
                policy.reference_identity.value);
        }
        if (chain) add(out, "trusted", policy.roots, roots_text(policy.roots.value));
        add(out, "server name sent", policy.server_name,
            policy.server_name.value.empty() ? "none" : policy.server_name.value);
        if (!policy.pins.value.empty()) {
            add(out, "pinned certificate", policy.pins, join(policy.pins.value, ", "));
        }
        if (!policy.client_certificate.value.file.empty()) {
            add(out, "own certificate", policy.client_certificate,
                policy.client_certificate.value.file);
        }
    } else if (call.transport == trust::Transport::Cleartext) {
        out.trusts.push_back({"transport", "plain text: whoever answers is believed",
                              "the URL's scheme", call.url_span});
    }
    if (policy.proxy.value.used) {
        add(out, "proxy", policy.proxy,
            cat(policy.proxy.value.scheme, "://", policy.proxy.value.host, ":",
                policy.proxy.value.port));
    }
    add(out, "redirects", policy.redirects,
        policy.redirects.value.followed ? "followed" : "not followed");
    for (const trust::CarriedData& data : call.data) {
        CallSummary::Carried carried;
        carried.carrier = data.carrier;
        carried.name = data.name;
        carried.text = data.value.text;
        carried.known = data.value.fully_known();
        carried.secret = data.secret;
        for (const trust::TextPart& part : data.value.parts) {
            for (const trust::Origin* leaf : trust::leaves(part.origin)) {
                if (leaf->kind == trust::OriginKind::CallerInput) carried.from_caller = true;
                if (leaf->kind == trust::OriginKind::Environment) carried.environment = leaf->name;
            }
        }
        out.data.push_back(std::move(carried));
    }
    return out;
}

}  // namespace wh::run
