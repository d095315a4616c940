// str.encode and bytes.decode: UTF-8, ASCII, Latin-1, and what else is met in snippets.
#include "program/objects/support.h"

namespace wh::program {

namespace {

enum class Codec { Utf8, Utf8Signature, Ascii, Latin1, Utf16, Idna, Other };

Codec codec_named(std::string_view name, std::string& canonical) {
    std::string plain;
    for (const char c : ascii_lower(name)) plain += c == '_' || c == ' ' ? '-' : c;
    canonical = plain;
    if (plain == "utf-8" || plain == "utf8" || plain == "u8" || plain == "cp65001") {
        canonical = "utf-8";
        return Codec::Utf8;
    }
    if (plain == "utf-8-sig") return Codec::Utf8Signature;
    if (plain == "ascii" || plain == "us-ascii" || plain == "646") {
        canonical = "ascii";
        return Codec::Ascii;
    }
    if (plain == "latin-1" || plain == "latin1" || plain == "iso-8859-1" || plain == "iso8859-1" ||
        plain == "l1" || plain == "cp1252" || plain == "windows-1252") {
        canonical = plain.find("1252") == std::string::npos ? "latin-1" : "charmap";
        return Codec::Latin1;
    }
    if (plain == "utf-16" || plain == "utf-16-le" || plain == "utf-16le") return Codec::Utf16;
    if (plain == "idna" || plain == "punycode") return Codec::Idna;
    return Codec::Other;
}

bool unknown_codec(Vm& vm, std::string_view name) {
    vm.raise(as_class(builtin_object(vm, "LookupError")), cat("unknown encoding: ", name));
    return false;
}

// Raises UnicodeEncodeError or UnicodeDecodeError with its five arguments.
bool unicode_failure(Vm& vm, const char* cls, std::string_view codec, const Value& object,
                     std::size_t begin, std::size_t end, std::string reason) {
    vm.raise(vm.make_exception(
        as_class(builtin_object(vm, cls)),
        std::vector<Value>{vm.str(std::string(codec)), object,
                           Value::of(static_cast<std::int64_t>(begin)),
                           Value::of(static_cast<std::int64_t>(end)), vm.str(std::move(reason))}));
    return false;
}

// The size of the valid UTF-8 sequence at `at`; 0 with the size of the bad part and why.
std::size_t valid_sequence(std::string_view text, std::size_t at, std::size_t& bad,
                           const char*& reason) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned>(static_cast<unsigned char>(text[i])) : 0U;
    };
    const unsigned lead = byte(at);
    bad = 1;
    if (lead < 0x80) return 1;
    reason = "invalid start byte";
    if (lead < 0xC2 || lead > 0xF4) return 0;
    const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    // RFC 3629 section 4: the second byte has tighter bounds after some leads.
    const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    for (std::size_t i = 1; i < size; ++i) {
        if (at + i >= text.size()) {
            reason = "unexpected end of data";
            bad = i;
            return 0;
        }
        const unsigned each = byte(at + i);
        if (each < (i == 1 ? low : 0x80U) || each > (i == 1 ? high : 0xBFU)) {
            reason = "invalid continuation byte";
            bad = i;
            return 0;
        }
    }
    return size;
}

}  // namespace

bool decode_bytes(Vm& vm, const Value& bytes, std::string_view encoding, std::string_view errors,
                  Value& out) {
    std::string name;
    const Codec codec = codec_named(encoding, name);
    TextView view;
    text_view(bytes, view);
    TextBuilder builder;
    std::size_t at = 0;
    switch (codec) {
        case Codec::Other:
            return unknown_codec(vm, encoding);
        case Codec::Utf16:
        case Codec::Idna:
            out = vm.not_modelled(cat("codec ", name));
            return true;
        case Codec::Utf8Signature:
            if (view.text.starts_with("\xEF\xBB\xBF")) at = 3;
            break;
        case Codec::Utf8:
        case Codec::Ascii:
        case Codec::Latin1:
            break;
    }
    std::size_t good = at;  // not yet copied
    while (at < view.text.size()) {
        std::size_t bad = 1;
        const char* reason = "ordinal not in range(128)";
        const auto byte = static_cast<unsigned char>(view.text[at]);
        std::size_t size = byte < 0x80 ? 1 : 0;
        if (codec == Codec::Utf8 || codec == Codec::Utf8Signature) {
            size = valid_sequence(view.text, at, bad, reason);
        }
        if (size > 0) {
            at += size;
            continue;
        }
        builder.add(view, good, at);
        if (codec == Codec::Latin1) {
            std::string letter;
            append_utf8(letter, byte);
            builder.add(letter, bytes.origin);
        } else if (errors == "replace") {
            builder.add("\xEF\xBF\xBD", bytes.origin);
        } else if (errors == "backslashreplace") {
            for (std::size_t i = at; i < at + bad; ++i) {
                builder.add("\\x" + hex(view.text.substr(i, 1)), bytes.origin);
            }
        } else if (errors == "surrogateescape") {
            std::string letter;
            append_utf8(letter, 0xDC00U + byte);
            builder.add(letter, bytes.origin);
            bad = 1;
        } else if (errors != "ignore") {
            return unicode_failure(vm, "UnicodeDecodeError", name, bytes, at, at + bad, reason);
        }
        at += bad;
        good = at;
    }
    builder.add(view, good, at);
    out = builder.str(vm);
    return static_cast<bool>(out);
}

