import os

import websockets
from fastapi import FastAPI
from websockets.sync.client import connect as connect_sync

app = FastAPI()


def described(error, depth=0):
    kind = type(error)
    found = [{"class": f"{kind.__module__}.{kind.__qualname__}".replace("builtins.", ""), "message": str(error)}]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 6:
        found += described(cause, depth + 1)
    return found


@app.get("/feed")
async def feed(scheme: str, way: str):
    options = {"none": {"proxy": None}, "given": {"proxy": "http://app:px-word-5@gate.market.example:3128"},
               "socks": {"proxy": "socks5://gate.market.example"}, "wrong": {"proxy": "ftp://gate.market.example"}}.get(way, {})
    try:
        if way.startswith("sync"):
            with connect_sync(f"{scheme}://feed.market.example/q", open_timeout=2) as socket:
                socket.send("feed-key-6")
                return {"got": socket.recv()}
        async with websockets.connect(f"{scheme}://feed.market.example/q", open_timeout=2, **options) as socket:
            await socket.send("feed-key-6")
            return {"got": await socket.recv()}
    except Exception as error:
        return {"chain": described(error)}


@app.get("/direct")
async def direct():
    async with websockets.connect("ws://direct.market.example/q", open_timeout=2) as socket:
        await socket.send("feed-key-6")
        return {"got": await socket.recv()}
