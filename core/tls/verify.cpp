#include "tls/verify.h"

#include "base/address.h"
#include "base/text.h"
#include "tls/key_strength.h"
#include "tls/name_constraints.h"
#include "tls/names.h"

namespace wh::tls {
namespace {

// check_auth_level: keys of issuers, hashes of all but the anchor's own signature.
Refusal check_strength(const Chain& chain, int level) {
    for (std::size_t i = 0; i < chain.size(); ++i) {
        if (i > 0 && !key_meets(*chain[i], level)) return {kCaKeyTooWeak, i, Check::Strength};
        if (i + 1 < chain.size() && !signature_meets(*chain[i], level)) {
            return {kHashTooWeak, i, Check::Strength};
        }
    }
    return {};
}

Refusal check_name(const Certificate& leaf, const VerifyOptions& options) {
    if (is_address(options.name)) {
        if (!matches_address(leaf, options.name)) return {kAddressMismatch, 0, Check::Name};
    } else if (!matches_host(leaf, options.name,
                             {options.partial_wildcards, options.common_name_fallback})) {
        return {kHostMismatch, 0, Check::Name};
    }
    return {};
}

// X509_cmp_time: a certificate is valid from notBefore on and until, not at, notAfter.
int time_defect(const Certificate& certificate, std::int64_t now) {
    if (certificate.not_before == kMalformedTime) return kBadNotBefore;
    if (now < certificate.not_before) return kNotYetValid;
    if (certificate.not_after == kMalformedTime) return kBadNotAfter;
    if (now >= certificate.not_after) return kExpired;
    return kVerifyOk;
}

// internal_verify: from the anchor down, each certificate's signature, then its time. An anchor's
// own signature is not looked at; one that is not self-signed is skipped unless PARTIAL_CHAIN.
Refusal check_signatures_and_times(const Chain& chain, const VerifyOptions& options) {
    std::size_t from = chain.size();
    if (!self_signed(*chain.back()) && !options.partial_chain) {
        if (--from == 0) return {kLeafNotVerified, 0, Check::Signature};
    }
    for (std::size_t i = from; i-- > 0;) {
        const Certificate& one = *chain[i];
        if (i + 1 < chain.size()) {
            const Certificate& issuer = *chain[i + 1];
            if (issuer.key_usage && !(*issuer.key_usage & kKeyCertSign)) {
                return {kCertSignNotAllowed, i + 1, Check::Signature};
            }
            if (!signature_fits(one, issuer)) return {kBadSignature, i, Check::Signature};
        }
        if (const int defect = time_defect(one, options.now)) return {defect, i, Check::Validity};
    }
    return {};
}

// check_name_constraints: of every issuer above, the anchor included.
Refusal check_name_constraints(const Chain& chain, const VerifyOptions& options) {
    for (std::size_t i = chain.size(); i-- > 0;) {
        const Certificate& one = *chain[i];
        if (i > 0 && one.self_issued()) continue;
        for (std::size_t j = chain.size() - 1; j > i; --j) {
            if (!chain[j]->name_constraints) continue;
            const NameConstraints& constraints = *chain[j]->name_constraints;
            int code = check_constraints(one, constraints);
            if (code == kVerifyOk && i == 0 && options.common_name_fallback &&
                one.names(NameKind::Dns).empty()) {
                code = check_constraints_of_common_names(one, constraints);
            }
            if (code != kVerifyOk) return {code, i, Check::Constraints};
        }
    }
    return {};
}

Refusal verify_as_openssl(const std::vector<Certificate>& presented,
                          const std::vector<Certificate>& trusted, const VerifyOptions& options,
                          Chain& chain) {
    chain = {&presented.front()};
    if (!key_meets(presented.front(), options.security_level)) {
        return {kLeafKeyTooWeak, 0, Check::Strength};
    }
    Refusal refusal = build_chain(presented, trusted, options, chain);
    if (refusal.code == kVerifyOk) refusal = check_extensions(chain, options);
    if (refusal.code == kVerifyOk) refusal = check_strength(chain, options.security_level);
    if (refusal.code == kVerifyOk && options.check_name) {
        refusal = check_name(presented.front(), options);
    }
    if (refusal.code == kVerifyOk) refusal = check_signatures_and_times(chain, options);
    if (refusal.code == kVerifyOk) refusal = check_name_constraints(chain, options);
    return refusal;
}

}  // namespace

std::string_view load_defect(const Certificate& leaf, int security_level) {
    if (!key_meets(leaf, security_level)) return "EE_KEY_TOO_SMALL";
    // A self-signed certificate's hash does not matter (ssl_security_cert_sig).
    if (!self_signed(leaf) && !signature_meets(leaf, security_level)) return "CA_MD_TOO_WEAK";
    return {};
}

VerifyResult verify(const std::vector<Certificate>& presented,
                    const std::vector<Certificate>& trusted, const VerifyOptions& options) {
    VerifyResult result;
    if (!options.check_chain || presented.empty()) {
        result.chain = presented;
        return result;
    }
    Chain chain;
    const Refusal refusal = options.mode == VerifyMode::Strict
                                ? verify_strictly(presented, trusted, options, chain)
                                : verify_as_openssl(presented, trusted, options, chain);
    for (const Certificate* one : chain) result.chain.push_back(*one);
    const auto last = static_cast<std::size_t>(refusal.check);
    for (std::size_t i = 0; i < kChecks; ++i) {
        if (refusal.code != kVerifyOk && i >= last) break;
        result.checks[i] = CheckResult::Done;
    }
    if (!options.check_name) {
        result.checks[static_cast<std::size_t>(Check::Name)] = CheckResult::Skipped;
    }
    if (refusal.code == kVerifyOk) return result;
    result.checks[last] = CheckResult::Failed;
    result.code = refusal.code;
    result.depth = refusal.depth;
    result.message = verify_text(refusal.code);
    if (refusal.code == kHostMismatch || refusal.code == kAddressMismatch) {
        // _ssl.c's own words (fill_and_set_sslerror).
        result.message = cat(refusal.code == kAddressMismatch ? "IP address" : "Hostname",
                             " mismatch, certificate is not valid for '", options.name, "'.");
    }
    return result;
}

}  // namespace wh::tls
