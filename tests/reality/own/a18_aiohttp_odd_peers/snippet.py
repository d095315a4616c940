"""Peers that do not speak as expected."""
import aiohttp
from fastapi import FastAPI

app = FastAPI()

def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])


@app.get("/talk")
async def talk(url: str, method: str = "GET"):
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=3)) as session:
            async with session.request(method, url) as response:
                return [response.status, response.reason, (await response.text())[:60]]
    except Exception as error:
        return {"told": told(error), "status": getattr(error, "status", None), "repr": repr(error)[:90]}
