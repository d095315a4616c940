// Any bytes as certificates, as what a peer says, and as a connection to write again: a certificate
// that can be read survives writing and reading, every mode of verification ends with a code that
// has words, and nothing else happens.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "tls/der.h"
#include "tls/handshake.h"
#include "tls/transcription.h"

namespace {

using namespace wh::tls;

// Certificates that the input describes, one after the other, each in our text form.
void judge(std::string_view text) {
    std::vector<Certificate> all;
    constexpr std::string_view kMark = "wronghost-certificate-2\n";
    for (std::size_t at = 0; at <= text.size() && all.size() < 8;) {
        const std::size_t end = std::min(text.find('\0', at), text.size());
        auto one = decode_certificate(std::string(kMark) + std::string(text.substr(at, end - at)));
        at = end + 1;
        if (!one) continue;
        const auto again = decode_certificate(encode(*one));
        if (!again || encode(*again) != encode(*one)) std::abort();
        if (to_der(*one).empty()) std::abort();
        all.push_back(std::move(*one));
    }
    if (all.empty()) return;
    const std::vector<Certificate> trusted(
        all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2), all.end());
    for (const VerifyMode mode : {VerifyMode::OpenSsl, VerifyMode::Strict}) {
        for (const bool strict : {false, true}) {
            VerifyOptions options;
            options.mode = mode;
            options.strict = options.partial_chain = strict;
            options.check_name = true;
            options.name = strict ? "192.0.2.1" : "www.shop.test";
            const VerifyResult result = verify(all, trusted, options);
            if (result.ok() != result.message.empty()) std::abort();
            if (!result.ok() && verify_text(result.code).starts_with("unknown")) std::abort();
        }
    }
}

void speak(std::string_view bytes) {
    const std::string text(bytes);
    Server server({});
    server.feed(text);
    Client client({});
    client.start();
    client.take_output();
    client.feed(text);
    for (const bool first : {true, false}) {
        Transcription dialogue;
        for (std::size_t at = 0; at < text.size(); at += 97) {
            dialogue.add(first == (at % 2 == 0), std::string_view(text).substr(at, 97));
        }
        if (!text.empty() && dialogue.key_log().size() > 64 * text.size()) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (data[0] % 2 == 0) {
        judge(rest);
    } else {
        speak(rest);
    }
    return 0;
}
