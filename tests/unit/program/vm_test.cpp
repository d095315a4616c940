#include <doctest/doctest.h>

#include "harness.h"
#include "program/scheduler.h"
#include "program/signature.h"

using namespace wh::program;  // NOLINT: a test

namespace {

std::vector<std::string> seen_of(Run& made) {
    std::vector<std::string> list;
    for (const wh::trust::SeenException& each : made.vm.take_seen()) {
        list.push_back(each.function + ": " + each.error.class_name + ": " + each.error.message);
    }
    return list;
}

}  // namespace

TEST_CASE("an exception counts as seen once, where it first passes through the paste") {
    Run made(R"(
def inner():
    raise ValueError("v")

def middle():
    try:
        inner()
    except ValueError as exc:
        raise KeyError("k") from exc

def outer():
    try:
        middle()
    except KeyError:
        return [int(x) for x in ["1", "y"]]

def quiet():
    for x in iter([]):
        pass
    next(x for x in [1])
    return next(iter([]), None)

quiet()
try:
    outer()
except ValueError:
    pass
)");
    CHECK(made.error.empty());
    CHECK(seen_of(made) ==
          std::vector<std::string>{
              "inner: ValueError: v", "middle: KeyError: 'k'",
              "outer: ValueError: invalid literal for int() with base 10: 'y'"});
}

TEST_CASE("description of causes") {
    Run made(R"(
class Odd(Exception):
    pass
try:
    1 / 0
except ZeroDivisionError:
    raise Odd("o")
)");
    CHECK(made.error == "snippet.Odd: o");
    const auto seen = made.vm.take_seen();
    REQUIRE(seen.size() == 2);
    REQUIRE(seen[1].error.cause.size() == 1);
    CHECK(seen[1].error.cause[0].class_name == "ZeroDivisionError");
    CHECK(seen[1].function == "<module>");
    CHECK(made.program.text(seen[1].span).substr(0, 9) == "raise Odd");
}

TEST_CASE("endless programs end and say so") {
    for (const char* text : {"while True: pass", "def f():\n  while 1:\n    try:\n      while 1: pass\n"
                                                 "    except BaseException: pass\nf()",
                             "x = []\nwhile True: x.append(x)",
                             "x = 'ab'\nwhile True: x += x"}) {
        Run made(text);
        CHECK(made.vm.stopped());
        REQUIRE(made.vm.diagnostics().size() == 1);
        CHECK(made.vm.diagnostics()[0].code.ends_with("-limit"));
    }
}

TEST_CASE("imports between files of the paste") {
    const std::vector<SourceFile> files = {
        {"snippet.py", "from pkg.a import name, b\nimport pkg.sub.c as c\nimport pkg.a\n"
                       "from pkg import *\nprint(name, b.value, c.where, pkg.a.name, star)\n"
                       "print(__name__)\n"
                       "try:\n    from pkg.a import missing\nexcept ImportError as exc:\n"
                       "    print(exc)\n"
                       "try:\n    import pkg.nothing\nexcept ModuleNotFoundError as exc:\n"
                       "    print(exc)\n"},
        {"pkg/__init__.py", "star = 'star'\n"},
        {"pkg/a.py", "from . import b\nfrom .b import value as name\n"},
        // While pkg/a.py still runs, the package has no attribute `a` (measured: CPython 3.11).
        {"pkg/b.py", "import pkg\nvalue = 'b'\ntry:\n    pkg.a\nexcept AttributeError as exc:\n"
                     "    print(exc)\n"
                     "try:\n    from pkg.a import name\nexcept ImportError as exc:\n"
                     "    print(exc)\n"},
        {"pkg/sub/__init__.py", ""},
        {"pkg/sub/c.py", "from ..b import value\nwhere = __name__\n"}};
    Run made(files);
    CHECK(made.error == "");
    CHECK(made.vm.output() == "cannot access submodule 'a' of module 'pkg' (most likely due to a circular import)\n"
                              "cannot import name 'name' from partially initialized module 'pkg.a' "
                              "(most likely due to a circular import) (pkg/a.py)\n"
                              "b b pkg.sub.c b star\nsnippet\n"
                              "cannot import name 'missing' from 'pkg.a' (pkg/a.py)\n"
                              "No module named 'pkg.nothing'\n");
}

TEST_CASE("what is not modelled is unknown, and said") {
    Run made(R"(
import acme_sdk
from acme_sdk.errors import AcmeError

client = acme_sdk.Client("key").connect()

@acme_sdk.retry
def kept():
    return "kept"

class Mine(acme_sdk.Base):
    def own(self):
        return "own"

class MineError(acme_sdk.Error):
    pass

try:
    with client as c:
        raise MineError("m")
except AcmeError:
    print("never")
except MineError as exc:
    print(exc)
print(kept(), Mine(1, 2).own())
)");
    CHECK(made.error == "");
    CHECK(made.vm.output() == "m\nkept own\n");
    std::vector<std::string> said;
    for (const auto& each : made.vm.not_modelled_list()) said.push_back(each.what);
    CHECK(said == std::vector<std::string>{"import of 'acme_sdk'", "decorator 'acme_sdk.retry'"});
}

