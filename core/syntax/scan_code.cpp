// Tokens: names, numbers, brackets and other punctuation.
#include "base/text.h"
#include "syntax/characters.h"
#include "syntax/scanner.h"

namespace wh::syntax {

// Cannot stand at the start of a line inside brackets.
static constexpr std::string_view kStatementKeywords[] = {
    "assert", "break",  "class", "continue", "def",    "del", "elif",  "except", "finally",
    "global", "import", "pass",  "raise",    "return", "try", "while", "with",   "nonlocal"};

void Scanner::code() {
    const char c = peek();
    if (c == ' ' || c == '\t' || c == '\f') {
        replace(1, ' ');
    } else if (c == '#') {
        comment();
    } else if (c == '\n' || c == '\r') {
        if (stack_.empty()) {
            end_logical_line();
            new_line('\n');
            line_start();
        } else {
            new_line(' ');
            if (statement_begins_here()) never_closed();
        }
    } else if (c == '\\') {
        backslash();
    } else if (c == '"' || c == '\'') {
        string({}, i_);
    } else if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
        number();
    } else if (starts_name(c)) {
        name();
    } else {
        punctuation(c);
    }
}

void Scanner::backslash() {
    const char next = peek(1);
    if (next == '\n' || next == '\r') {
        replace(1, ' ');
        new_line(' ');
        return;
    }
    report(i_, i_ + 1,
           i_ + 1 < text_.size() ? "unexpected character after line continuation character"
                                 : "unexpected EOF while parsing");
    replace(1, ' ');
}

void Scanner::digits(bool hexadecimal) {
    const auto digit = [&](char c) {
        return is_digit(c) || (hexadecimal && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));
    };
    while (digit(peek()) || (peek() == '_' && digit(peek(1)))) copy(1);
}

void Scanner::number() {
    const std::size_t begin = i_;
    const char base = peek() == '0' ? peek(1) : ' ';
    const char* kind = "decimal";
    if (base == 'x' || base == 'X') kind = "hexadecimal";
    if (base == 'o' || base == 'O') kind = "octal";
    if (base == 'b' || base == 'B') kind = "binary";
    if (*kind == 'd') {
        digits(false);
        if (peek() == '.') copy(1);
        digits(false);
        const char sign = peek(1);
        const bool exponent = (peek() == 'e' || peek() == 'E') &&
                              is_digit(sign == '+' || sign == '-' ? peek(2) : sign);
        if (exponent) {
            copy(2);
            digits(false);
        }
        if (peek() == 'j' || peek() == 'J') copy(1);
    } else {
        copy(2);
        digits(*kind == 'h');
    }
    // `1if x else 2` is allowed; anything else is no number.
    constexpr std::string_view kAfter[] = {"and", "else", "for", "if", "in", "is", "not", "or"};
    std::size_t end = i_;
    while (end < text_.size() && continues_name(text_[end])) ++end;
    if (end > i_ && !one_of(text_.substr(i_, end - i_), kAfter)) {
        report(begin, end, cat("invalid ", kind, " literal"));
        replace(end - i_, ' ');
    }
    token_done('0');
}

void Scanner::name() {
    const std::size_t begin = i_;
    while (continues_name(peek())) {
        const CodePoint point = decode_utf8(text_, i_);
        const std::string_view bytes = text_.substr(i_, point.length);
        const std::string problem =
            point.length > 1 ? invalid_character(point, bytes) : std::string();
        if (problem.empty()) {
            copy(point.length);
            continue;
        }
        report(i_, i_ + point.length, problem);
        replace(point.length, ' ');
        if (begin + point.length == i_) return;
        break;
    }
    const std::string_view word = trim(text_.substr(begin, i_ - begin));
    if (peek() == '"' || peek() == '\'') {
        StringPrefix prefix;
        if (read_prefix(word, prefix)) {
            string(prefix, begin);
            return;
        }
    }
    if (stack_.empty()) {
        if (statement_start_ && line_keyword_.empty() && word != "async") line_keyword_ = word;
        if (word == "lambda") --colons_;
    }
    if ((word == "print" || word == "exec" || word == "type") &&
        !(statement_start_ && operand_follows())) {
        out_.shadow.back() = 'x';  // a name like others, not what the grammar makes of it
    }
    const bool async = word == "async" && statement_start_;
    token_done(is_hard_keyword(word) ? 'k' : 'a');
    statement_start_ = async;
}

bool Scanner::operand_follows() const {
    std::size_t at = i_;
    while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
    if (at == i_ || at == text_.size()) return false;
    const char c = text_[at];
    if (c == '"' || c == '\'' || is_digit(c)) return true;
    if (!starts_name(c)) return false;
    std::size_t end = at;
    while (end < text_.size() && continues_name(text_[end])) ++end;
    return !is_hard_keyword(text_.substr(at, end - at));
}

