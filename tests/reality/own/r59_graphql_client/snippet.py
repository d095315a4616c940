"""A typed GraphQL client with its own exceptions, retry with jitter seeded, query building, deep merging."""
import asyncio
import functools
import inspect
import random
import re
import textwrap
from collections.abc import Mapping
from typing import Any, Literal, overload

import httpx
from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, computed_field
from pydantic.alias_generators import to_camel


class GraphQLError(Exception):
    def __init__(self, errors: list[dict]):
        self.errors = errors
        super().__init__("; ".join(e.get("message", "?") for e in errors))

    @property
    def codes(self) -> set[str]:
        return {e.get("extensions", {}).get("code", "UNKNOWN") for e in self.errors}


class Camel(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, str_strip_whitespace=True)


class Repo(Camel):
    full_name: str
    star_count: int = Field(ge=0)
    is_private: bool = False
    open_issues: dict[Literal["bug", "feature"], int] = Field(default_factory=dict)

    @computed_field
    def slug(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", self.full_name.lower()).strip("-")


def merge(a: Mapping[str, Any], b: Mapping[str, Any]) -> dict[str, Any]:
    out = dict(a)
    for key, value in b.items():
        if isinstance(value, Mapping) and isinstance(out.get(key), Mapping):
            out[key] = merge(out[key], value)
        elif isinstance(value, list):
            out[key] = [*out.get(key, []), *value]
        else:
            out[key] = value
    return out


def retrying(attempts: int, *, seed: int = 7):
    rng = random.Random(seed)

    def decorate(fn):
        if not inspect.iscoroutinefunction(fn):
            raise TypeError(f"{fn.__qualname__} must be async")

        @functools.wraps(fn)
        async def wrapper(*args, **kwargs):
            for attempt in range(attempts):
                try:
                    return await fn(*args, **kwargs)
                except httpx.TransportError:
                    if attempt + 1 == attempts:
                        raise
                    pause = min(0.2, 0.01 * 2 ** attempt) * (1 + rng.random())
                    pauses.append(round(pause, 4))
                    await asyncio.sleep(pause)
        return wrapper
    return decorate


pauses: list[float] = []


class Client:
    QUERY = textwrap.dedent("""\
        query Repo($name: String!) {
          repo(name: $name) { fullName starCount }
        }
    """)

    def __init__(self) -> None:
        self.http = httpx.AsyncClient(base_url="https://graph.dev.example", timeout=1.0)

    @retrying(3)
    async def execute(self, query: str, **variables: Any) -> dict:
        response = await self.http.post("/graphql", json={"query": query, "variables": variables}, headers={"X-Graph-Token": "graph-59"})
        payload = response.json()
        if errors := payload.get("errors"):
            raise GraphQLError(errors)
        return payload["data"]

    async def repo(self, name: str) -> Repo:
        return Repo.model_validate((await self.execute(self.QUERY, name=name))["repo"])


client = Client()
app = FastAPI()


@app.get("/repos/{owner}/{name}", response_model=Repo)
async def repo(owner: str, name: str, c: Client = Depends(lambda: client)):
    try:
        return await c.repo(f"{owner}/{name}")
    except GraphQLError as exc:
        raise HTTPException(404 if "NOT_FOUND" in exc.codes else 502, {"message": str(exc), "codes": sorted(exc.codes)})


@app.post("/repos", response_model=list[Repo], response_model_exclude_unset=True)
def bulk(repos: list[Repo]):
    return repos


@app.post("/merge")
def merged(docs: list[dict[str, Any]]):
    return functools.reduce(merge, docs, {})


@app.get("/meta")
def meta():
    try:
        retrying(1)(lambda: None)
        problem = None
    except TypeError as exc:
        problem = str(exc)
    return {"pauses": pauses, "query": Client.QUERY.splitlines()[0], "wrapped": Client.execute.__name__, "problem": problem, "schema": sorted(Repo.model_fields)}
