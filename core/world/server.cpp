#include "world/server.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/encoding.h"
#include "base/random.h"
#include "base/text.h"

namespace wh::world {
namespace {

constexpr std::string_view kBadRequest =
    "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
constexpr std::string_view kWebSocketGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
constexpr TimeUs kThinkUs = 200;  // what a server takes for an answer

// Removes the text up to the mark, and the mark.
std::optional<std::string> take_until(std::string& buffer, std::string_view mark) {
    const std::size_t at = buffer.find(mark);
    if (at == std::string::npos) return std::nullopt;
    std::string head = buffer.substr(0, at);
    buffer.erase(0, at + mark.size());
    return head;
}

// A body behind the head; nothing if it is not complete. `size`: bytes of the buffer that it takes.
struct Body {
    std::string data;
    std::size_t size = 0;
};
std::optional<Body> read_body(std::string_view buffer, const trust::HeaderList& headers) {
    const std::string coding = ascii_lower(header(headers, "transfer-encoding").value_or(""));
    Body body;
    if (coding.find("chunked") == std::string::npos) {
        const std::string length = header(headers, "content-length").value_or("0");
        std::from_chars(length.data(), length.data() + length.size(), body.size);
        if (buffer.size() < body.size) return std::nullopt;
        body.data = buffer.substr(0, body.size);
        return body;
    }
    for (;;) {
        const std::size_t line = buffer.find("\r\n", body.size);
        if (line == std::string_view::npos) return std::nullopt;
        std::size_t size = 0;
        std::from_chars(buffer.data() + body.size, buffer.data() + line, size, 16);
        if (buffer.size() < line + 2 + size + 2) return std::nullopt;
        body.data += buffer.substr(line + 2, size);
        body.size = line + 2 + size + 2;
        if (size == 0) return body;
    }
}

bool speaks_tls(PortKind kind) {
    return kind == PortKind::Https || kind == PortKind::ProxyTls || kind == PortKind::LineTls;
}

}  // namespace

Server::Server(const FarSide& far, const Site& site, PortKind kind, std::string name, int number,
               TimeUs now)
    : far_(far),
      site_(&site),
      kind_(kind),
      name_(std::move(name)),
      number_(number),
      attacker_(site.attacker),
      host_(site.name),
      clock_us_(now) {}

const Site* Server::genuine_site(std::string_view name) const {
    for (const Site& site : far_.plan->sites) {
        if (!site.attacker && site.name == name) return &site;
    }
    return nullptr;
}

void Server::receive(std::string_view bytes, TimeUs now, net::TcpConnection& tcp) {
    if (state_ == State::Closed) return;
    clock_us_ = std::max(clock_us_, now);
    if (layers_.empty()) {
        raw_input_ += bytes;
    } else {
        layers_.front()->feed(bytes);
    }
    run(tcp);
}

void Server::client_closed(TimeUs now, net::TcpConnection& tcp) {
    if (state_ == State::Closed) return;
    clock_us_ = std::max(clock_us_, now);
    close(tcp);
}

void Server::expire(TimeUs now, net::TcpConnection& tcp) {
    if (state_ == State::Closed || now < closes_idle_at()) return;
    clock_us_ = closes_idle_at();
    close(tcp);
}

// Moves decrypted bytes inwards, then lets the state machine use them.
void Server::run(net::TcpConnection& tcp) {
    do {
        for (std::size_t i = 0; i < layers_.size(); ++i) {
            const std::string data = layers_[i]->take_data();
            if (data.empty()) continue;
            if (i + 1 < layers_.size()) {
                layers_[i + 1]->feed(data);
            } else {
                buffer_ += data;
            }
        }
        if (layers_.empty()) buffer_ += std::exchange(raw_input_, {});
    } while (state_ != State::Closed && step(tcp));
}

bool Server::step(net::TcpConnection& tcp) {
    switch (state_) {
        case State::FirstByte:
        case State::TunnelFirst:
            return first_byte(tcp);
        case State::PlainOnTls:
            if (!take_until(buffer_, "\r\n\r\n")) return false;
            write(kBadRequest, tcp);
            close(tcp);
            return false;
        case State::Handshake:
            return handshake(tcp);
        case State::Lines: {
            auto line = take_until(buffer_, "\n");
            if (!line) return false;
            if (line->ends_with('\r')) line->pop_back();
            log_.raw += *line + "\n";
            if (far_.narrator->on()) {
                trace::Event& event =
                    far_.narrator->tell(clock_us_, trace::EventKind::Data, trace::Actor::App,
                                        attacker_ ? trace::Actor::Attacker : trace::Actor::Upstream,
                                        cat(name_, " receives the line \"", *line, "\"."));
                event.bytes = *line + "\n";
                event.hostile = attacker_;
            }
            if (attacker_ && far_.on_received) {
                ReceivedRequest request;
                request.body = *line;
                far_.on_received(far_.context, request, clock_us_);
            }
            write(site_->line_answer + "\n", tcp);
            return true;
        }
        case State::Http:
            return http(tcp);
        case State::WebSocket:
            return websocket(tcp);
        case State::Closed:
            return false;
    }
    return false;
}

bool Server::first_byte(net::TcpConnection& tcp) {
    if (buffer_.empty()) return false;
    const bool hello = buffer_[0] == '\x16';
    if (state_ == State::TunnelFirst) {
        if (hello) {
            start_tls(*(attacker_ ? site_->tunnel.at(host_) : genuine_site(host_)->certificate));
        } else {
            state_ = State::Http;
        }
        return true;
    }
    const bool tls = attacker_ ? hello && site_->certificate : speaks_tls(kind_);
    if (hello && !tls) {
        buffer_.clear();
        log_.raw = "[TLS ClientHello]";
        write(kBadRequest, tcp);
        close(tcp);
        return false;
    }
    if (tls && !hello) {
        log_.plain_on_tls_port = true;
        state_ = State::PlainOnTls;
        return true;
    }
    if (tls) {
        start_tls(*site_->certificate);
    } else {
        after_handshake();
    }
    return true;
}

void Server::after_handshake() {
    const bool lines = kind_ == PortKind::Line || kind_ == PortKind::LineTls;
    state_ = lines && !tunnelled_ ? State::Lines : State::Http;
}

void Server::start_tls(const CertificateWish& wish) {
    const Issued& issued = far_.pki->leaf(wish);
    tls::ServerConfig config;
    config.certificates = {issued.certificate};
    config.key = issued.key;
    config.demands_certificate = site_->demands_client_certificate;
    if (config.demands_certificate) {
        config.client_roots = {far_.pki->internal_root()};
        // OpenSSL completes the chain that it presents from the roots it has for its clients.
        if (wish.issuer == Issuer::Internal) config.certificates.push_back(far_.pki->internal_root());
    }
    config.now = (far_.wall_clock_us + clock_us_) / 1'000'000;
    config.seed = derive_seed(far_.seed, cat("server ", number_, " ", layers_.size()));
    if (log_.has_tls) log_.proxy_tls = std::exchange(log_.tls, TlsRecord{});
    log_.has_tls = true;
    log_.tls.certificate = issued.description;
    log_.tls.demands_client_certificate = config.demands_certificate;
    layers_.push_back(std::make_unique<tls::Server>(std::move(config)));
    layers_.back()->feed(std::exchange(buffer_, {}));
    state_ = State::Handshake;
}

bool Server::handshake(net::TcpConnection& tcp) {
    tls::Server& layer = *layers_.back();
    flush(tcp);
    log_.tls.server_saw = layer.saw_hello();
    log_.tls.sni = layer.server_name();
    if (layer.state() == tls::State::Established) {
        log_.tls.client_certificate = layer.client_subject();
        after_handshake();
        return true;
    }
    if (layer.state() == tls::State::Failed) {
        if (log_.tls.demands_client_certificate) log_.tls.server_error = layer.failure().reason;
        close(tcp);
    }
    return false;
}

bool Server::http(net::TcpConnection& tcp) {
    const std::size_t end = buffer_.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    const std::string head = buffer_.substr(0, end);
    std::vector<std::string> lines;
    for (std::size_t at = 0; at <= head.size();) {
        const std::size_t stop = std::min(head.find("\r\n", at), head.size());
        lines.push_back(head.substr(at, stop - at));
        at = stop + 2;
    }
    const std::vector<std::string> words = split(lines[0], ' ');
    if (words.size() != 3 || !words[2].starts_with("HTTP/")) {
        log_.raw += head + "\n\n";
        buffer_.erase(0, end + 4);
        close(tcp);
        return false;
    }
    ReceivedRequest request;
    request.method = words[0];
    request.target = words[1];
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const std::size_t colon = lines[i].find(':');
        if (colon == std::string::npos) continue;
        request.headers.emplace_back(lines[i].substr(0, colon),
                                     trim(std::string_view(lines[i]).substr(colon + 1)));
    }
    auto body = read_body(std::string_view(buffer_).substr(end + 4), request.headers);
    if (!body) return false;
    request.body = std::move(body->data);
    const std::string bytes = buffer_.substr(0, end + 4 + body->size);
    buffer_.erase(0, end + 4 + body->size);
    log_.requests.push_back(request);
    tell_request(request, bytes);
    if (attacker_ && far_.on_received) far_.on_received(far_.context, request, clock_us_);
    if (request.method == "CONNECT") {
        tunnel(request.target, tcp);
        return state_ != State::Closed;
    }
    const std::string upgrade = ascii_lower(header(request.headers, "upgrade").value_or(""));
    Answer fallback;
    const Answer* answer = choose(request, fallback);
    if (upgrade == "websocket" && answer->status == 200) {
        const std::string accept = base64(
            sha1(cat(header(request.headers, "sec-websocket-key").value_or(""), kWebSocketGuid)));
        write(cat("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                  "Connection: Upgrade\r\nSec-WebSocket-Accept: ",
                  accept, "\r\n\r\n"),
              tcp);
        websocket_messages_ = answer->websocket;
        log_.requests.back().websocket.emplace();
        state_ = State::WebSocket;
        return true;
    }
    respond(request, tcp);
    return state_ != State::Closed;
}

