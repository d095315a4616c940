// Does a certificate speak for a name? As OpenSSL's X509_check_host and X509_check_ip with the
// flags that Python sets (no partial wildcards); see RFC 9525 for what a new client should do.
#pragma once

#include <string_view>

#include "tls/certificate.h"

namespace wh::tls {

// One dNSName or common name against one host name. No trailing dots are removed.
bool name_covers(std::string_view pattern, std::string_view host);
// Host is a DNS name. The common name counts only if allowed and there is no dNSName at all.
bool matches_host(const Certificate& certificate, std::string_view host, bool common_name_fallback);
// Host is an address: only iPAddress entries count.
bool matches_address(const Certificate& certificate, std::string_view address);

}  // namespace wh::tls
