#include <algorithm>

#include <doctest/doctest.h>

#include "base/limits.h"
#include "syntax/parse.h"

using namespace wh::syntax;

static std::string repeat(const std::string& unit, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += unit;
    return out;
}

static bool says(const Tree& tree, const std::string& words) {
    return std::any_of(tree.diagnostics.begin(), tree.diagnostics.end(), [&](const auto& one) {
        return one.message.find(words) != std::string::npos;
    });
}

TEST_CASE("nothing, and next to nothing") {
    for (const char* text :
         {"", "\n", "# only a comment", "\xEF\xBB\xBF", "  ", "\\", "\\\n", ";", "\f", "\t"}) {
        CAPTURE(text);
        const Tree tree = parse(text, 0);
        dump(tree);
        CHECK(tree.diagnostics.size() <= 1);
    }
    CHECK(parse("", 0).diagnostics.empty());
    CHECK(parse("x", 0).body.size() == 1);
}

TEST_CASE("any nesting ends with a diagnostic, not with the stack") {
    for (const std::string& text :
         {repeat("(", 10000), repeat("-", 10000) + "1", repeat("not ", 10000) + "1",
          "a" + repeat(".b", 10000), "1" + repeat("+1", 10000), "f" + repeat("()", 10000),
          repeat("lambda:", 10000) + "0", "a" + repeat(" if a else a", 10000),
          "if x: pass\n" + repeat("elif y: pass\n", 10000), "a" + repeat("^a&a", 10000),
          "x: a" + repeat("|a", 10000), repeat("f'{", 10000), repeat("await ", 10000) + "x"}) {
        CAPTURE(text.substr(0, 40));
        const Tree tree = parse(text + "\n", 0);
        CHECK(says(tree, "too deeply nested"));
        dump(tree);
    }
    std::string indented;
    for (int i = 0; i < 150; ++i) {
        indented.append(static_cast<std::size_t>(i), ' ');
        indented += "if x:\n";
    }
    CHECK(says(parse(indented, 0), "too many levels of indentation"));
    // What is flat is no nesting.
    CHECK(parse("a" + repeat(" or a", 10000) + "\n", 0).diagnostics.empty());
    CHECK(parse("x = [" + repeat("1, ", 10000) + "]\n", 0).diagnostics.empty());
}

TEST_CASE("NUL and bytes that are not UTF-8 are errors with a place; the rest is read") {
    const Tree nul = parse(std::string("x = 1\ny = \0 2\n", 14), 0);
    CHECK(says(nul, "source code cannot contain null bytes"));
    CHECK(nul.body.size() == 2);
    const Tree bytes = parse("x = '\xff\xfe'\ny = 2\n", 0);
    CHECK(says(bytes, "UTF-8"));
    REQUIRE(bytes.body.size() == 2);
    CHECK(bytes.body[0]->value->text == "??");
}

TEST_CASE("arbitrary bytes and broken copies of a program give a tree with positions in the text") {
    const std::string program =
        "from fastapi import FastAPI\n"
        "app = FastAPI()\n"
        "@app.get('/pay')\n"
        "async def pay(x: int = 1):\n"
        "    async with httpx.AsyncClient(verify=False) as client:\n"
        "        r = await client.get(f\"https://api.example/{x!r:>{10}}\")\n"
        "    return {'a': r.json(), **{}}\n";
    std::uint32_t state = 1;
    const auto draw = [&](std::size_t bound) {
        state = state * 1664525U + 1013904223U;
        return (state >> 8) % bound;
    };
    for (int round = 0; round < 300; ++round) {
        std::string text = program;
        for (std::size_t i = draw(6) + 1; i > 0; --i) {
            const std::size_t at = draw(text.size());
            switch (draw(3)) {
                case 0:
                    text[at] = static_cast<char>(draw(256));
                    break;
                case 1:
                    text.erase(at, draw(8));
                    break;
                default:
                    text.insert(at, 1, "()[]{}'\"\n:\\#f*="[draw(15)]);
            }
        }
        CAPTURE(text);
        const Tree tree = parse(text, 0);
        bool inside = true;
        for (const Expr& one : tree.exprs) {
            inside = inside && one.span.begin <= one.span.end && one.span.end <= text.size();
        }
        for (const wh::Diagnostic& one : tree.diagnostics) {
            inside = inside && one.span.begin <= one.span.end && one.span.end <= text.size();
        }
        CHECK(inside);
        CHECK(dump(tree) == dump(parse(text, 0)));
    }
}

TEST_CASE("a text beyond the bound is refused") {
    const Tree tree = parse(std::string(wh::limits::kSourceBytesMax + 1, '\n'), 0);
    CHECK(says(tree, "too long"));
}
