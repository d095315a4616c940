"""A service split into routers, with prefixes, tags, dependencies and overrides."""
from typing import Annotated

import httpx
from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Path, Query, Request, Response, status
from pydantic import BaseModel, Field

from errors import DomainError, register
from store import Store, get_store

calls: list[str] = []


async def verify_key(x_api_key: Annotated[str, Header()]) -> str:
    if x_api_key != "key-20":
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "bad key", headers={"WWW-Authenticate": "ApiKey"})
    return x_api_key


class Pagination:
    def __init__(self, page: Annotated[int, Query(ge=1)] = 1, size: Annotated[int, Query(ge=1, le=50)] = 20):
        self.page = page
        self.size = size

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size


def audit(request: Request):
    calls.append(f"{request.method} {request.url.path}")
    yield
    calls.append("done")


class Product(BaseModel):
    sku: str = Field(pattern=r"^[A-Z]{2}-\d+$")
    price: float
    tags: set[str] = set()


class ProductOut(BaseModel):
    sku: str
    price: float


products = APIRouter(prefix="/products", tags=["products"], dependencies=[Depends(verify_key)])


@products.get("", response_model=list[ProductOut])
def list_products(p: Annotated[Pagination, Depends()], store: Annotated[Store, Depends(get_store)]):
    return store.page(p.offset, p.size)


@products.get("/{sku}", response_model=ProductOut, responses={404: {"description": "missing"}})
def one_product(sku: Annotated[str, Path(min_length=4)], store: Store = Depends(get_store)):
    return store.get(sku)


@products.put("/{sku}", status_code=201)
def put_product(sku: str, product: Product, response: Response, store: Store = Depends(get_store)):
    if sku != product.sku:
        raise DomainError("sku differs", sku=sku)
    store.put(product.model_dump())
    response.headers["Location"] = f"/products/{sku}"
    return product


@products.delete("/{sku}", status_code=204)
def delete_product(sku: str, store: Store = Depends(get_store)):
    store.delete(sku)


prices = APIRouter()


@prices.get("/{sku}")
async def price(sku: str, currency: str = "EUR"):
    async with httpx.AsyncClient() as client:
        r = await client.get(f"https://fx.acme.example/rate/{currency}")
    return {"sku": sku, "rate": r.json()["rate"]}


v1 = APIRouter(prefix="/v1", dependencies=[Depends(audit)])
v1.include_router(products)
v1.include_router(prices, prefix="/prices", tags=["prices"])

app = FastAPI(title="Shop")
app.include_router(v1)
register(app)


@app.get("/calls")
def show_calls():
    return calls
