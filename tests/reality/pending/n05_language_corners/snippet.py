import abc
import asyncio
import contextlib
import enum
import functools
import itertools
import operator
import sys
import typing
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import KW_ONLY, InitVar, asdict, astuple, dataclass, field, fields, replace
from types import MappingProxyType, SimpleNamespace
from typing import ClassVar, NamedTuple, Protocol, TypedDict, overload, runtime_checkable

from fastapi import FastAPI

app = FastAPI()


def attempt(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return getattr(instance, self.name, 0)

    def __set__(self, instance, value):
        if value <= 0:
            raise ValueError(f"{self.name[1:]} must be positive, not {value!r}")
        setattr(instance, self.name, value)

    def __delete__(self, instance):
        delattr(instance, self.name)


class Registry(type):
    known: dict[str, type] = {}

    def __new__(mcls, name, bases, namespace, /, register=True, **kw):
        cls = super().__new__(mcls, name, bases, namespace, **kw)
        if register and bases:
            mcls.known[name.lower()] = cls
        return cls

    def __call__(cls, *args, **kwargs):
        made = super().__call__(*args, **kwargs)
        made.made_by = cls.__name__
        return made

    def __len__(cls):
        return len(cls.known)


class Plugin(metaclass=Registry):
    qty = Positive()

    def __init__(self, qty=1):
        self.qty = qty

    def __getattr__(self, name):
        if name.startswith("is_"):
            return lambda: name[3:] == type(self).__name__.lower()
        raise AttributeError(f"{type(self).__name__} has no {name}")


class Mail(Plugin):
    pass


class Sms(Plugin, register=False):
    pass


class Shape(abc.ABC):
    @property
    @abc.abstractmethod
    def area(self) -> float: ...

    @abc.abstractmethod
    def scale(self, by): ...

    @classmethod
    def unit(cls):
        return cls(1)

    def __repr__(self):
        return f"<{self.__class__.__qualname__} {self.area:.2f}>"


class Square(Shape):
    __slots__ = ("side",)
    __match_args__ = ("side",)

    def __init__(self, side):
        self.side = side

    @property
    def area(self):
        return self.side ** 2

    def scale(self, by):
        return Square(self.side * by)

    def __eq__(self, other):
        return isinstance(other, Square) and self.side == other.side

    def __hash__(self):
        return hash(self.side)


@runtime_checkable
class HasArea(Protocol):
    area: float


@functools.total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(int(p) for p in text.split("."))

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        if not isinstance(other, Version):
            return NotImplemented
        return self.parts < other.parts

    def __format__(self, spec):
        return (spec or ".").join(map(str, self.parts))


class Vector(NamedTuple):
    x: float
    y: float = 0

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __matmul__(self, other):
        return self.x * other.x + self.y * other.y

    def __bool__(self):
        return any(self)


@dataclass
class Base:
    kind: ClassVar[str] = "base"
    a: int
    _: KW_ONLY
    b: list[int] = field(default_factory=list, repr=False)
    scale: InitVar[int] = 1

    def __post_init__(self, scale):
        self.a *= scale


@dataclass(frozen=True)
class Point:
    x: int
    y: int = 0
    tags: tuple[str, ...] = ()


class Movie(TypedDict, total=False):
    name: str
    year: int


class Perm(enum.Flag):
    R = enum.auto()
    W = enum.auto()
    X = enum.auto()
    RW = R | W


class Color(enum.Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1

    @classmethod
    def _missing_(cls, value):
        return cls.RED if value == "r" else None

    @property
    def nice(self):
        return self.name.title()


@app.get("/classes")
def classes():
    m = Mail(3)
    return [m.qty, m.made_by, sorted(Registry.known), len(Plugin), m.is_mail(), m.is_sms(), attempt(lambda: m.nope), attempt(Mail, 0), attempt(Shape), Square.unit().area, repr(Square(2).scale(3)), isinstance(Square(1), HasArea), isinstance(5, HasArea), {Square(1), Square(1)} == {Square(1)}, attempt(setattr, Square(1), "color", 2), Version("1.2") < Version("1.10"), Version("1.2") >= Version("1.2"), f"{Version('1.2.3')} {Version('1.2.3'):-}", attempt(lambda: Version("1") < 5), Vector(1, 2) + Vector(3), Vector(1, 2) @ Vector(3, 4), bool(Vector(0)), Vector(1)._asdict(), Vector(1)._replace(y=9), Vector._fields, attempt(Vector), isinstance(Positive, type), type(Plugin.__dict__["qty"]).__name__, Plugin.__mro__[1].__name__, Mail.__mro__[1].__name__, attempt(lambda: super(Mail, m).nope), vars(m), attempt(delattr, m, "qty"), m.qty, hasattr(m, "zip"), getattr(m, "zip", "dflt"), callable(m), attempt(lambda: len(m)), attempt(lambda: m + 1), attempt(lambda: m[0]), attempt(lambda: m()), attempt(lambda: iter(m)), attempt(lambda: int(m)) if False else None]


@app.get("/dataclasses")
def dataclass_things():
    b = Base(2, b=[1], scale=5)
    p = Point(1, tags=("x",))
    return [repr(b), b.a, asdict(b), attempt(Base, 1, [2]), attempt(Base), repr(p), astuple(p), replace(p, y=4) == Point(1, 4, ("x",)), attempt(setattr, p, "x", 2), attempt(hash, b), hash(p) == hash(Point(1, 0, ("x",))), [f.name for f in fields(p)], Base.kind, attempt(lambda: p < p), Movie(name="x", year=3), attempt(replace, p, z=1)]


@app.get("/enums")
def enums():
    return [repr(Perm.R | Perm.X), Perm.RW.name, Perm.W in Perm.RW, str(Perm.R), (Perm.R | Perm.W) == Perm.RW, bool(Perm.R & Perm.W), repr(~Perm.R), Perm(3).name, Color("r").name, Color["GREEN"].nice, Color.CRIMSON is Color.RED, [c.name for c in Color], list(Color.__members__), attempt(Color, 9), attempt(lambda: Color["NO"]), attempt(lambda: Color.RED < Color.GREEN), repr(Color.RED), str(Color.RED), f"{Color.RED}", Color.RED.value, hash(Color.RED) == hash(Color.RED), isinstance(Color.RED, Color), len(Color), attempt(lambda: setattr(Color, "RED", 5)), [p.name for p in Perm], enum.Enum("Dyn", "A B").B.value, attempt(lambda: Perm(99))]


def classify(value):
    match value:
        case None | False:
            return "nothing"
        case bool():
            return "true"
        case int(n) if n < 0:
            return f"negative {n}"
        case 0 | 1 as small:
            return f"small {small}"
        case int() | float():
            return "number"
        case str() as text if text.isdigit():
            return "digits"
        case "":
            return "empty"
        case [first, *_, last] if first == last:
            return "same ends"
        case [] | ():
            return "no items"
        case [{"id": int(i)}, *rest]:
            return f"ids from {i} and {len(rest)}"
        case {"type": "move", "to": (x, y), **others}:
            return f"move {x},{y} {sorted(others)}"
        case {"type": str(kind)}:
            return f"type {kind}"
        case Point(x=0, y=y):
            return f"on axis {y}"
        case Square(side):
            return f"square {side}"
        case Color.GREEN:
            return "green"
        case Vector(x, y):
            return f"vector {x} {y}"
        case _:
            return f"other {type(value).__name__}"


@app.get("/match")
def matching():
    return [classify(v) for v in (None, False, True, -5, 1, 7, 2.5, "12", "", "abc", [1, 2, 1], [], (), [{"id": 4}, 2, 3], {"type": "move", "to": [1, 2], "z": 1}, {"type": "stop"}, {"type": 5}, Point(0, 8), Point(1), Square(3), Color.GREEN, Color.RED, Vector(1, 2), b"x", {1}, range(3))]


def numbers():
    total = 0
    try:
        while True:
            got = yield total
            if got is None:
                continue
            total += got
    except ValueError as e:
        yield f"value error {e}"
    finally:
        total = -1
    return "done"


def outer():
    result = yield from inner()
    yield f"inner gave {result}"


def inner():
    yield 1
    return "r"


@app.get("/generators")
def generators():
    g = numbers()
    out = [next(g), g.send(5), g.send(None), g.throw(ValueError("x")), attempt(next, g)]
    try:
        next(g)
    except StopIteration as e:
        out.append(repr(e.value))
    out += [list(outer()), attempt(lambda: list(numbers().send(3)))]
    h = inner()
    next(h)
    h.close()
    out.append(attempt(lambda: next(h, "end")))
    gen = (x * y for x in range(3) for y in range(x) if (x + y) % 2)
    out += [list(gen), list(gen), sum(x for x in range(5)), [*itertools.takewhile(lambda x: x < 3, itertools.count())], list(itertools.batched("abcdefg", 3)), list(itertools.pairwise([1, 2, 4])), [(k, len(list(v))) for k, v in itertools.groupby("aabbbc")], list(itertools.accumulate([1, 2, 3], operator.mul)), list(itertools.chain.from_iterable([[1], [2, 3]])), list(itertools.islice(itertools.cycle("ab"), 5)), list(itertools.product([0, 1], repeat=2)), list(itertools.combinations("abc", 2)), list(itertools.zip_longest("ab", "c", fillvalue="-")), list(itertools.starmap(pow, [(2, 3), (3, 2)])), list(itertools.compress("abc", [1, 0, 1])), list(itertools.permutations([1, 2, 3], 2))[:3], list(itertools.filterfalse(str.isalpha, "a1b2")), list(map(max, [1, 5], [4, 2]))]
    return out


class Managed:
    def __init__(self, name, log, swallow=False):
        self.name, self.log, self.swallow = name, log, swallow

    def __enter__(self):
        self.log.append(f"+{self.name}")
        return self

    def __exit__(self, kind, value, tb):
        self.log.append(f"-{self.name}:{kind.__name__ if kind else None}")
        return self.swallow


@contextlib.contextmanager
def wrapped(log):
    log.append("open")
    try:
        yield log
    except KeyError as e:
        log.append(f"caught {e}")
        raise RuntimeError("translated") from e
    else:
        log.append("fine")
    finally:
        log.append("close")


@app.get("/exceptions")
def exceptions():
    log = []
    with Managed("a", log, True), Managed("b", log):
        raise LookupError("x")
    try:
        with wrapped(log):
            {}["k"]
    except RuntimeError as e:
        log.append(f"{e} <- {e.__cause__!r} {e.__suppress_context__}")
    with contextlib.suppress(ZeroDivisionError), contextlib.ExitStack() as stack:
        stack.enter_context(Managed("s", log))
        stack.callback(log.append, "callback")
        1 / 0
    try:
        try:
            raise ValueError("one")
        except ValueError as e:
            e.add_note("a note")
            raise TypeError("two")
    except TypeError as e:
        log.append(f"{e.__context__!r} {e.__context__.__notes__} {e.__cause__}")
    try:
        raise ExceptionGroup("many", [ValueError("v"), ExceptionGroup("inner", [KeyError("k"), OSError(2, "no")])])
    except* (ValueError, KeyError) as group:
        log.append(f"{group!r}")
    except* OSError as group:
        log.append(f"{group.exceptions!r} {group}")

    def f(n):
        try:
            return n / n
        except ZeroDivisionError:
            return "zero"
        else:
            return "never"
        finally:
            log.append(f"finally {n}")
    log += [f(0), f(2)]
    for i in range(3):
        if i == 5:
            break
    else:
        log.append("no break")
    log += [attempt(int, "x1"), attempt(int, "1" * 3, 1), attempt(float, "abc"), attempt(lambda: [1][3]), attempt(lambda: {}["a"]), attempt(lambda: None.x), attempt(lambda: "a" + 1), attempt(lambda: 1 + "a"), attempt(lambda: [] + ()), attempt(lambda: undefined_name), attempt(lambda: f(1, 2)), attempt(lambda: f()), attempt(lambda: f(n=1, m=2)), attempt(lambda: (1, 2)[1:][5]), attempt(lambda: len(5)), attempt(lambda: {[]: 1}), attempt(lambda: 5 in 5), attempt(lambda: "x" * "y"), attempt(lambda: -"x"), attempt(lambda: sorted([1, "a"])), attempt(lambda: max([])), attempt(lambda: next(iter([]))), attempt(lambda: dict([1])), attempt(lambda: dict([(1, 2, 3)])), attempt(lambda: "abc".split("")), attempt(lambda: chr(-1)), attempt(lambda: ord("ab")), attempt(lambda: range(1, 2, 0)), attempt(lambda: [].pop()), attempt(lambda: {}.popitem()), attempt(lambda: [1].remove(2)), attempt(lambda: set().pop()), attempt(lambda: set([1]).remove(2)), attempt(lambda: (lambda a, /, b: a)(a=1, b=2)), attempt(lambda: (lambda *, k: k)(1)), attempt(lambda: print(sep=5)), attempt(lambda: open("none.txt")), attempt(lambda: __import__("nope_module")), attempt(lambda: isinstance(1, "int")), attempt(lambda: round("x")), attempt(lambda: abs("x")), attempt(lambda: sum(["a"])), attempt(lambda: "%d" % "x"), attempt(lambda: "%s %s" % ("a",)), attempt(lambda: "{} {}".format(1)), attempt(lambda: "{x}".format(y=1)), attempt(lambda: f"{1:zz}"), attempt(lambda: b"a" + "b"), attempt(lambda: bytes(["a"])), attempt(lambda: bytes([300])), attempt(lambda: int(None)), attempt(lambda: object().x), attempt(lambda: (1).x), attempt(lambda: type("X", (), {})().y), attempt(lambda: setattr(object(), "a", 1))]
    a, *b, c = range(5)
    log.append([a, b, c])
    try:
        a, b = 1, 2, 3
    except ValueError as e:
        log.append(str(e))
    try:
        a, b, c = [1]
    except ValueError as e:
        log.append(str(e))
    try:
        x, y = 5
    except TypeError as e:
        log.append(str(e))
    try:
        assert a == 2, f"a is {a}"
    except AssertionError as e:
        log.append(repr(e))
    try:
        raise ValueError
    except ValueError as e:
        log.append([repr(e), str(e), e.args])
    try:
        raise OSError(13, "Permission denied", "file.txt")
    except PermissionError as e:
        log.append([str(e), e.errno, e.strerror, e.filename])
    return log


@app.get("/collections")
def collections_():
    c = Counter("mississippi")
    d = defaultdict(lambda: defaultdict(int))
    d["a"]["b"] += 2
    q = deque([1, 2, 3], maxlen=3)
    q.append(4)
    q.rotate(1)
    cm = ChainMap({"a": 1}, {"a": 2, "b": 3})
    od = OrderedDict(a=1, b=2)
    od.move_to_end("a")
    P = namedtuple("P", "x y", defaults=[5])
    ns = SimpleNamespace(a=1, b=[2])
    mp = MappingProxyType({"k": 1})
    return [c.most_common(2), dict(c - Counter("miss")), c["zz"], sum(c.values()), c.total(), dict(Counter(a=1) + Counter(a=2, b=1)), sorted(c.elements())[:3], repr(c), repr(d), d, list(q), repr(q), cm["a"], dict(cm), cm.maps[1]["a"], list(od), repr(od), od.popitem(last=False), P(1), P(1)._asdict(), repr(ns), ns == SimpleNamespace(a=1, b=[2]), mp["k"], attempt(lambda: mp.update(a=1)), attempt(operator.setitem, mp, "a", 1), {"a": 1, "b": 2}.items() & {("a", 1)}, {"a": 1}.keys() | {"z"}, dict.fromkeys("ab", 0), {k: v for k, v in sorted({"b": 1, "a": 2}.items(), key=operator.itemgetter(1), reverse=True)}, {1, 2} ^ {2, 3}, {1, 2} <= {1, 2, 3}, frozenset("ab") == {"a", "b"}, [1, 2, 3].index(2), [3, 1, 2].sort(), sorted("bca", reverse=True), list(zip([1, 2], "ab", strict=True)), attempt(lambda: list(zip([1], "ab", strict=True))), list(range(10))[8:2:-2], [0] * 3, [[]] * 2, (1,) + (2,), "abc"[::-1], "a-b".partition("-"), slice(1, 5, 2).indices(4), memoryview(b"abc")[1], bytearray(b"ab") + b"c" == b"abc", bytes(3).hex(), list(b"ab"), b"a,b".split(b","), b"%d-%s" % (5, b"x") == b"5-x", list(reversed({"a": 1, "b": 2})), {**{"x": 1}, **{"x": 2}}, [*{1: 2}], divmod(7, -2), -7 // 2, -7 % 3, 7.5 // 2, 2 ** -1, 10 ** 20, (2 ** 64) % 1000007, int("123456789012345678901234567890") + 1, hash(2 ** 61 - 1), 1 << 70, (1 << 70) >> 68, -1 >> 1, ~5, 5 & 3 | 8 ^ 2, 0.1 + 0.2, 1e22, 1e-7, 123456789.123456789, float("inf"), -0.0, round(0.5), round(1.5), round(2.675, 2), round(1234, -2), int(1e20), 3 == 3.0, True + True, complex(1, 2) * 1j == complex(-2, 1), "1_000", int("1_000"), 0x_ff, 0b101, 0o17]
