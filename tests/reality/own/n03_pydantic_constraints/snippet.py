from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, StrEnum
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path as FilePath
from typing import Annotated, Any, Generic, Literal, Optional, TypeVar, Union
from uuid import UUID

from fastapi import FastAPI
from pydantic import (AfterValidator, AnyUrl, BaseModel, BeforeValidator, ConfigDict, EmailStr, Field, HttpUrl, NonNegativeInt, PlainSerializer, PositiveFloat, PositiveInt, SecretStr, StrictBool, StrictInt, StrictStr,
                      StringConstraints, TypeAdapter, ValidationError, WrapValidator, computed_field, conint, conlist, constr, field_serializer, field_validator, model_serializer, model_validator)

app = FastAPI()


class Kind(StrEnum):
    small = "small"
    LARGE = "large"


class Numbers(BaseModel):
    a: int = Field(gt=0, lt=10)
    b: float = Field(ge=0.5, le=1.5)
    c: Decimal = Field(max_digits=5, decimal_places=2)
    d: PositiveInt
    e: Annotated[int, Field(multiple_of=3)]
    f: conint(ge=2)
    g: StrictInt
    h: NonNegativeInt = 0


class Texts(BaseModel):
    a: str = Field(min_length=2, max_length=4)
    b: constr(pattern=r"^[A-Z]{2}\d+$")
    c: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=1)]
    d: Literal["x", "y", 3]
    e: Kind
    f: EmailStr
    g: HttpUrl
    h: UUID
    i: bytes = b""


class Times(BaseModel):
    a: datetime
    b: date
    c: time
    d: timedelta
    e: datetime | None = None


class Shapes(BaseModel):
    a: list[int] = Field(min_length=1, max_length=2)
    b: tuple[int, str]
    c: set[int]
    d: dict[str, int]
    e: tuple[int, ...]
    f: Optional[int]
    g: Union[int, str, list[int]]
    h: bool
    i: IPv4Address
    j: frozenset[str] = frozenset()
    k: Any = None


@app.post("/numbers")
def numbers(n: Numbers):
    return n


@app.post("/texts")
def texts(t: Texts):
    return t


@app.post("/times")
def times(t: Times):
    return t


@app.post("/shapes")
def shapes(s: Shapes):
    return s
