// The app's view of the network: what a library model asks of the machine it runs on. world/ answers
// it in play, run/ answers it with decisions in checking. Virtual time only: every call takes the
// caller's clock and moves it forward by what the operation took.
//
// An operation is carried out to its end when it is called ("eagerly"): concurrency is made by the
// scheduler in program/, which puts a task to sleep until its own clock is due. `deadline_us` cuts an
// operation off: it returns TimedOut with the clock at the deadline, and nothing after it happens.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trust/outbound_call.h"

namespace wh::trust {

using TimeUs = std::int64_t;
inline constexpr TimeUs kNoDeadline = INT64_MAX;

enum class RecordType : std::uint16_t { A = 1, Ns = 2, Cname = 5, Ptr = 12, Mx = 15, Txt = 16, Aaaa = 28, Srv = 33 };

struct LookupResult {
    enum class Status : std::uint8_t { Ok, NoSuchName, NoData, ServerFailure, TimedOut };
    Status status = Status::Ok;
    std::vector<std::string> values;  // presentation form: addresses, names, texts
    std::string canonical_name{};     // of one query: where its aliases end, without the last dot
    std::uint32_t ttl = 0;            // the smallest on the way there
};

struct ConnectResult {
    enum class Status : std::uint8_t { Connected, Refused, TimedOut, Unreachable };
    Status status = Status::Connected;
    int connection = 0;  // handle, > 0 if Connected
    // Connected to an address where the kernel gave up by itself (ETIMEDOUT), not the caller's limit.
    bool kernel_gave_up = false;
};

// A TLS failure in the words of OpenSSL as Python shows them.
struct TlsError {
    bool certificate = false;    // ssl.SSLCertVerificationError instead of ssl.SSLError
    int verify_code = 0;         // X509_V_ERR_*
    std::string reason;          // "CERTIFICATE_VERIFY_FAILED", "WRONG_VERSION_NUMBER", ...
    std::string message;         // "certificate verify failed: self-signed certificate"
};

// The peer's leaf certificate as the client sees it, for checks that come after the handshake.
struct PeerCertificate {
    std::vector<std::string> dns_names;
    std::vector<std::string> addresses;
    std::string common_name;
    std::string sha256;  // hex, of the whole certificate
    std::string pem;
};

struct TlsResult {
    enum class Status : std::uint8_t { Ok, Failed, TimedOut, Closed };
    Status status = Status::Ok;
    TlsError error;          // Failed
    PeerCertificate peer;    // Ok
};

struct ReceiveResult {
    enum class Status : std::uint8_t { Data, Closed, Reset, TimedOut, TlsAlert };
    Status status = Status::Data;
    std::string data;
    TlsError error;  // TlsAlert: e.g. TLSV13_ALERT_CERTIFICATE_REQUIRED, which shows at the first read
};

class ClientNetwork {
  public:
    virtual ~ClientNetwork() = default;

    // Announces a call before its first packet; everything until the next one belongs to it.
    // The network keeps its own copy; ids are the caller's (OutboundCall::id).
    virtual void begin_call(const OutboundCall& call, TimeUs now_us) = 0;
    virtual void end_call(int call_id, TimeUs now_us) = 0;

    // getaddrinfo(name): AAAA and A as glibc asks them; values are ordered as returned (IPv6 first).
    // A name that is an address literal must not be passed. hosts file and search list included.
    virtual LookupResult get_address_info(std::string_view name, TimeUs& now_us,
                                          TimeUs deadline_us) = 0;
    // One query for one type through the same stub resolver (dnspython, gethostbyaddr).
    virtual LookupResult query(std::string_view name, RecordType type, TimeUs& now_us,
                               TimeUs deadline_us) = 0;

    virtual ConnectResult connect(std::string_view address, std::uint16_t port, TimeUs& now_us,
                                  TimeUs deadline_us) = 0;
    // Handshake on a connection (a second one runs inside the first: TLS in TLS through a proxy).
    // Reads of the policy: chain_check, name_check (only InHandshake), reference_identity, roots,
    // strict, partial_chain, common_name_fallback, minimum_tls, client_certificate, server_name.
    virtual TlsResult start_tls(int connection, const TrustPolicy& policy, TimeUs& now_us,
                                TimeUs deadline_us) = 0;
    virtual void send(int connection, std::string_view bytes, TimeUs& now_us) = 0;
    // The next bytes; blocks (in virtual time) until there are some, the peer closes, or the deadline.
    virtual ReceiveResult receive(int connection, TimeUs& now_us, TimeUs deadline_us) = 0;
    virtual void close(int connection, TimeUs now_us) = 0;
    // The local port of a connection, for messages that print it.
    [[nodiscard]] virtual std::uint16_t local_port(int connection) const = 0;
    // For pools: has the peer closed an idle connection by now?
    [[nodiscard]] virtual bool peer_closed(int connection, TimeUs now_us) const = 0;
};

}  // namespace wh::trust
