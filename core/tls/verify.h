// Certificate verification: as OpenSSL 3 does it (X509_verify_cert in crypto/x509/x509_vfy.c: its
// chain, its order, its codes and words) with what Python's _ssl.c adds for names; or strictly, as
// RFC 5280, RFC 9525 and the public web's rules ask.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tls/certificate.h"
#include "tls/verify_code.h"

namespace wh::tls {

enum class Purpose : std::uint8_t { Server, Client };  // whose certificate it is

enum class VerifyMode : std::uint8_t {
    OpenSsl,  // no back-tracking; what Python says
    Strict,   // RFC 5280 section 6 with back-tracking, RFC 9525 names, CA/B Forum profile
};

struct VerifyOptions {
    std::int64_t now = 0;  // seconds since 1970
    Purpose purpose = Purpose::Server;
    VerifyMode mode = VerifyMode::OpenSsl;
    bool check_chain = true;
    bool strict = false;         // X509_V_FLAG_X509_STRICT
    bool partial_chain = false;  // X509_V_FLAG_PARTIAL_CHAIN
    bool check_name = false;
    std::string name;  // host name or address
    bool common_name_fallback = true;
    bool partial_wildcards = false;  // OpenSSL's own default; Python forbids them
    int security_level = 2;          // 0 to 5
    int depth_max = 100;             // certificates between leaf and anchor
};

// The checks in the order in which OpenSSL makes them; a failing one ends the rest. (Signatures and
// times go hand in hand, from the anchor down.) Revocation is not among them: Python's contexts
// look for no CRL and ask no responder.
enum class Check : std::uint8_t {
    Chain,
    Extensions,
    Strength,
    Name,
    Signature,
    Validity,
    Constraints,
};
inline constexpr std::size_t kChecks = 7;
enum class CheckResult : std::uint8_t { Skipped, Done, Failed };

struct VerifyResult {
    int code = kVerifyOk;
    std::string message;             // OpenSSL's; for names Python's longer one
    std::size_t depth = 0;           // certificate in the chain that was refused
    std::vector<Certificate> chain;  // leaf first, as far as it was built
    CheckResult checks[kChecks] = {};
    [[nodiscard]] bool ok() const { return code == kVerifyOk; }
    [[nodiscard]] CheckResult result(Check check) const {
        return checks[static_cast<std::size_t>(check)];
    }
};

// `presented`: what the peer sent, leaf first; `trusted`: the trust anchors.
VerifyResult verify(const std::vector<Certificate>& presented,
                    const std::vector<Certificate>& trusted, const VerifyOptions& options);

// A refusal by one check, about one certificate of the chain; code 0: none.
struct Refusal {
    int code = kVerifyOk;
    std::size_t depth = 0;
    Check check = Check::Chain;
};
using Chain = std::vector<const Certificate*>;  // leaf first

// --- parts, in files of their own
// build_chain: trust anchors first, then what the peer sent; never a step back.
Refusal build_chain(const std::vector<Certificate>& presented,
                    const std::vector<Certificate>& trusted, const VerifyOptions& options,
                    Chain& chain);
// check_extensions: CA bits, purposes, path lengths; with X509_STRICT much of RFC 5280's form.
Refusal check_extensions(const Chain& chain, const VerifyOptions& options);
// Path building with steps back, RFC 5280's algorithm, RFC 9525's names.
Refusal verify_strictly(const std::vector<Certificate>& presented,
                        const std::vector<Certificate>& trusted, const VerifyOptions& options,
                        Chain& chain);

// ossl_x509_likely_issued: names, key identifiers, key types; signatures come last of all.
bool likely_issued(const Certificate& issuer, const Certificate& subject);
bool self_signed(const Certificate& certificate);  // by its names and identifiers (EXFLAG_SS)

// Why a server cannot even load its own certificate at this security level, as OpenSSL names the
// reason ("EE_KEY_TOO_SMALL"); empty: it can (ssl/ssl_cert.c, ssl_security_cert).
std::string_view load_defect(const Certificate& leaf, int security_level);

}  // namespace wh::tls
