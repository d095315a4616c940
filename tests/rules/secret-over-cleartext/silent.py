# pattern 28: httpx, requests
import os

import httpx
import requests
from fastapi import FastAPI

app = FastAPI()
TOKEN = os.environ["CRM_TOKEN"]


@app.get("/a")
def a():
    return requests.get("https://a.partner.example/x", auth=("svc", "pw-1001"), timeout=3).json()


@app.get("/b")
def b():
    return httpx.get("http://localhost:9000/x", headers={"Authorization": f"Bearer {TOKEN}"}).json()


@app.get("/c")
def c():
    return httpx.get("http://c.partner.example/rates", params={"base": "EUR"}).json()


@app.get("/d")
async def d():
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test", headers={"X-Api-Key": TOKEN}) as client:
        return (await client.get("/b")).json()
