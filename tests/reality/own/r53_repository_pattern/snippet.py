"""A layered service: repository with an in-memory store, unit of work, DTOs, pagination, sync httpx in a threadpool."""
import copy
import itertools
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, Optional, Protocol, TypeVar

import httpx
from fastapi import Depends, FastAPI, HTTPException, Query, Response
from pydantic import BaseModel, Field, model_validator

T = TypeVar("T", bound="Entity")


class Entity(BaseModel):
    id: int | None = None
    version: int = 0


class Customer(Entity):
    name: str
    country: str = "DE"
    vat: Optional[str] = None

    @model_validator(mode="before")
    @classmethod
    def strip(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return {k: v.strip() if isinstance(v, str) else v for k, v in data.items()}
        return data


class Repository(ABC, Generic[T]):
    @abstractmethod
    def get(self, id: int) -> T: ...

    @abstractmethod
    def add(self, item: T) -> T: ...

    def get_or_none(self, id: int) -> T | None:
        try:
            return self.get(id)
        except LookupError:
            return None


class MemoryRepository(Repository[T]):
    def __init__(self) -> None:
        self._rows: dict[int, T] = {}
        self._ids: Iterator[int] = itertools.count(1)

    def get(self, id: int) -> T:
        if id not in self._rows:
            raise LookupError(f"{id} not found")
        return self._rows[id]

    def add(self, item: T) -> T:
        stored = item.model_copy(update={"id": item.id or next(self._ids), "version": item.version + 1})
        self._rows[stored.id] = stored
        return stored

    def __iter__(self) -> Iterator[T]:
        yield from sorted(self._rows.values(), key=lambda e: (e.country, -e.id))

    def __len__(self) -> int:
        return len(self._rows)


class UnitOfWork:
    def __init__(self, repo: MemoryRepository):
        self.repo = repo
        self._snapshot = None

    def __enter__(self):
        self._snapshot = dict(self.repo._rows)
        return self

    def __exit__(self, *exc_info):
        if exc_info[0]:
            self.repo._rows = self._snapshot
        return None


class VatChecker(Protocol):
    def check(self, country: str, vat: str) -> bool: ...


class ViesChecker:
    url = "https://vies.tax.example/check/{country}/{vat}"

    def check(self, country: str, vat: str) -> bool:
        response = httpx.get(self.url.format(country=country, vat=vat), timeout=2.0)
        response.raise_for_status()
        return response.json().get("valid", False) is True


repo: MemoryRepository[Customer] = MemoryRepository()
app = FastAPI()


def get_checker() -> VatChecker:
    return ViesChecker()


def paginate(items: Iterable[T], page: int, size: int) -> tuple[list[T], dict[str, int]]:
    rows = list(items)
    start = (page - 1) * size
    return rows[start:start + size], {"page": page, "pages": -(-len(rows) // size), "total": len(rows)}


@app.post("/customers", status_code=201, response_model=Customer)
def create(customer: Customer, response: Response, checker: VatChecker = Depends(get_checker)):
    with UnitOfWork(repo) as uow:
        stored = uow.repo.add(customer)
        if customer.vat and not checker.check(customer.country, customer.vat):
            raise HTTPException(422, detail=[{"loc": ["body", "vat"], "msg": "VAT number is not valid"}])
        response.headers["Location"] = f"/customers/{stored.id}"
        return stored


@app.patch("/customers/{id}")
def update(id: int, changes: dict[str, Any]):
    if (current := repo.get_or_none(id)) is None:
        raise HTTPException(404)
    merged = Customer.model_validate(current.model_dump() | changes)
    return repo.add(merged)


@app.get("/customers")
def index(page: int = Query(1, ge=1), size: int = Query(2, ge=1, le=100)):
    rows, meta = paginate(repo, page, size)
    return {"items": [row.model_dump(exclude_none=True, exclude={"version"}) for row in rows], **meta}


@app.get("/abstract")
def abstract():
    try:
        Repository()
    except TypeError as exc:
        return str(exc)
