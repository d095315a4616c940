#: title = A client from a dependency, a flag from settings
#: about = Is it on? Where was that decided?
import httpx
from fastapi import Depends, FastAPI
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    billing_url: str = "https://billing.acme.example"
    billing_token: str = "bill-4471-key"
    verify_tls: bool = False


settings = Settings()


async def billing_client():
    async with httpx.AsyncClient(
        base_url=settings.billing_url,
        verify=settings.verify_tls,
        headers={"Authorization": f"Bearer {settings.billing_token}"},
        timeout=5.0,
    ) as client:
        yield client


app = FastAPI()


@app.get("/invoices/{number}")
async def invoice(number: int, client: httpx.AsyncClient = Depends(billing_client)):
    response = await client.get(f"/api/invoices/{number}")
    return response.json()
