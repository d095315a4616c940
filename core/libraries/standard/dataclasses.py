# dataclasses (Python 3.13 library reference).
import copy
import typing


class _Missing:
    def __repr__(self):
        return "<dataclasses._MISSING_TYPE object>"


MISSING = _Missing()


class KW_ONLY:
    pass


class InitVar:
    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return cls(type)

    def __repr__(self):
        return f"dataclasses.InitVar[{getattr(self.type, '__name__', self.type)}]"


class FrozenInstanceError(AttributeError):
    pass


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = metadata or {}
        self.kw_only = kw_only
        self.init_only = False


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None,
          compare=True, metadata=None, kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _is_class_variable(annotation):
    if isinstance(annotation, str):
        return annotation.startswith(("ClassVar", "typing.ClassVar"))
    return annotation is typing.ClassVar or typing.get_origin(annotation) is typing.ClassVar


def _is_init_only(annotation):
    if isinstance(annotation, str):
        return annotation.startswith(("InitVar", "dataclasses.InitVar"))
    return annotation is InitVar or isinstance(annotation, InitVar)


def _collect(cls, kw_only):
    found = {}
    for base in reversed(cls.__mro__[1:]):
        found.update(getattr(base, "__dataclass_fields__", {}))
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():
        if annotation is KW_ONLY or annotation == "KW_ONLY":
            kw_only = True
            continue
        if _is_class_variable(annotation):
            continue
        default = cls.__dict__.get(name, MISSING)
        made = default if isinstance(default, Field) else field(default=default)
        if isinstance(made.default, (list, dict, set)):
            raise ValueError(f"mutable default {type(made.default)} for field {name} is not "
                             "allowed: use default_factory")
        made.name, made.type, made.init_only = name, annotation, _is_init_only(annotation)
        if made.kw_only is MISSING:
            made.kw_only = kw_only
        if isinstance(default, Field):
            if made.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, made.default)
        found[name] = made
    return found


def _missing_arguments(names):
    quoted = [repr(name) for name in names]
    if len(quoted) == 1:
        text = quoted[0]
    elif len(quoted) == 2:
        text = " and ".join(quoted)
    else:
        text = ", ".join(quoted[:-1]) + ", and " + quoted[-1]
    plural = "" if len(quoted) == 1 else "s"
    return f"missing {len(quoted)} required positional argument{plural}: {text}"


def _make_init(cls, fields, frozen):
    wanted = [each for each in fields if each.init]
    positional = [each for each in wanted if not each.kw_only]

    def __init__(self, *args, **kwds):
        where = f"{cls.__qualname__}.__init__()"
        if len(args) > len(positional):
            least = len([each for each in positional if each.default is MISSING and each.default_factory is MISSING]) + 1
            most = len(positional) + 1
            takes = f"{most}" if least == most else f"from {least} to {most}"
            raise TypeError(f"{where} takes {takes} positional argument{'' if takes == '1' else 's'} but "
                            f"{len(args) + 1} were given")
        given = {each.name: value for each, value in zip(positional, args)}
        for name, value in kwds.items():
            if name in given:
                raise TypeError(f"{where} got multiple values for argument '{name}'")
            given[name] = value
        missing, only = [], {}
        for each in fields:
            if each.init and each.name in given:
                value = given.pop(each.name)
            elif each.default_factory is not MISSING:
                value = each.default_factory()
            elif each.default is not MISSING:
                value = each.default
            elif each.init:
                missing.append(each.name)
                continue
            else:
                continue
            if each.init_only:
                only[each.name] = value
            else:
                object.__setattr__(self, each.name, value)
        if given:
            raise TypeError(f"{where} got an unexpected keyword argument '{next(iter(given))}'")
        if missing:
            raise TypeError(f"{where} {_missing_arguments(missing)}")
        after = getattr(self, "__post_init__", None)
        if after is not None:
            after(*[only[each.name] for each in fields if each.init_only])

    return __init__


