"""An API gateway: route table from a file, header filtering, per-route limits, cookies passed on."""
import fnmatch
import json
import time
from collections import defaultdict, deque
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse, Response
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool

HOP = {"connection", "keep-alive", "transfer-encoding", "te", "upgrade", "host", "content-length", "accept-encoding"}


class Limiter:
    def __init__(self, per_minute: int):
        self.per_minute = per_minute
        self.calls: dict[str, deque[float]] = defaultdict(deque)

    def __call__(self, key: str) -> bool:
        now, calls = time.monotonic(), self.calls[key]
        while calls and now - calls[0] > 60:
            calls.popleft()
        calls.append(now)
        return len(calls) <= self.per_minute


class Route:
    def __init__(self, *, pattern: str, target: str, strip: int = 0, limit: int = 100, headers: dict | None = None):
        self.pattern, self.target, self.strip = pattern, target, strip
        self.limiter = Limiter(limit)
        self.headers = headers or {}

    def matches(self, path: str) -> bool:
        return fnmatch.fnmatch(path, self.pattern)

    def url(self, path: str, query: str) -> str:
        parts = [p for p in path.split("/") if p][self.strip:]
        url = urljoin(self.target.rstrip("/") + "/", "/".join(parts))
        return f"{url}?{query}" if query else url


app = FastAPI(openapi_url=None)
client = httpx.AsyncClient(timeout=2, follow_redirects=False, trust_env=False)
audit: list[str] = []


def load() -> list[Route]:
    return [Route(**entry) for entry in json.loads(Path("routes.json").read_text())]


routes = load()


@app.exception_handler(httpx.HTTPError)
async def bad_gateway(request: Request, exc: httpx.HTTPError):
    status = 504 if isinstance(exc, httpx.TimeoutException) else 502
    return JSONResponse({"error": exc.__class__.__name__, "target": urlsplit(str(exc.request.url)).netloc}, status)


@app.get("/_audit")
async def show_audit():
    return await run_in_threadpool(lambda: list(audit))


@app.api_route("/{path:path}", methods=["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"])
async def forward(path: str, request: Request):
    route = next((r for r in routes if r.matches("/" + path)), None)
    if route is None:
        raise HTTPException(404, "no route")
    if not route.limiter(request.client.host):
        return Response(status_code=429, headers={"Retry-After": "60"})
    headers = {k: v for k, v in request.headers.items() if k not in HOP} | route.headers
    headers["X-Forwarded-For"] = request.client.host
    upstream = await client.request(request.method, route.url(path, request.url.query), headers=headers, content=await request.body())
    kept = {k: v for k, v in upstream.headers.items() if k.lower() not in HOP | {"date", "server"}}
    return Response(upstream.content, upstream.status_code, kept, background=BackgroundTask(audit.append, f"{request.method} {upstream.url} {upstream.status_code}"))