void Scanner::punctuation(char c) {
    Open* top = stack_.empty() ? nullptr : &stack_.back();
    const bool in_hole = top != nullptr && top->frame == Frame::Interpolation;
    if (in_hole && (c == '}' || c == ':' || (c == '!' && peek(1) != '=')) &&
        trim(text_.substr(top->position + 1, i_ - top->position - 1)).empty()) {
        report(i_, i_ + 1,
               cat("f-string: valid expression required before '", std::string(1, c), "'"));
    }
    if (c == '*' && star_of_display()) {
        replace(1, '-');
    } else if (c == '(' || c == '[' || c == '{') {
        const bool parameters =
            c == '[' && stack_.empty() && last_ == 'a' &&
            (line_keyword_ == "def" || line_keyword_ == "class" || line_keyword_ == "type");
        push(Frame::Bracket, c);
        if (!stack_.empty()) stack_.back().type_parameters = parameters;
        copy(1);
    } else if (c == '}' && in_hole) {
        stack_.pop_back();
        copy(1);
    } else if (c == ')' || c == ']' || c == '}') {
        close(c);
    } else if (c == ':' && in_hole) {
        push(Frame::FormatSpec, ':');
        copy(1);
    } else if (c == ':' && peek(1) == '=') {
        copy(2);
    } else if (c == ':') {
        if (stack_.empty()) ++colons_;
        copy(1);
        token_done(':');
        statement_start_ = stack_.empty();
        return;
    } else if (c == ';') {
        copy(1);
        token_done(';');
        statement_start_ = true;
        return;
    } else if (c == '=' && top != nullptr && top->type_parameters) {
        replace(1, ':');  // defaults of type parameters (PEP 696), unknown to the grammar
    } else if (c == '$' || c == '?' || c == '`' || (c == '!' && peek(1) != '=' && !in_hole)) {
        report(i_, i_ + 1, "invalid syntax");
        replace(1, ' ');
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
        report(i_, i_ + 1, invalid_character({static_cast<unsigned char>(c), 1}, {}));
        replace(1, ' ');
    } else {
        copy(1);
    }
    token_done(c);
}

bool Scanner::star_of_display() const {
    if (!stack_.empty() || (last_ != '=' && last_ != ',' && last_ != 'k')) return false;
    if (line_keyword_ == "except") return false;
    const std::size_t next = text_.find_first_not_of(" \t", i_ + 1);
    return next != std::string_view::npos &&
           std::string_view("([{\"'").find(text_[next]) != std::string_view::npos;
}

void Scanner::close(char c) {
    if (stack_.empty()) {
        report(i_, i_ + 1, cat("unmatched '", std::string(1, c), "'"));
        replace(1, ' ');
        return;
    }
    const Open open = stack_.back();
    if (open.frame == Frame::Interpolation) {
        report(i_, i_ + 1, cat("f-string: unmatched '", std::string(1, c), "'"));
        replace(1, ' ');
        return;
    }
    const char wanted = closer(open.character);
    if (c == wanted) {
        copy(1);
    } else {
        const std::uint32_t line = line_number(open.position);
        report(i_, i_ + 1,
               cat("closing parenthesis '", std::string(1, c),
                   "' does not match opening parenthesis '", std::string(1, open.character), "'",
                   line == line_number(i_) ? std::string() : cat(" on line ", line)));
        replace(1, wanted);
    }
    stack_.pop_back();
}

bool Scanner::statement_begins_here() const {
    if (first_fstring() < stack_.size()) return false;
    std::size_t at = i_;
    while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
    std::size_t end = at;
    while (end < text_.size() && continues_name(text_[end])) ++end;
    const char next = end < text_.size() ? text_[end] : '\n';
    return next != '"' && next != '\'' && one_of(text_.substr(at, end - at), kStatementKeywords);
}

void Scanner::never_closed() {
    const Open open = stack_.back();
    report(open.position, open.position + 1,
           cat("'", std::string(1, open.character), "' was never closed"));
    std::uint32_t resume = static_cast<std::uint32_t>(i_);
    const std::size_t first_line = text_.rfind('\n', statement_begin_) + 1;  // npos + 1 is 0
    const std::uint32_t column = width(text_.substr(first_line, statement_begin_ - first_line));
    for (std::size_t at = text_.find('\n', open.position); at < i_; at = text_.find('\n', at)) {
        ++at;
        const std::string_view line = text_.substr(at, line_end(at) - at);
        const std::string_view words = trim(line);
        if (words.empty() || width(line) > column) continue;
        if (words[0] == ')' || words[0] == ']' || words[0] == '}') continue;
        resume = static_cast<std::uint32_t>(std::min(at, i_));
        break;
    }
    const bool at_end = resume >= text_.size();
    // In front of the line end, which counts again.
    std::uint32_t stop = resume;
    if (!at_end && stop > open.position) --stop;
    rewind(stop);
    last_end_ = i_;
    while (last_end_ > open.position &&
           out_.shadow[out_.shadow.size() - 1 - (i_ - last_end_)] == ' ') {
        --last_end_;
    }
    while (!stack_.empty()) {
        insert_behind_token(closer(stack_.back().character));
        stack_.pop_back();
    }
    last_ = ')';
    statement_start_ = false;
}

}  // namespace wh::syntax
