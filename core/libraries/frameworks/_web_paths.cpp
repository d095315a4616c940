// Path patterns (starlette 0.46.1, starlette/routing.py compile_path, convertors.py).
#include <algorithm>

#include "base/text.h"
#include "libraries/frameworks/_web.h"

namespace wh::libraries::web {

namespace {

bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Length of the longest prefix that the converter takes; `accepts` judges shorter ones.
std::size_t longest(PathPattern::Convert convert, std::string_view path) {
    const auto run_of = [path](auto&& good) {
        return static_cast<std::size_t>(std::find_if_not(path.begin(), path.end(), good) -
                                        path.begin());
    };
    switch (convert) {
        case PathPattern::Convert::Path:
            return path.size();
        case PathPattern::Convert::Int:
            return run_of(is_digit);
        case PathPattern::Convert::Float:
            return run_of([](char c) { return is_digit(c) || c == '.'; });
        case PathPattern::Convert::Uuid:
            return std::min<std::size_t>(36, run_of([](char c) {
                                             return is_digit(c) || c == '-' ||
                                                    (c >= 'a' && c <= 'f') ||
                                                    (c >= 'A' && c <= 'F');
                                         }));
        case PathPattern::Convert::Str:
            return run_of([](char c) { return c != '/'; });
    }
    return 0;
}

bool accepts(PathPattern::Convert convert, std::string_view text) {
    if (convert == PathPattern::Convert::Path) return true;
    if (text.empty()) return false;
    if (convert == PathPattern::Convert::Float) {
        const std::size_t dot = text.find('.');
        return is_digit(text.front()) && is_digit(text.back()) &&
               (dot == text.npos || text.find('.', dot + 1) == text.npos);
    }
    if (convert == PathPattern::Convert::Uuid) {
        return text.size() - static_cast<std::size_t>(std::count(text.begin(), text.end(), '-')) ==
               32;
    }
    return true;
}

bool match_from(const PathPattern& pattern, std::size_t index, std::string_view path,
                std::vector<std::string>& out) {
    if (index == pattern.tokens.size()) {
        if (!pattern.prefix) return path.empty() || path == "\n";
        if (!path.empty() && path.front() != '/') return false;
        out.emplace_back(path);
        return true;
    }
    const PathPattern::Token& token = pattern.tokens[index];
    if (!token.parameter) {
        return path.starts_with(token.text) &&
               match_from(pattern, index + 1, path.substr(token.text.size()), out);
    }
    // Greedy with steps back, as the regular expression.
    for (std::size_t length = longest(token.convert, path) + 1; length-- > 0;) {
        if (!accepts(token.convert, path.substr(0, length))) continue;
        out.emplace_back(path.substr(0, length));
        if (match_from(pattern, index + 1, path.substr(length), out)) return true;
        out.pop_back();
    }
    return false;
}

}  // namespace

std::vector<std::string> PathPattern::names() const {
    std::vector<std::string> out;
    for (const Token& token : tokens) {
        if (token.parameter) out.push_back(token.text);
    }
    return out;
}

std::string PathPattern::format() const {
    std::string out;
    for (const Token& token : tokens) {
        out += token.parameter ? cat("{", token.text, "}") : token.text;
    }
    return out;
}

bool PathPattern::match(std::string_view path, std::vector<std::string>& out) const {
    out.clear();
    return match_from(*this, 0, path, out);
}

bool parse_path(Vm& vm, std::string_view path, PathPattern& out) {
    std::string literal;
    const auto flush = [&] {
        if (!literal.empty()) out.tokens.push_back({false, literal, PathPattern::Convert::Str});
        literal.clear();
    };
    std::size_t at = 0;
    while (at < path.size()) {
        const std::size_t close = path[at] == '{' ? path.find('}', at) : path.npos;
        if (close == path.npos || at + 1 >= path.size() || !is_name_start(path[at + 1])) {
            literal += path[at++];
            continue;
        }
        const std::string_view inside = path.substr(at + 1, close - at - 1);
        const std::size_t colon = inside.find(':');
        const std::string_view convert =
            colon == inside.npos ? std::string_view("str") : inside.substr(colon + 1);
        constexpr std::string_view kConverters[] = {"str", "path", "int", "float", "uuid"};
        const auto* const known =
            std::find(std::begin(kConverters), std::end(kConverters), convert);
        if (known == std::end(kConverters)) {
            vm.raise(vm.types().assertion_error, cat("Unknown path convertor '", convert, "'"));
            return false;
        }
        flush();
        const std::string name(inside.substr(0, colon));
        for (const std::string& other : out.names()) {
            if (other == name) {
                vm.raise(vm.types().value_error,
                         cat("Duplicated param name ", name, " at path ", path));
                return false;
            }
        }
        out.tokens.push_back(
            {true, name, static_cast<PathPattern::Convert>(known - std::begin(kConverters))});
        at = close + 1;
    }
    flush();
    return true;
}

}  // namespace wh::libraries::web
