"""Plugins by subclass registration, service discovery over SRV-like JSON, health checks with timeouts and fallbacks."""
import asyncio
import functools
import logging
import operator
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import ClassVar, Iterable, Self

import httpx
from fastapi import FastAPI, HTTPException
from fastapi.responses import PlainTextResponse

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, order=True)
class Endpoint:
    weight: int
    url: str

    @classmethod
    def parse(cls, text: str) -> Self:
        m = re.fullmatch(r"(?P<url>https?://[\w.:-]+)(?:;w=(?P<w>\d+))?", text)
        if m is None:
            raise ValueError(f"bad endpoint {text!r}")
        return cls(url=m["url"], weight=int(m["w"] or 1))


class Check:
    registry: ClassVar[dict[str, type["Check"]]] = {}
    path = "/"

    def __init_subclass__(cls, *, name: str, **kw):
        super().__init_subclass__(**kw)
        Check.registry[name] = cls

    async def run(self, client: httpx.AsyncClient, endpoint: Endpoint) -> str:
        response = await client.get(endpoint.url + self.path)
        return self.judge(response)

    def judge(self, response: httpx.Response) -> str:
        return "up" if response.is_success else f"down ({response.status_code})"


class Ready(Check, name="ready"):
    path = "/ready"


class Version(Check, name="version"):
    path = "/version"

    def judge(self, response):
        try:
            version = tuple(map(int, response.text.strip().split(".")))
        except ValueError:
            return f"odd version {response.text[:10]!r}"
        return "up" if version >= (1, 2) else "old"


def fallback(value):
    def wrap(fn):
        @functools.wraps(fn)
        async def inner(*a, **k):
            try:
                return await fn(*a, **k)
            except (httpx.HTTPError, asyncio.TimeoutError) as exc:
                logger.info("fallback for %s", exc)
                return f"{value}:{exc.__class__.__name__}"
        return inner
    return wrap


@fallback("unreachable")
async def check(client, name, endpoint):
    async with asyncio.timeout(1.5):
        return await Check.registry[name]().run(client, endpoint)


app = FastAPI()


async def discover(client: httpx.AsyncClient) -> list[Endpoint]:
    response = await client.get("https://registry.mesh.example/services/billing")
    response.raise_for_status()
    return sorted((Endpoint.parse(e) for e in response.json()["endpoints"]), reverse=True)


@app.get("/health")
async def health():
    report = defaultdict(dict)
    async with httpx.AsyncClient(verify=True) as client:
        for endpoint in await discover(client):
            for name in sorted(Check.registry):
                report[endpoint.url][name] = await check(client, name, endpoint)
    ok = functools.reduce(operator.and_, (v == "up" for checks in report.values() for v in checks.values()), True)
    return {"ok": ok, "report": report}


@app.get("/metrics", response_class=PlainTextResponse)
async def metrics():
    async with httpx.AsyncClient() as client:
        try:
            endpoints = await discover(client)
        except (httpx.HTTPError, ValueError, KeyError) as exc:
            raise HTTPException(503, f"discovery: {type(exc).__name__}") from exc
    lines = [f'endpoint_weight{{url="{e.url}"}} {e.weight}' for e in endpoints]
    return "\n".join(["# TYPE endpoint_weight gauge", *lines, f"endpoints_total {len(endpoints):d}", ""])


@app.get("/endpoint")
def endpoint(text: str):
    try:
        e = Endpoint.parse(text)
        return {"repr": repr(e), "hash": hash(e) == hash(Endpoint(e.weight, e.url)), "max": str(max(e, Endpoint(0, "z"))), "frozen": None}
    except ValueError as exc:
        raise HTTPException(400, str(exc))
