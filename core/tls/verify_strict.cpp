// The strict reading: path building with steps back (RFC 4158), path validation (RFC 5280 section
// 6) of every certificate including the anchor, names by RFC 9525, and those rules of the
// CA/Browser Forum's baseline requirements that do not contradict RFC 5280. Codes are OpenSSL's
// nearest.
#include <algorithm>

#include "base/address.h"
#include "base/text.h"
#include "tls/key_strength.h"
#include "tls/name_constraints.h"
#include "tls/names.h"
#include "tls/verify.h"

namespace wh::tls {
namespace {

constexpr int kStepsMax =
    2'000;  // candidates that may be tried: cross-signed meshes have many paths
constexpr std::size_t kSerialDigitsMax = 40;

bool has_word(std::string_view words, std::string_view wanted) {
    return cat(" ", words, " ").find(cat(" ", wanted, " ")) != std::string::npos;
}

// RFC 1034 section 3.5 as RFC 5280 section 4.2.1.6 asks for; a wildcard is a whole first label.
bool well_formed_dns(std::string_view name, bool wildcard) {
    if (wildcard && name.starts_with("*.")) name.remove_prefix(2);
    if (name.empty() || name.size() > 253 || is_address(name)) return false;
    for (const std::string& label : split(name, '.')) {
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') {
            return false;
        }
        for (const char c : label) {
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-')) {
                return false;
            }
        }
    }
    return true;
}

bool contiguous(std::string_view mask) {
    bool ended = false;
    for (const char c : mask) {
        for (int bit = 7; bit >= 0; --bit) {
            const bool set = (static_cast<unsigned char>(c) >> bit & 1) != 0;
            if (set && ended) return false;
            ended = ended || !set;
        }
    }
    return true;
}

bool well_formed(const GeneralName& name, bool constraint) {
    const std::string& value = name.value;
    switch (name.kind) {
        case NameKind::Dns:
            return (constraint && value.empty()) || well_formed_dns(value, !constraint);
        case NameKind::Email:
            return std::count(value.begin(), value.end(), '@') <= 1 &&
                   (constraint || value.find('@') != std::string::npos);
        case NameKind::Address: {
            if (!constraint) return is_address(value);
            const std::size_t slash = value.find('/');
            const auto mask =
                slash == std::string::npos ? std::nullopt : address_bytes(value.substr(slash + 1));
            return is_address(value.substr(0, slash)) && mask && contiguous(*mask);
        }
        case NameKind::Uri:
        case NameKind::Directory:
        case NameKind::Other:
            break;
    }
    return true;
}

bool allowed_key(const Certificate& it) {
    if (it.key_type == "RSA" || it.key_type == "RSA-PSS") {
        return it.key_bits >= 2048 && it.key_bits % 8 == 0;
    }
    if (it.key_type == "EC") return it.key_bits >= 256;
    return it.key_type == "ED25519" || it.key_type == "ED448";
}

// Form of one certificate, wherever it stands (RFC 5280 section 4).
int form_defect(const Certificate& it) {
    if (it.malformed_extension) return kInvalidExtension;
    if (it.version != 3) return kExtensionsNeedVersion3;
    if (it.algorithms_differ) return kAlgorithmsDiffer;
    if (it.is_critical(kUnknownExtension)) return kUnhandledCritical;
    if (has_word(it.oddities, "aia-critical") || has_word(it.oddities, "aia-malformed") ||
        has_word(it.oddities, "policy-constraints-not-critical")) {
        return kInvalidExtension;
    }
    const bool own_signature = signature_fits(it, it);
    // Old roots have the serial number 0, and it does not matter there.
    if (!own_signature && (it.serial.empty() || it.serial == "0" || it.serial[0] == '-' ||
                           it.serial.size() > kSerialDigitsMax)) {
        return kInvalidExtension;
    }
    if (it.issuer.empty()) return kIssuerEmpty;
    if (it.subject.empty() && it.is_ca()) return kSubjectEmpty;
    if (it.is_critical(kAuthorityKeyId)) return kAuthorityKeyIdCritical;
    if (it.is_critical(kSubjectKeyId)) return kSubjectKeyIdCritical;
    if (it.authority_key_id ? !it.authority_key_id->key_id : !own_signature) {
        return kNoAuthorityKeyId;
    }
    if (it.authority_key_id && own_signature &&
        (!it.authority_key_id->serial.empty() || it.authority_key_id->issuer)) {
        return kInvalidExtension;
    }
    if (it.explicit_curve) return kExplicitCurve;
    const bool signs = it.key_usage && (*it.key_usage & kKeyCertSign);
    if (it.basic_constraints && it.basic_constraints->path_length) {
        if (!it.is_ca()) return kPathLengthForNonCa;
        if (!signs) return kPathLengthWithoutCertSign;
    }
    if (signs && !it.is_ca()) return kCertSignForNonCa;
    if (it.is_ca() && it.key_usage && !signs) return kInvalidCa;
    if (it.name_constraints) {
        const NameConstraints& constraints = *it.name_constraints;
        if (!it.is_ca() || !it.is_critical(kNameConstraints) ||
            (constraints.permitted.empty() && constraints.excluded.empty())) {
            return kInvalidExtension;
        }
        if (constraints.distances) return kConstraintDistances;
        const auto sound = [](const GeneralName& base) { return well_formed(base, true); };
        if (!std::all_of(constraints.permitted.begin(), constraints.permitted.end(), sound) ||
            !std::all_of(constraints.excluded.begin(), constraints.excluded.end(), sound)) {
            return kUnsupportedConstraintSyntax;
        }
    }
    return kVerifyOk;
}

