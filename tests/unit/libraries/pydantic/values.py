import enum, datetime, json
from typing import NamedTuple, Optional
from typing_extensions import TypedDict, NotRequired
from datetime import date, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID
from pathlib import Path
from pydantic import *
import pydantic.dataclasses
pdc = pydantic.dataclasses.dataclass
import dataclasses
def t(f, *a, **k):
    try:
        print(repr(f(*a, **k)))
    except ValidationError as e:
        print(str(e))
    except Exception as e:
        print(type(e).__name__, str(e))
class Color(str, enum.Enum):
    red = "red"; blue = "blue"
class Level(enum.IntEnum):
    low = 1; high = 2
class M(BaseModel):
    c: Color = Color.red
    l: Level = Level.low
    when: datetime.datetime = datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
    d: date = date(2024, 1, 2)
    tm: time = time(1, 2)
    td: timedelta = timedelta(hours=26)
    dec: Decimal = Decimal("1.50")
    u: UUID = UUID("12345678-1234-5678-1234-567812345678")
    p: Path = Path("a/b")
    b: bytes = b"hi"
    s: SecretStr = SecretStr("x")
    st: set[int] = {1}
    tp: tuple[int, str] = (1, "a")
    url: HttpUrl = HttpUrl("https://a.example/x")
m = M()
print(m)
print(m.model_dump())
print(m.model_dump(mode="json"))
print(m.model_dump_json())
t(M, c="green", l=5, when="x", d="2024-13-01", tm="25:00", td="x", dec="x", url="x")
t(M, c="blue", l="2", when="2024-01-02T03:04:05", d="2024-01-02", tm="10:00", td="P1DT2H", dec="1.5", p="x", url="http://b.example")
t(M, d=1700006400, td=90)
print(M(when=1700000000).when.isoformat(), M(when="2024-01-02T03:04:05+02:00").when.isoformat())
class E(BaseModel):
    model_config = ConfigDict(use_enum_values=True)
    c: Color
t(E, c="red"); t(E, c=Color.blue)
class TD(TypedDict):
    a: int
    b: NotRequired[str]
class NT(NamedTuple):
    x: int
    y: str = "q"
@dataclasses.dataclass
class DC:
    x: int
    y: list[int] = dataclasses.field(default_factory=list)
@pdc
class PD:
    x: int
    y: str = "z"
    def __post_init__(self): self.x += 1
class All(BaseModel):
    td: TD = {"a": 1}
    nt: NT = NT(1)
    dc: DC = None
    pd: PD = None
t(All, td={"a": "1", "b": "x"}, nt=["3"], dc={"x": "4", "y": ["1"]}, pd={"x": "5"})
t(All, td={"b": 1}, nt=[], dc={"x": "q"}, pd=5)
print(All(dc=DC(1), pd=PD(2)).model_dump(), All(dc=DC(1)).model_dump_json())
t(PD, 1); t(PD, "q", "b", "c"); t(PD, x="z"); print(PD(x="1") == PD(x=1))
class Sec(BaseModel):
    k: SecretStr
    o: Optional[SecretStr] = None
s = Sec(k="hunter2"); print(s, repr(s), s.k.get_secret_value(), s.model_dump(), s.model_dump_json(), str(s.k), len(s.k), s.k == SecretStr("hunter2"))
u = HttpUrl("https://user:pw@Shop.Example:8443/a/b?x=1&y=2#f")
print(u, repr(u), u.host, u.port, u.scheme, u.path, u.query, u.fragment, u.username, u.password, u.query_params(), u == HttpUrl("https://user:pw@shop.example:8443/a/b?x=1&y=2#f"))
print(AnyHttpUrl("http://x.example").port, str(AnyUrl("redis://r.example/0")), PostgresDsn("postgresql://a:b@h1:1,h2:2/db").hosts(), PostgresDsn("postgresql://a:b@h1:1,h2:2/db"))
print(HttpUrl.build(scheme="https", host="a.example", path="x", query="q=1"))
try:
    M(c="x")
except ValidationError as e:
    print(e.json(include_url=False, indent=2)); print(e.errors(include_url=False))
class G(BaseModel):
    x: int
    @field_validator("x")
    def no(cls, v): raise ValueError("bad")
try: G(x=1)
except ValidationError as e: print(e.json(include_url=False)); print(e.errors(include_url=False))
@validate_call
def add(a: int, b: int = 2) -> int: return a + b
t(add, "1"); t(add, "x")
class Sch(BaseModel):
    """Doc."""
    name: str = Field(..., min_length=1, title="T", description="d")
    n: Optional[int] = None
    tags: list[str] = []
print(json.dumps(Sch.model_json_schema()))
print(M.__name__, Sch(name="x").model_copy(deep=True), dict(Sch(name="y")), Sch.model_fields["name"].description)
class V1(BaseModel):
    a: int
    b: int = 0
    @validator("b", pre=True, always=True)
    def vb(cls, v, values): return v or values.get("a")
    @root_validator(pre=True)
    def rp(cls, values): print("root", values); return values
    @root_validator(skip_on_failure=True)
    def ra(cls, values): values["a"] += 1; return values
    class Config:
        extra = "forbid"
t(V1, a=5); t(V1, a=5, c=1)
print(V1(a=1).dict(), V1.parse_obj({"a": 1}), V1.parse_raw('{"a": 2}'), V1(a=1).json(), V1.construct(a=5), V1(a=1).copy(update={"b": 9}))
t(json.loads, '{"a": }'); t(json.loads, ''); t(json.loads, '{"a" 1}'); t(json.loads, '"abc'); t(json.loads, '[1] x')
print(json.dumps({"a": [1, 2.5, None, True, "é\n"], "b": {}}), json.dumps([1, {"x": 2}], indent=2), json.dumps({"b": 1, "a": 2}, sort_keys=True, separators=(",", ":")), json.dumps("é", ensure_ascii=False))
t(json.dumps, {1, 2}); t(json.dumps, {"a": Decimal("1")}, default=str); print(json.loads('{"a": [1, 2.0, "x\\u00e9", null, true]}'))