void Server::respond(const ReceivedRequest& request, net::TcpConnection& tcp) {
    Answer fallback;
    const Answer* answer = choose(request, fallback);
    const std::string connection = ascii_lower(header(request.headers, "connection").value_or(""));
    const bool keep = connection.find("close") == std::string::npos;
    clock_us_ += kThinkUs + answer->delay_us;
    const std::string bytes = answer_bytes(*answer, request.method, keep);
    if (far_.narrator->on()) {
        trace::Event& event = far_.narrator->tell(
            clock_us_, trace::EventKind::HttpResponse,
            attacker_ ? trace::Actor::Attacker : trace::Actor::Upstream, trace::Actor::App,
            cat(name_, " answers ", answer->status,
                answer->body.empty() ? std::string(".")
                                     : cat(": ", valid_utf8(answer->body.substr(0, 120)),
                                           answer->body.size() > 120 ? " ..." : "")));
        event.hostile = attacker_;
        event.bytes = bytes;
        event.fields = {{"status", cat(answer->status)}, {"host", host_}};
    }
    write(bytes, tcp);
    if (!keep) close(tcp);
}

void Server::tunnel(const std::string& target, net::TcpConnection& tcp) {
    const std::size_t colon = target.rfind(':');
    const std::string host = target.substr(0, colon);
    bool plays = false;
    if (attacker_) {
        const auto known = site_->tunnel.find(host);
        plays = known != site_->tunnel.end() && known->second;
    } else {
        const Site* site = genuine_site(host);
        plays = site && site->certificate;
        if (plays) site_ = site;
    }
    clock_us_ += kThinkUs;
    if (!plays) {
        write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", tcp);
        close(tcp);
        return;
    }
    write("HTTP/1.1 200 Connection established\r\n\r\n", tcp);
    log_.tunnel_to = target;
    host_ = host;
    tunnelled_ = true;
    state_ = State::TunnelFirst;
}

