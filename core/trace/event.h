// A trace: the ordered list of what happened, as sentences with fields. Text first: the picture is
// derived from it. Its SHA-256 identifies a run.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/span.h"

namespace wh::trace {

enum class Actor : std::uint8_t { Caller, App, Resolver, Authority, Attacker, Upstream, Nobody };

// A closed set; the page has a picture for each.
enum class EventKind : std::uint8_t {
    RequestArrived,    // the app's own client asks
    ResponseSent,      // ... and is answered
    AppLog,            // print() or logging
    ExceptionSeen,     // passed through the pasted code
    CallBegins,        // an outbound call with what it trusts
    CallEnds,
    DnsQuery,          // a real DNS message between two actors
    DnsAnswer,
    DnsForged,         // a forged answer; fields: accepted, and each check (address, port, id, question, ...)
    DnsCached,         // the resolver's cache changed (fields: name, type, value, ttl, poisoned)
    DnsRace,           // summary of lost windows: forged packets sent, windows, odds
    TcpConnect,
    TcpRefused,
    TcpTimeout,
    TlsHello,          // ClientHello: server name
    TlsCertificate,    // what the peer showed
    TlsCheck,          // one check of the certificate: chain, validity, name, pin ...; done/ok/failed/skipped
    TlsEstablished,
    TlsFailed,
    HttpRequest,
    HttpResponse,
    Data,              // other application bytes
    ConnectionClosed,
    Leak,              // a secret of the scenario reached the attacker
    Verdict,           // of the request: the last event
};

struct Event {
    int number = 0;         // from 1
    std::int64_t time_us = 0;
    EventKind kind = EventKind::AppLog;
    Actor from = Actor::App;
    Actor to = Actor::App;  // same as from: happens at one place
    std::string sentence;   // one sentence for people
    std::vector<std::pair<std::string, std::string>> fields;  // for machines; order is fixed per kind
    std::string bytes;      // on the wire, if anything was
    bool hostile = false;   // made or received by the attacker
    int call = 0;           // outbound call it belongs to
    Span span;              // of the code that caused it; empty: none
};

std::string_view name_of(EventKind kind);   // "dns-query"
std::string_view name_of(Actor actor);      // "resolver"

class Trace {
  public:
    // Events may come out of time order (concurrent tasks); finish() sorts them by time, keeping the
    // order of arrival among equals, and numbers them.
    void add(Event event);
    void finish();
    [[nodiscard]] const std::vector<Event>& events() const { return events_; }
    // Canonical text of all events, one per line; what the hash is taken over.
    [[nodiscard]] std::string canonical() const;
    [[nodiscard]] std::string sha256() const;  // hex

  private:
    std::vector<Event> events_;
};

}  // namespace wh::trace
