"""A payment gateway client: idempotency keys, signatures, status mapping, audit log, breaker."""
from __future__ import annotations

import hashlib
import hmac
import json
import logging
import os
import time
from collections import deque
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

import httpx
from fastapi import Depends, FastAPI, Header, HTTPException, Request, status
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, field_validator

log = logging.getLogger("payments")

GATEWAY: Final = os.environ.get("GATEWAY_URL", "https://gateway.pay.example")


class PaymentStatus(StrEnum):
    PENDING = "pending"
    CAPTURED = "captured"
    DECLINED = "declined"


class Money(BaseModel):
    model_config = ConfigDict(frozen=True)
    amount: Decimal = Field(gt=0, max_digits=9, decimal_places=2)
    currency: str = Field("EUR", min_length=3, max_length=3)

    @field_validator("currency")
    @classmethod
    def upper(cls, v: str) -> str:
        return v.upper()

    @property
    def minor(self) -> int:
        return int(self.amount * 100)


class ChargeRequest(BaseModel):
    money: Money
    card_token: str = Field(alias="cardToken", pattern=r"^tok_[a-z0-9]+$")
    reference: str | None = None
    metadata: dict[str, str | int] = Field(default_factory=dict)


class Charge(BaseModel):
    id: str
    status: PaymentStatus
    amount: int


@dataclass
class Breaker:
    threshold: int = 2
    failures: deque[str] = field(default_factory=lambda: deque(maxlen=5))

    @property
    def open(self) -> bool:
        return len(self.failures) >= self.threshold

    def __enter__(self):
        if self.open:
            raise BreakerOpen(f"{len(self.failures)} failures, last {self.failures[-1]}")
        return self

    def __exit__(self, kind, exc, tb):
        if kind is None:
            self.failures.clear()
        elif issubclass(kind, httpx.TransportError):
            self.failures.append(kind.__name__)
        return False


class BreakerOpen(RuntimeError):
    pass


class Gateway:
    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self.breaker = Breaker()

    @cached_property
    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=GATEWAY, timeout=httpx.Timeout(2.0, connect=1.0), headers={"Accept": "application/json"})

    def sign(self, body: bytes) -> str:
        return hmac.new(self._secret, body, hashlib.sha256).hexdigest()

    async def charge(self, request: ChargeRequest, key: str) -> Charge:
        payload: dict[str, Any] = {"amount": request.money.minor, "currency": request.money.currency, "source": request.card_token}
        if request.metadata:
            payload["metadata"] = request.metadata
        body = json.dumps(payload, separators=(",", ":"), sort_keys=True).encode()
        with self.breaker:
            response = await self.client.post("/v1/charges", content=body, headers={
                "Content-Type": "application/json", "Idempotency-Key": key, "X-Signature": f"sha256={self.sign(body)}"})
        match response.status_code:
            case 200 | 201:
                return Charge.model_validate_json(response.content)
            case 402:
                raise HTTPException(status.HTTP_402_PAYMENT_REQUIRED, response.json().get("reason", "declined"))
            case code if 500 <= code < 600:
                raise HTTPException(status.HTTP_503_SERVICE_UNAVAILABLE, f"gateway {code}")
            case _:
                response.raise_for_status()
                raise AssertionError("unreachable")


gateway = Gateway(os.environ["GATEWAY_SECRET"])
app = FastAPI()


@app.exception_handler(BreakerOpen)
def breaker_open(request: Request, exc: BreakerOpen):
    return JSONResponse({"detail": "try later", "why": str(exc)}, 503, headers={"Retry-After": "30"})


@app.exception_handler(httpx.TransportError)
async def transport(request: Request, exc: httpx.TransportError):
    log.error("transport %s for %s", type(exc).__name__, exc.request.url)
    return JSONResponse({"detail": "gateway unreachable", "kind": type(exc).__name__}, status_code=502)


@app.post("/charges", response_model=Charge, status_code=201)
async def charge(body: ChargeRequest, idempotency_key: str = Header(min_length=4), gw: Gateway = Depends(lambda: gateway)):
    return await gw.charge(body, idempotency_key)


@app.get("/sign")
def sign(text: str):
    return {"signature": gateway.sign(text.encode()), "breaker": list(gateway.breaker.failures)}