bool Server::websocket(net::TcpConnection& tcp) {
    if (buffer_.size() < 2) return false;
    const unsigned opcode = get8(buffer_, 0) & 0x0FU;
    std::size_t length = get8(buffer_, 1) & 0x7FU;
    std::size_t at = 2;
    if (length == 126) {
        if (buffer_.size() < 4) return false;
        length = get16(buffer_, 2);
        at = 4;
    }
    if (buffer_.size() < at + 4 + length) return false;
    std::string payload = buffer_.substr(at + 4, length);
    for (std::size_t i = 0; i < payload.size(); ++i) {
        payload[i] = static_cast<char>(payload[i] ^ buffer_[at + i % 4]);
    }
    buffer_.erase(0, at + 4 + length);
    if (opcode == 8) {
        std::string reply("\x88");
        put8(reply, static_cast<unsigned>(payload.size()));
        write(reply + payload, tcp);
        close(tcp);
        return false;
    }
    if (opcode != 1) return true;
    // Once the upgrade's request has been handed over, its texts are no longer noted: as in the
    // lab.
    if (!log_.requests.empty() && log_.requests.back().websocket) {
        log_.requests.back().websocket->push_back(payload);
    }
    if (far_.narrator->on()) {
        trace::Event& event =
            far_.narrator->tell(clock_us_, trace::EventKind::Data, trace::Actor::App,
                                attacker_ ? trace::Actor::Attacker : trace::Actor::Upstream,
                                cat(name_, " receives the message \"", valid_utf8(payload), "\"."));
        event.bytes = payload;
        event.hostile = attacker_;
    }
    if (attacker_ && far_.on_received) {
        ReceivedRequest received;
        received.body = payload;
        far_.on_received(far_.context, received, clock_us_);
    }
    const std::string text =
        websocket_next_ < websocket_messages_.size() ? websocket_messages_[websocket_next_++] : "";
    std::string frame("\x81");
    if (text.size() < 126) {
        put8(frame, static_cast<unsigned>(text.size()));
    } else {
        put8(frame, 126);
        put16(frame, static_cast<unsigned>(text.size()));
    }
    write(frame + text, tcp);
    return true;
}

