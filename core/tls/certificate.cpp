#include "tls/certificate.h"

#include <charconv>

#include "base/encoding.h"
#include "base/sha256.h"
#include "base/text.h"

namespace wh::tls {
namespace {

constexpr std::string_view kHeading = "wronghost-certificate-2\n";
constexpr std::string_view kKeyHeading = "wronghost-key-1\n";

void line(std::string& out, std::string_view name, Piece value) {
    out += name;
    out += '=';
    for (const char c : cat({value})) {
        if (c == '\n' || c == '\\') out += '\\';
        out += c == '\n' ? 'n' : c;
    }
    out += '\n';
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            ++i;
            out += text[i] == 'n' ? '\n' : text[i];
        } else {
            out += text[i];
        }
    }
    return out;
}

// One list of the fields serves both directions: the writer leaves out what has its usual value,
// the reader takes the one line that it was given.
class Writer {
  public:
    explicit Writer(std::string& out) : out_(out) {}
    template <class T>
    void number(std::string_view name, const T& value, T usual = 0) {
        if (value != usual) line(out_, name, static_cast<long long>(value));
    }
    void text(std::string_view name, const std::string& value, std::string_view usual = {}) {
        if (value != usual) line(out_, name, value);
    }
    void present(std::string_view name, bool is) {
        if (is) line(out_, name, "");
    }
    template <class T>
    void optional(std::string_view name, const std::optional<T>& value) {
        if (value) line(out_, name, *value);
    }
    void name(std::string_view name, const DistinguishedName& value) {
        if (!value.empty()) line(out_, name, text_of(value));
    }
    void list(std::string_view prefix, const std::vector<GeneralName>& names) {
        for (const GeneralName& one : names) {
            line(out_, cat(prefix, word_for(one.kind)), one.value);
        }
    }
    template <class T>
    const T* part(std::string_view name, const std::optional<T>& value) {
        present(name, value.has_value());
        return value ? &*value : nullptr;
    }

  private:
    std::string& out_;
};

class LineReader {
  public:
    LineReader(std::string_view name, std::string value) : name_(name), value_(std::move(value)) {}
    template <class T>
    void number(std::string_view name, T& value, T = 0) {
        if (name == name_) parse(value);
    }
    void text(std::string_view name, std::string& value, std::string_view = {}) {
        if (name == name_) value = value_;
    }
    void optional(std::string_view name, std::optional<std::string>& value) {
        if (name == name_) value = value_;
    }
    template <class T>
    void optional(std::string_view name, std::optional<T>& value) {
        if (name == name_) parse(value.emplace());
    }
    void name(std::string_view name, DistinguishedName& value) {
        if (name == name_) value = name_of(value_);
    }
    void list(std::string_view prefix, std::vector<GeneralName>& names) {
        if (!name_.starts_with(prefix)) return;
        if (const auto kind = name_kind(name_.substr(prefix.size()))) {
            names.push_back({*kind, value_});
        }
    }
    template <class T>
    T* part(std::string_view name, std::optional<T>& value) {
        if (name == name_ && !value) value.emplace();
        return value ? &*value : nullptr;
    }

  private:
    template <class T>
    void parse(T& value) {
        long long read = 0;
        std::from_chars(value_.data(), value_.data() + value_.size(), read);
        value = static_cast<T>(read);
    }
    std::string_view name_;
    std::string value_;
};

template <class Codec, class C>
void fields(Codec& codec, C& it) {
    codec.number("version", it.version, 3);
    codec.text("serial", it.serial);
    codec.name("subject", it.subject);
    codec.name("issuer", it.issuer);
    codec.number("not-before", it.not_before, std::int64_t{0});
    codec.number("not-after", it.not_after, std::int64_t{0});
    codec.text("key", it.public_key);
    codec.text("key-type", it.key_type, "EC");
    codec.number("key-bits", it.key_bits, 256);
    codec.number("explicit-curve", it.explicit_curve, false);
    codec.text("signature-algorithm", it.signature_algorithm, "EC-SHA256");
    codec.number("algorithms-differ", it.algorithms_differ, false);
    if (auto* names = codec.part("san", it.alternative_names)) codec.list("san.", *names);
    if (auto* part = codec.part("basic-constraints", it.basic_constraints)) {
        codec.number("ca", part->ca, false);
        codec.optional("path-length", part->path_length);
    }
    codec.optional("key-usage", it.key_usage);
    codec.optional("extended-key-usage", it.extended_key_usage);
    codec.optional("subject-key-id", it.subject_key_id);
    if (auto* part = codec.part("authority-key-id", it.authority_key_id)) {
        codec.optional("authority-key-id.key", part->key_id);
        codec.text("authority-key-id.serial", part->serial);
        codec.optional("authority-key-id.issuer", part->issuer);
    }
    if (auto* part = codec.part("name-constraints", it.name_constraints)) {
        codec.list("permitted.", part->permitted);
        codec.list("excluded.", part->excluded);
        codec.number("distances", part->distances, false);
    }
    codec.number("critical", it.critical, 0U);
    codec.number("present", it.present, 0U);
    codec.number("malformed-extension", it.malformed_extension, false);
    codec.text("oddities", it.oddities);
}

