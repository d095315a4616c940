#include "tls/verify.h"

#include <algorithm>

#include "base/address.h"
#include "base/text.h"
#include "tls/names.h"

namespace wh::tls {
namespace {

struct CodeText {
    int code;
    int alert;
    std::string_view text;
};

constexpr int kBadCertificate = 42, kUnsupportedCertificate = 43, kCertificateExpired = 45,
              kCertificateUnknown = 46, kUnknownCa = 48, kDecryptError = 51;

constexpr CodeText kTexts[] = {
    {kVerifyOk, 0, "ok"},
    {kNoIssuer, kUnknownCa, "unable to get issuer certificate"},
    {kBadSignature, kDecryptError, "certificate signature failure"},
    {kNotYetValid, kBadCertificate, "certificate is not yet valid"},
    {kExpired, kCertificateExpired, "certificate has expired"},
    {kSelfSigned, kUnknownCa, "self-signed certificate"},
    {kSelfSignedInChain, kUnknownCa, "self-signed certificate in certificate chain"},
    {kNoLocalIssuer, kUnknownCa, "unable to get local issuer certificate"},
    {kPathTooLong, kUnknownCa, "path length constraint exceeded"},
    {kWrongPurpose, kUnsupportedCertificate, "unsuitable certificate purpose"},
    {kHostMismatch, kBadCertificate, "hostname mismatch"},
    {kAddressMismatch, kBadCertificate, "IP address mismatch"},
    {kInvalidCa, kUnknownCa, "invalid CA certificate"},
    {kPathLengthForNonCa, kCertificateUnknown, "Path length invalid for non-CA cert"},
    {kPathLengthWithoutCertSign, kCertificateUnknown,
     "Path length given without key usage keyCertSign"},
    {kCertSignForNonCa, kCertificateUnknown, "Key usage keyCertSign invalid for non-CA cert"},
    {kNoAuthorityKeyId, kCertificateUnknown, "Missing Authority Key Identifier"},
    {kNoSubjectKeyId, kCertificateUnknown, "Missing Subject Key Identifier"},
    {kEmptySubjectSanNotCritical, kCertificateUnknown,
     "Subject empty and Subject Alt Name extension not critical"},
    {kConstraintsNotCritical, kCertificateUnknown,
     "Basic Constraints of CA cert not marked critical"},
    {kCaWithoutKeyUsage, kCertificateUnknown, "CA cert does not include key usage extension"},
};

const CodeText* find_text(int code) {
    for (const CodeText& one : kTexts) {
        if (one.code == code) return &one;
    }
    return nullptr;
}

// ossl_x509_likely_issued: names and key identifiers; signatures come last of all.
bool likely_issued(const Certificate& issuer, const Certificate& subject) {
    if (!(issuer.subject == subject.issuer)) return false;
    return !subject.authority_key_id || !issuer.subject_key_id ||
           *subject.authority_key_id == *issuer.subject_key_id;
}

bool self_signed(const Certificate& certificate) {
    return likely_issued(certificate, certificate);
}

const Certificate* find_issuer(const std::vector<Certificate>& candidates,
                               const Certificate& subject, const std::vector<Certificate>& chain) {
    for (const Certificate& candidate : candidates) {
        if (likely_issued(candidate, subject) &&
            std::find(chain.begin(), chain.end(), candidate) == chain.end()) {
            return &candidate;
        }
    }
    return nullptr;
}

struct Failure {
    int code = kVerifyOk;
    std::size_t depth = 0;
};

// build_chain: trust anchors first, then what the peer sent.
Failure build_chain(const std::vector<Certificate>& presented,
                    const std::vector<Certificate>& trusted, bool partial_chain,
                    std::vector<Certificate>& chain) {
    const auto is_anchor = [&](const Certificate& certificate) {
        return std::find(trusted.begin(), trusted.end(), certificate) != trusted.end();
    };
    chain = {presented.front()};
    const std::vector<Certificate> others(presented.begin() + 1, presented.end());
    std::size_t untrusted = 1;
    for (;;) {
        const Certificate current = chain.back();
        const bool rooted = self_signed(current);
        if (is_anchor(current) && (rooted || partial_chain)) return {};
        if (rooted) return {chain.size() == 1 ? kSelfSigned : kSelfSignedInChain, chain.size() - 1};
        if (const Certificate* issuer = find_issuer(trusted, current, chain)) {
            chain.push_back(*issuer);
            continue;
        }
        if (const Certificate* issuer = find_issuer(others, current, chain);
            issuer && untrusted == chain.size()) {
            chain.push_back(*issuer);
            ++untrusted;
            continue;
        }
        return {untrusted < chain.size() ? kNoIssuer : kNoLocalIssuer, chain.size() - 1};
    }
}

int strict_defect(const Certificate& certificate, bool last) {
    const bool ca = certificate.has_basic_constraints && certificate.is_ca;
    const unsigned usage = certificate.key_usage.value_or(kKeyCertSign);
    if (certificate.path_length) {
        if (!ca) return kPathLengthForNonCa;
        if (!(usage & kKeyCertSign)) return kPathLengthWithoutCertSign;
    }
    if (ca && !certificate.basic_constraints_critical) return kConstraintsNotCritical;
    if (ca && !certificate.key_usage) return kCaWithoutKeyUsage;
    if (!ca && certificate.key_usage && (usage & kKeyCertSign)) return kCertSignForNonCa;
    if (certificate.subject.empty() && certificate.has_san && !certificate.san_critical) {
        return kEmptySubjectSanNotCritical;
    }
    if (!last && !certificate.authority_key_id) return kNoAuthorityKeyId;
    if (ca && !certificate.subject_key_id) return kNoSubjectKeyId;
    return kVerifyOk;
}

bool fit_for(const Certificate& certificate, Purpose purpose, bool as_ca) {
    if (certificate.extended_key_usage) {
        const unsigned needed = purpose == Purpose::Server ? kServerAuth : kClientAuth;
        if (!(*certificate.extended_key_usage & needed)) return false;
    }
    if (as_ca || !certificate.key_usage) return true;
    const unsigned allowed = purpose == Purpose::Server
                                 ? kDigitalSignature | kKeyEncipherment | kKeyAgreement
                                 : kDigitalSignature | kKeyAgreement;
    return (*certificate.key_usage & allowed) != 0;
}

// check_extensions.
Failure check_extensions(const std::vector<Certificate>& chain, const VerifyOptions& options) {
    int below = 0;  // intermediates that are not self-issued
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const Certificate& one = chain[i];
        if (i > 0) {
            const bool ca = one.has_basic_constraints && one.is_ca &&
                            (!one.key_usage || (*one.key_usage & kKeyCertSign));
            if (!ca) return {kInvalidCa, i};
        }
        if (options.strict && chain.size() > 1) {
            if (const int defect = strict_defect(one, i + 1 == chain.size())) return {defect, i};
        }
        if (!fit_for(one, options.purpose, i > 0)) return {kWrongPurpose, i};
        if (i > 0 && one.path_length && below > *one.path_length) return {kPathTooLong, i};
        if (i > 0 && !(one.subject == one.issuer)) ++below;
    }
    return {};
}

int time_defect(const Certificate& certificate, std::int64_t now) {
    if (now < certificate.not_before) return kNotYetValid;
    if (now > certificate.not_after) return kExpired;
    return kVerifyOk;
}

}  // namespace

