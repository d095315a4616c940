// HTTP/1.1 messages (RFC 9112) on the client's side.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "libraries/shared/headers.h"

namespace wh::libraries {

// Request line, header fields and body as they go out. `chunked` frames the body as one chunk.
std::string write_request(std::string_view method, std::string_view target,
                          const HeaderMap& headers, std::string_view body, bool chunked);

// Reads one answer from bytes as they come.
class ResponseReader {
  public:
    // `no_body`: the request was HEAD, or CONNECT that succeeds.
    explicit ResponseReader(bool no_body) : no_body_(no_body) {}
    void feed(std::string_view bytes);
    void peer_closed();  // ends a body that lasts until the close

    [[nodiscard]] bool head_done() const { return head_done_; }
    [[nodiscard]] bool done() const { return done_; }
    [[nodiscard]] bool malformed() const { return malformed_; }
    [[nodiscard]] bool keeps_alive() const;
    // "received 3 bytes, expected 10" or "incomplete chunked read", for errors.
    [[nodiscard]] std::string missing() const;
    [[nodiscard]] bool chunked() const { return framing_ == Framing::Chunked; }
    [[nodiscard]] std::int64_t expected() const { return expected_; }
    [[nodiscard]] bool nothing_seen() const { return !head_done_ && buffer_.empty(); }
    // What came after a switch of protocols (101): it is no part of the answer.
    std::string take_rest() { return std::exchange(buffer_, {}); }

    int status = 0;
    std::string version = "HTTP/1.1";
    std::string reason;
    HeaderMap headers;
    std::string body;  // decoded from its framing
    std::string first_line;

  private:
    enum class Framing : std::uint8_t { None, Length, Chunked, UntilClose };
    bool parse_head();
    void parse_body();
    bool no_body_;
    bool head_done_ = false, done_ = false, malformed_ = false;
    Framing framing_ = Framing::None;
    std::int64_t expected_ = 0;
    std::string buffer_;
};

std::string_view reason_phrase(int status);  // of the registry, as http.HTTPStatus has it

}  // namespace wh::libraries
