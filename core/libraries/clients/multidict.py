# multidict 6.4: dictionaries whose keys may repeat, with or without case.
_MISSING = object()


class istr(str):
    pass


class MultiMapping:
    pass


class MutableMultiMapping(MultiMapping):
    pass


class _Read:
    def _identity(self, key):
        return key

    def getall(self, key, default=_MISSING):
        identity = self._identity(key)
        found = [value for known, _, value in self._items if known == identity]
        if found or default is not _MISSING:
            return found or default
        raise KeyError(key)

    def getone(self, key, default=_MISSING):
        identity = self._identity(key)
        for known, _, value in self._items:
            if known == identity:
                return value
        if default is not _MISSING:
            return default
        raise KeyError(key)

    def __getitem__(self, key):
        return self.getone(key)

    def get(self, key, default=None):
        return self.getone(key, default)

    def __contains__(self, key):
        if not isinstance(key, str):
            return False
        identity = self._identity(key)
        return any(known == identity for known, _, _ in self._items)

    def __iter__(self):
        return iter([key for _, key, _ in self._items])

    def __len__(self):
        return len(self._items)

    def keys(self):
        return [key for _, key, _ in self._items]

    def values(self):
        return [value for _, _, value in self._items]

    def items(self):
        return [(key, value) for _, key, value in self._items]

    def __eq__(self, other):
        if isinstance(other, _Read):
            return [(i, v) for i, _, v in self._items] == [(i, v) for i, _, v in other._items]
        if not hasattr(other, "items"):
            return NotImplemented
        return len(self) == len(other) and all(other.get(k, _MISSING) == v for k, v in self.items())

    def __repr__(self):
        inside = ", ".join(f"'{key}': {value!r}" for key, value in self.items())
        return f"<{type(self).__name__}({inside})>"


def _pairs(arg, kwargs):
    if isinstance(arg, (_Read, dict)) or hasattr(arg, "keys"):
        found = list(arg.items()) if hasattr(arg, "items") else [(key, arg[key]) for key in arg.keys()]
    else:
        found = [(key, value) for key, value in arg]
    return found + list(kwargs.items())


class MultiDict(_Read, MutableMultiMapping):
    def __init__(self, arg=(), /, **kwargs):
        self._items = []
        self.extend(arg, **kwargs)

    def add(self, key, value):
        self._items.append((self._identity(key), key, value))

    def extend(self, arg=(), /, **kwargs):
        for key, value in _pairs(arg, kwargs):
            self.add(key, value)

    def copy(self):
        return type(self)(self.items())

    __copy__ = copy

    def clear(self):
        self._items = []

    def _remove(self, key):
        identity = self._identity(key)
        left = [item for item in self._items if item[0] != identity]
        gone = len(left) != len(self._items)
        self._items = left
        return gone

    def __setitem__(self, key, value):
        identity = self._identity(key)
        done, left = False, []
        for item in self._items:
            if item[0] != identity:
                left.append(item)
            elif not done:
                done = True
                left.append((identity, key, value))
        if not done:
            left.append((identity, key, value))
        self._items = left

    def __delitem__(self, key):
        if not self._remove(key):
            raise KeyError(key)

    def setdefault(self, key, default=None):
        if key not in self:
            self.add(key, default)
        return self.getone(key)

    def popone(self, key, default=_MISSING):
        identity = self._identity(key)
        for index, item in enumerate(self._items):
            if item[0] == identity:
                return self._items.pop(index)[2]
        if default is not _MISSING:
            return default
        raise KeyError(key)

    pop = popone

    def popall(self, key, default=_MISSING):
        found = self.getall(key, None)
        if found is None:
            if default is not _MISSING:
                return default
            raise KeyError(key)
        self._remove(key)
        return found

    def popitem(self):
        if not self._items:
            raise KeyError("empty multidict")
        return self._items.pop(0)[1:]

    def update(self, arg=(), /, **kwargs):
        pairs = _pairs(arg, kwargs)
        seen = []
        for key, value in pairs:
            identity = self._identity(key)
            if identity in seen:
                self.add(key, value)
            else:
                seen.append(identity)
                self[key] = value


class CIMultiDict(MultiDict):
    def _identity(self, key):
        return key.lower()


class MultiDictProxy(_Read, MultiMapping):
    def __init__(self, arg, /):
        if not isinstance(arg, _Read):
            kind = type(self).__name__
            raise TypeError(f"ctor requires {kind.removesuffix('Proxy')} or {kind} instance, not {type(arg)}")
        self._source = arg

    @property
    def _items(self):
        return self._source._items

    def copy(self):
        return MultiDict(self.items())


class CIMultiDictProxy(MultiDictProxy):
    def _identity(self, key):
        return key.lower()

    def copy(self):
        return CIMultiDict(self.items())


for _cls in (MultiDict, CIMultiDict, MultiDictProxy, CIMultiDictProxy):
    _cls.__module__ = "multidict._multidict"
