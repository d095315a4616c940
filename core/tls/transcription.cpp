#include "tls/transcription.h"

#include <optional>

#include "base/encoding.h"
#include "base/sha256.h"
#include "base/text.h"
#include "tls/der.h"
#include "tls/handshake.h"
#include "tls/record.h"
#include "tls/suite.h"

namespace wh::tls {
namespace {

enum MessageType : unsigned {
    kClientHello = 1,
    kServerHello = 2,
    kCertificate = 11,
    kCertificateRequest = 13,
    kCertificateVerify = 15,
    kFinished = 20,
};

std::string message(unsigned type, std::string_view body) {
    std::string out;
    put8(out, type);
    put24(out, static_cast<unsigned>(body.size()));
    out += body;
    return out;
}

// RFC 8446 section 4.4.2.
std::string certificate_message(std::string_view body) {
    std::string list;
    for (std::size_t at = 4; at + 3 <= body.size();) {
        const std::size_t size = get24(body, at);
        const auto one = decode_certificate(body.substr(at + 3, size));
        const std::string der = one ? to_der(*one) : std::string();
        put24(list, static_cast<unsigned>(der.size()));
        list += der;
        put16(list, 0);
        at += 3 + size + 2;
    }
    std::string out(1, '\0');
    put24(out, static_cast<unsigned>(list.size()));
    return message(kCertificate, out + list);
}

// signature_algorithms must be there (section 4.3.2).
std::string certificate_request() {
    std::string body(1, '\0');
    put16(body, 10);
    put16(body, 13);
    put16(body, 6);
    put16(body, 4);
    put16(body, 0x0403);
    put16(body, 0x0804);
    return message(kCertificateRequest, body);
}

}  // namespace

struct Transcription::Tls {
    struct Side {
        std::string input;                // not yet a whole record
        std::string handshake;            // not yet a whole message
        std::optional<Protection> opens;  // the simulation's own
        std::optional<TrafficKey> seals;
        std::string traffic_secret;  // of the handshake
        bool raw = false;            // not TLS after all
    };
    Side sides[2];  // server, client
    std::string transcript, client_random, master_secret, application_transcript, log;
    Transcription inner;

    void note(std::string_view label, std::string_view secret) {
        log += cat(label, " ", hex(client_random), " ", hex(secret), "\n");
    }

    void begin_protection(std::string_view server_random) {
        const std::string shared = cat(client_random, server_random);
        sides[0].opens.emplace(cat(shared, "server"));
        sides[1].opens.emplace(cat(shared, "client"));
        // The key schedule of RFC 8446 section 7.1; only the shared secret is a symbol.
        const std::string zeros(kHashBytes, '\0');
        const std::string early = hmac_sha384(zeros, zeros);
        const std::string handshake =
            hmac_sha384(derive_secret(early, "derived", {}), sha256(cat(shared, "shared")));
        master_secret = hmac_sha384(derive_secret(handshake, "derived", {}), zeros);
        for (const int client : {1, 0}) {
            Side& side = sides[client];
            side.traffic_secret =
                derive_secret(handshake, client ? "c hs traffic" : "s hs traffic", transcript);
            side.seals.emplace(side.traffic_secret);
            note(client ? "CLIENT_HANDSHAKE_TRAFFIC_SECRET" : "SERVER_HANDSHAKE_TRAFFIC_SECRET",
                 side.traffic_secret);
        }
    }

    void begin_application(bool client) {
        const std::string secret = derive_secret(
            master_secret, client ? "c ap traffic" : "s ap traffic", application_transcript);
        sides[client].seals.emplace(secret);
        note(client ? "CLIENT_TRAFFIC_SECRET_0" : "SERVER_TRAFFIC_SECRET_0", secret);
    }

