# inspect (Python 3.13 library reference): the questions that applications ask.
from _asyncio import iscoroutine, iscoroutinefunction


class _empty:
    pass


def isawaitable(obj):
    return hasattr(type(obj), "__await__")


def isfunction(obj):
    return type(obj).__name__ == "function"


def ismethod(obj):
    return type(obj).__name__ == "method"


def isclass(obj):
    return isinstance(obj, type)


def ismodule(obj):
    return type(obj).__name__ == "module"


def isgenerator(obj):
    return type(obj).__name__ == "generator"


def isasyncgen(obj):
    return type(obj).__name__ == "async_generator"


def _flags(obj):
    return getattr(getattr(obj, "__code__", None), "co_flags", 0)


def isgeneratorfunction(obj):
    return bool(_flags(obj) & 0x20)


def isasyncgenfunction(obj):
    return bool(_flags(obj) & 0x200)


def getdoc(obj):
    return obj.__doc__


def getmembers(obj, predicate=None):
    found = [(name, getattr(obj, name)) for name in dir(obj)]
    return [pair for pair in found if predicate is None or predicate(pair[1])]


def getmodule(obj):
    return None


def unwrap(func, *, stop=None):
    while hasattr(func, "__wrapped__") and not (stop and stop(func)):
        func = func.__wrapped__
    return func


def cleandoc(doc):
    import textwrap
    first, _, rest = doc.partition("\n")
    return (first.lstrip() + ("\n" + textwrap.dedent(rest) if rest else "")).strip("\n")


def getattr_static(obj, attr, default=_empty):
    for where in (obj, *type(obj).__mro__):
        if attr in getattr(where, "__dict__", {}):
            return where.__dict__[attr]
    if default is _empty:
        raise AttributeError(attr)
    return default


class _Kind(int):
    def __new__(cls, value, name, description):
        made = int.__new__(cls, value)
        made.name, made.description = name, description
        return made

    def __repr__(self):
        return f"<_ParameterKind.{self.name}: {int(self)}>"

    def __str__(self):
        return self.name


def _shown(annotation):
    if isinstance(annotation, type) and not hasattr(annotation, "__origin__"):
        module = annotation.__module__
        return annotation.__qualname__ if module == "builtins" else f"{module}.{annotation.__qualname__}"
    return repr(annotation).replace("typing.", "")


class Parameter:
    empty = _empty
    POSITIONAL_ONLY = _Kind(0, "POSITIONAL_ONLY", "positional-only")
    POSITIONAL_OR_KEYWORD = _Kind(1, "POSITIONAL_OR_KEYWORD", "positional or keyword")
    VAR_POSITIONAL = _Kind(2, "VAR_POSITIONAL", "variadic positional")
    KEYWORD_ONLY = _Kind(3, "KEYWORD_ONLY", "keyword-only")
    VAR_KEYWORD = _Kind(4, "VAR_KEYWORD", "variadic keyword")

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self.name, self.kind, self.default, self.annotation = name, kind, default, annotation

    def replace(self, **changes):
        kept = {key: changes.get(key, getattr(self, key)) for key in ("name", "kind", "default", "annotation")}
        return Parameter(kept.pop("name"), kept.pop("kind"), **kept)

    def __eq__(self, other):
        return isinstance(other, Parameter) and self.__dict__ == other.__dict__

    def __str__(self):
        text = {2: "*", 4: "**"}.get(self.kind, "") + self.name
        annotated = self.annotation is not _empty
        if annotated:
            text += f": {_shown(self.annotation)}"
        if self.default is not _empty:
            text += f" = {self.default!r}" if annotated else f"={self.default!r}"
        return text

    def __repr__(self):
        return f'<Parameter "{self}">'


class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature, self.arguments = signature, arguments

    @property
    def args(self):
        out = []
        for name, parameter in self.signature.parameters.items():
            if parameter.kind > 2 or name not in self.arguments:
                break
            value = self.arguments[name]
            out.extend(value) if parameter.kind == 2 else out.append(value)
        return tuple(out)

    @property
    def kwargs(self):
        out, by_name = {}, False
        for name, parameter in self.signature.parameters.items():
            if name not in self.arguments:
                by_name = by_name or parameter.kind < 2
            elif parameter.kind == 4:
                out.update(self.arguments[name])
            elif parameter.kind == 3 or by_name:
                out[name] = self.arguments[name]
        return out

    def apply_defaults(self):
        filled = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments:
                filled[name] = self.arguments[name]
            elif parameter.default is not _empty:
                filled[name] = parameter.default
            elif parameter.kind in (2, 4):
                filled[name] = () if parameter.kind == 2 else {}
        self.arguments = filled

    def __repr__(self):
        return f"<BoundArguments ({', '.join(f'{name}={value!r}' for name, value in self.arguments.items())})>"


