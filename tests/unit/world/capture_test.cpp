// A dialogue of the simulation's TLS written again for other programs. What tshark reads in whole
// captures is compared in tests/capture.
#include "world/capture.h"

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "tls/der.h"
#include "tls/handshake.h"
#include "tls/transcription.h"

using namespace wh;

namespace {

tls::Certificate made(const std::string& name, const tls::Certificate* issuer) {
    tls::Certificate it;
    it.serial = "1f";
    it.subject = tls::name_of("O=Test\nCN=" + name);
    it.issuer = issuer ? issuer->subject : it.subject;
    it.not_after = 4'000'000'000;
    it.public_key = "key of " + name;
    it.basic_constraints.emplace().ca = !issuer;
    if (issuer) it.alternative_names = {{tls::NameKind::Dns, name}};
    tls::sign(it, issuer ? issuer->public_key : it.public_key);
    return it;
}

}  // namespace

TEST_CASE("the handshake again: same hellos, sealed records, four secrets, nothing of ours left") {
    const tls::Certificate root = made("Root", nullptr), leaf = made("www.shop.test", &root);
    tls::ClientConfig client_config;
    client_config.server_name = "www.shop.test";
    client_config.trusted = {root};
    client_config.verify.now = 1'000'000;
    tls::ServerConfig server_config;
    server_config.certificates = {leaf};
    server_config.key = leaf.public_key;
    tls::Client client(client_config);
    tls::Server server(server_config);
    tls::Transcription again;
    client.start();
    const std::string hello = client.take_output();
    CHECK(again.add(true, hello) == hello);
    server.feed(hello);
    const std::string flight = server.take_output();
    std::string written = again.add(false, flight.substr(0, 100));
    written += again.add(false, flight.substr(100));
    CHECK(written.substr(0, 5) == flight.substr(0, 5));
    CHECK(written != flight);
    client.feed(flight);
    REQUIRE(client.state() == tls::State::Established);
    again.add(true, client.take_output());
    client.write("GET / HTTP/1.1\r\n\r\n");
    const std::string sealed = client.take_output();
    CHECK(again.add(true, sealed).size() == sealed.size());
    CHECK(again.add(true, sealed) == sealed);  // out of order: passed as it is
    const std::string log = again.key_log();
    for (const char* label :
         {"CLIENT_HANDSHAKE_TRAFFIC_SECRET ", "SERVER_HANDSHAKE_TRAFFIC_SECRET ",
          "CLIENT_TRAFFIC_SECRET_0 ", "SERVER_TRAFFIC_SECRET_0 "}) {
        CAPTURE(label);
        const std::size_t at = log.find(label);
        REQUIRE(at != std::string::npos);
        CHECK(log.find('\n', at) - at == std::string(label).size() + 64 + 1 + 96);
    }
}

TEST_CASE("plain text passes, also what is no TLS after a ClientHello") {
    tls::Transcription plain;
    CHECK(plain.add(true, "GET / HTTP/1.1\r\n\r\n") == "GET / HTTP/1.1\r\n\r\n");
    CHECK(plain.add(false, "HTTP/1.1 200 OK\r\n\r\n") == "HTTP/1.1 200 OK\r\n\r\n");
    CHECK(plain.key_log().empty());
    tls::Client client({});
    client.start();
    tls::Transcription mixed;
    const std::string hello = client.take_output();
    CHECK(mixed.add(true, hello) == hello);
    CHECK(mixed.add(false, "HTTP/1.1 400 Bad Request\r\n\r\n") ==
          "HTTP/1.1 400 Bad Request\r\n\r\n");
}

TEST_CASE("DER: lengths that fit, and the fields where other programs look for them") {
    const tls::Certificate root = made("Root", nullptr);
    tls::Certificate leaf = made("www.shop.test", &root);
    leaf.alternative_names->push_back({tls::NameKind::Address, "192.0.2.1"});
    const std::string der = tls::to_der(leaf);
    CHECK(get8(der, 0) == 0x30);
    CHECK(get8(der, 1) == 0x82);
    CHECK(get16(der, 2) + 4U == der.size());
    CHECK(der.find("\x82\x0Dwww.shop.test") != std::string::npos);
    CHECK(der.find(std::string("\x87\x04\xC0\x00\x02\x01", 6)) != std::string::npos);
    CHECK(der.find("700101000000Z") != std::string::npos);    // UTCTime
    CHECK(der.find("20961002070640Z") != std::string::npos);  // GeneralizedTime from 2050 on
    CHECK(der.find(std::string("\x02\x01\x1F", 3)) != std::string::npos);
}

TEST_CASE("segments are numbered anew, and a refused SYN is answered with sequence number 0") {
    net::Capture capture;
    net::TcpConnection refused({"192.0.2.1", "192.0.2.2", 50'000, 443, {}}, 10, 1, &capture);
    refused.refuse(0);
    net::TcpConnection tcp({"192.0.2.1", "192.0.2.2", 50'000, 80, {}}, 10, 2, &capture);
    tcp.open(100);
    tcp.client_sends(std::string(2'000, 'x'), 120);
    tcp.server_sends("answer", 140);
    const std::string file = world::capture_file(capture, 0);
    std::vector<std::string> frames;
    for (std::size_t at = 0; at < file.size();) {
        const auto field = [&](std::size_t where) {
            std::size_t value = 0;
            for (std::size_t i = 4; i-- > 0;)
                value = value << 8 | static_cast<unsigned char>(file[where + i]);
            return value;
        };
        if (field(at) == 6) frames.push_back(file.substr(at + 28, field(at + 20)));
        at += field(at + 4);
    }
    REQUIRE(frames.size() == 2 + 3 + 2 + 1);
    const auto sequence = [&](std::size_t i) { return get32(frames[i], 14 + 20 + 4); };
    const auto acknowledged = [&](std::size_t i) { return get32(frames[i], 14 + 20 + 8); };
    CHECK(get16(frames[0], 12) == 0x0800);
    CHECK(sequence(1) == 0);
    CHECK(acknowledged(1) == sequence(0) + 1);
    CHECK(sequence(5) == sequence(2) + 1);
    CHECK(sequence(6) == sequence(5) + 1'460);
    CHECK(acknowledged(7) == sequence(5) + 2'000);
}
