// How strong keys and hashes are, against OpenSSL's security levels (SSL_CTX_set_security_level(3);
// Debian's and Ubuntu's builds use level 2).
#pragma once

#include "tls/certificate.h"

namespace wh::tls {

// Security bits as EVP_PKEY_get_security_bits tells; for RSA rounded down to what a level asks for
// (80, 112, 128, 192, 256). 0: unknown or unreadable.
int key_security_bits(const Certificate& certificate);
// Of the hash in the signature (x509_sig_info_init); -1: unknown algorithm.
int signature_security_bits(const Certificate& certificate);
// Does a key of this type make such a signature? (check_sig_alg_match)
bool key_makes(std::string_view key_type, std::string_view signature_algorithm);

bool key_meets(const Certificate& certificate, int level);
bool signature_meets(const Certificate& certificate, int level);

}  // namespace wh::tls
