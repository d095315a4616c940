# collections (Python 3.13 library reference).
import collections.abc as abc


class defaultdict(dict):
    def __init__(self, default_factory=None, /, *args, **kwds):
        super().__init__(*args, **kwds)
        self.default_factory = default_factory

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self[key] = self.default_factory()
        return value

    def copy(self):
        return defaultdict(self.default_factory, self)

    def __repr__(self):
        return f"defaultdict({self.default_factory!r}, {dict(self)!r})"


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    names = tuple(field_names)
    defaults = tuple(defaults or ())
    usual = dict(zip(names[len(names) - len(defaults):], defaults))

    def __new__(cls, *args, **kwds):
        if len(args) > len(names):
            raise TypeError(f"{typename}.__new__() takes {len(names) + 1} positional arguments "
                            f"but {len(args) + 1} were given")
        values = list(args)
        for name in names[len(args):]:
            if name in kwds:
                values.append(kwds.pop(name))
            elif name in usual:
                values.append(usual[name])
            else:
                raise TypeError(f"{typename}.__new__() missing 1 required positional argument: "
                                f"'{name}'")
        if kwds:
            raise TypeError(f"{typename}.__new__() got an unexpected keyword argument "
                            f"'{next(iter(kwds))}'")
        return tuple.__new__(cls, values)

    def getter(index):
        return property(lambda self: tuple.__getitem__(self, index))

    body = {name: getter(index) for index, name in enumerate(names)}
    body.update({
        "__new__": __new__,
        "_fields": names,
        "_field_defaults": usual,
        "__match_args__": names,
        "_make": classmethod(lambda cls, values: cls(*values)),
        "_asdict": lambda self: dict(zip(names, self)),
        "_replace": lambda self, **kwds: type(self)(
            *[kwds.get(name, value) for name, value in zip(names, self)]),
        "__repr__": lambda self: typename + "(" + ", ".join(
            f"{name}={value!r}" for name, value in zip(names, self)) + ")",
    })
    return type(typename, (tuple,), body)


class OrderedDict(dict):
    def __repr__(self):
        return f"OrderedDict({dict(self)!r})" if self else "OrderedDict()"

    def move_to_end(self, key, last=True):
        value = self.pop(key)
        if last:
            self[key] = value
            return
        rest = list(self.items())
        self.clear()
        self[key] = value
        self.update(rest)

    def popitem(self, last=True):
        if not self:
            raise KeyError("dictionary is empty")
        key = list(self)[-1 if last else 0]
        return key, self.pop(key)


class Counter(dict):
    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    def update(self, iterable=None, /, **kwds):
        if iterable is not None:
            if hasattr(iterable, "items"):
                for key, count in iterable.items():
                    self[key] = self.get(key, 0) + count
            else:
                for key in iterable:
                    self[key] = self.get(key, 0) + 1
        for key, count in kwds.items():
            self[key] = self.get(key, 0) + count

    def subtract(self, iterable=None, /, **kwds):
        other = Counter(iterable, **kwds)
        for key, count in other.items():
            self[key] = self.get(key, 0) - count

    def most_common(self, n=None):
        ordered = sorted(self.items(), key=lambda pair: pair[1], reverse=True)
        return ordered if n is None else ordered[:n]

    def elements(self):
        for key, count in self.items():
            for _ in range(count):
                yield key

    def total(self):
        return sum(self.values())

    def __add__(self, other):
        result = Counter(self)
        result.update(other)
        return Counter({key: count for key, count in result.items() if count > 0})

    def __sub__(self, other):
        result = Counter(self)
        result.subtract(other)
        return Counter({key: count for key, count in result.items() if count > 0})

    def __and__(self, other):
        return Counter({key: min(count, other[key]) for key, count in self.items() if min(count, other[key]) > 0})

    def __or__(self, other):
        keys = [*self, *[key for key in other if key not in self]]
        return Counter({key: max(self[key], other[key]) for key in keys if max(self[key], other[key]) > 0})

    def __pos__(self):
        return Counter({key: count for key, count in self.items() if count > 0})

    def copy(self):
        return Counter(self)

    def __repr__(self):
        if not self:
            return "Counter()"
        return "Counter({" + ", ".join(f"{k!r}: {v!r}" for k, v in self.most_common()) + "})"


class ChainMap(abc.MutableMapping):
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for each in self.maps:
            if key in each:
                return each[key]
        raise KeyError(key)

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        del self.maps[0][key]

    def __iter__(self):
        merged = {}
        for each in reversed(self.maps):
            merged.update(dict.fromkeys(each))
        return iter(merged)

    def __len__(self):
        return len(list(iter(self)))

    def __contains__(self, key):
        return any(key in each for each in self.maps)

    def new_child(self, m=None):
        return ChainMap({} if m is None else m, *self.maps)


class deque:
    def __init__(self, iterable=(), maxlen=None):
        self._items = []
        self.maxlen = maxlen
        self.extend(iterable)

    def append(self, item):
        self._items.append(item)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            del self._items[0]

    def appendleft(self, item):
        self._items.insert(0, item)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            del self._items[-1]

    def extend(self, iterable):
        for item in iterable:
            self.append(item)

    def extendleft(self, iterable):
        for item in iterable:
            self.appendleft(item)

    def pop(self):
        if not self._items:
            raise IndexError("pop from an empty deque")
        return self._items.pop()

    def popleft(self):
        if not self._items:
            raise IndexError("pop from an empty deque")
        return self._items.pop(0)

    def rotate(self, n=1):
        if self._items:
            n %= len(self._items)
            self._items = self._items[-n:] + self._items[:-n]

    def clear(self):
        self._items.clear()

    def copy(self):
        return deque(self._items, self.maxlen)

    def count(self, item):
        return self._items.count(item)

    def index(self, item, *where):
        return self._items.index(item, *where)

    def insert(self, i, x):
        if self.maxlen is not None and len(self._items) >= self.maxlen:
            raise IndexError("deque already at its maximum size")
        self._items.insert(i, x)

    def __bool__(self):
        return bool(self._items)

    def __delitem__(self, index):
        del self._items[index]

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __add__(self, other):
        return deque([*self._items, *other], self.maxlen)

    def remove(self, item):
        self._items.remove(item)

    def reverse(self):
        self._items.reverse()

    def __iter__(self):
        return iter(self._items)

    def __reversed__(self):
        return reversed(self._items)

    def __len__(self):
        return len(self._items)

    def __getitem__(self, index):
        try:
            return self._items[index]
        except IndexError:
            raise IndexError("deque index out of range") from None

    def __setitem__(self, index, item):
        self._items[index] = item

    def __contains__(self, item):
        return item in self._items

    def __eq__(self, other):
        return isinstance(other, deque) and self._items == other._items

    def __repr__(self):
        bound = "" if self.maxlen is None else f", maxlen={self.maxlen}"
        return f"deque({self._items!r}{bound})"


class UserDict(dict):
    @property
    def data(self):
        return self


class UserList(list):
    @property
    def data(self):
        return self


UserString = str
