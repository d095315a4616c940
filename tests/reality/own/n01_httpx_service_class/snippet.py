from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Generator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, Final

import httpx
from fastapi import Depends, FastAPI, HTTPException, Request, status
from fastapi.responses import JSONResponse

logger = logging.getLogger(__name__)
BASE: Final = "https://api.acme.example"


class ApiError(Exception):
    """Base of what the client raises."""

    status_code: int = 502

    def __init__(self, message: str, *, request: httpx.Request | None = None) -> None:
        super().__init__(message)
        self.request = request

    def __init_subclass__(cls, *, code: int | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if code is not None:
            cls.status_code = code


class ApiUnavailable(ApiError, code=503):
    pass


class ApiRejected(ApiError, code=424):
    pass


class BearerAuth(httpx.Auth):
    requires_response_body = True

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._token}"
        response = yield request
        if response.status_code == 401:
            request.headers["Authorization"] = f"Bearer {self._token}-2"
            yield request


@dataclass(slots=True)
class Stats:
    sent: int = 0
    received: dict[int, int] = field(default_factory=dict)

    async def on_request(self, request: httpx.Request) -> None:
        self.sent += 1
        request.extensions["started"] = time.perf_counter()

    async def on_response(self, response: httpx.Response) -> None:
        self.received[response.status_code] = self.received.get(response.status_code, 0) + 1
        assert "started" in response.request.extensions
        if response.is_error:
            await response.aread()


@dataclass(frozen=True, order=True)
class Item:
    price: Decimal
    name: str
    id: int = field(compare=False)

    @classmethod
    def parse(cls, raw: dict[str, Any]) -> Item:
        try:
            return cls(price=Decimal(raw["price"]), name=str(raw["name"]), id=int(raw["id"]))
        except (KeyError, ValueError, ArithmeticError) as error:
            raise ApiRejected(f"odd item: {error!r}") from error


class Api:
    def __init__(self, token: str) -> None:
        self.stats = Stats()
        self._client = httpx.AsyncClient(
            base_url=BASE,
            auth=BearerAuth(token),
            timeout=httpx.Timeout(2.0, connect=1.0, pool=None),
            limits=httpx.Limits(max_connections=5, max_keepalive_connections=2),
            headers={"Accept": "application/json", "X-Client": "shop/1.0"},
            event_hooks={"request": [self.stats.on_request], "response": [self.stats.on_response]},
            follow_redirects=True,
        )

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _get(self, path: str, **params: Any) -> httpx.Response:
        try:
            response = await self._client.get(path, params={k: v for k, v in params.items() if v is not None})
            response.raise_for_status()
        except httpx.HTTPStatusError as error:
            raise ApiRejected(f"{error.response.status_code} {error.response.reason_phrase}: {error.response.text[:20]}", request=error.request) from error
        except httpx.TimeoutException as error:
            raise ApiUnavailable(f"timeout: {type(error).__name__}", request=error.request) from error
        except httpx.HTTPError as error:
            raise ApiUnavailable(str(error)) from None
        return response

    async def items(self, limit: int | None = None) -> list[Item]:
        body = (await self._get("/v1/items", limit=limit)).json()
        return sorted(map(Item.parse, body["items"]))


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Api]]:
    api = Api("tok-n01")
    yield {"api": api}
    await api.aclose()


app = FastAPI(lifespan=lifespan)


def get_api(request: Request) -> Api:
    return request.state.api


@app.exception_handler(ApiError)
async def on_api_error(request: Request, error: ApiError) -> JSONResponse:
    logger.warning("upstream: %s", error)
    return JSONResponse({"error": type(error).__name__, "message": str(error), "url": str(error.request.url) if error.request else None}, error.status_code, headers={"Retry-After": "5"})


@app.get("/items")
async def items(limit: int | None = None, api: Api = Depends(get_api)):
    found = await api.items(limit)
    return {"items": [asdict(each) for each in found], "cheapest": min(found, default=None)}


@app.get("/raw/{path:path}")
async def raw(path: str, api: Api = Depends(get_api)):
    response = await api._get("/" + path)
    return {"type": response.headers.get("content-type"), "text": response.text, "history": [str(r.url) for r in response.history], "url": str(response.url), "encoding": response.encoding, "http": response.http_version}


@app.get("/stats")
async def stats(api: Api = Depends(get_api)):
    return api.stats
