#: title = A payment, verified
#: about = httpx with verify=True: the name in the URL is checked
#: what-if = verify=True => verify=False
#: what-if = https:// => http://
import httpx
from fastapi import FastAPI

app = FastAPI()


@app.get("/process-payment/")
async def process_payment():
    # Use HTTPS and enforce hostname verification
    async with httpx.AsyncClient(verify=True) as client:
        try:
            response = await client.get(
                "https://api.payment-provider.com/charge",
                params={"amount": 100},
                timeout=10.0
            )
            response.raise_for_status()
            return response.json()
        except httpx.RequestError as exc:
            # Log error but do not expose internal details
            return {"error": "Payment service unavailable"}
        except httpx.HTTPStatusError as exc:
            return {"error": f"Payment failed: {exc.response.status_code}"}