// --- output
// ----------------------------------------------------------------------------------------

void Server::flush(net::TcpConnection& tcp) {
    std::string out;
    for (std::size_t i = layers_.size(); i-- > 0;) {
        if (!out.empty()) layers_[i]->write(out);
        out = layers_[i]->take_output();
    }
    tcp.server_sends(out, clock_us_);
}

void Server::write(std::string_view bytes, net::TcpConnection& tcp) {
    if (layers_.empty()) {
        tcp.server_sends(bytes, clock_us_);
        return;
    }
    layers_.back()->write(bytes);
    flush(tcp);
}

void Server::close(net::TcpConnection& tcp) {
    if (state_ == State::Closed) return;
    state_ = State::Closed;
    log_.raw += std::exchange(buffer_, {});
    tcp.server_closes(clock_us_);
}

void Server::tell_request(const ReceivedRequest& request, std::string_view bytes) {
    if (!far_.narrator->on()) return;
    trace::Event& event =
        far_.narrator->tell(clock_us_, trace::EventKind::HttpRequest, trace::Actor::App,
                            attacker_ ? trace::Actor::Attacker : trace::Actor::Upstream,
                            cat(name_, " receives ", request.method, " ", request.target,
                                layers_.empty() ? " in plain text." : " inside TLS."));
    event.hostile = attacker_;
    event.bytes = bytes;
    event.fields = {{"method", request.method},
                    {"target", request.target},
                    {"host", host_},
                    {"encrypted", layers_.empty() ? "no" : "yes"}};
}

Server::Log Server::collect() {
    Log out = log_;
    if (state_ != State::Closed) out.partial = buffer_;
    log_.requests.clear();
    log_.raw.clear();
    return out;
}

}  // namespace wh::world
