#include "syntax/scan.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "syntax/characters.h"
#include "syntax/literal.h"

namespace wh::syntax {

namespace {

constexpr std::size_t kBracketsMax = 200;      // CPython: MAXLEVEL
constexpr std::size_t kIndentationsMax = 100;  // CPython: MAXINDENT
constexpr std::size_t kReportsMax = 100;       // far more than are kept

template <std::size_t N>
bool one_of(std::string_view word, const std::string_view (&words)[N]) {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// Begin a compound statement wherever they begin a line: a ':' must follow.
constexpr std::string_view kBlockKeywords[] = {"if",  "elif",   "else",    "while", "for",  "with",
                                               "try", "except", "finally", "def",   "class"};
// Cannot stand at the start of a line inside brackets.
constexpr std::string_view kStatementKeywords[] = {
    "assert", "break",  "class", "continue", "def",    "del", "elif",  "except", "finally",
    "global", "import", "pass",  "raise",    "return", "try", "while", "with",   "nonlocal"};

enum class Frame : std::uint8_t { Bracket, FString, Interpolation, FormatSpec };

struct Open {
    Frame frame = Frame::Bracket;
    char character = 0;            // the bracket, or the quote
    bool triple = false;           // FString
    bool raw = false;              // FString
    bool type_parameters = false;  // Bracket
    std::uint32_t position = 0;
};

char closer(char bracket) {
    return bracket == '(' ? ')' : bracket == '[' ? ']' : '}';
}

class Scanner {
  public:
    Scanner(std::string_view text, Tree& tree, Scan& out)
        : text_(text), tree_(tree), out_(out), lines_(text) {}

    void run() {
        out_.shadow.reserve(text_.size() + 16);
        if (text_.starts_with("\xEF\xBB\xBF")) copy(3);
        indents_.push_back({0, 0});
        line_start();
        while (out_.parseable) {
            if (i_ < text_.size()) {
                step();
            } else if (stack_.empty()) {
                end_logical_line();
                break;
            } else if (first_fstring() < stack_.size()) {
                unterminated(stack_[first_fstring()].position);
            } else {
                never_closed();
            }
        }
        if (out_.parseable) expect_block(0, static_cast<std::uint32_t>(i_));
    }

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
    void rewind(std::uint32_t position) {
        std::vector<std::uint32_t>& inserted = out_.inserted;
        while (!inserted.empty() && inserted.back() > position) inserted.pop_back();
        out_.shadow.resize(position + inserted.size());
        std::vector<std::uint32_t>& units = out_.units;
        while (!units.empty() && units.back() > out_.shadow.size()) units.pop_back();
        while (!tree_.comments.empty() && tree_.comments.back().span.begin >= position) {
            tree_.comments.pop_back();
        }
        i_ = position;
    }
    void report(std::size_t begin, std::size_t end, std::string message) {
        if (reports_++ >= kReportsMax) return;
        tree_.diagnostics.push_back(
            {Severity::Error,
             "syntax-error",
             std::move(message),
             {tree_.file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}});
        reported_line_ = true;
    }
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
    void push(Frame frame, char character) {
        if (stack_.size() >= kBracketsMax) {
            too_deep(i_, cat("too deeply nested: more than ", kBracketsMax, " brackets"));
            return;
        }
        Open open;
        open.frame = frame;
        open.character = character;
        open.position = static_cast<std::uint32_t>(i_);
        stack_.push_back(open);
    }

    void step() {
        const Frame frame = stack_.empty() ? Frame::Bracket : stack_.back().frame;
        if (frame == Frame::FString) {
            fstring_text();
        } else if (frame == Frame::FormatSpec) {
            format_spec_text();
        } else {
            code();
        }
    }

    // Lines and indentation.
    void line_start() {
        // Blank lines and comments say nothing about indentation.
        std::uint32_t column = 0;
        std::uint32_t alternative = 0;
        while (i_ < text_.size()) {
            const char c = peek();
            if (c == ' ') {
                ++column, ++alternative;
                copy(1);
            } else if (c == '\t') {
                column = (column / 8 + 1) * 8;
                ++alternative;
                copy(1);
            } else if (c == '\f') {
                column = alternative = 0;
                copy(1);
            } else if (c == '#') {
                comment();
            } else if (c == '\n' || c == '\r') {
                column = alternative = 0;
                new_line('\n');
            } else {
                break;
            }
        }
        statement_begin_ = last_end_ = i_;
        line_keyword_ = {};
        statement_start_ = true;
        reported_line_ = false;
        colons_ = 0;
        last_ = 0;
        if (i_ >= text_.size()) return;
        indentation(column, alternative);
        if (column != 0 || after_decorator_) return;
        std::size_t end = i_;
        while (end < text_.size() && continues_name(text_[end])) ++end;
        constexpr std::string_view kGoesOn[] = {"elif", "else", "except", "finally"};
        if (one_of(text_.substr(i_, end - i_), kGoesOn)) return;
        out_.units.push_back(static_cast<std::uint32_t>(out_.shadow.size()));
    }

    void indentation(std::uint32_t column, std::uint32_t alternative) {
        const auto here = static_cast<std::uint32_t>(i_);
        const Indent top = indents_.back();
        const bool inconsistent = column == top.column  ? alternative != top.alternative
                                  : column > top.column ? alternative <= top.alternative
                                                        : false;
        if (inconsistent) report(here, here, "inconsistent use of tabs and spaces in indentation");
        expect_block(column, here);
        if (column > top.column) {
            if (!block_opened_ && !inconsistent) report(here, line_end(here), "unexpected indent");
            if (indents_.size() >= kIndentationsMax) {
                too_deep(here, "too many levels of indentation");
            } else {
                indents_.push_back({column, alternative});
            }
        } else {
            while (indents_.back().column > column) indents_.pop_back();
            if (indents_.back().column != column) {
                report(here, line_end(here), "unindent does not match any outer indentation level");
                indents_.push_back({column, alternative});
            }
        }
        block_opened_ = false;
    }

    // After a line that ends with ':', the next one must be deeper.
    void expect_block(std::uint32_t column, std::uint32_t here) {
        if (!block_opened_ || column > indents_.back().column) return;
        std::string after = cat("'", block_keyword_, "' statement");
        if (block_keyword_ == "def") after = "function definition";
        if (block_keyword_ == "class") after = "class definition";
        report(here, i_ < text_.size() ? line_end(here) : here,
               cat("expected an indented block after ", after, " on line ",
                   line_number(block_begin_)));
        block_opened_ = false;
    }

    void end_logical_line() {
        if (statement_begin_ >= text_.size()) return;
        after_decorator_ = text_[statement_begin_] == '@';
        const bool block = one_of(line_keyword_, kBlockKeywords);
        if (block && colons_ <= 0) {
            if (!reported_line_) {
                report(last_end_, last_end_ + (last_end_ < text_.size() ? 1 : 0), "expected ':'");
            }
            if (next_line_is_deeper()) {
                insert_behind_token(':');
                last_ = ':';
            }
        }
        // A simple statement may end with ':' only by mistake; the grammar tells.
        block_opened_ =
            last_ == ':' && (block || line_keyword_ == "match" || line_keyword_ == "case");
        if (!block_opened_) {
            // The grammar takes a line end for a blank wherever a statement could go on: `x =`
            // would swallow the next line.
            if (last_ != ';' && !after_decorator_) insert_behind_token(';');
            return;
        }
        block_keyword_ = line_keyword_;
        block_begin_ = statement_begin_;
    }

    [[nodiscard]] static std::uint32_t width(std::string_view line) {
        std::uint32_t column = 0;
        for (const char c : line) {
            if (c == ' ') {
                ++column;
            } else if (c == '\t') {
                column = (column / 8 + 1) * 8;
            } else {
                break;
            }
        }
        return column;
    }

    [[nodiscard]] bool next_line_is_deeper() const {
        for (std::size_t at = i_; at < text_.size();) {
            at = text_.find('\n', at);
            if (at == std::string_view::npos) return false;
            ++at;
            const std::string_view line = text_.substr(at, line_end(at) - at);
            const std::string_view words = trim(line);
            if (words.empty() || words[0] == '#') continue;
            return width(line) > indents_.back().column;
        }
        return false;
    }

    void new_line(char as) {
        if (peek() == '\r' && peek(1) == '\n') replace(1, ' ');
        replace(1, as);
    }

    void comment() {
        const std::size_t end = line_end(i_);
        tree_.comments.push_back(
            {{tree_.file, static_cast<std::uint32_t>(i_), static_cast<std::uint32_t>(end)}});
        replace(end - i_, ' ');
    }

    // Code.
    void token_done(char last) {
        last_ = last;
        last_end_ = i_;
        statement_start_ = false;
    }

    void code() {
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

    void backslash() {
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

    void digits(bool hexadecimal) {
        const auto digit = [&](char c) {
            return is_digit(c) ||
                   (hexadecimal && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));
        };
        while (digit(peek()) || (peek() == '_' && digit(peek(1)))) copy(1);
    }

    void number() {
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

    void name() {
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

    // Behind a name: does an operand follow, so that the name must be a keyword?
    [[nodiscard]] bool operand_follows() const {
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

    void punctuation(char c) {
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

    // At a star: as in `x = *[1], 2`? The grammar allows only names there; a minus has the same
    // place in it, and lowering looks at the text.
    [[nodiscard]] bool star_of_display() const {
        if (!stack_.empty() || (last_ != '=' && last_ != ',' && last_ != 'k')) return false;
        if (line_keyword_ == "except") return false;
        const std::size_t next = text_.find_first_not_of(" \t", i_ + 1);
        return next != std::string_view::npos &&
               std::string_view("([{\"'").find(text_[next]) != std::string_view::npos;
    }

    void close(char c) {
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
                       "' does not match opening parenthesis '", std::string(1, open.character),
                       "'", line == line_number(i_) ? std::string() : cat(" on line ", line)));
            replace(1, wanted);
        }
        stack_.pop_back();
    }

    // At a line's start inside brackets: does a statement begin here, so that a bracket was
    // forgotten?
    [[nodiscard]] bool statement_begins_here() const {
        if (first_fstring() < stack_.size()) return false;
        std::size_t at = i_;
        while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
        std::size_t end = at;
        while (end < text_.size() && continues_name(text_[end])) ++end;
        const char next = end < text_.size() ? text_[end] : '\n';
        return next != '"' && next != '\'' &&
               one_of(text_.substr(at, end - at), kStatementKeywords);
    }

    // At the end of the text or of a line, with brackets open: goes back to where the statement
    // probably ended, closes them there and goes on with the next line.
    void never_closed() {
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

    // Strings.
    void string(StringPrefix prefix, std::size_t begin) {
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

    // The string that begins at `begin` has no end up to here: for the grammar it becomes a name,
    // and brackets that were opened on its line are taken as closed.
    void unterminated(std::uint32_t begin) {
        const std::size_t quote = text_.find_first_of("'\"", begin);
        const bool triple = text_.substr(quote, 3) == std::string(3, text_[quote]);
        const std::size_t outer = first_fstring();
        const bool formatted = outer < stack_.size();
        const bool line_over = i_ == text_.size() && text_.back() == '\n';
        report(
            begin, triple ? quote + 3 : i_,
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

    void fstring_text() {
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

    void fstring_escape(bool raw) {
        if (!raw && peek(1) == 'N' && peek(2) == '{') {
            const std::size_t end = text_.find_first_of("}\n", i_);
            replace(std::min(end, text_.size() - 1) - i_ + 1, 'x');
            return;
        }
        // A brace behind a backslash still opens.
        const bool brace = peek(1) == '{' || peek(1) == '}';
        replace(brace ? 1 : peek(1) == '\r' && peek(2) == '\n' ? 3 : 2, 'x');
    }

    void format_spec_text() {
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
        } else if (((c == '\n' || c == '\r' || c == fstring.character) && !fstring.triple)) {
            if (c == fstring.character)
                i_ = line_end(i_), out_.shadow.resize(i_ + out_.inserted.size());
            unterminated(stack_[first_fstring()].position);
        } else if (c == '\\') {
            fstring_escape(fstring.raw);
        } else {
            replace(1, 'x');
        }
    }

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

}  // namespace

std::uint32_t Scan::position(std::uint32_t in_shadow) const {
    // The k-th inserted byte stands at inserted[k] + k in the shadow.
    std::size_t low = 0;
    std::size_t high = inserted.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (inserted[middle] + middle < in_shadow) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return in_shadow - static_cast<std::uint32_t>(low);
}

Scan scan(std::string_view text, Tree& tree) {
    Scan out;
    if (text.size() > limits::kSourceBytesMax) {
        out.parseable = false;
        tree.diagnostics.push_back(
            {Severity::Error, "syntax-error", "the text is too long", {tree.file, 0, 0}});
        return out;
    }
    Scanner(text, tree, out).run();
    return out;
}

bool clean_text(std::string_view text, Tree& tree, std::string& out) {
    bool nul = false;
    bool not_utf8 = false;
    const auto fix = [&](std::size_t i, bool& known, char with, const char* message) {
        if (!nul && !not_utf8) out = text;
        out[i] = with;
        if (known) return;
        known = true;
        const auto begin = static_cast<std::uint32_t>(i);
        tree.diagnostics.push_back(
            {Severity::Error, "syntax-error", message, {tree.file, begin, begin + 1}});
    };
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint point = decode_utf8(text, i);
        if (point.length == 0) fix(i, not_utf8, '?', "(unicode error) the text is not UTF-8");
        if (point.length == 1 && point.value == 0) {
            fix(i, nul, ' ', "source code cannot contain null bytes");
        }
        i += point.length == 0 ? 1 : point.length;
    }
    return nul || not_utf8;
}

}  // namespace wh::syntax
