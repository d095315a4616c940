"""Streaming in both directions."""
import hashlib
from typing import AsyncIterator

import httpx
from fastapi import FastAPI, Request, UploadFile
from fastapi.responses import PlainTextResponse, StreamingResponse

app = FastAPI()
STORE = "https://store.acme.example"


@app.get("/proxy/{path:path}")
async def proxy(path: str, request: Request):
    client = httpx.AsyncClient(base_url=STORE)
    upstream = client.build_request(
        request.method, httpx.URL(path=f"/{path}", query=request.url.query.encode("utf-8")),
        headers={"X-Forwarded-Host": request.headers["host"]})
    response = await client.send(upstream, stream=True)

    async def body() -> AsyncIterator[bytes]:
        try:
            async for chunk in response.aiter_raw():
                yield chunk
        finally:
            await response.aclose()
            await client.aclose()

    return StreamingResponse(body(), status_code=response.status_code,
                             media_type=response.headers.get("content-type"))


@app.get("/lines")
async def lines():
    out = []
    async with httpx.AsyncClient() as client:
        async with client.stream("GET", f"{STORE}/events") as response:
            response.raise_for_status()
            async for line in response.aiter_lines():
                if not line or line.startswith("#"):
                    continue
                key, sep, value = line.partition(":")
                out.append((key.strip(), value.strip()) if sep else (key, None))
            out.append(response.num_bytes_downloaded)
    return out


@app.get("/digest")
def digest():
    sha = hashlib.sha256()
    size = 0
    with httpx.stream("GET", f"{STORE}/events") as response:
        for chunk in response.iter_bytes(chunk_size=7):
            sha.update(chunk)
            size += len(chunk)
    return {"sha256": sha.hexdigest(), "size": size, "closed": response.is_closed}


@app.put("/upload/{name}")
async def upload(name: str, request: Request):
    async def relay():
        async for chunk in request.stream():
            yield chunk.upper()

    async with httpx.AsyncClient() as client:
        r = await client.put(f"{STORE}/blob/{name}", content=relay())
    return PlainTextResponse(f"{r.status_code} {r.http_version}")


@app.get("/late")
async def late():
    async def produce():
        yield b"start\n"
        async with httpx.AsyncClient(timeout=2) as client:
            r = await client.get(f"{STORE}/events")
            yield r.content
    return StreamingResponse(produce(), media_type="text/plain")
