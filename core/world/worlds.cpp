#include "world/worlds.h"

#include <array>

namespace wh::world {
namespace {

// The ladder. "Weakest attacker who wins" asks: how little must somebody be able to do so that this
// code is deceived? So the worlds are ordered by what the attacker needs beyond a poisoned cache,
// which all of them have:
//   nothing gained, only denial    the name vanishes; then: the name leads nowhere (he must at
//   least
//                                  choose an address)
//   plain text                     a listener, no certificate at all
//   self-signed                    a certificate that anybody can make in a second
//   own domain                     a real certificate, for a domain that he bought
//   expired                        the victim's own old certificate with its key: a leak or a
//   discarded
//                                  disk. Its holder had to be inside once, but no authority is
//                                  deceived
//   mis-issued                     a valid certificate for the victim's name: an authority was
//   deceived
//                                  or controlled
// A client that is deceived by one of them is deceived by every stronger one that offers the same
// kind of service, except that checks are independent: a client may check the name but not the
// time. That is why each is a column of its own. The downgrade world is no further rung: its
// attacker can do no more than the self-signed one; the genuine service makes the mistake. It
// stands last and only in scenarios that name it.
constexpr std::array kWorlds = {
    World{"honest", DnsState::Honest, AttackerTls::None, false, 0, "Nobody attacks",
          "The DNS tells the truth and every service is genuine."},
    World{"poisoned-nxdomain", DnsState::NxDomain, AttackerTls::None, false, 1, "The name vanishes",
          "The attacker makes the resolver believe that the name does not exist; he gains nothing "
          "but that the service is gone."},
    World{"poisoned-blackhole", DnsState::Blackhole, AttackerTls::None, false, 2,
          "The name leads nowhere",
          "The attacker makes the name lead to an address where nothing answers; he gains nothing "
          "but that callers wait."},
    World{"poisoned-plain-only", DnsState::Attacker, AttackerTls::None, false, 3,
          "Impostor without certificate",
          "The name leads to the attacker's machine, which answers in plain text and cannot speak "
          "TLS at all."},
    World{"poisoned-selfsigned", DnsState::Attacker, AttackerTls::SelfSigned, false, 4,
          "Self-signed certificate",
          "The name leads to the attacker's machine, which shows a certificate that he signed "
          "himself."},
    World{"poisoned-own-domain", DnsState::Attacker, AttackerTls::OwnDomain, false, 5,
          "Certificate for his own domain",
          "The name leads to the attacker's machine, which shows a genuine certificate for a "
          "domain that he owns."},
    World{"poisoned-expired", DnsState::Attacker, AttackerTls::Expired, false, 6,
          "Stolen old certificate",
          "The name leads to the attacker's machine, which shows the victim's own certificate of "
          "last year; he got hold of its key, but it has expired."},
    World{"poisoned-misissued", DnsState::Attacker, AttackerTls::Misissued, false, 7,
          "Mis-issued certificate",
          "The name leads to the attacker's machine, which shows a valid certificate for the "
          "victim's name: a public authority was deceived."},
    World{"honest-redirect-downgrade", DnsState::Attacker, AttackerTls::SelfSigned, true, 8,
          "Redirect to plain text",
          "The genuine service redirects to plain http on a name that leads to the attacker's "
          "machine."},
};

}  // namespace

std::span<const World> all_worlds() {
    return kWorlds;
}

const World* find_world(std::string_view name) {
    for (const World& world : kWorlds) {
        if (world.name == name) return &world;
    }
    return nullptr;
}

}  // namespace wh::world
