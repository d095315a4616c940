"""Classes of a small domain: abstract bases, properties, descriptors, operators, slots, mixins."""
from __future__ import annotations

import abc
import copy
import dataclasses
import enum
import functools
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import KW_ONLY, asdict, astuple, dataclass, field, fields, replace
from typing import Any, ClassVar, NamedTuple, Protocol, Self, TypedDict, runtime_checkable

from fastapi import FastAPI

app = FastAPI()


class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        return getattr(obj, self.name, 0)

    def __set__(self, obj, value):
        if value < 0:
            raise ValueError(f"{self.name[1:]} must not be negative, got {value!r}")
        setattr(obj, self.name, value)


@functools.total_ordering
class Money:
    __slots__ = ("cents", "currency")
    zero: ClassVar[Money]

    def __init__(self, cents: int, currency: str = "EUR") -> None:
        self.cents = cents
        self.currency = currency

    @classmethod
    def parse(cls, text: str) -> Self:
        amount, _, currency = text.partition(" ")
        whole, _, frac = amount.partition(".")
        return cls(int(whole) * 100 + int(frac.ljust(2, "0") or 0), currency or "EUR")

    def __add__(self, other):
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.cents + other.cents, self.currency)

    def __radd__(self, other):
        return self if other == 0 else NotImplemented

    def __mul__(self, n: int) -> Money:
        return Money(self.cents * n, self.currency)

    __rmul__ = __mul__

    def __eq__(self, other):
        return isinstance(other, Money) and (self.cents, self.currency) == (other.cents, other.currency)

    def __lt__(self, other):
        return self.cents < other.cents

    def __hash__(self):
        return hash((self.cents, self.currency))

    def __bool__(self):
        return self.cents != 0

    def __repr__(self):
        return f"{type(self).__name__}({self.cents}, {self.currency!r})"

    def __format__(self, spec):
        return f"{self.cents / 100:{spec or '.2f'}} {self.currency}"

    def __neg__(self):
        return Money(-self.cents, self.currency)

    def __divmod__(self, n):
        return divmod(self.cents, n)


Money.zero = Money(0)


class Account(abc.ABC):
    registry: dict[str, type[Account]] = {}
    limit = Positive()

    def __init_subclass__(cls, /, kind: str = "", **kwargs):
        super().__init_subclass__(**kwargs)
        cls.kind = kind or cls.__name__.lower()
        Account.registry[cls.kind] = cls

    def __init__(self, owner: str, limit: int = 0):
        self.owner = owner
        self.limit = limit
        self.__secret = owner[::-1]

    @property
    def label(self) -> str:
        return f"{self.kind}:{self.owner}"

    @label.setter
    def label(self, value: str) -> None:
        self.owner = value.split(":")[-1]

    @label.deleter
    def label(self) -> None:
        self.owner = "nobody"

    @functools.cached_property
    def expensive(self) -> list[str]:
        calls.append(self.owner)
        return [self.owner] * 2

    @abc.abstractmethod
    def fee(self) -> Money: ...

    def __getattr__(self, name):
        if name.startswith("is_"):
            return name[3:] == self.kind
        raise AttributeError(f"{type(self).__name__!r} has no {name!r}")


class LoggedMixin:
    def fee(self):
        calls.append(f"fee of {type(self).__name__}")
        return super().fee()


class Basic(Account, kind="basic"):
    def fee(self):
        return Money(100)


class Premium(LoggedMixin, Basic):
    def fee(self):
        return super().fee() * 3


calls: list[str] = []


@dataclass(order=True, frozen=True)
class Version:
    major: int
    minor: int = 0
    tags: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self):
        return f"{self.major}.{self.minor}"


@dataclass
class Job:
    name: str
    _: KW_ONLY
    args: list[Any] = field(default_factory=list, repr=False)
    retries: int = 3
    version: Version = Version(1)
    key: str = field(init=False)
    total: ClassVar[int] = 0

    def __post_init__(self):
        self.key = f"{self.name}-{self.version}"
        Job.total += 1


class Point(NamedTuple):
    x: int
    y: int = 0

    @property
    def norm(self):
        return abs(self.x) + abs(self.y)


class Weekday(enum.Enum):
    MON = 1
    TUE = 2
    MONDAY = 1

    @property
    def next(self):
        return Weekday(self.value % 2 + 1)

    @classmethod
    def _missing_(cls, value):
        return cls.MON if value == "mon" else None


class Perm(enum.Flag):
    R = enum.auto()
    W = enum.auto()
    X = enum.auto()
    RW = R | W


class Mode(enum.StrEnum):
    FAST = enum.auto()
    SLOW = "slow-mode"


