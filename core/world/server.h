// One accepted TCP connection at the far side: genuine services and the attacker, as state machines
// that behave like the lab's far_side.Connection, byte for byte.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/network.h"
#include "tls/handshake.h"
#include "world/narrator.h"
#include "world/plan.h"

namespace wh::world {

inline constexpr TimeUs kServerIdleUs =
    60'000'000;  // the lab's servers close after a minute of silence

// What the far side of a world shares.
struct FarSide {
    const Plan* plan = nullptr;
    Pki* pki = nullptr;
    Narrator* narrator = nullptr;
    std::uint64_t seed = 1;
    std::int64_t wall_clock_us = 0;  // at virtual time 0
    // A request or other bytes reached the attacker (for leaks in the trace).
    void (*on_received)(void* context, const struct ReceivedRequest& request,
                        TimeUs time) = nullptr;
    void* context = nullptr;
};

class Server {
  public:
    Server(const FarSide& far, const Site& site, PortKind kind, std::string name, int number,
           TimeUs now);

    // Bytes arrive; what the server says goes into the connection at its own time.
    void receive(std::string_view bytes, TimeUs now, net::TcpConnection& tcp);
    void client_closed(TimeUs now, net::TcpConnection& tcp);
    // Closes if nothing came for too long.
    void expire(TimeUs now, net::TcpConnection& tcp);
    [[nodiscard]] bool closed() const { return state_ == State::Closed; }
    [[nodiscard]] TimeUs closes_idle_at() const { return clock_us_ + kServerIdleUs; }

    // What the far side noted; requests and raw are handed over and forgotten by collect().
    struct Log {
        TlsRecord tls;  // state is the app's side's business
        bool has_tls = false;
        std::optional<TlsRecord> proxy_tls;
        std::string tunnel_to;
        bool plain_on_tls_port = false;
        std::vector<ReceivedRequest> requests;
        std::string raw;
        std::string partial;  // still unread
    };
    Log collect();
    [[nodiscard]] bool attacker() const { return attacker_; }

  private:
    enum class State : std::uint8_t {
        FirstByte,
        PlainOnTls,
        Handshake,
        Lines,
        Http,
        TunnelFirst,
        WebSocket,
        Closed
    };

    void run(net::TcpConnection& tcp);
    bool step(net::TcpConnection& tcp);  // false: more bytes are needed
    bool first_byte(net::TcpConnection& tcp);
    void start_tls(const CertificateWish& wish);
    bool handshake(net::TcpConnection& tcp);
    bool http(net::TcpConnection& tcp);
    bool websocket(net::TcpConnection& tcp);
    void tunnel(const std::string& target, net::TcpConnection& tcp);
    void respond(const ReceivedRequest& request, net::TcpConnection& tcp);
    void after_handshake();
    void write(std::string_view bytes, net::TcpConnection& tcp);
    void flush(net::TcpConnection& tcp);
    void close(net::TcpConnection& tcp);
    void tell_request(const ReceivedRequest& request, std::string_view bytes);
    [[nodiscard]] const Answer* choose(const ReceivedRequest& request, Answer& fallback) const;
    [[nodiscard]] const Site* genuine_site(std::string_view name) const;

    const FarSide& far_;
    const Site* site_;
    PortKind kind_;
    std::string name_;  // for sentences
    int number_;
    bool attacker_;
    State state_ = State::FirstByte;
    bool tunnelled_ = false;
    std::string host_;  // whom it plays: the site, or the target of a tunnel
    TimeUs clock_us_ = 0;
    std::string raw_input_;  // before TLS is known
    std::string buffer_;     // application bytes
    std::vector<std::unique_ptr<tls::Server>> layers_;
    std::vector<std::string> websocket_messages_;
    std::size_t websocket_next_ = 0;
    Log log_;
};

// --- HTTP pieces, also for tests
// -------------------------------------------------------------------

// Python's fnmatch.fnmatchcase.
bool glob_matches(std::string_view text, std::string_view pattern);
// The answer's bytes; `keep`: without "Connection: close" in the request.
std::string answer_bytes(const Answer& answer, std::string_view method, bool keep);
// Value of a header, the last one if it is repeated; names ignore case.
std::optional<std::string> header(const trust::HeaderList& headers, std::string_view name);

}  // namespace wh::world
