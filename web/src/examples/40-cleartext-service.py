#: title = Plain http inside the cluster
#: about = A short name, no TLS, "it is only internal"
import os

import httpx
from fastapi import FastAPI

app = FastAPI()

ORDERS = os.environ.get("ORDERS_URL", "http://orders.shop.svc.cluster.local:8080")
INTERNAL_KEY = os.environ.get("ORDERS_KEY", "key-0f83d1")


@app.get("/orders/{number}")
async def read_order(number: int):
    async with httpx.AsyncClient(base_url=ORDERS, timeout=3.0) as client:
        response = await client.get(
            f"/v1/orders/{number}",
            headers={"X-Internal-Key": INTERNAL_KEY},
        )
        response.raise_for_status()
        return response.json()
