#include "trust/origin.h"

#include <algorithm>

#include "base/text.h"

namespace wh::trust {

namespace {

constexpr std::size_t kLeavesMax = 16;
constexpr std::size_t kVisitedMax = 512;  // origins looked at for one question

// Words that make a name secret wherever they stand in it ("stripe_api_key", "X-Auth-Token").
constexpr std::string_view kWords[] = {
    "password", "passwd",   "passphrase",    "pwd",       "secret",     "secrets",
    "token",    "tokens",   "jwt",           "apikey",    "credential", "cvc",
    "cvv",      "cvc2",     "cvv2",          "iban",      "pan",        "ssn",
    "pin",      "otp",      "cookie",        "sessionid", "bearer",     "credentials",
    "dsn",      "passcode", "authorization", "signature", "hmac",
};
// A "... key" is a secret, unless it is one of these.
constexpr std::string_view kPlainKeys[] = {
    "public", "cache",  "primary", "foreign", "sort", "partition", "idempotency", "routing", "row",
    "lookup", "object", "group",   "dict",    "json", "map",       "order",       "index",   "s3",
};
// Last words that turn a secret's name into the name of something about it.
constexpr std::string_view kHarmlessEnds[] = {
    "url",    "uri",     "endpoint", "host",    "path",   "file",      "name",   "type",  "id",
    "length", "size",    "expiry",   "expires", "ttl",    "algorithm", "header", "count", "max",
    "min",    "enabled", "in",       "field",   "prefix", "usage",     "limit",
};

template <std::size_t N>
bool among(const std::string_view (&list)[N], std::string_view word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// "accessToken" and "ACCESS-TOKEN" are access, token.
std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words(1);
    bool after_lower = false;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool lower = c >= 'a' && c <= 'z';
        const bool digit = c >= '0' && c <= '9';
        if ((upper && after_lower) || (!upper && !lower && !digit)) words.emplace_back();
        if (upper || lower || digit) words.back() += upper ? static_cast<char>(c + 32) : c;
        after_lower = lower;
    }
    std::erase(words, std::string());
    return words;
}

// The leaves in order, each once; bounded, because origins of long loops share many ancestors.
template <class Visit>
void visit_leaves(const Origin* origin, Visit visit) {
    std::vector<const Origin*> open;
    std::vector<const Origin*> seen;
    if (origin) open.push_back(origin);
    while (!open.empty() && seen.size() < kVisitedMax) {
        const Origin* each = open.back();
        open.pop_back();
        if (std::find(seen.begin(), seen.end(), each) != seen.end()) continue;
        seen.push_back(each);
        if (!visit(each)) return;
        for (std::size_t i = each->from.size(); i-- > 0;) {
            if (each->from[i]) open.push_back(each->from[i]);
        }
    }
}

}  // namespace

bool comes_from(const Origin* origin, OriginKind kind) {
    bool found = false;
    visit_leaves(origin, [&](const Origin* each) { return !(found = each->kind == kind); });
    return found;
}

std::vector<const Origin*> leaves(const Origin* origin) {
    std::vector<const Origin*> out;
    visit_leaves(origin, [&](const Origin* each) {
        if (each->kind != OriginKind::Derived) out.push_back(each);
        return out.size() < kLeavesMax;
    });
    return out;
}

bool is_secret(const Origin* origin) {
    bool found = false;
    visit_leaves(origin, [&](const Origin* each) { return !(found = each->secret); });
    return found;
}

bool names_a_secret(std::string_view name) {
    const std::vector<std::string> words = words_of(name);
    if (words.empty() || (words.size() > 1 && among(kHarmlessEnds, words.back()))) return false;
    if (words[0] == "max" || words[0] == "min") return false;  // max_tokens
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (among(kWords, word) || (word == "auth" && words.size() == 1)) return true;
        if (i > 0 && (word == "key" || word == "keys") && !among(kPlainKeys, words[i - 1]))
            return true;
        if (i > 0 && word == "number" && words[i - 1] == "card") return true;
    }
    return false;
}

}  // namespace wh::trust
