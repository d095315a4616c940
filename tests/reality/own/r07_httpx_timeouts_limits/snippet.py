"""Time limits in all their forms."""
import asyncio

import httpx
from fastapi import FastAPI

app = FastAPI()
URL = "https://slow.acme.example"


async def attempt(label, coro_factory):
    try:
        r = await coro_factory()
        return label, r.status_code
    except (httpx.TimeoutException, asyncio.TimeoutError) as exc:
        return label, f"{type(exc).__name__}:{exc}"
    except httpx.HTTPError as exc:
        return label, f"other {type(exc).__name__}"


@app.get("/forms")
async def forms():
    rows = []
    async with httpx.AsyncClient(timeout=httpx.Timeout(5.0, read=0.3)) as c:
        rows.append(await attempt("read", lambda: c.get(f"{URL}/slow")))
        rows.append(await attempt("override", lambda: c.get(f"{URL}/slow", timeout=httpx.Timeout(2, pool=None))))
        rows.append(await attempt("tuple", lambda: c.get(f"{URL}/slow", timeout=(1, 0.2, 1, 1))))
        rows.append(await attempt("none", lambda: c.get(f"{URL}/slow", timeout=None)))
        rows.append(await attempt("wait_for", lambda: asyncio.wait_for(c.get(f"{URL}/slow", timeout=5), 0.2)))
    async with httpx.AsyncClient(timeout=1, limits=httpx.Limits(max_connections=1, max_keepalive_connections=0)) as c:
        done = await asyncio.gather(attempt("pool-1", lambda: c.get(f"{URL}/fast")),
                                    attempt("pool-2", lambda: c.get(f"{URL}/fast")))
        rows.extend(done)
    return dict(rows)


@app.get("/describe")
def describe():
    t = httpx.Timeout(10.0, connect=60.0)
    return {"repr": repr(t), "same": repr(httpx.Timeout(5)), "dict": t.as_dict(), "eq": t == httpx.Timeout(10, connect=60),
            "limits": repr(httpx.Limits(max_connections=5)), "client": repr(httpx.Client(timeout=None).timeout)}


@app.get("/bad")
def bad():
    try:
        httpx.Timeout(connect=1.0)
    except ValueError as exc:
        return str(exc)


@app.get("/timeout-ctx")
async def ctx():
    try:
        async with asyncio.timeout(0.4):
            async with httpx.AsyncClient() as c:
                r = await c.get(f"{URL}/slow")
        return r.status_code
    except TimeoutError as exc:
        return {"outer": type(exc).__name__, "cause": type(exc.__cause__).__name__}


@app.get("/pool")
async def pool():
    async with httpx.AsyncClient(limits=httpx.Limits(max_connections=1), timeout=httpx.Timeout(3, pool=0.1)) as c:
        results = await asyncio.gather(c.get(f"{URL}/slow"), c.get(f"{URL}/slow"), return_exceptions=True)
    return sorted(type(r).__name__ if isinstance(r, Exception) else str(r.status_code) for r in results)
