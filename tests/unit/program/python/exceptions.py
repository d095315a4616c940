def chain(error):
    parts = []
    while error is not None:
        parts.append(f"{type(error).__name__}({error})")
        nxt = error.__cause__
        mark = "cause"
        if nxt is None and not error.__suppress_context__:
            nxt, mark = error.__context__, "context"
        if nxt is not None:
            parts.append(mark)
        error = nxt
    return " ".join(parts)


def finally_return():
    for i in range(3):
        try:
            if i == 1:
                return "from try"
        finally:
            print("finally", i)


print(finally_return())


def finally_wins():
    try:
        return 1
    finally:
        return 2


print(finally_wins())


def loop_through_finally():
    out = []
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            out.append(i)
        finally:
            out.append(f"f{i}")
    return out


print(loop_through_finally())

try:
    try:
        1 / 0
    except ZeroDivisionError as exc:
        raise ValueError("second") from exc
except ValueError as exc:
    print(chain(exc))

try:
    try:
        {}["k"]
    except KeyError:
        int("x")
except ValueError as exc:
    print(chain(exc))

try:
    try:
        {}["k"]
    except KeyError:
        raise RuntimeError("hidden") from None
except RuntimeError as exc:
    print(chain(exc), exc.__context__)

try:
    try:
        raise KeyError("bare")
    except LookupError:
        raise
except KeyError as exc:
    print("again", exc, chain(exc))

try:
    raise
except RuntimeError as exc:
    print(exc)


def name_is_gone():
    try:
        raise ValueError(1)
    except ValueError as exc:
        pass
    try:
        return exc
    except UnboundLocalError as error:
        return str(error)


print(name_is_gone())


class Base(Exception):
    pass


class Special(Base):
    def __init__(self, code, text):
        super().__init__(f"{code}: {text}")
        self.code = code


try:
    raise Special(7, "odd")
except (KeyError, Base) as exc:
    print(exc, exc.code, exc.args, isinstance(exc, Base))


def else_and_finally(fail):
    try:
        if fail:
            raise ValueError("v")
    except ValueError:
        print("except")
    else:
        print("else")
    finally:
        print("finally")


else_and_finally(True)
else_and_finally(False)


class Manager:
    def __init__(self, swallow):
        self.swallow = swallow

    def __enter__(self):
        print("enter")
        return self

    def __exit__(self, kind, error, trace):
        print("exit", kind.__name__ if kind else None, error)
        return self.swallow


with Manager(True) as m:
    raise ValueError("swallowed")
try:
    with Manager(False), Manager(False):
        raise ValueError("passed on")
except ValueError as exc:
    print(exc)


def return_in_with():
    for i in range(2):
        with Manager(False):
            if i:
                return "out"
            continue


print(return_in_with())

try:
    raise 5
except TypeError as exc:
    print(exc)
try:
    try:
        pass
    finally:
        undefined_name
except NameError as exc:
    print(exc)

try:
    raise ExceptionGroup("many", [ValueError(1), TypeError("t"), ExceptionGroup("inner", [ValueError(2), OSError("o")])])
except* ValueError as group:
    print("values", [str(e) for e in group.exceptions], group)
except* (TypeError, OSError) as group:
    print("others", group.exceptions)

try:
    try:
        raise ExceptionGroup("eg", [ValueError("a"), KeyError("b")])
    except* ValueError:
        pass
except ExceptionGroup as rest:
    print("rest", rest.exceptions, rest.message)

try:
    raise TypeError("naked")
except* TypeError as group:
    print(type(group).__name__, group.exceptions)

try:
    try:
        raise ExceptionGroup("eg", [ValueError("a")])
    except* ValueError:
        raise KeyError("new")
except BaseException as exc:
    print(repr(exc))


def recursive(n):
    return recursive(n + 1)


try:
    recursive(0)
except RecursionError as exc:
    print(str(exc)[:32])


def context_through_calls():
    def helper():
        raise OSError("inside")
    try:
        raise ValueError("outer")
    except ValueError:
        try:
            helper()
        except OSError as exc:
            print(chain(exc))
    try:
        helper()
    except OSError as exc:
        print(chain(exc))


context_through_calls()
error = ValueError("kept")
try:
    raise error from KeyError("c")
except ValueError as exc:
    print(chain(exc))
try:
    raise ValueError
except ValueError as exc:
    print(repr(exc))
