# typing_extensions: what it adds is in typing by now.
from typing import *
from typing import (Annotated, Any, Callable, ClassVar, Concatenate, Final, Literal, LiteralString,
                    Never, NewType, NoReturn, NotRequired, Optional, ParamSpec, Protocol, ReadOnly,
                    Required, Self, TYPE_CHECKING, TypeAlias, TypedDict, TypeGuard, TypeIs, TypeVar,
                    TypeVarTuple, Union, Unpack, NamedTuple, Generic, Type, assert_never, cast,
                    dataclass_transform, final, get_args, get_origin, get_type_hints, overload,
                    override, runtime_checkable)
from warnings import deprecated


class Doc:
    def __init__(self, documentation, /):
        self.documentation = documentation
