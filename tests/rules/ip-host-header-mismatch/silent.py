# pattern 30: httpx
import httpx
from fastapi import FastAPI

app = FastAPI()


@app.get("/a")
async def a():
    async with httpx.AsyncClient() as client:
        response = await client.get(
            "https://192.0.2.10/charge",
            headers={"Host": "api.payment-provider.com"},
            extensions={"sni_hostname": "api.payment-provider.com"},
        )
    return response.json()


@app.get("/b")
def b():
    return httpx.get("https://192.0.2.12/x").json()  # no other name is claimed


@app.get("/c")
def c():
    return httpx.get("https://api.payment-provider.com/x", headers={"Host": "api.payment-provider.com"}).json()
