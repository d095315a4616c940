#include "base/limits.h"
#include "base/text.h"
#include "syntax/characters.h"
#include "syntax/scanner.h"

namespace wh::syntax {

static constexpr std::size_t kBracketsMax = 200;      // CPython: MAXLEVEL
static constexpr std::size_t kIndentationsMax = 100;  // CPython: MAXINDENT
static constexpr std::size_t kReportsMax = 100;       // far more than are kept

// Begin a compound statement wherever they begin a line: a ':' must follow.
static constexpr std::string_view kBlockKeywords[] = {
    "if", "elif", "else", "while", "for", "with", "try", "except", "finally", "def", "class"};
void Scanner::run() {
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

void Scanner::rewind(std::uint32_t position) {
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

void Scanner::report(std::size_t begin, std::size_t end, std::string message) {
    if (reports_++ >= kReportsMax) return;
    tree_.diagnostics.push_back(
        {Severity::Error,
         "syntax-error",
         std::move(message),
         {tree_.file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}});
    reported_line_ = true;
}

void Scanner::push(Frame frame, char character) {
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

void Scanner::step() {
    const Frame frame = stack_.empty() ? Frame::Bracket : stack_.back().frame;
    if (frame == Frame::FString) {
        fstring_text();
    } else if (frame == Frame::FormatSpec) {
        format_spec_text();
    } else {
        code();
    }
}

void Scanner::line_start() {
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

void Scanner::indentation(std::uint32_t column, std::uint32_t alternative) {
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

void Scanner::expect_block(std::uint32_t column, std::uint32_t here) {
    if (!block_opened_ || column > indents_.back().column) return;
    std::string after = cat("'", block_keyword_, "' statement");
    if (block_keyword_ == "def") after = "function definition";
    if (block_keyword_ == "class") after = "class definition";
    report(here, i_ < text_.size() ? line_end(here) : here,
           cat("expected an indented block after ", after, " on line ", line_number(block_begin_)));
    block_opened_ = false;
}

void Scanner::end_logical_line() {
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
    block_opened_ = last_ == ':' && (block || line_keyword_ == "match" || line_keyword_ == "case");
    if (!block_opened_) {
        // The grammar takes a line end for a blank wherever a statement could go on: `x =`
        // would swallow the next line.
        if (last_ != ';' && !after_decorator_) insert_behind_token(';');
        return;
    }
    block_keyword_ = line_keyword_;
    block_begin_ = statement_begin_;
}

std::uint32_t Scanner::width(std::string_view line) {
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

bool Scanner::next_line_is_deeper() const {
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

void Scanner::comment() {
    const std::size_t end = line_end(i_);
    tree_.comments.push_back(
        {{tree_.file, static_cast<std::uint32_t>(i_), static_cast<std::uint32_t>(end)}});
    replace(end - i_, ' ');
}

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