std::string_view verify_text(int code) {
    const CodeText* known = find_text(code);
    return known ? known->text : std::string_view("unknown certificate verification error");
}

int alert_for(int code) {
    const CodeText* known = find_text(code);
    return known ? known->alert : kCertificateUnknown;
}

VerifyResult verify(const std::vector<Certificate>& presented,
                    const std::vector<Certificate>& trusted, const VerifyOptions& options) {
    VerifyResult result;
    const auto fail = [&](Check check, Failure failure) {
        result.checks[static_cast<int>(check)] = CheckResult::Failed;
        result.code = failure.code;
        result.depth = failure.depth;
        result.message = verify_text(failure.code);
    };
    const auto done = [&](Check check) {
        result.checks[static_cast<int>(check)] = CheckResult::Done;
    };
    if (!options.check_chain || presented.empty()) {
        result.chain = presented;
        return result;
    }
    if (const Failure failure =
            build_chain(presented, trusted, options.partial_chain, result.chain);
        failure.code) {
        fail(Check::Chain, failure);
        return result;
    }
    done(Check::Chain);
    if (const Failure failure = check_extensions(result.chain, options); failure.code) {
        fail(Check::Extensions, failure);
        return result;
    }
    done(Check::Extensions);
    if (options.check_name) {
        const bool address = is_address(options.name);
        const Certificate& leaf = result.chain.front();
        if (address ? !matches_address(leaf, options.name)
                    : !matches_host(leaf, options.name, options.common_name_fallback)) {
            fail(Check::Name, {address ? kAddressMismatch : kHostMismatch, 0});
            result.message = cat(address ? "IP address" : "Hostname",
                                 " mismatch, certificate is not valid for '", options.name, "'.");
            return result;
        }
        done(Check::Name);
    }
    // internal_verify: from the anchor down; each certificate's signature, then its time.
    for (std::size_t i = result.chain.size(); i-- > 0;) {
        const Certificate& one = result.chain[i];
        if (i + 1 < result.chain.size() && !signature_fits(one, result.chain[i + 1])) {
            fail(Check::Signature, {kBadSignature, i});
            return result;
        }
        if (const int defect = time_defect(one, options.now)) {
            fail(Check::Validity, {defect, i});
            return result;
        }
    }
    done(Check::Signature);
    done(Check::Validity);
    return result;
}

}  // namespace wh::tls
