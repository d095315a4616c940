// Judges certificate cases: {"cases": [...]} on standard input (README.md tells the form), one line
// of JSON for each case on standard output:
//   {"id": "...", "3.11": [code, depth], "3.13": [code, depth], "strict": [code, depth]}
// Codes are OpenSSL's X509_V_ERR_*; 0 is accepted.
#include <cstdio>
#include <iostream>
#include <iterator>

#include "certificate_json.h"

namespace {

nlohmann::json judged(const wh::test::CertificateCase& it, const wh::tls::VerifyOptions& options) {
    const wh::tls::VerifyResult result = wh::tls::verify(it.presented, it.trusted, options);
    return {result.code, result.depth, result.message};
}

}  // namespace

int main() {
    const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
    const nlohmann::json input = nlohmann::json::parse(text);
    for (const nlohmann::json& one : input.at("cases")) {
        const wh::test::CertificateCase it = wh::test::case_of(one);
        const nlohmann::json line = {{"id", it.id},
                                     {"3.11", judged(it, wh::test::python_311(it.options))},
                                     {"3.13", judged(it, wh::test::python_313(it.options))},
                                     {"strict", judged(it, wh::test::strict_reading(it.options))}};
        std::puts(line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
    }
    return 0;
}
