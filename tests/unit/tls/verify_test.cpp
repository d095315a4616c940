#include "tls/verify.h"

#include <functional>

#include <doctest/doctest.h>

using namespace wh::tls;

namespace {

constexpr std::int64_t kNow = 1'767'225'600;
constexpr std::int64_t kDay = 86'400;

Certificate make_ca(const std::string& name, const Certificate* issuer) {
    Certificate ca;
    ca.subject = name_of("O=Test\nCN=" + name);
    ca.issuer = issuer ? issuer->subject : ca.subject;
    ca.not_before = kNow - 100 * kDay;
    ca.not_after = kNow + 100 * kDay;
    ca.public_key = "key of " + name;
    ca.basic_constraints = {.ca = true, .path_length = std::nullopt};
    ca.critical = kBasicConstraints;
    ca.key_usage = kDigitalSignature | kKeyCertSign;
    ca.subject_key_id = "id of " + name;
    ca.authority_key_id.emplace().key_id = issuer ? issuer->subject_key_id : ca.subject_key_id;
    sign(ca, issuer ? issuer->public_key : ca.public_key);
    return ca;
}

Certificate make_leaf(const Certificate* issuer) {
    Certificate leaf;
    leaf.subject = name_of("O=Test\nCN=www.shop.test");
    leaf.issuer = issuer ? issuer->subject : leaf.subject;
    leaf.not_before = kNow - 10 * kDay;
    leaf.not_after = kNow + 10 * kDay;
    leaf.public_key = "key of www.shop.test";

    leaf.alternative_names = {{NameKind::Dns, "www.shop.test"}};
    leaf.basic_constraints.emplace();
    leaf.critical = kBasicConstraints;
    leaf.key_usage = kDigitalSignature;
    leaf.extended_key_usage = kServerAuth;
    leaf.subject_key_id = "id of www.shop.test";
    leaf.authority_key_id.emplace().key_id = issuer ? issuer->subject_key_id : leaf.subject_key_id;
    return leaf;
}

// Root -> intermediate -> leaf, with defects, checked for www.shop.test.
struct Bench {
    Certificate root = make_ca("Root", nullptr);
    Certificate intermediate = make_ca("Intermediate", &root);
    Certificate leaf = make_leaf(&intermediate);
    std::vector<Certificate> trusted{root};
    VerifyOptions options;
    bool send_intermediate = true;
    bool send_root = false;
    bool broken_signature = false;

    Bench() {
        options.now = kNow;
        options.check_name = true;
        options.name = "www.shop.test";
    }
    VerifyResult result() {
        sign(root, root.public_key);
        sign(intermediate, root.public_key);
        sign(leaf, leaf.subject == leaf.issuer ? leaf.public_key : intermediate.public_key);
        if (broken_signature) leaf.signature[0] = leaf.signature[0] == '0' ? '1' : '0';
        if (!trusted.empty() && trusted[0].subject == root.subject) trusted[0] = root;
        std::vector<Certificate> sent{leaf};
        if (send_intermediate) sent.push_back(intermediate);
        if (send_root) sent.push_back(root);
        return verify(sent, trusted, options);
    }
    int code() { return result().code; }
    int strict_code() {
        options.strict = options.partial_chain = true;
        return code();
    }
    void self_signed() {
        leaf.issuer = leaf.subject;
        leaf.authority_key_id->key_id = leaf.subject_key_id;
        send_intermediate = false;
    }
};

using Defect = std::function<void(Bench&)>;
const Defect untrusted = [](Bench& b) { b.trusted.clear(); };
const Defect wrong_host = [](Bench& b) { b.options.name = "other.test"; };
const Defect expired = [](Bench& b) { b.leaf.not_after = kNow - kDay; };
const Defect wrong_use = [](Bench& b) { b.leaf.extended_key_usage = kClientAuth; };
const Defect bad_signature = [](Bench& b) { b.broken_signature = true; };
const Defect its_own_issuer = [](Bench& b) { b.self_signed(); };

int code_with(std::initializer_list<Defect> defects) {
    Bench bench;
    for (const Defect& defect : defects) defect(bench);
    return bench.code();
}

}  // namespace

