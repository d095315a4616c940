#include "syntax/literal.h"

#include <cstdlib>

#include "base/text.h"

namespace wh::syntax {

bool read_prefix(std::string_view letters, StringPrefix& out) {
    const std::string lower = ascii_lower(letters);
    out = {};
    for (const char c : lower) {
        out.raw = out.raw || c == 'r';
        out.bytes = out.bytes || c == 'b';
        out.formatted = out.formatted || c == 'f';
    }
    for (const char* known : {"", "r", "u", "b", "f", "br", "rb", "fr", "rf"}) {
        if (lower == known) return true;
    }
    return false;
}

void append_utf8(std::uint32_t c, std::string& out) {
    const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6));
        byte(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {  // surrogates too: Python's strings may hold them
        byte(0xE0 | (c >> 12));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    } else {
        byte(0xF0 | (c >> 18));
        byte(0x80 | ((c >> 12) & 0x3F));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    }
}

static int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return 99;
}

// The names that turn up in web code; the whole Unicode name list would be larger than the core.
static std::uint32_t named_character(std::string_view name) {
    struct Named {
        const char* name;
        std::uint32_t code_point;
    };
    static constexpr Named kNames[] = {
        {"SPACE", 0x20},
        {"NULL", 0x0},
        {"LINE FEED", 0xA},
        {"NO-BREAK SPACE", 0xA0},
        {"POUND SIGN", 0xA3},
        {"SECTION SIGN", 0xA7},
        {"COPYRIGHT SIGN", 0xA9},
        {"REGISTERED SIGN", 0xAE},
        {"DEGREE SIGN", 0xB0},
        {"MICRO SIGN", 0xB5},
        {"MIDDLE DOT", 0xB7},
        {"MULTIPLICATION SIGN", 0xD7},
        {"ZERO WIDTH SPACE", 0x200B},
        {"ZERO WIDTH JOINER", 0x200D},
        {"EN DASH", 0x2013},
        {"EM DASH", 0x2014},
        {"LEFT SINGLE QUOTATION MARK", 0x2018},
        {"RIGHT SINGLE QUOTATION MARK", 0x2019},
        {"LEFT DOUBLE QUOTATION MARK", 0x201C},
        {"RIGHT DOUBLE QUOTATION MARK", 0x201D},
        {"BULLET", 0x2022},
        {"HORIZONTAL ELLIPSIS", 0x2026},
        {"EURO SIGN", 0x20AC},
        {"TRADE MARK SIGN", 0x2122},
        {"LEFTWARDS ARROW", 0x2190},
        {"UPWARDS ARROW", 0x2191},
        {"RIGHTWARDS ARROW", 0x2192},
        {"DOWNWARDS ARROW", 0x2193},
        {"INFINITY", 0x221E},
        {"WARNING SIGN", 0x26A0},
        {"CHECK MARK", 0x2713},
        {"HEAVY CHECK MARK", 0x2714},
        {"CROSS MARK", 0x274C},
        {"WHITE HEAVY CHECK MARK", 0x2705},
        {"BYTE ORDER MARK", 0xFEFF},
        {"ZERO WIDTH NO-BREAK SPACE", 0xFEFF},
        {"REPLACEMENT CHARACTER", 0xFFFD},
        {"SNOWMAN", 0x2603},
        {"PILE OF POO", 0x1F4A9},
        {"ROCKET", 0x1F680},
        {"LOCK", 0x1F512},
        {"KEY", 0x1F511},
    };
    for (const Named& known : kNames) {
        if (ascii_equal_ignoring_case(known.name, name)) return known.code_point;
    }
    return 0xFFFFFFFF;
}

namespace {

// Reads one string; i_ is behind what was consumed.
class Decoder {
  public:
    Decoder(std::string_view source, StringPrefix prefix, std::string& out)
        : source_(source), prefix_(prefix), out_(out) {}

    EscapeError run() {
        while (i_ < source_.size()) {
            const char c = source_[i_++];
            if (c == '\r') {
                if (i_ < source_.size() && source_[i_] == '\n') ++i_;
                out_ += '\n';
            } else if (prefix_.formatted && (c == '{' || c == '}') && i_ < source_.size() &&
                       source_[i_] == c) {
                ++i_;
                out_ += c;
            } else if (c == '\\' && !prefix_.raw && i_ < source_.size()) {
                escape();
            } else {
                if (prefix_.bytes && static_cast<unsigned char>(c) > 0x7F) {
                    fail(i_ - 1, "bytes can only contain ASCII literal characters");
                }
                out_ += c;
            }
        }
        return error_;
    }

  private:
    void fail(std::size_t begin, const char* message) {
        if (error_.message == nullptr) error_ = {begin, i_, message};
    }

    void code(std::uint32_t value) {
        if (prefix_.bytes) {
            out_ += static_cast<char>(value & 0xFF);
        } else {
            append_utf8(value, out_);
        }
    }

    void hexadecimal(int digits, const char* message) {
        const std::size_t start = i_ - 2;
        std::uint32_t value = 0;
        int read = 0;
        while (read < digits && i_ < source_.size() && digit_value(source_[i_]) < 16) {
            value = value * 16 + static_cast<std::uint32_t>(digit_value(source_[i_++]));
            ++read;
        }
        if (read < digits) {
            fail(start, message);
        } else if (value > 0x10FFFF) {
            fail(start, "(unicode error) illegal Unicode character");
        } else {
            code(value);
        }
    }

