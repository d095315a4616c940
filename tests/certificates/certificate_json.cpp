#include "certificate_json.h"

namespace wh::test {

namespace {

using nlohmann::json;
using namespace tls;

struct Word {
    const char* word;
    unsigned bit;
};
constexpr Word kUsages[] = {{"digital-signature", kDigitalSignature},
                            {"non-repudiation", kNonRepudiation},
                            {"key-encipherment", kKeyEncipherment},
                            {"key-agreement", kKeyAgreement},
                            {"cert-sign", kKeyCertSign},
                            {"crl-sign", kCrlSign},
                            {"other", kOtherUsage}};
constexpr Word kPurposes[] = {{"server", kServerAuth},
                              {"client", kClientAuth},
                              {"any", kAnyUsage},
                              {"server-gated", kServerGated},
                              {"other", kOtherExtendedUsage}};
constexpr Word kExtensions[] = {{"san", kAlternativeNames},
                                {"basic-constraints", kBasicConstraints},
                                {"key-usage", kKeyUsageExtension},
                                {"extended-key-usage", kExtendedKeyUsageExtension},
                                {"subject-key-id", kSubjectKeyId},
                                {"authority-key-id", kAuthorityKeyId},
                                {"name-constraints", kNameConstraints},
                                {"unknown", kUnknownExtension},
                                {"other", kOtherExtension}};

std::string text(const json& it) {
    return it.get<std::string>();
}

template <std::size_t N>
unsigned bits(const json& words, const Word (&known)[N]) {
    unsigned out = 0;
    for (const json& word : words) {
        bool found = false;
        for (const Word& one : known) {
            if (text(word) != one.word) continue;
            out |= one.bit;
            found = true;
        }
        if (!found) throw std::runtime_error("unknown word " + word.dump());
    }
    return out;
}

DistinguishedName name(const json& it) {
    DistinguishedName out;
    for (const json& one : it) out.attributes.push_back({text(one.at(0)), text(one.at(1))});
    return out;
}

std::vector<GeneralName> general_names(const json& it) {
    std::vector<GeneralName> out;
    for (const json& one : it) {
        const auto kind = name_kind(text(one.at(0)));
        if (!kind) throw std::runtime_error("unknown kind of name " + one.dump());
        out.push_back({*kind, text(one.at(1))});
    }
    return out;
}

std::int64_t moment(const json& it) {
    return it.is_null() ? kMalformedTime : it.get<std::int64_t>();
}

std::vector<Certificate> certificates(const json& list) {
    std::vector<Certificate> out;
    for (const json& one : list) out.push_back(certificate_of(one));
    return out;
}

}  // namespace

Certificate certificate_of(const json& it) {
    Certificate out;
    out.version = it.value("version", 3);
    out.serial = it.value("serial", std::string("1"));
    out.subject = name(it.at("subject"));
    out.issuer = name(it.at("issuer"));
    out.not_before = moment(it.at("not-before"));
    out.not_after = moment(it.at("not-after"));
    out.public_key = text(it.at("key"));
    out.key_type = it.value("key-type", std::string("EC"));
    out.key_bits = it.value("key-bits", 256);
    out.explicit_curve = it.value("explicit-curve", false);
    out.signature_algorithm = it.value("signature-algorithm", std::string("EC-SHA256"));
    out.algorithms_differ = it.value("algorithms-differ", false);
    if (it.contains("san")) out.alternative_names = general_names(it.at("san"));
    if (it.contains("basic-constraints")) {
        const json& part = it.at("basic-constraints");
        out.basic_constraints.emplace().ca = part.value("ca", false);
        if (part.contains("path-length")) {
            out.basic_constraints->path_length = part.at("path-length").get<int>();
        }
    }
    if (it.contains("key-usage")) out.key_usage = bits(it.at("key-usage"), kUsages);
    if (it.contains("extended-key-usage")) {
        out.extended_key_usage = bits(it.at("extended-key-usage"), kPurposes);
    }
    if (it.contains("subject-key-id")) out.subject_key_id = text(it.at("subject-key-id"));
    if (it.contains("authority-key-id")) {
        const json& part = it.at("authority-key-id");
        AuthorityKeyId& made = out.authority_key_id.emplace();
        if (part.contains("key-id")) made.key_id = text(part.at("key-id"));
        made.serial = part.value("serial", std::string(""));
        if (part.contains("issuer")) made.issuer = text_of(name(part.at("issuer")));
    }
    if (it.contains("name-constraints")) {
        const json& part = it.at("name-constraints");
        NameConstraints& made = out.name_constraints.emplace();
        made.permitted = general_names(part.value("permitted", json::array()));
        made.excluded = general_names(part.value("excluded", json::array()));
        made.distances = part.value("distances", false);
    }
    out.critical = bits(it.value("critical", json::array()), kExtensions);
    out.present = bits(it.value("present", json::array()), kExtensions);
    out.malformed_extension = it.value("malformed-extension", false);
    for (const json& word : it.value("oddities", json::array())) {
        out.oddities += (out.oddities.empty() ? "" : " ") + word.get<std::string>();
    }
    if (it.contains("signed-by")) {
        sign(out, text(it.at("signed-by")));
    } else {
        out.signature = "broken";
    }
    return out;
}

CertificateCase case_of(const json& it) {
    CertificateCase out;
    out.id = text(it.at("id"));
    out.presented = certificates(it.at("presented"));
    out.trusted = certificates(it.at("trusted"));
    VerifyOptions& options = out.options;
    options.now = it.at("now").get<std::int64_t>();
    options.purpose =
        it.value("purpose", std::string("server")) == "client" ? Purpose::Client : Purpose::Server;
    options.name = it.value("name", std::string(""));
    options.check_name = !options.name.empty();
    options.common_name_fallback = it.value("common-name-fallback", true);
    options.partial_wildcards = it.value("partial-wildcards", false);
    options.security_level = it.value("security-level", 2);
    options.depth_max = it.value("depth-max", 100);
    return out;
}

VerifyOptions python_311(VerifyOptions options) {
    return options;
}
VerifyOptions python_313(VerifyOptions options) {
    options.strict = options.partial_chain = true;
    return options;
}
VerifyOptions strict_reading(VerifyOptions options) {
    options.mode = VerifyMode::Strict;
    return options;
}

}  // namespace wh::test
