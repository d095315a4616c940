"""What can be read of an answer, and how reading fails."""
import aiohttp
from fastapi import FastAPI

app = FastAPI()
API = "http://feed.news.example"

def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])


async def outcome(coroutine):
    try:
        return await coroutine
    except Exception as error:
        return {"told": told(error), "status": getattr(error, "status", None),
                "message": getattr(error, "message", None)}


async def read(how, path):
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=4)) as session:
        async with session.get(f"{API}/{path}") as response:
            if how == "json":
                return await response.json()
            if how == "any-json":
                return await response.json(content_type=None)
            if how == "text-json":
                return await response.json(content_type="text/plain")
            if how == "text":
                return await response.text()
            if how == "raise":
                response.raise_for_status()
                return "fine"
            if how == "chunks":
                return [piece.decode() async for piece in response.content.iter_chunked(4)]
            if how == "lines":
                return [line.decode() async for line in response.content]
            if how == "pieces":
                first = await response.content.read(3)
                exact = await response.content.readexactly(2)
                line = await response.content.readline()
                return [first.decode(), exact.decode(), line.decode(), response.content.at_eof()]
            if how == "too-much":
                return (await response.content.readexactly(500)).decode()
            if how == "released":
                response.release()
                return (await response.read()).decode()
            if how == "twice":
                return [(await response.read()).decode(), await response.text(), response.closed]
            if how == "shown":
                return [response.status, response.reason, response.ok, response.method, response.content_type,
                        response.charset, str(response.url), str(response.real_url), response.host,
                        list(response.version), response.headers["X-Tag"], response.headers.getall("x-tag"),
                        response.headers.get("x-none"), "x-TAG" in response.headers, repr(response).split(chr(10))[0],
                        response.content_length, str(response.request_info.url), response.request_info.method,
                        response.request_info.headers["User-Agent"], len(response.history), response.closed]
        return "?"


@app.get("/read/{how}/{path}")
async def route(how: str, path: str):
    return await outcome(read(how, path))


async def after():
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=4)) as session:
        async with session.get(f"{API}/plain") as response:
            pass
        return await response.text()


@app.get("/after")
async def route_after():
    return await outcome(after())


async def closed():
    session = aiohttp.ClientSession()
    await session.close()
    async with session.get(f"{API}/plain") as response:
        return response.status


@app.get("/closed")
async def route_closed():
    return await outcome(closed())


async def strict(kind):
    async def check(response):
        if response.status != 200:
            raise RuntimeError(f"status {response.status}")

    value = {"on": True, "off": False, "own": check}[kind]
    async with aiohttp.ClientSession(raise_for_status=value, timeout=aiohttp.ClientTimeout(total=4)) as session:
        async with session.get(f"{API}/missing") as response:
            first = response.status
        async with session.get(f"{API}/missing", raise_for_status=True) as response:
            return [first, response.status]


@app.get("/strict/{kind}")
async def route_strict(kind: str):
    return await outcome(strict(kind))