int authority_defect(const Certificate& it) {
    if (!it.is_ca()) return kInvalidCa;
    if (!it.is_critical(kBasicConstraints)) return kConstraintsNotCritical;
    if (it.key_usage && !(*it.key_usage & kKeyCertSign)) return kCertSignNotAllowed;
    if (!it.subject_key_id) return kNoSubjectKeyId;
    if (it.self_issued() && it.authority_key_id &&
        it.authority_key_id->key_id != it.subject_key_id && signature_fits(it, it)) {
        return kKeyIdsDiffer;
    }
    return kVerifyOk;
}

// The form of the leaf's names (RFC 5280 section 4.2.1.6; baseline requirements 7.1.2.7.12).
int name_form_defect(const Certificate& leaf, bool server) {
    if (!leaf.alternative_names) return server ? kHostMismatch : kVerifyOk;
    if (leaf.alternative_names->empty()) return kEmptyAlternativeNames;
    if (leaf.subject.empty() && !leaf.is_critical(kAlternativeNames)) {
        return kEmptySubjectSanNotCritical;
    }
    if (server && !leaf.subject.empty() && leaf.is_critical(kAlternativeNames)) {
        return kInvalidExtension;
    }
    for (const GeneralName& one : *leaf.alternative_names) {
        if (!well_formed(one, false)) return kUnsupportedNameSyntax;
    }
    return kVerifyOk;
}

// IPv4 as inet_aton reads it, where parts may be octal or hexadecimal; anything else as usual.
std::string loosely_read_address(std::string_view text) {
    std::string bytes;
    if (text.starts_with("0x") && text.size() == 10) {
        std::string dotted;
        for (std::size_t i = 2; i < 10; i += 2) {
            int part = 0;
            for (const char c : ascii_lower(text.substr(i, 2))) {
                part = part * 16 + (c >= 'a' ? c - 'a' + 10 : c - '0');
            }
            dotted += cat(dotted.empty() ? "" : ".", part);
        }
        return canonical_address(dotted);
    }
    if (text.find(':') != std::string_view::npos) return canonical_address(text);
    for (const std::string& part : split(text, '.')) {
        const std::size_t digits = std::min(part.find_first_not_of('0'), part.size());
        bytes += cat(bytes.empty() ? "" : ".", digits == part.size() ? "0" : part.substr(digits));
    }
    return canonical_address(bytes);
}

