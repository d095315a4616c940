// Questions about outbound calls that several rules ask.
#pragma once

#include <string>
#include <string_view>

#include "trust/finding.h"
#include "trust/outbound_call.h"

namespace wh::rules {

// Nothing that leaves the machine: loopback names and addresses (RFC 6761 section 6.3, RFC 1122
// section 3.2.1.3), in-process transports, unix sockets. `localhost.attacker.test` is not loopback.
bool stays_on_machine(const trust::OutboundCall& call);
bool is_loopback(std::string_view host);
// Link-local (RFC 3927): cloud metadata services. No name is resolved for it.
bool is_link_local(std::string_view host);

// "https://crm.partner.example" for messages; unknown parts in braces.
std::string destination(const trust::OutboundCall& call);
// "the Authorization header and the field card.number" - what would be lost; secrets first, at most
// three; "the request" if nothing is known.
std::string data_at_stake(const trust::OutboundCall& call);
// The same, of secrets only.
std::string secrets_at_stake(const trust::OutboundCall& call);
bool carries_secret(const trust::OutboundCall& call);
trust::FindingSeverity severity_of(const trust::OutboundCall& call);

// What a finding about one call has from it: place of the URL, conditions, function, severity.
trust::Finding finding_on(const trust::OutboundCall& call, Span span);
// Adds "the value comes from here" for the leaves of an origin that stand elsewhere than `span`.
void relate_origin(trust::Finding& finding, const trust::Origin* origin);

}  // namespace wh::rules
