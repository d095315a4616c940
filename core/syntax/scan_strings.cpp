// Strings and f-strings.
#include "base/text.h"
#include "syntax/scanner.h"

namespace wh::syntax {

void Scanner::string(StringPrefix prefix, std::size_t begin) {
    const char quote = peek();
    const bool triple = peek(1) == quote && peek(2) == quote;
    if (prefix.formatted) {
        push(Frame::FString, quote);
        if (!out_.parseable) return;
        stack_.back().triple = triple;
        stack_.back().raw = prefix.raw;
        stack_.back().position = static_cast<std::uint32_t>(begin);
        copy(triple ? 3 : 1);
        return;
    }
    copy(triple ? 3 : 1);
    while (i_ < text_.size()) {
        const char c = peek();
        if (c == '\\') {
            // Also in raw strings: the quote behind it does not end them.
            replace(peek(1) == '\r' && peek(2) == '\n' ? 3 : 2, 'x');
        } else if (c == quote && (!triple || (peek(1) == quote && peek(2) == quote))) {
            copy(triple ? 3 : 1);
            token_done('"');
            return;
        } else if ((c == '\n' || c == '\r') && !triple) {
            break;
        } else {
            replace(1, 'x');
        }
    }
    const std::size_t outer = first_fstring();
    unterminated(outer < stack_.size() ? stack_[outer].position
                                       : static_cast<std::uint32_t>(begin));
}

void Scanner::unterminated(std::uint32_t begin) {
    const std::size_t quote = text_.find_first_of("'\"", begin);
    const bool triple = text_.substr(quote, 3) == std::string(3, text_[quote]);
    const std::size_t outer = first_fstring();
    const bool formatted = outer < stack_.size();
    const bool line_over = i_ == text_.size() && text_.back() == '\n';
    report(begin, triple ? quote + 3 : i_,
           cat("unterminated ", triple ? "triple-quoted " : "", formatted ? "f-string" : "string",
               " literal (detected at line ", line_number(i_) - (line_over ? 1 : 0), ")"));
    if (formatted) stack_.resize(outer);
    const std::size_t end = i_;
    rewind(begin);
    replace(end - begin, 'x');
    const std::size_t line = text_.rfind('\n', begin) + 1;  // npos + 1 is 0
    while (!stack_.empty() && stack_.back().position >= line) {
        insert(closer(stack_.back().character));
        stack_.pop_back();
    }
    token_done('"');
}

void Scanner::fstring_text() {
    const Open open = stack_.back();
    const char c = peek();
    if (c == open.character && (!open.triple || (peek(1) == c && peek(2) == c))) {
        copy(open.triple ? 3 : 1);
        stack_.pop_back();
        token_done('"');
    } else if ((c == '\n' || c == '\r') && !open.triple) {
        unterminated(stack_[first_fstring()].position);
    } else if (c == '\\') {
        fstring_escape(open.raw);
    } else if ((c == '{' || c == '}') && peek(1) == c) {
        replace(2, 'x');
    } else if (c == '{') {
        push(Frame::Interpolation, c);
        copy(1);
    } else {
        if (c == '}') report(i_, i_ + 1, "f-string: single '}' is not allowed");
        replace(1, 'x');
    }
}

void Scanner::fstring_escape(bool raw) {
    if (!raw && peek(1) == 'N' && peek(2) == '{') {
        const std::size_t end = text_.find_first_of("}\n", i_);
        replace(std::min(end, text_.size() - 1) - i_ + 1, 'x');
        return;
    }
    // A brace behind a backslash still opens.
    const bool brace = peek(1) == '{' || peek(1) == '}';
    replace(brace ? 1 : peek(1) == '\r' && peek(2) == '\n' ? 3 : 2, 'x');
}

void Scanner::format_spec_text() {
    std::size_t k = stack_.size();
    while (stack_[k - 1].frame != Frame::FString) --k;
    const Open& fstring = stack_[k - 1];
    const char c = peek();
    if (c == '}') {
        stack_.resize(stack_.size() - 2);
        copy(1);
    } else if (c == '{') {
        push(Frame::Interpolation, c);
        copy(1);
    } else if ((c == '\n' || c == '\r' || c == fstring.character) && !fstring.triple) {
        replace(line_end(i_) - i_, 'x');
        unterminated(stack_[first_fstring()].position);
    } else if (c == '\\') {
        fstring_escape(fstring.raw);
    } else {
        replace(1, 'x');
    }
}

}  // namespace wh::syntax
