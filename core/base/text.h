// Small text helpers: std::format is missing in the cross compiler's library.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace wh {

// One piece of text: a string or an integer. cat("port ", 443, " refused").
class Piece {
  public:
    Piece(const char* text) : text_(text) {}               // NOLINT: implicit on purpose
    Piece(std::string_view text) : text_(text) {}          // NOLINT
    Piece(const std::string& text) : text_(text) {}        // NOLINT
    Piece(int number) : Piece(static_cast<long long>(number)) {}                      // NOLINT
    Piece(unsigned number) : Piece(static_cast<unsigned long long>(number)) {}        // NOLINT
    Piece(long number) : Piece(static_cast<long long>(number)) {}                     // NOLINT
    Piece(unsigned long number) : Piece(static_cast<unsigned long long>(number)) {}   // NOLINT
    Piece(long long number);                                                          // NOLINT
    Piece(unsigned long long number);                                                 // NOLINT
    [[nodiscard]] std::string_view view() const {
        return length_ ? std::string_view(digits_, length_) : text_;
    }

  private:
    std::string_view text_;
    char digits_[24] = {};
    std::size_t length_ = 0;
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
// The text with each run of bytes that is not UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view bytes);

}  // namespace wh
