#include "tls/name_constraints.h"

#include "base/address.h"
#include "base/text.h"
#include "tls/verify_code.h"

namespace wh::tls {
namespace {

constexpr std::size_t kComparisonsMax = 1 << 20;  // NAME_CHECK_MAX

// nc_dns: equal, or more labels on the left. An empty base takes everything.
int within_dns(std::string_view name, std::string_view base) {
    if (base.empty()) return kVerifyOk;
    if (name.size() < base.size()) return kPermittedViolation;
    const std::size_t extra = name.size() - base.size();
    if (extra > 0 && base[0] != '.' && name[extra - 1] != '.') return kPermittedViolation;
    return ascii_equal_ignoring_case(name.substr(extra), base) ? kVerifyOk : kPermittedViolation;
}

// nc_email: a mailbox, a host, or with a leading dot all hosts below.
int within_email(std::string_view mail, std::string_view base) {
    const std::size_t mail_at = mail.rfind('@');
    if (mail_at == std::string_view::npos) return kUnsupportedNameSyntax;
    const std::size_t base_at = base.rfind('@');
    if (base_at == std::string_view::npos && base.starts_with('.')) {
        return mail.size() > base.size() &&
                       ascii_equal_ignoring_case(mail.substr(mail.size() - base.size()), base)
                   ? kVerifyOk
                   : kPermittedViolation;
    }
    std::string_view host = base;
    if (base_at != std::string_view::npos) {
        if (base_at > 0) {
            if (base_at != mail_at) return kPermittedViolation;
            if (base.substr(0, base_at).find('\0') != std::string_view::npos) {
                return kUnsupportedNameSyntax;
            }
            if (base.substr(0, base_at) != mail.substr(0, mail_at)) return kPermittedViolation;
        }
        host = base.substr(base_at + 1);
    }
    return ascii_equal_ignoring_case(mail.substr(mail_at + 1), host) ? kVerifyOk
                                                                     : kPermittedViolation;
}

// nc_uri: the host of scheme://host[:port][/...].
int within_uri(std::string_view uri, std::string_view base) {
    const std::size_t colon = uri.find(':');
    if (colon == std::string_view::npos || !uri.substr(colon + 1).starts_with("//")) {
        return kUnsupportedNameSyntax;
    }
    std::string_view host = uri.substr(colon + 3);
    const std::size_t port = host.find(':');
    host = host.substr(0, port == std::string_view::npos ? host.find('/') : port);
    if (host.empty()) return kUnsupportedNameSyntax;
    if (base.starts_with('.')) {
        return host.size() > base.size() &&
                       ascii_equal_ignoring_case(host.substr(host.size() - base.size()), base)
                   ? kVerifyOk
                   : kPermittedViolation;
    }
    return ascii_equal_ignoring_case(host, base) ? kVerifyOk : kPermittedViolation;
}

// nc_ip
int within_network(std::string_view address, std::string_view base) {
    const auto host = address_bytes(address);
    const std::size_t slash = base.find('/');
    const auto network = address_bytes(base.substr(0, slash));
    const auto mask =
        slash == std::string_view::npos ? std::nullopt : address_bytes(base.substr(slash + 1));
    if (!host || !network || !mask || network->size() != mask->size()) {
        return kUnsupportedNameSyntax;
    }
    if (host->size() != network->size()) return kPermittedViolation;
    for (std::size_t i = 0; i < host->size(); ++i) {
        if ((((*host)[i] ^ (*network)[i]) & (*mask)[i]) != 0) return kPermittedViolation;
    }
    return kVerifyOk;
}

// nc_match
int match(const GeneralName& name, const NameConstraints& constraints) {
    bool constrained = false, inside = false;
    for (const GeneralName& base : constraints.permitted) {
        if (base.kind != name.kind) continue;
        if (name.kind == NameKind::Other && base.value != name.value) continue;
        if (constraints.distances) return kConstraintDistances;
        constrained = true;
        if (inside) continue;
        const int code = within(name, base);
        if (code != kVerifyOk && code != kPermittedViolation) return code;
        inside = code == kVerifyOk;
    }
    if (constrained && !inside) return kPermittedViolation;
    for (const GeneralName& base : constraints.excluded) {
        if (base.kind != name.kind) continue;
        if (name.kind == NameKind::Other && base.value != name.value) continue;
        if (constraints.distances) return kConstraintDistances;
        const int code = within(name, base);
        if (code == kVerifyOk) return kExcludedViolation;
        if (code != kPermittedViolation) return code;
    }
    return kVerifyOk;
}

// cn2dnsid: a common name of two or more labels of letters, digits, '_' and inner hyphens. A single
// label is none: "CN=sometld" cannot be constrained.
bool looks_like_host(std::string_view name) {
    bool host = false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            c == '_') {
            continue;
        }
        const bool inner = i > 0 && i + 1 < name.size();
        if (inner && c == '-') continue;
        if (inner && c == '.' && name[i + 1] != '.' && name[i - 1] != '-' && name[i + 1] != '-') {
            host = true;
            continue;
        }
        return false;
    }
    return host;
}

}  // namespace

int within(const GeneralName& name, const GeneralName& base) {
    switch (name.kind) {
        case NameKind::Dns:
            return within_dns(name.value, base.value);
        case NameKind::Email:
            return within_email(name.value, base.value);
        case NameKind::Uri:
            return within_uri(name.value, base.value);
        case NameKind::Address:
            return within_network(name.value, base.value);
        case NameKind::Directory:
            return name_begins_with(name_of(name.value), name_of(base.value)) ? kVerifyOk
                                                                              : kPermittedViolation;
        case NameKind::Other:
            break;
    }
    return kUnsupportedConstraintType;
}

int check_constraints(const Certificate& certificate, const NameConstraints& constraints) {
    const std::size_t names =
        certificate.subject.attributes.size() +
        (certificate.alternative_names ? certificate.alternative_names->size() : 0);
    const std::size_t bases = constraints.permitted.size() + constraints.excluded.size();
    if (names > 0 && bases > kComparisonsMax / names) return kUnspecified;
    if (!certificate.subject.empty()) {
        const int code = match({NameKind::Directory, text_of(certificate.subject)}, constraints);
        if (code != kVerifyOk) return code;
        for (const NameAttribute& one : certificate.subject.attributes) {
            if (one.type != "emailAddress") continue;
            const int mail = match({NameKind::Email, one.value}, constraints);
            if (mail != kVerifyOk) return mail;
        }
    }
    if (!certificate.alternative_names) return kVerifyOk;
    for (const GeneralName& one : *certificate.alternative_names) {
        const int code = match(one, constraints);
        if (code != kVerifyOk) return code;
    }
    return kVerifyOk;
}

int check_constraints_of_common_names(const Certificate& certificate,
                                      const NameConstraints& constraints) {
    for (const NameAttribute& one : certificate.subject.attributes) {
        if (one.type != "CN") continue;
        std::string_view name = one.value;
        while (name.ends_with('\0')) name.remove_suffix(1);
        if (name.find('\0') != std::string_view::npos) return kUnsupportedNameSyntax;
        if (!looks_like_host(name)) continue;
        const int code = match({NameKind::Dns, std::string(name)}, constraints);
        if (code != kVerifyOk) return code;
    }
    return kVerifyOk;
}

}  // namespace wh::tls