@runtime_checkable
class HasFee(Protocol):
    def fee(self) -> Money: ...


class Config(MutableMapping):
    def __init__(self, **kw):
        self._d = {k.lower(): v for k, v in kw.items()}

    def __getitem__(self, k):
        return self._d[k.lower()]

    def __setitem__(self, k, v):
        self._d[k.lower()] = v

    def __delitem__(self, k):
        del self._d[k.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._d)

    def __len__(self):
        return len(self._d)


def attempt(f):
    try:
        return f()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


@app.get("/money")
def money():
    prices = [Money.parse("12.5"), Money(99), Money.parse("3 USD")]
    return {
        "sum": repr(sum(prices[:2])), "max": repr(max(prices)), "fmt": f"{prices[0]}|{prices[0]:>10.1f}", "bool": [bool(Money.zero), bool(prices[1])],
        "ge": prices[0] >= prices[1], "set": len({Money(1), Money(1), Money(2)}), "mul": [repr(3 * prices[1]), repr(-prices[1])], "sorted": [str(p) for p in sorted(prices)],
        "bad": attempt(lambda: prices[0] + 1), "bad2": attempt(lambda: Money(1) < "x"), "slots": attempt(lambda: setattr(Money(1), "x", 1)), "divmod": divmod(Money(7), 2),
    }


@app.get("/accounts")
def accounts():
    calls.clear()
    p = Premium("ann", 5)
    p.label = "x:bob"
    label = p.label
    del p.label
    return {
        "registry": {k: v.__name__ for k, v in Account.registry.items()}, "mro": [c.__name__ for c in Premium.__mro__], "label": [label, p.label], "fee": repr(p.fee()),
        "abstract": attempt(lambda: Account("x")), "negative": attempt(lambda: Basic("x", -1)), "magic": [p.is_premium, p.is_basic], "missing": attempt(lambda: p.nothing),
        "private": p._Account__secret, "cached": [p.expensive, p.expensive], "calls": calls, "proto": isinstance(p, HasFee), "sub": issubclass(Premium, Account), "descr": type(Account.limit).__name__,
        "vars": sorted(vars(p)),
    }


@app.get("/data")
def data():
    j = Job("build", args=[1, 2], retries=1)
    k = replace(j, name="test")
    return {
        "repr": repr(j), "asdict": asdict(j), "astuple": astuple(Version(1, 2, ("a",))), "fields": [f.name for f in fields(Job)], "eq": [j == Job("build", args=[1, 2], retries=1), j == k], "key": k.key,
        "frozen": attempt(lambda: setattr(j.version, "major", 2)), "order": [str(v) for v in sorted([Version(2), Version(1, 9), Version(1, 10)])], "total": Job.total, "hash": hash(Version(1)) == hash(Version(1, 0, ("z",))),
        "positional": attempt(lambda: Job("a", [1])), "missing": attempt(lambda: Job()), "unhashable": attempt(lambda: hash(j)), "deep": copy.deepcopy(j) == j,
        "point": [repr(Point(3, -4)), Point(3, -4).norm, Point(1)._replace(y=5), Point(1)._asdict(), Point._fields, Point(1, 2) == (1, 2), Point._make([7, 8])],
    }


@app.get("/enums")
def enums():
    return {
        "repr": [repr(Weekday.MON), str(Weekday.TUE), Weekday.MONDAY is Weekday.MON, Weekday["TUE"].value, Weekday(2).name, Weekday("mon").name, Weekday.MON.next.name], "iter": [d.name for d in Weekday], "members": list(Weekday.__members__),
        "bad": attempt(lambda: Weekday(9)), "badkey": attempt(lambda: Weekday["SUN"]), "flag": [repr(Perm.R | Perm.X), str(Perm.RW), Perm.R in Perm.RW, (Perm.RW & ~Perm.W).name, Perm(5).value, [p.name for p in Perm.RW]], "str": [Mode.FAST, Mode.FAST.upper(), f"{Mode.SLOW}", repr(Mode.SLOW), Mode("fast") is Mode.FAST],
        "hash": {Weekday.MON: 1}[Weekday.MONDAY], "set": attempt(lambda: setattr(Weekday, "MON", 3)),
    }


@app.get("/mapping")
def mapping():
    c = Config(Debug=True, Port=80)
    c["HOST"] = "h"
    return [dict(c), "PORT" in c, c.pop("port"), c.get("zz", "d"), c.setdefault("x", 1), list(c.items()), {**c}, isinstance(c, Mapping), len(c), c == {"debug": True, "host": "h", "x": 1}, attempt(lambda: c["none"])]
