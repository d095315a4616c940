"""A wrapping transport, mounts and a mock in front of real hosts."""
import json
from typing import AsyncIterator

import httpx
from fastapi import Depends, FastAPI


class CountingTransport(httpx.AsyncBaseTransport):
    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner = inner
        self.count = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.count += 1
        request.headers["X-Call"] = str(self.count)
        response = await self.inner.handle_async_request(request)
        response.headers["X-Counted"] = str(self.count)
        return response

    async def aclose(self) -> None:
        await self.inner.aclose()


def mock_handler(request: httpx.Request) -> httpx.Response:
    if request.url.path == "/flags":
        return httpx.Response(200, json={"beta": True, "path": request.url.path})
    return httpx.Response(404, text=f"no {request.method} {request.url.raw_path.decode()}")


transport = CountingTransport(httpx.AsyncHTTPTransport(retries=1, verify=False))
mounts = {
    "all://*.internal.acme.example": httpx.AsyncHTTPTransport(verify="certs/internal-ca.pem"),
    "https://flags.acme.example": httpx.MockTransport(mock_handler),
    "http://": None,
}


async def get_client() -> AsyncIterator[httpx.AsyncClient]:
    client = httpx.AsyncClient(transport=transport, mounts=mounts, timeout=3)
    try:
        yield client
    finally:
        log.append("closed")
        await client.aclose()


log: list[str] = []
app = FastAPI()


@app.get("/all")
async def everything(client: httpx.AsyncClient = Depends(get_client)):
    out: dict = {}
    for name, url in [
        ("flags", "https://flags.acme.example/flags"),
        ("flags404", "https://flags.acme.example/none?x=1"),
        ("internal", "https://db.internal.acme.example/health"),
        ("public", "https://status.acme.example/health"),
    ]:
        try:
            r = await client.get(url)
            out[name] = [r.status_code, r.text, r.headers.get("x-counted")]
        except httpx.TransportError as exc:
            out[name] = repr(exc)
    out["count"] = transport.count
    return out


@app.get("/sync")
def sync_one():
    with httpx.Client(mounts={"https://status.acme.example": httpx.HTTPTransport(verify=True)}, verify=False) as c:
        r = c.get("https://status.acme.example/health", headers=[("X-A", "1"), ("X-A", "2")])
    return json.loads(r.content)


@app.get("/log")
def show():
    return log
