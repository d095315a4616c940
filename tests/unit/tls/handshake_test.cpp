#include "tls/handshake.h"

#include <doctest/doctest.h>

#include "base/encoding.h"

using namespace wh::tls;

namespace {

constexpr std::int64_t kNow = 1'767'225'600;

Certificate made(const std::string& name, unsigned usage, const Certificate* issuer) {
    Certificate one;
    one.subject = name_of("O=Test\nCN=" + name);
    one.issuer = issuer ? issuer->subject : one.subject;
    one.not_before = kNow - 1000;
    one.not_after = kNow + 1000;
    one.public_key = "key of " + name;
    if (issuer) one.alternative_names.emplace();
    if (issuer) one.alternative_names->push_back({NameKind::Dns, name});
    one.basic_constraints.emplace();
    one.critical = kBasicConstraints;
    one.basic_constraints->ca = !issuer;
    if (issuer) one.extended_key_usage = usage;
    sign(one, issuer ? issuer->public_key : one.public_key);
    return one;
}

struct Bench {
    Certificate root = made("Root", 0, nullptr);
    Certificate leaf = made("www.shop.test", kServerAuth, &root);
    Certificate own = made("app", kClientAuth, &root);
    ClientConfig client;
    ServerConfig server;
    Bench() {
        client.server_name = "www.shop.test";
        client.trusted = {root};
        client.verify.now = kNow;
        client.verify.check_name = true;
        client.verify.name = "www.shop.test";
        client.seed = 1;
        server.certificates = {leaf};
        server.key = leaf.public_key;
        server.client_roots = {root};
        server.now = kNow;
        server.seed = 2;
    }
};

void exchange(Client& client, Server& server) {
    for (int i = 0; i < 4; ++i) {
        server.feed(client.take_output());
        client.feed(server.take_output());
    }
}

}  // namespace

TEST_CASE("a handshake, data both ways, and nothing readable in between") {
    Bench bench;
    Client client(bench.client);
    Server server(bench.server);
    client.start();
    exchange(client, server);
    CHECK(client.state() == State::Established);
    CHECK(server.state() == State::Established);
    CHECK(server.server_name() == "www.shop.test");
    REQUIRE(client.peer().size() == 1);
    CHECK(client.peer()[0] == bench.leaf);
    const std::string text(40'000, 's');
    client.write(text);
    const std::string wire = client.take_output();
    CHECK(wire.find("ssssssss") == std::string::npos);
    server.feed(std::string_view(wire).substr(0, 100));  // in pieces
    server.feed(std::string_view(wire).substr(100));
    CHECK((server.take_data() == text));
    server.write("answer");
    client.feed(server.take_output());
    CHECK(client.take_data() == "answer");
}

TEST_CASE("the ClientHello is a real one") {
    Bench bench;
    Client client(bench.client);
    client.start();
    const std::string record = client.take_output();
    CHECK(wh::get8(record, 0) == 22);
    CHECK(wh::get16(record, 3) == record.size() - 5);
    CHECK(record.find("www.shop.test") != std::string::npos);  // SNI is in the clear
    CHECK(record.find("http/1.1") != std::string::npos);
    const auto hello = decode_client_hello(std::string_view(record).substr(5));
    REQUIRE(hello);
    CHECK(hello->server_name == "www.shop.test");
    CHECK(hello->offers_tls13);
    CHECK(!decode_client_hello(std::string_view(record).substr(5, 60)));
    bench.client.server_name.clear();
    Client silent(bench.client);
    silent.start();
    CHECK(!decode_client_hello(silent.take_output().substr(5))->server_name);
}

TEST_CASE("a refused certificate: the client says why, the server sees the alert") {
    Bench bench;
    bench.client.verify.name = "other.test";
    Client client(bench.client);
    Server server(bench.server);
    client.start();
    exchange(client, server);
    CHECK(client.state() == State::Failed);
    CHECK(client.failure().verify_code == 62);
    CHECK(client.failure().reason == "CERTIFICATE_VERIFY_FAILED");
    CHECK(
        client.failure().text ==
        "certificate verify failed: Hostname mismatch, certificate is not valid for 'other.test'.");
    CHECK(server.failure().reason == "SSLV3_ALERT_BAD_CERTIFICATE");
}

TEST_CASE("whoever has not the key of the certificate he shows does not get through") {
    Bench bench;
    bench.server.key = "another key";
    Client client(bench.client);
    Server server(bench.server);
    client.start();
    exchange(client, server);
    CHECK(client.failure().reason == "BAD_SIGNATURE");
    CHECK(server.state() == State::Failed);
}

TEST_CASE("a demanded client certificate that is missing shows only after the handshake") {
    Bench bench;
    bench.server.demands_certificate = true;
    Client client(bench.client);
    Server server(bench.server);
    client.start();
    server.feed(client.take_output());
    client.feed(server.take_output());
    CHECK(client.state() == State::Established);  // TLS 1.3: the client is through
    server.feed(client.take_output());
    CHECK(server.failure().reason == "PEER_DID_NOT_RETURN_A_CERTIFICATE");
    client.feed(server.take_output());
    CHECK(client.state() == State::Failed);
    CHECK(client.failure().reason == "TLSV13_ALERT_CERTIFICATE_REQUIRED");
    CHECK(client.failure().text == "tlsv13 alert certificate required");
}

TEST_CASE("client certificates: a good one, one for servers, one of a stranger") {
    Bench bench;
    bench.server.demands_certificate = true;
    const auto reason = [&](const Certificate& certificate, const std::string& key) {
        bench.client.certificates = {certificate};
        bench.client.key = key;
        Client client(bench.client);
        Server server(bench.server);
        client.start();
        exchange(client, server);
        return server.state() == State::Established ? *server.client_subject()
                                                    : server.failure().text;
    };
    CHECK(reason(bench.own, bench.own.public_key) == "app");
    CHECK(reason(bench.own, "stolen without key") == "bad signature");
    CHECK(reason(bench.leaf, bench.leaf.public_key) ==
          "certificate verify failed: unsuitable certificate purpose");
    const Certificate stranger_root = made("Stranger", 0, nullptr);
    const Certificate stranger = made("app", kClientAuth, &stranger_root);
    CHECK(reason(stranger, stranger.public_key) ==
          "certificate verify failed: unable to get local issuer certificate");
}

TEST_CASE("plain text instead of TLS is a wrong version number") {
    Bench bench;
    Client client(bench.client);
    client.start();
    client.feed("HTTP/1.1 400 Bad Request\r\n\r\n");
    CHECK(client.state() == State::Failed);
    CHECK(client.failure().reason == "WRONG_VERSION_NUMBER");
    CHECK(client.failure().text == "wrong version number");
    CHECK(client.failure().verify_code == 0);
}

TEST_CASE("a changed record is noticed") {
    Bench bench;
    Client client(bench.client);
    Server server(bench.server);
    client.start();
    exchange(client, server);
    client.write("pay 1");
    std::string wire = client.take_output();
    wire[8] = static_cast<char>(wire[8] ^ 1);
    server.feed(wire);
    CHECK(server.take_data().empty());
    CHECK(server.failure().reason == "DECRYPTION_FAILED_OR_BAD_RECORD_MAC");
}
