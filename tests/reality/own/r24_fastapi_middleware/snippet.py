"""Middleware of all kinds, request ids, CORS, GZip, background tasks."""
import logging
import time
import uuid
from contextvars import ContextVar

import httpx
from fastapi import BackgroundTasks, Depends, FastAPI, HTTPException, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from fastapi.responses import JSONResponse
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

request_id: ContextVar[str] = ContextVar("request_id", default="-")
logger = logging.getLogger(__name__)
seen: list = []


class RequestIdMiddleware(BaseHTTPMiddleware):
    def __init__(self, app, header_name: str = "X-Request-ID"):
        super().__init__(app)
        self.header_name = header_name

    async def dispatch(self, request: Request, call_next):
        token = request_id.set(request.headers.get(self.header_name, "generated"))
        try:
            response = await call_next(request)
        except RuntimeError as exc:
            response = JSONResponse({"caught": str(exc)}, status_code=500)
        finally:
            request_id.reset(token)
        response.headers[self.header_name] = "set"
        return response


class RawMiddleware:
    def __init__(self, app: ASGIApp, tag: str) -> None:
        self.app = app
        self.tag = tag

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def tagged(message):
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-tag", self.tag.encode()))
                seen.append([scope["method"], scope["path"], message["status"]])
            await send(message)

        scope.setdefault("state", {})["tag"] = self.tag
        await self.app(scope, receive, tagged)


app = FastAPI()
app.add_middleware(RawMiddleware, tag="raw")
app.add_middleware(RequestIdMiddleware, header_name="X-Trace")
app.add_middleware(CORSMiddleware, allow_origins=["https://ui.acme.example"], allow_methods=["GET", "PUT"], allow_headers=["X-Token"], allow_credentials=True)
app.add_middleware(TrustedHostMiddleware, allowed_hosts=["app.lab.example", "*.good.example"])


@app.middleware("http")
async def maintenance(request: Request, call_next):
    if request.query_params.get("down"):
        return JSONResponse({"down": True}, 503)
    start = time.perf_counter()
    response: Response = await call_next(request)
    response.headers["X-Process-Time"] = f"{time.perf_counter() - start:.4f}"
    return response


async def notify(event: str, attempt: int = 1):
    try:
        async with httpx.AsyncClient(timeout=1) as client:
            r = await client.post("https://notify.acme.example/events", json={"event": event, "request": request_id.get()})
            seen.append(f"notified {r.status_code}")
    except httpx.HTTPError as exc:
        seen.append(f"{type(exc).__name__}")


def note(text, *, upper=False):
    seen.append(text.upper() if upper else text)


def with_tasks(tasks: BackgroundTasks):
    tasks.add_task(note, "from dependency")
    return tasks


@app.post("/events/{event}", status_code=202)
async def event(event: str, request: Request, tasks: BackgroundTasks, _=Depends(with_tasks)):
    tasks.add_task(notify, event)
    tasks.add_task(note, "after", upper=True)
    return {"request": request_id.get(), "tag": request.state.tag, "client": request.client is not None}


@app.get("/boom/{kind}")
async def boom(kind: str):
    if kind == "runtime":
        raise RuntimeError("boom")
    if kind == "value":
        raise ValueError("inner")
    raise HTTPException(410)


@app.get("/echo")
async def echo(request: Request):
    return {"method": request.method, "url": str(request.url), "base": str(request.base_url), "query": dict(request.query_params), "multi": request.query_params.getlist("a"),
            "ua": request.headers["user-agent"], "cookies": request.cookies, "for": str(request.url_for("boom", kind="x")), "scheme": request.url.scheme, "port": request.url.port, "params": request.path_params}


@app.get("/seen")
def show():
    out, seen[:] = list(seen), []
    return out
