// Takes the decisions of a walk: a forced beginning, then the ordinary choice everywhere; notes them,
// so that the next walk can differ in one.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "program/decider.h"
#include "trust/client_network.h"
#include "trust/outbound_call.h"

namespace wh::run {

struct Decision {
    Span site;
    int choices = 2;
    int choice = 0;
    std::string text;
    const trust::Origin* narrowed = nullptr;  // Condition::narrowed; of the walk in which it was taken
    const trust::Origin* subject = nullptr;   // Condition::subject; likewise
};

class Explorer final : public program::Decider {
  public:
    int decide(Span site, int choices, const std::string& text) override;
    void narrowed(const trust::Origin* subject) override;
    void judged(const trust::Origin* subject) override;

    // Starts a walk whose first decisions are given.
    void begin(std::vector<Decision> forced);
    [[nodiscard]] const std::vector<Decision>& log() const { return log_; }
    // Where the first decision was taken that is one too many to be noted; nullopt: there was none.
    [[nodiscard]] const std::optional<Span>& beyond() const { return beyond_; }
    // Walks that differ from this one in one decision that was never taken that way before.
    void alternatives(std::vector<std::vector<Decision>>& out);
    // The decisions up to `count` as conditions; ordinary outcomes of calls are left out.
    [[nodiscard]] std::vector<trust::Condition> conditions(std::size_t count) const;

  private:
    // A place (file, begin, end), a question there (by how many answers it has, as there may be several:
    // how a call ends, what it answers) and a choice. Adds it; false: it was there already.
    bool note_tried(const Span& site, int choices, int choice);

    std::vector<Decision> forced_;
    std::vector<Decision> log_;
    std::set<std::array<std::uint32_t, 5>> tried_;
    std::optional<Span> beyond_;
};

// The network of a checking walk. Libraries that speak HTTP ask the decider for a call's outcome and
// never come here but to announce it; for the others everything answers in an ordinary way.
class CheckNetwork final : public trust::ClientNetwork {
  public:
    explicit CheckNetwork(const Explorer& explorer) : explorer_(explorer) {}

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

    // How many decisions had been taken when the call with this id began.
    [[nodiscard]] std::size_t decisions_before(int call_id) const;

  private:
    struct Announced {
        int call;
        std::size_t decisions;
    };
    const Explorer& explorer_;
    std::vector<Announced> announced_;
    int connections_ = 0;
};

}  // namespace wh::run
