// Every outcome that was measured with real Python and OpenSSL (tests/certificates/
// python_outcomes.json): the same code and the same words, for 3.11 and for 3.13.
#include <fstream>

#include <doctest/doctest.h>

#include "base/text.h"
#include "certificates/certificate_json.h"

using namespace wh;
using nlohmann::json;

namespace {

// The certificates of a case: what it changes, then what the issuer decides.
json certificates_of(const json& file, const json& it) {
    json all = file.at("certificates");
    if (it.contains("change")) all.merge_patch(it.at("change"));
    for (json& one : all) {
        const json& issuer = all.at(one.at("issued-by").get<std::string>());
        one["issuer"] = issuer.at("subject");
        if (!one.contains("signed-by")) one["signed-by"] = issuer.at("key");
        if (!one.contains("authority-key-id") && issuer.contains("subject-key-id")) {
            one["authority-key-id"]["key-id"] = issuer.at("subject-key-id");
        } else if (one.contains("authority-key-id") && one.at("authority-key-id").is_boolean()) {
            one.erase("authority-key-id");
        }
    }
    return all;
}

struct Bench {
    std::vector<tls::Certificate> presented, trusted;
    tls::VerifyOptions options;
};

Bench bench_of(const json& file, const json& it) {
    const json all = certificates_of(file, it);
    const auto pick = [&](const char* key, const json& usual) {
        std::vector<tls::Certificate> out;
        for (const json& name : it.value(key, usual)) {
            out.push_back(test::certificate_of(all.at(name.get<std::string>())));
        }
        return out;
    };
    Bench bench;
    bench.presented = pick("sends", {"leaf", "intermediate"});
    bench.trusted = pick("trusts", {"root"});
    bench.options.now = file.at("now").get<std::int64_t>();
    bench.options.check_name = true;
    bench.options.name = it.value("encoded", it.at("host").get<std::string>());
    return bench;
}

}  // namespace

TEST_CASE("92 measured outcomes of Python 3.11 and 3.13") {
    std::ifstream stream(WH_SOURCE_DIR "/tests/certificates/python_outcomes.json");
    const json file = json::parse(stream);
    int verified = 0, refused_name = 0, refused_key = 0;
    for (const json& it : file.at("cases")) {
        const std::string id = it.at("id").get<std::string>();
        for (const std::string version : {"3.11", "3.13"}) {
            CAPTURE(id);
            CAPTURE(version);
            const json& outcome = it.at(version);
            const Bench bench = bench_of(file, it);
            if (outcome.contains("exception")) {
                // Nothing is verified: Python refuses the name (core/libraries says how), or the
                // server cannot load its certificate.
                const std::string text = outcome.at("exception").get<std::string>();
                const std::string_view defect = tls::load_defect(bench.presented.front(), 2);
                if (text.starts_with("SSLError: [SSL: ")) {
                    CHECK(text == cat("SSLError: [SSL: ", defect, "] ee key too small"));
                    ++refused_key;
                } else {
                    CHECK(defect.empty());
                    CHECK((bench.options.name.empty() || bench.options.name[0] == '.'));
                    ++refused_name;
                }
                continue;
            }
            const tls::VerifyResult result =
                tls::verify(bench.presented, bench.trusted,
                            version == "3.11" ? test::python_311(bench.options)
                                              : test::python_313(bench.options));
            CHECK(result.code == outcome.at("code").get<int>());
            CHECK(result.message == outcome.value("message", std::string()));
            ++verified;
        }
    }
    CHECK(verified == 2 * 89);
    CHECK(refused_key == 2);
    CHECK(refused_name == 4);
}
