"""Event hooks, a custom auth flow and cookies on one long-lived client."""
import hashlib
import hmac
import time
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

SECRET = b"hook-secret-9917"


class HmacAuth(httpx.Auth):
    requires_request_body = True

    def __init__(self, key_id: str, secret: bytes):
        self.key_id = key_id
        self.secret = secret

    def auth_flow(self, request: httpx.Request):
        digest = hmac.new(self.secret, request.content, hashlib.sha256).hexdigest()
        request.headers["X-Key-Id"] = self.key_id
        request.headers["X-Signature"] = digest
        response = yield request
        if response.status_code == 401:
            request.headers["X-Nonce"] = response.headers.get("x-nonce", "none")
            yield request


log: list[str] = []


async def note_request(request: httpx.Request) -> None:
    log.append(f"> {request.method} {request.url.host}{request.url.path}")


async def note_response(response: httpx.Response) -> None:
    await response.aread()
    log.append(f"< {response.status_code} {response.reason_phrase} {len(response.content)}")


async def raise_on_error(response: httpx.Response) -> None:
    if response.status_code >= 500:
        response.raise_for_status()


@asynccontextmanager
async def lifespan(app: FastAPI):
    async with httpx.AsyncClient(
        base_url="https://ledger.acme.example/api/v1/",
        auth=HmacAuth("acme-7", SECRET),
        cookies={"tenant": "acme"},
        headers={"User-Agent": "acme-ledger/1.4"},
        params={"v": "3"},
        event_hooks={"request": [note_request], "response": [note_response, raise_on_error]},
    ) as client:
        app.state.client = client
        yield
    app.state.client = None


app = FastAPI(lifespan=lifespan)


@app.exception_handler(httpx.HTTPError)
async def upstream_failed(request: Request, exc: httpx.HTTPError):
    return JSONResponse({"error": type(exc).__name__, "url": str(exc.request.url)}, status_code=502)


@app.post("/entries")
async def add(request: Request, payload: dict):
    response = await request.app.state.client.post("entries", json=payload)
    return {"status": response.status_code, "entry": response.json(), "history": len(response.history),
            "cookies": dict(response.cookies)}


@app.get("/broken")
async def broken(request: Request):
    response = await request.app.state.client.get("/broken", params={"q": "a b&c"})
    return response.status_code


@app.get("/log")
async def show():
    lines, log[:] = list(log), []
    return lines
