"""Proxies of the environment, with and without trust_env."""
import aiohttp
from fastapi import FastAPI

app = FastAPI()

def told(error, depth=0):
    kind = type(error)
    found = [f"{kind.__module__}.{kind.__qualname__}: {error}"]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found + (told(cause, depth + 1) if cause is not None and depth < 4 else [])


@app.get("/fetch")
async def fetch(url: str, env: bool = True):
    try:
        async with aiohttp.ClientSession(trust_env=env, timeout=aiohttp.ClientTimeout(total=4)) as session:
            async with session.get(url, headers={"Authorization": "Bearer stock-token"}) as response:
                return [response.status, await response.text()]
    except Exception as error:
        return {"told": told(error)}
