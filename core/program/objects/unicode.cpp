// Properties of characters: ASCII, Latin-1, Latin Extended-A, Greek and Cyrillic. Other scripts
// count as letters without case, which is what most of them are.
#include "program/objects/support.h"

namespace wh::program {

namespace {
bool in(char32_t c, char32_t first, char32_t last) {
    return c >= first && c <= last;
}
}  // namespace

bool is_space(char32_t c) {
    return c == ' ' || in(c, 9, 13) || in(c, 0x1C, 0x1F) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           in(c, 0x2000, 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

bool is_printable(char32_t c) {
    if (c < 0x20 || in(c, 0x7F, 0xA0) || c == 0xAD) return false;
    if (c < 0x300) return true;
    if (c != ' ' && is_space(c)) return false;
    // Formats, surrogates, private use, not characters.
    return !(in(c, 0x200B, 0x200F) || in(c, 0x202A, 0x202E) || in(c, 0x2060, 0x206F) ||
             in(c, 0xD800, 0xF8FF) || c == 0xFEFF || in(c, 0xFFF0, 0xFFFB) ||
             (c & 0xFFFE) == 0xFFFE || c >= 0xE0000);
}

bool is_digit(char32_t c) {
    return in(c, '0', '9') || in(c, 0x660, 0x669) || in(c, 0x966, 0x96F) || in(c, 0xFF10, 0xFF19);
}

bool is_alpha(char32_t c) {
    if (c < 0x80) return in(c | 0x20, 'a', 'z');
    if (c < 0x100)
        return c == 0xAA || c == 0xB5 || c == 0xBA || (c >= 0xC0 && c != 0xD7 && c != 0xF7);
    if (is_digit(c) || is_space(c) || !is_printable(c)) return false;
    if (in(c, 0x300, 0x36F)) return false;    // combining marks
    if (in(c, 0x2010, 0x2BFF)) return false;  // punctuation, symbols, arrows
    if (in(c, 0x3001, 0x3004) || in(c, 0x3008, 0x3030)) return false;
    if (in(c, 0xFE00, 0xFE6F) || in(c, 0xFF01, 0xFF20)) return false;
    return !in(c, 0x1F000, 0x1FAFF);  // pictographs
}

char32_t to_upper(char32_t c) {
    if (c < 0x80) return in(c, 'a', 'z') ? c - 32 : c;
    if (in(c, 0xE0, 0xFE) && c != 0xF7) return c - 32;
    if (c == 0xFF) return 0x178;
    if (c == 0xB5) return 0x39C;
    if (in(c, 0x100, 0x137) || in(c, 0x14A, 0x177)) {
        return c == 0x131 ? 'I' : (c & 1) != 0 ? c - 1 : c;
    }
    if (in(c, 0x139, 0x148) || in(c, 0x179, 0x17E)) return (c & 1) == 0 ? c - 1 : c;
    if (in(c, 0x3B1, 0x3CB)) return c == 0x3C2 ? 0x3A3 : c - 32;
    if (in(c, 0x430, 0x44F)) return c - 32;
    if (in(c, 0x450, 0x45F)) return c - 80;
    return c;
}

char32_t to_lower(char32_t c) {
    if (c < 0x80) return in(c, 'A', 'Z') ? c + 32 : c;
    if (in(c, 0xC0, 0xDE) && c != 0xD7) return c + 32;
    if (c == 0x178) return 0xFF;
    if (in(c, 0x100, 0x137) || in(c, 0x14A, 0x177)) {
        return c == 0x130 ? 'i' : (c & 1) == 0 ? c + 1 : c;
    }
    if (in(c, 0x139, 0x148) || in(c, 0x179, 0x17E)) return (c & 1) != 0 ? c + 1 : c;
    if (in(c, 0x391, 0x3AB) && c != 0x3A2) return c + 32;
    if (in(c, 0x410, 0x42F)) return c + 32;
    if (in(c, 0x400, 0x40F)) return c + 80;
    return c;
}

}  // namespace wh::program
