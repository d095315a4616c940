#include "libraries/shared/http_wire.h"

#include <algorithm>

#include "base/text.h"

namespace wh::libraries {

std::string write_request(std::string_view method, std::string_view target,
                          const HeaderMap& headers, std::string_view body, bool chunked) {
    std::string out = cat(method, " ", target, " HTTP/1.1\r\n");
    for (const HeaderField& field : headers.fields) {
        out += cat(field.name, ": ", field.value.text, "\r\n");
    }
    out += "\r\n";
    if (!chunked) {
        out += body;
    } else {
        if (!body.empty()) {
            char size[17];
            std::snprintf(size, sizeof size, "%zx", body.size());
            out += cat(size, "\r\n", body, "\r\n");
        }
        out += "0\r\n\r\n";
    }
    return out;
}

void ResponseReader::feed(std::string_view bytes) {
    buffer_ += bytes;
    while (!head_done_ && !malformed_) {
        if (!parse_head()) break;
    }
    if (head_done_ && !done_) parse_body();
}

void ResponseReader::peer_closed() {
    if (head_done_ && framing_ == Framing::UntilClose) done_ = true;
}

// One head; interim answers (1xx) are dropped. False: more bytes are needed.
bool ResponseReader::parse_head() {
    const std::size_t end = buffer_.find("\r\n\r\n");
    if (end == std::string::npos) {
        const std::size_t line = buffer_.find("\r\n");
        malformed_ = line != std::string::npos && !buffer_.starts_with("HTTP/");
        malformed_ = malformed_ || (line == std::string::npos && buffer_.size() >= 5 &&
                                    !buffer_.starts_with("HTTP/"));
        first_line = buffer_.substr(0, line);
        return false;
    }
    std::string_view head(buffer_.data(), end);
    const std::size_t line_end = head.find("\r\n");
    first_line = std::string(head.substr(0, line_end));
    if (!first_line.starts_with("HTTP/1.") || first_line.size() < 12) {
        malformed_ = true;
        return false;
    }
    version = first_line.substr(0, 8);
    status = 0;
    for (std::size_t i = 9; i < 12; ++i) status = status * 10 + (first_line[i] - '0');
    reason = first_line.size() > 13 ? first_line.substr(13) : "";
    headers.fields.clear();
    head.remove_prefix(line_end == std::string_view::npos ? head.size() : line_end + 2);
    for (const std::string& line : split(head, '\n')) {
        const std::size_t colon = line.find(':');
        if (colon == std::string::npos) continue;
        headers.add(line.substr(0, colon), trim(std::string_view(line).substr(colon + 1)));
    }
    buffer_.erase(0, end + 4);
    if (status >= 100 && status < 200 && status != 101) return true;
    head_done_ = true;
    const std::string length = headers.text("content-length");
    if (no_body_ || status == 101 || status == 204 || status == 304) {
        framing_ = Framing::None;
    } else if (ascii_lower(headers.text("transfer-encoding")).find("chunked") !=
               std::string::npos) {
        framing_ = Framing::Chunked;
    } else if (!length.empty()) {
        framing_ = Framing::Length;
        for (const char c : length) {
            if (c < '0' || c > '9') break;
            expected_ = expected_ * 10 + (c - '0');
        }
    } else {
        framing_ = Framing::UntilClose;
    }
    return false;
}

void ResponseReader::parse_body() {
    switch (framing_) {
        case Framing::None:
            done_ = true;
            break;
        case Framing::UntilClose:
            body += buffer_;
            buffer_.clear();
            break;
        case Framing::Length: {
            const auto wanted = static_cast<std::size_t>(expected_) - body.size();
            const std::size_t taken = std::min(wanted, buffer_.size());
            body.append(buffer_, 0, taken);
            buffer_.erase(0, taken);
            done_ = taken == wanted;
            break;
        }
        case Framing::Chunked:
            for (;;) {
                const std::size_t line = buffer_.find("\r\n");
                if (line == std::string::npos) return;
                std::size_t size = 0;
                for (std::size_t i = 0; i < line && buffer_[i] != ';'; ++i) {
                    const char c = static_cast<char>(buffer_[i] | 32);
                    const bool digit = buffer_[i] >= '0' && buffer_[i] <= '9';
                    if (!digit && (c < 'a' || c > 'f')) {
                        malformed_ = true;
                        return;
                    }
                    size = size * 16 +
                           static_cast<std::size_t>(digit ? buffer_[i] - '0' : c - 'a' + 10);
                }
                if (buffer_.size() < line + 2 + size + 2) return;
                body.append(buffer_, line + 2, size);
                buffer_.erase(0, line + 2 + size + 2);
                if (size == 0) {
                    done_ = true;
                    return;
                }
            }
    }
}

bool ResponseReader::keeps_alive() const {
    const std::string connection = ascii_lower(headers.text("connection"));
    if (!done_ || framing_ == Framing::UntilClose) return false;
    if (version == "HTTP/1.0") return connection == "keep-alive";
    return connection != "close";
}

std::string ResponseReader::missing() const {
    if (framing_ == Framing::Chunked) return "incomplete chunked read";
    return cat("received ", body.size(), " bytes, expected ", static_cast<long long>(expected_));
}

namespace {

struct Phrase {
    std::int16_t status;
    const char* text;
};
// http.HTTPStatus of Python 3.13.
constexpr Phrase kPhrases[] = {
    {100, "Continue"},
    {101, "Switching Protocols"},
    {102, "Processing"},
    {103, "Early Hints"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {203, "Non-Authoritative Information"},
    {204, "No Content"},
    {205, "Reset Content"},
    {206, "Partial Content"},
    {207, "Multi-Status"},
    {208, "Already Reported"},
    {226, "IM Used"},
    {300, "Multiple Choices"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {305, "Use Proxy"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {407, "Proxy Authentication Required"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {418, "I'm a Teapot"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {423, "Locked"},
    {424, "Failed Dependency"},
    {425, "Too Early"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {451, "Unavailable For Legal Reasons"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {506, "Variant Also Negotiates"},
    {507, "Insufficient Storage"},
    {508, "Loop Detected"},
    {510, "Not Extended"},
    {511, "Network Authentication Required"},
};

}  // namespace

std::string_view reason_phrase(int status) {
    for (const Phrase& phrase : kPhrases) {
        if (phrase.status == status) return phrase.text;
    }
    return {};
}

}  // namespace wh::libraries
