# pattern 30: httpx, requests
import httpx
import requests
from fastapi import FastAPI

app = FastAPI()
ADDRESS = "192.0.2.10"


@app.get("/a")
async def a():
    async with httpx.AsyncClient() as client:
        response = await client.get(f"https://{ADDRESS}/charge", headers={"Host": "api.payment-provider.com"})  #! ip-host-header-mismatch
    return response.json()


@app.get("/b")
def b():
    return requests.get("https://192.0.2.11/x", headers={"Host": "b.partner.example"}, timeout=3).json()  #! ip-host-header-mismatch
