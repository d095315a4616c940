// ClientHello, RFC 8446 section 4.1.2; server_name: RFC 6066 section 3; ALPN: RFC 7301.
#include "base/encoding.h"
#include "base/random.h"
#include "tls/handshake.h"

namespace wh::tls {
namespace {

enum Extension : unsigned {
    kServerName = 0,
    kSupportedGroups = 10,
    kSignatureAlgorithms = 13,
    kAlpn = 16,
    kSupportedVersions = 43,
    kPskModes = 45,
    kKeyShare = 51,
};

void put_extension(std::string& out, unsigned type, std::string_view body) {
    put16(out, type);
    put16(out, static_cast<unsigned>(body.size()));
    out += body;
}

// A vector with a length in front, of one or two bytes.
std::string counted8(std::string_view body) {
    std::string out;
    put8(out, static_cast<unsigned>(body.size()));
    out += body;
    return out;
}
std::string counted16(std::string_view body) {
    std::string out;
    put16(out, static_cast<unsigned>(body.size()));
    out += body;
    return out;
}

// Reads vectors; `ok` stays false once something did not fit.
struct Reader {
    std::string_view rest;
    bool ok = true;
    std::string_view take(std::size_t count) {
        if (count > rest.size()) {
            ok = false;
            return {};
        }
        const std::string_view out = rest.substr(0, count);
        rest.remove_prefix(count);
        return out;
    }
    std::size_t number(std::size_t bytes) {
        std::size_t value = 0;
        for (const char c : take(bytes)) value = value << 8 | static_cast<unsigned char>(c);
        return value;
    }
};

}  // namespace

std::string encode(const ClientHello& hello) {
    std::string body;
    put16(body, 0x0303);
    body += hello.random;
    body += counted8(hello.random);  // legacy session id, for middleboxes
    std::string suites;
    for (const unsigned suite : {0x1302U, 0x1303U, 0x1301U, 0xC02CU, 0xC030U, 0xC02BU, 0xC02FU}) {
        put16(suites, suite);
    }
    body += counted16(suites);
    body += counted8(std::string(1, '\0'));  // no compression
    std::string extensions;
    if (hello.server_name) {
        std::string entry(1, '\0');
        entry += counted16(*hello.server_name);
        put_extension(extensions, kServerName, counted16(entry));
    }
    std::string groups;
    for (const unsigned group : {0x001DU, 0x0017U, 0x0018U}) put16(groups, group);
    put_extension(extensions, kSupportedGroups, counted16(groups));
    std::string algorithms;
    for (const unsigned one : {0x0403U, 0x0503U, 0x0804U, 0x0805U, 0x0401U}) put16(algorithms, one);
    put_extension(extensions, kSignatureAlgorithms, counted16(algorithms));
    if (!hello.protocols.empty()) {
        std::string list;
        for (const std::string& one : hello.protocols) list += counted8(one);
        put_extension(extensions, kAlpn, counted16(list));
    }
    if (hello.offers_tls13) {
        put_extension(extensions, kSupportedVersions, counted8(std::string("\x03\x04\x03\x03", 4)));
        put_extension(extensions, kPskModes, counted8(std::string(1, '\x01')));
        std::string share;
        put16(share, 0x001D);
        share += counted16(hello.random);  // symbolic: an x25519 share is 32 bytes, too
        put_extension(extensions, kKeyShare, counted16(share));
    }
    body += counted16(extensions);
    std::string message(1, '\x01');
    put24(message, static_cast<unsigned>(body.size()));
    return message + body;
}

std::optional<ClientHello> decode_client_hello(std::string_view message) {
    Reader all{message};
    if (all.number(1) != 1 || all.number(3) != all.rest.size()) return std::nullopt;
    ClientHello hello;
    all.take(2);
    hello.random = all.take(32);
    all.take(all.number(1));
    all.take(all.number(2));
    all.take(all.number(1));
    Reader extensions{all.take(all.number(2))};
    while (all.ok && extensions.ok && !extensions.rest.empty()) {
        const std::size_t type = extensions.number(2);
        Reader body{extensions.take(extensions.number(2))};
        if (type == kServerName) {
            body.take(3);
            hello.server_name = body.take(body.number(2));
        } else if (type == kAlpn) {
            Reader list{body.take(body.number(2))};
            while (list.ok && !list.rest.empty()) {
                hello.protocols.emplace_back(list.take(list.number(1)));
            }
        } else if (type == kSupportedVersions) {
            Reader list{body.take(body.number(1))};
            while (list.ok && !list.rest.empty()) {
                if (list.number(2) == 0x0304) hello.offers_tls13 = true;
            }
        }
        if (!body.ok) return std::nullopt;
    }
    if (!all.ok || !extensions.ok) return std::nullopt;
    return hello;
}

}  // namespace wh::tls
