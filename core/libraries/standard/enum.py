# enum (Python 3.13 library reference).
_pending = object()


class auto:
    # In the class body `R | W` of members that have no value yet; the member gets its value, when
    # the class is made, from what is noted here.
    def __init__(self, value=_pending):
        self._value = value
        self._parts = None

    def _join(self, other, name, mirrored=False):
        made = auto()
        made._parts = (other, self, name) if mirrored else (self, other, name)
        return made

    def __or__(self, other):
        return self._join(other, "or_")

    def __ror__(self, other):
        return self._join(other, "or_", True)

    def __and__(self, other):
        return self._join(other, "and_")

    def __rand__(self, other):
        return self._join(other, "and_", True)

    def __xor__(self, other):
        return self._join(other, "xor")

    @property
    def value(self):
        if self._parts is not None:
            left, right, name = [each.value if isinstance(each, auto) else each
                                 for each in self._parts[:2]] + [self._parts[2]]
            return {"or_": lambda: left | right, "and_": lambda: left & right,
                    "xor": lambda: left ^ right}[name]()
        return self._value


class nonmember:
    def __init__(self, value):
        self.value = value


class member:
    def __init__(self, value):
        self.value = value


_PLAIN = {int, str, float, bytes, bool, tuple, list, dict}
_METHODS = {type(_pending.__repr__), type(nonmember.__init__), property, classmethod, staticmethod}


def _is_descriptor(value):
    kind = type(value)
    return kind in _METHODS or hasattr(kind, "__get__") or hasattr(kind, "__set__")


def _is_member(name, value):
    if name[:1] == "_" and (name[-1:] == "_" or name[:2] == "__"):
        return False
    return type(value) in _PLAIN or not _is_descriptor(value) and not isinstance(value, nonmember)


def _data_type(bases):
    for base in bases:
        for each in base.__mro__:
            if each in (int, float, str, bytes, tuple):
                return each
    return object


class EnumType(type):
    def __new__(metacls, name, bases, namespace, **kwds):
        found, plain = [], {}
        for key, value in namespace.items():
            if _is_member(key, value):
                found.append((key, value))
            else:
                plain[key] = value.value if isinstance(value, nonmember) else value
        for base in bases:
            if getattr(base, "_member_names_", None):
                raise TypeError(f"<enum {name!r}> cannot extend {base!r}")
        cls = type.__new__(metacls, name, bases, plain)
        # The methods of Enum come before those of the data type (int, str).
        methods = ["__repr__", "__str__", "__format__"]
        if getattr(cls, "_flag_", False):
            methods += ["__or__", "__and__", "__xor__", "__ror__", "__rand__", "__rxor__", "__invert__"]
        data_type = _data_type(bases)
        if data_type is not object:
            for method in methods:
                for base in cls.__mro__[:-1]:
                    if base is not data_type and method in base.__dict__:
                        type.__setattr__(cls, method, base.__dict__[method])
                        break
        cls._member_map_ = {}
        cls._member_names_ = []
        cls._value2member_map_ = {}
        cls._unhashable_ = []  # members whose value is no key
        cls._member_type_ = data_type
        values = []
        for key, value in found:
            if isinstance(value, member):
                value = value.value
            if isinstance(value, auto):
                if value._parts is None and value._value is _pending:
                    value._value = cls._generate_next_value_(key, 1, len(values), values)
                value = value.value
            args = value if isinstance(value, tuple) else (value,)
            made = cls._of_value(value)
            if made is None:
                own_new = plain.get("__new__")
                if own_new is not None:
                    maker = own_new.__func__ if hasattr(own_new, "__func__") else own_new
                    made = maker(cls, *args)
                    if not hasattr(made, "_value_"):
                        made._value_ = value
                elif data_type is object:
                    made = object.__new__(cls)
                    made._value_ = value
                else:
                    made = data_type.__new__(cls, *args)
                    made._value_ = data_type(*args) if data_type is not tuple else args
                made._name_ = key
                made._sort_order_ = len(cls._member_names_)
                if "__init__" in plain:
                    made.__init__(*args)
                if not getattr(cls, "_flag_", False) or value > 0 and value & value - 1 == 0:
                    cls._member_names_.append(key)  # flags of several bits are aliases
                try:
                    cls._value2member_map_[made._value_] = made
                except TypeError:
                    cls._unhashable_.append(made)
            values.append(made._value_)
            cls._member_map_[key] = made
            type.__setattr__(cls, key, made)
        return cls

    def __init__(cls, *args, **kwds):
        pass

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1):
        if names is not None:
            return _functional(cls, value, names, start)
        if isinstance(value, cls):
            return value
        made = cls._of_value(value)
        if made is not None:
            return made
        found = cls._missing_(value)
        if found is not None:
            return found
        raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")

    def _of_value(cls, value):
        try:
            return cls._value2member_map_.get(value)
        except TypeError:
            for made in cls._unhashable_:
                if made._value_ == value:
                    return made
            return None

    def __iter__(cls):
        return iter([cls._member_map_[name] for name in cls._member_names_])

    def __reversed__(cls):
        return iter([cls._member_map_[name] for name in reversed(cls._member_names_)])

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __contains__(cls, value):
        return isinstance(value, cls) or cls._of_value(value) is not None

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"cannot reassign member {name!r}")
        type.__setattr__(cls, name, value)

    def __repr__(cls):
        return f"<enum {cls.__qualname__!r}>"

    @property
    def __members__(cls):
        return dict(cls._member_map_)


