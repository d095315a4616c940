// The scan's state: the text, what was put out, and what is open. Inside syntax/ only; methods are
// defined by topic in scan*.cpp.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "syntax/literal.h"
#include "syntax/scan.h"

namespace wh::syntax {

template <std::size_t N>
bool one_of(std::string_view word, const std::string_view (&words)[N]) {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

enum class Frame : std::uint8_t { Bracket, FString, Interpolation, FormatSpec };

struct Open {
    Frame frame = Frame::Bracket;
    char character = 0;            // the bracket, or the quote
    bool triple = false;           // FString
    bool raw = false;              // FString
    bool type_parameters = false;  // Bracket
    std::uint32_t position = 0;
};

inline char closer(char bracket) {
    return bracket == '(' ? ')' : bracket == '[' ? ']' : '}';
}

class Scanner {
  public:
    Scanner(std::string_view text, Tree& tree, Scan& out)
        : text_(text), tree_(tree), out_(out), lines_(text) {}

    void run();

  private:
    struct Indent {
        std::uint32_t column;
        std::uint32_t alternative;  // with tabs of width 1: CPython's test for consistency
    };

    // Output.
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return i_ + ahead < text_.size() ? text_[i_ + ahead] : '\0';
    }
    void copy(std::size_t count) {
        out_.shadow.append(text_, i_, count);
        i_ += count;
    }
    void replace(std::size_t count, char with) {
        count = std::min(count, text_.size() - i_);
        out_.shadow.append(count, with);
        i_ += count;
    }
    void insert(char c) {
        out_.inserted.push_back(static_cast<std::uint32_t>(i_));
        out_.shadow += c;
    }
    // Right behind the last token: blanks and a comment may have followed.
    void insert_behind_token(char c) {
        out_.inserted.push_back(static_cast<std::uint32_t>(last_end_));
        out_.shadow.insert(out_.shadow.size() - (i_ - last_end_), 1, c);
    }
    // Goes back to `position`; what was put out and found behind it is forgotten.
    void rewind(std::uint32_t position);
    void report(std::size_t begin, std::size_t end, std::string message);
    void too_deep(std::size_t at, std::string message) {
        report(at, at + 1, std::move(message));
        out_.parseable = false;
    }
    [[nodiscard]] std::uint32_t line_number(std::size_t position) const {
        return lines_.at(static_cast<std::uint32_t>(position)).line;
    }
    [[nodiscard]] std::size_t line_end(std::size_t from) const {
        return std::min(text_.find_first_of("\r\n", from), text_.size());
    }
    [[nodiscard]] std::size_t first_fstring() const {
        std::size_t k = 0;
        while (k < stack_.size() && stack_[k].frame != Frame::FString) ++k;
        return k;
    }
    void push(Frame frame, char character);

    void step();

    // Lines and indentation.
    void line_start();
    void indentation(std::uint32_t column, std::uint32_t alternative);

    // After a line that ends with ':', the next one must be deeper.
    void expect_block(std::uint32_t column, std::uint32_t here);
    void end_logical_line();
    [[nodiscard]] static std::uint32_t width(std::string_view line);
    [[nodiscard]] bool next_line_is_deeper() const;
    void new_line(char as) {
        if (peek() == '\r' && peek(1) == '\n') replace(1, ' ');
        replace(1, as);
    }

    void comment();

    // Code.
    void token_done(char last) {
        last_ = last;
        last_end_ = i_;
        statement_start_ = false;
    }

    void code();
    void backslash();
    void digits(bool hexadecimal);
    void number();
    void name();

    // Behind a name: does an operand follow, so that the name must be a keyword?
    [[nodiscard]] bool operand_follows() const;
    void punctuation(char c);

    // At a star: as in `x = *[1], 2`? The grammar allows only names there; a minus has the same
    // place in it, and lowering looks at the text.
    [[nodiscard]] bool star_of_display() const;
    void close(char c);

    // At a line's start inside brackets: does a statement begin here, so that a bracket was
    // forgotten?
    [[nodiscard]] bool statement_begins_here() const;

    // At the end of the text or of a line, with brackets open: goes back to where the statement
    // probably ended, closes them there and goes on with the next line.
    void never_closed();

    // Strings.
    void string(StringPrefix prefix, std::size_t begin);

    // The string that begins at `begin` has no end up to here: for the grammar it becomes a name,
    // and brackets that were opened on its line are taken as closed.
    void unterminated(std::uint32_t begin);
    void fstring_text();
    void fstring_escape(bool raw);
    void format_spec_text();

    std::string_view text_;
    Tree& tree_;
    Scan& out_;
    LineIndex lines_;
    std::size_t i_ = 0;
    std::vector<Open> stack_;
    std::vector<Indent> indents_;
    std::size_t reports_ = 0;

    // The logical line that is being read.
    std::size_t statement_begin_ = 0;
    std::string_view line_keyword_;  // its first word, but for async
    bool statement_start_ = true;    // no token of the statement was read yet
    bool reported_line_ = false;
    bool after_decorator_ = false;  // the line before was one
    int colons_ = 0;                // outside brackets, those of lambda not counted
    char last_ = 0;  // the last token: its character, 'a' name, 'k' keyword, '0' number, '"' string
    std::size_t last_end_ = 0;  // end of the last token

    // The last one, if it ended with ':'.
    bool block_opened_ = false;
    std::string_view block_keyword_;
    std::size_t block_begin_ = 0;
};

}  // namespace wh::syntax
