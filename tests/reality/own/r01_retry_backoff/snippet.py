import asyncio
import logging
import os
import random
from functools import wraps
from typing import Any, Awaitable, Callable, TypeVar

import httpx
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

logger = logging.getLogger("billing")
logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")

BILLING_URL = os.getenv("BILLING_URL", "https://billing.acme.example")
API_KEY = os.environ["BILLING_API_KEY"]

T = TypeVar("T")


class BillingError(Exception):
    def __init__(self, message: str, *, attempts: int) -> None:
        super().__init__(message)
        self.attempts = attempts

    def __str__(self) -> str:
        return f"{self.args[0]} after {self.attempts} attempts"


def retry(times: int = 3, base: float = 0.05, errors: tuple[type[Exception], ...] = (httpx.TransportError,)):
    def decorator(func: Callable[..., Awaitable[T]]) -> Callable[..., Awaitable[T]]:
        @wraps(func)
        async def wrapper(*args: Any, **kwargs: Any) -> T:
            last: Exception | None = None
            for attempt in range(1, times + 1):
                try:
                    return await func(*args, **kwargs)
                except errors as exc:
                    last = exc
                    delay = base * 2 ** (attempt - 1) + random.uniform(0, 0.01)
                    logger.warning("attempt %d of %s failed: %r", attempt, func.__name__, exc)
                    if attempt < times:
                        await asyncio.sleep(delay)
            raise BillingError(f"{func.__name__} failed", attempts=times) from last

        wrapper.attempts = times
        return wrapper

    return decorator


class Invoice(BaseModel):
    customer: str = Field(min_length=2)
    amount_cents: int = Field(gt=0, le=1_000_000)
    currency: str = "EUR"


app = FastAPI(title="Invoices")


@retry(times=3)
async def create_invoice(invoice: Invoice) -> dict:
    async with httpx.AsyncClient(base_url=BILLING_URL, timeout=httpx.Timeout(1.0, connect=0.5)) as client:
        response = await client.post(
            "/v2/invoices",
            json=invoice.model_dump(),
            headers={"Authorization": f"Bearer {API_KEY}"},
        )
        response.raise_for_status()
        return response.json()


@app.post("/invoices", status_code=201)
async def invoices(invoice: Invoice):
    try:
        created = await create_invoice(invoice)
    except BillingError as exc:
        cause = type(exc.__cause__).__name__
        raise HTTPException(status_code=503, detail={"error": str(exc), "cause": cause}) from exc
    except httpx.HTTPStatusError as exc:
        raise HTTPException(status_code=502, detail=f"billing said {exc.response.status_code}")
    return {"id": created["id"], "total": f"{invoice.amount_cents / 100:,.2f} {invoice.currency}",
            "attempts_allowed": create_invoice.attempts, "name": create_invoice.__name__}