bool encode_text(Vm& vm, const Value& text, std::string_view encoding, std::string_view errors,
                 Value& out) {
    std::string name;
    const Codec codec = codec_named(encoding, name);
    TextView view;
    text_view(text, view);
    TextBuilder builder;
    const Str* str = as_str(text);
    char32_t limit = 0x110000;
    switch (codec) {
        case Codec::Other:
            return unknown_codec(vm, encoding);
        case Codec::Utf16:
        case Codec::Idna:
            if (!(codec == Codec::Idna && str && str->ascii)) {
                out = vm.not_modelled(cat("codec ", name));
                return true;
            }
            break;
        case Codec::Ascii:
            limit = 0x80;
            break;
        case Codec::Latin1:
            limit = 0x100;
            break;
        case Codec::Utf8Signature:
            builder.add("\xEF\xBB\xBF");
            break;
        case Codec::Utf8:
            break;
    }
    if (limit == 0x110000 || (str && str->ascii)) {
        builder.add(text);
        out = builder.bytes(vm);
        return static_cast<bool>(out);
    }
    std::size_t index = 0;
    for (std::size_t at = 0; at < view.text.size(); ++index) {
        const std::size_t begin = at;
        const char32_t c = code_point_at(view.text, at);
        if (c < 0x80) {
            builder.add(view, begin, at);
        } else if (c < limit) {
            builder.add(std::string(1, static_cast<char>(c)), text.origin);
        } else if (errors == "replace") {
            builder.add("?", text.origin);
        } else if (errors == "xmlcharrefreplace") {
            builder.add(cat("&#", static_cast<unsigned long>(c), ";"), text.origin);
        } else if (errors == "backslashreplace") {
            const std::string shown = quoted(view.text.substr(begin, at - begin));
            builder.add(shown, text.origin);
        } else if (errors != "ignore") {
            // The whole run that does not fit is told.
            std::size_t end = index + 1;
            for (std::size_t next = at; next < view.text.size(); ++end) {
                if (code_point_at(view.text, next) < limit) break;
            }
            return unicode_failure(
                vm, "UnicodeEncodeError", name, text, index, end,
                limit == 0x80 ? "ordinal not in range(128)" : "ordinal not in range(256)");
        }
    }
    out = builder.bytes(vm);
    return static_cast<bool>(out);
}

std::string unicode_error_text(Vm& vm, const ExceptionInstance& error) {
    std::string codec;
    std::string reason;
    vm.to_str(error.args[0], codec);
    vm.to_str(error.args[4], reason);
    const std::int64_t begin = is_integral(error.args[2]) ? int_of(error.args[2]) : 0;
    const std::int64_t end = is_integral(error.args[3]) ? int_of(error.args[3]) : 0;
    TextView view;
    const bool has_text = text_view(error.args[1], view);
    const Str* str = as_str(error.args[1]);
    const char* const verb = str ? "encode" : "decode";
    if (has_text && end == begin + 1) {
        if (str) {
            std::size_t at = offset_of(*str, static_cast<std::size_t>(begin));
            char shown[16] = "?";
            if (at < view.text.size()) {
                const auto c = static_cast<unsigned>(code_point_at(view.text, at));
                std::snprintf(shown, sizeof shown,
                              c < 0x100     ? "\\x%02x"
                              : c < 0x10000 ? "\\u%04x"
                                            : "\\U%08x",
                              c);
            }
            return cat("'", codec, "' codec can't ", verb, " character '", shown, "' in position ",
                       begin, ": ", reason);
        }
        if (static_cast<std::size_t>(begin) < view.text.size()) {
            return cat("'", codec, "' codec can't ", verb, " byte 0x",
                       hex(view.text.substr(static_cast<std::size_t>(begin), 1)), " in position ",
                       begin, ": ", reason);
        }
    }
    return cat("'", codec, "' codec can't ", verb, str ? " characters" : " bytes", " in position ",
               begin, "-", end - 1, ": ", reason);
}

}  // namespace wh::program
