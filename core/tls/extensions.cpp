// check_extensions of OpenSSL 3 (crypto/x509/x509_vfy.c) and the purposes of v3_purp.c.
#include "tls/verify.h"

namespace wh::tls {
namespace {

// ku_reject: an absent key usage allows everything.
bool usage_allows(const Certificate& certificate, unsigned usage) {
    return !certificate.key_usage || (*certificate.key_usage & usage) != 0;
}

// check_ca: 0 no CA, 1 CA, 3 a self-signed certificate of version 1, 4 no basic constraints but
// the right to sign.
int ca_kind(const Certificate& certificate) {
    if (certificate.malformed_extension || !usage_allows(certificate, kKeyCertSign)) return 0;
    if (certificate.basic_constraints) return certificate.basic_constraints->ca ? 1 : 0;
    if (certificate.version == 1 && self_signed(certificate)) return 3;
    return certificate.key_usage ? 4 : 0;
}

// check_purpose_ssl_server, check_purpose_ssl_client.
bool fit_for(const Certificate& certificate, const VerifyOptions& options, bool as_ca) {
    // X509_check_purpose fails then, and that counts only with X509_STRICT.
    if (certificate.malformed_extension) return !options.strict;
    const bool server = options.purpose == Purpose::Server;
    if (certificate.extended_key_usage) {
        const unsigned needed = server ? kServerAuth | kServerGated : unsigned{kClientAuth};
        if (!(*certificate.extended_key_usage & needed)) return false;
    }
    if (as_ca) return ca_kind(certificate) != 0;
    return usage_allows(certificate, server ? kDigitalSignature | kKeyEncipherment | kKeyAgreement
                                            : kDigitalSignature | kKeyAgreement);
}

// What X509_V_FLAG_X509_STRICT adds; chains of one are spared (RFC 6818 section 2).
int strict_defect(const Certificate& it, bool last) {
    const bool ca = it.is_ca();
    const unsigned usage = it.key_usage.value_or(0);
    const bool unnamed = it.subject.empty();
    if (it.basic_constraints && it.basic_constraints->path_length) {
        if (!ca) return kPathLengthForNonCa;
        if (!(usage & kKeyCertSign)) return kPathLengthWithoutCertSign;
    }
    if (ca && !it.is_critical(kBasicConstraints)) return kConstraintsNotCritical;
    if (ca && !it.key_usage) return kCaWithoutKeyUsage;
    if (!ca && (usage & kKeyCertSign)) return kCertSignForNonCa;
    if (it.issuer.empty()) return kIssuerEmpty;
    if (unnamed && (ca || (usage & kCrlSign) || !it.alternative_names)) return kSubjectEmpty;
    if (unnamed && !it.is_critical(kAlternativeNames)) return kEmptySubjectSanNotCritical;
    if (it.alternative_names && it.alternative_names->empty()) return kEmptyAlternativeNames;
    if (it.algorithms_differ) return kAlgorithmsDiffer;
    if (it.authority_key_id && it.is_critical(kAuthorityKeyId)) return kAuthorityKeyIdCritical;
    if (it.subject_key_id && it.is_critical(kSubjectKeyId)) return kSubjectKeyIdCritical;
    if (it.version < 3) return it.has_extensions() ? kExtensionsNeedVersion3 : kVerifyOk;
    if (!last && !(it.authority_key_id && it.authority_key_id->key_id)) return kNoAuthorityKeyId;
    if (ca && !it.subject_key_id) return kNoSubjectKeyId;
    return kVerifyOk;
}

}  // namespace

Refusal check_extensions(const Chain& chain, const VerifyOptions& options) {
    int below = 0;  // intermediates that are not self-issued
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const Certificate& one = *chain[i];
        const bool last = i + 1 == chain.size();
        const auto refuse = [i](int code) { return Refusal{code, i, Check::Extensions}; };
        // Neither key identifier is known to OpenSSL as an extension that may be critical.
        if (one.critical & (kUnknownExtension | kAuthorityKeyId | kSubjectKeyId)) {
            return refuse(kUnhandledCritical);
        }
        const int kind = ca_kind(one);
        const bool accepted = i == 0 ? !options.strict || kind <= 1
                                     : kind == 1 || (kind != 0 && last && !options.strict);
        if (!accepted) return refuse(kInvalidCa);
        if (chain.size() > 1) {
            if (one.key_type.empty()) return refuse(kUnspecified);
            if (one.explicit_curve) return refuse(kExplicitCurve);
            if (options.strict) {
                if (const int defect = strict_defect(one, last)) return refuse(defect);
            }
        }
        if (!fit_for(one, options, i > 0)) return refuse(kWrongPurpose);
        if (i > 1 && one.basic_constraints && one.basic_constraints->path_length &&
            below > *one.basic_constraints->path_length) {
            return refuse(kPathTooLong);
        }
        if (i > 0 && !one.self_issued()) ++below;
    }
    return {};
}

}  // namespace wh::tls
