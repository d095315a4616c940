"""Addresses, SNI and Host: the many ways to say where one goes."""
import socket

import httpx
from fastapi import FastAPI

app = FastAPI()
TOKEN = {"Authorization": "Bearer sni-token"}
NAME = "core.bank.example"
IP = "192.0.2.48"


async def run(method="GET", url=f"https://{IP}/balance", **kw):
    extensions = kw.pop("extensions", None)
    headers = {**TOKEN, **kw.pop("headers", {})}
    try:
        async with httpx.AsyncClient(timeout=3, **kw) as c:
            r = await c.request(method, url, headers=headers, extensions=extensions)
        return r.json()
    except httpx.ConnectError as exc:
        return str(exc)


@app.get("/pinned")
async def pinned():
    return await run(headers={"Host": NAME}, extensions={"sni_hostname": NAME})


@app.get("/host-only")
async def host_only():
    return await run(headers={"Host": NAME})


@app.get("/resolved-first")
async def resolved_first():
    ip = socket.gethostbyname(NAME)
    return {"ip": ip, "got": await run(url=f"https://{ip}/balance", headers={"Host": NAME}, extensions={"sni_hostname": NAME})}


@app.get("/resolved-unverified")
async def resolved_unverified():
    infos = socket.getaddrinfo(NAME, 443, proto=socket.IPPROTO_TCP)
    family, kind, proto, canon, (ip, port) = infos[0]
    return await run(url=f"https://{ip}:{port}/balance", headers={"Host": NAME}, verify=False)


@app.get("/trailing-dot")
async def trailing_dot():
    return await run(url=f"https://{NAME}./balance")


@app.get("/stream-sni")
async def stream_sni():
    client = httpx.AsyncClient()
    request = client.build_request("GET", f"https://{IP}/balance", headers={"Host": NAME}, extensions={"sni_hostname": "attacker-owned.example"})
    try:
        response = await client.send(request)
        return response.json()
    except httpx.HTTPError as e:
        return f"{e!s} {e.request.url}"
    finally:
        await client.aclose()
