#include "tls/handshake.h"

#include <utility>

#include "base/encoding.h"
#include "base/random.h"
#include "base/text.h"

namespace wh::tls {
namespace {

enum MessageType : unsigned {
    kClientHello = 1,
    kServerHello = 2,
    kEncryptedExtensions = 8,
    kCertificate = 11,
    kCertificateRequest = 13,
    kCertificateVerify = 15,
    kFinished = 20,
};

constexpr int kAlertCertificateRequired = 116;

// Alerts as OpenSSL names them where they arrive (ssl/ssl_err.c).
struct AlertName {
    int alert;
    std::string_view reason;
    std::string_view text;
};
constexpr AlertName kAlerts[] = {
    {40, "SSLV3_ALERT_HANDSHAKE_FAILURE", "ssl/tls alert handshake failure"},
    {42, "SSLV3_ALERT_BAD_CERTIFICATE", "ssl/tls alert bad certificate"},
    {43, "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE", "ssl/tls alert unsupported certificate"},
    {45, "SSLV3_ALERT_CERTIFICATE_EXPIRED", "ssl/tls alert certificate expired"},
    {46, "SSLV3_ALERT_CERTIFICATE_UNKNOWN", "ssl/tls alert certificate unknown"},
    {48, "TLSV1_ALERT_UNKNOWN_CA", "tlsv1 alert unknown ca"},
    {51, "TLSV1_ALERT_DECRYPT_ERROR", "tlsv1 alert decrypt error"},
    {kAlertCertificateRequired, "TLSV13_ALERT_CERTIFICATE_REQUIRED",
     "tlsv13 alert certificate required"},
};

std::string message(unsigned type, std::string_view body) {
    std::string out;
    put8(out, type);
    put24(out, static_cast<unsigned>(body.size()));
    out += body;
    return out;
}

std::string random_bytes(std::uint64_t seed, std::string_view part) {
    Random random(derive_seed(seed, part));
    std::string out;
    while (out.size() < 32) put32(out, static_cast<std::uint32_t>(random.next()));
    return out;
}

// Certificate message, RFC 8446 section 4.4.2; the entries hold our encoding instead of DER.
std::string certificate_message(const std::vector<Certificate>& certificates) {
    std::string list;
    for (const Certificate& one : certificates) {
        const std::string encoded = encode(one);
        put24(list, static_cast<unsigned>(encoded.size()));
        list += encoded;
        put16(list, 0);
    }
    std::string body(1, '\0');
    put24(body, static_cast<unsigned>(list.size()));
    return message(kCertificate, body + list);
}

bool read_certificates(std::string_view body, std::vector<Certificate>& out) {
    if (body.size() < 4 || get24(body, 1) + 4U != body.size()) return false;
    for (std::size_t at = 4; at < body.size();) {
        if (at + 3 > body.size()) return false;
        const std::size_t size = get24(body, at);
        if (at + 3 + size + 2 > body.size()) return false;
        auto one = decode_certificate(body.substr(at + 3, size));
        if (!one) return false;
        out.push_back(std::move(*one));
        at += 3 + size + 2;
    }
    return true;
}

// CertificateVerify: the transcript signed with the certificate's key, symbolically.
std::string proof(std::string_view transcript_hash, std::string_view key) {
    std::string body;
    put16(body, 0x0403);
    const std::string signature = signature_of(transcript_hash, key);
    put16(body, static_cast<unsigned>(signature.size()));
    return message(kCertificateVerify, body + signature);
}

std::string finished(std::string_view transcript) {
    return message(kFinished, sha256(transcript));
}

}  // namespace

// --- what both ends do
// -----------------------------------------------------------------------------

std::string Endpoint::take_output() {
    return std::exchange(output_, {});
}
std::string Endpoint::take_data() {
    return std::exchange(data_, {});
}

void Endpoint::send_handshake(std::string_view text, bool sealed) {
    transcript_.add(text);
    if (sealed) {
        sending_.seal(output_, ContentType::Handshake, text);
    } else {
        put_record(output_, ContentType::Handshake, text);
    }
}

void Endpoint::send_alert(int alert) {
    std::string body(1, '\x02');  // fatal
    put8(body, static_cast<unsigned>(alert));
    if (protected_) {
        sending_.seal(output_, ContentType::Alert, body);
    } else {
        put_record(output_, ContentType::Alert, body);
    }
}

void Endpoint::fail(std::string_view reason, std::string_view text, int verify_code) {
    state_ = State::Failed;
    failure_ = {std::string(reason), std::string(text), verify_code};
}

void Endpoint::start_protection(std::string_view shared, bool is_client) {
    protected_ = true;
    sending_ = Protection(cat(shared, is_client ? "client" : "server"));
    receiving_ = Protection(cat(shared, is_client ? "server" : "client"));
}

void Endpoint::write(std::string_view data) {
    if (state_ == State::Established && !data.empty()) {
        sending_.seal(output_, ContentType::ApplicationData, data);
    }
}

void Endpoint::feed(std::string_view bytes) {
    input_ += bytes;
    RecordData record;
    while (state_ == State::Handshake || state_ == State::Established) {
        switch (take_record(input_, record)) {
            case TakeStatus::NeedMore:
                return;
            case TakeStatus::NotTls:
                fail("WRONG_VERSION_NUMBER", "wrong version number");
                return;
            case TakeStatus::Taken:
                break;
        }
        if (record.type == ContentType::ChangeCipherSpec) continue;
        if (protected_ && record.type == ContentType::ApplicationData) {
            auto opened = receiving_.open(record.data);
            if (!opened) {
                fail("DECRYPTION_FAILED_OR_BAD_RECORD_MAC", "decryption failed or bad record mac");
                return;
            }
            process(*opened, true);
        } else {
            process(record, false);
        }
    }
}

void Endpoint::process(const RecordData& record, bool opened) {
    if (record.type == ContentType::Alert && record.data.size() == 2) {
        const int alert = get8(record.data, 1);
        if (alert == 0) {  // close_notify
            state_ = State::Closed;
            return;
        }
        for (const AlertName& known : kAlerts) {
            if (known.alert == alert) {
                fail(known.reason, known.text);
                return;
            }
        }
        fail("UNKNOWN_ALERT_TYPE", "unknown alert type");
    } else if (record.type == ContentType::ApplicationData && opened) {
        if (state_ == State::Established) data_ += record.data;
    } else if (record.type == ContentType::Handshake) {
        handshake_ += record.data;
        while (state_ == State::Handshake && handshake_.size() >= 4) {
            const std::size_t size = 4 + get24(handshake_, 1);
            if (handshake_.size() < size) return;
            const std::string whole = handshake_.substr(0, size);
            handshake_.erase(0, size);
            handshake_message(get8(whole, 0), std::string_view(whole).substr(4), whole);
        }
    } else {
        fail("UNEXPECTED_MESSAGE", "unexpected message");
    }
}

// --- client
// ----------------------------------------------------------------------------------------

Client::Client(ClientConfig config) : config_(std::move(config)) {}

void Client::start() {
    ClientHello hello;
    hello.random = hello_random_ = random_bytes(config_.seed, "client hello");
    if (!config_.server_name.empty()) hello.server_name = config_.server_name;
    hello.protocols = {"http/1.1"};
    hello.offers_tls13 = true;
    send_handshake(encode(hello), false);
}

void Client::handshake_message(unsigned type, std::string_view body, std::string_view whole) {
    switch (type) {
        case kServerHello:
            if (body.size() < 34) break;
            transcript_.add(whole);
            start_protection(cat(hello_random_, body.substr(2, 32)), true);
            return;
        case kEncryptedExtensions:
            transcript_.add(whole);
            return;
        case kCertificateRequest:
            asked_ = true;
            transcript_.add(whole);
            return;
        case kCertificate:
            transcript_.add(whole);
            if (!read_certificates(body, peer_) || peer_.empty()) break;
            // OpenSSL verifies the chain as soon as it has it, before the proof of the key.
            verification_ = verify(peer_, config_.trusted, config_.verify);
            if (!verification_.ok()) {
                send_alert(alert_for(verification_.code));
                fail("CERTIFICATE_VERIFY_FAILED",
                     cat("certificate verify failed: ", verification_.message), verification_.code);
            }
            return;
        case kCertificateVerify:
            if (peer_.empty() || whole != proof(transcript_hash(), peer_.front().public_key)) {
                send_alert(51);
                fail("BAD_SIGNATURE", "bad signature");
                return;
            }
            transcript_.add(whole);
            return;
        case kFinished:
            if (whole != finished(transcript_hash())) break;
            transcript_.add(whole);
            if (asked_) {
                send_handshake(certificate_message(config_.certificates), true);
                if (!config_.certificates.empty()) {
                    send_handshake(proof(transcript_hash(), config_.key), true);
                }
            }
            send_handshake(finished(transcript_hash()), true);
            state_ = State::Established;
            return;
        default:
            break;
    }
    send_alert(10);
    fail("UNEXPECTED_MESSAGE", "unexpected message");
}

// --- server
// ----------------------------------------------------------------------------------------

Server::Server(ServerConfig config) : config_(std::move(config)) {}

void Server::handshake_message(unsigned type, std::string_view body, std::string_view whole) {
    switch (type) {
        case kClientHello: {
            const auto hello = decode_client_hello(whole);
            if (!hello || saw_hello_) break;
            saw_hello_ = true;
            server_name_ = hello->server_name;
            transcript_.add(whole);
            if (!hello->offers_tls13) {
                send_alert(70);
                fail("UNSUPPORTED_PROTOCOL", "unsupported protocol");
                return;
            }
            const std::string random = random_bytes(config_.seed, "server hello");
            std::string reply;
            put16(reply, 0x0303);
            reply += random;
            put8(reply, 32);
            reply += hello->random;  // echo of the session id
            put16(reply, 0x1302);    // TLS_AES_256_GCM_SHA384, what OpenSSL prefers
            put8(reply, 0);
            std::string extensions;
            put16(extensions, 43);
            put16(extensions, 2);
            put16(extensions, 0x0304);
            put16(extensions, 51);
            put16(extensions, 36);
            put16(extensions, 0x001D);
            put16(extensions, 32);
            extensions += random;
            put16(reply, static_cast<unsigned>(extensions.size()));
            send_handshake(message(kServerHello, reply + extensions), false);
            start_protection(cat(hello->random, random), false);
            send_handshake(message(kEncryptedExtensions, std::string(2, '\0')), true);
            if (config_.demands_certificate) {
                send_handshake(message(kCertificateRequest, std::string(3, '\0')), true);
            }
            send_handshake(certificate_message(config_.certificates), true);
            send_handshake(proof(transcript_hash(), config_.key), true);
            send_handshake(finished(transcript_hash()), true);
            return;
        }
        case kCertificate: {
            if (!config_.demands_certificate || !read_certificates(body, client_)) break;
            transcript_.add(whole);
            if (client_.empty()) {
                send_alert(kAlertCertificateRequired);
                fail("PEER_DID_NOT_RETURN_A_CERTIFICATE", "peer did not return a certificate");
                return;
            }
            VerifyOptions options;
            options.now = config_.now;
            options.purpose = Purpose::Client;
            const VerifyResult result = verify(client_, config_.client_roots, options);
            if (!result.ok()) {
                send_alert(alert_for(result.code));
                fail("CERTIFICATE_VERIFY_FAILED",
                     cat("certificate verify failed: ", result.message), result.code);
            }
            return;
        }
        case kCertificateVerify:
            if (client_.empty() || whole != proof(transcript_hash(), client_.front().public_key)) {
                send_alert(51);
                fail("BAD_SIGNATURE", "bad signature");
                return;
            }
            transcript_.add(whole);
            client_subject_ = client_.front().subject.common_name();
            return;
        case kFinished:
            if (whole != finished(transcript_hash()) ||
                (config_.demands_certificate && !client_subject_)) {
                break;
            }
            transcript_.add(whole);
            state_ = State::Established;
            return;
        default:
            break;
    }
    send_alert(10);
    fail("UNEXPECTED_MESSAGE", "unexpected message");
}

}  // namespace wh::tls
