// Both ends of a TLS 1.3 connection (RFC 8446) as state machines without input or output of their
// own: bytes go in, bytes come out. The ClientHello is real; what follows it is framed and typed as
// in reality, with symbolic certificates, signatures and keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "tls/certificate.h"
#include "tls/record.h"
#include "tls/verify.h"

namespace wh::tls {

enum class State : std::uint8_t { Handshake, Established, Failed, Closed };

// A failure as OpenSSL names it: reason "WRONG_VERSION_NUMBER", text "wrong version number".
struct Failure {
    std::string reason;
    std::string text;
    int verify_code = 0;  // != 0: the peer's certificate was refused
};

struct ClientHello {
    std::string random;  // 32 bytes
    std::optional<std::string> server_name;
    std::vector<std::string> protocols;  // ALPN
    bool offers_tls13 = false;
};
std::string encode(const ClientHello& hello);  // the handshake message, without record header
std::optional<ClientHello> decode_client_hello(std::string_view message);

struct ClientConfig {
    std::string server_name;  // SNI; empty: not sent
    VerifyOptions verify;
    std::vector<Certificate> trusted;
    std::vector<Certificate> certificates;  // own chain, leaf first; empty: none
    std::string key;                        // own key
    std::uint64_t seed = 0;
};

struct ServerConfig {
    std::vector<Certificate> certificates;  // leaf first
    std::string key;
    bool demands_certificate = false;
    std::vector<Certificate> client_roots;
    std::int64_t now = 0;
    std::uint64_t seed = 0;
};

// What both ends share: the record buffer, protection and the transcript.
class Endpoint {
  public:
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] const Failure& failure() const { return failure_; }
    // Bytes from the transport.
    void feed(std::string_view bytes);
    // Bytes for the transport since the last call.
    std::string take_output();
    // Decrypted application data since the last call.
    std::string take_data();
    // Encrypts application data (state Established).
    void write(std::string_view data);

  protected:
    Endpoint() = default;
    ~Endpoint() = default;
    Endpoint(const Endpoint&) = default;
    Endpoint& operator=(const Endpoint&) = default;
    virtual void handshake_message(unsigned type, std::string_view body,
                                   std::string_view whole) = 0;
    void send_handshake(std::string_view message, bool sealed);
    void send_alert(int alert);
    void fail(std::string_view reason, std::string_view text, int verify_code = 0);
    void start_protection(std::string_view shared, bool is_client);

    State state_ = State::Handshake;
    Failure failure_;
    Sha256 transcript_;  // of every handshake message so far, in order
    [[nodiscard]] std::string transcript_hash() const {
        Sha256 so_far = transcript_;
        return so_far.finish();
    }
    bool protected_ = false;

  private:
    void process(const RecordData& record, bool opened);

    std::string input_;
    std::string handshake_;
    std::string output_;
    std::string data_;
    Protection sending_;
    Protection receiving_;
};

class Client final : public Endpoint {
  public:
    explicit Client(ClientConfig config);
    void start();  // sends the ClientHello
    [[nodiscard]] const std::vector<Certificate>& peer() const { return peer_; }
    [[nodiscard]] const VerifyResult& verification() const { return verification_; }
    [[nodiscard]] bool was_asked_for_certificate() const { return asked_; }

  private:
    void handshake_message(unsigned type, std::string_view body, std::string_view whole) override;
    ClientConfig config_;
    std::string hello_random_;
    std::vector<Certificate> peer_;
    VerifyResult verification_;
    bool asked_ = false;
};

class Server final : public Endpoint {
  public:
    explicit Server(ServerConfig config);
    [[nodiscard]] bool saw_hello() const { return saw_hello_; }
    [[nodiscard]] const std::optional<std::string>& server_name() const { return server_name_; }
    // Subject of the client's certificate, once it was accepted.
    [[nodiscard]] const std::optional<std::string>& client_subject() const {
        return client_subject_;
    }

  private:
    void handshake_message(unsigned type, std::string_view body, std::string_view whole) override;
    ServerConfig config_;
    bool saw_hello_ = false;
    std::optional<std::string> server_name_;
    std::vector<Certificate> client_;
    std::optional<std::string> client_subject_;
};

}  // namespace wh::tls
