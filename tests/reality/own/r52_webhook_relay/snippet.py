"""Webhook intake: signature check, dispatch table, relay with SSRF guard."""
import base64
import hashlib
import hmac
import ipaddress
import json
import secrets
import socket
from typing import Any, Callable, TypeAlias
from urllib.parse import urlsplit

import httpx
from fastapi import Body, FastAPI, Header, HTTPException, Request
from pydantic import AnyHttpUrl, BaseModel, Field, ValidationError

Handler: TypeAlias = Callable[[dict[str, Any]], Any]
handlers: dict[str, list[Handler]] = {}
SECRET = b"whsec-52"


def on(event: str, *more: str):
    def register(handler: Handler) -> Handler:
        for name in (event, *more):
            handlers.setdefault(name, []).append(handler)
        return handler
    return register


class Unsafe(ValueError):
    """Raised for targets that must not be called."""


def check_target(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    if parts.scheme not in {"https", "http"}:
        raise Unsafe(f"scheme {parts.scheme!r}")
    if not parts.hostname:
        raise Unsafe("no host")
    try:
        infos = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except socket.gaierror as exc:
        raise Unsafe(f"cannot resolve: {exc.strerror}") from exc
    addresses = sorted({info[4][0] for info in infos})
    for address in map(ipaddress.ip_address, addresses):
        if address.is_loopback or address.is_link_local or address.is_multicast:
            raise Unsafe(f"{address} is internal")
    return parts.hostname, addresses[0]


@on("order.created", "order.paid")
def remember(event: dict) -> None:
    seen.append(event["id"])


@on("order.paid")
async def relay(event: dict) -> dict:
    host, address = check_target(event["callback"])
    async with httpx.AsyncClient(timeout=2, follow_redirects=False) as client:
        response = await client.post(event["callback"], json={"id": event["id"], "total": event.get("total")}, headers={"X-Relay-Token": "relay-52"})
    return {"host": host, "address": address, "status": response.status_code}


seen: list[str] = []
app = FastAPI()


def verify(raw: bytes, signature: str) -> bool:
    expected = base64.b64encode(hmac.digest(SECRET, raw, "sha256")).decode()
    return hmac.compare_digest(expected, signature)


@app.post("/hooks")
async def hooks(request: Request, x_signature: str | None = Header(default=None)):
    raw = await request.body()
    if not x_signature or not verify(raw, x_signature):
        raise HTTPException(401, detail={"expected": base64.b64encode(hmac.digest(SECRET, raw, "sha256")).decode()[:6]})
    try:
        event = json.loads(raw)
    except json.JSONDecodeError as exc:
        raise HTTPException(400, detail=f"{exc.msg} at {exc.lineno}:{exc.colno} ({exc.pos})")
    results = []
    for handler in handlers.get(event.get("type"), ()):
        try:
            result = handler(event)
            if hasattr(result, "__await__"):
                result = await result
        except Unsafe as exc:
            result = {"refused": str(exc), "cause": repr(exc.__cause__)}
        except (httpx.HTTPError, KeyError) as exc:
            result = f"{type(exc).__name__}({exc})"
        results.append({"handler": handler.__name__, "result": result})
    return {"results": results, "seen": len(seen)}


@app.get("/check")
def check(url: str):
    try:
        return check_target(url)
    except Unsafe as exc:
        return {"refused": str(exc), "doc": exc.__doc__}
