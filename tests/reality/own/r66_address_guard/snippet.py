"""Outbound calls guarded by address: allow-list of networks, resolved first, then called by name or by address."""
import asyncio
import ipaddress
import socket
from functools import lru_cache

import httpx
from fastapi import Depends, FastAPI, HTTPException, Query

ALLOWED = [ipaddress.ip_network(n) for n in ("192.0.2.0/25", "2001:db8::/32")]
app = FastAPI()


class Guard(httpx.AsyncBaseTransport):
    def __init__(self, inner: httpx.AsyncBaseTransport | None = None, *, pin: bool = False):
        self.inner = inner or httpx.AsyncHTTPTransport()
        self.pin = pin

    async def resolve(self, host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
        try:
            return ipaddress.ip_address(host)
        except ValueError:
            loop = asyncio.get_running_loop()
            infos = await loop.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
            return ipaddress.ip_address(infos[0][4][0])

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        try:
            address = await self.resolve(host)
        except socket.gaierror as exc:
            raise httpx.ConnectError(f"{host}: {exc.strerror}", request=request) from exc
        if not any(address in network for network in ALLOWED):
            raise httpx.UnsupportedProtocol(f"{address} is not allowed", request=request)
        if self.pin:
            request.url = request.url.copy_with(host=str(address))
            request.headers["Host"] = host
            request.extensions = {**request.extensions, "sni_hostname": host}
        return await self.inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self.inner.aclose()


@lru_cache
def client(pin: bool) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=Guard(pin=pin), timeout=2)


def pinned(pin: bool = Query(False)) -> httpx.AsyncClient:
    return client(pin)


@app.get("/fetch")
async def fetch(url: str, c: httpx.AsyncClient = Depends(pinned)):
    try:
        r = await c.get(url, headers={"X-Token": "guard-66"})
    except httpx.UnsupportedProtocol as exc:
        raise HTTPException(403, str(exc))
    except httpx.TransportError as exc:
        raise HTTPException(502, f"{type(exc).__name__}: {exc}")
    return {"status": r.status_code, "url": str(r.url), "host": r.request.headers["host"], "body": r.json()}
