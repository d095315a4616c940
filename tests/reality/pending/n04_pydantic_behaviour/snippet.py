import json
from datetime import datetime, timezone
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Generic, Literal, Self, TypeVar, Union

from fastapi import Body, FastAPI, Query
from fastapi.encoders import jsonable_encoder
from pydantic import (AfterValidator, AliasChoices, AliasPath, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, PrivateAttr, RootModel, SecretStr, Tag, TypeAdapter, ValidationError, WrapValidator, computed_field,
                      create_model, field_serializer, field_validator, model_serializer, model_validator)

app = FastAPI()
T = TypeVar("T")


def attempt(f, *a, **k):
    try:
        return f(*a, **k)
    except ValidationError as e:
        return {"count": e.error_count(), "title": e.title, "errors": e.errors(include_url=False, include_context=False), "text": str(e)}
    except Exception as e:
        return f"{type(e).__name__}: {e}"


class Page(BaseModel, Generic[T]):
    items: list[T]
    total: int = 0

    @computed_field
    @property
    def pages(self) -> int:
        return -(-self.total // 10)


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog", "wolf"]
    breed: str


Pet = Annotated[Union[Cat, Dog], Field(discriminator="kind")]


class Owner(BaseModel):
    model_config = ConfigDict(populate_by_name=True, str_strip_whitespace=True, extra="allow")
    first: str = Field(alias="firstName", description="given name", examples=["Ann"])
    pets: list[Pet] = Field(default_factory=list)
    secret: SecretStr = SecretStr("none")
    _seen: int = PrivateAttr(default=0)

    def model_post_init(self, context: Any) -> None:
        self._seen += 1


class Range(BaseModel):
    model_config = ConfigDict(validate_assignment=True, frozen=False)
    low: int
    high: int

    @model_validator(mode="before")
    @classmethod
    def from_text(cls, value: Any) -> Any:
        if isinstance(value, str):
            low, _, high = value.partition("-")
            return {"low": low, "high": high}
        return value

    @field_validator("low", "high", mode="after")
    @classmethod
    def small(cls, value: int, info) -> int:
        if value > 100:
            raise ValueError(f"{info.field_name} is too big")
        return value

    @model_validator(mode="after")
    def ordered(self) -> Self:
        if self.low > self.high:
            raise ValueError("low > high")
        return self


def double(value: Any, handler) -> int:
    try:
        return handler(value) * 2
    except ValidationError:
        return -1


class Odd(BaseModel):
    a: Annotated[int, BeforeValidator(lambda v: v.strip() if isinstance(v, str) else v)]
    b: Annotated[int, WrapValidator(double)]
    c: Annotated[str, AfterValidator(str.upper)]
    d: str = Field("d", validation_alias=AliasChoices("dd", AliasPath("nest", "d")))
    when: datetime = Field(default_factory=lambda: datetime(2024, 1, 2, tzinfo=timezone.utc))
    price: Decimal = Decimal("1.50")

    @field_serializer("when")
    def ser_when(self, value: datetime, _info) -> str:
        return value.strftime("%d.%m.%Y")

    @field_serializer("price", when_used="json")
    def ser_price(self, value: Decimal) -> float:
        return float(value)


class Tags(RootModel[list[str]]):
    def __iter__(self):
        return iter(self.root)

    def __getitem__(self, i):
        return self.root[i]


@app.post("/owner", response_model_by_alias=False)
def owner(o: Owner) -> Owner:
    return o


@app.post("/owner/short", response_model=Owner, response_model_exclude={"secret"}, response_model_exclude_unset=True)
def short(o: Owner):
    return o


@app.get("/page")
def page() -> Page[Cat]:
    return Page[Cat](items=[Cat(kind="cat")], total=21)


@app.post("/pet")
def pet(pet: Pet = Body(...)):
    return {"type": type(pet).__name__, "pet": pet}


@app.post("/odd")
def odd(o: Odd):
    return [o, o.model_dump(exclude={"when"}), json.loads(o.model_dump_json(exclude_defaults=True)), repr(o)]


@app.post("/range")
def rng(r: Range):
    out = [r.model_dump(), attempt(setattr, r, "high", 500), attempt(setattr, r, "high", "x"), attempt(setattr, r, "nope", 1), r.model_fields_set and sorted(r.model_fields_set), attempt(r.model_copy, update={"low": 9}) and r.model_copy(update={"low": 9}).low]
    return out


@app.get("/adapter")
def adapter():
    ints = TypeAdapter(list[int])
    Dyn = create_model("Dyn", x=(int, ...), y=(str, "y"))
    return [attempt(ints.validate_python, ["1", 2]), attempt(ints.validate_python, ["a"]), attempt(ints.validate_json, "[1, 2"), attempt(ints.validate_json, b"[1,2]"), attempt(Tags.model_validate, ["a", "b"]).model_dump(), list(Tags(["x"])), Tags(["q"])[0], attempt(Owner.model_validate, {}), attempt(Owner.model_validate_json, "{}"), attempt(Owner, first="A", pets=[{"kind": "cow"}]), attempt(Owner, first="A", pets=[{}]), attempt(Range.model_validate, "5-3"), attempt(Range.model_validate, "500-600"), attempt(Range, low=1), Owner(first=" Ann ", x=1).model_extra, repr(Owner(first="B")), Owner(firstName="C") == Owner(first="C"), Owner(first="B")._seen, attempt(Cat, kind="dog"), attempt(Dyn, x="1"), attempt(Dyn), list(Owner.model_fields), Owner.model_fields["first"].alias, str(SecretStr("x")), jsonable_encoder(Range(low=1, high=2)), jsonable_encoder({"d": Decimal("1.0"), "e": Decimal("3"), "t": datetime(2024, 5, 6), "s": {1}, "b": b"x"}), Page[int].__name__, attempt(Page[int], items=["x"]), Cat.model_construct(lives=3).lives, hash(Page) is not None]


@app.get("/schema")
def schema():
    return [Range.model_json_schema(), Owner.model_json_schema(), Page[int].model_json_schema()]
