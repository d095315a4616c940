// OpenSSL's verification codes (X509_V_ERR_*, openssl/x509_vfy.h), the ones that this verifier can
// find, with their words and the alert that a peer gets for them.
#pragma once

#include <string_view>

namespace wh::tls {

enum VerifyCode : int {
    kVerifyOk = 0,
    kUnspecified = 1,
    kNoIssuer = 2,
    kBadSignature = 7,
    kNotYetValid = 9,
    kExpired = 10,
    kBadNotBefore = 13,
    kBadNotAfter = 14,
    kSelfSigned = 18,
    kSelfSignedInChain = 19,
    kNoLocalIssuer = 20,
    kLeafNotVerified = 21,
    kChainTooLong = 22,
    kPathTooLong = 25,
    kWrongPurpose = 26,
    kKeyIdsDiffer = 30,
    kCertSignNotAllowed = 32,
    kUnhandledCritical = 34,
    kInvalidExtension = 41,
    kPermittedViolation = 47,
    kExcludedViolation = 48,
    kConstraintDistances = 49,
    kUnsupportedConstraintType = 51,
    kUnsupportedConstraintSyntax = 52,
    kUnsupportedNameSyntax = 53,
    kHostMismatch = 62,
    kAddressMismatch = 64,
    kLeafKeyTooWeak = 66,
    kCaKeyTooWeak = 67,
    kHashTooWeak = 68,
    kAlgorithmsDiffer = 78,
    kInvalidCa = 79,
    kPathLengthForNonCa = 80,
    kPathLengthWithoutCertSign = 81,
    kCertSignForNonCa = 82,
    kIssuerEmpty = 83,
    kSubjectEmpty = 84,
    kNoAuthorityKeyId = 85,
    kNoSubjectKeyId = 86,
    kEmptyAlternativeNames = 87,
    kEmptySubjectSanNotCritical = 88,
    kConstraintsNotCritical = 89,
    kAuthorityKeyIdCritical = 90,
    kSubjectKeyIdCritical = 91,
    kCaWithoutKeyUsage = 92,
    kExtensionsNeedVersion3 = 93,
    kExplicitCurve = 94,
};

// X509_verify_cert_error_string of OpenSSL 3.
std::string_view verify_text(int code);
// The TLS alert that a peer sends for it (ssl/statem/statem_lib.c, ssl_x509err2alert).
int alert_for(int code);

}  // namespace wh::tls