TEST_CASE("one defect at a time, in OpenSSL 3's codes") {
    CHECK(code_with({}) == 0);
    CHECK(code_with({[](Bench& b) { b.send_intermediate = false; }}) == 20);
    CHECK(code_with({untrusted}) == 20);
    CHECK(code_with({untrusted, [](Bench& b) { b.send_root = true; }}) == 19);
    CHECK(code_with({its_own_issuer}) == 18);
    CHECK(code_with({its_own_issuer, [](Bench& b) {
                         sign(b.leaf, b.leaf.public_key);
                         b.trusted = {b.leaf};
                     }}) == 0);
    CHECK(code_with({expired}) == 10);
    CHECK(code_with({[](Bench& b) { b.intermediate.not_after = kNow - kDay; }}) == 10);
    CHECK(code_with({[](Bench& b) { b.root.not_after = kNow - kDay; }}) == 10);
    CHECK(code_with({[](Bench& b) { b.leaf.not_before = kNow + kDay; }}) == 9);
    CHECK(code_with({wrong_host}) == 62);
    CHECK(code_with({[](Bench& b) { b.options.name = "192.0.2.1"; }}) == 64);
    CHECK(code_with({wrong_use}) == 26);
    CHECK(code_with({[](Bench& b) { b.leaf.extended_key_usage = kAnyUsage; }}) == 26);
    CHECK(code_with({[](Bench& b) { b.leaf.extended_key_usage.reset(); }}) == 0);
    CHECK(code_with({[](Bench& b) { b.intermediate.extended_key_usage = kClientAuth; }}) == 26);
    CHECK(code_with({[](Bench& b) { b.leaf.key_usage = kKeyCertSign; }}) == 26);
    CHECK(code_with({[](Bench& b) { b.leaf.key_usage.reset(); }}) == 0);
    CHECK(code_with({[](Bench& b) { b.intermediate.basic_constraints->ca = false; }}) == 79);
    CHECK(code_with({[](Bench& b) { b.intermediate.basic_constraints.reset(); }}) == 79);
    CHECK(code_with({[](Bench& b) { b.intermediate.key_usage = kDigitalSignature; }}) == 79);
    CHECK(code_with({[](Bench& b) { b.root.basic_constraints->path_length = 0; }}) == 25);
    CHECK(code_with({bad_signature}) == 7);
    CHECK(code_with({[](Bench& b) { b.leaf.authority_key_id->key_id = "somebody else"; }}) == 20);
    CHECK(code_with({[](Bench& b) { b.leaf.authority_key_id.reset(); }}) == 0);
}

TEST_CASE("what strict checking adds (Python 3.13's default contexts)") {
    const auto strict = [](const Defect& defect) {
        Bench bench;
        defect(bench);
        return bench.strict_code();
    };
    CHECK(strict([](Bench&) {}) == 0);
    CHECK(strict([](Bench& b) { b.leaf.authority_key_id.reset(); }) == 85);
    CHECK(strict([](Bench& b) {
              b.intermediate.subject_key_id.reset();
              b.leaf.authority_key_id->key_id = "id of Intermediate";
          }) == 86);
    CHECK(strict([](Bench& b) { b.leaf.subject = {}; }) == 88);
    CHECK(strict([](Bench& b) { b.intermediate.critical = 0; }) == 89);
    CHECK(strict([](Bench& b) { b.root.key_usage.reset(); }) == 92);
    CHECK(strict([](Bench& b) { b.leaf.key_usage = kKeyCertSign; }) == 82);
}

TEST_CASE("an intermediate as the only anchor: only with partial chains") {
    Bench bench;
    bench.trusted = {bench.intermediate};
    CHECK(bench.code() == 2);
    CHECK(bench.strict_code() == 0);
}

TEST_CASE("which error wins when several defects coincide") {
    CHECK(code_with({untrusted, wrong_host}) == 20);
    CHECK(code_with({untrusted, wrong_use}) == 20);
    CHECK(code_with({its_own_issuer, wrong_host, expired}) == 18);
    CHECK(code_with({wrong_host, wrong_use}) == 26);
    CHECK(code_with({wrong_host, expired}) == 62);
    CHECK(code_with({wrong_host, bad_signature}) == 62);
    CHECK(code_with({wrong_use, expired}) == 26);
}

TEST_CASE("messages are those that Python shows") {
    Bench bench;
    wrong_host(bench);
    CHECK(bench.result().message ==
          "Hostname mismatch, certificate is not valid for 'other.test'.");
    bench.options.name = "192.0.2.1";
    CHECK(bench.result().message ==
          "IP address mismatch, certificate is not valid for '192.0.2.1'.");
    Bench self;
    self.self_signed();
    const VerifyResult result = self.result();
    CHECK(result.message == "self-signed certificate");
    CHECK(result.result(Check::Chain) == CheckResult::Failed);
    CHECK(result.result(Check::Name) == CheckResult::Skipped);
    CHECK(alert_for(18) == 48);
    CHECK(alert_for(62) == 42);
    CHECK(alert_for(10) == 45);
}

TEST_CASE("certificates survive PEM, and their fingerprint sees every field") {
    Bench bench;
    bench.leaf.alternative_names->push_back({NameKind::Address, "192.0.2.1"});
    bench.leaf.subject.attributes[0].value = "a \\ and = signs";
    sign(bench.leaf, bench.intermediate.public_key);
    const std::string pem =
        "text before\n" + to_pem(bench.leaf) + key_to_pem("my key") + to_pem(bench.root);
    const auto back = certificates_of_pem(pem);
    REQUIRE(back.size() == 2);
    CHECK(back[0] == bench.leaf);
    CHECK(back[1] == bench.root);
    CHECK(key_of_pem(pem) == "my key");
    CHECK(pem.find("-----BEGIN CERTIFICATE-----\n") != std::string::npos);
    CHECK(signature_fits(bench.leaf, bench.intermediate));
    Certificate changed = bench.leaf;
    (*changed.alternative_names)[0].value = "evil.test";
    CHECK(fingerprint(changed) != fingerprint(bench.leaf));
    CHECK(!signature_fits(changed, bench.intermediate));
    CHECK(certificates_of_pem("no certificate here").empty());
}
