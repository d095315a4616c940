from typing import Annotated, Any, Generic, TypeVar, Literal
from pydantic import *
def t(f, *a, **k):
    try:
        print(repr(f(*a, **k)))
    except ValidationError as e:
        print(str(e))
        print([{k: v for k, v in x.items() if k not in ("url", "ctx")} for x in e.errors()])
    except Exception as e:
        print(type(e).__name__, str(e))
class M(BaseModel):
    name: str
    age: int
    pw: str = "p"
    pw2: str = "p"
    @field_validator("name")
    @classmethod
    def name_ok(cls, v):
        if " " in v:
            raise ValueError("no spaces")
        return v.title()
    @field_validator("age", mode="before")
    def age_before(cls, v):
        print("before", v)
        return v
    @field_validator("age")
    @classmethod
    def age_ok(cls, v: int, info: ValidationInfo) -> int:
        print(info.field_name, info.data, info.mode)
        assert v < 150, "too old"
        return v
    @model_validator(mode="after")
    def same(self):
        if self.pw != self.pw2:
            raise ValueError("passwords differ")
        return self
    @model_validator(mode="before")
    @classmethod
    def pre(cls, data):
        if isinstance(data, dict) and "years" in data:
            data = dict(data)
            data["age"] = data.pop("years")
        return data
t(M, name="ada", age="5"); t(M, name="a b", age=200); t(M, name="x", age=5, pw="q"); t(M, name="x", years=7)
class W(BaseModel):
    x: int
    @field_validator("x", mode="wrap")
    @classmethod
    def wrap(cls, v, handler):
        try:
            return handler(v)
        except ValidationError:
            return -1
    @model_validator(mode="wrap")
    @classmethod
    def mw(cls, data, handler):
        print("wrap", data)
        return handler(data)
t(W, x="q"); t(W.model_validate, {"x": "4"})
def double(v): return v * 2
class A(BaseModel):
    x: Annotated[int, AfterValidator(double), Field(gt=3)]
    y: Annotated[str, BeforeValidator(str)] = "5"
    z: Annotated[int, PlainSerializer(lambda v: f"<{v}>", return_type=str)] = 1
t(A, x=1); t(A, x=2, y=7); print(A(x=2).model_dump(), A(x=2).model_dump_json())
class C(BaseModel):
    a: int
    b: int = 2
    secret: str = Field("s", exclude=True)
    _priv: int = PrivateAttr(default=7)
    _list: list = PrivateAttr(default_factory=list)
    @computed_field
    @property
    def total(self) -> int:
        return self.a + self.b
    @field_serializer("a")
    def ser_a(self, v, info):
        return f"a={v}"
c = C(a=1)
print(c, c.model_dump(), c.model_dump_json(), c._priv, c._list, c.total)
c._priv = 9; c._list.append(1); print(c._priv, C(a=1)._priv, C(a=1)._list)
class S(BaseModel):
    x: int
    @model_serializer
    def ser(self):
        return {"X": self.x}
print(S(x=1).model_dump(), S(x=2).model_dump_json())
class SW(BaseModel):
    x: int
    @model_serializer(mode="wrap")
    def ser(self, handler):
        d = handler(self)
        d["extra"] = True
        return d
print(SW(x=1).model_dump())
T = TypeVar("T")
class Page(BaseModel, Generic[T]):
    items: list[T]
    total: int = 0
t(Page[int], items=["1", 2]); t(Page[int], items=["x"]); t(Page[C], items=[{"a": 1}]); print(Page[int].__name__)
t(Page, items=[1, "a"])
class Tags(RootModel[list[str]]):
    pass
t(Tags, ["a", "b"]); t(Tags, [1]); print(Tags(["a"]).model_dump(), Tags(["a"]).root, Tags.model_validate_json('["q"]'))
class R2(RootModel):
    root: dict[str, int] = {}
t(R2, {"a": "1"}); t(R2)
ta = TypeAdapter(list[int])
t(ta.validate_python, ["1", 2]); t(ta.validate_python, ["x"]); t(ta.validate_json, "[1,2]"); t(ta.validate_json, "[1,")
print(ta.dump_python([1]), ta.dump_json([1]))
D = create_model("D", a=(int, ...), b=(str, "x"))
t(D, a="1"); t(D)
class F(BaseModel):
    ids: list[int] = Field(default_factory=list)
    n: int = Field(default_factory=lambda: 5)
f = F(); f.ids.append(1); print(F(), f)
class PI(BaseModel):
    def model_post_init(self, ctx): self.__dict__["done"] = 1; print("post", self.x)
    x: int = 1
PI()
class Init(BaseModel):
    x: int
    def __init__(self, **data):
        data.setdefault("x", 42)
        super().__init__(**data)
t(Init); t(Init, x="q")
class H(BaseModel):
    i: Init
t(H, i={}); t(H, i={"x": "q"})
class VA(BaseModel):
    model_config = ConfigDict(validate_assignment=True)
    x: int = Field(1, ge=0)
    y: int = Field(1, frozen=True)
v = VA(); v.x = "5"; print(v); t(setattr, v, "x", -1); t(setattr, v, "y", 1); print(v)
class Obj:
    def __init__(self): self.a = 1; self.b = 2
    def __repr__(self): return "Obj()"
class FA(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    a: int
t(FA.model_validate, Obj()); t(FA.model_validate, 5)
class NFA(BaseModel):
    a: int
t(NFA.model_validate, Obj()); t(NFA.model_validate, Obj(), from_attributes=True)
t(NFA.model_construct, a="x")
class Cat(BaseModel):
    kind: Literal["cat"]; meow: int
class Dog(BaseModel):
    kind: Literal["dog"]; bark: int
class Z(BaseModel):
    pet: Cat | Dog = Field(discriminator="kind")
t(Z, pet={"kind": "cat", "meow": "x"}); t(Z, pet={"kind": "cow"}); t(Z, pet={}); t(Z, pet={"kind": "dog", "bark": 1})
