// Chain building as OpenSSL 3 does it (crypto/x509/x509_vfy.c, build_chain, with TRUSTED_FIRST as
// by default): one candidate is taken at each step and never given back.
#include <algorithm>

#include "tls/key_strength.h"
#include "tls/verify.h"

namespace wh::tls {
namespace {

// X509_check_akid.
bool key_id_fits(const Certificate& issuer, const std::optional<AuthorityKeyId>& wanted) {
    if (!wanted) return true;
    if (wanted->key_id && issuer.subject_key_id && *wanted->key_id != *issuer.subject_key_id) {
        return false;
    }
    if (!wanted->serial.empty() && wanted->serial != issuer.serial) return false;
    return !wanted->issuer || same_name(name_of(*wanted->issuer), issuer.issuer);
}

bool valid_at(const Certificate& certificate, std::int64_t now) {
    return certificate.not_before != kMalformedTime && certificate.not_after != kMalformedTime &&
           certificate.not_before <= now && now < certificate.not_after;
}

bool contains(const Chain& chain, const Certificate& wanted) {
    return std::any_of(chain.begin(), chain.end(),
                       [&](const Certificate* one) { return one == &wanted || *one == wanted; });
}

// The first candidate that is valid now, else the one that expires last. `chain`: those that may
// not come again; null for trust anchors (get1_trusted_issuer).
const Certificate* find_issuer(const Chain& candidates, const Certificate& subject,
                               const Chain* chain, std::int64_t now) {
    const Certificate* best = nullptr;
    for (const Certificate* candidate : candidates) {
        if (!likely_issued(*candidate, subject)) continue;
        if (chain && !(subject.self_issued() && chain->size() == 1) &&
            contains(*chain, *candidate)) {
            continue;
        }
        if (valid_at(*candidate, now)) return candidate;
        if (!best || candidate->not_after > best->not_after) best = candidate;
    }
    return best;
}

Chain pointers(const std::vector<Certificate>& certificates) {
    Chain out;
    for (const Certificate& one : certificates) out.push_back(&one);
    return out;
}

}  // namespace

bool likely_issued(const Certificate& issuer, const Certificate& subject) {
    return same_name(issuer.subject, subject.issuer) && !issuer.malformed_extension &&
           !subject.malformed_extension && key_id_fits(issuer, subject.authority_key_id) &&
           key_makes(issuer.key_type, subject.signature_algorithm);
}

bool self_signed(const Certificate& certificate) {
    return likely_issued(certificate, certificate);
}

Refusal build_chain(const std::vector<Certificate>& presented,
                    const std::vector<Certificate>& trusted, const VerifyOptions& options,
                    Chain& chain) {
    const Chain anchors = pointers(trusted);
    Chain others = pointers(presented);  // OpenSSL's list of others holds the leaf, too
    const std::size_t longest = static_cast<std::size_t>(options.depth_max) + 1;
    chain = {&presented.front()};
    std::size_t untrusted = 1;
    bool look_at_others = true;
    for (;;) {
        const Certificate& current = *chain.back();
        const Certificate* anchor =
            chain.size() > longest ? nullptr : find_issuer(anchors, current, nullptr, options.now);
        const bool rooted = self_signed(current);
        if (anchor && rooted && !(*anchor == current)) anchor = nullptr;  // a mimic
        if (anchor) {
            if (rooted) {
                chain.back() = anchor;
                untrusted = std::min(untrusted, chain.size() - 1);
                return {};
            }
            chain.push_back(anchor);
            look_at_others = false;
            // A self-signed anchor, or any with PARTIAL_CHAIN, is trusted.
            if (self_signed(*anchor) || options.partial_chain) return {};
            continue;
        }
        if (!look_at_others) break;
        const Certificate* issuer = rooted || chain.size() > longest
                                        ? nullptr
                                        : find_issuer(others, current, &chain, options.now);
        if (!issuer) break;
        std::erase(others, issuer);
        chain.push_back(issuer);
        ++untrusted;
    }
    // The leaf itself may be an anchor (check_trust's last resort).
    if (options.partial_chain && untrusted == chain.size() && chain.size() <= longest) {
        for (const Certificate* anchor : anchors) {
            if (!(*anchor == *chain.front())) continue;
            chain.front() = anchor;
            return {};
        }
    }
    const std::size_t last = chain.size() - 1;
    if (chain.size() > longest) return {kChainTooLong, last};
    if (self_signed(*chain.back())) return {last == 0 ? kSelfSigned : kSelfSignedInChain, last};
    return {untrusted < chain.size() ? kNoIssuer : kNoLocalIssuer, last};
}

}  // namespace wh::tls
