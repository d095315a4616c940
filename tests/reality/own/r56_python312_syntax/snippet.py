"""Type parameters, type statements, generic models, override, batched work."""
import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Annotated, Literal, Protocol, TypedDict, Unpack, override

import httpx
from fastapi import Depends, FastAPI, HTTPException, Query
from pydantic import BaseModel, Field, ValidationError

type Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
type Pair[T] = tuple[T, T]


class Page[T](BaseModel):
    items: list[T]
    next: str | None = None


class Result[T, E: Exception]:
    def __init__(self, value: T | None = None, error: E | None = None) -> None:
        self.value, self.error = value, error

    @classmethod
    def of(cls, func: Callable[[], T]) -> "Result[T, E]":
        try:
            return cls(value=func())
        except Exception as exc:
            return cls(error=exc)

    def map[U](self, func: Callable[[T], U]) -> "Result[U, E]":
        return Result(value=func(self.value)) if self.error is None else self

    def __bool__(self) -> bool:
        return self.error is None


def first[T](items: Iterable[T], default: T | None = None) -> T | None:
    return next(iter(items), default)


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"]
    tricks: list[str] = []


Pet = Annotated[Cat | Dog, Field(discriminator="kind")]
class Pets(BaseModel):
    pets: list[Pet]


class Options(TypedDict, total=False):
    limit: int
    cursor: str


class Source(Protocol):
    async def page(self, **options: Unpack[Options]) -> Page[Pet]: ...


@dataclass(slots=True, kw_only=True)
class HttpSource:
    client: httpx.AsyncClient
    path: str = "/pets"

    async def page(self, **options):
        response = await self.client.get(self.path, params=options)
        return Page[Pet].model_validate_json(response.raise_for_status().content)


class LoudSource(HttpSource):
    @override
    async def page(self, **options):
        page = await super().page(**options)
        return page.model_copy(update={"next": (page.next or "end").upper()})


async def source() -> AsyncIterator[Source]:
    async with httpx.AsyncClient(base_url="https://pets.acme.example", timeout=2) as client:
        yield LoudSource(client=client)


app = FastAPI()


@app.get("/pets", response_model=Page[Pet])
async def list_pets(src: Annotated[Source, Depends(source)], limit: Annotated[int, Query(le=3)] = 2):
    try:
        return await src.page(limit=limit, cursor="c 1")
    except ValidationError as exc:
        raise HTTPException(502, detail=exc.errors(include_url=False))


@app.post("/pets")
def post(pet: Pet):
    return {"class": type(pet).__name__, **pet.model_dump()}


@app.get("/misc")
def misc():
    r = Result.of(lambda: 1 / 0)
    ok = Result.of(lambda: 20).map(lambda v: v + 1)
    try:
        Pets(pets=[{"kind": "fish"}, {"lives": 1}, {"kind": "cat", "lives": "x"}])
        errors = None
    except ValidationError as exc:
        errors = [(e["type"], e["loc"], e["msg"]) for e in exc.errors()]
    return {"bool": [bool(r), bool(ok), ok.value, repr(r.error)], "first": [first([]), first([], 3), first("ab")], "batched": [list(b) for b in batched(range(5), 2)], "errors": errors,
            "dump": [p.model_dump() for p in Pets(pets=[{"kind": "cat"}, {"kind": "dog", "tricks": ["sit"]}]).pets]}
