"""A gateway: token from an identity service, pages, uploads, signed webhooks."""
import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field

import aiohttp
from fastapi import FastAPI, HTTPException, Request, UploadFile
from pydantic import BaseModel, ValidationError

app = FastAPI()
SSO, API = "https://login.acme.example", "https://orders.acme.example"


@dataclass
class Token:
    value: str = ""
    until: float = 0.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Order(BaseModel):
    id: int
    total: float
    note: str | None = None


token = Token()
LIMIT = asyncio.Semaphore(2)


async def bearer(session: aiohttp.ClientSession) -> str:
    async with token.lock:
        if time.time() >= token.until:
            form = aiohttp.FormData({"grant_type": "client_credentials", "client_id": "gw"})
            async with session.post(f"{SSO}/token", data=form, auth=aiohttp.BasicAuth("gw", "gw-secret")) as response:
                response.raise_for_status()
                answer = await response.json()
            token.value, token.until = answer["access_token"], time.time() + answer.get("expires_in", 60)
        return token.value


async def call(method: str, path: str, **options):
    async with LIMIT, aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        headers = {"Authorization": f"Bearer {await bearer(session)}", **options.pop("headers", {})}
        async with session.request(method, f"{API}{path}", headers=headers, **options) as response:
            if response.status == 204:
                return None
            if response.status >= 400:
                raise HTTPException(response.status, (await response.text())[:40])
            return await response.json()


@app.exception_handler(aiohttp.ClientError)
async def upstream_failed(request: Request, error: aiohttp.ClientError):
    from fastapi.responses import JSONResponse
    body = {"error": type(error).__name__}
    if isinstance(error, aiohttp.ClientConnectorError):
        body["host"] = error.host
    return JSONResponse(body, 502, headers={"X-Upstream": "failed"})


@app.get("/orders")
async def orders():
    calls = [call("GET", "/orders", params={"page": page}) for page in (1, 2, 3)]
    pages = await asyncio.gather(*calls, return_exceptions=True)
    for page in pages:
        if isinstance(page, Exception):
            raise page
    try:
        return [Order(**one) for page in pages for one in page]
    except ValidationError as error:
        raise HTTPException(502, [each["type"] for each in error.errors()])


@app.delete("/orders/{number}")
async def delete(number: int):
    return {"deleted": await call("DELETE", f"/orders/{number}") is None}


@app.get("/missing")
async def missing():
    return await call("GET", "/nothing", headers={"X-Trace": "t-1"})


@app.post("/notify")
async def notify(request: Request):
    body = json.dumps(await request.json(), separators=(",", ":"), sort_keys=True).encode()
    signature = hmac.new(b"hook-secret", body, hashlib.sha256).hexdigest()
    return await call("POST", "/hooks", data=body,
                      headers={"X-Signature": signature, "Content-Type": "application/json"})