EnumMeta = EnumType


def _functional(cls, name, names, start):
    if isinstance(names, str):
        names = names.replace(",", " ").split()
    if isinstance(names, dict):
        names = list(names.items())
    namespace = {}
    for offset, each in enumerate(names):
        if isinstance(each, str):
            each = (each, each.lower() if issubclass(cls, str) else start + offset)
        namespace[each[0]] = each[1]
    return type(cls)(name, (cls,), namespace)


class Enum(metaclass=EnumType):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        numbers = [value for value in last_values if isinstance(value, int)]
        return max(numbers) + 1 if numbers else start

    @classmethod
    def _missing_(cls, value):
        return None

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __repr__(self):
        return f"<{self.__class__.__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __format__(self, spec):
        return format(str(self), spec)

    def __hash__(self):
        return hash(self._name_)

    def __eq__(self, other):
        if self._member_type_ is object:
            return self is other
        return self._value_ == (other._value_ if isinstance(other, Enum) else other)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class ReprEnum(Enum):
    pass


class IntEnum(int, ReprEnum):
    def __str__(self):
        return str(self._value_)

    def __format__(self, spec):
        return format(self._value_, spec)


class StrEnum(str, ReprEnum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return self._value_

    def __format__(self, spec):
        return format(self._value_, spec)


class Flag(Enum):
    _flag_ = True

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        numbers = [value for value in last_values if isinstance(value, int)]
        return 1 << max(numbers).bit_length() if numbers else 1

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            return None
        every = 0
        for each in cls:
            every |= each._value_
        unknown = value & ~every
        if unknown and not issubclass(cls, int):  # Flag's boundary is STRICT, IntFlag's KEEP
            bits = max(value.bit_length(), every.bit_length())
            raise ValueError(f"<flag {cls.__qualname__!r}> invalid value {value}\n"
                             f"    given 0b0 {value:0{bits}b}\n  allowed 0b0 {every:0{bits}b}")
        names = [name for name in cls._member_names_ if cls._member_map_[name]._value_ & value]
        if unknown:
            names.append(str(unknown))
        made = int.__new__(cls, value) if issubclass(cls, int) else object.__new__(cls)
        made._value_ = value
        made._name_ = "|".join(names) or None
        return made

    def __repr__(self):
        named = f"{self.__class__.__name__}.{self._name_}" if self._name_ else self.__class__.__name__
        return f"<{named}: {self._value_!r}>"

    def __str__(self):
        if not self._name_:
            return f"{self.__class__.__name__}({self._value_!r})"
        return f"{self.__class__.__name__}.{self._name_}"

    def _other(self, other):
        return other._value_ if isinstance(other, Enum) else other

    def __or__(self, other):
        return self.__class__(self._value_ | self._other(other))

    def __and__(self, other):
        return self.__class__(self._value_ & self._other(other))

    def __xor__(self, other):
        return self.__class__(self._value_ ^ self._other(other))

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __invert__(self):
        if isinstance(self, int):
            return self.__class__(~self._value_)
        every = 0
        for each in self.__class__:
            every |= each._value_
        return self.__class__(every & ~self._value_)

    def __contains__(self, other):
        return self._other(other) & self._value_ == self._other(other)

    def __bool__(self):
        return bool(self._value_)

    def __iter__(self):
        return iter([each for each in self.__class__ if each._value_ & self._value_])


class IntFlag(int, ReprEnum, Flag):
    def __str__(self):
        return str(self._value_)

    def __format__(self, spec):
        return format(self._value_, spec)


def unique(enumeration):
    return enumeration


def verify(*checks):
    return unique


def global_enum(cls):
    return cls


property = property
UNIQUE = CONTINUOUS = NAMED_FLAGS = STRICT = CONFORM = EJECT = KEEP = None
