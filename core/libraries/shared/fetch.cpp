#include "libraries/shared/fetch.h"

#include <algorithm>

#include "base/text.h"

namespace wh::libraries {

using trust::ConnectResult;
using trust::kNoDeadline;
using trust::LookupResult;
using trust::ReceiveResult;
using trust::TlsResult;
using Kind = Failure::Kind;

namespace {

constexpr TimeUs kHappyEyeballsDelayUs = 250'000;  // RFC 8305 section 5; anyio and asyncio

TimeUs limit(Vm& vm, TimeUs timeout) {
    const TimeUs own = timeout > 0 ? vm.clock() + timeout : kNoDeadline;
    return std::min(own, vm.deadline());
}

// What a timed-out operation means: the library's own limit, or the task's.
Kind timed_out(Vm& vm, Kind own) {
    return vm.clock() >= vm.deadline() ? Kind::Cancelled : own;
}

// What the pasted code put in the place of socket.getaddrinfo; every client that is written in
// Python looks names up through it. Null: it is socket's own.
Value own_getaddrinfo(Vm& vm) {
    if (!vm.library_state<SocketLoaded>("socket:loaded").loaded) return {};
    const program::Module* module = program::as_module(vm.import_module("socket"));
    const Value* found = module ? module->globals.find("getaddrinfo") : nullptr;
    return found && found->origin ? *found : Value();  // replaced: it has a place
}

Failure ask_own(Vm& vm, const Value& function, const Route& route, const std::string& host,
                std::vector<std::string>& addresses) {
    Failure failure;
    const int port = route.proxied ? route.proxy_port : route.port;
    const Value answer = vm.call(function, {route.host_as_bytes ? vm.bytes(host) : vm.str(host),
                                            Value::of(port), Value::of(0), Value::of(1)});
    std::vector<Value> rows;
    if (answer.is_null() || !vm.collect(answer, rows)) {
        vm.take_error();
        failure.kind = Kind::NoSuchName;
    }
    for (const Value& row : rows) {
        const Value where = vm.get_item(row, Value::of(4));
        const Value address = where.is_null() ? Value() : vm.get_item(where, Value::of(0));
        if (as_str(address)) addresses.emplace_back(program::text_of(address));
    }
    if (vm.failed()) vm.take_error();
    if (!failure && addresses.empty()) failure.kind = Kind::NoAddress;
    return failure;
}

Failure look_up(Vm& vm, const Route& route, const std::string& host, TimeUs deadline,
                std::vector<std::string>& addresses) {
    if (const Value own = own_getaddrinfo(vm)) return ask_own(vm, own, route, host, addresses);
    Failure failure;
    if (is_address(host)) {
        addresses.push_back(host);
        return failure;
    }
    const TimeUs until = route.lookup_limited ? deadline : vm.deadline();
    // glibc does not ask for what cannot be a host's name (res_hnok; reality r03).
    for (const char c : host) {
        const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
                          static_cast<unsigned char>(c) > 127;
        if (fits) continue;
        failure.kind = Kind::NoSuchName;
        return failure;
    }
    const LookupResult result = vm.network().get_address_info(host, vm.clock(), until);
    switch (result.status) {
        case LookupResult::Status::Ok:
            break;
        case LookupResult::Status::NoSuchName:
            failure.kind = Kind::NoSuchName;
            break;
        case LookupResult::Status::NoData:
            failure.kind = Kind::NoAddress;
            break;
        case LookupResult::Status::ServerFailure:
            failure.kind = Kind::ResolverFailed;
            break;
        case LookupResult::Status::TimedOut:
            failure.kind =
                until == kNoDeadline ? Kind::ResolverFailed : timed_out(vm, Kind::LookupTimedOut);
            break;
    }
    for (const std::string& address : result.values) {
        if (!route.ipv4_only || is_ipv4(address)) addresses.push_back(address);
    }
    if (!failure && addresses.empty()) failure.kind = Kind::NoAddress;
    return failure;
}

Kind kind_of(Vm& vm, const ConnectResult& result) {
    switch (result.status) {
        case ConnectResult::Status::Connected:
            return Kind::None;
        case ConnectResult::Status::Refused:
            return Kind::Refused;
        case ConnectResult::Status::Unreachable:
            return Kind::Unreachable;
        case ConnectResult::Status::TimedOut:
            return result.kernel_gave_up ? Kind::KernelGaveUp
                                         : timed_out(vm, Kind::ConnectTimedOut);
    }
    return Kind::None;
}

// One after the other, each with the whole limit (socket.create_connection).
Failure connect_in_order(Vm& vm, const std::vector<std::string>& addresses, std::uint16_t port,
                         TimeUs timeout, Link& link) {
    Failure failure;
    for (const std::string& address : addresses) {
        const ConnectResult result =
            vm.network().connect(address, port, vm.clock(), limit(vm, timeout));
        failure.kind = kind_of(vm, result);
        failure.address = address;
        failure.port = port;
        if (!failure) link.connection = result.connection;
        if (!failure || failure.kind == Kind::Cancelled) break;
    }
    return failure;
}

// The next one starts when one fails or after 250 ms; the first that is connected wins.
Failure connect_concurrently(Vm& vm, const std::vector<std::string>& addresses, std::uint16_t port,
                             TimeUs deadline, Link& link) {
    Failure failure;
    TimeUs start = vm.clock();
    TimeUs last = start;
    TimeUs best = kNoDeadline;
    for (const std::string& address : addresses) {
        if (start >= std::min(best, deadline)) break;
        TimeUs now = start;
        const ConnectResult result =
            vm.network().connect(address, port, now, std::min(best, deadline));
        if (result.status == ConnectResult::Status::Connected) {
            if (link.connection) vm.network().close(link.connection, now);
            link.connection = result.connection;
            best = now;
        } else {
            const bool limited =
                result.status == ConnectResult::Status::TimedOut && !result.kernel_gave_up;
            if (!failure || limited || failure.kind != Kind::ConnectTimedOut) {
                failure.kind = limited ? Kind::ConnectTimedOut : kind_of(vm, result);
            }
            failure.address = address;
            failure.port = port;
            last = std::max(last, now);
        }
        start = std::min(now, start + kHappyEyeballsDelayUs);
        start = std::max(start, vm.clock());
    }
    if (link.connection) {
        vm.clock() = best;
        return {};
    }
    vm.clock() = last;
    if (failure.kind == Kind::ConnectTimedOut) failure.kind = timed_out(vm, Kind::ConnectTimedOut);
    return failure;
}

Failure start_tls(Vm& vm, const Route& route, const trust::TrustPolicy& policy, Link& link) {
    Failure failure;
    const TlsResult result = vm.network().start_tls(link.connection, policy, vm.clock(),
                                                    limit(vm, route.connect_timeout));
    switch (result.status) {
        case TlsResult::Status::Ok:
            break;
        case TlsResult::Status::Failed:
            failure.kind = Kind::TlsFailed;
            break;
        case TlsResult::Status::TimedOut:
            failure.kind = timed_out(vm, Kind::TlsTimedOut);
            break;
        case TlsResult::Status::Closed:
            failure.kind = Kind::TlsClosed;
            break;
    }
    failure.tls = result.error;
    link.peer = result.peer;
    if (failure) return failure;
    const std::vector<std::string>& pins = policy.pins.value;
    if (!pins.empty() && std::find(pins.begin(), pins.end(), result.peer.sha256) == pins.end()) {
        failure.kind = Kind::PinMismatch;
        failure.text = result.peer.sha256;
    } else if (policy.name_check.value == trust::NameCheck::AfterHandshake) {
        failure.text = name_mismatch(result.peer, policy.reference_identity.value);
        if (!failure.text.empty()) failure.kind = Kind::NameMismatch;
    }
    return failure;
}

}  // namespace

std::string name_mismatch(const trust::PeerCertificate& peer, std::string_view host) {
    const bool address = is_address(host);
    std::string wanted = ascii_lower(host);
    if (wanted.ends_with('.')) wanted.pop_back();
    const std::vector<std::string>& names = address ? peer.addresses : peer.dns_names;
    for (const std::string& each : names) {
        const std::string name = ascii_lower(each);
        if (name == wanted) return {};
        if (address || !name.starts_with("*.")) continue;
        const std::size_t dot = wanted.find('.');
        if (dot != std::string::npos && dot > 0 && wanted.substr(dot) == name.substr(1)) return {};
    }
    std::vector<std::string> all = peer.dns_names;
    all.insert(all.end(), peer.addresses.begin(), peer.addresses.end());
    if (all.empty()) return "no appropriate subjectAltName fields were found";
    if (all.size() == 1) return cat("hostname '", host, "' doesn't match '", all[0], "'");
    return cat("hostname '", host, "' doesn't match either of '", join(all, "', '"), "'");
}

Failure open_link(Vm& vm, const Route& route, Link& link) {
    const std::string& host = route.proxied ? route.proxy_host : route.host;
    const std::uint16_t port = route.proxied ? route.proxy_port : route.port;
    const TimeUs deadline = limit(vm, route.connect_timeout);
    std::vector<std::string> addresses;
    Failure failure = look_up(vm, route, host, deadline, addresses);
    if (!failure) {
        failure = route.concurrent
                      ? connect_concurrently(vm, addresses, port, deadline, link)
                      : connect_in_order(vm, addresses, port, route.connect_timeout, link);
    }
    if (!failure && route.proxied && route.proxy_tls) {
        failure = start_tls(vm, route, route.proxy_policy, link);
    }
    if (failure) {
        failure.at_proxy = route.proxied;
        close_link(vm, link);
        return failure;
    }
    if (route.proxied && route.tunnel) {
        const std::string target = cat(route.host, ":", route.port);
        ResponseReader reader(true);
        failure = send_request(vm, link,
                               write_request("CONNECT", target, route.connect_headers, {}, false),
                               route.read_timeout, reader);
        if (failure) return failure;
        if (reader.status < 200 || reader.status > 299) {
            failure.kind = Kind::TunnelRefused;
            failure.text = cat(reader.status, " ", reader.reason);
            failure.headers = std::move(reader.headers);
            close_link(vm, link);
            return failure;
        }
    }
    if (route.tls && (!route.proxied || route.tunnel)) {
        failure = start_tls(vm, route, route.policy, link);
        if (failure) close_link(vm, link);
    }
    return failure;
}

namespace {

// False: nothing more will come; `failure` says why.
bool receive(Vm& vm, Link& link, TimeUs timeout, ResponseReader& reader, Kind closed, Kind late,
             Failure& failure) {
    ReceiveResult got = vm.network().receive(link.connection, vm.clock(), limit(vm, timeout));
    switch (got.status) {
        case ReceiveResult::Status::Data:
            reader.feed(got.data);
            if (!reader.malformed()) return true;
            failure.kind = Kind::Malformed;
            failure.text = reader.first_line;
            return false;
        case ReceiveResult::Status::Closed:
            reader.peer_closed();
            failure.kind = reader.done() ? Kind::None : closed;
            failure.text = reader.missing();
            return false;
        case ReceiveResult::Status::Reset:
            failure.kind = Kind::ReadReset;
            return false;
        case ReceiveResult::Status::TimedOut:
            failure.kind = timed_out(vm, late);
            return false;
        case ReceiveResult::Status::TlsAlert:
            failure.kind = Kind::ReadTls;
            failure.tls = got.error;
            return false;
    }
    return false;
}

}  // namespace

Failure send_request(Vm& vm, Link& link, std::string_view bytes, TimeUs read_timeout,
                     ResponseReader& reader) {
    Failure failure;
    vm.network().send(link.connection, bytes, vm.clock());
    while (!reader.head_done() &&
           receive(vm, link, read_timeout, reader, Kind::ReadClosed, Kind::ReadTimedOut, failure)) {
    }
    if (failure) close_link(vm, link);
    return failure;
}

Failure read_body(Vm& vm, Link& link, TimeUs read_timeout, ResponseReader& reader) {
    Failure failure;
    while (!reader.done() && link.connection &&
           receive(vm, link, read_timeout, reader, Kind::BodyIncomplete, Kind::BodyTimedOut,
                   failure)) {
    }
    if (failure) close_link(vm, link);
    return failure;
}

void close_link(Vm& vm, Link& link) {
    if (link.connection) vm.network().close(link.connection, vm.clock());
    link.connection = 0;
}

Link Pool::take(Vm& vm, std::string_view key, TimeUs expiry) {
    const TimeUs now = vm.clock();
    if (oldest_first) {
        std::sort(idle_.begin(), idle_.end(),
                  [](const Link& a, const Link& b) { return a.connection > b.connection; });
    }
    for (std::size_t i = idle_.size(); i-- > 0;) {
        if (idle_[i].key != key || idle_[i].idle_since > now) continue;
        Link link = idle_[i];
        idle_.erase(idle_.begin() + static_cast<std::ptrdiff_t>(i));
        const bool expired = expiry > 0 && now - link.idle_since > expiry;
        if (!expired && !vm.network().peer_closed(link.connection, now)) return link;
        close_link(vm, link);
    }
    return {};
}

void Pool::put(Vm& vm, Link link) {
    gone(vm);
    link.idle_since = vm.clock();
    const bool keep = most_idle < 0 || static_cast<std::int64_t>(idle_.size()) < most_idle;
    if (keep) {
        idle_.push_back(std::move(link));
    } else {
        close_link(vm, link);
    }
}

bool Pool::wait_turn(Vm& vm, TimeUs limit, Failure& failure) {
    if (most < 0) return true;
    const TimeUs until = std::min(limit > 0 ? vm.clock() + limit : kNoDeadline, vm.deadline());
    for (;;) {
        const TimeUs now = vm.clock();
        std::int64_t busy = 0;
        TimeUs next = kNoDeadline;
        for (const auto& [from, to] : turns_) {
            if (from > now || to <= now) continue;
            ++busy;
            next = std::min(next, to);
        }
        if (busy < most) break;
        vm.clock() = std::min(next, until);
        if (next == kNoDeadline && until == kNoDeadline) {
            vm.not_modelled("waiting for a connection that is not given back");
            break;
        }
        if (next >= until) {  // of two that end together, the one that waited longer
            failure.kind = timed_out(vm, Kind::ConnectTimedOut);
            return false;
        }
    }
    turns_.emplace_back(vm.clock(), kNoDeadline);
    return true;
}

void Pool::gone(Vm& vm) {
    for (std::size_t i = turns_.size(); i-- > 0;) {
        if (turns_[i].second != kNoDeadline) continue;
        turns_[i].second = vm.clock();
        return;
    }
}

void Pool::close_all(Vm& vm) {
    for (Link& link : idle_) close_link(vm, link);
    idle_.clear();
}

}  // namespace wh::libraries
