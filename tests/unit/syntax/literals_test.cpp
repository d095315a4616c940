#include <doctest/doctest.h>

#include "syntax/parse.h"

using namespace wh::syntax;

namespace {

struct Parsed {
    Tree tree;
    const Expr* value = nullptr;
    explicit Parsed(const std::string& text) : tree(parse(text + "\n", 0)) {
        REQUIRE(tree.body.size() == 1);
        value = tree.body[0]->value;
        REQUIRE(value != nullptr);
    }
};

}  // namespace

TEST_CASE("strings are decoded and joined") {
    CHECK(Parsed(R"('a\n\x41\u00e9\U0001F600\101\q\
b')")
              .value->text == "a\nA\u00e9\U0001F600A\\qb");
    CHECK(Parsed(R"(r'\n\'' "x" u'y')").value->text == "\\n\\'xy");
    CHECK(Parsed(R"('\N{EURO SIGN}')").value->text == "\u20ac");
    CHECK(Parsed("'''a\r\nb'''").value->text == "a\nb");
    const Parsed bytes(R"(b'\xff\u0041' rb'\x')");
    CHECK(bytes.value->kind == ExprKind::BytesLiteral);
    CHECK(bytes.value->text == "\xff\\u0041\\x");
}

TEST_CASE("numbers in every spelling") {
    CHECK(Parsed("0xFF_FF").value->integer == 0xFFFF);
    CHECK(Parsed("0o17").value->integer == 15);
    CHECK(Parsed("0b1_0").value->integer == 2);
    CHECK(Parsed("1_000.5e-3").value->real == doctest::Approx(1.0005));
    CHECK(Parsed("3J").value->kind == ExprKind::ComplexLiteral);
    CHECK(Parsed("9223372036854775807").value->integer == INT64_MAX);
    CHECK_FALSE(Parsed("9223372036854775807").value->big);
    const Parsed big("9_223_372_036_854_775_808");
    CHECK(big.value->big);
    CHECK(big.value->text == "9223372036854775808");
    CHECK(Parsed("0777").tree.diagnostics.size() == 1);
    CHECK(Parsed("00").tree.diagnostics.empty());
}

TEST_CASE("an f-string is literals and values in order") {
    const Parsed parsed(R"("a" f"{x!r:>{w}}{{" f'{y = }' rf"\d")");
    const Expr* joined = parsed.value;
    REQUIRE(joined->kind == ExprKind::JoinedString);
    REQUIRE(joined->items.size() == 5);
    CHECK(joined->items[0]->text == "a");
    CHECK(joined->items[1]->conversion == 'r');
    REQUIRE(joined->items[1]->format_spec != nullptr);
    const Expr* spec = joined->items[1]->format_spec;
    REQUIRE(spec->items.size() == 2);
    CHECK(spec->items[0]->text == ">");
    CHECK(spec->items[1]->value->text == "w");
    CHECK(joined->items[2]->text == "{y = ");
    CHECK(joined->items[3]->conversion == 'r');  // f"{y=}" shows repr()
    CHECK(joined->items[4]->text == "\\d");
}

TEST_CASE("quotes, colons and equal signs inside f-strings") {
    CHECK(Parsed(R"(f"{d["k"]}")").tree.diagnostics.empty());
    const Parsed width(R"(f"{name:=^40}")");  // no walrus: a fill character
    CHECK(width.tree.diagnostics.empty());
    CHECK(width.value->items[0]->value->text == "name");
    CHECK(width.value->items[0]->format_spec->items[0]->text == "=^40");
    CHECK(Parsed("f'''{\n  x  # why\n}'''").tree.diagnostics.empty());
    CHECK(Parsed("f\"{x:%H:%M}\"").value->items[0]->format_spec->items[0]->text == "%H:%M");
}
