// Cases of certificate verification as JSON (README.md tells the form) -> what tls/verify takes.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tls/verify.h"

namespace wh::test {

// One certificate. "signed-by": the symbol of the key that signed it; without, its signature is
// broken.
tls::Certificate certificate_of(const nlohmann::json& it);

struct CertificateCase {
    std::string id;
    std::vector<tls::Certificate> presented;  // leaf first
    std::vector<tls::Certificate> trusted;
    tls::VerifyOptions options;  // without strict, partial_chain and mode
};
CertificateCase case_of(const nlohmann::json& it);

// The contexts under which cases are judged: create_default_context() of Python 3.7 to 3.12
// ("3.11") and of 3.13, and the strict reading.
tls::VerifyOptions python_311(tls::VerifyOptions options);
tls::VerifyOptions python_313(tls::VerifyOptions options);
tls::VerifyOptions strict_reading(tls::VerifyOptions options);

}  // namespace wh::test
