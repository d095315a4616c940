"""Generators, context managers, match, walrus, exceptions of all kinds."""
import asyncio
import contextlib
import itertools
import sys
import traceback
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque
from contextlib import asynccontextmanager, contextmanager, suppress

from fastapi import FastAPI

app = FastAPI()


class AppError(Exception):
    code = 500


class NotFound(AppError, LookupError):
    code = 404

    def __init__(self, what, **info):
        super().__init__(what, info)
        self.what = what


class Tx:
    def __init__(self, log, swallow=()):
        self.log, self.swallow = log, swallow

    def __enter__(self):
        self.log.append("enter")
        return self

    def __exit__(self, kind, value, tb):
        self.log.append(f"exit {kind.__name__ if kind else None} {value}")
        return isinstance(value, self.swallow) if self.swallow else False


@contextmanager
def tag(log, name):
    log.append(f"<{name}>")
    try:
        yield name.upper()
    except ZeroDivisionError as e:
        log.append(f"!{e}")
        raise AppError("wrapped") from e
    else:
        log.append("fine")
    finally:
        log.append(f"</{name}>")


@asynccontextmanager
async def resource(log, n):
    log.append(f"+{n}")
    await asyncio.sleep(0)
    try:
        yield n
    finally:
        log.append(f"-{n}")


def chunks(seq, size):
    it = iter(seq)
    while batch := list(itertools.islice(it, size)):
        yield batch


def averager():
    total = count = 0
    avg = None
    while True:
        try:
            value = yield avg
        except ValueError:
            total = count = 0
            continue
        if value is None:
            return avg, count
        total += value
        count += 1
        avg = total / count


def delegating(log):
    result = yield from averager()
    log.append(result)
    yield "end"


def route(event):
    match event:
        case {"type": "pay", "amount": int(amount) | float(amount), **rest} if amount > 0:
            return f"pay {amount} {sorted(rest)}"
        case {"type": "pay"}:
            return "bad pay"
        case {"type": "refund" | "void" as kind, "id": str(ident)}:
            return f"{kind} {ident}"
        case ["move", x, y]:
            return x, y
        case ["batch", first, *others]:
            return first, len(others)
        case [] | "" | None:
            return "empty"
        case str() as s if s.isdigit():
            return int(s)
        case NotFound(what=w):
            return f"missing {w}"
        case bool():
            return "bool"
        case -1 | 0:
            return "small"
        case (1, (2, z)):
            return z
        case _:
            return f"unknown {type(event).__name__}"


@app.get("/match")
def matching():
    return [route(e) for e in ({"type": "pay", "amount": 5, "x": 1, "a": 2}, {"type": "pay", "amount": "5"}, {"type": "void", "id": "7"}, ["move", 1, 2], ["batch", 1, 2, 3], [], "", None, "42", NotFound("disk"), True, -1, (1, (2, 3)), 3.5, {"type": "refund", "id": 7})]


@app.get("/generators")
def generators():
    log = []
    g = averager()
    next(g)
    out = [g.send(10), g.send(20), g.throw(ValueError), g.send(3)]
    try:
        g.send(None)
    except StopIteration as e:
        out.append(e.value)
    d = delegating(log)
    next(d)
    d.send(4)
    out.append(d.send(None))
    d.close()
    squares = (x * x for x in range(10) if x % 3)
    first, *middle, last = squares
    return {"out": out, "log": log, "chunks": list(chunks("abcdefg", 3)), "parts": [first, middle, last], "groups": {k: list(v) for k, v in itertools.groupby("aabccc")},
            "zip": list(itertools.zip_longest("ab", [1], fillvalue="-")), "acc": list(itertools.accumulate([1, 2, 3], lambda a, b: a * b, initial=10)), "pairs": list(itertools.pairwise([1, 2, 3])),
            "prod": ["".join(p) for p in itertools.product("ab", repeat=2)], "comb": list(itertools.combinations([1, 2, 3], 2)), "chain": list(itertools.chain.from_iterable([[1], [2, 3]])), "cycle": [x for x, _ in zip(itertools.cycle("xy"), range(3))],
            "drop": list(itertools.dropwhile(lambda x: x < 2, [1, 2, 1])), "star": list(itertools.starmap(pow, [(2, 3), (3, 2)])), "batched": list(itertools.batched("abcde", 2)), "compress": list(itertools.compress("abc", [1, 0, 1])), "count": [next(c) for c in [itertools.count(5, 2)] * 3], "tee": [list(t) for t in itertools.tee([1, 2])]}


