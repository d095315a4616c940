# contextvars (Python 3.13 library reference), one context for the whole run.
from _typing import _subscript

_missing = object()


class Token:
    def __class_getitem__(cls, params):
        return _subscript(cls, params)

    MISSING = _missing

    def __init__(self, var, old_value):
        self.var, self.old_value = var, old_value


class ContextVar:
    def __class_getitem__(cls, params):
        return _subscript(cls, params)

    def __init__(self, name, *, default=_missing):
        self.name, self._default, self._value = name, default, _missing

    def get(self, default=_missing):
        for value in (self._value, default, self._default):
            if value is not _missing:
                return value
        raise LookupError(self)

    def set(self, value):
        token = Token(self, self._value)
        self._value = value
        return token

    def reset(self, token):
        self._value = token.old_value


class Context:
    def run(self, callable, *args, **kwds):
        return callable(*args, **kwds)


def copy_context():
    return Context()
