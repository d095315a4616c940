import asyncio
import ssl

import websockets
from fastapi import FastAPI
from websockets.legacy.client import connect
from websockets.sync.client import connect as connect_sync

app = FastAPI()


def described(error, depth=0):
    kind = type(error)
    found = [{"class": f"{kind.__module__}.{kind.__qualname__}".replace("builtins.", ""), "message": str(error)}]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 6:
        found += described(cause, depth + 1)
    return found


@app.get("/old")
async def old(path: str, verify: bool = True):
    context = ssl.create_default_context() if verify else ssl._create_unverified_context()
    try:
        async with connect(f"wss://old.chat.example{path}", extra_headers={"X-Old": "old-key-7"}, ssl=context, open_timeout=1) as socket:
            await socket.send("hi")
            return {"got": await socket.recv(), "open": socket.open}
    except websockets.exceptions.InvalidStatusCode as error:
        return {"status": error.status_code, "text": str(error)}
    except Exception as error:
        return {"chain": described(error)}


@app.get("/wrong-word/{kind}")
async def wrong_word(kind: str):
    try:
        if kind == "sync":
            with connect_sync("wss://old.chat.example/talk", extra_headers={"X-Old": "old-key-7"}) as socket:
                return socket.recv()
        async with websockets.connect("wss://old.chat.example/talk", extra_headers={"X-Old": "old-key-7"}) as socket:
            return await socket.recv()
    except Exception as error:
        return {"chain": described(error)}


@app.get("/new-names")
async def new_names():
    return [websockets.exceptions.InvalidStatus.__mro__[1].__name__, issubclass(websockets.ConnectionClosedOK, websockets.ConnectionClosed),
            websockets.connect.__module__, connect.__module__]
