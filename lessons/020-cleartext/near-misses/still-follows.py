import httpx
from fastapi import FastAPI, HTTPException

app = FastAPI()
HEADERS = {"X-Api-Key": "invoice-key-77"}


@app.get("/invoice/{number}")
async def invoice(number: int):
    async with httpx.AsyncClient(follow_redirects=True, timeout=5.0) as client:
        try:
            response = await client.get(
                f"https://invoices.acme.example/i/{number}", headers=HEADERS
            )
        except httpx.TransportError:
            raise HTTPException(503, "invoices are not available")
    if response.status_code != 200:
        raise HTTPException(502, "unexpected answer")
    return response.json()