// A common name that means one of the alternative names repeats it letter for letter (baseline
// requirements 7.1.4.3). That it must be one of them at all is not asked: RFC 9525 ignores it.
bool common_name_sound(const Certificate& leaf) {
    for (const NameAttribute& one : leaf.subject.attributes) {
        if (one.type != "CN") continue;
        const bool ascii = std::all_of(one.value.begin(), one.value.end(),
                                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        if (!ascii && one.value.find('.') != std::string::npos) return false;
        bool repeats = false, means = false;
        for (const GeneralName& name : *leaf.alternative_names) {
            repeats = repeats || name.value == one.value;
            means =
                means || ascii_equal_ignoring_case(name.value, one.value) ||
                (name.kind == NameKind::Address && loosely_read_address(one.value) == name.value);
        }
        if (means && !repeats) return false;
    }
    return true;
}

bool purpose_fits(const Certificate& it, Purpose purpose, bool leaf) {
    if (!it.extended_key_usage) return true;
    const unsigned needed = purpose == Purpose::Server ? kServerAuth : kClientAuth;
    if (*it.extended_key_usage & kAnyUsage) return !leaf;
    return (*it.extended_key_usage & needed) != 0;
}

// A wildcard that could stand for an excluded name is excluded, too.
bool wildcard_reaches(const GeneralName& name, const NameConstraints& constraints) {
    if (name.kind != NameKind::Dns || !name.value.starts_with("*.")) return false;
    return std::any_of(constraints.excluded.begin(), constraints.excluded.end(),
                       [&](const GeneralName& base) {
                           return base.kind == NameKind::Dns && name_covers(name.value, base.value);
                       });
}

int constraints_defect(const Certificate& it, const NameConstraints& constraints) {
    if (const int code = check_constraints(it, constraints)) return code;
    if (it.alternative_names) {
        for (const GeneralName& one : *it.alternative_names) {
            if (wildcard_reaches(one, constraints)) return kExcludedViolation;
        }
    }
    return kVerifyOk;
}

Refusal check_path(const Chain& chain, const VerifyOptions& options) {
    const Certificate& leaf = *chain.front();
    int below = 0;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const Certificate& one = *chain[i];
        const auto refuse = [i](Check check, int code) { return Refusal{code, i, check}; };
        if (const int code = form_defect(one)) return refuse(Check::Extensions, code);
        if (i > 0) {
            if (const int code = authority_defect(one)) return refuse(Check::Extensions, code);
            if (one.basic_constraints->path_length && below > *one.basic_constraints->path_length) {
                return refuse(Check::Extensions, kPathTooLong);
            }
            if (i + 1 < chain.size() && !one.self_issued()) ++below;
        }
        if (!allowed_key(one) || !key_meets(one, options.security_level)) {
            return refuse(Check::Strength, i == 0 ? kLeafKeyTooWeak : kCaKeyTooWeak);
        }
        if (i + 1 < chain.size() && !signature_meets(one, options.security_level)) {
            return refuse(Check::Strength, kHashTooWeak);
        }
        if (!purpose_fits(one, options.purpose, i == 0)) {
            return refuse(Check::Extensions, kWrongPurpose);
        }
        if (options.now < one.not_before) return refuse(Check::Validity, kNotYetValid);
        if (options.now > one.not_after) return refuse(Check::Validity, kExpired);
    }
    if (below > options.depth_max) return {kChainTooLong, chain.size() - 1, Check::Chain};
    const bool server = options.purpose == Purpose::Server;
    if (const int code = name_form_defect(leaf, server)) return {code, 0, Check::Name};
    if (server && !common_name_sound(leaf)) return {kUnsupportedNameSyntax, 0, Check::Name};
    for (std::size_t i = chain.size(); i-- > 0;) {
        if (i > 0 && chain[i]->self_issued()) continue;
        for (std::size_t j = i + 1; j < chain.size(); ++j) {
            if (!chain[j]->name_constraints) continue;
            const int code = constraints_defect(*chain[i], *chain[j]->name_constraints);
            if (code != kVerifyOk) return {code, i, Check::Constraints};
        }
    }
    if (!options.check_name) return {};
    if (is_address(options.name)) {
        if (!matches_address(leaf, options.name)) return {kAddressMismatch, 0, Check::Name};
    } else if (!matches_host(leaf, options.name, {.common_name_fallback = false})) {
        return {kHostMismatch, 0, Check::Name};
    }
    return {};
}

class Search {
  public:
    Search(const std::vector<Certificate>& presented, const std::vector<Certificate>& trusted,
           const VerifyOptions& options)
        : presented_(presented), trusted_(trusted), options_(options) {
        path_ = {&presented.front()};
    }

    Refusal run(Chain& chain) {
        if (is_anchor(presented_.front())) finish();
        if (!found_) extend();
        chain = refused_at_ > 0 || found_ ? best_ : path_;
        if (found_) return {};
        if (steps_ >= kStepsMax) return {kChainTooLong, 0, Check::Chain};
        if (refused_at_ > 0) return refusal_;
        return {self_signed(presented_.front()) ? kSelfSigned : kNoLocalIssuer, 0, Check::Chain};
    }

  private:
    bool is_anchor(const Certificate& it) const {
        return std::find(trusted_.begin(), trusted_.end(), it) != trusted_.end();
    }
    // The path has reached an anchor. The refusal of the first path is the one that is told.
    void finish() {
        const Refusal refusal = check_path(path_, options_);
        found_ = refusal.code == kVerifyOk;
        if (found_ || refused_at_++ == 0) {
            best_ = path_;
            refusal_ = refusal;
        }
    }
    bool signed_by(const Certificate& it, const Certificate& issuer) {
        ++steps_;
        return likely_issued(issuer, it) && signature_fits(it, issuer);
    }
    void extend() {
        const Certificate& last = *path_.back();
        for (const Certificate& anchor : trusted_) {
            if (found_ || steps_ >= kStepsMax) return;
            if (!same_name(anchor.subject, last.issuer) || !signed_by(last, anchor)) continue;
            path_.push_back(&anchor);
            finish();
            path_.pop_back();
        }
        for (const Certificate& next : presented_) {
            if (found_ || steps_ >= kStepsMax) return;
            if (!same_name(next.subject, last.issuer) ||
                std::find(path_.begin(), path_.end(), &next) != path_.end() ||
                !signed_by(last, next)) {
                continue;
            }
            path_.push_back(&next);
            extend();
            path_.pop_back();
        }
    }

    const std::vector<Certificate>& presented_;
    const std::vector<Certificate>& trusted_;
    const VerifyOptions& options_;
    Chain path_;
    Chain best_;
    Refusal refusal_;
    int refused_at_ = 0;  // how many complete paths were refused
    int steps_ = 0;
    bool found_ = false;
};

}  // namespace

Refusal verify_strictly(const std::vector<Certificate>& presented,
                        const std::vector<Certificate>& trusted, const VerifyOptions& options,
                        Chain& chain) {
    return Search(presented, trusted, options).run(chain);
}

}  // namespace wh::tls
