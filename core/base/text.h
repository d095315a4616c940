// Small text helpers: std::format is missing in the cross compiler's library.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace wh {

// One piece of text: a string or an integer. cat("port ", 443, " refused"). Small and trivially made,
// as every message of the core is put together from these.
class Piece {
  public:
    Piece(const char* text) : Piece(std::string_view(text)) {}                      // NOLINT: implicit
    Piece(std::string_view text) : text_(text.data()), size_(text.size()) {}        // NOLINT
    Piece(const std::string& text) : Piece(std::string_view(text)) {}               // NOLINT
    Piece(int number) : Piece(static_cast<long long>(number)) {}                    // NOLINT
    Piece(unsigned number) : Piece(static_cast<unsigned long long>(number)) {}      // NOLINT
    Piece(long number) : Piece(static_cast<long long>(number)) {}                   // NOLINT
    Piece(unsigned long number) : Piece(static_cast<unsigned long long>(number)) {} // NOLINT
    Piece(long long number) : number_(number), size_(kSigned) {}                    // NOLINT
    Piece(unsigned long long number)                                                // NOLINT
        : number_(static_cast<long long>(number)), size_(kUnsigned) {}
    void append_to(std::string& out) const;

  private:
    static constexpr std::size_t kSigned = static_cast<std::size_t>(-1), kUnsigned = kSigned - 1;
    union {
        const char* text_;
        long long number_;
    };
    std::size_t size_;  // of the text; or which kind of number
};

std::string cat(std::initializer_list<Piece> pieces);
template <class... Ts>
std::string cat(const Ts&... pieces) {
    return cat({Piece(pieces)...});
}

std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::vector<std::string> split(std::string_view text, char separator);
std::string_view trim(std::string_view text);
std::string ascii_lower(std::string_view text);
bool ascii_equal_ignoring_case(std::string_view a, std::string_view b);
std::string hex(std::string_view bytes);
// At most so many bytes of UTF-8, with "..." where something was cut off: for messages.
std::string shortened(std::string_view text, std::size_t most);
// The text with each run of bytes that is not UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view bytes);

}  // namespace wh
