# pattern 28: httpx, requests, aiohttp
import os

import aiohttp
import httpx
import requests
from fastapi import FastAPI, Header

app = FastAPI()
TOKEN = os.environ["CRM_TOKEN"]


@app.get("/a")
def a():
    return requests.get("http://a.partner.example/x", auth=("svc", "pw-1001"), timeout=3).json()  #! secret-over-cleartext


@app.get("/b")
async def b():
    async with httpx.AsyncClient(base_url="http://b.partner.example", headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        return (await client.get("/x")).json()  #! secret-over-cleartext


@app.get("/c")
async def c(authorization: str = Header()):
    async with aiohttp.ClientSession() as session:
        async with session.get("http://c.partner.example/x", headers={"Authorization": authorization}) as response:  #! secret-over-cleartext
            return await response.json()


@app.get("/d")
def d(password: str):
    return httpx.post("http://d.partner.example/login", json={"password": password}).json()  #! secret-over-cleartext
