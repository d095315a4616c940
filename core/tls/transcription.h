// A dialogue of this simulation's TLS, with its symbolic certificates and ciphers, written again as
// TLS 1.3 that other programs read: certificates in DER, records sealed with AES-256-GCM, and the
// secrets for them in the key log format that Wireshark reads (draft-ietf-tls-keylogfile).
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace wh::tls {

// One connection, both directions in the order in which things were said. Plain text passes as it
// is; a tunnel made by CONNECT may hold TLS, and TLS another tunnel.
class Transcription {
  public:
    Transcription();
    ~Transcription();
    Transcription(Transcription&&) noexcept;
    Transcription& operator=(Transcription&&) noexcept;

    // What stands on the wire in the place of these bytes.
    std::string add(bool from_client, std::string_view bytes);
    // Key log lines of all handshakes so far.
    [[nodiscard]] std::string key_log() const;

  private:
    struct Tls;
    enum class Mode { Start, Plain, Tls };

    Mode mode_ = Mode::Start;
    bool asked_tunnel_ = false;  // a CONNECT request was seen
    std::unique_ptr<Tls> tls_;
};

}  // namespace wh::tls
