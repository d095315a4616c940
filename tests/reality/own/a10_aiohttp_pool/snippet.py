"""Connections that are used again, and limits on them."""
import asyncio

import aiohttp
from fastapi import FastAPI

app = FastAPI()
API = "https://hub.sensors.example"

def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])


async def one(session, path, **options):
    async with session.get(f"{API}/{path}", **options) as response:
        return await response.text()


@app.get("/pool/{kind}")
async def pool(kind: str):
    try:
        options = {"close": {"force_close": True}, "one": {"limit": 1}, "host": {"limit_per_host": 1},
                   "idle": {"keepalive_timeout": 1}}.get(kind, {})
        connector = aiohttp.TCPConnector(**options)
        async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=4)) as session:
            if kind in ("one", "host"):
                calls = [one(session, path) for path in "abc"]
                return sorted(str(each) for each in await asyncio.gather(*calls, return_exceptions=True))
            found = [await one(session, "a")]
            if kind == "idle":
                await asyncio.sleep(1.5)
            if kind == "context":
                found.append(await one(session, "b", ssl=False))
            if kind == "unread":
                async with session.get(f"{API}/b") as response:
                    found.append(response.status)
            if kind == "head":
                async with session.head(f"{API}/b") as response:
                    found.append(response.status)
            if kind == "header":
                found.append(await one(session, "b", headers={"Connection": "close"}))
            found.append(await one(session, "c"))
            return found
    except Exception as error:
        return {"told": told(error)}


@app.get("/owner")
async def owner():
    connector = aiohttp.TCPConnector()
    found = []
    try:
        for _ in range(2):
            async with aiohttp.ClientSession(connector=connector, connector_owner=False, timeout=aiohttp.ClientTimeout(total=4)) as session:
                found.append(await one(session, "a"))
        found.append(connector.closed)
        async with aiohttp.ClientSession(connector=connector) as session:
            found.append(session.connector is connector)
        found.append(connector.closed)
        async with aiohttp.ClientSession(connector=connector) as session:
            found.append(await one(session, "a"))
    except Exception as error:
        found.append(told(error))
    await connector.close()
    return found


@app.get("/wrong")
async def wrong():
    try:
        aiohttp.TCPConnector(force_close=True, keepalive_timeout=3)
    except ValueError as error:
        return str(error)


@app.get("/plain-await")
async def plain_await():
    try:
        session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=4))
        response = await session.get(f"{API}/a")
        first = await response.text()
        second = await (await session.get(f"{API}/b")).text()
        await session.close()
        return [first, second, session.closed]
    except Exception as error:
        return {"told": told(error)}


@app.get("/function")
async def function():
    try:
        async with aiohttp.request("GET", f"{API}/a", timeout=aiohttp.ClientTimeout(total=4), headers={"X-Key": "sensor-key"}) as response:
            return [response.status, await response.text()]
    except Exception as error:
        return {"told": told(error)}
