// What one (scenario, world) means: who listens where with which certificate, what the DNS says in
// truth, and what the attacker wants it to say. The counterpart of the lab's worlds.plan.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "world/pki.h"
#include "world/scenario.h"
#include "world/worlds.h"

namespace wh::world {

inline constexpr std::string_view kResolverAddress = "198.51.100.253";
inline constexpr std::string_view kAppAddress = "198.51.100.250";
inline constexpr std::string_view kAppAddress6 = "2001:db8:ffff::250";

struct Site {
    std::string name;
    std::string address;
    bool attacker = false;
    std::map<std::uint16_t, PortKind> ports;
    std::optional<CertificateWish> certificate;  // none: it cannot speak TLS
    std::vector<Answer> answers;
    std::map<std::string, std::optional<CertificateWish>>
        tunnel;  // attacker as a proxy: per target
    std::string line_answer;
    bool demands_client_certificate = false;
};

// One change that the attacker wants: for this question, this answer. The answer is given as
// records of one kind; none of them: the name is to vanish (no_such_name) or to have no such
// record.
struct Forgery {
    std::string name;
    std::string type;         // of the question
    std::string answer_type;  // type, or "CNAME"; empty: negative
    std::vector<std::string> values;
    bool no_such_name = false;
};

struct Plan {
    std::vector<Site> sites;
    Records truth;          // names in lower case
    Records attackers_own;  // reverse names of his addresses: he may say what he likes
    std::vector<Forgery> forgeries;
};

Plan make_plan(const Scenario& scenario, const World& world);

// The certificate that the attacker shows for a victim's name.
std::optional<CertificateWish> attackers_certificate(AttackerTls kind, const std::string& victim,
                                                     Issuer issuer);

}  // namespace wh::world