TEST_CASE("coverage, spans of calls, entry points") {
    Run made("def used():\n    return 1\n\ndef unused():\n    return 2\n\nused()\n");
    CHECK(made.program.functions().size() == 2);
    CHECK(made.vm.was_entered(made.program.functions()[0]));
    CHECK(!made.vm.was_entered(made.program.functions()[1]));
    std::vector<std::string> reached;
    for (std::size_t i = 0; i < made.program.marks().size(); ++i) {
        if (made.vm.covered()[i]) {
            reached.emplace_back(made.program.text(made.program.marks()[i]).substr(0, 8));
        }
    }
    CHECK(reached == std::vector<std::string>{"def used", "return 1", "def unus", "used()"});
}

TEST_CASE("signatures, annotations that are text") {
    Run made(R"(
from __future__ import annotations
import functools

class Item:
    def __init__(self, name: str, count: int = 1):
        pass

def plain(a: Item, /, b: Nowhere, *rest, c: "int" = 5, **more) -> Item:
    pass

def wrap(f):
    @functools.wraps(f)
    def inner(*args, **kwargs):
        return f(*args, **kwargs)
    return inner

wrapped = wrap(plain)
)");
    REQUIRE(made.error == "");
    const Module* module = as_module(made.vm.main_module());
    const auto list = signature_of(made.vm, *module->globals.find("wrapped"));
    REQUIRE(list.size() == 5);
    CHECK(list[0].kind == ParameterInfo::Kind::PositionalOnly);
    CHECK(as_class(list[0].annotation));
    CHECK(text_of(list[1].annotation) == "Nowhere");
    CHECK(list[2].kind == ParameterInfo::Kind::Star);
    CHECK(list[3].default_value.integer == 5);
    CHECK(list[3].default_value.origin->kind == wh::trust::OriginKind::ParameterDefault);
    CHECK(list[4].name == "more");
    CHECK(signature_of(made.vm, *module->globals.find("Item")).size() == 2);
    CHECK(as_class(return_annotation_of(made.vm, *module->globals.find("plain"))));
    CHECK(!made.vm.failed());
}

namespace {

// Takes a second of its task's time; blocking if called, not if awaited.
struct Slow : Awaitable {
    using Awaitable::Awaitable;
    Value run(Vm& vm) override {
        if (vm.deadline() < vm.clock() + 1'000'000) {
            vm.clock() = vm.deadline();
            return vm.raise_cancelled();
        }
        vm.clock() += 1'000'000;
        return Value::of(vm.clock());
    }
};
Value make_slow(Vm& vm, Arguments&) {
    return Value::of(vm.make<Slow>(ObjectKind::Awaitable, vm.types().awaitable));
}
Value block(Vm& vm, Arguments&) {
    vm.clock() += 1'000'000;
    return Value::of(vm.clock());
}

}  // namespace

TEST_CASE("virtual time: awaited natives overlap, blocking ones do not, deadlines cut") {
    Run made(R"(
import asyncio

async def wait(log, name, f):
    if name != "blocking":
        log.append((name, await f()))
    else:
        log.append((name, f()))

async def together(log, slow, block):
    await asyncio.gather(wait(log, "a", slow), wait(log, "b", slow))
    await asyncio.gather(wait(log, "blocking", block), wait(log, "after", slow))
    try:
        async with asyncio.timeout(0.5):
            await slow()
    except TimeoutError as exc:
        log.append(("timeout", type(exc.__cause__).__name__))
    try:
        await asyncio.wait_for(asyncio.to_thread(block), 0.25)
    except TimeoutError:
        log.append("thread given up")
    return log
)");
    REQUIRE(made.error == "");
    const Module* module = as_module(made.vm.main_module());
    Vm& vm = made.vm;
    const Value coroutine =
        vm.call(*module->globals.find("together"),
                {vm.list(), vm.native("slow", &make_slow), vm.native("block", &block)});
    const Value log = vm.await_now(coroutine);
    REQUIRE(log);
    std::string text;
    CHECK(vm.repr(log, text));
    CHECK(text ==
          "[('a', 1000000), ('b', 1000000), ('blocking', 2000000), ('after', 3000000), "
          "('timeout', 'CancelledError'), 'thread given up']");
    CHECK(vm.clock() == 3'750'000);
}
