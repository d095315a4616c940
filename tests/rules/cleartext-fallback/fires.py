import ssl

import aiohttp
import httpx
import requests
from fastapi import FastAPI

app = FastAPI()


@app.get("/a")
def a():
    try:
        return requests.get("https://a.partner.example/x", timeout=3).json()
    except requests.exceptions.SSLError:
        return requests.get("https://a.partner.example/x", timeout=3, verify=False).json()  #! cleartext-fallback


@app.get("/b")
async def b():
    async with httpx.AsyncClient() as client:
        try:
            response = await client.get("https://b.partner.example/x")
        except httpx.HTTPError:
            response = await client.get("http://b.partner.example/x")  #! cleartext-fallback
    return response.json()


@app.get("/c")
async def c():
    async with aiohttp.ClientSession() as session:
        try:
            async with session.get("https://c.partner.example/x") as response:
                return await response.json()
        except aiohttp.ClientError:
            async with session.get("https://c.partner.example/x", ssl=False) as response:  #! cleartext-fallback
                return await response.json()


@app.get("/d")
def d():
    for scheme in ("https", "http"):
        try:
            return httpx.get(f"{scheme}://d.partner.example/x").json()  #! cleartext-fallback
        except httpx.TransportError:
            continue
