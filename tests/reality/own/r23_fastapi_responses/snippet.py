"""response_model and its options, response classes, status codes."""
import json
from datetime import datetime, timezone
from enum import Enum
from pathlib import Path
from typing import Generic, TypeVar

from fastapi import FastAPI, Response, status
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError, ResponseValidationError
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, computed_field, field_serializer

T = TypeVar("T")
app = FastAPI()


class Status(str, Enum):
    on = "on"
    off = "off"


class User(BaseModel):
    model_config = ConfigDict(from_attributes=True, populate_by_name=True)
    user_id: int = Field(alias="userId")
    name: str
    nick: str | None = None
    status: Status = Status.on
    created: datetime = datetime(2024, 1, 2, 3, 4, 5, tzinfo=timezone.utc)

    @computed_field
    @property
    def display(self) -> str:
        return self.nick or self.name.title()

    @field_serializer("created", when_used="json")
    def stamp(self, value: datetime) -> int:
        return int(value.timestamp())


class UserIn(User):
    password: str


class Page(BaseModel, Generic[T]):
    items: list[T]
    total: int


class Row:
    def __init__(self, **kw):
        self.__dict__.update(kw)


@app.post("/users", response_model=User, status_code=status.HTTP_201_CREATED)
def create(user: UserIn):
    return user


@app.get("/by-name", response_model=User, response_model_by_alias=False, response_model_exclude_unset=True)
def by_name():
    return User(userId=1, name="ann lee")


@app.get("/row")
def row() -> User:
    return Row(user_id=2, name="bob", nick="B", status="off", created=datetime(2020, 1, 1, tzinfo=timezone.utc), password="x")


@app.get("/page", response_model=Page[User], response_model_exclude={"items": {"__all__": {"created"}}})
def page():
    return {"items": [{"userId": 1, "name": "a"}, User(user_id=2, name="b")], "total": 2, "more": 1}


@app.get("/include", response_model=User, response_model_include={"name", "display"})
def include():
    return User(user_id=3, name="cy")


@app.get("/defaults", response_model=User, response_model_exclude_defaults=True)
def defaults():
    return User(user_id=3, name="cy", nick=None)


@app.get("/wrong", response_model=User)
def wrong():
    return {"userId": "x", "name": None}


@app.get("/union")
def union(kind: str) -> User | dict[str, int]:
    return {"a": 1} if kind == "dict" else User(user_id=1, name="u")


@app.get("/none", response_model=None)
def none() -> Response | dict:
    return {"raw": Status.off, "set": {3}, "path": Path("/x/y"), "bytes": b"b"}


@app.get("/encoded")
def encoded():
    return jsonable_encoder({"u": User(user_id=1, name="u"), "t": (1, 2), "dt": datetime(2024, 5, 6), "n": None}, exclude_none=True, by_alias=False)


@app.get("/html", response_class=HTMLResponse)
def html():
    return "<h1>ok</h1>"


@app.get("/text", response_class=PlainTextResponse, status_code=202)
def text():
    return "plain"


@app.get("/redirect")
def redirect():
    return RedirectResponse("/text?x=ä b", status_code=303)


@app.get("/typed-redirect", response_class=RedirectResponse)
def typed_redirect():
    return "https://elsewhere.example/"


@app.get("/json")
def json_response():
    r = JSONResponse({"a": float(1), "b": "ü"}, headers={"X-A": "1"})
    r.set_cookie("sid", "v", httponly=True, max_age=10, samesite="strict")
    r.status_code = 418
    return r


@app.get("/file")
def file():
    return FileResponse("data/report.csv", media_type="text/csv", filename="r.csv")


@app.get("/nan")
def nan():
    return {"x": float("nan")}


@app.get("/object")
def obj():
    return Row(a=1, b={"c": [2]})


@app.get("/stream")
def stream():
    def rows():
        for n in range(3):
            yield json.dumps({"n": n}) + "\n"
    return StreamingResponse(rows(), media_type="application/x-ndjson", headers={"X-Rows": "3"})


@app.get("/tuple")
def tup():
    return {"a": 1}, 404


@app.get("/raw")
def raw(response: Response):
    response.status_code = 206
    response.headers["x-raw"] = "1"
    response.delete_cookie("sid")
    return Response(content=b"\xc3\xa4", media_type="text/plain", status_code=207)


@app.exception_handler(ResponseValidationError)
async def bad_response(request, exc):
    return JSONResponse({"errors": exc.errors()}, 500)


@app.exception_handler(RequestValidationError)
async def bad_request(request, exc):
    return PlainTextResponse(str(exc), 400)


@app.exception_handler(404)
async def not_found(request, exc):
    return JSONResponse({"nothing at": request.url.path, "detail": exc.detail}, 404)
