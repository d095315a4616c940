"""Time limits of each kind, and what they raise."""
import asyncio

import aiohttp
from fastapi import FastAPI

app = FastAPI()
T = aiohttp.ClientTimeout
LIMITS = {
    "total": T(total=1.5), "connect": T(total=None, connect=1.5), "sock_connect": T(total=None, sock_connect=1.5),
    "sock_read": T(total=9, sock_read=1), "both": T(total=1, sock_connect=2), "number": 1.5,
    "read-then-total": T(total=3, sock_read=2),
}

def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])


@app.get("/wait/{kind}")
async def wait(kind: str, url: str):
    try:
        async with aiohttp.ClientSession() as session:
            async with session.get(url, timeout=LIMITS[kind]) as response:
                return [response.status, await response.text()]
    except Exception as error:
        return {"told": told(error), "asyncio": isinstance(error, asyncio.TimeoutError),
                "client": isinstance(error, aiohttp.ClientError)}


@app.get("/around")
async def around(url: str):
    try:
        async with aiohttp.ClientSession() as session:
            async with asyncio.timeout(1.2):
                async with session.get(url) as response:
                    return response.status
    except Exception as error:
        return {"told": told(error)}


@app.get("/for")
async def wait_for(url: str):
    async with aiohttp.ClientSession() as session:
        try:
            response = await asyncio.wait_for(session.get(url), 1.2)
            return response.status
        except asyncio.TimeoutError as error:
            return {"told": told(error)}


@app.get("/wrong")
async def wrong():
    found = []
    for options in ({"timeout": 5}, {"timeout": T(total=1), "read_timeout": 2}, {"timeout": T(1), "conn_timeout": 2}):
        try:
            found.append(repr(aiohttp.ClientSession(**options).timeout))
        except ValueError as error:
            found.append(str(error))
    found += [repr(T(total=3)), T(1) == T(total=1)]
    async with aiohttp.ClientSession() as session:
        found.append(repr(session.timeout))
    return found