// Bodies of the blocks "-----BEGIN <label>-----".
std::vector<std::string> blocks(std::string_view text, std::string_view label) {
    const std::string begin = cat("-----BEGIN ", label, "-----");
    const std::string end = cat("-----END ", label, "-----");
    std::vector<std::string> out;
    for (std::size_t at = text.find(begin); at != std::string_view::npos;
         at = text.find(begin, at)) {
        at += begin.size();
        const std::size_t stop = text.find(end, at);
        if (stop == std::string_view::npos) break;
        if (auto body = base64_decode(text.substr(at, stop - at))) out.push_back(std::move(*body));
        at = stop + end.size();
    }
    return out;
}

std::string block(std::string_view label, std::string_view body) {
    const std::string coded = base64(body);
    std::string out = cat("-----BEGIN ", label, "-----\n");
    for (std::size_t at = 0; at < coded.size(); at += 64) {
        out += coded.substr(at, 64);
        out += '\n';
    }
    return cat(out, "-----END ", label, "-----\n");
}

}  // namespace

std::string signed_part(const Certificate& certificate) {
    std::string out(kHeading);
    out.reserve(512);
    Writer writer(out);
    fields(writer, certificate);
    return out;
}

std::string encode(const Certificate& certificate) {
    std::string out = signed_part(certificate);
    line(out, "signature", certificate.signature);
    return out;
}

std::optional<Certificate> decode_certificate(std::string_view encoded) {
    if (!encoded.starts_with(kHeading)) return std::nullopt;
    Certificate certificate;
    encoded.remove_prefix(kHeading.size());
    while (!encoded.empty()) {
        const std::size_t end = encoded.find('\n');
        const std::string_view one = encoded.substr(0, end);
        const std::size_t equals = one.find('=');
        if (end == std::string_view::npos || equals == std::string_view::npos) return std::nullopt;
        LineReader reader(one.substr(0, equals), unescaped(one.substr(equals + 1)));
        fields(reader, certificate);
        reader.text("signature", certificate.signature);
        encoded.remove_prefix(end + 1);
    }
    return certificate;
}

std::string signature_of(std::string_view text, std::string_view key) {
    return sha256_hex(cat("signed with ", key, "\n", text));
}

void sign(Certificate& certificate, std::string_view issuer_key) {
    certificate.signature = signature_of(signed_part(certificate), issuer_key);
}

bool signature_fits(const Certificate& certificate, const Certificate& issuer) {
    return certificate.signature == signature_of(signed_part(certificate), issuer.public_key);
}

std::string fingerprint(const Certificate& certificate) {
    return sha256_hex(encode(certificate));
}

std::string to_pem(const Certificate& certificate) {
    return block("CERTIFICATE", encode(certificate));
}

std::string key_to_pem(std::string_view key) {
    return block("PRIVATE KEY", cat(kKeyHeading, key));
}

std::vector<Certificate> certificates_of_pem(std::string_view text) {
    std::vector<Certificate> out;
    for (const std::string& body : blocks(text, "CERTIFICATE")) {
        if (auto certificate = decode_certificate(body)) out.push_back(std::move(*certificate));
    }
    return out;
}

std::optional<std::string> key_of_pem(std::string_view text) {
    for (const std::string& body : blocks(text, "PRIVATE KEY")) {
        if (body.starts_with(kKeyHeading)) return body.substr(kKeyHeading.size());
    }
    return std::nullopt;
}

}  // namespace wh::tls
