# contextvars (Python 3.13 library reference, PEP 567): every task and thread has a context of its own.
from _asyncio import _context, _exchange_context
from _typing import _subscript

_missing = object()


class Token:
    def __class_getitem__(cls, params):
        return _subscript(cls, params)

    MISSING = _missing

    def __init__(self, var, old_value):
        self.var, self.old_value, self._used = var, old_value, False

    def __repr__(self):
        return f"<Token{' used' if self._used else ''} var={self.var!r}>"


class ContextVar:
    def __class_getitem__(cls, params):
        return _subscript(cls, params)

    def __init__(self, name, *, default=_missing):
        self.name, self._default = name, default

    def __repr__(self):
        default = "" if self._default is _missing else f" default={self._default!r}"
        return f"<ContextVar name={self.name!r}{default}>"

    def get(self, default=_missing):
        value = _context().get(self, _missing)
        for each in (value, default, self._default):
            if each is not _missing:
                return each
        raise LookupError(self)

    def set(self, value):
        values = _context()
        token = Token(self, values.get(self, _missing))
        values[self] = value
        return token

    def reset(self, token):
        if token._used:
            raise RuntimeError(f"{token!r} has already been used once")
        if token.var is not self:
            raise ValueError(f"{token!r} was created by a different ContextVar")
        token._used = True
        values = _context()
        if token.old_value is _missing:
            values.pop(self, None)
        else:
            values[self] = token.old_value


class Context:
    def __init__(self, _values=None):
        self._values = {} if _values is None else _values
        self._entered = False

    def run(self, callable, *args, **kwargs):
        if self._entered:
            raise RuntimeError(f"cannot enter context: {self!r} is already entered")
        self._entered = True
        before = _exchange_context(self._values)
        try:
            return callable(*args, **kwargs)
        finally:
            _exchange_context(before)
            self._entered = False

    def copy(self):
        return Context(dict(self._values))

    def get(self, var, default=None):
        return self._values.get(var, default)

    def __getitem__(self, var):
        return self._values[var]

    def __contains__(self, var):
        return var in self._values

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def keys(self):
        return self._values.keys()

    def values(self):
        return self._values.values()

    def items(self):
        return self._values.items()


def copy_context():
    return Context(dict(_context()))
