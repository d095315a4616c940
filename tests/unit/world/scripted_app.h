// An app without Python: what its handler does is a C++ function.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "world/simulate.h"

namespace wh::test {

// A policy as a careful client's default: chain and name checked against the system's roots.
inline trust::TrustPolicy careful(const std::string& host) {
    trust::TrustPolicy policy;
    policy.chain_check.value = true;
    policy.name_check.value = trust::NameCheck::InHandshake;
    policy.reference_identity.value = host;
    policy.server_name.value = host;
    policy.strict.value = true;
    policy.partial_chain.value = true;
    policy.common_name_fallback.value = true;
    return policy;
}

inline trust::TrustPolicy careless(const std::string& host) {
    trust::TrustPolicy policy = careful(host);
    policy.chain_check.value = false;
    policy.chain_check.because = {trust::BecauseKind::Argument, {}, "verify=False", nullptr};
    policy.name_check.value = trust::NameCheck::Off;
    policy.name_check.because = policy.chain_check.because;
    return policy;
}

struct Got {
    std::string failed;  // "dns", "refused", "timeout", "tls", "closed"; empty: answered
    trust::TlsError error;
    std::string bytes;
    int connection = 0;
};

// One HTTPS (or HTTP) exchange.
inline Got fetch(trust::ClientNetwork& network, const std::string& host, std::uint16_t port,
                 const trust::TrustPolicy* policy, const std::string& request, trust::TimeUs& now,
                 trust::TimeUs limit = 5'000'000) {
    Got got;
    const trust::TimeUs deadline = now + limit;
    const auto found = network.get_address_info(host, now, deadline);
    if (found.status != trust::LookupResult::Status::Ok) {
        got.failed = "dns";
        return got;
    }
    const auto connected = network.connect(found.values[0], port, now, deadline);
    if (connected.status != trust::ConnectResult::Status::Connected) {
        got.failed =
            connected.status == trust::ConnectResult::Status::Refused ? "refused" : "timeout";
        return got;
    }
    got.connection = connected.connection;
    if (policy) {
        const auto tls = network.start_tls(connected.connection, *policy, now, deadline);
        if (tls.status != trust::TlsResult::Status::Ok) {
            got.failed = "tls";
            got.error = tls.error;
            network.close(connected.connection, now);
            return got;
        }
    }
    network.send(connected.connection, request, now);
    const auto answer = network.receive(connected.connection, now, deadline);
    if (answer.status == trust::ReceiveResult::Status::Data) {
        got.bytes = answer.data;
    } else {
        got.failed = answer.status == trust::ReceiveResult::Status::TlsAlert   ? "alert"
                     : answer.status == trust::ReceiveResult::Status::TimedOut ? "timeout"
                                                                               : "closed";
        got.error = answer.error;
    }
    return got;
}

inline std::string body_of(const std::string& answer) {
    const std::size_t at = answer.find("\r\n\r\n");
    return at == std::string::npos ? std::string() : answer.substr(at + 4);
}

class ScriptedApp final : public trust::Application {
  public:
    using Handler = std::function<trust::PhaseResult(trust::ClientNetwork&,
                                                     const trust::InboundRequest&, trust::TimeUs&)>;
    explicit ScriptedApp(Handler handler) : handler_(std::move(handler)) {}
    trust::PhaseResult start(trust::ClientNetwork& network, trust::TimeUs& now) override {
        network_ = &network;
        now += 1000;
        return {};
    }
    trust::PhaseResult request(const trust::InboundRequest& request, trust::TimeUs& now) override {
        return handler_(*network_, request, now);
    }
    trust::PhaseResult stop(trust::TimeUs&) override { return {}; }

  private:
    Handler handler_;
    trust::ClientNetwork* network_ = nullptr;
};

// Answers 200 with what the upstream said, or 503 with the failure.
inline trust::PhaseResult answer_with(const Got& got) {
    trust::PhaseResult result;
    result.response.emplace();
    result.response->status = got.failed.empty() ? 200 : 503;
    result.response->body = got.failed.empty() ? body_of(got.bytes) : got.failed;
    return result;
}

inline world::Scenario one_host(const std::string& name = "api.partner.example") {
    world::Scenario scenario;
    world::HostEntry host;
    host.name = name;
    host.address = "192.0.2.10";
    world::Answer answer;
    answer.path = "/pay";
    answer.is_json = true;
    answer.body = R"({"ok": true})";
    host.answers = {answer};
    scenario.hosts = {host};
    scenario.poisoned = {name};
    scenario.secrets = {{"key", "s3cr3t-key"}};
    world::ScenarioRequest request;
    request.original_json = R"({"path": "/pay"})";
    request.request.path = "/pay";
    scenario.requests = {request};
    return scenario;
}

inline const char* kPayRequest =
    "GET /pay HTTP/1.1\r\nHost: api.partner.example\r\nX-API-Key: s3cr3t-key\r\n\r\n";

}  // namespace wh::test
