# inspect (Python 3.13 library reference): the questions that applications ask.
from _asyncio import iscoroutine, iscoroutinefunction

_empty = type("_empty", (), {})


def isawaitable(obj):
    return hasattr(type(obj), "__await__")


def isfunction(obj):
    return type(obj).__name__ == "function"


def ismethod(obj):
    return type(obj).__name__ == "method"


def isclass(obj):
    return isinstance(obj, type)


def ismodule(obj):
    return type(obj).__name__ == "module"


def isgenerator(obj):
    return type(obj).__name__ == "generator"


def isasyncgen(obj):
    return type(obj).__name__ == "async_generator"


def _flags(obj):
    return getattr(getattr(obj, "__code__", None), "co_flags", 0)


def isgeneratorfunction(obj):
    return bool(_flags(obj) & 0x20)


def isasyncgenfunction(obj):
    return bool(_flags(obj) & 0x200)


def getdoc(obj):
    return obj.__doc__


def getmembers(obj, predicate=None):
    found = [(name, getattr(obj, name)) for name in dir(obj)]
    return [pair for pair in found if predicate is None or predicate(pair[1])]


def getmodule(obj):
    return None
