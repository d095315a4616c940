#include "trace/event.h"

#include <algorithm>

#include "base/sha256.h"
#include "base/text.h"

namespace wh::trace {
namespace {

// Line breaks and the separators of the canonical form must not come from the fields themselves.
void append_escaped(std::string& out, std::string_view text) {
    for (const char c : text) {
        switch (c) {
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            case '\\':
                out += "\\\\";
                break;
            default:
                out += c;
        }
    }
}

}  // namespace

std::string_view name_of(EventKind kind) {
    switch (kind) {
        case EventKind::RequestArrived:
            return "request-arrived";
        case EventKind::ResponseSent:
            return "response-sent";
        case EventKind::AppLog:
            return "app-log";
        case EventKind::ExceptionSeen:
            return "exception-seen";
        case EventKind::CallBegins:
            return "call-begins";
        case EventKind::CallEnds:
            return "call-ends";
        case EventKind::DnsQuery:
            return "dns-query";
        case EventKind::DnsAnswer:
            return "dns-answer";
        case EventKind::DnsForged:
            return "dns-forged";
        case EventKind::DnsCached:
            return "dns-cached";
        case EventKind::DnsRace:
            return "dns-race";
        case EventKind::TcpConnect:
            return "tcp-connect";
        case EventKind::TcpRefused:
            return "tcp-refused";
        case EventKind::TcpTimeout:
            return "tcp-timeout";
        case EventKind::TlsHello:
            return "tls-hello";
        case EventKind::TlsCertificate:
            return "tls-certificate";
        case EventKind::TlsCheck:
            return "tls-check";
        case EventKind::TlsEstablished:
            return "tls-established";
        case EventKind::TlsFailed:
            return "tls-failed";
        case EventKind::HttpRequest:
            return "http-request";
        case EventKind::HttpResponse:
            return "http-response";
        case EventKind::Data:
            return "data";
        case EventKind::ConnectionClosed:
            return "connection-closed";
        case EventKind::Leak:
            return "leak";
        case EventKind::Verdict:
            return "verdict";
    }
    return "";
}

std::string_view name_of(Actor actor) {
    switch (actor) {
        case Actor::Caller:
            return "caller";
        case Actor::App:
            return "app";
        case Actor::Resolver:
            return "resolver";
        case Actor::Authority:
            return "authority";
        case Actor::Attacker:
            return "attacker";
        case Actor::Upstream:
            return "upstream";
        case Actor::Nobody:
            return "nobody";
    }
    return "";
}

void Trace::add(Event event) {
    events_.push_back(std::move(event));
}

void Trace::finish() {
    std::stable_sort(events_.begin(), events_.end(),
                     [](const Event& a, const Event& b) { return a.time_us < b.time_us; });
    int number = 0;
    for (Event& event : events_) event.number = ++number;
}

std::string Trace::canonical() const {
    std::string out;
    for (const Event& event : events_) {
        out += cat(event.number, "\t", event.time_us, "\t", name_of(event.kind), "\t",
                   name_of(event.from), "\t", name_of(event.to), "\t",
                   event.hostile ? "hostile" : "-", "\t", event.call, "\t", event.span.file, ":",
                   event.span.begin, "-", event.span.end, "\t");
        append_escaped(out, event.sentence);
        for (const auto& [name, value] : event.fields) {
            out += '\t';
            append_escaped(out, name);
            out += '=';
            append_escaped(out, value);
        }
        if (!event.bytes.empty()) {
            out += "\tbytes=";
            out += hex(event.bytes);
        }
        out += '\n';
    }
    return out;
}

std::string Trace::sha256() const {
    return sha256_hex(canonical());
}

}  // namespace wh::trace
