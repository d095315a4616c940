# pattern 33: httpx, requests, aiohttp
import aiohttp
import httpx
import requests
from fastapi import Body, FastAPI, Header
from pydantic import BaseModel

app = FastAPI()


class Hook(BaseModel):
    target: str
    secret: str


@app.get("/a")
def a(url: str):
    return requests.get(url, timeout=3).text  #! user-controlled-host


@app.post("/b")
async def b(hook: Hook):
    async with httpx.AsyncClient() as client:
        return (await client.post(hook.target, json={"ok": True})).status_code  #! user-controlled-host


@app.get("/c/{tenant}")
async def c(tenant: str):
    async with aiohttp.ClientSession() as session:
        async with session.get(f"https://{tenant}.crm.example/x") as response:  #! user-controlled-host
            return await response.json()


@app.get("/d")
def d(x_forward_to: str = Header()):
    return httpx.get("https://" + x_forward_to + "/x").json()  #! user-controlled-host


@app.get("/e")
def e(url: str):
    if not url.startswith("https://"):
        raise ValueError("https only")
    return httpx.get(url).json()  #! user-controlled-host