@app.get("/contexts")
async def contexts():
    log = []
    with Tx(log, (KeyError,)) as t, tag(log, "b") as b:
        {}["gone"]
    try:
        with tag(log, "z"):
            1 / 0
    except AppError as e:
        log.append([str(e), repr(e.__cause__), e.__suppress_context__, repr(e.__context__)])
    async with resource(log, 1) as r1, resource(log, 2) as r2:
        log.append(r1 + r2)
    async with contextlib.AsyncExitStack() as stack:
        for n in (3, 4):
            await stack.enter_async_context(resource(log, n))
        stack.push_async_callback(asyncio.sleep, 0)
    with suppress(FileNotFoundError, KeyError):
        open("/nonexistent/file")
    with contextlib.nullcontext(5) as five, contextlib.closing(averager()) as gen:
        log.append([five, next(gen)])
    with contextlib.ExitStack() as es:
        es.callback(log.append, "last")
        es.enter_context(Tx(log))
    return log


def deep(kind):
    try:
        try:
            if kind == "from":
                try:
                    int("x1")
                except ValueError as e:
                    raise NotFound("thing", id=3) from e
            if kind == "none":
                try:
                    [][1]
                except IndexError:
                    raise AppError("hidden") from None
            if kind == "context":
                try:
                    {}["k"]
                finally:
                    None.attr
            if kind == "reraise":
                try:
                    raise AppError("once")
                except AppError as e:
                    e.add_note("note 1")
                    raise
            if kind == "return":
                return "never"
            assert kind == "assert!", f"kind was {kind}"
        finally:
            if kind == "return":
                return "finally wins"
    except (AppError, LookupError, ValueError, AttributeError, AssertionError) as exc:
        chain, e = [], exc
        while e is not None:
            chain.append(f"{type(e).__name__}({e})")
            e = e.__cause__ or (None if e.__suppress_context__ else e.__context__)
        return {"chain": chain, "code": getattr(exc, "code", None), "args": [repr(a) for a in exc.args], "notes": getattr(exc, "__notes__", []), "only": traceback.format_exception_only(exc)[-1].strip(), "info": sys.exc_info()[0] is type(exc)}


@app.get("/exceptions")
def exceptions():
    return {k: deep(k) for k in ("from", "none", "context", "reraise", "return", "assert")}


@app.get("/groups")
async def groups():
    out = []

    async def fail(n):
        await asyncio.sleep(0.01 * n)
        raise (ValueError, KeyError, OSError)[n % 3](n)

    try:
        async with asyncio.TaskGroup() as tg:
            for n in range(3):
                tg.create_task(fail(n))
    except* ValueError as eg:
        out.append(["V", eg.message, [str(e) for e in eg.exceptions]])
    except* (KeyError, OSError) as eg:
        out.append(["KO", len(eg.exceptions)])
    try:
        raise ExceptionGroup("outer", [ValueError(1), ExceptionGroup("inner", [TypeError(2), ValueError(3)])])
    except ExceptionGroup as eg:
        match, rest = eg.split(ValueError)
        out.append([repr(match), repr(rest), str(eg), repr(eg.subgroup(lambda e: isinstance(e, TypeError)))])
    return out


@app.get("/collections")
def colls():
    words = "the quick the lazy the dog".split()
    c = Counter(words)
    dd = defaultdict(list)
    for w in words:
        dd[len(w)].append(w)
    q = deque([1, 2, 3], maxlen=3)
    q.append(4)
    q.appendleft(0)
    q.rotate(1)
    od = OrderedDict(a=1, b=2)
    od.move_to_end("a")
    cm = ChainMap({"a": 1}, {"a": 2, "b": 3})
    c.update(["dog"])
    return [c.most_common(2), dict(c - Counter(["the", "dog"])), c.total(), dict(dd), list(q), q.maxlen, list(od), od.popitem(last=False), cm["a"], cm["b"], dict(cm), repr(q), repr(c), repr(dd), repr(od), sorted((c & Counter("the dog".split())).elements()), cm.new_child({"z": 0})["z"]]
