"""Where sessions are made and used: at import, in threads, streams, background tasks."""
import asyncio

import aiohttp
from fastapi import BackgroundTasks, Depends, FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()
NOTES = []

def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])

try:
    EARLY = aiohttp.ClientSession()
except RuntimeError as error:
    EARLY = None
    NOTES.append(f"import: {error}")

API = "https://files.store.example"


async def fetch(path="/a", **options):
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=4)) as session:
        async with session.get(API + path, **options) as response:
            return await response.text()


@app.get("/notes")
def notes():
    return NOTES


@app.get("/thread")
def thread():
    try:
        aiohttp.TCPConnector()
    except RuntimeError as error:
        return str(error)


@app.get("/run")
def run():
    try:
        return asyncio.run(fetch())
    except aiohttp.ClientError as error:
        return told(error)


@app.get("/stream")
async def stream():
    async def lines():
        yield "begin\n"
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=4)) as session:
            async with session.get(API + "/long") as response:
                async for piece in response.content.iter_chunked(8):
                    yield piece

    return StreamingResponse(lines(), media_type="text/plain")


@app.get("/later")
async def later(tasks: BackgroundTasks):
    async def work():
        NOTES.append(await fetch("/b"))

    tasks.add_task(work)
    return {"queued": True}


async def client():
    async with aiohttp.ClientSession(API, timeout=aiohttp.ClientTimeout(total=4)) as session:
        yield session


@app.get("/dep")
async def dep(session: aiohttp.ClientSession = Depends(client)):
    async with session.get("/a") as one, session.get("/b") as two:
        return [await one.text(), await two.text()]


@app.get("/dotted")
async def dotted():
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=4)) as session:
        try:
            async with session.get("https://files.store.example./a") as response:
                return [await response.text(), str(response.url), response.request_info.headers["Host"]]
        except aiohttp.ClientError as error:
            return told(error)


@app.get("/cname")
async def cname(host: str):
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=4)) as session:
        try:
            return await (await session.get(f"https://{host}/a")).text()
        except aiohttp.ClientError as error:
            return told(error)
