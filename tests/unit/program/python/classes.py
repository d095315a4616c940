class A:
    kind = "A"

    def who(self):
        return "A.who"

    def __repr__(self):
        return f"<{type(self).__name__}>"


class B(A):
    def who(self):
        return "B>" + super().who()


class C(A):
    def who(self):
        return "C>" + super().who()


class D(B, C):
    def who(self):
        return "D>" + super().who()


print(D().who(), [k.__name__ for k in D.__mro__], D())
try:
    class Bad(A, D):
        pass
except TypeError as exc:
    print("mro error")


class Counter:
    made = 0

    def __new__(cls, *args):
        Counter.made += 1
        return super().__new__(cls)

    def __init__(self, start=0):
        self._value = start

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, new):
        if new < 0:
            raise ValueError("negative")
        self._value = new

    def __add__(self, other):
        return Counter(self._value + other)

    def __iadd__(self, other):
        self._value += other
        return self

    def __eq__(self, other):
        return isinstance(other, Counter) and self._value == other._value

    def __len__(self):
        return self._value

    def __getitem__(self, key):
        return key * 2

    def __contains__(self, key):
        return key == self._value

    def __iter__(self):
        yield from range(self._value)

    def __getattr__(self, name):
        if name.startswith("dyn_"):
            return name[4:]
        raise AttributeError(name)


c = Counter(3)
c.value = 5
print(c.value, Counter.made, (c + 2).value, len(c), c[4], 5 in c, list(c), c.dyn_x)
c += 10
print(c.value, c == Counter(15), c != Counter(1))
try:
    c.value = -1
except ValueError as exc:
    print(exc)
try:
    c.other
except AttributeError as exc:
    print("attribute", exc)
try:
    hash(c)
except TypeError as exc:
    print(exc)


class Registry:
    known = []

    def __init_subclass__(cls, tag=None, **kwargs):
        super().__init_subclass__(**kwargs)
        Registry.known.append((cls.__name__, tag))


class One(Registry, tag="x"):
    pass


class Two(One):
    pass


print(Registry.known)


class Named:
    def __set_name__(self, owner, name):
        self.label = f"{owner.__name__}.{name}"

    def __get__(self, instance, owner):
        return self.label


class Holder:
    field = Named()


print(Holder.field, Holder().field)


class Meta(type):
    def __new__(mcs, name, bases, namespace, **kw):
        cls = super().__new__(mcs, name, bases, namespace)
        cls.stamp = name.lower()
        return cls

    def __call__(cls, *args):
        made = super().__call__(*args)
        made.called = True
        return made


class WithMeta(metaclass=Meta):
    pass


print(WithMeta.stamp, WithMeta().called, type(WithMeta).__name__)


class Scope:
    x = 1
    y = [x for _ in range(2)] if False else [1, 1]

    def get(self):
        return __class__.__name__

    __hidden = 3

    def hidden(self):
        return self.__hidden


print(Scope.y, Scope().get(), Scope().hidden(), Scope._Scope__hidden)


class Annotated:
    a: int = 1
    b: "str"
    c: list[int] = []


print(list(Annotated.__annotations__), Annotated.a)


def make(n):
    class Local:
        value = n

        def get(self):
            return n + self.value
    return Local


print(make(4)().get())
print(type("Dyn", (A,), {"z": 5}).z)
print(isinstance(D(), A), issubclass(D, (int, C)), D.kind, hasattr(D, "nope"))
