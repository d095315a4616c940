#include "world/sentences.h"

#include "base/text.h"

namespace wh::world {
namespace {

std::string_view yes_no(const trust::Decided<bool>& decided) {
    return !decided.known() ? "not modelled" : decided.value ? "yes" : "no";
}

}  // namespace

std::string because_text(const trust::Because& because) {
    // What the text names differs: an argument, a variable, or the source of a default.
    const std::string_view text = because.text;
    const std::string_view gap = text.empty() ? "" : " ";
    switch (because.kind) {
        case trust::BecauseKind::Argument:
            return cat("the argument", gap, text, " of the call says so");
        case trust::BecauseKind::ConstructorArgument:
            return cat("the argument", gap, text, " says so where the client is made");
        case trust::BecauseKind::AttributeSet:
            return cat("the attribute", gap, text, " was set so");
        case trust::BecauseKind::GlobalPatch:
            return cat("a default was replaced", text.empty() ? "" : ": ", text);
        case trust::BecauseKind::LibraryDefault:
            return text.empty() ? std::string("the library's default") : std::string(text);
        case trust::BecauseKind::Environment:
            return cat("the environment variable", gap, text, " says so");
        case trust::BecauseKind::NotModelled:
            return cat("not modelled", text.empty() ? "" : ": ", text);
    }
    return {};
}

void tell_call(Narrator& narrator, const trust::OutboundCall& call, TimeUs now) {
    const trust::TrustPolicy& policy = call.policy;
    std::string trusts;
    if (call.transport == trust::Transport::Cleartext) {
        trusts = "It goes in plain text: nothing is checked.";
    } else if (!policy.chain_check.known()) {
        trusts = "What it checks is not modelled.";
    } else if (!policy.chain_check.value) {
        trusts = cat("It checks neither who signed the certificate nor the name (",
                     because_text(policy.chain_check.because), ").");
    } else if (policy.name_check.known() && policy.name_check.value == trust::NameCheck::Off) {
        trusts = cat("It checks who signed the certificate, but not the name (",
                     because_text(policy.name_check.because), ").");
    } else {
        trusts = cat("It will accept only a valid certificate for ",
                     policy.reference_identity.value.empty() ? call.host.value.text
                                                             : policy.reference_identity.value,
                     ".");
    }
    const std::string what = call.url.value.text.empty()
                                 ? cat(call.host.value.text, ":", static_cast<int>(call.port))
                                 : call.url.value.text;
    trace::Event& event =
        narrator.tell(now, trace::EventKind::CallBegins, trace::Actor::App, trace::Actor::App,
                      cat(call.function.empty() ? "The app" : call.function, " calls ", what,
                          " with ", call.callable, ". ", trusts));
    event.fields = {{"call", cat(call.id)},
                    {"function", call.function},
                    {"callable", call.callable},
                    {"library", call.library},
                    {"method", call.method},
                    {"url", call.url.value.text},
                    {"host", call.host.value.text},
                    {"chain-check", std::string(yes_no(policy.chain_check))},
                    {"chain-check-because", because_text(policy.chain_check.because)},
                    {"name-check", !policy.name_check.known() ? "not modelled"
                                   : policy.name_check.value == trust::NameCheck::Off ? "no"
                                   : policy.name_check.value == trust::NameCheck::AfterHandshake
                                       ? "after the handshake"
                                       : "yes"},
                    {"name-check-because", because_text(policy.name_check.because)},
                    {"reference-identity", policy.reference_identity.value}};
}

std::string refusal_text(const tls::VerifyResult& result, const std::string& name) {
    switch (result.code) {
        case tls::kSelfSigned:
            return "The certificate is self-signed: there is no chain to a root that the app "
                   "trusts, so "
                   "OpenSSL stops here (error 18) and never looks at the name.";
        case tls::kSelfSignedInChain:
            return "The chain ends in a root that the app does not trust (error 19).";
        case tls::kNoLocalIssuer:
            return "None of the roots that the app trusts has signed this certificate (error 20).";
        case tls::kNoIssuer:
            return "The chain stops at a trusted certificate that is no root, and its issuer is "
                   "unknown "
                   "(error 2).";
        case tls::kHostMismatch:
            return cat("The certificate is genuine, but not for ", name,
                       ": a valid certificate for another name proves nothing here (error 62).");
        case tls::kAddressMismatch:
            return cat(
                "The URL holds the address ", name,
                ", and the certificate is not for that address (error 64). A Host header does not "
                "change what is checked.");
        case tls::kExpired:
            return "The certificate was good once, but it has expired (error 10).";
        case tls::kNotYetValid:
            return "The certificate is not valid yet (error 9).";
        case tls::kBadSignature:
            return "The signature does not fit: the certificate was changed (error 7).";
        case tls::kWrongPurpose:
            return "The certificate is not meant for a server (error 26).";
        case tls::kInvalidCa:
            return "Whoever signed this certificate is no certificate authority (error 79).";
        case tls::kPathTooLong:
            return "There are more authorities in the chain than one of them allows (error 25).";
        case tls::kPermittedViolation:
        case tls::kExcludedViolation:
            return cat("An authority in the chain may not issue certificates for this name (error ",
                       result.code, ").");
        case tls::kLeafKeyTooWeak:
        case tls::kCaKeyTooWeak:
        case tls::kHashTooWeak:
            return cat("A key or hash in the chain is too weak for OpenSSL's security level (error ",
                       result.code, ").");
        default:
            return cat("OpenSSL refuses the certificate: ", result.message, " (error ", result.code,
                       ").");
    }
}

std::string certificate_text(const CertificateDescription& description) {
    std::string names = join(description.names, ", ");
    if (names.empty()) names = cat(description.common_name_only, " (in the subject only)");
    return cat("a certificate for ", names,
               description.issuer == "self-signed" ? std::string(", signed by itself")
                                                   : cat(", signed by the ", description.issuer),
               description.expired ? ", expired" : "");
}

std::string verdict_text(Verdict verdict) {
    switch (verdict) {
        case Verdict::Safe:
            return "Safe: the app talked to genuine machines only.";
        case Verdict::Failed:
            return "Failed: something did not work, and nothing leaked.";
        case Verdict::Blocked:
            return "Blocked: the app reached the attacker, saw a wrong certificate and sent "
                   "nothing.";
        case Verdict::Compromised:
            return "Compromised: the attacker received what was meant for another.";
    }
    return {};
}

}  // namespace wh::world
