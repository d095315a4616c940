# typing (Python 3.13 library reference) at run time.
import collections.abc as _abc
from _typing import (Annotated, Any, Callable, ClassVar, Concatenate, Dict, Final, ForwardRef,
                     FrozenSet, List, Literal, LiteralString, Never, NewType, NoReturn,
                     NotRequired, Optional, ParamSpec, ReadOnly, Required, Self, Set, Tuple, Type,
                     TypeAlias, TypeGuard, TypeIs, TypeVar, TypeVarTuple, Union, Unpack, _alias,
                     _subscript, get_args, get_origin)

TYPE_CHECKING = False
Text = str
AnyStr = TypeVar("AnyStr", str, bytes)
AbstractSet = _alias("AbstractSet", _abc.Set)
Iterable = _alias("Iterable", _abc.Iterable)
Iterator = _alias("Iterator", _abc.Iterator)
Generator = _alias("Generator", _abc.Generator)
AsyncIterable = _alias("AsyncIterable", _abc.AsyncIterable)
AsyncIterator = _alias("AsyncIterator", _abc.AsyncIterator)
AsyncGenerator = _alias("AsyncGenerator", _abc.AsyncGenerator)
Awaitable = _alias("Awaitable", _abc.Awaitable)
Coroutine = _alias("Coroutine", _abc.Coroutine)
Mapping = _alias("Mapping", _abc.Mapping)
MutableMapping = _alias("MutableMapping", _abc.MutableMapping)
Sequence = _alias("Sequence", _abc.Sequence)
MutableSequence = _alias("MutableSequence", _abc.MutableSequence)
MutableSet = _alias("MutableSet", _abc.MutableSet)
Collection = _alias("Collection", _abc.Collection)
Container = _alias("Container", _abc.Container)
Hashable = _alias("Hashable", _abc.Hashable)
Sized = _alias("Sized", _abc.Sized)
Reversible = _alias("Reversible", _abc.Reversible)
KeysView = _alias("KeysView", _abc.KeysView)
ValuesView = _alias("ValuesView", _abc.ValuesView)
ItemsView = _alias("ItemsView", _abc.ItemsView)
Deque, DefaultDict, OrderedDict, Counter, ChainMap = [
    _alias(_name, dict) for _name in ("Deque", "DefaultDict", "OrderedDict", "Counter", "ChainMap")]
ContextManager, AsyncContextManager, Pattern, Match = [
    _alias(_name, object) for _name in ("ContextManager", "AsyncContextManager", "Pattern", "Match")]


class Generic:
    def __class_getitem__(cls, params):
        return _subscript(cls, params)


_NOT_MEMBERS = ("__module__", "__qualname__", "__doc__", "__annotations__", "__orig_bases__",
                "__parameters__", "__init__", "__slots__", "__hash__", "_runtime", "__class_getitem__")


class _ProtocolMeta(type):
    def __instancecheck__(cls, instance):
        if cls in type(instance).__mro__ or Protocol not in cls.__bases__:
            return cls in type(instance).__mro__
        if not cls.__dict__.get("_runtime"):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        return all(hasattr(instance, name) for each in cls.__mro__ if Protocol in each.__bases__
                   for name in [*each.__dict__, *each.__dict__.get("__annotations__", {})]
                   if name not in _NOT_MEMBERS)

    def __subclasscheck__(cls, subclass):
        return cls.__instancecheck__(subclass) if Protocol in cls.__bases__ else cls in subclass.__mro__


class Protocol(metaclass=_ProtocolMeta):
    def __class_getitem__(cls, params):
        return _subscript(cls, params)


class SupportsInt(Protocol):
    pass


SupportsFloat = SupportsAbs = SupportsBytes = SupportsIndex = SupportsRound = SupportsInt


class IO:
    pass


class TextIO(IO):
    pass


class BinaryIO(IO):
    pass


def cast(typ, val):
    return val


def _same(thing):
    return thing


overload = final = override = no_type_check = type_check_only = _same


def runtime_checkable(cls):
    cls._runtime = True
    return cls


runtime = runtime_checkable


def dataclass_transform(**kwds):
    return _same


def assert_never(arg):
    raise AssertionError(f"Expected code to be unreachable, but got: {arg!r}")


def assert_type(val, typ):
    return val


def reveal_type(obj):
    return obj


def is_typeddict(tp):
    return getattr(tp, "__is_typeddict__", False)


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            hints.update(base.__dict__.get("__annotations__", {}))
    else:
        hints.update(getattr(obj, "__annotations__", None) or {})
    if not include_extras:
        hints = {name: get_args(hint)[0] if get_origin(hint) is Annotated else hint
                 for name, hint in hints.items()}
    return {name: type(None) if hint is None else hint for name, hint in hints.items()}


class NamedTuple(tuple):
    def __new__(cls, typename, fields=()):
        from collections import namedtuple
        made = namedtuple(typename, [name for name, _ in fields])
        made.__annotations__ = dict(fields)
        return made

    def __init_subclass__(cls):
        from collections import namedtuple
        hints = cls.__dict__.get("__annotations__")
        if hints is None:
            return
        defaults = [cls.__dict__[name] for name in hints if name in cls.__dict__]
        made = namedtuple(cls.__name__, list(hints), defaults=defaults)
        for name, value in made.__dict__.items():
            if name in hints or name in ("__new__", "_fields", "_field_defaults", "_make",
                                         "_asdict", "_replace", "__match_args__"):
                setattr(cls, name, value)
        if "__repr__" not in cls.__dict__:
            cls.__repr__ = made.__repr__


class TypedDict(dict):
    __is_typeddict__ = True
    __total__ = True

    def __init_subclass__(cls, total=True):
        cls.__total__ = total