def _make_frozen(cls):
    def __setattr__(self, name, value):
        raise FrozenInstanceError(f"cannot assign to field '{name}'")

    def __delattr__(self, name):
        raise FrozenInstanceError(f"cannot delete field '{name}'")

    cls.__setattr__ = __setattr__
    cls.__delattr__ = __delattr__


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, kw_only):
    collected = _collect(cls, kw_only)
    cls.__dataclass_fields__ = collected
    every = list(collected.values())
    fields = [each for each in every if not each.init_only]
    own = cls.__dict__
    seen_default = None
    for each in every:
        if each.init and not each.kw_only:
            if each.default is not MISSING or each.default_factory is not MISSING:
                seen_default = each.name
            elif seen_default is not None:
                raise TypeError(f"non-default argument '{each.name}' follows default argument '{seen_default}'")
    if init:
        made = _make_init(cls, every, frozen)
        made.__qualname__ = f"{cls.__qualname__}.__init__"
        made.__annotations__ = {each.name: each.type for each in every if each.init}
        cls.__init__ = made
    if repr and "__repr__" not in own:
        shown = [each.name for each in fields if each.repr]
        cls.__repr__ = lambda self: (type(self).__qualname__ + "(" + ", ".join(
            f"{name}={getattr(self, name)!r}" for name in shown) + ")")
    compared = [each.name for each in fields if each.compare]

    def values(self):
        return tuple(getattr(self, name) for name in compared)

    if eq and "__eq__" not in own:
        def __eq__(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return values(self) == values(other)
        cls.__eq__ = __eq__
    if order:
        cls.__lt__ = lambda self, other: values(self) < values(other)
        cls.__le__ = lambda self, other: values(self) <= values(other)
        cls.__gt__ = lambda self, other: values(self) > values(other)
        cls.__ge__ = lambda self, other: values(self) >= values(other)
    if unsafe_hash or (frozen and eq):
        cls.__hash__ = lambda self: hash(values(self))
    elif eq and "__hash__" not in own:
        cls.__hash__ = None
    if frozen:
        _make_frozen(cls)
    cls.__match_args__ = tuple(each.name for each in every if each.init and not each.kw_only)
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False,
              frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def decorate(cls):
        made = _process(cls, init, repr, eq, order, unsafe_hash, frozen, kw_only)
        if slots:
            made.__slots__ = tuple([each.name for each in fields(made)])
        return made
    return decorate if cls is None else decorate(cls)


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), "__dataclass_fields__")


def fields(class_or_instance):
    try:
        return tuple([each for each in class_or_instance.__dataclass_fields__.values() if not each.init_only])
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None


def _plain(value, dict_factory):
    if is_dataclass(value) and not isinstance(value, type):
        return dict_factory([(each.name, _plain(getattr(value, each.name), dict_factory))
                             for each in fields(value)])
    if isinstance(value, (list, tuple)):
        return type(value)([_plain(item, dict_factory) for item in value])
    if isinstance(value, dict):
        return {_plain(k, dict_factory): _plain(v, dict_factory) for k, v in value.items()}
    return copy.copy(value)


def asdict(obj, *, dict_factory=dict):
    if not is_dataclass(obj) or isinstance(obj, type):
        raise TypeError("asdict() should be called on dataclass instances")
    return _plain(obj, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    return tuple_factory([getattr(obj, each.name) for each in fields(obj)])


def replace(obj, /, **changes):
    for each in obj.__dataclass_fields__.values():
        if not each.init:
            if each.name in changes:
                raise TypeError(f"field {each.name} is declared with init=False, it cannot be specified with replace()")
        elif each.init_only and each.default is MISSING and each.name not in changes:
            raise TypeError(f"InitVar {each.name!r} must be specified with replace()")
        elif not each.init_only and each.name not in changes:
            changes[each.name] = getattr(obj, each.name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    body = dict(namespace or {})
    annotations = {}
    for one in fields:
        if isinstance(one, str):
            annotations[one] = typing.Any
        else:
            annotations[one[0]] = one[1]
            if len(one) == 3:
                body[one[0]] = one[2]
    body["__annotations__"] = annotations
    return dataclass(type(cls_name, bases, body), **options)
