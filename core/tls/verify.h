// Certificate verification in OpenSSL 3's order, codes and words (crypto/x509/x509_vfy.c), with the
// additions of Python's _ssl.c for names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tls/certificate.h"

namespace wh::tls {

// X509_V_ERR_*
enum VerifyCode : int {
    kVerifyOk = 0,
    kNoIssuer = 2,
    kBadSignature = 7,
    kNotYetValid = 9,
    kExpired = 10,
    kSelfSigned = 18,
    kSelfSignedInChain = 19,
    kNoLocalIssuer = 20,
    kPathTooLong = 25,
    kWrongPurpose = 26,
    kHostMismatch = 62,
    kAddressMismatch = 64,
    kInvalidCa = 79,
    kPathLengthForNonCa = 80,
    kPathLengthWithoutCertSign = 81,
    kCertSignForNonCa = 82,
    kNoAuthorityKeyId = 85,
    kNoSubjectKeyId = 86,
    kEmptySubjectSanNotCritical = 88,
    kConstraintsNotCritical = 89,
    kCaWithoutKeyUsage = 92,
};

enum class Purpose : std::uint8_t { Server, Client };  // whose certificate it is

struct VerifyOptions {
    std::int64_t now = 0;  // seconds since 1970
    Purpose purpose = Purpose::Server;
    bool check_chain = true;
    bool strict = false;         // X509_V_FLAG_X509_STRICT
    bool partial_chain = false;  // X509_V_FLAG_PARTIAL_CHAIN
    bool check_name = false;
    std::string name;  // host name or address
    bool common_name_fallback = true;
};

// The checks in the order in which they are made; a failing one ends the rest.
enum class Check : std::uint8_t { Chain, Extensions, Name, Signature, Validity };
enum class CheckResult : std::uint8_t { Done, Failed, Skipped };

struct VerifyResult {
    int code = kVerifyOk;
    std::string message;             // OpenSSL's; for names Python's longer one
    std::size_t depth = 0;           // certificate in the chain that was refused
    std::vector<Certificate> chain;  // leaf first, as far as it was built
    CheckResult checks[5] = {CheckResult::Skipped, CheckResult::Skipped, CheckResult::Skipped,
                             CheckResult::Skipped, CheckResult::Skipped};
    [[nodiscard]] bool ok() const { return code == kVerifyOk; }
    [[nodiscard]] CheckResult result(Check check) const { return checks[static_cast<int>(check)]; }
};

// `presented`: what the peer sent, leaf first; `trusted`: the trust anchors.
VerifyResult verify(const std::vector<Certificate>& presented,
                    const std::vector<Certificate>& trusted, const VerifyOptions& options);

// X509_verify_cert_error_string.
std::string_view verify_text(int code);
// The TLS alert that a peer sends for it (ssl/statem/statem_lib.c, ssl_x509err2alert).
int alert_for(int code);

}  // namespace wh::tls
