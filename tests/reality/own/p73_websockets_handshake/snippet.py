import asyncio

import websockets
from fastapi import FastAPI
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI

app = FastAPI()


def described(error, depth=0):
    kind = type(error)
    found = [{"class": f"{kind.__module__}.{kind.__qualname__}".replace("builtins.", ""), "message": str(error)}]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < 6:
        found += described(cause, depth + 1)
    return found


@app.get("/open")
async def opened(url: str):
    try:
        async with connect(url, additional_headers={"X-Chat": "chat-key-3"}, open_timeout=2) as socket:
            await socket.send("hello")
            return {"got": await socket.recv(), "at": socket.request.headers["Host"]}
    except InvalidStatus as error:
        return {"status": error.response.status_code, "body": error.response.body.decode(), "text": str(error)}
    except InvalidURI as error:
        return {"uri": error.uri, "text": str(error)}
    except (InvalidHandshake, OSError, ValueError) as error:
        return {"chain": described(error)}


@app.get("/messages")
async def messages():
    found = []
    async with websockets.connect("wss://chat.rooms.example/talk") as socket:
        for text in ("one", "two", "three"):
            await socket.send(text)
        async for message in socket:
            found.append(message)
            if len(found) == 3:
                break
        await socket.close(code=1001, reason="bye")
        try:
            await socket.send("late")
        except ConnectionClosed as error:
            found.append([type(error).__name__, str(error), error.rcvd.code, error.sent.reason])
        try:
            await socket.recv()
        except ConnectionClosed as error:
            found.append([type(error).__name__, str(error)])
        found.append([socket.close_code, socket.close_reason, socket.state.name])
    return found


@app.get("/waiting")
async def waiting():
    found = []
    async with websockets.connect("wss://chat.rooms.example/talk") as socket:
        try:
            await asyncio.wait_for(socket.recv(), 0.3)
        except TimeoutError as error:
            found.append(["wait_for", str(error)])
        try:
            async with asyncio.timeout(0.2):
                await socket.recv()
        except TimeoutError as error:
            found.append(["timeout", str(error)])

        async def reader():
            return [await socket.recv(), await socket.recv()]

        async def writer():
            for text in ("a", "b"):
                await asyncio.sleep(0.05)
                await socket.send(text)

        got, _ = await asyncio.gather(reader(), writer())
        found.append(got)
        try:
            await socket.send({"a": 1})
        except TypeError as error:
            found.append(str(error))
        try:
            await socket.send(5)
        except TypeError as error:
            found.append(str(error))
    return found


@app.get("/awaited")
async def awaited():
    socket = await websockets.connect("wss://chat.rooms.example/talk")
    try:
        await socket.send("x")
        return await socket.recv()
    finally:
        await socket.close()


@app.get("/again")
async def again():
    seen = []
    async for socket in connect("wss://chat.rooms.example/talk", process_exception=lambda error: error):
        try:
            await socket.send("ping")
            seen.append(await socket.recv())
            await socket.close()
            await socket.recv()
        except websockets.ConnectionClosed as error:
            seen.append(type(error).__name__)
            if len(seen) >= 4:
                break
            continue
    return seen
