# types (Python 3.13 library reference).
def _function():
    yield


async def _coroutine():
    pass


FunctionType = LambdaType = type(_function)
GeneratorType = type(_function())
_pending = _coroutine()
CoroutineType = type(_pending)
_pending.close()
ModuleType = type(__import__("_os"))
BuiltinFunctionType = BuiltinMethodType = type(len)
MethodType = type("".join)
NoneType = type(None)
EllipsisType = type(...)
NotImplementedType = type(NotImplemented)
TracebackType = NoneType
CodeType = FrameType = object
UnionType = type(int | str)
GenericAlias = type(list[int])


class SimpleNamespace:
    def __init__(self, mapping=(), /, **kwds):
        self.__dict__.update(mapping, **kwds)

    def __repr__(self):
        return "namespace(" + ", ".join(f"{k}={v!r}" for k, v in self.__dict__.items()) + ")"

    def __eq__(self, other):
        return isinstance(other, SimpleNamespace) and self.__dict__ == other.__dict__


class MappingProxyType:
    def __init__(self, mapping):
        self._mapping = mapping

    def __getattr__(self, name):
        return getattr(self._mapping, name)

    def __getitem__(self, key):
        return self._mapping[key]

    def __iter__(self):
        return iter(self._mapping)

    def __len__(self):
        return len(self._mapping)

    def __contains__(self, key):
        return key in self._mapping


class DynamicClassAttribute(property):
    pass


def new_class(name, bases=(), kwds=None, exec_body=None):
    body = {}
    if exec_body is not None:
        exec_body(body)
    return type(name, bases, body)


def coroutine(func):
    return func
