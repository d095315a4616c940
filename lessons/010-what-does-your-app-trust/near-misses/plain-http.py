import httpx
from fastapi import FastAPI

app = FastAPI()


@app.get("/pay")
async def pay(amount: int = 100):
    try:
        async with httpx.AsyncClient(timeout=5.0) as client:
            response = await client.get(
                "http://api.payment-provider.com/charge",
                params={"amount": amount},
            )
            response.raise_for_status()
            return response.json()
    except httpx.RequestError:
        return {"error": "Payment service unavailable"}
