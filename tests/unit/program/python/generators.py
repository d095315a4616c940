def count(n):
    for i in range(n):
        received = yield i
        if received:
            print("got", received)
    return "done"


g = count(3)
print(next(g), g.send("x"), next(g))
try:
    next(g)
except StopIteration as exc:
    print("stop", exc.value)


def delegate():
    result = yield from count(2)
    print("result", result)
    yield from "ab"


print(list(delegate()))


def careful():
    try:
        yield 1
        yield 2
    except ValueError as exc:
        print("caught", exc)
        yield 99
    finally:
        print("cleanup")


g = careful()
next(g)
print(g.throw(ValueError("thrown")))
g.close()
g = careful()
next(g)
g.close()
print(list(g))


def through():
    yield from careful()


g = through()
next(g)
print(g.throw(ValueError("deep")))
print(list(g))


def broken():
    yield 1
    raise StopIteration


try:
    list(broken())
except RuntimeError as exc:
    print(exc, type(exc.__cause__).__name__)


def infinite():
    n = 0
    while True:
        yield n
        n += 1


def take(k, it):
    return [x for _, x in zip(range(k), it)]


print(take(4, infinite()))
squares = (x * x for x in range(5) if x % 2)
print(list(squares), list(squares))
print(sum(x for x in range(10)), max((len(w) for w in ["a", "bbb"])))


class Tree:
    def __init__(self, value, *children):
        self.value, self.children = value, children

    def __iter__(self):
        yield self.value
        for child in self.children:
            yield from child


print(list(Tree(1, Tree(2, Tree(3)), Tree(4))))


def context_kept():
    try:
        raise KeyError("k")
    except KeyError:
        yield 1
        try:
            raise ValueError("v")
        except ValueError as exc:
            yield type(exc.__context__).__name__


print(list(context_kept()))
g = count(1)
try:
    g.send(1)
except TypeError as exc:
    print(exc)


def self_running():
    yield next(me)


me = self_running()
try:
    next(me)
except ValueError as exc:
    print(exc)
print([x for x in (y + 1 for y in range(3))])
a, b = (i for i in (1, 2))
print(a, b, any(i > 1 for i in (1, 2)), dict((i, i) for i in "ab"))
