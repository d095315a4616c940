import os

import httpx
import requests
from fastapi import FastAPI

app = FastAPI()
BASE = os.getenv("PROFILE_URL", "http://profiles.acme.internal:8080")
HOST = "stock.warehouse.example"


@app.get("/a")
def a():
    return requests.get("http://a.partner.example/x", timeout=3).json()  #! cleartext-transport


@app.get("/b")
async def b():
    async with httpx.AsyncClient(base_url=BASE) as client:
        return (await client.get("/users/1")).json()  #! cleartext-transport


@app.get("/c")
def c(sku: str):
    return httpx.get(f"http://{HOST}/items/{sku}").json()  #! cleartext-transport


@app.get("/d")
def d():
    try:
        return httpx.get("https://d.partner.example/x").json()
    except httpx.ConnectError:
        return httpx.get("http://d.partner.example/x").json()  #! cleartext-transport


@app.get("/e")
def e():
    return requests.get("http://localhost.attacker.test/x", timeout=3).json()  #! cleartext-transport