class Signature:
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self.parameters = {each.name: each for each in parameters or ()}
        self.return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, **options):
        return signature(obj)

    def replace(self, *, parameters=None, return_annotation=None):
        return Signature(self.parameters.values() if parameters is None else parameters,
                         return_annotation=self.return_annotation if return_annotation is None else return_annotation)

    def _bind(self, args, kwargs, partial):
        found, args, kwargs = {}, list(args), dict(kwargs)
        for name, parameter in self.parameters.items():
            if parameter.kind == 2:
                if args:
                    found[name], args = tuple(args), []
            elif parameter.kind == 4:
                if kwargs:
                    found[name], kwargs = kwargs, {}
            elif args and parameter.kind < 2:
                if name in kwargs and parameter.kind == 1:
                    raise TypeError(f"multiple values for argument {name!r}")
                found[name] = args.pop(0)
            elif name in kwargs and parameter.kind != 0:
                found[name] = kwargs.pop(name)
            elif parameter.default is _empty and not partial:
                more = " keyword-only" if parameter.kind == 3 else ""
                raise TypeError(f"missing a required{more} argument: {name!r}")
        if args:
            raise TypeError("too many positional arguments")
        if kwargs:
            raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
        return BoundArguments(self, found)

    def bind(self, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def __eq__(self, other):
        return isinstance(other, Signature) and self.__dict__ == other.__dict__

    def __str__(self):
        out, slash, star = [], False, False
        for parameter in self.parameters.values():
            if slash and parameter.kind != 0:
                out.append("/")
                slash = False
            slash = slash or parameter.kind == 0
            if parameter.kind == 3 and not star:
                out.append("*")
            star = star or parameter.kind in (2, 3)
            out.append(str(parameter))
        if slash:
            out.append("/")
        text = f"({', '.join(out)})"
        return text if self.return_annotation is _empty else f"{text} -> {_shown(self.return_annotation)}"

    def __repr__(self):
        return f"<Signature {self}>"


def _of_function(func):
    code, notes = func.__code__, func.__annotations__
    count, only, keyword = code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount
    defaults = func.__defaults__ or ()
    found = []
    for place, name in enumerate(code.co_varnames[:count]):
        at = place - (count - len(defaults))
        found.append(Parameter(name, Parameter.POSITIONAL_ONLY if place < only else Parameter.POSITIONAL_OR_KEYWORD,
                               default=defaults[at] if at >= 0 else _empty, annotation=notes.get(name, _empty)))
    rest = count + keyword
    if code.co_flags & 4:
        name = code.co_varnames[rest]
        found.append(Parameter(name, Parameter.VAR_POSITIONAL, annotation=notes.get(name, _empty)))
        rest += 1
    for name in code.co_varnames[count:count + keyword]:
        found.append(Parameter(name, Parameter.KEYWORD_ONLY, default=(func.__kwdefaults__ or {}).get(name, _empty),
                               annotation=notes.get(name, _empty)))
    if code.co_flags & 8:
        name = code.co_varnames[rest]
        found.append(Parameter(name, Parameter.VAR_KEYWORD, annotation=notes.get(name, _empty)))
    return Signature(found, return_annotation=notes.get("return", _empty))


def signature(obj, *, follow_wrapped=True, **options):
    if not callable(obj):
        raise TypeError(f"{obj!r} is not a callable object")
    if ismethod(obj):
        whole = signature(obj.__func__)
        return whole.replace(parameters=list(whole.parameters.values())[1:])
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda each: hasattr(each, "__signature__"))
    own = getattr(obj, "__signature__", None)
    if own is not None:
        return own
    if isfunction(obj):
        return _of_function(obj)
    if isinstance(obj, type):
        made = obj.__init__ if isfunction(obj.__init__) else obj.__new__
        if not isfunction(made):
            return Signature()
        whole = _of_function(made)
        return Signature(list(whole.parameters.values())[1:])
    if hasattr(obj, "func") and hasattr(obj, "keywords"):  # functools.partial
        whole = signature(obj.func)
        left = []
        for place, each in enumerate(whole.parameters.values()):
            if place < len(obj.args) and each.kind < 2:
                continue
            if each.name in obj.keywords:
                each = each.replace(default=obj.keywords[each.name], kind=Parameter.KEYWORD_ONLY)
            left.append(each)
        return whole.replace(parameters=left)
    call = type(obj).__dict__.get("__call__") or getattr(type(obj), "__call__", None)
    if isfunction(call):
        whole = _of_function(call)
        return whole.replace(parameters=list(whole.parameters.values())[1:])
    raise ValueError(f"no signature found for builtin {obj!r}")
