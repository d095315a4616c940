import ssl

import httpx
import requests
from fastapi import FastAPI

app = FastAPI()

session = requests.Session()
session.verify = True
session.headers["X-Stock-Key"] = "stock-key-3"

context = ssl.create_default_context()


@app.get("/customers/{number}")
async def customer(number: int):
    async with httpx.AsyncClient(verify=True, timeout=5.0) as client:
        response = await client.get(
            f"https://crm.partner.example/c/{number}",
            headers={"X-Crm-Key": "crm-key-1"},
        )
    return response.json()


@app.get("/stock/{sku}")
def stock(sku: str):
    return session.get(f"https://stock.warehouse.example/s/{sku}", timeout=5).json()


@app.get("/jobs")
async def jobs():
    async with httpx.AsyncClient(verify=context, timeout=5.0) as client:
        response = await client.get(
            "https://ci.acme.example/jobs", headers={"X-Ci-Key": "ci-key-2"}
        )
    return response.json()
