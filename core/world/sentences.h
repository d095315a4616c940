// Sentences that need more than one line.
#pragma once

#include <string>

#include "tls/verify.h"
#include "trust/outbound_call.h"
#include "world/narrator.h"
#include "world/outcome.h"

namespace wh::world {

// "verify=False", "the library's default": why a decision is as it is.
std::string because_text(const trust::Because& because);

// CallBegins: who calls what, and what the call trusts.
void tell_call(Narrator& narrator, const trust::OutboundCall& call, TimeUs now);

// A refused certificate, in words that explain OpenSSL's.
std::string refusal_text(const tls::VerifyResult& result, const std::string& name);

// "api.example (signed by public CA)".
std::string certificate_text(const CertificateDescription& description);

std::string verdict_text(Verdict verdict);

}  // namespace wh::world
