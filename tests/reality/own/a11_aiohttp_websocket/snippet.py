"""WebSockets of a session."""
import aiohttp
from fastapi import FastAPI

app = FastAPI()

def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])


@app.get("/talk")
async def talk(url: str, lax: bool = False, how: str = "one"):
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=4), headers={"X-Api-Key": "tick-key"}) as session:
            async with session.ws_connect(url, ssl=not lax, heartbeat=None) as ws:
                await ws.send_str("subscribe EURUSD")
                if how == "one":
                    message = await ws.receive(timeout=2)
                    return [message.type.name, message.data, ws.closed]
                if how == "json":
                    await ws.send_json({"op": "tick"})
                    return await ws.receive_json(timeout=2)
                await ws.send_bytes(b"more")
                await ws.send_str("again")
                found = []
                async for message in ws:
                    found.append([message.type.name, message.data])
                    if len(found) == 2:
                        break
                return found
    except Exception as error:
        return {"told": told(error), "status": getattr(error, "status", None)}
