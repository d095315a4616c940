"""Proxies from the environment and as arguments."""
import os

import httpx
from fastapi import FastAPI

app = FastAPI()


@app.get("/env")
async def via_env():
    async with httpx.AsyncClient() as c:
        r = await c.get("https://api.partner.example/v1/me", headers={"Authorization": "Bearer px-token-1"})
        return r.json()


@app.get("/noproxy")
async def no_proxy():
    async with httpx.AsyncClient() as c:
        return (await c.get("https://intra.acme.example/ping")).json()


@app.get("/direct")
async def direct():
    async with httpx.AsyncClient(trust_env=False) as c:
        return (await c.get("https://api.partner.example/v1/me")).json()


@app.get("/argument")
async def argument():
    proxy = httpx.Proxy("http://proxy.acme.example:3128", auth=("svc", "proxy-pw-3"))
    async with httpx.AsyncClient(proxy=proxy) as c:
        try:
            return (await c.get("http://plain.partner.example/hello?x=1")).json()
        except httpx.ProxyError as exc:
            return {"proxy": str(exc)}
        except httpx.ConnectError as exc:
            return {"connect": str(exc)}


@app.get("/mount")
def mount():
    mounts = {"https://api.partner.example": httpx.HTTPTransport(proxy="http://proxy.acme.example:3128")}
    with httpx.Client(mounts=mounts, trust_env=False) as c:
        return c.get("https://api.partner.example/v1/me").json()


@app.get("/names")
def names():
    return sorted(k for k in os.environ if k.lower().endswith("_proxy"))