    std::string rewritten(bool client, std::string_view whole) {
        const std::string_view body = whole.substr(4);
        switch (get8(whole, 0)) {
            case kCertificate:
                return certificate_message(body);
            case kCertificateRequest:
                return certificate_request();
            case kCertificateVerify: {
                std::string out;
                put16(out, 0x0403);
                const std::string signature = der_signature(body);
                put16(out, static_cast<unsigned>(signature.size()));
                return message(kCertificateVerify, out + signature);
            }
            case kFinished:
                return message(kFinished, hmac_sha384(expand_label(sides[client].traffic_secret,
                                                                   "finished", {}, kHashBytes),
                                                      sha384(transcript)));
            default:
                return std::string(whole);
        }
    }

    // Whole handshake messages of one side, as they came in protected records.
    void handshake_data(bool client, std::string_view data, std::string& out) {
        Side& side = sides[client];
        side.handshake += data;
        while (side.handshake.size() >= 4) {
            const std::size_t size = 4 + get24(side.handshake, 1);
            if (side.handshake.size() < size) return;
            const std::string whole = side.handshake.substr(0, size);
            side.handshake.erase(0, size);
            const std::string written = rewritten(client, whole);
            side.seals->seal(out, static_cast<unsigned>(ContentType::Handshake), written);
            transcript += written;
            if (get8(whole, 0) != kFinished) continue;
            if (!client) application_transcript = transcript;
            begin_application(client);
        }
    }

    void clear_record(bool client, const RecordData& record, std::string& out) {
        put_record(out, record.type, record.data);
        if (record.type != ContentType::Handshake || record.data.size() < 4) return;
        transcript += record.data;
        if (client && get8(record.data, 0) == kClientHello) {
            if (const auto hello = decode_client_hello(record.data)) client_random = hello->random;
        } else if (!client && get8(record.data, 0) == kServerHello && record.data.size() >= 38) {
            begin_protection(std::string_view(record.data).substr(6, 32));
        }
    }

    std::string add(bool client, std::string_view bytes) {
        Side& side = sides[client];
        if (side.raw) return std::string(bytes);
        side.input += bytes;
        std::string out;
        for (;;) {
            RecordData record;
            const TakeStatus status = take_record(side.input, record);
            if (status == TakeStatus::NeedMore) return out;
            if (status == TakeStatus::NotTls) {
                side.raw = true;
                return out + side.input;
            }
            if (!side.opens || record.type != ContentType::ApplicationData) {
                clear_record(client, record, out);
                continue;
            }
            const auto opened = side.opens->open(record.data);
            if (!opened) {
                put_record(out, record.type, record.data);
            } else if (opened->type == ContentType::Handshake) {
                handshake_data(client, opened->data, out);
            } else if (opened->type == ContentType::ApplicationData) {
                const std::string data = inner.add(client, opened->data);
                if (!data.empty()) {
                    side.seals->seal(out, static_cast<unsigned>(ContentType::ApplicationData),
                                     data);
                }
            } else {
                side.seals->seal(out, static_cast<unsigned>(opened->type), opened->data);
            }
        }
    }
};

Transcription::Transcription() = default;
Transcription::~Transcription() = default;
Transcription::Transcription(Transcription&&) noexcept = default;
Transcription& Transcription::operator=(Transcription&&) noexcept = default;

std::string Transcription::add(bool from_client, std::string_view bytes) {
    if (bytes.empty()) return {};
    if (mode_ == Mode::Start && from_client) {
        mode_ = bytes[0] == '\x16' ? Mode::Tls : Mode::Plain;
        if (mode_ == Mode::Tls) tls_ = std::make_unique<Tls>();
        asked_tunnel_ = bytes.starts_with("CONNECT ");
    } else if (mode_ == Mode::Plain && from_client) {
        asked_tunnel_ = bytes.starts_with("CONNECT ");
    } else if (mode_ == Mode::Plain && asked_tunnel_ && bytes.starts_with("HTTP/1.1 200")) {
        mode_ = Mode::Start;  // what the client says next is said to somebody else
    }
    return mode_ == Mode::Tls ? tls_->add(from_client, bytes) : std::string(bytes);
}

std::string Transcription::key_log() const {
    return tls_ ? tls_->log + tls_->inner.key_log() : std::string();
}

}  // namespace wh::tls
