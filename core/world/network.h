// The app's network in play: trust::ClientNetwork over the DNS, TCP and TLS of one world, with the
// notes from which outcomes are made.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trust/client_network.h"
#include "trust/host.h"
#include "world/name_service.h"
#include "world/server.h"

namespace wh::world {

inline constexpr TimeUs kAppToServerUs = 1'000;  // one way, to whatever server

// What one phase (start-up, one request, shutdown) did on the network.
struct PhaseNotes {
    std::vector<LookupRecord> lookups;
    std::vector<ConnectionRecord> connections;
};

class SimulatedNetwork final : public trust::ClientNetwork {
  public:
    SimulatedNetwork(const Scenario& scenario, const World& world, const Plan& plan, Pki& pki,
                     NameService& dns, Narrator& narrator, std::uint64_t seed,
                     std::int64_t wall_clock_us);

    void begin_call(const trust::OutboundCall& call, TimeUs now_us) override;
    void end_call(int call_id, TimeUs now_us) override;
    trust::LookupResult get_address_info(std::string_view name, TimeUs& now_us,
                                         TimeUs deadline_us) override;
    trust::LookupResult query(std::string_view name, trust::RecordType type, TimeUs& now_us,
                              TimeUs deadline_us) override;
    trust::ConnectResult connect(std::string_view address, std::uint16_t port, TimeUs& now_us,
                                 TimeUs deadline_us) override;
    trust::TlsResult start_tls(int connection, const trust::TrustPolicy& policy, TimeUs& now_us,
                               TimeUs deadline_us) override;
    void send(int connection, std::string_view bytes, TimeUs& now_us) override;
    trust::ReceiveResult receive(int connection, TimeUs& now_us, TimeUs deadline_us) override;
    void close(int connection, TimeUs now_us) override;
    [[nodiscard]] std::uint16_t local_port(int connection) const override;
    [[nodiscard]] bool peer_closed(int connection, TimeUs now_us) const override;

    // Hands over what happened since the last call.
    PhaseNotes collect();

  private:
    struct Connection {
        Connection(net::TcpConnection made) : tcp(std::move(made)) {}
        net::TcpConnection tcp;
        std::unique_ptr<Server> server;
        std::vector<std::unique_ptr<tls::Client>> layers;
        std::string plain;      // decrypted, not yet taken by the app
        bool ended = false;     // FIN was seen
        bool closed = false;    // by the app
        std::string host;       // as the first record says
        std::string peer_name;  // for sentences
        std::vector<std::optional<trust::ExceptionRecord>> handshakes;  // of this phase
        bool recorded = false;                                          // its first phase is over
    };
    struct Attempt {
        ConnectionRecord record;
        int connection = 0;  // 0: none
    };
    enum class Arrival : std::uint8_t { Some, Closed, TimedOut };

    Connection& at(int connection);
    [[nodiscard]] const Connection& at(int connection) const;
    trust::LookupResult lookup(std::string_view name, const std::vector<std::uint16_t>& types,
                               TimeUs& now_us, TimeUs deadline_us);
    Arrival take_arrival(Connection& connection, TimeUs& now, TimeUs deadline);
    void flush(Connection& connection, TimeUs now);
    void fill(ConnectionRecord& record, const Connection& connection, const Server::Log& log,
              bool reused) const;
    std::vector<tls::Certificate> anchors(const trust::Roots& roots);
    [[nodiscard]] std::string file_text(const std::string& path);
    tls::ClientConfig client_config(const trust::TrustPolicy& policy, TimeUs now, int connection);
    void tell_checks(const tls::Client& client, const trust::TrustPolicy& policy,
                     const Connection& connection, TimeUs now);
    static void received(void* context, const ReceivedRequest& request, TimeUs time);

    const Scenario& scenario_;
    const World& world_;
    const Plan& plan_;
    Pki& pki_;
    NameService& dns_;
    Narrator& narrator_;
    std::uint64_t seed_;
    std::int64_t wall_clock_us_;
    FarSide far_;
    std::vector<std::unique_ptr<Connection>> connections_;
    std::vector<Attempt> attempts_;             // of this phase
    std::vector<LookupRecord> lookups_;         // of this phase
    std::map<std::string, std::string> names_;  // address -> name that was looked up
    std::vector<std::string> told_leaks_;       // of this phase
    std::vector<int> told_calls_;
    bool asynchronous_ = false;
    std::optional<trust::Host> host_;  // made when a file is needed
};

}  // namespace wh::world
