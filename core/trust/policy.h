// What one outbound call trusts. Plain data: no library names, no Python, no packets.
// Rules read it; the simulated TLS client is built from the same object.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "trust/decided.h"

namespace wh::trust {

enum class NameCheck : std::uint8_t {
    Off,
    InHandshake,     // OpenSSL compares (X509_VERIFY_PARAM_set1_host); failure aborts the handshake
    AfterHandshake,  // the library compares afterwards (urllib3's match_hostname): handshake completes
};

enum class TlsVersion : std::uint8_t { Any, Tls10, Tls11, Tls12, Tls13 };

// Trust anchors: the machine's own bundle, and/or files of the app's host, and/or PEM text.
struct Roots {
    bool system = true;
    std::vector<std::string> files;   // paths (cafile, capath, SSL_CERT_FILE)
    std::vector<std::string> pem;     // cadata
    friend bool operator==(const Roots&, const Roots&) = default;
};

// The client's own certificate for mutual TLS; empty file: none.
struct ClientCertificate {
    std::string file;
    std::string key_file;
    friend bool operator==(const ClientCertificate&, const ClientCertificate&) = default;
};

struct Proxy {
    bool used = false;
    std::string scheme;  // http, https, socks5
    std::string host;
    std::uint16_t port = 0;
    std::string username;
    std::string password;
    friend bool operator==(const Proxy&, const Proxy&) = default;
};

struct Redirects {
    bool followed = false;
    int limit = 0;
    bool keeps_authorization_across_hosts = false;
    friend bool operator==(const Redirects&, const Redirects&) = default;
};

struct TrustPolicy {
    Decided<bool> chain_check;               // is the chain built to a trust anchor and verified
    Decided<NameCheck> name_check;
    Decided<std::string> reference_identity; // RFC 9525 section 2: the name the certificate must have
    Decided<Roots> roots;
    Decided<bool> strict;                    // VERIFY_X509_STRICT (Python 3.13's default contexts)
    Decided<bool> partial_chain;             // VERIFY_X509_PARTIAL_CHAIN
    Decided<bool> common_name_fallback;      // hostname_checks_common_name
    Decided<TlsVersion> minimum_tls;
    Decided<ClientCertificate> client_certificate;
    Decided<std::string> server_name;        // SNI (RFC 6066 section 3); empty: not sent
    Decided<std::vector<std::string>> pins;  // SHA-256 fingerprints (hex) compared after the handshake
    Decided<Proxy> proxy;
    Decided<Redirects> redirects;
    Decided<std::int64_t> connect_timeout_us;  // 0: none
    Decided<std::int64_t> read_timeout_us;     // 0: none
};

}  // namespace wh::trust
