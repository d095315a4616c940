#include <doctest/doctest.h>

#include "syntax/parse.h"

using namespace wh::syntax;

TEST_CASE("keyword arguments are spanned with their name") {
    const std::string text = "import httpx\nhttpx.get(url, verify=False)\n";
    const Tree tree = parse(text, 0);
    CHECK(tree.diagnostics.empty());
    REQUIRE(tree.body.size() == 2);
    const Expr* call = tree.body[1]->value;
    REQUIRE(call->arguments.size() == 2);
    const Argument& verify = call->arguments[1];
    CHECK(verify.name == "verify");
    CHECK(text.substr(verify.span.begin, verify.span.end - verify.span.begin) == "verify=False");
}
