// What runs of one program share: the memory they live in, and what it was like once the program had
// started. In most pastes nothing that happens before the first request depends on the network; then
// the other worlds go on from there instead of importing everything again.
#pragma once

#include <memory>
#include <optional>

#include "base/arena.h"
#include "program/vm.h"
#include "program/web_application.h"
#include "trust/application.h"
#include "trust/client_network.h"
#include "trust/host.h"

namespace wh::run {

// The network as the program sees it from within the arena: carries every question out and every answer
// in, as neither side may own the other's memory. Knows whether it was asked anything.
class BorderNetwork final : public trust::ClientNetwork {
  public:
    explicit BorderNetwork(Arena& arena) : arena_(arena) {}
    void lead_to(trust::ClientNetwork& network) { network_ = &network; }
    [[nodiscard]] bool used() const { return used_; }
    void forget_use() { used_ = false; }

    void begin_call(const trust::OutboundCall& call, trust::TimeUs now_us) override;
    void end_call(int call_id, trust::TimeUs now_us) override;
    trust::LookupResult get_address_info(std::string_view name, trust::TimeUs& now_us,
                                         trust::TimeUs deadline_us) override;
    trust::LookupResult query(std::string_view name, trust::RecordType type, trust::TimeUs& now_us,
                              trust::TimeUs deadline_us) override;
    trust::ConnectResult connect(std::string_view address, std::uint16_t port,
                                 trust::TimeUs& now_us, trust::TimeUs deadline_us) override;
    trust::TlsResult start_tls(int connection, const trust::TrustPolicy& policy,
                               trust::TimeUs& now_us, trust::TimeUs deadline_us) override;
    void send(int connection, std::string_view bytes, trust::TimeUs& now_us) override;
    trust::ReceiveResult receive(int connection, trust::TimeUs& now_us,
                                 trust::TimeUs deadline_us) override;
    void close(int connection, trust::TimeUs now_us) override;
    [[nodiscard]] std::uint16_t local_port(int connection) const override;
    [[nodiscard]] bool peer_closed(int connection, trust::TimeUs now_us) const override;

  private:
    // f() outside; what it gives is copied into the arena.
    template <class F>
    auto outside(F f) const;

    Arena& arena_;
    trust::ClientNetwork* network_ = nullptr;
    mutable bool used_ = false;
};

struct RunMemory {
    RunMemory();
    ~RunMemory();
    RunMemory(const RunMemory&) = delete;
    RunMemory& operator=(const RunMemory&) = delete;

    // A new Vm on `network`; the one before is gone. With a decider it is for checking.
    program::Vm& make_vm(const program::Program& program, const trust::Host& host,
                         trust::TimeUs now_us, program::Decider* decider = nullptr);
    void forget();

    Arena arena;
    BorderNetwork network{arena};
    program::Vm* vm = nullptr;  // in the arena, and never destroyed if arenas are in use

    // How the program's start ended, if it did so without the network.
    struct Started {
        const program::Program* program = nullptr;
        trust::Host host;
        trust::TimeUs began_us = 0, ended_us = 0;
        program::WebApplication* app = nullptr;
        trust::PhaseResult result;
        std::unique_ptr<Arena::Image> image;
    };
    std::optional<Started> started;
};

}  // namespace wh::run
