from decimal import Decimal
from typing import Annotated, Optional, Union, Literal, Any, ClassVar
from pydantic import BaseModel, Field, ValidationError, ConfigDict

class Card(BaseModel):
    number: str = Field(..., min_length=12, max_length=19)
    expiry: str
    cvc: str

class Payment(BaseModel):
    amount: Decimal
    currency: str = "EUR"
    card: Card

def t(f, *a, **k):
    try:
        print(repr(f(*a, **k)))
    except ValidationError as e:
        print(str(e))
        print([{k: v for k, v in x.items() if k != "url"} for x in e.errors()])
        print(e.error_count(), e.title)
    except Exception as e:
        print(type(e).__name__, str(e))

t(Payment, amount="10.50", card={"number": "4000056655665556", "expiry": "12/34", "cvc": "123"})
t(Payment, amount="x", card={"number": "4000", "expiry": 5})
t(Payment)
t(Payment, amount=1, card=5)
t(Payment.model_validate, {"amount": 1.5, "card": Card(number="4000056655665556", expiry="1", cvc="2")})
t(Payment.model_validate, "x")
t(Payment.model_validate_json, '{"amount": 1.5, "card": {"number": "4000056655665556", "expiry": "1", "cvc": "2"}}')
t(Payment.model_validate_json, '{"amount": 1.5, "card": []}')
t(Payment.model_validate_json, '{"amount": ')
p = Payment(amount="10.50", card={"number": "4000056655665556", "expiry": "12/34", "cvc": "123"})
print(p, p.model_dump(), p.model_dump(mode="json"), p.model_dump_json())
print(p.model_fields_set == {"amount", "card"})
print(p.model_dump(exclude={"card": {"number"}}), p.model_dump(include={"amount"}), p.model_dump(exclude_unset=True))
print(int(p.amount * 100))
q = p.model_copy(update={"currency": "USD"})
print(q, q == p, p == Payment(**p.model_dump()))
p.currency = "CHF"
print(p)
t(setattr, p, "nope", 1)
t(lambda: p.nope)

class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
    name: str
    n: int = Field(default=3, gt=0, le=10, description="x")
    kind: ClassVar[str] = "k"
t(Strict, name=" a ", n="5")
t(Strict, name="a", other=1)
t(Strict, name="a", n=0)
t(Strict, name="a", n=11)
t(setattr, Strict(name="a"), "name", "b")
print(hash(Strict(name="a")) == hash(Strict(name="a")), Strict.kind)

class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    a: int = 1
o = Open(a=2, b=[1], c="x")
print(o, o.b, o.model_extra, o.model_dump())
class Alias(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    user_id: int = Field(alias="userId")
    token: str = Field("x", validation_alias="tok", serialization_alias="TOKEN")
t(Alias, userId="7"); t(Alias, user_id="7"); t(Alias, tok=5)
t(Alias)
print(Alias(userId=1).model_dump(by_alias=True), Alias(userId=1).model_dump())
class U(BaseModel):
    x: int | str | None = None
    y: Union[Card, Strict] = None
    z: Literal["a", "b"] = "a"
    w: Optional[list[int]] = None
    v: dict[str, list[int]] = {}
t(U, x=[], y={}, z="c", w=["x", 1], v={"a": ["q"]})
t(U, x="5", y={"name": "q"}, w=("1", 2.0))
t(U, y=5)
class Node(BaseModel):
    name: str
    kids: list["Node"] = []
t(Node, name="a", kids=[{"name": "b", "kids": [{"name": 3}]}])
t(Node, name="a", kids=[{"name": "b"}])
class Base(BaseModel):
    a: int
    b: str = "b"
class Derived(Base):
    c: float = 1
    a: str
t(Derived, a="x"); print(list(Derived.model_fields), Derived.model_fields["c"].default, Derived.model_fields["a"].is_required())
class Holder(BaseModel):
    item: Base
print(Holder(item=Base(a=1)).model_dump())
t(Base, 1)
