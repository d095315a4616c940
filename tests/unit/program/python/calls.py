def f(a, b=2, *args, c, d=4, **kwargs):
    return a, b, args, c, d, kwargs


print(f(1, c=3))
print(f(1, 2, 3, 4, c=5, e=6))
print(f(*[1, 2], **{"c": 3, "z": 1}))


def positional(a, b, /, c, *, d):
    return a, b, c, d


print(positional(1, 2, 3, d=4))


def attempt(call):
    try:
        call()
    except TypeError as exc:
        print(exc)


def one(a):
    pass


def two(a, b, c=1):
    pass


def keywords(*, x, y):
    pass


class Thing:
    def __init__(self, name):
        self.name = name

    def method(self, a):
        return self.name, a

    @staticmethod
    def static(a):
        return a

    @classmethod
    def build(cls, name):
        return cls(name)


class Plain:
    pass


attempt(lambda: one())
attempt(lambda: one(1, 2))
attempt(lambda: two())
attempt(lambda: two(1))
attempt(lambda: two(1, 2, 3, 4))
attempt(lambda: two(1, 2, a=3))
attempt(lambda: keywords())
attempt(lambda: keywords(x=1))
attempt(lambda: keywords(1, x=1, y=2))
attempt(lambda: positional(a=1, b=2, c=3, d=4))
attempt(lambda: Thing())
attempt(lambda: Thing("n").method())
attempt(lambda: Plain(1))
attempt(lambda: 5())
attempt(lambda: f(1, **{"c": 1}, c=2))
attempt(lambda: one(**5))
print(Thing("n").method(1), Thing.static(2), Thing.build("b").name, Thing.method(Thing("u"), 3))


def decorator(prefix):
    def wrap(function):
        def inner(*args, **kwargs):
            return prefix + str(function(*args, **kwargs))
        return inner
    return wrap


@decorator("a")
@decorator("b")
def decorated(x):
    return x


print(decorated(5))


class Callable:
    def __call__(self, *args):
        return args


print(Callable()(1, 2))
bound = Thing("bound").method
print(bound(9))


def mutable(item, bucket=[]):
    bucket.append(item)
    return bucket


mutable(1)
print(mutable(2))
print((lambda a, b=2: a + b)(1))


def documented(a: int, b: "str" = "x") -> bool:
    """Says so."""


print(documented.__doc__, documented.__name__, documented.__defaults__)
print(documented.__annotations__)


def outer():
    class Inner:
        def method(self):
            pass
    return Inner


print(outer().method.__qualname__, outer().__qualname__)
