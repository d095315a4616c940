# pattern 26: httpx, requests
import httpx
import requests
from fastapi import FastAPI

app = FastAPI()
BILLING = "http://billing:8080"


@app.get("/a")
def a():
    return requests.get(f"{BILLING}/x", timeout=3).json()  #! cleartext-service-discovery


@app.get("/b")
async def b():
    async with httpx.AsyncClient(base_url="http://users.default.svc") as client:
        return (await client.get("/x")).json()  #! cleartext-service-discovery


@app.get("/c")
def c():
    where = httpx.get("https://registry.acme.internal/services/stock").json()["address"]
    return httpx.get(f"http://{where}/x").json()  #! cleartext-service-discovery
