import asyncio
import json

import websockets
from fastapi import FastAPI, HTTPException, WebSocket

app = FastAPI()
LIVE = {}


def described(error, depth=0):
    kind = type(error)
    found = [{"class": f"{kind.__module__}.{kind.__qualname__}".replace("builtins.", ""), "message": str(error)}]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 6:
        found += described(cause, depth + 1)
    return found


async def ask(name, text):
    async with websockets.connect(f"wss://{name}.desk.example/q", open_timeout=1) as socket:
        await socket.send(json.dumps({"ask": text, "key": "desk-key-4"}))
        return json.loads(await asyncio.wait_for(socket.recv(), timeout=1))


@app.get("/both")
async def both():
    found = await asyncio.gather(ask("one", "a"), ask("two", "b"), return_exceptions=True)
    return [one if isinstance(one, dict) else described(one)[0] for one in found]


@app.get("/quote")
async def quote():
    try:
        return await ask("one", "quote")
    except (OSError, websockets.InvalidHandshake) as error:
        raise HTTPException(502, f"{type(error).__name__}: {error}")
    except json.JSONDecodeError:
        raise HTTPException(502, "not json")


@app.get("/reader")
async def reader():
    async with websockets.connect("wss://one.desk.example/q") as socket:
        queue = asyncio.Queue()

        async def pump():
            async for message in socket:
                await queue.put(message)

        task = asyncio.create_task(pump())
        await socket.send("first")
        one = await asyncio.wait_for(queue.get(), 1)
        await socket.send("second")
        two = await asyncio.wait_for(queue.get(), 1)
        await socket.close()
        await task
        return [one, two, task.done(), socket.close_code]