    void name() {
        const std::size_t start = i_ - 2;
        const std::size_t close = source_.find('}', i_);
        if (i_ >= source_.size() || source_[i_] != '{' || close == std::string_view::npos) {
            fail(start, "(unicode error) malformed \\N character escape");
            return;
        }
        const std::uint32_t value = named_character(source_.substr(i_ + 1, close - i_ - 1));
        i_ = close + 1;
        if (value == 0xFFFFFFFF) {
            out_ += source_.substr(start, i_ - start);  // a name that is not in the table: kept
        } else {
            append_utf8(value, out_);
        }
    }

    void escape() {
        const char c = source_[i_++];
        switch (c) {
            case '\n':
                return;
            case '\r':
                if (i_ < source_.size() && source_[i_] == '\n') ++i_;
                return;
            case '\\':
            case '\'':
            case '"':
                out_ += c;
                return;
            case 'a':
                out_ += '\a';
                return;
            case 'b':
                out_ += '\b';
                return;
            case 'f':
                out_ += '\f';
                return;
            case 'n':
                out_ += '\n';
                return;
            case 'r':
                out_ += '\r';
                return;
            case 't':
                out_ += '\t';
                return;
            case 'v':
                out_ += '\v';
                return;
            case 'x':
                hexadecimal(2, prefix_.bytes ? "(value error) invalid \\x escape"
                                             : "(unicode error) truncated \\xXX escape");
                return;
            default:
                break;
        }
        if (c >= '0' && c <= '7') {
            std::uint32_t value = static_cast<std::uint32_t>(c - '0');
            for (int more = 0; more < 2 && i_ < source_.size(); ++more) {
                const char digit = source_[i_];
                if (digit < '0' || digit > '7') break;
                value = value * 8 + static_cast<std::uint32_t>(digit - '0');
                ++i_;
            }
            code(value);
            return;
        }
        if (!prefix_.bytes) {
            if (c == 'u') return hexadecimal(4, "(unicode error) truncated \\uXXXX escape");
            if (c == 'U') return hexadecimal(8, "(unicode error) truncated \\UXXXXXXXX escape");
            if (c == 'N') return name();
        }
        // Unknown escapes stay (Python warns). `\{` in an f-string is a backslash and the brace.
        out_ += '\\';
        --i_;
    }

    std::string_view source_;
    StringPrefix prefix_;
    std::string& out_;
    std::size_t i_ = 0;
    EscapeError error_;
};

}  // namespace

EscapeError decode_string(std::string_view source, StringPrefix prefix, std::string& out) {
    return Decoder(source, prefix, out).run();
}

const char* decode_number(std::string_view source, Expr& out) {
    std::string digits;  // without underscores
    const char* problem = nullptr;
    for (std::size_t i = 0; i < source.size(); ++i) {
        if (source[i] != '_') {
            digits += source[i];
        } else if (i + 1 == source.size() || digit_value(source[i + 1]) > 15) {
            problem = "invalid decimal literal";
        }
    }
    out.kind = ExprKind::IntLiteral;
    if (digits.empty()) return "invalid decimal literal";
    const char second = digits.size() > 1 ? digits[1] : ' ';
    int base = 10;
    if (digits[0] == '0') {
        base = second == 'x' || second == 'X'   ? 16
               : second == 'o' || second == 'O' ? 8
               : second == 'b' || second == 'B' ? 2
                                                : 10;
    }
    const char last = digits.back();
    const bool imaginary = last == 'j' || last == 'J';
    if (base == 10 && (imaginary || digits.find_first_of(".eE") != std::string::npos)) {
        out.kind = imaginary ? ExprKind::ComplexLiteral : ExprKind::FloatLiteral;
        out.real = std::strtod(digits.c_str(), nullptr);
        return problem;
    }
    if (last == 'l' || last == 'L') {
        digits.pop_back();
        problem = "invalid decimal literal";  // long integers of Python 2
    }
    constexpr auto kMax = static_cast<std::uint64_t>(INT64_MAX);
    std::uint64_t value = 0;
    bool non_zero = false;
    for (std::size_t i = base == 10 ? 0 : 2; i < digits.size(); ++i) {
        const int digit = digit_value(digits[i]);
        if (digit >= base) {
            problem = "invalid decimal literal";
            break;
        }
        non_zero = non_zero || digit != 0;
        out.big = out.big || value > (kMax - static_cast<std::uint64_t>(digit)) /
                                         static_cast<std::uint64_t>(base);
        if (out.big) continue;
        value = value * static_cast<std::uint64_t>(base) + static_cast<std::uint64_t>(digit);
    }
    if (base == 10 && digits.size() > 1 && digits[0] == '0' && non_zero) {
        problem =
            "leading zeros in decimal integer literals are not permitted; use an 0o prefix for "
            "octal integers";
    }
    if (out.big) {
        out.text = digits;
    } else {
        out.integer = static_cast<std::int64_t>(value);
    }
    return problem;
}

}  // namespace wh::syntax
