// ssl.SSLContext as a NativeState with every setting and why it is so: what any library that takes
// a context makes a trust::TrustPolicy of.
#pragma once

#include "libraries/shared/fetch.h"

namespace wh::libraries {

struct TlsSettings {
    trust::Decided<bool> chain_check;
    trust::Decided<trust::NameCheck> name_check;
    trust::Decided<trust::Roots> roots;
    trust::Decided<bool> strict;
    trust::Decided<bool> partial_chain;
    trust::Decided<bool> common_name_fallback;
    trust::Decided<trust::TlsVersion> minimum_tls;
    trust::Decided<trust::ClientCertificate> client_certificate;

    void apply(trust::TrustPolicy& policy) const;
    // Both checks off, for the same reason.
    void verify_nothing(const trust::Because& because);
};

struct TlsContext : program::NativeState {
    static constexpr char kType = 0;
    TlsContext() : NativeState(&kType) {}
    TlsSettings settings;
    int built = -1;  // index in Observations::clients
    std::int64_t protocol = 0;
    std::int64_t verify_mode = 0;
    std::int64_t verify_flags = 0x8000;  // VERIFY_X509_TRUSTED_FIRST
    std::int64_t options = 0x82520050;  // OP_ALL and what OpenSSL 3.5 sets by itself
    std::int64_t minimum = -2, maximum = -1;  // MINIMUM_SUPPORTED, MAXIMUM_SUPPORTED
};

inline TlsContext* as_tls_context(const Value& value) {
    return program::native_state<TlsContext>(value);
}

// What ssl.create_default_context() makes without arguments, but without roots.
TlsSettings default_tls_settings();
// A context whose settings came from somewhere the core does not know.
TlsSettings unknown_tls_settings(std::string_view what);
// The machine's roots with SSL_CERT_FILE and SSL_CERT_DIR (load_default_certs).
trust::Decided<trust::Roots> default_roots(Vm& vm);
// load_verify_locations / load_cert_chain. false: FileNotFoundError or SSLError is raised.
bool add_roots(Vm& vm, TlsSettings& settings, std::string_view path, const trust::Because& because);
bool use_certificate(Vm& vm, TlsSettings& settings, const std::string& file, const std::string& key,
                     const trust::Because& because);

}  // namespace wh::libraries
