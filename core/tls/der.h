// Certificates in DER (RFC 5280 section 4.1), for captures. Keys and signatures are symbols here:
// what stands in their places has the right form and is made from the symbols.
#pragma once

#include <string>
#include <string_view>

#include "tls/certificate.h"

namespace wh::tls {

std::string to_der(const Certificate& certificate);
// ECDSA-Sig-Value (RFC 3279 section 2.2.3) of the right form, made from a symbolic signature.
std::string der_signature(std::string_view symbol);

}  // namespace wh::tls
