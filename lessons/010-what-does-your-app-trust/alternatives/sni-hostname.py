import httpx
from fastapi import FastAPI

app = FastAPI()


@app.get("/pay")
async def pay(amount: int = 100):
    try:
        async with httpx.AsyncClient(timeout=5.0) as client:
            response = await client.get(
                "https://192.0.2.10/charge",
                params={"amount": amount},
                headers={"Host": "api.payment-provider.com"},
                extensions={"sni_hostname": "api.payment-provider.com"},
            )
            response.raise_for_status()
            return response.json()
    except httpx.RequestError:
        return {"error": "Payment service unavailable"}
