#: title = A fixed address with a Host header
#: about = Looks like a way around DNS; TLS checks another name
import httpx
from fastapi import FastAPI

app = FastAPI()


# Optional: Use a fixed IP with Host header for extra control (not a DNS bypass)
@app.get("/process-payment-with-host-header/")
async def process_payment_with_host_header():
    async with httpx.AsyncClient(verify=True) as client:
        response = await client.get(
            "https://192.0.2.10/charge",  # Known good IP
            headers={"Host": "api.payment-provider.com"},
            params={"amount": 100}
        )
        return response.json()
