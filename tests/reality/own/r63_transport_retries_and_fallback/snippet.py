"""A transport that retries, a primary and a fallback host, the plain-http fallback one should not write."""
import logging
from enum import Enum

import httpx
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

logger = logging.getLogger("prices")
app = FastAPI()
HEADERS = {"X-Api-Key": "price-key-63"}


class Mode(str, Enum):
    strict = "strict"
    fallback = "fallback"
    downgrade = "downgrade"


class Price(BaseModel):
    sku: str
    cents: int
    source: str = "primary"


async def ask(url: str, *, retries: int = 0, verify: bool = True) -> Price:
    transport = httpx.AsyncHTTPTransport(retries=retries, verify=verify)
    async with httpx.AsyncClient(transport=transport, timeout=httpx.Timeout(1.0, connect=0.8), headers=HEADERS) as client:
        response = await client.get(url)
        response.raise_for_status()
        return Price.model_validate(response.json())


@app.get("/price/{sku}", response_model=Price)
async def price(sku: str, mode: Mode = Mode.strict):
    primary = f"https://prices.acme.example/p/{sku}"
    try:
        return await ask(primary, retries=1)
    except httpx.ConnectError as exc:
        logger.warning("primary failed: %s", exc, exc_info=True)
        if mode is Mode.strict:
            raise HTTPException(503, detail=type(exc).__name__) from exc
        if mode is Mode.fallback:
            price = await ask(f"https://prices-b.acme.example/p/{sku}")
            return price.model_copy(update={"source": "backup"})
        return await ask(primary.replace("https://", "http://", 1))
    except httpx.TimeoutException:
        raise HTTPException(504, "primary is slow")


@app.get("/unverified/{sku}")
async def unverified(sku: str):
    try:
        return await ask(f"https://prices.acme.example/p/{sku}", verify=False)
    except (httpx.HTTPStatusError, httpx.ConnectError, httpx.ConnectTimeout) as exc:
        return {"error": str(exc).split("\n")[0], "has_response": hasattr(exc, "response")}
