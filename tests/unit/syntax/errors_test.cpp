#include <doctest/doctest.h>

#include "syntax/parse.h"

using namespace wh::syntax;

static std::string messages(const std::string& text) {
    std::string out;
    for (const wh::Diagnostic& one : parse(text, 0).diagnostics) {
        CHECK(one.code == "syntax-error");
        CHECK(one.span.begin <= one.span.end);
        CHECK(one.span.end <= text.size());
        out += one.message + "\n";
    }
    return out;
}

TEST_CASE("errors are told in CPython's words, one a line") {
    CHECK(messages("x = foo(1, 2\ny = 3\n") == "'(' was never closed\n");
    CHECK(messages("x = )\n") == "unmatched ')'\n");
    CHECK(messages("x = (1]\n") ==
          "closing parenthesis ']' does not match opening parenthesis '('\n");
    CHECK(messages("print('a)\nx\n") == "unterminated string literal (detected at line 1)\n");
    CHECK(messages("x = '''a\n") ==
          "unterminated triple-quoted string literal (detected at line 1)\n");
    CHECK(messages("if x = 3: pass\n") ==
          "invalid syntax. Maybe you meant '==' or ':=' instead of '='?\n");
    CHECK(messages("def f(x)\n    return x\n") == "expected ':'\n");
    CHECK(messages("def f():\nx\n") ==
          "expected an indented block after function definition on line 1\n");
    CHECK(messages("if x:\n") == "expected an indented block after 'if' statement on line 1\n");
    CHECK(messages("x\n    y\n") == "unexpected indent\n");
    CHECK(messages("if x:\n        y\n    z\n") ==
          "unindent does not match any outer indentation level\n");
    CHECK(messages("f(a b)\n") == "invalid syntax. Perhaps you forgot a comma?\n");
    CHECK(messages("f() = 3\n") ==
          "cannot assign to function call here. Maybe you meant '==' instead of '='?\n");
    CHECK(messages("print 'a'\n") ==
          "Missing parentheses in call to 'print'. Did you mean print(...)?\n");
    CHECK(messages("print(\u201chello\u201d)\n") == "invalid character '\u201c' (U+201C)\n");
    CHECK(messages("x\u00a0= 1\n") == "invalid non-printable character U+00A0\n");
    CHECK(messages("f(a=1, b)\n") == "positional argument follows keyword argument\n");
    CHECK(messages("try: x\ny\n") == "expected 'except' or 'finally' block\n");
    CHECK(messages("f'{}'\n") == "f-string: valid expression required before '}'\n");
    CHECK(messages("f'}'\n") == "f-string: single '}' is not allowed\n");
    CHECK(messages("1abc\n") == "invalid decimal literal\n");
}

TEST_CASE("a line that cannot end there does not swallow the next one") {
    const Tree tree = parse("x = \ny = 2\n", 0);
    CHECK(tree.diagnostics.size() == 1);
    REQUIRE_FALSE(tree.body.empty());
    const Stmt* last = tree.body.back();
    CHECK(last->kind == StmtKind::Assign);
    CHECK(last->targets[0]->text == "y");
    CHECK(last->targets.size() == 1);
}

TEST_CASE("what is around an error is still read") {
    const Tree tree = parse(
        "import httpx\n"
        "def f(url):\n"
        "    r = httpx.get(\n"
        "        url,\n"
        "        verify=False\n"
        "\n"
        "    return r.json()\n"
        "def g(:\n"
        "    pass\n"
        "h = 1\n",
        0);
    CHECK(tree.diagnostics.size() == 2);
    const Stmt* f = tree.body[1];
    REQUIRE(f->kind == StmtKind::Function);
    REQUIRE(f->body.size() == 2);
    REQUIRE(f->body[0]->kind == StmtKind::Assign);
    const Expr* call = f->body[0]->value;
    REQUIRE(call->kind == ExprKind::Call);
    REQUIRE(call->arguments.size() == 2);
    CHECK(call->arguments[1].name == "verify");
    CHECK(f->body[1]->kind == StmtKind::Return);
    CHECK(tree.body.back()->targets[0]->text == "h");
}

TEST_CASE("at most twenty diagnostics, the first ones") {
    std::string text;
    for (int i = 0; i < 500; ++i) text += "x = = 1\n";
    const Tree tree = parse(text, 0);
    REQUIRE(tree.diagnostics.size() == 20);
    CHECK(tree.diagnostics[0].span.begin < 8);
    CHECK(tree.diagnostics[19].span.begin < 20 * 8);
}
