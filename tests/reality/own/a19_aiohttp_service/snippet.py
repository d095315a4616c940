"""A service as people write it: one session for the app, retries, several calls at once."""
import asyncio
import logging
from contextlib import asynccontextmanager

import aiohttp
from fastapi import FastAPI, HTTPException, Request

log = logging.getLogger("shop")


class Upstream:
    def __init__(self, base: str, token: str):
        self.base, self.token = base, token
        self.session: aiohttp.ClientSession | None = None

    async def start(self):
        self.session = aiohttp.ClientSession(
            self.base, headers={"Authorization": f"Bearer {self.token}"},
            timeout=aiohttp.ClientTimeout(total=5, connect=2), raise_for_status=True,
            connector=aiohttp.TCPConnector(limit_per_host=4, ttl_dns_cache=60))

    async def stop(self):
        await self.session.close()

    async def fetch(self, path: str, tries: int = 3):
        for attempt in range(1, tries + 1):
            try:
                async with self.session.get(path) as response:
                    return await response.json()
            except aiohttp.ClientResponseError as error:
                if error.status < 500 or attempt == tries:
                    raise
                log.warning("try %d: %s", attempt, error)
            except (aiohttp.ClientConnectionError, asyncio.TimeoutError) as error:
                if attempt == tries:
                    raise
                log.warning("try %d: %r", attempt, error)
            await asyncio.sleep(0.1 * attempt)


upstream = Upstream("https://catalog.shop.example/", "catalog-token")


@asynccontextmanager
async def lifespan(app: FastAPI):
    await upstream.start()
    yield
    await upstream.stop()


app = FastAPI(lifespan=lifespan)


@app.exception_handler(aiohttp.ClientResponseError)
async def answered_badly(request: Request, error: aiohttp.ClientResponseError):
    from fastapi.responses import JSONResponse
    return JSONResponse({"upstream": error.status, "why": error.message, "url": str(error.request_info.url)}, 502)


@app.get("/item/{number}")
async def item(number: int):
    try:
        return await upstream.fetch(f"items/{number}")
    except aiohttp.ClientConnectorCertificateError as error:
        raise HTTPException(502, f"not trusted: {error.host}")
    except (aiohttp.ClientConnectionError, asyncio.TimeoutError) as error:
        raise HTTPException(503, type(error).__name__)


@app.get("/page")
async def page():
    found = await asyncio.gather(*(upstream.fetch(f"items/{n}", 1) for n in (1, 2, 9)), return_exceptions=True)
    return [one if isinstance(one, dict) else f"{type(one).__name__}: {one}" for one in found]
