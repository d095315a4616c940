#include "tls/verify_code.h"

namespace wh::tls {
namespace {

constexpr int kBadCertificate = 42, kUnsupportedCertificate = 43, kCertificateExpired = 45,
              kCertificateUnknown = 46, kUnknownCa = 48, kDecryptError = 51, kInternalError = 80;

struct CodeText {
    int code;
    int alert;
    std::string_view text;
};

constexpr CodeText kTexts[] = {
    {kVerifyOk, 0, "ok"},
    {kUnspecified, kInternalError, "unspecified certificate verification error"},
    {kNoIssuer, kUnknownCa, "unable to get issuer certificate"},
    {kBadSignature, kDecryptError, "certificate signature failure"},
    {kNotYetValid, kBadCertificate, "certificate is not yet valid"},
    {kExpired, kCertificateExpired, "certificate has expired"},
    {kBadNotBefore, kBadCertificate, "format error in certificate's notBefore field"},
    {kBadNotAfter, kBadCertificate, "format error in certificate's notAfter field"},
    {kSelfSigned, kUnknownCa, "self-signed certificate"},
    {kSelfSignedInChain, kUnknownCa, "self-signed certificate in certificate chain"},
    {kNoLocalIssuer, kUnknownCa, "unable to get local issuer certificate"},
    {kLeafNotVerified, kUnknownCa, "unable to verify the first certificate"},
    {kChainTooLong, kUnknownCa, "certificate chain too long"},
    {kPathTooLong, kUnknownCa, "path length constraint exceeded"},
    {kWrongPurpose, kUnsupportedCertificate, "unsuitable certificate purpose"},
    {kKeyIdsDiffer, kCertificateUnknown, "authority and subject key identifier mismatch"},
    {kCertSignNotAllowed, kCertificateUnknown, "key usage does not include certificate signing"},
    {kUnhandledCritical, kCertificateUnknown, "unhandled critical extension"},
    {kInvalidExtension, kCertificateUnknown, "invalid or inconsistent certificate extension"},
    {kPermittedViolation, kCertificateUnknown, "permitted subtree violation"},
    {kExcludedViolation, kCertificateUnknown, "excluded subtree violation"},
    {kConstraintDistances, kCertificateUnknown,
     "name constraints minimum and maximum not supported"},
    {kUnsupportedConstraintType, kCertificateUnknown, "unsupported name constraint type"},
    {kUnsupportedConstraintSyntax, kCertificateUnknown,
     "unsupported or invalid name constraint syntax"},
    {kUnsupportedNameSyntax, kCertificateUnknown, "unsupported or invalid name syntax"},
    {kHostMismatch, kBadCertificate, "hostname mismatch"},
    {kAddressMismatch, kBadCertificate, "IP address mismatch"},
    {kLeafKeyTooWeak, kBadCertificate, "EE certificate key too weak"},
    {kCaKeyTooWeak, kBadCertificate, "CA certificate key too weak"},
    {kHashTooWeak, kBadCertificate, "CA signature digest algorithm too weak"},
    {kAlgorithmsDiffer, kCertificateUnknown,
     "cert info signature and signature algorithm mismatch"},
    {kInvalidCa, kUnknownCa, "invalid CA certificate"},
    {kPathLengthForNonCa, kCertificateUnknown, "Path length invalid for non-CA cert"},
    {kPathLengthWithoutCertSign, kCertificateUnknown,
     "Path length given without key usage keyCertSign"},
    {kCertSignForNonCa, kCertificateUnknown, "Key usage keyCertSign invalid for non-CA cert"},
    {kIssuerEmpty, kCertificateUnknown, "Issuer name empty"},
    {kSubjectEmpty, kCertificateUnknown, "Subject name empty"},
    {kNoAuthorityKeyId, kCertificateUnknown, "Missing Authority Key Identifier"},
    {kNoSubjectKeyId, kCertificateUnknown, "Missing Subject Key Identifier"},
    {kEmptyAlternativeNames, kCertificateUnknown, "Empty Subject Alternative Name extension"},
    {kEmptySubjectSanNotCritical, kCertificateUnknown,
     "Subject empty and Subject Alt Name extension not critical"},
    {kConstraintsNotCritical, kCertificateUnknown,
     "Basic Constraints of CA cert not marked critical"},
    {kAuthorityKeyIdCritical, kCertificateUnknown, "Authority Key Identifier marked critical"},
    {kSubjectKeyIdCritical, kCertificateUnknown, "Subject Key Identifier marked critical"},
    {kCaWithoutKeyUsage, kCertificateUnknown, "CA cert does not include key usage extension"},
    {kExtensionsNeedVersion3, kCertificateUnknown, "Using cert extension requires at least X509v3"},
    {kExplicitCurve, kBadCertificate, "Certificate public key has explicit ECC parameters"},
};

const CodeText* find_text(int code) {
    for (const CodeText& one : kTexts) {
        if (one.code == code) return &one;
    }
    return nullptr;
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

}  // namespace wh::tls
