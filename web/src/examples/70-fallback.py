#: title = A fallback that undoes the check
#: about = When TLS fails, try again in plain text
import httpx
from fastapi import FastAPI

app = FastAPI()


@app.get("/rates/{currency}")
async def rate(currency: str):
    async with httpx.AsyncClient(timeout=5.0) as client:
        try:
            response = await client.get(f"https://rates.bank.example/latest/{currency}")
        except httpx.ConnectError:
            # "better an answer than none"
            response = await client.get(f"http://rates.bank.example/latest/{currency}")
        response.raise_for_status()
        return response.json()
