// Name constraints (RFC 5280 section 4.2.1.10) as OpenSSL's crypto/x509/v3_ncons.c compares them.
#pragma once

#include "tls/certificate.h"

namespace wh::tls {

// Codes of OpenSSL: 0, or 47 permitted, 48 excluded, 49 distances, 51 and 53 what it cannot
// compare, 1 too much work. Every alternative name, the subject and its e-mail addresses are looked
// at.
int check_constraints(const Certificate& certificate, const NameConstraints& constraints);
// The same for common names that look like host names (NAME_CONSTRAINTS_check_CN).
int check_constraints_of_common_names(const Certificate& certificate,
                                      const NameConstraints& constraints);

// One name against one subtree: 0 inside, 47 outside, others as above.
int within(const GeneralName& name, const GeneralName& base);

}  // namespace wh::tls
