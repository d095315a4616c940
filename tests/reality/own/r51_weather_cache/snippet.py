"""A cache with a time to live in front of an upstream, background refresh, statistics."""
import asyncio
import time
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from typing import Annotated, Awaitable, Callable, Generic, ParamSpec, TypeVar

import httpx
from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, HTTPException, Path, Query, Request

P = ParamSpec("P")
R = TypeVar("R")
K = TypeVar("K")
V = TypeVar("V")


class TTLCache(Generic[K, V]):
    def __init__(self, ttl: float, clock: Callable[[], float] = time.monotonic):
        self.ttl, self.clock = ttl, clock
        self._items: dict[K, tuple[float, V]] = {}
        self.hits = self.misses = 0

    def __contains__(self, key: K) -> bool:
        return key in self._items and self._items[key][0] > self.clock()

    def get(self, key: K, default: V | None = None) -> V | None:
        if key in self:
            self.hits += 1
            return self._items[key][1]
        self.misses += 1
        return default

    def put(self, key: K, value: V) -> V:
        self._items[key] = (self.clock() + self.ttl, value)
        return value

    def purge(self) -> int:
        stale = [k for k, (until, _) in self._items.items() if until <= self.clock()]
        for k in stale:
            del self._items[k]
        return len(stale)

    @property
    def stats(self) -> dict[str, float]:
        total = self.hits + self.misses
        return {"hits": self.hits, "misses": self.misses, "ratio": round(self.hits / total, 3) if total else 0.0, "size": len(self._items)}


def timed(func: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    async def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        started = time.perf_counter()
        try:
            return await func(*args, **kwargs)
        finally:
            timings.append((func.__name__, time.perf_counter() - started >= 0))
    inner.__name__ = func.__name__
    return inner


timings: list[tuple[str, bool]] = []
cache: TTLCache[str, dict] = TTLCache(60)


@timed
async def fetch(client: httpx.AsyncClient, city: str) -> dict:
    response = await client.get("/v1/current", params={"city": city, "appid": "wk-51"})
    if response.is_error:
        raise HTTPException(response.status_code, detail=response.json().get("message"))
    data = response.json()
    return {"city": city, "celsius": round(data["kelvin"] - 273.15, 1), "at": datetime.fromtimestamp(data["dt"], tz=timezone.utc)}


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.client = httpx.AsyncClient(base_url="https://api.weather.example", timeout=3)
    app.state.started = datetime.now(timezone.utc)
    yield
    await app.state.client.aclose()


def client_of(request: Request) -> httpx.AsyncClient:
    return request.app.state.client


Client = Annotated[httpx.AsyncClient, Depends(client_of)]
router = APIRouter(prefix="/weather")


@router.get("/{city}")
async def weather(city: Annotated[str, Path(max_length=20)], client: Client, tasks: BackgroundTasks, fresh: bool = False):
    if not fresh and (hit := cache.get(city)) is not None:
        tasks.add_task(cache.purge)
        return {**hit, "cached": True}
    return {**cache.put(city, await fetch(client, city)), "cached": False}


@router.get("")
async def many(client: Client, city: Annotated[list[str], Query(min_length=1)]):
    results = await asyncio.gather(*(fetch(client, c) for c in dict.fromkeys(city)), return_exceptions=True)
    return {c: r if isinstance(r, dict) else f"{type(r).__name__}: {r}" for c, r in zip(dict.fromkeys(city), results)}


app = FastAPI(lifespan=lifespan)
app.include_router(router)


@app.get("/stats")
async def stats():
    return {**cache.stats, "timings": timings, "age": datetime.now(timezone.utc) - app.state.started < timedelta(minutes=1)}
