#include <doctest/doctest.h>

#include "syntax/parse.h"

using namespace wh::syntax;

static Tree valid(const std::string& text) {
    Tree tree = parse(text, 0);
    for (const wh::Diagnostic& one : tree.diagnostics) FAIL_CHECK(one.message);
    return tree;
}

TEST_CASE("keyword arguments are spanned with their name") {
    const std::string text = "import httpx\nhttpx.get(url, verify=False)\n";
    const Tree tree = valid(text);
    REQUIRE(tree.body.size() == 2);
    const Expr* call = tree.body[1]->value;
    REQUIRE(call->arguments.size() == 2);
    const Argument& verify = call->arguments[1];
    CHECK(verify.name == "verify");
    CHECK(text.substr(verify.span.begin, verify.span.end - verify.span.begin) == "verify=False");
}

TEST_CASE("elif is an if in the alternative, else belongs to the last") {
    const Tree tree = valid("if a: pass\nelif b: pass\nelse: x\n");
    REQUIRE(tree.body.size() == 1);
    REQUIRE(tree.body[0]->alternative.size() == 1);
    const Stmt* elif = tree.body[0]->alternative[0];
    CHECK(elif->kind == StmtKind::If);
    CHECK(elif->value->text == "b");
    CHECK(elif->alternative.size() == 1);
}

TEST_CASE("with: items in parentheses are items, a call in parentheses is not") {
    CHECK(valid("with (a as b, c): pass\n").body[0]->with_items.size() == 2);
    CHECK(valid("with (a, b): pass\n").body[0]->with_items.size() == 2);
    const Tree one = valid("async def f():\n    async with (open(x)) as g: pass\n");
    const Stmt* with = one.body[0]->body[0];
    CHECK(with->is_async);
    REQUIRE(with->with_items.size() == 1);
    CHECK(with->with_items[0].target->text == "g");
}

TEST_CASE("try with every part") {
    const Tree tree = valid(
        "try: a\nexcept (B, C) as d: e\nexcept: f\nelse: g\nfinally: h\n"
        "try: a\nexcept* B: c\n");
    REQUIRE(tree.body.size() == 2);
    const Stmt* first = tree.body[0];
    REQUIRE(first->handlers.size() == 2);
    CHECK(first->handlers[0].name == "d");
    CHECK(first->handlers[1].type == nullptr);
    CHECK(first->alternative.size() == 1);
    CHECK(first->final_body.size() == 1);
    CHECK_FALSE(first->is_star);
    CHECK(tree.body[1]->is_star);
    CHECK(tree.body[1]->handlers[0].type->text == "B");
}

TEST_CASE("match with every pattern") {
    const Tree tree = valid(
        "match x:\n"
        "    case -1 | 2+3j: pass\n"
        "    case [a, *_]: pass\n"
        "    case {'k': v, **rest}: pass\n"
        "    case A.B(c, d=None) as e if f: pass\n"
        "    case (g): pass\n"
        "    case _: pass\n");
    const std::vector<MatchCase>& cases = tree.body[0]->cases;
    REQUIRE(cases.size() == 6);
    CHECK(cases[0].pattern->kind == PatternKind::Or);
    CHECK(cases[0].pattern->patterns[0]->value->unary_op == UnaryOp::Negate);
    CHECK(cases[1].pattern->patterns[1]->kind == PatternKind::Star);
    CHECK(cases[2].pattern->name == "rest");
    CHECK(cases[2].pattern->keys[0]->text == "k");
    const Pattern* as = cases[3].pattern;
    CHECK(as->kind == PatternKind::As);
    CHECK(as->name == "e");
    CHECK(as->patterns[0]->keyword_names == std::vector<std::string>{"d"});
    CHECK(as->patterns[0]->keyword_patterns[0]->kind == PatternKind::Singleton);
    CHECK(cases[3].guard->text == "f");
    CHECK(cases[4].pattern->kind == PatternKind::Capture);
    CHECK(cases[4].pattern->name == "g");
    CHECK(cases[5].pattern->name.empty());
}

TEST_CASE("imports") {
    const Tree tree = valid("import a.b as c, d\nfrom ..e import (f as g, h,)\nfrom i import *\n");
    REQUIRE(tree.body.size() == 3);
    CHECK(tree.body[0]->imports[0].name == "a.b");
    CHECK(tree.body[0]->imports[0].alias == "c");
    CHECK(tree.body[1]->module == "e");
    CHECK(tree.body[1]->level == 2);
    CHECK(tree.body[1]->imports.size() == 2);
    CHECK(tree.body[2]->imports[0].name == "*");
}

TEST_CASE("words that are keywords only sometimes are names elsewhere") {
    const Tree tree = valid(
        "type(x).y = 1\nprint = 2\nprint >> x\nmatch.z = case\ntype X[T] = list[T]\n"
        "class A[T = int]: pass\nmatch = type\n");
    REQUIRE(tree.body.size() == 9);  // each type parameter is assigned before its statement
    CHECK(tree.body[0]->kind == StmtKind::Assign);
    CHECK(tree.body[0]->targets[0]->value->value->text == "type");
    CHECK(tree.body[2]->value->left->text == "print");
    CHECK(tree.body[4]->targets[0]->text == "T");
    CHECK(tree.body[5]->kind == StmtKind::TypeAlias);
    CHECK(tree.body[5]->name == "X");
    CHECK(tree.body[6]->targets[0]->text == "T");
    CHECK(tree.body[7]->name == "A");
    CHECK(tree.body[7]->arguments.size() == 1);
}

TEST_CASE("positions are those of the text, whatever the line ends and the byte-order mark") {
    const std::string text = "\xEF\xBB\xBFif x:\r\n\ty = (1,\r\n  2)  # note\r\n\r\nz\r\n";
    const Tree tree = valid(text);
    REQUIRE(tree.body.size() == 2);
    const auto at = [&](wh::Span span) { return text.substr(span.begin, span.end - span.begin); };
    CHECK(at(tree.body[0]->body[0]->span) == "y = (1,\r\n  2)");
    CHECK(at(tree.body[1]->span) == "z");
    REQUIRE(tree.comments.size() == 1);
    CHECK(at(tree.comments[0].span) == "# note");
}
