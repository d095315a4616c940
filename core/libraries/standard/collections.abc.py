# collections.abc (Python 3.13 library reference): tested by methods, as the real ones are.
from _typing import _generic


class _ByMethods(type):
    def __getitem__(cls, item):
        return _generic(cls, item)

    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass):
        wanted = cls.__dict__.get("_wanted")
        if wanted is None or cls in subclass.__mro__:
            return cls in subclass.__mro__
        builtin = cls.__dict__.get("_builtin")
        if builtin is not None:
            return issubclass(subclass, builtin)
        return all(getattr(subclass, name, None) is not None for name in wanted.split())


def _abc(name, wanted, builtin=None, bases=(object,)):
    return _ByMethods(name, bases, {"_wanted": wanted, "_builtin": builtin,
                                    "__module__": "collections.abc"})


class _IteratorMethods:
    def __iter__(self):
        return self


class _AsyncIteratorMethods:
    def __aiter__(self):
        return self


class _SequenceMethods:
    def __iter__(self):
        at = 0
        while True:
            try:
                yield self[at]
            except IndexError:
                return
            at += 1

    def __contains__(self, value):
        return any(each is value or each == value for each in self)

    def __reversed__(self):
        return iter([self[at] for at in range(len(self) - 1, -1, -1)])

    def index(self, value, start=0, stop=None):
        for at in range(start, len(self) if stop is None else stop):
            if self[at] == value:
                return at
        raise ValueError

    def count(self, value):
        return sum([1 for each in self if each == value])


class _MutableSequenceMethods(_SequenceMethods):
    def append(self, value):
        self.insert(len(self), value)

    def extend(self, values):
        for value in values:
            self.append(value)

    def pop(self, index=-1):
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        del self[self.index(value)]

    def clear(self):
        while len(self):
            self.pop()

    def __iadd__(self, values):
        self.extend(values)
        return self


Hashable = _abc("Hashable", "__hash__")
Awaitable = _abc("Awaitable", "__await__")
Coroutine = _abc("Coroutine", "send throw close __await__")
AsyncIterable = _abc("AsyncIterable", "__aiter__")
AsyncIterator = _abc("AsyncIterator", "__anext__ __aiter__", None, (_AsyncIteratorMethods,))
AsyncGenerator = _abc("AsyncGenerator", "__anext__ __aiter__ asend athrow aclose")
Iterable = _abc("Iterable", "__iter__")
Iterator = _abc("Iterator", "__next__ __iter__", None, (_IteratorMethods,))
Generator = _abc("Generator", "__next__ __iter__ send throw close", None, (_IteratorMethods,))
Reversible = _abc("Reversible", "__reversed__ __iter__")
Sized = _abc("Sized", "__len__")
Container = _abc("Container", "__contains__")
Callable = _abc("Callable", "__call__")
Collection = _abc("Collection", "__len__ __iter__ __contains__")
Sequence = _abc("Sequence", "", (list, tuple, str, range, bytes, bytearray), (_SequenceMethods,))
MutableSequence = _abc("MutableSequence", "", (list, bytearray), (_MutableSequenceMethods, Sequence))
ByteString = Buffer = _abc("Buffer", "", (bytes, bytearray))
Set = _abc("Set", "", (set, frozenset))
MutableSet = _abc("MutableSet", "", (set,))
KeysView = _abc("KeysView", "__len__ isdisjoint")
ItemsView = _abc("ItemsView", "__len__ isdisjoint")
ValuesView = _abc("ValuesView", "__len__")


class _MappingMethods:
    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        return list(self)

    def values(self):
        return [self[key] for key in self]

    def items(self):
        return [(key, self[key]) for key in self]

    def __eq__(self, other):
        return dict(self.items()) == dict(other.items())


class _MutableMappingMethods(_MappingMethods):
    def pop(self, key, *default):
        try:
            value = self[key]
        except KeyError:
            if default:
                return default[0]
            raise
        del self[key]
        return value

    def setdefault(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default

    def update(self, other=(), /, **kwds):
        for key, value in dict(other, **kwds).items():
            self[key] = value

    def clear(self):
        for key in list(self):
            del self[key]


Mapping = _abc("Mapping", "", (dict,), (_MappingMethods,))
MutableMapping = _abc("MutableMapping", "", (dict,), (_MutableMappingMethods, Mapping))
