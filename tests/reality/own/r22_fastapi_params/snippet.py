"""Parameters of every kind and what FastAPI answers when they are wrong."""
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Body, Cookie, FastAPI, File, Form, Header, Path, Query, UploadFile
from pydantic import BaseModel, EmailStr, Field, HttpUrl, field_validator, model_validator

app = FastAPI()


class Color(str, Enum):
    red = "red"
    blue = "blue"


class Level(IntEnum):
    low = 1
    high = 2


class Filter(BaseModel):
    model_config = {"extra": "forbid"}
    limit: int = Field(100, gt=0, le=100)
    order_by: Literal["created_at", "updated_at"] = "created_at"
    tags: list[str] = []


class Address(BaseModel):
    street: str
    zip: str = Field(alias="zipCode", pattern=r"^\d{5}$")


class Order(BaseModel):
    id: UUID
    placed: datetime
    due: date | None = None
    total: Decimal = Field(max_digits=6, decimal_places=2)
    hook: HttpUrl
    address: Address
    lines: list[tuple[str, int]] = Field(min_length=1, max_length=3)
    extra: dict[str, float] = {}
    wait: timedelta = timedelta(0)
    level: Level = Level.low

    @field_validator("placed")
    @classmethod
    def not_old(cls, value: datetime) -> datetime:
        if value.year < 2000:
            raise ValueError("too old")
        return value

    @model_validator(mode="after")
    def check(self):
        assert self.due is None or self.due.year >= self.placed.year, "due before placed"
        return self


@app.get("/query")
def query(
    q: Annotated[str | None, Query(min_length=3, max_length=8, pattern="^[a-z]+$")] = None,
    n: int = 5,
    ratio: Annotated[float, Query(alias="r", gt=0, lt=1)] = 0.5,
    flag: bool = False,
    many: Annotated[list[int] | None, Query()] = None,
    color: Color = Color.red,
    when: date | None = None,
    who: UUID | None = None,
):
    return locals() | {"color": color.value}


@app.get("/filter")
def filtered(f: Annotated[Filter, Query()]):
    return f


@app.get("/header")
def header(user_agent: Annotated[str | None, Header()] = None, x_count: Annotated[int, Header(ge=2)] = 2, x_list: Annotated[list[str] | None, Header()] = None,
           session: Annotated[str | None, Cookie()] = None, theme: Annotated[Literal["dark", "light"], Cookie()] = "dark", strange: Annotated[str | None, Header(convert_underscores=False, alias="Strange_Header")] = None):
    return [user_agent, x_count, x_list, session, theme, strange]


@app.get("/path/{number}/{color}/{rest:path}")
def path(number: Annotated[int, Path(ge=1, multiple_of=5)], color: Color, rest: str):
    return {"number": number, "color": color, "rest": rest}


@app.post("/order")
def order(order: Order, note: Annotated[str, Body(max_length=5)] = "-", importance: Annotated[int, Body(gt=0)] = 1):
    return {"total": str(order.total), "json": order.model_dump(mode="json", by_alias=True), "note": note, "importance": importance}


@app.post("/single")
def single(item: Annotated[Address, Body(embed=True)]):
    return item


@app.post("/form")
def form(username: Annotated[str, Form()], age: Annotated[int, Form(ge=18)] = 18, tags: Annotated[list[str], Form()] = []):
    return {"username": username, "age": age, "tags": tags}


@app.post("/files")
async def files(upload: UploadFile, raw: Annotated[bytes | None, File()] = None, note: Annotated[str, Form()] = ""):
    data = await upload.read()
    return {"name": upload.filename, "type": upload.content_type, "size": upload.size, "text": data.decode(), "raw": raw and len(raw), "note": note}


@app.post("/any")
def anything(body: Any = Body(None), items: dict[int, str] | None = None):
    return {"body": body, "items": items}


@app.post("/list")
def many(items: list[Address]):
    return len(items)
