"""Each line with `#!` must have a finding of that rule."""
import ssl

import httpx
import requests
from fastapi import Depends, FastAPI

app = FastAPI()
VERIFY = False  # a constant

session = requests.Session()
session.verify = False  #! tls-verify-disabled

context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE  #! tls-verify-disabled


class Settings:
    verify_tls: bool = False


settings = Settings()


@app.get("/a")
def a():
    return requests.get("https://a.partner.example/x", verify=False, timeout=3).json()  #! tls-verify-disabled


@app.get("/b")
def b():
    return session.get("https://b.partner.example/x", timeout=3).json()


@app.get("/c")
async def c():
    async with httpx.AsyncClient(verify=VERIFY) as client:  #! tls-verify-disabled
        return (await client.get("https://c.partner.example/x")).json()


@app.get("/d")
async def d():
    async with httpx.AsyncClient(verify=context) as client:
        return (await client.get("https://d.partner.example/x")).json()


@app.get("/e")
def e():
    return httpx.get("https://e.partner.example/x", verify=settings.verify_tls).json()  #! tls-verify-disabled


async def insecure_client():
    transport = httpx.AsyncHTTPTransport(verify=False)  #! tls-verify-disabled
    async with httpx.AsyncClient(transport=transport) as client:
        yield client


@app.get("/f")
async def f(client: httpx.AsyncClient = Depends(insecure_client)):
    return (await client.get("https://f.partner.example/x")).json()


@app.get("/g")
async def g():
    try:
        return httpx.get("https://g.partner.example/x").json()
    except httpx.ConnectError:
        return httpx.get("https://g.partner.example/x", verify=False).json()  #! tls-verify-disabled


def helper(url: str, **options):
    return requests.get(url, **options)  #! tls-verify-disabled


@app.get("/h")
def h():
    return helper("https://h.partner.example/x", verify=False).json()  # told as where the value comes from
