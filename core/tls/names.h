// Does a certificate speak for a name? As OpenSSL's X509_check_host and X509_check_ip
// (crypto/x509/v3_utl.c); see RFC 9525 for what a new client should do.
#pragma once

#include <string_view>

#include "tls/certificate.h"

namespace wh::tls {

// Host flags. Python forbids partial wildcards ("w*.shop.test"), OpenSSL's own default does not.
struct NameRules {
    bool partial_wildcards = false;
    bool common_name_fallback = true;
};

// One dNSName or common name against one host name. No trailing dots are removed.
bool name_covers(std::string_view pattern, std::string_view host, bool partial_wildcards = false);
// Host is a DNS name. The common names count only if allowed and there is no dNSName at all.
bool matches_host(const Certificate& certificate, std::string_view host, const NameRules& rules);
// Host is an address: only iPAddress entries count.
bool matches_address(const Certificate& certificate, std::string_view address);

}  // namespace wh::tls
