#include <doctest/doctest.h>

#include "syntax/parse.h"

using namespace wh::syntax;

// The tree of one expression statement, without positions: "Binary(Name a, Name b)" would need a
// second printer, so the dump is reduced to its words.
static std::string shape(const std::string& text) {
    const std::string dumped = dump(parse(text, 0));
    std::string out;
    bool number = false;
    for (std::size_t i = 0; i < dumped.size(); ++i) {
        const char c = dumped[i];
        const bool digit = (c >= '0' && c <= '9') || c == ':';
        if (i > 0 && dumped[i - 1] == ' ' && c >= '0' && c <= '9') {
            const std::size_t end = dumped.find_first_of(" \n", i);
            number = dumped.substr(i, end - i).find(':') != std::string::npos;
        }
        if (number && digit) continue;
        number = false;
        out += c;
    }
    return out;
}

static const Expr* value_of(const Tree& tree) {
    REQUIRE(tree.diagnostics.empty());
    REQUIRE(tree.body.size() == 1);
    REQUIRE(tree.body[0]->value != nullptr);
    return tree.body[0]->value;
}

TEST_CASE("what the grammar gets wrong about precedence is put right") {
    // & binds tighter than ^, whatever side it stands on.
    const Tree bits = parse("a ^ b & c ^ d\n", 0);
    const Expr* top = value_of(bits);
    CHECK(top->binary_op == BinaryOp::BitXor);
    CHECK(top->left->binary_op == BinaryOp::BitXor);
    CHECK(top->left->right->binary_op == BinaryOp::BitAnd);
    CHECK(top->right->text == "d");

    const Tree power = parse("await a ** b\n", 0);
    CHECK(value_of(power)->kind == ExprKind::Binary);
    CHECK(value_of(power)->left->kind == ExprKind::Await);

    const Tree star = parse("x = *a.b(c), d\n", 0);
    const Expr* tuple = value_of(star);
    REQUIRE(tuple->items.size() == 2);
    REQUIRE(tuple->items[0]->kind == ExprKind::Starred);
    CHECK(tuple->items[0]->value->kind == ExprKind::Call);
    const Tree display = parse("x = *[1, 2], 3\n", 0);
    CHECK(value_of(display)->items[0]->kind == ExprKind::Starred);
    CHECK(value_of(display)->items[0]->value->kind == ExprKind::List);
}

TEST_CASE("unions of types are nested to the left however they are written") {
    const Tree tree = parse("x: list[str] | A | None = None\n", 0);
    REQUIRE(tree.body.size() == 1);
    const Expr* type = tree.body[0]->annotation;
    CHECK(type->right->kind == ExprKind::NoneLiteral);
    CHECK(type->left->right->text == "A");
    CHECK(type->left->left->kind == ExprKind::Subscript);
}

TEST_CASE("boolean operators are flat, comparisons are chains") {
    const Tree tree = parse("a or b or c and d\n", 0);
    const Expr* either = value_of(tree);
    CHECK(either->is_or);
    REQUIRE(either->items.size() == 3);
    CHECK_FALSE(either->items[2]->is_or);
    const Tree chain = parse("a < b not  in c is not d\n", 0);
    CHECK(value_of(chain)->comparisons ==
          std::vector<CompareOp>{CompareOp::Less, CompareOp::NotIn, CompareOp::IsNot});
    CHECK(value_of(chain)->items.size() == 3);
}

TEST_CASE("arguments of every kind keep their order") {
    const std::string text = "f(a, *b, k=1, **c)\n";
    const Tree tree = parse(text, 0);
    const Expr* call = value_of(tree);
    REQUIRE(call->arguments.size() == 4);
    using Kind = Argument::Kind;
    const Kind kinds[] = {Kind::Positional, Kind::Star, Kind::Keyword, Kind::DoubleStar};
    const char* texts[] = {"a", "*b", "k=1", "**c"};
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(call->arguments[i].kind == kinds[i]);
        const wh::Span span = call->arguments[i].span;
        CHECK(text.substr(span.begin, span.end - span.begin) == texts[i]);
    }
}

TEST_CASE("parameters of every kind") {
    const Tree tree = parse("def f(a, /, b=1, *c, d: int = 2, **e): pass\n", 0);
    REQUIRE(tree.body.size() == 1);
    const std::vector<Parameter>& list = tree.body[0]->parameters;
    REQUIRE(list.size() == 5);
    using Kind = Parameter::Kind;
    const Kind kinds[] = {Kind::PositionalOnly, Kind::Normal, Kind::Star, Kind::KeywordOnly,
                          Kind::DoubleStar};
    for (std::size_t i = 0; i < 5; ++i) CHECK(list[i].kind == kinds[i]);
    CHECK(list[1].default_value != nullptr);
    CHECK(list[3].annotation->text == "int");
}

TEST_CASE("the dump shows a comprehension with its clauses") {
    CHECK(shape("[x async for x in y if z]\n") ==
          "Expression \n"
          "  value ListComprehension \n"
          "    value Name  'x'\n"
          "    async for Name  'x'\n"
          "    in Name  'y'\n"
          "    if Name  'z'\n");
}
